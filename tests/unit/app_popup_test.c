/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * app_popup_test.c - rows of the screen, the legend, pop-ups and the
 * palette.
 */
#include "toy.h"

static void
keys(struct app *a, const char *letters)
{
	for (; *letters != '\0'; letters++)
		app_key(a, *letters);
}

static void
the_screen_has_its_rows(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	row_is(a, 0, " PAUTA  casa                                     "
	    "CDMX  mlopez (redactor)  10:42");
	row_is(a, 21, "");
	row_is(a, 22, " F1=Ayuda  F2=Acciones  F3=Salir  F4=Lista  "
	    "F5=Actualizar  e=Enviar");
	row_is(a, 23, "");
	assert_int_equal(app_draw(a)->cells[0].attr, GRID_REVERSE);
	app_end(a);
}

static void
a_grey_action_says_why(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_key(a, K_ENTER);
	row_is(a, 21, "! Falta la fuente.");
	app_key(a, K_DOWN);
	row_is(a, 21, "");
	app_key(a, K_F2);
	assert_true(screen_has(a, "(no: Falta la fuente.)"));
	app_end(a);
}

static void
letters_have_no_case_and_aliases_work(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_key(a, K_F5);
	app_key(a, 'R');
	was(&told, "act 99;act 99;");
	app_key(a, '?');
	assert_true(screen_has(a, "Ayuda"));
	assert_true(app_has_popup(a));
	app_end(a);
}

static void
a_question_is_answered_with_s_only(void **st)
{
	static const int32_t noes[] = { K_ENTER, 'n', K_ESC, K_F12, K_F3 };
	struct app *a = app_start(NULL);
	size_t i;

	(void)st;
	buf_del(&sent, sent.len);
	for (i = 0; i < ARRAY_LEN(noes); i++) {
		app_key(a, 'e');
		assert_true(screen_has(a, "s=Sí, enviar    n=No"));
		app_key(a, noes[i]);
		assert_false(app_has_popup(a));
	}
	app_key(a, 'e');
	app_key(a, 'a');
	app_key(a, K_PASTE_BEGIN);
	app_key(a, 's');
	app_key(a, K_PASTE_END);
	assert_true(app_has_popup(a));
	was(&sent, "");
	app_key(a, 's');
	was(&sent, "2 op hacer B-1 2.2;");
	app_on_reply(a, 2, 1, "{\"error\":{\"code\":\"refused\"}}");
	was(&told, "casa doc 7 1 refused;");
	app_end(a);
}

static void
a_pasted_letter_is_never_an_action(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_key(a, K_PASTE_BEGIN);
	keys(a, "rrqxe");
	app_key(a, K_PASTE_END);
	assert_false(app_has_popup(a));
	was(&told, "");
	app_key(a, 'r');
	was(&told, "act 99;");
	app_end(a);
}

static void
a_text_is_asked_for(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_key(a, 'x');
	keys(a, "Ana");
	assert_true(screen_has(a, "Diga un nombre"));
	assert_true(screen_has(a, "[Ana  "));
	app_key(a, K_ENTER);
	was(&told, "text 3 Ana;");
	app_key(a, 'x');
	keys(a, "otra");
	app_key(a, K_ESC);
	was(&told, "");
	app_end(a);
}

static void
a_list_is_filtered_without_accents(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_key(a, K_F4);
	assert_true(screen_has(a, "> Oaxaca"));
	keys(a, "leo");
	assert_true(screen_has(a, "> Nuevo León"));
	assert_false(screen_has(a, "Oaxaca"));
	app_key(a, K_ENTER);
	was(&told, "text 4 nl;");
	app_key(a, K_F4);
	app_key(a, K_DOWN);
	app_key(a, K_ENTER);
	was(&told, "text 4 Yucatán;");
	app_end(a);
}

/* The answer to what ACT_PICK would have asked. */
static void
pick_came(struct app *a, int status)
{
	json_t *doc = json_pack("{s:{s:s}}", "error", "message", "No se puede.");

	app_pick_came(app_top(a), 4, status, doc, json_pack("[s,s]", "Ana",
	    "Eva"));
	json_decref(doc);
}

/* What is typed before the list came filters it, and does nothing else; what
 * was closed meanwhile, or was another question, stays as it is. */
static void
a_list_that_is_late_takes_the_keys(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_pick_wait(app_top(a), 4, "Turnar a", toy_on_text);
	assert_true(screen_has(a, "Un momento..."));
	keys(a, "e");
	app_key(a, K_ENTER);
	was(&told, "");
	pick_came(a, 0);
	assert_true(screen_has(a, "> Eva"));
	assert_false(screen_has(a, "Ana"));
	assert_false(screen_has(a, "Un momento..."));
	app_key(a, K_ENTER);
	was(&told, "text 4 Eva;");
	app_pick_wait(app_top(a), 4, "Turnar a", toy_on_text);
	app_key(a, K_ESC);
	pick_came(a, 0);
	assert_false(app_has_popup(a));
	app_pick_wait(app_top(a), 4, "Turnar a", toy_on_text);
	app_key(a, K_ESC);
	app_key(a, 'x');
	keys(a, "Luz");
	pick_came(a, 0);
	assert_true(screen_has(a, "[Luz  "));
	app_key(a, K_ESC);
	app_pick_wait(app_top(a), 4, "Turnar a", toy_on_text);
	pick_came(a, 1);
	assert_false(app_has_popup(a));
	row_is(a, 21, "! No se puede.");
	app_end(a);
}

static void
the_palette_reaches_what_the_legend_does_not_show(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_key(a, K_F2);
	keys(a, "pide un");
	app_key(a, K_ENTER);
	assert_true(screen_has(a, "Diga un nombre"));
	app_end(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_screen_has_its_rows),
		cmocka_unit_test(a_grey_action_says_why),
		cmocka_unit_test(letters_have_no_case_and_aliases_work),
		cmocka_unit_test(a_question_is_answered_with_s_only),
		cmocka_unit_test(a_pasted_letter_is_never_an_action),
		cmocka_unit_test(a_text_is_asked_for),
		cmocka_unit_test(a_list_is_filtered_without_accents),
		cmocka_unit_test(a_list_that_is_late_takes_the_keys),
		cmocka_unit_test(the_palette_reaches_what_the_legend_does_not_show),
	};

	setenv("TZ", "CST6", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
