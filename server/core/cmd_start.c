/* SPDX-License-Identifier: ISC */
/*
 * cmd_start.c - iniciar: how a person begins a case (daily.c: the calendar).
 * Header fields are common to every case; values that belong to the first step
 * become its draft.
 */
#include <assert.h>

#include "../../proto/text.h"
#include "req.h"

/* "VID-{year}-{n}" with this year and the next number. */
char *
start_folio(struct req *q, const struct procedure *p, const char *zone)
{
	char date[11], clock[9], *prefix, *name;
	const char *year = strstr(p->folio, "{year}");
	int64_t n;

	calendar_local(zone, q->now, date, clock);
	if (year != NULL)
		prefix = xasprintf("%.*s%.4s", (int)(year - p->folio),
		    p->folio, date);
	else
		prefix = xasprintf("%.*s",
		    (int)(strcspn(p->folio, "{") - 1), p->folio);
	req_text(q, prefix);
	name = req_text(q, xasprintf("folio:%s", prefix));
	n = store_find_counter(q->c->store, name) + 1;
	return req_text(q, xasprintf("%s-%04lld", prefix, (long long)n));
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
start_taken(struct req *q, const struct procedure *p, int64_t kase,
    const char *day)
{
	struct case_row row;

	if (store_get_case_by_id(q->c->store, kase, &row) < 0)
		return 0;
	(void)why_set(&q->why, ERR_CONFLICT, "El %.2s/%.2s/%.4s ya tiene su "
	    "expediente de %s, %s: hay uno por día. Siga en él, o diga otro "
	    "día que no tenga.", day + 8, day + 5, day, p->brief, row.folio);
	case_row_clear(&row);
	return -ERR_CONFLICT;
}

/* What recurs has one case a day, whoever opens it. */
static int
start_day(struct req *q, const struct procedure *p, const struct start *s,
    const struct world *w, struct command *cmd)
{
	char today[11], clock[9];
	bool stands;
	int64_t id;
	int r;

	if (s->rrule == NULL)
		return 0;
	if (cmd->day == NULL) {
		calendar_local(w->zone, q->now, today, clock);
		cmd->day = req_text(q, xstrdup(today));
	}
	r = engine_may_start(p, s, cmd->office, &q->actor, w->institution,
	    &q->why);
	if (r < 0)
		return r;
	id = daily_find(q->c, p, s, cmd->office, cmd->day, &stands);
	return stands ? start_taken(q, p, id, cmd->day) : 0;
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
	if ((r = start_day(q, p, s, &w, &cmd)) < 0 ||
	    (r = act_command(q, &h, p, &cmd)) < 0 ||
	    (r = start_drafts(q, h)) < 0)
		return r;
	act_result(q, h, NULL);
	return 0;
}
