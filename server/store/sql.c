/* SPDX-License-Identifier: ISC */
/* sql.c - see sql.h. */
#include "sql.h"

#include <assert.h>
#include <errno.h>

static const char *const sql_texts[SQL_N] = {
#define X(name, text) [SQL_##name] = text,
#include "sql.def"
#undef X
};

/* Primary result codes of SQLite that mean something to an administrator. */
static const struct {
	int code;
	const char *say;
} sql_faults[] = {
	// clang-format off
	{ SQLITE_FULL, "El disco está lleno: libere espacio en el servidor y "
	    "vuelva a intentar; lo que no se confirmó no quedó guardado." },
	{ SQLITE_IOERR, "El disco del servidor falló al leer o escribir el "
	    "registro: revise el disco y reinicie el servidor." },
	{ SQLITE_NOMEM, "El servidor se quedó sin memoria: vuelva a intentar en "
	    "un momento; lo que no se confirmó no quedó guardado." },
	{ SQLITE_CORRUPT, "El archivo del registro está dañado: detenga el "
	    "servidor y restaure la última copia de seguridad." },
	{ SQLITE_NOTADB, "El archivo no es un registro de Pauta o está dañado: "
	    "revise la carpeta o restaure una copia de seguridad." },
	{ SQLITE_CANTOPEN, "No se puede abrir el archivo del registro: revise "
	    "que la carpeta exista y sus permisos." },
	{ SQLITE_PERM, "No hay permiso para usar el archivo del registro: "
	    "revise los permisos de la carpeta." },
	{ SQLITE_READONLY, "El registro está abierto sólo para lectura: revise "
	    "los permisos de la carpeta de datos." },
	{ SQLITE_BUSY, "Otro programa tiene ocupado el registro: ciérrelo y "
	    "vuelva a intentar." },
	{ SQLITE_LOCKED, "El registro está ocupado por otra lectura: vuelva a "
	    "intentar." },
	{ SQLITE_CONSTRAINT, "El registro rechazó la fila: está repetida o "
	    "le falta un dato." },
	{ SQLITE_TOOBIG, "El texto es demasiado largo para el registro: "
	    "acórtelo." },
	// clang-format on
};

/* A full disk has more than one name; the last is that of shared memory. */
static bool
sql_is_full(sqlite3 *db, int code)
{
	return (code & 0xff) == SQLITE_FULL || code == SQLITE_IOERR_SHMSIZE ||
	    ((code & 0xff) == SQLITE_IOERR &&
		sqlite3_system_errno(db) == ENOSPC);
}

int
sql_why(sqlite3 *db, struct why *why)
{
	int code = sqlite3_extended_errcode(db), row = code & 0xff;
	size_t i;

	if (sql_is_full(db, code))
		row = SQLITE_FULL;
	for (i = 0; i < ARRAY_LEN(sql_faults); i++)
		if (sql_faults[i].code == row) {
			(void)why_set(why, row == SQLITE_FULL ?
			    ERR_UNAVAILABLE : ERR_SYSTEM, "%s (SQLite %d)",
			    sql_faults[i].say, code);
			return -ERR_SYSTEM;
		}
	return why_set(why, ERR_SYSTEM,
	    "El registro no aceptó la operación: %s (SQLite %d).",
	    sqlite3_errmsg(db), code);
}

int
sql_fault(struct store *s, struct why *why)
{
	struct why own;
	bool undone = s->open && sqlite3_get_autocommit(s->db);

	sql_why(s->db, &own);
	if (why == NULL)
		log_at(LOG_WARN, "store=fault why=\"%s\"", own.text);
	else
		*why = own;
	if (why == NULL || undone)
		s->fault = own;
	return -ERR_SYSTEM;
}

int
sql_prepare(struct store *s, struct why *why)
{
	int i;

	for (i = 0; i < SQL_N; i++)
		if (s->st[i] == NULL &&
		    sqlite3_prepare_v3(s->db, sql_texts[i], -1,
			SQLITE_PREPARE_PERSISTENT, &s->st[i],
			NULL) != SQLITE_OK && s->version == SCHEMA_VERSION)
			return sql_why(s->db, why);
	return 0;
}

void
sql_finalize(struct store *s)
{
	int i;

	for (i = 0; i < SQL_N; i++)
		sqlite3_finalize(s->st[i]);
}

struct cell
cell_int(int64_t i)
{
	return (struct cell){ .kind = CELL_INT, .i = i };
}

struct cell
cell_text(const char *text)
{
	return (struct cell){ .kind = CELL_TEXT, .p = text,
		.n = text == NULL ? 0 : strlen(text) };
}

struct cell
cell_blob(const void *p, size_t n)
{
	return (struct cell){ .kind = CELL_BLOB, .p = p, .n = n };
}

/* The caller's bytes are borrowed: every walk ends before they go. */
static int
cell_bind(sqlite3_stmt *st, int i, const struct cell *c)
{
	if (c->kind == CELL_INT)
		return sqlite3_bind_int64(st, i, c->i);
	if (c->kind == CELL_TEXT)
		return sqlite3_bind_text64(st, i, c->p, c->n, SQLITE_STATIC,
		    SQLITE_UTF8);
	return sqlite3_bind_blob64(st, i, c->p, c->n, SQLITE_STATIC);
}

void
sql_bind(sqlite3_stmt *st, const struct cell *cells, size_t n)
{
	size_t i;
	int r;

	assert(sqlite3_bind_parameter_count(st) == (int)n);
	for (i = 0; i < n; i++) {
		r = cell_bind(st, (int)i + 1, &cells[i]);
		assert(r == SQLITE_OK);
	}
}

sqlite3_stmt *
sql_begin(struct store *s, enum sql id, const struct cell *cells, size_t n)
{
	sqlite3_stmt *st = s->st[id];
	int r = SQLITE_OK;

	assert(st != NULL);	/* an older schema is asked for its events */
	/* Inside a walk of the same statement: another copy of it. */
	if (sqlite3_stmt_busy(st))
		r = sqlite3_prepare_v3(s->db, sql_texts[id], -1, 0, &st, NULL);
	assert(r == SQLITE_OK);
	sql_bind(st, cells, n);
	return st;
}

int
sql_next(struct store *s, sqlite3_stmt *st, struct why *why)
{
	int r;

	if (s->fault.e != ERR_NONE) {
		if (why != NULL)
			*why = s->fault;
		return -ERR_SYSTEM;
	}
	r = sqlite3_step(st);
	if (r == SQLITE_ROW)
		return 1;
	return r == SQLITE_DONE ? 0 : sql_fault(s, why);
}

void
sql_end(struct store *s, enum sql id, sqlite3_stmt *st)
{
	if (st != s->st[id]) {
		sqlite3_finalize(st);
		return;
	}
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
}

int
sql_run(struct store *s, enum sql id, const struct cell *cells, size_t n,
    struct why *why)
{
	sqlite3_stmt *st = sql_begin(s, id, cells, n);
	int r = sql_next(s, st, why);

	assert(r <= 0);
	sql_end(s, id, st);
	return r;
}

int64_t
sql_number(struct store *s, enum sql id, const struct cell *cells, size_t n)
{
	sqlite3_stmt *st = sql_begin(s, id, cells, n);
	int64_t value = 0;

	if (sql_next(s, st, NULL) > 0)
		value = sqlite3_column_int64(st, 0);
	sql_end(s, id, st);
	return value;
}

char *
sql_string(struct store *s, enum sql id, const struct cell *cells, size_t n)
{
	sqlite3_stmt *st = sql_begin(s, id, cells, n);
	char *text = NULL;

	if (sql_next(s, st, NULL) > 0)
		text = xstrdup(sql_text(st, 0));
	sql_end(s, id, st);
	return text;
}

char *
sql_text(sqlite3_stmt *st, int i)
{
	return (char *)sqlite3_column_text(st, i);
}

bool
sql_blob(sqlite3_stmt *st, int i, void *out, size_t n)
{
	const void *p = sqlite3_column_blob(st, i);

	if (p == NULL || sqlite3_column_bytes(st, i) != (int)n)
		return false;
	memcpy(out, p, n);
	return true;
}
