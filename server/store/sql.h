/* SPDX-License-Identifier: ISC */
/*
 * sql.h - the statements of sql.def, prepared once and run by name; for the
 * files of this folder only.  SQLite's own calls are made here, in store.c
 * and in schema.c; the other files bind cells and read columns.
 *
 * A fault that a function cannot say (it returns a number or a string) is
 * kept in the store: nothing runs after it, and so nothing commits, until
 * store_rollback.  SQLite undoing a transaction by itself counts as one.
 */
#ifndef PAUTA_SQL_H
#define PAUTA_SQL_H

#include <sqlite3.h>

#include "store.h"

enum sql {
#define X(name, text) SQL_##name,
#include "sql.def"
#undef X
	SQL_N
};

struct head {
	int64_t seq;
	uint8_t chain[HASH_SIZE];
};

struct store {
	sqlite3 *db;
	sqlite3_stmt *st[SQL_N];
	int flags;
	int version;			/* of the file's schema */
	int lock;			/* descriptor of PATH.lock, or -1 */
	int wal_pages;			/* in the log since it was moved */
	bool open;			/* between begin and commit */
	bool erased;			/* bodies, still in free pages */
	struct head head, kept;		/* now, and as it was at begin */
	uint8_t salts[128][SALT_SIZE];	/* not used yet: the first salts_left */
	size_t salts_left;
	struct why fault;		/* e is ERR_NONE when there is none */
};

/* One value to bind: ?1 is the first of the list. */
struct cell {
	enum { CELL_INT, CELL_TEXT, CELL_BLOB } kind;
	int64_t i;
	const void *p;			/* borrowed; NULL binds NULL */
	size_t n;
};

struct cell cell_int(int64_t);
struct cell cell_text(const char *);
struct cell cell_blob(const void *, size_t);

#define CELLS(...)                                \
	(const struct cell[]){ __VA_ARGS__ },     \
	sizeof((const struct cell[]){ __VA_ARGS__ }) / sizeof(struct cell)
#define NO_CELLS NULL, 0

/*
 * Prepare all that are not yet; finalize all.  In a file of an older schema
 * those that it has no tables for are left out.
 */
int sql_prepare(struct store *, struct why *);
void sql_finalize(struct store *);

/*
 * Walk the rows of a statement:
 *
 *	st = sql_begin(s, SQL_NAME, CELLS(…));
 *	while ((r = sql_next(s, st, why)) > 0)
 *		…
 *	sql_end(s, SQL_NAME, st);
 *
 * The same statement may be begun again inside its own walk.  sql_next gives
 * 1 for a row, 0 after the last, -ERR_SYSTEM; why may be NULL.
 */
sqlite3_stmt *sql_begin(struct store *, enum sql, const struct cell *, size_t);
int sql_next(struct store *, sqlite3_stmt *, struct why *);
void sql_end(struct store *, enum sql, sqlite3_stmt *);

/* Bind the cells of a statement, of whatever file; they are borrowed. */
void sql_bind(sqlite3_stmt *, const struct cell *, size_t);

/* Run a statement without rows. */
int sql_run(struct store *, enum sql, const struct cell *, size_t,
    struct why *);
/* First column of the first row: 0 when there is none; given, or NULL. */
int64_t sql_number(struct store *, enum sql, const struct cell *, size_t);
char *sql_string(struct store *, enum sql, const struct cell *, size_t);

/* Column i as text: borrowed until the next row, NULL for NULL. */
char *sql_text(sqlite3_stmt *, int i);
/* Copy a blob of exactly n bytes; false when it is anything else. */
bool sql_blob(sqlite3_stmt *, int i, void *out, size_t n);

/*
 * Say in Spanish why SQLite refused.  Returns -ERR_SYSTEM; why says
 * ERR_UNAVAILABLE when the disk is full.  sql_fault is for
 * an open store: with why NULL the sentence is logged and kept.
 */
int sql_why(sqlite3 *, struct why *);
int sql_fault(struct store *, struct why *);

/*
 * Copy a file of an older schema beside it and bring it up to date; leaves the
 * transaction open when the views have to be filled.
 */
int upgrade_run(struct store *, const char *path, struct why *);

/* Read head from the events; called once, at open. */
int event_load_head(struct store *, struct why *);
/* Say that event seq was altered, and how.  Returns -ERR_SYSTEM. */
int event_damaged(struct why *, int64_t seq, const char *what);

#endif
