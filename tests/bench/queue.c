/* SPDX-License-Identifier: ISC */
/* queue.c - see queue.h. */
#include "queue.h"

#include <sys/stat.h>

#include "meter.h"

void
queue_open(struct queue *q, const char *dir)
{
	memset(q, 0, sizeof *q);
	q->core = office_open(dir);
	office_read(dir, &q->people);
}

void
queue_clear(struct queue *q)
{
	core_free(q->core);
	workers_clear(&q->people);
}

static void
queue_step(struct queue *q, struct worker *w)
{
	struct caller who = { .login = w->login, .source = "bench" };
	struct answer a;

	if (!worker_ask(w))
		die("%s has no step left: prepare more cases", w->login);
	core_run(q->core, &who, w->op, w->words, true, &a);
	if (a.status != 0)
		die("%s %s %s: %s", w->login, w->words[1], w->words[2], a.doc);
	answer_clear(&a);
	worker_done(w);
}

/* She says where she is, at length, and that is kept at once. */
static void
queue_waste(struct queue *q, const struct worker *w)
{
	struct caller who = { .login = w->login, .source = "bench" };
	const char *words[] = { "lugar", NULL, NULL };
	char *place = xasprintf("{\"screen\":\"%01000d\"}", 0);
	struct answer a;

	words[1] = place;
	core_run(q->core, &who, NULL, words, true, &a);
	if (a.status != 0)
		die("%s: %s", w->login, a.doc);
	answer_clear(&a);
	free(place);
	office_commit(q->core);
}

static void
queue_turn(struct queue *q, size_t batch)
{
	int64_t before = meter_syncs(), seq = core_seq(q->core);
	size_t i;

	for (i = 0; i < batch; i++) {
		queue_step(q, &q->people.v[q->first]);
		if (q->waste)
			queue_waste(q, &q->people.v[q->first]);
		q->first = (q->first + 1) % q->people.n;
	}
	office_commit(q->core);
	q->steps += (int64_t)batch;
	q->commits++;
	q->syncs += meter_syncs() - before;
	q->events += core_seq(q->core) - seq;
}

double
queue_run(struct queue *q, double seconds, size_t batch)
{
	double from = meter_now(), spent;
	int64_t before = q->steps;

	do {
		queue_turn(q, batch);
		spent = meter_now() - from;
	} while (spent < seconds);
	return (double)(q->steps - before) / spent;
}

void
queue_do(struct queue *q, size_t steps, size_t batch)
{
	size_t n;

	for (; steps > 0; steps -= n) {
		n = steps < batch ? steps : batch;
		queue_turn(q, n);
	}
}

/* The log is written on and on: it is not moved in so few steps. */
static int64_t
queue_log_size(const char *dir)
{
	char *path = xasprintf("%s/pauta.db-wal", dir);
	struct stat st = { .st_size = 0 };

	(void)stat(path, &st);
	free(path);
	return st.st_size;
}

void
queue_print(struct queue *q, const char *dir, size_t steps, size_t batch)
{
	int64_t before = queue_log_size(dir);

	queue_do(q, steps, batch);
	(void)printf("wal_bytes %.0f\nsyncs_per_commit %.2f\n",
	    (double)(queue_log_size(dir) - before) / (double)steps,
	    (double)q->syncs / (double)q->commits);
}

size_t
queue_left(const struct queue *q)
{
	size_t i, n = 0;

	for (i = 0; i < q->people.n; i++)
		n += worker_left(&q->people.v[i]);
	return n;
}
