/* SPDX-License-Identifier: ISC */
/* loop.c - see loop.h.  Start reading at loop_run(). */
#include "loop.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "i18n.h"

enum {
	LOOP_UNSENT = 8 * 1024,	/* nothing is drawn while more is unsent */
	LOOP_ESC_MS = 100, LOOP_ESC_SLOW_MS = 150, LOOP_PASTE_MS = 2000, LOOP_RETRY_MS = 50,
	LOOP_CONTROL_MAX = 4096, LOOP_LEAVE_MS = 500,
	LOOP_FRAME_MOST_MS = 250, /* between two frames, however far it is */
	LOOP_POUR = 64, LOOP_POUR_MS = 8 /* bytes; each is forgotten after it */
};

struct loop {
	const struct loop_config *conf;
	const struct carrier *carrier;
	struct app *app;
	struct term *term;
	struct keys keys;
	struct frames frames;
	struct buf control;
	int signals, mark;
	unsigned char controls;		/* lines read of control, for the mark */
	int64_t frozen;			/* s: with a mark, time goes by "T n" */
	int rows, cols;			/* asked for; 0 rows: as they are */
	int64_t last_byte;		/* ms, of the terminal */
	int64_t drawn_at;		/* ms */
	int round_trip;			/* ms, to the terminal; 0: unknown */
	int64_t poured;			/* bytes not forgotten, to LOOP_POUR */
	int64_t next_tick;		/* s */
	bool dirty, fed, quit;
	int status;
};

static void
loop_end(struct loop *l, int status)
{
	l->quit = true;
	l->status = status;
}

/* ---- time ---- */

static int64_t
loop_now(const struct loop *l)
{
	return l->frozen > 0 ? l->frozen : (int64_t)time(NULL);
}

/* The next whole minute is when the clock of the title changes. */
static void
loop_plan_tick(struct loop *l)
{
	int64_t now = loop_now(l), minute = now - now % 60 + 60;
	int64_t next = app_wants_seconds(l->app) ? now + 1 : minute;

	if (l->next_tick <= now || next < l->next_tick)
		l->next_tick = next;
}

static void
loop_tick(struct loop *l)
{
	struct when now = { loop_now(l) };

	app_set_clock(l->app, now);
	if (now.s >= l->next_tick) {
		app_on_tick(l->app, now);
		l->dirty = true;
	}
	loop_plan_tick(l);
}

/* ---- what comes in ---- */

static void
loop_key(struct loop *l, int32_t key)
{
	if (key == K_CTRL_L)
		term_repaint(l->term);
	if (key >= K_CLICK)
		app_mouse(l->app, key, l->keys.row);
	else
		app_key(l->app, key);
	if (app_is_done(l->app))
		loop_end(l, 0);
}

/*
 * Terminals stay blocking: input and output are often one descriptor, and
 * curses loses what a non-blocking one does not take at once.
 */
static bool
loop_is_readable(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, 0) > 0;
}

/*
 * What is pasted without marks, and what a bad line makes up, comes all at
 * once; hands do not.  Nothing is decided or sent by a key among such bytes.
 */
static void
loop_weigh(struct loop *l, ssize_t n)
{
	int64_t now = mono_ms();

	l->poured -= (now - l->last_byte) / LOOP_POUR_MS;
	l->poured = (l->poured < 0 ? 0 : l->poured) + n;
	l->last_byte = now;
	app_set_poured(l->app, l->poured > LOOP_POUR);
}

/* The keys of what was read; true when there was noise among them. */
static bool
loop_keys(struct loop *l, const unsigned char *part, ssize_t n)
{
	bool noise = false;
	int32_t key;
	ssize_t i;

	for (i = 0; i < n && !l->quit; i++) {
		key = keys_feed(&l->keys, part[i]);
		if (l->keys.noise) {
			noise = true;
			l->keys.noise = false;
			l->poured += LOOP_POUR;
			app_set_poured(l->app, true);
		}
		for (; key != K_NONE; key = keys_held(&l->keys))
			loop_key(l, key);
	}
	return noise;
}

static void
loop_read_keys(struct loop *l)
{
	unsigned char part[4096];
	ssize_t n;

	while (!l->quit && loop_is_readable(l->conf->in)) {
		if ((n = read(l->conf->in, part, sizeof part)) <= 0) {
			loop_end(l, 0);		/* the terminal is gone */
			return;
		}
		l->fed = true;
		loop_weigh(l, n);
		if (loop_keys(l, part, n))
			app_say(l->app, true, "%s", _("Llegó una letra que no "
			    "se entiende: revise que su terminal use UTF-8, o "
			    "entre con otro LANG."));
	}
	app_set_poured(l->app, false);
}

/* With a mark, a test says how many seconds pass; 0: by themselves, now on. */
static void
loop_pass(struct loop *l, long seconds)
{
	if (seconds == 0)
		l->frozen = 0;
	while (l->frozen > 0 && seconds-- > 0) {
		l->frozen++;
		loop_tick(l);
	}
}

static void
loop_control_line(struct loop *l, const char *line)
{
	long rows, cols;
	char *end;

	l->controls++;
	if (strncmp(line, "T ", 2) == 0)
		loop_pass(l, strtol(line + 2, NULL, 10));
	if (strncmp(line, "R ", 2) == 0) {
		l->round_trip = (int)strtol(line + 2, NULL, 10);
		app_set_round_trip(l->app, l->round_trip);
	}
	if (strncmp(line, "W ", 2) != 0)
		return;
	rows = strtol(line + 2, &end, 10);
	cols = strtol(end, NULL, 10);
	term_clamp(rows, cols, &l->rows, &l->cols);
}

static void
loop_read_control(struct loop *l)
{
	char part[512], *line, *end;
	ssize_t n;

	while (loop_is_readable(l->conf->control)) {
		n = read(l->conf->control, part, sizeof part);
		if (n <= 0) {
			loop_end(l, 0);
			return;
		}
		l->fed = true;
		if (buf_add(&l->control, part, (size_t)n) < 0)
			buf_del(&l->control, l->control.len);
		while (l->control.len > 0 && (end = memchr(l->control.p, '\n',
		    l->control.len)) != NULL) {
			*end = '\0';
			line = (char *)l->control.p;
			loop_control_line(l, line);
			buf_del(&l->control, (size_t)(end - line) + 1);
		}
	}
}

/* SIGUSR1: the screen as text in the file that PAUTA_VOLCAR names. */
static void
loop_dump(struct loop *l)
{
	const char *path = getenv("PAUTA_VOLCAR");
	const struct grid *g = app_draw(l->app);
	char *text = grid_text(g);
	FILE *f = path == NULL ? NULL : fopen(path, "w");

	if (f != NULL) {
		fprintf(f, "%s%d %d\n", text, g->cur_row, g->cur_col);
		(void)fclose(f);
	}
	free(text);
}

static void
loop_read_signals(struct loop *l)
{
	struct signalfd_siginfo si;

	while (read(l->signals, &si, sizeof si) == (ssize_t)sizeof si) {
		if (si.ssi_signo == SIGWINCH)
			term_size(l->conf->out, &l->rows, &l->cols);
		else if (si.ssi_signo == SIGUSR1)
			loop_dump(l);
		else
			loop_end(l, 0);
	}
}

static void
loop_pump(struct loop *l, struct why *why)
{
	int r;

	switch (l->carrier->pump(l->carrier->arg, &l->frames, why)) {
	case CARRY_UP:
		frames_reset(&l->frames);
		frames_hello(&l->frames, l->conf->lang);
		break;
	case CARRY_DOWN:
		frames_reset(&l->frames);
		app_on_link(l->app, false, why->text);
		l->dirty = true;
		return;
	case CARRY_END:
		loop_end(l, LOOP_LOST);
		return;
	case CARRY_SAME:
		break;
	}
	if (l->frames.in.len > 0) {
		l->fed = l->dirty = true;
		if ((r = frames_deliver(&l->frames, l->app, why)) < 0)
			loop_end(l, r == -ERR_REFUSED ? 1 : LOOP_LOST);
	}
	if (l->frames.full)
		loop_end(l, LOOP_LOST);
}

/* How long the bytes after an Esc (or within a paste) may take, or -1. */
static int64_t
loop_grace(const struct loop *l)
{
	if (l->keys.paste)
		return LOOP_PASTE_MS;
	if (!keys_is_esc(&l->keys) || !app_has_popup(l->app))
		return -1;
	return app_is_slow(l->app) ? LOOP_ESC_SLOW_MS : LOOP_ESC_MS;
}

static void
loop_least(int64_t *least, int64_t ms)
{
	if (ms >= 0 && (*least < 0 || ms < *least))
		*least = ms;
}

/* How long until the next frame may go: two in a round trip are enough. */
static int64_t
loop_frame_wait(const struct loop *l)
{
	int64_t every = l->round_trip / 2;

	if (every > LOOP_FRAME_MOST_MS)
		every = LOOP_FRAME_MOST_MS;
	return l->drawn_at + every - mono_ms();
}

/* How long until the finger rests, or -1; with a mark only ticks say so. */
static int64_t
loop_rest_wait(const struct loop *l)
{
	int ms = app_rest_ms(l->app);
	int64_t left = l->last_byte + ms - mono_ms();

	return l->frozen > 0 || ms < 0 ? -1 : left > 0 ? left : 0;
}

static int
loop_timeout(struct loop *l)
{
	struct timespec ts;
	int64_t ms = -1, grace = loop_grace(l), left;

	clock_gettime(CLOCK_REALTIME, &ts);
	left = (l->next_tick - (int64_t)ts.tv_sec) * 1000 -
	    ts.tv_nsec / 1000000 + 1;
	if (l->frozen == 0)
		loop_least(&ms, left > 0 ? left : 0);
	if (grace >= 0) {
		left = l->last_byte + grace - mono_ms();
		loop_least(&ms, left > 0 ? left : 0);
	}
	if (l->dirty) {
		left = loop_frame_wait(l);
		loop_least(&ms, left > 0 ? left : LOOP_RETRY_MS);
	}
	loop_least(&ms, loop_rest_wait(l));
	loop_least(&ms, l->carrier->timeout(l->carrier->arg));
	return (int)ms;
}

static void
loop_check_grace(struct loop *l)
{
	int64_t grace = loop_grace(l);
	int32_t key;

	if (grace < 0 || mono_ms() < l->last_byte + grace)
		return;
	if ((key = keys_timeout(&l->keys)) != K_NONE)
		loop_key(l, key);
	l->dirty = l->fed = true;
}

/* ---- what goes out ---- */

/*
 * Then PAUTA_MARK_FD, for tests, gets a byte: all that had come is on the
 * screen, and so many control lines (mod 256) were among it.
 */
static void
loop_draw(struct loop *l)
{
	if (l->rows > 0) {
		app_resize(l->app, l->cols, l->rows);
		term_resize(l->term, l->rows, l->cols);
		l->rows = 0;
		l->dirty = true;
	}
	if (l->fed)
		l->dirty = true;
	if (!l->dirty || loop_frame_wait(l) > 0 ||
	    term_unsent(l->term) > LOOP_UNSENT)
		return;
	l->drawn_at = mono_ms();
	term_put(l->term, app_draw(l->app));
	l->dirty = false;
	if (l->fed && l->mark >= 0 && write(l->mark, &l->controls, 1) < 0)
		l->mark = -1;
	l->fed = false;
}

static void
loop_poll(struct loop *l)
{
	struct pollfd p[4] = {
		{ .fd = l->conf->in, .events = POLLIN },
		{ .fd = l->conf->control, .events = POLLIN },
		{ .fd = l->signals, .events = POLLIN }
	};

	p[3].fd = l->carrier->fd(l->carrier->arg, &l->frames, &p[3].events);
	if (poll(p, ARRAY_LEN(p), loop_timeout(l)) <= 0)
		return;
	if (p[2].revents != 0)
		loop_read_signals(l);
	/* Control first: a test's line there comes after its keys. */
	if (p[1].revents != 0)
		loop_read_control(l);
	if (p[0].revents != 0 || l->fed)
		loop_read_keys(l);
}

/* ---- start and end ---- */

static void
loop_start(struct loop *l, const char *notice)
{
	const char *mark = getenv("PAUTA_MARK_FD");

	l->mark = mark == NULL ? -1 : (int)strtol(mark, NULL, 10);
	l->frozen = mark == NULL ? 0 : (int64_t)time(NULL);
	l->signals = term_signals();
	keys_init(&l->keys);
	l->keys.latin = l->conf->letters == LETTERS_LATIN;
	buf_init(&l->control, LOOP_CONTROL_MAX);
	carrier_begin(l->carrier, l->app, &l->frames);
	app_set_ascii(l->app, l->conf->letters != LETTERS_UTF8);
	app_set_colours(l->app, term_colours(l->term));
	app_resize(l->app, l->conf->cols, l->conf->rows);
	if (notice != NULL)
		app_say(l->app, true, "%s", notice);
	else if (l->conf->asked != NULL &&
	    strcmp(l->conf->term, "vt100") == 0 &&
	    strcmp(l->conf->asked, "vt100") != 0)
		app_say(l->app, true, _("No se conoce la terminal %.40s; se "
		    "usa vt100."), l->conf->asked);
	l->dirty = true;
}

static void
loop_stop(struct loop *l)
{
	app_free(l->app);
	frames_clear(&l->frames);
	buf_clear(&l->control);
	close(l->signals);
}

/* What was typed last still goes out: views save as they close. */
static void
loop_leave(struct loop *l, struct why *why)
{
	struct pollfd p;
	int tries = 4;

	app_leave(l->app);
	do {
		l->carrier->pump(l->carrier->arg, &l->frames, why);
		p.fd = l->carrier->fd(l->carrier->arg, &l->frames, &p.events);
		p.events = POLLOUT;
	} while (l->frames.out.len > 0 && tries-- > 0 &&
	    poll(&p, 1, LOOP_LEAVE_MS) > 0);
}

int
loop_run(const struct loop_config *conf, const struct carrier *carrier,
    struct why *why)
{
	struct loop l = { .conf = conf, .carrier = carrier };
	const char *notice;

	if (term_open(conf->term, conf->in, conf->out, conf->rows, conf->cols,
	    conf->letters, &l.term, &notice, why) < 0)
		return 1;
	l.app = app_new();
	loop_start(&l, notice);
	for (loop_plan_tick(&l); !l.quit; loop_poll(&l)) {
		loop_check_grace(&l);
		if (loop_rest_wait(&l) == 0) {
			app_rest(l.app);
			l.dirty = true;
		}
		loop_tick(&l);
		loop_pump(&l, why);
		if (!l.quit)
			loop_pump(&l, why);	/* what was asked meanwhile */
		if (!l.quit)
			loop_draw(&l);
	}
	if (l.status == 0)
		loop_leave(&l, why);
	term_close(l.term);
	loop_stop(&l);
	return l.status;
}
