/* SPDX-License-Identifier: ISC */
/*
 * schema.c - the tables and the pragmas.
 *
 * events is the truth, tails the end of each case's list of events (so that
 * appending and reading a history need no index).  The tables from cases to
 * marks are views, cleared and rebuilt from the events.  checkpoints are
 * what was signed about the events.  drafts, places, prefs, answers, heeds
 * (up to which event somebody has read what is said of a case) and notes (what
 * the media said; marks is what was decided of it) are neither:
 * nobody misses them in a hundred years.  The file of the words has its own.
 *
 * No foreign keys: the writer is one, and every key it writes it has read.
 * No index that a transition would dirty without a list that needs it.
 *
 * A table that changes here changes what SCHEMA_VERSION counts: schema_steps
 * says how a file of the version before comes to be like a new one.
 */
#include "schema.h"

#include <assert.h>

#include "sql.h"

// clang-format off
/* What was decided of notes: a view; and the notes, which are not. */
#define SCHEMA_MARKS \
    "CREATE TABLE marks(note INTEGER PRIMARY KEY, n INTEGER NOT NULL," \
    " state TEXT NOT NULL, kind TEXT NOT NULL, topic TEXT NOT NULL," \
    " scope TEXT NOT NULL, tone TEXT NOT NULL, reason TEXT NOT NULL," \
    " folio TEXT NOT NULL, step TEXT NOT NULL, login TEXT NOT NULL," \
    " at INTEGER NOT NULL) STRICT;"
#define SCHEMA_NOTES \
    "CREATE TABLE notes(id INTEGER PRIMARY KEY, office TEXT NOT NULL," \
    " key TEXT NOT NULL, source TEXT NOT NULL, medium TEXT NOT NULL," \
    " section TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL," \
    " link TEXT NOT NULL, author TEXT NOT NULL," \
    " published INTEGER NOT NULL, at INTEGER NOT NULL, sketch BLOB," \
    " story INTEGER NOT NULL, alike TEXT NOT NULL, hits TEXT NOT NULL," \
    " holder TEXT NOT NULL, held INTEGER NOT NULL) STRICT;" \
    "CREATE UNIQUE INDEX notes_key ON notes(office, key);" \
    "CREATE INDEX notes_at ON notes(office, at);" \
    "CREATE INDEX notes_story ON notes(story);"

/* The register of outlets: a view. */
#define SCHEMA_OUTLETS \
    "CREATE TABLE outlets(id INTEGER PRIMARY KEY, office TEXT NOT NULL," \
    " name TEXT NOT NULL, kind TEXT NOT NULL, programme TEXT NOT NULL," \
    " schedule TEXT NOT NULL, phones TEXT NOT NULL, contact TEXT NOT NULL," \
    " feed TEXT NOT NULL, every INTEGER NOT NULL, watchers TEXT NOT NULL," \
    " active INTEGER NOT NULL) STRICT;"
/* What the courier is asked to do: it leaves no trace in a rebuild. */
#define SCHEMA_JOBS \
    "CREATE TABLE jobs(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE," \
    " kind TEXT NOT NULL, office TEXT NOT NULL, kase INTEGER NOT NULL," \
    " step TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL," \
    " state INTEGER NOT NULL, tries INTEGER NOT NULL," \
    " put_at INTEGER NOT NULL, next_at INTEGER NOT NULL," \
    " ended_at INTEGER NOT NULL, error TEXT NOT NULL) STRICT;" \
    "CREATE INDEX jobs_due ON jobs(next_at) WHERE state = 0;"

static const char schema_events[] =
    "CREATE TABLE events(seq INTEGER PRIMARY KEY, kase INTEGER NOT NULL,"
    " prev INTEGER NOT NULL, op BLOB NOT NULL, salt BLOB, leaf BLOB NOT NULL,"
    " chain BLOB NOT NULL, body TEXT) STRICT;"
    "CREATE TABLE tails(kase INTEGER PRIMARY KEY, seq INTEGER NOT NULL)"
    " STRICT;"
    "CREATE TABLE checkpoints(n INTEGER PRIMARY KEY, text TEXT NOT NULL,"
    " sig TEXT NOT NULL) STRICT;";

static const char schema_views[] =
    "CREATE TABLE cases(id INTEGER PRIMARY KEY, folio TEXT NOT NULL,"
    " procedure TEXT NOT NULL, revision TEXT, start TEXT, title TEXT,"
    " office TEXT, opened_by TEXT, priority TEXT, day TEXT,"
    " state INTEGER NOT NULL, opened INTEGER NOT NULL,"
    " closed INTEGER NOT NULL, updated INTEGER NOT NULL, n INTEGER NOT NULL)"
    " STRICT;"
    "CREATE UNIQUE INDEX cases_folio ON cases(folio);"
    "CREATE INDEX cases_day ON cases(day, procedure) WHERE day IS NOT NULL;"
    "CREATE TABLE tasks(kase INTEGER, step TEXT, row INTEGER,"
    " kind INTEGER NOT NULL, roles TEXT, assignee TEXT,"
    " since INTEGER NOT NULL, due INTEGER NOT NULL, warn INTEGER NOT NULL,"
    " n INTEGER NOT NULL, returned INTEGER NOT NULL, round INTEGER NOT NULL,"
    " alarm INTEGER NOT NULL, told TEXT,"
    " PRIMARY KEY(kase, step, row)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE records(kase INTEGER, seq INTEGER, record TEXT NOT NULL,"
    " step TEXT, gone TEXT, row INTEGER NOT NULL, serial INTEGER NOT NULL,"
    " at INTEGER NOT NULL, until TEXT NOT NULL, retained INTEGER NOT NULL,"
    " PRIMARY KEY(kase, seq)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX records_until ON records(until) WHERE until <> '';"
    "CREATE INDEX cases_closed ON cases(closed, state, office)"
    " WHERE closed > 0;"
    "CREATE TABLE decisions(kase INTEGER, seq INTEGER, step TEXT NOT NULL,"
    " since INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(kase, seq))"
    " STRICT, WITHOUT ROWID;"
    "CREATE INDEX decisions_at ON decisions(at);"
    "CREATE TABLE mentions(login TEXT, seq INTEGER, kase INTEGER NOT NULL,"
    " PRIMARY KEY(login, seq)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE files(kase INTEGER, n INTEGER, office TEXT NOT NULL,"
    " step TEXT NOT NULL, row INTEGER NOT NULL, field TEXT NOT NULL,"
    " name TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL,"
    " type TEXT NOT NULL, login TEXT NOT NULL, at INTEGER NOT NULL,"
    " gone INTEGER NOT NULL, PRIMARY KEY(kase, n)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX files_sum ON files(office, sha256, size);"
    "CREATE TABLE persons(login TEXT PRIMARY KEY, name TEXT, lang TEXT,"
    " active INTEGER NOT NULL, added INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE keys(login TEXT, fingerprint BLOB, comment TEXT, blob BLOB,"
    " added INTEGER NOT NULL, revoked INTEGER NOT NULL,"
    " PRIMARY KEY(login, fingerprint)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE grants(id INTEGER PRIMARY KEY, login TEXT NOT NULL,"
    " role TEXT NOT NULL, office TEXT, for_login TEXT, scope TEXT,"
    " reason TEXT, since INTEGER NOT NULL, until INTEGER NOT NULL,"
    " active INTEGER NOT NULL, answer TEXT) STRICT;"
    "CREATE INDEX grants_login ON grants(login);"
    "CREATE TABLE procedures(code TEXT, revision TEXT, file TEXT, source TEXT,"
    " seq INTEGER NOT NULL, current INTEGER NOT NULL,"
    " PRIMARY KEY(code, revision)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE settings(kind TEXT, name TEXT, value TEXT NOT NULL,"
    " PRIMARY KEY(kind, name)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    SCHEMA_MARKS
    SCHEMA_OUTLETS;

static const char schema_rest[] =
    "CREATE TABLE drafts(kase INTEGER, step TEXT, row INTEGER, field TEXT,"
    " value TEXT NOT NULL, login TEXT, at INTEGER NOT NULL,"
    " PRIMARY KEY(kase, step, row, field, login)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE heeds(login TEXT, kase INTEGER, seq INTEGER NOT NULL,"
    " PRIMARY KEY(login, kase)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE places(login TEXT PRIMARY KEY, json TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE prefs(login TEXT, name TEXT, value TEXT NOT NULL,"
    " PRIMARY KEY(login, name)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE answers(op BLOB, login TEXT, answer TEXT NOT NULL,"
    " at INTEGER NOT NULL, PRIMARY KEY(op, login)) STRICT, WITHOUT ROWID;"
    SCHEMA_NOTES
    SCHEMA_JOBS;

static const char schema_drop_views[] =
    "DROP TABLE IF EXISTS cases;"
    "DROP TABLE IF EXISTS tasks;"
    "DROP TABLE IF EXISTS records;"
    "DROP TABLE IF EXISTS decisions;"
    "DROP TABLE IF EXISTS mentions;"
    "DROP TABLE IF EXISTS files;"
    "DROP TABLE IF EXISTS persons;"
    "DROP TABLE IF EXISTS keys;"
    "DROP TABLE IF EXISTS grants;"
    "DROP TABLE IF EXISTS procedures;"
    "DROP TABLE IF EXISTS settings;"
    "DROP TABLE IF EXISTS counters;"
    "DROP TABLE IF EXISTS marks;"
    "DROP TABLE IF EXISTS outlets;";

/*
 * Row i takes a file of version i + 1 to version i + 2.  tables: what becomes
 * of the tables that are not views, NULL for nothing.  views: one of them has
 * other columns, or must be filled from old events: all are made as above and
 * filled from the events by the core, so no step says how.  A new view whose
 * events did not exist before is empty: its CREATE may stand in tables.
 */
static const struct {
	const char *tables;
	bool views;
} schema_steps[] = {
	/* 2: keys say which event added them and which revoked them; who is
	 * named in comments, and has read them; preferences; how long each
	 * decision waited, and what ended when; a case keeps no words; what
	 * each person types in a field; what a substitute answered */
	{ "CREATE TABLE heeds(login TEXT, kase INTEGER, seq INTEGER NOT NULL,"
	    " PRIMARY KEY(login, kase)) STRICT, WITHOUT ROWID;"
	    "ALTER TABLE drafts RENAME TO drafts_1;"
	    "CREATE TABLE drafts(kase INTEGER, step TEXT, row INTEGER,"
	    " field TEXT,"
	    " value TEXT NOT NULL, login TEXT, at INTEGER NOT NULL,"
	    " PRIMARY KEY(kase, step, row, field, login))"
	    " STRICT, WITHOUT ROWID;"
	    "INSERT INTO drafts SELECT kase, step, row, field, value,"
	    " coalesce(login, ''), at FROM drafts_1;"
	    "DROP TABLE drafts_1;"
	    "CREATE TABLE prefs(login TEXT, name TEXT, value TEXT NOT NULL,"
	    " PRIMARY KEY(login, name)) STRICT, WITHOUT ROWID;", true },
	/* 3: notes of the media, and what was decided of them; what the courier
	 * is asked to do; a task says when it is next told of, and who was;
	 * the register of outlets */
	{ SCHEMA_NOTES SCHEMA_JOBS, true },
};

_Static_assert(ARRAY_LEN(schema_steps) == SCHEMA_VERSION - 1,
    "each version has its step");

/*
 * The file of the words (search.h).  The words come folded and alone, so that
 * the index takes them as they are; it keeps neither text nor places in it.
 */
static const char schema_words[] =
    "BEGIN;"
    "CREATE TABLE mark(fed INTEGER NOT NULL, chain BLOB NOT NULL,"
    " swept INTEGER NOT NULL, noted INTEGER NOT NULL) STRICT;"
    "INSERT INTO mark VALUES(0, zeroblob(32), 0, 0);"
    "CREATE TABLE places(id INTEGER PRIMARY KEY, kase INTEGER NOT NULL,"
    " kind INTEGER NOT NULL, step TEXT NOT NULL, row INTEGER NOT NULL,"
    " label TEXT NOT NULL, text TEXT NOT NULL) STRICT;"
    "CREATE INDEX places_kase ON places(kase);"
    "CREATE TABLE scans(kase INTEGER NOT NULL, sha256 TEXT NOT NULL,"
    " type TEXT NOT NULL, state INTEGER NOT NULL, words TEXT NOT NULL,"
    " PRIMARY KEY(kase, sha256)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX scans_wanted ON scans(kase) WHERE state = 0;"
    "CREATE VIRTUAL TABLE words USING fts5(said, content='', detail=none,"
    " columnsize=0, prefix='2 3', tokenize='ascii');"
    "CREATE VIRTUAL TABLE said USING fts5(roots, content='', detail=none,"
    " columnsize=0, tokenize='ascii');";

/* One connection, and nothing that cannot be made again. */
static const char schema_words_pragmas[] =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = NORMAL;"
    "PRAGMA journal_size_limit = 1048576;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -8192;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;";

/* Pages of 2 KiB halve the bytes that a transition writes. */
static const char schema_file[] =
    "PRAGMA page_size = 2048;"
    "PRAGMA journal_mode = MEMORY;";

/* No view, trigger or function of a damaged file is trusted. */
static const char schema_pragmas[] =
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -65536;"
    "PRAGMA mmap_size = 0;"
    "PRAGMA foreign_keys = OFF;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA wal_autocheckpoint = 0;";

static const char schema_writer[] =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA journal_size_limit = -1;"
    "PRAGMA secure_delete = OFF;";
// clang-format on

static int
schema_run(sqlite3 *db, const char *text, struct why *why)
{
	if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
		return sql_why(db, why);
	return 0;
}

/* The number that a pragma answers with. */
static int
schema_number(sqlite3 *db, const char *text, int64_t *out, struct why *why)
{
	sqlite3_stmt *st = NULL;
	int r = 0;

	if (sqlite3_prepare_v2(db, text, -1, &st, NULL) != SQLITE_OK ||
	    sqlite3_step(st) != SQLITE_ROW)
		r = sql_why(db, why);
	else
		*out = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return r;
}

int
schema_create(sqlite3 *db, struct why *why)
{
	char *marks;
	int r;

	marks = xasprintf("BEGIN; PRAGMA application_id = %d;"
	    "PRAGMA user_version = %d;", SCHEMA_APPLICATION, SCHEMA_VERSION);
	if ((r = schema_run(db, schema_file, why)) < 0 ||
	    (r = schema_run(db, marks, why)) < 0 ||
	    (r = schema_run(db, schema_events, why)) < 0 ||
	    (r = schema_run(db, schema_views, why)) < 0 ||
	    (r = schema_run(db, schema_rest, why)) < 0)
		goto out;
	r = schema_run(db, "COMMIT", why);
out:
	free(marks);
	return r;
}

int
schema_check(sqlite3 *db, const char *path, int *out, struct why *why)
{
	int64_t application, version;
	int r;

	if ((r = schema_number(db, "PRAGMA application_id", &application,
		 why)) < 0 ||
	    (r = schema_number(db, "PRAGMA user_version", &version, why)) < 0)
		return r;
	*out = (int)version;
	if (application != SCHEMA_APPLICATION || version < 1)
		return why_set(why, ERR_SYSTEM,
		    "El archivo %s es una base de datos de otro programa: "
		    "indique otra carpeta; el archivo no se tocó.", path);
	if (version > SCHEMA_VERSION)
		return why_set(why, ERR_SYSTEM,
		    "El archivo %s es de una versión más nueva de Pauta "
		    "(esquema %lld; aquí %d): instale esa versión; el archivo "
		    "no se tocó.", path, (long long)version, SCHEMA_VERSION);
	return 0;
}

int
schema_upgrade(sqlite3 *db, int from, bool *views, struct why *why)
{
	char *mark;
	int i, r = 0;

	assert(from >= 1 && from < SCHEMA_VERSION);
	*views = false;
	for (i = from - 1; r == 0 && i < SCHEMA_VERSION - 1; i++) {
		*views |= schema_steps[i].views;
		if (schema_steps[i].tables != NULL)
			r = schema_run(db, schema_steps[i].tables, why);
	}
	if (r == 0 && *views &&
	    (r = schema_run(db, schema_drop_views, why)) == 0)
		r = schema_run(db, schema_views, why);
	if (r < 0)
		return r;
	mark = xasprintf("PRAGMA user_version = %d", SCHEMA_VERSION);
	r = schema_run(db, mark, why);
	free(mark);
	return r;
}

/* A file of words is ours whole, or it is made anew. */
int
schema_words_open(sqlite3 *db, struct why *why)
{
	int64_t version = 0, application = 0;
	char *marks;
	int r;

	if ((r = schema_run(db, schema_words_pragmas, why)) < 0 ||
	    (r = schema_number(db, "PRAGMA application_id", &application,
		 why)) < 0 ||
	    (r = schema_number(db, "PRAGMA user_version", &version, why)) < 0)
		return r;
	if (application == SCHEMA_WORDS && version == SEARCH_VERSION)
		return 0;
	marks = xasprintf("PRAGMA application_id = %d;"
	    "PRAGMA user_version = %d; COMMIT", SCHEMA_WORDS, SEARCH_VERSION);
	if ((r = schema_run(db, schema_words, why)) == 0)
		r = schema_run(db, marks, why);
	free(marks);
	return r;
}

/* SQLite answers with another mode, and no error, where it cannot. */
static int
schema_check_wal(sqlite3 *db, struct why *why)
{
	sqlite3_stmt *st = NULL;
	int r = 0;

	if (sqlite3_prepare_v2(db, "PRAGMA journal_mode", -1, &st, NULL) !=
		SQLITE_OK || sqlite3_step(st) != SQLITE_ROW)
		r = sql_why(db, why);
	else if (strcmp(sql_text(st, 0), "wal") != 0)
		r = why_set(why, ERR_SYSTEM,
		    "El sistema de archivos no permite la bitácora del "
		    "registro: use un disco local.");
	sqlite3_finalize(st);
	return r;
}

int
schema_tune(sqlite3 *db, bool writer, struct why *why)
{
	int r;

	sqlite3_busy_timeout(db, 5000);
	if ((r = schema_run(db, schema_pragmas, why)) < 0)
		return r;
	if (writer && ((r = schema_run(db, schema_writer, why)) < 0 ||
		(r = schema_check_wal(db, why)) < 0))
		return r;
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	return 0;
}
