/* SPDX-License-Identifier: ISC */
/*
 * check_approval.c - approvals: whose work is judged, what the decider sees,
 * where it goes back to, and that both answers can be given.
 */
#include "check.h"

/* Can the field that carries the decision say this word? */
static bool
verdict_admits(const struct field *f, const char *word)
{
	if (f->type == FIELD_YESNO)
		return strcmp(word, "sí") == 0 || strcmp(word, "no") == 0;
	return f->type == FIELD_CHOICE &&
	    text_is_among(word, f->choices, f->choices_count);
}

static void
check_verdict(struct checker *ck, const struct step *st, struct spot at)
{
	const struct approval *a = st->approval;
	const struct field *f = step_find_field(st, a->verdict);

	if (f->type == FIELD_VERDICTS)
		return;
	if (f->type != FIELD_CHOICE && f->type != FIELD_YESNO) {
		check_fault(ck, at, "«%s» no puede llevar el dictamen: es %s",
		    a->verdict, field_type_name(f->type));
		return;
	}
	if (!verdict_admits(f, a->approve))
		check_fault(ck, at, "«approve» es «%s», que «%s» no admite",
		    a->approve, a->verdict);
	if (!verdict_admits(f, a->reject))
		check_fault(ck, at, "«reject» es «%s», que «%s» no admite",
		    a->reject, a->verdict);
	if (strcmp(a->approve, a->reject) == 0)
		check_fault(ck, at, "«approve» y «reject» son iguales");
}

/* A regresar says why: the field for it must be there. */
static void
check_remarks(struct checker *ck, const struct step *st)
{
	const char *needs;
	unsigned i;

	for (i = 0; i < st->next_count; i++) {
		if (!st->next[i].returns)
			continue;
		needs = st->next[i].needs;
		if (needs == NULL)
			needs = st->approval != NULL ? st->approval->remarks :
			    "remarks";
		if (step_find_field(st, needs) == NULL)
			check_fault(ck, step_spot(st, "next", (int)i),
			    "el brazo regresa y el paso no tiene el campo «%s» "
			    "para decir por qué", needs);
	}
}

static void
check_return(struct checker *ck, const struct step *st, struct spot at)
{
	bool returns = false;
	unsigned i;

	for (i = 0; i < st->next_count; i++)
		returns = returns || st->next[i].returns;
	if (!returns)
		check_fault(ck, at, "ningún brazo regresa: escriba «return_to» "
		    "o un brazo con «returns: yes»");
}

static void
check_approval_id(struct checker *ck, const struct step *st, struct spot at)
{
	const struct step *other;
	unsigned i;

	for (i = 0; i < st->index; i++) {
		other = &ck->p->steps[i];
		if (other->approval != NULL && strcmp(other->approval->id,
			st->approval->id) == 0)
			check_fault(ck, at, "la aprobación «%s» ya es del paso "
			    "%s", st->approval->id, other->number);
	}
}

/* What must be signed is not answered again without one. */
static void
check_assurance(struct checker *ck, const struct step *st, struct spot at)
{
	if (st->approval->touch && st->approval->assurance != ASSURANCE_F)
		check_fault(ck, at, "«touch» pide «assurance: F»");
	if (st->approval->assurance == ASSURANCE_F && st->redo != NULL)
		check_fault(ck, at, "con «assurance: F» el paso no lleva "
		    "«redo»");
}

void
check_approval(struct checker *ck, const struct step *st)
{
	const struct approval *a = st->approval;
	struct spot at = step_spot(st, "approval", -1);

	check_remarks(ck, st);
	if (a == NULL) {
		if (st->kind == STEP_APPROVAL)
			check_fault(ck, step_spot(st, NULL, -1),
			    "falta «approval»");
		return;
	}
	if (st->kind == STEP_TASK)
		check_fault(ck, at, "una tarea no aprueba: use kind approval o "
		    "decision");
	check_approval_id(ck, st, at);
	if (a->authors_count == 0)
		check_fault(ck, at, "falta «authors»: los pasos cuyo autor no "
		    "puede aprobar");
	check_step_names(ck, at, "«authors»", a->authors, a->authors_count);
	check_step_names(ck, at, "«shows»", a->shows, a->shows_count);
	check_step_names(ck, at, "«return_to»", a->return_to,
	    a->return_to_count);
	check_verdict(ck, st, at);
	check_return(ck, st, at);
	check_assurance(ck, st, at);
}
