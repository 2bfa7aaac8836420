/* SPDX-License-Identifier: ISC */
/*
 * offer.h - the algorithms that are offered, exactly and no more, and the host
 * key.  AES-GCM stays out: some builds of libssh 0.10.6 do not check its tag.
 */
#ifndef PAUTA_OFFER_H
#define PAUTA_OFFER_H

#include <libssh/libssh.h>
#include <libssh/server.h>

#include "../../proto/base.h"

/*
 * Load the host key and prepare what every session begins with; afterwards
 * nothing is read from any file.  old_macs adds those that do not sum what is
 * encrypted, for clients that know no others (libssh2 before 1.11).  Gives
 * *out, free with ssh_bind_free.  0, or -ERR_SYSTEM with why.
 */
int offer_new(const char *key_file, bool old_macs, ssh_bind *out,
    struct why *why);

/*
 * Make a session of an accepted, non-blocking descriptor.  slow forces
 * compression after log-in; otherwise the client chooses.  NULL when it
 * cannot be.
 */
ssh_session offer_accept(ssh_bind, int fd, bool slow);

#endif
