/* SPDX-License-Identifier: ISC */
/*
 * shelf.c - see shelf.h.
 *
 * Where a case's document lies is known by reading the case.  It is noted with
 * the number of its last event, so that only what moved is read again.
 */
#include "shelf.h"

#include <stdlib.h>
#include <string.h>

#include "../../proto/text.h"
#include "folder.h"

enum { SHELF_PATH = 1024, SHELF_STEP = 8 };

/* ---- where the document of a case lies ---- */

/* The newest file of the fields that take it; NULL: none is there. */
static json_t *
shelf_file(const struct kase *ca, const struct document *d)
{
	json_t *file, *found = NULL;
	const struct field *f;
	const struct step *st;
	json_int_t n, newest = -1;
	size_t i;

	json_array_foreach(ca->files, i, file) {
		st = procedure_find_step(ca->p, json_string_value(
		    json_object_get(file, "step")));
		f = st == NULL ? NULL : step_find_file(st, json_string_value(
		    json_object_get(file, "field")));
		n = doc_int(file, "n");
		if (f == NULL || f->document == NULL || n <= newest ||
		    strcmp(f->document, d->id) != 0 || !file_is_current(file))
			continue;
		found = file;
		newest = n;
	}
	return found;
}

/* The folder with its words in place; false: that is no day. */
static bool
shelf_folder(struct buf *out, const char *folder, const char *day)
{
	const char *p = folder;
	int month;

	if (day == NULL || !calendar_is_date(day))
		return false;
	month = (day[5] - '0') * 10 + day[6] - '0';
	while (*p != '\0')
		if (strncmp(p, DOCUMENT_YEAR, strlen(DOCUMENT_YEAR)) == 0) {
			(void)buf_add(out, day, 4);
			p += strlen(DOCUMENT_YEAR);
		} else if (strncmp(p, DOCUMENT_MONTH,
			       strlen(DOCUMENT_MONTH)) == 0) {
			(void)buf_addf(out, "%.2s-%s", day + 5,
			    text_month(month));
			p += strlen(DOCUMENT_MONTH);
		} else
			(void)buf_add(out, p++, 1);
	return true;
}

/* The name there, with the end that the file has; a name is one part. */
static void
shelf_name(struct buf *out, const char *name, const json_t *file)
{
	const char *own = json_string_value(json_object_get(file, "name")),
		   *dot = own != NULL ? strrchr(own, '.') : NULL;

	(void)buf_add(out, "/", 1);
	for (; *name != '\0'; name++)
		(void)buf_add(out, *name == '/' ? "-" : name, 1);
	(void)buf_addf(out, "%s", dot != NULL ? dot : ".pdf");
}

/* Where the document of that case lies, added to list. */
static void
shelf_add(struct core *c, const struct held *h, const struct document *d,
    json_t *list)
{
	json_t *values = kase_values(h->ca, 0), *file = shelf_file(h->ca, d),
	       *name, *day;
	struct world w;
	struct scope sc = { .ca = h->ca, .values = values, .w = &w };
	struct buf b;

	core_world(c, h->row.office, &w);
	name = rule_eval(d->filed, &sc);
	day = rule_eval(d->date, &sc);
	buf_init(&b, SHELF_PATH);
	if (file != NULL && !value_is_blank(name) && json_is_string(name) &&
	    shelf_folder(&b, d->folder, json_string_value(day))) {
		shelf_name(&b, json_string_value(name), file);
		json_array_append_new(list, json_pack(
		    "{s:s, s:s, s:O, s:O, s:O, s:s}", "kind", "file", "path",
		    buf_str(&b), "size", json_object_get(file, "size"), "at",
		    json_object_get(file, "at"), "sha256",
		    json_object_get(file, "sha256"), "office",
		    h->row.office));
	}
	buf_clear(&b);
	json_decref(name);
	json_decref(day);
	json_decref(values);
}

/* {"n": of its last event, "files":[...]} of a case, as noted or read now. */
static const json_t *
shelf_case(struct core *c, int64_t id, int64_t n)
{
	const struct procedure *p;
	struct why why;
	struct held *h;
	json_t *known, *list;
	char key[24];
	unsigned i;

	(void)snprintf(key, sizeof key, "%lld", (long long)id);
	if (c->shelf == NULL)
		c->shelf = json_object();
	known = json_object_get(c->shelf, key);
	if (doc_int(known, "n") == n)
		return known;
	if (case_load_by_id(c, id, &h, &why) < 0)
		return NULL;
	p = h->ca->p;
	list = json_array();
	for (i = 0; h->ca->state != CASE_CANCELLED &&
	     i < p->documents_count; i++)
		if (p->documents[i].folder != NULL)
			shelf_add(c, h, &p->documents[i], list);
	known = json_pack("{s:I, s:o}", "n", (json_int_t)n, "files", list);
	json_object_set_new(c->shelf, key, known);
	return known;
}

void
shelf_clear(struct core *c)
{
	json_decref(c->shelf);
	json_decref(c->shelf_todo);
	c->shelf = c->shelf_todo = NULL;
}

/* ---- before anybody asks ---- */

static bool
procedure_has_shelf(const struct procedure *p)
{
	unsigned i;

	for (i = 0; i < p->documents_count; i++)
		if (p->documents[i].folder != NULL)
			return true;
	return false;
}

static int
todo_on_case(void *arg, const struct case_row *row)
{
	struct core *c = arg;

	json_array_append_new(c->shelf_todo, json_pack("[I, I]",
	    (json_int_t)row->id, (json_int_t)row->n));
	return 0;
}

/* Of each procedure once, whichever of its revisions has a shelf. */
static void
todo_fill(struct core *c)
{
	json_t *seen = json_object();
	const struct procedure *p;
	size_t i;

	c->shelf_todo = json_array();
	for (i = 0; i < c->procedures_count; i++) {
		p = c->procedures[i];
		if (!procedure_has_shelf(p) ||
		    json_object_get(seen, p->code) != NULL)
			continue;
		json_object_set_new(seen, p->code, json_true());
		(void)store_each_case(c->store, p->code, NULL, -1,
		    FOLDER_CASES, todo_on_case, c);
	}
	json_decref(seen);
}

bool
shelf_step(struct core *c)
{
	json_t *pair;
	size_t n;
	int i;

	if (c->shelf_todo == NULL)
		todo_fill(c);
	for (i = 0; i < SHELF_STEP; i++) {
		if ((n = json_array_size(c->shelf_todo)) == 0)
			return false;
		pair = json_array_get(c->shelf_todo, n - 1);
		(void)shelf_case(c, json_integer_value(json_array_get(pair, 0)),
		    json_integer_value(json_array_get(pair, 1)));
		json_array_remove(c->shelf_todo, n - 1);
	}
	return true;
}

/* ---- the names at the top ---- */

static bool
document_is_under(const struct document *d, const char *root)
{
	size_t n = strlen(root);

	return d->folder != NULL && strncmp(d->folder, root, n) == 0 &&
	    (d->folder[n] == '/' || d->folder[n] == '\0');
}

static bool
procedure_is_under(const struct procedure *p, const char *root)
{
	unsigned i;

	for (i = 0; i < p->documents_count; i++)
		if (document_is_under(&p->documents[i], root))
			return true;
	return false;
}

bool
shelf_has(const struct core *c, const char *root)
{
	size_t i;

	for (i = 0; i < c->procedures_count; i++)
		if (procedure_is_under(c->procedures[i], root))
			return true;
	return false;
}

void
shelf_list_roots(struct req *q, json_t *list)
{
	json_t *seen = json_object(), *at = json_when(q->now), *entry;
	const struct procedure *p;
	const char *folder;
	unsigned k;
	size_t i;
	int n;

	for (i = 0; i < q->c->procedures_count; i++)
		for (p = q->c->procedures[i], k = 0; k < p->documents_count;
		     k++) {
			if ((folder = p->documents[k].folder) == NULL)
				continue;
			n = (int)strcspn(folder, "/");
			json_object_setn_new(seen, folder, (size_t)n,
			    json_pack("{s:s%, s:s, s:O}", "name", folder,
			    (size_t)n, "kind", "folder", "at", at));
		}
	json_object_foreach(seen, folder, entry)
		json_array_append(list, entry);
	json_decref(seen);
	json_decref(at);
}

/* ---- what lies at a path ---- */

struct search {
	struct req *q;
	unsigned looked;		/* cases of one procedure */
	json_t *cases;			/* [id, n], newest first */
	json_t *seen;			/* procedures asked already */
	const char *path;
	json_t *entries;		/* name -> entry, of a folder */
	json_t *file;			/* that is called so; borrowed */
};

static int
search_on_case(void *arg, const struct case_row *row)
{
	struct search *s = arg;

	if (access_sees_case(s->q, row))
		json_array_append_new(s->cases, json_pack("[I, I]",
		    (json_int_t)row->id, (json_int_t)row->n));
	return ++s->looked >= FOLDER_CASES;
}

/* The name that comes first, of the newest case, is the one. */
static void
search_on_file(struct search *s, json_t *file)
{
	const char *path = json_string_value(json_object_get(file, "path"));
	size_t n = strlen(s->path), len;
	json_t *entry;

	if (strcmp(path, s->path) == 0 && s->file == NULL)
		s->file = file;
	if (strncmp(path, s->path, n) != 0 || path[n] != '/')
		return;
	path += n + 1;
	len = strcspn(path, "/");
	if (json_object_getn(s->entries, path, len) != NULL)
		return;
	entry = path[len] == '\0' ? json_copy(file) : json_pack("{s:s, s:O}",
	    "kind", "folder", "at", json_object_get(file, "at"));
	json_object_set_new(entry, "name", json_stringn(path, len));
	json_object_setn_new(s->entries, path, len, entry);
}

static void
search_cases(struct search *s, const char *code)
{
	json_t *pair, *file;
	const json_t *known;
	size_t i, k;

	json_array_clear(s->cases);
	s->looked = 0;
	(void)store_each_case(s->q->c->store, code, NULL, -1, INT64_MAX,
	    search_on_case, s);
	json_array_foreach(s->cases, i, pair) {
		known = shelf_case(s->q->c,
		    json_integer_value(json_array_get(pair, 0)),
		    json_integer_value(json_array_get(pair, 1)));
		json_array_foreach(json_object_get(known, "files"), k, file)
			search_on_file(s, file);
	}
}

static json_t *
search_result(const struct search *s)
{
	json_t *list, *entry;
	const char *name;

	if (s->file != NULL)
		return json_incref(s->file);
	if (json_object_size(s->entries) == 0 && strchr(s->path, '/') != NULL)
		return NULL;
	list = json_array();
	json_object_foreach(s->entries, name, entry) {
		json_object_del(entry, "path");
		json_object_del(entry, "sha256");
		json_object_del(entry, "office");
		json_array_append(list, entry);
	}
	return json_pack("{s:s, s:o}", "kind", "folder", "entries", list);
}

json_t *
shelf_find(struct req *q, const char *path)
{
	struct search s = { .q = q, .path = path, .cases = json_array(),
		.seen = json_object(), .entries = json_object() };
	const char *root = req_text(q, xasprintf("%.*s",
	    (int)strcspn(path, "/"), path));
	const struct procedure *p;
	json_t *found;
	size_t i;

	for (i = 0; i < q->c->procedures_count; i++) {
		p = q->c->procedures[i];
		if (!procedure_is_under(p, root) ||
		    json_object_get(s.seen, p->code) != NULL)
			continue;
		json_object_set_new(s.seen, p->code, json_true());
		search_cases(&s, p->code);
	}
	found = search_result(&s);
	json_decref(s.cases);
	json_decref(s.seen);
	json_decref(s.entries);
	return found;
}
