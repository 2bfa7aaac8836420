/* SPDX-License-Identifier: ISC */
/*
 * tar.h - one file with many in it, as POSIX ustar: any tar reads what is
 * written here.  Regular files only, names of at most 100 bytes.
 */
#ifndef PAUTA_TAR_H
#define PAUTA_TAR_H

#include <stdio.h>

#include "../proto/base.h"

/*
 * Write path, which must not be there: under another name until tar_end has
 * it whole on disk.  tar_free without tar_end leaves nothing.
 */
struct tar;
int tar_new(const char *path, struct tar **, struct why *);
int tar_add(struct tar *, const char *name, const char *file, struct why *);
int tar_add_text(struct tar *, const char *name, const char *text,
    struct why *);
int tar_end(struct tar *, struct why *);
void tar_free(struct tar *);			/* accepts NULL */

/*
 * Give each member to fn, which reads its size bytes, or fewer, from the
 * stream and stops the walk with a negative error.  A file that is no tar,
 * or was cut: -ERR_REFUSED.
 */
typedef int tar_fn(void *arg, const char *name, int64_t size, FILE *,
    struct why *);
int tar_each(const char *path, tar_fn *, void *arg, struct why *);

/* Copy size bytes to a new file, and sync it.  0 or -ERR_SYSTEM. */
int tar_save(FILE *, int64_t size, const char *to, struct why *);

#endif
