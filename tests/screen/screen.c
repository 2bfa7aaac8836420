/* SPDX-License-Identifier: ISC */
/* screen.c - see screen.h. */
#include "screen.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SCREEN_DEADLINE_MS = 20000, SCREEN_ENV = 16 };

/* $BUILD/pauta-screen, unless PAUTA says, or $BUILD/tests/screen-native. */
static const char *
screen_program(bool native)
{
	static char path[512];
	const char *said = getenv("PAUTA");
	ssize_t n;
	char *at;
	int up;

	if (said != NULL && !native)
		return said;
	n = readlink("/proc/self/exe", path, sizeof path - 32);
	assert_true(n > 0);
	path[n] = '\0';
	for (up = 0; up < 2; up++) {
		at = strrchr(path, '/');
		*at = '\0';
	}
	(void)snprintf(path + strlen(path), 32, "%s", native ?
	    "/tests/screen-native" : "/pauta-screen");
	return path;
}

static void
screen_become(const struct screen_config *c, int fds[4])
{
	char rows[32], cols[32], lang[64];
	const char *keep[] = { "ASAN_OPTIONS", "UBSAN_OPTIONS", "HOME", "XDG_STATE_HOME" };
	char *env[SCREEN_ENV], *argv[] = { NULL, NULL };
	size_t n = 0, i;

	snprintf(rows, sizeof rows, "PAUTA_ROWS=%d", c->rows);
	snprintf(cols, sizeof cols, "PAUTA_COLS=%d", c->cols);
	snprintf(lang, sizeof lang, "LANG=%s", c->lang == NULL ? "C.UTF-8" :
	    c->lang);
	env[n++] = rows;
	env[n++] = cols;
	env[n++] = xasprintf("TERM=%s", c->term);
	env[n++] = lang;
	env[n++] = xstrdup("TZ=CST6");
	env[n++] = xstrdup("PAUTA_MARK_FD=6");
	if (c->ascii)
		env[n++] = xstrdup("PAUTA_ASCII=1");
	if (c->env != NULL)
		env[n++] = xstrdup(c->env);
	for (i = 0; i < ARRAY_LEN(keep); i++)
		if (getenv(keep[i]) != NULL)
			env[n++] = xasprintf("%s=%s", keep[i],
			    getenv(keep[i]));
	env[n] = NULL;
	for (i = 0; i < 4; i++)
		fds[i] = fcntl(fds[i], F_DUPFD_CLOEXEC, 20);
	for (i = 0; i < 4; i++)
		dup2(fds[i], 3 + (int)i);
	argv[0] = xstrdup(screen_program(c->native));
	execve(argv[0], argv, env);
	_exit(127);
}

static void
screen_spawn(struct screen *s, const struct screen_config *c)
{
	int pairs[4][2], theirs[4], i;

	for (i = 0; i < 4; i++)
		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC,
		    0, pairs[i]), 0);
	for (i = 0; i < 4; i++)
		theirs[i] = pairs[i][1];
	s->pid = fork();
	assert_true(s->pid >= 0);
	if (s->pid == 0)
		screen_become(c, theirs);
	for (i = 0; i < 4; i++)
		close(pairs[i][1]);
	s->term = pairs[0][0];
	s->core = pairs[1][0];
	s->control = pairs[2][0];
	s->mark = pairs[3][0];
}

static void
screen_put_frame(struct screen *s, const Pauta__Message *m)
{
	struct buf b;
	ssize_t n;

	buf_init(&b, FRAME_MAX * 2);
	assert_int_equal(frame_put(&b, m), 0);
	n = send(s->core, b.p, b.len, MSG_NOSIGNAL);
	if (n != (ssize_t)b.len)
		assert_int_equal(errno, EPIPE);
	buf_clear(&b);
}

static void
screen_welcome(struct screen *s, const char *place)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Welcome w = PAUTA__WELCOME__INIT;
	char login[] = "mlopez", name[] = "M. López", role[] = "redactor",
	    office[] = "CDMX", now[] = "2026-11-23T16:42:00Z",
	    record[] = "registro-de-prueba";

	w.version = PROTO_VERSION;
	w.login = login;
	w.name = name;
	w.role = role;
	w.office = office;
	w.now = now;
	w.installation = record;
	w.place = xstrdup(place == NULL ? "" : place);
	m.body_case = PAUTA__MESSAGE__BODY_WELCOME;
	m.welcome = &w;
	screen_put_frame(s, &m);
	free(w.place);
}

/* One line each, whatever lines are in a text. */
static void
screen_remember(struct screen *s, const Pauta__Request *q)
{
	const char *at;
	size_t i;

	/* Long runs of random keys ask more than need be remembered. */
	if (s->asked.len > s->asked.max / 2)
		buf_del(&s->asked, s->asked.len / 2);
	for (i = 0; i < q->n_words; i++) {
		for (at = q->words[i]; *at != '\0'; at++)
			buf_add(&s->asked, *at == '\n' ? " " : at, 1);
		buf_add(&s->asked, i + 1 < q->n_words ? " " : "\n", 1);
	}
}

static void
screen_answer(struct screen *s, const Pauta__Request *q)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Reply r = PAUTA__REPLY__INIT;
	char *doc = core_answer(s, q->words, q->n_words);

	screen_remember(s, q);
	r.id = q->id;
	r.status = doc == NULL ? 1 : 0;
	r.doc = doc != NULL ? doc : xstrdup("{\"error\":{\"code\":"
	    "\"refused\",\"message\":\"El manual no lo permite.\"}}");
	m.body_case = PAUTA__MESSAGE__BODY_REPLY;
	m.reply = &r;
	screen_put_frame(s, &m);
	free(r.doc);
}

/* Answer what was asked; how many. */
static int
screen_serve(struct screen *s)
{
	Pauta__Message *m;
	char part[8192];
	ssize_t n;
	int asked = 0;

	while ((n = recv(s->core, part, sizeof part, MSG_DONTWAIT)) > 0)
		assert_int_equal(buf_add(&s->in, part, (size_t)n), 0);
	while (frame_get(&s->in, &m) > 0) {
		if (m->body_case == PAUTA__MESSAGE__BODY_REQUEST) {
			screen_answer(s, m->request);
			asked++;
		} else {
			assert_int_equal(m->body_case,
			    PAUTA__MESSAGE__BODY_HELLO);
		}
		pauta__message__free_unpacked(m, NULL);
	}
	return asked;
}

/* The emulator speaks UTF-8; what is ISO 8859-1 is made so. */
static void
screen_write(struct screen *s, const char *part, size_t n)
{
	char one[4];
	size_t i;

	for (i = 0; i < n; i++)
		s->high += (unsigned char)part[i] >= 0x80;
	if (!s->latin) {
		vterm_input_write(s->vt, part, n);
		return;
	}
	for (i = 0; i < n; i++)
		vterm_input_write(s->vt, one,
		    text_put((unsigned char)part[i], one));
}

static void
screen_show(struct screen *s)
{
	char part[8192];
	ssize_t n;

	while ((n = recv(s->term, part, sizeof part, MSG_DONTWAIT)) > 0) {
		s->bytes += (size_t)n;
		screen_write(s, part, (size_t)n);
	}
}

static void
screen_reap(struct screen *s)
{
	if (s->over)
		return;
	assert_int_equal(waitpid(s->pid, &s->status, 0), s->pid);
	s->over = true;
}

/* Wait for the mark of our last control line. */
static void
screen_wait_mark(struct screen *s)
{
	struct pollfd p[2] = { { .fd = s->term, .events = POLLIN },
		{ .fd = s->mark, .events = POLLIN } };
	unsigned char mark = (unsigned char)(s->marks - 1);

	while (mark != s->marks) {
		if (poll(p, 2, SCREEN_DEADLINE_MS) <= 0)
			fail_msg("no mark in time");
		screen_show(s);
		if (p[1].revents == 0)
			continue;
		if (read(s->mark, &mark, 1) != 1) {
			screen_reap(s);
			return;
		}
	}
	screen_show(s);
}

void
screen_control(struct screen *s, const char *line)
{
	char *whole = xasprintf("%s\n", line);

	if (send(s->control, whole, strlen(whole), MSG_NOSIGNAL) > 0)
		s->marks++;
	free(whole);
}

void
screen_settle(struct screen *s)
{
	do {
		if (s->over)
			return;
		screen_control(s, "M");
		screen_wait_mark(s);
	} while (!s->over && screen_serve(s) > 0);
}

void
screen_push(struct screen *s, const char *folio)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Push p = PAUTA__PUSH__INIT;
	char *folios[1] = { xstrdup(folio) };

	p.folios = folios;
	p.n_folios = 1;
	m.body_case = PAUTA__MESSAGE__BODY_PUSH;
	m.push = &p;
	screen_put_frame(s, &m);
	free(folios[0]);
	screen_settle(s);
}

void
screen_start(struct screen *s, const struct screen_config *c)
{
	VTermScreen *vs;

	memset(s, 0, sizeof *s);
	buf_init(&s->in, FRAME_MAX * 4);
	buf_init(&s->asked, FRAME_MAX);
	s->drafts = c->drafts == NULL ? json_object() :
	    json_deep_copy(c->drafts);
	s->rows = c->rows;
	s->cols = c->cols;
	s->latin = c->latin;
	s->vt = vterm_new(c->rows, c->cols);
	vterm_set_utf8(s->vt, 1);
	vs = vterm_obtain_screen(s->vt);
	vterm_screen_enable_altscreen(vs, 1);
	vterm_screen_reset(vs, 1);
	screen_spawn(s, c);
	screen_welcome(s, c->place);
	screen_settle(s);
}

void
screen_stop(struct screen *s)
{
	close(s->term);
	close(s->core);
	close(s->control);
	close(s->mark);
	screen_reap(s);
	vterm_free(s->vt);
	buf_clear(&s->in);
	buf_clear(&s->asked);
	json_decref(s->drafts);
	free(s->place);
}

void
screen_end(struct screen *s)
{
	screen_reap(s);
	screen_serve(s);	/* what it had said before */
}

void
screen_kill(struct screen *s)
{
	kill(s->pid, SIGKILL);
	screen_end(s);
}

void
screen_keys(struct screen *s, const char *bytes, size_t n)
{
	struct pollfd p = { .fd = s->term, .events = POLLOUT };
	ssize_t k;

	while (n > 0 && !s->over) {
		k = send(s->term, bytes, n, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (k < 0 && errno == EAGAIN) {
			screen_show(s);
			screen_serve(s);
			poll(&p, 1, 100);
			continue;
		}
		if (k <= 0)
			return;
		bytes += k;
		n -= (size_t)k;
	}
}

void
screen_type(struct screen *s, const char *text)
{
	screen_keys(s, text, strlen(text));
	screen_settle(s);
}

void
screen_resize(struct screen *s, int rows, int cols)
{
	char line[64];

	snprintf(line, sizeof line, "W %d %d", rows, cols);
	s->rows = rows < ROWS_MIN ? ROWS_MIN : rows > ROWS_MAX ? ROWS_MAX :
	    rows;
	s->cols = cols < COLS_MIN ? COLS_MIN : cols > COLS_MAX ? COLS_MAX :
	    cols;
	if (rows == 0 || cols == 0) {
		s->rows = 24;
		s->cols = 80;
	}
	vterm_set_size(s->vt, s->rows, s->cols);
	screen_control(s, line);
	screen_settle(s);
}

void
screen_pass(struct screen *s, int seconds)
{
	char line[32];

	snprintf(line, sizeof line, "T %d", seconds);
	screen_control(s, line);
	screen_settle(s);
}

char *
screen_text(struct screen *s)
{
	VTermScreen *vs = vterm_obtain_screen(s->vt);
	size_t max = (size_t)s->rows * ((size_t)s->cols * 4 + 1) + 1, n = 0;
	char *out = xcalloc(max, 1);
	VTermScreenCell cell;
	VTermPos at;

	for (at.row = 0; at.row < s->rows; at.row++) {
		for (at.col = 0; at.col < s->cols; at.col++) {
			vterm_screen_get_cell(vs, at, &cell);
			if (cell.chars[0] == (uint32_t)-1)
				continue;
			n += text_put(cell.chars[0] == 0 ? ' ' :
			    (int32_t)cell.chars[0], out + n);
		}
		out[n++] = '\n';
	}
	return out;
}

bool
screen_has(struct screen *s, const char *text)
{
	char *all = screen_text(s);
	bool has = strstr(all, text) != NULL;

	free(all);
	return has;
}

void
screen_cursor(struct screen *s, int *row, int *col)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(s->vt), &at);
	*row = at.row;
	*col = at.col;
}

const char *
screen_row(struct screen *s, int n)
{
	static char line[COLS_MAX * 4 + 1];
	char *all = screen_text(s), *at = all;
	size_t len;

	while (n-- > 0)
		at = strchr(at, '\n') + 1;
	len = strcspn(at, "\n");
	memcpy(line, at, len);
	line[len] = '\0';
	free(all);
	return line;
}

/* The line of a file of /proc that begins with a word, or "".  Given. */
static char *
screen_proc(const struct screen *s, const char *file, const char *word)
{
	char *path = xasprintf("/proc/%d/%s", s->pid, file);
	FILE *f = fopen(path, "r");
	char line[1024], *found = NULL;

	assert_non_null(f);
	while (found == NULL && fgets(line, sizeof line, f) != NULL)
		if (strstr(line, word) != NULL)
			found = xstrdup(line);
	(void)fclose(f);
	free(path);
	return found == NULL ? xstrdup("") : found;
}

long
screen_peak(const struct screen *s)
{
	char *line = screen_proc(s, "status", "VmHWM:");
	long kb = strtol(line + strcspn(line, "0123456789"), NULL, 10);

	free(line);
	return kb;
}

bool
screen_is_sanitized(const struct screen *s)
{
	char *line = screen_proc(s, "maps", "libasan");
	bool is = *line != '\0';

	free(line);
	return is;
}

uint32_t
screen_dice(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 12;
}
