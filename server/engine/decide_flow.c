/* SPDX-License-Identifier: ISC */
/*
 * decide_flow.c - what an answer causes: rows, openings, skips and the end.
 *
 * Openings wait in a queue, first in first out, so that all the steps an
 * answer leads to are open (or waiting) before anything beyond them is
 * tried: a join then knows whom it has to wait for.
 */
#include "calendar.h"
#include "decide.h"

struct opening {
	const struct step *st;
	int row;
	const char *from;
	bool returned;
};

struct flow {
	struct decision *d;
	struct opening *v;
	size_t head, count;		/* v[head..count) wait */
	unsigned skips;
	const char *last;		/* step whose answer or skip came last */
};

void
arms_pick(struct arms *out, const struct arm *v, unsigned n,
    enum arms_how how, const struct scope *sc)
{
	const struct arm *fallback = NULL;
	unsigned i;

	out->count = 0;
	for (i = 0; i < n && out->count < ARMS_MAX; i++) {
		if (how == ARMS_SKIP && v[i].returns)
			continue;
		if (fallback == NULL)
			fallback = &v[i];
		if (!rule_is_true(v[i].when, sc))
			continue;
		out->v[out->count++] = &v[i];
		if (how != ARMS_ALL)
			return;
	}
	/* Nobody answered, so perhaps no condition holds. */
	if (how == ARMS_SKIP && out->count == 0 && fallback != NULL)
		out->v[out->count++] = fallback;
}

char *
arms_to(const struct arms *arms)
{
	struct buf b;
	unsigned i, j;
	char *text;

	buf_init(&b, TEXT_MAX);
	for (i = 0; i < arms->count; i++)
		for (j = 0; j < arms->v[i]->to_count; j++)
			(void)buf_addf(&b, "%s%s", b.len > 0 ? " " : "",
			    arms->v[i]->to[j]);
	text = xstrdup(buf_str(&b));
	buf_clear(&b);
	return text;
}

bool
arms_jump(const struct arms *arms)
{
	unsigned i;

	for (i = 0; i < arms->count; i++)
		if (arms->v[i]->jump)
			return true;
	return false;
}

static void
flow_push(struct flow *fl, const struct step *st, int row, const char *from,
    bool returned)
{
	fl->v = xrealloc(fl->v, fl->count + 1, sizeof *fl->v);
	fl->v[fl->count++] = (struct opening){ st, row, from, returned };
}

/* One sub-case a row of that list. */
static void
flow_push_rows(struct flow *fl, const struct arm *arm, const json_t *list,
    const char *from)
{
	struct decision *d = fl->d;
	const struct step *st;
	json_t *data;
	size_t i;
	unsigned j;
	int id;

	json_array_foreach(list, i, data) {
		id = (int)d->ca->rows_count + 1;
		decision_emit(d, json_pack("{s:s,s:i,s:s,s:O}", "type",
		    "row.opened", "row", id, "list", arm->each, "data",
		    data));
		for (j = 0; j < arm->to_count; j++)
			if ((st = procedure_find_step(d->p, arm->to[j])) !=
			    NULL)
				flow_push(fl, st, id, from, arm->returns);
	}
}

/* A row ends when nothing of it is open or about to be. */
static void
flow_close_row(struct flow *fl, int row)
{
	const struct kase *ca = fl->d->ca;
	size_t i;

	for (i = 0; i < ca->tokens_count; i++)
		if (ca->tokens[i].row == row)
			return;
	for (i = fl->head; i < fl->count; i++)
		if (fl->v[i].row == row)
			return;
	decision_emit(fl->d, json_pack("{s:s,s:i}", "type", "row.closed",
	    "row", row));
}

static void
flow_push_arms(struct flow *fl, const struct step *from, int row,
    const struct arms *arms, const json_t *values)
{
	const struct step *st;
	const struct arm *arm;
	unsigned i, j;

	fl->last = from != NULL ? from->number : "";
	for (i = 0; i < arms->count; i++) {
		arm = arms->v[i];
		if (arm->each != NULL) {
			flow_push_rows(fl, arm,
			    json_object_get(values, arm->each),
			    from != NULL ? from->number : NULL);
			continue;
		}
		for (j = 0; j < arm->to_count; j++) {
			st = procedure_find_step(fl->d->p, arm->to[j]);
			if (st != NULL)
				flow_push(fl, st, st->per_row ? row : 0,
				    from != NULL ? from->number : NULL,
				    arm->returns);
		}
	}
	if (row != 0)
		flow_close_row(fl, row);
}

/* Inside a sub-case a join waits for its own steps, not for its neighbours'. */
static bool
join_is(const struct opening *o, const char *number, const struct step *st,
    int row)
{
	return strcmp(st->number, number) == 0 &&
	    (o->row == 0 || row == 0 || row == o->row);
}

static bool
flow_waits(const struct flow *fl, const struct opening *o)
{
	const struct kase *ca = fl->d->ca;
	const char *number;
	unsigned i;
	size_t j;

	for (i = 0; i < o->st->join_count; i++) {
		number = o->st->join[i];
		for (j = 0; j < ca->tokens_count; j++)
			if (join_is(o, number, ca->tokens[j].st,
			    ca->tokens[j].row))
				return true;
		for (j = fl->head; j < fl->count; j++)
			if (join_is(o, number, fl->v[j].st, fl->v[j].row))
				return true;
	}
	return false;
}

/* Nobody answers it: what an earlier round answered no longer holds. */
static void
flow_skip(struct flow *fl, const struct opening *o, json_t *values)
{
	struct scope now = { .ca = fl->d->ca, .values = values, .w = fl->d->w };
	const struct scope *sc = &now;
	struct arms arms;
	char *to;

	kase_lay(values, o->st->fields, o->st->fields_count, NULL,
	    fl->d->ca->header);
	arms_pick(&arms, o->st->next, o->st->next_count,
	    o->st->fork ? ARMS_ALL : ARMS_SKIP, sc);
	to = arms_to(&arms);
	decision_emit(fl->d, json_pack("{s:s,s:s,s:i,s:s,s:s}", "type",
	    "step.skipped", "step", o->st->number, "row", o->row, "reason",
	    o->st->otherwise != NULL ? o->st->otherwise : "No aplica.",
	    "to", to));
	free(to);
	flow_push_arms(fl, o->st, o->row, &arms, sc->values);
}

/* A date with hour that an expression gives, into the body. */
static struct when
body_put_when(json_t *body, const char *key, const char *expr,
    const struct scope *sc)
{
	struct when t = { 0 };
	json_t *v;

	if (expr == NULL)
		return t;
	v = rule_eval(expr, sc);
	if (json_is_string(v) && when_parse(json_string_value(v), &t) == 0)
		json_object_set(body, key, v);
	else
		t.s = 0;
	json_decref(v);
	return t;
}

/* When it is first told of, where apply would not know. */
static void
body_put_alarm(json_t *body, const struct token *t, const struct scope *sc)
{
	struct when first = clock_first(t, sc);
	char text[WHEN_TEXT];

	if (first.s != clock_plain(t).s)
		json_object_set_new(body, "alarm",
		    json_string(when_text(first, text)));
}

static void
flow_emit_opened(struct flow *fl, const struct opening *o,
    const struct scope *sc)
{
	const struct world *w = fl->d->w;
	struct token t = { .st = o->st, .row = o->row, .since = w->now };
	json_t *body, *login;

	body = json_pack("{s:s,s:s,s:i,s:b}", "type", "step.opened", "step",
	    o->st->number, "row", o->row, "returned", o->returned);
	if (o->from != NULL)
		json_object_set_new(body, "from", json_string(o->from));
	t.due = body_put_when(body, "due", o->st->due, sc);
	t.warn = body_put_when(body, "warn", o->st->warn, sc);
	body_put_alarm(body, &t, sc);
	if (o->st->assign != NULL) {
		login = rule_eval(o->st->assign, sc);
		if (!value_is_blank(login) && json_is_string(login) &&
		    w->is_person(w->arg, json_string_value(login)))
			json_object_set(body, "assignee", login);
		json_decref(login);
	}
	decision_emit(fl->d, body);
}

static void
flow_open(struct flow *fl, const struct opening *o)
{
	const struct kase *ca = fl->d->ca;
	struct scope sc = { .ca = ca, .w = fl->d->w };
	json_t *values;
	size_t i;

	for (i = 0; i < ca->tokens_count; i++)
		if (ca->tokens[i].st == o->st && ca->tokens[i].row == o->row)
			return;
	if (flow_waits(fl, o))
		return;
	values = kase_values(ca, o->row);
	sc.values = values;
	if (!o->st->applies || rule_is_true(o->st->applies, &sc))
		flow_emit_opened(fl, o, &sc);
	else if (fl->skips++ < fl->d->p->steps_count)
		flow_skip(fl, o, values);
	else
		log_at(LOG_WARN, "step=%s skips=endless", o->st->number);
	json_decref(values);
}

void
flow_follow(struct decision *d, const struct step *from, int row,
    const struct arms *arms, const json_t *values)
{
	struct flow fl = { .d = d };
	struct opening o;

	flow_push_arms(&fl, from, row, arms, values);
	while (fl.head < fl.count) {
		o = fl.v[fl.head++];
		flow_open(&fl, &o);
	}
	if (d->ca->tokens_count == 0)
		decision_emit(d, json_pack("{s:s,s:s}", "type", "case.closed",
		    "step", fl.last));
	free(fl.v);
}

char *
engine_leads(const struct kase *ca, const struct token *t,
    const json_t *values, const struct world *w)
{
	json_t *sight = kase_values(ca, t->row);
	struct scope sc = { .ca = ca, .values = sight, .w = w };
	struct arms arms;

	kase_lay(sight, t->st->fields, t->st->fields_count, values,
	    ca->header);
	arms_pick(&arms, t->st->next, t->st->next_count,
	    t->st->fork ? ARMS_ALL : ARMS_FIRST, &sc);
	json_decref(sight);
	return arms_to(&arms);
}
