/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_paso_test.c - one step being done: how it looks, F8, what follows. */
#include "paso_doc.h"

static void
a_step_at_24_by_80(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	screen_is(&s,
	    " PAUTA  VID-2026-0001  Videos                  CDMX  mlopez (Producción)  10:00\n"
	    " Paso 2.2 (3 de 7): ELABORACIÓN Y EDICIÓN          [x][x][>][ ] Guardado 09:43\n"
	    "────────────────────────────────────────────────────────────────────────────────\n"
	    " QUÉ HACER  Confirme cada cifra con el área que la genera. Sin fuente escrita\n"
	    "            no se publica (Manual 4.2).\n"
	    "\n"
	    "  Cifra principal*  . . . : [12,480 familias                       ]\n"
	    "  Fecha del corte*  . . . : [30/04/2025                            ] dd/mm/aaaa\n"
	    "  Medios  . . . . . . . . : [ ] 1 web\n"
	    "                            [ ] 2 radio\n"
	    "  Nota al supervisor  . . : [Incluye el padrón.                    ] ^E=Editor\n"
	    "                            [                                      ]\n"
	    "\n"
	    " DECISIÓN  ¿La cifra coincide con el documento soporte?\n"
	    "   ( ) 1  Sí, coincide    -> 2.3 Redacción final\n"
	    "   ( ) 2  No coincide     -> 1.3 Solicitar datos (regresa)\n"
	    "\n"
	    " Cifra principal: Como aparece en el documento soporte.\n"
	    "────────────────────────────────────────────────────────────────────────────────\n"
	    " jperez devolvió 09:58: \"Falta la fuente.\"                        F9=Historial\n"
	    " Obligatorios: 2 de 3.  Al continuar: según su decisión.\n"
	    "\n"
	    " F1=Ayuda  F2=Acciones  F3=Salir  F7=Paso anterior  F8=Continuar  F9=Historial\n"
	    " F11=Expediente  F12=Regresar  Tab=Sig.\n");
	screen_clear(&s);
}

/* An answer of many words is whole; what follows it ends in a sign, if cut. */
static void
a_long_answer_moves_what_follows(void **st)
{
	const char *at = strstr(STEP, "Sí, coincide");
	char *doc = xasprintf("%.*sSí, con todos los documentos%s",
	    (int)(at - STEP), STEP, at + strlen("Sí, coincide"));
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	screen_key(&s, K_F5);
	screen_answer(&s, "paso", 0, doc);
	assert_true(screen_has(&s,
	    "   ( ) 1  Sí, con todos los documentos -> 2.3 Redacción final\n"
	    "   ( ) 2  No coincide                  -> 1.3 Solicitar datos"));
	app_resize(s.app, 60, 24);
	assert_true(screen_has(&s, "   ( ) 1  Sí, con todos los … -> 2.3 "
				   "Redacción final\n"));
	screen_clear(&s);
	free(doc);
}

static void
a_step_at_20_by_60_in_ascii(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 60, 20);
	app_set_ascii(s.app, true);
	screen_is(&s,
	    " PAUTA  VID-2026-0001  Videos    mlopez (Producción)  10:00\n"
	    " Paso 2.2 (3 de 7): ELABORACIÓN Y EDICIÓN   Guardado 09:43\n"
	    "------------------------------------------------------------\n"
	    " QUÉ HACER  Confirme cada cifra con el área que la genera.\n"
	    "            Sin fuente escrita no se publica (Manual 4.2).\n"
	    "\n"
	    "  Cifra principal*   : [12,480 familias        ]\n"
	    "  Fecha del corte*   : [30/04/2025             ] dd/mm/aaaa\n"
	    "  Medios  . . . . .  : [ ] 1 web\n"
	    "                       [ ] 2 radio\n"
	    "  Nota al supervisor : [Incluye el padrón.     ] ^E=Editor\n"
	    "                       [                       ]\n"
	    "\n"
	    " Cifra principal: Como aparece en el documento soporte.\n"
	    "------------------------------------------------------------\n"
	    " jperez devolvió 09:58: \"Falta la fuente.\"    F9=Historial\n"
	    " Obligatorios: 2 de 3.  Al continuar: según su decisión.\n"
	    "\n"
	    " F1=Ayuda  F2=Acciones  F3=Salir  F7=Paso anterior\n"
	    " F8=Continuar  F9=Historial  F11=Expediente  F12=Regresar\n");
	screen_clear(&s);
}

/* What the case is about says more than its procedure; it yields to no clock. */
static void
the_title_says_what_the_case_is_about(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_paso, "VID-2026-0001", "2.2");
	screen_answer(&s, "paso", 0, STEP_MORE("true", ",\"subject\":"
	    "\"Vacunación en Nogales\""));
	assert_true(screen_has(&s, " PAUTA  VID-2026-0001  Vacunación en "
	    "Nogales   CDMX  mlopez (Producción)  10:00"));
	app_resize(s.app, 60, 20);
	assert_true(screen_has(&s, " PAUTA  VID-2026-0001  Vacunación en "
	    "Nogales  mlopez  10:00"));
	screen_clear(&s);
	screen_init(&s, 80, 24);
	app_open(s.app, &view_paso, "VID-2026-0001", "2.2");
	screen_answer(&s, "paso", 0, STEP_MORE("true", ",\"subject\":"
	    "\"Vacunación contra la influenza en Nogales y en Agua Prieta\""));
	assert_true(screen_has(&s, "Vacunación contra la influenza en Nogale…"
	    "  mlopez  10:00"));
	screen_clear(&s);
}

static void
f1_begins_with_the_field_under_the_finger(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	screen_key(&s, K_F1);
	assert_true(screen_has(&s, "│   Cifra principal: Como aparece en el "
	    "documento soporte."));
	screen_clear(&s);
}

static void
enter_never_sends(void **st)
{
	struct screen s;
	int i;

	(void)st;
	paso_start(&s, 80, 24);
	for (i = 0; i < 20; i++)
		screen_key(&s, K_ENTER);
	assert_int_equal(screen_changes(&s), 0);
	assert_true(screen_has(&s, "Es el último campo."));
	screen_clear(&s);
}

static void
what_is_on_the_screen_is_what_is_sent(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	assert_true(screen_has(&s, "Obligatorios: 2 de 3.  Al continuar: "
	    "según su decisión."));
	screen_key(&s, K_TAB);
	screen_key(&s, K_TAB);
	screen_key(&s, ' ');		/* web */
	screen_key(&s, K_DOWN);
	screen_key(&s, ' ');		/* radio */
	screen_key(&s, K_TAB);
	screen_key(&s, K_TAB);
	screen_key(&s, '2');
	assert_true(screen_has(&s, "(o) 2  No coincide"));
	assert_true(screen_has(&s, "Obligatorios: 3 de 3.  Al continuar: 1.3 "
	    "Solicitar datos."));
	screen_key(&s, K_F8);
	assert_string_equal(screen_last(&s, "hacer"),
	    "hacer VID-2026-0001 2.2 figure=12,480 familias "
	    "cut_on=2025-04-30 media=[\"web\",\"radio\"] "
	    "note=Incluye el padrón. agrees=no revision=7");
	screen_key(&s, K_F8);
	assert_int_equal(screen_asked(&s, "hacer"), 1);
	assert_true(screen_has(&s, "! El paso ya se está enviando."));
	screen_clear(&s);
}

static void
a_refused_step_keeps_what_was_typed_and_goes_to_the_field(void **st)
{
	struct screen s;
	const struct grid *g;

	(void)st;
	paso_start(&s, 80, 24);
	screen_type(&s, " exactas");
	screen_key(&s, K_F8);
	screen_answer(&s, "hacer", 1, "{\"error\":{\"code\":\"refused\","
	    "\"message\":\"Falta la fecha del corte: anótela.\"}}");
	assert_true(screen_has(&s, "! Falta la fecha del corte: anótela."));
	assert_true(screen_has(&s, "12,480 familias exactas"));
	g = app_draw(s.app);
	assert_int_equal(g->cur_row, 7);
	screen_key(&s, K_F8);
	assert_int_equal(screen_asked(&s, "hacer"), 2);
	screen_clear(&s);
}

static void
a_stale_step_is_read_again_under_the_text(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	screen_type(&s, " exactas");
	screen_key(&s, K_F8);
	screen_answer(&s, "hacer", 1, "{\"error\":{\"code\":\"stale\","
	    "\"message\":\"El expediente cambió.\"}}");
	assert_int_equal(screen_asked(&s, "paso"), 2);
	screen_answer(&s, "paso", 0, STEP);
	assert_true(screen_has(&s, "12,480 familias exactas"));
	screen_clear(&s);
}

static void
the_next_own_step_opens_by_itself(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	screen_key(&s, K_F8);
	screen_answer(&s, "hacer", 0, "{\"folio\":\"VID-2026-0001\","
	    "\"step\":\"2.2\",\"open\":[{\"step\":\"2.3\",\"row\":4}],"
	    "\"state\":\"open\"}");
	assert_string_equal(screen_last(&s, "paso"),
	    "paso VID-2026-0001 2.3#4");
	screen_answer(&s, "paso VID-2026-0001 2.3#4", 0,
	    "{\"folio\":\"VID-2026-0001\",\"step\":\"2.3\",\"row\":4,"
	    "\"can\":true,\"do\":\"Escriba el texto.\",\"fields\":["
	    "{\"id\":\"text\",\"label\":\"Texto\",\"type\":\"text\"}]}");
	assert_true(screen_has(&s, "Sigue el paso 2.3#4."));
	assert_true(screen_has(&s, "Escriba el texto."));
	screen_type(&s, "a");
	screen_key(&s, K_F8);
	assert_true(strncmp(screen_last(&s, "borrador"),
	    "borrador VID-2026-0001 2.3#4 text=a", 35) == 0);
	screen_clear(&s);
}

/* A mail to nobody is told, and the next step does not take its line. */
static void
what_went_to_nobody_is_said(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	screen_key(&s, K_F8);
	screen_answer(&s, "hacer", 0, "{\"folio\":\"VID-2026-0001\","
	    "\"step\":\"2.2\",\"unsent\":\"No se envió a nadie.\","
	    "\"open\":[{\"step\":\"2.3\"}],\"state\":\"open\"}");
	screen_answer(&s, "paso VID-2026-0001 2.3", 0,
	    "{\"folio\":\"VID-2026-0001\",\"step\":\"2.3\",\"can\":true,"
	    "\"do\":\"Escriba el texto.\",\"fields\":[]}");
	assert_true(screen_has(&s, "Escriba el texto."));
	assert_true(screen_has(&s, "! No se envió a nadie."));
	screen_key(&s, K_F8);
	screen_answer(&s, "hacer VID-2026-0001 2.3", 0,
	    "{\"folio\":\"VID-2026-0001\",\"step\":\"2.3\",\"unsent\":"
	    "\"No se envió a nadie.\",\"open\":[],\"state\":\"closed\"}");
	assert_true(screen_has(&s, "Bandeja de tareas"));
	assert_true(screen_has(&s, "! No se envió a nadie."));
	screen_clear(&s);
}

static void
another_persons_step_sends_back_to_the_list(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	screen_key(&s, K_F8);
	screen_answer(&s, "hacer", 0, "{\"folio\":\"VID-2026-0001\","
	    "\"step\":\"2.2\",\"open\":[{\"step\":\"2.3\",\"row\":null}]}");
	screen_answer(&s, "paso VID-2026-0001 2.3", 0, STEP_DONE);
	assert_true(screen_has(&s, "Bandeja de tareas"));
	assert_true(screen_has(&s, "Paso 2.2 hecho. Sigue: 2.3."));
	assert_false(screen_has(&s, "Deshacer (30 s)"));
	screen_clear(&s);
}

static void
an_answer_that_may_be_undone_says_so(void **st)
{
	struct screen s;

	(void)st;
	paso_start(&s, 80, 24);
	screen_key(&s, K_F8);
	screen_answer(&s, "hacer", 0, "{\"folio\":\"VID-2026-0001\","
	    "\"step\":\"2.2\",\"undo_until\":\"2026-11-23T15:30:30Z\","
	    "\"open\":[{\"step\":\"2.3\",\"row\":null}]}");
	screen_answer(&s, "paso VID-2026-0001 2.3", 0, STEP_DONE);
	assert_true(screen_has(&s, "u=Deshacer (30 s)"));
	screen_clear(&s);
}

static void
a_decision_opens_where_what_changed_is_seen(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	app_open(s.app, &view_paso, "VID-2026-0001", "2.11");
	screen_answer(&s, "paso", 0, "{\"folio\":\"VID-2026-0001\","
	    "\"step\":\"2.11\",\"can\":true,\"approval\":{}}");
	assert_int_equal(screen_asked(&s, "autorizaciones"), 1);
	assert_true(screen_has(&s, "Aprobaciones"));
	screen_key(&s, K_F12);
	assert_true(screen_has(&s, "Bandeja de tareas"));
	screen_clear(&s);
}

static void
a_step_without_fields_is_done_with_f8(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_paso, "VID-2026-0001", "4.3");
	screen_answer(&s, "paso", 0, "{\"folio\":\"VID-2026-0001\","
	    "\"step\":\"4.3\",\"do\":\"Guarde el PDF.\",\"can\":true,"
	    "\"revision\":9,\"fields\":[]}");
	screen_key(&s, K_PGDN);
	assert_int_equal(screen_asked(&s, "hacer"), 0);
	screen_key(&s, K_F8);
	assert_string_equal(screen_last(&s, "hacer"),
	    "hacer VID-2026-0001 4.3 revision=9");
	screen_clear(&s);
}

static void
random_keys_send_nothing(void **st)
{
	struct screen s;
	uint32_t seed = 7;
	int i;

	(void)st;
	paso_start(&s, 80, 24);
	for (i = 0; i < 3000; i++) {
		static const int32_t keys[] = { K_UP, K_DOWN, K_LEFT, K_RIGHT,
			K_TAB, K_ENTER, K_BACKTAB, K_PGDN, K_PGUP, K_HOME,
			K_DELETE, K_BACKSPACE, 'a', 'd', 's', 'n', '1', ' ',
			'u', K_CTRL_U, K_CTRL_Z };

		seed = seed * 1103515245u + 12345u;
		screen_key(&s, keys[(seed >> 16) % ARRAY_LEN(keys)]);
		if (i % 50 == 0)
			(void)app_draw(s.app);
		while (s.count > 3) {
			uint64_t id = s.asks[--s.count].id;

			assert_int_not_equal(strncmp(s.asks[s.count].line,
			    "hacer", 5), 0);
			free(s.asks[s.count].line);
			app_on_reply(s.app, id, 0, STEP);
		}
	}
	assert_int_equal(screen_asked(&s, "hacer"), 0);
	screen_clear(&s);
}

static void
every_action_is_told_and_reached(void **st)
{
	struct screen s;

	(void)st;
	screen_table(&view_paso);
	screen_table(&view_editor);
	paso_start(&s, 80, 24);
	screen_legend(&s, &view_paso, app_top(s.app));
	screen_palette(&s, &view_paso);
	screen_sizes(&s);
	app_set_ascii(s.app, true);
	screen_legend(&s, &view_paso, app_top(s.app));
	screen_clear(&s);
}

/* What it has is not known yet: it does not say that there is nothing. */
static void
a_step_that_is_not_there_yet_says_so(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	app_open(s.app, &view_paso, "VID-2026-0001", "2.2");
	screen_key(&s, K_F2);
	screen_type(&s, "Comprobar");
	assert_true(screen_has(&s, "todavía no llega del servidor"));
	assert_false(screen_has(&s, "nada que comprobar"));
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_at_24_by_80),
		cmocka_unit_test(a_step_that_is_not_there_yet_says_so),
		cmocka_unit_test(a_long_answer_moves_what_follows),
		cmocka_unit_test(a_step_at_20_by_60_in_ascii),
		cmocka_unit_test(the_title_says_what_the_case_is_about),
		cmocka_unit_test(f1_begins_with_the_field_under_the_finger),
		cmocka_unit_test(enter_never_sends),
		cmocka_unit_test(what_is_on_the_screen_is_what_is_sent),
		cmocka_unit_test(
		    a_refused_step_keeps_what_was_typed_and_goes_to_the_field),
		cmocka_unit_test(a_stale_step_is_read_again_under_the_text),
		cmocka_unit_test(the_next_own_step_opens_by_itself),
		cmocka_unit_test(what_went_to_nobody_is_said),
		cmocka_unit_test(another_persons_step_sends_back_to_the_list),
		cmocka_unit_test(an_answer_that_may_be_undone_says_so),
		cmocka_unit_test(a_decision_opens_where_what_changed_is_seen),
		cmocka_unit_test(a_step_without_fields_is_done_with_f8),
		cmocka_unit_test(random_keys_send_nothing),
		cmocka_unit_test(every_action_is_told_and_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
