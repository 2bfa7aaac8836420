/* SPDX-License-Identifier: ISC */
/* store_people.c - persons, their keys, and the rights they hold. */
#include "sql.h"

int
store_put_person(struct store *s, const struct person_row *p, struct why *why)
{
	return sql_run(s, SQL_PERSON_PUT,
	    CELLS(cell_text(p->login), cell_text(p->name), cell_text(p->lang),
		cell_int(p->active), cell_int(p->added)), why);
}

int
store_each_person(struct store *s, person_fn *fn, void *arg)
{
	sqlite3_stmt *st = sql_begin(s, SQL_PERSON_EACH, NO_CELLS);
	struct person_row p;
	int r;

	while ((r = sql_next(s, st, NULL)) > 0) {
		p = (struct person_row){
			.login = sql_text(st, 0),
			.name = sql_text(st, 1),
			.lang = sql_text(st, 2),
			.active = sqlite3_column_int(st, 3) != 0,
			.added = sqlite3_column_int64(st, 4),
		};
		if ((r = fn(arg, &p)) != 0)
			break;
	}
	sql_end(s, SQL_PERSON_EACH, st);
	return r;
}

int
store_put_key(struct store *s, const struct key_row *k, struct why *why)
{
	return sql_run(s, SQL_KEY_PUT,
	    CELLS(cell_text(k->login), cell_blob(k->fingerprint, HASH_SIZE),
		cell_text(k->comment), cell_blob(k->blob, k->blob_len),
		cell_int(k->added), cell_int(k->revoked)), why);
}

int
store_each_key(struct store *s, const char *login, key_fn *fn, void *arg)
{
	enum sql id = login != NULL ? SQL_KEY_EACH_OF : SQL_KEY_EACH;
	struct cell who = cell_text(login);
	sqlite3_stmt *st = sql_begin(s, id, &who, login != NULL);
	struct key_row k;
	int r;

	while ((r = sql_next(s, st, NULL)) > 0) {
		k = (struct key_row){
			.login = sql_text(st, 0),
			.comment = sql_text(st, 2),
			.blob = (uint8_t *)sqlite3_column_blob(st, 3),
			.blob_len = (size_t)sqlite3_column_bytes(st, 3),
			.added = sqlite3_column_int64(st, 4),
			.revoked = sqlite3_column_int64(st, 5),
		};
		/* One of another size stays zeroes, which match no key. */
		(void)sql_blob(st, 1, k.fingerprint, HASH_SIZE);
		if ((r = fn(arg, &k)) != 0)
			break;
	}
	sql_end(s, id, st);
	return r;
}

int
store_put_grant(struct store *s, const struct grant_row *g, struct why *why)
{
	return sql_run(s, SQL_GRANT_PUT,
	    CELLS(cell_int(g->id), cell_text(g->login), cell_text(g->role),
		cell_text(g->office), cell_text(g->for_login),
		cell_text(g->scope), cell_text(g->reason), cell_int(g->from),
		cell_int(g->to), cell_int(g->active),
		cell_text(g->answer)), why);
}

int
store_each_grant(struct store *s, const char *login, grant_fn *fn, void *arg)
{
	enum sql id = login != NULL ? SQL_GRANT_EACH_OF : SQL_GRANT_EACH;
	struct cell who = cell_text(login);
	sqlite3_stmt *st = sql_begin(s, id, &who, login != NULL);
	struct grant_row g;
	int r;

	while ((r = sql_next(s, st, NULL)) > 0) {
		g = (struct grant_row){
			.id = sqlite3_column_int64(st, 0),
			.login = sql_text(st, 1),
			.role = sql_text(st, 2),
			.office = sql_text(st, 3),
			.for_login = sql_text(st, 4),
			.scope = sql_text(st, 5),
			.reason = sql_text(st, 6),
			.from = sqlite3_column_int64(st, 7),
			.to = sqlite3_column_int64(st, 8),
			.active = sqlite3_column_int(st, 9) != 0,
			.answer = sql_text(st, 10),
		};
		if ((r = fn(arg, &g)) != 0)
			break;
	}
	sql_end(s, id, st);
	return r;
}
