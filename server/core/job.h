/* SPDX-License-Identifier: ISC */
/*
 * job.h - what the courier is asked to do outside, and what comes of it.
 *
 *	an event --job_put, same transaction--> waiting
 *	    --encargo-tomar--> the courier has it --encargo-fin--> done() | failed()
 *
 * A job is given at least once: the core may be killed between the work and
 * its answer, and gives it again under the same id.  What must not be done
 * twice outside rests on that id; what is written here, on the state of the
 * case.  To add a kind: a row in job_kinds (job.c), a row in task_kinds
 * (courier/kinds.c), and nothing else.
 */
#ifndef PAUTA_JOB_H
#define PAUTA_JOB_H

#include "../store/store_job.h"
#include "req.h"

struct job_kind {
	const char *name, *label;	/* label: for people, Spanish */
	unsigned most;			/* at once */
	int tries;			/* then it has failed; 0: never */
	bool leaves;			/* something goes out to others */
	/*
	 * It was done; result is the courier's, foreign: clean what is kept of
	 * it.  q's actor is the system; what is written is of this turn.
	 * *again: an instant to do it again, or 0; *body: what it will be told
	 * then, given, or NULL for the same.  A refusal counts as a failure
	 * that is tried again; -ERR_SYSTEM breaks the turn.
	 */
	int (*done)(struct req *q, const struct job_row *, const json_t *result,
	    int64_t *again, char **body);
	/*
	 * A try failed: row has it counted, with its error and what comes
	 * next (state, next_at).  May be NULL.
	 */
	int (*failed)(struct req *q, const struct job_row *,
	    const json_t *result);
	/*
	 * It is about to be given: add to its body what is set now, or is
	 * never kept.  NULL, or the sentence with which it fails for good
	 * instead.  May be NULL.
	 */
	const char *(*give)(struct core *, const struct job_row *,
	    json_t *body);
	/* What it takes outside are copies of its files (copy.h). */
	bool copies;
};

const struct job_kind *job_find_kind(const char *name);

/*
 * Put a job in the turn that is under way: key, kind, office, title and body
 * are needed; next_at 0 is now.  It leaves when the turn is durable.  One
 * whose key is there already stays as it is.  0, or -ERR_SYSTEM (the turn is
 * broken).
 */
int job_put(struct core *, struct job_row *, struct why *);
/* Do it again at that instant, whatever its state; body NULL: the same. */
int job_wake(struct core *, const char *key, int64_t at, const char *body,
    struct why *);
/* Has the courier got it? */
bool job_is_away(struct core *, const char *key);
/* Nobody wants it any more: it is not given again. */
int job_cancel(struct core *, const char *key, struct why *);
/*
 * The record comes from a backup: what waited in it may have left since, so
 * it waits for a person (`reintentar`).  What only reads goes on.
 */
int job_hold(struct core *, struct why *);
/* Now and then: is anything due? */
void job_tick(struct core *);

/* effect_job.c: the key of what event n of a case asked for; to: {"address"},
 * or NULL.  Given. */
char *effect_job_key(const char *folio, int64_t n, const json_t *to);
/* The JSON document of one, of docs/api.md.  A new reference. */
json_t *job_doc(const struct job_row *);

#endif
