/* SPDX-License-Identifier: ISC */
/*
 * serve.c - the core's loop: listening sockets, many streams of frames,
 * one commit a turn.
 *
 *   readable --> serve_on_read --> stream_run --> core_run --> answers wait
 *   before the loop sleeps: serve_on_prepare --> core_commit --> answers and
 *   pushes leave
 *
 * No answer of a turn leaves before that turn is durable; when the disk is
 * full, a refusal leaves instead (turn.c).
 */
#include <assert.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "render.h"
#include "req.h"
#include "stream.h"
#include "upload.h"

enum { TICK_MS = 20 * 1000, PULSE_MS = 1000 };

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
	stream_wait(s);
	stream_run_waiting(s->sv);
}

static void
serve_on_connect(uv_stream_t *server, int status)
{
	struct serve *sv = server->data;
	struct stream *s;

	if (status < 0)
		return;
	s = stream_new(sv, (enum door)((uv_pipe_t *)server - sv->listen));
	if (uv_accept(server, (uv_stream_t *)&s->pipe) < 0 ||
	    uv_read_start((uv_stream_t *)&s->pipe, serve_on_alloc,
		serve_on_read) < 0)
		stream_close(s);
}

/* What this person may see of what changed; nothing named: too much to. */
static void
serve_push_to(struct stream *s)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Push push = PAUTA__PUSH__INIT;
	char *folios[TOUCHED_MOST];
	json_t *list = core_touched(s->sv->core, s->login);

	push.seq = (uint64_t)core_seq(s->sv->core);
	push.folios = folios;
	for (; push.n_folios < json_array_size(list); push.n_folios++)
		folios[push.n_folios] = (char *)json_string_value(
		    json_array_get(list, push.n_folios));
	m.body_case = PAUTA__MESSAGE__BODY_PUSH;
	m.push = &push;
	if (list == NULL || push.n_folios > 0)
		stream_put(s, &m);
	json_decref(list);
}

/* There may be jobs. */
static void
serve_call_courier(struct stream *s)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Push push = PAUTA__PUSH__INIT;

	push.seq = (uint64_t)core_seq(s->sv->core);
	m.body_case = PAUTA__MESSAGE__BODY_PUSH;
	m.push = &push;
	stream_put(s, &m);
}

/* Of calm and feed.  The loop turns once more: serve_on_prepare does the rest. */
static void
serve_on_calm(uv_timer_t *t)
{
	(void)t;
}

/*
 * The first change is told at once, what follows it together a moment later:
 * telling everybody of each one would cost more than all the work.
 */
static void
serve_push(struct serve *sv)
{
	struct stream *s;

	if (!core_has_touched(sv->core) ||
	    uv_is_active((uv_handle_t *)&sv->calm))
		return;
	for (s = sv->streams; s != NULL; s = s->next)
		if (s->live && !s->closing)
			serve_push_to(s);
	core_forget_touched(sv->core);
	uv_timer_start(&sv->calm, serve_on_calm, PUSH_MS, 0);
}

/*
 * The search follows when a turn had nothing else to do: the timer sees to it
 * that there is such a turn.
 */
static void
serve_feed(struct serve *sv)
{
	if (sv->turn > 0 || core_feed(sv->core))
		uv_timer_start(&sv->feed, serve_on_calm, 1, 0);
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
	uv_idle_stop(h);
	stream_run_waiting(h->data);
}

/*
 * One commit, and everybody who waits for it is told; false: it is over.  What
 * the disk holds after it failed nobody knows, so nobody is told anything:
 * they send it again, with the same operation id.
 */
static bool
serve_commit(struct serve *sv)
{
	struct stream *s;
	struct why why;
	int r;

	if (!core_is_dirty(sv->core))
		return true;
	r = core_commit(sv->core, &why);
	if (r < 0 && r != -ERR_UNAVAILABLE) {
		log_at(LOG_FATAL, "commit=failed why=\"%s\"", why.text);
		return false;
	}
	for (s = sv->streams; s != NULL; s = s->next)
		stream_settle(s, r < 0 ? &why : NULL);
	if ((r < 0) != sv->refusing)
		log_at(LOG_WARN, r < 0 ? "commit=failed why=\"%s\"" :
		    "commit=resumed", r < 0 ? why.text : "");
	sv->refusing = r < 0;
	return !core_is_dirty(sv->core);
}

/* Before the loop sleeps: one commit, then everything said may leave. */
static void
serve_on_prepare(uv_prepare_t *h)
{
	struct serve *sv = h->data;
	struct stream *s;

	if (core_previews_moved(sv->core))
		for (s = sv->streams; s != NULL; s = s->next)
			stream_resume(s);
	if (!serve_commit(sv))
		serve_stop(sv, 1);
	serve_push(sv);
	if (sv->courier != NULL && core_calls_courier(sv->core))
		serve_call_courier(sv->courier);
	if (core_rights_moved(sv->core))
		for (s = sv->streams; s != NULL; s = s->next)
			stream_check(s);
	for (s = sv->streams; s != NULL; s = s->next)
		stream_flush(s);
	if (sv->ready != NULL)
		uv_idle_start(&sv->idle, serve_on_idle);
	else
		serve_feed(sv);
	sv->turn = 0;
}

static void
serve_on_tick(uv_timer_t *t)
{
	struct serve *sv = t->data;

	core_tick(sv->core);
}

/* Whoever watches sees that the loop still turns. */
static void
serve_on_pulse(uv_timer_t *t)
{
	struct serve *sv = t->data;

	(void)!write(sv->pulse_fd, ".", 1);
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
core_serve(struct core *c, const int listen_fds[DOORS], int pulse_fd)
{
	struct serve sv = { .core = c, .pulse_fd = pulse_fd };
	int i;

	(void)signal(SIGPIPE, SIG_IGN);
	uv_loop_init(&sv.loop);
	uv_prepare_init(&sv.loop, &sv.prepare);
	uv_idle_init(&sv.loop, &sv.idle);
	uv_timer_init(&sv.loop, &sv.timer);
	uv_timer_init(&sv.loop, &sv.calm);
	uv_timer_init(&sv.loop, &sv.pulse);
	uv_timer_init(&sv.loop, &sv.feed);
	uv_signal_init(&sv.loop, &sv.term);
	sv.prepare.data = sv.idle.data = sv.timer.data = sv.term.data =
	    sv.pulse.data = &sv;
	for (i = 0; i < DOORS; i++)
		serve_listen(&sv, i, listen_fds[i]);
	uv_prepare_start(&sv.prepare, serve_on_prepare);
	uv_timer_start(&sv.timer, serve_on_tick, 0, TICK_MS);
	uv_signal_start(&sv.term, serve_on_term, SIGTERM);
	uv_timer_start(&sv.pulse, serve_on_pulse, 0, PULSE_MS);
	sweep_later(c);			/* who died may have left some */
	renderer_open(c, &sv.loop);
	uv_run(&sv.loop, UV_RUN_DEFAULT);
	sv.courier = NULL;		/* nothing is written any more */
	upload_clear(&sv);
	renderer_close(c);
	uv_walk(&sv.loop, serve_on_leftover, &sv);
	while (uv_run(&sv.loop, UV_RUN_DEFAULT) != 0)
		;
	uv_loop_close(&sv.loop);
	(void)close(pulse_fd);
	return sv.status;
}
