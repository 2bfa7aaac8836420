/* SPDX-License-Identifier: ISC */
/*
 * search_note.c - the notes in the file of the words: of each the roots that it
 * says, once.  A note does not change; one that is gone from the record is
 * passed over by whoever asks.
 */
#include "search_own.h"

int
search_add_note(struct search *s, int64_t id, const char *roots,
    struct why *why)
{
	return fts_run(s, FTS_SAID_ADD, CELLS(cell_int(id), cell_text(roots)),
	    why);
}

int
search_notes(struct search *s, const char *expression, search_fn *fn,
    void *arg, struct why *why)
{
	sqlite3_stmt *st = s->st[FTS_SAID_FIND];
	int r;

	sql_bind(st, CELLS(cell_text(expression)));
	while ((r = sqlite3_step(st)) == SQLITE_ROW)
		if (fn(arg, sqlite3_column_int64(st, 0)) != 0)
			break;
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
	return r == SQLITE_ROW || r == SQLITE_DONE ? 0 : sql_why(s->db, why);
}
