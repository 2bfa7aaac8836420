/* SPDX-License-Identifier: ISC */
/*
 * store.c - opening the record, transactions, the log moved into the file.
 *
 * Kept true here:
 *  - one process has the file open for writing (flock on PATH.lock), with one
 *    connection, and that one alone moves the log into the file: SQLite
 *    before 3.51.3 may lose commits when two do;
 *  - that move is asked for, never automatic, and its result is looked at: an
 *    automatic one hides a full disk;
 *  - a file that is not ours is read, never written: it is opened for reading
 *    first, and again for writing only when it is known;
 *  - a new file appears under its name complete, or not at all;
 *  - head (last seq and chain) is what the file says: a transaction that is
 *    undone puts it back.
 *
 * A write outside a transaction is a transaction of its own.
 * Start reading at store_open().
 */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema.h"
#include "sql.h"

static int
store_errno(struct why *why, const char *what, const char *path)
{
	if (errno == ENOSPC)
		return why_set(why, ERR_SYSTEM,
		    "El disco está lleno: %s %s.", what, path);
	return why_set(why, ERR_SYSTEM, "%s %s: %s.", what, path,
	    err_reason(errno));
}

static int
store_lock(struct store *s, const char *path, struct why *why)
{
	char *name = xasprintf("%s.lock", path);
	int r;

	s->lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (s->lock < 0)
		r = store_errno(why, "No se pudo crear el archivo", name);
	else if (flock(s->lock, LOCK_EX | LOCK_NB) == 0)
		r = 0;
	else if (errno == EWOULDBLOCK)
		r = why_set(why, ERR_UNAVAILABLE,
		    "Otro servidor ya usa esta carpeta (%s): deténgalo antes "
		    "de iniciar éste.", path);
	else
		r = store_errno(why, "No se pudo bloquear el archivo", name);
	free(name);
	return r;
}

static int
store_connect(struct store *s, const char *path, int flags, struct why *why)
{
	if (sqlite3_open_v2(path, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL) !=
	    SQLITE_OK)
		return sql_why(s->db, why);
	return 0;
}

/* The log stays as it is when the last connection closes. */
static void
store_keep_log(struct store *s)
{
	int on = 1;

	sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_file_control(s->db, "main", SQLITE_FCNTL_PERSIST_WAL, &on);
}

static void
store_disconnect(struct store *s)
{
	int r = sqlite3_close(s->db);

	assert(r == SQLITE_OK);		/* every statement is finalized */
	s->db = NULL;
}

/*
 * Make the file under another name and rename it when it is whole, its log
 * moved in.  It has no journal on disk: an unfinished file is thrown away by
 * the next attempt, and a finished one can be looked at without writing.
 */
static int
store_create(struct store *s, const char *path, struct why *why)
{
	char *fresh = xasprintf("%s.new", path);
	int fd, r;

	(void)unlink(fresh);
	fd = open(fresh, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		r = store_errno(why, "No se pudo crear el archivo", fresh);
		goto out;
	}
	if ((r = store_connect(s, fresh, SQLITE_OPEN_READWRITE, why)) == 0 &&
	    (r = schema_create(s->db, why)) == 0)
		r = schema_tune(s->db, true, why);
	store_disconnect(s);
	if (r < 0)
		goto out;
	if (fsync(fd) < 0 || rename(fresh, path) < 0 || sync_name(path) < 0)
		r = store_errno(why, "No se pudo guardar el archivo", path);
out:
	if (fd >= 0)
		close(fd);
	free(fresh);
	return r;
}

/* Is there a file of ours?  Makes one when asked to and there is none. */
static int
store_check(struct store *s, const char *path, struct why *why)
{
	struct stat sb;
	int r;

	if (stat(path, &sb) < 0) {
		if (errno != ENOENT)
			return store_errno(why, "No se puede leer", path);
		if (s->flags & STORE_CREATE)
			return store_create(s, path, why);
		return why_set(why, ERR_SYSTEM,
		    "No hay un registro en %s: prepare la carpeta con "
		    "«pautad init».", path);
	}
	if (!S_ISREG(sb.st_mode))
		return why_set(why, ERR_SYSTEM,
		    "%s no es un archivo: indique otra carpeta.", path);
	if (sb.st_size == 0)
		return why_set(why, ERR_SYSTEM,
		    "El archivo %s está vacío, no es un registro de Pauta: "
		    "restaure una copia de seguridad o retírelo.", path);
	if ((r = store_connect(s, path, SQLITE_OPEN_READONLY, why)) == 0) {
		store_keep_log(s);
		r = schema_check(s->db, path, &s->version, why);
	}
	store_disconnect(s);
	return r;
}

/* Called by SQLite after each commit with the pages of the log. */
static int
store_on_commit(void *arg, sqlite3 *db, const char *name, int pages)
{
	struct store *s = arg;

	(void)db;
	(void)name;
	s->wal_pages = pages;
	return SQLITE_OK;
}

/* All statements; a file of an older version is brought up to date first. */
static int
store_prepare(struct store *s, const char *path, struct why *why)
{
	int r;

	if ((r = sql_prepare(s, why)) < 0 || (r = event_load_head(s, why)) < 0)
		return r;
	if (s->version == SCHEMA_VERSION || s->flags & STORE_READONLY)
		return 0;
	if ((r = upgrade_run(s, path, why)) < 0)
		return r;
	return sql_prepare(s, why);
}

static int
store_start(struct store *s, const char *path, struct why *why)
{
	bool writer = !(s->flags & STORE_READONLY);
	int r;

	r = store_connect(s, path, writer ? SQLITE_OPEN_READWRITE :
	    SQLITE_OPEN_READONLY, why);
	if (r < 0)
		return r;
	store_keep_log(s);
	if ((r = schema_check(s->db, path, &s->version, why)) < 0 ||
	    (r = schema_tune(s->db, writer, why)) < 0)
		return r;
	if (!writer)
		return 0;
	sqlite3_wal_hook(s->db, store_on_commit, s);
	r = store_checkpoint(s, 0, why);
	/* On a full disk it can still be read; the writer says the rest. */
	return r < 0 && why->e == ERR_UNAVAILABLE ? 0 : r;
}

static int
store_start_memory(struct store *s, struct why *why)
{
	int r;

	if ((r = store_connect(s, ":memory:", SQLITE_OPEN_READWRITE |
		 SQLITE_OPEN_CREATE, why)) < 0 ||
	    (r = schema_create(s->db, why)) < 0)
		return r;
	s->version = SCHEMA_VERSION;
	return schema_tune(s->db, false, why);
}

int
store_open(const char *path, int flags, struct store **out, struct why *why)
{
	struct store *s;
	int r;

	s = xcalloc(1, sizeof *s);
	s->flags = flags;
	s->lock = -1;
	if (flags & STORE_MEMORY) {
		if ((r = store_start_memory(s, why)) < 0)
			goto out;
	} else {
		if (!(flags & STORE_READONLY) &&
		    (r = store_lock(s, path, why)) < 0)
			goto out;
		if ((r = store_check(s, path, why)) < 0 ||
		    (r = store_start(s, path, why)) < 0)
			goto out;
	}
	if ((r = store_prepare(s, path, why)) < 0)
		goto out;
	*out = s;
	s = NULL;		/* given to the caller */
out:
	store_free(s);
	if (r == -ERR_SYSTEM)
		why->e = ERR_SYSTEM;	/* there is nothing to go on with */
	return r;
}

void
store_free(struct store *s)
{
	if (s == NULL)
		return;
	sql_finalize(s);
	store_disconnect(s);
	if (s->lock >= 0)
		close(s->lock);		/* and so gives the lock up */
	free(s);
}

bool
store_is_open(const struct store *s)
{
	return s->open;
}

int
store_begin(struct store *s, struct why *why)
{
	int r;

	assert(!s->open);
	if ((r = sql_run(s, SQL_BEGIN, NO_CELLS, why)) < 0)
		return r;
	s->kept = s->head;
	s->open = true;
	return 0;
}

int
store_commit(struct store *s, struct why *why)
{
	int r;

	assert(s->open);
	if ((r = sql_run(s, SQL_COMMIT, NO_CELLS, why)) < 0)
		store_rollback(s);
	s->open = false;
	return r;
}

void
store_rollback(struct store *s)
{
	memset(&s->fault, 0, sizeof s->fault);
	if (!s->open)
		return;
	/* A full disk or a failed write may have undone it already. */
	if (!sqlite3_get_autocommit(s->db)) {
		(void)sqlite3_step(s->st[SQL_ROLLBACK]);
		sqlite3_reset(s->st[SQL_ROLLBACK]);
	}
	s->head = s->kept;
	s->open = false;
}

/*
 * Write the file anew without free pages, and empty the log: nothing that was
 * erased is left in either.  It takes as long as the file is large, and seldom
 * happens.
 */
static int
store_scrub(struct store *s, struct why *why)
{
	int r;

	if ((r = sql_run(s, SQL_SCRUB, NO_CELLS, why)) < 0)
		return r;
	r = sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE,
	    NULL, NULL);
	/* Busy: somebody reads, a copy is made.  The next turn asks again. */
	if (r == SQLITE_BUSY)
		return 0;
	if (r != SQLITE_OK)
		return sql_fault(s, why);
	s->erased = false;
	s->wal_pages = 0;
	return 0;
}

int
store_checkpoint(struct store *s, int pages, struct why *why)
{
	int all = 0, moved = 0, r;

	assert(!s->open);
	if (s->erased)
		return store_scrub(s, why);
	if (s->flags & STORE_READONLY || (pages > 0 && s->wal_pages <= pages))
		return 0;
	r = sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_PASSIVE,
	    &all, &moved);
	/* Busy: a reader is recovering the log.  The next turn asks again. */
	if (r != SQLITE_OK && r != SQLITE_BUSY)
		return sql_fault(s, why);
	if (r == SQLITE_OK)
		s->wal_pages = all - moved;
	return 0;
}

int
store_log_pages(const struct store *s)
{
	return s->wal_pages;
}

bool
store_has_fault(const struct store *s, struct why *why)
{
	if (s->fault.e == ERR_NONE)
		return false;
	*why = s->fault;
	return true;
}
