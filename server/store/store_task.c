/* SPDX-License-Identifier: ISC */
/*
 * store_task.c - open tasks, and records produced as rows of the registers.
 * Both are put case by case, whole: what is not named any more is gone (an
 * undone decision takes its records with it).
 */
#include "sql.h"

int
store_put_tasks(struct store *s, int64_t kase, const struct task_row *tasks,
    size_t n, struct why *why)
{
	const struct task_row *t;
	size_t i;
	int r;

	r = sql_run(s, SQL_TASK_DEL, CELLS(cell_int(kase)), why);
	for (i = 0; r == 0 && i < n; i++) {
		t = &tasks[i];
		r = sql_run(s, SQL_TASK_ADD,
		    CELLS(cell_int(kase), cell_text(t->step),
			cell_int(t->row), cell_int(t->kind),
			cell_text(t->roles), cell_text(t->assignee),
			cell_int(t->since), cell_int(t->due),
			cell_int(t->warn), cell_int(t->n),
			cell_int(t->returned), cell_int(t->round),
			cell_int(t->alarm), cell_text(t->told)), why);
	}
	return r;
}

static struct task_row
task_row_read(sqlite3_stmt *st)
{
	return (struct task_row){
		.kase = sqlite3_column_int64(st, 0),
		.folio = sql_text(st, 1),
		.procedure = sql_text(st, 2),
		.title = sql_text(st, 3),
		.office = sql_text(st, 4),
		.priority = sql_text(st, 5),
		.step = sql_text(st, 6),
		.row = sqlite3_column_int(st, 7),
		.kind = sqlite3_column_int(st, 8),
		.roles = sql_text(st, 9),
		.assignee = sql_text(st, 10),
		.since = sqlite3_column_int64(st, 11),
		.due = sqlite3_column_int64(st, 12),
		.warn = sqlite3_column_int64(st, 13),
		.n = sqlite3_column_int64(st, 14),
		.returned = sqlite3_column_int(st, 15) != 0,
		.round = sqlite3_column_int(st, 16),
		.alarm = sqlite3_column_int64(st, 17),
		.told = sql_text(st, 18),
	};
}

int
store_each_task(struct store *s, const char *office, task_fn *fn, void *arg)
{
	sqlite3_stmt *st = sql_begin(s, SQL_TASK_EACH,
	    CELLS(cell_text(office)));
	struct task_row t;
	int r;

	while ((r = sql_next(s, st, NULL)) > 0) {
		t = task_row_read(st);
		if ((r = fn(arg, &t)) != 0)
			break;
	}
	sql_end(s, SQL_TASK_EACH, st);
	return r;
}

int64_t
store_next_alarm(struct store *s)
{
	sqlite3_stmt *st = sql_begin(s, SQL_TASK_ALARM, NO_CELLS);
	int64_t at = 0;

	if (sql_next(s, st, NULL) > 0)
		at = sqlite3_column_int64(st, 0);
	sql_end(s, SQL_TASK_ALARM, st);
	return at;
}

size_t
store_alarms(struct store *s, int64_t now, int64_t *out, size_t most)
{
	sqlite3_stmt *st = sql_begin(s, SQL_TASK_ALARMS,
	    CELLS(cell_int(now), cell_int((int64_t)most)));
	size_t n = 0;

	while (n < most && sql_next(s, st, NULL) > 0)
		out[n++] = sqlite3_column_int64(st, 0);
	sql_end(s, SQL_TASK_ALARMS, st);
	return n;
}

int
store_put_records(struct store *s, int64_t kase,
    const struct record_row *records, size_t n, struct why *why)
{
	const struct record_row *row;
	size_t i;
	int r;

	r = sql_run(s, SQL_RECORD_DEL, CELLS(cell_int(kase)), why);
	for (i = 0; r == 0 && i < n; i++) {
		row = &records[i];
		r = sql_run(s, SQL_RECORD_ADD,
		    CELLS(cell_int(kase), cell_int(row->seq),
			cell_text(row->record), cell_text(row->step),
			cell_text(row->gone), cell_int(row->row),
			cell_int(row->serial), cell_int(row->at),
			cell_text(row->until), cell_int(row->retained)), why);
	}
	return r;
}

static int
records_each(struct store *s, enum sql name, sqlite3_stmt *st,
    record_fn *fn, void *arg)
{
	struct record_row row;
	int r;

	while ((r = sql_next(s, st, NULL)) > 0) {
		row = (struct record_row){
			.kase = sqlite3_column_int64(st, 0),
			.seq = sqlite3_column_int64(st, 1),
			.folio = sql_text(st, 2),
			.procedure = sql_text(st, 3),
			.record = sql_text(st, 4),
			.step = sql_text(st, 5),
			.gone = sql_text(st, 6),
			.row = sqlite3_column_int(st, 7),
			.serial = sqlite3_column_int(st, 8),
			.at = sqlite3_column_int64(st, 9),
			.until = sql_text(st, 10),
			.retained = sqlite3_column_int(st, 11),
			.office = sql_text(st, 12),
		};
		if ((r = fn(arg, &row)) != 0)
			break;
	}
	sql_end(s, name, st);
	return r;
}

int
store_each_record(struct store *s, const char *procedure, const char *record,
    record_fn *fn, void *arg)
{
	return records_each(s, SQL_RECORD_EACH, sql_begin(s, SQL_RECORD_EACH,
	    CELLS(cell_text(procedure), cell_text(record))), fn, arg);
}

int
store_each_kept(struct store *s, const char *from, const char *to,
    record_fn *fn, void *arg)
{
	return records_each(s, SQL_RECORD_KEPT, sql_begin(s, SQL_RECORD_KEPT,
	    CELLS(cell_text(from), cell_text(to))), fn, arg);
}

int
store_each_gone(struct store *s, struct when since, record_fn *fn, void *arg)
{
	return records_each(s, SQL_RECORD_GONE, sql_begin(s, SQL_RECORD_GONE,
	    CELLS(cell_int(since.s))), fn, arg);
}

int
store_each_term(struct store *s, record_term_fn *fn, void *arg)
{
	sqlite3_stmt *st = sql_begin(s, SQL_RECORD_TERMS, NO_CELLS);
	struct record_term t;
	int r;

	while ((r = sql_next(s, st, NULL)) > 0) {
		t = (struct record_term){
			.office = sql_text(st, 0),
			.procedure = sql_text(st, 1),
			.record = sql_text(st, 2),
			.month = sql_text(st, 3),
			.count = sqlite3_column_int(st, 4),
		};
		if ((r = fn(arg, &t)) != 0)
			break;
	}
	sql_end(s, SQL_RECORD_TERMS, st);
	return r;
}
