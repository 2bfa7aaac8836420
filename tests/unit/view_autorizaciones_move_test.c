/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * view_autorizaciones_move_test.c - a finger that moves over decisions: what
 * it only passes is not asked for, and nothing is decided that is not shown.
 */
#include "autoriz_doc.h"

static void
what_is_passed_over_is_not_asked_for(void **st)
{
	struct screen s;

	(void)st;
	autoriz_start(&s, 80, 24);
	app_rest(s.app);
	assert_int_equal(screen_asked(&s, "paso"), 1);
	app_key(s.app, K_DOWN);
	app_key(s.app, K_UP);
	app_key(s.app, K_DOWN);
	assert_int_equal(screen_asked(&s, "paso"), 1);
	assert_int_equal(app_rest_ms(s.app), 150);
	app_rest(s.app);
	app_rest(s.app);
	screen_wait(&s, 1);
	assert_int_equal(screen_asked(&s, "paso"), 2);
	assert_string_equal(screen_last(&s, "paso"), "paso VID-2026-0002 3.5");
	assert_int_equal(app_rest_ms(s.app), -1);
	screen_clear(&s);
}

/* On a slow line the ticks do it, two seconds after the last key. */
static void
a_slow_line_asks_later(void **st)
{
	struct screen s;

	(void)st;
	autoriz_start(&s, 80, 24);
	app_set_round_trip(s.app, 640);
	app_key(s.app, K_DOWN);
	assert_int_equal(app_rest_ms(s.app), -1);
	screen_wait(&s, 1);
	assert_int_equal(screen_asked(&s, "paso"), 1);
	screen_wait(&s, 1);
	screen_wait(&s, 1);
	assert_int_equal(screen_asked(&s, "paso"), 2);
	screen_clear(&s);
}

/* What was shown stays under its own folio, and the keys decide neither. */
static void
what_is_not_shown_is_not_decided(void **st)
{
	static const char keys[] = "lfda";
	const char *key;
	struct screen s;

	(void)st;
	autoriz_start(&s, 80, 24);
	app_key(s.app, K_DOWN);
	assert_true(screen_has(&s, "\n> VID-2026-0002"));
	assert_true(screen_has(&s, "── VID-2026-0001 2.11: cambios"));
	for (key = keys; *key != '\0'; key++) {
		app_key(s.app, *key);
		assert_true(screen_has(&s, "! El contenido todavía no llega"));
		assert_false(app_has_popup(s.app));
	}
	assert_int_equal(screen_changes(&s), 0);
	app_rest(s.app);
	screen_answer(&s, "paso VID-2026-0002 3.5", 0, STEP2);
	assert_false(screen_has(&s, "VID-2026-0001 2.11: cambios"));
	assert_false(screen_has(&s, "todavía no llega"));
	assert_true(screen_has(&s, "VID-2026-0002 3.5: primera ronda"));
	screen_clear(&s);
}

/* It comes back to what is still shown: nothing is asked again. */
static void
back_again_costs_nothing(void **st)
{
	struct screen s;

	(void)st;
	autoriz_start(&s, 80, 24);
	app_key(s.app, K_DOWN);
	app_key(s.app, K_UP);
	app_rest(s.app);
	assert_int_equal(screen_asked(&s, "paso"), 1);
	app_key(s.app, 'a');
	assert_string_equal(screen_last(&s, "aprobar"), "aprobar "
	    "VID-2026-0001 2.11 revision=7 contenido=aa");
	screen_clear(&s);
}

static void
a_return_takes_nothing_that_is_only_proposed(void **st)
{
	static const char with[] = STEP2_WITH(",\"preset\":[\"web\"]");
	struct screen s;
	int said;

	(void)st;
	for (said = 0; said < 2; said++) {
		autoriz_start(&s, 80, 24);
		screen_key(&s, K_DOWN);
		screen_answer(&s, "paso VID-2026-0002 3.5", 0, with);
		if (said) {
			screen_key(&s, 'l');
			screen_key(&s, '2');
			screen_key(&s, K_F12);
		}
		screen_key(&s, 'd');
		screen_type(&s, "3.1");
		screen_key(&s, K_ENTER);
		screen_type(&s, "No");
		screen_key(&s, K_F8);
		assert_string_equal(screen_last(&s, "devolver"), said ?
		    "devolver VID-2026-0002 3.5 motivo=No regresa_a=3.1 "
		    "authorised_media=[\"web\",\"radio\"] revision=3 "
		    "contenido=bb" : "devolver VID-2026-0002 3.5 motivo=No "
		    "regresa_a=3.1 revision=3 contenido=bb");
		screen_clear(&s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_passed_over_is_not_asked_for),
		cmocka_unit_test(a_slow_line_asks_later),
		cmocka_unit_test(what_is_not_shown_is_not_decided),
		cmocka_unit_test(back_again_costs_nothing),
		cmocka_unit_test(a_return_takes_nothing_that_is_only_proposed),
	};

	setenv("TZ", "America/Hermosillo", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
