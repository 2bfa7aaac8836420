/* SPDX-License-Identifier: ISC */
/*
 * rule.c - evaluate an expression in a sealed SQLite.
 *
 * Sealed: the database is in memory and empty; the authorizer lets pass one
 * SELECT and the functions of rule_fn.c, so no table, pragma, attachment,
 * subquery or extension; lengths and depth are limited and a progress handler
 * ends what runs too long.  Statements are kept by their text in a
 * direct-mapped cache.  While one runs, rules->scope is what its functions see.
 */
#include "rule_fn.h"
#include "value.h"

enum {
	CACHE_SLOTS = 1024,
	TICK_OPS = 1000,	/* virtual machine steps between looks */
	TICKS_MAX = 200,
	EXPR_BYTES_MAX = 8192
};

struct slot {
	char *expr;
	sqlite3_stmt *stmt;
};

struct rules {
	sqlite3 *db;
	const struct scope *scope;
	struct slot cache[CACHE_SLOTS];
	int selects;		/* of the statement being prepared */
	bool outside;		/* it calls something that looks outside */
	char denied[64];	/* what it may not use */
	int ticks;
};

static int
rules_on_use(void *arg, int action, const char *a, const char *b,
    const char *c, const char *d)
{
	struct rules *rs = arg;
	const struct rule_fn *fn;

	(void)a;
	(void)c;
	(void)d;
	if (action == SQLITE_SELECT && ++rs->selects == 1)
		return SQLITE_OK;
	if (action == SQLITE_FUNCTION) {
		if ((fn = rule_fn_find(b)) != NULL) {
			rs->outside = rs->outside || fn->outside;
			return SQLITE_OK;
		}
		snprintf(rs->denied, sizeof rs->denied, "la función «%s»", b);
	} else {
		snprintf(rs->denied, sizeof rs->denied, "consultas");
	}
	return SQLITE_DENY;
}

static int
rules_on_tick(void *arg)
{
	struct rules *rs = arg;

	return ++rs->ticks > TICKS_MAX;
}

static void
rules_seal(struct rules *rs)
{
	(void)sqlite3_db_config(rs->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	(void)sqlite3_db_config(rs->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	(void)sqlite3_limit(rs->db, SQLITE_LIMIT_LENGTH, FRAME_MAX);
	(void)sqlite3_limit(rs->db, SQLITE_LIMIT_EXPR_DEPTH, 100);
	(void)sqlite3_limit(rs->db, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256);
	(void)sqlite3_limit(rs->db, SQLITE_LIMIT_ATTACHED, 0);
	(void)sqlite3_set_authorizer(rs->db, rules_on_use, rs);
	sqlite3_progress_handler(rs->db, TICK_OPS, rules_on_tick, rs);
}

struct rules *
rules_new(void)
{
	struct rules *rs = xcalloc(1, sizeof *rs);
	size_t i;

	if (sqlite3_open_v2(":memory:", &rs->db, SQLITE_OPEN_READWRITE |
		SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		abort();
	for (i = 0; i < rule_fns_count; i++)
		if (rule_fns[i].run != NULL &&
		    sqlite3_create_function_v2(rs->db, rule_fns[i].name,
			rule_fns[i].args, SQLITE_UTF8, &rs->scope,
			rule_fns[i].run, NULL, NULL, NULL) != SQLITE_OK)
			abort();
	rules_seal(rs);
	return rs;
}

void
rules_free(struct rules *rs)
{
	size_t i;

	if (rs == NULL)
		return;
	for (i = 0; i < CACHE_SLOTS; i++) {
		(void)sqlite3_finalize(rs->cache[i].stmt);
		free(rs->cache[i].expr);
	}
	(void)sqlite3_close(rs->db);
	free(rs);
}

/* ---- compiling ---- */

/* What SQLite says in English, by how it begins, and how we say it. */
static const struct {
	const char *begins, *say;
} complaints[] = {
	{ "no such function: ", "la función «%s» no existe" },
	{ "no such column: ",
	    "«%s» no es un campo: se escriben con dos puntos, «:campo»" },
	{ "wrong number of arguments to function ",
	    "«%s» no lleva ese número de argumentos" },
	{ "unrecognized token: ", "no se entiende %s" },
	{ "near ", "no se entiende cerca de %s" },
	{ "incomplete input", "está incompleta" },
	{ "Expression tree is too large", "está demasiado anidada" },
};

/* The sentences above hold one %s at most. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static int
rules_complain(struct rules *rs, struct why *why)
{
	const char *said = sqlite3_errmsg(rs->db);
	char rest[128];
	size_t i, n;

	if (rs->denied[0] != '\0')
		return why_set(why, ERR_USAGE,
		    "no se permite usar %s en una expresión", rs->denied);
	for (i = 0; i < ARRAY_LEN(complaints); i++) {
		n = strlen(complaints[i].begins);
		if (strncmp(said, complaints[i].begins, n) != 0)
			continue;
		snprintf(rest, sizeof rest, "%s", said + n);
		rest[strcspn(rest, ":")] = '\0';
		return why_set(why, ERR_USAGE, complaints[i].say, rest);
	}
	return why_set(why, ERR_USAGE, "no es una expresión válida");
}
#pragma GCC diagnostic pop

static bool
text_is_blank(const char *s)
{
	return s[strspn(s, " \t\r\n")] == '\0';
}

static int
stmt_check_fields(sqlite3_stmt *stmt,
    bool (*known)(void *arg, const char *field), void *arg, struct why *why)
{
	const char *name;
	int i;

	for (i = 1; i <= sqlite3_bind_parameter_count(stmt); i++) {
		name = sqlite3_bind_parameter_name(stmt, i);
		if (name == NULL || *name != ':')
			return why_set(why, ERR_USAGE,
			    "los campos se escriben con dos puntos, «:campo»");
		if (known != NULL && !known(arg, name + 1))
			return why_set(why, ERR_USAGE,
			    "el campo «%s» no existe", name);
	}
	return 0;
}

/* The line feeds let a comment at the end of expr close nothing. */
static int
rules_prepare(struct rules *rs, const char *expr, sqlite3_stmt **out,
    struct why *why)
{
	const char *tail = "";
	char *sql;
	int r;

	*out = NULL;
	rs->selects = 0;
	rs->outside = false;
	rs->denied[0] = '\0';
	if (text_is_blank(expr))
		return why_set(why, ERR_USAGE, "está vacía");
	if (strlen(expr) > EXPR_BYTES_MAX)
		return why_set(why, ERR_USAGE, "es demasiado larga");
	sql = xasprintf("SELECT (\n%s\n)", expr);
	r = sqlite3_prepare_v2(rs->db, sql, -1, out, &tail);
	if (r != SQLITE_OK || *out == NULL)
		r = rules_complain(rs, why);
	else if (!text_is_blank(tail) || sqlite3_column_count(*out) != 1)
		r = why_set(why, ERR_USAGE, "debe ser una sola expresión");
	else
		r = stmt_check_fields(*out, NULL, NULL, why);
	free(sql);
	if (r < 0) {
		(void)sqlite3_finalize(*out);
		*out = NULL;
	}
	return r;
}

int
rule_check(struct rules *rs, const char *expr,
    bool (*known)(void *arg, const char *field), void *arg, struct why *why)
{
	sqlite3_stmt *stmt;
	int r;

	if ((r = rules_prepare(rs, expr, &stmt, why)) < 0)
		return r;
	r = stmt_check_fields(stmt, known, arg, why);
	(void)sqlite3_finalize(stmt);
	return r;
}

bool
rule_is_closed(struct rules *rs, const char *expr)
{
	sqlite3_stmt *stmt;
	struct why why;
	bool closed;

	closed = rules_prepare(rs, expr, &stmt, &why) == 0 && !rs->outside;
	(void)sqlite3_finalize(stmt);
	return closed;
}

/* ---- running ---- */

static sqlite3_stmt *
rules_get(struct rules *rs, const char *expr)
{
	const unsigned char *c;
	struct slot *s;
	struct why why;
	uint32_t h = 2166136261u;

	for (c = (const unsigned char *)expr; *c != '\0'; c++)
		h = (h ^ *c) * 16777619u;
	s = &rs->cache[h % CACHE_SLOTS];
	if (s->expr != NULL && strcmp(s->expr, expr) == 0)
		return s->stmt;
	(void)sqlite3_finalize(s->stmt);
	free(s->expr);
	s->expr = xstrdup(expr);
	if (rules_prepare(rs, expr, &s->stmt, &why) < 0)
		log_at(LOG_WARN, "rule=\"%.200s\" error=\"%s\"", expr,
		    why.text);
	return s->stmt;
}

/* ":name": among the values, or what the case itself says; new or NULL. */
static json_t *
scope_look(const struct scope *sc, const char *name)
{
	const struct kase *ca = sc->ca;
	json_t *j = json_object_get(sc->values, name);
	char opened[WHEN_TEXT];

	if (j != NULL)
		return json_incref(j);
	if (ca == NULL)
		return NULL;
	if (strcmp(name, "title") == 0 && ca->title != NULL)
		return json_string(ca->title);
	if (strcmp(name, "priority") == 0 && ca->priority != NULL)
		return json_string(ca->priority);
	if (strcmp(name, "day") == 0 && ca->day != NULL)
		return json_string(ca->day);
	if (strcmp(name, "opened_at") == 0)
		return json_string(when_text(ca->opened, opened));
	return NULL;
}

static json_t *
scope_find(const struct scope *sc, const char *name)
{
	json_t *j = scope_look(sc, name);

	if (sc->w->trace != NULL)
		json_array_append_new(sc->w->trace, json_pack(
		    "{s:s, s:s, s:O?}", "kind", "field", "id", name, "value",
		    j));
	return j;
}

static void
stmt_bind(sqlite3_stmt *stmt, int i, const json_t *j)
{
	char *text;

	if (value_is_blank(j))
		(void)sqlite3_bind_null(stmt, i);
	else if (json_is_boolean(j))
		(void)sqlite3_bind_int(stmt, i, json_is_true(j));
	else if (json_is_integer(j))
		(void)sqlite3_bind_int64(stmt, i, json_integer_value(j));
	else if (json_is_real(j))
		(void)sqlite3_bind_double(stmt, i, json_real_value(j));
	else if (json_is_string(j))
		(void)sqlite3_bind_text(stmt, i, json_string_value(j), -1,
		    SQLITE_TRANSIENT);
	else if ((text = json_dumps(j, JSON_COMPACT)) != NULL)
		(void)sqlite3_bind_text(stmt, i, text, -1, free);
}

static json_t *
stmt_result(sqlite3_stmt *stmt)
{
	switch (sqlite3_column_type(stmt, 0)) {
	case SQLITE_INTEGER:
		return json_integer(sqlite3_column_int64(stmt, 0));
	case SQLITE_FLOAT:
		return json_real(sqlite3_column_double(stmt, 0));
	case SQLITE_TEXT:
		return json_string((const char *)sqlite3_column_text(stmt, 0));
	default:
		return json_null();
	}
}

/* ":name" and nothing else keeps its type: lists stay lists. */
static const char *
expr_is_field(const char *expr)
{
	const char *c;

	if (*expr != ':' || expr[1] == '\0')
		return NULL;
	for (c = expr + 1; *c != '\0'; c++)
		if (!(*c == '_' || (*c >= 'a' && *c <= 'z') ||
			(*c >= '0' && *c <= '9')))
			return NULL;
	return expr + 1;
}

json_t *
rule_eval(const char *expr, const struct scope *sc)
{
	struct rules *rs = sc->w->rules;
	const char *name;
	sqlite3_stmt *stmt;
	json_t *j = NULL;
	int i;

	if (expr == NULL)
		return json_null();
	if ((name = expr_is_field(expr)) != NULL) {
		j = scope_find(sc, name);
		return j != NULL ? j : json_null();
	}
	if ((stmt = rules_get(rs, expr)) == NULL)
		return json_null();
	for (i = 1; i <= sqlite3_bind_parameter_count(stmt); i++) {
		name = sqlite3_bind_parameter_name(stmt, i);
		j = name != NULL ? scope_find(sc, name + 1) : NULL;
		stmt_bind(stmt, i, j);
		json_decref(j);
	}
	rs->scope = sc;
	rs->ticks = 0;
	if (sqlite3_step(stmt) == SQLITE_ROW)
		j = stmt_result(stmt);
	else
		j = NULL;
	if (j == NULL) {
		log_at(LOG_WARN, "rule=\"%.200s\" error=\"%s\"", expr,
		    sqlite3_errmsg(rs->db));
		j = json_null();
	}
	rs->scope = NULL;
	(void)sqlite3_reset(stmt);
	(void)sqlite3_clear_bindings(stmt);
	return j;
}

bool
rule_is_true(const char *expr, const struct scope *sc)
{
	json_t *j;
	bool yes;

	if (expr == NULL || strcmp(expr, "yes") == 0)
		return true;
	if (strcmp(expr, "no") == 0)
		return false;
	j = rule_eval(expr, sc);
	yes = json_is_true(j) ||
	    (json_is_number(j) && json_number_value(j) != 0);
	json_decref(j);
	return yes;
}
