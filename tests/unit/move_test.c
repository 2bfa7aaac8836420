/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/*
 * move_test.c - another calendar comes into force while a step waits: its
 * dates move only where days not worked make the difference; what the clock
 * told and is still so is not told again, what is no longer so begins anew.
 */
#include "game.h"

/* Opened Monday 23 at 09:30: amber on Wednesday at 9, due on Thursday at 14. */
static const char waits[] = GAME_HEAD
    "starts:\n"
    "  - {id: a, title: A, roles: [writer], fields: [{id: asked_on,"
    " label: Pedido, type: date}], next: [{to: ['1.1', '1.2']}]}\n"
    "steps:\n"
    "  - number: '1.1'\n    kind: task\n    do: Uno.\n    roles: [writer]\n"
    "    due: \"at(add_working_days(:asked_on, 3), '14:00')\"\n"
    "    warn: \"at(add_working_days(:asked_on, 2), '09:00')\"\n"
    "    escalate: [{after: '60', to: [dg], repeat: '60', times: 2,"
    " say: Tarde.}]\n"
    "    next: [{to: [end]}]\n"
    "  - {number: '1.2', kind: task, do: Dos., roles: [writer],"
    " due: 'add_minutes(now(), 15)', next: [{to: [end]}]}\n";

#define DAY(date)                                                              \
	"BEGIN:VEVENT\nUID:" date "\nDTSTAMP:20260101T000000Z\n"               \
	"DTSTART;VALUE=DATE:" date "\nSUMMARY:Asueto\nEND:VEVENT\n"
#define DAYS(days)                                                             \
	"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//t\n" days "END:VCALENDAR\n"

struct desk {
	struct game g;
	struct calendar *plain, *holiday; /* Wednesday 25 is worked, is not */
};

static int
desk_setup(void **st)
{
	struct desk *d = xcalloc(1, sizeof *d);

	game_begin(&d->g, waits);
	assert_int_equal(calendar_load(DAYS(""), &d->plain, &d->g.why), 0);
	assert_int_equal(
	    calendar_load(DAYS(DAY("20261125")), &d->holiday, &d->g.why), 0);
	*st = d;
	return 0;
}

static int
desk_teardown(void **st)
{
	struct desk *d = *st;

	calendar_free(d->plain);
	calendar_free(d->holiday);
	game_end(&d->g);
	free(d);
	return 0;
}

/* The case is begun under one of the calendars. */
static void
begin(struct desk *d, const struct calendar *c)
{
	d->g.w.calendar = c;
	game_ok(&d->g, "ana", CMD_START, "a", "{'asked_on':'2026-11-23'}");
}

/* Time passes, and the clock tells what has come. */
static size_t
look(struct desk *d, const char *utc)
{
	struct command cmd = { .kind = CMD_CLOCK, .revision = -1 };
	int64_t n = d->g.ca->n;

	assert_int_equal(when_parse(utc, &d->g.w.now), 0);
	(void)game_run(&d->g, "sistema", &cmd);
	return (size_t)(d->g.ca->n - n);
}

static int
move(struct desk *d, const struct calendar *to)
{
	struct command cmd = { .kind = CMD_MOVE,
		.revision = -1,
		.values = game_values("{'calendar':77}") };
	int r;

	d->g.w.calendar_before = d->g.w.calendar;
	d->g.w.calendar = to;
	r = game_run(&d->g, "jefa", &cmd);
	d->g.w.calendar_before = NULL;
	json_decref(cmd.values);
	return r;
}

/* What the first step says now; alarm "" is never. */
static void
token_is(struct desk *d, const char *due, enum notice told, int times,
    const char *alarm)
{
	const struct token *t = &d->g.ca->tokens[0];
	char text[WHEN_TEXT];

	assert_string_equal(t->st->number, "1.1");
	assert_string_equal(when_text(t->due, text), due);
	assert_int_equal(t->told, told);
	assert_int_equal(t->told_times, times);
	assert_string_equal(
	    t->alarm.s != 0 ? when_text(t->alarm, text) : "", alarm);
}

static void
only_what_counts_working_days_moves(void **st)
{
	struct desk *d = *st;
	const json_t *body;
	json_t *list, *m;
	struct world w;

	begin(d, d->plain);
	w = d->g.w;
	w.calendar_before = d->plain;
	w.calendar = d->holiday;
	list = engine_moves(d->g.ca, &w);
	assert_int_equal(json_array_size(list), 1);
	m = game_values(
	    "{'step':'1.1','row':0,'was':'2026-11-26T21:00:00Z',"
	    "'due':'2026-11-27T21:00:00Z','warn':'2026-11-26T16:00:00Z',"
	    "'alarm':'2026-11-26T16:00:00Z','told':'none','skipped':[{'date':"
	    "'2026-11-25','holiday':'Asueto'}]}");
	if (!json_equal(json_array_get(list, 0), m))
		fail_msg("%s", json_dumps(list, 0));
	json_decref(m);
	json_decref(list);
	assert_int_equal(move(d, d->holiday), 0);
	token_is(
	    d, "2026-11-27T21:00:00Z", NOTICE_NONE, 0, "2026-11-26T16:00:00Z");
	body = json_object_get(json_array_get(d->g.ca->events,
				   json_array_size(d->g.ca->events) - 1),
	    "body");
	assert_int_equal(
	    json_integer_value(json_object_get(body, "calendar")), 77);
	assert_int_equal(
	    d->g.ca->tokens[1].due.s, d->g.ca->tokens[1].since.s + 900);
	/* The same calendar again moves nothing. */
	assert_int_equal(move(d, d->holiday), -ERR_REFUSED);
}

/* calendar begun with, when it is looked at and moved, and what is so then */
static const struct {
	bool holiday; /* begun with it, and it goes; or comes */
	const char *now;
	enum notice told;
	int times;
	const char *alarm;
	size_t then; /* told again at once */
} rows[] = {
	/* Warned of Thursday: the amber of Friday is still to come. */
	{ false, "2026-11-25T17:00:00Z", NOTICE_NONE, 0, "2026-11-26T16:00:00Z",
	    0 },
	/* Overdue and escalated, and no longer: amber, and not told of it. */
	{ false, "2026-11-26T22:30:00Z", NOTICE_WARNED, 0,
	    "2026-11-27T21:00:00Z", 0 },
	/* Overdue by both: the second escalation is still to come. */
	{ false, "2026-11-27T22:30:00Z", NOTICE_ESCALATED, 1,
	    "2026-11-27T23:00:00Z", 0 },
	/* Long past by both: nothing is told again. */
	{ false, "2026-12-01T22:30:00Z", NOTICE_ESCALATED, 2, "", 0 },
	/* Warned, and it comes nearer: due the same day. */
	{ true, "2026-11-26T17:00:00Z", NOTICE_WARNED, 0,
	    "2026-11-26T21:00:00Z", 0 },
	/* It was due yesterday: told at once, each thing one time. */
	{ true, "2026-11-27T20:00:00Z", NOTICE_WARNED, 0,
	    "2026-11-26T21:00:00Z", 2 },
};

static void
what_was_told_is_told_again_only_when_it_is_so_again(void **st)
{
	struct desk *d;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		(void)desk_setup((void **)&d);
		begin(d, rows[i].holiday ? d->holiday : d->plain);
		(void)look(d, rows[i].now);
		assert_int_equal(
		    move(d, rows[i].holiday ? d->plain : d->holiday), 0);
		token_is(d,
		    rows[i].holiday ? "2026-11-26T21:00:00Z" :
				      "2026-11-27T21:00:00Z",
		    rows[i].told, rows[i].times, rows[i].alarm);
		assert_int_equal(look(d, rows[i].now), rows[i].then);
		assert_int_equal(look(d, rows[i].now), 0);
		(void)desk_teardown((void **)&d);
	}
}

/* What follows a decision keeps it: the step it opened has moved since. */
static void
a_decision_is_not_undone_across_a_move(void **st)
{
	struct desk *d = *st;

	begin(d, d->plain);
	game_ok(&d->g, "ana", CMD_CLAIM, "1.1", NULL);
	assert_int_equal(move(d, d->holiday), 0);
	game_no(&d->g, "ana", CMD_UNDO, "", NULL, "sólo se deshace");
}

#define DESK(f) cmocka_unit_test_setup_teardown(f, desk_setup, desk_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		DESK(only_what_counts_working_days_moves),
		cmocka_unit_test(
		    what_was_told_is_told_again_only_when_it_is_so_again),
		DESK(a_decision_is_not_undone_across_a_move),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
