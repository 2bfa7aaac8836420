/* SPDX-License-Identifier: ISC */
/*
 * cmd_job.c - verbs about what is done outside: the courier's own, by which it
 * takes jobs, reads their files and says what came of them; and those of
 * people, who see what waits and why, and may have it tried again.
 */
#include "../../proto/text.h"
#include "copy.h"
#include "job_own.h"

/* One row with its strings, kept as q is. */
struct found {
	struct req *q;
	struct job_row row;
};

static const char *
found_text(struct req *q, const char *s)
{
	return req_text(q, xstrdup(s));
}

static int
found_on_job(void *arg, const struct job_row *row)
{
	struct found *f = arg;
	struct req *q = f->q;

	f->row = *row;
	f->row.key = found_text(q, row->key);
	f->row.kind = found_text(q, row->kind);
	f->row.office = found_text(q, row->office);
	f->row.step = found_text(q, row->step);
	f->row.title = found_text(q, row->title);
	f->row.body = found_text(q, row->body);
	f->row.error = found_text(q, row->error);
	return 1;
}

/* What is done for a case is for who may see the case. */
static bool
job_is_seen(struct req *q, const struct job_row *row)
{
	return row->kase > 0 ? access_sees_id(q, row->office, row->kase) :
			       access_sees_office(q, row->office);
}

/* The job that the first word names, or -ERR_NOT_FOUND. */
static int
cmd_job_find(struct req *q, struct found *f)
{
	char *end;
	long long id = strtoll(q->pos[0], &end, 10);

	f->q = q;
	if (*end == '\0' && id > 0 &&
	    store_find_job(q->c->store, id, found_on_job, f) > 0 &&
	    (q->who->courier || job_is_seen(q, &f->row)))
		return 0;
	return why_set(&q->why, ERR_NOT_FOUND,
	    "No hay un encargo «%.40s» a su alcance. «encargos» los lista.",
	    q->pos[0]);
}

/* ---- the courier's ---- */

struct taken {
	struct core *c;
	json_t *list;
	json_t *dead;			/* that must not go, and why */
};

static int
job_on_due(void *arg, const struct job_row *row)
{
	struct taken *t = arg;
	const char *why = NULL;
	json_t *body;

	if (!job_take(t->c, row))
		return 0;
	body = json_loads(row->body, 0, NULL);
	if (body != NULL && job_find_kind(row->kind)->give != NULL)
		why = job_find_kind(row->kind)->give(t->c, row, body);
	if (why != NULL) {
		json_decref(body);
		json_array_append_new(t->dead, json_pack("{s:I, s:s, s:b}",
		    "id", (json_int_t)row->id, "error", why, "final", true));
		return 0;
	}
	json_array_append_new(t->list, json_pack("{s:I, s:s, s:s, s:o}", "id",
	    (json_int_t)row->id, "kind", row->kind, "office", row->office,
	    "body", body != NULL ? body : json_object()));
	return json_array_size(t->list) >= JOBS_FLYING;
}

/* As if the courier had said so. */
static int
job_bury(struct req *q, const json_t *dead)
{
	struct found f = { .q = q };
	int64_t id = doc_int(dead, "id");
	int r = 0;

	if (store_find_job(q->c->store, id, found_on_job, &f) > 0)
		r = job_end(q, &f.row, dead);
	job_land(q->c, id);
	return r;
}

int
cmd_job_take(struct req *q)
{
	struct taken t = { q->c, json_array(), req_json(q, json_array()) };
	json_t *dead;
	size_t i;
	int r;

	json_object_set_new(q->out, "jobs", t.list);
	if ((r = req_all_used(q)) < 0)
		return r;
	(void)store_each_due_job(q->c->store, q->now.s, job_on_due, &t);
	json_array_foreach(t.dead, i, dead)
		if ((r = job_bury(q, dead)) < 0)
			return r;
	return 0;
}

int
cmd_job_end(struct req *q)
{
	const char *said = req_take(q, "resultado");
	struct found f;
	json_t *result;
	int r;

	if ((r = cmd_job_find(q, &f)) < 0 || (r = req_all_used(q)) < 0)
		return r;
	result = said != NULL ? json_loads(said, 0, NULL) : NULL;
	if (!json_is_object(result)) {
		json_decref(result);
		return why_set(&q->why, ERR_USAGE,
		    "El resultado de un encargo es un objeto JSON.");
	}
	(void)req_json(q, result);
	if (!job_is_flying(q->c, f.row.id) || f.row.state != JOB_WAITING) {
		job_land(q->c, f.row.id);
		return why_set(&q->why, ERR_STALE,
		    "Ese encargo ya no está en camino.");
	}
	r = job_end(q, &f.row, result);
	job_land(q->c, f.row.id);
	return r;
}

/* A file that the body of the job names: {"files":[{"office","sha256"}]}. */
int
cmd_job_file(struct req *q)
{
	unsigned n = (unsigned)strtoul(q->pos[1], NULL, 10);
	struct parcel *o = q->who->parcel;
	struct blob b = { .dir = q->c->dir };
	struct found f;
	json_t *body, *file;
	int r;

	if ((r = cmd_job_find(q, &f)) < 0 || (r = req_all_used(q)) < 0)
		return r;
	body = json_loads(f.row.body, 0, NULL);
	file = json_array_get(json_object_get(req_json(q, body != NULL ? body :
	    json_object()), "files"), n);
	b.office = json_string_value(json_object_get(file, "office"));
	b.name = json_string_value(json_object_get(file, "sha256"));
	if (o == NULL || b.office == NULL || b.name == NULL ||
	    !job_is_flying(q->c, f.row.id))
		return why_set(&q->why, ERR_NOT_FOUND,
		    "Ese encargo no tiene ese archivo.");
	if (job_find_kind(f.row.kind)->copies)
		return copy_give(q, f.row.id, n, &b, o);
	if ((o->fd = blob_open(&b)) < 0)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "Los datos de ese archivo no están en el servidor.");
	return 0;
}

void
core_courier_is_gone(struct core *c)
{
	struct caller who = { .source = "mensajero", .courier = true };
	char id[24], died[] = "resultado={\"error\":\"El mensajero se detuvo "
	    "mientras lo hacía; se intentará otra vez.\"}";
	const char *const words[] = { "encargo-fin", id, died, NULL };
	struct answer a;
	size_t i;

	copy_forget(c);
	for (i = 0; i < JOBS_FLYING; i++) {
		if (c->jobs.flights[i].id == 0)
			continue;
		(void)snprintf(id, sizeof id, "%lld",
		    (long long)c->jobs.flights[i].id);
		core_run(c, &who, NULL, words, true, &a);
		answer_clear(&a);
		c->jobs.flights[i] = (struct flight){ 0 };
	}
}

/* ---- people's ---- */

struct listed {
	struct req *q;
	json_t *list;
	bool all;
};

enum { JOBS_LISTED = 200 };

static int
job_on_listed(void *arg, const struct job_row *row)
{
	struct listed *l = arg;

	if ((!l->all && (row->state == JOB_DONE ||
		row->state == JOB_CANCELLED)) ||
	    (l->q->who->login != NULL && !job_is_seen(l->q, row)))
		return 0;
	json_array_append_new(l->list, job_doc(row));
	return json_array_size(l->list) >= JOBS_LISTED;
}

int
cmd_encargos(struct req *q)
{
	struct listed l = { q, json_array(), q->flags & FLAG_ALL };

	json_object_set_new(q->out, "jobs", l.list);
	(void)store_each_job(q->c->store, job_on_listed, &l);
	return req_all_used(q);
}

int
cmd_reintentar(struct req *q)
{
	struct found f;
	int r;

	if ((r = cmd_job_find(q, &f)) < 0 || (r = req_all_used(q)) < 0)
		return r;
	if (f.row.state != JOB_WAITING && f.row.state != JOB_FAILED)
		return why_set(&q->why, ERR_REFUSED,
		    "Ese encargo ya se hizo o se canceló.");
	if (job_is_flying(q->c, f.row.id))
		return why_set(&q->why, ERR_REFUSED,
		    "Ese encargo se está haciendo en este momento.");
	if ((r = job_wake(q->c, f.row.key, q->now.s, NULL, &q->why)) < 0)
		return r;
	(void)store_find_job(q->c->store, f.row.id, found_on_job, &f);
	json_object_set_new(q->out, "jobs",
	    json_pack("[o]", job_doc(&f.row)));
	return 0;
}
