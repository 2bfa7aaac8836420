/* SPDX-License-Identifier: ISC */
/* meter.c - see meter.h. */
#include "meter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PIECE = 4096, CALIBRATE_TURNS = 1 << 20 };

static int64_t meter_count;

/* Stand before those of the C library: SQLite calls these. */
int
fdatasync(int fd)
{
	meter_count++;
	return (int)syscall(SYS_fdatasync, fd);
}

int
fsync(int fd)
{
	meter_count++;
	return (int)syscall(SYS_fsync, fd);
}

int64_t
meter_syncs(void)
{
	return meter_count;
}

void
die(const char *fmt, ...)
{
	va_list ap;

	(void)fputs("bench: ", stderr);
	va_start(ap, fmt);
	(void)vfprintf(stderr, fmt, ap);
	va_end(ap);
	(void)fputc('\n', stderr);
	exit(1);
}

static double
meter_clock(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

double
meter_now(void)
{
	return meter_clock(CLOCK_MONOTONIC);
}

double
meter_cpu(void)
{
	return meter_clock(CLOCK_PROCESS_CPUTIME_ID);
}

double
meter_calibrate(double seconds)
{
	double from = meter_now(), spent;
	volatile uint64_t sink;
	uint64_t x = 88172645463325252u;
	int64_t turns = 0;
	int i;

	do {
		for (i = 0; i < CALIBRATE_TURNS; i++) {
			x ^= x << 13;
			x ^= x >> 7;
			x ^= x << 17;
		}
		sink = x;
		turns += CALIBRATE_TURNS;
		spent = meter_now() - from;
	} while (spent < seconds);
	(void)sink;
	return (double)turns / spent;
}

double
meter_disk(const char *folder, double seconds)
{
	static const char piece[PIECE];
	char *path = xasprintf("%s/disk.probe", folder);
	double from, spent;
	int fd, n = 0;

	fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || pwrite(fd, piece, PIECE, 0) != PIECE || fsync(fd) < 0)
		die("%s: %s", path, strerror(errno));
	from = meter_now();
	do {
		if (pwrite(fd, piece, PIECE, 0) != PIECE || fdatasync(fd) < 0)
			die("%s: %s", path, strerror(errno));
		n++;
		spent = meter_now() - from;
	} while (spent < seconds);
	(void)close(fd);
	(void)unlink(path);
	free(path);
	return n / spent;
}

static int
double_compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

void
samples_add(struct samples *s, double v)
{
	s->v[s->count++ % SAMPLES_MAX] = v;
}

double
samples_at(const struct samples *s, double part)
{
	size_t n = s->count < SAMPLES_MAX ? s->count : SAMPLES_MAX;
	double *v = xcalloc(n + 1, sizeof *v), out;

	memcpy(v, s->v, n * sizeof *v);
	qsort(v, n, sizeof *v, double_compare);
	out = n == 0 ? 0 : v[(size_t)((double)(n - 1) * part)];
	free(v);
	return out;
}

void
series_add(struct series *s, double v)
{
	if (s->n < ROUNDS_MAX)
		s->v[s->n++] = v;
}

static void
series_sort(const struct series *s, double out[ROUNDS_MAX])
{
	memcpy(out, s->v, (size_t)s->n * sizeof *out);
	qsort(out, (size_t)s->n, sizeof *out, double_compare);
}

double
series_median(const struct series *s)
{
	double v[ROUNDS_MAX];

	if (s->n == 0)
		return 0;
	series_sort(s, v);
	return s->n % 2 == 1 ? v[s->n / 2] :
	    (v[s->n / 2 - 1] + v[s->n / 2]) / 2;
}

void
series_print(const struct series *s, int decimals, const char *unit)
{
	double v[ROUNDS_MAX];

	if (s->n == 0)
		return;
	series_sort(s, v);
	(void)printf("%-52s %.*f (%.*f-%.*f)%s\n", s->name, decimals,
	    series_median(s), decimals, v[0], decimals, v[s->n - 1], unit);
}

void
series_ratio(const char *name, const struct series *a, const struct series *b,
    double target, bool most)
{
	struct series q = { .name = name };
	char goal[64] = "";
	double m;
	int i;

	for (i = 0; i < a->n && i < b->n; i++)
		if (b->v[i] > 0)
			series_add(&q, a->v[i] / b->v[i]);
	m = series_median(&q);
	if (target > 0)
		(void)snprintf(goal, sizeof goal, "  target %s %g: %s",
		    most ? "at most" : "at least", target,
		    (most ? m <= target : m >= target) ? "met" : "missed");
	series_print(&q, 3, goal);
}
