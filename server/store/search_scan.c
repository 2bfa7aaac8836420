/* SPDX-License-Identifier: ISC */
/*
 * search_scan.c - the scanned clippings in the file of the words: what was
 * read in each, so that none is read twice.
 */
#include "search_own.h"

int
search_keep_scans(struct search *s, int64_t kase, const char *files,
    struct why *why)
{
	int r;

	if ((r = fts_run(s, FTS_SCAN_DROP, CELLS(cell_int(kase),
		 cell_text(files)), why)) < 0)
		return r;
	return fts_run(s, FTS_SCAN_ADD, CELLS(cell_int(kase),
	    cell_text(files)), why);
}

int
search_put_scan(struct search *s, const struct scan_row *row, struct why *why)
{
	int r = fts_run(s, FTS_SCAN_PUT, CELLS(cell_int(row->kase),
	    cell_text(row->sha256), cell_int((int64_t)row->state),
	    cell_text(row->words)), why);

	/* What reads pictures is not here: no other needs to be tried. */
	if (r == 0 && row->state == SCAN_ABSENT)
		r = fts_run(s, FTS_SCAN_ABSENT, NO_CELLS, why);
	return r;
}

int
search_clear_scans(struct search *s, struct why *why)
{
	return fts_run(s, FTS_SCAN_CLEAR, NO_CELLS, why);
}

int
search_retry_scans(struct search *s, struct why *why)
{
	return fts_run(s, FTS_SCAN_RETRY, NO_CELLS, why);
}

static int
scan_first(struct search *s, enum fts id, const struct cell *cells, size_t n,
    scan_fn *fn, void *arg)
{
	sqlite3_stmt *st = s->st[id];
	int found = 0;

	sql_bind(st, cells, n);
	if (sqlite3_step(st) == SQLITE_ROW) {
		found = 1;
		fn(arg, &(struct scan_row){
		    .kase = sqlite3_column_int64(st, 0),
		    .sha256 = sql_text(st, 1), .type = sql_text(st, 2),
		    .state = (enum scan_state)sqlite3_column_int(st, 3),
		    .words = sql_text(st, 4) });
	}
	sqlite3_reset(st);
	return found;
}

int
search_find_scan(struct search *s, int64_t kase, const char *sha256,
    scan_fn *fn, void *arg)
{
	return scan_first(s, FTS_SCAN_FIND, CELLS(cell_int(kase),
	    cell_text(sha256)), fn, arg);
}

int
search_next_scan(struct search *s, scan_fn *fn, void *arg)
{
	return scan_first(s, FTS_SCAN_NEXT, NO_CELLS, fn, arg);
}
