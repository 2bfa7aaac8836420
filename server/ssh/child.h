/* SPDX-License-Identifier: ISC */
/*
 * child.h - the sessions that are running, as the listener knows them: where
 * each comes from, when it was last heard, whom it proved.  A table and the
 * questions asked of it; what follows from the answers is listener.c's.
 */
#ifndef PAUTA_CHILD_H
#define PAUTA_CHILD_H

#include <sys/types.h>

#include "address.h"
#include "leash.h"
#include "limit.h"
#include "penalty.h"

/* Why the listener ended a session by force. */
enum child_doom {
	CHILD_DOOM_NONE,
	CHILD_DOOM_GRACE,		/* did not prove itself in time */
	CHILD_DOOM_SILENT,		/* its heart stopped */
	CHILD_DOOM_SLOW			/* told to end, did not */
};

struct child {
	pid_t pid;
	int leash;			/* -1: closed */
	struct address source, block;
	int64_t born_at, heard_at;
	int64_t kill_at;		/* told to end; 0: not */
	char login[LOGIN_MAX + 1];	/* empty until proved */
	enum child_doom doom;
};

struct children {
	struct child *row;
	size_t n, cap;
};

void children_init(struct children *, size_t cap);
void children_clear(struct children *);

/* NULL when the table is full. */
struct child *children_add(struct children *, pid_t, int leash,
    const struct address *source, int64_t now);
struct child *children_find(struct children *, pid_t);
/* The last row takes its place. */
void children_del(struct children *, struct child *);

/* What limit_start() wants to know of a new connection from source. */
struct limit_counts children_count(const struct children *,
    const struct address *source);
int children_of(const struct children *, const char *login);

/*
 * Must this one be killed now?  CHILD_DOOM_NONE: no.
 */
enum child_doom child_judge(const struct child *, const struct limits *,
    int64_t now);

/*
 * What a session's end (of waitpid) costs its source.  Only the time before
 * the log-in is held against a source: afterwards there is a name.
 */
enum penalty_kind child_penalty(const struct child *, int status);
/* For the log. */
const char *child_end_word(const struct child *, int status);

#endif
