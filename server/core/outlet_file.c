/* SPDX-License-Identifier: ISC */
/*
 * outlet_file.c - the register of outlets as files of other programs: a table
 * (CSV, RFC 4180, also with semicolons) and a list of feeds (OPML).  Of OPML
 * only the attributes of <outline> are looked at: nothing in it is followed.
 */
#include "outlet.h"

#include <stdlib.h>
#include <string.h>

#include "../../proto/text.h"

enum { CELL_MOST = 4096, CELLS_MOST = 64 };

/* ---- writing ---- */

static const char *
cell_text_of(const json_t *o, enum outlet_column c, char **own)
{
	const json_t *v = json_object_get(o, outlet_keys[c]), *x;
	struct buf b;
	size_t i;

	*own = NULL;
	if (json_is_string(v))
		return json_string_value(v);
	if (json_is_integer(v))
		return *own = xasprintf("%lld",
			   (long long)json_integer_value(v));
	buf_init(&b, CELL_MOST);
	json_array_foreach(v, i, x)
		(void)buf_addf(&b, "%s%s", i > 0 ? "," : "",
		    json_string_value(x));
	*own = xstrdup(buf_str(&b));
	buf_clear(&b);
	return *own;
}

/* A table of a spreadsheet computes what begins like a formula. */
static bool
cell_is_formula(const char *s)
{
	const char *p = s;
	int32_t cp = text_next(&p);

	return *s != '\0' && (strchr("=+-@\t\r\n", *s) != NULL ||
	    cp == 0xff1d || cp == 0xff0b || cp == 0xff0d || cp == 0xff20);
}

static void
csv_cell(struct buf *b, const char *s)
{
	(void)buf_add(b, "\"", 1);
	if (cell_is_formula(s))
		(void)buf_add(b, "'", 1);
	for (; *s != '\0'; s++)
		(void)buf_add(b, *s == '"' ? "\"\"" : s, *s == '"' ? 2 : 1);
	(void)buf_add(b, "\"", 1);
}

void
outlet_write_csv(const json_t *list, struct buf *b)
{
	const json_t *o;
	char *own;
	size_t i;
	int c;

	for (c = 0; c < OUTLET_COLUMNS; c++)
		(void)buf_addf(b, "%s%s", c > 0 ? "," : "", outlet_names[c]);
	(void)buf_add(b, "\r\n", 2);
	json_array_foreach(list, i, o) {
		for (c = 0; c < OUTLET_COLUMNS; c++) {
			if (c > 0)
				(void)buf_add(b, ",", 1);
			csv_cell(b, cell_text_of(o, (enum outlet_column)c,
			    &own));
			free(own);
		}
		(void)buf_add(b, "\r\n", 2);
	}
}

static void
opml_attribute(struct buf *b, const char *name, const char *s)
{
	(void)buf_addf(b, " %s=\"", name);
	for (; *s != '\0'; s++)
		if (strchr("<>&\"", *s) != NULL)
			(void)buf_addf(b, "&#%d;", *s);
		else
			(void)buf_add(b, s, 1);
	(void)buf_add(b, "\"", 1);
}

void
outlet_write_opml(const json_t *list, struct buf *b)
{
	const char *name, *feed;
	const json_t *o;
	size_t i;

	(void)buf_addf(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<opml version=\"2.0\">\n<head><title>Medios</title></head>\n"
	    "<body>\n");
	json_array_foreach(list, i, o) {
		name = json_string_value(json_object_get(o, "name"));
		feed = json_string_value(json_object_get(o, "feed"));
		if (*feed == '\0')
			continue;
		(void)buf_addf(b, "<outline type=\"rss\"");
		opml_attribute(b, "text", name);
		opml_attribute(b, "category", json_string_value(
		    json_object_get(o, "kind")));
		opml_attribute(b, "xmlUrl", feed);
		(void)buf_addf(b, "/>\n");
	}
	(void)buf_addf(b, "</body>\n</opml>\n");
}

/* ---- reading a table ---- */

struct table {
	const char *p;
	char comma;
	int line, row;			/* of the file; where a row began */
	char *cell[CELLS_MOST];
	size_t count;
};

static void
table_clear(struct table *t)
{
	while (t->count > 0)
		free(t->cell[--t->count]);
}

/* One cell, without quotes and without the guard of a formula.  Given. */
static char *
table_cell(struct table *t)
{
	char *out = xcalloc(CELL_MOST + 1, 1);
	size_t n = 0;
	bool quoted = *t->p == '"';

	t->p += quoted;
	for (; *t->p != '\0'; t->p++) {
		if (quoted && t->p[0] == '"' && t->p[1] != '"') {
			t->p++;
			break;
		}
		if (quoted && t->p[0] == '"')
			t->p++;
		else if (!quoted && (*t->p == t->comma ||
		    *t->p == '\n'))
			break;
		t->line += *t->p == '\n';
		if (n < CELL_MOST)
			out[n++] = *t->p == '\r' || *t->p == '\n' ? ' ' :
			    *t->p;
	}
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	text_cut(out);
	if (out[0] == '\'' && cell_is_formula(out + 1))
		memmove(out, out + 1, strlen(out));
	return out;
}

/* The cells of the next line that is not empty; false at the end. */
static bool
table_row(struct table *t)
{
	table_clear(t);
	while (*t->p == '\n' || *t->p == '\r') {
		t->line += *t->p == '\n';
		t->p++;
	}
	if (*t->p == '\0')
		return false;
	t->row = t->line;
	for (;;) {
		if (t->count < CELLS_MOST)
			t->cell[t->count++] = table_cell(t);
		else
			free(table_cell(t));
		t->p += strspn(t->p, " \r");
		if (*t->p == t->comma)
			t->p++;
		else if (*t->p == '\n' || *t->p == '\0')
			break;
		/* Else letters after a closed quote: another cell. */
	}
	return true;
}

/* Which column of ours each of theirs is; -1: none.  How many are. */
static int
table_head(const struct table *t, int at[CELLS_MOST])
{
	int c, found = 0;
	size_t i;

	for (i = 0; i < t->count; i++) {
		at[i] = -1;
		for (c = 0; c < OUTLET_COLUMNS; c++)
			if (text_like(outlet_names[c], t->cell[i]) ||
			    text_like(outlet_keys[c], t->cell[i]))
				at[i] = c;
		found += at[i] >= 0;
	}
	return found;
}

int
outlet_read_csv(const char *text, outlet_row_fn *fn, void *arg,
    struct why *why)
{
	struct table t = { .p = text, .line = 1 };
	struct outlet_said said;
	int at[CELLS_MOST], r = 0;
	size_t i;

	if (strncmp(t.p, "\xef\xbb\xbf", 3) == 0)
		t.p += 3;
	i = strcspn(t.p, "\n");
	t.comma = memchr(t.p, ';', i) != NULL ? ';' : ',';
	if (!table_row(&t) || table_head(&t, at) == 0) {
		table_clear(&t);
		return why_set(why, ERR_REFUSED, "El primer renglón del "
		    "archivo debe nombrar las columnas: nombre, tipo, "
		    "programa, horario, telefonos, contacto, canal, cada, "
		    "vigilan.");
	}
	while (r == 0 && table_row(&t)) {
		memset(&said, 0, sizeof said);
		for (i = 0; i < t.count; i++)
			if (at[i] >= 0)
				said.column[at[i]] = t.cell[i];
		r = fn(arg, t.row, &said);
	}
	table_clear(&t);
	return r;
}

/* ---- reading a list of feeds ---- */

/* The value of an attribute between p and end, its characters for its
 * entities.  Given; NULL: it has none. */
static char *
opml_value(const char *p, const char *end, const char *name)
{
	static const struct { const char *name; char c; } known[] = {
		{ "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' },
		{ "&quot;", '"' }, { "&apos;", '\'' }, { "&#38;", '&' },
		{ "&#60;", '<' }, { "&#62;", '>' }, { "&#34;", '"' },
		{ "&#39;", '\'' },
	};
	size_t len = strlen(name), n = 0, i;
	char *out, quote;

	for (; p + len + 2 < end; p++)
		if (strchr(" \t\r\n", p[0]) != NULL &&
		    memcmp(p + 1, name, len) == 0 && p[len + 1] == '=' &&
		    (p[len + 2] == '"' || p[len + 2] == '\''))
			break;
	if (p + len + 2 >= end)
		return NULL;
	quote = p[len + 2];
	out = xcalloc((size_t)(end - p) + 1, 1);
	for (p += len + 3; p < end && *p != quote; n++) {
		for (i = 0; i < ARRAY_LEN(known); i++)
			if (strncmp(p, known[i].name,
				strlen(known[i].name)) == 0)
				break;
		out[n] = i < ARRAY_LEN(known) ? known[i].c : *p;
		p += i < ARRAY_LEN(known) ? strlen(known[i].name) : 1;
	}
	return out;
}

/* The end of a tag: a '>' outside of quotes. */
static const char *
opml_end(const char *p)
{
	char quote = '\0';

	for (; *p != '\0'; p++)
		if (quote != '\0')
			quote = *p == quote ? '\0' : quote;
		else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (*p == '>')
			break;
	return p;
}

static int
opml_outline(const char *p, const char *end, int line, outlet_row_fn *fn,
    void *arg)
{
	char *text = opml_value(p, end, "text");
	char *title = opml_value(p, end, "title");
	char *feed = opml_value(p, end, "xmlUrl");
	char *kind = opml_value(p, end, "category");
	struct outlet_said said = { .column = {
		[OUTLET_NAME] = text != NULL && *text != '\0' ? text : title,
		[OUTLET_FEED] = feed } };
	int r = 0;

	/* Of ours; categories of others are none of our kinds. */
	if (kind != NULL && (text_like(kind, "prensa") ||
		text_like(kind, "radio") || text_like(kind, "televisión") ||
		text_like(kind, "red social")))
		said.column[OUTLET_KIND] = kind;
	if (feed != NULL)		/* else a folder */
		r = fn(arg, line, &said);
	free(text);
	free(title);
	free(feed);
	free(kind);
	return r;
}

int
outlet_read_opml(const char *text, outlet_row_fn *fn, void *arg,
    struct why *why)
{
	const char *p = text, *q, *end;
	int line = 1, r = 0;

	if (strstr(text, "<opml") == NULL)
		return why_set(why, ERR_REFUSED, "El archivo no es una lista "
		    "OPML ni una tabla CSV.");
	while (r == 0 && (q = strstr(p, "<outline")) != NULL) {
		for (; p < q; p++)
			line += *p == '\n';
		end = opml_end(q);
		r = opml_outline(q, end, line, fn, arg);
		for (; p < end; p++)
			line += *p == '\n';
	}
	return r;
}
