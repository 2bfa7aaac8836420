/* SPDX-License-Identifier: ISC */
/*
 * serve.c - the core's loop: two listening sockets, many streams of frames,
 * one commit a turn.
 *
 *   readable --> serve_on_read --> serve_frame --> core_run --> answers wait
 *   before the loop sleeps: serve_on_prepare --> core_commit --> answers and
 *   pushes leave
 *
 *   stream:  NEW --Hello accepted--> OPEN --bad frame, end, queue full--> gone
 *
 * No answer of a turn leaves before that turn is durable.
 */
#include <assert.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "../../proto/frame.h"
#include "core.h"

enum { OUT_MAX = 4 << 20, TURN_MAX = 512, TICK_MS = 20 * 1000 };

struct serve;

struct stream {
	uv_pipe_t pipe;
	struct serve *sv;
	struct stream *next;
	struct buf in, out;
	char *login;			/* NULL: operator, or not said yet */
	bool admin, open, keys, live, closing;
};

struct serve {
	uv_loop_t loop;
	uv_pipe_t listen[2];
	uv_prepare_t prepare;
	uv_idle_t idle;
	uv_timer_t timer;
	uv_signal_t term;
	struct core *core;
	struct stream *streams;
	int turn;			/* commands of this turn */
	int status;
};

static void
stream_on_closed(uv_handle_t *h)
{
	struct stream *s = h->data, **p;

	for (p = &s->sv->streams; *p != s; p = &(*p)->next)
		;
	*p = s->next;
	buf_clear(&s->in);
	buf_clear(&s->out);
	free(s->login);
	free(s);
}

static void
stream_close(struct stream *s)
{
	if (s->closing)
		return;
	s->closing = true;
	uv_close((uv_handle_t *)&s->pipe, stream_on_closed);
}

static void
stream_put(struct stream *s, const Pauta__Message *m)
{
	if (!s->closing && frame_put(&s->out, m) < 0) {
		log_at(LOG_WARN, "stream=full login=%s",
		    s->login != NULL ? s->login : "-");
		stream_close(s);
	}
}

struct piece {
	uv_write_t req;
	uint8_t *p;
};

static void
stream_on_written(uv_write_t *req, int status)
{
	struct piece *piece = req->data;
	struct stream *s = req->handle->data;

	free(piece->p);
	free(piece);
	if (status < 0)
		stream_close(s);
}

/* Let what waits leave: as much as the socket takes, the rest by libuv. */
static void
stream_flush(struct stream *s)
{
	struct piece *piece;
	uv_buf_t b;
	int n;

	if (s->closing || s->out.len == 0)
		return;
	b = uv_buf_init((char *)s->out.p, (unsigned)s->out.len);
	n = uv_try_write((uv_stream_t *)&s->pipe, &b, 1);
	if (n > 0)
		buf_del(&s->out, (size_t)n);
	if (s->out.len == 0)
		return;
	if (uv_stream_get_write_queue_size((uv_stream_t *)&s->pipe) >
	    OUT_MAX) {
		stream_close(s);
		return;
	}
	piece = xcalloc(1, sizeof *piece);
	piece->req.data = piece;
	piece->p = s->out.p;
	b = uv_buf_init((char *)piece->p, (unsigned)s->out.len);
	buf_init(&s->out, OUT_MAX);
	if (uv_write(&piece->req, (uv_stream_t *)&s->pipe, &b, 1,
		stream_on_written) < 0) {
		free(piece->p);
		free(piece);
		stream_close(s);
	}
}

/* ---- frames ---- */

static void
stream_goodbye(struct stream *s, const char *code, const char *text)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Goodbye g = PAUTA__GOODBYE__INIT;

	g.code = (char *)code;
	g.text = (char *)text;
	m.body_case = PAUTA__MESSAGE__BODY_GOODBYE;
	m.goodbye = &g;
	stream_put(s, &m);
	stream_flush(s);
	stream_close(s);
}

static char *
welcome_text(const json_t *me, const char *key)
{
	const char *s = json_string_value(json_object_get(me, key));

	return (char *)(s != NULL ? s : "");
}

static void
stream_welcome(struct stream *s)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Welcome w = PAUTA__WELCOME__INIT;
	char now[WHEN_TEXT];
	json_t *me;

	me = s->login != NULL ? core_welcome(s->sv->core, s->login) :
				json_object();
	w.version = PROTO_VERSION;
	w.login = welcome_text(me, "login");
	w.name = welcome_text(me, "name");
	w.role = welcome_text(me, "role");
	w.office = welcome_text(me, "office");
	w.institution = welcome_text(me, "institution");
	w.place = welcome_text(me, "place");
	w.zone = welcome_text(me, "zone");
	w.now = when_text(core_now(s->sv->core), now);
	m.body_case = PAUTA__MESSAGE__BODY_WELCOME;
	m.welcome = &w;
	stream_put(s, &m);
	json_decref(me);
}

static void
stream_on_hello(struct stream *s, const Pauta__Hello *h)
{
	if (s->open || h->version != PROTO_VERSION) {
		stream_goodbye(s, "usage",
		    "Esta versión del cliente no es la del servidor: "
		    "actualícela.");
		return;
	}
	if (s->admin || strcmp(h->kind, "keys") == 0) {
		s->open = true;
		s->keys = !s->admin;
		stream_welcome(s);
		return;
	}
	if (!core_key_is_known(s->sv->core, h->login, h->key.data,
		h->key.len)) {
		stream_goodbye(s, "not_found", "Esa llave ya no entra aquí.");
		return;
	}
	s->open = true;
	s->live = strcmp(h->kind, "exec") != 0;
	s->login = xstrdup(h->login);
	log_at(LOG_INFO, "enter=%s kind=%s from=%s", h->login, h->kind,
	    h->source);
	stream_welcome(s);
}

static void
stream_on_request(struct stream *s, const Pauta__Request *q)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Reply reply = PAUTA__REPLY__INIT;
	struct caller who = { .login = s->login, .source = "" };
	const char **words;
	struct answer a;
	size_t i;

	words = xcalloc(q->n_words + 1, sizeof *words);
	for (i = 0; i < q->n_words; i++)
		words[i] = q->words[i];
	core_run(s->sv->core, &who, q->op.len == 16 ? q->op.data : NULL,
	    words, q->json, &a);
	free(words);
	s->sv->turn++;
	reply.id = q->id;
	reply.status = (uint32_t)a.status;
	reply.code = a.code;
	reply.doc = q->json ? a.doc : (char *)"";
	reply.text = a.text != NULL ? a.text : (char *)"";
	m.body_case = PAUTA__MESSAGE__BODY_REPLY;
	m.reply = &reply;
	stream_put(s, &m);
	answer_clear(&a);
}

static void
stream_on_query(struct stream *s, const Pauta__KeyQuery *k)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__KeyAnswer answer = PAUTA__KEY_ANSWER__INIT;

	answer.id = k->id;
	answer.known = core_key_is_known(s->sv->core, k->login, k->key.data,
	    k->key.len);
	m.body_case = PAUTA__MESSAGE__BODY_KEY_ANSWER;
	m.key_answer = &answer;
	stream_put(s, &m);
}

/* What may be said on a stream: a table by what it is. */
static void
stream_frame(struct stream *s, const Pauta__Message *m)
{
	if (m->body_case == PAUTA__MESSAGE__BODY_HELLO)
		stream_on_hello(s, m->hello);
	else if (m->body_case == PAUTA__MESSAGE__BODY_REQUEST && s->open &&
	    !s->keys)
		stream_on_request(s, m->request);
	else if (m->body_case == PAUTA__MESSAGE__BODY_KEY_QUERY && s->open &&
	    s->keys)
		stream_on_query(s, m->key_query);
	else
		stream_goodbye(s, "usage", "Mensaje fuera de lugar.");
}

static void
serve_frames(struct stream *s)
{
	Pauta__Message *m;
	int r;

	while (!s->closing && s->sv->turn < TURN_MAX) {
		if ((r = frame_get(&s->in, &m)) == 0)
			return;
		if (r < 0) {
			log_at(LOG_WARN, "stream=bad_frame login=%s",
			    s->login != NULL ? s->login : "-");
			stream_close(s);
			return;
		}
		stream_frame(s, m);
		pauta__message__free_unpacked(m, NULL);
	}
}

/* ---- the loop ---- */

static void
serve_on_alloc(uv_handle_t *h, size_t hint, uv_buf_t *b)
{
	static char room[65536];

	(void)h;
	(void)hint;
	*b = uv_buf_init(room, sizeof room);
}

static void
serve_on_read(uv_stream_t *pipe, ssize_t n, const uv_buf_t *b)
{
	struct stream *s = pipe->data;

	if (n < 0 || (n > 0 && buf_add(&s->in, b->base, (size_t)n) < 0)) {
		stream_close(s);
		return;
	}
	serve_frames(s);
}

static void
serve_on_connect(uv_stream_t *server, int status)
{
	struct serve *sv = server->data;
	struct stream *s;

	if (status < 0)
		return;
	s = xcalloc(1, sizeof *s);
	s->sv = sv;
	s->admin = server == (uv_stream_t *)&sv->listen[1];
	buf_init(&s->in, FRAME_MAX + 65536 + 4);
	buf_init(&s->out, OUT_MAX);
	uv_pipe_init(&sv->loop, &s->pipe, 0);
	s->pipe.data = s;
	s->next = sv->streams;
	sv->streams = s;
	if (uv_accept(server, (uv_stream_t *)&s->pipe) < 0 ||
	    uv_read_start((uv_stream_t *)&s->pipe, serve_on_alloc,
		serve_on_read) < 0)
		stream_close(s);
}

static void
serve_push(struct serve *sv)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Push push = PAUTA__PUSH__INIT;
	struct stream *s;
	json_t *folios;
	size_t i;

	push.seq = (uint64_t)core_seq(sv->core);
	m.body_case = PAUTA__MESSAGE__BODY_PUSH;
	m.push = &push;
	for (s = sv->streams; s != NULL; s = s->next) {
		if (!s->live || s->closing)
			continue;
		folios = core_touched(sv->core, s->login);
		push.n_folios = json_array_size(folios);
		push.folios = xcalloc(push.n_folios, sizeof *push.folios);
		for (i = 0; i < push.n_folios; i++)
			push.folios[i] = (char *)json_string_value(
			    json_array_get(folios, i));
		if (push.n_folios > 0)
			stream_put(s, &m);
		free(push.folios);
		json_decref(folios);
	}
	core_forget_touched(sv->core);
}

static void
serve_stop(struct serve *sv, int status)
{
	sv->status = status;
	uv_stop(&sv->loop);
}

static void
serve_on_idle(uv_idle_t *h)
{
	struct serve *sv = h->data;
	struct stream *s;

	uv_idle_stop(h);
	for (s = sv->streams; s != NULL; s = s->next)
		serve_frames(s);
}

/* Before the loop sleeps: one commit, then everything said may leave. */
static void
serve_on_prepare(uv_prepare_t *h)
{
	struct serve *sv = h->data;
	struct stream *s;
	struct why why;

	if (core_is_dirty(sv->core)) {
		if (core_commit(sv->core, &why) < 0) {
			log_at(LOG_FATAL, "commit=failed why=%s", why.text);
			serve_stop(sv, 1);
			return;
		}
		serve_push(sv);
	}
	for (s = sv->streams; s != NULL; s = s->next)
		stream_flush(s);
	if (sv->turn >= TURN_MAX)
		uv_idle_start(&sv->idle, serve_on_idle);
	sv->turn = 0;
}

static void
serve_on_tick(uv_timer_t *t)
{
	struct serve *sv = t->data;

	core_tick(sv->core);
}

static void
serve_on_term(uv_signal_t *h, int sig)
{
	(void)sig;
	serve_stop(h->data, 0);
}

static void
serve_listen(struct serve *sv, int i, int fd)
{
	uv_pipe_init(&sv->loop, &sv->listen[i], 0);
	sv->listen[i].data = sv;
	if (uv_pipe_open(&sv->listen[i], fd) < 0 ||
	    uv_listen((uv_stream_t *)&sv->listen[i], 128, serve_on_connect) <
		0)
		serve_stop(sv, 1);
}

static void
serve_on_leftover(uv_handle_t *h, void *arg)
{
	struct serve *sv = arg;
	struct stream *s;

	for (s = sv->streams; s != NULL; s = s->next)
		if (h == (uv_handle_t *)&s->pipe) {
			stream_close(s);
			return;
		}
	if (!uv_is_closing(h))
		uv_close(h, NULL);
}

int
core_serve(struct core *c, int session_fd, int admin_fd, int ready_fd)
{
	struct serve sv = { .core = c };

	(void)signal(SIGPIPE, SIG_IGN);
	uv_loop_init(&sv.loop);
	uv_prepare_init(&sv.loop, &sv.prepare);
	uv_idle_init(&sv.loop, &sv.idle);
	uv_timer_init(&sv.loop, &sv.timer);
	uv_signal_init(&sv.loop, &sv.term);
	sv.prepare.data = sv.idle.data = sv.timer.data = sv.term.data = &sv;
	serve_listen(&sv, 0, session_fd);
	serve_listen(&sv, 1, admin_fd);
	uv_prepare_start(&sv.prepare, serve_on_prepare);
	uv_timer_start(&sv.timer, serve_on_tick, 0, TICK_MS);
	uv_signal_start(&sv.term, serve_on_term, SIGTERM);
	if (write(ready_fd, "r", 1) != 1)
		sv.status = 1;
	(void)close(ready_fd);
	uv_run(&sv.loop, UV_RUN_DEFAULT);
	uv_walk(&sv.loop, serve_on_leftover, &sv);
	while (uv_run(&sv.loop, UV_RUN_DEFAULT) != 0)
		;
	uv_loop_close(&sv.loop);
	return sv.status;
}
