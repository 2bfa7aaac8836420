/* SPDX-License-Identifier: ISC */
/*
 * penalty.c - see penalty.h.  An open hash table, never more than half full;
 * when it is, debts that have run out are swept in one pass.
 */
#include "penalty.h"

#include <assert.h>

#include "../../proto/base.h"

enum { PENALTY_SLOTS = PENALTY_SOURCES * 2 };

struct penalty_slot {
	struct address block;
	int64_t until;			/* 0: free slot */
	bool bites;			/* once reached, until it has run out */
};

struct penalty {
	uint64_t seed;
	size_t n;
	int64_t soonest;		/* before it no sweep finds anything */
	struct penalty_slot *slot;
};

static const int penalty_seconds[PENALTY_N] = {
	[PENALTY_NOAUTH] = 1,
	[PENALTY_AUTHFAIL] = 5,
	[PENALTY_GRACE] = 10,
	[PENALTY_ABUSE] = 30,
	[PENALTY_CRASH] = 90,
};

struct penalty *
penalty_new(uint64_t seed)
{
	struct penalty *p = xcalloc(1, sizeof *p);

	p->seed = seed;
	p->slot = xcalloc(PENALTY_SLOTS, sizeof *p->slot);
	return p;
}

void
penalty_free(struct penalty *p)
{
	if (p == NULL)
		return;
	free(p->slot);
	free(p);
}

/* The slot of a block, or the free slot where it would go. */
static size_t
penalty_slot_of(const struct penalty *p, const struct address *block)
{
	uint64_t h = p->seed ^ UINT64_C(14695981039346656037);
	size_t i;

	for (i = 0; i < sizeof block->ip; i++) {
		h = (h ^ block->ip[i]) * UINT64_C(1099511628211);
		h ^= h >> 29;
	}
	i = (size_t)h % PENALTY_SLOTS;
	while (p->slot[i].until != 0 &&
	    !address_equal(&p->slot[i].block, block))
		i = (i + 1) % PENALTY_SLOTS;
	return i;
}

static void
penalty_sweep(struct penalty *p, int64_t now)
{
	struct penalty_slot *old = p->slot;
	size_t i;

	if (now < p->soonest)		/* a full table is no work each time */
		return;
	p->soonest = INT64_MAX;
	p->slot = xcalloc(PENALTY_SLOTS, sizeof *p->slot);
	p->n = 0;
	for (i = 0; i < PENALTY_SLOTS; i++) {
		if (old[i].until <= now)
			continue;
		if (old[i].until < p->soonest)
			p->soonest = old[i].until;
		p->slot[penalty_slot_of(p, &old[i].block)] = old[i];
		p->n++;
	}
	free(old);
}

void
penalty_add(struct penalty *p, const struct address *block,
    enum penalty_kind kind, int64_t now)
{
	struct penalty_slot *s;
	int64_t most = now + PENALTY_MOST * 1000;

	assert(kind < PENALTY_N);
	if (penalty_seconds[kind] == 0)
		return;
	s = &p->slot[penalty_slot_of(p, block)];
	if (s->until == 0) {
		if (p->n >= PENALTY_SOURCES)
			penalty_sweep(p, now);
		if (p->n >= PENALTY_SOURCES)
			return;
		s = &p->slot[penalty_slot_of(p, block)];
		s->block = *block;
		p->n++;
		p->soonest = now;	/* of a newcomer, not yet known */
	}
	if (s->until <= now) {
		s->until = now;
		s->bites = false;
	}
	s->until += (int64_t)penalty_seconds[kind] * 1000;
	if (s->until > most)
		s->until = most;
	if (s->until - now >= PENALTY_LEAST * 1000)
		s->bites = true;
}

bool
penalty_blocks(const struct penalty *p, const struct address *block,
    int64_t now)
{
	const struct penalty_slot *s = &p->slot[penalty_slot_of(p, block)];

	return s->until > now && s->bites;
}

size_t
penalty_count(const struct penalty *p)
{
	return p->n;
}
