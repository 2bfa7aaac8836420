/* SPDX-License-Identifier: ISC */
/* value_text.c - values as a person reads them: local time, sí, "a, b". */
#include "calendar.h"
#include "value.h"

static void value_add(struct buf *, const struct field *, const json_t *,
    const char *zone);

static void
add_string(struct buf *b, const json_t *v)
{
	const char *s = json_string_value(v);

	if (s != NULL)
		(void)buf_add(b, s, strlen(s));
}

static void
add_date(struct buf *b, const char *iso)
{
	(void)buf_addf(b, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
}

static void
add_datetime(struct buf *b, const json_t *v, const char *zone)
{
	char date[11], time[9];
	struct when t;

	if (json_string_value(v) == NULL ||
	    when_parse(json_string_value(v), &t) < 0) {
		add_string(b, v);
		return;
	}
	calendar_local(zone, t, date, time);
	add_date(b, date);
	(void)buf_addf(b, " %.*s", strcmp(time + 6, "00") == 0 ? 5 : 8, time);
}

/* Strings, or things that have a name, one after the other. */
static void
add_names(struct buf *b, const json_t *v)
{
	json_t *item;
	size_t i;

	json_array_foreach(v, i, item) {
		if (i > 0)
			(void)buf_add(b, ", ", 2);
		add_string(b, json_is_object(item)
		    ? json_object_get(item, "name") : item);
	}
}

/* Material that stays where it is, as `pauta hash` says it. */
static void
add_material(struct buf *b, const json_t *v)
{
	static const char *const keys[] = { "sha256", "place" };
	json_t *item, *size;
	size_t i, k;

	json_array_foreach(v, i, item) {
		(void)buf_addf(b, "%s", i > 0 ? "; " : "");
		add_string(b, json_object_get(item, "name"));
		if ((size = json_object_get(item, "size")) != NULL)
			(void)buf_addf(b, ",%lld",
			    (long long)json_integer_value(size));
		for (k = 0; k < ARRAY_LEN(keys); k++)
			if (json_object_get(item, keys[k]) != NULL) {
				(void)buf_add(b, ",", 1);
				add_string(b, json_object_get(item, keys[k]));
			}
	}
}

static void
add_rows(struct buf *b, const struct field *f, const json_t *v,
    const char *zone)
{
	const struct field *col;
	json_t *row, *cell;
	size_t i;
	unsigned j;
	bool first;

	json_array_foreach(v, i, row) {
		if (i > 0)
			(void)buf_add(b, "; ", 2);
		first = true;
		for (j = 0; j < f->columns_count; j++) {
			col = &f->columns[j];
			cell = json_object_get(row, col->id);
			if (value_is_blank(cell))
				continue;
			(void)buf_addf(b, "%s%s: ", first ? "" : ", ",
			    col->label);
			value_add(b, col, cell, zone);
			first = false;
		}
	}
}

static void
add_verdicts(struct buf *b, const json_t *v)
{
	json_t *one;
	size_t i;

	json_array_foreach(v, i, one) {
		(void)buf_addf(b, "%s%lld: ", i > 0 ? "; " : "", (long long)
		    doc_int(one, "item"));
		add_string(b, json_object_get(one, "verdict"));
		if (value_is_blank(json_object_get(one, "remarks")))
			continue;
		(void)buf_add(b, " (", 2);
		add_string(b, json_object_get(one, "remarks"));
		(void)buf_add(b, ")", 1);
	}
}

static void
value_add(struct buf *b, const struct field *f, const json_t *v,
    const char *zone)
{
	if (json_is_boolean(v))
		(void)buf_addf(b, "%s", json_is_true(v) ? "sí" : "no");
	else if (json_is_integer(v))
		(void)buf_addf(b, "%lld", (long long)json_integer_value(v));
	else if (f->type == FIELD_DATE &&
	    calendar_is_date(json_string_value(v)))
		add_date(b, json_string_value(v));
	else if (f->type == FIELD_DATETIME)
		add_datetime(b, v, zone);
	else if (f->type == FIELD_LIST)
		add_rows(b, f, v, zone);
	else if (f->type == FIELD_VERDICTS)
		add_verdicts(b, v);
	else if (f->type == FIELD_LOCATION && json_is_array(v))
		add_material(b, v);
	else if (json_is_array(v))
		add_names(b, v);
	else
		add_string(b, v);
}

char *
value_text(const struct field *f, const json_t *v, const char *zone)
{
	struct buf b;
	char *text;

	buf_init(&b, VALUE_MAX * 2);
	if (!value_is_blank(v))
		value_add(&b, f, v, zone);
	text = xstrdup(buf_str(&b));
	buf_clear(&b);
	return text;
}
