/* SPDX-License-Identifier: ISC */
/* store_office.c - what an office is set up with: definitions, settings,
 * counters. */
#include "sql.h"

/* One revision of a code is the current one: putting it retires the others. */
int
store_put_procedure(struct store *s, const struct procedure_row *p,
    struct why *why)
{
	int r = 0;

	if (p->current)
		r = sql_run(s, SQL_PROCEDURE_RETIRE,
		    CELLS(cell_text(p->code)), why);
	if (r < 0)
		return r;
	return sql_run(s, SQL_PROCEDURE_PUT,
	    CELLS(cell_text(p->code), cell_text(p->revision),
		cell_text(p->file), cell_text(p->source), cell_int(p->seq),
		cell_int(p->current)), why);
}

int
store_each_procedure(struct store *s, procedure_fn *fn, void *arg)
{
	sqlite3_stmt *st = sql_begin(s, SQL_PROCEDURE_EACH, NO_CELLS);
	struct procedure_row p;
	int r;

	while ((r = sql_next(s, st, NULL)) > 0) {
		p = (struct procedure_row){
			.code = sql_text(st, 0),
			.revision = sql_text(st, 1),
			.file = sql_text(st, 2),
			.source = sql_text(st, 3),
			.seq = sqlite3_column_int64(st, 4),
			.current = sqlite3_column_int(st, 5) != 0,
		};
		if ((r = fn(arg, &p)) != 0)
			break;
	}
	sql_end(s, SQL_PROCEDURE_EACH, st);
	return r;
}

int
store_put_setting(struct store *s, const char *kind, const char *name,
    const char *value, struct why *why)
{
	return sql_run(s, SQL_SETTING_PUT,
	    CELLS(cell_text(kind), cell_text(name), cell_text(value)), why);
}

char *
store_find_setting(struct store *s, const char *kind, const char *name)
{
	return sql_string(s, SQL_SETTING_FIND,
	    CELLS(cell_text(kind), cell_text(name)));
}

int
store_each_setting(struct store *s, const char *kind, setting_fn *fn, void *arg)
{
	sqlite3_stmt *st = sql_begin(s, SQL_SETTING_EACH,
	    CELLS(cell_text(kind)));
	int r;

	while ((r = sql_next(s, st, NULL)) > 0)
		if ((r = fn(arg, sql_text(st, 0), sql_text(st, 1))) != 0)
			break;
	sql_end(s, SQL_SETTING_EACH, st);
	return r;
}

int
store_put_counter(struct store *s, const char *name, int64_t value,
    struct why *why)
{
	return sql_run(s, SQL_COUNTER_PUT,
	    CELLS(cell_text(name), cell_int(value)), why);
}

int64_t
store_find_counter(struct store *s, const char *name)
{
	return sql_number(s, SQL_COUNTER_FIND, CELLS(cell_text(name)));
}
