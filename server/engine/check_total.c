/* SPDX-License-Identifier: ISC */
/*
 * check_total.c - every answer leads somewhere.
 *
 * The arms of a step are total when one has no condition, when two of them
 * say the opposite ("x > 0", "x = 0"), or when some arm holds for every
 * combination of the finite fields that their conditions name: we try all of
 * them.  A condition that looks at anything else (a text, the case, a
 * setting) proves nothing.
 */
#include "check.h"

enum {
	NAMES_MAX = 8,
	MULTI_MAX = 6,		/* choices of a multi whose subsets we try */
	TRIES_MAX = 4096
};

/* A field that some condition names, and what it can be. */
struct domain {
	char name[64];
	json_t *values;		/* array; NULL: not finite */
};

struct total {
	struct checker *ck;
	const struct field *fields;	/* of the step or start itself */
	unsigned fields_count;
	const struct arm *arms;
	unsigned arms_count;
	struct domain domains[NAMES_MAX];
	size_t domains_count;
	size_t tries;
	bool infinite;		/* the arm being looked at names such a field */
	bool *proves;		/* arms whose condition we may evaluate */
};

/* ---- values ---- */

/* Subsets of the choices: the empty one is null. */
static void
domain_add_subsets(json_t *values, const struct field *f)
{
	unsigned bits, i;
	json_t *set;

	for (bits = 1; bits < 1u << f->choices_count; bits++) {
		set = json_array();
		for (i = 0; i < f->choices_count; i++)
			if (bits & 1u << i)
				(void)json_array_append_new(set,
				    json_string(f->choices[i]));
		(void)json_array_append_new(values, set);
	}
}

static json_t *
field_values(const struct field *f)
{
	json_t *values = json_array();
	unsigned i;

	if (f->type == FIELD_YESNO) {
		(void)json_array_append_new(values, json_true());
		(void)json_array_append_new(values, json_false());
	} else if (f->type == FIELD_CHOICE) {
		for (i = 0; i < f->choices_count; i++)
			(void)json_array_append_new(values,
			    json_string(f->choices[i]));
	} else if (f->type == FIELD_MULTI && f->choices_count <= MULTI_MAX) {
		domain_add_subsets(values, f);
	} else {
		json_decref(values);
		return NULL;
	}
	return values;
}

/* An answer of this very step that must be given is never null. */
static bool
field_is_certain(const struct field *f)
{
	return f->required != NULL && strcmp(f->required, "yes") == 0 &&
	    f->applies == NULL;
}

/* All that the latest value of a name can be: here, or in any step. */
static json_t *
total_values(const struct total *t, const char *name)
{
	const struct field *f;
	json_t *values, *more;
	unsigned i;

	for (i = 0; i < t->fields_count; i++) {
		f = &t->fields[i];
		if (strcmp(f->id, name) != 0)
			continue;
		values = field_values(f);
		if (values != NULL && !field_is_certain(f))
			(void)json_array_append_new(values, json_null());
		return values;
	}
	values = json_array();
	(void)json_array_append_new(values, json_null());
	f = checker_next_field(t->ck, name, NULL);
	if (f == NULL || checker_find_column(t->ck, name) != NULL) {
		json_decref(values);
		return NULL;
	}
	for (; f != NULL; f = checker_next_field(t->ck, name, f)) {
		if ((more = field_values(f)) == NULL) {
			json_decref(values);
			return NULL;
		}
		(void)json_array_extend(values, more);
		json_decref(more);
	}
	return values;
}

/* Called for each field of a condition. */
static bool
total_on_field(void *arg, const char *name)
{
	struct total *t = arg;
	struct domain *d;
	json_t *values;
	size_t i;

	for (i = 0; i < t->domains_count; i++)
		if (strcmp(t->domains[i].name, name) == 0)
			return true;
	if ((values = total_values(t, name)) == NULL ||
	    t->domains_count == NAMES_MAX || strlen(name) >= sizeof d->name) {
		json_decref(values);
		t->infinite = true;
		return true;
	}
	d = &t->domains[t->domains_count++];
	snprintf(d->name, sizeof d->name, "%s", name);
	d->values = values;
	return true;
}

static void
total_look(struct total *t)
{
	struct rules *rs = t->ck->rules;
	struct why why;
	unsigned i;

	for (i = 0; i < t->arms_count; i++) {
		t->infinite = false;
		t->proves[i] = rule_is_closed(rs, t->arms[i].when) &&
		    rule_check(rs, t->arms[i].when, total_on_field, t, &why) ==
		    0 && !t->infinite;
	}
}

/* ---- all combinations ---- */

static bool
total_some_holds(const struct total *t, const json_t *values)
{
	struct world w = { .rules = t->ck->rules };
	struct scope sc = { .values = values, .w = &w };
	unsigned i;

	for (i = 0; i < t->arms_count; i++)
		if (t->proves[i] && rule_is_true(t->arms[i].when, &sc))
			return true;
	return false;
}

/*
 * Try every value of domain k and of those after it.  False leaves in values
 * the combination for which no arm holds.
 */
static bool
total_try(struct total *t, size_t k, json_t *values)
{
	json_t *v;
	size_t i;

	if (k == t->domains_count)
		return ++t->tries <= TRIES_MAX && total_some_holds(t, values);
	json_array_foreach(t->domains[k].values, i, v) {
		(void)json_object_set(values, t->domains[k].name, v);
		if (!total_try(t, k + 1, values))
			return false;
	}
	return true;
}

/* "has_changes=sí kind=otro", as a person would type it. */
static void
values_text(json_t *values, char *out, size_t size)
{
	const char *name;
	json_t *v;
	size_t len = 0;

	*out = '\0';
	json_object_foreach(values, name, v) {
		if (len >= size)
			break;
		if (json_is_array(v))
			v = json_array_get(v, 0);
		len += (size_t)snprintf(out + len, size - len, "%s%s=%s",
		    len > 0 ? " " : "", name, json_is_true(v) ? "sí" :
		    json_is_false(v) ? "no" :
		    json_is_string(v) ? json_string_value(v) : "(vacío)");
	}
}

/* ---- opposites ---- */

/* One call and nothing around it: its first parenthesis closes at the end. */
static bool
text_is_call(const char *s)
{
	int depth = 0;

	for (; *s != '\0'; s++) {
		if (*s == '(')
			depth++;
		else if (*s == ')' && --depth == 0)
			return s[1] == '\0';
	}
	return false;
}

/* "X > 0" and "X = 0", where X is a function that counts: never null. */
static bool
when_is_opposite(const char *a, const char *b)
{
	static const char *const counts[] = { "count(", "open_rows(",
		"rounds(", "versions(", "count_where(", "approved_items(" };
	const char *end = strstr(a, " > 0");
	char x[256], zero[264];
	size_t i;

	if (end == NULL || end[4] != '\0' || (size_t)(end - a) >= sizeof x)
		return false;
	snprintf(x, sizeof x, "%.*s", (int)(end - a), a);
	snprintf(zero, sizeof zero, "%s = 0", x);
	if (strcmp(b, zero) != 0 || !text_is_call(x))
		return false;
	for (i = 0; i < ARRAY_LEN(counts); i++)
		if (strncmp(x, counts[i], strlen(counts[i])) == 0)
			return true;
	return false;
}

static bool
arms_are_opposite(const struct arm *v, unsigned n)
{
	unsigned i, j;

	for (i = 0; i < n; i++)
		for (j = 0; j < n; j++)
			if (when_is_opposite(v[i].when, v[j].when))
				return true;
	return false;
}

/* ---- steps and starts ---- */

/* Is some arm without a condition?  Those after it, without fork, never run. */
static bool
check_unconditional(struct checker *ck, struct spot at, const struct arm *v,
    unsigned n, bool fork)
{
	unsigned i;

	for (i = 0; i < n; i++) {
		if (v[i].when != NULL)
			continue;
		at.sub = "next";
		at.j = (int)i + 1;
		if (!fork && i + 1 < n)
			check_fault(ck, at, "este brazo nunca se toma: el "
			    "anterior no tiene condición");
		return true;
	}
	return false;
}

static void
check_total(struct checker *ck, struct spot at, const struct field *fields,
    unsigned fields_count, const struct arm *arms, unsigned arms_count)
{
	struct total t = { .ck = ck, .fields = fields,
		.fields_count = fields_count, .arms = arms,
		.arms_count = arms_count };
	json_t *values = json_object();
	char text[256];
	size_t i;

	t.proves = xcalloc(arms_count, sizeof *t.proves);
	total_look(&t);
	if (!total_try(&t, 0, values)) {
		values_text(values, text, sizeof text);
		at.sub = "next";
		if (*text == '\0' || t.tries > TRIES_MAX)
			check_fault(ck, at, "puede no haber brazo que tomar: "
			    "deje el último sin «when»");
		else
			check_fault(ck, at, "ningún brazo cubre %s: agréguelo "
			    "o deje el último sin «when»", text);
	}
	for (i = 0; i < t.domains_count; i++)
		json_decref(t.domains[i].values);
	free(t.proves);
	json_decref(values);
}

static void
check_total_of(struct checker *ck, struct spot at, const struct field *fields,
    unsigned fields_count, const struct arm *arms, unsigned n, bool fork)
{
	if (n == 0 || check_unconditional(ck, at, arms, n, fork) ||
	    arms_are_opposite(arms, n))
		return;
	check_total(ck, at, fields, fields_count, arms, n);
}

void
check_totals(struct checker *ck)
{
	const struct procedure *p = ck->p;
	unsigned i;

	for (i = 0; i < p->starts_count; i++)
		check_total_of(ck, item_spot("starts", i), p->starts[i].fields,
		    p->starts[i].fields_count, p->starts[i].next,
		    p->starts[i].next_count, true);
	for (i = 0; i < p->steps_count; i++)
		check_total_of(ck, step_spot(&p->steps[i], NULL, -1),
		    p->steps[i].fields, p->steps[i].fields_count,
		    p->steps[i].next, p->steps[i].next_count,
		    p->steps[i].fork);
}
