/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_nuevo_test.c - beginning a case. */
#include "screen.h"

#define PROCEDURES                                                            \
	"{\"procedures\":[{\"code\":\"63-COM-P01\",\"brief\":\"Videos\","     \
	"\"title\":\"Producción, elaboración y difusión de videos "           \
	"institucionales\",\"starts\":[{\"id\":\"video\",\"title\":"          \
	"\"Programar un video\",\"can\":true,\"fields\":[]}]},"               \
	"{\"code\":\"63-COM-P03\",\"brief\":\"Monitoreo\",\"title\":"         \
	"\"Monitoreo de medios\",\"starts\":[{\"id\":\"day\",\"title\":"      \
	"\"Abrir el día\",\"can\":false,\"why\":\"Lo inicia el Coordinador "  \
	"de Monitoreo.\"},{\"id\":\"alert\",\"title\":\"Aviso\",\"can\":"     \
	"true,\"fields\":[{\"id\":\"channel\",\"label\":\"Vía\",\"type\":"    \
	"\"text\",\"required\":true}]}]}]}"

static void
nuevo_start(struct screen *s, int cols, int rows)
{
	screen_init(s, cols, rows);
	app_open(s->app, &view_bandeja, NULL, NULL);
	app_open(s->app, &view_nuevo, NULL, NULL);
	screen_answer(s, "procedimientos", 0, PROCEDURES);
}

static void
the_list_at_24_by_80(void **st)
{
	struct screen s;

	(void)st;
	nuevo_start(&s, 80, 24);
	screen_key(&s, K_DOWN);
	screen_is(&s,
	    " PAUTA  Nuevo expediente                       CDMX  mlopez (Producción)  10:00\n"
	    "  Código      Procedimiento       Qué se inicia\n"
	    "  63-COM-P01  Videos              Programar un video\n"
	    "> 63-COM-P03  Monitoreo           Abrir el día                     no le toca\n"
	    "  63-COM-P03  Monitoreo           Aviso\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "────────────────────────────────────────────────────────────────────────────────\n"
	    " Monitoreo de medios\n"
	    " Lo inicia el Coordinador de Monitoreo.\n"
	    "\n"
	    "\n"
	    "\n"
	    " F1=Ayuda  F2=Acciones  F3=Salir  F12=Regresar\n"
	    "\n");
	screen_clear(&s);
}

static void
the_finger_begins_at_what_may_be_started(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_nuevo, NULL, NULL);
	screen_answer(&s, "procedimientos", 0,
	    "{\"procedures\":[{\"code\":\"A\",\"brief\":\"A\",\"title\":\"A\","
	    "\"starts\":[{\"id\":\"a\",\"title\":\"Uno\",\"can\":false,\"why\":"
	    "\"No.\"},{\"id\":\"b\",\"title\":\"Dos\",\"can\":true,"
	    "\"fields\":[]}]}]}");
	assert_true(screen_has(&s, "\n> A           A                   Dos"));
	screen_clear(&s);
}

static void
the_form_at_20_by_60_in_ascii(void **st)
{
	struct screen s;

	(void)st;
	nuevo_start(&s, 60, 20);
	app_set_ascii(s.app, true);
	screen_key(&s, K_END);
	screen_key(&s, K_ENTER);
	screen_is(&s,
	    " PAUTA  Nuevo expediente   CDMX  mlopez (Producción)  10:00\n"
	    " Monitoreo: Aviso\n"
	    "------------------------------------------------------------\n"
	    "\n"
	    "  Título  . . . . .  : [                       ]\n"
	    "  Área solicitante   : [                       ]\n"
	    "  Fecha compromiso   : [                       ] dd/mm/aaaa\n"
	    "  Prioridad . . . .  : (o) 1 normal  ( ) 2 urgente\n"
	    "  Vía*  . . . . . .  : [                       ]\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    " Título: Si lo deja en blanco se toma del contenido.\n"
	    "------------------------------------------------------------\n"
	    " Obligatorios: 0 de 1.  F8 inicia el expediente.\n"
	    "\n"
	    " F1=Ayuda  F2=Acciones  F3=Salir  F8=Iniciar  F12=Regresar\n"
	    " Tab=Sig.\n");
	screen_clear(&s);
}

static void
what_is_not_mine_says_why(void **st)
{
	struct screen s;

	(void)st;
	nuevo_start(&s, 80, 24);
	screen_key(&s, K_DOWN);
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "! Lo inicia el Coordinador de "
	    "Monitoreo."));
	screen_key(&s, K_F8);
	assert_int_equal(screen_changes(&s), 0);
	screen_clear(&s);
}

static void
f8_begins_and_goes_to_the_first_step(void **st)
{
	struct screen s;
	int i;

	(void)st;
	nuevo_start(&s, 80, 24);
	screen_key(&s, K_ENTER);
	screen_type(&s, "Feria de salud");
	for (i = 0; i < 9; i++)
		screen_key(&s, K_ENTER);
	assert_int_equal(screen_changes(&s), 0);
	screen_key(&s, '2');
	screen_key(&s, K_F8);
	assert_string_equal(screen_last(&s, "iniciar"), "iniciar 63-COM-P01 "
	    "inicio=video title=Feria de salud priority=urgente");
	screen_key(&s, K_F8);
	assert_int_equal(screen_asked(&s, "iniciar"), 1);
	screen_answer(&s, "iniciar", 0, "{\"folio\":\"VID-2026-0009\","
	    "\"open\":[{\"step\":\"1.2\",\"row\":null}]}");
	assert_string_equal(screen_last(&s, "paso"), "paso VID-2026-0009 1.2");
	assert_true(screen_has(&s, "Se inició VID-2026-0009."));
	screen_key(&s, K_F12);
	assert_true(screen_has(&s, "Bandeja de tareas"));
	screen_clear(&s);
}

static void
a_refusal_keeps_what_was_typed(void **st)
{
	struct screen s;

	(void)st;
	nuevo_start(&s, 80, 24);
	screen_key(&s, K_END);
	screen_key(&s, K_ENTER);
	screen_type(&s, "Hola");
	screen_key(&s, K_F8);
	screen_answer(&s, "iniciar", 1, "{\"error\":{\"code\":\"refused\","
	    "\"message\":\"Falta «Vía».\"}}");
	assert_true(screen_has(&s, "! Falta «Vía»."));
	assert_true(screen_has(&s, "[Hola "));
	screen_type(&s, "correo");	/* the finger is where it is missing */
	screen_key(&s, K_F8);
	assert_string_equal(screen_last(&s, "iniciar"), "iniciar 63-COM-P03 "
	    "inicio=alert title=Hola priority=normal channel=correo");
	screen_clear(&s);
}

static void
leaving_what_was_typed_asks(void **st)
{
	struct screen s;

	(void)st;
	nuevo_start(&s, 80, 24);
	screen_key(&s, K_ENTER);
	screen_key(&s, K_F12);
	assert_true(screen_has(&s, "> 63-COM-P01"));
	screen_key(&s, K_ENTER);
	screen_type(&s, "x");
	screen_key(&s, K_F12);
	assert_true(screen_has(&s, "lo escrito se pierde"));
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "[x "));
	screen_key(&s, K_F12);
	screen_key(&s, 's');
	assert_true(screen_has(&s, "> 63-COM-P01"));
	screen_clear(&s);
}

static void
the_palette_asks_too(void **st)
{
	static const char *const names[] = { "Regresar", "Salir" };
	struct screen s;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(names); i++) {
		nuevo_start(&s, 80, 24);
		screen_key(&s, K_ENTER);
		screen_type(&s, "x");
		screen_key(&s, K_F2);
		screen_type(&s, names[i]);
		screen_key(&s, K_ENTER);
		assert_true(screen_has(&s, "lo escrito se pierde"));
		screen_key(&s, 's');
		assert_true(screen_has(&s, i == 0 ? "> 63-COM-P01" :
		    "Bandeja de tareas"));
		screen_clear(&s);
	}
}

static void
every_action_is_told_and_reached(void **st)
{
	struct screen s;

	(void)st;
	screen_table(&view_nuevo);
	nuevo_start(&s, 80, 24);
	screen_legend(&s, &view_nuevo, app_top(s.app));
	screen_palette(&s, &view_nuevo);
	screen_sizes(&s);
	screen_key(&s, K_ENTER);
	screen_legend(&s, &view_nuevo, app_top(s.app));
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_at_24_by_80),
		cmocka_unit_test(the_finger_begins_at_what_may_be_started),
		cmocka_unit_test(the_form_at_20_by_60_in_ascii),
		cmocka_unit_test(what_is_not_mine_says_why),
		cmocka_unit_test(f8_begins_and_goes_to_the_first_step),
		cmocka_unit_test(a_refusal_keeps_what_was_typed),
		cmocka_unit_test(leaving_what_was_typed_asks),
		cmocka_unit_test(the_palette_asks_too),
		cmocka_unit_test(every_action_is_told_and_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
