/* SPDX-License-Identifier: ISC */
/*
 * cover.c - what of a procedure the scenarios have reached: steps answered,
 * arms taken (worked out from the answer as the engine does), checks refused.
 */
#include "scenario.h"

struct reached {
	bool answered;
	bool *arms, *checks;
};

struct cover {
	const struct procedure *p;
	struct reached *steps;
	bool **starts;
};

struct cover *
cover_new(const struct procedure *p)
{
	struct cover *c = xcalloc(1, sizeof *c);
	unsigned i;

	c->p = p;
	c->steps = xcalloc(p->steps_count, sizeof *c->steps);
	c->starts = xcalloc(p->starts_count, sizeof *c->starts);
	for (i = 0; i < p->steps_count; i++) {
		c->steps[i].arms = xcalloc(p->steps[i].next_count + 1, 1);
		c->steps[i].checks = xcalloc(p->steps[i].checks_count + 1, 1);
	}
	for (i = 0; i < p->starts_count; i++)
		c->starts[i] = xcalloc(p->starts[i].next_count + 1, 1);
	return c;
}

void
cover_free(struct cover *c)
{
	unsigned i;

	for (i = 0; i < c->p->steps_count; i++) {
		free(c->steps[i].arms);
		free(c->steps[i].checks);
	}
	for (i = 0; i < c->p->starts_count; i++)
		free(c->starts[i]);
	free(c->steps);
	free(c->starts);
	free(c);
}

static void
arms_mark(bool *marks, const struct arm *first, const struct arms *taken)
{
	unsigned i;

	for (i = 0; i < taken->count; i++)
		marks[taken->v[i] - first] = true;
}

static void
see_answer(struct cover *c, const struct kase *ca, const struct step *st,
    const json_t *body, enum arms_how how, const struct world *w)
{
	const json_t *values = json_object_get(body, "values");
	json_t *sight = kase_values(ca,
	    (int)json_integer_value(json_object_get(body, "row")));
	struct scope sc = { .ca = ca, .values = sight, .w = w };
	struct arms taken;

	kase_lay(sight, st->fields, st->fields_count, values, ca->header);
	arms_pick(&taken, st->next, st->next_count,
	    st->fork ? ARMS_ALL : how, &sc);
	arms_mark(c->steps[st->index].arms, st->next, &taken);
	json_decref(sight);
}

static void
see_start(struct cover *c, const json_t *body, const struct world *w)
{
	const struct start *start = procedure_find_start(c->p,
	    json_string_value(json_object_get(body, "start")));
	struct scope sc = { .values = json_object_get(body, "header"),
		.w = w };
	struct arms taken;

	arms_pick(&taken, start->next, start->next_count, ARMS_ALL, &sc);
	arms_mark(c->starts[start - c->p->starts], start->next, &taken);
}

void
cover_see(struct cover *c, const struct kase *ca, const json_t *body,
    const struct world *w)
{
	const char *type = json_string_value(json_object_get(body, "type"));
	const char *number = json_string_value(json_object_get(body, "step"));
	const struct step *st;

	if (strcmp(type, "case.opened") == 0)
		see_start(c, body, w);
	if (number == NULL ||
	    (st = procedure_find_step(c->p, number)) == NULL)
		return;
	if (strcmp(type, "step.skipped") == 0)
		see_answer(c, ca, st, body, ARMS_SKIP, w);
	if (strcmp(type, "step.done") != 0 && strcmp(type, "step.redone") != 0)
		return;
	c->steps[st->index].answered = true;
	see_answer(c, ca, st, body, ARMS_FIRST, w);
}

void
cover_see_refusal(struct cover *c, const char *number, const char *text)
{
	const struct step *st = procedure_find_step(c->p, number);
	unsigned i;

	for (i = 0; st != NULL && i < st->checks_count; i++)
		if (strncmp(text, st->checks[i].say,
		    strlen(st->checks[i].say)) == 0)
			c->steps[st->index].checks[i] = true;
}

static void
step_add_missing(const struct step *st, const struct reached *r,
    struct buf *said)
{
	unsigned i;

	if (!r->answered)
		(void)buf_addf(said, "step %s is never answered\n",
		    st->number);
	for (i = 0; i < st->next_count; i++)
		if (!r->arms[i])
			(void)buf_addf(said, "step %s: arm %u to %s (%s) is "
			    "never taken\n", st->number, i + 1,
			    st->next[i].to_count > 0 ? st->next[i].to[0] : "?",
			    st->next[i].label != NULL ? st->next[i].label
			    : "no label");
	for (i = 0; i < st->checks_count; i++)
		if (!r->checks[i])
			(void)buf_addf(said, "step %s: check %u never "
			    "refuses: %s\n", st->number, i + 1,
			    st->checks[i].say);
}

bool
cover_is_whole(const struct cover *c, struct buf *said)
{
	const struct step *st;
	unsigned i, j;

	for (i = 0; i < c->p->starts_count; i++)
		for (j = 0; j < c->p->starts[i].next_count; j++)
			if (!c->starts[i][j])
				(void)buf_addf(said, "start %s: arm %u is "
				    "never taken\n", c->p->starts[i].id,
				    j + 1);
	for (i = 0; i < c->p->steps_count; i++) {
		st = &c->p->steps[i];
		if (st->kind != STEP_HEADING)
			step_add_missing(st, &c->steps[i], said);
	}
	return said->len == 0;
}
