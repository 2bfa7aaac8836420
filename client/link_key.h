/* SPDX-License-Identifier: ISC */
/*
 * link_key.h - the part of link.c that is about keys: is this the server that
 * we know, and which key of the person opens it.  For link.c only.
 */
#ifndef PAUTA_LINK_KEY_H
#define PAUTA_LINK_KEY_H

#include <libssh/libssh.h>

#include "base.h"

/*
 * 0 when the server's key is the known one.  An unknown one is shown and, with
 * may_ask, accepted and kept on "sí"; a changed one is refused always.
 */
int link_key_check_host(ssh_session, const char *host, bool may_ask,
    struct why *);

struct link_key;			/* what let this person in */
void link_key_free(struct link_key *);
/*
 * Try the agent, then the usual files (or only identity), asking for a
 * passphrase when one is needed.  SSH_AUTH_SUCCESS gives *out.
 */
int link_key_find(ssh_session, const char *identity, struct link_key **out,
    struct why *);
struct sshsig_key;
/* The secret of a key that came from a file.  0, or -ERR_NOT_FOUND. */
int link_key_secret(const struct link_key *, struct sshsig_key *);
/* The same key again, without a question; may say SSH_AUTH_AGAIN. */
int link_key_again(ssh_session, const struct link_key *);

#endif
