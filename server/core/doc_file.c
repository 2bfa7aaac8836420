/* SPDX-License-Identifier: ISC */
/*
 * doc_file.c - what is attached, in documents: every version of every file
 * whose bytes are kept, and the material that was registered and lies
 * elsewhere.
 */
#include <assert.h>

#include "../../proto/text.h"
#include "facts.h"

enum { FIELD_ROOM = 65536 };		/* bytes of a step's files, a field */

static json_t *
file_doc(const struct core *c, const json_t *file)
{
	json_t *o = json_copy((json_t *)file);
	const struct file_type *type = institution_find_type(c->institution,
	    doc_text(file, "type"));

	json_object_del(o, "gone");
	json_object_del(o, "n");
	json_object_set_new(o, "current",
	    json_boolean(file_is_current(file)));
	json_object_set_new(o, "kept", json_true());
	json_object_set_new(o, "kind", json_text(type != NULL ? type->kind :
	    NULL));
	json_object_set_new(o, "type_title", json_text(type != NULL ?
	    type->title : NULL));
	return o;
}

/* Is it one of those whose bytes are kept? */
static bool
item_is_kept(const struct kase *ca, const json_t *item)
{
	json_t *file;
	size_t i;

	json_array_foreach(ca->files, i, file)
		if (strcmp(doc_text(file, "name"),
			doc_text(item, "name")) == 0 &&
		    strcmp(doc_text(file, "sha256"),
			doc_text(item, "sha256")) == 0)
			return true;
	return false;
}

static void
items_of(json_t *list, const struct kase *ca, const struct done *d,
    const struct field *f)
{
	static const char *const said[] = { "name", "size", "sha256" };
	json_t *v = json_object_get(d->values, f->id), *item, *o;
	size_t i, n;

	if (f->type != FIELD_FILE || !json_is_array(v))
		return;
	json_array_foreach(v, i, item) {
		if (item_is_kept(ca, item))
			continue;
		o = json_deep_copy(item);
		json_object_set_new(o, "step", json_string(d->st->number));
		json_object_set_new(o, "field", json_string(f->id));
		json_object_set_new(o, "kept", json_false());
		for (n = 0; n < ARRAY_LEN(said); n++)	/* or not said */
			if (json_object_get(o, said[n]) == NULL)
				json_object_set_new(o, said[n], json_null());
		json_array_append_new(list, o);
	}
}

json_t *
doc_attachments(const struct core *c, const struct kase *ca)
{
	json_t *list = json_array(), *file;
	const struct done *d;
	unsigned k;
	size_t i;

	json_array_foreach(ca->files, i, file)
		json_array_append_new(list, file_doc(c, file));
	for (i = 0; i < ca->dones_count; i++) {
		d = &ca->dones[i];
		for (k = 0; k < d->st->fields_count; k++)
			items_of(list, ca, d, &d->st->fields[k]);
	}
	return list;
}

void
doc_field_files(struct req *q, const struct held *h, const struct token *t,
    const struct field *f, json_t *o)
{
	json_t *list = json_array(), *file;
	size_t i;

	json_array_foreach(h->ca->files, i, file)
		if (file_is_current(file) &&
		    strcmp(doc_text(file, "step"), t->st->number) == 0 &&
		    doc_int(file, "row") == t->row &&
		    strcmp(doc_text(file, "field"), f->id) == 0)
			json_array_append_new(list, file_doc(q->c, file));
	json_object_set_new(o, "attached", list);
	portion_newest(o, "attached", FIELD_ROOM);
	facts_add(q, h, list, false);
}

void
doc_row_files(struct req *q, const struct held *h, const struct token *t,
    const struct field *f, json_t *o)
{
	json_t *column, *file;
	unsigned k;
	size_t i;

	for (k = 0; k < f->columns_count; k++) {
		if (step_find_file(t->st, f->columns[k].id) != &f->columns[k])
			continue;
		column = json_array_get(json_object_get(o, "columns"), k);
		doc_field_files(q, h, t, &f->columns[k], column);
		json_array_foreach(json_object_get(column, "attached"), i, file)
			json_array_append(json_object_get(column, "choices"),
			    json_object_get(file, "name"));
	}
}

/* ---- how to attach more ---- */

/* "sftp -P 2222 ana@10.0.0.5:", to which a path is added. */
static const char *
files_line(struct req *q)
{
	const char *host = q->who->host, *colon;

	if (host == NULL || (colon = strrchr(host, ':')) == NULL ||
	    q->who->login == NULL)
		return NULL;
	return req_text(q, xasprintf("sftp -P %s %s@%.*s:", colon + 1,
	    q->who->login, (int)(colon - host), host));
}

static bool
files_takes(const struct field *f, const struct file_type *type)
{
	unsigned i;

	for (i = 0; i < f->accepts_count; i++)
		if (strcmp(f->accepts[i], type->kind) == 0)
			return true;
	return f->accepts_count == 0;
}

static void
files_add_once(json_t *list, const char *suffix)
{
	const json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
		if (strcmp(json_string_value(one), suffix) == 0)
			return;
	json_array_append_new(list, json_string(suffix));
}

/* How names may end there; none when any end will do (decide_file.c). */
static json_t *
files_suffixes(const struct institution *in, const struct field *f)
{
	json_t *list = json_array();
	unsigned i, k;

	for (i = 0; in != NULL && i < in->types_count; i++) {
		if (!files_takes(f, &in->types[i]))
			continue;
		if (in->types[i].suffixes_count == 0) {
			json_array_clear(list);
			return list;
		}
		for (k = 0; k < in->types[i].suffixes_count; k++)
			files_add_once(list, in->types[i].suffixes[k]);
	}
	return list;
}

static json_t *
files_place(struct req *q, const struct held *h, const struct token *t,
    const struct field *f, bool alone)
{
	const char *line = files_line(q), *path;
	char ref[24];

	path = req_text(q, xasprintf("/%s/%s/%s%s", h->row.folio,
	    token_ref(t, ref), alone ? "" : f->id, alone ? "" : "/"));
	return json_pack("{s:s, s:s, s:s, s:o, s:o}", "field", f->id, "label",
	    f->label, "path", path, "sftp", json_text(line == NULL ? NULL :
	    req_text(q, xasprintf("%s%s", line, path))), "suffixes",
	    files_suffixes(q->c->institution, f));
}

void
doc_files(struct req *q, const struct held *h, const struct token *t,
    const struct world *w, json_t *step)
{
	const struct field *fields[STEP_FILES_MAX];
	unsigned n = step_files(t->st, fields, STEP_FILES_MAX), i;
	const char *line = files_line(q);
	json_t *places = json_array();
	char ref[24];

	for (i = 0; i < n && i < STEP_FILES_MAX; i++)
		json_array_append_new(places, files_place(q, h, t, fields[i],
		    n == 1));
	json_object_set_new(step, "sftp", json_text(n == 0 || line == NULL ?
	    NULL : req_text(q, xasprintf("%s/%s/%s/", line, h->row.folio,
	    token_ref(t, ref)))));
	json_object_set_new(step, "files", n == 0 ? json_null() :
	    json_pack("{s:I, s:O}", "most", (json_int_t)file_most(q, w,
	    h->row.office, 0), "places", places));
	json_decref(places);
}
