/* SPDX-License-Identifier: ISC */
/*
 * kill9_check.c - the record against what the workers wrote down, read from
 * the folder alone once the server is down.
 */
#include <assert.h>
#include <sqlite3.h>
#include <stdarg.h>

#include "../../server/core/req.h"
#include "kill9.h"

static int tap_count, tap_failed;

void
tap(bool good, const char *fmt, ...)
{
	va_list ap;

	tap_failed += !good;
	(void)printf("%sok %d - ", good ? "" : "not ", ++tap_count);
	va_start(ap, fmt);
	(void)vprintf(fmt, ap);
	va_end(ap);
	(void)putchar('\n');
	(void)fflush(stdout);
}

int
tap_end(void)
{
	(void)printf("1..%d\n", tap_count);
	return tap_failed > 0;
}

/* An operation as its worker knows it. */
struct asked {
	uint8_t op[OP_SIZE];
	char folio[32];			/* "" when it was not acknowledged */
	int worker, order;		/* its place in the worker's journal */
	int times;			/* distinct turns of events in the record */
};

struct audit {
	struct asked *v;
	size_t n;
	int64_t before, strangers, split, out_of_order;
	uint8_t last[OP_SIZE];
	json_t *next;			/* folio -> order of its last op */
	const struct seen *seen;
	size_t seen_count, seen_good;
	int64_t head;
};

static int
asked_compare(const void *a, const void *b)
{
	return memcmp(((const struct asked *)a)->op,
	    ((const struct asked *)b)->op, OP_SIZE);
}

static struct asked *
audit_find(struct audit *c, const uint8_t *op)
{
	struct asked key;

	memcpy(key.op, op, OP_SIZE);
	return bsearch(&key, c->v, c->n, sizeof *c->v, asked_compare);
}

static void
audit_journal(struct audit *c, FILE *f, int worker)
{
	char line[16384], hex[33], folio[32];
	struct asked *a;
	int order = 0;

	while (fgets(line, sizeof line, f) != NULL) {
		if (sscanf(line, "ask %32s", hex) == 1) {
			c->v = xrealloc(c->v, c->n + 1, sizeof *c->v);
			a = &c->v[c->n++];
			*a = (struct asked){ .worker = worker,
				.order = ++order };
			if (hex_parse(hex, a->op, OP_SIZE) < 0)
				exit(2);
		} else if (sscanf(line, "ok %32s %31s", hex, folio) == 2)
			(void)snprintf(c->v[c->n - 1].folio,
			    sizeof folio, "%s", folio);
		else
			(void)printf("# refused: %s", line);
	}
}

/* One event: whose is it, has it been there before, is it in its turn? */
static int
audit_on_entry(void *arg, const struct entry *e)
{
	struct audit *c = arg;
	char hex[HASH_TEXT];
	const char *folio;
	struct asked *a;
	json_t *body;
	size_t i;

	(void)hex_text(e->chain, HASH_SIZE, hex);
	for (i = 0; i < c->seen_count; i++)
		if (c->seen[i].seq == e->seq)
			c->seen_good += strcmp(c->seen[i].chain, hex) == 0;
	c->head = e->seq;
	if (e->seq <= c->before)
		return 0;
	body = json_loads(e->body, 0, NULL);
	folio = json_string_value(json_object_get(body, "case"));
	a = audit_find(c, e->op);
	if (a == NULL) {
		/* What the calendar opens has no worker. */
		if (strcmp(json_string_value(json_object_get(body, "actor")),
			"sistema") != 0)
			c->strangers++;
	} else if (memcmp(c->last, e->op, OP_SIZE) != 0) {
		a->times++;
		if (folio == NULL || strcmp(folio, a->folio) != 0 ||
		    json_integer_value(json_object_get(c->next, folio)) >=
			a->order)
			c->out_of_order++;
		if (folio != NULL)
			json_object_set_new(c->next, folio,
			    json_integer(a->order));
	}
	memcpy(c->last, e->op, OP_SIZE);
	json_decref(body);
	return 0;
}

static void
audit_operations(const struct audit *c)
{
	size_t acked = 0, lost = 0, twice = 0, half = 0, i;

	for (i = 0; i < c->n; i++) {
		acked += c->v[i].folio[0] != '\0';
		lost += c->v[i].folio[0] != '\0' && c->v[i].times == 0;
		twice += c->v[i].times > 1;
		half += c->v[i].folio[0] == '\0' && c->v[i].times > 0;
	}
	tap(lost == 0 && twice == 0 && acked > 0,
	    "I1 acknowledged=%zu lost=%zu twice=%zu", acked, lost, twice);
	tap(c->strangers == 0 && half == 0,
	    "I2 without_request=%lld refused_but_there=%zu",
	    (long long)c->strangers, half);
	tap(c->out_of_order == 0, "I3 out_of_order=%lld cases=%zu",
	    (long long)c->out_of_order, json_object_size(c->next));
}

static void
audit_core(struct audit *c, const char *dir)
{
	struct core *core = NULL;
	int64_t count = 0, events = 0;
	struct why why = { 0 };
	bool equal = false;

	if (core_open(dir, &core, &why) < 0) {
		tap(false, "opens: %s", why.text);
		return;
	}
	if (store_each(core->store, 1, audit_on_entry, c, &why) < 0)
		tap(false, "reads: %s", why.text);
	audit_operations(c);
	if (store_verify(core->store, &count, &why) < 0 ||
	    project_rebuild(core, false, &events, &equal, &why) < 0)
		(void)printf("# %s\n", why.text);
	tap(count == c->head && equal && c->seen_good == c->seen_count,
	    "I4 events=%lld chain=%s views=%s checkpoints=%zu/%zu",
	    (long long)count, count == c->head ? "whole" : "broken",
	    equal ? "equal" : "different", c->seen_good, c->seen_count);
	core_free(core);
}

static bool
audit_pragma(sqlite3 *db, const char *sql, const char *want)
{
	sqlite3_stmt *st = NULL;
	const char *is = NULL;
	bool same;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW)
		is = (const char *)sqlite3_column_text(st, 0);
	same = want == NULL ? is == NULL : is != NULL && strcmp(is, want) == 0;
	if (!same)
		(void)printf("# %s: %s\n", sql, is != NULL ? is : "-");
	sqlite3_finalize(st);
	return same;
}

static void
audit_file(const char *dir)
{
	char *path = xasprintf("%s/pauta.db", dir), *version;
	sqlite3 *db = NULL;
	bool good;

	version = xasprintf("%d", SCHEMA_VERSION);
	good = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) ==
		SQLITE_OK &&
	    audit_pragma(db, "PRAGMA integrity_check", "ok") &&
	    audit_pragma(db, "PRAGMA foreign_key_check", NULL) &&
	    audit_pragma(db, "PRAGMA user_version", version);
	tap(good, "I5 integrity, foreign keys, version");
	(void)sqlite3_close(db);
	free(version);
	free(path);
}

int
kill9_check(const char *dir, const char *folder, int64_t before,
    const struct seen *seen, size_t seen_count)
{
	struct audit c = { .before = before, .seen = seen,
		.seen_count = seen_count, .next = json_object() };
	char *path;
	FILE *f;
	int i;

	for (i = 0; i < WORKERS; i++) {
		path = xasprintf("%s/journal.%d", folder, i);
		if ((f = fopen(path, "re")) != NULL) {
			audit_journal(&c, f, i);
			(void)fclose(f);
		}
		free(path);
	}
	qsort(c.v, c.n, sizeof *c.v, asked_compare);
	audit_core(&c, dir);
	audit_file(dir);
	free(c.v);
	json_decref(c.next);
	return tap_failed;
}
