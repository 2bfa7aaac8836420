/* SPDX-License-Identifier: ISC */
/*
 * warm.h - what the libraries make at first use, made before anybody comes:
 * sessions are forked from here, and each would make it again, which takes
 * longer than the ciphers of a whole log-in.  No byte of a stranger is read.
 */
#ifndef PAUTA_WARM_H
#define PAUTA_WARM_H

#include <libssh/libssh.h>
#include <libssh/server.h>
#include <stdbool.h>

/* False when it did not come to its end: then log-ins take longer. */
bool warm_up(ssh_bind);

#endif
