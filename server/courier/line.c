/* SPDX-License-Identifier: ISC */
/* line.c - see line.h. */
#include "line.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "../../proto/frame.h"

/* What an answer is the answer to.  Of files one is asked for at a time. */
struct asked {
	uint64_t id;			/* 0: not asked yet */
	enum asked_what { ASKED_JOBS, ASKED_END, ASKED_FILE } what;
	struct task *t;			/* of a file; NULL: gone */
	unsigned n;
	file_fn *got;
	struct asked *next;
};

struct line {
	int fd;
	int passed;			/* came with the last bytes; -1 */
	uint64_t last;
	bool called, asking;		/* there may be jobs; they are asked for */
	struct buf in, out;
	struct asked *asked;
};

enum { LINE_OUT = 16 << 20 };

static int
line_connect(const char *dir, struct why *why)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	int fd, n;

	n = snprintf(sa.sun_path, sizeof sa.sun_path, "%s/run/courier.sock",
	    dir);
	if (n < 0 || (size_t)n >= sizeof sa.sun_path)
		return why_set(why, ERR_USAGE,
		    "La ruta de la carpeta es demasiado larga: %s.", dir);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&sa, sizeof sa) < 0) {
		if (fd >= 0)
			(void)close(fd);
		return why_set(why, ERR_UNAVAILABLE, "%s: %s.", sa.sun_path,
		    strerror(errno));
	}
	return fd;
}

int
line_open(const char *dir, struct line **out, struct why *why)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Hello h = PAUTA__HELLO__INIT;
	struct line *l;
	int fd;

	if ((fd = line_connect(dir, why)) < 0)
		return fd;
	l = xcalloc(1, sizeof *l);
	l->fd = fd;
	l->passed = -1;
	buf_init(&l->in, FRAME_MAX + 65536 + 4);
	buf_init(&l->out, LINE_OUT);
	h.version = PROTO_VERSION;
	h.kind = (char *)"courier";
	m.body_case = PAUTA__MESSAGE__BODY_HELLO;
	m.hello = &h;
	(void)frame_put(&l->out, &m);
	*out = l;
	return 0;
}

void
line_free(struct line *l)
{
	struct asked *a;

	if (l == NULL)
		return;
	while ((a = l->asked) != NULL) {
		l->asked = a->next;
		free(a);
	}
	if (l->passed >= 0)
		(void)close(l->passed);
	(void)close(l->fd);
	buf_clear(&l->in);
	buf_clear(&l->out);
	free(l);
}

int
line_fd(const struct line *l)
{
	return l->fd;
}

bool
line_is_waiting(const struct line *l)
{
	return l->out.len > 0;
}

/* ---- asking ---- */

/* The last of the list. */
static struct asked *
line_add(struct line *l, enum asked_what what)
{
	struct asked *a = xcalloc(1, sizeof *a), **p;

	for (p = &l->asked; *p != NULL; p = &(*p)->next)
		;
	a->what = what;
	return *p = a;
}

static void
line_ask(struct line *l, struct asked *a, const char *const *words)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Request q = PAUTA__REQUEST__INIT;

	q.id = a->id = ++l->last;
	q.json = true;
	q.words = (char **)(uintptr_t)words;
	while (words[q.n_words] != NULL)
		q.n_words++;
	m.body_case = PAUTA__MESSAGE__BODY_REQUEST;
	m.request = &q;
	if (frame_put(&l->out, &m) < 0)
		log_at(LOG_WARN, "line=full verb=%s", words[0]);
}

void
line_ask_jobs(struct line *l)
{
	static const char *const words[] = { "encargo-tomar", NULL };

	l->called = true;
	if (l->asking)
		return;
	l->called = false;
	l->asking = true;
	line_ask(l, line_add(l, ASKED_JOBS), words);
}

void
line_end(struct line *l, int64_t id, const json_t *result)
{
	char number[24], *text = json_dumps(result,
	    JSON_COMPACT | JSON_ENSURE_ASCII);
	char *said = xasprintf("resultado=%s", text);
	const char *const words[] = { "encargo-fin", number, said, NULL };

	(void)snprintf(number, sizeof number, "%lld", (long long)id);
	line_ask(l, line_add(l, ASKED_END), words);
	free(said);
	free(text);
}

/* The first file that is wanted, unless one is on its way. */
static void
line_ask_next_file(struct line *l)
{
	char id[24], number[24];
	const char *const words[] = { "encargo-archivo", id, number, NULL };
	struct asked *a, **p;

	for (p = &l->asked; (a = *p) != NULL;) {
		if (a->what == ASKED_FILE && (a->id != 0 || a->t != NULL))
			break;
		if (a->what == ASKED_FILE) {	/* nobody wants it any more */
			*p = a->next;
			free(a);
		} else {
			p = &a->next;
		}
	}
	if (a == NULL || a->id != 0)
		return;
	(void)snprintf(id, sizeof id, "%lld", (long long)a->t->id);
	(void)snprintf(number, sizeof number, "%u", a->n);
	line_ask(l, a, words);
}

void
line_ask_file(struct line *l, struct task *t, unsigned n, file_fn *got)
{
	struct asked *a = line_add(l, ASKED_FILE);

	a->t = t;
	a->n = n;
	a->got = got;
	line_ask_next_file(l);
}

void
line_forget(struct line *l, const struct task *t)
{
	struct asked *a;

	for (a = l->asked; a != NULL; a = a->next)
		if (a->t == t)
			a->t = NULL;
}

/* ---- answers ---- */

/* Why there is no file, as the core says it. */
static void
line_read_why(const Pauta__Reply *r, struct why *why)
{
	json_t *doc = json_loads(r->doc, 0, NULL);
	const char *say = doc_text(json_object_get(doc, "error"), "message");

	(void)why_set(why, err_find(r->code), "%s", *say != '\0' ? say :
	    "El servidor no lo dio.");
	json_decref(doc);
}

static void
line_on_file(struct line *l, const struct asked *a, const Pauta__Reply *r)
{
	int fd = r->status == 0 ? l->passed : -1;
	struct why why = { 0 };

	if (fd >= 0)
		l->passed = -1;
	else
		line_read_why(r, &why);
	if (a->t != NULL)
		a->got(a->t, fd, &why);
	else if (fd >= 0)
		(void)close(fd);
}

static void
line_on_jobs(struct line *l, struct courier *co, const char *text, bool well)
{
	json_t *doc = well ? json_loads(text, 0, NULL) : NULL;

	l->asking = false;
	if (doc != NULL)
		courier_on_jobs(co, doc);
	json_decref(doc);
	if (l->called)
		line_ask_jobs(l);
}

/* What is not taken is given again once this process is another. */
static int
line_on_reply(struct line *l, struct courier *co, const Pauta__Reply *r)
{
	struct asked **p, *a;
	bool well = r->status == 0, taken = true;

	for (p = &l->asked; *p != NULL && (*p)->id != r->id; p = &(*p)->next)
		;
	if ((a = *p) == NULL)
		return -ERR_UNAVAILABLE;
	*p = a->next;
	if (!well)
		log_at(LOG_WARN, "answer=%s doc=%s", r->code, r->doc);
	if (a->what == ASKED_FILE)
		line_on_file(l, a, r);
	else if (a->what == ASKED_JOBS)
		line_on_jobs(l, co, r->doc, well);
	else
		taken = well || strcmp(r->code, "stale") == 0 ||
		    strcmp(r->code, "not_found") == 0;
	free(a);
	line_ask_next_file(l);
	return taken ? 0 : -ERR_UNAVAILABLE;
}

static int
line_frame(struct line *l, struct courier *co, const Pauta__Message *m)
{
	if (m->body_case == PAUTA__MESSAGE__BODY_REPLY)
		return line_on_reply(l, co, m->reply);
	if (m->body_case != PAUTA__MESSAGE__BODY_PUSH &&
	    m->body_case != PAUTA__MESSAGE__BODY_WELCOME)
		return -ERR_UNAVAILABLE;
	line_ask_jobs(l);
	return 0;
}

static void
line_take(struct line *l, struct msghdr *m)
{
	struct cmsghdr *c;

	for (c = CMSG_FIRSTHDR(m); c != NULL; c = CMSG_NXTHDR(m, c)) {
		if (c->cmsg_level != SOL_SOCKET ||
		    c->cmsg_type != SCM_RIGHTS)
			continue;
		if (l->passed >= 0)
			(void)close(l->passed);
		memcpy(&l->passed, CMSG_DATA(c), sizeof l->passed);
	}
}

/* 1: something came; 0: nothing now; -ERR_UNAVAILABLE. */
static int
line_receive(struct line *l)
{
	union {
		char room[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} u;
	uint8_t piece[65536];
	struct iovec io = { piece, sizeof piece };
	struct msghdr m = { .msg_iov = &io, .msg_iovlen = 1,
		.msg_control = u.room, .msg_controllen = sizeof u.room };
	ssize_t n = recvmsg(l->fd, &m, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n > 0)
		line_take(l, &m);
	if (n <= 0 || buf_add(&l->in, piece, (size_t)n) < 0)
		return -ERR_UNAVAILABLE;
	return 1;
}

static int
line_send(struct line *l)
{
	ssize_t n;

	while (l->out.len > 0) {
		n = send(l->fd, l->out.p, l->out.len,
		    MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno == EAGAIN)
			return 0;
		if (n < 0 && errno != EINTR)
			return -ERR_UNAVAILABLE;
		if (n > 0)
			buf_del(&l->out, (size_t)n);
	}
	return 0;
}

int
line_turn(struct line *l, struct courier *co)
{
	Pauta__Message *m;
	int r;

	if ((r = line_receive(l)) < 0)
		return r;
	while ((r = frame_get(&l->in, &m)) > 0) {
		r = line_frame(l, co, m);
		pauta__message__free_unpacked(m, NULL);
		if (r < 0)
			return r;
	}
	return r < 0 ? r : line_send(l);
}
