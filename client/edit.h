/* SPDX-License-Identifier: ISC */
/*
 * edit.h - a line or a page of text being typed: UTF-8 in NFC, a cursor on
 * whole characters, a hard limit that refuses the letter, undo by steps.
 * Tests write the cursor into the text: edit_is(&e, "foo ba|r").
 */
#ifndef PAUTA_EDIT_H
#define PAUTA_EDIT_H

#include "base.h"
#include "grid.h"

struct edit {
	char *text;
	size_t len, cursor, max;	/* bytes */
	size_t room;			/* bytes that text has, or 0: just so */
	unsigned changes;		/* of the text, so far */
	bool lines;			/* Enter makes a line; else one line */
	bool full;			/* the last key did not fit */
	int first;			/* scroll: first column or row shown */
	int width;			/* cells of a row with lines, as last drawn */
	int run;			/* kind of the last change, for undo */
	struct { char *text; size_t cursor; } undo[32];
	unsigned undo_count;
	bool pasting;
};

void edit_init(struct edit *, size_t max, bool lines);
void edit_clear(struct edit *);
void edit_set(struct edit *, const char *text);	/* forgets undo */
/* True when the key was for the editor (letters, arrows, Home, End,
 * Backspace, Delete, Ctrl-U, Ctrl-W, Ctrl-Z, paste). */
bool edit_key(struct edit *, int32_t key);
/* Draw in width cells (one row, or rows with lines) and put the cursor. */
void edit_draw(struct edit *, struct grid *, int row, int col, int width,
    int rows, bool focus);

#endif
