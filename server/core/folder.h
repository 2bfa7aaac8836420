/* SPDX-License-Identifier: ISC */
/*
 * folder.h - the tree that programs for files see:
 *
 *	/FOLIO/PASO/NOMBRE		a step with one field of files
 *	/FOLIO/PASO/CAMPO/NOMBRE	a step with several
 *	/vencimientos.ics		the deadlines of who looks; only to read
 *	/sintesis/...			documents that are out (shelf.h); likewise
 *	/relaciones/...			made for who looks (tray.h); likewise
 *
 * There is no such tree anywhere: each name is made here, of what the person
 * who asks may see.  An older version of NOMBRE.jpg is NOMBRE~1.jpg.
 */
#ifndef PAUTA_FOLDER_H
#define PAUTA_FOLDER_H

#include "req.h"

enum { FOLDER_CASES = 1000 };		/* of the first folder, newest first */

/* Where a path leads.  NULL and 0 for what it does not come to. */
struct place {
	struct held *h;
	const struct step *st;
	int row;
	const struct token *t;		/* when the step is open */
	const struct field *f;		/* known once there is only one */
	const char *name;		/* of a file, there or not */
	bool due;			/* DUE_FILE */
	bool shelf;			/* where documents lie */
	bool tray;			/* of those, what was made for who asks */
	json_t *shelved;		/* what lies there; kept as q is */
};

#define DUE_FILE "vencimientos.ics"

/* cmd_due.c: its text as it is now, borrowed; and to read, or -ERR_. */
const char *due_file(struct req *, int64_t *size);
int due_open(struct req *, int64_t *size);

/* 0, or -ERR_NOT_FOUND, the same for what is not there and what is hidden. */
int folder_find(struct req *, const char *path, struct place *);
/* What lies in it, as docs/api.md says of `carpeta`.  New reference. */
json_t *folder_list(struct req *, const struct place *);
/* The file of that place's name, of the case's files; NULL when none is. */
json_t *folder_file(const struct place *);

#endif
