/* SPDX-License-Identifier: ISC */
/*
 * decide_clock.c - what is told when time passes: that a deadline comes, that
 * it is over, and whom else the definition wants to know.
 *
 * Everything a step has to tell is a moment on one line:
 *
 *   opened ---- warn ---- due -- after --+-- repeat --+-- repeat -- … times
 *                                        `escalate'
 *
 * A token keeps only the first moment that was not told yet (alarm).  When it
 * has come, what lies between it and now is told once, however late, and the
 * last event says the next moment.  So a core that was down tells of an
 * escalation once, not of each time it missed, and nothing is told twice: the
 * event that tells it is what moves the alarm.
 */
#include "decide.h"

/* A moment still to come, the earlier of two; 0 is never. */
static void
moment_take(struct when *first, struct when t, struct when past)
{
	if (t.s > past.s && (first->s == 0 || t.s < first->s))
		*first = t;
}

struct when
clock_plain(const struct token *t)
{
	struct when first = { 0 };

	moment_take(&first, t->warn, t->since);
	moment_take(&first, t->due, t->since);
	return first;
}

static int64_t
rule_minutes(const char *expr, const struct scope *sc)
{
	json_t *j = rule_eval(expr, sc);
	int64_t n = json_is_string(j) ?
	    number_read(json_string_value(j)) : json_integer_value(j);

	json_decref(j);
	return n;
}

/* Its times: first, every `step` seconds, `count` in all; 0 none. */
struct times {
	int64_t first, step, count;
};

static struct times
escalation_times(const struct escalation *e, const struct token *t,
    const struct scope *sc)
{
	struct times v = { .count = 1 };

	if (t->due.s == 0)
		return (struct times){ 0 };
	v.first = t->due.s + rule_minutes(e->after, sc) * 60;
	if (v.first <= t->since.s)
		v.first = t->since.s + 1;
	if (e->repeat != NULL)
		v.step = rule_minutes(e->repeat, sc) * 60;
	if (v.step > 0 && e->times != NULL)
		v.count = *e->times;
	return v;
}

/* How many of those times have come by now. */
static int64_t
times_until(const struct times *v, int64_t now)
{
	int64_t n;

	if (v->count == 0 || now < v->first)
		return 0;
	n = v->step > 0 ? 1 + (now - v->first) / v->step : 1;
	return n < v->count ? n : v->count;
}

/* The first moment after past. */
static struct when
clock_next(const struct token *t, const struct scope *sc, struct when past)
{
	struct when first = { 0 };
	struct times v;
	unsigned k;
	int64_t n;

	moment_take(&first, t->warn, past);
	moment_take(&first, t->due, past);
	for (k = 0; k < t->st->escalate_count; k++) {
		v = escalation_times(&t->st->escalate[k], t, sc);
		n = times_until(&v, past.s);
		if (n < v.count)
			moment_take(&first,
			    (struct when){ v.first + n * v.step }, past);
	}
	return first;
}

struct when
clock_first(const struct token *t, const struct scope *sc)
{
	return clock_next(t, sc, t->since);
}

void
clock_told(struct token *t, const json_t *body, struct when at)
{
	const char *type = json_string_value(json_object_get(body, "type")),
		   *next = json_string_value(json_object_get(body, "next"));
	unsigned rule = (unsigned)doc_int(body, "rule");

	t->told = rule > 0 ? NOTICE_ESCALATED :
	    strcmp(type, "step.warned") == 0 ? NOTICE_WARNED : NOTICE_OVERDUE;
	t->told_at = at;
	t->told_times = (int)doc_int(body, "times");
	t->told_by = rule > 0 && rule <= t->st->escalate_count ?
	    &t->st->escalate[rule - 1] : NULL;
	if (next == NULL || when_parse(next, &t->alarm) < 0)
		t->alarm.s = 0;
}

/* ---- another line ---- */

static const char *const told_names[] = {
	[NOTICE_NONE] = "none",
	[NOTICE_WARNED] = "warned",
	[NOTICE_OVERDUE] = "overdue",
	[NOTICE_ESCALATED] = "escalated",
};

const char *
clock_told_name(enum notice told)
{
	return told_names[told];
}

void
clock_moved(struct token *t, const json_t *body)
{
	const char *told = json_string_value(json_object_get(body, "told"));
	size_t i;

	t->told = NOTICE_NONE;
	for (i = 0; i < ARRAY_LEN(told_names) && told != NULL; i++)
		if (strcmp(told_names[i], told) == 0)
			t->told = (enum notice)i;
	t->told_times = (int)doc_int(body, "times");
	if (t->told != NOTICE_ESCALATED)
		t->told_by = NULL;
}

/* A moment of the new line that has come, and was told on the old one. */
static void
told_take(struct token *t, enum notice told, struct when at,
    struct when now, struct when *past)
{
	if (at.s == 0 || at.s > now.s)
		return;
	t->told = told;
	if (at.s > past->s)
		*past = at;
}

void
clock_move(struct token *t, struct when was, const struct scope *sc)
{
	const struct when now = sc->w->now;
	const enum notice told = t->told;
	const int times = t->told_times;
	struct when past = t->since;
	struct times v;
	int64_t n;

	t->told = NOTICE_NONE;
	t->told_times = 0;
	if (told >= NOTICE_WARNED)
		told_take(t, NOTICE_WARNED, t->warn, now, &past);
	if (told == NOTICE_OVERDUE ||
	    (told == NOTICE_ESCALATED && t->told_at.s >= was.s))
		told_take(t, NOTICE_OVERDUE, t->due, now, &past);
	if (told == NOTICE_ESCALATED && t->told_by != NULL) {
		v = escalation_times(t->told_by, t, sc);
		n = times_until(&v, now.s);
		t->told_times = (int)(n < times ? n : times);
		if (t->told_times > 0)
			told_take(t, NOTICE_ESCALATED, (struct when){ v.first +
			    (t->told_times - 1) * v.step }, now, &past);
	}
	t->alarm = clock_next(t, sc, past);
}

/* ---- telling ---- */

struct telling {
	const struct token *t;
	const struct scope *sc;
	struct when now;
	json_t *bodies;			/* in order; the last says what is next */
};

static bool
telling_reaches(const struct telling *te, int64_t at)
{
	return at != 0 && at >= te->t->alarm.s && at <= te->now.s;
}

static json_t *
telling_put(struct telling *te, const char *type)
{
	json_t *body = json_pack("{s:s,s:s,s:i}", "type", type, "step",
	    te->t->st->number, "row", te->t->row);

	json_array_append_new(te->bodies, body);
	return body;
}

static void
telling_escalate(struct telling *te, unsigned k)
{
	const struct escalation *e = &te->t->st->escalate[k];
	struct times v = escalation_times(e, te->t, te->sc);
	int64_t n = times_until(&v, te->now.s);
	json_t *body, *to;
	unsigned i;

	if (n == 0 || !telling_reaches(te, v.first + (n - 1) * v.step))
		return;
	to = json_array();
	for (i = 0; i < e->to_count; i++)
		json_array_append_new(to, json_string(e->to[i]));
	body = telling_put(te, "step.escalated");
	json_object_set_new(body, "rule", json_integer(k + 1));
	json_object_set_new(body, "to", to);
	json_object_set_new(body, "times", json_integer(n));
}

/* A step that is overdue is not also about to be. */
static void
telling_gather(struct telling *te)
{
	const struct token *t = te->t;
	struct when next;
	char text[WHEN_TEXT];
	unsigned k;
	size_t n;

	if (telling_reaches(te, t->due.s))
		(void)telling_put(te, "step.overdue");
	else if (telling_reaches(te, t->warn.s))
		(void)telling_put(te, "step.warned");
	for (k = 0; k < t->st->escalate_count; k++)
		telling_escalate(te, k);
	next = clock_next(t, te->sc, te->now);
	n = json_array_size(te->bodies);
	if (next.s != 0 && n > 0)
		json_object_set_new(json_array_get(te->bodies, n - 1), "next",
		    json_string(when_text(next, text)));
}

static void
clock_tell(struct decision *d, const struct token *t)
{
	json_t *values = kase_values(d->ca, t->row), *body;
	struct scope sc = { .ca = d->ca, .values = values, .w = d->w };
	struct telling te = { t, &sc, d->w->now, json_array() };
	size_t i;

	telling_gather(&te);
	json_array_foreach(te.bodies, i, body)
		decision_emit(d, json_incref(body));
	json_decref(te.bodies);
	json_decref(values);
}

int
decide_clock(struct decision *d)
{
	const struct token *t;
	size_t i;

	for (i = 0; i < d->ca->tokens_count; i++) {
		t = &d->ca->tokens[i];
		if (t->alarm.s != 0 && t->alarm.s <= d->w->now.s)
			clock_tell(d, t);
	}
	if (d->ev->count == 0)
		return why_set(d->why, ERR_REFUSED,
		    "En %s no hay nada de que avisar todavía.", d->ca->folio);
	return 0;
}
