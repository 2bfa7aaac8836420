/* SPDX-License-Identifier: ISC */
/*
 * store_board.c - how much there is of what: counted by SQLite over the open
 * tasks, the decisions and the ends of cases, never over all cases.
 */
#include "sql.h"

int
store_put_decisions(struct store *s, int64_t kase,
    const struct decision_row *rows, size_t n, struct why *why)
{
	size_t i;
	int r;

	r = sql_run(s, SQL_DECISION_DEL, CELLS(cell_int(kase)), why);
	for (i = 0; r == 0 && i < n; i++)
		r = sql_run(s, SQL_DECISION_ADD,
		    CELLS(cell_int(kase), cell_int(rows[i].seq),
			cell_text(rows[i].step), cell_int(rows[i].since),
			cell_int(rows[i].at)), why);
	return r;
}

int
store_board_tasks(struct store *s, int64_t now, board_tasks_fn *fn, void *arg)
{
	sqlite3_stmt *st = sql_begin(s, SQL_BOARD_TASKS,
	    CELLS(cell_int(now)));
	struct board_tasks t;
	int r;

	while ((r = sql_next(s, st, NULL)) > 0) {
		t = (struct board_tasks){
			.office = sql_text(st, 0),
			.procedure = sql_text(st, 1),
			.step = sql_text(st, 2),
			.kind = sqlite3_column_int(st, 3),
			.returned = sqlite3_column_int(st, 4) != 0,
			.taken = sqlite3_column_int(st, 5) != 0,
			.late = sqlite3_column_int(st, 6) != 0,
			.count = sqlite3_column_int(st, 7),
			.since = sqlite3_column_int64(st, 8),
		};
		if ((r = fn(arg, &t)) != 0)
			break;
	}
	sql_end(s, SQL_BOARD_TASKS, st);
	return r;
}

int
store_board_weeks(struct store *s, int64_t from, board_week_fn *fn, void *arg)
{
	sqlite3_stmt *st = sql_begin(s, SQL_BOARD_WEEKS,
	    CELLS(cell_int(from)));
	int r;

	while ((r = sql_next(s, st, NULL)) > 0)
		if ((r = fn(arg, sql_text(st, 0), sqlite3_column_int(st, 1),
			 sqlite3_column_int(st, 2))) != 0)
			break;
	sql_end(s, SQL_BOARD_WEEKS, st);
	return r;
}

/* Both lists have the same columns. */
static int
board_each(struct store *s, enum sql id, int64_t from, board_row_fn *fn,
    void *arg)
{
	sqlite3_stmt *st = sql_begin(s, id, CELLS(cell_int(from)));
	struct board_row row;
	int r;

	while ((r = sql_next(s, st, NULL)) > 0) {
		row = (struct board_row){
			.kase = sqlite3_column_int64(st, 0),
			.folio = sql_text(st, 1),
			.procedure = sql_text(st, 2),
			.title = sql_text(st, 3),
			.office = sql_text(st, 4),
			.step = sql_text(st, 5),
			.since = sqlite3_column_int64(st, 6),
			.at = sqlite3_column_int64(st, 7),
		};
		if ((r = fn(arg, &row)) != 0)
			break;
	}
	sql_end(s, id, st);
	return r;
}

int
store_board_closed(struct store *s, int64_t from, board_row_fn *fn, void *arg)
{
	return board_each(s, SQL_BOARD_CLOSED, from, fn, arg);
}

int
store_board_decided(struct store *s, int64_t from, board_row_fn *fn,
    void *arg)
{
	return board_each(s, SQL_DECISION_EACH, from, fn, arg);
}
