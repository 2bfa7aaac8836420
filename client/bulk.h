/* SPDX-License-Identifier: ISC */
/*
 * bulk.h - one command for each of several marked rows, and what came of each.
 * The screen sends the commands and says how many went well.
 */
#ifndef PAUTA_BULK_H
#define PAUTA_BULK_H

#include "view.h"

struct bulk_one {
	char *folio, *ref;
	char *said;			/* what came of it; NULL: not yet */
	bool good;
};

struct bulk {
	struct bulk_one *all;
	unsigned count, left;		/* left: not answered */
	int first;			/* number of the first of them */
};

/* Others may follow; an answer to these that comes later is nobody's. */
void bulk_clear(struct bulk *);
/* One more; its number, from 0, which no other has had. */
int bulk_add(struct bulk *, const char *folio, const char *ref);
/* What came of that one; the text is given.  True: all are answered by it. */
bool bulk_take(struct bulk *, int number, bool good, char *said);
unsigned bulk_good(const struct bulk *);
/* A line for each; bulk_at: the one that was chosen. */
void bulk_show(const struct bulk *, struct view *, const char *title,
    void (*on_pick)(struct view *, int tag, const char *place));
const struct bulk_one *bulk_at(const struct bulk *, const char *place);

#endif
