/* SPDX-License-Identifier: ISC */
/*
 * rounds.h - blocks interleaved A B C C B A, so that a neighbour's hour falls
 * on all of them.  Each round begins by asking what the machine gives.
 */
#ifndef PAUTA_BENCH_ROUNDS_H
#define PAUTA_BENCH_ROUNDS_H

#include "meter.h"

enum { BLOCKS_MAX = 10 };

struct block {
	const char *name;
	double (*run)(void *arg, double seconds);
	void *arg;
	struct series s;		/* filled: the mean of its two turns */
};

/*
 * folder: where the disk is asked.  A round whose calibration is more than a
 * quarter off the median is discarded, and said.
 */
void rounds_run(struct block *, size_t n, int rounds, double seconds,
    const char *folder);

#endif
