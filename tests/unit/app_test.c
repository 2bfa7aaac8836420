/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * app_test.c - the stack of views, what is asked and sent again, where a person
 * comes back to, and time.
 */
#include "toy.h"

static void
views_stack_and_close_from_within(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_open(a, &toy_step, "B-1", "2.2");
	app_open(a, &toy_step, "B-2", "1");
	was(&told, "open B-1 2.2;open B-2 1;");
	app_key(a, 'c');
	was(&told, "still paso;close paso;close paso;");
	app_open(a, &toy_step, "B-3", "1");
	app_key(a, K_LEFT);
	was(&told, "open B-3 1;close paso;");
	app_key(a, K_F12);
	was(&told, "");
	app_key(a, K_F3);
	assert_true(screen_has(a, "Salir de Pauta"));
	app_key(a, K_ENTER);
	assert_false(app_is_done(a));
	app_key(a, 'q');
	app_key(a, 's');
	assert_true(app_is_done(a));
	app_end(a);
}

static void
an_answer_to_a_closed_view_is_dropped(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_open(a, &toy_step, "B-1", "2.2");
	app_key(a, K_F5);
	app_key(a, 'e');
	app_key(a, 's');
	app_back(a);
	buf_del(&told, told.len);
	app_on_reply(a, 2, 0, "{}");
	app_on_reply(a, 3, 0, "{}");
	app_on_reply(a, 99, 0, "not json");
	was(&told, "close paso;");
	app_end(a);
}

static void
pushes_wait_for_a_covered_view(void **st)
{
	static const char *const folios[] = { "B-1", "B-2" };
	struct app *a = app_start(NULL);

	(void)st;
	app_open(a, &toy_step, "B-1", "2.2");
	buf_del(&told, told.len);
	app_on_push(a, 5, folios, 2);
	app_on_push(a, 6, folios, 1);
	was(&told, "paso push 2;paso push 1;");
	app_key(a, K_F12);
	was(&told, "casa push 3;close paso;");
	app_end(a);
}

/* A list that somebody comes back to may be put in order; not under a finger. */
static void
a_view_is_covered_until_a_key(void **st)
{
	struct app *a = app_start(NULL);
	struct view *home = app_top(a);

	(void)st;
	assert_false(home->covered);
	app_open(a, &toy_step, "B-1", "2.2");
	app_key(a, K_DOWN);
	assert_true(home->covered);
	app_key(a, K_F12);
	assert_true(home->covered);
	app_key(a, K_DOWN);
	assert_false(home->covered);
	app_end(a);
}

static void
a_lost_link_keeps_drafts_and_refuses_the_rest(void **st)
{
	static const char *const draft[] = { "borrador", "B-1", "2.2", "a=1",
		NULL };
	struct app *a = app_start(NULL);

	(void)st;
	app_open(a, &toy_step, "B-1", "2.2");
	app_key(a, 'e');
	app_key(a, 's');
	buf_del(&sent, sent.len);
	buf_del(&told, told.len);
	app_on_link(a, false, "Se reintenta en 4 s.");
	app_on_tick(a, (struct when){ 1042 });
	row_is(a, 21, "! SIN CONEXIÓN hace 00:42.  Se reintenta en 4 s."
	    "     1 cambio por enviar.");
	assert_true(app_wants_seconds(a));
	app_key(a, 'e');
	app_key(a, 's');
	was(&told, "paso doc 7 4 unavailable;");
	app_ask((struct view *)&(struct toy){ .v = { .class = &toy_step,
	    .app = a } }, 1, true, draft);
	was(&sent, "");
	app_on_link(a, true, NULL);
	was(&sent, "1 lugar {\"screen\":\"casa\"};2 lugar {\"screen\":\"paso\","
	    "\"folio\":\"B-1\",\"step\":\"2.2\",\"cursor\":0};"
	    "3 op hacer B-1 2.2;5 op borrador B-1 2.2 a=1;");
	was(&told, "paso push 1;");
	row_is(a, 21, "");
	app_end(a);
}

static void
the_place_is_told_and_comes_back(void **st)
{
	const char *place = "{\"screen\":\"paso\",\"folio\":\"B-7\","
	    "\"step\":\"3.1\",\"cursor\":4}";
	struct app *a = app_start(place);

	(void)st;
	was(&told, "open B-7 3.1;restore 4;");
	row_is(a, 21, " De vuelta en B-7 paso 3.1.");
	was(&sent, "");
	app_on_tick(a, (struct when){ 1001 });
	was(&sent, "1 lugar {\"screen\":\"paso\",\"folio\":\"B-7\","
	    "\"step\":\"3.1\",\"cursor\":0};");
	app_key(a, K_F12);
	was(&sent, "2 lugar {\"screen\":\"casa\"};");
	app_on_tick(a, (struct when){ 1002 });
	was(&sent, "");
	app_end(a);
	a = app_start("{\"screen\":\"nada\"}");
	was(&told, "");
	app_end(a);
}

static void
a_small_window_says_so(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_resize(a, 59, 24);
	assert_true(screen_has(a, "Agrande la ventana"));
	app_key(a, K_F3);
	assert_false(app_has_popup(a));
	app_resize(a, 60, 15);
	assert_true(screen_has(a, "Agrande la ventana"));
	app_resize(a, 1, 1);
	app_draw(a);
	app_resize(a, 0, -4);
	app_draw(a);
	app_resize(a, 60, 16);
	assert_false(screen_has(a, "Agrande la ventana"));
	app_end(a);
}

static void
times_are_said_as_people_write_them(void **st)
{
	static const struct { const char *utc, *text; } rows[] = {
		{ "2026-11-23T17:30:00Z", "11:30" },
		{ "2026-11-24T05:59:00Z", "23:59" },
		{ "2026-11-24T06:00:00Z", "mañana" },
		{ "2026-11-22T12:00:00Z", "ayer" },
		{ "2026-05-12T12:00:00Z", "12/may" },
		{ "2025-05-12T12:00:00Z", "12/may/2025" },
		{ "", "" }, { "hoy", "" }
	};
	struct app *a = app_start(NULL);
	char out[16];
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++)
		assert_string_equal(app_when_text(a, rows[i].utc, out),
		    rows[i].text);
	assert_string_equal(app_when_text(a, NULL, out), "");
	app_end(a);
}

static void
seconds_tick_only_while_something_counts(void **st)
{
	struct app *a = app_start(NULL);
	int i;

	(void)st;
	assert_false(app_wants_seconds(a));
	app_key(a, 'e');
	app_key(a, 's');
	for (i = 1; i <= 5; i++) {
		assert_true(app_wants_seconds(a));
		app_on_tick(a, (struct when){ 1000 + i });
	}
	assert_false(app_wants_seconds(a));
	app_on_reply(a, 2, 0, "{\"undo_until\":\"2026-11-23T16:42:35Z\"}");
	assert_true(app_wants_seconds(a));
	app_on_tick(a, (struct when){ 1036 });
	assert_false(app_wants_seconds(a));
	app_end(a);
}

/* In the toy's words: how many there are when the last part has come. */
static void
a_long_list_comes_in_parts(void **st)
{
	static const char *const words[] = { "historial", "B-1", NULL };
	struct app *a = app_start(NULL);

	(void)st;
	app_ask(app_top(a), 4, false, words);
	was(&sent, "1 lugar {\"screen\":\"casa\"};2 historial B-1;");
	app_on_reply(a, 1, 0, "{}");
	buf_del(&told, told.len);
	app_on_reply(a, 2, 0, "{\"folio\":\"B-1\",\"events\":[1,2],"
	    "\"next\":7}");
	was(&told, "");
	was(&sent, "2 historial B-1 desde=7;");
	/* The line goes: all of it is asked for again. */
	app_on_link(a, false, "Se reintenta en 4 s.");
	app_on_link(a, true, NULL);
	was(&sent, "2 historial B-1;");
	app_on_reply(a, 2, 0, "{\"events\":[1,2],\"next\":7}");
	app_on_reply(a, 2, 0, "{\"events\":[3],\"next\":9}");
	was(&sent, "2 historial B-1 desde=7;2 historial B-1 desde=9;");
	was(&told, "casa push 0;");
	app_on_reply(a, 2, 0, "{\"events\":[4,5]}");
	was(&told, "casa doc 4 0 (null) events=5;");
	assert_true(app_is_whole(a));
	app_end(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(views_stack_and_close_from_within),
		cmocka_unit_test(an_answer_to_a_closed_view_is_dropped),
		cmocka_unit_test(pushes_wait_for_a_covered_view),
		cmocka_unit_test(a_view_is_covered_until_a_key),
		cmocka_unit_test(a_lost_link_keeps_drafts_and_refuses_the_rest),
		cmocka_unit_test(a_long_list_comes_in_parts),
		cmocka_unit_test(the_place_is_told_and_comes_back),
		cmocka_unit_test(a_small_window_says_so),
		cmocka_unit_test(times_are_said_as_people_write_them),
		cmocka_unit_test(seconds_tick_only_while_something_counts),
	};

	setenv("TZ", "CST6", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
