/* SPDX-License-Identifier: ISC */
/*
 * page.h - text to read: paragraphs, each with a sign in the margin, an
 * indent and an attribute, wrapped to the width of the day and scrolled.
 */
#ifndef PAUTA_PAGE_H
#define PAUTA_PAGE_H

#include "grid.h"

struct page_row {
	char sign;			/* '-', '+', '!' or ' ' */
	int indent, attr;
	bool mark;			/* page_next stops here */
	const char *label;		/* in the margin, or NULL */
	char *text;
};

struct page {
	struct page_row *rows;
	unsigned count;
	int top;			/* first wrapped line shown */
	int height;			/* wrapped lines, when last drawn */
	int shown;			/* rows it had, when last drawn */
	int width;
};

void page_clear(struct page *);			/* accepts zeroed */
void page_erase(struct page *);			/* empties; keeps top */
/* Add a paragraph; returns its index. */
unsigned page_add(struct page *, char sign, int indent, int attr,
    const char *text);
unsigned page_addf(struct page *, char sign, int indent, int attr,
    const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* The last paragraph begins with a label in the margin (kept, not copied). */
void page_label(struct page *, const char *label);
/* The last paragraph is a place where page_next stops. */
void page_mark(struct page *);
/* Draw rows lines from top on. */
void page_draw(struct page *, struct grid *, int row, int rows);
/* PgUp, PgDn, F7, F8, and with arrows also Up, Down, Home, End. */
bool page_key(struct page *, int32_t key, bool arrows);
/* Another text that begins at line *top: Up, Down, PgUp, PgDn. */
bool page_scroll(int *top, int32_t key);
/* Scroll to the mark after (by 1) or before (by -1) mark at; its number. */
int page_next(struct page *, int at, int by);
int page_marks(const struct page *);

#endif
