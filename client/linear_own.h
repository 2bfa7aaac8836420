/* SPDX-License-Identifier: ISC */
/* linear_own.h - what linear*.c share: lines in and out, questions to the core. */
#ifndef PAUTA_LINEAR_OWN_H
#define PAUTA_LINEAR_OWN_H

#include "../proto/hash.h"
#include "doc.h"
#include "form.h"
#include "linear.h"

struct linear {
	int in, out;
	const char *lang;
	const struct carrier *carrier;
	struct frames frames;
	struct buf typed;		/* read, and not yet a line */
	uint64_t id;
	bool welcome;			/* the core has let us in */
	int list;			/* which list of tasks is shown */
	char *listed;			/* the tasks that were said last */
	bool pushed;			/* something changed since they were asked for */
	json_t *seen;			/* tasks that were in the own list; NULL: it
					 * was not asked for yet */
	bool down;			/* there is no line, and that is said */
	bool gone;			/* no more lines, or no more core */
	int status;
	struct why *why;
	json_t *me;			/* as frames_me has it */
	int64_t skew;			/* of the core's clock, against ours */
	bool unsigned_told;
	/* the question that waits for its answer */
	const struct line *asked;
	uint8_t op[OP_SIZE];
	bool mutating;
	bool text;			/* what a person reads, no document */
	json_t *doc;
	int doc_status;
};

/* Say something; whatever a terminal could act on is shown instead. */
void linear_say(struct linear *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* One line, without its end.  Given; NULL when there are no more. */
char *linear_read(struct linear *);
/* Say what arrived, ask, and read the answer as linear_read does. */
char *linear_question(struct linear *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/*
 * Ask the core and wait.  The line is cleared.  A new document, or NULL when
 * the core is gone; a refusal has been said and gives NULL with l->gone false.
 */
json_t *linear_ask(struct linear *, struct line *, bool mutating);
/* Ask for what a person reads, and say it; false when it was refused. */
bool linear_tell(struct linear *, struct line *);
/* Sign a decision about this step when that can be done; false when it must
 * be signed and is not, and the person has been told. */
bool linear_sign(struct linear *, struct line *, const json_t *step);
/* A number from 1 to n; 0 is "." or the end, -1 something else was typed. */
int linear_number(const char *, int n);
/* Is it that letter, in either case?  A yes, in either language? */
bool linear_is(const char *, const char *letter);
bool linear_is_yes(const char *);

/*
 * linear_news.c: say the tasks that arrived since the own list was asked for
 * last, if it may have changed; and those of that list, which is here.
 */
void linear_news(struct linear *);
void linear_news_take(struct linear *, const json_t *tasks);
/* linear_field.c: ask for one field.  False: "." or the end. */
bool linear_field(struct linear *, struct form_field *, const json_t *arms);
/* linear_step.c: one step, from its text to its decision. */
void linear_step(struct linear *, const char *folio, const char *ref);
/* The reason of an act, asked until there is one; NULL: the person goes back.
 * Given. */
char *linear_reason(struct linear *, const char *was);
/* linear_list.c: show the tasks, do one thing; false when the person leaves. */
bool linear_list(struct linear *);
/* linear_case.c: a case begun, looked for, looked at, answered again. */
void linear_new(struct linear *);
void linear_search(struct linear *, const char *text);
void linear_case(struct linear *, const char *folio);
/* linear_keep.c: the records kept that end now, or in a month "2027-11". */
void linear_keep(struct linear *, const char *month);

#endif
