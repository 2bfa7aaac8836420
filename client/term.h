/* SPDX-License-Identifier: ISC */
/*
 * term.h - the only door to curses: puts a grid on a terminal.  One terminal
 * a process (two live screens crash each other in ncurses 6.4).  Keys are not
 * read here: bytes go from the descriptor to keys.h.
 */
#ifndef PAUTA_TERM_H
#define PAUTA_TERM_H

#include "base.h"
#include "grid.h"

struct term;

/* What a terminal can be told, and what it says: its set of letters. */
enum letters { LETTERS_UTF8, LETTERS_LATIN, LETTERS_ASCII };

/*
 * Open the terminal called name on two descriptors (neither need be a tty) at
 * a size already clamped.  A name that is unknown becomes one that is near, and
 * *notice (borrowed, or NULL) says so once.  0, or -ERR_SYSTEM with why.
 */
int term_open(const char *name, int in, int out, int rows, int cols,
    enum letters, struct term **, const char **notice, struct why *);
void term_close(struct term *);		/* leaves it as it was; accepts NULL */
void term_put(struct term *, const struct grid *);
void term_repaint(struct term *);	/* the next put paints all of it */
void term_resize(struct term *, int rows, int cols);
/* How many colours a photograph may have: 0, 16 or 256. */
int term_colours(const struct term *);
/* Bytes written that the other side has not taken yet. */
int term_unsent(const struct term *);

/* What a terminal says by signals (a new size, that it is gone), and the wish
 * that one ends, as a descriptor to be polled. */
int term_signals(void);
/* Sizes as they may be used: 0 is 24 by 80, the rest is clamped. */
void term_clamp(long rows, long cols, int *out_rows, int *out_cols);
/* The size of a tty; false when it has none. */
bool term_size(int fd, int *rows, int *cols);
/* The letters of the terminal of that name, as the environment has it. */
enum letters term_letters(const char *name);

#endif
