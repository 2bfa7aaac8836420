/* SPDX-License-Identifier: ISC */
/*
 * store_job.h - what the courier has been asked to do outside: one row a job,
 * kept until it is done, and some days after.  Not history: what came of a job
 * is an event where somebody acts on it.
 *
 *	JOB_WAITING --done--> JOB_DONE        tries and next_at move while it
 *	     |'-- refused for good, or too many tries --> JOB_FAILED
 *	     '-- nobody wants it any more --> JOB_CANCELLED
 */
#ifndef PAUTA_STORE_JOB_H
#define PAUTA_STORE_JOB_H

#include "store.h"

enum job_state { JOB_WAITING, JOB_DONE, JOB_FAILED, JOB_CANCELLED, JOB_STATES };

struct job_row {
	int64_t id;			/* stable: the same however often tried */
	const char *key;		/* what it is for; one row each */
	const char *kind;		/* core/job.h has the kinds */
	const char *office;
	int64_t kase;			/* 0: of no case */
	const char *step;		/* "" too */
	const char *title;		/* what a person calls it */
	const char *body;		/* JSON: what the courier is told */
	enum job_state state;
	int tries;			/* that failed since the last good one */
	int64_t put_at, next_at, ended_at;
	const char *error;		/* of the last try, in words, or "" */
};

/*
 * Keep a new one, waiting; its id goes to row->id.  Where its key is there
 * already nothing changes, and the id is that row's.
 */
int store_add_job(struct store *, struct job_row *, struct why *);
/* All that changes: body, state, tries, next_at, ended_at, error. */
int store_set_job(struct store *, const struct job_row *, struct why *);
typedef int job_fn(void *arg, const struct job_row *);	/* strings borrowed */
/* By id, by key: 1 and fn was called, 0 when there is none. */
int store_find_job(struct store *, int64_t id, job_fn *, void *arg);
int store_find_job_by_key(struct store *, const char *key, job_fn *,
    void *arg);
/* Waiting ones whose time has come, the longest first. */
int store_each_due_job(struct store *, int64_t now, job_fn *, void *arg);
/* When does the time of the next one come, or 0: none waits. */
int64_t store_next_job(struct store *);
/* Newest first. */
int store_each_job(struct store *, job_fn *, void *arg);
/* All of a kind that wait fail at that instant for that reason. */
int store_fail_jobs(struct store *, const char *kind, const char *error,
    int64_t at, struct why *);
/* Of a case that is forgotten; those that ended before an instant. */
int store_del_case_jobs(struct store *, int64_t kase, struct why *);
int store_del_jobs(struct store *, int64_t before, struct why *);

#endif
