/* SPDX-License-Identifier: ISC */
/*
 * penalty.h - how long a source that misbehaved is turned away.
 *
 * Each bad end of a connection adds seconds to its source.  Once a source owes
 * PENALTY_LEAST or more it is refused until all of it has run out; nobody ever
 * owes more than PENALTY_MOST.  The table is bounded: when it is full of debts
 * that still run, a new source goes free rather than an old one being forgiven.
 * Time is a value (mono_ms); nothing here reads a clock.
 */
#ifndef PAUTA_PENALTY_H
#define PAUTA_PENALTY_H

#include "address.h"

enum penalty_kind {
	PENALTY_NONE, PENALTY_NOAUTH, PENALTY_AUTHFAIL, PENALTY_GRACE,
	PENALTY_ABUSE, PENALTY_CRASH, PENALTY_N
};

enum {
	PENALTY_LEAST = 15,		/* seconds owed before it bites */
	PENALTY_MOST = 600,
	PENALTY_SOURCES = 65536
};

struct penalty;

/* seed: a random number, so that a stranger cannot choose colliding sources. */
struct penalty *penalty_new(uint64_t seed);
void penalty_free(struct penalty *);

/* The source owes more from now on.  block is an address_block(). */
void penalty_add(struct penalty *, const struct address *block,
    enum penalty_kind, int64_t now);
bool penalty_blocks(const struct penalty *, const struct address *block,
    int64_t now);
/* Sources in the table, run out or not. */
size_t penalty_count(const struct penalty *);

#endif
