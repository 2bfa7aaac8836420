/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_autorizaciones_test.c - only `a` approves, and only what was seen. */
#include "autoriz_doc.h"

static void
changes_at_24_by_80(void **st)
{
	struct screen s;

	(void)st;
	autoriz_start(&s, 80, 24);
	screen_is(&s,
	    " PAUTA  Aprobaciones                           CDMX  mlopez (Producción)  10:00\n"
	    "  Folio         Asunto             Paso               Envía      Espera   Ronda\n"
	    "> VID-2026-0001 Vacunación en Nog… 2.11 Apruebe el v… mlopez     35 min   2\n"
	    "  VID-2026-0002 Vacunación en Nog… 3.5 Apruebe el vi… aruiz      35 min   1\n"
	    "\n"
	    "\n"
	    "── VID-2026-0001 2.11: cambios desde su revisión (ronda 2) ────── 2 en espera ──\n"
	    "! Lo presentado lleva 1 carácter que no se ve; aquí aparece como <U+...>.\n"
	    "  Revíselo.\n"
	    "  Cifra principal (2.4)\n"
	    "-   12,840 familias\n"
	    "+   12,480 familias\n"
	    "  Fuente (2.4)\n"
	    "-   (vacío)\n"
	    "+   Programas Sociales\n"
	    "  Texto, párrafo 2 (2.5)\n"
	    "-   El apoyo beneficia a [-12,840-] familias de Nogales.\n"
	    "+   El apoyo beneficia a {+12,480+} familias de Nogales.\n"
	    "  Sin cambios: 6 campos (v=Ver todo)                          Cambio 1 de 3\n"
	    "────────────────────────────────────────────────────────────────────────────────\n"
	    " Al aprobar: 3.1 Vea el corte final.  Se puede deshacer durante 30 s.\n"
	    "\n"
	    " F1=Ayuda  F2=Acciones  F3=Salir  F9=Historial  F11=Ver todo  F12=Regresar\n"
	    " a=Aprobar  d=Devolver  n=Cambio sig.  p=Cambio ant.  c=Comentar\n");
	screen_clear(&s);
}

/* The list cuts it, and nobody decides on half a name. */
static void
what_is_decided_on_is_named_whole(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_autorizaciones, NULL, NULL);
	screen_answer(&s, "autorizaciones", 0, BOTH);
	screen_answer(&s, "paso VID-2026-0001 2.11", 0,
	    HEAD("VID-2026-0001", "2.11") "\"subject\":\"Vacunación en "
	    "Nogales y en Agua Prieta\",\"revision\":7,\"content\":\"aa\","
	    "\"can\":true," AP("{\"step\":\"2.9\"}") "\"fields\":[" VERDICT
	    "],\"changes\":[],\"shown\":[]," TAIL);
	assert_true(screen_has(&s, "Vacunación en Nog…"));
	assert_true(screen_has(&s, "\n Vacunación en Nogales y en Agua "
	    "Prieta\n"));
	screen_clear(&s);
}

static void
changes_at_20_by_60_in_ascii(void **st)
{
	struct screen s;

	(void)st;
	autoriz_start(&s, 60, 20);
	app_set_ascii(s.app, true);
	screen_is(&s,
	    " PAUTA  Aprobaciones       CDMX  mlopez (Producción)  10:00\n"
	    "  Folio         Asunto      Paso  Envía      Espera   Ronda\n"
	    "> VID-2026-0001 Vacunación~ 2.11  mlopez     35 min   2\n"
	    "  VID-2026-0002 Vacunación~ 3.5   aruiz      35 min   1\n"
	    "\n"
	    "-- VID-2026-0001 2.11: cambios desde su revisión (ronda 2)--\n"
	    "! Lo presentado lleva 1 carácter que no se ve; aquí aparece\n"
	    "  como <U+...>. Revíselo.\n"
	    "  Cifra principal (2.4)\n"
	    "-   12,840 familias\n"
	    "+   12,480 familias\n"
	    "  Fuente (2.4)\n"
	    "-   (vacío)\n"
	    "+   Programas Sociales\n"
	    "  Sin cambios: 6 campos (v= AvPág=Más 3   Cambio 1 de 3\n"
	    "------------------------------------------------------------\n"
	    " Al aprobar: 3.1 Vea el corte final.\n"
	    "\n"
	    " F1=Ayuda  F2=Acciones  F3=Salir  F9=Historial  F11=Ver todo\n"
	    " F12=Regresar  a=Aprobar  d=Devolver  n=Cambio sig.\n");
	screen_clear(&s);
}

static void
the_first_round_shows_what_is_presented(void **st)
{
	struct screen s;

	(void)st;
	autoriz_start(&s, 80, 24);
	screen_key(&s, K_DOWN);
	screen_answer(&s, "paso VID-2026-0002 3.5", 0, STEP2);
	assert_true(screen_has(&s, "VID-2026-0002 3.5: primera ronda"));
	assert_true(screen_has(&s, "3.3 Exporte (aruiz, 09:00)"));
	assert_true(screen_has(&s, "   Archivo: final.mp4"));
	screen_clear(&s);
}

/* The case was returned before it first came here. */
static void
a_later_round_is_not_called_the_first(void **st)
{
	char *doc = xstrdup(STEP2);
	struct screen s;

	(void)st;
	strstr(doc, "\"round\":0")[8] = '1';
	autoriz_start(&s, 80, 24);
	screen_key(&s, K_DOWN);
	screen_answer(&s, "paso VID-2026-0002 3.5", 0, doc);
	assert_true(screen_has(&s, "VID-2026-0002 3.5: lo que se presenta por "
				   "primera vez (ronda 2)"));
	screen_clear(&s);
	free(doc);
}

static void
only_a_approves(void **st)
{
	static const int32_t others[] = { K_ENTER, 'n', 'p', 'v', K_F11, ' ',
		's', 'y', K_F8, 'r', '1', K_TAB, 'x', 'm' };
	struct screen s;
	size_t i;

	(void)st;
	autoriz_start(&s, 80, 24);
	for (i = 0; i < ARRAY_LEN(others); i++)
		screen_key(&s, others[i]);
	screen_key(&s, K_F10);		/* why, and back */
	screen_key(&s, K_F12);
	assert_int_equal(screen_changes(&s), 0);
	screen_key(&s, 'a');
	assert_string_equal(screen_last(&s, "aprobar"),
	    "aprobar VID-2026-0001 2.11 revision=7 contenido=aa");
	screen_key(&s, 'a');
	assert_int_equal(screen_asked(&s, "aprobar"), 1);
	screen_clear(&s);
}

static void
a_pasted_a_approves_nothing(void **st)
{
	struct screen s;

	(void)st;
	autoriz_start(&s, 80, 24);
	screen_key(&s, K_PASTE_BEGIN);
	screen_type(&s, "aaa");
	screen_key(&s, K_PASTE_END);
	assert_int_equal(screen_changes(&s), 0);
	screen_clear(&s);
}

static void
nothing_is_approved_before_it_is_seen(void **st)
{
	struct screen s;

	(void)st;
	autoriz_start(&s, 80, 24);
	screen_key(&s, K_DOWN);
	screen_key(&s, 'a');
	assert_int_equal(screen_changes(&s), 0);
	assert_true(screen_has(&s, "! El contenido todavía no llega"));
	screen_clear(&s);
}

static void
content_that_changed_while_read_is_not_approved_at_once(void **st)
{
	struct screen s;

	(void)st;
	autoriz_start(&s, 80, 24);
	screen_push(&s, "VID-2026-0001");
	screen_answer(&s, "autorizaciones", 0, BOTH);
	screen_answer(&s, "paso", 0, STEP1("8", "cc", "true"));
	assert_true(screen_has(&s, "! El contenido cambió mientras lo leía"));
	screen_key(&s, 'a');
	assert_int_equal(screen_changes(&s), 0);
	screen_key(&s, 'a');
	assert_string_equal(screen_last(&s, "aprobar"),
	    "aprobar VID-2026-0001 2.11 revision=8 contenido=cc");
	screen_clear(&s);
}

static void
after_deciding_the_next_comes_up_and_can_be_undone(void **st)
{
	struct screen s;

	(void)st;
	autoriz_start(&s, 80, 24);
	screen_key(&s, 'a');
	screen_answer(&s, "aprobar", 0, DECIDED("VID-2026-0001"));
	assert_true(screen_has(&s, "VID-2026-0001 aprobada.  u=Deshacer"));
	assert_string_equal(screen_last(&s, "paso"), "paso VID-2026-0002 3.5");
	assert_true(screen_has(&s, "\n> VID-2026-0002"));
	screen_wait(&s, 10);
	assert_true(screen_has(&s, "u=Deshacer (20 s)"));
	screen_key(&s, 'u');
	assert_int_equal(screen_asked(&s, "deshacer"), 1);
	screen_answer(&s, "deshacer", 0, DECIDED("VID-2026-0001"));
	assert_true(screen_has(&s, "VID-2026-0001: se deshizo."));
	/* Who took it back looks at it again, wherever the finger was. */
	screen_answer(&s, "autorizaciones", 0, BOTH);
	assert_true(screen_has(&s, "\n> VID-2026-0001"));
	assert_string_equal(screen_last(&s, "paso"), "paso VID-2026-0001 2.11");
	screen_wait(&s, 31);
	screen_key(&s, 'u');
	assert_int_equal(screen_asked(&s, "deshacer"), 1);
	screen_clear(&s);
}

static void
returning_needs_a_remark(void **st)
{
	struct screen s;

	(void)st;
	autoriz_start(&s, 80, 24);
	screen_key(&s, 'd');
	screen_key(&s, K_F8);
	assert_int_equal(screen_changes(&s), 0);
	assert_true(screen_has(&s, "! Falta la observación"));
	screen_key(&s, 'd');
	screen_type(&s, "Suba el audio");
	screen_key(&s, K_F8);
	assert_string_equal(screen_last(&s, "devolver"), "devolver "
	    "VID-2026-0001 2.11 motivo=Suba el audio revision=7 contenido=aa");
	screen_clear(&s);
}

static void
a_remark_is_kept_until_it_has_returned_it(void **st)
{
	struct screen s;

	(void)st;
	autoriz_start(&s, 80, 24);
	screen_key(&s, 'd');
	screen_type(&s, "Suba");
	screen_key(&s, K_ESC);
	screen_key(&s, K_DOWN);
	screen_answer(&s, "paso VID-2026-0002 3.5", 0, STEP2);
	screen_key(&s, 'd');
	screen_type(&s, "3.1");
	screen_key(&s, K_ENTER);	/* of another one: it is not offered */
	assert_false(screen_has(&s, "[Suba"));
	screen_key(&s, K_ESC);
	screen_clear(&s);

	autoriz_start(&s, 80, 24);
	screen_key(&s, 'd');
	screen_type(&s, "Suba");
	screen_key(&s, K_ESC);
	screen_key(&s, 'd');
	assert_true(screen_has(&s, "[Suba"));
	screen_type(&s, " el audio");
	screen_key(&s, K_F8);
	screen_answer(&s, "devolver", 1, "{\"error\":{\"code\":\"refused\","
	    "\"message\":\"No.\"}}");
	screen_key(&s, 'd');
	assert_true(screen_has(&s, "[Suba el audio"));
	screen_key(&s, K_F8);
	assert_string_equal(screen_last(&s, "devolver"), "devolver "
	    "VID-2026-0001 2.11 motivo=Suba el audio revision=7 contenido=aa");
	screen_clear(&s);
}

static void
several_places_to_return_to_are_asked(void **st)
{
	struct screen s;

	(void)st;
	autoriz_start(&s, 80, 24);
	screen_key(&s, K_DOWN);
	screen_answer(&s, "paso VID-2026-0002 3.5", 0, STEP2);
	screen_key(&s, 'd');
	screen_type(&s, "3.1");
	screen_key(&s, K_ENTER);
	screen_type(&s, "No");
	screen_key(&s, K_F8);
	assert_string_equal(screen_last(&s, "devolver"), "devolver "
	    "VID-2026-0002 3.5 motivo=No regresa_a=3.1 revision=3 "
	    "contenido=bb");
	screen_clear(&s);
}

static void
a_decision_with_fields_opens_its_form_and_f8_approves(void **st)
{
	struct screen s;

	(void)st;
	autoriz_start(&s, 80, 24);
	screen_key(&s, K_DOWN);
	screen_answer(&s, "paso VID-2026-0002 3.5", 0, STEP2);
	screen_key(&s, 'a');
	assert_int_equal(screen_changes(&s), 0);
	assert_true(screen_has(&s, "Medios autorizados* . . : [ ] 1 web"));
	assert_false(screen_has(&s, "Dictamen"));
	screen_key(&s, 'a');	/* in the form it is a letter */
	screen_key(&s, '2');
	assert_int_equal(screen_asked(&s, "aprobar"), 0);
	screen_key(&s, K_F8);
	assert_string_equal(screen_last(&s, "aprobar"), "aprobar "
	    "VID-2026-0002 3.5 authorised_media=[\"radio\"] revision=3 "
	    "contenido=bb");
	assert_string_equal(screen_last(&s, "borrador"), "borrador "
	    "VID-2026-0002 3.5 authorised_media=[\"radio\"]");
	screen_clear(&s);
}

static void
own_work_is_shown_and_cannot_be_approved(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	app_open(s.app, &view_autorizaciones, NULL, NULL);
	screen_answer(&s, "autorizaciones", 0, BOTH);
	screen_answer(&s, "paso", 0, STEP1("7", "aa", "false"));
	assert_true(screen_has(&s, "No le toca decidir: Usted hizo esta "
	    "versión."));
	assert_false(screen_has(&s, "a=Aprobar"));
	screen_key(&s, 'a');
	assert_int_equal(screen_changes(&s), 0);
	assert_true(screen_has(&s, "! Usted hizo esta versión."));
	screen_clear(&s);
}

static void
a_push_never_moves_the_cursor(void **st)
{
	struct screen s;

	(void)st;
	autoriz_start(&s, 80, 24);
	screen_key(&s, K_DOWN);
	screen_answer(&s, "paso VID-2026-0002 3.5", 0, STEP2);
	screen_push(&s, "VID-2026-0003");
	screen_answer(&s, "autorizaciones", 0, ITEMS(
	    ITEM("VID-2026-0003", "2.11", "0", "otro") ","
	    ITEM("VID-2026-0002", "3.5", "0", "aruiz")));
	assert_true(screen_has(&s, "\n* VID-2026-0001"));
	assert_true(screen_has(&s, "\n> VID-2026-0002"));
	assert_true(screen_has(&s, "\n* VID-2026-0003"));
	assert_true(screen_has(&s, "VID-2026-0002 3.5: primera ronda"));
	screen_clear(&s);
}

static void
it_opens_at_the_case_asked_for(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	app_open(s.app, &view_autorizaciones, "VID-2026-0002", "3.5");
	screen_answer(&s, "autorizaciones", 0, BOTH);
	assert_string_equal(screen_last(&s, "paso"), "paso VID-2026-0002 3.5");
	assert_int_equal(screen_changes(&s), 0);
	screen_clear(&s);
}

static void
every_action_is_told_and_reached(void **st)
{
	struct screen s;

	(void)st;
	screen_table(&view_autorizaciones);
	autoriz_start(&s, 80, 24);
	screen_legend(&s, &view_autorizaciones, app_top(s.app));
	screen_palette(&s, &view_autorizaciones);
	screen_sizes(&s);
	app_set_ascii(s.app, true);
	screen_legend(&s, &view_autorizaciones, app_top(s.app));
	screen_key(&s, K_DOWN);
	screen_answer(&s, "paso VID-2026-0002 3.5", 0, STEP2);
	screen_key(&s, 'l');
	screen_legend(&s, &view_autorizaciones, app_top(s.app));
	screen_clear(&s);
}

static void
a_remark_being_typed_outlives_the_program(void **st)
{
	struct screen s;
	char *place;
	json_t *me;
	int i;

	(void)st;
	autoriz_start(&s, 80, 24);
	app_set_views(s.app, views_all, views_count);
	screen_key(&s, 'd');
	screen_type(&s, "Suba el audio");
	for (i = 0; i < 3; i++)
		screen_wait(&s, 1);
	place = xstrdup(screen_last(&s, "lugar ") + strlen("lugar "));
	screen_clear(&s);

	screen_init(&s, 80, 24);
	app_set_views(s.app, views_all, views_count);
	me = json_deep_copy(app_me(s.app));
	app_welcome(s.app, me, place);
	json_decref(me);
	screen_answer(&s, "autorizaciones", 0, BOTH);
	screen_answer(&s, "paso VID-2026-0001 2.11", 0,
	    STEP1("7", "aa", "true"));
	screen_key(&s, 'd');
	assert_true(screen_has(&s, "[Suba el audio"));
	screen_clear(&s);
	free(place);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_at_24_by_80),
		cmocka_unit_test(what_is_decided_on_is_named_whole),
		cmocka_unit_test(changes_at_20_by_60_in_ascii),
		cmocka_unit_test(the_first_round_shows_what_is_presented),
		cmocka_unit_test(a_later_round_is_not_called_the_first),
		cmocka_unit_test(only_a_approves),
		cmocka_unit_test(a_pasted_a_approves_nothing),
		cmocka_unit_test(nothing_is_approved_before_it_is_seen),
		cmocka_unit_test(
		    content_that_changed_while_read_is_not_approved_at_once),
		cmocka_unit_test(
		    after_deciding_the_next_comes_up_and_can_be_undone),
		cmocka_unit_test(returning_needs_a_remark),
		cmocka_unit_test(a_remark_is_kept_until_it_has_returned_it),
		cmocka_unit_test(a_remark_being_typed_outlives_the_program),
		cmocka_unit_test(several_places_to_return_to_are_asked),
		cmocka_unit_test(
		    a_decision_with_fields_opens_its_form_and_f8_approves),
		cmocka_unit_test(own_work_is_shown_and_cannot_be_approved),
		cmocka_unit_test(a_push_never_moves_the_cursor),
		cmocka_unit_test(it_opens_at_the_case_asked_for),
		cmocka_unit_test(every_action_is_told_and_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
