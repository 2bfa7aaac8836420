/* SPDX-License-Identifier: ISC */
/*
 * store_digest.c - all views at once: forget them, or sum them up so that two
 * stores can be compared.
 *
 * The sum is a chain, d' = SHA-256(d || part), begun with 32 zero bytes: a
 * part is the name of a table, or a row as its columns, each a type letter
 * and then 8 bytes of integer, or 8 bytes of length and the bytes.  Numbers
 * are big-endian.
 */
#include <assert.h>

#include "sql.h"

static const struct {
	const char *name;
	enum sql clear, all;
} views[] = {
	// clang-format off
	{ "cases",	SQL_CASE_CLEAR,		SQL_CASE_ALL },
	{ "tasks",	SQL_TASK_CLEAR,		SQL_TASK_ALL },
	{ "records",	SQL_RECORD_CLEAR,	SQL_RECORD_ALL },
	{ "decisions",	SQL_DECISION_CLEAR,	SQL_DECISION_ALL },
	{ "mentions",	SQL_MENTION_CLEAR,	SQL_MENTION_ALL },
	{ "files",	SQL_FILE_CLEAR,		SQL_FILE_ALL },
	{ "persons",	SQL_PERSON_CLEAR,	SQL_PERSON_ALL },
	{ "keys",	SQL_KEY_CLEAR,		SQL_KEY_ALL },
	{ "grants",	SQL_GRANT_CLEAR,	SQL_GRANT_ALL },
	{ "procedures",	SQL_PROCEDURE_CLEAR,	SQL_PROCEDURE_ALL },
	{ "settings",	SQL_SETTING_CLEAR,	SQL_SETTING_ALL },
	{ "counters",	SQL_COUNTER_CLEAR,	SQL_COUNTER_ALL },
	{ "outlets",	SQL_OUTLET_CLEAR,	SQL_OUTLET_ALL },
	{ "marks",	SQL_MARK_CLEAR,		SQL_MARK_ALL },
	// clang-format on
};

int
store_clear_views(struct store *s, struct why *why)
{
	size_t i;
	int r = 0;

	for (i = 0; r == 0 && i < ARRAY_LEN(views); i++)
		r = sql_run(s, views[i].clear, NO_CELLS, why);
	return r;
}

static int
digest_add_number(struct buf *b, uint64_t n)
{
	uint8_t bytes[8];
	int i;

	for (i = 7; i >= 0; i--, n >>= 8)
		bytes[i] = (uint8_t)n;
	return buf_add(b, bytes, sizeof bytes);
}

static int
digest_add_column(struct buf *b, sqlite3_stmt *st, int i)
{
	int r, type = sqlite3_column_type(st, i);
	const void *p;
	uint64_t n;

	switch (type) {
	case SQLITE_INTEGER:
		if ((r = buf_add(b, "i", 1)) < 0)
			return r;
		return digest_add_number(b,
		    (uint64_t)sqlite3_column_int64(st, i));
	case SQLITE_TEXT:
	case SQLITE_BLOB:
		p = sqlite3_column_blob(st, i);
		n = (uint64_t)sqlite3_column_bytes(st, i);
		r = buf_add(b, type == SQLITE_TEXT ? "t" : "b", 1);
		if (r < 0 || (r = digest_add_number(b, n)) < 0)
			return r;
		return buf_add(b, p, n);
	case SQLITE_NULL:
		return buf_add(b, "n", 1);
	}
	assert(0);			/* strict tables have no other type */
	return -ERR_SYSTEM;
}

static int
digest_add_row(uint8_t d[HASH_SIZE], sqlite3_stmt *st)
{
	struct buf b;
	int i, r = 0;

	buf_init(&b, SIZE_MAX / 4);
	for (i = 0; r == 0 && i < sqlite3_column_count(st); i++)
		r = digest_add_column(&b, st, i);
	hash_two(d, HASH_SIZE, b.p, b.len, d);
	buf_clear(&b);
	return r;
}

int
store_digest(struct store *s, uint8_t out[HASH_SIZE], struct why *why)
{
	sqlite3_stmt *st;
	size_t i;
	int r = 0;

	memset(out, 0, HASH_SIZE);
	for (i = 0; r == 0 && i < ARRAY_LEN(views); i++) {
		hash_two(out, HASH_SIZE, views[i].name, strlen(views[i].name),
		    out);
		st = sql_begin(s, views[i].all, NO_CELLS);
		while ((r = sql_next(s, st, why)) > 0)
			if ((r = digest_add_row(out, st)) < 0)
				break;
		sql_end(s, views[i].all, st);
	}
	return r;
}
