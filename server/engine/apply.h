/* SPDX-License-Identifier: ISC */
/*
 * apply.h - what apply.c and apply_file.c share: an event as it is told to a
 * case.
 */
#ifndef PAUTA_APPLY_H
#define PAUTA_APPLY_H

#include "decide.h"

/* An event with what the record says around its body. */
struct told {
	const json_t *body;
	const char *actor, *role, *on_behalf_of;
	struct when at;
};

/* A member of its body; NULL or 0 when it says nothing.  Borrowed. */
const char *told_text(const struct told *, const char *key);
int told_int(const struct told *, const char *key);

/* apply_file.c: rows of the table of apply.c. */
void file_attached(struct kase *, const struct told *);
void file_detached(struct kase *, const struct told *);
/* retention.c */
void record_retained(struct kase *, const struct told *);

#endif
