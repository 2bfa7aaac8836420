/* SPDX-License-Identifier: ISC */
/*
 * term.c - see term.h.
 *
 * Curses does the difference between two screens and knows the sequences of
 * each terminal; nothing else of it is used.  The cells are Unicode always; on
 * a terminal that is not UTF-8 they become fewer here, so no ACS is needed.
 * For ISO 8859-1 curses writes UTF-8 to a page of memory, and what it wrote
 * goes on in one byte a letter: sequences are ASCII and stay as they are.
 */
#define NCURSES_WIDECHAR 1
#include "term.h"

#include <curses.h>
#include <locale.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <wchar.h>

#include <linux/memfd.h>
#include <linux/sockios.h>

/* Curses has a struct term of its own. */
#define term curses_term
#include <term.h>
#undef term

#include "i18n.h"

/* XSI; the feature switches of the build hide it. */
int wcwidth(wchar_t);

enum { TERM_COPY = 512 };		/* bytes: a folio, a title */
enum { PAIR_ALERT = 1, PAIR_GOOD, PAIR_CONTRAST };

struct term {
	SCREEN *screen;
	FILE *in, *out;
	int out_fd;
	int page;		/* what curses wrote, to be made Latin; or -1 */
	enum letters letters;
	bool paste, colour, mouse;
	enum theme theme;
};

void
term_clamp(long rows, long cols, int *out_rows, int *out_cols)
{
	if (rows <= 0 || cols <= 0) {
		rows = 24;
		cols = 80;
	}
	*out_rows = (int)(rows < ROWS_MIN ? ROWS_MIN :
	    rows > ROWS_MAX ? ROWS_MAX : rows);
	*out_cols = (int)(cols < COLS_MIN ? COLS_MIN :
	    cols > COLS_MAX ? COLS_MAX : cols);
}

bool
term_size(int fd, int *rows, int *cols)
{
	struct winsize ws;

	if (ioctl(fd, TIOCGWINSZ, &ws) < 0)
		return false;
	term_clamp(ws.ws_row, ws.ws_col, rows, cols);
	return true;
}

static enum letters
term_letters_of(const char *locale)
{
	static const struct { const char *name; enum letters l; } sets[] = {
		{ "UTF-8", LETTERS_UTF8 }, { "utf-8", LETTERS_UTF8 },
		{ "UTF8", LETTERS_UTF8 }, { "utf8", LETTERS_UTF8 },
		{ "8859-1", LETTERS_LATIN }, { "88591", LETTERS_LATIN }
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(sets); i++)
		if (strstr(locale, sets[i].name) != NULL)
			return sets[i].l;
	return LETTERS_ASCII;
}

/*
 * The first one that is set decides; PAUTA_LANG is what the far terminal said
 * (the session fills it in for those that say nothing).  Where nobody says
 * anything, today's terminals are UTF-8, but a VT100 is not.
 */
enum letters
term_letters(const char *name)
{
	static const char *const vars[] = { "PAUTA_LANG", "LC_ALL", "LC_CTYPE",
		"LANG" };
	const char *s = getenv("PAUTA_ASCII");
	size_t i;

	if (s != NULL && s[0] != '\0' && strcmp(s, "0") != 0)
		return LETTERS_ASCII;
	for (i = 0; i < ARRAY_LEN(vars); i++)
		if ((s = getenv(vars[i])) != NULL && s[0] != '\0')
			return term_letters_of(s);
	return name != NULL && strncmp(name, "vt", 2) == 0 ? LETTERS_ASCII :
	    LETTERS_UTF8;
}

static bool
term_name_is_sound(const char *s)
{
	size_t n = s == NULL ? 0 : strlen(s);

	return n >= 1 && n <= 40 && strspn(s, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+._-") == n;
}

/* Asked first: a newterm() that fails loses memory in ncurses 6.4. */
static bool
term_is_known(const char *name, int fd)
{
	int found = 0;

	if (!term_name_is_sound(name) || setupterm(name, fd, &found) != OK)
		return false;
	del_curterm(cur_term);
	return true;
}

/* The terminal's own name, else one like it, else the simplest. */
static const char *
term_find(const char *name, int fd, const char **notice)
{
	static const char *const kin[] = { "xterm-", "foot", "wezterm",
		"contour", "alacritty", "rio", "ghostty" };
	size_t i;

	*notice = NULL;
	if (term_is_known(name, fd))
		return name;
	for (i = 0; term_name_is_sound(name) && i < ARRAY_LEN(kin); i++)
		if (strncmp(name, kin[i], strlen(kin[i])) == 0 &&
		    term_is_known("xterm-256color", fd))
			return "xterm-256color";
	*notice = _("No se conoce este tipo de terminal (TERM); se usa vt100.");
	return "vt100";
}

/* One byte a letter: what is above U+00FF was replaced in term_put_cell(). */
static size_t
term_latin(unsigned char *p, size_t n)
{
	size_t i, k = 0;

	for (i = 0; i < n; i++)
		if ((p[i] & 0xe0) == 0xc0 && i + 1 < n) {
			p[k++] = (unsigned char)(p[i] << 6 | (p[i + 1] & 0x3f));
			i++;
		} else {
			p[k++] = p[i];
		}
	return k;
}

static void
term_send(const struct term *t, const unsigned char *p, size_t n)
{
	ssize_t k;

	while (n > 0 && (k = write(t->out_fd, p, n)) > 0) {
		p += k;
		n -= (size_t)k;
	}
}

/* Curses has written all of a frame: a letter is never cut in two. */
static void
term_flush(struct term *t)
{
	off_t size = t->page < 0 ? 0 : lseek(t->page, 0, SEEK_CUR);
	unsigned char *p;
	ssize_t n;

	if (size <= 0)
		return;
	p = xcalloc((size_t)size, 1);
	if ((n = pread(t->page, p, (size_t)size, 0)) > 0)
		term_send(t, p, term_latin(p, (size_t)n));
	free(p);
	(void)lseek(t->page, 0, SEEK_SET);
}

/* Written past curses, which between two paints holds nothing back. */
static void
term_say(struct term *t, const char *capability)
{
	const char *s = tigetstr(capability);

	if (s != NULL && s != (char *)-1)
		t->paste = write(t->out_fd, s, strlen(s)) > 0;
}

/* Buttons only, in the form that has no limit of columns (1006), to terminals
 * that say that they have it. */
static void
term_set_mouse(struct term *t, bool on)
{
	static const char yes[] = "\033[?1000h\033[?1006h",
	    no[] = "\033[?1006l\033[?1000l";
	const char *how = tigetstr("kmous");

	if (on == t->mouse || how == NULL || how == (char *)-1 ||
	    strcmp(how, "\033[<") != 0)
		return;
	t->mouse = write(t->out_fd, on ? yes : no, sizeof yes - 1) > 0 && on;
}

static void
term_start(struct term *t)
{
	const char *mono = getenv("NO_COLOR");

	raw();
	noecho();
	nonl();
	typeahead(-1);		/* input is not ours to look at */
	keypad(stdscr, FALSE);
	scrollok(stdscr, FALSE);
	t->colour = (mono == NULL || mono[0] == '\0') && has_colors() &&
	    start_color() == OK && use_default_colors() == OK;
	if (t->colour) {
		init_pair(PAIR_ALERT, COLOR_RED, -1);
		init_pair(PAIR_GOOD, COLOR_GREEN, -1);
		init_pair(PAIR_CONTRAST, COLOR_WHITE, COLOR_BLACK);
	}
	term_say(t, "BE");
}

/*
 * With two descriptors that are no tty curses believes the environment, and
 * then the terminal's description: on some (putty) that size becomes the
 * region that scrolls, whatever resizeterm() says later.
 */
static void
term_say_size(int rows, int cols)
{
	char number[16];

	(void)snprintf(number, sizeof number, "%d", rows);
	setenv("LINES", number, 1);
	(void)snprintf(number, sizeof number, "%d", cols);
	setenv("COLUMNS", number, 1);
}

int
term_open(const char *name, int in, int out, int rows, int cols,
    enum letters letters, struct term **result, const char **notice,
    struct why *why)
{
	struct term *t = xcalloc(1, sizeof *t);

	term_say_size(rows, cols);
	setlocale(LC_CTYPE, "C.UTF-8");
	t->out_fd = out;
	t->letters = letters;
	t->page = letters != LETTERS_LATIN ? -1 :
	    (int)syscall(SYS_memfd_create, "page", MFD_CLOEXEC);
	t->in = fdopen(dup(in), "r");
	t->out = fdopen(dup(t->page < 0 ? out : t->page), "w");
	if (t->in != NULL && t->out != NULL)
		t->screen = newterm(term_find(name, out, notice), t->out,
		    t->in);
	if (t->screen == NULL) {
		term_close(t);
		return why_set(why, ERR_SYSTEM,
		    "No se puede abrir la terminal; pruebe con TERM=vt100.");
	}
	/* From now on they would override what the far end says. */
	unsetenv("LINES");
	unsetenv("COLUMNS");
	term_start(t);
	resizeterm(rows, cols);
	*result = t;
	return 0;
}

void
term_close(struct term *t)
{
	if (t == NULL)
		return;
	if (t->screen != NULL) {
		if (t->paste)
			term_say(t, "BD");
		term_set_mouse(t, false);
		move(LINES - 1, 0);
		endwin();
		term_flush(t);
		delscreen(t->screen);
	}
	if (t->page >= 0)
		close(t->page);
	if (t->in != NULL)
		(void)fclose(t->in);
	if (t->out != NULL)
		(void)fclose(t->out);
	free(t);
}

static attr_t
term_attr(const struct term *t, int attr, short *pair)
{
	attr_t a = A_NORMAL;

	*pair = 0;
	if (attr & GRID_BOLD)
		a |= A_BOLD;
	if (attr & GRID_REVERSE)
		a |= A_REVERSE;
	if (attr & GRID_UNDERLINE)
		a |= A_UNDERLINE;
	if (attr & GRID_ALERT)
		a |= A_BOLD;
	if (t->theme == THEME_CONTRAST)
		a |= A_BOLD | (attr & GRID_ALERT ? A_REVERSE : 0);
	if (!t->colour || t->theme == THEME_MONO)
		return a;
	if (t->theme == THEME_CONTRAST)
		*pair = PAIR_CONTRAST;
	else if (attr & GRID_ALERT)
		*pair = PAIR_ALERT;
	else if (attr & GRID_GOOD)
		*pair = PAIR_GOOD;
	return a;
}

/* Pairs of two colours are curses' to remember, and to forget. */
static int
term_pair(const struct term *t, const struct cell *c)
{
	if ((c->ink == 0 && c->paper == 0) || term_colours(t) == 0 ||
	    t->theme != THEME_NORMAL)
		return 0;
	return alloc_pair(c->ink - 1, c->paper - 1);
}

int
term_colours(const struct term *t)
{
	if (!t->colour || COLOR_PAIRS < 512)
		return 0;
	return COLORS >= 256 ? 256 : COLORS >= 16 ? 16 : 0;
}

static void
term_set_theme(struct term *t, enum theme theme)
{
	if (t->theme == theme)
		return;
	t->theme = theme;
	term_repaint(t);
}

/* OSC 52, to terminals that say how (Ms): what they do not know they show. */
static void
term_copy(struct term *t, const char *text)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *how = tigetstr("Ms");
	const uint8_t *p = (const uint8_t *)text;
	size_t n = strlen(text), i, k = 0;
	char out[TERM_COPY * 2];

	if (how == NULL || how == (char *)-1 || n > TERM_COPY)
		return;
	k = (size_t)snprintf(out, sizeof out, "\033]52;c;");
	for (i = 0; i < n; i += 3) {
		uint32_t three = (uint32_t)p[i] << 16 |
		    (i + 1 < n ? (uint32_t)p[i + 1] << 8 : 0) |
		    (i + 2 < n ? p[i + 2] : 0);

		out[k++] = digits[three >> 18];
		out[k++] = digits[three >> 12 & 63];
		out[k++] = i + 1 < n ? digits[three >> 6 & 63] : '=';
		out[k++] = i + 2 < n ? digits[three & 63] : '=';
	}
	out[k++] = '\a';
	if (write(t->out_fd, out, k) < 0)
		return;		/* a terminal that is gone copies nothing */
}

/* A character as this terminal can be told it. */
static wchar_t
term_letter(const struct term *t, const struct cell *c)
{
	if (t->letters == LETTERS_LATIN && c->cp >= 0xa0 && c->cp <= 0xff)
		return (wchar_t)c->cp;
	if (t->letters != LETTERS_UTF8)
		return (wchar_t)grid_ascii(c->cp);
	/* Otherwise curses would count it as it is not. */
	return wcwidth((wchar_t)c->cp) == c->width ? (wchar_t)c->cp : L'?';
}

static void
term_put_cell(struct term *t, int row, int col, const struct cell *c)
{
	wchar_t text[2] = { term_letter(t, c), L'\0' };
	int painted = term_pair(t, c);
	cchar_t cell;
	short pair;
	attr_t attr = term_attr(t, c->attr, &pair);

	if (setcchar(&cell, text, attr, pair, painted > 0 ? &painted : NULL) ==
	    OK)
		mvadd_wch(row, col, &cell);
	if (c->width == 2 && text[0] != (wchar_t)c->cp)
		mvaddch(row, col + 1, ' ');
}

void
term_put(struct term *t, const struct grid *g)
{
	const struct cell *c = g->cells;
	int row, col;

	term_set_theme(t, g->theme);
	term_set_mouse(t, g->mouse);
	for (row = 0; row < g->rows; row++)
		for (col = 0; col < g->cols; col++, c++)
			if (c->width > 0 && row < LINES && col < COLS)
				term_put_cell(t, row, col, c);
	move(g->cur_row < LINES ? g->cur_row : LINES - 1,
	    g->cur_col < COLS ? g->cur_col : COLS - 1);
	refresh();
	term_flush(t);
	if (g->copied != NULL)
		term_copy(t, g->copied);
	if (g->ring && beep() == OK)
		term_flush(t);
}

void
term_repaint(struct term *t)
{
	(void)t;
	clearok(stdscr, TRUE);
}

void
term_resize(struct term *t, int rows, int cols)
{
	(void)t;
	if (is_term_resized(rows, cols))
		resizeterm(rows, cols);
	erase();
	clearok(stdscr, TRUE);
}

int
term_unsent(const struct term *t)
{
	int n = 0;

	if (ioctl(t->out_fd, SIOCOUTQ, &n) < 0)
		return 0;
	return n;
}

int
term_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGWINCH);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}
