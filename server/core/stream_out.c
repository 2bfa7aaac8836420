/* SPDX-License-Identifier: ISC */
/* stream_out.c - what leaves a stream: frames, and a descriptor with them. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "stream.h"

void
stream_overflow(struct stream *s)
{
	log_at(LOG_WARN, "stream=full login=%s",
	    s->login != NULL ? s->login : "-");
	stream_close(s);
}

void
stream_put(struct stream *s, const Pauta__Message *m)
{
	if (!s->closing && frame_put(&s->out, m) < 0)
		stream_overflow(s);
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

/*
 * The descriptor goes with the first byte of what waits.  Who asks for files
 * asks one thing at a time, so there is room.
 */
static void
stream_pass(struct stream *s)
{
	union {
		char room[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} u = { { 0 } };
	struct iovec io = { s->out.p, s->out.len };
	struct msghdr m = { .msg_iov = &io, .msg_iovlen = 1,
		.msg_control = u.room, .msg_controllen = sizeof u.room };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	ssize_t n;
	int fd;

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &s->pass, sizeof(int));
	do
		n = uv_fileno((uv_handle_t *)&s->pipe, &fd) < 0 ? -1 :
		    sendmsg(fd, &m, MSG_NOSIGNAL | MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	close(s->pass);
	s->pass = -1;
	if (n > 0)
		buf_del(&s->out, (size_t)n);
	else
		stream_close(s);
}

void
stream_flush(struct stream *s)
{
	struct piece *piece;
	uv_buf_t b;
	int n;

	if (!s->closing && s->out.len > 0 && s->pass >= 0)
		stream_pass(s);
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
