/* SPDX-License-Identifier: ISC */
/* search_own.h - the file of the words from inside, for the files on it. */
#ifndef PAUTA_SEARCH_OWN_H
#define PAUTA_SEARCH_OWN_H

#include "search.h"
#include "sql.h"

enum fts {
#define X(name, text) FTS_##name,
#include "search.def"
#undef X
	FTS_N
};

struct search {
	sqlite3 *db;
	sqlite3_stmt *st[FTS_N];
	struct search_mark mark;
	int steps, steps_most;		/* in thousands; -1: none are counted */
};

/* Run a statement without rows. */
int fts_run(struct search *, enum fts, const struct cell *, size_t,
    struct why *);

#endif
