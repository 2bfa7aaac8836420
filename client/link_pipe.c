/* SPDX-License-Identifier: ISC */
/* link_pipe.c - see link_pipe.h. */
#include "link_pipe.h"

#include <libssh/callbacks.h>
#include <stdlib.h>

enum { LINK_WRITE = 32 * 1024 };

enum pipe_state { P_OPEN, P_ASK, P_UP };

struct link_pipe {
	ssh_session ssh;
	ssh_channel channel;
	struct ssh_channel_callbacks_struct calls;
	const char *subsystem;
	struct buf *in;
	enum pipe_state state;
	bool full;
};

static int
link_pipe_on_data(ssh_session ssh, ssh_channel channel, void *data,
    uint32_t len, int is_stderr, void *arg)
{
	struct link_pipe *p = arg;

	(void)ssh;
	(void)channel;
	if (!is_stderr && buf_add(p->in, data, len) < 0)
		p->full = true;
	return (int)len;
}

struct link_pipe *
link_pipe_new(ssh_session ssh, const char *subsystem, struct buf *in)
{
	struct link_pipe *p = xcalloc(1, sizeof *p);

	p->ssh = ssh;
	p->subsystem = subsystem;
	p->in = in;
	p->calls.userdata = p;
	p->calls.channel_data_function = link_pipe_on_data;
	ssh_callbacks_init(&p->calls);
	if ((p->channel = ssh_channel_new(ssh)) == NULL ||
	    ssh_set_channel_callbacks(p->channel, &p->calls) != SSH_OK)
		p->full = true;
	return p;
}

void
link_pipe_free(struct link_pipe *p)
{
	if (p == NULL)
		return;
	if (p->channel != NULL) {
		(void)ssh_remove_channel_callbacks(p->channel, &p->calls);
		ssh_channel_free(p->channel);
	}
	free(p);
}

int
link_write(ssh_session ssh, ssh_channel channel, struct buf *out)
{
	uint32_t room;
	int n;

	while (out->len > 0 &&
	    !(ssh_get_poll_flags(ssh) & SSH_WRITE_PENDING)) {
		room = ssh_channel_window_size(channel);
		if (room > out->len)
			room = (uint32_t)out->len;
		if (room > LINK_WRITE)
			room = LINK_WRITE;
		if (room == 0)
			break;
		n = ssh_channel_write(channel, out->p, room);
		if (n == SSH_ERROR)
			return SSH_ERROR;
		if (n <= 0)
			break;
		buf_del(out, (size_t)n);
	}
	return SSH_OK;
}

bool
link_pipe_takes(const struct link_pipe *p)
{
	return p->state == P_UP && ssh_channel_window_size(p->channel) > 0;
}

int
link_pipe_pump(struct link_pipe *p, struct buf *out)
{
	int r = SSH_OK;

	if (p->full)
		return SSH_ERROR;
	if (p->state == P_OPEN &&
	    (r = ssh_channel_open_session(p->channel)) == SSH_OK)
		p->state = P_ASK;
	if (p->state == P_ASK && (r = ssh_channel_request_subsystem(p->channel,
	    p->subsystem)) == SSH_OK)
		p->state = P_UP;
	if (p->state != P_UP)
		return r == SSH_AGAIN ? SSH_AGAIN : SSH_ERROR;
	if (ssh_channel_is_eof(p->channel) || ssh_channel_is_closed(p->channel))
		return SSH_ERROR;
	return link_write(p->ssh, p->channel, out);
}
