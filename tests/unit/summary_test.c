/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * summary_test.c - the mail of the day: to whoever wishes it and nobody else,
 * at its hour, one a day however often the core dies, with no word of a case
 * beyond folio, step, what is asked and when.
 */
#include "bureau.h"
#include "../../server/core/job.h"

static void
tick_at(struct bureau *o, const char *utc)
{
	struct why why;

	bureau_clock(o, utc);
	core_tick(o->c);
	assert_int_equal(core_commit(o->c, &why), 0);
}

struct kept {
	int waiting, ended;
	char body[8192];
};

static int
kept_on_job(void *arg, const struct job_row *row)
{
	struct kept *k = arg;

	if (strcmp(row->kind, "summary") != 0)
		return 0;
	if (row->state == JOB_WAITING) {
		k->waiting++;
		(void)snprintf(k->body, sizeof k->body, "%s", row->body);
	} else {
		k->ended++;
	}
	return 0;
}

static struct kept
kept(struct bureau *o)
{
	struct kept k = { .waiting = 0 };

	(void)store_each_job(o->c->store, kept_on_job, &k);
	return k;
}

/* Two have an address, one of them wishes it. */
static void
two_addresses(struct bureau *o)
{
	bureau_ok(o, "jefa",
	    "destinatario alta avisos d@oficina.mx nombre=difu");
	bureau_ok(o, "jefa",
	    "destinatario alta avisos m@oficina.mx nombre=moni");
	bureau_ok(o, "difu", "preferencia summary yes");
}

static void
it_goes_once_a_day_at_its_hour_to_who_wishes_it(void **st)
{
	struct bureau *o = *st;
	char folio[32];
	struct kept k;
	int i;

	two_addresses(o);
	bureau_bulletin(o, "difu", folio);
	tick_at(o, "2026-11-24T14:29:59Z");	/* 07:29:59 */
	assert_int_equal(kept(o).waiting, 0);
	for (i = 0; i < 3; i++) {
		tick_at(o, "2026-11-24T14:30:00Z");
		bureau_open(o);
	}
	k = kept(o);
	assert_int_equal(k.waiting, 1);
	assert_non_null(strstr(k.body, "d@oficina.mx"));
	assert_non_null(strstr(k.body, folio));
	assert_non_null(strstr(k.body, "1.1"));
	assert_null(strstr(k.body, "Feria"));	/* what it is about stays */
	tick_at(o, "2026-11-25T14:30:00Z");
	assert_int_equal(kept(o).waiting, 2);
}

/* The core ends before the commit: nothing of that turn was put. */
static void
a_core_that_ends_puts_it_once(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	two_addresses(o);
	bureau_bulletin(o, "difu", folio);
	bureau_clock(o, "2026-11-24T14:30:00Z");
	core_tick(o->c);
	assert_true(core_is_dirty(o->c));
	bureau_open(o);
	assert_int_equal(kept(o).waiting, 0);
	tick_at(o, "2026-11-24T15:00:00Z");
	tick_at(o, "2026-11-24T15:00:20Z");
	assert_int_equal(kept(o).waiting, 1);
}

/* What comes later that day is told the next one. */
static void
where_nothing_waits_nothing_goes(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	two_addresses(o);
	tick_at(o, "2026-11-24T14:30:00Z");
	assert_int_equal(kept(o).waiting, 0);
	bureau_bulletin(o, "difu", folio);
	tick_at(o, "2026-11-24T16:00:00Z");
	bureau_open(o);
	tick_at(o, "2026-11-24T17:00:00Z");
	assert_int_equal(kept(o).waiting, 0);
	tick_at(o, "2026-11-25T14:30:00Z");
	assert_int_equal(kept(o).waiting, 1);
}

static void
only_to_an_address_that_the_head_approved_for_an_account(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_ok(o, "difu", "preferencia summary yes");
	bureau_bulletin(o, "difu", folio);
	bureau_no(o, "difu", 1, "jefatura",
	    "destinatario alta avisos d@casa.mx nombre=difu");
	bureau_no(o, "jefa", 1, "su cuenta",
	    "destinatario alta avisos d@casa.mx nombre='Diana Fuentes'");
	bureau_no(o, "jefa", 1, "su cuenta",
	    "destinatario alta avisos d@casa.mx");
	tick_at(o, "2026-11-24T14:30:00Z");
	assert_int_equal(kept(o).waiting, 0);
	/* An account that was closed, an address that was taken away. */
	two_addresses(o);
	bureau_ok(o, "jefa", "destinatario baja avisos d@oficina.mx");
	bureau_ok(o, "moni", "preferencia summary yes");
	bureau_ok(o, NULL, "persona-baja moni");
	tick_at(o, "2026-11-25T14:30:00Z");
	assert_int_equal(kept(o).waiting, 0);
	assert_int_equal(kept(o).ended, 0);
}

/* The hour is a setting of the unit. */
static void
the_hour_is_a_setting(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	two_addresses(o);
	bureau_ok(o, "jefa", "ajuste summary_at 18:00");
	bureau_bulletin(o, "difu", folio);
	tick_at(o, "2026-11-25T00:59:00Z");
	assert_int_equal(kept(o).waiting, 0);
	tick_at(o, "2026-11-25T01:00:00Z");
	assert_int_equal(kept(o).waiting, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(it_goes_once_a_day_at_its_hour_to_who_wishes_it),
		IN_BUREAU(a_core_that_ends_puts_it_once),
		IN_BUREAU(where_nothing_waits_nothing_goes),
		IN_BUREAU(
		    only_to_an_address_that_the_head_approved_for_an_account),
		IN_BUREAU(the_hour_is_a_setting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
