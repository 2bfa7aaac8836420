/* SPDX-License-Identifier: ISC */
/* store_case.c - the rows of cases: put, get, list. */
#include "../engine/engine.h"
#include "sql.h"

int
store_put_case(struct store *s, struct case_row *ca, struct why *why)
{
	int r;

	r = sql_run(s, SQL_CASE_PUT,
	    CELLS(cell_int(ca->id), cell_text(ca->folio),
		cell_text(ca->procedure), cell_text(ca->revision),
		cell_text(ca->start), cell_text(ca->title),
		cell_text(ca->office), cell_text(ca->opened_by),
		cell_text(ca->priority), cell_text(ca->day),
		cell_int(ca->state), cell_int(ca->opened),
		cell_int(ca->closed), cell_int(ca->updated), cell_int(ca->n)), why);
	if (r == 0 && ca->id == 0)
		ca->id = sqlite3_last_insert_rowid(s->db);
	return r;
}

/* The row that st stands on; its strings live until the next one. */
static struct case_row
case_row_read(sqlite3_stmt *st)
{
	return (struct case_row){
		.id = sqlite3_column_int64(st, 0),
		.folio = sql_text(st, 1),
		.procedure = sql_text(st, 2),
		.revision = sql_text(st, 3),
		.start = sql_text(st, 4),
		.title = sql_text(st, 5),
		.office = sql_text(st, 6),
		.opened_by = sql_text(st, 7),
		.priority = sql_text(st, 8),
		.day = sql_text(st, 9),
		.state = sqlite3_column_int(st, 10),
		.opened = sqlite3_column_int64(st, 11),
		.closed = sqlite3_column_int64(st, 12),
		.updated = sqlite3_column_int64(st, 13),
		.n = sqlite3_column_int64(st, 14),
	};
}

static void
case_row_keep(struct case_row *ca)
{
	ca->folio = xstrdup(ca->folio);
	ca->procedure = xstrdup(ca->procedure);
	ca->revision = xstrdup(ca->revision);
	ca->start = xstrdup(ca->start);
	ca->title = xstrdup(ca->title);
	ca->office = xstrdup(ca->office);
	ca->opened_by = xstrdup(ca->opened_by);
	ca->priority = xstrdup(ca->priority);
	ca->day = xstrdup(ca->day);
}

void
case_row_clear(struct case_row *ca)
{
	free(ca->folio);
	free(ca->procedure);
	free(ca->revision);
	free(ca->start);
	free(ca->title);
	free(ca->office);
	free(ca->opened_by);
	free(ca->priority);
	free(ca->day);
	memset(ca, 0, sizeof *ca);
}

static int
case_get(struct store *s, enum sql id, struct cell key, struct case_row *out)
{
	sqlite3_stmt *st = sql_begin(s, id, &key, 1);
	int r;

	memset(out, 0, sizeof *out);
	if ((r = sql_next(s, st, NULL)) > 0) {
		*out = case_row_read(st);
		case_row_keep(out);
		r = 0;
	} else if (r == 0)
		r = -ERR_NOT_FOUND;
	sql_end(s, id, st);
	return r;
}

int64_t
store_find_case(struct store *s, const char *folio)
{
	return sql_number(s, SQL_CASE_FIND, CELLS(cell_text(folio)));
}

int
store_get_case(struct store *s, const char *folio, struct case_row *out)
{
	return case_get(s, SQL_CASE_GET, cell_text(folio), out);
}

int
store_get_case_by_id(struct store *s, int64_t id, struct case_row *out)
{
	return case_get(s, SQL_CASE_GET_BY_ID, cell_int(id), out);
}

static int
case_walk(struct store *s, enum sql id, const struct cell *cells, size_t n,
    case_fn *fn, void *arg)
{
	sqlite3_stmt *st = sql_begin(s, id, cells, n);
	struct case_row ca;
	int r;

	while ((r = sql_next(s, st, NULL)) > 0) {
		ca = case_row_read(st);
		if ((r = fn(arg, &ca)) != 0)
			break;
	}
	sql_end(s, id, st);
	return r;
}

int
store_each_case(struct store *s, const char *procedure, const char *office,
    int state, int64_t limit, case_fn *fn, void *arg)
{
	return case_walk(s, SQL_CASE_EACH,
	    CELLS(cell_text(procedure), cell_text(office), cell_int(state),
		cell_int(limit)), fn, arg);
}

int64_t
store_find_day(struct store *s, const char *procedure, const char *start,
    const char *office, const char *day)
{
	return sql_number(s, SQL_CASE_FIND_DAY,
	    CELLS(cell_text(procedure), cell_text(start), cell_text(office),
		cell_text(day), cell_int(CASE_CANCELLED)));
}

int64_t
store_next_case(struct store *s, int64_t after)
{
	return sql_number(s, SQL_CASE_NEXT, CELLS(cell_int(after)));
}
