/* SPDX-License-Identifier: ISC */
/* rooms: store proto */
/*
 * crash_test.c - kill -9 at a random moment, thirty times on one record: every
 * event that was acknowledged is there afterwards, and the chain holds.
 *
 * The child writes each number to a pipe when its commit returned; the parent
 * kills it after reading a random count of them, while it works on.
 */
#include <signal.h>

#include "temp.h"

enum { ROUNDS = 30, ACKS_MOST = 60, CHECKPOINT_PAGES = 40 };

static _Noreturn void
work_for_ever(const struct temp *t, int out)
{
	struct why why = { 0 };
	struct store *s;
	int64_t seq;
	int i;

	if (store_open(t->path, STORE_CREATE, &s, &why) < 0)
		_exit(1);
	for (i = 0;; i++) {
		if (store_begin(s, &why) < 0 ||
		    temp_append(s, i % 7, &why) < 0 ||
		    temp_append(s, i % 7, &why) < 0 ||
		    store_put_counter(s, "last", store_next_seq(s) - 1, &why) <
			0 ||
		    store_commit(s, &why) < 0)
			_exit(2);
		seq = store_next_seq(s) - 1;
		if (write(out, &seq, sizeof seq) != sizeof seq ||
		    store_checkpoint(s, CHECKPOINT_PAGES, &why) < 0)
			_exit(3);
	}
}

/* Start a child, kill it after so many acknowledgements; the last of them. */
static int64_t
one_round(const struct temp *t, uint32_t acks)
{
	int64_t seq = 0, last = 0;
	uint32_t i;
	int fds[2];
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	assert_true((pid = fork()) >= 0);
	if (pid == 0) {
		close(fds[0]);
		work_for_ever(t, fds[1]);
	}
	close(fds[1]);
	for (i = 0; i < acks; i++) {
		assert_int_equal(read(fds[0], &seq, sizeof seq), sizeof seq);
		last = seq;
	}
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(temp_wait(pid), -1);
	/* What it acknowledged before the signal came counts too. */
	while (read(fds[0], &seq, sizeof seq) == sizeof seq)
		last = seq;
	close(fds[0]);
	return last;
}

static void
what_was_acknowledged_survives_kill_9(void **st)
{
	struct temp *t = *st;
	struct why why = { 0 };
	int64_t acked, before = 0, count;
	struct store *s;
	uint32_t dice;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		hash_random(&dice, sizeof dice);
		acked = one_round(t, dice % ACKS_MOST + 1);
		assert_true(acked > before);
		s = temp_open(t, STORE_READONLY);
		if (store_verify(s, &count, &why) < 0)
			fail_msg("round %d: %s", i, why.text);
		/* One commit, of two events, may be there unacknowledged. */
		assert_in_range(count, acked, acked + 2);
		assert_int_equal(count % 2, 0);
		assert_int_equal(store_find_counter(s, "last"), count);
		store_free(s);
		before = count;
	}
	print_message("%d rounds, %lld events\n", ROUNDS, (long long)before);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		IN_FOLDER(what_was_acknowledged_survives_kill_9),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
