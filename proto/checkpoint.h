/* SPDX-License-Identifier: ISC */
/*
 * checkpoint.h - what the server signs about its record: "at event n the
 * chain was this".  Whoever keeps one can tell later whether the record was
 * rewritten or put back; both programs read them.
 *
 *	checkpoint: 1
 *	installation: 0f…			32 hexadecimal digits
 *	n: 1200
 *	previous: 1100				n of the one before; 0
 *	chain: 9a…				64 hexadecimal digits
 *	at: 2026-11-23T15:30:00Z
 *
 * A witness is that text with its armoured signature after it, in one file.
 */
#ifndef PAUTA_CHECKPOINT_H
#define PAUTA_CHECKPOINT_H

#include "hash.h"
#include "sshsig.h"

#define CHECKPOINT_SPACE "checkpoint@pauta"

enum { INSTALLATION_TEXT = 33 };

struct checkpoint {
	char installation[INSTALLATION_TEXT];
	int64_t n, previous;
	uint8_t chain[HASH_SIZE];
	struct when at;
};

/* The text that is signed, given. */
char *checkpoint_text(const struct checkpoint *);
/* Read it back, to the byte as checkpoint_text writes it.  0, or
 * -ERR_REFUSED with why. */
int checkpoint_parse(const char *text, struct checkpoint *, struct why *);

/* The text of a witness's file, given; NULL with errno when it cannot be had. */
char *checkpoint_read(const char *path);
/*
 * Read a witness and check its signature; pub is the key that made it, which
 * the caller must know.  0, or -ERR_REFUSED with why.
 */
int checkpoint_open(const char *witness, struct checkpoint *,
    uint8_t pub[SSHSIG_KEY], struct why *);

#endif
