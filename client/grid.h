/* SPDX-License-Identifier: ISC */
/*
 * grid.h - a screen in memory: rows of cells that views draw into and tests
 * compare as text.  Only term.c puts a grid on a terminal.  Row 0 is the top.
 * Everything drawn goes through text_safe() here: no caller has to remember.
 */
#ifndef PAUTA_GRID_H
#define PAUTA_GRID_H

#include "base.h"

enum grid_attr { GRID_PLAIN = 0, GRID_BOLD = 1, GRID_REVERSE = 2,
	GRID_UNDERLINE = 4, GRID_ALERT = 8, GRID_GOOD = 16, GRID_DIM = 32 };

/* Colours: red and green on what is there; none; white on black, bold. */
enum theme { THEME_NORMAL, THEME_MONO, THEME_CONTRAST };

/* width 0: tail of a wide one; ink, paper: 0, or a colour of the palette + 1 */
struct cell { int32_t cp; uint8_t width; uint8_t attr; int16_t ink, paper; };

struct grid {
	int rows, cols;
	struct cell *cells;		/* rows * cols */
	int cur_row, cur_col;		/* where the hardware cursor rests */
	bool ascii;			/* lines and signs from ASCII only */
	enum theme theme;
	bool ring;			/* the bell, when it is put on a terminal */
	const char *copied;		/* then for its clipboard, or NULL */
	bool mouse;			/* its clicks are wanted */
	struct late { int row, col, rows; } late;	/* see grid_late() */
};

void grid_init(struct grid *, int cols, int rows);
void grid_clear(struct grid *);			/* frees; accepts zeroed */
void grid_erase(struct grid *);
/* Draw at most width cells (-1: to the edge); returns cells used.  Never
 * wraps, never passes the edge; what does not fit is cut (no mark). */
int grid_put(struct grid *, int row, int col, int width, int attr,
    const char *text);
int grid_putf(struct grid *, int row, int col, int width, int attr,
    const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* A cell of a table, of somebody's words: what is cut ends in a sign. */
int grid_cell(struct grid *, int row, int col, int width, int attr,
    const char *text);
/* Wrap text into a box at words; returns rows used (also with rows 0: only
 * counts).  first skips that many wrapped lines. */
int grid_wrap(struct grid *, int row, int col, int width, int rows, int first,
    int attr, const char *text);
/* One line of safe text to break at a word: *len bytes of it fit; returns
 * where the next line begins. */
const char *grid_break(const char *, int width, size_t *len);
/* The same in two colours of the terminal's palette; -1: its own. */
int grid_paint(struct grid *, int row, int col, int width, int ink, int paper,
    const char *text);
void grid_rule(struct grid *, int row, int col, int width);
void grid_box(struct grid *, int row, int col, int height, int width);
void grid_attr_row(struct grid *, int row, int attr);
void grid_cursor(struct grid *, int row, int col);
/*
 * From there to the right edge stand details of what the finger points at:
 * while it moves they may stay as they were, for the bytes that they take.
 */
void grid_late(struct grid *, int row, int col, int rows);
/* The nearest sign of 7-bit ASCII; '?' when there is none. */
int32_t grid_ascii(int32_t cp);
/* The whole grid as text, rows ended by \n, trailing blanks kept.  Given. */
char *grid_text(const struct grid *);

#endif
