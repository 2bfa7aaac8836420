/* SPDX-License-Identifier: ISC */
/*
 * doc_retention.c - a record that is kept, in a document: by whom, where, from
 * when until when, what shows it, why it is still here and why it may go.
 */
#include <assert.h>
#include <stdio.h>

#include "../../proto/i18n.h"
#include "../engine/retention.h"
#include "req.h"

/* One record, or one row of it (index from 1), being described. */
struct kept {
	struct req *q;
	struct held *h;
	const struct produced *made;
	int index;
	struct world w;
	struct term_days days;
	enum retained state;
	json_t *why;
};

static void
kept_say(struct kept *k, char *taken)
{
	json_array_append_new(k->why, json_string(taken));
	free(taken);
}

const char *
doc_period(const char *iso, char *out)
{
	static const struct { char unit; const char *one, *many; } units[] = {
		{ 'Y', N_("año"), N_("años") },
		{ 'M', N_("mes"), N_("meses") },
		{ 'W', N_("semana"), N_("semanas") },
		{ 'D', N_("día"), N_("días") },
	};
	char unit, rest;
	size_t i;
	int n;

	if (sscanf(iso, "P%d%c%c", &n, &unit, &rest) != 2)
		return iso;
	for (i = 0; i < ARRAY_LEN(units); i++)
		if (units[i].unit == unit) {
			(void)snprintf(out, PERIOD_TEXT, "%d %s", n,
			    _(n == 1 ? units[i].one : units[i].many));
			return out;
		}
	return iso;
}

/* Its place in the inventory of the manual. */
static void
why_kept(struct kept *k)
{
	const struct record *rec = k->made->record;
	char period[PERIOD_TEXT];

	if (*k->days.from == '\0') {
		kept_say(k, xasprintf(_("%s sigue abierto: el plazo corre "
		    "desde que termine."), k->h->row.folio));
		return;
	}
	if (k->index > 0)
		kept_say(k, xasprintf(_("El renglón se conserva hasta el %s "
		    "(registro %s de %s)."), k->days.until, rec->number,
		    k->h->row.procedure));
	else
		kept_say(k, xasprintf(_("Se conserva %s desde el %s, hasta el "
		    "%s (inventario de registros de %s, número %s)."),
		    doc_period(rec->retention != NULL ? rec->retention :
			"P1Y", period), k->days.from, k->days.until,
		    k->h->row.procedure, rec->number));
	if (*retention_said(k->made, "keep", "at") != '\0')
		kept_say(k, xasprintf(_("%s pidió conservarlo más tiempo: %s"),
		    core_person_name(k->q->c, retention_said(k->made, "keep",
			"by")), retention_said(k->made, "keep", "why")));
}

/* What was decided, in order. */
static void
why_moved(struct kept *k)
{
	static const struct {
		const char *act, *say;
	} acts[] = {
		{ "transfer", N_("Propuso transferirlo:") },
		{ "dispose", N_("Propuso darlo de baja:") },
		{ "decline", N_("No lo aprobó:") },
		{ "approve", N_("Lo aprobó:") },
		{ "receive", N_("Lo recibió:") },
	};
	const char *why;
	size_t i;

	for (i = 0; i < ARRAY_LEN(acts); i++) {
		if (*retention_said(k->made, acts[i].act, "at") == '\0')
			continue;
		why = retention_said(k->made, acts[i].act, "why");
		kept_say(k, xasprintf("%s %s, %.10s%s%s.", _(acts[i].say),
		    core_person_name(k->q->c, retention_said(k->made, acts[i].act,
			"by")), retention_said(k->made, acts[i].act, "at"),
		    *why != '\0' ? ": " : "", why));
	}
}

/* Why it may go, or who is waited for. */
static void
why_next(struct kept *k, bool due)
{
	const struct record *rec = k->made->record;
	bool transfer = retention_is_transfer(rec, k->w.institution);

	if (k->state == RETAINED_PROPOSED)
		kept_say(k, xstrdup(_("Espera la aprobación de quien dirige la "
		    "unidad.")));
	else if (k->state == RETAINED_APPROVED)
		kept_say(k, xstrdup(_("Espera que el archivo lo reciba.")));
	else if (k->state != RETAINED_KEPT || !due)
		return;
	else if (k->index > 0)
		kept_say(k, xstrdup(_("Su plazo terminó: puede darse de "
		    "baja.")));
	else if (transfer)
		kept_say(k, xasprintf(_("Su plazo terminó: puede transferirse "
		    "a %s; lo propone %s y lo aprueba otra persona."),
		    rec->disposition, core_role_title(k->q->c,
			rec->keeper)));
	else
		kept_say(k, xasprintf(_("Su plazo terminó y su destino final "
		    "es %s: puede proponer su baja %s, y la aprueba otra "
		    "persona."), rec->disposition != NULL ? rec->disposition :
		    _("la unidad"), core_role_title(k->q->c, rec->keeper)));
}

/* What whoever asks may do with it now. */
static json_t *
kept_can(struct kept *k, bool due)
{
	const struct record *rec = k->made->record;
	json_t *can = json_array();
	struct why why;
	unsigned act, i;

	if (k->index > 0) {
		for (i = 0; due && i < rec->disposers_count; i++)
			if (access_has_role(k->q, rec->disposers[i],
			    k->h->row.office)) {
				json_array_append_new(can, json_string("row"));
				break;
			}
		return can;
	}
	for (act = 0; act < RETAIN_ACTS; act++)
		if (retention_may(k->h->ca, k->made, act, &k->q->actor, &k->w,
		    NULL, &why) == 0)
			json_array_append_new(can, json_string(
			    retain_act_name(act)));
	return can;
}

/* The files of the step that made it: the current one of each name. */
static json_t *
kept_evidence(const struct kept *k)
{
	json_t *list = json_array(), *all = doc_attachments(k->q->c, k->h->ca), *file;
	const char *step;
	size_t i;

	json_array_foreach(all, i, file) {
		step = json_string_value(json_object_get(file, "step"));
		if (step != NULL && strcmp(step, k->made->st->number) == 0 &&
		    doc_int(file, "row") == k->made->row &&
		    !json_is_false(json_object_get(file, "current")))
			json_array_append(list, file);
	}
	json_decref(all);
	return list;
}

json_t *
doc_retained(struct req *q, struct held *h, const struct produced *made,
    int index)
{
	struct kept k = { .q = q, .h = h, .made = made, .index = index,
		.why = json_array(), .state = retention_state(h->ca, made) };
	const struct record *rec = made->record;
	char today[11], time[9], ref[40];
	bool due;
	json_t *o;

	core_world(q->c, h->row.office, &k.w);
	retention_days(h->ca, made, k.w.zone, &k.days);
	if (index > 0)
		(void)retention_row_until(h->ca, made, index, &k.w,
		    k.days.until);
	calendar_local(k.w.zone, q->now, today, time);
	due = *k.days.until != '\0' && strcmp(today, k.days.until) > 0;
	why_kept(&k);
	why_moved(&k);
	why_next(&k, due);
	(void)snprintf(ref, sizeof ref, "%.20s.%d", rec->number, made->serial);
	o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:o, s:s, s:s,"
	    " s:s?, s:s?, s:s?, s:b, s:s, s:s, s:b, s:s, s:o, s:o, s:o}",
	    "folio", h->row.folio, "office", h->row.office, "procedure",
	    h->row.procedure, "record", rec->name, "number", rec->number,
	    "ref", ref, "serial", made->serial, "step", made->st->number,
	    "at", json_when(made->at), "keeper", rec->keeper, "keeper_title",
	    core_role_title(q->c, rec->keeper), "medium", rec->medium,
	    "place", rec->place, "disposition", rec->disposition, "transfer",
	    retention_is_transfer(rec, k.w.institution), "from", k.days.from,
	    "until", k.days.until, "due", due, "state",
	    retained_name(k.state), "evidence", kept_evidence(&k), "why",
	    k.why, "can", kept_can(&k, due));
	assert(o != NULL);
	if (index > 0)
		json_object_set_new(o, "row", json_integer(index));
	json_object_set_new(o, "subject", json_text(h->row.title));
	return o;
}
