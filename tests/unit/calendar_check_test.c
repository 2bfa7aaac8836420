/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/*
 * calendar_check_test.c - a calendar of days not worked that is not whole is
 * refused in one sentence with its line, and never left half read.
 */
#include "test.h"

#include "../../server/engine/calendar.h"

#define HEAD "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//t\n"
#define TAIL "END:VCALENDAR\n"
#define EVENT(lines) HEAD "BEGIN:VEVENT\nUID:1\n" lines "END:VEVENT\n" TAIL

/* text, line and a word of the sentence; a line of 0: it is taken */
static const struct {
	const char *text;
	int line;
	const char *says;
} rows[] = {
	{ HEAD TAIL, 0, NULL },
	{ EVENT("DTSTART;VALUE=DATE:20261224\n"), 0, NULL },
	{ EVENT("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20270107\n"), 0,
	    NULL },
	{ EVENT("DTSTART;VALUE=DATE:20251224\nRRULE:FREQ=YEARLY\n"), 0, NULL },
	{ EVENT("SUMMARY:dos\n  renglones\nDTSTART;VALUE=DATE:20261224\n"
		"BEGIN:VALARM\nTRIGGER:-PT15M\nEND:VALARM\n"),
	    0, NULL },
	{ HEAD "BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\n"
	       "DTSTART:19700101T000000\nEND:STANDARD\nEND:VTIMEZONE\n" TAIL,
	    0, NULL },
	{ "", 1, "cortado" },
	{ "Estimada unidad:\n", 1, "fuera de" },
	{ "Estimada unidad\n", 1, "NOMBRE:VALOR" },
	{ HEAD, 3, "END:VCALENDAR" },
	{ HEAD TAIL HEAD TAIL, 5, "un solo" },
	{ HEAD "BEGIN:VEVENT\nUID:1\n" TAIL, 6, "no estaba abierto" },
	{ EVENT("SUMMARY:sin fecha\n"), 4, "sin fecha" },
	{ EVENT("DTSTART:20261224T090000Z\n"), 6, "día entero" },
	{ EVENT("DTSTART;VALUE=DATE:20260230\n"), 6, "día entero" },
	{ EVENT("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261224\n"), 8,
	    "DTEND" },
	{ EVENT("DTSTART;VALUE=DATE:20261224\nRRULE:FREQ=SIEMPRE\n"), 7,
	    "repetición" },
	{ EVENT("DTSTART;VALUE=DATE:20261224\nRRULE:FREQ=SECONDLY\n"), 7,
	    "repetición" },
	{ EVENT("DTSTART;VALUE=DATE:20261224\nRRULE:FREQ=YEARLY\n"
		"EXDATE;VALUE=DATE:20271224\n"),
	    8, "EXDATE" },
	{ EVENT("SUMMARY:uno\n dos\n tres\nDTSTART;VALUE=DATE:hoy\n"), 9,
	    "día entero" },
	{ EVENT("esto no dice nada\nDTSTART;VALUE=DATE:20261224\n"), 6,
	    "NOMBRE:VALOR" },
	{ HEAD "BEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n"
	       "BEGIN:A\nBEGIN:A\n",
	    11, "no se reconoce" },
};

static void
what_is_wrong_is_said_with_its_line(void **st)
{
	struct why why;
	char *line;
	size_t i;
	int r;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		why.text[0] = '\0';
		r = calendar_check(rows[i].text, &why);
		if ((r < 0) != (rows[i].line > 0))
			fail_msg("%zu: %s", i, why.text);
		if (r == 0)
			continue;
		line = xasprintf("El renglón %d del calendario ", rows[i].line);
		if (strstr(why.text, line) != why.text ||
		    strstr(why.text, rows[i].says) == NULL)
			fail_msg("%zu: %s", i, why.text);
		free(line);
	}
}

static void
the_calendar_that_comes_with_the_program_is_whole(void **st)
{
	char *text = test_read("server/calendars/mx.ics");
	struct why why;

	(void)st;
	if (calendar_check(text, &why) < 0)
		fail_msg("%s", why.text);
	free(text);
}

/* Christmas holidays of two weeks, every year. */
static void
a_span_that_recurs_is_laid_out_whole(void **st)
{
	struct calendar *c;
	struct why why;

	(void)st;
	assert_int_equal(
	    calendar_load(
		EVENT("DTSTART;VALUE=DATE:20261221\n"
		      "DTEND;VALUE=DATE:20270104\nRRULE:FREQ=YEARLY\n"),
		&c, &why),
	    0);
	assert_false(calendar_is_working(c, "2026-12-21"));
	assert_false(calendar_is_working(c, "2026-12-31"));
	assert_true(calendar_is_working(c, "2027-01-04"));
	assert_false(calendar_is_working(c, "2027-12-30"));
	calendar_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_wrong_is_said_with_its_line),
		cmocka_unit_test(
		    the_calendar_that_comes_with_the_program_is_whole),
		cmocka_unit_test(a_span_that_recurs_is_laid_out_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
