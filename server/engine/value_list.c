/* SPDX-License-Identifier: ISC */
/* value_list.c - a list of rows as it is typed: JSON, its columns by label or id. */
#include "../../proto/base.h"
#include "value.h"

/* A cell typed as text is read like any value; typed JSON stands. */
static int
list_row(const struct field *f, json_t *row, const struct world *w,
    json_t **out, struct why *why)
{
	const struct field *col;
	const char *key;
	json_t *cell, *value;
	int r;

	*out = json_object();
	json_object_foreach(row, key, cell) {
		col = value_find_field(f->columns, f->columns_count, key);
		if (col == NULL)
			return why_set(why, ERR_REFUSED, "«%s»: no hay una "
			    "columna «%.60s».", f->label, key);
		value = NULL;
		if (!json_is_string(cell))
			value = json_incref(cell);
		else if ((r = value_parse(col, json_string_value(cell), w,
		    &value, why)) < 0)
			return r;
		if (json_is_null(value))
			json_decref(value);
		else
			json_object_set_new(*out, col->id, value);
	}
	return 0;
}

/* As it is written, with the columns that cannot be missing. */
static int
list_refuse(const struct field *f, const char *text, struct why *why)
{
	const struct field *col = f->columns;
	struct buf b;
	unsigned i, n = 0;
	int r;

	buf_init(&b, WHY_MAX);
	for (i = 0; i < f->columns_count; i++)
		if (f->columns_count > 1 && col[i].required != NULL)
			(void)buf_addf(&b, "%s\"%s\":\"…\"",
			    n++ > 0 ? "," : "{", col[i].label);
	r = why_set(why, ERR_REFUSED, "«%s»: «%.100s» no es una lista; "
	    "escriba, por ejemplo, [%s%s].", f->label, text, n > 0 ?
	    buf_str(&b) : "\"uno\",\"otro\"", n > 0 ? "}" : "");
	buf_clear(&b);
	return r;
}

int
value_parse_list(const struct field *f, const char *text, const struct world *w,
    json_t **out, struct why *why)
{
	json_t *rows = value_read_json(text), *row, *read;
	size_t i;
	int r = 0;

	if (rows == NULL)
		return list_refuse(f, text, why);
	*out = json_array();
	json_array_foreach(rows, i, row) {
		/* of one column: ["uno","otro"] */
		if (f->columns_count == 1 && !json_is_object(row))
			(void)json_array_set_new(rows, i, row = json_pack(
			    "{s:O}", f->columns[0].id, row));
		if ((r = list_row(f, row, w, &read, why)) < 0) {
			json_decref(read);
			break;
		}
		json_array_append_new(*out, read);
	}
	json_decref(rows);
	return r;
}
