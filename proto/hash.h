/* SPDX-License-Identifier: ISC */
/* hash.h - SHA-256, random bytes, base64, canonical JSON.  The only door to
 * libcrypto in the rooms that share proto/, with sshsig.h. */
#ifndef PAUTA_HASH_H
#define PAUTA_HASH_H

#include <jansson.h>

#include "base.h"

enum { HASH_SIZE = 32, HASH_TEXT = 65 };

void hash_sha256(const void *, size_t, uint8_t out[HASH_SIZE]);
/* SHA-256(a || b): leaves and chains. */
void hash_two(const void *a, size_t na, const void *b, size_t nb,
    uint8_t out[HASH_SIZE]);
/* The sum of bytes that come piece by piece.  hasher_end frees it. */
struct hasher;
struct hasher *hasher_new(void);
void hasher_add(struct hasher *, const void *, size_t);
void hasher_end(struct hasher *, uint8_t out[HASH_SIZE]);
void hash_random(void *, size_t);

/*
 * A number for an operation, that nobody else makes: 48 bits of milliseconds,
 * as UUIDs of version 7 begin, then random ones.  Those made together lie
 * together in the record's tree of answers; only that, and no rule, leans on
 * the clock of who makes it.
 */
enum { OP_SIZE = 16 };
void hash_op(uint8_t op[OP_SIZE]);
/* SHA-256 of a whole file, and its size.  0, or -ERR_SYSTEM: see errno. */
int hash_file(const char *path, uint8_t out[HASH_SIZE], int64_t *size);

/* Standard base64 with padding.  Text: given.  Parse: appends to *out; 0, or
 * -ERR_USAGE when it is not base64 or does not fit. */
char *base64_text(const void *, size_t);
int base64_parse(const char *, struct buf *out);

/*
 * One line of canonical JSON (RFC 8785): keys sorted, no blanks, shortest
 * escapes.  Given.  Numbers with a fraction and control characters other than
 * newline and tab do not occur in the record; they are asserted against.
 * (canonical.c)
 */
char *hash_canonical(const json_t *);
/* The same in pieces, by one who knows the order of the keys.  end: given. */
void canonical_begin(struct buf *);
void canonical_add(struct buf *, const char *, size_t);	/* as it is */
void canonical_string(struct buf *, const char *, size_t);
void canonical_put(struct buf *, const json_t *);
char *canonical_end(struct buf *);

#endif
