/* SPDX-License-Identifier: ISC */
/* sftp.c - see sftp.h.  Start reading at sftp_turn(). */
#include "sftp.h"

#include <unistd.h>

#include "service.h"
#include "session.h"

enum {
	PACKET_LEAST = 1,
	/* Type, id, handle, offset and length of a WRITE. */
	WRITE_HEAD = 1 + 4 + 4 + SFTP_HANDLE_BYTES + 8 + 4,
	/* Room for the largest answer before a packet is looked at. */
	ANSWER_ROOM = SFTP_DATA_MAX + 1024
};

static void
sftp_start(struct chan *c, int64_t now)
{
	struct sftp *s = xcalloc(1, sizeof *s);

	(void)now;
	s->core = s->got = -1;
	buf_init(&s->packet, SFTP_PACKET_MAX);
	buf_init(&s->out, ANSWER_ROOM);
	c->job = s;
	session_expect_bulk(c->s);
}

/* ---- answers ---- */

void
sftp_send(struct chan *c)
{
	struct sftp *s = c->job;

	sftp_end(&s->out);
	(void)queue_add(&c->out, s->out.p, s->out.len);
}

void
sftp_say(struct chan *c, enum sftp_status status, const char *sentence)
{
	struct sftp *s = c->job;

	sftp_begin(&s->out, SFTP_STATUS, s->id);
	wire_put_number(&s->out, status);
	wire_put_text(&s->out, sentence);
	wire_put_text(&s->out, "es");
	sftp_send(c);
}

void
sftp_refuse(struct chan *c, enum sftp_status status, const char *sentence)
{
	if (queue_room(&c->err) > WHY_MAX * 4)
		chan_complain(c, sentence);
	sftp_say(c, status, sentence);
}

/* ---- packets ---- */

static void
packet_bad(struct chan *c)
{
	service_refuse(c, ERR_USAGE,
	    "El programa de archivos envió algo que no es SFTP versión 3.");
}

static size_t
packet_length(const struct chan *c)
{
	uint8_t p[4];

	queue_copy(&c->in, p, sizeof p);
	return (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 |
	    p[3];
}

/* The first n bytes after the length, as a packet to read. */
static struct piece
packet_take(struct chan *c, size_t n)
{
	struct sftp *s = c->job;
	uint8_t part[1024];
	size_t k;

	queue_drop(&c->in, 4);
	for (s->packet.len = 0; n > 0; n -= k) {
		k = n < sizeof part ? n : sizeof part;
		queue_copy(&c->in, part, k);
		queue_drop(&c->in, k);
		(void)buf_add(&s->packet, part, k);
	}
	return (struct piece){ s->packet.p, s->packet.len };
}

static void
packet_greet(struct chan *c, struct piece *in)
{
	struct sftp *s = c->job;

	if (sftp_byte(in) != SFTP_INIT || piece_number(in) < 3 || in->p == NULL) {
		packet_bad(c);
		return;
	}
	s->greeted = true;
	/* Where others have an id, this one has the version. */
	sftp_begin(&s->out, SFTP_VERSION, 3);
	wire_put_text(&s->out, "limits@openssh.com");
	wire_put_text(&s->out, "1");
	sftp_send(c);
}

/* One packet, if there is one and room for its answer. */
static bool
packet_run(struct chan *c)
{
	struct sftp *s = c->job;
	struct piece in;
	uint8_t head[5];
	enum sftp_type type;
	size_t n;

	if (c->in.len < 5 || queue_room(&c->out) < ANSWER_ROOM)
		return false;
	n = packet_length(c);
	if (n < PACKET_LEAST || n > SFTP_PACKET_MAX) {
		packet_bad(c);
		return false;
	}
	queue_copy(&c->in, head, sizeof head);
	type = head[4];
	if (s->greeted && type == SFTP_WRITE && n >= WRITE_HEAD &&
	    c->in.len >= 4 + WRITE_HEAD) {
		in = packet_take(c, WRITE_HEAD);
		(void)sftp_byte(&in);
		s->id = piece_number(&in);
		sftp_write_begin(c, &in, n - WRITE_HEAD);
		return true;
	}
	if (c->in.len < 4 + n)
		return false;
	in = packet_take(c, n);
	if (!s->greeted) {
		packet_greet(c, &in);
		return true;
	}
	(void)sftp_byte(&in);
	s->id = piece_number(&in);
	if (in.p == NULL)
		packet_bad(c);
	else
		sftp_serve(c, type, &in);
	return true;
}

/* Bytes of a WRITE to its keeper; nowhere when it has failed. */
static bool
packet_move(struct chan *c)
{
	struct sftp *s = c->job;
	ssize_t k = 0;
	size_t n;

	n = s->left < c->in.len ? s->left : c->in.len;
	if (s->moving != NULL && !s->moving->failed) {
		k = queue_write_some(&c->in, s->moving->fd, n);
		if (k < 0)
			s->moving->failed = true;
		else
			s->moving->size += (uint64_t)k;
	} else {
		queue_drop(&c->in, n);
		k = (ssize_t)n;
	}
	s->left -= k > 0 ? (size_t)k : 0;
	if (s->left == 0)
		sftp_write_end(c);
	return k != 0;
}

/* ---- the service ---- */

static void
sftp_turn(struct chan *c, int64_t now)
{
	struct sftp *s = c->job;
	bool moved = true;

	while (c->state == CHAN_RUN && moved) {
		if (s->then != NULL)
			moved = sftp_hear(c, now);
		else if (s->left > 0)
			moved = packet_move(c);
		else
			moved = packet_run(c);
	}
	/* Nothing more will come, and what came is answered. */
	if (s->ended && s->then == NULL && c->state == CHAN_RUN)
		chan_end(c, 0);
}

static int
sftp_wait(struct chan *c, struct pollfd *p)
{
	struct sftp *s = c->job;

	if (c->state != CHAN_RUN)
		return 0;
	if (s->then != NULL && s->core >= 0) {
		p->fd = s->core;
		p->events = (short)(POLLIN | (s->tx.len > 0 ? POLLOUT : 0));
		return 1;
	}
	if (s->left > 0 && c->in.len > 0 && s->moving != NULL &&
	    !s->moving->failed) {
		p->fd = s->moving->fd;
		p->events = POLLOUT;
		return 1;
	}
	return 0;
}

static void
sftp_eof(struct chan *c)
{
	struct sftp *s = c->job;

	s->ended = true;
	if (s->then == NULL)
		chan_end(c, 0);
}

static void
sftp_hangup(struct chan *c, int64_t now)
{
	struct sftp *s = c->job;
	size_t i;

	(void)now;
	c->wake = 0;
	s->then = NULL;
	for (i = 0; i < SFTP_HANDLES; i++)
		handle_free(s, s->handles[i]);
	sftp_hang_up(s);
}

static void
sftp_free(struct chan *c)
{
	struct sftp *s = c->job;

	sftp_hangup(c, 0);
	buf_clear(&s->packet);
	buf_clear(&s->out);
	buf_clear(&s->tx);
	buf_clear(&s->rx);
	free(s->path);
	free(s);
	c->job = NULL;
}

const struct service service_sftp = {
	.name = "sftp",
	.start = sftp_start,
	.wait = sftp_wait,
	.turn = sftp_turn,
	.eof = sftp_eof,
	.hangup = sftp_hangup,
	.free = sftp_free,
};
