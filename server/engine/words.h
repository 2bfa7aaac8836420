/* SPDX-License-Identifier: ISC */
/*
 * words.h - Spanish text as its words, each by its root: «pensionados»,
 * «Pensionado» and «PENSIONADAS» are the same.  Accents, case and endings make
 * no difference.  The only door to libstemmer (Snowball).
 */
#ifndef PAUTA_WORDS_H
#define PAUTA_WORDS_H

#include "../../proto/base.h"

enum { WORDS_TEXT_MAX = 20000 };	/* of one text; the rest is left out */

struct word {
	uint64_t root;			/* sum of its root: words compare by it */
	const char *at;			/* as written: len bytes, borrowed */
	size_t len;
};

/* A text's words, in order.  Zeroed is empty. */
struct words {
	struct word *v;
	size_t count, cap;
};

/* Append the words of a text, which stays the caller's and is pointed into. */
void words_add(struct words *, const char *text);
/* Append a word that equals none: nothing goes across it. */
void words_add_gap(struct words *);
void words_clear(struct words *);

/* The root of a word as it is written.  Given; may be "". */
char *words_root(const char *word, size_t len);
/* The roots of a text, each once, blanks between: for an index.  Given. */
char *words_index(const struct words *);

#endif
