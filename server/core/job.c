/* SPDX-License-Identifier: ISC */
/*
 * job.c - see job.h.  Which jobs the courier has now is kept in memory alone:
 * when either process dies they are given again.
 */
#include <assert.h>

#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "job.h"
#include "job_own.h"

/*
 * In order.  name, label, at once, tries, leaves, done, failed, give, copies.
 * All of them at once are fewer than JOBS_FLYING: no kind waits for another.  A
 * mail server may be silent for half a minute after each mail, so there are
 * more of those: so many processes, and none keeps its files in the courier.
 */
static const struct job_kind job_kinds[] = {
	{ "feed", N_("lectura de un medio"), 6, 0, false, outlet_on_read,
	    outlet_on_failed, NULL, false },
	{ "mail", N_("correo"), 10, 12, true, effect_on_mail, effect_on_failed,
	    effect_give_mail, false },
	{ "publish", N_("publicación"), 1, 12, true, effect_on_published,
	    effect_on_failed, effect_give_publish, true },
	{ "summary", N_("resumen del día"), 4, 12, true, summary_on_sent, NULL,
	    effect_give_mail, false },
	{ "verify", N_("comprobación"), 2, 1, false, effect_on_verified,
	    effect_on_failed, NULL, false },
};

/* How long those that ended are remembered. */
enum { JOB_KEPT_S = 30 * 86400 };
/* Between two tries: doubled each time, up to the cap. */
enum { JOB_WAIT_S = 60, JOB_WAIT_MOST_S = 3600 };

static const char *const job_states[JOB_STATES] = {
	[JOB_WAITING] = "waiting",
	[JOB_DONE] = "done",
	[JOB_FAILED] = "failed",
	[JOB_CANCELLED] = "cancelled",
};

const struct job_kind *
job_find_kind(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(job_kinds); i++)
		if (strcmp(job_kinds[i].name, name) == 0)
			return &job_kinds[i];
	return NULL;
}

/* ---- putting ---- */

static int
job_begin(struct core *c, struct why *why)
{
	if (!store_is_open(c->store) && store_begin(c->store, why) < 0)
		return core_break(c, why);
	c->jobs.call = true;
	return 0;
}

int
job_put(struct core *c, struct job_row *row, struct why *why)
{
	int r;

	assert(job_find_kind(row->kind) != NULL);
	if ((r = job_begin(c, why)) < 0)
		return r;
	row->put_at = core_now(c).s;
	if (row->next_at == 0)
		row->next_at = row->put_at;
	if (row->step == NULL)
		row->step = "";
	r = store_add_job(c->store, row, why);
	return r < 0 ? core_break(c, why) : 0;
}

/* What changes of one row, and how. */
struct change {
	struct core *c;
	int64_t at;
	const char *body;
	enum job_state state;
	struct why *why;
	int r;
};

static int
job_on_change(void *arg, const struct job_row *row)
{
	struct change *ch = arg;
	struct job_row next = *row;

	if (ch->state == JOB_CANCELLED && row->state != JOB_WAITING)
		return 1;	/* it ended before */
	next.state = ch->state;
	if (ch->state == JOB_WAITING) {
		next.next_at = ch->at;
		next.tries = 0;
		next.error = "";
		next.ended_at = 0;
	} else {
		next.ended_at = ch->at;
	}
	if (ch->body != NULL)
		next.body = ch->body;
	ch->r = store_set_job(ch->c->store, &next, ch->why);
	return 1;
}

static int
job_change(struct core *c, const char *key, enum job_state state, int64_t at,
    const char *body, struct why *why)
{
	struct change ch = { c, at, body, state, why, 0 };
	int r;

	if ((r = job_begin(c, why)) < 0)
		return r;
	(void)store_find_job_by_key(c->store, key, job_on_change, &ch);
	return ch.r < 0 ? core_break(c, why) : 0;
}

int
job_wake(struct core *c, const char *key, int64_t at, const char *body,
    struct why *why)
{
	return job_change(c, key, JOB_WAITING, at, body, why);
}

struct away {
	struct core *c;
	bool flying;
};

static int
job_on_away(void *arg, const struct job_row *row)
{
	struct away *a = arg;

	a->flying = job_is_flying(a->c, row->id);
	return 1;
}

bool
job_is_away(struct core *c, const char *key)
{
	struct away a = { c, false };

	(void)store_find_job_by_key(c->store, key, job_on_away, &a);
	return a.flying;
}

int
job_cancel(struct core *c, const char *key, struct why *why)
{
	return job_change(c, key, JOB_CANCELLED, core_now(c).s, NULL, why);
}

int
job_hold(struct core *c, struct why *why)
{
	const struct job_kind *k;

	if (job_begin(c, why) < 0)
		return -ERR_SYSTEM;
	for (k = job_kinds; k < job_kinds + ARRAY_LEN(job_kinds); k++)
		if (k->leaves && store_fail_jobs(c->store, k->name,
			"El registro viene de un respaldo: puede haber salido "
			"después de que se hizo. Si no salió, pida que se "
			"reintente.", core_now(c).s, why) < 0)
			return core_break(c, why);
	return 0;
}

/* ---- which of them the courier has ---- */

static struct flight *
flight_find(struct core *c, int64_t id)
{
	size_t i;

	for (i = 0; i < JOBS_FLYING; i++)
		if (c->jobs.flights[i].id == id)
			return &c->jobs.flights[i];
	return NULL;
}

static unsigned
flight_count(const struct core *c, const struct job_kind *kind)
{
	unsigned n = 0;
	size_t i;

	for (i = 0; i < JOBS_FLYING; i++)
		n += c->jobs.flights[i].id != 0 &&
		    c->jobs.flights[i].kind == kind;
	return n;
}

bool
job_take(struct core *c, const struct job_row *row)
{
	const struct job_kind *kind = job_find_kind(row->kind);
	struct flight *free_one = flight_find(c, 0);

	if (kind == NULL || free_one == NULL || flight_find(c, row->id) ||
	    flight_count(c, kind) >= kind->most)
		return false;
	*free_one = (struct flight){ row->id, kind };
	return true;
}

bool
job_is_flying(struct core *c, int64_t id)
{
	return id != 0 && flight_find(c, id) != NULL;
}

void
job_land(struct core *c, int64_t id)
{
	struct flight *f = id != 0 ? flight_find(c, id) : NULL;

	if (f != NULL)
		*f = (struct flight){ 0 };
	c->jobs.call = true;
}

bool
core_calls_courier(struct core *c)
{
	bool call = c->jobs.call && !c->broken && !store_is_open(c->store);

	if (call)
		c->jobs.call = false;
	return call;
}

void
job_tick(struct core *c)
{
	int64_t now = core_now(c).s, next = store_next_job(c->store);

	if (next != 0 && next <= now)
		c->jobs.call = true;
}

/* Once an hour, inside a turn. */
int
job_forget(struct core *c, struct why *why)
{
	return store_del_jobs(c->store, core_now(c).s - JOB_KEPT_S, why);
}

/* ---- what came of one ---- */

/* A sentence of the courier, or of whoever it spoke with. */
static char *
job_error(struct req *q, const json_t *result)
{
	const char *said = json_string_value(json_object_get(result, "error"));
	char safe[WHY_MAX];

	(void)text_safe(said != NULL ? said : "", safe, sizeof safe, 0);
	return req_text(q, xstrdup(*safe != '\0' ? safe :
	    "No se pudo, y el mensajero no dijo por qué."));
}

static int64_t
job_wait(int tries, const json_t *result)
{
	int64_t asked = doc_int(result, "retry_s");
	int64_t wait = tries > 6 ? JOB_WAIT_MOST_S :
	    (int64_t)JOB_WAIT_S << (tries - 1);

	if (asked > wait)
		wait = asked;
	return wait > JOB_WAIT_MOST_S ? JOB_WAIT_MOST_S : wait;
}

static int
job_fail(struct req *q, const struct job_row *row, const json_t *result)
{
	const struct job_kind *kind = job_find_kind(row->kind);
	struct job_row next = *row;
	int r;

	next.tries++;
	next.error = job_error(q, result);
	if (doc_is(result, "final") ||
	    (kind->tries > 0 && next.tries >= kind->tries)) {
		next.state = JOB_FAILED;
		next.ended_at = q->now.s;
	} else {
		next.next_at = q->now.s + job_wait(next.tries, result);
	}
	log_at(LOG_INFO, "job=%lld kind=%s tries=%d state=%s error=\"%s\"",
	    (long long)row->id, row->kind, next.tries,
	    job_states[next.state], next.error);
	if ((r = store_set_job(q->c->store, &next, &q->why)) < 0)
		return core_break(q->c, &q->why);
	return kind->failed != NULL ? kind->failed(q, &next, result) : 0;
}

static int
job_succeed(struct req *q, const struct job_row *row, const json_t *result)
{
	const struct job_kind *kind = job_find_kind(row->kind);
	struct job_row next = *row;
	json_t *refused;
	char *body = NULL;
	int r;

	next.next_at = 0;
	r = kind->done(q, row, result, &next.next_at, &body);
	if (body != NULL)
		next.body = req_text(q, body);
	if (r == -ERR_SYSTEM)
		return core_break(q->c, &q->why);
	if (r < 0) {
		refused = json_pack("{s:s}", "error", q->why.text);
		return job_fail(q, row, req_json(q, refused));
	}
	next.tries = 0;
	next.error = "";
	next.state = next.next_at > 0 ? JOB_WAITING : JOB_DONE;
	next.ended_at = next.next_at > 0 ? 0 : q->now.s;
	if (store_set_job(q->c->store, &next, &q->why) < 0)
		return core_break(q->c, &q->why);
	return 0;
}

int
job_end(struct req *q, const struct job_row *row, const json_t *result)
{
	int r;

	if ((r = job_begin(q->c, &q->why)) < 0)
		return r;
	if (json_object_get(result, "error") != NULL)
		return job_fail(q, row, result);
	return job_succeed(q, row, result);
}

json_t *
job_doc(const struct job_row *row)
{
	const struct job_kind *kind = job_find_kind(row->kind);
	bool waits = row->state == JOB_WAITING;

	return json_pack(
	    "{s:I, s:s, s:s, s:s, s:s, s:s?, s:s, s:i, s:o, s:o, s:o, s:s?}",
	    "id", (json_int_t)row->id, "kind", row->kind, "label",
	    kind != NULL ? _(kind->label) : row->kind, "title", row->title,
	    "office", row->office, "step",
	    *row->step != '\0' ? row->step : NULL, "state",
	    job_states[row->state], "tries", row->tries, "put",
	    json_when((struct when){ row->put_at }), "next",
	    json_when((struct when){ waits ? row->next_at : 0 }), "ended",
	    json_when((struct when){ row->ended_at }), "error",
	    *row->error != '\0' ? row->error : NULL);
}
