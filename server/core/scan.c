/* SPDX-License-Identifier: ISC */
/* scan.c - see scan.h; what was read lies in the file of the words. */
#include "scan.h"

#include <stdlib.h>
#include <string.h>

#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "../store/blob.h"
#include "../store/search.h"
#include "paper.h"
#include "render.h"

enum {
	SCAN_BYTES = 12 * 1024,		/* kept of one file */
	SCAN_RESULT = 64 * 1024,	/* as the program may write them */
	SCAN_RETRY = 30			/* seconds, when nobody reads now */
};

/* The one that is being read. */
struct scan {
	struct core *c;
	bool running;
	struct when tried;
	int64_t kase;
	char sha256[HASH_TEXT], type[8];
};

/* ---- which files ---- */

static bool
list_has_file(const struct procedure *p, const char *list, const char *column)
{
	const struct field *f = procedure_find_list(p, list), *col;

	col = f == NULL ? NULL : value_find_field(f->columns, f->columns_count,
	    column);
	return col != NULL && col->type == FIELD_FILE;
}

static bool
scan_is_clipping(const struct procedure *p, const char *field)
{
	const struct document *d;
	unsigned i, k;

	for (i = 0; i < p->documents_count; i++) {
		d = &p->documents[i];
		for (k = 0; k < d->pieces_count; k++)
			if (list_has_file(p, d->pieces[k], field))
				return true;
		for (k = 0; k < d->beside_count; k++)
			if (list_has_file(p, d->beside[k], field))
				return true;
	}
	return false;
}

json_t *
scan_files(const struct core *c, const struct kase *ca)
{
	json_t *list = json_array(), *file;
	const struct field *f;
	const struct step *st;
	const char *type;
	size_t i;

	json_array_foreach(ca->files, i, file) {
		st = procedure_find_step(ca->p, doc_text(file, "step"));
		f = st == NULL ? NULL : step_find_file(st,
		    doc_text(file, "field"));
		type = paper_type(c->institution, doc_text(file, "type"));
		if (f == NULL || type == NULL ||
		    json_object_get(file, "gone") != NULL ||
		    !scan_is_clipping(ca->p, f->id))
			continue;
		json_array_append_new(list, json_pack(
		    "{s:O, s:s, s:O, s:O, s:s}", "sha256",
		    json_object_get(file, "sha256"), "type", type, "step",
		    json_object_get(file, "step"), "row",
		    json_object_get(file, "row"), "label", f->label));
	}
	return list;
}

/* ---- reading ---- */

static void
scan_end(struct scan *s, enum scan_state state, const char *words)
{
	struct held *h;
	struct why why;

	s->running = false;
	if (feed_scanned(s->c, &(struct scan_row){ .kase = s->kase,
		.sha256 = s->sha256, .state = state, .words = words }) == 0 &&
	    case_load_by_id(s->c, s->kase, &h, &why) == 0)
		core_touch(s->c, h->row.folio, h->row.office);
}

/* What a process said that had strangers' bytes in hand. */
static void
scan_on_done(void *arg, const struct render_end *end)
{
	char *result = end->r == 0 ? render_text(end, SCAN_RESULT) : NULL;
	json_t *said = result != NULL ? json_loads(result, 0, NULL) : NULL;
	const json_t *words = json_object_get(said, "words");
	char text[SCAN_BYTES + 1] = "";

	free(result);
	if (json_is_string(words))
		(void)text_safe(json_string_value(words), text, sizeof text,
		    TEXT_LINES);
	scan_end(arg, doc_is(said, "absent") ?
	    SCAN_ABSENT : json_is_string(words) ? SCAN_READ : SCAN_FAILED,
	    text);
	json_decref(said);
}

static void
scan_take(void *arg, const struct scan_row *row)
{
	struct scan *s = arg;

	s->kase = row->kase;
	(void)snprintf(s->sha256, sizeof s->sha256, "%s", row->sha256);
	(void)snprintf(s->type, sizeof s->type, "%s", row->type);
}

static int
scan_begin(struct scan *s, struct why *why)
{
	struct blob b = { .dir = s->c->dir, .name = s->sha256 };
	struct render_job o = { .kind = "texto", .on_done = scan_on_done,
		.arg = s };
	struct held *h;
	json_t *job;
	int r;

	if ((r = case_load_by_id(s->c, s->kase, &h, why)) < 0)
		return r;
	b.office = h->row.office;
	job = json_pack("{s:s}", "type", s->type);
	r = render_start_file(s->c, &o, &b, job, why);
	json_decref(job);
	return r;
}

void
scan_step(struct core *c)
{
	struct scan *s = c->scan;
	struct why why;
	int r;

	if (c->renderer == NULL || feed_search(c) == NULL)
		return;
	if (s == NULL)
		s = c->scan = xcalloc(1, sizeof *s);
	s->c = c;
	if (s->running || core_now(c).s - s->tried.s < SCAN_RETRY ||
	    search_next_scan(feed_search(c), scan_take, s) == 0)
		return;
	r = scan_begin(s, &why);
	s->running = r == 0;
	if (r == -ERR_UNAVAILABLE)
		s->tried = core_now(c);
	else if (r < 0)
		scan_end(s, SCAN_FAILED, "");
}

void
scan_clear(struct core *c)
{
	if (c->scan != NULL)
		render_forget(c, c->scan);
	free(c->scan);
	c->scan = NULL;
}

/* ---- who reads it ---- */

struct known {
	json_t *paper, *picture;
};

static void
known_on_scan(void *arg, const struct scan_row *row)
{
	struct known *k = arg;

	json_object_del(k->picture, "reading");
	if (row->state == SCAN_READ)
		json_object_set_new(k->picture, "words",
		    json_string(row->words));
	else if (row->state == SCAN_ABSENT)
		json_object_set_new(k->paper, "unread", json_text(_("Aquí no "
		    "se lee el texto de imágenes: falta tesseract con "
		    "español.")));
	else if (row->state == SCAN_WANTED)
		json_object_set_new(k->picture, "reading", json_true());
}

static void
picture_add_words(struct req *q, const struct held *h, json_t *paper,
    json_t *picture)
{
	struct known k = { paper, picture };

	if (q->c->renderer == NULL || feed_search(q->c) == NULL)
		return;
	/* One that the search has not seen yet will be read as well. */
	json_object_set_new(picture, "reading", json_true());
	(void)search_find_scan(feed_search(q->c), h->row.id,
	    doc_text(picture, "sha256"), known_on_scan, &k);
}

void
scan_add(struct req *q, const struct held *h, json_t *paper)
{
	json_t *section, *piece, *picture;
	size_t i, k, n;

	json_array_foreach(json_object_get(paper, "sections"), i, section)
	json_array_foreach(json_object_get(section, "pieces"), k, piece)
	json_array_foreach(json_object_get(piece, "pictures"), n, picture)
		picture_add_words(q, h, paper, picture);
}

/* ---- who captures texts ---- */

static const struct field *
column_of(const struct field *list, enum field_type type)
{
	unsigned i;

	for (i = 0; i < list->columns_count; i++)
		if (list->columns[i].type == type)
			return &list->columns[i];
	return NULL;
}

bool
scan_find_list(const struct procedure *p, const struct step *st,
    struct scan_list *l)
{
	unsigned i, k;

	for (i = 0; i < p->documents_count; i++)
		for (k = 0; k < p->documents[i].beside_count; k++) {
			l->d = &p->documents[i];
			l->list = step_find_field(st, l->d->beside[k]);
			if (l->list == NULL || l->list->type != FIELD_LIST)
				continue;
			l->ref = column_of(l->list, FIELD_REF);
			l->text = column_of(l->list, FIELD_LONGTEXT);
			if (l->ref != NULL && l->text != NULL)
				return true;
		}
	return false;
}
