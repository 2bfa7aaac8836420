/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/* board_test.c - the board: every figure is its rows, and whose it is. */
#include "bureau.h"

static const json_t *
figure(const struct bureau *o, const char *id)
{
	json_t *f;
	size_t i;

	json_array_foreach(json_object_get(o->doc, "figures"), i, f)
		if (strcmp(json_string_value(json_object_get(f, "id")),
		    id) == 0)
			return f;
	fail_msg("no figure %s", id);
	return NULL;
}

static int
count(struct bureau *o, const char *login, const char *id)
{
	bureau_ok(o, login, "tablero");
	return (int)json_integer_value(json_object_get(figure(o, id),
	    "count"));
}

static long long
seconds(struct bureau *o, const char *id)
{
	bureau_ok(o, "jefa", "tablero");
	return json_integer_value(json_object_get(figure(o, id), "seconds"));
}

static const json_t *
office(const struct bureau *o, const char *id)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(o->doc, "offices"), i, one)
		if (strcmp(json_string_value(json_object_get(one, "id")),
		    id) == 0)
			return one;
	return NULL;
}

static const char *const ids[] = { "new", "taken", "approval", "returned",
	"overdue", "open", "closed", "day", "week", "month",
	"missing" };

/* Each figure has as many rows as it says, for that person. */
static void
rows_agree(struct bureau *o, const char *login)
{
	int said[ARRAY_LEN(ids)];
	size_t i;

	for (i = 0; i < ARRAY_LEN(ids); i++)
		said[i] = count(o, login, ids[i]);
	for (i = 0; i < ARRAY_LEN(ids); i++) {
		bureau_okf(o, login, "tablero %s", ids[i]);
		assert_int_equal(json_array_size(json_object_get(o->doc,
		    "rows")), said[i]);
		assert_int_equal(json_integer_value(json_object_get(o->doc,
		    "count")), said[i]);
	}
}

static void
what_is_counted_is_listed(void **st)
{
	struct bureau *o = *st;
	char a[32], b[32], c[32];

	bureau_bulletin(o, "difu", a);
	bureau_presented(o, "difu", b);
	bureau_presented(o, "difu", c);
	bureau_okf(o, "jefa", "devolver %s 1.3 motivo=x", c);
	bureau_okf(o, "difu", "tomar %s 1.1", a);
	assert_int_equal(count(o, "jefa", "open"), 3);
	assert_int_equal(count(o, "jefa", "taken"), 1);
	assert_int_equal(count(o, "jefa", "approval"), 1);
	assert_int_equal(count(o, "jefa", "returned"), 1);
	assert_int_equal(count(o, "jefa", "new"), 0);
	assert_int_equal(count(o, "jefa", "day"), 1);
	rows_agree(o, "jefa");
	bureau_ok(o, "jefa", "tablero por-aprobar");
	assert_string_equal(json_string_value(json_object_get(json_array_get(
	    json_object_get(o->doc, "rows"), 0), "folio")), b);
	bureau_no(o, "jefa", 3, "no tiene la cifra", "tablero nada");
}

/* Two waits of 10 and 30 minutes have a median of 20. */
static void
an_approval_s_wait_is_measured(void **st)
{
	struct bureau *o = *st;
	char a[32], b[32];

	bureau_presented(o, "difu", a);
	bureau_clock(o, "2026-11-23T16:10:00Z");
	bureau_okf(o, "jefa", "aprobar %s 1.3", a);
	assert_in_range(seconds(o, "day"), 598, 620);
	bureau_presented(o, "difu", b);
	bureau_clock(o, "2026-11-23T16:40:00Z");
	bureau_okf(o, "jefa", "devolver %s 1.3 motivo=x", b);
	assert_in_range(seconds(o, "day"), 1195, 1220);
	assert_int_equal(count(o, "jefa", "week"), 2);
	bureau_clock(o, "2026-11-26T16:40:00Z");
	assert_int_equal(count(o, "jefa", "day"), 0);
	assert_int_equal(count(o, "jefa", "week"), 2);
	bureau_ok(o, "jefa", "tablero");
	assert_true(json_is_null(json_object_get(figure(o, "day"),
	    "seconds")));
	rows_agree(o, "jefa");
}

static void
undone_is_not_decided(void **st)
{
	struct bureau *o = *st;
	char a[32];

	bureau_presented(o, "difu", a);
	bureau_okf(o, "jefa", "aprobar %s 1.3", a);
	assert_int_equal(count(o, "jefa", "day"), 1);
	bureau_open(o);			/* what it had in memory is gone */
	bureau_okf(o, "jefa", "deshacer %s", a);
	assert_int_equal(count(o, "jefa", "day"), 0);
	bureau_ok(o, NULL, "verificar --rebuild");
	assert_true(json_is_true(json_object_get(o->doc, "equal")));
}

static void
each_sees_what_he_supervises(void **st)
{
	static const char *const others[] = { "difu", "prod", "admin",
		"lector", "ana" };
	struct bureau *o = *st;
	char a[32], b[32];
	size_t i;

	bureau_bulletin(o, "difu", a);
	bureau_bulletin(o, "ana", b);
	for (i = 0; i < ARRAY_LEN(others); i++)
		bureau_no(o, others[i], 1, "supervisa", "tablero");
	assert_int_equal(count(o, "jefa", "open"), 2);
	assert_int_equal(count(o, "oic", "open"), 2);
	assert_int_equal(count(o, "jefabc", "open"), 1);
	assert_int_equal(json_array_size(json_object_get(o->doc,
	    "offices")), 1);
	assert_non_null(office(o, "bc"));
	rows_agree(o, "jefabc");
	bureau_ok(o, "jefa", "tablero abiertas oficina=bc");
	assert_int_equal(json_array_size(json_object_get(o->doc, "rows")), 1);
	bureau_no(o, "jefabc", 3, "que usted supervise",
	    "tablero abiertas oficina=central");
	/* A substitution for some approvals only does not supervise. */
	bureau_ok(o, "jefa", "suplencia persona=difu desde=hoy hasta=+1 "
	    "motivo=Viaje alcance=AP-06");
	bureau_ok(o, "difu", "suplir jefa si");
	bureau_no(o, "difu", 1, "supervisa", "tablero");
}

static void
ends_are_counted_by_week(void **st)
{
	struct bureau *o = *st;
	const json_t *weeks;
	char a[32], b[32];

	bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=redes title=Uno");
	(void)snprintf(a, sizeof a, "%s", bureau_text(o, "folio"));
	bureau_bulletin(o, "difu", b);
	bureau_okf(o, "jefa", "cancelar %s motivo=x", b);
	assert_int_equal(count(o, "jefa", "closed"), 0);
	weeks = json_object_get(office(o, "central"), "weeks");
	assert_int_equal(json_array_size(weeks), 12);
	assert_int_equal(json_integer_value(json_array_get(weeks, 11)), 0);
	rows_agree(o, "jefa");
}

static void
late_is_late_by_the_clock(void **st)
{
	struct bureau *o = *st;
	int before;

	bureau_ok(o, "moni", "bandeja");
	core_tick(o->c);
	bureau_clock(o, "2026-11-24T23:00:00Z");
	core_tick(o->c);
	before = count(o, "jefa", "overdue");
	bureau_clock(o, "2026-11-27T23:00:00Z");
	assert_true(count(o, "jefa", "overdue") > before);
	rows_agree(o, "jefa");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(what_is_counted_is_listed),
		IN_BUREAU(an_approval_s_wait_is_measured),
		IN_BUREAU(undone_is_not_decided),
		IN_BUREAU(each_sees_what_he_supervises),
		IN_BUREAU(ends_are_counted_by_week),
		IN_BUREAU(late_is_late_by_the_clock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
