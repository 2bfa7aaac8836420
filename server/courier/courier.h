/* SPDX-License-Identifier: ISC */
/*
 * courier.h - the process that speaks with the outside world, and what a kind
 * of job needs to know.  It is handed jobs by the core over one socket, has no
 * other way in, keeps nothing, and may be killed at any time: the core gives
 * again what was not answered.
 *
 *	core ──job──► task_kinds[kind].begin() ──► transfers (transfer.h)
 *	  ▲                                             │
 *	  '────────── task_done() | task_fail() ◄───────┘
 *
 * A kind is a row of task_kinds (kinds.c).  begin() starts transfers, or ends
 * the task at once; exactly one of task_done and task_fail ends it, and the
 * task is gone when they return.  The id of a task is the same each time that
 * it is tried: what must not be done twice outside rests on it.
 */
#ifndef PAUTA_COURIER_H
#define PAUTA_COURIER_H

#include <curl/curl.h>

#include "../../proto/doc.h"

/*
 * A mail server's word after the last byte.  libcurl waits for it without giving
 * the loop its turn, so a mail has a process of its own (transfer_start_apart).
 */
enum { COURIER_SILENCE_S = 30 };

struct guard;

struct courier {
	CURLM *multi;
	struct line *line;		/* to the core */
	struct task *tasks;
	const struct guard *guard;
	int64_t timeout_s;		/* that a transfer may take */
	int folder;			/* where bulletins are published; -1 */
	struct buf ca;			/* certificates of its own; may be empty */
};

struct task {
	struct courier *co;
	struct task *next;
	const struct task_kind *kind;
	int64_t id;
	const char *office;		/* parts of job, as is body */
	json_t *job, *body;
	void *own;			/* of the kind; its clear() frees it */
};

struct task_kind {
	const char *name;
	void (*begin)(struct task *);
	void (*clear)(struct task *);	/* NULL: nothing of its own */
};

const struct task_kind *task_find_kind(const char *name);

/* It is done: the core gets result, which is taken. */
void task_done(struct task *, json_t *result);

/*
 * It is not: a whole sentence in Spanish of why, for whoever must act.
 * TASK_FOR_GOOD: it is not tried again by itself; otherwise not before retry_s
 * seconds (0: the core's own pause).
 */
enum task_end { TASK_AGAIN, TASK_FOR_GOOD };
void task_fail(struct task *, enum task_end, int64_t retry_s, const char *fmt,
    ...) __attribute__((format(printf, 4, 5)));

/*
 * The n-th of {"files":[{"office","sha256"}]} of the job's body, opened to
 * read by the core: got() has the descriptor (given); or -1 and why not, with
 * ERR_UNAVAILABLE when another time it may be there.
 */
typedef void file_fn(struct task *, int fd, const struct why *);
void task_ask_file(struct task *, unsigned n, file_fn *got);

/* Turn until the core goes; the exit status. */
int courier_run(struct courier *);
/* What the core handed out; called by line.c. */
void courier_on_jobs(struct courier *, const json_t *doc);

#endif
