/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_destinatarios_test.c - to whom mail goes: added, taken out, looked at. */
#include "screen.h"

#define LIST(can) "{\"addresses\":[" \
	"{\"list\":\"sintesis\",\"address\":\"dg@salud.mx\"," \
	"\"name\":\"Dirección General\"}," \
	"{\"list\":\"sintesis\",\"address\":\"vocera@salud.mx\"," \
	"\"name\":\"Vocera\"}],\"lists\":[\"jefatura\",\"sintesis\"]," \
	"\"can\":" can "}"

static void
destinos_start(struct screen *s, const char *list)
{
	screen_init(s, 80, 24);
	app_open(s->app, &view_bandeja, NULL, NULL);
	screen_key(s, K_F2);
	screen_type(s, "direcciones aprobadas");
	screen_key(s, K_ENTER);
	assert_string_equal(screen_last(s, "destinatarios"), "destinatarios");
	screen_answer(s, "destinatarios", 0, list);
}

static void
each_address_stands_with_its_list(void **st)
{
	struct screen s;

	(void)st;
	destinos_start(&s, LIST("true"));
	screen_golden(&s, "destinatarios");
	assert_true(screen_has(&s, "> sintesis        dg@salud.mx"));
	assert_true(screen_has(&s, "vocera@salud.mx                   Vocera"));
	screen_clear(&s);
}

static void
one_is_added_to_a_list_that_there_is(void **st)
{
	struct screen s;

	(void)st;
	destinos_start(&s, LIST("true"));
	screen_key(&s, 'n');
	screen_type(&s, "jefa");
	screen_key(&s, K_ENTER);
	screen_type(&s, "jefa@salud.mx");
	screen_key(&s, K_ENTER);
	screen_type(&s, "Jefa de la Unidad");
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "destinatario "), "destinatario "
	    "alta jefatura jefa@salud.mx nombre=Jefa de la Unidad");
	screen_answer(&s, "destinatario ", 1, "{\"error\":{\"code\":\"usage\","
	    "\"message\":\"«x» no es una dirección de correo.\"}}");
	assert_true(screen_has(&s, "no es una dirección de correo"));
	screen_clear(&s);
}

static void
one_is_taken_out_after_a_question(void **st)
{
	struct screen s;

	(void)st;
	destinos_start(&s, LIST("true"));
	screen_key(&s, K_DOWN);
	screen_key(&s, 'x');
	assert_true(screen_has(&s, "Quitar de la lista"));
	assert_int_equal(screen_asked(&s, "destinatario "), 0);
	screen_key(&s, 's');
	assert_string_equal(screen_last(&s, "destinatario "),
	    "destinatario baja sintesis vocera@salud.mx");
	screen_answer(&s, "destinatario ", 0, "{\"addresses\":[]}");
	assert_int_equal(screen_asked(&s, "destinatarios"), 2);
	screen_clear(&s);
}

/* Another one went meanwhile: what was asked about is what goes. */
static void
what_was_asked_about_is_taken_out(void **st)
{
	static const char less[] = "{\"addresses\":[{\"list\":\"sintesis\","
	    "\"address\":\"vocera@salud.mx\",\"name\":\"Vocera\"},"
	    "{\"list\":\"sintesis\",\"address\":\"zona@salud.mx\","
	    "\"name\":\"Zona\"}],\"lists\":[\"sintesis\"],\"can\":true}";
	struct screen s;

	(void)st;
	destinos_start(&s, LIST("true"));
	screen_key(&s, K_F5);
	screen_key(&s, K_DOWN);
	screen_key(&s, 'x');
	screen_answer(&s, "destinatarios", 0, less);
	screen_key(&s, 's');
	assert_string_equal(screen_last(&s, "destinatario "),
	    "destinatario baja sintesis vocera@salud.mx");
	screen_clear(&s);
}

static void
others_only_look(void **st)
{
	struct screen s;

	(void)st;
	destinos_start(&s, LIST("false"));
	screen_key(&s, 'n');
	assert_false(app_has_popup(s.app));
	screen_key(&s, 'x');
	assert_false(app_has_popup(s.app));
	assert_true(screen_has(&s, "Solo la jefatura"));
	screen_clear(&s);
}

static void
every_action_is_told_and_reached(void **st)
{
	struct screen s;

	(void)st;
	screen_table(&view_destinatarios);
	destinos_start(&s, LIST("true"));
	screen_legend(&s, &view_destinatarios, app_top(s.app));
	screen_palette(&s, &view_destinatarios);
	screen_sizes(&s);
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_address_stands_with_its_list),
		cmocka_unit_test(one_is_added_to_a_list_that_there_is),
		cmocka_unit_test(one_is_taken_out_after_a_question),
		cmocka_unit_test(what_was_asked_about_is_taken_out),
		cmocka_unit_test(others_only_look),
		cmocka_unit_test(every_action_is_told_and_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
