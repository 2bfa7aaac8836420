/* SPDX-License-Identifier: ISC */
/*
 * check.c - prove a definition before anybody works by it.
 *
 * One file a subject: check_head.c (what surrounds the steps), check_step.c,
 * check_field.c, check_approval.c, check_flow.c (the graph), check_total.c
 * (every answer leads somewhere), check_rule.c (expressions).  All of them look
 * and none stops: an author gets every fault at once, in the file's order.
 */
#include <stdarg.h>

#include "check.h"
#include "../../proto/text.h"

struct spot
step_spot(const struct step *st, const char *sub, int j)
{
	return (struct spot){ "steps", (int)st->index, sub, j };
}

struct spot
item_spot(const char *list, unsigned i)
{
	return (struct spot){ list, (int)i, NULL, -1 };
}

int
step_made(const struct checker *ck, const struct step *st, const char *sub)
{
	unsigned n;

	n = strcmp(sub, "next") == 0 ? st->next_count :
	    strcmp(sub, "fields") == 0 ? st->fields_count : 0;
	if (n == 0)
		return 0;
	return (int)n - source_count(ck->src, step_spot(st, sub, -1));
}

static int
checker_line(const struct checker *ck, struct spot at)
{
	if (at.sub != NULL && at.j >= 0 && strcmp(at.list, "steps") == 0) {
		at.j -= step_made(ck, &ck->p->steps[at.i], at.sub);
		if (at.j < 0)
			at.sub = NULL;
	}
	return source_line(ck->src, at);
}

/* "paso 2.9: ", "registro 3: " … and nothing for the definition itself. */
static void
spot_title(const struct procedure *p, struct spot at, char *out, size_t size)
{
	const char *name = NULL, *what = "";

	if (at.list == NULL || at.i < 0)
		;
	else if (strcmp(at.list, "steps") == 0)
		what = "paso", name = p->steps[at.i].number;
	else if (strcmp(at.list, "starts") == 0)
		what = "inicio", name = p->starts[at.i].id;
	else if (strcmp(at.list, "records") == 0)
		what = "registro", name = p->records[at.i].number;
	else if (strcmp(at.list, "policies") == 0)
		what = "política", name = p->policies[at.i].id;
	else if (strcmp(at.list, "indicators") == 0)
		what = "indicador", name = p->indicators[at.i].id;
	else if (strcmp(at.list, "settings") == 0)
		what = "ajuste", name = p->settings[at.i].id;
	else if (strcmp(at.list, "signatures") == 0)
		what = "firma", name = p->signatures[at.i].act;
	if (name != NULL)
		snprintf(out, size, "%s %s: ", what, name);
	else
		*out = '\0';
}

static void
fault_keep(struct checker *ck, int line, const char *title, const char *text)
{
	struct fault *f;

	ck->faults = xrealloc(ck->faults, ck->faults_count + 1,
	    sizeof *ck->faults);
	f = &ck->faults[ck->faults_count++];
	f->line = line;
	f->text = xasprintf("%s:%d: %s%s\n", ck->p->file, line, title, text);
}

static void
check_on_odd(void *arg, int line, const char *text)
{
	fault_keep(arg, line, "", text);
}

void
check_fault(struct checker *ck, struct spot at, const char *fmt, ...)
{
	char title[128], text[WHY_MAX];
	va_list ap;

	spot_title(ck->p, at, title, sizeof title);
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	text_cut(text);
	fault_keep(ck, checker_line(ck, at), title, text);
}

/* ---- names ---- */

bool
text_is_among(const char *s, char *const *v, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (strcmp(v[i], s) == 0)
			return true;
	return false;
}

bool
text_is_identifier(const char *s)
{
	return *s >= 'a' && *s <= 'z' &&
	    s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

void
check_roles(struct checker *ck, struct spot at, char *const *roles, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (institution_find_role(ck->in, roles[i]) == NULL)
			check_fault(ck, at, "el rol «%s» no está en la "
			    "institución", roles[i]);
}

void
check_step_names(struct checker *ck, struct spot at, const char *what,
    char *const *numbers, unsigned n)
{
	const struct step *st;
	unsigned i;

	for (i = 0; i < n; i++) {
		st = procedure_find_step(ck->p, numbers[i]);
		if (st == NULL)
			check_fault(ck, at, "%s nombra el paso «%s», que no "
			    "existe", what, numbers[i]);
		else if (st->kind == STEP_HEADING)
			check_fault(ck, at, "%s nombra «%s», que es un "
			    "encabezado", what, numbers[i]);
	}
}

static bool
settings_have(const struct setting *v, unsigned n, const char *id)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (strcmp(v[i].id, id) == 0)
			return true;
	return false;
}

bool
checker_has_setting(const struct checker *ck, const char *id)
{
	return settings_have(ck->p->settings, ck->p->settings_count, id) ||
	    settings_have(ck->in->settings, ck->in->settings_count, id);
}

/* ---- fields ---- */

static const struct field *
fields_find(const struct field *v, unsigned n, const char *id,
    const struct field **after)
{
	unsigned i;

	for (i = 0; i < n; i++) {
		if (*after == NULL && strcmp(v[i].id, id) == 0)
			return &v[i];
		if (&v[i] == *after)
			*after = NULL;
	}
	return NULL;
}

const struct field *
checker_next_field(const struct checker *ck, const char *id,
    const struct field *after)
{
	const struct procedure *p = ck->p;
	const struct field *f = NULL;
	unsigned i;

	for (i = 0; i < p->starts_count && f == NULL; i++)
		f = fields_find(p->starts[i].fields, p->starts[i].fields_count,
		    id, &after);
	for (i = 0; i < p->steps_count && f == NULL; i++)
		f = fields_find(p->steps[i].fields, p->steps[i].fields_count,
		    id, &after);
	return f;
}

static const struct field *
columns_find(const struct field *v, unsigned n, const char *id)
{
	const struct field *f = NULL, *none = NULL;
	unsigned i;

	for (i = 0; i < n && f == NULL; i++)
		f = fields_find(v[i].columns, v[i].columns_count, id, &none);
	return f;
}

const struct field *
checker_find_column(const struct checker *ck, const char *id)
{
	const struct procedure *p = ck->p;
	const struct field *f = NULL;
	unsigned i;

	for (i = 0; i < p->starts_count && f == NULL; i++)
		f = columns_find(p->starts[i].fields,
		    p->starts[i].fields_count, id);
	for (i = 0; i < p->steps_count && f == NULL; i++)
		f = columns_find(p->steps[i].fields, p->steps[i].fields_count,
		    id);
	return f;
}

bool
field_is_many(const struct field *f)
{
	return f->type == FIELD_LIST || f->type == FIELD_FILE ||
	    f->type == FIELD_MULTI;
}

/* ---- the whole ---- */

/* By line; faults of one line stay as they were found. */
static void
faults_sort(struct fault *v, size_t n)
{
	struct fault f;
	size_t i, j;

	for (i = 1; i < n; i++) {
		f = v[i];
		for (j = i; j > 0 && v[j - 1].line > f.line; j--)
			v[j] = v[j - 1];
		v[j] = f;
	}
}

int
procedure_check(const struct procedure *p, const struct institution *in,
    struct buf *faults)
{
	struct checker ck = { .p = p, .in = in };
	size_t i;

	if ((ck.src = source_new(p->file, p->source, faults)) == NULL)
		return 1;
	ck.rules = rules_new();
	source_each_odd(ck.src, check_on_odd, &ck);
	check_head(&ck);
	check_starts(&ck);
	check_documents(&ck);
	check_steps(&ck);
	check_flow(&ck);
	check_totals(&ck);
	check_rules(&ck);
	faults_sort(ck.faults, ck.faults_count);
	for (i = 0; i < ck.faults_count; i++) {
		(void)buf_addf(faults, "%s", ck.faults[i].text);
		free(ck.faults[i].text);
	}
	free(ck.faults);
	rules_free(ck.rules);
	source_free(ck.src);
	return (int)ck.faults_count;
}
