/* SPDX-License-Identifier: ISC */
/* rule_fn_case.c - functions of expressions about the case and its world. */
#include "rule_fn.h"

/* ---- the case ---- */

/* The latest answer of the step named by an argument, in any row. */
static const struct done *
fn_answer(sqlite3_context *cx, sqlite3_value *v)
{
	const struct kase *ca = fn_scope(cx)->ca;
	const char *number = fn_text(v);
	size_t i;

	for (i = ca != NULL ? ca->dones_count : 0; i > 0 && number != NULL; i--)
		if (strcmp(ca->dones[i - 1].st->number, number) == 0)
			return &ca->dones[i - 1];
	return NULL;
}

static bool
done_is(const struct done *d, const char *outcome)
{
	return d != NULL && strcmp(d->outcome, outcome) == 0;
}

void
fn_done(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const struct done *d = fn_answer(cx, v[0]);

	(void)n;
	sqlite3_result_int(cx, done_is(d, "done") || done_is(d, "approved"));
}

void
fn_approved(sqlite3_context *cx, int n, sqlite3_value **v)
{
	(void)n;
	sqlite3_result_int(cx, done_is(fn_answer(cx, v[0]), "approved"));
}

void
fn_outcome(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const struct done *d = fn_answer(cx, v[0]);

	(void)n;
	if (d != NULL)
		fn_give_text(cx, d->outcome);
}

void
fn_versions(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const struct kase *ca = fn_scope(cx)->ca;
	const char *number = fn_text(v[0]);
	size_t i;
	int count = 0;

	(void)n;
	for (i = 0; ca != NULL && number != NULL && i < ca->dones_count; i++)
		if (strcmp(ca->dones[i].st->number, number) == 0 &&
		    !done_is(&ca->dones[i], "skipped"))
			count++;
	sqlite3_result_int(cx, count);
}

void
fn_rounds(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const struct kase *ca = fn_scope(cx)->ca;

	(void)n;
	(void)v;
	sqlite3_result_int(cx, ca != NULL ? ca->rounds : 0);
}

void
fn_open_rows(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const struct kase *ca = fn_scope(cx)->ca;
	size_t i;
	int count = 0;

	(void)n;
	(void)v;
	for (i = 0; ca != NULL && i < ca->rows_count; i++)
		count += ca->rows[i].open;
	sqlite3_result_int(cx, count);
}

/* ---- the world ---- */

/* What the office has set, or what the definition proposes. */
void
fn_setting(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const struct scope *sc = fn_scope(cx);
	const struct institution *in = sc->w->institution;
	const char *id = fn_text(v[0]), *s = NULL;

	(void)n;
	if (id == NULL)
		return;
	if (sc->w->setting != NULL)
		s = sc->w->setting(sc->w->arg, id);
	if (s == NULL && sc->ca != NULL && sc->ca->p != NULL)
		s = setting_initial(sc->ca->p->settings,
		    sc->ca->p->settings_count, id);
	if (s == NULL && in != NULL)
		s = setting_initial(in->settings, in->settings_count, id);
	if (fn_is_traced(cx))
		fn_trace(cx, json_pack("{s:s, s:s, s:s?}", "kind", "setting",
		    "id", id, "value", s));
	if (s != NULL)
		fn_give_text(cx, s);
}

static int64_t
counter_last(const struct scope *sc, const char *name)
{
	const json_t *j = json_object_get(sc->taken, name);

	if (j != NULL)
		return json_integer_value(j);
	return sc->w->counter != NULL ? sc->w->counter(sc->w->arg, name) : 0;
}

void
fn_last(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const char *name = fn_text(v[0]);

	(void)n;
	if (name != NULL)
		sqlite3_result_int64(cx, counter_last(fn_scope(cx), name));
}

void
fn_next(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const struct scope *sc = fn_scope(cx);
	const char *name = fn_text(v[0]);
	int64_t next;

	(void)n;
	if (name == NULL)
		return;
	next = counter_last(sc, name) + 1;
	if (sc->taken != NULL)
		(void)json_object_set_new(sc->taken, name, json_integer(next));
	sqlite3_result_int64(cx, next);
}

void
fn_is_person(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const struct world *w = fn_scope(cx)->w;
	const char *login = fn_text(v[0]);

	(void)n;
	sqlite3_result_int(cx, login != NULL && w->is_person != NULL &&
	    w->is_person(w->arg, login));
}

/* effect('publish', 'url'): of the last one, what is known of it by now. */
void
fn_effect(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const struct kase *ca = fn_scope(cx)->ca;
	const char *kind = fn_text(v[0]), *key = fn_text(v[1]);
	const json_t *e, *said;

	(void)n;
	if (ca == NULL || kind == NULL || key == NULL ||
	    (e = kase_last_effect(ca, kind)) == NULL)
		return;
	said = json_object_get(json_object_get(e, "ended"), key);
	if (said == NULL && strcmp(key, "state") == 0)
		fn_give_text(cx, "asked");
	else if (json_is_string(said))
		fn_give_text(cx, json_string_value(said));
	else if (json_is_boolean(said))
		sqlite3_result_int(cx, json_is_true(said));
}
