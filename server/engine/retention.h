/* SPDX-License-Identifier: ISC */
/*
 * retention.h - how long a record is kept, and what becomes of it then.
 *
 *	kept --time is over, asked for--> proposed --approved--> approved
 *	  ^                                  |   (a transfer)       |
 *	  '------------- declined -----------'                  received
 *	                                     '--approved--> disposed
 *	                                        (a disposal)
 *
 * The inventory of the definition says for how long, from when on and where it
 * ends; institution.yaml who asks, who approves and who receives.
 * Nothing here happens by itself, and no byte is deleted: disposed
 * says that the unit answers for the record no more.
 */
#ifndef PAUTA_RETENTION_H
#define PAUTA_RETENTION_H

#include "engine.h"

enum retained {
	RETAINED_KEPT, RETAINED_PROPOSED, RETAINED_APPROVED,
	RETAINED_TRANSFERRED, RETAINED_DISPOSED
};

/* What may be done with a record: CMD_RETAIN, values {"act","until"?}. */
enum retain_act {
	RETAIN_KEEP,			/* until a later day, with a reason */
	RETAIN_TRANSFER, RETAIN_DISPOSE,	/* asked for */
	RETAIN_APPROVE, RETAIN_DECLINE, RETAIN_RECEIVE,
	RETAIN_ACTS
};
const char *retain_act_name(enum retain_act);	/* "keep" */
const char *retained_name(enum retained);	/* "kept" */

/* The days from and until when it is kept; "" both while its case is open. */
struct term_days {
	char from[11], until[11];
};

/*
 * Of a record, with what somebody said to keep it longer.  One whose rows go
 * one by one (rows) counts from the day it was made: each row has its own day.
 */
void retention_days(const struct kase *, const struct produced *,
    const char *zone, struct term_days *);
/* Until when a row of it is kept (keep_until), from 1; false: not known. */
bool retention_row_until(const struct kase *, const struct produced *,
    int index, const struct world *, char until[11]);
/* Has that row of it been disposed of? */
bool retention_row_is_gone(const struct produced *, int index);
/* How many rows it has, and how many of them are not gone. */
int retention_rows(const struct kase *, const struct produced *, int *left);
/* Of an act that was done with it ("keep"): "by", "at" or "why"; "" before. */
const char *retention_said(const struct produced *, const char *act,
    const char *key);
/* What became of it; all its rows gone, one by one, is a disposal too. */
enum retained retention_state(const struct kase *, const struct produced *);
/* Does it end in the archive, so that it is transferred? */
bool retention_is_transfer(const struct record *, const struct institution *);
/*
 * May that person do that with it on that day?  0, with the right used in
 * *grant when it is not NULL; or -ERR_REFUSED with why.
 */
int retention_may(const struct kase *, const struct produced *,
    enum retain_act, const struct actor *, const struct world *,
    const struct grant **grant, struct why *);

/* The record of a case that is called "2", or "2.3" when made several times. */
struct produced *retention_find(const struct kase *, const char *ref);

#endif
