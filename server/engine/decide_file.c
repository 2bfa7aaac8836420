/* SPDX-License-Identifier: ISC */
/*
 * decide_file.c - what is attached to an open step, and how its answer takes
 * it.  The bytes are the core's: here a file is a name, a size, a sum and a
 * type that was found by looking at it.
 *
 * Of one field, one name is one file: attached again it is its next version.
 * An answer has every file of its fields, and besides what was typed: material
 * that is kept elsewhere, by name and place.
 */
#include "decide.h"

#include "../../proto/text.h"

enum { FILE_NAME_BYTES = 255, SUFFIX_BYTES = 8 };

bool
file_is_current(const json_t *file)
{
	return json_object_get(file, "gone") == NULL;
}

static bool
file_is_of(const json_t *file, const char *step, int row, const char *field)
{
	return file_is_current(file) &&
	    strcmp(doc_text(file, "step"), step) == 0 &&
	    doc_int(file, "row") == row &&
	    strcmp(doc_text(file, "field"), field) == 0;
}

json_t *
kase_file(const struct kase *ca, const char *step, int row, const char *field,
    const char *name)
{
	json_t *file;
	size_t i;

	if (step == NULL || field == NULL || name == NULL)
		return NULL;
	json_array_foreach(ca->files, i, file)
		if (strcmp(doc_text(file, "name"), name) == 0 &&
		    file_is_of(file, step, row, field))
			return file;
	return NULL;
}

/* ---- what may be attached ---- */

static int
name_check(const char *name, struct why *why)
{
	struct why inner;
	char *clean;
	bool same;

	if (*name == '\0' || strcmp(name, ".") == 0 ||
	    strcmp(name, "..") == 0 || strchr(name, '/') != NULL)
		return why_set(why, ERR_REFUSED,
		    "Ese no es un nombre de archivo: escriba uno sin «/».");
	/* Windows drops them, and opens what stands before. */
	if (name[strlen(name) - 1] == '.')
		return why_set(why, ERR_REFUSED, "El nombre del archivo "
		    "termina en punto: quíteselo y súbalo otra vez.");
	if (text_take(name, strlen(name), FILE_NAME_BYTES, 0, &clean,
	    &inner) < 0)
		return why_set(why, ERR_REFUSED, "El nombre del archivo no se "
		    "puede guardar: %s", inner.text);
	same = strcmp(clean, name) == 0 && text_hidden(name) == 0;
	free(clean);
	if (!same)
		return why_set(why, ERR_REFUSED, "El nombre del archivo lleva "
		    "caracteres que no se ven: cámbielo y súbalo otra vez.");
	return 0;
}

/*
 * What a machine takes for the type of a file: a few letters and digits after
 * the last point, or NULL.  "Acta 3.5" and "Dr. Paz" have none.
 */
static const char *
name_suffix(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ", digits[] = "0123456789";
	const char *dot = strrchr(name, '.');
	size_t n = dot == NULL ? 0 : strlen(dot + 1);

	if (dot == name || n == 0 || n > SUFFIX_BYTES ||
	    strspn(dot + 1, digits) == n)
		return NULL;
	for (n = 1; dot[n] != '\0'; n++)
		if (strchr(letters, dot[n]) == NULL &&
		    strchr(digits, dot[n]) == NULL)
			return NULL;
	return dot + 1;
}

static bool
type_has_suffix(const struct file_type *t, const char *suffix)
{
	unsigned i;

	for (i = 0; i < t->suffixes_count; i++)
		if (text_like(t->suffixes[i], suffix))
			return true;
	return false;
}

/*
 * A name that promises another type than the bytes are of: whoever gets the
 * file opens it with the program that its name asks for.
 */
static int
type_check_name(const struct institution *in, const struct file_type *t,
    const char *name, struct why *why)
{
	const char *suffix = name_suffix(name);
	unsigned i;

	if (suffix == NULL || type_has_suffix(t, suffix))
		return 0;
	for (i = 0; in != NULL && i < in->types_count; i++)
		if (type_has_suffix(&in->types[i], suffix))
			return why_set(why, ERR_REFUSED, "«%s» no es lo que "
			    "dice su nombre: por dentro es %s. No se guardó.",
			    name, t->title);
	if (t->suffixes_count == 0)
		return 0;
	return why_set(why, ERR_REFUSED, "«%s» no es lo que dice su nombre: "
	    "por dentro es %s, y su nombre debe terminar en «.%s». No se "
	    "guardó.", name, t->title, t->suffixes[0]);
}

static int
type_check_field(const struct institution *in, const struct file_type *t,
    const struct field *f, const char *name, struct why *why)
{
	struct buf b;
	unsigned i, k, n = 0;
	int r;

	for (k = 0; k < f->accepts_count; k++)
		if (strcmp(f->accepts[k], t->kind) == 0)
			return 0;
	if (f->accepts_count == 0)
		return 0;
	buf_init(&b, WHY_MAX);
	for (i = 0; in != NULL && i < in->types_count; i++)
		for (k = 0; k < f->accepts_count; k++)
			if (strcmp(in->types[i].kind, f->accepts[k]) == 0)
				(void)buf_addf(&b, "%s%s", n++ > 0 ? ", " : "",
				    in->types[i].title);
	r = why_set(why, ERR_REFUSED, "«%s» no lleva %s como «%.100s»: lleva "
	    "%s. No se guardó.", f->label, t->title, name, buf_str(&b));
	buf_clear(&b);
	return r;
}

static long long
files_count(const struct kase *ca, const char *step, int row,
    const char *field)
{
	json_t *file;
	long long n = 0;
	size_t i;

	json_array_foreach(ca->files, i, file)
		n += file_is_of(file, step, row, field);
	return n;
}

/* One more of another name: does it fit? */
static int
count_check(const struct kase *ca, const struct token *t,
    const struct field *f, const char *name, struct why *why)
{
	long long most = f->max != NULL ? (long long)*f->max : ITEMS_MAX, n;

	/* A column's bounds are of each row, not of the step. */
	if (step_find_field(t->st, f->id) != f || most > ITEMS_MAX)
		most = ITEMS_MAX;
	if ((long long)json_array_size(ca->files) < most)
		return 0;
	n = files_count(ca, t->st->number, t->row, f->id);
	if (n < most ||
	    kase_file(ca, t->st->number, t->row, f->id, name) != NULL)
		return 0;
	return why_set(why, ERR_REFUSED, "«%s» ya tiene %lld y caben %lld: "
	    "quite uno con «quitar» o súbalo con el nombre del que reemplaza.",
	    f->label, n, most);
}

int
engine_may_attach(const struct kase *ca, const struct token *t,
    const struct field *f, const char *name, const struct file_type *type,
    const struct actor *who, const struct world *w, struct why *why)
{
	int r;

	if ((r = engine_may(ca, t, who, w, why)) < 0 ||
	    (r = name_check(name, why)) < 0 ||
	    (r = count_check(ca, t, f, name, why)) < 0 || type == NULL)
		return r;
	if ((r = type_check_name(w->institution, type, name, why)) < 0)
		return r;
	return type_check_field(w->institution, type, f, name, why);
}

/* ---- attach, detach ---- */

static const char *
given_text(const struct decision *d, const char *key)
{
	return doc_text(d->cmd->values, key);
}

/* The step and its field that the command names. */
static int
file_place(struct decision *d, const struct token **t, const struct field **f)
{
	int r;

	if ((r = decision_token(d, t)) < 0)
		return r;
	*f = step_find_file((*t)->st, given_text(d, "field"));
	if (*f == NULL)
		return why_set(d->why, ERR_REFUSED, "El paso %s no tiene un "
		    "campo de archivos «%.60s».", (*t)->st->number,
		    given_text(d, "field"));
	return 0;
}

int
decide_attach(struct decision *d)
{
	const char *name = given_text(d, "name");
	const struct file_type *type;
	const struct field *f;
	const struct token *t;
	json_t *old;
	int r;

	if ((r = file_place(d, &t, &f)) < 0)
		return r;
	type = institution_find_type(d->w->institution,
	    given_text(d, "type"));
	if (type == NULL)
		return why_set(d->why, ERR_REFUSED, "«%.100s» no es de un tipo "
		    "que se reciba. No se guardó.", name);
	if ((r = engine_may_attach(d->ca, t, f, name, type, d->who, d->w,
	    d->why)) < 0)
		return r;
	d->grant = grant_find(d->ca, t, d->who);
	old = kase_file(d->ca, t->st->number, t->row, f->id, name);
	decision_emit(d, json_pack("{s:s,s:s,s:i,s:s,s:s,s:I,s:s,s:s,s:I}",
	    "type", "file.attached", "step", t->st->number, "row", t->row,
	    "field", f->id, "name", name, "size",
	    doc_int(d->cmd->values, "size"),
	    "sha256", given_text(d, "sha256"), "kind", type->id, "version",
	    doc_int(old, "version") + 1));
	return 0;
}

int
decide_detach(struct decision *d)
{
	const char *name = given_text(d, "name");
	const struct field *f;
	const struct token *t;
	json_t *body;
	int r;

	if ((r = file_place(d, &t, &f)) < 0 ||
	    (r = engine_may(d->ca, t, d->who, d->w, d->why)) < 0)
		return r;
	if (kase_file(d->ca, t->st->number, t->row, f->id, name) == NULL)
		return why_set(d->why, ERR_NOT_FOUND, "«%s» no tiene un "
		    "archivo «%.100s».", f->label, name);
	d->grant = grant_find(d->ca, t, d->who);
	body = json_pack("{s:s,s:s,s:i,s:s,s:s}", "type", "file.detached",
	    "step", t->st->number, "row", t->row, "field", f->id, "name",
	    name);
	if (d->cmd->remark != NULL && *d->cmd->remark != '\0')
		json_object_set_new(body, "remark",
		    json_string(d->cmd->remark));
	decision_emit(d, body);
	return 0;
}

/* ---- how an answer takes them ---- */

static json_t *
file_item(const json_t *file)
{
	return json_pack("{s:O, s:O, s:O}", "name",
	    json_object_get(file, "name"), "size",
	    json_object_get(file, "size"), "sha256",
	    json_object_get(file, "sha256"));
}

/* The newest of that name: of this step first, else of the case. */
static const json_t *
file_named(const struct kase *ca, const struct step *st, const char *name)
{
	const json_t *file, *found = NULL;
	size_t i;

	for (i = json_array_size(ca->files); i > 0; i--) {
		file = json_array_get(ca->files, i - 1);
		if (!file_is_current(file) ||
		    strcmp(doc_text(file, "name"), name) != 0)
			continue;
		if (strcmp(doc_text(file, "step"), st->number) == 0)
			return file;
		if (found == NULL)
			found = file;
	}
	return found;
}

/* A name alone that is attached says what it is; the rest stays as typed. */
static void
items_know(const struct kase *ca, const struct step *st, json_t *items)
{
	const json_t *file;
	json_t *item, *whole;
	size_t i;

	json_array_foreach(items, i, item) {
		file = file_named(ca, st, doc_text(item, "name"));
		if (file == NULL || json_object_size(item) != 1)
			continue;
		whole = file_item(file);
		json_object_update(item, whole);
		json_decref(whole);
	}
}

static bool
items_have(const json_t *items, const char *name)
{
	json_t *item;
	size_t i;

	json_array_foreach(items, i, item)
		if (strcmp(doc_text(item, "name"), name) == 0)
			return true;
	return false;
}

/* All that is attached, then what was typed besides. */
static json_t *
field_files(const struct draft *a, const struct kase *ca,
    const struct field *f)
{
	json_t *typed = json_object_get(a->values, f->id), *all = json_array();
	json_t *file, *item;
	size_t i;

	json_array_foreach(ca->files, i, file)
		if (file_is_of(file, a->st->number, a->row, f->id))
			json_array_append_new(all, file_item(file));
	if (json_array_size(all) == 0) {
		json_decref(all);
		return NULL;
	}
	json_array_foreach(typed, i, item)
		if (!items_have(all, doc_text(item, "name")))
			json_array_append(all, item);
	if (json_is_string(typed) && json_string_length(typed) > 0)
		json_array_append_new(all, json_pack("{s:O}", "name", typed));
	return all;
}

static void
cells_know(const struct draft *a, const struct kase *ca,
    const struct field *list)
{
	json_t *row, *rows = json_object_get(a->values, list->id);
	unsigned k;
	size_t i;

	json_array_foreach(rows, i, row)
		for (k = 0; k < list->columns_count; k++)
			if (list->columns[k].type == FIELD_FILE)
				items_know(ca, a->st, json_object_get(row,
				    list->columns[k].id));
}

void
draft_take_files(struct draft *a, const struct kase *ca)
{
	const struct field *f;
	json_t *all;
	unsigned i;

	if (a->st == NULL || json_array_size(ca->files) == 0)
		return;
	for (i = 0; i < a->fields_count; i++) {
		f = &a->fields[i];
		if (f->type == FIELD_LIST)
			cells_know(a, ca, f);
		if (f->automatic != NULL ||
		    (f->type != FIELD_FILE && f->type != FIELD_LOCATION))
			continue;
		items_know(ca, a->st, json_object_get(a->values, f->id));
		if ((all = field_files(a, ca, f)) != NULL)
			draft_put(a, f->id, all);
	}
}
