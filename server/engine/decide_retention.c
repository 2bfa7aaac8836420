/* SPDX-License-Identifier: ISC */
/*
 * decide_retention.c - may a record be kept longer, be asked to go, go; and
 * the rows of a register, that go one by one.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../../proto/i18n.h"
#include "calendar.h"
#include "decide.h"
#include "retention.h"

/* ---- rows ---- */

/* The rows as they were when the record was produced; borrowed, or NULL. */
static const json_t *
produced_rows(const struct kase *ca, const struct produced *made)
{
	const struct done *d;
	size_t i;

	for (i = ca->dones_count; made->record->rows != NULL && i > 0; i--) {
		d = &ca->dones[i - 1];
		if (d->st == made->st && d->row == made->row &&
		    d->n <= made->n)
			return json_object_get(d->values, made->record->rows);
	}
	return NULL;
}

static const json_t *
produced_row(const struct kase *ca, const struct produced *made, int index)
{
	return index < 1 ? NULL : json_array_get(produced_rows(ca, made),
	    (size_t)index - 1);
}

bool
retention_row_is_gone(const struct produced *made, int index)
{
	json_t *one;
	size_t i;

	json_array_foreach(made->gone, i, one)
		if (json_integer_value(one) == index)
			return true;
	return false;
}

int
retention_rows(const struct kase *ca, const struct produced *made, int *left)
{
	int n = (int)json_array_size(produced_rows(ca, made)), i;

	*left = 0;
	for (i = 1; i <= n; i++)
		*left += !retention_row_is_gone(made, i);
	return n;
}

bool
retention_row_until(const struct kase *ca, const struct produced *made,
    int index, const struct world *w, char until[11])
{
	const json_t *row = produced_row(ca, made, index);
	json_t *values = kase_values(ca, made->row), *v;
	struct scope sc = { .ca = ca, .values = values, .w = w };
	bool known;

	json_object_update(values, (json_t *)row);
	v = made->record->keep_until != NULL && row != NULL ?
	    rule_eval(made->record->keep_until, &sc) : NULL;
	known = calendar_is_date(json_string_value(v));
	(void)snprintf(until, 11, "%.10s", known ? json_string_value(v) : "");
	json_decref(v);
	json_decref(values);
	return known;
}

static int
row_may_go(struct decision *d, const struct produced *made, int index)
{
	char today[11], time[9], until[11], from[11];

	if (!retention_row_until(d->ca, made, index, d->w, until))
		return why_set(d->why, ERR_REFUSED, "No se sabe hasta cuándo se "
		    "conserva este renglón: no puede darse de baja.");
	calendar_local(d->w->zone, d->w->now, today, time);
	if (strcmp(today, until) > 0)
		return 0;
	calendar_add(until, 1, from);
	return why_set(d->why, ERR_REFUSED, "Se conserva hasta el %s: puede "
	    "darse de baja desde el %s.", until, from);
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

/* The record that the command names, and the last or "W1.2" made of it. */
static int
decision_record(struct decision *d, const struct record **rec,
    struct produced **made)
{
	const char *ref = d->cmd->step != NULL ? d->cmd->step : "";
	char *number = xasprintf("%.*s", (int)strcspn(ref, "."), ref);

	*rec = procedure_find_record(d->p, number);
	*made = retention_find(d->ca, ref);
	free(number);
	return *rec != NULL ? 0 : why_set(d->why, ERR_NOT_FOUND,
	    "%s no tiene un registro «%.30s».", d->p->code, ref);
}

int
decide_dispose(struct decision *d)
{
	const struct record *rec;
	struct produced *made;
	int r, index;

	if ((r = decision_record(d, &rec, &made)) < 0 ||
	    (r = dispose_may(d, rec)) < 0)
		return r;
	index = (int)doc_int(d->cmd->values, "row");
	if (made == NULL || produced_row(d->ca, made, index) == NULL)
		return why_set(d->why, ERR_NOT_FOUND, "%s no tiene el renglón "
		    "%d en %s.", rec->name, index, d->ca->folio);
	if (retention_row_is_gone(made, index))
		return why_set(d->why, ERR_REFUSED, "El renglón %d de %s ya se "
		    "dio de baja.", index, rec->name);
	if ((r = row_may_go(d, made, index)) < 0)
		return r;
	decision_emit(d, json_pack("{s:s,s:s,s:i,s:i,s:s}", "type",
	    "record.disposed", "record", rec->number, "serial",
	    made->serial, "index", index, "remark",
	    d->cmd->remark != NULL ? d->cmd->remark : ""));
	return 0;
}

/* ---- the whole record ---- */

/* Who may: of the record's keeper, or of a list of institution.yaml. */
static int
act_grant(const struct kase *ca, const struct record *rec,
    enum retain_act act, const struct actor *who, const struct world *w,
    const struct grant **out, struct why *why)
{
	static const char *const whose[RETAIN_ACTS] = {
		[RETAIN_KEEP] = N_("lo conserva su responsable"),
		[RETAIN_TRANSFER] = N_("lo propone su responsable"),
		[RETAIN_DISPOSE] = N_("lo propone su responsable"),
		[RETAIN_APPROVE] = N_("lo aprueba quien dirige la unidad"),
		[RETAIN_DECLINE] = N_("lo decide quien dirige la unidad"),
		[RETAIN_RECEIVE] = N_("lo recibe el archivo"),
	};
	const struct retention *rt = w->institution != NULL ?
	    w->institution->retention : NULL;

	*out = NULL;
	if (act <= RETAIN_DISPOSE)
		*out = grant_find_role(ca->office, rec->keeper, who);
	if (*out == NULL && rt != NULL)
		*out = act <= RETAIN_DISPOSE ? grant_find_any(ca->office,
		    rt->propose, rt->propose_count, who) :
		    act == RETAIN_RECEIVE ? grant_find_any(ca->office,
		    rt->receive, rt->receive_count, who) :
		    grant_find_any(ca->office, rt->approve,
		    rt->approve_count, who);
	return *out != NULL ? 0 : why_set(why, ERR_REFUSED, "«%s» no le "
	    "corresponde a usted: %s.", rec->name, _(whose[act]));
}

static int
act_check_state(const struct produced *made, enum retain_act act,
    struct why *why)
{
	static const enum retained before[RETAIN_ACTS] = {
		[RETAIN_APPROVE] = RETAINED_PROPOSED,
		[RETAIN_DECLINE] = RETAINED_PROPOSED,
		[RETAIN_RECEIVE] = RETAINED_APPROVED,
	};
	static const char *const is[] = {
		[RETAINED_KEPT] = N_("no tiene una propuesta que decidir"),
		[RETAINED_PROPOSED] = N_("ya tiene una propuesta por decidir"),
		[RETAINED_APPROVED] = N_("ya está aprobado y espera al archivo"),
		[RETAINED_TRANSFERRED] = N_("ya se transfirió"),
		[RETAINED_DISPOSED] = N_("ya se dio de baja"),
	};

	return made->retained == before[act] ? 0 : why_set(why, ERR_REFUSED,
	    "«%s» %s.", made->record->name, _(is[made->retained]));
}

/* Its time, and where it ends. */
static int
act_check_time(const struct kase *ca, const struct produced *made,
    enum retain_act act, const struct world *w, struct why *why)
{
	const struct record *rec = made->record;
	bool transfer = retention_is_transfer(rec, w->institution);
	char today[11], time[9];
	struct term_days days;

	if (rec->rows != NULL)
		return why_set(why, ERR_REFUSED, "«%s» se da de baja por "
		    "renglones, con «baja».", rec->name);
	retention_days(ca, made, w->zone, &days);
	if (*days.from == '\0')
		return why_set(why, ERR_REFUSED, "%s sigue abierto: el plazo "
		    "de sus registros corre desde que termine.", ca->folio);
	if (act != RETAIN_TRANSFER && act != RETAIN_DISPOSE)
		return 0;
	if (transfer != (act == RETAIN_TRANSFER))
		return why_set(why, ERR_REFUSED, "El destino final de «%s» es "
		    "%s: %s.", rec->name, rec->disposition,
		    transfer ? _("se transfiere") : _("se propone su baja"));
	calendar_local(w->zone, w->now, today, time);
	return strcmp(today, days.until) > 0 ? 0 : why_set(why, ERR_REFUSED,
	    "«%s» se conserva hasta el %s.", rec->name, days.until);
}

/* Whoever asked for it does not approve it, nor does who acts for them. */
static int
act_check_eyes(const struct produced *made, const struct actor *who,
    const struct grant *g, struct why *why)
{
	const char *key = doc_is(made->fate,
	    "archive") ? "transfer" : "dispose", *by;

	by = json_string_value(json_object_get(json_object_get(made->fate,
	    key), "by"));
	if (by == NULL || (strcmp(by, who->login) != 0 &&
	    (g->for_login == NULL || strcmp(by, g->for_login) != 0)))
		return 0;
	return why_set(why, ERR_REFUSED, "«%s» lo propuso usted: lo decide "
	    "otra persona.", made->record->name);
}

int
retention_may(const struct kase *ca, const struct produced *made,
    enum retain_act act, const struct actor *who, const struct world *w,
    const struct grant **grant, struct why *why)
{
	const struct grant *g;
	int r;

	if ((r = act_grant(ca, made->record, act, who, w, &g, why)) < 0 ||
	    (r = act_check_time(ca, made, act, w, why)) < 0 ||
	    (r = act_check_state(made, act, why)) < 0 ||
	    (act == RETAIN_APPROVE &&
		(r = act_check_eyes(made, who, g, why)) < 0))
		return r;
	if (grant != NULL)
		*grant = g;
	return 0;
}

/* The new day of "keep until", and why: later than it is kept anyway. */
static int
keep_check(struct decision *d, const struct produced *made)
{
	const char *until = json_string_value(json_object_get(
	    d->cmd->values, "until"));
	struct term_days days;

	retention_days(d->ca, made, d->w->zone, &days);
	if (until == NULL || !calendar_is_date(until) ||
	    strcmp(until, days.until) <= 0)
		return why_set(d->why, ERR_REFUSED, "«%s» se conserva hasta el "
		    "%s: diga una fecha posterior.", made->record->name,
		    days.until);
	return 0;
}

/* RETAIN_ACTS: there is none of that name. */
static enum retain_act
retain_act_find(const char *name)
{
	enum retain_act act = 0;

	while (act < RETAIN_ACTS && (name == NULL ||
	    strcmp(retain_act_name(act), name) != 0))
		act++;
	return act;
}

int
decide_retain(struct decision *d)
{
	const char *name = json_string_value(json_object_get(d->cmd->values,
	    "act")), *remark = d->cmd->remark != NULL ? d->cmd->remark : "";
	enum retain_act act = retain_act_find(name);
	const struct record *rec;
	struct produced *made;
	json_t *body;
	char *ref;
	int r;

	if (act == RETAIN_ACTS)
		return why_set(d->why, ERR_USAGE, "Falta decir qué se hace con "
		    "el registro.");
	if ((r = decision_record(d, &rec, &made)) < 0)
		return r;
	if (made == NULL)
		return why_set(d->why, ERR_REFUSED, "%s todavía no tiene el "
		    "registro «%s».", d->ca->folio, rec->name);
	if ((r = retention_may(d->ca, made, act, d->who, d->w, &d->grant,
		 d->why)) < 0 ||
	    (act == RETAIN_KEEP && (r = keep_check(d, made)) < 0))
		return r;
	if (*remark == '\0' && (act == RETAIN_KEEP || act == RETAIN_DISPOSE ||
	    act == RETAIN_DECLINE))
		return why_set(d->why, ERR_REFUSED,
		    "Falta el motivo: queda escrito con la decisión.");
	ref = xasprintf("%s.%d", made->record->number, made->serial);
	body = json_pack("{s:s, s:s, s:s, s:s}", "type", "record.retained",
	    "record", ref, "act", name, "remark", remark);
	free(ref);
	if (act == RETAIN_KEEP)
		json_object_set(body, "until", json_object_get(
		    d->cmd->values, "until"));
	decision_emit(d, body);
	return 0;
}
