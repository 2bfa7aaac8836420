/* SPDX-License-Identifier: ISC */
/*
 * doc_case.c - CASE: the expediente as the manual's own table, and the line of
 * Spanish that each event of the history reads as.
 */
#include <assert.h>

#include "../../proto/i18n.h"
#include "facts.h"
#include "req.h"

enum { CASE_ROOM = 262144 };	/* bytes of what is attached to a case */

static json_t *
case_records_of(const struct step *st)
{
	json_t *a = json_array();
	unsigned i;

	for (i = 0; i < st->records_count; i++)
		json_array_append_new(a, json_string(st->records[i]));
	return a;
}

static json_t *
case_values(struct req *q, const struct done *d, const char *zone)
{
	json_t *list = json_array();
	const struct field *f;
	const json_t *v;
	unsigned i;

	for (i = 0; d != NULL && i < d->st->fields_count; i++) {
		f = &d->st->fields[i];
		v = json_object_get(d->values, f->id);
		if (v == NULL || value_is_blank(v))
			continue;
		json_array_append_new(list, json_pack("{s:s, s:s}", "label",
		    f->label, "text",
		    req_text(q, value_text(f, v, zone))));
	}
	return list;
}

static int
case_times(const struct kase *ca, const struct step *st)
{
	size_t i;
	int n = 0;

	for (i = 0; i < ca->dones_count; i++)
		n += ca->dones[i].st == st;
	return n;
}

static const struct done *
case_last(const struct kase *ca, const struct step *st)
{
	size_t i;

	for (i = ca->dones_count; i-- > 0;)
		if (ca->dones[i].st == st)
			return &ca->dones[i];
	return NULL;
}

static bool
case_is_here(const struct kase *ca, const struct step *st)
{
	size_t i;

	for (i = 0; i < ca->tokens_count; i++)
		if (ca->state == CASE_OPEN && ca->tokens[i].st == st)
			return true;
	return false;
}

/* Of a decision: whether it is signed, and with which key. */
static void
case_assurance(const struct kase *ca, const struct done *d, json_t *o)
{
	const char *assurance;
	const json_t *sig = sign_of(ca, d, &assurance);

	if (assurance == NULL)
		return;
	json_object_set_new(o, "assurance", json_string(assurance));
	json_object_set(o, "key", sig != NULL ? json_object_get(sig, "key") :
	    json_null());
}

/* Steps whose answers are set aside when this one is given again. */
static json_t *
case_sets_aside(const struct kase *ca, const struct done *d)
{
	json_t *list = json_array(), *seen = json_object();
	const char *number;
	size_t i;

	for (i = 0; i < ca->dones_count; i++) {
		number = ca->dones[i].st->number;
		if (ca->dones[i].n > d->n && json_object_get(seen, number) ==
		    NULL && strcmp(ca->dones[i].outcome, "skipped") != 0) {
			json_array_append_new(list, json_string(number));
			json_object_set_new(seen, number, json_true());
		}
	}
	json_decref(seen);
	return list;
}

/* What the asker needs to answer a done step again; null when he may not. */
static json_t *
case_redo(struct req *q, const struct held *h, const struct done *d,
    const struct world *w)
{
	struct scope scope = { h->ca, h->ca->values, w, NULL };
	json_t *fields;
	const struct step *st;
	struct why why;
	unsigned i;
	bool reason;

	if (d == NULL || h->ca->state != CASE_OPEN || d->st->redo == NULL ||
	    engine_may_redo(h->ca, d->st, &q->actor, &reason, &why) < 0)
		return json_null();
	st = d->st;
	fields = json_array();
	for (i = 0; i < st->fields_count; i++)
		json_array_append_new(fields, doc_field(q, &st->fields[i],
		    &scope, json_object_get(d->values, st->fields[i].id),
		    NULL));
	return json_pack("{s:o, s:b, s:o}", "fields", fields, "reason",
	    reason, "sets_aside", case_sets_aside(h->ca, d));
}

/* As the manual's conventions name it (G10); the events keep their own word. */
static const char *
outcome_word(const char *outcome)
{
	return strcmp(outcome, "skipped") == 0 ? "no_aplica" : outcome;
}

static json_t *
case_step(struct req *q, const struct held *h, const struct step *st,
    const struct world *w)
{
	const struct done *d = case_last(h->ca, st);
	const char *const *roles, *state;
	unsigned n;
	json_t *o;

	roles = step_roles(st, &n);
	state = st->kind == STEP_HEADING ? "heading" :
	    case_is_here(h->ca, st) ? "here" : d == NULL ? "todo" :
	    strcmp(d->outcome, "skipped") == 0 ? "skipped" : "done";
	o = json_pack("{s:s, s:s, s:s?, s:s?, s:s?, s:s, s:s, s:i, s:o, s:o}",
	    "number", st->number, "kind", step_kind_name(st->kind), "section",
	    st->section != NULL ? st->section->title : NULL, "role",
	    n > 0 ? roles[0] : NULL, "role_title",
	    n > 0 ? core_role_title(q->c, roles[0]) : NULL, "title",
	    st->instruction != NULL ? st->instruction : st->title, "state",
	    state, "times", case_times(h->ca, st), "records",
	    case_records_of(st), "values", case_values(q, d, w->zone));
	assert(o != NULL);
	json_object_set_new(o, "role_brief",
	    json_text(core_role_brief(q->c, n > 0 ? roles[0] : NULL)));
	json_object_set_new(o, "redo", case_redo(q, h, d, w));
	if (d != NULL) {
		json_object_set_new(o, "at", json_when(d->at));
		json_object_set_new(o, "by", json_text(d->actor));
		json_object_set_new(o, "by_name", json_text(
		    core_person_name(q->c, d->actor)));
		json_object_set_new(o, "on_behalf_of",
		    json_text(d->on_behalf_of));
		json_object_set_new(o, "behalf_name", json_text(
		    d->on_behalf_of == NULL ? NULL :
		    core_person_name(q->c, d->on_behalf_of)));
		json_object_set_new(o, "grant", d->grant == 0 ? json_null() :
		    json_integer(d->grant));
		json_object_set_new(o, "outcome",
		    json_string(outcome_word(d->outcome)));
		json_object_set_new(o, "to", json_text(d->to));
		json_object_set_new(o, "jump", json_boolean(d->jump));
		json_object_set_new(o, "reason", json_text(d->reason));
		case_assurance(h->ca, d, o);
	}
	return o;
}

static json_t *
case_open(struct req *q, const struct held *h)
{
	json_t *list = doc_open(h), *o;
	const struct token *t;
	size_t i;

	json_array_foreach(list, i, o) {
		t = &h->ca->tokens[i];
		json_object_set_new(o, "title", json_string(
		    t->st->instruction != NULL ? t->st->instruction :
						 t->st->title));
		json_object_set_new(o, "role_title", json_text(core_role_title(
		    q->c, json_string_value(json_object_get(o, "role")))));
		json_object_set_new(o, "assignee", json_text(t->assignee));
		json_object_set_new(o, "due", json_when(t->due));
	}
	return list;
}

/* An inventory number as a number; a working register's as text. */
static json_t *
case_record_number(const char *number)
{
	char *end;
	long n = strtol(number, &end, 10);

	return *end == '\0' ? json_integer(n) : json_string(number);
}

static json_t *
case_records(const struct kase *ca)
{
	json_t *list = json_array();
	const struct produced *p;
	size_t i;

	for (i = 0; i < ca->records_count; i++) {
		p = &ca->records[i];
		json_array_append_new(list, json_pack(
		    "{s:s, s:o, s:s, s:i, s:i, s:o, s:s?}", "record",
		    p->record->name, "number",
		    case_record_number(p->record->number), "step",
		    p->st->number, "row", p->row, "serial", p->serial, "at",
		    json_when(p->at), "keeper", p->record->keeper));
	}
	return list;
}

static json_t *
case_rows(const struct kase *ca)
{
	json_t *list = json_array(), *v;
	const char *key, *title;
	size_t i;

	for (i = 0; i < ca->rows_count; i++) {
		title = "";
		json_object_foreach(ca->rows[i].data, key, v)
			if (*title == '\0' || strcmp(key, "summary") == 0)
				title = json_is_string(v) ?
				    json_string_value(v) : title;
		json_array_append_new(list, json_pack("{s:i, s:s, s:b}",
		    "row", ca->rows[i].id, "title", title, "open",
		    ca->rows[i].open));
	}
	return list;
}

static const char *
case_state(const struct kase *ca)
{
	return ca->state == CASE_OPEN ? "open" :
	    ca->state == CASE_CLOSED ? "closed" : "cancelled";
}

json_t *
doc_case(struct req *q, struct held *h)
{
	const struct kase *ca = h->ca;
	json_t *steps = json_array(), *o;
	struct world w;
	unsigned i;

	core_world(q->c, h->row.office, &w);
	for (i = 0; i < ca->p->steps_count; i++)
		json_array_append_new(steps,
		    case_step(q, h, &ca->p->steps[i], &w));
	o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:o, "
		      "s:o, s:i, s:s?, s:s?, s:o, s:O, s:O, s:o, s:o, s:o, "
		      "s:o, s:b, s:I}",
	    "folio", h->row.folio, "procedure", ca->p->code, "revision",
	    ca->p->revision, "brief", ca->p->brief, "title", h->row.title,
	    "state", case_state(ca), "office", h->row.office, "priority",
	    h->row.priority, "opened_by", ca->opened_by, "opened_at",
	    json_when(ca->opened), "closed_at", json_when(ca->closed),
	    "rounds", ca->rounds, "end", ca->end, "reason", ca->reason,
	    "open", case_open(q, h), "fields", ca->values, "header",
	    ca->header, "steps", steps, "rows", case_rows(ca), "records",
	    case_records(ca), "attachments", doc_attachments(q->c, ca),
	    "can_cancel",
	    ca->state == CASE_OPEN && access_has_role(q, "head_of_unit", h->row.office),
	    "events", (json_int_t)ca->n);
	assert(o != NULL);
	json_object_set_new(o, "effects", doc_effects(q, h));
	portion_newest(o, "attachments", CASE_ROOM);
	facts_add(q, h, json_object_get(o, "attachments"), false);
	return o;
}

/* ---- history ---- */

/* "2.2", or "2.2#3" of a sub-case. */
static const char *
case_ref(const json_t *d, char out[40])
{
	int row = (int)doc_int(d, "row");

	(void)snprintf(out, 40, row > 0 ? "%.12s#%d" : "%.12s",
	    doc_text(d, "step"), row);
	return out;
}

/* What an event names; a step is named with its sub-case. */
static const char *
case_named(const json_t *d, const char *key, char out[40])
{
	if (key == NULL)
		return "";
	if (strcmp(key, "step") == 0)
		return case_ref(d, out);
	if (strcmp(key, "row") != 0)
		return doc_text(d, key);
	(void)snprintf(out, 40, "%d", (int)doc_int(d, key));
	return out;
}

static const struct {
	const char *type, *before, *key, *after;
} event_rows[] = {
	{ "case.opened", N_("Abre el expediente: "), "title", "" },
	{ "step.opened", N_("Se abre el paso "), "step", "" },
	{ "row.opened", N_("Se abre el asunto "), "row", "" },
	{ "row.closed", N_("Se cierra el asunto "), "row", "" },
	{ "step.claimed", N_("Tarea para "), "assignee", "" },
	{ "step.redone", N_("Contesta otra vez el paso "), "step", "" },
	{ "record.made", N_("Deja el registro "), "record", "" },
	{ "record.disposed", N_("Da de baja una fila del registro "), "record",
	  "" },
	{ "record.retained", N_("Decide sobre la conservación del registro "),
	  "record", "" },
	{ "case.commented", N_("Comenta: "), "remark", "" },
	{ "file.attached", N_("Adjunta el archivo "), "name", "" },
	{ "file.detached", N_("Quita el archivo "), "name", "" },
	{ "step.warned", N_("Se acerca el plazo del paso "), "step", "" },
	{ "step.moved", N_("Otro calendario mueve el plazo del paso "), "step",
	  "" },
	{ "step.overdue", N_("Vence el plazo del paso "), "step", "" },
	{ "case.closed", N_("Termina el expediente en el paso "), "step", "" },
	{ "case.cancelled", N_("Cancela: "), "remark", "" },
	{ "decision.undone", N_("Deshace su última decisión"), NULL, "" },
};

static char *
event_done_text(const json_t *d)
{
	const char *outcome = doc_text(d, "outcome"),
		   *verb = strcmp(outcome, "approved") == 0 ? _("Aprueba") :
		   strcmp(outcome, "returned") == 0 ? _("Devuelve") :
		   _("Termina"),
		   *remark = doc_text(d, "remark"), *to = doc_text(d, "to"),
		   *sure = doc_text(d, "assurance");
	char ref[40];

	return xasprintf(_("%s el paso %s%s%s%s%s%s%s"), verb, case_ref(d, ref),
	    strcmp(sure, "F") == 0 ? _(" con su firma") :
	    strcmp(sure, "S") == 0 ? _(" sin firma") : "",
	    *to != '\0' ? doc_is(d, "jump") ? _(", salto a ") : " -> " :
			  "",
	    strcmp(to, "end") == 0 ? _("fin") : to,
	    *remark != '\0' ? ": «" : "", remark, *remark != '\0' ? "»" : "");
}

static char *
event_escalated_text(struct req *q, const json_t *d)
{
	int times = (int)doc_int(d, "times");
	json_t *role;
	struct buf b;
	char ref[40], *out;
	size_t i;

	buf_init(&b, TEXT_MAX);
	json_array_foreach(json_object_get(d, "to"), i, role)
		(void)buf_addf(&b, "%s%s", i > 0 ? ", " : "",
		    core_role_title(q->c, json_string_value(role)));
	out = xasprintf(times > 1 ?
	    _("El paso %s sigue en espera: avisa otra vez (%d) a %s") :
	    _("El paso %s sigue en espera: avisa (%d) a %s"),
	    case_ref(d, ref), times, buf_str(&b));
	buf_clear(&b);
	return out;
}

char *
doc_event_text(struct req *q, const struct kase *ca, const json_t *d)
{
	const char *type = doc_text(d, "type");
	char name[40];
	size_t i;

	if (strcmp(type, "effect.asked") == 0)
		return doc_effect_asked(d);
	if (strcmp(type, "effect.ended") == 0)
		return doc_effect_ended(ca, d);
	if (strcmp(type, "step.escalated") == 0)
		return event_escalated_text(q, d);
	if (strcmp(type, "step.done") == 0)
		return event_done_text(d);
	if (strcmp(type, "step.skipped") == 0)
		return xasprintf(_("El paso %s no aplica: %s"),
		    case_ref(d, name), doc_text(d, "reason"));
	if (strcmp(type, "step.claimed") == 0 &&
	    *doc_text(d, "assignee") == '\0')
		return xasprintf(_("Suelta el paso %s"), case_ref(d, name));
	for (i = 0; i < ARRAY_LEN(event_rows); i++)
		if (strcmp(event_rows[i].type, type) == 0)
			return xasprintf("%s%s%s", _(event_rows[i].before),
			    case_named(d, event_rows[i].key, name),
			    event_rows[i].after);
	return xstrdup(type);
}
