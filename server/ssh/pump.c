/* SPDX-License-Identifier: ISC */
/* pump.c - see pump.h.  Every libssh call here is inside session_enter_library(). */
#include "pump.h"

#include "session.h"

int
pump_take(struct chan *c, const void *bytes, uint32_t len)
{
	size_t taken;

	if (len > PUMP_WINDOW) {
		session_finish(c->s, SESSION_END_ABUSE, NULL);
		return 0;
	}
	if (session_is_in_library(c->s)) {
		c->left_over = true;
		return 0;
	}
	taken = queue_add(&c->in, bytes, len);
	c->left_over = taken < len;
	return (int)taken;
}

bool
pump_fetch(struct chan *c)
{
	uint8_t piece[PUMP_PIECE];
	size_t room;
	int n;

	while (c->left_over && (room = queue_room(&c->in)) > 0) {
		c->left_over = false;
		session_enter_library(c->s);
		n = ssh_channel_read_nonblocking(c->ssh, piece,
		    (uint32_t)(room < sizeof piece ? room : sizeof piece), 0);
		session_leave_library(c->s);
		if (n == SSH_ERROR)
			return false;
		if (n <= 0)		/* nothing, or the end */
			break;
		(void)queue_add(&c->in, piece, (size_t)n);
		c->left_over = true;
	}
	return true;
}

static bool
pump_send_queue(struct chan *c, struct queue *q,
    int (*to)(ssh_channel, const void *, uint32_t))
{
	const uint8_t *p;
	uint32_t window;
	size_t n;
	int r;

	while (p = queue_peek(q, &n), n > 0 && !c->stalled) {
		if (session_is_writing(c->s))
			return true;
		if ((window = ssh_channel_window_size(c->ssh)) == 0)
			return true;
		if (n > PUMP_PIECE)
			n = PUMP_PIECE;
		if (n > window)
			n = window;
		session_enter_library(c->s);
		r = to(c->ssh, p, (uint32_t)n);
		session_leave_library(c->s);
		if (r < 0)
			return false;
		/* Room and yet nothing taken: keys are being exchanged. */
		c->stalled = r == 0;
		queue_drop(q, (size_t)r);
	}
	return true;
}

bool
pump_send(struct chan *c)
{
	return pump_send_queue(c, &c->out, ssh_channel_write) &&
	    pump_send_queue(c, &c->err, ssh_channel_write_stderr);
}

bool
pump_close(struct chan *c)
{
	int r;

	session_enter_library(c->s);
	if (!c->status_sent) {
		(void)ssh_channel_request_send_exit_status(c->ssh, c->status);
		c->status_sent = true;
	}
	r = ssh_channel_close(c->ssh);
	session_leave_library(c->s);
	return r != SSH_AGAIN;
}
