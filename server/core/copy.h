/* SPDX-License-Identifier: ISC */
/*
 * copy.h - photographs on their way out: the courier never has the file that
 * somebody attached, only a copy that pauta-render made of it without what is
 * private (render/copy.c).  It is made when the courier asks, lies in memory
 * and goes with the answer; the next try has another one, of the same bytes.
 */
#ifndef PAUTA_CORE_COPY_H
#define PAUTA_CORE_COPY_H

#include "../store/blob.h"
#include "req.h"

/*
 * The copy of the n-th file of a job.  0: o has its descriptor, or it is being
 * made and the asker waits (caller.later).  -ERR_REFUSED when there can be
 * none, -ERR_UNAVAILABLE when not now, with why.
 */
int copy_give(struct req *, int64_t job, unsigned n, const struct blob *,
    struct parcel *o);
/* Nobody waits for it any more. */
void copy_forget(struct core *);

#endif
