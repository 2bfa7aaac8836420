/* SPDX-License-Identifier: ISC */
/*
 * linear_field.c - one field by question and answer.  What it gives is the
 * same text that the form of the screens gives, so both send the same words.
 */
#include "linear_own.h"

#include "i18n.h"
#include "text.h"
#include "verdict.h"

/* Where an option of the deciding field leads, or "". */
static char *
linear_leads(const json_t *arms, const json_t *def, const char *option)
{
	size_t i;

	for (i = 0; i < json_array_size(arms); i++) {
		const json_t *arm = json_array_get(arms, i);
		char *value = field_typed(def, json_object_get(arm, "value"));
		bool same = text_like(value, option);

		free(value);
		if (same)
			return form_arm_text(arm);
	}
	return xstrdup("");
}

static void
linear_say_options(struct linear *l, const struct form_field *f,
    const json_t *arms)
{
	size_t i;

	for (i = 0; i < json_array_size(f->options); i++) {
		const char *o = doc_item(f->options, i);
		char *to = linear_leads(arms, f->def, o);

		linear_say(l, "  %zu %s%s%s\n", i + 1, o,
		    *to != '\0' ? ": " : "", to);
		free(to);
	}
}

/* The people, or the outlets, that F4 gives to choose from in the screens. */
static void
linear_say_list(struct linear *l, const struct form_field *f)
{
	struct line words = { NULL, 0 };
	json_t *doc, *people, *outlets, *one;
	size_t i;

	line_add(&words, field_is_outlet(f) ? "medios" : "personas");
	if (!field_is_outlet(f) && *doc_text(f->def, "of") != '\0')
		line_addf(&words, "rol=%s", doc_text(f->def, "of"));
	if ((doc = linear_ask(l, &words, false)) == NULL)
		return;
	people = doc_list(doc, "people");
	outlets = doc_outlets(doc);
	json_array_foreach(outlets, i, one)
		linear_say(l, "  %s\n", doc_text(one, "label"));
	json_decref(outlets);
	for (i = 0; i < json_array_size(people); i++)
		linear_say(l, "  %s, %s\n",
		    doc_text(json_array_get(people, i), "login"),
		    doc_text(json_array_get(people, i), "name"));
	json_decref(doc);
}

/* What "?" says of a field. */
static void
linear_explain(struct linear *l, const struct form_field *f,
    const json_t *arms)
{
	const char *help = doc_text(f->def, "help");

	if (*help != '\0')
		linear_say(l, "  %s\n", help);
	if (json_array_size(f->options) > 0)
		linear_say_options(l, f, arms);
	else if (strcmp(doc_text(f->def, "type"), "person") == 0 ||
	    field_is_outlet(f))
		linear_say_list(l, f);
	else if (*help == '\0')
		linear_say(l, _("  Escriba el valor; Enter conserva el que "
		    "está entre corchetes; - lo borra; . regresa.\n"));
}

/* The only option that begins so ("s" of sí and no), from 1; else 0. */
static int
linear_begins(const struct form_field *f, const char *s)
{
	char *typed = text_fold(s), *word;
	int n = (int)json_array_size(f->options), i, k = 0, fit = 0;

	for (i = 0; i < n; i++) {
		word = text_fold(doc_item(f->options, (size_t)i));
		if (*typed != '\0' && strncmp(word, typed,
		    strlen(typed)) == 0) {
			k = i + 1;
			fit++;
		}
		free(word);
	}
	free(typed);
	return fit == 1 ? k : 0;
}

/*
 * One of the options by its number or its words; where it must be one of them,
 * by how it begins too.
 */
static bool
linear_take_one(struct form_field *f, const char *s)
{
	int n = (int)json_array_size(f->options);
	int k = linear_number(s, n), i;

	for (i = 0; k <= 0 && i < n; i++)
		if (text_like(doc_item(f->options, (size_t)i), s))
			k = i + 1;
	if (k <= 0 && f->kind == FORM_ONE)
		k = linear_begins(f, s);
	if (k > 0)
		field_choose(f, k - 1);
	return k > 0;
}

/* Several numbers: "1, 3". */
static bool
linear_take_many(struct form_field *f, const char *s)
{
	int n = (int)json_array_size(f->options);
	char *end;
	long k;

	edit_set(&f->edit, "");
	while (s += strspn(s, ", "), *s != '\0') {
		k = strtol(s, &end, 10);
		if (end == s || k < 1 || k > n)
			return false;
		if (!field_is_chosen(f, doc_item(f->options, (size_t)k - 1)))
			field_choose(f, (int)k - 1);
		s = end;
	}
	return true;
}

/*
 * Is it empty though it may not be?  Then that is said, once: a later answer
 * may excuse it, and who sends it empty is told by the server.
 */
static bool
linear_lacks(struct linear *l, const struct form_field *f, bool *told)
{
	if (*told || !field_is_missing(f))
		return false;
	*told = true;
	linear_say(l, _("  Es obligatorio; Enter otra vez lo deja para "
	    "después; . regresa.\n"));
	return true;
}

static void
linear_put_verdict(struct form_field *f, int i, enum verdict v,
    const char *reason)
{
	char *text = verdict_put(f->edit.text, i, v, reason);

	edit_set(&f->edit, text);
	free(text);
}

/* What is to be corrected in it; an empty line leaves what was said. */
static bool
linear_mend(struct linear *l, struct form_field *f, int i)
{
	char *was, *s;
	bool goes;

	(void)verdict_find(f->edit.text, i, &was);
	s = linear_question(l, _("    Qué debe corregirse (vacío: nada) "
	    "[%s]: "), was);
	goes = s != NULL && strcmp(s, ".") != 0;
	if (goes)
		linear_put_verdict(f, i, VERDICT_NO, *s != '\0' ? s : was);
	free(was);
	free(s);
	return goes;
}

/* The verdict of one thing; false: the person goes back. */
static bool
linear_verdict(struct linear *l, struct form_field *f, int i)
{
	bool yes = field_is_verdict(f, i, "aprobar");
	bool no = field_is_verdict(f, i, "regresar"), told = yes || no;
	char *s;
	int k;

	for (;;) {
		s = linear_question(l, _("  %s (1 aprobar, 2 regresar) [%s]: "),
		    doc_item(f->options, (size_t)i), yes ? "1" :
		    no ? "2" : "");
		if (s == NULL)
			return false;
		k = *s != '\0' ? linear_number(s, 2) :
		    linear_lacks(l, f, &told) ? -1 : 3;
		free(s);
		if (k >= 0)
			break;
	}
	if (k == 1)
		linear_put_verdict(f, i, VERDICT_YES, NULL);
	return k == 2 ? linear_mend(l, f, i) : k != 0;
}

/* A verdict for each thing; the field keeps "1:aprobar,2:regresar". */
static bool
linear_each(struct linear *l, struct form_field *f)
{
	int n = (int)json_array_size(f->options), i;

	for (i = 0; i < n; i++)
		if (!linear_verdict(l, f, i))
			return false;
	return true;
}

/* One row asked for column by column; was is what it says now, or NULL. */
static json_t *
linear_row(struct linear *l, const json_t *columns, const json_t *was)
{
	json_t *row = json_object(), *col;
	struct form_field f;
	bool ok = true;
	char *word;
	size_t i;

	for (i = 0; ok && i < json_array_size(columns); i++) {
		col = json_deep_copy(json_array_get(columns, i));
		json_object_del(col, "draft");
		if (was != NULL)
			json_object_set(col, "value", json_object_get(was,
			    doc_text(col, "id")));
		field_init(&f, col);
		ok = f.kind == FORM_STILL || linear_field(l, &f, NULL);
		word = field_word(&f);
		if (*word != '\0')
			json_object_set_new(row, doc_text(col, "id"),
			    json_string(word));
		free(word);
		field_clear(&f);
		json_decref(col);
	}
	if (!ok) {
		json_decref(row);
		return NULL;
	}
	return row;
}

static void
linear_keep_rows(struct form_field *f, const json_t *rows)
{
	char *json = json_dumps(rows, JSON_COMPACT);

	edit_set(&f->edit, json_array_size(rows) == 0 ? "" : json);
	free(json);
}

/* "a" adds a row, "c 2" asks the second again, "q 2" takes it out. */
static bool
linear_rows_do(struct linear *l, json_t *rows, const json_t *columns,
    const char *s)
{
	int k = linear_number(s + (*s != '\0') + strspn(s + (*s != '\0'), " "),
	    (int)json_array_size(rows));
	char *letter = xasprintf("%.1s", s);
	json_t *row = NULL;
	bool known = true;

	if (linear_is(s, "a")) {
		if ((row = linear_row(l, columns, NULL)) != NULL)
			json_array_append_new(rows, row);
	} else if (linear_is(letter, "c") && k > 0) {
		row = linear_row(l, columns,
		    json_array_get(rows, (size_t)k - 1));
		if (row != NULL)
			json_array_set_new(rows, (size_t)k - 1, row);
	} else if (linear_is(letter, "q") && k > 0) {
		json_array_remove(rows, (size_t)k - 1);
	} else {
		known = false;
	}
	free(letter);
	return known;
}

/* One turn over a list; false when it is as the person wants it. */
static bool
linear_rows_turn(struct linear *l, struct form_field *f, json_t *rows,
    bool *back, bool *told)
{
	const json_t *columns = doc_list(f->def, "columns");
	size_t n = json_array_size(rows), i;
	char *s, *text;
	bool more;

	for (i = 0; i < n; i++) {
		text = field_row_text(columns, json_array_get(rows, i));
		linear_say(l, "  %zu %s\n", i + 1, text);
		free(text);
	}
	s = linear_question(l, _("  a=agregar, c 1=cambiar, q 1=quitar, "
	    "Enter=seguir: "));
	*back = s == NULL || strcmp(s, ".") == 0;
	more = !*back && *s != '\0';
	if (more && !linear_rows_do(l, rows, columns, s))
		linear_say(l, _("  Escriba a, c con un número o q con un "
		    "número.\n"));
	linear_keep_rows(f, rows);
	free(s);
	return more || (!*back && linear_lacks(l, f, told));
}

static bool
linear_rows(struct linear *l, struct form_field *f)
{
	json_t *rows = field_rows(f->edit.text);
	bool back = false, told = false;

	while (linear_rows_turn(l, f, rows, &back, &told))
		;
	json_decref(rows);
	return !back;
}

/* A page: a line that ends in "\" goes on in the next. */
static void
linear_page(struct linear *l, struct form_field *f, char *s)
{
	struct buf b;
	size_t n;

	buf_init(&b, f->edit.max);
	while (s != NULL && (n = strlen(s)) > 0 && s[n - 1] == '\\') {
		s[n - 1] = '\0';
		buf_addf(&b, "%s\n", s);
		free(s);
		s = linear_read(l);
	}
	buf_addf(&b, "%s", s == NULL ? "" : s);
	edit_set(&f->edit, buf_str(&b));
	free(s);
	buf_clear(&b);
}

/* Put what was typed in the field; false when it is not an answer.  Takes s. */
static bool
linear_take(struct linear *l, struct form_field *f, char *s)
{
	bool ok = true;

	if (f->kind == FORM_PAGE) {
		linear_page(l, f, s);
		return true;
	}
	if (f->kind == FORM_ONE)
		ok = linear_take_one(f, s);
	else if (f->kind == FORM_MANY)
		ok = linear_take_many(f, s);
	else if (json_array_size(f->options) == 0 || !linear_take_one(f, s))
		edit_set(&f->edit, s);	/* an area may be any text */
	free(s);
	return ok;
}

/* The question itself: label, what it wants, what it holds. */
static char *
linear_prompt(struct linear *l, const struct form_field *f)
{
	char *s;
	json_t *set = f->kind == FORM_MANY ?
	    json_loads(f->edit.text, 0, NULL) : NULL;
	char *holds = json_is_array(set) ? doc_join(set, ", ") :
	    xstrdup(f->edit.text);

	s = linear_question(l, "%s%s%s [%s]: ", doc_text(f->def, "label"),
	    field_is_required(f) ? _(" (obligatorio)") : "",
	    json_array_size(f->options) > 0 ? _(", ? = lista") : "", holds);
	json_decref(set);
	free(holds);
	return s;
}

enum linear_got { GOT_ANSWER, GOT_NOTHING, GOT_BACK };

/* One line for a field.  Takes s. */
static enum linear_got
linear_answer(struct linear *l, struct form_field *f, const json_t *arms,
    char *s, bool *told)
{
	enum linear_got got = GOT_NOTHING;

	if (s == NULL || strcmp(s, ".") == 0)
		got = GOT_BACK;
	else if (strcmp(s, "?") == 0)
		linear_explain(l, f, arms);
	else if (strcmp(s, "-") == 0)
		edit_set(&f->edit, "");
	else if (*s == '\0')
		got = linear_lacks(l, f, told) ? GOT_NOTHING : GOT_ANSWER;
	else
		got = linear_take(l, f, xstrdup(s)) ? GOT_ANSWER : GOT_NOTHING;
	if (got == GOT_NOTHING && *s != '\0' && strcmp(s, "?") != 0 &&
	    strcmp(s, "-") != 0)
		linear_say(l, _("  Escriba un número de la lista (? la "
		    "muestra).\n"));
	free(s);
	return got;
}

bool
linear_field(struct linear *l, struct form_field *f, const json_t *arms)
{
	enum linear_got got = GOT_NOTHING;
	bool told = false;

	if (f->kind == FORM_EACH || f->kind == FORM_ROWS) {
		linear_say(l, "%s:\n", doc_text(f->def, "label"));
		return f->kind == FORM_EACH ? linear_each(l, f) :
		    linear_rows(l, f);
	}
	if (arms != NULL)
		linear_say_options(l, f, arms);
	while (got == GOT_NOTHING)
		got = linear_answer(l, f, arms, linear_prompt(l, f), &told);
	return got == GOT_ANSWER;
}
