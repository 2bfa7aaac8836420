/* SPDX-License-Identifier: ISC */
/*
 * form_field.c - one field: from the value of a document to what a person
 * types, and from there to what is sent.
 */
#include "form.h"

#include "i18n.h"
#include "text.h"
#include "verdict.h"

bool
field_is_number(const json_t *column)
{
	return strcmp(doc_text(column, "note"), "number") == 0;
}

static bool
field_is_still(const json_t *def)
{
	return doc_is(def, "auto") || field_is_number(def) ||
	    json_is_false(json_object_get(def, "applies"));
}

static enum form_kind
field_kind(const json_t *def, const json_t *options)
{
	static const struct {
		const char *type;
		enum form_kind kind;
	} kinds[] = {
		{ "yesno", FORM_ONE }, { "choice", FORM_ONE },
		{ "multi", FORM_MANY }, { "verdicts", FORM_EACH },
		{ "list", FORM_ROWS }, { "longtext", FORM_PAGE },
		{ "file", FORM_PAGE },
	};
	const char *type = doc_text(def, "type");
	size_t i;

	for (i = 0; i < ARRAY_LEN(kinds); i++)
		if (strcmp(kinds[i].type, type) == 0)
			break;
	if (i == ARRAY_LEN(kinds))
		return FORM_LINE;
	/* Without its options it is still a text that the server reads. */
	if ((kinds[i].kind == FORM_MANY || kinds[i].kind == FORM_EACH ||
	    kinds[i].kind == FORM_ONE) && json_array_size(options) == 0)
		return FORM_LINE;
	return kinds[i].kind;
}

static json_t *
field_options(const json_t *def)
{
	json_t *choices = doc_list(def, "choices");

	if (strcmp(doc_text(def, "type"), "yesno") == 0)
		return json_pack("[s,s]", "sí", "no");
	return json_array_size(choices) > 0 ? json_incref(choices) : NULL;
}

/* 2026-12-01 as 01/12/2026. */
static char *
field_typed_date(const char *s)
{
	if (strlen(s) == 10 && s[4] == '-' && s[7] == '-')
		return xasprintf("%.2s/%.2s/%.4s", s + 8, s + 5, s);
	return xstrdup(s);
}

static char *
field_typed_datetime(const char *s)
{
	struct when t;
	struct tm tm;
	time_t at;
	char out[32];

	if (when_parse(s, &t) < 0)
		return xstrdup(s);
	at = (time_t)t.s;
	if (localtime_r(&at, &tm) == NULL ||
	    strftime(out, sizeof out, "%Y-%m-%d %H:%M", &tm) == 0)
		return xstrdup(s);
	return xstrdup(out);
}

/* Verdicts as verdict.h has them. */
static char *
field_typed_verdicts(const json_t *value)
{
	char *text = xstrdup(""), *more;
	size_t i;

	for (i = 0; i < json_array_size(value); i++) {
		const json_t *v = json_array_get(value, i);
		int item = (int)doc_int(v, "item");

		more = verdict_put(text, item > 0 ? item - 1 : (int)i,
		    strcmp(doc_text(v, "verdict"), "aprobar") == 0 ?
		    VERDICT_YES : VERDICT_NO, doc_text(v, "remarks"));
		free(text);
		text = more;
	}
	return text;
}

/* One entry a line: name[,size,sha256,place]. */
static char *
field_typed_files(const json_t *value)
{
	struct buf b;
	char *out;
	size_t i;

	buf_init(&b, VALUE_MAX);
	for (i = 0; i < json_array_size(value); i++) {
		const json_t *f = json_array_get(value, i);
		const char *hash = doc_text(f, "sha256");
		const char *place = doc_text(f, "place");

		(void)buf_addf(&b, "%s%s", i == 0 ? "" : "\n",
		    json_is_string(f) ? json_string_value(f) :
		    doc_text(f, "name"));
		if (doc_int(f, "size") > 0)
			(void)buf_addf(&b, ",%lld", doc_int(f, "size"));
		if (*hash != '\0' || *place != '\0')
			(void)buf_addf(&b, "%s,%s,%s",
			    doc_int(f, "size") > 0 ? "" : ",0", hash, place);
	}
	out = xstrdup(buf_str(&b));
	buf_clear(&b);
	return out;
}

/* What a draft of a file field looks like when it is opened again. */
static char *
field_typed_draft(const json_t *def, const char *draft)
{
	json_t *value = NULL;
	char *out;

	if (strcmp(doc_text(def, "type"), "file") == 0)
		value = json_loads(draft, 0, NULL);
	out = json_is_array(value) ? field_typed(def, value) : xstrdup(draft);
	json_decref(value);
	return out;
}

char *
field_typed(const json_t *def, const json_t *value)
{
	const char *type = doc_text(def, "type");
	char *json, *out;

	if (value == NULL || json_is_null(value))
		return xstrdup("");
	if (json_is_boolean(value))
		return xstrdup(json_is_true(value) ? "sí" : "no");
	if (json_is_integer(value)) {
		if (strcmp(type, "yesno") == 0)
			return xstrdup(json_integer_value(value) ? "sí" : "no");
		return xasprintf("%lld", (long long)json_integer_value(value));
	}
	if (json_is_string(value) && strcmp(type, "date") == 0)
		return field_typed_date(json_string_value(value));
	if (json_is_string(value) && strcmp(type, "datetime") == 0)
		return field_typed_datetime(json_string_value(value));
	/* Files typed in a row are kept there as their draft is. */
	if (json_is_string(value))
		return field_typed_draft(def, json_string_value(value));
	if (json_is_array(value) && strcmp(type, "file") == 0)
		return field_typed_files(value);
	if (json_is_array(value) && strcmp(type, "verdicts") == 0)
		return field_typed_verdicts(value);
	json = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	out = xstrdup(json == NULL ? "" : json);
	free(json);
	return out;
}

static char *
field_raw(const json_t *value)
{
	char *json, *out;

	if (value == NULL || json_is_null(value) || json_is_boolean(value))
		return NULL;
	if (json_is_string(value))
		return xstrdup(json_string_value(value));
	json = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	out = xstrdup(json == NULL ? "" : json);
	free(json);
	return out;
}

void
field_init(struct form_field *f, const json_t *def)
{
	const json_t *draft = json_object_get(def, "draft");
	const json_t *value = json_object_get(def, "value");

	memset(f, 0, sizeof *f);
	f->def = json_incref((json_t *)(uintptr_t)def);
	f->options = field_options(def);
	f->kind = field_kind(def, f->options);
	if (json_is_string(draft)) {
		f->was = field_typed_draft(def, json_string_value(draft));
	} else {
		if (draft != NULL && !json_is_null(draft))
			value = draft;
		else if (value == NULL || json_is_null(value))
			value = json_object_get(def, "preset");
		f->was = field_typed(def, value);
		f->raw = field_raw(value);
	}
	edit_init(&f->edit, f->kind == FORM_LINE ? TEXT_MAX : VALUE_MAX,
	    f->kind == FORM_PAGE);
	edit_set(&f->edit, f->was);
	if (field_is_still(def))
		f->kind = FORM_STILL;
}

void
field_live(struct form_field *f, const json_t *live)
{
	json_object_set(f->def, "required", json_object_get(live, "required"));
	json_object_set(f->def, "applies", json_object_get(live, "applies"));
	json_object_del(f->def, "reads");
	if (json_object_get(live, "reads") != NULL)
		json_object_set(f->def, "reads", json_object_get(live,
		    "reads"));
	f->kind = field_is_still(f->def) ? FORM_STILL :
	    field_kind(f->def, f->options);
}

void
field_clear(struct form_field *f)
{
	json_decref(f->def);
	json_decref(f->options);
	edit_clear(&f->edit);
	free(f->was);
	free(f->raw);
	memset(f, 0, sizeof *f);
}

/* The next piece of a line up to a comma; moves past it. */
static char *
field_piece(const char **s, const char *end)
{
	const char *from = *s, *to = from;

	while (to < end && *to != ',')
		to++;
	*s = to < end ? to + 1 : end;
	while (from < to && *from == ' ')
		from++;
	while (to > from && to[-1] == ' ')
		to--;
	return xasprintf("%.*s", (int)(to - from), from);
}

static void
field_file_add(json_t *files, const char *s, const char *end)
{
	const char *sized = text_hash_size(s, end);
	char *name, *size, *hash, *place, *left;
	long long bytes;

	name = sized == NULL ? field_piece(&s, end) :
	    xasprintf("%.*s", (int)(sized - 1 - s), s);
	s = sized == NULL ? s : sized;
	size = field_piece(&s, end);
	hash = field_piece(&s, end);
	place = xasprintf("%.*s", (int)(end - s), s);
	bytes = strtoll(size, &left, 10);
	if (*name != '\0') {
		json_t *f = json_pack("{s:s}", "name", name);

		if (*size != '\0' && *left == '\0' && bytes > 0)
			json_object_set_new(f, "size", json_integer(bytes));
		if (*hash != '\0')
			json_object_set_new(f, "sha256", json_string(hash));
		if (*place != '\0')
			json_object_set_new(f, "place", json_string(place));
		json_array_append_new(files, f);
	}
	free(name);
	free(size);
	free(hash);
	free(place);
}

static char *
field_word_files(const char *text)
{
	json_t *files = json_array();
	char *json, *out;

	while (*text != '\0') {
		const char *end = strchr(text, '\n');

		if (end == NULL)
			end = text + strlen(text);
		field_file_add(files, text, end);
		text = *end == '\0' ? end : end + 1;
	}
	json = json_dumps(files, JSON_COMPACT);
	out = xstrdup(json_array_size(files) == 0 || json == NULL ? "" : json);
	free(json);
	json_decref(files);
	return out;
}

char *
field_word(const struct form_field *f)
{
	const char *text = f->edit.text == NULL ? "" : f->edit.text;

	if (f->raw != NULL && strcmp(text, f->was) == 0)
		return xstrdup(f->raw);
	if (strcmp(doc_text(f->def, "type"), "file") == 0)
		return field_word_files(text);
	return xstrdup(text);
}

bool
field_is_blank(const struct form_field *f)
{
	const char *s = f->edit.text == NULL ? "" : f->edit.text;

	if (strcmp(s, "[]") == 0)
		return true;
	return s[strspn(s, " \n\t")] == '\0';
}

bool
field_is_required(const struct form_field *f)
{
	return f->kind != FORM_STILL && doc_is(f->def, "required");
}

bool
field_is_missing(const struct form_field *f)
{
	return field_is_required(f) && field_is_blank(f) &&
	    json_array_size(doc_list(f->def, "attached")) == 0;
}

/* Is option a word of a text like "redes sociales, televisión"? */
static bool
field_lists(const char *s, const char *option)
{
	const char *end = s + strlen(s);
	bool yes = false;

	while (!yes && s < end) {
		char *word = field_piece(&s, end);

		yes = text_like(word, option);
		free(word);
	}
	return yes;
}

bool
field_is_chosen(const struct form_field *f, const char *option)
{
	const char *s = f->edit.text == NULL ? "" : f->edit.text;
	json_t *set;
	bool yes;

	if (f->kind == FORM_ONE)
		return text_like(s, option);
	set = json_loads(s, 0, NULL);
	yes = json_is_array(set) ? doc_has(set, option) :
	    field_lists(s, option);
	json_decref(set);
	return yes;
}

bool
field_is_verdict(const struct form_field *f, int item, const char *verdict)
{
	return verdict_find(f->edit.text, item, NULL) ==
	    (strcmp(verdict, "aprobar") == 0 ? VERDICT_YES : VERDICT_NO);
}

/* Turn the verdict of an item over. */
static void
field_turn(struct form_field *f, int item)
{
	bool yes = field_is_verdict(f, item, "aprobar");
	char *text = verdict_put(f->edit.text, item, yes ? VERDICT_NO :
	    VERDICT_YES, NULL);

	edit_set(&f->edit, text);
	free(text);
}

/* Several words as a JSON array, in the order of the options. */
static void
field_choose_many(struct form_field *f, int option)
{
	json_t *set = json_array();
	char *json;
	size_t i;

	for (i = 0; i < json_array_size(f->options); i++) {
		const char *o = doc_item(f->options, i);

		if (field_is_chosen(f, o) != ((int)i == option))
			json_array_append_new(set, json_string(o));
	}
	json = json_dumps(set, JSON_COMPACT);
	edit_set(&f->edit, json_array_size(set) == 0 ? "" : json);
	free(json);
	json_decref(set);
}

void
field_choose(struct form_field *f, int option)
{
	if (option < 0 || (size_t)option >= json_array_size(f->options))
		return;
	f->option = option;
	if (f->kind == FORM_EACH)
		field_turn(f, option);
	else if (f->kind == FORM_MANY)
		field_choose_many(f, option);
	else
		edit_set(&f->edit, doc_item(f->options, (size_t)option));
}

json_t *
field_rows(const char *text)
{
	json_t *rows = json_loads(text == NULL ? "" : text, 0, NULL);

	if (json_is_array(rows))
		return rows;
	json_decref(rows);
	return json_array();
}

char *
field_row_text(const json_t *columns, const json_t *row)
{
	struct buf b;
	char *out, *cell;
	size_t i;

	buf_init(&b, VALUE_MAX);
	for (i = 0; i < json_array_size(columns); i++) {
		const json_t *col = json_array_get(columns, i);

		if (field_is_number(col))
			continue;
		cell = field_typed(col,
		    json_object_get(row, doc_text(col, "id")));
		if (*cell != '\0')
			(void)buf_addf(&b, "%s%s", b.len > 0 ? "; " : "",
			    cell);
		free(cell);
	}
	out = xstrdup(b.len == 0 ? _("(vacío)") : buf_str(&b));
	buf_clear(&b);
	return out;
}

int64_t
field_row_note(const json_t *columns, const json_t *row)
{
	const json_t *col, *cell;
	size_t i;

	for (i = 0; i < json_array_size(columns); i++) {
		col = json_array_get(columns, i);
		cell = json_object_get(row, doc_text(col, "id"));
		if (field_is_number(col))
			return json_is_string(cell) ? strtoll(
			    json_string_value(cell), NULL, 10) :
			    json_integer_value(cell);
	}
	return 0;
}

bool
field_takes_notes(const struct form_field *f)
{
	return *doc_text(f->def, "notes") != '\0';
}

bool
field_is_outlet(const struct form_field *f)
{
	return strcmp(doc_text(f->def, "type"), "medium") == 0;
}
