/* SPDX-License-Identifier: ISC */
/*
 * cmd_paper.c - a document of a case read as text before there is a file, and
 * given to other newsrooms.
 */
#include <stdlib.h>
#include <string.h>

#include "../../proto/text.h"
#include "paper.h"
#include "scan.h"

/* The document that the words name: the first, or documento=ID. */
static int
paper_named(struct req *q, struct held **h, json_t **paper)
{
	const char *id = req_take(q, "documento");
	const struct document *d;
	int r;

	if ((r = case_find(q, q->pos[0], h)) < 0 ||
	    (r = req_all_used(q)) < 0)
		return r;
	d = procedure_find_document((*h)->ca->p, id);
	if (d == NULL && id != NULL)
		return why_set(&q->why, ERR_REFUSED, "De %s no se compone un "
		    "documento «%.40s».", (*h)->row.folio, id);
	if (d == NULL)
		return why_set(&q->why, ERR_REFUSED, "De %s no se compone "
		    "ningún documento.", (*h)->row.folio);
	*paper = req_json(q, paper_doc(q, *h, d,
	    (struct when){ (*h)->row.updated }, NULL));
	return 0;
}

int
cmd_vista_previa(struct req *q)
{
	struct held *h;
	json_t *paper;
	int r;

	if ((r = paper_named(q, &h, &paper)) < 0)
		return r;
	scan_add(q, h, paper);
	json_object_update(q->out, paper);
	return 0;
}

int
cmd_exportar(struct req *q)
{
	const char *format = req_take(q, "formato");
	bool newsml = format != NULL && text_like(format, "newsml");
	struct held *h;
	json_t *paper;
	char *text;
	int r;

	if (!newsml && (format == NULL || !text_like(format, "ninjs")))
		return why_set(&q->why, ERR_USAGE,
		    "Diga en qué forma: formato=newsml o formato=ninjs.");
	if ((r = paper_named(q, &h, &paper)) < 0)
		return r;
	json_object_set_new(paper, "version", json_integer(h->row.n));
	text = req_text(q, newsml ? newsroom_newsml(paper) :
	    newsroom_ninjs(paper));
	json_object_set_new(q->out, "folio", json_string(h->row.folio));
	json_object_set_new(q->out, "format",
	    json_string(newsml ? "newsml" : "ninjs"));
	json_object_set_new(q->out, "content", json_string(text));
	return 0;
}
