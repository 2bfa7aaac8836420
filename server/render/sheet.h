/* SPDX-License-Identifier: ISC */
/*
 * sheet.h - text and pictures flowing over pages, from top to bottom.
 *
 * Everything is set twice: once dry, which only counts pages, because an index
 * must know them before it is drawn; then on a PDF.  Both take the same path,
 * so that they cannot disagree.
 *
 *	margin ┌──────────────┐ SHEET_TOP      header: title, section
 *	       │ y ─────────► │                what is being set
 *	       └──────────────┘ SHEET_BOTTOM   footer: whose it is, page
 */
#ifndef PAUTA_SHEET_H
#define PAUTA_SHEET_H

#include <pango/pangocairo.h>

#include "pdf.h"
#include "picture.h"

enum {
	SHEET_LEFT = 60, SHEET_TOP = 84, SHEET_BOTTOM = PDF_HEIGHT - 66,
	SHEET_WIDTH = PDF_WIDTH - 2 * SHEET_LEFT,
	SHEET_HEIGHT = SHEET_BOTTOM - SHEET_TOP,
	SHEET_CELL = 360		/* height of a cell, at most */
};

enum ink { INK_TEXT, INK_SOFT, INK_ACCENT, INK_RULE, INK_PAPER };

/* How a paragraph is set. */
struct face {
	const char *font;		/* as Pango describes it: "Lato 11" */
	enum ink ink;
	const char *tag;		/* in the structure: "P", "H1" */
	double above, leading;		/* points; leading: factor, 0 is 1 */
	bool justify;
	bool keep;		/* not left alone at the foot of a page */
};

struct sheet {
	struct pdf *pdf;		/* NULL: dry */
	PangoContext *text;
	int page;			/* of the whole document, from 1 */
	double y;
	const char *section;		/* that is being set; NULL: none */
	const char *running;		/* right of the header: the page's first */
	/* Draws header and footer of a page that begins; may be NULL. */
	void (*on_page)(struct sheet *, void *arg);
	void *arg;
};

void sheet_init(struct sheet *, struct pdf *, int first_page);
void sheet_clear(struct sheet *);
/* The page is over; the next begins. */
void sheet_turn(struct sheet *);
/* The last page is over. */
void sheet_end(struct sheet *);
/* Turn unless that much is free. */
void sheet_need(struct sheet *, double height);

/*
 * Set text, which may have many lines; whatever a reader cannot see shows.  No
 * line of a paragraph is left alone at the foot or the head of a page.
 */
void sheet_text(struct sheet *, const struct face *, const char *text);
/* A line across at y, down by `above` first. */
void sheet_rule(struct sheet *, enum ink, double above, double thick);
/* A page of a picture, as large as fits; overleaf where less than its least
 * room is left. */
double sheet_picture_least(const struct picture *, unsigned page);
int sheet_picture(struct sheet *, const struct picture *, unsigned page);

/*
 * One line at a place, not flowing: cut with "…" to width, at its left or its
 * right end.  Returns its height.
 */
double sheet_put(struct sheet *, const struct face *, double x, double y,
    double width, bool right, const char *text);
/*
 * A cell of a table at a place, not flowing: lines of that width, SHEET_CELL
 * high at most, then "…".  Returns its height; without draw, only that.
 */
double sheet_cell(struct sheet *, const struct face *, double x, double y,
    double width, bool draw, const char *text);
void sheet_ink(const struct sheet *, enum ink);

/* Structure, places and links of the PDF; nothing when dry. */
void sheet_open(struct sheet *, const char *tag, const char *attributes);
void sheet_shut(struct sheet *, const char *tag);
/* Here is the place of that name, which links and the outline lead to. */
void sheet_mark(struct sheet *, const char *place);
/* A line of the outline under parent (0: none); returns its number. */
int sheet_outline(struct sheet *, int parent, const char *title,
    const char *place);

#endif
