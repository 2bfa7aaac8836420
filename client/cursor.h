/* SPDX-License-Identifier: ISC */
/*
 * cursor.h - where the finger is in a list of rows, and which rows are shown.
 * The marker is a ">" in the first column, never a bar.
 */
#ifndef PAUTA_CURSOR_H
#define PAUTA_CURSOR_H

#include "grid.h"
#include "keys.h"

struct cursor {
	int count, at, top;
	int page;			/* rows shown the last time */
};

/* Arrows, PgUp, PgDn, F7, F8, Home, End, j, k, g, G.  True when it was one. */
bool cursor_key(struct cursor *, int32_t key);
/* There are count rows now: keep the finger among them. */
void cursor_fit(struct cursor *, int count);
/* rows can be shown: scroll so that the finger is among them. */
void cursor_show(struct cursor *, int rows);
/* Draw the marker of row i at grid row y; the cursor rests on the finger. */
void cursor_mark(const struct cursor *, struct grid *, int i, int y);

#endif
