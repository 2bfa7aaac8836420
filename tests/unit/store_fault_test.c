/* SPDX-License-Identifier: ISC */
/* rooms: store proto */
/*
 * store_fault_test.c - a disk that is full or fails: nothing is acknowledged
 * that is not there afterwards, nothing fails in silence, and the sentence
 * says what to do.
 */
#include "temp.h"
#include "faulty.h"

enum {
	READS = 1 << FAULTY_READ,
	WRITES = 1 << FAULTY_WRITE,
	SYNCS = 1 << FAULTY_SYNC,
	IN_MAIN = 1 << FAULTY_MAIN,
	IN_LOG = 1 << FAULTY_LOG
};

static int
fault_setup(void **st)
{
	faulty_disarm();
	return temp_setup(st);
}

static int
fault_teardown(void **st)
{
	faulty_disarm();
	return temp_teardown(st);
}

/* The disk works again; the record holds so many events, in order. */
static void
holds_after_restart(const struct temp *t, int64_t least, int64_t most)
{
	struct why why = { 0 };
	struct store *s;
	int64_t count;

	faulty_disarm();
	s = temp_open(t, 0);
	if (store_verify(s, &count, &why) < 0)
		fail_msg("%s", why.text);
	assert_in_range(count, least, most);
	store_free(s);
}

static void
commit_fails(struct store *s, int ops, int code, const char *say)
{
	uint8_t before[HASH_SIZE], after[HASH_SIZE];
	struct why why = { 0 };

	store_head(s, before);
	assert_int_equal(store_begin(s, &why), 0);
	assert_int_equal(temp_append(s, 1, &why), 0);
	faulty_arm(ops, IN_LOG, 1, code);
	assert_int_equal(store_commit(s, &why), -ERR_SYSTEM);
	assert_true(faulty.hits > 0);
	faulty_disarm();
	if (strstr(why.text, say) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", why.text, say);
	assert_false(store_is_open(s));
	store_head(s, after);
	assert_memory_equal(before, after, HASH_SIZE);
}

static void
a_commit_on_a_full_disk_says_so(void **st)
{
	struct store *s = temp_open(*st, STORE_CREATE);

	temp_fill(s, 5);
	commit_fails(s, WRITES, SQLITE_FULL, "El disco está lleno:");
	temp_fill(s, 2);		/* space came back */
	store_free(s);
	holds_after_restart(*st, 7, 7);
}

static void
a_commit_that_cannot_be_synced_fails(void **st)
{
	struct store *s = temp_open(*st, STORE_CREATE);

	temp_fill(s, 5);
	commit_fails(s, SYNCS, SQLITE_IOERR_FSYNC, "El disco del servidor");
	store_free(s);
	/* It was written, not acknowledged: either is right. */
	holds_after_restart(*st, 5, 6);
}

static void
a_commit_that_cannot_be_written_fails(void **st)
{
	struct store *s = temp_open(*st, STORE_CREATE);

	temp_fill(s, 5);
	commit_fails(s, WRITES, SQLITE_IOERR_WRITE, "El disco del servidor");
	store_free(s);
	holds_after_restart(*st, 5, 5);
}

static void
every_commit_is_synced(void **st)
{
	struct store *s = temp_open(*st, STORE_CREATE);
	int i;

	faulty_arm(0, 0, 0, 0);
	for (i = 0; i < 20; i++)
		temp_fill(s, 3);
	assert_true(faulty.counts[FAULTY_SYNC][FAULTY_LOG] >= 20);
	assert_int_equal(faulty.counts[FAULTY_WRITE][FAULTY_MAIN], 0);
	store_free(s);
}

/* An automatic checkpoint would keep this from everybody (F7). */
static void
checkpoint_fails(void **st, int ops, int code, const char *say)
{
	struct store *s = temp_open(*st, STORE_CREATE);
	struct why why = { 0 };

	temp_fill(s, 50);
	faulty_arm(ops, IN_MAIN, 1, code);
	assert_int_equal(store_checkpoint(s, 0, &why), -ERR_SYSTEM);
	assert_true(faulty.hits > 0);
	if (strstr(why.text, say) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", why.text, say);
	store_free(s);
	holds_after_restart(*st, 50, 50);
}

static void
a_checkpoint_on_a_full_disk_says_so(void **st)
{
	checkpoint_fails(st, WRITES, SQLITE_FULL, "El disco está lleno:");
}

static void
a_checkpoint_that_cannot_be_synced_fails(void **st)
{
	checkpoint_fails(st, SYNCS, SQLITE_IOERR_FSYNC,
	    "El disco del servidor");
}

static void
opening_on_a_full_disk_leaves_nothing_by_that_name(void **st)
{
	struct temp *t = *st;

	faulty_arm(WRITES, IN_MAIN, 1, SQLITE_FULL);
	temp_refused(t, STORE_CREATE, "El disco está lleno:");
	assert_true(faulty.hits > 0);
	assert_int_equal(access(t->path, F_OK), -1);
	faulty_disarm();
	store_free(temp_open(t, STORE_CREATE));
}

/* A new connection has nothing cached: its first find reads the file. */
static void
a_read_that_failed_in_silence_stops_the_commit(void **st)
{
	struct store *s = temp_open(*st, STORE_CREATE);
	const uint8_t op[OP_SIZE] = { 1 };
	struct why why = { 0 };
	char *answer;

	temp_fill(s, 5);
	assert_int_equal(
	    store_put_answer(s, op, "ana", "hecho", 1, &why), 0);
	assert_int_equal(store_checkpoint(s, 0, &why), 0);
	store_free(s);
	s = temp_open(*st, 0);
	assert_int_equal(store_begin(s, &why), 0);
	faulty_arm(READS, IN_MAIN | IN_LOG, 1, SQLITE_IOERR_READ);
	assert_null(store_find_answer(s, op, "ana"));
	assert_true(faulty.hits > 0);
	faulty_disarm();
	assert_int_equal(temp_append(s, 1, &why), -ERR_SYSTEM);
	assert_int_equal(store_commit(s, &why), -ERR_SYSTEM);
	assert_non_null(strstr(why.text, "El disco del servidor"));
	assert_int_equal(store_begin(s, &why), 0);	/* it was rolled back */
	answer = store_find_answer(s, op, "ana");
	assert_string_equal(answer, "hecho");
	free(answer);
	store_rollback(s);
	store_free(s);
	holds_after_restart(*st, 5, 5);
}

/* A cache too small for a transaction spills it into the log before COMMIT. */
static void
a_transaction_that_sqlite_undid_does_not_commit(void **st)
{
	struct store *s = temp_open(*st, STORE_CREATE);
	struct why why = { 0 };
	char *big = xcalloc(1 << 20, 1);
	int i, r = 0;

	temp_fill(s, 5);
	memset(big, 'x', (1 << 20) - 1);
	assert_int_equal(store_begin(s, &why), 0);
	faulty_arm(WRITES, IN_LOG, 1, SQLITE_FULL);
	for (i = 0; r == 0 && i < 200; i++) {
		char name[16];

		(void)snprintf(name, sizeof name, "%d", i);
		r = store_put_setting(s, "k", name, big, &why);
	}
	free(big);
	assert_int_equal(r, -ERR_SYSTEM);
	assert_non_null(strstr(why.text, "El disco está lleno:"));
	faulty_disarm();
	/* Had these their own transactions, half of the batch would stay. */
	assert_int_equal(temp_append(s, 1, &why), -ERR_SYSTEM);
	assert_int_equal(store_put_counter(s, "VID", 1, &why), -ERR_SYSTEM);
	assert_int_equal(store_commit(s, &why), -ERR_SYSTEM);
	assert_non_null(strstr(why.text, "El disco está lleno:"));
	store_free(s);
	holds_after_restart(*st, 5, 5);
	s = temp_open(*st, 0);
	assert_int_equal(store_find_counter(s, "VID"), 0);
	store_free(s);
}

/* Work until something fails; the last seq that was acknowledged. */
static int64_t
work_until_fault(const struct temp *t)
{
	struct store *s = NULL;
	struct why why;
	int64_t acked = 0;
	int i, r;

	if (store_open(t->path, STORE_CREATE, &s, &why) < 0)
		return 0;
	for (i = 0; i < 12; i++) {
		if (store_begin(s, &why) < 0)
			break;
		r = temp_append(s, i % 3, &why);
		if (r == 0)
			r = store_put_counter(s, "VID", i, &why);
		if (r < 0 || (r = store_commit(s, &why)) < 0) {
			store_rollback(s);
			break;
		}
		acked = store_next_seq(s) - 1;
		if (i % 5 == 4 && store_checkpoint(s, 0, &why) < 0)
			break;
	}
	store_free(s);
	return acked;
}

/* Fail the n-th operation, for every n until none is reached any more. */
static void
sweep(void **st, int ops, int code, int least)
{
	struct temp *t;
	int64_t acked;
	int n, hits;

	for (n = 1;; n++) {
		t = *st;
		faulty_arm(ops, IN_MAIN | IN_LOG, n, code);
		acked = work_until_fault(t);
		hits = faulty.hits;
		faulty_disarm();
		if (access(t->path, F_OK) == 0)
			holds_after_restart(t, acked, acked + 1);
		else
			assert_int_equal(acked, 0);
		temp_teardown(st);
		temp_setup(st);
		if (hits == 0)
			break;
	}
	assert_int_equal(acked, 12);
	assert_true(n > least);		/* the control: faults were met */
}

static void
a_full_disk_at_any_write_loses_nothing(void **st)
{
	sweep(st, WRITES, SQLITE_FULL, 50);
}

static void
an_error_at_any_write_loses_nothing(void **st)
{
	sweep(st, WRITES, SQLITE_IOERR_WRITE, 50);
}

static void
an_error_at_any_sync_loses_nothing(void **st)
{
	sweep(st, SYNCS, SQLITE_IOERR_FSYNC, 10);
}

static void
an_error_at_any_read_loses_nothing(void **st)
{
	sweep(st, READS, SQLITE_IOERR_READ, 10);
}

#define ON_DISK(f) \
	cmocka_unit_test_setup_teardown(f, fault_setup, fault_teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_DISK(a_commit_on_a_full_disk_says_so),
		ON_DISK(a_commit_that_cannot_be_synced_fails),
		ON_DISK(a_commit_that_cannot_be_written_fails),
		ON_DISK(every_commit_is_synced),
		ON_DISK(a_checkpoint_on_a_full_disk_says_so),
		ON_DISK(a_checkpoint_that_cannot_be_synced_fails),
		ON_DISK(opening_on_a_full_disk_leaves_nothing_by_that_name),
		ON_DISK(a_read_that_failed_in_silence_stops_the_commit),
		ON_DISK(a_transaction_that_sqlite_undid_does_not_commit),
		ON_DISK(a_full_disk_at_any_write_loses_nothing),
		ON_DISK(an_error_at_any_write_loses_nothing),
		ON_DISK(an_error_at_any_sync_loses_nothing),
		ON_DISK(an_error_at_any_read_loses_nothing),
	};

	faulty_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
