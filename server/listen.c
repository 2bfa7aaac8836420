/* SPDX-License-Identifier: ISC */
/* listen.c - see listen.h. */
#include "listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { TAKEN_TRIES = 100, TAKEN_TRY_MS = 20 };

int
listen_unix(const char *dir, const char *name, struct why *why)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	int fd, n;

	n = snprintf(sa.sun_path, sizeof sa.sun_path, "%s/run/%s", dir, name);
	if (n < 0 || (size_t)n >= sizeof sa.sun_path)
		return why_set(why, ERR_USAGE,
		    "La ruta de la carpeta es demasiado larga: %s.", dir);
	(void)unlink(sa.sun_path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&sa, sizeof sa) < 0 ||
	    chmod(sa.sun_path, 0600) < 0)
		return why_set(why, ERR_SYSTEM, "%s: %s.", sa.sun_path,
		    err_reason(errno));
	return fd;
}

/* "ADDR:PORT" or "[v6]:PORT" in two parts. */
static int
listen_split(const char *text, char *host, size_t size, char *port)
{
	const char *colon = strrchr(text, ':');
	size_t n;

	if (colon == NULL || strlen(colon + 1) > 5 || colon[1] == '\0')
		return -ERR_USAGE;
	n = (size_t)(colon - text);
	if (n >= 2 && text[0] == '[' && text[n - 1] == ']') {
		text++;
		n -= 2;
	}
	if (n >= size)
		return -ERR_USAGE;
	memcpy(host, text, n);
	host[n] = '\0';
	(void)snprintf(port, 6, "%s", colon + 1);
	return 0;
}

/* The address that a socket really has, as it was written. */
static void
listen_name(int fd, char *out, size_t size)
{
	struct sockaddr_storage ss;
	socklen_t len = sizeof ss;
	char host[64], port[8];

	if (getsockname(fd, (struct sockaddr *)&ss, &len) == 0 &&
	    getnameinfo((struct sockaddr *)&ss, len, host, sizeof host, port,
		sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) == 0)
		(void)snprintf(out, size,
		    strchr(host, ':') != NULL ? "[%s]:%s" : "%s:%s", host,
		    port);
}

/*
 * The listener of a server that was just killed lets go in a moment.  A socket
 * that was not bound must not go on: listen() would give it any port of every
 * address.
 */
static int
listen_bind(int fd, const struct addrinfo *ai)
{
	int tries;

	for (tries = 1; bind(fd, ai->ai_addr, ai->ai_addrlen) < 0; tries++) {
		if (errno != EADDRINUSE || tries == TAKEN_TRIES)
			return -1;
		(void)poll(NULL, 0, TAKEN_TRY_MS);
	}
	return 0;
}

int
listen_tcp(const char *listen_on, char *name, size_t size, struct why *why)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_PASSIVE | AI_NUMERICSERV }, *ai = NULL;
	char host[128], port[6];
	int fd, on = 1, r;

	/* getaddrinfo would take 99999 for 34463. */
	if (listen_split(listen_on, host, sizeof host, port) < 0 ||
	    strtol(port, NULL, 10) > UINT16_MAX ||
	    getaddrinfo(*host != '\0' ? host : NULL, port, &hints, &ai) != 0)
		return why_set(why, ERR_USAGE,
		    "«%s» no es DIRECCIÓN:PUERTO.", listen_on);
	fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	r = fd < 0 ? -1 :
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (r == 0)
		r = listen_bind(fd, ai);
	freeaddrinfo(ai);
	if (r < 0 || listen(fd, 128) < 0) {
		r = errno;
		if (fd >= 0)
			(void)close(fd);
		return why_set(why, ERR_SYSTEM, "No se puede escuchar en %s: "
		    "%s.", listen_on, err_reason(r));
	}
	listen_name(fd, name, size);
	return fd;
}
