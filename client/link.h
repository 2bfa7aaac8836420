/* SPDX-License-Identifier: ISC */
/*
 * link.h - the only door to libssh in the client: one connection, a channel
 * with the subsystem "pauta", and one with "sftp" while files are sent.  It opens, and after a loss again and again, in
 * steps that never wait; what must be asked on the terminal is asked before.
 */
#ifndef PAUTA_LINK_H
#define PAUTA_LINK_H

#include "base.h"

struct link_options {
	char *host, *user;		/* user NULL: this machine's */
	int port;			/* 0: 2222 */
	const char *identity;		/* -i, or NULL */
	const char *known_hosts;	/* or NULL: ~/.ssh/known_hosts */
};

enum { LINK_PORT = 2222 };

/* Read [ssh://][user@]host[:port]; an explicit port already set stays. */
bool link_parse(struct link_options *, const char *);
void link_options_clear(struct link_options *);

struct link;

/* Borrows the options for its life. */
struct link *link_new(const struct link_options *);
void link_free(struct link *);
/*
 * Is the server one that we know, so that pumping alone will open the link?
 * The phrase of the key is asked for here, if one is needed.
 */
bool link_is_known(struct link *);
/* Connect now, asking what must be asked.  0, or a negative error with why. */
int link_open(struct link *, struct why *);

struct sshsig_key;
/* The key of a file that let us in, when it is one that we can sign with (an
 * Ed25519 one).  0, or -ERR_NOT_FOUND.  Clear it after use. */
int link_secret(const struct link *, struct sshsig_key *);

enum link_event { LINK_SAME, LINK_UP, LINK_DOWN, LINK_END };

/* Move bytes, or go on with connecting.  in and out are borrowed. */
enum link_event link_pump(struct link *, struct buf *in, struct buf *out,
    struct why *);
/*
 * A second channel, the subsystem "sftp": each call moves its bytes, the first
 * one opens it.  in and out are borrowed until it is shut.  LINK_UP when it
 * has opened; LINK_DOWN when it, or the whole link, is not there: it may be
 * tried again.  What comes is in `in` after the next link_pump.
 */
enum link_event link_pump_files(struct link *, struct buf *in,
    struct buf *out);
void link_shut_files(struct link *);
/* Would more of a file go, once the line takes it? */
bool link_takes_files(const struct link *);
int link_fd(const struct link *, bool out_waits, short *events);
int link_timeout(const struct link *);		/* ms until pump, or -1 */

#endif
