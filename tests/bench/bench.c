/* SPDX-License-Identifier: ISC */
/*
 * bench.c - how fast, as ratios.  tests/bench/bench.sh says what is measured
 * and prepares it; this program runs the blocks.
 *
 *   bench prepare DIR PEOPLE CASES     people with keys, cases just begun
 *   bench rate F1 F2 TAPE E PORT SLOW PORT PG PGCHAIN SESSIONS ROUNDS SECONDS
 *   bench latency E PORT ECHO PORT F1 TAPE ROUNDS SECONDS
 *   bench growth FEW MANY FRESH EVENTS ROUNDS
 *   bench login E PORT SSHD PORT ROUNDS SECONDS
 *   bench hold DIR PORT N SERVICE      N idle sessions, until a line comes
 *   bench f2 DIR SECONDS BATCH         one block, for a profiler
 *   bench e DIR PORT SESSIONS SECONDS  likewise, through the door
 *   bench notes DIR FEW MANY           the inbox of notes as it grows
 *   bench do DIR STEPS BATCH           so many steps, for budget.t
 *   bench do-waste DIR STEPS BATCH     the same done badly, its control
 *   bench door DIR PORT STEPS          likewise through the door; door-waste
 */
#include "fleet.h"
#include "meter.h"
#include "notes.h"
#include "office.h"
#include "queue.h"
#include "rate.h"

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
bench_e(char **a)
{
	struct gate d = { .dir = a[0], .port = (int)bench_number(a[1]),
		.service = "pauta" };
	struct fleet f;
	double rate;

	fleet_open(&f, &d, (size_t)bench_number(a[2]));
	rate = fleet_run(&f, (double)bench_number(a[3]));
	(void)printf("%.0f steps/s, p50 %.2f ms, p99 %.2f ms; a step: %.0f "
	    "bytes out, %.0f in, %.2f frames in\n", rate,
	    1e3 * samples_at(f.late, 0.5), 1e3 * samples_at(f.late, 0.99),
	    (double)f.bytes_out / (double)f.steps,
	    (double)f.bytes_in / (double)f.steps,
	    (double)f.frames_in / (double)f.steps);
	fleet_clear(&f);
	return 0;
}

static struct gate
bench_door(const char *dir, const char *port, const char *service)
{
	return (struct gate){ .dir = dir, .port = (int)bench_number(port),
		.service = service,
		.user = strcmp(service, "echo") == 0 ? getenv("SSHD_USER") :
							 NULL };
}

static int
bench_rate(char **a)
{
	struct rate_args r = { .f1 = a[0], .f2 = a[1], .tape = a[2],
		.e = bench_door(a[3], a[4], "pauta"),
		.slow = bench_door(a[5], a[6], "pauta"), .pg = a[7],
		.pg_chain = a[8], .sessions = (int)bench_number(a[9]),
		.rounds = (int)bench_number(a[10]),
		.seconds = (double)bench_number(a[11]) };

	rate_run(&r);
	return 0;
}

static int
bench_latency(char **a)
{
	struct gate pauta = bench_door(a[0], a[1], "pauta");
	struct gate echo = bench_door(a[2], a[3], "echo");

	rate_latency(&pauta, &echo, a[4], a[5], (int)bench_number(a[6]),
	    (double)bench_number(a[7]));
	return 0;
}

static int
bench_growth(char **a)
{
	rate_growth(a[0], a[1], a[2], bench_number(a[3]),
	    (int)bench_number(a[4]));
	return 0;
}

static int
bench_login(char **a)
{
	struct gate pauta = bench_door(a[0], a[1], "pauta");
	struct gate sshd = bench_door(a[2], a[3], "echo");

	rate_login(&pauta, &sshd, (int)bench_number(a[4]),
	    (double)bench_number(a[5]));
	return 0;
}

static int
bench_hold(char **a)
{
	struct gate d = bench_door(a[0], a[1], a[3]);
	struct fleet f;

	fleet_open(&f, &d, (size_t)bench_number(a[2]));
	(void)printf("held\n");
	(void)fflush(stdout);
	(void)getchar();
	fleet_clear(&f);
	return 0;
}

static int
bench_steps(char **a, bool waste)
{
	struct queue q;

	queue_open(&q, a[0]);
	q.waste = waste;
	queue_print(&q, a[0], (size_t)bench_number(a[1]),
	    (size_t)bench_number(a[2]));
	queue_clear(&q);
	return 0;
}

static int
bench_do(char **a)
{
	return bench_steps(a, false);
}

static int
bench_do_waste(char **a)
{
	return bench_steps(a, true);
}

static int
bench_notes(char **a)
{
	notes_run(a[0], bench_number(a[1]), bench_number(a[2]));
	return 0;
}

static int
bench_frames(char **a, bool waste)
{
	struct gate d = bench_door(a[0], a[1], "pauta");
	double steps = (double)bench_number(a[2]);
	struct fleet f;

	fleet_open(&f, &d, 1);
	f.bytes_in = f.bytes_out = f.frames_in = 0;
	if (waste)
		f.people.v[0].at++;	/* her first case is done with */
	fleet_do(&f, (size_t)steps, waste);
	(void)printf("frames_in %.2f\nbytes_in %.0f\nbytes_out %.0f\n",
	    (double)(f.frames_in - f.pushes) / steps,
	    (double)(f.bytes_in - f.push_bytes) / steps,
	    (double)f.bytes_out / steps);
	fleet_clear(&f);
	return 0;
}

static int
bench_door_do(char **a)
{
	return bench_frames(a, false);
}

static int
bench_door_waste(char **a)
{
	return bench_frames(a, true);
}

static const struct {
	const char *name;
	int args;
	int (*run)(char **);
} bench_jobs[] = {
	{ "prepare", 3, bench_prepare },
	{ "rate", 12, bench_rate },
	{ "latency", 8, bench_latency },
	{ "growth", 5, bench_growth },
	{ "login", 6, bench_login },
	{ "hold", 4, bench_hold },
	{ "f2", 3, bench_f2 },
	{ "e", 4, bench_e },
	{ "notes", 3, bench_notes },
	{ "do", 3, bench_do },
	{ "do-waste", 3, bench_do_waste },
	{ "door", 3, bench_door_do },
	{ "door-waste", 3, bench_door_waste },
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
