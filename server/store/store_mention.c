/* SPDX-License-Identifier: ISC */
/* store_mention.c - who is named in a comment, and what he has read. */
#include "sql.h"

int
store_add_mention(struct store *s, const char *login, int64_t seq,
    int64_t kase, struct why *why)
{
	return sql_run(s, SQL_MENTION_ADD, CELLS(cell_text(login),
	    cell_int(seq), cell_int(kase)), why);
}

int
store_each_mention(struct store *s, const char *login, int64_t limit,
    mention_fn *fn, void *arg)
{
	sqlite3_stmt *st = sql_begin(s, SQL_MENTION_EACH,
	    CELLS(cell_text(login), cell_int(limit)));
	int r;

	while ((r = sql_next(s, st, NULL)) > 0)
		if ((r = fn(arg, sqlite3_column_int64(st, 0),
			 sqlite3_column_int64(st, 1))) != 0)
			break;
	sql_end(s, SQL_MENTION_EACH, st);
	return r;
}

int
store_put_heed(struct store *s, const char *login, int64_t kase, int64_t seq,
    struct why *why)
{
	return sql_run(s, SQL_HEED_PUT, CELLS(cell_text(login),
	    cell_int(kase), cell_int(seq)), why);
}

int
store_del_mentions(struct store *s, int64_t kase, struct why *why)
{
	int r;

	if ((r = sql_run(s, SQL_MENTION_DEL, CELLS(cell_int(kase)), why)) < 0)
		return r;
	return sql_run(s, SQL_HEED_DEL, CELLS(cell_int(kase)), why);
}
