/* SPDX-License-Identifier: ISC */
/*
 * shelf.h - the folders where documents lie once they are out, for programs
 * for files, as the definitions' documents say (folder and filed,
 * pauta-procedure(5)): /sintesis/2026/11-noviembre/...pdf.
 *
 * Nothing is kept there: each name stands for the newest file of the field
 * that takes the document, of the newest case that has that name, and who may
 * not see the case does not see it.  Of each procedure the newest FOLDER_CASES
 * cases are looked at (four years of one a working day): what is older lies in
 * its case alone.  Nobody writes there.
 */
#ifndef PAUTA_SHELF_H
#define PAUTA_SHELF_H

#include "req.h"

/* Does a folder of documents begin so? */
bool shelf_has(const struct core *, const char *root);
/* Those names, as entries of the first folder. */
void shelf_list_roots(struct req *, json_t *list);

/*
 * What lies at parts of a path, joined by '/'.  NULL: nothing within reach.
 * A folder: {"kind":"folder","entries":[{"name","kind","size","at"}]}; a file:
 * {"kind":"file","size","at","sha256","office"}.  New reference.
 */
json_t *shelf_find(struct req *, const char *path);

/*
 * When nothing else is to be done: read a few cases before somebody asks, who
 * would wait for all of them.  False: they are known.
 */
bool shelf_step(struct core *);
/* What was known of the cases. */
void shelf_clear(struct core *);

#endif
