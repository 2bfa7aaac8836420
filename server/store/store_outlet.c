/* SPDX-License-Identifier: ISC */
/* store_outlet.c - see store_outlet.h. */
#include "store_outlet.h"

#include "sql.h"

int
store_put_outlet(struct store *s, const struct outlet_row *o, struct why *why)
{
	return sql_run(s, SQL_OUTLET_PUT,
	    CELLS(cell_int(o->id), cell_text(o->office), cell_text(o->name),
		cell_text(o->kind), cell_text(o->programme),
		cell_text(o->schedule), cell_text(o->phones),
		cell_text(o->contact), cell_text(o->feed),
		cell_int(o->every), cell_text(o->watchers),
		cell_int(o->active)), why);
}

static int
outlet_walk(struct store *s, enum sql id, const struct cell *cells, size_t n,
    outlet_fn *fn, void *arg)
{
	sqlite3_stmt *st = sql_begin(s, id, cells, n);
	struct outlet_row o;
	int count = 0;

	while (sql_next(s, st, NULL) > 0) {
		o = (struct outlet_row){
			.id = sqlite3_column_int64(st, 0),
			.office = sql_text(st, 1),
			.name = sql_text(st, 2),
			.kind = sql_text(st, 3),
			.programme = sql_text(st, 4),
			.schedule = sql_text(st, 5),
			.phones = sql_text(st, 6),
			.contact = sql_text(st, 7),
			.feed = sql_text(st, 8),
			.every = sqlite3_column_int64(st, 9),
			.watchers = sql_text(st, 10),
			.active = sqlite3_column_int(st, 11) != 0,
		};
		count++;
		if (fn(arg, &o) != 0)
			break;
	}
	sql_end(s, id, st);
	return count;
}

int
store_find_outlet(struct store *s, int64_t id, outlet_fn *fn, void *arg)
{
	return outlet_walk(s, SQL_OUTLET_FIND, CELLS(cell_int(id)), fn, arg);
}

int
store_each_outlet(struct store *s, outlet_fn *fn, void *arg)
{
	return outlet_walk(s, SQL_OUTLET_EACH, NO_CELLS, fn, arg);
}
