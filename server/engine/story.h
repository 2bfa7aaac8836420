/* SPDX-License-Identifier: ISC */
/*
 * story.h - which notes tell the same story: an agency's cable, printed by
 * twenty newspapers, is read once.
 *
 * A sketch (MinHash) of a text is 64 numbers, each the least of the sums of its
 * runs of words under another mixing: two texts have as many numbers alike as
 * they have runs.  16 bands of 4 numbers are the keys of a table: texts that
 * are more than half alike share a band nearly always, others hardly ever, so
 * that only few are compared, however many there are.
 */
#ifndef PAUTA_STORY_H
#define PAUTA_STORY_H

#include "words.h"

enum {
	SKETCH_SIZE = 64,
	STORY_ALIKE = 32,		/* of SKETCH_SIZE: the same story */
	STORY_DAYS = 7,			/* between two notes of one story */
	STORY_MOST = 200000		/* sketches that are remembered */
};

struct sketch {
	uint32_t v[SKETCH_SIZE];
};

/*
 * The sketch of a note: of its text, or of its title when the text has not even
 * 12 words, which is three short sentences.  False when both say too little to
 * be compared.
 */
bool sketch_make(struct sketch *, const char *title, const char *text);
/* How many of SKETCH_SIZE are the same. */
int sketch_alike(const struct sketch *, const struct sketch *);

/* The sketches of the last days, by their bands. */
struct stories;
struct stories *stories_new(void);
void stories_free(struct stories *);
/* Remember note id of a story. */
void stories_add(struct stories *, int64_t id, int64_t story, struct when at,
    const struct sketch *);
/*
 * The remembered note that is most like it, at least STORY_ALIKE and at most
 * STORY_DAYS before; its id and *story, or 0.
 */
int64_t stories_find(const struct stories *, const struct sketch *,
    struct when at, int64_t *story);

/* Of the sentences of a, how many stand in b word by word. */
void story_sentences(const char *a, const char *b, int *same, int *of);

#endif
