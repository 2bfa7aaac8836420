/* SPDX-License-Identifier: ISC */
/*
 * rule_fn_list.c - functions of expressions that look into lists, multiple
 * choices and verdicts, which reach SQL as JSON text.
 */
#include "rule_fn.h"
#include "value.h"

/* The argument as a JSON array; NULL when it is anything else. */
static json_t *
fn_list(sqlite3_value *v)
{
	const char *s = fn_text(v);
	json_t *j;

	if (s == NULL || *s != '[')
		return NULL;
	j = json_loads(s, 0, NULL);
	if (j != NULL && !json_is_array(j)) {
		json_decref(j);
		return NULL;
	}
	return j;
}

/* Is a value of a row what the text says?  Booleans are "1" and "0". */
static bool
json_is_text(const json_t *j, const char *text)
{
	char number[32];

	if (text == NULL)
		return value_is_blank(j);
	if (json_is_object(j))
		j = json_object_get(j, "name");
	if (json_is_string(j))
		return strcmp(json_string_value(j), text) == 0;
	if (json_is_boolean(j))
		return strcmp(json_is_true(j) ? "1" : "0", text) == 0;
	if (!json_is_integer(j))
		return false;
	snprintf(number, sizeof number, "%lld",
	    (long long)json_integer_value(j));
	return strcmp(number, text) == 0;
}

void
fn_count(sqlite3_context *cx, int n, sqlite3_value **v)
{
	json_t *list = fn_list(v[0]);
	const char *s = fn_text(v[0]);

	(void)n;
	if (list != NULL)
		sqlite3_result_int64(cx, (sqlite3_int64)json_array_size(list));
	else
		sqlite3_result_int(cx, s != NULL && *s != '\0');
	json_decref(list);
}

void
fn_has(sqlite3_context *cx, int n, sqlite3_value **v)
{
	json_t *list = fn_list(v[0]), *item;
	const char *all = fn_text(v[0]), *s = fn_text(v[1]);
	bool found = false;
	size_t i;

	(void)n;
	if (list == NULL)
		found = all != NULL && s != NULL && strcmp(all, s) == 0;
	json_array_foreach(list, i, item)
		found = found || (s != NULL && json_is_text(item, s));
	sqlite3_result_int(cx, found);
	json_decref(list);
}

void
fn_count_where(sqlite3_context *cx, int n, sqlite3_value **v)
{
	json_t *list = fn_list(v[0]), *row;
	const char *col = fn_text(v[1]), *s = fn_text(v[2]);
	size_t i;
	int count = 0;

	(void)n;
	json_array_foreach(list, i, row)
		if (col != NULL && json_is_text(json_object_get(row, col), s))
			count++;
	sqlite3_result_int(cx, count);
	json_decref(list);
}

/* Has every row something in that column? */
void
fn_filled(sqlite3_context *cx, int n, sqlite3_value **v)
{
	json_t *list = fn_list(v[0]), *row;
	const char *col = fn_text(v[1]);
	size_t i;
	bool all = true;

	(void)n;
	json_array_foreach(list, i, row)
		if (col == NULL || value_is_blank(json_object_get(row, col)))
			all = false;
	sqlite3_result_int(cx, all);
	json_decref(list);
}

void
fn_blank(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const char *s = fn_text(v[0]);

	(void)n;
	sqlite3_result_int(cx,
	    s == NULL || *s == '\0' || strcmp(s, "[]") == 0);
}

/* ---- verdicts ---- */

/* Is it the first time that the list speaks of this item? */
static bool
verdicts_begin(const json_t *verdicts, size_t at, json_int_t item)
{
	size_t i;

	for (i = 0; i < at; i++)
		if (doc_int(json_array_get(verdicts, i), "item") == item)
			return false;
	return true;
}

void
fn_approved_items(sqlite3_context *cx, int n, sqlite3_value **v)
{
	json_t *verdicts = fn_list(v[0]), *row;
	json_int_t item;
	size_t i;
	int count = 0;

	(void)n;
	json_array_foreach(verdicts, i, row) {
		item = doc_int(row, "item");
		count += item > 0 && verdicts_begin(verdicts, i, item) &&
		    value_approves(verdicts, (size_t)item);
	}
	sqlite3_result_int(cx, count);
	json_decref(verdicts);
}

/* Does a reference name this row: by its place, from 1, or by its name? */
static bool
row_is_named(const json_t *row, size_t i, const char *ref)
{
	const char *key;
	json_t *cell;
	char place[24];

	snprintf(place, sizeof place, "%zu", i + 1);
	if (strcmp(place, ref) == 0 || json_is_text(row, ref))
		return true;
	if (!json_is_object(row) || json_object_get(row, "name") != NULL)
		return false;
	json_object_foreach((json_t *)row, key, cell)
		if (json_is_text(cell, ref))
			return true;
	return false;
}

void
fn_item_approved(sqlite3_context *cx, int n, sqlite3_value **v)
{
	json_t *list = fn_list(v[0]), *verdicts = fn_list(v[1]), *row;
	const char *ref = fn_text(v[2]);
	bool ok = false;
	size_t i;

	(void)n;
	json_array_foreach(list, i, row)
		if (ref != NULL && row_is_named(row, i, ref) &&
		    value_approves(verdicts, i + 1))
			ok = true;
	sqlite3_result_int(cx, ok);
	json_decref(list);
	json_decref(verdicts);
}
