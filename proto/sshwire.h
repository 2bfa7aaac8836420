/* SPDX-License-Identifier: ISC */
/*
 * sshwire.h - how SSH writes bytes down: numbers big-endian, a "string" is a
 * 4-byte length and that many bytes, an mpint a string that is a number.
 */
#ifndef PAUTA_SSHWIRE_H
#define PAUTA_SSHWIRE_H

#include "base.h"

/* What is still to be read; p is NULL after a fault, and stays so. */
struct piece {
	const uint8_t *p;
	size_t n;
};

struct piece piece_take(struct piece *from, size_t n);
uint32_t piece_number(struct piece *from);	/* 0 after a fault */
struct piece piece_string(struct piece *from);
/* The bytes of a number that is not negative, without zeroes in front; a
 * fault when it is written another way. */
struct piece piece_mpint(struct piece *from);
bool piece_is(struct piece, const char *text);
/* Was all of it read, without a fault? */
bool piece_is_whole(const struct piece *);

/* Append to a buffer that is known to have room. */
void wire_put_number(struct buf *, uint32_t);
void wire_put(struct buf *, const void *, size_t n);
void wire_put_text(struct buf *, const char *);

#endif
