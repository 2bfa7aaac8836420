/* SPDX-License-Identifier: ISC */
/* rooms: core store engine proto */
/*
 * tamper_test.c - whatever somebody does to the rows of the record behind our
 * back, verification finds it: single bytes of any column, bodies emptied, rows
 * taken out, swapped, doubled, the end cut off.  1,000 times over 2,000 events;
 * CHANGES and EVENTS say otherwise (tests/torture/tamper.sh), SEED repeats a
 * run.
 *
 * Each change is made inside a transaction and undone after the look, so that
 * every one meets the same record.  The control is a verification that takes
 * the stored leaves on trust: it must miss some of the same changes.
 */
#include "temp.h"
#include "../../server/core/seal.h"
#include "../../server/store/sql.h"

/* From MANY changes on, the control looks at a tenth of them. */
enum { CASES = 150, MANY = 1000 };

struct tamper {
	struct temp *t;
	struct store *s;
	int64_t events;
	uint64_t dice;
	char said[512];			/* what was done, for a failure */
};

static uint64_t
roll(struct tamper *x, uint64_t n)
{
	x->dice ^= x->dice << 13;
	x->dice ^= x->dice >> 7;
	x->dice ^= x->dice << 17;
	return x->dice % n;
}

static int64_t
number(const char *name, int64_t otherwise)
{
	const char *text = getenv(name);

	return text != NULL ? strtoll(text, NULL, 10) : otherwise;
}

/* ---- a record with cases, a key and checkpoints ---- */

static void
append(struct store *s, int64_t kase, const char *data)
{
	struct entry e = { .kase = kase };
	char op[2 * OP_SIZE + 1], folio[32] = "null";
	struct why why;

	hash_random(e.op, OP_SIZE);
	if (kase != 0)
		(void)snprintf(folio, sizeof folio, "\"VID-2026-%04lld\"",
		    (long long)kase);
	e.body = xasprintf("{\"actor\":\"jefa\",\"at\":\"2026-11-23T15:30:00Z\","
	    "\"case\":%s,\"data\":%s,\"n\":%lld,\"on_behalf_of\":null,"
	    "\"op\":\"%s\",\"role\":\"head_of_unit\",\"type\":\"x\"}", folio,
	    data, (long long)store_next_seq(s), hex_text(e.op, OP_SIZE, op));
	assert_int_equal(store_append(s, &e, &why), 0);
	free(e.body);
}

static void
announce(struct store *s, const char *name, const char *value)
{
	char *data = xasprintf("{\"kind\":\"installation\",\"name\":\"%s\","
	    "\"type\":\"setting.set\",\"value\":\"%s\"}", name, value);

	append(s, 0, data);
	free(data);
}

static void
fill(struct tamper *x)
{
	struct when now = { 1795447800 };
	uint8_t pub[SSHSIG_KEY];
	struct seal *seal;
	struct why why;
	char *key;

	assert_int_equal(seal_key_make(x->t->folder, &why), 0);
	assert_int_equal(seal_key_public(x->t->folder, pub, &why), 0);
	key = sshsig_public(pub);
	assert_int_equal(store_begin(x->s, &why), 0);
	announce(x->s, "id", "000102030405060708090a0b0c0d0e0f");
	announce(x->s, "log_key", key);
	free(key);
	assert_int_equal(seal_open(x->s, x->t->folder, &seal, &why), 0);
	assert_null(seal_hold(seal));
	while (store_next_seq(x->s) <= x->events) {
		append(x->s, (int64_t)roll(x, CASES),
		    "{\"step\":\"1.2\",\"type\":\"step.done\",\"values\":"
		    "{\"body\":\"El Instituto llevó a la Plaza Central consultas, "
		    "vacunas y pruebas de glucosa sin costo.\",\"n\":7}}");
		assert_int_equal(seal_put(seal, x->s, now, SEAL_EVERY, 0,
		    &why), 0);
	}
	assert_int_equal(store_commit(x->s, &why), 0);
	seal_free(seal);
}

/* ---- changes ---- */

static void
run(struct tamper *x, char *taken)
{
	char *say = NULL;

	if (sqlite3_exec(x->s->db, taken, NULL, NULL, &say) != SQLITE_OK)
		fail_msg("%.200s: %s", taken, say);
	(void)snprintf(x->said, sizeof x->said, "%.500s", taken);
	sqlite3_free(taken);
}

static int64_t
ask(struct tamper *x, char *taken)
{
	sqlite3_stmt *st;
	int64_t n;

	assert_int_equal(sqlite3_prepare_v2(x->s->db, taken, -1, &st, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	sqlite3_free(taken);
	return n;
}

/* Table, its key, and its columns; the first table is where most happens. */
static const struct {
	const char *name, *columns[9];
	int share;			/* of a hundred */
} tables[] = {
	{ "events", { "seq", "kase", "prev", "op", "salt", "leaf", "chain",
	    "body" }, 90 },
	{ "tails", { "kase", "seq" }, 4 },
	{ "checkpoints", { "n", "text", "sig" }, 6 },
};

static size_t
any_table(struct tamper *x)
{
	int at = (int)roll(x, 100);
	size_t i;

	for (i = 0; at >= tables[i].share; i++)
		at -= tables[i].share;
	return i;
}

static int64_t
any_row(struct tamper *x, const char *table)
{
	int64_t rows = ask(x, sqlite3_mprintf("SELECT count(*) FROM %s",
	    table));

	return ask(x, sqlite3_mprintf("SELECT rowid FROM %s LIMIT 1 OFFSET %lld",
	    table, (long long)roll(x, (uint64_t)rows)));
}

static void
change_bytes(struct tamper *x, const char *table, const char *column,
    int64_t row, const void *p, size_t n, bool text)
{
	char *hex = xcalloc(2 * n + 1, 1);
	uint8_t *bytes = xcalloc(n, 1);

	memcpy(bytes, p, n);
	bytes[roll(x, n)] ^= (uint8_t)(1 + roll(x, 255));
	run(x, sqlite3_mprintf("UPDATE %s SET %s = CAST(x'%s' AS %s)"
	    " WHERE rowid = %lld", table, column, hex_text(bytes, n, hex),
	    text ? "TEXT" : "BLOB", (long long)row));
	free(bytes);
	free(hex);
}

/* One byte of one value; false when the table itself refuses it. */
static bool
change_byte(struct tamper *x)
{
	size_t i = any_table(x), columns = 0;
	const char *table = tables[i].name, *column;
	int64_t row = any_row(x, table), n;
	sqlite3_stmt *st;
	char *text;

	while (tables[i].columns[columns] != NULL)
		columns++;
	column = tables[i].columns[roll(x, columns)];
	text = sqlite3_mprintf("SELECT %s FROM %s WHERE rowid = %lld", column,
	    table, (long long)row);
	assert_int_equal(sqlite3_prepare_v2(x->s->db, text, -1, &st, NULL),
	    SQLITE_OK);
	sqlite3_free(text);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	if (sqlite3_column_type(st, 0) != SQLITE_INTEGER) {
		change_bytes(x, table, column, row, sqlite3_column_blob(st, 0),
		    (size_t)sqlite3_column_bytes(st, 0),
		    sqlite3_column_type(st, 0) == SQLITE_TEXT);
		sqlite3_finalize(st);
		return true;
	}
	n = (int64_t)((uint64_t)sqlite3_column_int64(st, 0) ^
	    (1 + roll(x, 255)) << 8 * roll(x, 8));
	sqlite3_finalize(st);
	run(x, sqlite3_mprintf("UPDATE OR IGNORE %s SET %s = %lld WHERE rowid ="
	    " %lld", table, column, (long long)n, (long long)row));
	return sqlite3_changes(x->s->db) == 1;
}

static bool
take_out(struct tamper *x)
{
	const char *table = tables[any_table(x)].name;

	run(x, sqlite3_mprintf("DELETE FROM %s WHERE rowid = %lld", table,
	    (long long)any_row(x, table)));
	return true;
}

/* As if it had been erased as the law asks. */
static bool
blank(struct tamper *x)
{
	run(x, sqlite3_mprintf("UPDATE events SET body = NULL%s WHERE seq ="
	    " %lld", roll(x, 2) == 0 ? ", salt = NULL" : "",
	    (long long)any_row(x, "events")));
	return true;
}

/* Everything but the key, or only what the body says and its hashes. */
static bool
swap(struct tamper *x)
{
	static const char *const what[] = { "body", "salt, leaf, body",
		"op, salt, leaf, body", "kase, prev, op, salt, leaf, chain, body" };
	int64_t a = any_row(x, "events"), b = any_row(x, "events");
	const char *columns = what[roll(x, ARRAY_LEN(what))];

	if (a == b)
		return false;
	run(x, sqlite3_mprintf("CREATE TEMP TABLE two AS SELECT seq, %s FROM"
	    " events WHERE seq IN (%lld, %lld)", columns, (long long)a,
	    (long long)b));
	run(x, sqlite3_mprintf("UPDATE events SET (%s) = (SELECT %s FROM two"
	    " WHERE two.seq = %lld + %lld - events.seq) WHERE seq IN"
	    " (%lld, %lld)", columns, columns, (long long)a, (long long)b,
	    (long long)a, (long long)b));
	return true;
}

/* Written over another, or once more at the end. */
static bool
double_one(struct tamper *x)
{
	int64_t a = any_row(x, "events"), b = any_row(x, "events");

	if (roll(x, 2) == 0)
		b = x->events + 1;
	if (a == b)
		return false;
	run(x, sqlite3_mprintf("INSERT OR REPLACE INTO events SELECT %lld, kase,"
	    " prev, op, salt, leaf, chain, body FROM events WHERE seq = %lld",
	    (long long)b, (long long)a));
	if (b > x->events && roll(x, 2) == 0) {	/* as an event looks */
		run(x, sqlite3_mprintf("UPDATE events SET prev = (SELECT seq"
		    " FROM tails t WHERE t.kase = events.kase) WHERE seq ="
		    " %lld", (long long)b));
		run(x, sqlite3_mprintf("UPDATE tails SET seq = %lld WHERE kase"
		    " = (SELECT kase FROM events WHERE seq = %lld)",
		    (long long)b, (long long)b));
	}
	return true;
}

/* The end cut off; half of the times with tails that agree. */
static bool
truncate_end(struct tamper *x)
{
	int64_t last = (int64_t)roll(x, (uint64_t)x->events);

	run(x, sqlite3_mprintf("DELETE FROM events WHERE seq > %lld",
	    (long long)last));
	if (roll(x, 2) == 0)
		run(x, sqlite3_mprintf("DELETE FROM tails; INSERT INTO tails"
		    " SELECT kase, max(seq) FROM events GROUP BY kase"));
	return true;
}

/* ---- looking ---- */

/* The store's idea of its end, as at opening. */
static bool
reopens(struct tamper *x)
{
	struct why why;

	memset(&x->s->head, 0, sizeof x->s->head);
	return event_load_head(x->s, &why) == 0;
}

static bool
verifies(struct tamper *x)
{
	struct why why;
	int64_t n;

	return reopens(x) && store_verify(x->s, &n, &why) == 0 &&
	    seal_verify(x->s, &n, &why) == 0;
}

static int
trusting_entry(void *arg, const struct entry *e)
{
	uint8_t *chain = arg;

	hash_two(chain, HASH_SIZE, e->leaf, HASH_SIZE, chain);
	return memcmp(chain, e->chain, HASH_SIZE) != 0;
}

/* The control: the chain alone, over whatever leaves are stored. */
static bool
verifies_trusting(struct tamper *x)
{
	uint8_t chain[HASH_SIZE] = { 0 };
	struct why why;
	int64_t n;

	return reopens(x) &&
	    store_each(x->s, INT64_MIN, trusting_entry, chain, &why) == 0 &&
	    seal_verify(x->s, &n, &why) == 0;
}

static struct {
	const char *name;
	bool (*make)(struct tamper *);
	int share, made, found, missed;
} kinds[] = {
	{ "one byte changed", change_byte, 55, 0, 0, 0 },
	{ "a body emptied", blank, 5, 0, 0, 0 },
	{ "a row taken out", take_out, 10, 0, 0, 0 },
	{ "two rows swapped", swap, 10, 0, 0, 0 },
	{ "a row doubled", double_one, 10, 0, 0, 0 },
	{ "the end cut off", truncate_end, 10, 0, 0, 0 },
};

/* One change, looked at and undone; missed is what the control says. */
static void
tamper(struct tamper *x, size_t kind, bool control)
{
	run(x, sqlite3_mprintf("BEGIN"));
	if (kinds[kind].make(x)) {
		kinds[kind].made++;
		if (!verifies(x))
			kinds[kind].found++;
		else
			print_error("not found: %s\n", x->said);
		if (control && verifies_trusting(x))
			kinds[kind].missed++;
	}
	run(x, sqlite3_mprintf("ROLLBACK"));
	assert_true(reopens(x));
}

static void
every_change_is_found(void **st)
{
	struct tamper x = { .t = *st };
	int64_t changes = number("CHANGES", 1000), i;
	int64_t seed = number("SEED", (int64_t)time(NULL));
	int made = 0, found = 0, missed = 0;
	clock_t began;
	size_t kind;

	x.dice = (uint64_t)seed * 2654435761u + 1;
	x.events = number("EVENTS", 2000);
	x.s = temp_open(x.t, STORE_CREATE);
	fill(&x);
	began = clock();
	assert_true(verifies(&x));
	print_message("verified at %.0f events a second of processor\n",
	    (double)x.events * CLOCKS_PER_SEC / (double)(clock() - began));
	assert_true(verifies_trusting(&x));
	for (i = 0; made < changes; i++) {
		int64_t at = (int64_t)roll(&x, 100);

		for (kind = 0; at >= kinds[kind].share; kind++)
			at -= kinds[kind].share;
		made -= kinds[kind].made;
		tamper(&x, kind, i % 10 == 0 || changes < MANY);
		made += kinds[kind].made;
	}
	for (kind = 0; kind < ARRAY_LEN(kinds); kind++) {
		print_message("%s: %d found of %d\n", kinds[kind].name,
		    kinds[kind].found, kinds[kind].made);
		found += kinds[kind].found;
		missed += kinds[kind].missed;
	}
	print_message("SEED=%lld EVENTS=%lld: %d found of %d; of %s, the "
		      "control that trusts leaves missed %d\n",
	    (long long)seed, (long long)x.events, found, made,
	    changes < MANY ? "them" : "a tenth of them", missed);
	assert_int_equal(found, made);
	assert_true(missed > 0);
	assert_true(verifies(&x));
	store_free(x.s);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		IN_FOLDER(every_change_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
