/* SPDX-License-Identifier: ISC */
/* store_job.c - see store_job.h. */
#include "store_job.h"

#include "sql.h"

static void
job_read(sqlite3_stmt *st, struct job_row *row)
{
	*row = (struct job_row){
		.id = sqlite3_column_int64(st, 0),
		.key = sql_text(st, 1),
		.kind = sql_text(st, 2),
		.office = sql_text(st, 3),
		.kase = sqlite3_column_int64(st, 4),
		.step = sql_text(st, 5),
		.title = sql_text(st, 6),
		.body = sql_text(st, 7),
		.state = (enum job_state)sqlite3_column_int(st, 8),
		.tries = sqlite3_column_int(st, 9),
		.put_at = sqlite3_column_int64(st, 10),
		.next_at = sqlite3_column_int64(st, 11),
		.ended_at = sqlite3_column_int64(st, 12),
		.error = sql_text(st, 13),
	};
}

/* How many rows fn was given. */
static int
job_walk(struct store *s, enum sql id, const struct cell *cells, size_t n,
    job_fn *fn, void *arg)
{
	sqlite3_stmt *st = sql_begin(s, id, cells, n);
	struct job_row row;
	int count = 0;

	while (sql_next(s, st, NULL) > 0) {
		job_read(st, &row);
		count++;
		if (fn(arg, &row) != 0)
			break;
	}
	sql_end(s, id, st);
	return count;
}

int
store_add_job(struct store *s, struct job_row *row, struct why *why)
{
	int r;

	r = sql_run(s, SQL_JOB_ADD,
	    CELLS(cell_text(row->key), cell_text(row->kind),
		cell_text(row->office), cell_int(row->kase),
		cell_text(row->step), cell_text(row->title),
		cell_text(row->body), cell_int(row->put_at),
		cell_int(row->next_at)), why);
	if (r == 0)
		row->id = sql_number(s, SQL_JOB_FIND_ID,
		    CELLS(cell_text(row->key)));
	return r;
}

int
store_set_job(struct store *s, const struct job_row *row, struct why *why)
{
	return sql_run(s, SQL_JOB_SET,
	    CELLS(cell_int(row->id), cell_text(row->body),
		cell_int(row->state), cell_int(row->tries),
		cell_int(row->next_at), cell_int(row->ended_at),
		cell_text(row->error)), why);
}

int
store_find_job(struct store *s, int64_t id, job_fn *fn, void *arg)
{
	return job_walk(s, SQL_JOB_FIND, CELLS(cell_int(id)), fn, arg);
}

int
store_find_job_by_key(struct store *s, const char *key, job_fn *fn, void *arg)
{
	return store_find_job(s,
	    sql_number(s, SQL_JOB_FIND_ID, CELLS(cell_text(key))), fn, arg);
}

int
store_each_due_job(struct store *s, int64_t now, job_fn *fn, void *arg)
{
	return job_walk(s, SQL_JOB_DUE, CELLS(cell_int(now)), fn, arg);
}

int64_t
store_next_job(struct store *s)
{
	return sql_number(s, SQL_JOB_NEXT, NO_CELLS);
}

int
store_each_job(struct store *s, job_fn *fn, void *arg)
{
	return job_walk(s, SQL_JOB_EACH, NO_CELLS, fn, arg);
}

int
store_del_case_jobs(struct store *s, int64_t kase, struct why *why)
{
	return sql_run(s, SQL_JOB_DEL_CASE, CELLS(cell_int(kase)), why);
}

int
store_fail_jobs(struct store *s, const char *kind, const char *error,
    int64_t at, struct why *why)
{
	return sql_run(s, SQL_JOB_HOLD, CELLS(cell_text(kind),
	    cell_int(JOB_FAILED), cell_text(error), cell_int(at)), why);
}

int
store_del_jobs(struct store *s, int64_t before, struct why *why)
{
	return sql_run(s, SQL_JOB_DEL, CELLS(cell_int(before)), why);
}
