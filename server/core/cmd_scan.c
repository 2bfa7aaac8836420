/* SPDX-License-Identifier: ISC */
/*
 * cmd_scan.c - leer: what was read in scanned clippings goes into the draft of
 * the step that captures their texts, for a person to correct and answer with.
 */
#include <stdlib.h>
#include <string.h>

#include "../../proto/text.h"
#include "inbox.h"
#include "paper.h"
#include "scan.h"

struct reading {
	struct req *q;
	struct scan_list to;
	json_t *rows;			/* of the draft */
	int added, waiting;
};

static bool
reading_has(const struct reading *rd, const char *title)
{
	json_t *row;
	size_t i;

	json_array_foreach(rd->rows, i, row)
		if (text_like(doc_text(row, rd->to.ref->id), title))
			return true;
	return false;
}

/* A piece that has no text yet gets that of its pictures. */
static void
reading_add(struct reading *rd, const json_t *piece)
{
	json_t *picture;
	struct buf b;
	size_t i;

	if (*doc_text(piece, "text") != '\0' ||
	    reading_has(rd, doc_text(piece, "title")))
		return;
	buf_init(&b, VALUE_MAX);
	json_array_foreach(json_object_get(piece, "pictures"), i, picture) {
		rd->waiting += json_object_get(picture, "reading") != NULL;
		if (*doc_text(picture, "words") != '\0')
			(void)buf_addf(&b, "%s%s", b.len > 0 ? "\n" : "",
			    doc_text(picture, "words"));
	}
	if (b.len > 0) {
		json_array_append_new(rd->rows, json_pack("{s:s, s:s}",
		    rd->to.ref->id, doc_text(piece, "title"), rd->to.text->id,
		    buf_str(&b)));
		rd->added++;
	}
	buf_clear(&b);
}

static int
reading_keep(struct reading *rd, const struct held *h, const struct token *t)
{
	struct req *q = rd->q;
	const char *text;

	if (rd->added == 0)
		return 0;
	text = req_text(q, json_dumps(rd->rows, JSON_COMPACT));
	if (strlen(text) > VALUE_MAX || json_array_size(rd->rows) > ITEMS_MAX)
		return why_set(&q->why, ERR_REFUSED, "Lo leído no cabe en "
		    "«%s»: capture solo los textos que hagan falta.",
		    rd->to.list->label);
	core_touch(q->c, h->row.folio, h->row.office);
	return case_put_draft(q, h, t, rd->to.list->id, text);
}

int
cmd_leer(struct req *q)
{
	struct reading rd = { .q = q };
	json_t *paper, *section, *piece;
	const struct token *t;
	struct held *h;
	struct world w;
	size_t i, k;
	int r;

	if ((r = req_all_used(q)) < 0 || (r = case_token(q, &h, &t)) < 0)
		return r;
	core_world(q->c, h->row.office, &w);
	if ((r = engine_may(h->ca, t, &q->actor, &w, &q->why)) < 0)
		return r;
	if (!scan_find_list(h->ca->p, t->st, &rd.to) || t->row != 0)
		return why_set(&q->why, ERR_REFUSED, "En el paso %s no se "
		    "capturan textos de recortes.", t->st->number);
	if ((r = collected_rows(q, h, t->st, rd.to.list, &rd.rows)) < 0)
		return r;
	paper = req_json(q, paper_doc(q, h, rd.to.d, q->now, step_typed(q, h, t)));
	scan_add(q, h, paper);
	json_array_foreach(json_object_get(paper, "sections"), i, section)
	json_array_foreach(json_object_get(section, "pieces"), k, piece)
		reading_add(&rd, piece);
	if ((r = reading_keep(&rd, h, t)) < 0)
		return r;
	json_object_set_new(q->out, "folio", json_string(h->row.folio));
	json_object_set_new(q->out, "step", json_string(t->st->number));
	json_object_set_new(q->out, "added", json_integer(rd.added));
	json_object_set_new(q->out, "reading", json_integer(rd.waiting));
	json_object_set(q->out, "unread", json_object_get(paper, "unread"));
	return 0;
}
