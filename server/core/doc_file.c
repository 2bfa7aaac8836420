/* SPDX-License-Identifier: ISC */
/*
 * doc_file.c - what is attached, in documents: every version of every file
 * whose bytes are kept, and the material that was registered and lies
 * elsewhere.
 */
#include <assert.h>

#include "../../proto/text.h"
#include "req.h"

static const char *
file_str(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

static json_t *
file_doc(const json_t *file)
{
	json_t *o = json_copy((json_t *)file);

	json_object_del(o, "gone");
	json_object_del(o, "n");
	json_object_set_new(o, "current",
	    json_boolean(file_is_current(file)));
	json_object_set_new(o, "kept", json_true());
	return o;
}

/* Is it one of those whose bytes are kept? */
static bool
item_is_kept(const struct kase *ca, const json_t *item)
{
	json_t *file;
	size_t i;

	json_array_foreach(ca->files, i, file)
		if (strcmp(file_str(file, "name"),
			file_str(item, "name")) == 0 &&
		    strcmp(file_str(file, "sha256"),
			file_str(item, "sha256")) == 0)
			return true;
	return false;
}

static void
items_of(json_t *list, const struct kase *ca, const struct done *d,
    const struct field *f)
{
	json_t *v = json_object_get(d->values, f->id), *item, *o;
	size_t i;

	if (f->type != FIELD_FILE || !json_is_array(v))
		return;
	json_array_foreach(v, i, item) {
		if (item_is_kept(ca, item))
			continue;
		o = json_deep_copy(item);
		json_object_set_new(o, "step", json_string(d->st->number));
		json_object_set_new(o, "field", json_string(f->id));
		json_object_set_new(o, "kept", json_false());
		json_array_append_new(list, o);
	}
}

json_t *
doc_attachments(const struct kase *ca)
{
	json_t *list = json_array(), *file;
	const struct done *d;
	unsigned k;
	size_t i;

	json_array_foreach(ca->files, i, file)
		json_array_append_new(list, file_doc(file));
	for (i = 0; i < ca->dones_count; i++) {
		d = &ca->dones[i];
		for (k = 0; k < d->st->fields_count; k++)
			items_of(list, ca, d, &d->st->fields[k]);
	}
	return list;
}

json_t *
doc_field_files(const struct kase *ca, const struct token *t,
    const struct field *f)
{
	json_t *list = json_array(), *file;
	size_t i;

	json_array_foreach(ca->files, i, file)
		if (file_is_current(file) &&
		    strcmp(file_str(file, "step"), t->st->number) == 0 &&
		    json_integer_value(json_object_get(file, "row")) ==
			t->row &&
		    strcmp(file_str(file, "field"), f->id) == 0)
			json_array_append_new(list, file_doc(file));
	return list;
}

/* "sftp -P 2222 ana@10.0.0.5:/CON-2026-0001/2.1/", as it must be typed. */
char *
doc_sftp(struct req *q, const struct held *h, const struct token *t)
{
	const char *host = q->who->host, *colon;
	char ref[24];

	if (host == NULL || (colon = strrchr(host, ':')) == NULL ||
	    q->who->login == NULL || step_files(t->st, NULL, 0) == 0)
		return NULL;
	return xasprintf("sftp -P %s %s@%.*s:/%s/%s/", colon + 1,
	    q->who->login, (int)(colon - host), host, h->row.folio,
	    token_ref(t, ref));
}
