/* SPDX-License-Identifier: ISC */
/*
 * relay.c - subsystem pauta: frames of a native client, to and from the core.
 *
 * The client's own Hello is taken out and replaced by one with the name that
 * the signature proved; everything after it passes as bytes, unread.
 */
#include <sys/socket.h>
#include <unistd.h>

#include "../../proto/frame.h"
#include "service.h"
#include "session.h"
#include "uplink.h"

enum {
	RELAY_HELLO_MAX = 8192,
	RELAY_HELLO_MS = 30000		/* for the client to say Hello */
};

struct relay {
	int fd;				/* the core; -1 before and after */
	int64_t deadline;
};

static void
relay_start(struct chan *c, int64_t now)
{
	struct relay *r = xcalloc(1, sizeof *r);

	r->fd = -1;
	r->deadline = now + RELAY_HELLO_MS;
	c->wake = r->deadline;
	c->job = r;
}

/*
 * Take the client's first frame out of c->in.  1 and gives the message, 0
 * when it is not whole yet, -ERR_USAGE when it is none.
 */
static int
relay_take_first(struct chan *c, Pauta__Message **out)
{
	uint8_t p[RELAY_HELLO_MAX + 4];
	struct buf b;
	size_t n;
	int r;

	if (c->in.len < 4)
		return 0;
	queue_copy(&c->in, p, 4);
	n = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
	if (n > RELAY_HELLO_MAX)
		return -ERR_USAGE;
	if (c->in.len < n + 4)
		return 0;
	queue_copy(&c->in, p, n + 4);
	queue_drop(&c->in, n + 4);
	buf_init(&b, sizeof p);
	if (buf_add(&b, p, n + 4) < 0)
		r = -ERR_USAGE;
	else
		r = frame_get(&b, out);
	buf_clear(&b);
	return r;
}

static void
relay_open(struct chan *c, const Pauta__Hello *h)
{
	struct relay *r = c->job;

	if (h->version != PROTO_VERSION) {
		service_refuse(c, ERR_USAGE,
		    "Este programa habla otra versión del protocolo; "
		    "instale la misma versión que el servidor.");
		return;
	}
	r->fd = uplink_open(session_auth(c->s), session_source(c->s),
	    session_host(c->s), "subsystem", allow_lang_code(h->lang));
	if (r->fd < 0) {
		r->fd = -1;
		service_refuse(c, ERR_UNAVAILABLE, UPLINK_AWAY);
		return;
	}
	c->wake = 0;
}

static void
relay_greet(struct chan *c, int64_t now)
{
	struct relay *r = c->job;
	Pauta__Message *m = NULL;
	int k;

	if ((k = relay_take_first(c, &m)) == 0) {
		if (now >= r->deadline)
			service_refuse(c, ERR_USAGE,
			    "El programa no se presentó a tiempo.");
		return;
	}
	if (k < 0 || m->body_case != PAUTA__MESSAGE__BODY_HELLO)
		service_refuse(c, ERR_USAGE,
		    "Se esperaba el saludo del programa de Pauta.");
	else
		relay_open(c, m->hello);
	if (m != NULL)
		pauta__message__free_unpacked(m, NULL);
}

static void
relay_turn(struct chan *c, int64_t now)
{
	struct relay *r = c->job;
	ssize_t k;

	if (c->state != CHAN_RUN)
		return;
	if (r->fd < 0)
		relay_greet(c, now);
	if (r->fd < 0)
		return;
	if (queue_write(&c->in, r->fd) < 0)
		queue_drop(&c->in, c->in.len);
	while ((k = queue_read(&c->out, r->fd)) > 0)
		;
	if (k < 0)
		chan_end(c, c->eof_told ? 0 : SERVICE_LINK_LOST);
}

static int
relay_wait(struct chan *c, struct pollfd *p)
{
	struct relay *r = c->job;

	if (r->fd < 0 || c->state != CHAN_RUN)
		return 0;
	p->fd = r->fd;
	p->events = (short)((queue_room(&c->out) > 0 ? POLLIN : 0) |
	    (c->in.len > 0 ? POLLOUT : 0));
	return p->events != 0;
}

static void
relay_eof(struct chan *c)
{
	struct relay *r = c->job;

	if (r->fd < 0)
		chan_end(c, 0);
	else
		(void)shutdown(r->fd, SHUT_WR);
}

static void
relay_hangup(struct chan *c, int64_t now)
{
	struct relay *r = c->job;

	(void)now;
	if (r->fd >= 0)
		close(r->fd);
	r->fd = -1;
}

static void
relay_drain(struct chan *c, int64_t now)
{
	relay_hangup(c, now);
	chan_end(c, SERVICE_LINK_LOST);
}

static void
relay_free(struct chan *c)
{
	relay_hangup(c, 0);
	free(c->job);
	c->job = NULL;
}

const struct service service_relay = {
	.name = "subsystem",
	.start = relay_start,
	.wait = relay_wait,
	.turn = relay_turn,
	.eof = relay_eof,
	.drain = relay_drain,
	.hangup = relay_hangup,
	.free = relay_free,
};
