/* SPDX-License-Identifier: ISC */
/*
 * note.h - how a note comes into the shared inbox of an office: typed by a
 * person, or brought by a feed.  Both go through note_add().
 */
#ifndef PAUTA_CORE_NOTE_H
#define PAUTA_CORE_NOTE_H

#include "../../proto/base.h"

struct core;

/* Bytes; what is longer is cut at a whole character, with "…". */
enum {
	NOTE_NAME_MAX = 200,		/* medium, section, author */
	NOTE_TITLE_MAX = 500,
	NOTE_TEXT_MAX = 64 * 1024,
	NOTE_LINK_MAX = 2048		/* one that is longer is left out */
};

/* A note as it comes; NULL is "".  Borrowed. */
struct note {
	const char *office;		/* never NULL */
	/*
	 * What makes it the same note when it comes again: of a feed, its name
	 * and the identifier it gives.  NULL: its medium, title, link and day,
	 * the one on which it came when it is not dated.
	 */
	const char *key;
	const char *source;		/* "feed:NAME", or "login:LOGIN" */
	const char *medium, *section, *title, *text, *link, *author;
	struct when published;		/* 0: not said */
};

/*
 * Keep a note, in the turn that is open (it begins one).  Whatever the text is
 * it is made fit: valid, in NFC, blanks as one, no control or hidden
 * characters; line breaks stay in text alone.  *id gets its number, and a push
 * names "notas@OFFICE" among its folios; 0 when the office has it already.
 * -ERR_REFUSED without medium or title; -ERR_SYSTEM broke the turn.
 */
int note_add(struct core *, const struct note *, struct when now, int64_t *id,
    struct why *);

#endif
