/* SPDX-License-Identifier: ISC */
/*
 * tasks.h - a list of tasks that changes while a person looks at it: what
 * others do only marks rows; the order is new when the person asks for it.
 */
#ifndef PAUTA_TASKS_H
#define PAUTA_TASKS_H

#include "cursor.h"
#include "doc.h"

struct task_row {
	json_t *task;			/* TASK of docs/api.md */
	bool changed, gone;		/* since the person last asked */
	bool marked;			/* by the person, for several at once */
	char group[80];			/* its heading; "" for none */
};

struct tasks {
	struct task_row *rows;
	unsigned count;
	struct cursor at;
	bool came;			/* the last list had one more, or one
					 * that was returned */
};

void tasks_clear(struct tasks *);		/* accepts zeroed */
/*
 * Take a new list.  fresh: rows as they come, sorted by a key when it is not
 * NULL, the finger on the task it was on.  Otherwise nothing moves: changed
 * rows are marked, new ones come last, those that went stay, marked.  What
 * the person marked stays marked.
 */
void tasks_take(struct tasks *, const json_t *list, bool fresh,
    const char *key);
/* Bring the rows of a group together, the groups as they first come. */
void tasks_gather(struct tasks *);
/* The row under the finger, or NULL. */
struct task_row *tasks_at(const struct tasks *);
/* Put the finger on a task; ref NULL: any step.  false: it is not there. */
bool tasks_find(struct tasks *, const char *folio, const char *ref);
void tasks_del(struct tasks *, unsigned i);
/* The marks of a row: changed, marked, under the finger; at grid row y. */
void tasks_mark(const struct tasks *, struct grid *, int i, int y);
/* "tomar FOLIO PASO": a command about the task of a row, being written. */
void tasks_line(const struct task_row *, struct line *, const char *verb);

#endif
