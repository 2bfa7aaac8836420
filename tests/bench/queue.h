/* SPDX-License-Identifier: ISC */
/*
 * queue.h - F2: the product in one process.  Emulated people in a queue, each
 * with one command under way; a turn runs what waits, commits once, and only
 * then gives the answers: the loop of server/core/serve.c without sockets.
 */
#ifndef PAUTA_BENCH_QUEUE_H
#define PAUTA_BENCH_QUEUE_H

#include "office.h"

struct queue {
	struct core *core;
	struct workers people;
	size_t first;			/* whose turn it is */
	int64_t steps, commits, syncs, events;
	bool waste;			/* more than is needed: a control */
};

void queue_open(struct queue *, const char *dir);
void queue_clear(struct queue *);
/* Steps a second over that time; batch: how many wait at once. */
double queue_run(struct queue *, double seconds, size_t batch);
/* Exactly so many. */
void queue_do(struct queue *, size_t steps, size_t batch);
/* The same, and what it took, one figure a line: `name value`. */
void queue_print(struct queue *, const char *dir, size_t steps, size_t batch);
size_t queue_left(const struct queue *);

#endif
