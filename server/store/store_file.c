/* SPDX-License-Identifier: ISC */
/*
 * store_file.c - what is attached, as rows: which bytes are used, and how many
 * an office has.  Put case by case, whole, as records are.
 */
#include "sql.h"

int
store_put_file(struct store *s, int64_t kase, const struct file_row *f,
    struct why *why)
{
	return sql_run(s, SQL_FILE_PUT,
	    CELLS(cell_int(kase), cell_int(f->n), cell_text(f->office),
		cell_text(f->step), cell_int(f->row), cell_text(f->field),
		cell_text(f->name), cell_int(f->size), cell_text(f->sha256),
		cell_text(f->type), cell_text(f->by), cell_int(f->at),
		cell_int(f->gone)),
	    why);
}

int
store_del_files(struct store *s, int64_t kase, struct why *why)
{
	return sql_run(s, SQL_FILE_DEL, CELLS(cell_int(kase)), why);
}

int
store_each_file(struct store *s, file_fn *fn, void *arg)
{
	sqlite3_stmt *st = sql_begin(s, SQL_FILE_EACH, NO_CELLS);
	struct file_row f;
	int r;

	while ((r = sql_next(s, st, NULL)) > 0) {
		f = (struct file_row){
			.office = sql_text(st, 0),
			.sha256 = sql_text(st, 1),
			.size = sqlite3_column_int64(st, 2),
		};
		if ((r = fn(arg, &f)) != 0)
			break;
	}
	sql_end(s, SQL_FILE_EACH, st);
	return r;
}

int64_t
store_sum_files(struct store *s, const char *office)
{
	return sql_number(s, SQL_FILE_SUM, CELLS(cell_text(office)));
}

bool
store_has_file(struct store *s, const char *office, const char *sha256)
{
	return sql_number(s, SQL_FILE_HAS,
	    CELLS(cell_text(office), cell_text(sha256))) > 0;
}
