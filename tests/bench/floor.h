/* SPDX-License-Identifier: ISC */
/*
 * floor.h - F1: the same rows by the store's own functions, nothing else: no
 * queue, no engine, no JSON.  What is written comes from a tape: some cases
 * played through the core once, each step with all that it wrote.
 */
#ifndef PAUTA_BENCH_FLOOR_H
#define PAUTA_BENCH_FLOOR_H

#include "../../server/store/store.h"
#include "office.h"

struct tape;

/* Play the cases of a small office and keep what each step wrote. */
struct tape *tape_new(const char *dir);
void tape_free(struct tape *);
/* Mean bytes a step: event bodies, all; events a step. */
double tape_bytes(const struct tape *);
double tape_events(const struct tape *);

struct bare {
	struct store *store;
	struct workers people;
	int64_t *ids;			/* of the cases, by worker and at */
	const struct tape *tape;
	size_t first;
	int64_t steps, commits, syncs, events;
};

void bare_open(struct bare *, const char *dir, const struct tape *);
void bare_clear(struct bare *);
/* Steps a second over that time, batch of them a commit. */
double bare_run(struct bare *, double seconds, size_t batch);

#endif
