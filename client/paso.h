/* SPDX-License-Identifier: ISC */
/* paso.h - what view_paso.c and the files paso_*.c share. */
#ifndef PAUTA_PASO_H
#define PAUTA_PASO_H

#include "ahead.h"

struct paso {
	struct form_view fv;
	json_t *doc;			/* STEP of docs/api.md, or NULL */
	json_t *next;			/* open rows to try after this one */
	size_t next_at;
	json_t *want;			/* place to come back to, or NULL */
	struct ahead ahead;		/* typed before doc came */
	char saved[16];			/* local time of the last draft */
	int told;			/* texts of others that were told of */
	bool kept;			/* the last draft is on this machine */
	bool sending;			/* a step is on its way */
	bool gone;			/* somebody else did this step */
	bool undo;			/* the answer just given may be undone */
	bool warned;			/* it did less than was asked: said */
};

void paso_draw(struct view *, struct grid *);
/* What to do, data of the row and due time, above the fields. */
void paso_head(struct page *, const struct app *, const json_t *step);
/* What an approval compares: the shown fields of earlier steps. */
void paso_shown(struct page *, const struct app *, const json_t *step);

/* paso_path.c: is this STEP open still? */
bool paso_is_open(const json_t *step);
/* Why nothing may be typed in it, or NULL; borrowed. */
const char *paso_frozen(const json_t *step);
/* The last one done before it, or NULL; borrowed. */
const char *paso_before(const json_t *step);
/* Who did that STEP, by the events of its case.  Given. */
char *paso_who(const struct app *, const json_t *step, const json_t *history);
/* What is said when that step was done.  Given. */
char *paso_done_text(const struct view *, const json_t *done);
/* What came of asking for the words of clippings (`leer`).  Given. */
char *paso_read(const json_t *);

#endif
