/* SPDX-License-Identifier: ISC */
/*
 * load_fill.c - what a definition has without writing it: lines, sections,
 * roles carried down (G1) and the usual parts of an approval (G4).
 *
 * Everything added is put before what the file wrote, never after: the arm
 * of regresar must be tried before the unconditional one, and whoever looks
 * for the line of item j subtracts the difference of counts (check.c).
 * Added strings and arrays are freed by libcyaml with the rest.
 */
#include "load.h"

/* Make room for one more item of size bytes at `at`; the array, moved. */
static void *
list_open(void *list, unsigned *count, size_t size, unsigned at)
{
	char *v = xrealloc(list, *count + 1, size);

	memmove(v + (at + 1) * size, v + at * size, (*count - at) * size);
	memset(v + at * size, 0, size);
	(*count)++;
	return v;
}

static void
texts_add(char ***list, unsigned *count, const char *text)
{
	*list = list_open(*list, count, sizeof **list, *count);
	(*list)[*count - 1] = xstrdup(text);
}

static struct field *
step_insert_field(struct step *st, unsigned *at, const char *id,
    const char *label, enum field_type type)
{
	struct field *f;

	st->fields = list_open(st->fields, &st->fields_count, sizeof *f, *at);
	f = &st->fields[*at];
	f->id = xstrdup(id);
	f->label = xstrdup(label);
	f->type = type;
	(*at)++;
	return f;
}

/* The condition under which this approval returns; given. */
static char *
approval_rejects(const struct step *st, const char *value)
{
	const struct approval *a = st->approval;
	const struct field *f = step_find_field(st, a->verdict);

	if (f == NULL || f->type != FIELD_YESNO)
		return xasprintf(":%s = '%s'", a->verdict, value);
	return xasprintf("%s:%s", strcmp(value, "no") == 0 ? "not " : "",
	    a->verdict);
}

static void
text_default(char **text, const char *value)
{
	if (*text == NULL)
		*text = xstrdup(value);
}

static void
approval_fill_fields(struct step *st)
{
	struct approval *a = st->approval;
	struct field *f;
	unsigned at = 0, i;

	if (step_find_field(st, a->verdict) == NULL) {
		f = step_insert_field(st, &at, a->verdict, "Dictamen",
		    FIELD_CHOICE);
		f->required = xstrdup("yes");
		texts_add(&f->choices, &f->choices_count, a->approve);
		texts_add(&f->choices, &f->choices_count, a->reject);
	}
	if (a->return_to_count > 1 &&
	    step_find_field(st, "return_to") == NULL) {
		f = step_insert_field(st, &at, "return_to", "Regresa a",
		    FIELD_CHOICE);
		f->applies = approval_rejects(st, a->reject);
		f->preset = xasprintf("'%s'", a->return_to[0]);
		for (i = 0; i < a->return_to_count; i++)
			texts_add(&f->choices, &f->choices_count,
			    a->return_to[i]);
	}
	if (step_find_field(st, a->remarks) == NULL) {
		f = step_insert_field(st, &at, a->remarks, "Observaciones",
		    FIELD_LONGTEXT);
		f->required = approval_rejects(st, a->reject);
	}
}

static bool
step_has_return(const struct step *st)
{
	unsigned i;

	for (i = 0; i < st->next_count; i++)
		if (st->next[i].returns)
			return true;
	return false;
}

/*
 * With fork every arm that holds is taken: the arms of the file then hold
 * only when it is approved.
 */
static void
approval_guard_arms(struct step *st)
{
	char *yes, *when;
	unsigned i;

	if (!st->fork)
		return;
	for (i = 0; i < st->next_count; i++) {
		yes = approval_rejects(st, st->approval->approve);
		if (st->next[i].when != NULL) {
			when = xasprintf("%s and (%s)", yes, st->next[i].when);
			free(st->next[i].when);
			free(yes);
			yes = when;
		}
		st->next[i].when = yes;
	}
}

/* One arm a place of return; the default last, for when none was chosen. */
static void
approval_fill_arms(struct step *st)
{
	const struct approval *a = st->approval;
	const struct field *f = step_find_field(st, a->verdict);
	struct arm *arm;
	char *rejects;
	unsigned i;

	if (step_has_return(st) || f->type == FIELD_VERDICTS)
		return;
	approval_guard_arms(st);
	for (i = 0; i < a->return_to_count; i++) {
		st->next = list_open(st->next, &st->next_count, sizeof *arm, 0);
		arm = &st->next[0];
		rejects = approval_rejects(st, a->reject);
		if (i == 0)
			arm->when = xstrdup(rejects);
		else
			arm->when = xasprintf("%s and :return_to = '%s'",
			    rejects, a->return_to[i]);
		free(rejects);
		texts_add(&arm->to, &arm->to_count, a->return_to[i]);
		arm->label = xasprintf("Regresar a %s", a->return_to[i]);
		arm->returns = true;
		if (strcmp(a->remarks, "remarks") != 0)
			arm->needs = xstrdup(a->remarks);
	}
}

static void
approval_fill(struct step *st)
{
	struct approval *a = st->approval;

	text_default(&a->verdict, "verdict");
	text_default(&a->approve, "aprobar");
	text_default(&a->reject, "regresar");
	text_default(&a->remarks, "remarks");
	approval_fill_fields(st);
	approval_fill_arms(st);
}

/* Roles of the nearest step above that names any (G1), borrowed one by one. */
static void
step_inherit(struct step *st, const struct step *above)
{
	unsigned i;

	if (st->kind == STEP_HEADING || st->roles_count > 0 || above == NULL)
		return;
	st->inherited = xcalloc(above->roles_count, sizeof *st->inherited);
	for (i = 0; i < above->roles_count; i++)
		st->inherited[i] = above->roles[i];
	st->inherited_count = above->roles_count;
}

void
procedure_fill(struct procedure *p, const struct source *src)
{
	const struct step *section = NULL, *above = NULL;
	struct step *st;
	unsigned i;

	for (i = 0; i < p->steps_count; i++) {
		st = &p->steps[i];
		st->index = i;
		st->line = source_line(src,
		    (struct spot){ "steps", (int)i, "number", -1 });
		if (st->kind == STEP_HEADING) {
			section = st;
			continue;
		}
		st->section = section;
		step_inherit(st, above);
		if (st->roles_count > 0)
			above = st;
		if (st->approval != NULL)
			approval_fill(st);
	}
}
