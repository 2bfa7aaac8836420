/* SPDX-License-Identifier: ISC */
/*
 * guard.h - which addresses may be connected to.  Asked at the moment of
 * connecting, of the address itself: what a name resolved to before does not
 * matter, nor how the address was written.
 */
#ifndef PAUTA_GUARD_H
#define PAUTA_GUARD_H

#include <sys/socket.h>

#include "../../proto/base.h"

struct guard;

/*
 * allow: "ADDR:PORT,[V6]:PORT": addresses inside that may be opened all the
 * same.  0, or -ERR_USAGE with why.
 */
int guard_new(const char *allow, struct guard **, struct why *);
void guard_free(struct guard *);

/*
 * May it be connected to?  ports: those that are allowed outside, 0-ended.
 * out gets the address as text, for the sentence of refusal.
 */
enum { GUARD_TEXT = 64 };
bool guard_admits(const struct guard *, const struct sockaddr *, socklen_t,
    const unsigned *ports, char out[GUARD_TEXT]);

#endif
