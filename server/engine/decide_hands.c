/* SPDX-License-Identifier: ISC */
/*
 * decide_hands.c - in whose hands a task is (tomar, soltar, turnar), and the
 * end of a case by decision of the head of the unit.
 */
#include "decide.h"

static void
emit_claimed(struct decision *d, const struct token *t, const char *login)
{
	decision_emit(d, json_pack("{s:s,s:s,s:i,s:s}", "type", "step.claimed",
	    "step", t->st->number, "row", t->row, "assignee", login));
}

int
decide_claim(struct decision *d)
{
	const struct token *t;
	int r;

	if ((r = decision_token(d, &t)) < 0)
		return r;
	if (t->assignee != NULL && strcmp(t->assignee, d->who->login) == 0)
		return why_set(d->why, ERR_REFUSED, "El paso %s ya está en sus "
		    "manos.", t->st->number);
	if (t->assignee != NULL)
		return why_set(d->why, ERR_REFUSED, "El paso %s lo tiene %s: "
		    "pida que se lo turne.", t->st->number,
		    world_person(d->w, t->assignee));
	if ((r = engine_may(d->ca, t, d->who, d->w, d->why)) < 0)
		return r;
	d->grant = grant_find(d->ca, t, d->who);
	emit_claimed(d, t, d->who->login);
	return 0;
}

/* The one who has it, anybody of its role when nobody has, or the head. */
static int
hands_may(struct decision *d, const struct token *t)
{
	d->grant = grant_find(d->ca, t, d->who);
	if (d->grant == NULL)
		d->grant = grant_find_role(d->ca->office, ROLE_HEAD, d->who);
	if (d->grant != NULL)
		return 0;
	return engine_may(d->ca, t, d->who, d->w, d->why);
}

int
decide_release(struct decision *d)
{
	const struct token *t;
	int r;

	if ((r = decision_token(d, &t)) < 0)
		return r;
	if (t->assignee == NULL)
		return why_set(d->why, ERR_REFUSED, "El paso %s no está en "
		    "manos de nadie.", t->st->number);
	if ((r = hands_may(d, t)) < 0)
		return r;
	emit_claimed(d, t, "");
	return 0;
}

int
decide_hand(struct decision *d)
{
	const struct token *t;
	const char *to = d->cmd->to, *own;
	int r;

	if ((r = decision_token(d, &t)) < 0 || (r = hands_may(d, t)) < 0)
		return r;
	if (to == NULL || *to == '\0')
		return why_set(d->why, ERR_USAGE,
		    "Falta decir a quién se turna: persona=USUARIO.");
	if (!d->w->is_person(d->w->arg, to))
		return why_set(d->why, ERR_REFUSED, "No hay una persona activa "
		    "con el usuario «%.60s».", to);
	if (t->assignee != NULL && strcmp(t->assignee, to) == 0)
		return why_set(d->why, ERR_REFUSED, "El paso %s ya está en "
		    "manos de %s.", t->st->number, world_person(d->w, to));
	if ((own = kase_find_own_work(d->ca, t, to)) != NULL)
		return why_set(d->why, ERR_REFUSED, "%s hizo el paso %s: no "
		    "puede dictaminarlo (SD-01). Túrnelo a otra persona.",
		    world_person(d->w, to), own);
	emit_claimed(d, t, to);
	return 0;
}

int
decide_cancel(struct decision *d)
{
	const struct institution *in = d->w->institution;
	const struct role *head;

	head = in != NULL ? institution_find_role(in, ROLE_HEAD) : NULL;
	d->grant = grant_find_role(d->ca->office, ROLE_HEAD, d->who);
	if (d->grant == NULL)
		return why_set(d->why, ERR_REFUSED, "Cancelar un expediente "
		    "corresponde a %s.", head != NULL ? head->title
		    : "quien encabeza la unidad");
	if (d->cmd->remark == NULL || *d->cmd->remark == '\0')
		return why_set(d->why, ERR_REFUSED,
		    "Falta el motivo: diga por qué se cancela.");
	decision_emit(d, json_pack("{s:s,s:s}", "type", "case.cancelled",
	    "remark", d->cmd->remark));
	return 0;
}
