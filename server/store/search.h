/* SPDX-License-Identifier: ISC */
/*
 * search.h - the words of the cases, in a second file beside the record.  It
 * follows the record by the numbers of its events, is written outside the
 * turn, and may be deleted at any time: whoever feeds it begins again.
 *
 *   places   what was said in a case, where: the text as it stands
 *   words    an index (FTS5) of the folded words of each place
 *
 * It knows no rights: whoever asks leaves out what a person may not see.
 */
#ifndef PAUTA_SEARCH_H
#define PAUTA_SEARCH_H

#include "store.h"

struct search;

/* Where something is said; numbers of the file: change SEARCH_VERSION. */
enum place_kind {
	PLACE_FOLIO, PLACE_SUBJECT, PLACE_FIELD, PLACE_REMARK, PLACE_RECORD,
	PLACE_PROCEDURE, PLACE_COMMENT
};

struct place {
	enum place_kind kind;
	const char *step;		/* "" for the case itself */
	int row;
	const char *label, *text;
};

/*
 * Open the file; one that is not there, not ours, of another version or
 * damaged is made anew.  -ERR_SYSTEM when that cannot be done.
 */
int search_open(const char *path, struct search **, struct why *);
void search_free(struct search *);

/* How far it follows: kept with what is written, read back when opened. */
struct search_mark {
	int64_t fed;			/* events up to this one are in */
	uint8_t chain[HASH_SIZE];	/* of the record there */
	int64_t swept;			/* cases up to this id; -1: all, of before fed */
	int64_t noted;			/* notes up to this one are in */
};
/* As last committed. */
const struct search_mark *search_mark(const struct search *);

/* What is between them is in the file whole or not at all. */
int search_begin(struct search *, struct why *);
int search_commit(struct search *, const struct search_mark *, struct why *);
/* Forget everything, in a transaction. */
int search_restart(struct search *, struct why *);
/* Let these be all the places of a case; none: it is forgotten. */
int search_put(struct search *, int64_t kase, const struct place *, size_t n,
    struct why *);
/* Outside a transaction: nothing that was forgotten is left in the file. */
int search_scrub(struct search *, struct why *);

/*
 * Cases that say every blank-separated part of text, each part within one
 * place and its last word only begun perhaps: by folio, subject, anything
 * else; newest first.  Any text is only text; parts over SEARCH_PARTS are not
 * looked at.  fn returns non-zero to stop.  *most: there were too many to put
 * in order, and those of the SEARCH_NEWEST last places that say it all were
 * given, some more than once.
 */
enum { SEARCH_PARTS = 16, SEARCH_NEWEST = 2000 };
typedef int search_fn(void *arg, int64_t kase);
int search_find(struct search *, const char *text, search_fn *, void *arg,
    bool *most, struct why *);
/* How much work an order is worth, in thousands of steps of SQLite. */
void search_set_steps(struct search *, int thousands);
/* The places of a case, in the order they were put; strings borrowed. */
typedef int place_fn(void *arg, const struct place *);
int search_places(struct search *, int64_t kase, place_fn *, void *arg,
    struct why *);

/*
 * Notes of the media (note.h): the roots that one says (words_index), between
 * begin and commit; the notes that an expression finds (profile_index), newest
 * first.
 */
int search_add_note(struct search *, int64_t id, const char *roots,
    struct why *);
int search_notes(struct search *, const char *expression, search_fn *,
    void *arg, struct why *);

#endif
