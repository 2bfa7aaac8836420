/* SPDX-License-Identifier: ISC */
/*
 * render.h - jobs for pauta-render, or for a program like it
 * (server/render/render.h says what one is):
 * begun by whoever needs the result, done in a process of its own, two at a
 * time, the others in the order they came.
 *
 *   waiting --a place is free--> running --ends--> on_done --> gone
 *      '--------- render_forget: nobody is told -----------'
 */
#ifndef PAUTA_CORE_RENDER_H
#define PAUTA_CORE_RENDER_H

#include <jansson.h>

#include "../../proto/base.h"

enum {
	RENDER_AT_ONCE = 2,
	RENDER_WAITING = 16,		/* more are refused */
	RENDER_FILES = 320,		/* of one job */
	RENDER_WALL_MS = 180 * 1000	/* from its start; then it is killed */
};

struct core;

/* How one ended. */
struct render_end {
	int r;				/* 0, or -ERR_ with why */
	struct why why;			/* a sentence for a person */
	int fd;				/* the result, at its beginning; or -1 */
	int64_t size;			/* of it */
};

/*
 * Told once, from the loop, in a turn of its own: what it writes to the record
 * is committed before the loop sleeps, as any command's.  end->fd is closed
 * afterwards: dup() it to keep it.
 */
typedef void render_done_fn(void *arg, const struct render_end *);

struct render_job {
	const char *program;		/* NULL: pauta-render; else static */
	const char *kind;		/* a row of its kinds.c */
	const json_t *job;		/* borrowed until render_start returns */
	int files[RENDER_FILES];	/* taken, also when it is refused */
	unsigned files_count;
	render_done_fn *on_done;
	void *arg;
};

/*
 * 0: on_done will be told, never before this returns.  -ERR_UNAVAILABLE with
 * why: nobody draws here (no server runs), or too many wait; on_done is not
 * told.
 */
int render_start(struct core *, const struct render_job *, struct why *);
/*
 * The same over one file of an office: files and job are filled in here, job
 * with "file" besides what it has (more; NULL: nothing).  Also -ERR_SYSTEM when
 * it is not there.
 */
struct blob;
int render_start_file(struct core *, struct render_job *, const struct blob *,
    const json_t *more, struct why *);
/* Is that program there to do any? */
bool render_has(const struct core *, const char *program);
/* Whoever gave this arg goes away: of its jobs nobody is told any more. */
void render_forget(struct core *, const void *arg);
/* The whole result as a new string; NULL when it is above max bytes. */
char *render_text(const struct render_end *, size_t max);

/* Of the server alone: from here until there, jobs are done by its loop. */
struct uv_loop_s;
void renderer_open(struct core *, struct uv_loop_s *);
void renderer_close(struct core *);

#endif
