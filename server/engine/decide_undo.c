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
