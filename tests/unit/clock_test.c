/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/*
 * clock_test.c - what a step tells when time passes: that its deadline comes,
 * that it is over, whom else, how often; once each, however late the clock is
 * looked at, and whatever is undone meanwhile.
 */
#include "game.h"

/* Opened at 09:30; 1.1: amber 10:00, due 11:00; D1: due 09:45 */
static const char waits[] =
    GAME_HEAD
    "starts: [{id: a, title: A, roles: [writer], next: [{to: ['1.1']}]}]\n"
    "steps:\n"
    "  - number: '1.1'\n    kind: task\n    do: Haga.\n    roles: [writer]\n"
    "    due: \"'2026-11-23T18:00:00Z'\"\n"
    "    warn: \"'2026-11-23T17:00:00Z'\"\n"
    "    escalate:\n"
    "      - {after: '-5', to: [head_of_unit], say: Falta poco.}\n"
    "      - {after: '0', to: [head_of_unit, dg], repeat: '10', times: 3,"
    " say: Ya es tarde.}\n"
    "    next: [{to: [D1]}]\n"
    "  - number: D1\n    kind: decision\n    title: ¿Sí?\n    do: Diga.\n"
    "    due: \"'2026-11-23T16:45:00Z'\"\n"
    "    fields: [{id: again, label: Otra vez, type: yesno,"
    " required: 'yes'}]\n"
    "    next: [{when: ':again', to: ['1.1']}, {to: ['2.1']}]\n"
    "  - number: '2.1'\n    kind: task\n    do: Cierre.\n"
    "    due: \"'2026-11-23T16:00:00Z'\"\n"
    "    escalate: [{after: '0', to: [dg], say: Nació tarde.}]\n"
    "    next: [{to: [end]}]\n";

/* "step.warned 1.1; step.escalated 1.1 dg 2;" of the events from n on. */
static void
told_is(struct game *g, int64_t n, const char *expected)
{
	const json_t *body;
	const char *type;
	struct buf b;
	size_t i, k;
	json_t *to;

	buf_init(&b, TEXT_MAX);
	for (i = (size_t)n; i < json_array_size(g->ca->events); i++) {
		body = json_object_get(json_array_get(g->ca->events, i),
		    "body");
		type = json_string_value(json_object_get(body, "type"));
		(void)buf_addf(&b, "%s%s %s", b.len > 0 ? "; " : "", type + 5,
		    json_string_value(json_object_get(body, "step")));
		json_array_foreach(json_object_get(body, "to"), k, to)
			(void)buf_addf(&b, " %s", json_string_value(to));
		if (json_object_get(body, "times") != NULL)
			(void)buf_addf(&b, " %d", (int)json_integer_value(
			    json_object_get(body, "times")));
	}
	assert_string_equal(buf_str(&b), expected);
	buf_clear(&b);
}

/* The clock is looked at then; what it tells, "" for nothing. */
static void
at(struct game *g, const char *utc, const char *expected)
{
	struct command cmd = { .kind = CMD_CLOCK, .revision = -1 };
	int64_t n = g->ca->n;

	assert_int_equal(when_parse(utc, &g->w.now), 0);
	if (*expected == '\0')
		assert_int_equal(game_run(g, "sistema", &cmd), -ERR_REFUSED);
	else
		assert_int_equal(game_run(g, "sistema", &cmd), 0);
	told_is(g, n, expected);
}

static int
waits_setup(void **st)
{
	struct game *g = xcalloc(1, sizeof *g);

	game_begin(g, waits);
	game_ok(g, "ana", CMD_START, "a", NULL);
	*st = g;
	return 0;
}

static int
waits_teardown(void **st)
{
	game_end(*st);
	free(*st);
	return 0;
}

static void
each_moment_is_told_once_when_it_comes(void **st)
{
	struct game *g = *st;

	at(g, "2026-11-23T16:59:59Z", "");
	at(g, "2026-11-23T17:00:00Z", "warned 1.1");
	assert_int_equal(g->ca->tokens[0].told, NOTICE_WARNED);
	at(g, "2026-11-23T17:00:00Z", "");
	at(g, "2026-11-23T17:54:59Z", "");
	at(g, "2026-11-23T17:55:00Z", "escalated 1.1 head_of_unit 1");
	at(g, "2026-11-23T18:00:00Z",
	    "overdue 1.1; escalated 1.1 head_of_unit dg 1");
	at(g, "2026-11-23T18:09:59Z", "");
	at(g, "2026-11-23T18:10:00Z", "escalated 1.1 head_of_unit dg 2");
	at(g, "2026-11-23T18:20:01Z", "escalated 1.1 head_of_unit dg 3");
	at(g, "2026-12-31T18:00:00Z", "");
	assert_int_equal(g->ca->tokens[0].told, NOTICE_ESCALATED);
	assert_int_equal(g->ca->tokens[0].told_times, 3);
	assert_int_equal(g->ca->tokens[0].alarm.s, 0);
}

static void
a_clock_that_was_not_looked_at_tells_the_last_of_each(void **st)
{
	struct game *g = *st;

	at(g, "2026-11-23T18:14:00Z", "overdue 1.1; escalated 1.1 "
	    "head_of_unit 1; escalated 1.1 head_of_unit dg 2");
	at(g, "2026-11-23T18:20:00Z", "escalated 1.1 head_of_unit dg 3");
	at(g, "2026-11-23T19:00:00Z", "");
}

static void
nothing_is_told_of_a_step_that_was_done(void **st)
{
	struct game *g = *st;

	game_ok(g, "ana", CMD_DO, "1.1", NULL);
	at(g, "2026-11-23T16:45:00Z", "overdue D1");
	game_ok(g, "ana", CMD_DO, "D1", "{'again':false}");
	game_ok(g, "ana", CMD_DO, "2.1", NULL);
	assert_int_equal(g->ca->state, CASE_CLOSED);
	at(g, "2026-11-24T16:45:00Z", "");
}

/* What it is late for when it opens is not told of; escalations are. */
static void
a_step_that_opens_late_is_escalated_at_once(void **st)
{
	struct game *g = *st;

	game_ok(g, "ana", CMD_DO, "1.1", NULL);
	assert_int_equal(when_parse("2026-11-23T20:00:00Z", &g->w.now), 0);
	game_ok(g, "ana", CMD_DO, "D1", "{'again':false}");
	at(g, "2026-11-23T20:00:00Z", "");
	at(g, "2026-11-23T20:00:01Z", "escalated 2.1 dg 1");
	at(g, "2026-11-23T21:00:00Z", "");
}

/* Nobody acted: the person may still undo, and is not told again. */
static void
undoing_leaves_what_the_clock_said(void **st)
{
	struct game *g = *st;

	at(g, "2026-11-23T17:00:00Z", "warned 1.1");
	game_ok(g, "ana", CMD_DO, "1.1", NULL);
	game_ok(g, "ana", CMD_DO, "D1", "{'again':true}");
	at(g, "2026-11-23T17:00:00Z", "");
	game_ok(g, "ana", CMD_UNDO, "", NULL);
	game_open_is(g, "D1");
	game_ok(g, "ana", CMD_DO, "D1", "{'again':true}");
	at(g, "2026-11-23T17:00:20Z", "");
	at(g, "2026-11-23T17:55:00Z", "escalated 1.1 head_of_unit 1");
	/* ... though the clock spoke between the decision and its undoing. */
	game_ok(g, "ana", CMD_DO, "1.1", NULL);
	game_ok(g, "ana", CMD_DO, "D1", "{'again':false}");
	at(g, "2026-11-23T17:55:05Z", "escalated 2.1 dg 1");
	game_ok(g, "ana", CMD_UNDO, "", NULL);
	game_open_is(g, "D1");
}

/* Two tracks: what is undone in one does not make the other say it again. */
static void
telling_the_events_again_gives_the_same_alarms(void **st)
{
	struct game *g = *st;
	const json_t *kept;
	struct kase *again;
	struct when then;
	size_t i;

	at(g, "2026-11-23T17:00:00Z", "warned 1.1");
	at(g, "2026-11-23T18:10:00Z", "overdue 1.1; escalated 1.1 "
	    "head_of_unit 1; escalated 1.1 head_of_unit dg 2");
	again = kase_new(g->p);
	for (i = 0; i < json_array_size(g->ca->events); i++) {
		kept = json_array_get(g->ca->events, i);
		assert_int_equal(when_parse(json_string_value(
		    json_object_get(kept, "at")), &then), 0);
		engine_apply(again, json_object_get(kept, "body"),
		    json_string_value(json_object_get(kept, "actor")), NULL,
		    NULL, then);
	}
	assert_int_equal(again->tokens[0].alarm.s, g->ca->tokens[0].alarm.s);
	assert_int_equal(again->tokens[0].told, NOTICE_ESCALATED);
	assert_int_equal(again->tokens[0].told_times, 2);
	assert_int_equal(again->tokens[0].told_at.s, g->w.now.s);
	kase_free(again);
}

/* An event of a record older than alarms says no more than its deadlines. */
static void
a_step_opened_by_an_older_version_is_told_of(void **st)
{
	struct game *g = *st;
	json_t *body = json_pack("{s:s,s:s,s:i,s:b,s:s}", "type",
	    "step.opened", "step", "1.1", "row", 7, "returned", 0, "due",
	    "2026-11-23T18:00:00Z");

	engine_apply(g->ca, body, "ana", NULL, NULL, g->w.now);
	json_decref(body);
	assert_int_equal(g->ca->tokens[1].alarm.s, g->ca->tokens[0].due.s);
	at(g, "2026-11-23T18:00:00Z", "overdue 1.1; escalated 1.1 "
	    "head_of_unit 1; escalated 1.1 head_of_unit dg 1; overdue 1.1; "
	    "escalated 1.1 head_of_unit dg 1");
}

#define CLOCK(f) cmocka_unit_test_setup_teardown(f, waits_setup, waits_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CLOCK(each_moment_is_told_once_when_it_comes),
		CLOCK(a_clock_that_was_not_looked_at_tells_the_last_of_each),
		CLOCK(nothing_is_told_of_a_step_that_was_done),
		CLOCK(a_step_that_opens_late_is_escalated_at_once),
		CLOCK(undoing_leaves_what_the_clock_said),
		CLOCK(telling_the_events_again_gives_the_same_alarms),
		CLOCK(a_step_opened_by_an_older_version_is_told_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
