/* SPDX-License-Identifier: ISC */
/* folder.c - see folder.h. */
#include "folder.h"

#include <assert.h>
#include <stdlib.h>

#include "../../proto/text.h"
#include "shelf.h"
#include "tray.h"

static bool
file_lies(const json_t *file, const struct step *st, int row,
    const struct field *f)
{
	return strcmp(doc_text(file, "step"), st->number) == 0 &&
	    doc_int(file, "row") == row &&
	    (f == NULL || strcmp(doc_text(file, "field"), f->id) == 0);
}

/* ---- from a path to a place ---- */

static int
folder_missing(struct req *q, const char *path)
{
	return why_set(&q->why, ERR_NOT_FOUND,
	    "No hay nada en «%.200s» a su alcance.", path);
}

/* The next part of a path, kept as q is; NULL at its end. */
static char *
path_next(struct req *q, const char **path)
{
	const char *from = *path + strspn(*path, "/");
	size_t n = strcspn(from, "/");

	*path = from + n;
	return n == 0 ? NULL : req_text(q, xasprintf("%.*s", (int)n, from));
}

/* Is there anything in that step, or may there be? */
static bool
step_is_shown(const struct kase *ca, const struct step *st, int row)
{
	json_t *file;
	size_t i;

	if (step_files(st, NULL, 0) == 0)
		return false;
	if (kase_token_at(ca, st, row) != NULL)
		return true;
	json_array_foreach(ca->files, i, file)
		if (file_lies(file, st, row, NULL))
			return true;
	return false;
}

/* "2.2" or "2.2#3". */
static bool
place_step(struct place *p, char *ref)
{
	char *hash = strchr(ref, '#'), *end = NULL;

	if (hash != NULL) {
		*hash = '\0';
		p->row = (int)strtol(hash + 1, &end, 10);
		if (p->row <= 0 || hash[1] < '1' || hash[1] > '9' ||
		    *end != '\0' || end - hash > 7)
			return false;
	}
	p->st = procedure_find_step(p->h->ca->p, ref);
	if (p->st == NULL || !step_is_shown(p->h->ca, p->st, p->row))
		return false;
	p->t = kase_token_at(p->h->ca, p->st, p->row);
	p->f = step_find_file(p->st, NULL);
	return true;
}

/* Among documents a name that is not there is a file's that nobody sends. */
static void
place_shelve(struct req *q, const char *path, struct place *p)
{
	const char *kind;
	char *all = req_text(q, xstrdup("")), *part;

	while ((part = path_next(q, &path)) != NULL)
		all = req_text(q, xasprintf("%s%s%s", all,
		    *all != '\0' ? "/" : "", part));
	p->shelf = true;
	p->shelved = p->tray ? tray_find(q, all) : shelf_find(q, all);
	if (p->shelved != NULL)
		(void)req_json(q, p->shelved);
	kind = json_string_value(json_object_get(p->shelved, "kind"));
	if (kind == NULL || strcmp(kind, "file") == 0)
		p->name = all;
}

int
folder_find(struct req *q, const char *path, struct place *p)
{
	const char *rest = path;
	char *part;

	*p = (struct place){ 0 };
	if ((part = path_next(q, &rest)) == NULL)
		return 0;
	p->due = strcmp(part, DUE_FILE) == 0;
	if (p->due && rest[strspn(rest, "/")] == '\0') {
		p->name = part;
		return 0;
	}
	p->tray = strcmp(part, TRAY_FOLDER) == 0;
	if (p->tray || shelf_has(q->c, part)) {
		place_shelve(q, path, p);
		return 0;
	}
	if (p->due || case_find(q, part, &p->h) < 0)
		return folder_missing(q, path);
	if ((part = path_next(q, &rest)) == NULL)
		return 0;
	if (!place_step(p, part))
		return folder_missing(q, path);
	if ((part = path_next(q, &rest)) == NULL)
		return 0;
	if (p->f == NULL) {
		if ((p->f = step_find_file(p->st, part)) == NULL)
			return folder_missing(q, path);
		part = path_next(q, &rest);
	}
	p->name = part;
	if (rest[strspn(rest, "/")] != '\0')
		return folder_missing(q, path);
	return 0;
}

/* ---- what lies in a place ---- */

/* The newest keeps its name; "foto~1.jpg" for version 1. */
static char *
file_entry_name(const json_t *file)
{
	const char *name = doc_text(file, "name"), *dot = strrchr(name, '.');
	int stem = (int)(dot == NULL || dot == name ? strlen(name) :
	    (size_t)(dot - name));

	if (file_is_current(file))
		return xstrdup(name);
	return xasprintf("%.*s~%lld%s", stem, name,
	    doc_int(file, "version"), name + stem);
}

/* Files of the place; a name that two would have is the newest's. */
static json_t *
place_files(const struct place *p)
{
	json_t *files = json_object(), *file;
	char *name;
	size_t i;

	json_array_foreach(p->h->ca->files, i, file) {
		if (!file_lies(file, p->st, p->row, p->f))
			continue;
		name = file_entry_name(file);
		if (file_is_current(file) ||
		    json_object_get(files, name) == NULL)
			json_object_set(files, name, file);
		free(name);
	}
	return files;
}

json_t *
folder_file(const struct place *p)
{
	json_t *files, *file;

	if (p->name == NULL || p->f == NULL)
		return NULL;
	file = kase_file(p->h->ca, p->st->number, p->row, p->f->id, p->name);
	if (file != NULL || strchr(p->name, '~') == NULL)
		return file;
	files = place_files(p);
	file = json_object_get(files, p->name);
	json_decref(files);		/* the case holds it */
	return file;
}

static void
list_folder(json_t *list, const char *name, json_t *taken_at)
{
	json_array_append_new(list, json_pack("{s:s, s:s, s:o}", "name", name,
	    "kind", "folder", "at", taken_at));
}

static void
list_due(struct req *q, json_t *list)
{
	int64_t size;

	(void)due_file(q, &size);
	json_array_append_new(list, json_pack("{s:s, s:s, s:I, s:o}", "name",
	    DUE_FILE, "kind", "file", "size", (json_int_t)size, "at",
	    json_when(q->now)));
}

struct cases {
	struct req *q;
	json_t *list;
};

static int
list_on_case(void *arg, const struct case_row *row)
{
	struct cases *c = arg;

	if (access_sees_case(c->q, row))
		list_folder(c->list, row->folio,
		    json_when((struct when){ row->updated }));
	return json_array_size(c->list) > FOLDER_CASES;
}

static void
list_steps(json_t *list, const struct held *h)
{
	const struct procedure *p = h->ca->p;
	char name[32];
	unsigned i;
	int row;

	for (i = 0; i < p->steps_count; i++)
		for (row = 0; row <= (int)h->ca->rows_count; row++) {
			if (!step_is_shown(h->ca, &p->steps[i], row))
				continue;
			(void)snprintf(name, sizeof name,
			    row > 0 ? "%.12s#%d" : "%.12s",
			    p->steps[i].number, row);
			list_folder(list, name,
			    json_when((struct when){ h->row.updated }));
		}
}

static void
list_fields(json_t *list, const struct place *p)
{
	const struct field *v[STEP_FILES_MAX];
	unsigned i, n = step_files(p->st, v, ARRAY_LEN(v));

	for (i = 0; i < n && i < ARRAY_LEN(v); i++)
		list_folder(list, v[i]->id,
		    json_when((struct when){ p->h->row.updated }));
}

static void
list_files(json_t *list, const struct place *p)
{
	json_t *files = place_files(p), *file;
	const char *name;

	json_object_foreach(files, name, file)
		json_array_append_new(list, json_pack("{s:s, s:s, s:O, s:O}",
		    "name", name, "kind", "file", "size",
		    json_object_get(file, "size"), "at",
		    json_object_get(file, "at")));
	json_decref(files);
}

json_t *
folder_list(struct req *q, const struct place *p)
{
	json_t *list = json_array();
	struct cases c = { q, list };

	if (p->shelf)
		json_array_extend(list, json_object_get(p->shelved, "entries"));
	else if (p->h == NULL) {
		list_due(q, list);
		if (tray_has(q))
			list_folder(list, TRAY_FOLDER, json_when(q->now));
		shelf_list_roots(q, list);
		(void)store_each_case(q->c->store, NULL, NULL, -1, INT64_MAX,
		    list_on_case, &c);
	} else if (p->st == NULL)
		list_steps(list, p->h);
	else if (p->f == NULL)
		list_fields(list, p);
	else
		list_files(list, p);
	return list;
}
