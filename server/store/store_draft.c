/* SPDX-License-Identifier: ISC */
/* store_draft.c - what is not history: drafts, places, preferences, answers. */
#include "sql.h"

int
store_put_draft(struct store *s, int64_t kase, const char *step, int row,
    const char *field, const char *value, const char *login, int64_t at,
    struct why *why)
{
	if (value == NULL)
		return sql_run(s, SQL_DRAFT_DEL_FIELD,
		    CELLS(cell_int(kase), cell_text(step), cell_int(row),
			cell_text(field)), why);
	return sql_run(s, SQL_DRAFT_PUT,
	    CELLS(cell_int(kase), cell_text(step), cell_int(row),
		cell_text(field), cell_text(value), cell_text(login),
		cell_int(at)), why);
}

static int
draft_walk(struct store *s, enum sql id, int64_t kase, const char *step,
    int row, draft_fn *fn, void *arg)
{
	sqlite3_stmt *st = sql_begin(s, id,
	    CELLS(cell_int(kase), cell_text(step), cell_int(row)));
	int r;

	while ((r = sql_next(s, st, NULL)) > 0) {
		r = fn(arg, sql_text(st, 0), sql_text(st, 1), sql_text(st, 2),
		    sqlite3_column_int64(st, 3));
		if (r != 0)
			break;
	}
	sql_end(s, id, st);
	return r;
}

int
store_each_draft(struct store *s, int64_t kase, const char *step, int row,
    draft_fn *fn, void *arg)
{
	return draft_walk(s, SQL_DRAFT_EACH, kase, step, row, fn, arg);
}

int
store_each_text(struct store *s, int64_t kase, const char *step, int row,
    draft_fn *fn, void *arg)
{
	return draft_walk(s, SQL_DRAFT_EACH_TEXT, kase, step, row, fn, arg);
}

int
store_del_drafts(struct store *s, int64_t kase, const char *step, int row,
    struct why *why)
{
	return sql_run(s, SQL_DRAFT_DEL,
	    CELLS(cell_int(kase), cell_text(step), cell_int(row)), why);
}

int
store_put_place(struct store *s, const char *login, const char *json,
    struct why *why)
{
	return sql_run(s, SQL_PLACE_PUT,
	    CELLS(cell_text(login), cell_text(json)), why);
}

char *
store_find_place(struct store *s, const char *login)
{
	return sql_string(s, SQL_PLACE_FIND, CELLS(cell_text(login)));
}

int
store_put_pref(struct store *s, const char *login, const char *name,
    const char *value, struct why *why)
{
	return sql_run(s, SQL_PREF_PUT,
	    CELLS(cell_text(login), cell_text(name), cell_text(value)), why);
}

char *
store_find_pref(struct store *s, const char *login, const char *name)
{
	return sql_string(s, SQL_PREF_FIND,
	    CELLS(cell_text(login), cell_text(name)));
}

int
store_put_answer(struct store *s, const uint8_t op[OP_SIZE], const char *login,
    const char *answer, int64_t at, struct why *why)
{
	return sql_run(s, SQL_ANSWER_PUT,
	    CELLS(cell_blob(op, OP_SIZE), cell_text(login), cell_text(answer),
		cell_int(at)), why);
}

char *
store_find_answer(struct store *s, const uint8_t op[OP_SIZE],
    const char *login)
{
	return sql_string(s, SQL_ANSWER_FIND,
	    CELLS(cell_blob(op, OP_SIZE), cell_text(login)));
}

int
store_del_answers(struct store *s, int64_t before, struct why *why)
{
	return sql_run(s, SQL_ANSWER_DEL, CELLS(cell_int(before)), why);
}
