/* SPDX-License-Identifier: ISC */
/*
 * line.h - the courier's one connection to the core: frames of requests and
 * answers (proto/frame.h), a call when there may be jobs, descriptors of files.
 */
#ifndef PAUTA_LINE_H
#define PAUTA_LINE_H

#include "courier.h"

/* Connect and say hello.  0, or -ERR_UNAVAILABLE with why. */
int line_open(const char *dir, struct line **, struct why *);
void line_free(struct line *);
int line_fd(const struct line *);
bool line_is_waiting(const struct line *);	/* has bytes to send */

/* Ask for jobs, unless that is under way. */
void line_ask_jobs(struct line *);
/* The end of a task; result borrowed. */
void line_end(struct line *, int64_t id, const json_t *result);
/* A file of a job: one at a time of each task. */
void line_ask_file(struct line *, struct task *, unsigned n, file_fn *got);
/* The task is gone: nobody waits for its file. */
void line_forget(struct line *, const struct task *);

/*
 * Read and send what can be: -ERR_UNAVAILABLE when the core is gone, or
 * does not take what it is told.
 */
int line_turn(struct line *, struct courier *);

#endif
