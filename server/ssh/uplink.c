/* SPDX-License-Identifier: ISC */
/* uplink.c - see uplink.h. */
#include "uplink.h"

#include <assert.h>
#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int
uplink_connect(void)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX,
		.sun_path = UPLINK_SOCKET };
	int fd;

	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -ERR_UNAVAILABLE;
	if (connect(fd, (struct sockaddr *)&sa, sizeof sa) < 0) {
		close(fd);
		return -ERR_UNAVAILABLE;
	}
	return fd;
}

int
uplink_hello(struct buf *b, const struct auth *who, const char *source,
    const char *host, const char *kind, const char *lang)
{
	Pauta__Hello h = PAUTA__HELLO__INIT;
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	struct auth copy;

	h.version = PROTO_VERSION;
	h.source = (char *)(uintptr_t)source;
	h.host = (char *)(uintptr_t)host;
	h.kind = (char *)(uintptr_t)kind;
	h.lang = (char *)(uintptr_t)lang;
	if (who != NULL) {
		assert(who->proved);
		copy = *who;
		h.login = copy.login;
		h.key.data = copy.key;
		h.key.len = copy.key_len;
	}
	m.body_case = PAUTA__MESSAGE__BODY_HELLO;
	m.hello = &h;
	return frame_put(b, &m);
}

int
uplink_send(int fd, struct buf *b)
{
	ssize_t k;

	while (b->len > 0) {
		k = send(fd, b->p, b->len, MSG_NOSIGNAL);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0 && errno == EAGAIN)
			return 0;
		if (k <= 0)
			return -ERR_UNAVAILABLE;
		buf_del(b, (size_t)k);
	}
	return 0;
}

int
uplink_receive(int fd, struct buf *b)
{
	uint8_t piece[16384];
	ssize_t k;

	k = read(fd, piece, sizeof piece);
	if (k < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (k <= 0 || buf_add(b, piece, (size_t)k) < 0)
		return -ERR_UNAVAILABLE;
	return 1;
}

static void
uplink_take(struct msghdr *m, int *got)
{
	struct cmsghdr *c;
	int fd;

	for (c = CMSG_FIRSTHDR(m); c != NULL; c = CMSG_NXTHDR(m, c)) {
		if (c->cmsg_level != SOL_SOCKET ||
		    c->cmsg_type != SCM_RIGHTS ||
		    c->cmsg_len < CMSG_LEN(sizeof fd))
			continue;
		memcpy(&fd, CMSG_DATA(c), sizeof fd);
		if (*got >= 0)
			close(*got);
		*got = fd;
	}
}

int
uplink_receive_with(int fd, struct buf *b, int *got)
{
	union {
		char room[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} u;
	uint8_t piece[16384];
	struct iovec io = { piece, sizeof piece };
	struct msghdr m = { .msg_iov = &io, .msg_iovlen = 1,
		.msg_control = u.room, .msg_controllen = sizeof u.room };
	ssize_t k;

	k = recvmsg(fd, &m, MSG_CMSG_CLOEXEC);
	if (k < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (k >= 0)
		uplink_take(&m, got);
	if (k <= 0 || buf_add(b, piece, (size_t)k) < 0)
		return -ERR_UNAVAILABLE;
	return 1;
}

int
uplink_open(const struct auth *who, const char *source, const char *host,
    const char *kind, const char *lang)
{
	struct buf b;
	int fd;

	if ((fd = uplink_connect()) < 0)
		return fd;
	buf_init(&b, FRAME_MAX + 4);
	if (uplink_hello(&b, who, source, host, kind, lang) < 0 ||
	    uplink_send(fd, &b) < 0 || b.len > 0) {
		close(fd);
		fd = -ERR_UNAVAILABLE;
	}
	buf_clear(&b);
	return fd;
}
