/* SPDX-License-Identifier: ISC */
/* rounds.c - see rounds.h. */
#include "rounds.h"

#define CALIBRATE_S 0.3
#define DISK_S 1.0
#define FAR 0.25

struct rounds {
	struct series cpu, disk;
	double v[BLOCKS_MAX][ROUNDS_MAX];
};

static void
rounds_one(struct rounds *r, struct block *b, size_t n, int at,
    double seconds, const char *folder)
{
	size_t i;

	series_add(&r->cpu, meter_calibrate(CALIBRATE_S) / 1e6);
	series_add(&r->disk, meter_disk(folder, DISK_S));
	for (i = 0; i < n; i++)
		r->v[i][at] = b[i].run(b[i].arg, seconds) / 2;
	for (i = n; i-- > 0;)
		r->v[i][at] += b[i].run(b[i].arg, seconds) / 2;
	(void)printf("  round %d: cpu %.0f M/s, fdatasync %.0f/s;", at + 1,
	    r->cpu.v[at], r->disk.v[at]);
	for (i = 0; i < n; i++)
		(void)printf(" %s %.0f", b[i].name, r->v[i][at]);
	(void)printf("\n");
	(void)fflush(stdout);
}

void
rounds_run(struct block *b, size_t n, int rounds, double seconds,
    const char *folder)
{
	struct rounds r = { .cpu = { .name = "calibration, M turns/s" },
		.disk = { .name = "4 KiB overwrite+fdatasync, 1/s" } };
	int i, discarded = 0;
	double middle;
	size_t k;

	if (n > BLOCKS_MAX || rounds > ROUNDS_MAX)
		die("too many blocks or rounds");
	for (i = 0; i < rounds; i++)
		rounds_one(&r, b, n, i, seconds, folder);
	middle = series_median(&r.cpu);
	for (i = 0; i < rounds; i++) {
		if (r.cpu.v[i] < middle * (1 - FAR) ||
		    r.cpu.v[i] > middle * (1 + FAR)) {
			discarded++;
			continue;
		}
		for (k = 0; k < n; k++)
			series_add(&b[k].s, r.v[k][i]);
	}
	series_print(&r.cpu, 0, "");
	series_print(&r.disk, 0, "");
	(void)printf("rounds: %d, discarded for their calibration: %d\n",
	    rounds, discarded);
}
