/* SPDX-License-Identifier: ISC */
/*
 * cmd_start.c - iniciar: how a case begins, by a person or by the calendar
 * (core_tick).  Header fields are common to every case; values that belong to
 * the first step become its draft.
 */
#include <assert.h>

#include "../../proto/text.h"
#include "req.h"

/* A resend comes within the week. */
enum { ANSWER_SECONDS = 7 * 86400 };

/* "VID-{year}-{n}" with this year and the next number. */
static char *
start_folio(struct req *q, const struct procedure *p, const char *zone)
{
	char date[11], clock[9], *prefix, *name, *folio;
	const char *year = strstr(p->folio, "{year}");
	int64_t n;

	calendar_local(zone, q->now, date, clock);
	if (year != NULL)
		prefix = xasprintf("%.*s%.4s", (int)(year - p->folio),
		    p->folio, date);
	else
		prefix = xasprintf("%.*s",
		    (int)(strcspn(p->folio, "{") - 1), p->folio);
	name = xasprintf("folio:%s", prefix);
	n = store_find_counter(q->c->store, name) + 1;
	folio = xasprintf("%s-%04lld", prefix, (long long)n);
	free(name);
	free(prefix);
	return req_text(q, folio);
}

/* Where the case lives: asked for, or where this person may begin it. */
static const char *
start_office(struct req *q, const struct start *s)
{
	const char *asked = req_take(q, "oficina");
	size_t i;
	unsigned k;

	if (asked != NULL)
		return asked;
	for (i = 0; i < q->actor.grants_count; i++)
		for (k = 0; k < s->roles_count; k++)
			if (strcmp(q->actor.grants[i].role, s->roles[k]) == 0)
				return q->actor.grants[i].office;
	return q->actor.grants_count > 0 ? q->actor.grants[0].office :
					   "central";
}

/* Sort name=value into the header, the start's fields, or later drafts. */
static int
start_values(struct req *q, const struct start *s, const struct world *w,
    json_t *values)
{
	const struct field *f, *header;
	json_t *v;
	unsigned i, n;
	int r;

	header = engine_header(&n);
	for (i = 0; i < q->named_count; i++) {
		if (q->named[i].used)
			continue;
		f = value_find_field(s->fields, s->fields_count,
		    q->named[i].name);
		if (f == NULL)
			f = value_find_field(header, n, q->named[i].name);
		if (f == NULL)
			continue;
		q->named[i].used = true;
		if ((r = value_parse(f, q->named[i].value, w, &v, &q->why)) < 0)
			return r;
		json_object_set_new(values, f->id, v);
	}
	return 0;
}

/* What is left belongs to a first step: kept as its draft. */
static int
start_drafts(struct req *q, struct held *h)
{
	const struct field *f;
	const struct token *t;
	size_t k;
	unsigned i;

	for (i = 0; i < q->named_count; i++) {
		if (q->named[i].used)
			continue;
		for (k = 0; k < h->ca->tokens_count; k++) {
			t = &h->ca->tokens[k];
			f = value_find_field(t->st->fields,
			    t->st->fields_count, q->named[i].name);
			if (f == NULL)
				continue;
			q->named[i].used = true;
			if (case_put_draft(q, h, t, f->id,
				q->named[i].value) < 0)
				return -ERR_SYSTEM;
		}
	}
	return 0;
}

/* Does anything still unused belong to a step the start leads to? */
static int
start_known(struct req *q, const struct procedure *p, const struct start *s)
{
	const struct step *st;
	bool known;
	unsigned i, k, t;

	for (i = 0; i < q->named_count; i++) {
		known = q->named[i].used;
		for (k = 0; k < s->next_count && !known; k++)
			for (t = 0; t < s->next[k].to_count && !known; t++) {
				st = procedure_find_step(p, s->next[k].to[t]);
				known = st != NULL &&
				    value_find_field(st->fields,
					st->fields_count,
					q->named[i].name) != NULL;
			}
		if (!known)
			return why_set(&q->why, ERR_USAGE,
			    "%s no tiene un campo «%.60s» al iniciar.",
			    p->code, q->named[i].name);
	}
	return 0;
}

int
cmd_iniciar(struct req *q)
{
	struct command cmd = { .kind = CMD_START, .revision = -1 };
	json_t *values = req_json(q, json_object());
	const struct procedure *p;
	const struct start *s;
	struct held *h = NULL;
	struct world w;
	int r;

	if ((p = core_find_procedure(q->c, q->pos[0], NULL)) == NULL)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "No hay un procedimiento «%.40s».", q->pos[0]);
	cmd.step = req_take(q, "inicio");
	if ((s = procedure_find_start(p, cmd.step)) == NULL)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "%s no se inicia como «%.40s».", p->code, cmd.step);
	cmd.step = s->id;
	cmd.office = start_office(q, s);
	if (institution_find_office(q->c->institution, cmd.office) == NULL)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "No hay una oficina «%.40s».", cmd.office);
	core_world(q->c, cmd.office, &w);
	if ((r = start_values(q, s, &w, values)) < 0 ||
	    (r = start_known(q, p, s)) < 0)
		return r;
	cmd.day = json_string_value(json_object_get(values, "day"));
	cmd.values = values;
	cmd.folio = start_folio(q, p, w.zone);
	if ((r = act_command(q, &h, p, &cmd)) < 0 ||
	    (r = start_drafts(q, h)) < 0)
		return r;
	act_result(q, h, NULL);
	return 0;
}

/* ---- the calendar's own openings ---- */

static bool
start_is_due(struct core *c, const struct procedure *p, const struct start *s,
    const char *office, const char *day, const char *clock,
    const struct world *w)
{
	const char *scope;

	if (s->rrule == NULL ||
	    strncmp(clock, s->at != NULL ? s->at : "00:00", 5) < 0 ||
	    !calendar_recurs(s->rrule, p->issued_on, day))
		return false;
	scope = s->scope != NULL ? w->setting(w->arg, s->scope) : NULL;
	if ((scope == NULL || strcmp(scope, "all_days") != 0) &&
	    !calendar_is_working(c->calendar, day))
		return false;
	return store_count_day(c->store, p->code, s->id, office, day) == 0;
}

static void
start_recurring(struct core *c, const struct procedure *p,
    const struct start *s, const char *office)
{
	struct caller who = { .login = NULL, .source = "calendario" };
	struct req q = { .c = c, .who = &who };
	struct grant grant = { .role = s->roles[0], .office = office };
	struct command cmd = { .kind = CMD_START, .step = s->id,
		.office = office, .revision = -1 };
	char day[11], clock[9];
	struct held *h = NULL;
	struct world w;

	core_world(c, office, &w);
	calendar_local(w.zone, w.now, day, clock);
	if (!start_is_due(c, p, s, office, day, clock, &w))
		return;
	q.now = w.now;
	q.actor = (struct actor){ ACTOR_SYSTEM, "Sistema", &grant, 1 };
	q.out = json_object();
	q.pool = json_array();
	hash_random(q.op, OP_SIZE);
	cmd.day = day;
	cmd.folio = start_folio(&q, p, w.zone);
	cmd.values = req_json(&q, json_pack("{s:s}", "day", day));
	if (act_command(&q, &h, p, &cmd) < 0)
		log_at(LOG_WARN, "recurring=%s day=%s why=%s", p->code, day,
		    q.why.text);
	json_decref(q.out);
	json_decref(q.pool);
	while (q.kept_count > 0)
		free(q.kept[--q.kept_count]);
	free(q.kept);
}

/* Once an hour: first answers that nobody will ask for again. */
static void
start_forget_answers(struct core *c)
{
	struct when now = core_now(c);
	struct why why;

	if (now.s < c->swept.s + 3600)
		return;
	c->swept = now;
	if (store_del_answers(c->store, now.s - ANSWER_SECONDS, &why) < 0)
		(void)core_break(c, &why);
}

void
core_tick(struct core *c)
{
	unsigned k;
	size_t i;

	if (c->broken)
		return;
	start_forget_answers(c);
	if (!core_seal(c) || c->institution == NULL || c->calendar == NULL)
		return;
	for (i = 0; i < c->procedures_count; i++)
		for (k = 0; c->current[i] &&
		     k < c->procedures[i]->starts_count; k++)
			if (c->procedures[i]->starts[k].rrule != NULL)
				start_recurring(c, c->procedures[i],
				    &c->procedures[i]->starts[k], "central");
}
