/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_paso_keep_test.c - a step being done: nothing typed is ever lost. */
#include "paso_doc.h"

static void
a_push_never_moves_the_cursor_nor_takes_the_text(void **st)
{
	struct screen s;
	const struct grid *g;
	int row, col;

	(void)st;
	paso_start(&s, 80, 24);
	screen_key(&s, K_TAB);
	screen_key(&s, K_CTRL_U);
	screen_type(&s, "mañana");
	g = app_draw(s.app);
	row = g->cur_row;
	col = g->cur_col;
	screen_push(&s, "OTRO-0001");
	assert_int_equal(screen_asked(&s, "paso"), 1);
	screen_push(&s, "VID-2026-0001");
	screen_answer(&s, "paso", 0, STEP);
	assert_true(screen_has(&s, "[mañana "));
	g = app_draw(s.app);
	assert_int_equal(g->cur_row, row);
	assert_int_equal(g->cur_col, col);
	screen_clear(&s);
}

static void
a_step_done_by_another_leaves_the_text_to_be_read(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	screen_type(&s, " mías");
	screen_push(&s, "VID-2026-0001");
	screen_answer(&s, "paso", 3, "{\"error\":{\"code\":\"not_found\","
	    "\"message\":\"No hay ese paso.\"}}");
	screen_answer(&s, "historial", 0, "{\"events\":[{\"type\":"
	    "\"step.done\",\"step\":\"2.2\",\"row\":null,"
	    "\"actor_name\":\"Óscar Núñez\",\"at\":"
	    "\"2026-11-23T16:59:00Z\"}]}");
	assert_true(screen_has(&s, "! Óscar Núñez hizo este paso (09:59). Lo "
	    "que usted escribió sigue aquí"));
	assert_true(screen_has(&s, "12,480 familias mías"));
	screen_key(&s, 'z');
	assert_true(screen_has(&s, "12,480 familias mías "));
	screen_key(&s, K_F8);
	assert_int_equal(screen_asked(&s, "hacer"), 0);
	screen_clear(&s);
}

static void
a_step_of_others_is_read_only_and_says_why(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	app_open(s.app, &view_paso, "VID-2026-0001", "2.2");
	screen_answer(&s, "paso", 0, STEP_DONE);
	assert_true(screen_has(&s, "Solo lectura: El paso ya está hecho."));
	screen_type(&s, "abc");
	assert_false(screen_has(&s, "familiasa"));
	screen_key(&s, K_F8);
	screen_wait(&s, 9);
	assert_int_equal(screen_changes(&s), 0);
	screen_clear(&s);
}

static void
the_editor_gives_its_text_back_whatever_the_way_out(void **st)
{
	static const int32_t outs[] = { K_F8, K_F12, K_F3 };
	struct screen s;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(outs); i++) {
		paso_start(&s, 80, 24);
		screen_key(&s, K_TAB);
		screen_key(&s, K_CTRL_E);
		assert_true(screen_has(&s, "! El editor es para los campos"));
		screen_key(&s, K_TAB);
		screen_key(&s, K_TAB);
		screen_key(&s, K_CTRL_E);
		assert_true(screen_has(&s, "PAUTA  Nota al supervisor"));
		screen_key(&s, K_ENTER);
		screen_type(&s, "Uno");
		screen_key(&s, outs[i]);
		assert_string_equal(screen_last(&s, "borrador"),
		    "borrador VID-2026-0001 2.2 note=Incluye el padrón.\nUno");
		assert_true(screen_has(&s, "[Uno "));
		screen_clear(&s);
	}
}

static void
a_draft_that_was_refused_is_tried_again(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	screen_type(&s, "x");
	screen_key(&s, K_TAB);
	screen_answer(&s, "borrador", 4, "{\"error\":{\"code\":"
	    "\"unavailable\",\"message\":\"El servidor reinicia.\"}}");
	assert_true(screen_has(&s, "! No se guardó el borrador: El servidor "
	    "reinicia."));
	screen_key(&s, K_TAB);
	assert_int_equal(screen_asked(&s, "borrador"), 2);
	screen_clear(&s);
}

static void
it_comes_back_to_the_same_field(void **st)
{
	struct screen s;
	json_t *place = json_object();

	(void)st;
	paso_start(&s, 80, 24);
	screen_key(&s, K_TAB);
	view_paso.place(app_top(s.app), place);
	assert_string_equal(json_string_value(json_object_get(place,
	    "field")), "cut_on");
	app_open(s.app, &view_paso, "VID-2026-0001", "2.2");
	view_paso.restore(app_top(s.app), place);
	screen_answer(&s, "paso", 0, STEP);
	assert_int_equal(app_draw(s.app)->cur_row, 7);
	json_decref(place);
	screen_clear(&s);
}

static void
a_field_is_kept_on_leaving_it(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	screen_type(&s, " más");
	assert_int_equal(screen_asked(&s, "borrador"), 0);
	assert_true(screen_has(&s, "Escribiendo"));
	screen_key(&s, K_TAB);
	assert_string_equal(screen_last(&s, "borrador"),
	    "borrador VID-2026-0001 2.2 figure=12,480 familias más");
	screen_answer(&s, "borrador", 0,
	    "{\"saved_at\":\"2026-11-23T17:03:00Z\"}");
	assert_true(screen_has(&s, "Guardado 10:03"));
	screen_clear(&s);
}

static void
a_field_is_kept_two_seconds_after_the_last_key(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	screen_type(&s, "x");
	screen_wait(&s, 1);
	assert_int_equal(screen_asked(&s, "borrador"), 0);
	screen_wait(&s, 1);
	assert_int_equal(screen_asked(&s, "borrador"), 1);
	screen_wait(&s, 5);
	assert_int_equal(screen_asked(&s, "borrador"), 1);
	screen_clear(&s);
}

static void
leaving_the_screen_keeps_the_field(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	screen_type(&s, "x");
	screen_key(&s, K_F12);
	assert_string_equal(screen_last(&s, "borrador"),
	    "borrador VID-2026-0001 2.2 figure=12,480 familiasx");
	screen_answer(&s, "borrador", 0, "{}");
	assert_true(screen_has(&s, "Bandeja de tareas"));
	screen_clear(&s);
}

static void
what_is_typed_before_the_step_arrives_is_kept(void **st)
{
	struct screen s;
	int i;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	app_open(s.app, &view_paso, "VID-2026-0001", "2.2");
	screen_type(&s, " más");
	screen_key(&s, K_F8);
	assert_true(screen_has(&s, "! El paso todavía no llega"));
	screen_key(&s, K_PASTE_BEGIN);
	screen_type(&s, "pegado");
	screen_key(&s, K_PASTE_END);
	for (i = 0; i < 300; i++)	/* bounded: the rest is told */
		screen_key(&s, K_DELETE);
	assert_true(screen_has(&s, "! El paso todavía no llega"));
	screen_answer(&s, "paso", 0, STEP);
	assert_true(screen_has(&s, "[12,480 familias más "));
	assert_int_equal(screen_changes(&s), 0);
	screen_clear(&s);
}

static void
what_is_typed_after_f8_goes_to_the_next_step_or_nowhere(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	screen_key(&s, K_F8);
	screen_type(&s, "xq");
	screen_answer(&s, "hacer", 0, "{\"open\":[{\"step\":\"2.3\"}]}");
	screen_answer(&s, "paso", 0, STEP);
	assert_true(screen_has(&s, "[12,480 familiasxq "));
	screen_clear(&s);
	paso_start(&s, 80, 24);
	screen_key(&s, K_F8);
	screen_type(&s, "xq");
	screen_answer(&s, "hacer", 0, "{\"open\":[]}");
	assert_true(screen_has(&s, "Bandeja de tareas"));
	assert_false(app_has_popup(s.app));
	screen_clear(&s);
}

/* What the server reads in "+3" stands behind it, until it is changed. */
static void
a_date_is_shown_as_it_is_read(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	screen_key(&s, K_TAB);
	screen_key(&s, K_CTRL_U);
	screen_type(&s, "+3");
	screen_key(&s, K_TAB);
	assert_string_equal(screen_last(&s, "borrador"),
	    "borrador VID-2026-0001 2.2 cut_on=+3");
	screen_answer(&s, "borrador", 0, "{\"saved_at\":"
	    "\"2026-11-23T17:00:00Z\",\"fields\":[{\"id\":\"cut_on\","
	    "\"required\":true,\"applies\":true,\"reads\":\"26/11/2026\"}]}");
	assert_true(screen_has(&s, "[+3  = 26/11/2026 "));
	screen_key(&s, K_UP);
	screen_type(&s, "x");
	assert_true(screen_has(&s, "[+3x "));
	assert_false(screen_has(&s, "26/11/2026"));
	screen_key(&s, K_TAB);
	screen_answer(&s, "borrador", 0, "{\"saved_at\":"
	    "\"2026-11-23T17:00:00Z\",\"fields\":[{\"id\":\"cut_on\","
	    "\"required\":true,\"applies\":true,\"reads\":\"\"}]}");
	assert_true(screen_has(&s, "[+3x  no se entiende "));
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_date_is_shown_as_it_is_read),
		cmocka_unit_test(
		    a_push_never_moves_the_cursor_nor_takes_the_text),
		cmocka_unit_test(
		    a_step_done_by_another_leaves_the_text_to_be_read),
		cmocka_unit_test(a_step_of_others_is_read_only_and_says_why),
		cmocka_unit_test(
		    the_editor_gives_its_text_back_whatever_the_way_out),
		cmocka_unit_test(a_draft_that_was_refused_is_tried_again),
		cmocka_unit_test(it_comes_back_to_the_same_field),
		cmocka_unit_test(a_field_is_kept_on_leaving_it),
		cmocka_unit_test(
		    a_field_is_kept_two_seconds_after_the_last_key),
		cmocka_unit_test(leaving_the_screen_keeps_the_field),
		cmocka_unit_test(
		    what_is_typed_before_the_step_arrives_is_kept),
		cmocka_unit_test(
		    what_is_typed_after_f8_goes_to_the_next_step_or_nowhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
