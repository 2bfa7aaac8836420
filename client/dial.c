/* SPDX-License-Identifier: ISC */
/* dial.c - see dial.h. */
#include "dial.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "i18n.h"

enum { DIAL_ADDRESSES = 8, DIAL_MS = 15000 };

struct address {
	socklen_t len;
	struct sockaddr_storage to;
};

struct dial {
	char *host;
	pid_t child;			/* 0: none */
	int told;			/* addresses come here; -1: they have */
	struct buf got;
	struct address list[DIAL_ADDRESSES];
	size_t count, next;
	int fd;				/* being connected, or -1 */
	int64_t until;			/* ms */
	int error;			/* of the last address */
};

/* ---- the child ---- */

static void
dial_ask(const char *host, const char *port, dial_resolve *resolve, int out)
{
	const struct addrinfo hints = { .ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_STREAM };
	struct addrinfo *all = NULL, *one;
	struct address a;

	if (resolve(host, port, &hints, &all) != 0)
		return;
	for (one = all; one != NULL; one = one->ai_next) {
		memset(&a, 0, sizeof a);
		a.len = one->ai_addrlen;
		memcpy(&a.to, one->ai_addr, one->ai_addrlen);
		if (write(out, &a, sizeof a) != (ssize_t)sizeof a)
			return;
	}
}

struct dial *
dial_new(const char *host, int port, dial_resolve *resolve)
{
	struct dial *d = xcalloc(1, sizeof *d);
	char number[16];
	int pair[2];

	d->host = xstrdup(host);
	d->told = d->fd = -1;
	d->until = mono_ms() + DIAL_MS;
	buf_init(&d->got, sizeof d->list);
	(void)snprintf(number, sizeof number, "%d", port);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return d;
	if ((d->child = fork()) == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		dial_ask(host, number, resolve, pair[1]);
		_exit(0);
	}
	(void)close(pair[1]);
	d->told = pair[0];
	return d;
}

static void
dial_end_child(struct dial *d)
{
	if (d->child > 0) {
		(void)kill(d->child, SIGKILL);
		(void)waitpid(d->child, NULL, 0);
	}
	d->child = 0;
	if (d->told >= 0)
		(void)close(d->told);
	d->told = -1;
}

void
dial_free(struct dial *d)
{
	if (d == NULL)
		return;
	dial_end_child(d);
	if (d->fd >= 0)
		(void)close(d->fd);
	buf_clear(&d->got);
	free(d->host);
	free(d);
}

/* ---- the steps ---- */

/* What a person can do something about is said in words of ours. */
static const char *
dial_error(int error)
{
	switch (error) {
	case ECONNREFUSED:
		return _("nadie contesta ahí; revise el nombre y el puerto");
	case EHOSTUNREACH:
	case ENETUNREACH:
		return _("no hay red hasta él");
	case ETIMEDOUT:
		return _("no contesta a tiempo");
	default:
		return strerror(error);
	}
}

static int
dial_fail(const struct dial *d, struct why *why)
{
	if (d->count == 0)
		return why_set(why, ERR_UNAVAILABLE, _("No se encuentra el "
		    "servidor %.200s: revise su nombre y la red."), d->host);
	return why_set(why, ERR_UNAVAILABLE,
	    _("No hay conexión con el servidor: %s"),
	    dial_error(d->error == 0 ? ETIMEDOUT : d->error));
}

/* All that the child says; it ends when it has said all. */
static void
dial_hear(struct dial *d)
{
	uint8_t part[sizeof(struct address)];
	ssize_t n = read(d->told, part, sizeof part);

	if (n > 0 && buf_add(&d->got, part, (size_t)n) == 0)
		return;
	d->count = d->got.len / sizeof d->list[0];
	if (d->count > 0)
		memcpy(d->list, d->got.p, d->count * sizeof d->list[0]);
	dial_end_child(d);
}

/* The next address; false when there is none left. */
static bool
dial_try(struct dial *d)
{
	const struct address *a;

	while (d->fd < 0 && d->next < d->count) {
		a = &d->list[d->next++];
		d->fd = socket(a->to.ss_family, SOCK_STREAM | SOCK_NONBLOCK |
		    SOCK_CLOEXEC, 0);
		if (d->fd >= 0 && (connect(d->fd,
		    (const struct sockaddr *)&a->to, a->len) == 0 ||
		    errno == EINPROGRESS))
			break;
		d->error = errno;
		if (d->fd >= 0)
			(void)close(d->fd);
		d->fd = -1;
	}
	/* Each has its part of the time. */
	d->until = mono_ms() + DIAL_MS / (int64_t)(d->count + 1);
	return d->fd >= 0;
}

/* It answered, or did not. */
static int
dial_check(struct dial *d)
{
	socklen_t len = sizeof d->error;
	int fd = d->fd;

	d->fd = -1;
	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &d->error, &len) == 0 &&
	    d->error == 0)
		return fd;
	(void)close(fd);
	return DIAL_AGAIN;
}

/* Nobody answers at this address; the next one is tried. */
static void
dial_give_up(struct dial *d)
{
	d->error = ETIMEDOUT;
	(void)close(d->fd);
	d->fd = -1;
}

int
dial_pump(struct dial *d, int wait_ms, struct why *why)
{
	int64_t end = mono_ms() + wait_ms, left;
	bool resolves;
	struct pollfd p;
	int r;

	for (;;) {
		resolves = d->told >= 0;
		if (!resolves && d->fd < 0 && !dial_try(d))
			return dial_fail(d, why);
		p.fd = resolves ? d->told : d->fd;
		p.events = resolves ? POLLIN : POLLOUT;
		left = end - mono_ms();
		r = poll(&p, 1, left > 0 ? (int)left : 0);
		if (r > 0 && resolves) {
			dial_hear(d);
		} else if (r > 0) {
			if ((r = dial_check(d)) != DIAL_AGAIN)
				return r;
		} else if (r == 0 && mono_ms() >= d->until) {
			if (resolves)
				return dial_fail(d, why);
			dial_give_up(d);
		} else if (mono_ms() >= end) {
			return DIAL_AGAIN;
		}
	}
}
