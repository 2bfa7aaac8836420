/* SPDX-License-Identifier: ISC */
/*
 * scan.h - the words of the clippings that were scanned, as pauta-render reads
 * them (its kind "texto").  They are found by the search, stand beside the
 * picture in the preview, and are offered to who captures texts; they are
 * nobody's answer until a person makes them one.
 *
 *	attached --feed--> wanted --scan_step--> read, absent, failed
 *
 * A clipping is a picture or a PDF in a list of which a document of the
 * procedure is made (pieces, beside).
 */
#ifndef PAUTA_SCAN_H
#define PAUTA_SCAN_H

#include "req.h"

/*
 * The clippings of a case, [{"sha256","type":"image" or "pdf","step","row",
 * "label"}].  A new reference.
 */
json_t *scan_files(const struct core *, const struct kase *);

/* When nothing else is to be done: let the next one be read, of one at a time. */
void scan_step(struct core *);
void scan_clear(struct core *);

/*
 * Into each picture of a PAPER: its "words", or "reading"; into the PAPER
 * "unread", a sentence, when nothing here reads.
 */
void scan_add(struct req *, const struct held *, json_t *paper);

/* The list of a step whose rows give pieces of a document their texts. */
struct scan_list {
	const struct document *d;
	const struct field *list, *ref, *text;	/* and those columns of it */
};
/* False: no list of it does. */
bool scan_find_list(const struct procedure *, const struct step *,
    struct scan_list *);

#endif
