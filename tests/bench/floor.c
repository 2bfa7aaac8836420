/* SPDX-License-Identifier: ISC */
/* floor.c - see floor.h. */
#include "floor.h"

#include "../../server/core/req.h"
#include "meter.h"

enum { EVENTS_OF_STEP = 24, TASKS_OF_STEP = 8, RECORDS_OF_CASE = 8,
	COUNTERS_OF_STEP = 2, LOG_PAGES = 2500 };

/* All that one step wrote. */
struct written {
	char *bodies[EVENTS_OF_STEP];
	size_t bodies_count;
	char *counters[COUNTERS_OF_STEP];
	int64_t values[COUNTERS_OF_STEP];
	size_t counters_count;
	struct case_row row;
	struct task_row tasks[TASKS_OF_STEP];
	size_t tasks_count;
	struct record_row records[RECORDS_OF_CASE];
	size_t records_count;
	char *answer;
};

struct tape {
	struct written *v;		/* office_steps() a case */
	size_t n;
};

/* ---- recording ---- */

static int
tape_on_event(void *arg, const struct entry *e)
{
	struct written *w = arg;
	json_t *body = json_loads(e->body, 0, NULL), *value;
	const char *name;

	if (w->bodies_count == EVENTS_OF_STEP)
		die("a step with too many events");
	w->bodies[w->bodies_count++] = xstrdup(e->body);
	json_object_foreach(json_object_get(json_object_get(body, "data"),
	    "counters"), name, value) {
		if (w->counters_count == COUNTERS_OF_STEP)
			die("a step with too many counters");
		w->values[w->counters_count] = json_integer_value(value);
		w->counters[w->counters_count++] = xstrdup(name);
	}
	json_decref(body);
	return 0;
}

static int
tape_on_task(void *arg, const struct task_row *t)
{
	struct written *w = arg;
	struct task_row *out = &w->tasks[w->tasks_count];

	if (t->kase != w->row.id)
		return 0;
	if (++w->tasks_count == TASKS_OF_STEP)
		die("a step with too many tasks");
	*out = *t;
	out->step = xstrdup(t->step);
	out->roles = xstrdup(t->roles);
	out->assignee = xstrdup(t->assignee);
	return 0;
}

static int
tape_on_record(void *arg, const struct record_row *r)
{
	struct written *w = arg;
	struct record_row *out = &w->records[w->records_count];

	if (r->kase != w->row.id)
		return 0;
	if (++w->records_count == RECORDS_OF_CASE)
		die("a case with too many records");
	*out = *r;
	out->record = xstrdup(r->record);
	out->step = xstrdup(r->step);
	out->gone = xstrdup(r->gone);
	out->until = xstrdup(r->until);
	return 0;
}

static void
tape_step(struct written *w, struct core *c, struct worker *p)
{
	struct caller who = { .login = p->login, .source = "bench" };
	int64_t seq = core_seq(c);
	struct answer a;
	struct why why;

	if (!worker_ask(p))
		die("no case to record");
	core_run(c, &who, p->op, p->words, true, &a);
	if (a.status != 0)
		die("%s %s: %s", p->words[1], p->words[2], a.doc);
	w->answer = xstrdup(a.doc);
	answer_clear(&a);
	if (store_get_case(c->store, p->words[1], &w->row) < 0 ||
	    store_each(c->store, seq + 1, tape_on_event, w, &why) < 0)
		die("the tape cannot be read");
	(void)store_each_task(c->store, NULL, tape_on_task, w);
	(void)store_each_record(c->store, NULL, NULL, tape_on_record, w);
	worker_done(p);
}

struct tape *
tape_new(const char *dir)
{
	struct tape *t = xcalloc(1, sizeof *t);
	struct core *c = office_open(dir);
	struct workers ws;
	size_t i, left;

	office_read(dir, &ws);
	for (i = 0; i < ws.n; i++)
		for (left = worker_left(&ws.v[i]); left > 0; left--) {
			t->v = xrealloc(t->v, t->n + 1, sizeof *t->v);
			memset(&t->v[t->n], 0, sizeof *t->v);
			tape_step(&t->v[t->n++], c, &ws.v[i]);
		}
	office_commit(c);
	workers_clear(&ws);
	core_free(c);
	if (t->n == 0)
		die("%s: no cases to record", dir);
	return t;
}

static void
written_clear(struct written *w)
{
	size_t i;

	for (i = 0; i < w->bodies_count; i++)
		free(w->bodies[i]);
	for (i = 0; i < w->counters_count; i++)
		free(w->counters[i]);
	for (i = 0; i < w->tasks_count; i++) {
		free((char *)w->tasks[i].step);
		free((char *)w->tasks[i].roles);
		free((char *)w->tasks[i].assignee);
	}
	for (i = 0; i < w->records_count; i++) {
		free((char *)w->records[i].record);
		free((char *)w->records[i].step);
		free((char *)w->records[i].gone);
		free((char *)w->records[i].until);
	}
	case_row_clear(&w->row);
	free(w->answer);
}

void
tape_free(struct tape *t)
{
	size_t i;

	if (t == NULL)
		return;
	for (i = 0; i < t->n; i++)
		written_clear(&t->v[i]);
	free(t->v);
	free(t);
}

double
tape_bytes(const struct tape *t)
{
	size_t i, k, n = 0;

	for (i = 0; i < t->n; i++)
		for (k = 0; k < t->v[i].bodies_count; k++)
			n += strlen(t->v[i].bodies[k]);
	return (double)n / (double)t->n;
}

double
tape_events(const struct tape *t)
{
	size_t i, n = 0;

	for (i = 0; i < t->n; i++)
		n += t->v[i].bodies_count;
	return (double)n / (double)t->n;
}

/* ---- writing ---- */

void
bare_open(struct bare *b, const char *dir, const struct tape *t)
{
	char *path = xasprintf("%s/pauta.db", dir);
	struct case_row row;
	struct why why;
	size_t i, k, n = 0;

	memset(b, 0, sizeof *b);
	b->tape = t;
	office_read(dir, &b->people);
	if (store_open(path, 0, &b->store, &why) < 0)
		die("%s: %s", path, why.text);
	for (i = 0; i < b->people.n; i++)
		n += b->people.v[i].folios_count;
	b->ids = xcalloc(n, sizeof *b->ids);
	for (n = i = 0; i < b->people.n; i++)
		for (k = 0; k < b->people.v[i].folios_count; k++) {
			if (store_get_case(b->store,
				b->people.v[i].folios[k], &row) < 0)
				die("%s: a case is not there", path);
			b->ids[n++] = row.id;
			case_row_clear(&row);
		}
	free(path);
}

void
bare_clear(struct bare *b)
{
	store_free(b->store);
	workers_clear(&b->people);
	free(b->ids);
}

static int
bare_events(struct bare *b, const struct written *w, int64_t id,
    const uint8_t *op, struct why *why)
{
	struct entry e = { .kase = id };
	size_t i;
	int r = 0;

	memcpy(e.op, op, OP_SIZE);
	for (i = 0; r == 0 && i < w->bodies_count; i++) {
		e.body = w->bodies[i];
		r = store_append(b->store, &e, why);
	}
	for (i = 0; r == 0 && i < w->counters_count; i++)
		r = store_put_counter(b->store, w->counters[i], w->values[i],
		    why);
	b->events += (int64_t)w->bodies_count;
	return r;
}

static int
bare_write(struct bare *b, struct worker *p, int64_t id, struct why *why)
{
	size_t steps = office_steps();
	const struct written *w = &b->tape->v[(p->at * steps + p->step) %
	    b->tape->n];
	struct case_row row = w->row;
	struct store *s = b->store;
	int64_t first = store_next_seq(s);
	struct record_row records[RECORDS_OF_CASE];
	size_t i;
	int r;

	row.id = id;
	row.folio = p->folios[p->at];
	for (i = 0; i < w->records_count; i++) {
		records[i] = w->records[i];
		records[i].seq = first + (int64_t)i;
	}
	if ((r = bare_events(b, w, id, p->op, why)) < 0 ||
	    (r = store_put_case(s, &row, why)) < 0 ||
	    (r = store_put_tasks(s, id, w->tasks, w->tasks_count, why)) < 0 ||
	    (r = store_put_records(s, id, records, w->records_count,
		 why)) < 0 ||
	    (r = store_del_drafts(s, id, w->tasks[0].step, 0, why)) < 0)
		return r;
	return store_put_answer(s, p->op, p->login, w->answer, row.updated,
	    why);
}

static void
bare_turn(struct bare *b, size_t batch)
{
	int64_t before = meter_syncs();
	size_t i, k, at;
	struct worker *p;
	struct why why;

	if (store_begin(b->store, &why) < 0)
		die("%s", why.text);
	for (i = 0; i < batch; i++) {
		p = &b->people.v[b->first];
		if (!worker_ask(p))
			die("no step left: prepare more cases");
		for (at = k = 0; k < b->first; k++)
			at += b->people.v[k].folios_count;
		if (bare_write(b, p, b->ids[at + p->at], &why) < 0)
			die("%s", why.text);
		worker_done(p);
		b->first = (b->first + 1) % b->people.n;
	}
	if (store_commit(b->store, &why) < 0 ||
	    store_checkpoint(b->store, LOG_PAGES, &why) < 0)
		die("%s", why.text);
	b->steps += (int64_t)batch;
	b->commits++;
	b->syncs += meter_syncs() - before;
}

double
bare_run(struct bare *b, double seconds, size_t batch)
{
	double from = meter_now(), spent;
	int64_t before = b->steps;

	do {
		bare_turn(b, batch);
		spent = meter_now() - from;
	} while (spent < seconds);
	return (double)(b->steps - before) / spent;
}
