/* SPDX-License-Identifier: ISC */
/*
 * doc_paper.c - what a document says of a case (paper.h): the rows of its
 * lists, with the texts and files that others give them, in their order.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../../proto/text.h"
#include "paper.h"

/* What is known of a piece while it is made: lists that spoke of it, "turn". */
#define PIECE_OWN "own"

struct paper {
	const struct held *h;
	const struct document *d;
	const struct institution *in;
	json_t *values;			/* of the case */
	json_t *pieces;			/* PIECE, and PIECE_OWN */
};

static const char *
row_text(const json_t *row, const char *key)
{
	const char *s = key != NULL ?
	    json_string_value(json_object_get(row, key)) : NULL;

	return s != NULL ? s : "";
}

/* ---- pieces ---- */

static json_t *
piece_new(const struct document *d, const json_t *row)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:s, s:[],"
	    " s:[], s:{}}", "title", row_text(row, d->heading), "outlet",
	    row_text(row, d->outlet), "place", row_text(row, d->place),
	    "published", row_text(row, d->published), "genre",
	    row_text(row, d->genre), "section", row_text(row, d->section),
	    "rank", d->rank == NULL ? (json_int_t)0 :
	    doc_int(row, d->rank), "text", "",
	    "pictures", "elsewhere", PIECE_OWN);

	assert(o != NULL);
	return o;
}

static bool
list_has(const json_t *list, const char *key, const char *value)
{
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
		if (strcmp(key != NULL ? row_text(one, key) :
			json_string_value(one), value) == 0)
			return true;
	return false;
}

const char *
paper_type(const struct institution *in, const char *type)
{
	const struct file_type *t = institution_find_type(in, type);

	if (t == NULL)
		return NULL;
	return strcmp(t->id, "pdf") == 0 ? "pdf" :
	    strcmp(t->kind, "image") == 0 ? "image" : NULL;
}

/* The kept file that a row speaks of: by its sum, or typed by name alone. */
static const json_t *
paper_file(const struct paper *p, const json_t *named)
{
	const char *key = json_object_size(named) == 1 ? "name" : "sha256";
	const json_t *found = NULL;
	json_t *file;
	size_t i;

	json_array_foreach(p->h->ca->files, i, file)
		if (strcmp(row_text(file, key), row_text(named, key)) == 0 &&
		    *row_text(file, key) != '\0' && (*key == 's' ||
		    json_object_get(file, "gone") == NULL))
			found = file;
	return found;
}

static void
piece_add_files(const struct paper *p, json_t *piece, const json_t *files)
{
	json_t *pictures = json_object_get(piece, "pictures"),
	       *elsewhere = json_object_get(piece, "elsewhere"), *file;
	const char *name, *sum, *type;
	const json_t *kept;
	size_t i;

	if (!json_is_array(files))
		return;
	json_array_foreach(files, i, file) {
		name = row_text(file, "name");
		kept = paper_file(p, file);
		sum = row_text(kept, "sha256");
		type = paper_type(p->in, row_text(kept, "type"));
		if (type == NULL && !list_has(elsewhere, NULL, name))
			json_array_append_new(elsewhere, json_string(name));
		else if (type != NULL && !list_has(pictures, "sha256", sum))
			json_array_append_new(pictures, json_pack(
			    "{s:s, s:s, s:s}", "name", name, "sha256", sum,
			    "type", type));
	}
}

static void
piece_add_text(json_t *piece, const char *text)
{
	const char *had = row_text(piece, "text");
	char *all = xasprintf("%s%s%s", had, *had != '\0' ? "\n" : "", text);

	json_object_set_new(piece, "text", json_string(all));
	free(all);
}

/* What columns of those types say in a row belongs to the piece. */
static void
piece_add_row(const struct paper *p, json_t *piece, const struct field *list,
    const json_t *row)
{
	const struct field *f;
	unsigned i;

	for (i = 0; i < list->columns_count; i++) {
		f = &list->columns[i];
		if (f->type == FIELD_FILE)
			piece_add_files(p, piece,
			    json_object_get(row, f->id));
		else if (f->type == FIELD_LONGTEXT &&
		    *row_text(row, f->id) != '\0')
			piece_add_text(piece, row_text(row, f->id));
	}
}

static void
paper_add_pieces(struct paper *p, const char *id)
{
	const struct field *list = procedure_find_list(p->h->ca->p, id);
	json_t *row, *piece;
	size_t i;

	json_array_foreach(json_object_get(p->values, id), i, row) {
		piece = piece_new(p->d, row);
		if (list != NULL)
			piece_add_row(p, piece, list, row);
		json_array_append_new(p->pieces, piece);
	}
}

/* ---- lists that speak of them ---- */

static const char *
list_ref(const struct field *list)
{
	unsigned i;

	for (i = 0; i < list->columns_count; i++)
		if (list->columns[i].type == FIELD_REF)
			return list->columns[i].id;
	return NULL;
}

/*
 * The piece that a row speaks of by its title.  Of two that are called the
 * same, the first row is of the first: mark says which had one already.
 */
static json_t *
paper_find(const struct paper *p, const char *title, const char *mark)
{
	json_t *piece, *own, *found = NULL;
	size_t i;

	json_array_foreach(p->pieces, i, piece) {
		if (!text_like(row_text(piece, "title"), title))
			continue;
		own = json_object_get(piece, PIECE_OWN);
		if (json_object_get(own, mark) == NULL) {
			json_object_set_new(own, mark, json_true());
			return piece;
		}
		if (found == NULL)
			found = piece;
	}
	return found;
}

static void
paper_add_beside(struct paper *p, const char *id)
{
	const struct field *list = procedure_find_list(p->h->ca->p, id);
	const char *ref = list != NULL ? list_ref(list) : NULL;
	char *mark = xasprintf("of %s", id);
	json_t *row, *piece;
	size_t i;

	json_array_foreach(json_object_get(p->values, id), i, row) {
		piece = paper_find(p, row_text(row, ref), mark);
		if (piece != NULL)
			piece_add_row(p, piece, list, row);
	}
	free(mark);
}

static void
paper_take_order(struct paper *p)
{
	const struct field *list = p->d->order != NULL ?
	    procedure_find_list(p->h->ca->p, p->d->order) : NULL;
	json_t *row, *own;
	size_t i;

	if (list == NULL)
		return;
	json_array_foreach(json_object_get(p->values, p->d->order), i, row) {
		own = json_object_get(paper_find(p,
		    row_text(row, list_ref(list)), "placed"), PIECE_OWN);
		if (own != NULL && json_object_get(own, "turn") == NULL)
			json_object_set_new(own, "turn",
			    json_integer((json_int_t)i + 1));
	}
}

/* ---- sections ---- */

/* Smaller comes first: a place in the order, else after those by rank. */
static json_int_t
piece_weight(const json_t *piece, size_t entered)
{
	json_int_t turn = doc_int(json_object_get(piece, PIECE_OWN), "turn"),
		   rank = doc_int(piece, "rank");

	if (turn > 0)
		return turn;
	return (rank > 0 ? rank : 1000) * 1000000 + (json_int_t)entered;
}

/* The pieces of a section, without PIECE_OWN. */
static json_t *
section_pieces(const struct paper *p, const char *title)
{
	json_t *list = json_array(), *piece, *clean;
	json_int_t weight, last = 0, best;
	json_t *next;
	size_t i;

	for (;; last = best) {
		next = NULL;
		best = 0;
		json_array_foreach(p->pieces, i, piece) {
			weight = piece_weight(piece, i);
			if (strcmp(row_text(piece, "section"), title) != 0 ||
			    weight <= last || (next != NULL && weight >= best))
				continue;
			next = piece;
			best = weight;
		}
		if (next == NULL)
			return list;
		clean = json_copy(next);
		json_object_del(clean, PIECE_OWN);
		json_array_append_new(list, clean);
	}
}

static void
sections_add(const struct paper *p, json_t *sections, const char *title)
{
	json_t *pieces = section_pieces(p, title);

	if (json_array_size(pieces) > 0)
		json_array_append_new(sections, json_pack("{s:s, s:O}",
		    "title", title, "pieces", pieces));
	json_decref(pieces);
}

static json_t *
paper_sections(const struct paper *p)
{
	const struct field *list = p->d->pieces_count > 0 ?
	    procedure_find_list(p->h->ca->p, p->d->pieces[0]) : NULL;
	const struct field *f = list != NULL && p->d->section != NULL ?
	    value_find_field(list->columns, list->columns_count,
		p->d->section) : NULL;
	json_t *sections = json_array();
	unsigned i;

	for (i = 0; f != NULL && i < f->choices_count; i++)
		sections_add(p, sections, f->choices[i]);
	sections_add(p, sections, "");
	return sections;
}

/* ---- the whole ---- */

json_t *
paper_doc(struct req *q, const struct held *h, const struct document *d,
    struct when at, json_t *typed)
{
	const struct institution *in = q->c->institution;
	const struct office *of = in != NULL ?
	    institution_find_office(in, h->row.office) : NULL;
	struct paper p = { .h = h, .d = d, .in = in,
		.values = kase_values(h->ca, 0), .pieces = json_array() };
	struct world w;
	struct scope sc = { .ca = h->ca, .values = p.values, .w = &w };
	json_t *o, *date;
	unsigned i;

	core_world(q->c, h->row.office, &w);
	json_object_update(p.values, typed);
	for (i = 0; i < d->pieces_count; i++)
		paper_add_pieces(&p, d->pieces[i]);
	for (i = 0; i < d->beside_count; i++)
		paper_add_beside(&p, d->beside[i]);
	paper_take_order(&p);
	date = rule_eval(d->date, &sc);
	o = json_pack("{s:s, s:s, s:s, s:s, s:O, s:o, s:s, s:s, s:s, s:o}",
	    "kind", document_kind_name(d->kind), "folio", h->row.folio,
	    "title", d->title, "number", h->row.folio, "date", date, "at",
	    json_when(at), "institution", in != NULL ? in->name : "", "unit",
	    in != NULL && in->unit != NULL ? in->unit : "", "office",
	    of != NULL ? of->name : h->row.office, "sections",
	    paper_sections(&p));
	assert(o != NULL);
	json_decref(date);
	json_decref(p.pieces);
	json_decref(p.values);
	return o;
}
