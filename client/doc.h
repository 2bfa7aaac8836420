/* SPDX-License-Identifier: ISC */
/*
 * doc.h - what screens read in documents, beside the keys themselves
 * (proto/doc.h), and the writing of command lines.
 */
#ifndef PAUTA_CLIENT_DOC_H
#define PAUTA_CLIENT_DOC_H

#include "../proto/doc.h"

struct view;

enum { DOC_REF_MAX = 40, DOC_SPAN_MAX = 16, DOC_STAMP_MAX = 24 };

/* The sentence of an error document, or one of ours when it has none. */
const char *doc_why(const json_t *);

/*
 * The language that this person chose, and the clock of their office, wherever
 * they sit: from now on, in the whole program.
 */
void doc_habits(const json_t *me);

/* The outlets of a document, likewise. */
json_t *doc_outlets(const json_t *);
/* The people of a document as app_pick wants them.  A new reference. */
json_t *doc_people(const json_t *);

/*
 * Where one stands in a list that came after the one that it is from: the keys,
 * ended by NULL, say that it is the same; `none` when it is there no more.
 */
int doc_find(const json_t *list, const json_t *one, const char *const *keys,
    int none);
/* What became of a DAY of docs/api.md that is missing or undone. */
const char *doc_missing_text(const json_t *day);
/* The field with that id of a STEP, or NULL. */
const json_t *doc_field(const json_t *step, const char *id);
/* The step of a TASK, STEP or open row as commands take it: "2.2", "2.2#3". */
const char *doc_ref(const json_t *, char out[DOC_REF_MAX]);
/* The same with the reference already known: is this object that step? */
bool doc_is_step(const json_t *, const char *folio, const char *ref);
/* Seconds from a to b in words: "48 min", "1 h 12", "3 d". */
const char *doc_span(int64_t seconds, char out[DOC_SPAN_MAX]);
/* Seconds from now until a UTC text; 0 when it is no time. */
int64_t doc_until(const char *utc, struct when now);

/* A UTC text as local "23/11/2026 09:30". */
const char *doc_stamp(const char *utc, char out[DOC_STAMP_MAX]);

/* A command line being written, word by word. */
struct line {
	char **words;
	size_t n;
};

void line_add(struct line *, const char *word);
void line_addf(struct line *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void line_clear(struct line *);
/* Ask it (app_ask) and clear it. */
void line_ask(struct line *, struct view *, int tag, bool mutating);

#endif
