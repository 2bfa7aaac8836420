/* SPDX-License-Identifier: ISC */
/* listen.h - the sockets that the supervisor holds for its children. */
#ifndef PAUTA_LISTEN_H
#define PAUTA_LISTEN_H

#include "../proto/base.h"

/* DIR/run/NAME, for its owner only; bound, not yet listening.  A descriptor,
 * or -ERR_USAGE or -ERR_SYSTEM with why. */
int listen_unix(const char *dir, const char *name, struct why *why);
/*
 * "ADDR:PORT" or "[v6]:PORT", listening; port 0 is a free one.  name gets
 * the address as it came to be.  A descriptor, or as above.
 */
int listen_tcp(const char *listen_on, char *name, size_t size,
    struct why *why);

#endif
