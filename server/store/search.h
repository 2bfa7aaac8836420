/* SPDX-License-Identifier: ISC */
/*
 * search.h - the words of the cases, in a second file beside the record.  It
 * follows the record by the numbers of its events, is written outside the
 * turn, and may be deleted at any time: whoever feeds it begins again.
 *
 *   places   what was said in a case, where: the text as it stands
 *   words    an index (FTS5) of the folded words of each place
 *   scans    what a program read in each clipping that was scanned
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
	PLACE_PROCEDURE, PLACE_COMMENT, PLACE_SCAN
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
 * Clippings that were scanned, by the sum of their bytes.  Their words are
 * nobody's: they are made of those bytes, so they lie here and not in the
 * record, and a file of the words that is made anew has them read anew.
 */
enum scan_state { SCAN_WANTED, SCAN_READ, SCAN_ABSENT, SCAN_FAILED };
struct scan_row {
	int64_t kase;
	const char *sha256, *type;	/* "image" or "pdf" */
	enum scan_state state;
	const char *words;		/* of one that was read, else "" */
};
typedef void scan_fn(void *arg, const struct scan_row *);
/*
 * Let these be all the scans of a case, between begin and commit: files is
 * [{"sha256","type"},…] as text.  New ones are wanted, the others forgotten.
 */
int search_keep_scans(struct search *, int64_t kase, const char *files,
    struct why *);
/*
 * What came of one, likewise; its type is not looked at.  Where nothing reads
 * (SCAN_ABSENT) that is so of all images.
 */
int search_put_scan(struct search *, const struct scan_row *, struct why *);
/* Once all cases are in: forget those of cases that are not. */
int search_clear_scans(struct search *, struct why *);
/* Those for which nothing was here that reads are wanted again. */
int search_retry_scans(struct search *, struct why *);
/* One of a case; the first that is wanted.  1, told of it; 0: none. */
int search_find_scan(struct search *, int64_t kase, const char *sha256,
    scan_fn *, void *arg);
int search_next_scan(struct search *, scan_fn *, void *arg);

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
