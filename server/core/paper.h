/* SPDX-License-Identifier: ISC */
/*
 * paper.h - documents that the server makes of a case (documents of its
 * definition, pauta-procedure(5)): what they say, and the file of it.
 *
 * PAPER is what all forms are made of: the PDF by pauta-render, the preview in
 * a terminal, what other newsrooms read.
 *
 *	{"kind","folio","title","number","date","at","institution","unit",
 *	 "office","sections":[{"title","pieces":[PIECE]}]}
 *	PIECE {"title","outlet","place","published","genre","rank","section",
 *	 "text","pictures":[{"name","sha256","type":"image" or "pdf"}],
 *	 "elsewhere":[NAME]}
 */
#ifndef PAUTA_PAPER_H
#define PAUTA_PAPER_H

#include "req.h"

/*
 * What a document says of a case now, at that time; typed: lists that are not
 * answered yet, or NULL.  New reference.
 */
json_t *paper_doc(struct req *, const struct held *, const struct document *,
    struct when at, json_t *typed);
/* A type of files as it is drawn, "image" or "pdf"; NULL: it cannot be. */
const char *paper_type(const struct institution *, const char *type);

/*
 * A step is about to be answered so: make and attach the files that its fields
 * take from the server.  0: there they are, or nothing is missing.  An error:
 * the answer would be refused anyhow, and why; or it is still being made, and
 * the asker has been noted as one who waits (caller.later).
 */
int paper_attach(struct req *, struct held **, const struct token *,
    const struct command *);

/*
 * What pauta-render makes of a job, its "kind" in it, with the institution's
 * mark.  0 and its bytes added to the buffer; an error with why: also while it
 * is being made (the asker has been noted), and when the buffer has no room.
 * The same job gives the same bytes.
 */
int paper_make(struct req *, json_t *job, struct buf *);

/* Forget what was made and never attached. */
void paper_clear(struct core *);

/*
 * As NewsML-G2 and as ninjs (newsroom.c).  New strings; borrow the PAPER, which
 * has "version" too: how many events its case has had.
 */
char *newsroom_newsml(const json_t *paper);
char *newsroom_ninjs(const json_t *paper);

#endif
