/* SPDX-License-Identifier: ISC */
/*
 * decide_do.c - a case is opened, a step is answered, a step is answered
 * again.  All three put together an answer, record it and follow its arms.
 */
#include "calendar.h"
#include "decide.h"

#include "../../proto/hash.h"

/* ---- opening ---- */

static char *priorities[] = { (char[]){ "normal" }, (char[]){ "urgente" } };

// clang-format off
#define ROW(name, title, kind) \
	.id = (char[]){ name }, .label = (char[]){ title }, .type = kind

static const struct field header[] = {
	{ ROW("title", "Título", FIELD_TEXT) },
	{ ROW("requesting_area", "Área solicitante", FIELD_AREA) },
	{ ROW("due_on", "Fecha compromiso", FIELD_DATE) },
	{ ROW("priority", "Prioridad", FIELD_CHOICE),
	  .choices = priorities, .choices_count = ARRAY_LEN(priorities) },
	{ ROW("links", "Casos ligados", FIELD_MULTI) },
	{ ROW("day", "Día", FIELD_DATE) },
};
#undef ROW
// clang-format on

const struct field *
engine_header(unsigned *n)
{
	*n = ARRAY_LEN(header);
	return header;
}

static const struct field *
fields_find(const struct field *f, size_t n, const char *id)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(f[i].id, id) == 0)
			return &f[i];
	return NULL;
}

/* Header values out of what was given; the rest is for the start's fields. */
static int
header_take(struct decision *d, const struct start *start, json_t *head,
    json_t *rest)
{
	const struct field *f;
	const char *key;
	json_t *v;
	int r;

	json_object_foreach(d->cmd->values, key, v) {
		f = fields_find(header, ARRAY_LEN(header), key);
		if (f == NULL || fields_find(start->fields,
		    start->fields_count, key) != NULL) {
			json_object_set(rest, key, v);
			continue;
		}
		if ((r = value_check(f, v, d->why)) < 0)
			return r;
		if (!value_is_blank(v))
			json_object_set_new(head, key, json_deep_copy(v));
	}
	return 0;
}

/* Text that an expression gives, or NULL.  Given. */
static char *
text_compute(const char *expr, const struct scope *sc)
{
	json_t *v;
	char *text = NULL;

	if (expr == NULL)
		return NULL;
	v = rule_eval(expr, sc);
	if (json_is_string(v) && !value_is_blank(v))
		text = xstrdup(json_string_value(v));
	json_decref(v);
	return text;
}

/* What was typed under that key; else what the expression gives. Given. */
static char *
header_text(const json_t *head, const char *key, const char *expr,
    const struct scope *sc)
{
	const char *typed = json_string_value(json_object_get(head, key));

	return typed != NULL ? xstrdup(typed) : text_compute(expr, sc);
}

static void
emit_opened(struct decision *d, const struct start *start,
    const struct draft *a, const json_t *head, const char *day)
{
	struct scope sc = draft_scope(a, d);
	char *title = header_text(head, "title", start->subject, &sc);
	char *priority = header_text(head, "priority", start->priority, &sc);
	json_t *opening = json_copy((json_t *)head), *body;

	json_object_update(opening, a->values);
	body = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:o}", "type",
	    "case.opened", "folio", d->cmd->folio, "procedure", d->p->code,
	    "revision", d->p->revision, "start", start->id, "title",
	    title != NULL ? title : d->p->title, "office", d->cmd->office,
	    "priority", priority != NULL ? priority : "normal", "header",
	    opening);
	if (day != NULL)
		json_object_set_new(body, "day", json_string(day));
	if (json_object_size(a->taken) > 0)
		json_object_set(body, "counters", a->taken);
	decision_emit(d, body);
	free(title);
	free(priority);
}

/* Header, fields and the day, as one draft; then the first steps. */
static int
start_run(struct decision *d, const struct start *start, const json_t *head,
    const json_t *rest, const char *day)
{
	json_t *sight = json_copy((json_t *)head);
	struct draft a;
	struct arms arms;
	struct scope sc;
	int r;

	if (day != NULL)
		json_object_set_new(sight, "day", json_string(day));
	draft_init(&a, NULL, start->fields, start->fields_count, rest, sight,
	    head);
	if ((r = draft_complete(&a, d)) < 0)
		goto out;
	sc = draft_scope(&a, d);
	arms_pick(&arms, start->next, start->next_count, ARMS_ALL, &sc);
	if (arms.count == 0) {
		r = why_set(d->why, ERR_REFUSED, "Con lo que escribió, «%s» "
		    "no abre ningún paso: revise los datos.", start->title);
		goto out;
	}
	emit_opened(d, start, &a, head, day);
	flow_follow(d, NULL, 0, &arms, a.values);
out:
	draft_clear(&a);
	return r;
}

int
decide_start(struct decision *d)
{
	const struct command *cmd = d->cmd;
	const struct start *start;
	json_t *head, *rest;
	char today[11], time[9];
	const char *day = cmd->day;
	int r;

	start = procedure_find_start(d->p, cmd->step);
	if (start == NULL)
		return why_set(d->why, ERR_NOT_FOUND, "%s no tiene un inicio "
		    "«%.30s».", d->p->code, cmd->step);
	d->grant = grant_find_any(cmd->office, start->roles,
	    start->roles_count, d->who);
	if (d->grant == NULL)
		return start_refuse(start, d->w->institution, d->why);
	calendar_local(d->w->zone, d->w->now, today, time);
	head = json_object();
	rest = json_object();
	r = header_take(d, start, head, rest);
	if (day == NULL)
		day = json_string_value(json_object_get(head, "day"));
	if (day == NULL && start->rrule != NULL)
		day = today;
	if (r == 0)
		r = start_run(d, start, head, rest, day);
	json_decref(head);
	json_decref(rest);
	return r;
}

/* ---- answering ---- */

/* The remark of a return: mandatory, and kept in its field when it has one. */
static int
answer_take_remark(const struct draft *a, const struct decision *d,
    const struct arm *arm, const char **remark)
{
	const char *id = arm->needs != NULL ? arm->needs
	    : a->st->approval != NULL ? a->st->approval->remarks : "remarks";

	*remark = json_string_value(json_object_get(a->values, id));
	if (*remark == NULL || **remark == '\0')
		*remark = d->cmd->remark;
	if (*remark == NULL || **remark == '\0')
		return why_set(d->why, ERR_REFUSED, "Falta la observación: "
		    "para regresarlo diga qué hay que corregir.");
	return 0;
}

static const char *
answer_outcome(const struct draft *a, const struct arms *arms)
{
	unsigned i;

	for (i = 0; i < arms->count; i++)
		if (arms->v[i]->returns)
			return "returned";
	return a->st->approval != NULL ? "approved" : "done";
}

/* Nobody typed a title and now the case can say its subject. */
static void
body_put_title(json_t *body, const struct draft *a, const struct decision *d)
{
	const struct start *start = procedure_find_start(d->p, d->ca->start);
	struct scope sc = draft_scope(a, d);
	char *title;

	if (start == NULL || json_object_get(d->ca->header, "title") != NULL ||
	    doc_int(body, "row") != 0)
		return;
	title = text_compute(start->subject, &sc);
	if (title != NULL && (d->ca->title == NULL ||
	    strcmp(title, d->ca->title) != 0))
		json_object_set_new(body, "title", json_string(title));
	free(title);
}

void
record_emit(struct decision *d, const struct step *st, int row,
    const char *number)
{
	const struct kase *ca = d->ca;
	int serial = 1;
	size_t i;

	for (i = 0; i < ca->records_count; i++)
		serial += strcmp(ca->records[i].record->number, number) == 0;
	decision_emit(d, json_pack("{s:s,s:s,s:i,s:s,s:i}", "type",
	    "record.made", "step", st->number, "row", row, "record", number,
	    "serial", serial));
}

static void
emit_records(struct decision *d, const struct step *st, int row)
{
	unsigned i;

	for (i = 0; i < st->records_count; i++)
		record_emit(d, st, row, st->records[i]);
}

/* The event of the answer itself, its records, and what it causes. */
static int
answer_emit(struct decision *d, const struct draft *a, int row,
    const char *type)
{
	struct scope sc = draft_scope(a, d);
	const char *remark = d->cmd->remark, *outcome;
	struct arms arms;
	json_t *body;
	char *to;
	int r;

	arms_pick(&arms, a->st->next, a->st->next_count,
	    a->st->fork ? ARMS_ALL : ARMS_FIRST, &sc);
	if (arms.count == 0)
		return why_set(d->why, ERR_REFUSED, "El procedimiento no dice "
		    "a dónde lleva esta respuesta del paso %s: avise a quien "
		    "administra el manual.", a->st->number);
	outcome = answer_outcome(a, &arms);
	if (strcmp(outcome, "returned") == 0 &&
	    (r = answer_take_remark(a, d, arms.v[0], &remark)) < 0)
		return r;
	to = arms_to(&arms);
	body = json_pack("{s:s,s:s,s:i,s:O,s:s,s:b}", "type", type, "step",
	    a->st->number, "row", row, "values", a->values, "to", to, "jump",
	    arms_jump(&arms));
	free(to);
	if (strcmp(type, "step.done") == 0)
		json_object_set_new(body, "outcome", json_string(outcome));
	if (remark != NULL && *remark != '\0')
		json_object_set_new(body, "remark", json_string(remark));
	if (json_object_size(a->taken) > 0)
		json_object_set(body, "counters", a->taken);
	if (json_array_size(d->cmd->typed) > 0)
		json_object_set(body, "typed", d->cmd->typed);
	body_put_title(body, a, d);
	decision_emit(d, body);
	if (strcmp(outcome, "returned") != 0)
		emit_records(d, a->st, row);
	if (strcmp(outcome, "returned") != 0 && strcmp(type, "step.done") == 0)
		effects_emit(d, a, row);
	flow_follow(d, a->st, row, &arms, a->values);
	return 0;
}

static int
answer_run(struct decision *d, const struct step *st, int row,
    const char *type)
{
	struct draft a;
	int r;

	draft_init(&a, st, st->fields, st->fields_count, d->cmd->values,
	    kase_values(d->ca, row), d->ca->header);
	a.row = row;
	if ((r = draft_complete(&a, d)) == 0 && (r = draft_check(&a, d)) == 0)
		r = answer_emit(d, &a, row, type);
	draft_clear(&a);
	return r;
}

/* What the decider saw is still what is there. */
static int
decision_same(const struct decision *d, const struct token *t)
{
	char content[HASH_TEXT];

	kase_content(d->ca, t, content);
	if ((d->cmd->revision == -1 || d->cmd->revision == t->n) &&
	    (d->cmd->content == NULL ||
	    strcmp(d->cmd->content, content) == 0))
		return 0;
	return why_set(d->why, ERR_STALE, "El paso %s cambió mientras usted lo "
	    "veía: vuelva a abrirlo y mírelo antes de responder.",
	    t->st->number);
}

int
decide_do(struct decision *d)
{
	const struct token *t;
	int r;

	if ((r = decision_token(d, &t)) < 0 ||
	    (r = engine_may(d->ca, t, d->who, d->w, d->why)) < 0 ||
	    (r = decision_same(d, t)) < 0)
		return r;
	d->grant = grant_find(d->ca, t, d->who);
	return answer_run(d, t->st, t->row, "step.done");
}

/* ---- answering again ---- */

static const struct done *
redo_find_late(const struct kase *ca, const struct redo *redo)
{
	const struct done *d;
	unsigned i;

	for (i = 0; i < redo->until_count; i++)
		if ((d = kase_last_answer(ca, redo->until[i], 0)) != NULL)
			return d;
	return NULL;
}

/* By which right; *reason: it must be said why. */
static int
redo_find(const struct kase *ca, const struct step *st,
    const struct actor *who, const struct grant **grant, bool *reason,
    struct why *why)
{
	const struct redo *redo = st->redo;
	const struct done *late;

	if (redo == NULL)
		return why_set(why, ERR_REFUSED, "El paso %s no se responde "
		    "de nuevo: lo hecho se corrige con un regreso.",
		    st->number);
	if (kase_last_answer(ca, st->number, 0) == NULL)
		return why_set(why, ERR_REFUSED, "El paso %s todavía no se "
		    "responde.", st->number);
	late = redo_find_late(ca, redo);
	*grant = late == NULL ? grant_find_any(ca->office, redo->roles,
	    redo->roles_count, who) : NULL;
	*reason = *grant == NULL;
	if (*grant == NULL)
		*grant = grant_find_any(ca->office, redo->later,
		    redo->later_count, who);
	if (*grant == NULL && late != NULL)
		return why_set(why, ERR_REFUSED, "El paso %s ya no puede "
		    "responderse de nuevo con su cargo: el paso %s está "
		    "hecho.", st->number, late->st->number);
	if (*grant == NULL)
		return why_set(why, ERR_REFUSED, "Su cargo no puede "
		    "responder de nuevo el paso %s.", st->number);
	return 0;
}

int
engine_may_redo(const struct kase *ca, const struct step *st,
    const struct actor *who, bool *reason, struct why *why)
{
	const struct grant *grant;

	return redo_find(ca, st, who, &grant, reason, why);
}

int
decide_redo(struct decision *d)
{
	const char *remark = d->cmd->remark;
	const struct step *st;
	bool reason;
	int r;

	st = d->cmd->step != NULL ? procedure_find_step(d->p, d->cmd->step)
	    : NULL;
	if (st == NULL || st->kind == STEP_HEADING)
		return why_set(d->why, ERR_NOT_FOUND, "%s no tiene un paso "
		    "«%.30s».", d->p->code,
		    d->cmd->step != NULL ? d->cmd->step : "");
	if ((r = redo_find(d->ca, st, d->who, &d->grant, &reason, d->why)) < 0)
		return r;
	if (reason && (remark == NULL || *remark == '\0'))
		return why_set(d->why, ERR_REFUSED, "Falta el motivo: diga por "
		    "qué se responde de nuevo el paso %s.", st->number);
	return answer_run(d, st, 0, "step.redone");
}
