/* SPDX-License-Identifier: ISC */
/* conservacion.h - what the files of the screen of records kept share. */
#ifndef PAUTA_CONSERVACION_H
#define PAUTA_CONSERVACION_H

#include "bulk.h"
#include "cursor.h"
#include "view.h"

struct conservacion {
	struct view view;
	json_t *doc;
	struct cursor at;
	char *month, *until;		/* NULL: none was said */
	char *keeper;			/* only theirs; NULL: everybody's */
	bool *marked;			/* of each row of doc */
	struct bulk bulk;
};

/* The record under the cursor, or NULL; how many are shown. */
const json_t *conservacion_at(const struct conservacion *);
int conservacion_count(const struct conservacion *);

/* conservacion_draw.c */
void conservacion_draw(struct view *, struct grid *);

#endif
