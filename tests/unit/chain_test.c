/* SPDX-License-Identifier: ISC */
/* rooms: store proto */
/*
 * chain_test.c - the events: their chain against a computation of our own,
 * and that no change behind the store's back passes unseen.
 */
#include "temp.h"

/* What one walk over the events saw. */
struct seen {
	int64_t seqs[2000];
	size_t count, stop_at;
	uint8_t chain[HASH_SIZE];
};

static int
seen_add(void *arg, const struct entry *e)
{
	struct seen *w = arg;

	w->seqs[w->count++] = e->seq;
	return w->count == w->stop_at ? 42 : 0;
}

/* Verification must fail and name the event. */
static void
is_found(const struct temp *t, const char *say)
{
	struct store *s = temp_open(t, STORE_READONLY);
	struct why why = { 0 };
	int64_t count;

	assert_int_equal(store_verify(s, &count, &why), -ERR_SYSTEM);
	if (strstr(why.text, say) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", why.text, say);
	store_free(s);
}

static void
is_sound(const struct temp *t, int64_t events)
{
	struct store *s = temp_open(t, STORE_READONLY);
	struct why why = { 0 };
	int64_t count = 0;

	if (store_verify(s, &count, &why) < 0)
		fail_msg("verify: %s", why.text);
	assert_int_equal(count, events);
	store_free(s);
}

/* Ten events, then a change to the file. */
static void
with_change(const struct temp *t, const char *sql)
{
	struct store *s = temp_open(t, STORE_CREATE);

	temp_fill(s, 10);
	store_free(s);
	is_sound(t, 10);
	temp_tamper(t, sql);
}

static void
a_new_record_has_no_head(void **st)
{
	uint8_t chain[HASH_SIZE], zero[HASH_SIZE] = { 0 };
	struct store *s = temp_open_memory();
	struct why why;
	int64_t count = -1;

	(void)st;
	assert_int_equal(store_head(s, chain), 0);
	assert_memory_equal(chain, zero, HASH_SIZE);
	assert_int_equal(store_next_seq(s), 1);
	assert_int_equal(store_verify(s, &count, &why), 0);
	assert_int_equal(count, 0);
	store_free(s);
}

static int
chain_again(void *arg, const struct entry *e)
{
	struct seen *w = arg;
	uint8_t leaf[HASH_SIZE];

	hash_two(e->salt, SALT_SIZE, e->body, strlen(e->body), leaf);
	assert_memory_equal(leaf, e->leaf, HASH_SIZE);
	hash_two(w->chain, HASH_SIZE, leaf, HASH_SIZE, w->chain);
	assert_memory_equal(w->chain, e->chain, HASH_SIZE);
	w->count++;
	return 0;
}

static void
a_thousand_events_make_the_chain_that_we_compute(void **st)
{
	struct store *s = temp_open(*st, STORE_CREATE);
	uint8_t chain[HASH_SIZE];
	struct seen w = { 0 };
	struct why why;
	int64_t count;
	int i;

	for (i = 0; i < 10; i++)
		temp_fill(s, 100);
	assert_int_equal(store_each(s, 1, chain_again, &w, &why), 0);
	assert_int_equal(w.count, 1000);
	assert_int_equal(store_head(s, chain), 1000);
	assert_memory_equal(chain, w.chain, HASH_SIZE);
	assert_int_equal(store_verify(s, &count, &why), 0);
	assert_int_equal(count, 1000);
	store_free(s);
	s = temp_open(*st, 0);			/* and the file says the same */
	assert_int_equal(store_head(s, chain), 1000);
	assert_memory_equal(chain, w.chain, HASH_SIZE);
	store_free(s);
}

static void
append_fills_what_it_promises(void **st)
{
	struct store *s = temp_open_memory();
	struct entry a = { .kase = 7 }, b = { .kase = 7 };
	uint8_t zero[SALT_SIZE] = { 0 };
	struct why why;

	(void)st;
	a.body = xstrdup("{\"n\":1}");
	b.body = xstrdup("{\"n\":2}");
	memset(a.op, 0xab, OP_SIZE);
	assert_int_equal(store_begin(s, &why), 0);
	assert_int_equal(store_append(s, &a, &why), 0);
	assert_int_equal(store_append(s, &b, &why), 0);
	assert_int_equal(store_commit(s, &why), 0);
	assert_int_equal(a.seq, 1);
	assert_int_equal(a.prev, 0);
	assert_int_equal(b.seq, 2);
	assert_int_equal(b.prev, 1);
	assert_memory_not_equal(a.salt, zero, SALT_SIZE);
	assert_memory_not_equal(a.salt, b.salt, SALT_SIZE);
	free(a.body);
	free(b.body);
	store_free(s);
}

static int
entry_is_as_appended(void *arg, const struct entry *e)
{
	const struct entry *a = arg;

	assert_int_equal(e->seq, a->seq);
	assert_int_equal(e->kase, a->kase);
	assert_int_equal(e->prev, a->prev);
	assert_string_equal(e->body, a->body);
	assert_memory_equal(e->op, a->op, OP_SIZE);
	assert_memory_equal(e->salt, a->salt, SALT_SIZE);
	assert_memory_equal(e->leaf, a->leaf, HASH_SIZE);
	assert_memory_equal(e->chain, a->chain, HASH_SIZE);
	return 5;
}

static void
an_event_reads_as_it_was_appended(void **st)
{
	struct store *s = temp_open_memory();
	struct entry a = { .kase = 3 };
	struct why why;

	(void)st;
	temp_fill(s, 8);
	a.body = xstrdup("{\"n\":9,\"texto\":\"Vacunación\"}");
	hash_random(a.op, OP_SIZE);
	assert_int_equal(store_begin(s, &why), 0);
	assert_int_equal(store_append(s, &a, &why), 0);
	assert_int_equal(store_commit(s, &why), 0);
	assert_int_equal(store_each(s, 9, entry_is_as_appended, &a, &why), 5);
	assert_int_equal(
	    store_case_events(s, 3, entry_is_as_appended, &a, &why), 5);
	free(a.body);
	store_free(s);
}

static void
a_walk_begins_and_stops_where_it_is_told(void **st)
{
	struct store *s = temp_open_memory();
	struct seen w = { .stop_at = 3 };
	struct why why;

	(void)st;
	temp_fill(s, 10);
	assert_int_equal(store_each(s, 4, seen_add, &w, &why), 42);
	assert_int_equal(w.count, 3);
	assert_int_equal(w.seqs[0], 4);
	assert_int_equal(w.seqs[2], 6);
	w = (struct seen){ 0 };
	assert_int_equal(store_each(s, 11, seen_add, &w, &why), 0);
	assert_int_equal(w.count, 0);
	store_free(s);
}

static void
the_events_of_a_case_come_oldest_first(void **st)
{
	struct store *s = temp_open_memory();
	struct seen w = { 0 };
	struct why why;

	(void)st;
	temp_fill(s, 10);
	assert_int_equal(store_case_events(s, 1, seen_add, &w, &why), 0);
	assert_int_equal(w.count, 3);
	assert_int_equal(w.seqs[0], 2);
	assert_int_equal(w.seqs[1], 5);
	assert_int_equal(w.seqs[2], 8);
	w = (struct seen){ 0 };
	assert_int_equal(store_case_events(s, 0, seen_add, &w, &why), 0);
	assert_int_equal(w.count, 4);
	w = (struct seen){ 0 };
	assert_int_equal(store_case_events(s, 99, seen_add, &w, &why), 0);
	assert_int_equal(w.count, 0);
	store_free(s);
}

/* What is done to the file, and what verification says of it. */
static const struct {
	const char *sql, *say;
} changes[] = {
	// clang-format off
	{ "UPDATE events SET body = replace(body, 'prueba', 'pruebo')"
	    " WHERE seq = 5", "evento 5: su contenido" },
	{ "UPDATE events SET salt = zeroblob(16) WHERE seq = 5",
	    "evento 5: su contenido" },
	{ "UPDATE events SET leaf = zeroblob(32) WHERE seq = 5",
	    "evento 5: su contenido" },
	{ "UPDATE events SET chain = zeroblob(32) WHERE seq = 5",
	    "evento 5: no continúa" },
	{ "UPDATE events SET chain = zeroblob(32) WHERE seq = 10",
	    "evento 10: no continúa" },
	{ "UPDATE events SET salt = zeroblob(15) WHERE seq = 5", "evento 5" },
	{ "UPDATE events SET leaf = zeroblob(33) WHERE seq = 5", "evento 5" },
	{ "UPDATE events SET body = NULL, salt = NULL WHERE seq = 5",
	    "evento 5: le falta" },
	{ "UPDATE events SET op = x'00' WHERE seq = 5", "evento 5" },
	{ "UPDATE events SET body = body || char(0) || 'x' WHERE seq = 5",
	    "evento 5" },
	{ "UPDATE events SET body = '' WHERE seq = 5", "evento 5" },
	{ "DELETE FROM events WHERE seq = 5", "evento 5: falta" },
	{ "DELETE FROM events WHERE seq = 1", "evento 1: falta" },
	{ "DELETE FROM events WHERE seq = 5;"
	    "UPDATE events SET seq = seq - 1 WHERE seq > 5", "evento 5" },
	{ "UPDATE events SET seq = -5 WHERE seq = 5;"
	    "UPDATE events SET seq = 5 WHERE seq = 6;"
	    "UPDATE events SET seq = 6 WHERE seq = -5", "evento 5" },
	{ "UPDATE events SET seq = -seq", "evento 1: falta" },
	{ "INSERT INTO events SELECT 11, kase, 10, op, salt, leaf, chain, body"
	    " FROM events WHERE seq = 10", "evento 11" },
	{ "INSERT INTO events SELECT 0, kase, 0, op, salt, leaf, chain, body"
	    " FROM events WHERE seq = 1", "evento 1: falta" },
	{ "UPDATE events SET prev = 0 WHERE seq = 8", "evento 8: su contenido" },
	{ "UPDATE events SET prev = 4 WHERE seq = 8", "evento 8: no señala" },
	{ "UPDATE events SET kase = 1 WHERE seq = 3", "evento 3: su contenido" },
	{ "UPDATE events SET op = x'00000000000000000000000000000001'"
	    " WHERE seq = 5", "evento 5: su contenido" },
	{ "UPDATE events SET kase = 9 WHERE kase = 2; UPDATE events SET kase ="
	    " 9, prev = 9 WHERE seq = 8; UPDATE tails SET kase = 9 WHERE kase"
	    " = 2; UPDATE tails SET seq = 5 WHERE kase = 1",
	    "evento 8: su contenido" },
	{ "UPDATE events SET kase = 0, prev = 7 WHERE seq = 8; UPDATE events"
	    " SET prev = 8 WHERE seq = 10; UPDATE tails SET seq = 5 WHERE"
	    " kase = 1", "evento 8: su contenido" },
	{ "UPDATE tails SET seq = 5 WHERE kase = 1", "interno 1" },
	{ "DELETE FROM tails WHERE kase = 2", "interno 2" },
	{ "INSERT INTO tails VALUES(8, 3)", "interno 8" },
	{ "DELETE FROM events WHERE seq > 9", "interno 0" },
	// clang-format on
};

static void
every_change_behind_our_back_is_found(void **st)
{
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(changes); i++) {
		void *own;

		temp_setup(&own);
		with_change(own, changes[i].sql);
		is_found(own, changes[i].say);
		temp_teardown(&own);
	}
}

static void
a_tail_cut_off_with_care_shows_as_fewer_events(void **st)
{
	with_change(*st, "DELETE FROM events WHERE seq > 7; DELETE FROM tails;"
	    "INSERT INTO tails SELECT kase, max(seq) FROM events GROUP BY 1");
	is_sound(*st, 7);
}

static void
a_body_must_be_json_with_its_number(void **st)
{
	static const char *const bodies[] = { "{\"n\":2}", "{\"n\":\"1\"}",
		"{}", "[1]", "hola", "{\"n\":1", "{\"n\":1,\"n\":1}", "",
		"{\"n\":1}", "{\"n\":1,\"op\":\"00\"}",
		"{\"case\":\"C-1\",\"n\":1,"
		"\"op\":\"00000000000000000000000000000000\"}" };
	struct why why;
	int64_t count;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(bodies); i++) {
		struct store *s = temp_open_memory();
		struct entry e = { .body = (char *)bodies[i] };

		assert_int_equal(store_begin(s, &why), 0);
		assert_int_equal(store_append(s, &e, &why), 0);
		assert_int_equal(store_commit(s, &why), 0);
		assert_int_equal(store_verify(s, &count, &why), -ERR_SYSTEM);
		assert_non_null(strstr(why.text, "evento 1"));
		store_free(s);
	}
}

/* The statement that gives a column of an event these bytes. */
static char *
column_put(const char *column, int seq, const void *bytes, size_t n)
{
	char *hex = xcalloc(2 * n + 1, 1), *sql;

	sql = xasprintf("UPDATE events SET %s = CAST(x'%s' AS %s)"
	    " WHERE seq = %d", column, hex_text(bytes, n, hex),
	    strcmp(column, "body") == 0 ? "TEXT" : "BLOB", seq);
	free(hex);
	return sql;
}

/* Flip one bit of one column of one event, and say how to put it back. */
static char *
random_flip(sqlite3 *db, int events, char **back)
{
	static const char *const columns[] = { "body", "salt", "leaf",
		"chain" };
	const char *column;
	char *ask;
	sqlite3_stmt *st;
	uint32_t dice[3];
	uint8_t bytes[256];
	size_t n;
	int seq;

	hash_random(dice, sizeof dice);
	seq = (int)(dice[0] % (uint32_t)events) + 1;
	column = columns[dice[1] % ARRAY_LEN(columns)];
	ask = xasprintf("SELECT %s FROM events WHERE seq = %d", column, seq);
	assert_int_equal(sqlite3_prepare_v2(db, ask, -1, &st, NULL), 0);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	n = (size_t)sqlite3_column_bytes(st, 0);
	assert_true(n > 0 && n <= sizeof bytes);
	memcpy(bytes, sqlite3_column_blob(st, 0), n);
	sqlite3_finalize(st);
	free(ask);
	*back = column_put(column, seq, bytes, n);
	bytes[dice[2] % n] ^= (uint8_t)(1 << (dice[2] >> 16) % 8);
	return column_put(column, seq, bytes, n);
}

static void
any_flipped_bit_is_found(void **st)
{
	struct temp *t = *st;
	struct store *s = temp_open(t, STORE_CREATE);
	char *there, *back;
	struct why why;
	int64_t count;
	sqlite3 *db;
	int i;

	temp_fill(s, 100);
	assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
	for (i = 0; i < 500; i++) {
		there = random_flip(db, 100, &back);
		assert_int_equal(sqlite3_exec(db, there, 0, 0, 0), SQLITE_OK);
		if (store_verify(s, &count, &why) == 0)
			fail_msg("not found: %s; was %s", there, back);
		assert_int_equal(sqlite3_exec(db, back, 0, 0, 0), SQLITE_OK);
		free(there);
		free(back);
	}
	assert_int_equal(store_verify(s, &count, &why), 0);
	assert_int_equal(count, 100);
	sqlite3_close(db);
	store_free(s);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_record_has_no_head),
		IN_FOLDER(a_thousand_events_make_the_chain_that_we_compute),
		cmocka_unit_test(append_fills_what_it_promises),
		cmocka_unit_test(an_event_reads_as_it_was_appended),
		cmocka_unit_test(a_walk_begins_and_stops_where_it_is_told),
		cmocka_unit_test(the_events_of_a_case_come_oldest_first),
		cmocka_unit_test(every_change_behind_our_back_is_found),
		IN_FOLDER(a_tail_cut_off_with_care_shows_as_fewer_events),
		cmocka_unit_test(a_body_must_be_json_with_its_number),
		IN_FOLDER(any_flipped_bit_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
