/* SPDX-License-Identifier: ISC */
/*
 * bench.c - how fast, as ratios.  tests/bench/bench.sh says what is measured
 * and prepares it; this program runs the blocks.
 *
 *   bench prepare DIR PEOPLE CASES     people with keys, cases just begun
 *   bench f2 DIR SECONDS BATCH         one block, for a profiler
 *   bench do DIR STEPS BATCH           so many steps, for callgrind
 */
#include "meter.h"
#include "office.h"
#include "queue.h"

static long
bench_number(const char *text)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end != '\0' || n < 0)
		die("%s: a number was expected", text);
	return n;
}

static int
bench_prepare(char **a)
{
	office_prepare(a[0], (size_t)bench_number(a[1]),
	    (size_t)bench_number(a[2]));
	return 0;
}

static int
bench_f2(char **a)
{
	struct queue q;

	queue_open(&q, a[0]);
	(void)printf("%.0f steps/s\n", queue_run(&q,
	    (double)bench_number(a[1]), (size_t)bench_number(a[2])));
	queue_clear(&q);
	return 0;
}

static int
bench_do(char **a)
{
	struct queue q;

	queue_open(&q, a[0]);
	queue_do(&q, (size_t)bench_number(a[1]), (size_t)bench_number(a[2]));
	queue_clear(&q);
	return 0;
}

static const struct {
	const char *name;
	int args;
	int (*run)(char **);
} bench_jobs[] = {
	{ "prepare", 3, bench_prepare },
	{ "f2", 3, bench_f2 },
	{ "do", 3, bench_do },
};

int
main(int argc, char **argv)
{
	size_t i;

	json_object_seed(1);
	log_init("bench", LOG_WARN);
	for (i = 0; argc > 1 && i < ARRAY_LEN(bench_jobs); i++)
		if (strcmp(argv[1], bench_jobs[i].name) == 0 &&
		    argc - 2 == bench_jobs[i].args)
			return bench_jobs[i].run(argv + 2);
	die("which job? see the head of bench.c");
}
