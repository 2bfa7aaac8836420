/* SPDX-License-Identifier: ISC */
/*
 * decide_undo.c - taking back one's own last decision while nothing followed,
 * and disposing of a row of a working register once it may go.
 */
#include "calendar.h"
#include "decide.h"

/* Events that an answer causes belong to it, and what stays whatever is
 * undone moves nothing: they do not follow it. */
static bool
event_is_caused(const json_t *kept)
{
	static const char *const caused[] = { "case.closed", "effect.asked",
		"record.made", "row.closed", "row.opened", "step.opened",
		"step.skipped" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(caused); i++)
		if (kase_event_is(kept, caused[i]))
			return true;
	return kase_event_stays(kept);
}

static const char *
kept_text(const json_t *kept, const char *key)
{
	const char *s = json_string_value(json_object_get(
	    json_object_get(kept, "body"), key));

	return s != NULL ? s : "";
}

/* The last thing somebody did, and its number among the events. */
static const json_t *
kase_find_cause(const struct kase *ca, int64_t *n)
{
	const json_t *kept;
	size_t i;

	for (i = json_array_size(ca->events); i > 0; i--) {
		kept = json_array_get(ca->events, i - 1);
		if (json_object_get(kept, "undone") != NULL ||
		    event_is_caused(kept))
			continue;
		*n = (int64_t)i;
		return kept;
	}
	return NULL;
}

static bool
cause_is_decision(const struct kase *ca, const json_t *kept)
{
	const char *type = kept_text(kept, "type");
	const struct step *st;

	if (strcmp(type, "step.claimed") == 0)
		return true;
	if (strcmp(type, "step.done") != 0)
		return false;
	st = procedure_find_step(ca->p, kept_text(kept, "step"));
	return st != NULL &&
	    (st->kind != STEP_TASK || st->approval != NULL);
}

static int
kase_count_undone(const struct kase *ca)
{
	json_t *kept;
	size_t i;
	int n = 0;

	json_array_foreach(ca->events, i, kept)
		n += strcmp(kept_text(kept, "type"), "decision.undone") == 0;
	return n;
}

/* The right that was used then is still there. */
static int
undo_may(struct decision *d, const json_t *kept)
{
	const char *role = json_string_value(json_object_get(kept, "role"));

	if (kase_count_undone(d->ca) >= UNDO_MAX)
		return why_set(d->why, ERR_REFUSED, "En %s ya se deshizo %d "
		    "veces: corrija con un paso nuevo.", d->ca->folio,
		    UNDO_MAX);
	if (role == NULL)
		return 0;
	d->grant = grant_find_again(d->ca->office, role,
	    json_string_value(json_object_get(kept, "on_behalf_of")), d->who);
	if (d->grant == NULL)
		return why_set(d->why, ERR_REFUSED, "Ya no se puede deshacer: "
		    "usted ya no tiene el cargo con que lo hizo.");
	return 0;
}

int
decide_undo(struct decision *d)
{
	const json_t *kept;
	const char *actor;
	struct when at = { 0 };
	int64_t n = 0;
	int r;

	if ((kept = kase_find_cause(d->ca, &n)) == NULL ||
	    !cause_is_decision(d->ca, kept))
		return why_set(d->why, ERR_REFUSED, "No hay una decisión que "
		    "deshacer: sólo se deshace lo último, y sólo un dictamen, "
		    "una respuesta a una pregunta o un turno.");
	actor = json_string_value(json_object_get(kept, "actor"));
	if (actor == NULL || strcmp(actor, d->who->login) != 0)
		return why_set(d->why, ERR_REFUSED, "Ya no se puede deshacer: "
		    "lo último en %s lo hizo %s.", d->ca->folio,
		    actor != NULL ? world_person(d->w, actor) : "el sistema");
	if (when_parse(json_string_value(json_object_get(kept, "at")),
	    &at) < 0 || d->w->now.s - at.s > UNDO_SECONDS)
		return why_set(d->why, ERR_REFUSED, "Ya no se puede deshacer: "
		    "pasaron más de %d segundos.", UNDO_SECONDS);
	if ((r = undo_may(d, kept)) < 0)
		return r;
	decision_emit(d, json_pack("{s:s,s:I}", "type", "decision.undone", "n",
	    (json_int_t)n));
	return 0;
}

/* ---- registers ---- */

static const struct produced *
kase_find_record(const struct kase *ca, const struct record *rec, int serial)
{
	const struct produced *made;
	size_t i;

	for (i = ca->records_count; i > 0; i--) {
		made = &ca->records[i - 1];
		if (made->record == rec &&
		    (serial == 0 || made->serial == serial))
			return made;
	}
	return NULL;
}

/* The row as it was when the record was produced; borrowed, or NULL. */
static const json_t *
produced_row(const struct kase *ca, const struct produced *made, int index)
{
	const struct done *d;
	size_t i;

	for (i = ca->dones_count; i > 0; i--) {
		d = &ca->dones[i - 1];
		if (d->st == made->st && d->row == made->row &&
		    d->n <= made->n)
			return index < 1 ? NULL : json_array_get(
			    json_object_get(d->values, made->record->rows),
			    (size_t)index - 1);
	}
	return NULL;
}

static bool
produced_is_gone(const struct produced *made, int index)
{
	json_t *one;
	size_t i;

	json_array_foreach(made->gone, i, one)
		if (json_integer_value(one) == index)
			return true;
	return false;
}

static int
row_may_go(struct decision *d, const struct produced *made,
    const json_t *row)
{
	json_t *values = kase_values(d->ca, made->row), *v;
	struct scope sc = { .ca = d->ca, .values = values, .w = d->w };
	char today[11], time[9], from[11];
	int r = 0;

	json_object_update(values, (json_t *)row);
	v = rule_eval(made->record->keep_until, &sc);
	calendar_local(d->w->zone, d->w->now, today, time);
	if (!calendar_is_date(json_string_value(v))) {
		r = why_set(d->why, ERR_REFUSED, "No se sabe hasta cuándo se "
		    "conserva este renglón: no puede darse de baja.");
	} else if (strcmp(today, json_string_value(v)) <= 0) {
		calendar_add(json_string_value(v), 1, from);
		r = why_set(d->why, ERR_REFUSED, "Se conserva hasta el %s: "
		    "puede darse de baja desde el %s.", json_string_value(v),
		    from);
	}
	json_decref(v);
	json_decref(values);
	return r;
}

/* "W1", or "W1.2" for the second time it was produced. */
static const struct record *
record_read(const struct procedure *p, const char *text, int *serial)
{
	size_t n = strcspn(text, ".");
	char *number = xasprintf("%.*s", (int)n, text);
	const struct record *rec = procedure_find_record(p, number);

	*serial = text[n] == '.' ? number_read(text + n + 1) : 0;
	free(number);
	return rec;
}

static int
dispose_may(struct decision *d, const struct record *rec)
{
	if (rec->rows == NULL || rec->keep_until == NULL)
		return why_set(d->why, ERR_REFUSED, "%s no se da de baja por "
		    "renglones.", rec->name);
	d->grant = grant_find_any(d->ca->office, rec->disposers,
	    rec->disposers_count, d->who);
	if (d->grant == NULL)
		return why_set(d->why, ERR_REFUSED, "Su cargo no puede dar de "
		    "baja renglones de %s.", rec->name);
	return 0;
}

int
decide_dispose(struct decision *d)
{
	const char *ref = d->cmd->step != NULL ? d->cmd->step : "";
	const struct produced *made;
	const struct record *rec;
	const json_t *row;
	int r, serial, index;

	if ((rec = record_read(d->p, ref, &serial)) == NULL)
		return why_set(d->why, ERR_NOT_FOUND, "%s no tiene un registro "
		    "«%.30s».", d->p->code, ref);
	if ((r = dispose_may(d, rec)) < 0)
		return r;
	index = (int)json_integer_value(json_object_get(d->cmd->values,
	    "row"));
	made = kase_find_record(d->ca, rec, serial);
	row = made != NULL ? produced_row(d->ca, made, index) : NULL;
	if (row == NULL)
		return why_set(d->why, ERR_NOT_FOUND, "%s no tiene el renglón "
		    "%d en %s.", rec->name, index, d->ca->folio);
	if (produced_is_gone(made, index))
		return why_set(d->why, ERR_REFUSED, "El renglón %d de %s ya se "
		    "dio de baja.", index, rec->name);
	if ((r = row_may_go(d, made, row)) < 0)
		return r;
	decision_emit(d, json_pack("{s:s,s:s,s:i,s:i,s:s}", "type",
	    "record.disposed", "record", rec->number, "serial", made->serial,
	    "index", index, "remark",
	    d->cmd->remark != NULL ? d->cmd->remark : ""));
	return 0;
}
