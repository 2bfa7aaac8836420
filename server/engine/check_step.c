/* SPDX-License-Identifier: ISC */
/* check_step.c - each step by itself: what its kind needs and whom it names. */
#include "check.h"
#include "../../proto/text.h"

enum { DO_CELLS = 78 };

/* A sentence for one line of a screen; NULL fails too. */
static void
check_line(struct checker *ck, const struct step *st, const char *key,
    const char *text)
{
	int cells;

	if (text == NULL) {
		check_fault(ck, step_spot(st, NULL, -1), "falta «%s»", key);
		return;
	}
	cells = text_width(text);
	if (strchr(text, '\n') != NULL)
		check_fault(ck, step_spot(st, key, -1),
		    "«%s» debe caber en una línea", key);
	else if (cells > DO_CELLS)
		check_fault(ck, step_spot(st, key, -1),
		    "«%s» mide %d celdas y caben %d", key, cells, DO_CELLS);
}

static void
check_heading(struct checker *ck, const struct step *st)
{
	if (st->title == NULL)
		check_fault(ck, step_spot(st, NULL, -1), "falta «title»");
	if (st->roles_count > 0 || st->fields_count > 0 ||
	    st->next_count > 0 || st->checks_count > 0 ||
	    st->records_count > 0 || st->instruction != NULL ||
	    st->approval != NULL || st->effects_count > 0)
		check_fault(ck, step_spot(st, NULL, -1), "es un encabezado: "
		    "solo lleva «title» y «note»");
}

static void
check_step_roles(struct checker *ck, const struct step *st)
{
	unsigned n;

	check_roles(ck, step_spot(st, "roles", -1), st->roles, st->roles_count);
	(void)step_roles(st, &n);
	if (n == 0)
		check_fault(ck, step_spot(st, NULL, -1), "no tiene roles y no "
		    "hay un paso arriba de quien heredarlos");
	if (st->redo == NULL)
		return;
	check_roles(ck, step_spot(st, "redo", -1), st->redo->roles,
	    st->redo->roles_count);
	check_roles(ck, step_spot(st, "redo", -1), st->redo->later,
	    st->redo->later_count);
	check_step_names(ck, step_spot(st, "redo", -1), "«until»",
	    st->redo->until, st->redo->until_count);
}

static void
check_step_records(struct checker *ck, const struct step *st)
{
	unsigned i;

	for (i = 0; i < st->records_count; i++) {
		if (procedure_find_record(ck->p, st->records[i]) == NULL)
			check_fault(ck, step_spot(st, "records", -1),
			    "el registro «%s» no está en el inventario",
			    st->records[i]);
		if (text_is_among(st->records[i], st->records, i))
			check_fault(ck, step_spot(st, "records", -1),
			    "el registro «%s» está repetido", st->records[i]);
	}
}

static void
check_step_join(struct checker *ck, const struct step *st)
{
	check_step_names(ck, step_spot(st, "join", -1), "«join»", st->join,
	    st->join_count);
	if (text_is_among(st->number, st->join, st->join_count))
		check_fault(ck, step_spot(st, "join", -1),
		    "«join» se nombra a sí mismo: nunca se abriría");
}

/* A file, a verdict on each file…, that some step asks for. */
static void
check_effect_field(struct checker *ck, struct spot at, const char *key,
    const char *id, enum field_type type)
{
	const struct field *f;

	f = id != NULL ? checker_next_field(ck, id, NULL) : NULL;
	if (id != NULL && (f == NULL || f->type != type))
		check_fault(ck, at, "«%s» nombra «%s», que no es un campo de "
		    "tipo %s", key, id, field_type_name(type));
}

/* What only a mail has, and what it needs. */
static void
check_mail(struct checker *ck, struct spot at, const struct effect *e)
{
	if ((e->kind == EFFECT_MAIL) != (e->list != NULL))
		check_fault(ck, at, "«list» es de «send_mail», y lo necesita");
	else if (e->list != NULL && !text_is_identifier(e->list))
		check_fault(ck, at, "«list» es un nombre de minúsculas, cifras "
		    "y «_»");
	if (e->record != NULL && (e->kind != EFFECT_MAIL ||
	    procedure_find_record(ck->p, e->record) == NULL))
		check_fault(ck, at, "«record» nombra «%s»: lleva un registro "
		    "del inventario, y es de «send_mail»", e->record);
}

static void
check_verify(struct checker *ck, struct spot at, const struct effect *e,
    const struct step *st)
{
	if (e->kind != EFFECT_VERIFY)
		return;
	if (e->url == NULL)
		check_fault(ck, at, "«verify» necesita «url»");
	if (step_find_waiting(st) != e)
		check_fault(ck, at, "«verify» está repetido");
}

/* The files that go, and what is said of them. */
static void
check_attached(struct checker *ck, struct spot at, const struct effect *e)
{
	check_effect_field(ck, at, "attach", e->attach, FIELD_FILE);
	check_effect_field(ck, at, "verdicts", e->verdicts, FIELD_VERDICTS);
	if ((e->lead != NULL || e->captions != NULL) &&
	    (e->kind != EFFECT_PUBLISH || e->attach == NULL))
		check_fault(ck, at, "«lead» y «captions» son de «publish» con "
		    "«attach»");
	check_effect_field(ck, at, "lead", e->lead, FIELD_REF);
	check_effect_field(ck, at, "captions", e->captions, FIELD_LIST);
}

static void
check_effects(struct checker *ck, const struct step *st)
{
	const struct effect *e;
	struct spot at;
	unsigned i;

	for (i = 0; i < st->effects_count; i++) {
		e = &st->effects[i];
		at = step_spot(st, "effects", (int)i);
		if (e->title == NULL || e->text == NULL)
			check_fault(ck, at, "«effects» necesita «title» y "
			    "«text»");
		check_mail(ck, at, e);
		check_verify(ck, at, e, st);
		check_attached(ck, at, e);
	}
}

static void
check_escalations(struct checker *ck, const struct step *st)
{
	const struct escalation *e;
	struct spot at;
	unsigned i;

	for (i = 0; i < st->escalate_count; i++) {
		e = &st->escalate[i];
		at = step_spot(st, "escalate", (int)i);
		if (st->due == NULL)
			check_fault(ck, at, "«escalate» necesita «due»");
		if ((e->repeat != NULL) != (e->times != NULL))
			check_fault(ck, at, "«repeat» y «times» van juntos: "
			    "cada cuánto y cuántas veces");
		if (e->times != NULL && (*e->times < 1 ||
		    *e->times > ESCALATE_MAX))
			check_fault(ck, at, "«times» va de 1 a %d",
			    ESCALATE_MAX);
		check_line(ck, st, "say", e->say);
		check_roles(ck, at, e->to, e->to_count);
	}
}

static void
check_work(struct checker *ck, const struct step *st)
{
	if (st->kind == STEP_DECISION)
		check_line(ck, st, "title", st->title);
	if (st->kind != STEP_DECISION || st->instruction != NULL)
		check_line(ck, st, "do", st->instruction);
	if (st->applies != NULL && st->otherwise == NULL)
		check_fault(ck, step_spot(st, "applies", -1), "«applies» "
		    "necesita «otherwise»: la razón con que se cierra");
	if (st->warn != NULL && st->due == NULL)
		check_fault(ck, step_spot(st, "warn", -1),
		    "«warn» necesita «due»");
	check_escalations(ck, st);
	check_step_roles(ck, st);
	check_fields(ck, step_spot(st, NULL, -1), st->fields, st->fields_count,
	    (int)st->index);
	check_step_records(ck, st);
	check_step_join(ck, st);
	check_approval(ck, st);
	check_effects(ck, st);
}

void
check_steps(struct checker *ck)
{
	const struct step *st;
	unsigned i;

	for (i = 0; i < ck->p->steps_count; i++) {
		st = &ck->p->steps[i];
		if (procedure_find_step(ck->p, st->number) != st)
			check_fault(ck, step_spot(st, NULL, -1),
			    "el número está repetido");
		if (st->kind == STEP_HEADING)
			check_heading(ck, st);
		else
			check_work(ck, st);
	}
}
