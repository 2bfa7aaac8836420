/* SPDX-License-Identifier: ISC */
/*
 * decide_move.c - what another calendar does to steps that are open: the rules
 * of their dates are run again, as of when each opened, by the calendar that
 * was and by the one that comes.  Only where these differ does a step move, so
 * that no setting or answer that changed meanwhile is brought in by itself.
 */
#include "decide.h"

static struct when
move_when(const char *expr, const struct scope *sc)
{
	struct when t = { 0 };
	json_t *v = expr != NULL ? rule_eval(expr, sc) : NULL;

	if (json_is_string(v) && when_parse(json_string_value(v), &t) < 0)
		t.s = 0;
	json_decref(v);
	return t;
}

/* The days that the traced rule did not count. */
static json_t *
move_skipped(const json_t *trace)
{
	json_t *list = json_array(), *part, *day, *seen;
	size_t i, k, j;
	bool again;

	json_array_foreach((json_t *)trace, i, part)
		json_array_foreach(json_object_get(part, "skipped"), k, day) {
			again = false;
			json_array_foreach(list, j, seen)
				again |= json_equal(seen, day) != 0;
			if (!again)
				json_array_append(list, day);
		}
	return list;
}

static void
move_put_when(json_t *o, const char *key, struct when t)
{
	char text[WHEN_TEXT];

	if (t.s != 0)
		json_object_set_new(o, key, json_string(when_text(t, text)));
}

static json_t *
move_doc(const struct token *t, struct when was, const json_t *trace)
{
	json_t *o = json_pack("{s:s, s:i, s:s, s:o}", "step", t->st->number,
	    "row", t->row, "told", clock_told_name(t->told), "skipped",
	    move_skipped(trace));

	if (t->told_times > 0)
		json_object_set_new(o, "times", json_integer(t->told_times));
	move_put_when(o, "was", was);
	move_put_when(o, "due", t->due);
	move_put_when(o, "warn", t->warn);
	move_put_when(o, "alarm", t->alarm);
	return o;
}

static bool
step_reads_calendar(const struct step *st)
{
	return rule_reads_calendar(st->due) || rule_reads_calendar(st->warn);
}

bool
engine_moves_any(const struct procedure *p)
{
	unsigned i;

	for (i = 0; i < p->steps_count; i++)
		if (step_reads_calendar(&p->steps[i]))
			return true;
	return false;
}

/* The move of one token, or NULL. */
static json_t *
token_move(
    const struct kase *ca, const struct token *token, const struct world *world)
{
	struct world w = *world;
	struct token t = *token;
	json_t *values = kase_values(ca, t.row), *o = NULL;
	struct scope sc = { .ca = ca, .values = values, .w = &w };
	struct when due, warn;

	w.now = t.since;
	w.calendar = world->calendar_before;
	due = move_when(t.st->due, &sc);
	warn = move_when(t.st->warn, &sc);
	w.calendar = world->calendar;
	w.trace = json_array();
	t.due = move_when(t.st->due, &sc);
	t.warn = move_when(t.st->warn, &sc);
	w.now = world->now;
	if (t.due.s != due.s || t.warn.s != warn.s) {
		clock_move(&t, token->due, &sc);
		o = move_doc(&t, token->due, w.trace);
	}
	json_decref(w.trace);
	json_decref(values);
	return o;
}

json_t *
engine_moves(const struct kase *ca, const struct world *w)
{
	json_t *list = json_array(), *o;
	size_t i;

	for (i = 0; i < ca->tokens_count; i++)
		if (step_reads_calendar(ca->tokens[i].st) &&
		    (o = token_move(ca, &ca->tokens[i], w)) != NULL)
			json_array_append_new(list, o);
	return list;
}

int
decide_move(struct decision *d)
{
	json_t *list = engine_moves(d->ca, d->w), *o;
	size_t i;

	d->grant = grant_find_role(OFFICE_CENTRAL, ROLE_HEAD, d->who);
	json_array_foreach(list, i, o) {
		json_object_set_new(o, "type", json_string("step.moved"));
		json_object_set(
		    o, "calendar", json_object_get(d->cmd->values, "calendar"));
		json_object_del(o, "skipped");
		decision_emit(d, json_incref(o));
	}
	json_decref(list);
	if (d->ev->count == 0)
		return why_set(d->why, ERR_REFUSED,
		    "En %s no hay plazo que se mueva.", d->ca->folio);
	return 0;
}
