/* SPDX-License-Identifier: ISC */
/* rate.c - see rate.h. */
#include "rate.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "floor.h"
#include "queue.h"
#include "rounds.h"

enum { BATCH = 200, LOGIN_CREW = 4, ECHO_BYTES = 400, GROWTH_WARM = 400,
	GROWTH_STEPS = 2000, HISTORY = 512 };

static double
block_bare(void *arg, double seconds)
{
	return bare_run(arg, seconds, BATCH);
}

static double
block_queue(void *arg, double seconds)
{
	return queue_run(arg, seconds, BATCH);
}

static double
block_fleet(void *arg, double seconds)
{
	return fleet_run(arg, seconds);
}

/* pgbench with -T for the time; it prints "tps = N (...)". */
static double
block_pgbench(void *arg, double seconds)
{
	char *command = xasprintf("%s -T %.0f 2>&1", (const char *)arg,
	    seconds < 1 ? 1.0 : seconds);
	char *line = NULL, *at;
	double tps = 0;
	size_t cap = 0;
	FILE *f = popen(command, "r");

	while (f != NULL && getline(&line, &cap, f) > 0)
		if ((at = strstr(line, "tps = ")) != NULL)
			tps = strtod(at + 6, NULL);
	if (f == NULL || pclose(f) != 0 || tps <= 0)
		die("pgbench failed: %s", command);
	free(line);
	free(command);
	return tps;
}

static void
rate_say(const char *name, int64_t steps, int64_t commits, int64_t syncs)
{
	(void)printf("%s: %lld steps, %lld commits, %lld fdatasyncs%s\n", name,
	    (long long)steps, (long long)commits, (long long)syncs,
	    syncs >= commits ? "" : "  NOT DURABLE");
}

enum { B_F1, B_F2, B_E, B_SLOW, B_PG, B_CHAIN, B_N };

struct rates {
	struct tape *tape;
	struct bare bare;
	struct queue queue;
	struct fleet e, slow;
	struct block b[B_N];
	int at[B_N];			/* index in b, or -1 */
	size_t n;
};

static void
rates_add(struct rates *r, int which, const char *name,
    double (*run)(void *, double), void *arg)
{
	r->at[which] = (int)r->n;
	r->b[r->n++] = (struct block){ .name = name, .run = run, .arg = arg,
		.s = { .name = name } };
}

static void
rates_open(struct rates *r, const struct rate_args *a)
{
	int i;

	for (i = 0; i < B_N; i++)
		r->at[i] = -1;
	r->tape = tape_new(a->tape);
	bare_open(&r->bare, a->f1, r->tape);
	queue_open(&r->queue, a->f2);
	fleet_open(&r->e, &a->e, (size_t)a->sessions);
	rates_add(r, B_F1, "F1", block_bare, &r->bare);
	rates_add(r, B_F2, "F2", block_queue, &r->queue);
	rates_add(r, B_E, "E", block_fleet, &r->e);
	if (a->slow.port != 0) {
		fleet_open(&r->slow, &a->slow, (size_t)a->sessions);
		rates_add(r, B_SLOW, "E+5ms", block_fleet, &r->slow);
	}
	if (*a->pg != '\0')
		rates_add(r, B_PG, "P", block_pgbench,
		    (void *)(uintptr_t)a->pg);
	if (*a->pg_chain != '\0')
		rates_add(r, B_CHAIN, "Pchain", block_pgbench,
		    (void *)(uintptr_t)a->pg_chain);
}

static void
rates_ratio(const struct rates *r, const char *name, int a, int b,
    double target)
{
	if (r->at[a] < 0 || r->at[b] < 0)
		(void)printf("%-52s not measured\n", name);
	else
		series_ratio(name, &r->b[r->at[a]].s, &r->b[r->at[b]].s,
		    target, false);
}

void
rate_run(const struct rate_args *a)
{
	struct rates *r = xcalloc(1, sizeof *r);
	int64_t events;

	rates_open(r, a);
	events = core_seq(r->queue.core);
	(void)printf("a step: %.2f events, %.0f bytes of event bodies\n",
	    tape_events(r->tape), tape_bytes(r->tape));
	rounds_run(r->b, r->n, a->rounds, a->seconds, a->f2);
	rates_ratio(r, "E / F2", B_E, B_F2, 0.5);
	rates_ratio(r, "F2 / F1", B_F2, B_F1, 0.8);
	rates_ratio(r, "E / PostgreSQL, a hash chain a case", B_E, B_PG, 2);
	rates_ratio(r, "E / PostgreSQL, one chain for all", B_E, B_CHAIN, 8);
	rates_ratio(r, "E with 5 ms more a sync / E", B_SLOW, B_E, 0.7);
	rate_say("F1", r->bare.steps, r->bare.commits, r->bare.syncs);
	rate_say("F2", r->queue.steps, r->queue.commits, r->queue.syncs);
	(void)printf("F2: events before %lld, after %lld\n",
	    (long long)events, (long long)core_seq(r->queue.core));
	(void)printf("E: %lld steps, p50 %.1f ms, p99 %.1f ms; a step: %.0f "
	    "bytes out, %.0f in, %.2f frames in\n", (long long)r->e.steps,
	    1e3 * samples_at(r->e.late, 0.5), 1e3 * samples_at(r->e.late, 0.99),
	    (double)r->e.bytes_out / (double)r->e.steps,
	    (double)r->e.bytes_in / (double)r->e.steps,
	    (double)r->e.frames_in / (double)r->e.steps);
	fleet_clear(&r->e);
	if (a->slow.port != 0)
		fleet_clear(&r->slow);
	queue_clear(&r->queue);
	bare_clear(&r->bare);
	tape_free(r->tape);
	free(r);
}

/* ---- one session ---- */

struct latency {
	struct fleet step, echo;
	struct bare bare;
	const char *folder;
};

/* Each a time in microseconds. */
static double
block_echo(void *arg, double seconds)
{
	struct latency *l = arg;

	l->echo.late->count = 0;
	fleet_echo(&l->echo, seconds, ECHO_BYTES);
	return 1e6 * samples_at(l->echo.late, 0.5);
}

static double
block_sync(void *arg, double seconds)
{
	struct latency *l = arg;

	return 1e6 / meter_disk(l->folder, seconds);
}

static double
block_cpu(void *arg, double seconds)
{
	struct latency *l = arg;
	double cpu = meter_cpu();
	int64_t steps = l->bare.steps;

	/* Some thousands of steps say it: the tape is not endless. */
	(void)bare_run(&l->bare, seconds / 8, BATCH);
	return 1e6 * (meter_cpu() - cpu) / (double)(l->bare.steps - steps);
}

static double
block_step(void *arg, double seconds)
{
	struct latency *l = arg;

	l->step.late->count = 0;
	(void)fleet_run(&l->step, seconds);
	return 1e6 * samples_at(l->step.late, 0.5);
}

void
rate_latency(const struct gate *pauta, const struct gate *echo,
    const char *f1, const char *tape, int rounds, double seconds)
{
	struct latency *l = xcalloc(1, sizeof *l);
	struct tape *t = tape_new(tape);
	struct block v[] = {
		{ .name = "echo p50 us", .run = block_echo, .arg = l },
		{ .name = "fdatasync us", .run = block_sync, .arg = l },
		{ .name = "F1 CPU us", .run = block_cpu, .arg = l },
		{ .name = "step p50 us", .run = block_step, .arg = l },
	};
	struct series floor = { .name = "floor" };
	int i;

	l->folder = f1;
	bare_open(&l->bare, f1, t);
	fleet_open(&l->echo, echo, 1);
	fleet_open(&l->step, pauta, 1);
	rounds_run(v, ARRAY_LEN(v), rounds, seconds, f1);
	for (i = 0; i < v[3].s.n; i++)
		series_add(&floor, v[0].s.v[i] + v[1].s.v[i] + v[2].s.v[i]);
	series_ratio("one session: step p50 / (echo + sync + F1 CPU)",
	    &v[3].s, &floor, 1.5, true);
	fleet_clear(&l->step);
	fleet_clear(&l->echo);
	bare_clear(&l->bare);
	tape_free(t);
	free(l);
}

/* ---- growth ---- */

struct growth {
	const char *few, *fresh, *folder;	/* folder: of many */
	struct queue many;
	double seqs;			/* events at the end of a block of few */
};

static double
growth_steps(struct queue *q)
{
	double from;

	queue_do(q, GROWTH_WARM, BATCH);
	from = meter_now();
	queue_do(q, GROWTH_STEPS, BATCH);
	return GROWTH_STEPS / (meter_now() - from);
}

static double
block_few(void *arg, double seconds)
{
	struct growth *g = arg;
	char *copy = xasprintf("rm -rf '%s' && cp -a '%s' '%s'", g->fresh,
	    g->few, g->fresh);
	struct queue q;
	double rate;

	(void)seconds;
	if (system(copy) != 0)
		die("%s", copy);
	free(copy);
	queue_open(&q, g->fresh);
	rate = growth_steps(&q);
	g->seqs = (double)core_seq(q.core);
	queue_clear(&q);
	return rate;
}

static double
block_many(void *arg, double seconds)
{
	struct growth *g = arg;

	/* As young a process as the one of few: no cases in memory yet. */
	(void)seconds;
	core_free(g->many.core);
	g->many.core = office_open(g->folder);
	return growth_steps(&g->many);
}

void
rate_growth(const char *few, const char *many, const char *fresh,
    int64_t events, int rounds)
{
	struct growth *g = xcalloc(1, sizeof *g);
	struct block v[] = {
		{ .name = "few", .run = block_few, .arg = g },
		{ .name = "many", .run = block_many, .arg = g },
	};

	g->few = few;
	g->fresh = fresh;
	g->folder = many;
	queue_open(&g->many, many);
	while (core_seq(g->many.core) < events)
		queue_do(&g->many, HISTORY, HISTORY);
	(void)printf("events of many at the start: %lld\n",
	    (long long)core_seq(g->many.core));
	rounds_run(v, ARRAY_LEN(v), rounds, 0, few);
	(void)printf("at the end: few %.0f, many %lld\n", g->seqs,
	    (long long)core_seq(g->many.core));
	series_ratio("steps/s with many events / with few", &v[1].s, &v[0].s,
	    0.9, false);
	queue_clear(&g->many);
	free(g);
}

/* ---- logging in ---- */

static int64_t
login_count(const struct gate *d, int who, double seconds)
{
	double from = meter_now();
	char login[16];
	int64_t n = 0;

	(void)snprintf(login, sizeof login, "b%03d", who);
	while (meter_now() - from < seconds) {
		wire_logout(wire_login(d, login));
		n++;
	}
	return n;
}

/* A crew, each a process; their counts come by a pipe. */
static double
block_login(void *arg, double seconds)
{
	int pipes[2], i, status;
	int64_t n, all = 0;
	double from = meter_now();

	if (pipe(pipes) < 0)
		die("pipe: %s", strerror(errno));
	(void)fflush(stdout);
	for (i = 0; i < LOGIN_CREW; i++)
		if (fork() == 0) {
			n = login_count(arg, i, seconds);
			_exit(write(pipes[1], &n, sizeof n) != sizeof n);
		}
	for (i = 0; i < LOGIN_CREW; i++) {
		if (wait(&status) < 0 || status != 0)
			die("somebody could not log in");
		if (read(pipes[0], &n, sizeof n) != sizeof n)
			die("a count is missing");
		all += n;
	}
	(void)close(pipes[0]);
	(void)close(pipes[1]);
	return (double)all / (meter_now() - from);
}

void
rate_login(const struct gate *pauta, const struct gate *sshd, int rounds,
    double seconds)
{
	struct block v[2] = {
		{ .name = "pauta", .run = block_login,
		    .arg = (void *)(uintptr_t)pauta },
		{ .name = "sshd", .run = block_login,
		    .arg = (void *)(uintptr_t)sshd },
	};

	rounds_run(v, 2, rounds, seconds, pauta->dir);
	series_ratio("log-ins/s on one core, Pauta / sshd", &v[0].s, &v[1].s, 8, false);
}
