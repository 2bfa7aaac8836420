/* SPDX-License-Identifier: ISC */
/*
 * check_flow.c - the graph of the steps: arms lead to steps that exist, every
 * step can be reached, every path can end, every loop has an exit, and
 * sub-cases are entered only through `each`.
 *
 * from[i * n + j] says that step j can follow step i, at once or later.
 */
#include "check.h"

struct flow {
	struct checker *ck;
	unsigned n;
	bool *from;
	bool *ends;		/* some path out of the step ends */
	bool *starts;		/* some start leads there */
};

static bool
to_is_end(const char *to)
{
	return strcmp(to, "end") == 0;
}

/* Mark everything that an arm leads to, at once. */
static void
arm_mark(const struct flow *fl, const struct arm *arm, bool *row, bool *ends)
{
	const struct step *st;
	unsigned i;

	for (i = 0; i < arm->to_count; i++) {
		st = procedure_find_step(fl->ck->p, arm->to[i]);
		if (st != NULL)
			row[st->index] = true;
		else if (ends != NULL)	/* the end, or a fault of its own */
			*ends = true;
	}
}

/* Close the relation: Warshall, n is under a hundred or so. */
static void
flow_close(struct flow *fl)
{
	unsigned n = fl->n, i, j, k;

	for (k = 0; k < n; k++)
		for (i = 0; i < n; i++)
			for (j = 0; fl->from[i * n + k] && j < n; j++)
				if (fl->from[k * n + j])
					fl->from[i * n + j] = true;
}

static void
flow_init(struct flow *fl, struct checker *ck)
{
	const struct procedure *p = ck->p;
	const struct step *st;
	unsigned i, k;

	fl->ck = ck;
	fl->n = p->steps_count;
	fl->from = xcalloc((size_t)fl->n * fl->n + 1, sizeof *fl->from);
	fl->ends = xcalloc(fl->n + 1, sizeof *fl->ends);
	fl->starts = xcalloc(fl->n + 1, sizeof *fl->starts);
	for (i = 0; i < fl->n; i++) {
		st = &p->steps[i];
		fl->ends[i] = st->next_count == 0;
		for (k = 0; k < st->next_count; k++)
			arm_mark(fl, &st->next[k], fl->from + i * fl->n,
			    &fl->ends[i]);
	}
	for (i = 0; i < p->starts_count; i++)
		for (k = 0; k < p->starts[i].next_count; k++)
			arm_mark(fl, &p->starts[i].next[k], fl->starts, NULL);
	flow_close(fl);
}

static void
flow_clear(struct flow *fl)
{
	free(fl->from);
	free(fl->ends);
	free(fl->starts);
}

static bool
flow_is_reached(const struct flow *fl, unsigned i)
{
	unsigned k;

	for (k = 0; k < fl->n; k++)
		if (fl->starts[k] && (k == i || fl->from[k * fl->n + i]))
			return true;
	return false;
}

static bool
flow_can_end(const struct flow *fl, unsigned i)
{
	unsigned k;

	for (k = 0; k < fl->n; k++)
		if (fl->ends[k] && (k == i || fl->from[i * fl->n + k]))
			return true;
	return false;
}

/*
 * What cannot end runs into a loop without exit: said once, at its first step,
 * with the steps of the loop, and not for those that merely lead to it.
 */
static void
check_loop(struct flow *fl, unsigned i)
{
	const struct procedure *p = fl->ck->p;
	char names[256] = "";
	size_t len = 0;
	unsigned k;

	if (!fl->from[i * fl->n + i])
		return;
	for (k = 0; k < fl->n; k++) {
		if (!fl->from[i * fl->n + k])
			continue;
		if (k < i || !fl->from[k * fl->n + i])
			return;
		if (len < sizeof names)
			len += (size_t)snprintf(names + len,
			    sizeof names - len, "%s%s", len > 0 ? ", " : "",
			    p->steps[k].number);
	}
	check_fault(fl->ck, step_spot(&p->steps[i], NULL, -1),
	    "ciclo sin salida: %s", names);
}

/* ---- arms ---- */

static bool
field_of_fields(const struct field *v, unsigned n, const char *id)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (strcmp(v[i].id, id) == 0 && field_is_many(&v[i]))
			return true;
	return false;
}

/* `each` walks this answer, or an earlier one. */
static bool
each_is_known(const struct checker *ck, const char *id, int upto)
{
	unsigned i;

	for (i = 0; i < ck->p->starts_count; i++)
		if (field_of_fields(ck->p->starts[i].fields,
			ck->p->starts[i].fields_count, id))
			return true;
	for (i = 0; (int)i <= upto; i++)
		if (field_of_fields(ck->p->steps[i].fields,
			ck->p->steps[i].fields_count, id))
			return true;
	return false;
}

/* Into a sub-case by `each` only; within it freely. */
static void
check_target_row(struct checker *ck, struct spot at, const struct arm *arm,
    const struct step *to, bool within)
{
	if (arm->each != NULL && !to->per_row)
		check_fault(ck, at, "«each» abre «%s», que no es «per_row»",
		    to->number);
	if (arm->each == NULL && to->per_row && !within)
		check_fault(ck, at, "«%s» es «per_row»: se entra con «each»",
		    to->number);
}

/* Arms made from return_to are not written: check_approval.c checks it. */
static void
check_target(struct checker *ck, struct spot at, const struct arm *arm,
    const char *number, const struct step *st, bool written)
{
	const struct step *to = procedure_find_step(ck->p, number);

	if (to == NULL) {
		if (written)
			check_fault(ck, at, "lleva al paso «%s», que no existe",
			    number);
	} else if (to->kind == STEP_HEADING) {
		if (written)
			check_fault(ck, at, "lleva a «%s», que es un "
			    "encabezado", number);
	} else {
		check_target_row(ck, at, arm, to, st != NULL && st->per_row);
	}
}

static void
check_arm(struct checker *ck, struct spot at, const struct arm *arm,
    const struct step *st)
{
	bool written = st == NULL || at.j >= step_made(ck, st, "next");
	unsigned i;

	if (arm->to_count == 0)
		check_fault(ck, at, "el brazo no dice a dónde lleva");
	for (i = 0; i < arm->to_count; i++)
		if (!to_is_end(arm->to[i]))
			check_target(ck, at, arm, arm->to[i], st, written);
		else if (arm->to_count > 1)
			check_fault(ck, at, "«end» va solo en «to»");
	if (arm->each != NULL &&
	    !each_is_known(ck, arm->each, st != NULL ? (int)st->index : -1))
		check_fault(ck, at, "«each» nombra «%s», que no es lista, "
		    "archivo ni opción múltiple de este paso o de uno anterior",
		    arm->each);
}

static void
check_arms(struct checker *ck)
{
	const struct procedure *p = ck->p;
	unsigned i, k;

	for (i = 0; i < p->starts_count; i++) {
		if (p->starts[i].next_count == 0)
			check_fault(ck, item_spot("starts", i),
			    "no dice a dónde lleva");
		for (k = 0; k < p->starts[i].next_count; k++)
			check_arm(ck, (struct spot){ "starts", (int)i, "next",
			    (int)k }, &p->starts[i].next[k], NULL);
	}
	for (i = 0; i < p->steps_count; i++) {
		const struct step *st = &p->steps[i];

		if (st->kind == STEP_HEADING)
			continue;
		if (st->next_count == 0)
			check_fault(ck, step_spot(st, NULL, -1),
			    "no dice a dónde sigue: falta «next»");
		for (k = 0; k < st->next_count; k++)
			check_arm(ck, step_spot(st, "next", (int)k),
			    &st->next[k], st);
	}
}

/* What goes back comes here again, or it went round the approval. */
static void
check_returns(const struct flow *fl, const struct step *st)
{
	const struct arm *arm;
	const struct step *to;
	struct spot at;
	unsigned k, j;

	for (k = 0; k < st->next_count; k++) {
		arm = &st->next[k];
		at = (int)k < step_made(fl->ck, st, "next") ?
		    step_spot(st, "approval", -1) :
		    step_spot(st, "next", (int)k);
		for (j = 0; arm->returns && j < arm->to_count; j++) {
			to = procedure_find_step(fl->ck->p, arm->to[j]);
			if (to_is_end(arm->to[j]) || (to != NULL &&
				!fl->from[to->index * fl->n + st->index]))
				check_fault(fl->ck, at, "regresa a «%s», de "
				    "donde no se vuelve a este paso",
				    arm->to[j]);
		}
	}
}

void
check_flow(struct checker *ck)
{
	struct flow fl;
	unsigned i;

	check_arms(ck);
	flow_init(&fl, ck);
	for (i = 0; i < fl.n; i++) {
		if (ck->p->steps[i].kind == STEP_HEADING ||
		    procedure_find_step(ck->p, ck->p->steps[i].number) !=
		    &ck->p->steps[i])
			continue;
		if (!flow_is_reached(&fl, i))
			check_fault(ck, step_spot(&ck->p->steps[i], NULL, -1),
			    "no se llega a él desde ningún inicio");
		if (!flow_can_end(&fl, i))
			check_loop(&fl, i);
		check_returns(&fl, &ck->p->steps[i]);
	}
	flow_clear(&fl);
}
