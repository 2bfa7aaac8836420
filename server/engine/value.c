/* SPDX-License-Identifier: ISC */
/*
 * value.c - is this value one that its field may hold?  One function a type,
 * in the table at the end of the checks; what people type is read in
 * value_parse.c and shown in value_text.c.
 */
#include "calendar.h"
#include "value.h"

#include "../../proto/text.h"

typedef int check_fn(const struct field *, const json_t *, struct why *);

bool
value_is_blank(const json_t *v)
{
	return v == NULL || json_is_null(v) ||
	    (json_is_string(v) && json_string_length(v) == 0) ||
	    (json_is_array(v) && json_array_size(v) == 0);
}

/* "fecha_planeada" is as good as "Fecha planeada". */
static bool
label_is(const char *label, const char *word)
{
	char *spaced = xstrdup(word), *p;
	bool same;

	for (p = spaced; *p != '\0'; p++)
		if (*p == '_')
			*p = ' ';
	same = text_like(label, spaced);
	free(spaced);
	return same;
}

const struct field *
value_find_field(const struct field *fields, unsigned n, const char *word)
{
	const struct field *f = field_find(fields, n, word);
	unsigned i;

	if (f != NULL)
		return f;
	for (i = 0; i < n; i++)
		if (fields[i].label != NULL && label_is(fields[i].label, word))
			return &fields[i];
	return NULL;
}

/* The first text of a row as its definition orders it, or NULL. */
static const char *
row_name(const struct field *list, const json_t *row)
{
	static const char *const by[] = { "title", "name" };
	const char *name = NULL;
	unsigned i;

	for (i = 0; i < ARRAY_LEN(by) && name == NULL; i++)
		name = json_string_value(json_object_get(row, by[i]));
	for (i = 0; list != NULL && i < list->columns_count && name == NULL;
	    i++)
		name = json_string_value(json_object_get(row,
		    list->columns[i].id));
	return name;
}

const char *
value_item_name(const struct field *list, const json_t *item)
{
	const char *name = json_is_string(item) ? json_string_value(item) :
	    row_name(list, item);

	return name != NULL ? name : "";
}

const char *
value_ref_name(const struct field *list, const json_t *items,
    const json_t *verdicts, const char *ref)
{
	const char *name, *there = NULL;
	json_t *item;
	size_t i, n = 0;
	char place[24];

	json_array_foreach(items, i, item) {
		name = value_item_name(list, item);
		if (*name != '\0' && text_like(name, ref))
			return name;
		if (verdicts != NULL && !value_approves(verdicts, i + 1))
			continue;
		(void)snprintf(place, sizeof place, "%zu", ++n);
		if (*name != '\0' && strcmp(place, ref) == 0)
			there = name;
	}
	return there;
}

static int
value_refuse(const struct field *f, struct why *why, const char *what)
{
	return why_set(why, ERR_REFUSED, "«%s»: %s", f->label, what);
}

static int
check_string(const struct field *f, const json_t *v, size_t max,
    enum text_flags flags, struct why *why)
{
	struct why inner;
	char *copy;
	int r;

	if (!json_is_string(v))
		return value_refuse(f, why, "se espera un texto.");
	r = text_take(json_string_value(v), json_string_length(v), max, flags,
	    &copy, &inner);
	if (r < 0)
		return value_refuse(f, why, inner.text);
	if (strcmp(copy, json_string_value(v)) != 0)
		r = value_refuse(f, why, "el texto no está en la forma NFC de "
		    "Unicode: escríbalo de nuevo.");
	free(copy);
	return r;
}

static int
check_text(const struct field *f, const json_t *v, struct why *why)
{
	return check_string(f, v, TEXT_MAX, 0, why);
}

static int
check_longtext(const struct field *f, const json_t *v, struct why *why)
{
	return check_string(f, v, VALUE_MAX, TEXT_LINES, why);
}

static int
check_int(const struct field *f, const json_t *v, struct why *why)
{
	json_int_t n = json_integer_value(v);

	if (!json_is_integer(v))
		return value_refuse(f, why, "se espera un número entero.");
	if (f->min != NULL && n < *f->min)
		return why_set(why, ERR_REFUSED, "«%s»: lo menos es %lld.",
		    f->label, (long long)*f->min);
	if (f->max != NULL && n > *f->max)
		return why_set(why, ERR_REFUSED, "«%s»: lo más es %lld.",
		    f->label, (long long)*f->max);
	return 0;
}

static int
check_date(const struct field *f, const json_t *v, struct why *why)
{
	if (!calendar_is_date(json_string_value(v)))
		return value_refuse(f, why,
		    "no es una fecha; escriba, por ejemplo, 23/11/2026.");
	return 0;
}

static int
check_time(const struct field *f, const json_t *v, struct why *why)
{
	const char *s = json_string_value(v);
	struct when t;

	if (s == NULL || strlen(s) != 5 ||
	    calendar_instant("UTC", "2026-01-01", s, &t) < 0)
		return value_refuse(f, why,
		    "no es una hora; escriba, por ejemplo, 09:30.");
	return 0;
}

static int
check_datetime(const struct field *f, const json_t *v, struct why *why)
{
	const char *s = json_string_value(v);
	struct when t;
	char back[WHEN_TEXT];

	if (s == NULL || when_parse(s, &t) < 0 ||
	    strcmp(when_text(t, back), s) != 0)
		return value_refuse(f, why, "no es una fecha con hora; "
		    "escriba, por ejemplo, 23/11/2026 09:30.");
	return 0;
}

static int
check_yesno(const struct field *f, const json_t *v, struct why *why)
{
	if (!json_is_boolean(v))
		return value_refuse(f, why, "responda sí o no.");
	return 0;
}

static int
choice_refuse(const struct field *f, const char *word, struct why *why)
{
	struct buf b;
	unsigned i;
	int r;

	buf_init(&b, WHY_MAX);
	for (i = 0; i < f->choices_count; i++)
		(void)buf_addf(&b, "%s%s", i > 0 ? ", " : "", f->choices[i]);
	r = why_set(why, ERR_REFUSED,
	    "«%s»: «%.100s» no es una de las opciones: %s.", f->label, word,
	    buf_str(&b));
	buf_clear(&b);
	return r;
}

static int
check_choice(const struct field *f, const json_t *v, struct why *why)
{
	unsigned i;
	int r;

	if ((r = check_text(f, v, why)) < 0 || f->choices_count == 0)
		return r;
	for (i = 0; i < f->choices_count; i++)
		if (strcmp(f->choices[i], json_string_value(v)) == 0)
			return 0;
	return choice_refuse(f, json_string_value(v), why);
}

/* How many items: the bounds of the field, in its own words. */
static int
check_count(const struct field *f, const json_t *v, struct why *why)
{
	long long n = (long long)json_array_size(v);

	if (!json_is_array(v))
		return value_refuse(f, why, "se espera una lista.");
	if (n > ITEMS_MAX)
		return why_set(why, ERR_REFUSED, "«%s»: hay %lld y caben %d: "
		    "use menos.", f->label, n, ITEMS_MAX);
	if (f->min != NULL && n < *f->min)
		return why_set(why, ERR_REFUSED, "«%s»: hay %lld y el mínimo "
		    "es %lld.", f->label, n, (long long)*f->min);
	if (f->max != NULL && n > *f->max)
		return why_set(why, ERR_REFUSED, "«%s»: hay %lld y el máximo "
		    "es %lld.", f->label, n, (long long)*f->max);
	return 0;
}

static int
check_multi(const struct field *f, const json_t *v, struct why *why)
{
	size_t i, j;
	json_t *item;
	int r;

	if ((r = check_count(f, v, why)) < 0)
		return r;
	json_array_foreach(v, i, item) {
		if ((r = check_choice(f, item, why)) < 0)
			return r;
		for (j = 0; j < i; j++)
			if (json_equal(item, json_array_get(v, j)))
				return why_set(why, ERR_REFUSED,
				    "«%s»: «%s» está dos veces.", f->label,
				    json_string_value(item));
	}
	return 0;
}

static int
check_file(const struct field *f, const json_t *v, struct why *why)
{
	const char *key;
	json_t *item, *part;
	size_t i;
	int r;

	if ((r = check_count(f, v, why)) < 0)
		return r;
	json_array_foreach(v, i, item) {
		if (value_is_blank(json_object_get(item, "name")))
			return value_refuse(f, why,
			    "cada archivo necesita su nombre.");
		json_object_foreach(item, key, part) {
			if (strcmp(key, "size") == 0 && json_is_integer(part))
				continue;
			if (strcmp(key, "name") != 0 &&
			    strcmp(key, "sha256") != 0 &&
			    strcmp(key, "place") != 0)
				return value_refuse(f, why, "de un archivo se "
				    "guarda name, size, sha256 y place.");
			if ((r = check_text(f, part, why)) < 0)
				return r;
		}
	}
	return 0;
}

static int
check_location(const struct field *f, const json_t *v, struct why *why)
{
	return json_is_array(v) ? check_file(f, v, why)
	    : check_text(f, v, why);
}

static int
check_row(const struct field *f, const json_t *row, size_t n, struct why *why)
{
	const struct field *col;
	struct why inner;
	const char *key;
	json_t *cell;
	unsigned i;

	if (!json_is_object(row))
		return value_refuse(f, why,
		    "cada renglón es un objeto con sus columnas.");
	json_object_foreach((json_t *)row, key, cell) {
		for (i = 0; i < f->columns_count; i++)
			if (strcmp(f->columns[i].id, key) == 0)
				break;
		if (i == f->columns_count)
			return why_set(why, ERR_REFUSED, "«%s»: no hay una "
			    "columna «%.60s».", f->label, key);
	}
	for (i = 0; i < f->columns_count; i++) {
		col = &f->columns[i];
		cell = json_object_get(row, col->id);
		if (value_is_blank(cell)) {
			if (col->required == NULL ||
			    strcmp(col->required, "yes") != 0)
				continue;
			return why_set(why, ERR_REFUSED, "«%s», renglón %zu: "
			    "falta %s.", f->label, n, col->label);
		}
		if (value_check(col, cell, &inner) < 0)
			return why_set(why, ERR_REFUSED, "«%s», renglón %zu: "
			    "%s", f->label, n, inner.text);
	}
	return 0;
}

static int
check_list(const struct field *f, const json_t *v, struct why *why)
{
	json_t *row;
	size_t i;
	int r;

	if ((r = check_count(f, v, why)) < 0)
		return r;
	json_array_foreach(v, i, row)
		if ((r = check_row(f, row, i + 1, why)) < 0)
			return r;
	return 0;
}

static bool
verdict_is_sound(const json_t *one)
{
	const char *key, *word;
	json_t *part;

	json_object_foreach((json_t *)one, key, part)
		if (strcmp(key, "item") != 0 && strcmp(key, "verdict") != 0 &&
		    strcmp(key, "remarks") != 0)
			return false;
	word = json_string_value(json_object_get(one, "verdict"));
	return doc_int(one, "item") >= 1 &&
	    word != NULL && (strcmp(word, "aprobar") == 0 ||
	    strcmp(word, "regresar") == 0);
}

/* One verdict an item, aprobar or regresar. */
static int
check_verdicts(const struct field *f, const json_t *v, struct why *why)
{
	json_t *one, *remarks, *item;
	size_t i, j;
	int r;

	if ((r = check_count(f, v, why)) < 0)
		return r;
	json_array_foreach(v, i, one) {
		item = json_object_get(one, "item");
		remarks = json_object_get(one, "remarks");
		if (!verdict_is_sound(one))
			return value_refuse(f, why, "escriba el número de cada "
			    "elemento y su dictamen: 1:aprobar,2:regresar.");
		if (remarks != NULL &&
		    (r = check_longtext(f, remarks, why)) < 0)
			return r;
		for (j = 0; j < i; j++)
			if (json_equal(item, json_object_get(
			    json_array_get(v, j), "item")))
				return why_set(why, ERR_REFUSED, "«%s»: el "
				    "elemento %lld tiene dos dictámenes.",
				    f->label, (long long)
				    json_integer_value(item));
	}
	return 0;
}

static check_fn *const checks[] = {
	[FIELD_TEXT] = check_text,
	[FIELD_LONGTEXT] = check_longtext,
	[FIELD_INT] = check_int,
	[FIELD_DATE] = check_date,
	[FIELD_TIME] = check_time,
	[FIELD_DATETIME] = check_datetime,
	[FIELD_YESNO] = check_yesno,
	[FIELD_CHOICE] = check_choice,
	[FIELD_MULTI] = check_multi,
	[FIELD_PERSON] = check_text,
	[FIELD_AREA] = check_text,
	[FIELD_MEDIUM] = check_text,
	[FIELD_FILE] = check_file,
	[FIELD_LOCATION] = check_location,
	[FIELD_LIST] = check_list,
	[FIELD_REF] = check_text,
	[FIELD_VERDICTS] = check_verdicts,
};

int
value_check(const struct field *f, const json_t *v, struct why *why)
{
	if (v == NULL || json_is_null(v))
		return 0;
	return checks[f->type](f, v, why);
}
