/* SPDX-License-Identifier: ISC */
/* rate.h - the measurements themselves; each prints its ratios. */
#ifndef PAUTA_BENCH_RATE_H
#define PAUTA_BENCH_RATE_H

#include "fleet.h"

/* A copy of the same office for each, so that none is in another's way. */
struct rate_args {
	const char *f1, *f2, *tape;
	struct gate e, slow;		/* slow: 5 ms more a sync; port 0: none */
	const char *pg, *pg_chain;	/* pgbench commands, or "" */
	int sessions, rounds;
	double seconds;
};
void rate_run(const struct rate_args *);

/* One session's step against the parts that it cannot do without. */
void rate_latency(const struct gate *pauta, const struct gate *echo,
    const char *f1, const char *tape, int rounds, double seconds);

/*
 * The same queue on a record with few events and on one that is first worked
 * until it has so many.  Few would not stay few: each block of it is on a copy
 * made anew, at the path fresh.
 */
void rate_growth(const char *few, const char *many, const char *fresh,
    int64_t events, int rounds);

/* Log-ins a second by four at a time, against sshd. */
void rate_login(const struct gate *pauta, const struct gate *sshd, int rounds,
    double seconds);

#endif
