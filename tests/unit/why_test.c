/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/*
 * why_test.c - why a deadline is when it is: what the rule looked at, the days
 * that did not count and their names, and that it says so when the same rule
 * would give another date today.
 */
#include "game.h"

#include "../../server/engine/why.h"

static const char dated[] =
    GAME_HEAD
    "settings: [{id: term, type: int, default: '3', text: Plazo.}]\n"
    "starts:\n"
    "  - {id: a, title: A, roles: [writer], fields: [{id: asked_on,"
    " label: Pedido, type: date}], next: [{to: ['1.1', '1.2', '1.3']}]}\n"
    "steps:\n"
    "  - {number: '1.1', kind: task, do: Uno., roles: [writer],"
    " due: \"at(add_working_days(:asked_on, setting('term')), '14:00')\","
    " due_why: P-1, next: [{to: [end]}]}\n"
    "  - {number: '1.2', kind: task, do: Dos.,"
    " due: 'add_minutes(now(), 15)', next: [{to: [end]}]}\n"
    "  - {number: '1.3', kind: task, do: Tres., next: [{to: [end]}]}\n";

static const char holidays[] =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t\r\nBEGIN:VEVENT\r\n"
    "UID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20261117\r\n"
    "SUMMARY:Día del archivo\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

static int
dated_setup(void **st)
{
	struct game *g = xcalloc(1, sizeof *g);
	struct calendar *c;

	game_begin(g, dated);
	if (calendar_load(holidays, &c, &g->why) < 0)
		fail_msg("%s", g->why.text);
	g->w.calendar = c;
	game_ok(g, "ana", CMD_START, "a", "{'asked_on':'2026-11-13'}");
	*st = g;
	return 0;
}

static int
dated_teardown(void **st)
{
	struct game *g = *st;

	calendar_free((struct calendar *)g->w.calendar);
	game_end(g);
	free(g);
	return 0;
}

/* The answer about the i-th open step holds this; ' stands for ". */
static void
why_is(struct game *g, size_t i, const char *expected)
{
	json_t *why = engine_why(g->ca, &g->ca->tokens[i], &g->w);
	json_t *want = game_values(expected), *part;
	const char *key;
	char *text;

	assert_non_null(why);
	json_object_foreach(want, key, part) {
		text = json_dumps(json_object_get(why, key),
		    JSON_COMPACT | JSON_ENCODE_ANY);
		if (!json_equal(part, json_object_get(why, key)))
			fail_msg("%s: %s", key, text);
		free(text);
	}
	json_decref(want);
	json_decref(why);
}

static void
working_days_say_which_did_not_count(void **st)
{
	why_is(*st, 0, "{'due':'2026-11-19T21:00:00Z',"
	    "'gives':'2026-11-19T21:00:00Z','rule':'P-1','parts':["
	    "{'kind':'field','id':'asked_on','value':'2026-11-13'},"
	    "{'kind':'setting','id':'term','value':'3'},"
	    "{'kind':'working_days','from':'2026-11-13','n':3,"
	    "'gives':'2026-11-19','skipped':[{'date':'2026-11-14'},"
	    "{'date':'2026-11-15'},{'date':'2026-11-17',"
	    "'holiday':'Día del archivo'}]},"
	    "{'kind':'at','date':'2026-11-19','time':'14:00',"
	    "'gives':'2026-11-19T21:00:00Z'}]}");
}

/* Asked later, the moment is still that at which it opened. */
static void
minutes_run_from_when_the_step_opened(void **st)
{
	struct game *g = *st;
	char *want;
	char since[WHEN_TEXT], due[WHEN_TEXT];

	(void)when_text(g->w.now, since);
	(void)when_text((struct when){ g->w.now.s + 900 }, due);
	g->w.now.s += 86400;
	want = xasprintf("{'due':'%s','since':'%s','gives':'%s','rule':null,"
	    "'parts':[{'kind':'now','gives':'%s'},{'kind':'minutes','from':"
	    "'%s','n':15,'gives':'%s'}]}", due, since, due, since, since, due);
	why_is(g, 1, want);
	free(want);
}

static void
what_has_no_deadline_has_no_reason(void **st)
{
	struct game *g = *st;

	assert_null(engine_why(g->ca, &g->ca->tokens[2], &g->w));
}

static void
another_calendar_would_give_another_date(void **st)
{
	struct game *g = *st;
	const struct calendar *kept = g->w.calendar;
	struct calendar *none;

	assert_int_equal(calendar_load("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
	    "PRODID:-//t\r\nEND:VCALENDAR\r\n", &none, &g->why), 0);
	g->w.calendar = none;
	why_is(g, 0, "{'due':'2026-11-19T21:00:00Z',"
	    "'gives':'2026-11-18T21:00:00Z'}");
	g->w.calendar = kept;
	calendar_free(none);
}

#define DATED(f) cmocka_unit_test_setup_teardown(f, dated_setup, dated_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		DATED(working_days_say_which_did_not_count),
		DATED(minutes_run_from_when_the_step_opened),
		DATED(what_has_no_deadline_has_no_reason),
		DATED(another_calendar_would_give_another_date),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
