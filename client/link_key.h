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

/*
 * The key of this person: the one in the file identity, or (NULL) whatever the
 * agent has, then the usual files, until one lets us in; afterwards that one.
 */
struct link_key;
struct link_key *link_key_new(const char *identity);
void link_key_free(struct link_key *);		/* accepts NULL */
/* Ask now for the phrase of the key that will be needed, if it has one. */
void link_key_unlock(struct link_key *);
/*
 * Go on with it: SSH_AUTH_SUCCESS; SSH_AUTH_AGAIN while the session may not
 * block; SSH_AUTH_ERROR when the line is gone; else no key was taken, with
 * why.  A phrase is asked for only with may_ask.
 */
int link_key_auth(ssh_session, struct link_key *, bool may_ask, struct why *);
/* The next time is with another session. */
void link_key_restart(struct link_key *);
struct sshsig_key;
/* The secret of a key that came from a file.  0, or -ERR_NOT_FOUND. */
int link_key_secret(const struct link_key *, struct sshsig_key *);

#endif
