/* SPDX-License-Identifier: ISC */
/*
 * seal.h - the record signed as it grows.  Every hundred events, or five
 * minutes when there is news, the core signs "at event n the chain was this"
 * (proto/checkpoint.h) with a key of its own and writes that in the record.
 *
 * The record announces its installation and its keys as events (setting.set
 * of kind "installation": id, log_key, accepted), so that a checkpoint is
 * good when it carries that installation and the key in force at its event.
 *
 * A checkpoint that the record does not contain (DIR/witness, the last one
 * this folder saw) means that somebody put an old record back or wrote
 * another: then nothing is written until an operator accepts it, as an event.
 */
#ifndef PAUTA_SEAL_H
#define PAUTA_SEAL_H

#include "../../proto/checkpoint.h"
#include "../store/store.h"

/* What is signed besides checkpoints: lists of what was transferred. */
#define TRANSFER_SPACE "transfer@pauta"

enum { SEAL_EVERY = 100, SEAL_SECONDS = 300 };

/* What the record says of itself. */
struct announced_key {
	int64_t from;			/* number of the event */
	uint8_t pub[SSHSIG_KEY];
};

struct announced {
	char installation[INSTALLATION_TEXT];	/* "" in a record without */
	struct announced_key *keys;		/* the last is in force */
	size_t keys_count;
	json_t *accepted;	/* SHA-256 of witnesses, in hexadecimal */
};

int announced_load(struct store *, struct announced *, struct why *);
void announced_clear(struct announced *);

/* ---- the key ---- */

/* Make DIR/log_ed25519_key and .pub; 0 when they are there already. */
int seal_key_make(const char *dir, struct why *);
/* The public half of the key that is there. */
int seal_key_public(const char *dir, uint8_t pub[SSHSIG_KEY], struct why *);

/* ---- checking, with nothing but the record ---- */

/*
 * Check every checkpoint: signature, key, chain, none missing in between.
 * 0 and how many there are, or -ERR_SYSTEM.
 */
int seal_verify(struct store *, int64_t *count, struct why *);

/* Does the record contain what a witness saw?  0, or -ERR_REFUSED. */
int seal_check_witness(struct store *, const char *witness, int64_t *n,
    struct why *);

/* The last checkpoint as a witness, given; NULL when there is none. */
char *seal_last(struct store *);

/* ---- making ---- */

struct seal;

/* Read the key, the last checkpoint and DIR/witness. */
int seal_open(struct store *, const char *dir, struct seal **, struct why *);
void seal_free(struct seal *);			/* accepts NULL */

/* The name of the record, 32 hexadecimal digits; "" when it has none. */
const char *seal_installation(const struct seal *);
/*
 * The installation's signature of bytes under a name of what they are
 * ("transfer@pauta"), for ssh-keygen -Y verify; given.
 */
char *seal_bytes(const struct seal *, const char *space, const void *, size_t);
/* NULL, or why nothing may be written. */
const struct why *seal_hold(const struct seal *);
/* What is announced to accept the record despite DIR/witness: "SHA-256 of it:
 * what is wrong"; NULL when nothing is. */
const char *seal_refused(const struct seal *);

/*
 * Sign the head when so many events are not under a signature, or since so
 * many seconds; least 1 and seconds 0 for any news.  Part of the turn's
 * transaction, begun when there is none.
 */
int seal_put(struct seal *, struct store *, struct when now, int64_t least,
    int64_t seconds, struct why *);

/* Keep the last checkpoint in DIR/witness.  Never within a transaction: it
 * must not know more than the disk. */
void seal_keep(struct seal *, struct store *);

#endif
