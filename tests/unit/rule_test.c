/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/* rule_test.c - what expressions can say, and what they can never do. */
#include "test.h"

#include "../../server/engine/calendar.h"
#include "../../server/engine/rule.h"

/* Monday 16 November 2026 is not worked. */
static const char holidays[] =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//pauta//test//ES\r\n"
    "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
    "DTSTART;VALUE=DATE:20261116\r\nSUMMARY:Revolución\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n";

static struct setting settings[] = {
	{ .id = (char *)"release", .type = (char *)"text",
	    .initial = (char *)"soon" },
};
static struct procedure procedure = { .settings = settings,
	.settings_count = 1 };
static struct step step_22 = { .number = (char *)"2.2" };
static struct step step_23 = { .number = (char *)"2.3" };
static struct step step_24 = { .number = (char *)"2.4" };
static struct done dones[] = {
	{ .st = &step_22, .outcome = (char *)"done" },
	{ .st = &step_23, .outcome = (char *)"approved" },
	{ .st = &step_22, .outcome = (char *)"done" },
	{ .st = &step_23, .outcome = (char *)"returned" },
	{ .st = &step_24, .outcome = (char *)"skipped" },
};
static struct row rows[] = { { .id = 1, .open = true }, { .id = 2 } };
static struct kase kase = { .p = &procedure, .dones = dones,
	.dones_count = ARRAY_LEN(dones), .rows = rows, .rows_count = 2,
	.rounds = 3, .title = (char *)"Vacunación",
	.day = (char *)"2026-11-13" };

static struct world world;
static json_t *values, *taken;

static const char *
world_setting(void *arg, const char *id)
{
	(void)arg;
	return strcmp(id, "daily_scope") == 0 ? "all_days" : NULL;
}

static int64_t
world_counter(void *arg, const char *name)
{
	(void)arg;
	return strcmp(name, "sintesis-2026") == 0 ? 41 : 0;
}

static bool
world_is_person(void *arg, const char *login)
{
	(void)arg;
	return strcmp(login, "ana") == 0;
}

static int
rule_setup(void **state)
{
	struct calendar *cal = NULL;
	struct why why;

	(void)state;
	assert_int_equal(calendar_load(holidays, &cal, &why), 0);
	world = (struct world){ .zone = "America/Hermosillo", .calendar = cal,
		.rules = rules_new(), .setting = world_setting,
		.counter = world_counter, .is_person = world_is_person };
	assert_int_equal(when_parse("2026-11-24T05:30:00Z", &world.now), 0);
	kase.opened = world.now;
	taken = json_object();
	values = json_loads("{\"n\": 5, \"yes\": true, \"no\": false,"
	    "\"word\": \"hola\", \"empty\": \"\", \"none\": [], \"nil\": null,"
	    "\"x\": \"2026-11-13\", \"half\": 0.5,"
	    "\"media\": [\"radio\", \"web\"], \"kind\": \"radio\","
	    "\"list\": [{\"who\": \"Ana\", \"ok\": true, \"n\": 2},"
	    " {\"who\": \"\", \"ok\": false, \"n\": 2}],"
	    "\"photos\": [{\"name\": \"a.jpg\"}, {\"name\": \"b.jpg\"}],"
	    "\"said\": [{\"item\": 1, \"verdict\": \"regresar\"},"
	    " {\"item\": 2, \"verdict\": \"regresar\"},"
	    " {\"item\": 2, \"verdict\": \"aprobar\"}]}", 0, NULL);
	assert_non_null(values);
	return 0;
}

static int
rule_teardown(void **state)
{
	(void)state;
	json_decref(values);
	json_decref(taken);
	rules_free(world.rules);
	calendar_free((struct calendar *)world.calendar);
	return 0;
}

/* Evaluate and compare, written as JSON. */
static void
is(const char *expr, const char *want)
{
	struct scope sc = { .ca = &kase, .values = values, .w = &world,
		.taken = taken };
	json_t *j = rule_eval(expr, &sc);
	char *got = json_dumps(j, JSON_ENCODE_ANY | JSON_COMPACT);

	if (strcmp(got, want) != 0)
		fail_msg("%s gave %s, not %s", expr, got, want);
	free(got);
	json_decref(j);
}

static void
a_name_is_the_latest_value(void **state)
{
	(void)state;
	is(":n", "5");
	is(":n + 1", "6");
	is(":half * 2", "1.0");
	is(":word || '!'", "\"hola!\"");
	is(":yes", "true");
	is(":yes + 0", "1");
	is("not :yes", "0");
	is(":absent", "null");
	is(":absent is null and :empty is null and :none is null and :nil is "
	    "null", "1");
	is(":media", "[\"radio\",\"web\"]");
	is(":title || ' ' || :day", "\"Vacunación 2026-11-13\"");
	is(":opened_at", "\"2026-11-24T05:30:00Z\"");
}

static void
true_is_what_a_spreadsheet_would_say(void **state)
{
	struct scope sc = { .values = values, .w = &world };

	(void)state;
	assert_true(rule_is_true(NULL, &sc));
	assert_true(rule_is_true("yes", &sc));
	assert_false(rule_is_true("no", &sc));
	assert_true(rule_is_true(":yes", &sc));
	assert_false(rule_is_true(":no", &sc));
	assert_false(rule_is_true(":absent", &sc));
	assert_false(rule_is_true("not :absent", &sc));
	assert_true(rule_is_true(":n > 4 and :word = 'hola'", &sc));
	assert_false(rule_is_true(":n between 6 and 9", &sc));
	assert_true(rule_is_true(":kind in ('radio', 'web')", &sc));
}

static void
lists_are_counted_and_searched(void **state)
{
	(void)state;
	is("count(:list)", "2");
	is("count(:absent)", "0");
	is("count(:word)", "1");
	is("has(:media, 'web')", "1");
	is("has(:media, 'tv')", "0");
	is("has(:kind, 'radio')", "1");
	is("has(:photos, 'b.jpg')", "1");
	is("count_where(:list, 'who', 'Ana')", "1");
	is("count_where(:list, 'ok', 0)", "1");
	is("count_where(:list, 'n', 2)", "2");
	is("count_where(:list, 'who', null)", "1");
	is("filled(:list, 'n')", "1");
	is("filled(:list, 'who')", "0");
	is("filled(:absent, 'who')", "1");
	is("blank(:none) and blank(:empty) and not blank(:n)", "1");
}

static void
the_last_verdict_on_an_item_counts(void **state)
{
	(void)state;
	is("approved_items(:said)", "1");
	is("approved_items(:absent)", "0");
	is("item_approved(:photos, :said, 'b.jpg')", "1");
	is("item_approved(:photos, :said, '2')", "1");
	is("item_approved(:photos, :said, 'a.jpg')", "0");
	is("item_approved(:photos, :said, 'c.jpg')", "0");
	is("item_approved(:list, :said, 'Ana')", "0");
}

static void
the_case_is_asked_for_its_answers(void **state)
{
	(void)state;
	is("done('2.2')", "1");
	is("done('2.3')", "0");
	is("done('2.4')", "0");
	is("done('9.9')", "0");
	is("approved('2.3')", "0");
	is("outcome('2.3')", "\"returned\"");
	is("outcome('9.9')", "null");
	is("versions('2.2')", "2");
	is("versions('2.4')", "0");
	is("rounds()", "3");
	is("open_rows()", "1");
}

static void
without_a_case_nothing_was_done(void **state)
{
	struct scope sc = { .values = values, .w = &world };

	(void)state;
	assert_false(rule_is_true("done('2.2') or rounds() > 0", &sc));
	assert_true(rule_is_true("next('x') = 1 and next('x') = 1", &sc));
}

static void
settings_come_from_the_office_or_from_the_file(void **state)
{
	(void)state;
	is("setting('daily_scope')", "\"all_days\"");
	is("setting('release')", "\"soon\"");
	is("setting('other')", "null");
	is("is_person('ana')", "1");
	is("is_person(:word)", "0");
	is("is_person(:absent)", "0");
}

static void
a_counter_gives_each_number_once(void **state)
{
	(void)state;
	is("last('sintesis-2026')", "41");
	is("next('sintesis-' || year('2026-11-13'))", "42");
	is("next('sintesis-2026')", "43");
	is("last('sintesis-2026')", "43");
	is("next('fresh')", "1");
	assert_int_equal(json_integer_value(json_object_get(taken,
	    "sintesis-2026")), 43);
	is("printf('%04d', next('fresh'))", "\"0002\"");
}

static void
days_are_days_of_the_office(void **state)
{
	(void)state;
	/* half past five in Greenwich is still the evening before */
	is("now()", "\"2026-11-24T05:30:00Z\"");
	is("today()", "\"2026-11-23\"");
	is("local_date(now())", "\"2026-11-23\"");
	is("local_time(now())", "\"22:30\"");
	is("at('2026-11-23', '09:30')", "\"2026-11-23T16:30:00Z\"");
	is("at(:absent, '09:30')", "null");
	is("at('2026-11-31', '09:30')", "null");
	is("add_minutes(now(), 15)", "\"2026-11-24T05:45:00Z\"");
	is("add_minutes(now(), '-45')", "\"2026-11-24T04:45:00Z\"");
	is("add_minutes('ayer', 15)", "null");
	is("add_minutes(now(), :absent)", "null");
	is("add_minutes(now(), 1000000000000)", "null");
	is("add_days(:x, 7)", "\"2026-11-20\"");
	is("add_days(:x, -13)", "\"2026-10-31\"");
	is("add_working_days(:x, 1)", "\"2026-11-17\"");
	is("working_days(:x, '2026-11-18')", "2");
	is("working_day('2026-11-16')", "0");
	is("working_day('2026-11-17')", "1");
	is("year(:x) * 100 + month(:x)", "202611");
	is("year('ayer')", "null");
	is("local_date('ayer')", "null");
}

static void
refused(const char *expr, const char *want)
{
	struct why why;

	assert_int_equal(rule_check(world.rules, expr, NULL, NULL, &why),
	    -ERR_USAGE);
	assert_string_equal(why.text, want);
	is(expr, "null");
}

static void
nothing_but_an_expression_compiles(void **state)
{
	(void)state;
	refused("(select 1)",
	    "no se permite usar consultas en una expresión");
	refused("1) union select (2", "no se permite usar consultas en una "
	    "expresión");
	refused("exists (select 1 from sqlite_master)",
	    "no se permite usar consultas en una expresión");
	refused("load_extension('/tmp/x')", "no se permite usar la función "
	    "«load_extension» en una expresión");
	refused("randomblob(1000000000)", "no se permite usar la función "
	    "«randomblob» en una expresión");
	refused("current_timestamp", "no se permite usar la función "
	    "«current_timestamp» en una expresión");
	refused("'a' glob 'b'", "no se permite usar la función «glob» en una "
	    "expresión");
	refused("1); pragma user_version = (2",
	    "debe ser una sola expresión");
	refused("1), (2", "debe ser una sola expresión");
	refused("1) --", "no se entiende cerca de \")\"");
	refused("  ", "está vacía");
	refused("\"word\"", "«word» no es un campo: se escriben con dos "
	    "puntos, «:campo»");
	refused("@n = 1", "los campos se escriben con dos puntos, «:campo»");
	refused("nada(1)", "la función «nada» no existe");
}

static bool
known_n(void *arg, const char *field)
{
	(*(int *)arg)++;
	return strcmp(field, "n") == 0;
}

static void
only_known_fields_pass(void **state)
{
	struct why why;
	int asked = 0;

	(void)state;
	assert_int_equal(rule_check(world.rules, ":n > 1 or :n < 0", known_n,
	    &asked, &why), 0);
	assert_int_equal(asked, 1);
	assert_int_equal(rule_check(world.rules, ":n > :m", known_n, &asked,
	    &why), -ERR_USAGE);
	assert_string_equal(why.text, "el campo «:m» no existe");
}

static void
what_looks_outside_is_not_closed(void **state)
{
	(void)state;
	assert_true(rule_is_closed(world.rules, ":n > count(:list)"));
	assert_false(rule_is_closed(world.rules, ":n > rounds()"));
	assert_false(rule_is_closed(world.rules, "setting('x') = 'y'"));
	assert_false(rule_is_closed(world.rules, "(("));
}

static void
what_is_too_large_is_refused(void **state)
{
	struct buf b;
	int i;

	(void)state;
	/* too long to be read, and too large to be made */
	buf_init(&b, FRAME_MAX);
	for (i = 0; i < 5000; i++)
		(void)buf_addf(&b, "1+");
	(void)buf_addf(&b, "1");
	refused(buf_str(&b), "es demasiado larga");
	buf_clear(&b);
	is("length(printf('%2000000d', 1))", "null");
}

static void
a_thousand_expressions_share_the_cache(void **state)
{
	char expr[32], want[16];
	int round, i;

	(void)state;
	for (round = 0; round < 2; round++)
		for (i = 0; i < 1500; i++) {
			snprintf(expr, sizeof expr, ":n + %d", i);
			snprintf(want, sizeof want, "%d", i + 5);
			is(expr, want);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_the_latest_value),
		cmocka_unit_test(true_is_what_a_spreadsheet_would_say),
		cmocka_unit_test(lists_are_counted_and_searched),
		cmocka_unit_test(the_last_verdict_on_an_item_counts),
		cmocka_unit_test(the_case_is_asked_for_its_answers),
		cmocka_unit_test(without_a_case_nothing_was_done),
		cmocka_unit_test(
		    settings_come_from_the_office_or_from_the_file),
		cmocka_unit_test(a_counter_gives_each_number_once),
		cmocka_unit_test(days_are_days_of_the_office),
		cmocka_unit_test(nothing_but_an_expression_compiles),
		cmocka_unit_test(only_known_fields_pass),
		cmocka_unit_test(what_looks_outside_is_not_closed),
		cmocka_unit_test(what_is_too_large_is_refused),
		cmocka_unit_test(a_thousand_expressions_share_the_cache),
	};

	return cmocka_run_group_tests(tests, rule_setup, rule_teardown);
}
