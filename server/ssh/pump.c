/* SPDX-License-Identifier: ISC */
/* pump.c - see pump.h.  Calls that read stand in session_enter_library(). */
#include "pump.h"

#include <assert.h>

#include "session.h"

int
pump_take(struct chan *c, const void *bytes, uint32_t len)
{
	size_t taken;

	if (len > PUMP_WINDOW) {
		session_finish(c->s, SESSION_END_ABUSE, NULL);
		return 0;
	}
	c->left_over = session_is_in_library(c->s) || c->in.len > PUMP_MARK;
	if (c->left_over)
		return 0;
	taken = queue_add(&c->in, bytes, len);
	assert(taken == len);
	return (int)len;
}

bool
pump_can_fetch(const struct chan *c)
{
	return c->left_over && c->in.len <= PUMP_MARK;
}

bool
pump_fetch(struct chan *c)
{
	uint8_t piece[PUMP_PIECE];
	size_t taken;
	int held, n = 0;

	if (!pump_can_fetch(c))
		return true;
	c->left_over = false;
	session_enter_library(c->s);
	held = ssh_channel_poll(c->ssh, 0);
	for (; held > 0 && held <= PUMP_WINDOW; held -= n) {
		n = ssh_channel_read_nonblocking(c->ssh, piece, sizeof piece, 0);
		if (n <= 0)
			break;
		taken = queue_add(&c->in, piece, (size_t)n);
		assert(taken == (size_t)n);
	}
	session_leave_library(c->s);
	return held != SSH_ERROR && n != SSH_ERROR;
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
