/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/* calendar_test.c - holidays, working days, zones and recurrences. */
#include "test.h"

#include "../../server/engine/calendar.h"

static struct calendar *mx;

static int
calendar_setup(void **st)
{
	char *text = test_read("server/calendars/mx.ics");
	struct why why;

	(void)st;
	assert_int_equal(calendar_load(text, &mx, &why), 0);
	free(text);
	return 0;
}

static int
calendar_teardown(void **st)
{
	(void)st;
	calendar_free(mx);
	return 0;
}

static void
the_days_of_article_74_are_not_worked(void **st)
{
	/* 2026: Mondays 2 February, 16 March and 16 November. */
	static const char *const days[] = { "2025-01-01", "2025-02-03",
		"2025-03-17", "2025-05-01", "2025-09-16", "2025-11-17",
		"2025-12-25", "2026-02-02", "2026-03-16", "2026-11-16",
		"2027-02-01", "2028-11-20", "2030-01-01", "2030-10-01" };
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(days); i++) {
		assert_false(calendar_is_working(mx, days[i]));
		assert_non_null(calendar_holiday(mx, days[i]));
	}
	assert_string_equal(calendar_holiday(mx, "2026-12-25"), "Navidad");
	assert_null(calendar_holiday(mx, "2026-02-05"));
	assert_null(calendar_holiday(mx, "2026-10-01"));
	assert_null(calendar_holiday(mx, "no es fecha"));
}

static void
saturdays_and_sundays_are_never_worked(void **st)
{
	(void)st;
	assert_true(calendar_is_working(mx, "2026-11-20"));	/* Friday */
	assert_false(calendar_is_working(mx, "2026-11-21"));
	assert_false(calendar_is_working(mx, "2026-11-22"));
	assert_true(calendar_is_working(mx, "2026-11-23"));
	assert_true(calendar_is_working(NULL, "2026-12-25"));
	assert_false(calendar_is_working(NULL, "2026-12-26"));
}

static void
working_days_are_counted_over_holidays(void **st)
{
	char out[11];

	(void)st;
	/* Friday 13 to Tuesday 17 November 2026, with Monday not worked. */
	assert_int_equal(calendar_between(mx, "2026-11-13", "2026-11-17"), 1);
	assert_int_equal(calendar_between(mx, "2026-11-17", "2026-11-13"), -1);
	assert_int_equal(calendar_between(mx, "2026-11-17", "2026-11-17"), 0);
	calendar_add_working(mx, "2026-11-13", 1, out);
	assert_string_equal(out, "2026-11-17");
	calendar_add_working(mx, "2026-11-17", -1, out);
	assert_string_equal(out, "2026-11-13");
	calendar_add("2026-12-30", 3, out);
	assert_string_equal(out, "2027-01-02");
	calendar_add("2028-03-01", -1, out);
	assert_string_equal(out, "2028-02-29");
}

static void
only_real_dates_are_dates(void **st)
{
	static const char *const bad[] = { "", "2026-1-1", "2026-02-29",
		"2026-13-01", "2026-00-10", "26-01-01", "2026/01/01",
		"2026-01-01T", "abcd-ef-gh" };
	size_t i;

	(void)st;
	assert_true(calendar_is_date("2028-02-29"));
	assert_true(calendar_is_date("2026-12-31"));
	assert_false(calendar_is_date(NULL));
	for (i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(calendar_is_date(bad[i]));
}

/* UTC instant, zone, and the local date and time it is there. */
static const struct {
	const char *utc, *zone, *date, *time;
} zones[] = {
	{ "2026-11-23T16:30:00Z", "America/Hermosillo", "2026-11-23", "09:30:00" },
	{ "2026-07-23T16:30:01Z", "America/Hermosillo", "2026-07-23", "09:30:01" },
	{ "2026-07-23T05:59:59Z", "America/Mexico_City", "2026-07-22", "23:59:59" },
	{ "2026-01-23T06:00:00Z", "America/Mexico_City", "2026-01-23", "00:00:00" },
	{ "2026-07-23T16:30:00Z", "America/Tijuana", "2026-07-23", "09:30:00" },
	{ "2026-12-23T16:30:00Z", "America/Tijuana", "2026-12-23", "08:30:00" },
	{ "2030-07-23T16:30:00Z", "America/Tijuana", "2030-07-23", "09:30:00" },
	{ "2030-07-23T16:30:00Z", "America/Mexico_City", "2030-07-23", "10:30:00" },
	{ "2026-07-23T16:30:00Z", "America/Cancun", "2026-07-23", "11:30:00" },
	{ "2026-07-23T16:30:00Z", "UTC", "2026-07-23", "16:30:00" },
};

static void
an_office_has_its_own_hour(void **st)
{
	char date[11], time[9], back[WHEN_TEXT];
	struct when t, u;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(zones); i++) {
		assert_int_equal(when_parse(zones[i].utc, &t), 0);
		calendar_local(zones[i].zone, t, date, time);
		assert_string_equal(date, zones[i].date);
		assert_string_equal(time, zones[i].time);
		assert_int_equal(calendar_instant(zones[i].zone, date, time,
		    &u), 0);
		assert_string_equal(when_text(u, back), zones[i].utc);
	}
}

static void
an_hour_that_is_none_is_refused(void **st)
{
	struct when t;

	(void)st;
	assert_int_equal(calendar_instant("UTC", "2026-02-30", "10:00", &t),
	    -ERR_USAGE);
	assert_int_equal(calendar_instant("UTC", "2026-02-20", "24:00", &t),
	    -ERR_USAGE);
	assert_int_equal(calendar_instant("UTC", "2026-02-20", "9:30", &t),
	    -ERR_USAGE);
	assert_int_equal(calendar_instant("UTC", "2026-02-20", NULL, &t),
	    -ERR_USAGE);
	assert_int_equal(calendar_instant("UTC", "2026-02-20", "09:30:15", &t),
	    0);
}

static void
recurrences_fall_where_they_should(void **st)
{
	(void)st;
	assert_true(calendar_recurs("FREQ=DAILY", "2026-01-01", "2029-12-31"));
	assert_false(calendar_recurs("FREQ=DAILY", "2026-01-02", "2026-01-01"));
	assert_true(calendar_recurs("FREQ=WEEKLY;BYDAY=MO", "2026-01-01",
	    "2026-11-23"));
	assert_false(calendar_recurs("FREQ=WEEKLY;BYDAY=MO", "2026-01-01",
	    "2026-11-24"));
	assert_true(calendar_recurs("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-01",
	    "2028-02-29"));
	assert_false(calendar_recurs("cada lunes", "2026-01-01", "2026-01-05"));
}

static void
a_text_that_is_no_calendar_is_refused(void **st)
{
	struct calendar *c = NULL;
	struct why why;

	(void)st;
	assert_int_equal(calendar_load("hola", &c, &why), -ERR_USAGE);
	assert_null(c);
	assert_int_equal(calendar_load("BEGIN:VCALENDAR\nBEGIN:VEVENT\n"
	    "DTSTART;VALUE=DATE:20261228\nDTEND;VALUE=DATE:20261231\n"
	    "SUMMARY:Vacaciones\nEND:VEVENT\nEND:VCALENDAR\n", &c, &why), 0);
	assert_false(calendar_is_working(c, "2026-12-28"));
	assert_false(calendar_is_working(c, "2026-12-30"));
	assert_true(calendar_is_working(c, "2026-12-31"));
	calendar_free(c);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_days_of_article_74_are_not_worked),
		cmocka_unit_test(saturdays_and_sundays_are_never_worked),
		cmocka_unit_test(working_days_are_counted_over_holidays),
		cmocka_unit_test(only_real_dates_are_dates),
		cmocka_unit_test(an_office_has_its_own_hour),
		cmocka_unit_test(an_hour_that_is_none_is_refused),
		cmocka_unit_test(recurrences_fall_where_they_should),
		cmocka_unit_test(a_text_that_is_no_calendar_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, calendar_setup,
	    calendar_teardown);
}
