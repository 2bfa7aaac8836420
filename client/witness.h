/* SPDX-License-Identifier: ISC */
/*
 * witness.h - the last checkpoint that this machine saw of a server
 * (proto/checkpoint.h), and whether what the server shows now goes on from it.
 *
 *	~/.ssh/pauta/HOST:PORT		beside known_hosts; as `pautad verify
 *					--witness` reads it
 *
 *   BEGIN --Welcome--> ASKING --the chain goes on--> SOUND
 *                        |  '--more leaves: asks again
 *                        '--it does not--> REFUSED --accepted--> SOUND
 *
 * The leaves between both checkpoints are asked for and the chain is made
 * again with them: a server cannot just say that it goes on.  Until then, and
 * while it does not, nothing is decided; reading goes on.
 */
#ifndef PAUTA_WITNESS_H
#define PAUTA_WITNESS_H

#include "doc.h"

/* No question of a view or of linear mode has this number. */
#define WITNESS_ID UINT64_MAX

struct witness;

/* Read what is known of host:port, in the folder of that known_hosts (NULL:
 * ~/.ssh/known_hosts).  What cannot be read is a reason to refuse. */
struct witness *witness_new(const char *known_hosts, const char *host,
    int port);
void witness_free(struct witness *);		/* accepts NULL */

/* A new stream: the question that begins, added to an empty line. */
void witness_begin(struct witness *, struct line *);
/* Its answer.  True: ask the line too, there is more. */
bool witness_on_doc(struct witness *, int status, const json_t *doc,
    struct line *);

/*
 * Why nothing may be decided, for the person, borrowed; NULL when it may, and
 * of a witness that is NULL.
 */
const char *witness_hold(const struct witness *);
/* The same for one verb: NULL too when it moves no case. */
const char *witness_holds(const struct witness *, const char *verb);
/* Is that something a person can accept? */
bool witness_is_refused(const struct witness *);
/*
 * The person knows and accepts the record as it is now: that is what is
 * remembered from here on; the checkpoint that spoke against it stays beside,
 * as HOST:PORT.N.  0, or -ERR_SYSTEM with why: then it is held as before.
 */
int witness_accept(struct witness *, struct why *);
/* Whether somebody typed the word that accepts. */
bool witness_is_word(const char *);

#endif
