/* SPDX-License-Identifier: ISC */
/*
 * effect.c - what a step has done outside (a mail, a page, a look at a page)
 * and what came of it.  The engine only says that it was asked, with all that
 * is needed to do it, in the event that follows the answer; whoever does it
 * reports back, and that is an event too.
 *
 *	answered --effect.asked--> ca->effects --effect.ended--> with "ended"
 *	comprobar -'                            (a mail: of each recipient)
 */
#include "decide.h"

static const struct {
	const char *name;
	bool waiting;		/* asked for while the step waits */
} kinds[] = {
	[EFFECT_MAIL] = { "send_mail", false },
	[EFFECT_PUBLISH] = { "publish", false },
	[EFFECT_VERIFY] = { "verify", true },
};

static bool
effect_waits(const struct effect *e)
{
	return kinds[e->kind].waiting;
}

/* ---- asking ---- */

static void
body_compute(json_t *body, const char *key, const char *expr,
    const struct scope *sc)
{
	json_t *v = expr != NULL ? rule_eval(expr, sc) : NULL;

	if (json_is_string(v) && *json_string_value(v) != '\0')
		json_object_set(body, key, v);
	json_decref(v);
}

static void
effect_emit(struct decision *d, const struct step *st, int row,
    const struct effect *e, const struct scope *sc)
{
	const struct world *w = d->w;
	json_t *body = json_pack("{s:s,s:s,s:i,s:s}", "type", "effect.asked",
	    "step", st->number, "row", row, "do", kinds[e->kind].name);

	body_compute(body, "title", e->title, sc);
	body_compute(body, "text", e->text, sc);
	body_compute(body, "url", e->url, sc);
	if (e->attach != NULL)
		json_object_set_new(body, "files", effect_files(d->ca->p, e,
		    sc));
	if (e->list != NULL) {
		json_object_set_new(body, "list", json_string(e->list));
		json_object_set_new(body, "to", w->addresses != NULL ?
		    w->addresses(w->arg, e->list) : json_array());
	}
	decision_emit(d, body);
	if (e->record != NULL &&
	    json_array_size(json_object_get(body, "to")) > 0)
		record_emit(d, st, row, e->record);
}

void
effects_emit(struct decision *d, const struct draft *a, int row)
{
	struct scope sc = draft_scope(a, d);
	const struct effect *e;
	unsigned i;

	for (i = 0; i < a->st->effects_count; i++) {
		e = &a->st->effects[i];
		if (!effect_waits(e) &&
		    (e->when == NULL || rule_is_true(e->when, &sc)))
			effect_emit(d, a->st, row, e, &sc);
	}
}

const struct effect *
step_find_waiting(const struct step *st)
{
	unsigned i;

	for (i = 0; i < st->effects_count; i++)
		if (effect_waits(&st->effects[i]))
			return &st->effects[i];
	return NULL;
}

int
decide_ask(struct decision *d)
{
	const struct token *t;
	const struct effect *e;
	struct scope sc;
	json_t *sight, *url;
	int r;

	if ((r = decision_token(d, &t)) < 0 ||
	    (r = engine_may(d->ca, t, d->who, d->w, d->why)) < 0)
		return r;
	if ((e = step_find_waiting(t->st)) == NULL)
		return why_set(d->why, ERR_REFUSED, "En el paso %s no hay nada "
		    "que comprobar.", t->st->number);
	d->grant = grant_find(d->ca, t, d->who);
	sight = kase_values(d->ca, t->row);
	json_object_update(sight, d->cmd->values);
	sc = (struct scope){ .ca = d->ca, .values = sight, .w = d->w };
	url = rule_eval(e->url, &sc);
	if (!json_is_string(url) || *json_string_value(url) == '\0')
		r = why_set(d->why, ERR_REFUSED, "Falta la dirección que hay "
		    "que comprobar: escríbala con url=DIRECCIÓN.");
	else
		effect_emit(d, t->st, t->row, e, &sc);
	json_decref(url);
	json_decref(sight);
	return r;
}

/* ---- what came of it ---- */

/* Of the effect that event n asked for: its place among them, or -1. */
static int
effect_find(const struct kase *ca, int64_t n)
{
	json_t *one;
	size_t i;

	json_array_foreach(ca->effects, i, one)
		if (doc_int(one, "n") == n)
			return (int)i;
	return -1;
}

int
decide_report(struct decision *d)
{
	int64_t n = doc_int(d->cmd->values, "effect");
	json_t *body;

	if (n < 1 || !kase_event_is(json_array_get(d->ca->events,
	    (size_t)n - 1), "effect.asked"))
		return why_set(d->why, ERR_NOT_FOUND, "%s no pidió nada con el "
		    "número %lld.", d->ca->folio, (long long)n);
	body = json_deep_copy(d->cmd->values);
	json_object_set_new(body, "type", json_string("effect.ended"));
	decision_emit(d, body);
	return 0;
}

/* ---- applying ---- */

void
effect_apply_asked(struct kase *ca, const json_t *body, const char *actor,
    struct when at)
{
	json_t *e = json_deep_copy(body);
	char text[WHEN_TEXT];

	json_object_del(e, "type");
	json_object_set_new(e, "n", json_integer(ca->n));
	json_object_set_new(e, "at", json_string(when_text(at, text)));
	json_object_set_new(e, "by", json_string(actor != NULL ? actor : ""));
	json_array_append_new(ca->effects, e);
}

/* Copies of a case share what was asked: change one of our own. */
void
effect_apply_ended(struct kase *ca, const json_t *body, struct when at)
{
	const json_t *to = json_object_get(body, "to");
	int i = effect_find(ca, doc_int(body, "effect"));
	json_t *e, *ended, *one;
	char text[WHEN_TEXT];
	size_t k;

	if (i < 0)
		return;
	e = json_deep_copy(json_array_get(ca->effects, (size_t)i));
	ended = json_copy((json_t *)body);
	json_object_del(ended, "type");
	json_object_del(ended, "effect");
	json_object_set_new(ended, "at", json_string(when_text(at, text)));
	if (to == NULL)
		json_object_set(e, "ended", ended);
	json_array_foreach(json_object_get(e, "to"), k, one)
		if (to != NULL && json_equal(json_object_get(one, "address"),
		    to))
			json_object_set(one, "ended", ended);
	json_decref(ended);
	json_array_set_new(ca->effects, (size_t)i, e);
}

const json_t *
kase_last_effect(const struct kase *ca, const char *kind)
{
	const json_t *e;
	size_t i;

	for (i = json_array_size(ca->effects); i > 0; i--) {
		e = json_array_get(ca->effects, i - 1);
		if (strcmp(json_string_value(json_object_get(e, "do")),
		    kind) == 0)
			return e;
	}
	return NULL;
}
