/* SPDX-License-Identifier: ISC */
/*
 * meter.h - time, the state of the machine, and ratios.  A figure of one
 * moment says little on a machine with neighbours: what is printed as a
 * result is always one thing divided by another of the same round.
 */
#ifndef PAUTA_BENCH_METER_H
#define PAUTA_BENCH_METER_H

#include "../../proto/base.h"

enum { ROUNDS_MAX = 20, SAMPLES_MAX = 65536 };

double meter_now(void);			/* seconds, monotonic */
double meter_cpu(void);			/* seconds of this process */

/* Calls of fdatasync and fsync by this process since it began. */
int64_t meter_syncs(void);

/* Turns of a fixed loop a second: what a core gives at this moment. */
double meter_calibrate(double seconds);
/* Overwrites of 4 KiB with fdatasync a second, in a file of that folder. */
double meter_disk(const char *folder, double seconds);

/* Latencies in seconds; the newest push the oldest out. */
struct samples {
	double v[SAMPLES_MAX];
	size_t count;			/* all that were added */
};
void samples_add(struct samples *, double);
double samples_at(const struct samples *, double part);	/* 0.5: the median */

/* One value a round. */
struct series {
	const char *name;
	double v[ROUNDS_MAX];
	int n;
};
void series_add(struct series *, double);
double series_median(const struct series *);
/* One line: name, median, least and most, each as printed with decimals. */
void series_print(const struct series *, int decimals, const char *unit);
/* a / b round by round; target 0: none.  most: the target is an upper one. */
void series_ratio(const char *name, const struct series *a,
    const struct series *b, double target, bool most);

_Noreturn void die(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

#endif
