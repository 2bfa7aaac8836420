/* SPDX-License-Identifier: ISC */
/*
 * check_rule.c - every expression compiles, names fields that exist, settings
 * that are declared, steps that exist and choices that can be chosen.
 */
#include "check.h"

/* What the names of an expression may be. */
struct known {
	const struct checker *ck;
	bool columns;		/* columns of lists too */
};

static const char *const case_names[] = { "title", "requesting_area", "due_on",
	"priority", "links", "opened_at", "day" };

static bool
known_has(void *arg, const char *name)
{
	const struct known *k = arg;
	size_t i;

	for (i = 0; i < ARRAY_LEN(case_names); i++)
		if (strcmp(case_names[i], name) == 0)
			return true;
	return checker_next_field(k->ck, name, NULL) != NULL ||
	    (k->columns && checker_find_column(k->ck, name) != NULL);
}

/* ---- literals ---- */

static bool
is_word(char c)
{
	return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* A literal 'x' after blanks at s, into out; NULL when there is none. */
static const char *
literal_take(const char *s, char *out, size_t size)
{
	const char *end;

	s += strspn(s, " \t\n");
	if (*s != '\'' || (end = strchr(s + 1, '\'')) == NULL ||
	    end[1] == '\'' || (size_t)(end - s) > size)
		return NULL;
	snprintf(out, size, "%.*s", (int)(end - s - 1), s + 1);
	return end + 1;
}

/* The next call `name('literal'` from *s on; moves *s behind it. */
static bool
call_next(const char **s, const char *name, char *out, size_t size)
{
	size_t n = strlen(name);
	const char *at, *p;

	for (at = *s; (at = strstr(at, name)) != NULL; at += n) {
		if (at > *s && is_word(at[-1]))
			continue;
		p = at + n;
		p += strspn(p, " ");
		if (*p == '(' && literal_take(p + 1, out, size) != NULL) {
			*s = p;
			return true;
		}
	}
	return false;
}

static void
check_calls(struct checker *ck, struct spot at, const char *expr)
{
	static const char *const of_steps[] = { "done", "approved", "outcome",
		"versions" };
	char name[64];
	const char *s;
	size_t i;

	for (s = expr; call_next(&s, "setting", name, sizeof name);)
		if (!checker_has_setting(ck, name))
			check_fault(ck, at, "el ajuste «%s» no está declarado",
			    name);
	for (i = 0; i < ARRAY_LEN(of_steps); i++)
		for (s = expr; call_next(&s, of_steps[i], name, sizeof name);)
			if (procedure_find_step(ck->p, name) == NULL)
				check_fault(ck, at, "%s('%s') nombra un paso "
				    "que no existe", of_steps[i], name);
}

/* Could a choice field of this id ever be this word? */
static bool
choice_is_possible(const struct checker *ck, const char *id, const char *word)
{
	const struct field *f = checker_next_field(ck, id, NULL);
	const struct field *col = checker_find_column(ck, id);

	if (f == NULL || col != NULL)
		return true;
	for (; f != NULL; f = checker_next_field(ck, id, f))
		if ((f->type != FIELD_CHOICE && f->type != FIELD_MULTI) ||
		    text_is_among(word, f->choices, f->choices_count))
			return true;
	return false;
}

/* ":kind = 'x'", ":kind <> 'x'" and "has(:kind, 'x')". */
static void
check_words(struct checker *ck, struct spot at, const char *expr)
{
	char id[64], word[128];
	const char *s, *p;
	size_t n;

	for (s = expr; (s = strchr(s, ':')) != NULL; s++) {
		for (n = 0; is_word(s[1 + n]); n++)
			;
		if (n == 0 || n >= sizeof id)
			continue;
		snprintf(id, sizeof id, "%.*s", (int)n, s + 1);
		p = s + 1 + n;
		p += strspn(p, " \t\n");
		if (strspn(p, "=<>!,") == 0 ||
		    (*p == ',' && (s - expr < 4 || strncmp(s - 4, "has(", 4))))
			continue;
		p += strspn(p, "=<>!,");
		if (literal_take(p, word, sizeof word) != NULL &&
		    !choice_is_possible(ck, id, word))
			check_fault(ck, at, "«%s» nunca es «%s»: no está entre "
			    "sus opciones", id, word);
	}
}

/* ---- expressions, wherever they stand ---- */

static void
check_expr(struct checker *ck, struct spot at, const char *key,
    const char *expr, bool columns)
{
	struct known k = { .ck = ck, .columns = columns };
	struct why why;

	if (expr == NULL)
		return;
	if (rule_check(ck->rules, expr, known_has, &k, &why) < 0) {
		check_fault(ck, at, "%s «%s»: %s", key, expr, why.text);
		return;
	}
	check_calls(ck, at, expr);
	check_words(ck, at, expr);
}

static void
check_field_rules(struct checker *ck, struct spot at, const struct field *f,
    bool columns)
{
	unsigned i;

	if (f->required != NULL && strcmp(f->required, "yes") != 0 &&
	    strcmp(f->required, "no") != 0)
		check_expr(ck, at, "required", f->required, columns);
	check_expr(ck, at, "preset", f->preset, columns);
	check_expr(ck, at, "auto", f->automatic, columns);
	check_expr(ck, at, "applies", f->applies, columns);
	for (i = 0; i < f->columns_count; i++)
		check_field_rules(ck, at, &f->columns[i], true);
}

static void
check_step_rules(struct checker *ck, const struct step *st)
{
	bool row = st->per_row;
	unsigned i;

	for (i = 0; i < st->fields_count; i++)
		check_field_rules(ck, step_spot(st, "fields", (int)i),
		    &st->fields[i], row);
	for (i = 0; i < st->checks_count; i++)
		check_expr(ck, step_spot(st, "checks", (int)i), "rule",
		    st->checks[i].rule, row);
	for (i = 0; i < st->next_count; i++)
		check_expr(ck, step_spot(st, "next", (int)i), "when",
		    st->next[i].when, row);
	for (i = 0; i < st->effects_count; i++) {
		check_expr(ck, step_spot(st, "effects", (int)i), "when",
		    st->effects[i].when, row);
		check_expr(ck, step_spot(st, "effects", (int)i), "title",
		    st->effects[i].title, row);
		check_expr(ck, step_spot(st, "effects", (int)i), "text",
		    st->effects[i].text, row);
		check_expr(ck, step_spot(st, "effects", (int)i), "url",
		    st->effects[i].url, row);
	}
	check_expr(ck, step_spot(st, "applies", -1), "applies", st->applies,
	    row);
	check_expr(ck, step_spot(st, "assign", -1), "assign", st->assign, row);
	check_expr(ck, step_spot(st, "due", -1), "due", st->due, row);
	check_expr(ck, step_spot(st, "warn", -1), "warn", st->warn, row);
	for (i = 0; i < st->escalate_count; i++) {
		check_expr(ck, step_spot(st, "escalate", (int)i), "after",
		    st->escalate[i].after, row);
		check_expr(ck, step_spot(st, "escalate", (int)i), "repeat",
		    st->escalate[i].repeat, row);
	}
}

static void
check_start_rules(struct checker *ck, unsigned n)
{
	const struct start *s = &ck->p->starts[n];
	struct spot at = item_spot("starts", n);
	unsigned i;

	check_expr(ck, at, "subject", s->subject, false);
	check_expr(ck, at, "priority", s->priority, false);
	check_expr(ck, at, "duty", s->duty, false);
	at.sub = "fields";
	for (i = 0; i < s->fields_count; i++) {
		at.j = (int)i;
		check_field_rules(ck, at, &s->fields[i], false);
	}
	at.sub = "next";
	for (i = 0; i < s->next_count; i++) {
		at.j = (int)i;
		check_expr(ck, at, "when", s->next[i].when, false);
	}
}

static void
check_measure_rules(struct checker *ck, struct spot at,
    const struct measure *m)
{
	check_expr(ck, at, "dated", m->dated, true);
	check_expr(ck, at, "when", m->when, true);
}

void
check_rules(struct checker *ck)
{
	const struct procedure *p = ck->p;
	unsigned i;

	for (i = 0; i < p->records_count; i++)
		check_expr(ck, item_spot("records", i), "keep_until",
		    p->records[i].keep_until, true);
	for (i = 0; i < p->documents_count; i++) {
		check_expr(ck, item_spot("documents", i), "name",
		    p->documents[i].name, false);
		check_expr(ck, item_spot("documents", i), "date",
		    p->documents[i].date, false);
		check_expr(ck, item_spot("documents", i), "filed",
		    p->documents[i].filed, false);
	}
	for (i = 0; i < p->indicators_count; i++) {
		check_measure_rules(ck, item_spot("indicators", i),
		    &p->indicators[i].numerator);
		check_measure_rules(ck, item_spot("indicators", i),
		    &p->indicators[i].denominator);
	}
	for (i = 0; i < p->starts_count; i++)
		check_start_rules(ck, i);
	for (i = 0; i < p->steps_count; i++)
		check_step_rules(ck, &p->steps[i]);
}
