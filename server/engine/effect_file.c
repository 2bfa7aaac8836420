/* SPDX-License-Identifier: ISC */
/*
 * effect_file.c - the files that go outside with what a step asks for: those
 * that were said to go, one by one; which of them first; and what is said
 * under each.
 */
#include <stdio.h>

#include "decide.h"

/* By its name, or by its place among them, from 1. */
static bool
item_is_named(const json_t *item, size_t place, const json_t *by)
{
	const char *word = json_string_value(by), *name;
	char number[24];

	name = json_string_value(json_object_get(item, "name"));
	(void)snprintf(number, sizeof number, "%zu", place);
	return word != NULL && (strcmp(word, number) == 0 ||
	    (name != NULL && strcmp(word, name) == 0));
}

/* The list that says what goes under them, as the step that has it says. */
static const struct field *
captions_field(const struct procedure *p, const char *id)
{
	const struct field *f = NULL;
	unsigned i;

	for (i = 0; i < p->steps_count && f == NULL; i++)
		f = step_find_field(&p->steps[i], id);
	return f;
}

/* "Feria en Nogales. Autor: R. Paz": the second column, and the others named. */
static void
caption_add(struct buf *b, const struct field *column, bool first,
    const char *text)
{
	bool ended = b->len > 0 && strchr(".!?", b->p[b->len - 1]) != NULL;

	if (*text == '\0')
		return;
	(void)buf_addf(b, "%s%s%s%s", b->len == 0 ? "" : ended ? " " : ". ",
	    first ? "" : column->label, first ? "" : ": ", text);
}

static void
caption_put(json_t *file, const struct field *list, const json_t *row,
    const char *zone)
{
	const struct field *column;
	struct buf b;
	unsigned i;
	char *text;

	buf_init(&b, TEXT_MAX);
	for (i = 1; i < list->columns_count; i++) {
		column = &list->columns[i];
		text = value_text(column, json_object_get(row, column->id),
		    zone);
		caption_add(&b, column, i == 1, text);
		if (i == 1 && *text != '\0')
			json_object_set_new(file, "alt", json_string(text));
		free(text);
	}
	if (b.len > 0)
		json_object_set_new(file, "caption", json_string(buf_str(&b)));
	buf_clear(&b);
}

/* One that goes, with what is said under it.  A new reference. */
static json_t *
item_file(const struct procedure *p, const struct effect *e,
    const struct scope *sc, const json_t *item, size_t place)
{
	const struct field *list = e->captions != NULL ?
	    captions_field(p, e->captions) : NULL;
	json_t *file = json_copy((json_t *)item), *row;
	size_t i;

	if (list == NULL || list->columns_count == 0)
		return file;
	json_array_foreach(json_object_get(sc->values, e->captions), i, row)
		if (item_is_named(item, place, json_object_get(row,
		    list->columns[0].id)))
			caption_put(file, list, row, sc->w->zone);
	return file;
}

json_t *
effect_files(const struct procedure *p, const struct effect *e,
    const struct scope *sc)
{
	const json_t *verdicts = e->verdicts != NULL ?
	    json_object_get(sc->values, e->verdicts) : NULL;
	const json_t *lead = e->lead != NULL ?
	    json_object_get(sc->values, e->lead) : NULL;
	json_t *list = json_array(), *item, *file;
	size_t i;

	json_array_foreach(json_object_get(sc->values, e->attach), i, item) {
		if (e->verdicts != NULL && !value_approves(verdicts, i + 1))
			continue;	/* without verdicts all go */
		file = item_file(p, e, sc, item, i + 1);
		if (item_is_named(item, i + 1, lead))
			json_array_insert_new(list, 0, file);
		else
			json_array_append_new(list, file);
	}
	return list;
}
