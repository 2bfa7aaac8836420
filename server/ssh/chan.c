/* SPDX-License-Identifier: ISC */
/* chan.c - see chan.h. */
#include "chan.h"

#include <assert.h>

#include "../../proto/base.h"
#include "../../proto/i18n.h"
#include "pump.h"
#include "service.h"
#include "session.h"

enum { CHAN_SHUT_MS = 10000 };	/* for the peer to answer our CLOSE */

/* The only assignment of c->state. */
static void
chan_enter(struct chan *c, enum chan_state state)
{
	static const char *const names[CHAN_N] = { "open", "run", "last",
		"shut" };

	if (c->state != state)
		log_at(LOG_DEBUG,
		    "event=channel_state service=%s from=%s to=%s",
		    c->service == NULL ? "none" : c->service->name,
		    names[c->state], names[state]);
	c->state = state;
}

/* ---- what the library tells: noted, done later ---- */

static int
chan_on_data(ssh_session ssh, ssh_channel ch, void *bytes, uint32_t len,
    int is_stderr, void *data)
{
	(void)ssh;
	(void)ch;
	if (is_stderr)			/* nobody has a use for it */
		return (int)len;
	return pump_take(data, bytes, len);
}

static void
chan_on_eof(ssh_session ssh, ssh_channel ch, void *data)
{
	struct chan *c = data;

	(void)ssh;
	(void)ch;
	c->peer_eof = true;
}

static void
chan_on_close(ssh_session ssh, ssh_channel ch, void *data)
{
	struct chan *c = data;

	(void)ssh;
	(void)ch;
	c->peer_closed = true;
}

static int
chan_on_pty(ssh_session ssh, ssh_channel ch, const char *term, int cols,
    int rows, int pxcols, int pxrows, void *data)
{
	struct chan *c = data;

	(void)ssh;
	(void)ch;
	(void)pxcols;
	(void)pxrows;
	if (c->state != CHAN_OPEN || c->has_tty)
		return -1;
	c->has_tty = true;
	if (allow_term_name(term))
		(void)snprintf(c->term, sizeof c->term, "%s", term);
	allow_size((uint32_t)rows, (uint32_t)cols, &c->rows, &c->cols);
	return 0;
}

static int
chan_on_size(ssh_session ssh, ssh_channel ch, int cols, int rows,
    int pxcols, int pxrows, void *data)
{
	struct chan *c = data;

	(void)ssh;
	(void)ch;
	(void)pxcols;
	(void)pxrows;
	allow_size((uint32_t)rows, (uint32_t)cols, &c->rows, &c->cols);
	c->resized = true;
	return 0;
}

static int
chan_on_env(ssh_session ssh, ssh_channel ch, const char *name,
    const char *value, void *data)
{
	struct chan *c = data;

	(void)ssh;
	(void)ch;
	int rank = allow_lang_rank(name);

	if (c->state != CHAN_OPEN || rank == 0 || !allow_lang(value))
		return 1;
	if (rank >= c->lang_rank) {
		(void)snprintf(c->lang, sizeof c->lang, "%s", value);
		c->lang_rank = rank;
		i18n_use(allow_lang_code(c->lang));
	}
	return 0;
}

/* One service a channel, for ever. */
static int
chan_accept(struct chan *c, const struct service *service,
    const char *argument)
{
	if (c->state != CHAN_OPEN || service == NULL)
		return 1;
	c->frames = service == &service_relay;
	c->service = session_is_draining(c->s) ? &service_refusal : service;
	c->argument = xstrdup(argument);
	chan_enter(c, CHAN_RUN);
	return 0;
}

static int
chan_on_shell(ssh_session ssh, ssh_channel ch, void *data)
{
	(void)ssh;
	(void)ch;
	return chan_accept(data, &service_screen, NULL);
}

static int
chan_on_exec(ssh_session ssh, ssh_channel ch, const char *command,
    void *data)
{
	(void)ssh;
	(void)ch;
	return chan_accept(data, service_of_exec(command), command);
}

static int
chan_on_subsystem(ssh_session ssh, ssh_channel ch, const char *name,
    void *data)
{
	(void)ssh;
	(void)ch;
	return chan_accept(data, service_of_subsystem(name), NULL);
}

static void
chan_on_signal(ssh_session ssh, ssh_channel ch, const char *name, void *data)
{
	(void)ssh;
	(void)ch;
	(void)name;
	(void)data;
}

struct chan *
chan_new(struct session *s)
{
	struct chan *c = xcalloc(1, sizeof *c);

	c->s = s;
	c->rows = 24;
	c->cols = 80;
	c->moved_at = session_now(s);
	queue_init(&c->in, PUMP_IN);
	queue_init(&c->out, QUEUE_SIZE);
	queue_init(&c->err, QUEUE_SIZE);
	c->callbacks = (struct ssh_channel_callbacks_struct){
		.userdata = c,
		.channel_data_function = chan_on_data,
		.channel_eof_function = chan_on_eof,
		.channel_close_function = chan_on_close,
		.channel_signal_function = chan_on_signal,
		.channel_pty_request_function = chan_on_pty,
		.channel_shell_request_function = chan_on_shell,
		.channel_pty_window_change_function = chan_on_size,
		.channel_exec_request_function = chan_on_exec,
		.channel_env_request_function = chan_on_env,
		.channel_subsystem_request_function = chan_on_subsystem,
	};
	ssh_callbacks_init(&c->callbacks);
	if ((c->ssh = ssh_channel_new(session_ssh(s))) == NULL ||
	    ssh_set_channel_callbacks(c->ssh, &c->callbacks) != SSH_OK) {
		chan_free(c);
		return NULL;
	}
	return c;
}

void
chan_free(struct chan *c)
{
	if (c == NULL)
		return;
	if (c->service != NULL && c->started)
		c->service->free(c);
	if (c->ssh != NULL) {
		(void)ssh_remove_channel_callbacks(c->ssh, &c->callbacks);
		session_enter_library(c->s);
		ssh_channel_free(c->ssh);
		session_leave_library(c->s);
	}
	queue_clear(&c->in);
	queue_clear(&c->out);
	queue_clear(&c->err);
	free(c->argument);
	free(c);
}

void
chan_end(struct chan *c, int status)
{
	if (c->state != CHAN_RUN)
		return;
	c->status = status;
	chan_enter(c, CHAN_LAST);
}

void
chan_complain(struct chan *c, const char *sentence)
{
	struct queue *q = c->has_tty ? &c->out : &c->err;

	sentence = _(sentence);
	(void)queue_add(q, sentence, strlen(sentence));
	(void)queue_add(q, c->has_tty ? "\r\n" : "\n", c->has_tty ? 2 : 1);
}

static void
chan_hangup(struct chan *c, int64_t now)
{
	if (c->state == CHAN_SHUT)
		return;
	queue_drop(&c->in, c->in.len);
	queue_drop(&c->out, c->out.len);
	queue_drop(&c->err, c->err.len);
	if (c->started)
		c->service->hangup(c, now);
	chan_enter(c, CHAN_SHUT);
	c->shut_at = now;
}

static void
chan_run(struct chan *c, int64_t now)
{
	if (!c->started) {
		c->started = true;
		c->service->start(c, now);
	}
	if (c->resized && c->state == CHAN_RUN) {
		c->resized = false;
		if (c->service->resize != NULL)
			c->service->resize(c);
	}
	if (c->state == CHAN_RUN)
		c->service->turn(c, now);
	if (c->state == CHAN_RUN && c->peer_eof && !c->eof_told &&
	    !c->left_over && c->in.len == 0) {
		c->eof_told = true;
		if (c->service->eof != NULL)
			c->service->eof(c);
	}
}

/* Is what we send being taken?  A peer that reads nothing holds memory. */
static void
chan_watch_progress(struct chan *c, size_t before, int64_t now)
{
	size_t after = c->out.len + c->err.len;

	if (after == 0 || after < before)
		c->moved_at = now;
}

/* Bytes come, are understood and go, until nothing moves any more. */
static bool
chan_move(struct chan *c, int64_t now)
{
	size_t had, before;
	bool sound = true;

	do {
		sound = sound && pump_fetch(c);
		had = c->in.len;
		if (c->state == CHAN_RUN)
			chan_run(c, now);
		else if (c->state != CHAN_OPEN)
			queue_drop(&c->in, c->in.len);	/* nobody listens */
		before = c->out.len + c->err.len;
		if (sound && !c->peer_closed)
			sound = pump_send(c);
		chan_watch_progress(c, before, now);
	} while (sound && pump_can_fetch(c) && c->in.len != had);
	/* What was asked waited for room, which there may be now. */
	c->again = sound && c->in.len > 0 && c->in.len < had;
	return sound;
}

/* The last has been said, and all of it is out: nothing more comes from us. */
static void
chan_shut(struct chan *c, int64_t now)
{
	if (c->out.len + c->err.len > 0 || !pump_close(c))
		return;
	chan_enter(c, CHAN_SHUT);
	c->shut_at = now;
	if (c->started)
		c->service->hangup(c, now);
}

bool
chan_turn(struct chan *c, int64_t now)
{
	bool sound;

	if (c->peer_closed)
		chan_hangup(c, now);
	if (!(sound = chan_move(c, now)))
		chan_hangup(c, now);
	if (c->state == CHAN_LAST)
		chan_shut(c, now);
	if (c->state != CHAN_SHUT)
		return true;
	/* What it began ends before it does. */
	if (c->started && c->service->is_gone != NULL &&
	    !c->service->is_gone(c)) {
		c->service->turn(c, now);
		return true;
	}
	return !c->peer_closed && sound && now < c->shut_at + CHAN_SHUT_MS;
}

bool
chan_wants_out(const struct chan *c)
{
	return c->state != CHAN_SHUT && !c->stalled &&
	    c->out.len + c->err.len > 0 && ssh_channel_window_size(c->ssh) > 0;
}
