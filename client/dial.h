/* SPDX-License-Identifier: ISC */
/*
 * dial.h - a TCP connection to a server by its name, in steps that never wait.
 * The resolver of the system has no such steps: a child asks it.
 *
 *   RESOLVE --addresses--> CONNECT --one answers--> a descriptor
 *      '-- no such name       '-- none does: why
 */
#ifndef PAUTA_DIAL_H
#define PAUTA_DIAL_H

#include <netdb.h>

#include "base.h"

struct dial;

/* As getaddrinfo(3); another one only for tests. */
typedef int dial_resolve(const char *host, const char *port,
    const struct addrinfo *hints, struct addrinfo **out);

struct dial *dial_new(const char *host, int port, dial_resolve *);
/* Accepts NULL; a child that still asks is ended. */
void dial_free(struct dial *);
/*
 * Go on, and wait at most so many ms for it.  A connected descriptor that does
 * not block, given; DIAL_AGAIN; or -ERR_UNAVAILABLE with why.
 */
enum { DIAL_AGAIN = -1000 };
int dial_pump(struct dial *, int wait_ms, struct why *);

#endif
