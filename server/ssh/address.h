/* SPDX-License-Identifier: ISC */
/*
 * address.h - where a connection comes from, in one form for both families
 * (IPv4 as ::ffff:a.b.c.d), and the block that one person can be assumed to
 * hold: a /32, or a /64.
 */
#ifndef PAUTA_ADDRESS_H
#define PAUTA_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

enum { ADDRESS_TEXT = 64 };

struct address {
	uint8_t ip[16];
};

/* A block of addresses: 10.0.0.0/8, 2001:db8::/32, or one address. */
struct block {
	struct address base;
	int bits;			/* of the 128 */
};

/* false when the family is neither IPv4 nor IPv6. */
bool address_take(const struct sockaddr *, struct address *out);
struct address address_block(const struct address *);
bool address_equal(const struct address *, const struct address *);
/* Writes into out[ADDRESS_TEXT]; returns out. */
char *address_text(const struct address *, char *out);

/* 0, or -ERR_USAGE. */
int block_parse(const char *, struct block *out);
bool block_has(const struct block *, const struct address *);

#endif
