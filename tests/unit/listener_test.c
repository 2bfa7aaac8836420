/* SPDX-License-Identifier: ISC */
/* rooms: ssh confine proto */
/*
 * listener_test.c - who is let to the door: starts, penalties, the heart of a
 * session, and where connections come from.  Time and dice are values.
 */
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>

#include "../../server/ssh/address.h"
#include "../../server/ssh/child.h"
#include "../../server/ssh/limit.h"
#include "../../server/ssh/penalty.h"

static struct address
from(const char *text)
{
	struct block b;

	assert_int_equal(block_parse(text, &b), 0);
	return b.base;
}

static const struct limits limits = LIMITS_DEFAULT;

static enum limit_verdict
verdict(int connections, int starts, int source_starts, unsigned dice)
{
	struct limit_counts n = { connections, starts, source_starts };

	return limit_start(&limits, &n, dice);
}

static void
a_quiet_door_is_open(void **st)
{
	(void)st;
	assert_int_equal(verdict(0, 0, 0, 0), LIMIT_OK);
	assert_int_equal(verdict(500, 31, 7, 0), LIMIT_OK);
}

static void
one_source_starts_eight(void **st)
{
	(void)st;
	assert_int_equal(verdict(8, 8, 7, 0), LIMIT_OK);
	assert_int_equal(verdict(8, 8, 8, 0), LIMIT_SOURCE);
}

static void
all_together_start_sixty_four(void **st)
{
	(void)st;
	assert_int_equal(verdict(64, 63, 0, 99), LIMIT_OK);
	assert_int_equal(verdict(64, 64, 0, 99), LIMIT_STARTS);
	assert_int_equal(verdict(512, 0, 0, 99), LIMIT_FULL);
}

static void
from_thirty_two_the_dice_decide(void **st)
{
	int refused = 0, before = 0, starts;
	unsigned dice;

	(void)st;
	for (dice = 0; dice < 100; dice++)
		refused += verdict(32, 32, 0, dice) == LIMIT_EARLY;
	assert_int_equal(refused, 30);
	for (starts = 32; starts < 64; starts++) {
		refused = 0;
		for (dice = 0; dice < 100; dice++)
			refused += verdict(64, starts, 0, dice) == LIMIT_EARLY;
		assert_true(refused >= before);
		before = refused;
	}
	assert_in_range(before, 95, 100);
}

static struct penalty *
debts(const struct address *a, enum penalty_kind k, int times, int64_t every)
{
	struct penalty *p = penalty_new(1);
	int i;

	for (i = 0; i < times; i++)
		penalty_add(p, a, k, i * every);
	return p;
}

static void
one_failure_is_forgiven_four_are_not(void **st)
{
	struct address a = from("10.0.0.1");
	struct penalty *p = penalty_new(7);

	(void)st;
	penalty_add(p, &a, PENALTY_AUTHFAIL, 0);
	assert_false(penalty_blocks(p, &a, 0));
	penalty_add(p, &a, PENALTY_AUTHFAIL, 100);
	assert_false(penalty_blocks(p, &a, 100));
	penalty_add(p, &a, PENALTY_AUTHFAIL, 200);
	penalty_add(p, &a, PENALTY_AUTHFAIL, 300);
	assert_true(penalty_blocks(p, &a, 300));
	assert_true(penalty_blocks(p, &a, 19999));
	assert_false(penalty_blocks(p, &a, 20000));
	penalty_free(p);
}

static void
failures_far_apart_never_add_up(void **st)
{
	struct address a = from("10.0.0.1");
	struct penalty *p = debts(&a, PENALTY_AUTHFAIL, 1000, 5000);

	(void)st;
	assert_false(penalty_blocks(p, &a, 999 * 5000));
	penalty_free(p);
}

static void
one_crash_blocks_at_once(void **st)
{
	struct address a = from("10.0.0.1"), b = from("10.0.0.2");
	struct penalty *p = debts(&a, PENALTY_CRASH, 1, 0);

	(void)st;
	assert_true(penalty_blocks(p, &a, 1));
	assert_true(penalty_blocks(p, &a, 89999));
	assert_false(penalty_blocks(p, &a, 90000));
	assert_false(penalty_blocks(p, &b, 1));
	penalty_free(p);
}

static void
nobody_owes_more_than_ten_minutes(void **st)
{
	struct address a = from("10.0.0.1");
	struct penalty *p = debts(&a, PENALTY_CRASH, 100, 0);

	(void)st;
	assert_true(penalty_blocks(p, &a, 599999));
	assert_false(penalty_blocks(p, &a, 600000));
	penalty_free(p);
}

static void
a_debt_that_bites_bites_to_its_end(void **st)
{
	struct address a = from("10.0.0.1");
	struct penalty *p = debts(&a, PENALTY_GRACE, 2, 0);

	(void)st;
	assert_true(penalty_blocks(p, &a, 0));
	assert_true(penalty_blocks(p, &a, 19000));	/* one second is left */
	assert_false(penalty_blocks(p, &a, 20000));
	penalty_add(p, &a, PENALTY_NOAUTH, 20000);	/* and counts anew */
	assert_false(penalty_blocks(p, &a, 20001));
	penalty_free(p);
}

static struct address
nth(uint32_t i)
{
	struct address a = from("10.0.0.0");

	a.ip[12] = (uint8_t)(i >> 24);
	a.ip[13] = (uint8_t)(i >> 16);
	a.ip[14] = (uint8_t)(i >> 8);
	a.ip[15] = (uint8_t)i;
	return a;
}

static void
a_hundred_thousand_sources_fit_in_the_bound(void **st)
{
	struct penalty *p = penalty_new(42);
	struct address a;
	uint32_t i;

	(void)st;
	for (i = 0; i < 100000; i++) {
		a = nth(i);
		penalty_add(p, &a, PENALTY_CRASH, 1000);
		assert_true(penalty_count(p) <= PENALTY_SOURCES);
	}
	assert_int_equal(penalty_count(p), PENALTY_SOURCES);
	a = nth(0);			/* the old are not forgiven, */
	assert_true(penalty_blocks(p, &a, 1001));
	a = nth(99999);			/* the new go free, */
	assert_false(penalty_blocks(p, &a, 1001));
	penalty_add(p, &a, PENALTY_CRASH, 91000);	/* when there is room */
	assert_true(penalty_blocks(p, &a, 91001));
	assert_int_equal(penalty_count(p), 1);
	penalty_free(p);
}

static void
a_source_is_an_address_or_a_64(void **st)
{
	struct address a = from("2001:db8:1:2:3::4"), b;

	(void)st;
	b = address_block(&a);
	a = from("2001:db8:1:2::");
	assert_true(address_equal(&a, &b));
	a = from("192.0.2.7");
	b = address_block(&a);
	assert_true(address_equal(&a, &b));
}

static void
both_families_are_taken_and_shown(void **st)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
	struct sockaddr other = { .sa_family = AF_UNIX };
	struct address a;
	char text[ADDRESS_TEXT];

	(void)st;
	(void)inet_pton(AF_INET, "192.0.2.7", &v4.sin_addr);
	assert_true(address_take((struct sockaddr *)&v4, &a));
	assert_string_equal(address_text(&a, text), "192.0.2.7");
	(void)inet_pton(AF_INET6, "2001:db8::1", &v6.sin6_addr);
	assert_true(address_take((struct sockaddr *)&v6, &a));
	assert_string_equal(address_text(&a, text), "2001:db8::1");
	assert_false(address_take(&other, &a));
}

static void
blocks_are_read_and_matched(void **st)
{
	static const struct {
		const char *block, *address;
		bool has;
	} rows[] = {
		{ "127.0.0.0/8", "127.9.8.7", true },
		{ "127.0.0.0/8", "128.0.0.1", false },
		{ "10.0.0.0/9", "10.127.0.1", true },
		{ "10.0.0.0/9", "10.128.0.1", false },
		{ "10.1.2.3", "10.1.2.3", true },
		{ "10.1.2.3", "10.1.2.4", false },
		{ "2001:db8::/32", "2001:db8:ffff::1", true },
		{ "2001:db8::/32", "2001:db9::1", false },
		{ "0.0.0.0/0", "1.2.3.4", true },
		{ "0.0.0.0/0", "2001:db8::1", false },
	};
	static const char *const bad[] = { "", "/", "10.0.0.0/33",
		"10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8x", "x", "::/129" };
	struct address a;
	struct block b;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(block_parse(rows[i].block, &b), 0);
		a = from(rows[i].address);
		assert_int_equal(block_has(&b, &a), rows[i].has);
	}
	for (i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(block_parse(bad[i], &b), -ERR_USAGE);
}

static struct child
session(const char *login)
{
	struct child c = { .pid = 1, .leash = -1 };

	(void)snprintf(c.login, sizeof c.login, "%s", login);
	return c;
}

static void
a_session_is_ended_for_good_reason_only(void **st)
{
	struct child c = session("");

	(void)st;
	c.heard_at = 30000;
	assert_int_equal(child_judge(&c, &limits, 30999), CHILD_DOOM_NONE);
	assert_int_equal(child_judge(&c, &limits, 31000), CHILD_DOOM_GRACE);
	c = session("ana");		/* proved: no hurry */
	c.heard_at = 100000;
	assert_int_equal(child_judge(&c, &limits, 104999), CHILD_DOOM_NONE);
	assert_int_equal(child_judge(&c, &limits, 105000), CHILD_DOOM_SILENT);
	c.kill_at = 103000;
	assert_int_equal(child_judge(&c, &limits, 103000), CHILD_DOOM_SLOW);
	c.doom = CHILD_DOOM_SLOW;	/* once is enough */
	assert_int_equal(child_judge(&c, &limits, 200000), CHILD_DOOM_NONE);
}

/* Statuses as waitpid() gives them. */
static int
exited(int status)
{
	return status << 8;
}

static void
penalties_follow_from_the_end(void **st)
{
	struct child c = session("");

	(void)st;
	assert_int_equal(child_penalty(&c, exited(SESSION_END_DONE)),
	    PENALTY_NONE);
	assert_int_equal(child_penalty(&c, exited(SESSION_END_NOAUTH)),
	    PENALTY_NOAUTH);
	assert_int_equal(child_penalty(&c, exited(SESSION_END_AUTHFAIL)),
	    PENALTY_AUTHFAIL);
	assert_int_equal(child_penalty(&c, exited(SESSION_END_GRACE)),
	    PENALTY_GRACE);
	assert_int_equal(child_penalty(&c, exited(SESSION_END_ABUSE)),
	    PENALTY_ABUSE);
	assert_int_equal(child_penalty(&c, exited(SESSION_END_INTERNAL)),
	    PENALTY_NONE);
	assert_int_equal(child_penalty(&c, exited(99)), PENALTY_CRASH);
	assert_int_equal(child_penalty(&c, SIGSEGV), PENALTY_CRASH);
	c.doom = CHILD_DOOM_GRACE;
	assert_int_equal(child_penalty(&c, SIGKILL), PENALTY_GRACE);
	c.doom = CHILD_DOOM_SLOW;
	assert_int_equal(child_penalty(&c, SIGKILL), PENALTY_NONE);
}

static void
whoever_has_a_name_costs_the_source_nothing(void **st)
{
	struct child c = session("ana");

	(void)st;
	assert_int_equal(child_penalty(&c, SIGSEGV), PENALTY_NONE);
	assert_int_equal(child_penalty(&c, exited(SESSION_END_ABUSE)),
	    PENALTY_NONE);
	c.doom = CHILD_DOOM_SILENT;
	assert_int_equal(child_penalty(&c, SIGKILL), PENALTY_NONE);
}

static void
the_table_counts_starts_and_people(void **st)
{
	struct address a = from("10.0.0.1"), b = from("10.0.0.2");
	struct children cs;
	struct limit_counts n;
	struct child *c;

	(void)st;
	children_init(&cs, 3);
	assert_non_null(children_add(&cs, 11, -1, &a, 0));
	c = children_add(&cs, 12, -1, &a, 0);
	(void)snprintf(c->login, sizeof c->login, "ana");
	assert_non_null(children_add(&cs, 13, -1, &b, 0));
	assert_null(children_add(&cs, 14, -1, &b, 0));
	n = children_count(&cs, &a);
	assert_int_equal(n.connections, 3);
	assert_int_equal(n.starts, 2);
	assert_int_equal(n.source_starts, 1);
	assert_int_equal(children_of(&cs, "ana"), 1);
	children_del(&cs, children_find(&cs, 11));
	assert_null(children_find(&cs, 11));
	assert_int_equal(children_find(&cs, 13)->pid, 13);
	assert_int_equal(children_of(&cs, "ana"), 1);
	children_clear(&cs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_quiet_door_is_open),
		cmocka_unit_test(one_source_starts_eight),
		cmocka_unit_test(all_together_start_sixty_four),
		cmocka_unit_test(from_thirty_two_the_dice_decide),
		cmocka_unit_test(one_failure_is_forgiven_four_are_not),
		cmocka_unit_test(failures_far_apart_never_add_up),
		cmocka_unit_test(one_crash_blocks_at_once),
		cmocka_unit_test(nobody_owes_more_than_ten_minutes),
		cmocka_unit_test(a_debt_that_bites_bites_to_its_end),
		cmocka_unit_test(a_hundred_thousand_sources_fit_in_the_bound),
		cmocka_unit_test(a_source_is_an_address_or_a_64),
		cmocka_unit_test(both_families_are_taken_and_shown),
		cmocka_unit_test(blocks_are_read_and_matched),
		cmocka_unit_test(a_session_is_ended_for_good_reason_only),
		cmocka_unit_test(penalties_follow_from_the_end),
		cmocka_unit_test(whoever_has_a_name_costs_the_source_nothing),
		cmocka_unit_test(the_table_counts_starts_and_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
