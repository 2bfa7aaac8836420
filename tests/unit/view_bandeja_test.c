/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_bandeja_test.c - the work lists, and what pushes may do to them. */
#include "bandeja_doc.h"

static void
the_list_at_24_by_80(void **st)
{
	struct screen s;

	(void)st;
	bandeja_start(&s, 80, 24);
	screen_is(&s,
	    " PAUTA  Bandeja de tareas                      CDMX  mlopez (Producción)  10:00\n"
	    " [1 Mías 3]  2 Área 23   3 En aprobación 4   4 Devueltas 1     Orden: vence\n"
	    "────────────────────────────────────────────────────────────────────────────────\n"
	    "  Folio         Procedim.    Asunto                 Paso  Vence     Estado\n"
	    "> VID-2026-0001 Videos       Vacunación en Nogales  4/31  10:48     Devuelta\n"
	    "  VID-2026-0002 Videos       Vacunación en Nogales  4/31  19:00     URGENTE\n"
	    "  VID-2026-0003 Videos       Vacunación en Nogales  4/31  20/nov    VENCIDA\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "── VID-2026-0001  Vacunación en Nogales ────────────────────────────────────────\n"
	    " Paso 2.2: Guarde las imágenes y haga copia de seguridad.\n"
	    " Vence 10:48 (48 min).  mlopez, Encargado de Producción.\n"
	    " jperez devolvió: \"Falta el audio.\"\n"
	    " 3 tareas, 1 vencida, 1 vence en menos de 1 h                 Actualizado 10:00\n"
	    "\n"
	    " Enter=Abrir  F1=Ayuda  F2=Acciones  F3=Salir  F4=Filtro  F5=Actualizar\n"
	    " F6=Nuevo  F9=Historial  b=Buscar  m=Tomar  t=Turnar  e=Expediente  o=Ordenar\n");
	screen_clear(&s);
}

static void
the_list_at_20_by_60_in_ascii(void **st)
{
	struct screen s;

	(void)st;
	bandeja_start(&s, 60, 20);
	app_set_ascii(s.app, true);
	screen_is(&s,
	    " PAUTA  Bandeja de tareas  CDMX  mlopez (Producción)  10:00\n"
	    " [1 Mías 3] 2 Área 23  3 En aprobación 4  4 Devueltas 1\n"
	    "------------------------------------------------------------\n"
	    "  Folio         Asunto          Paso  Vence     Estado\n"
	    "> VID-2026-0001 Vacunación en ~ 4/31  10:48     Devuelta\n"
	    "  VID-2026-0002 Vacunación en ~ 4/31  19:00     URGENTE\n"
	    "  VID-2026-0003 Vacunación en ~ 4/31  20/nov    VENCIDA\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "-- VID-2026-0001  Vacunación en Nogales --------------------\n"
	    " Paso 2.2: Guarde las imágenes y haga copia de seguridad.\n"
	    " Vence 10:48 (48 min).  mlopez, Encargado de Producción.\n"
	    " jperez devolvió: \"Falta el audio.\"\n"
	    " 3 tareas, 1 vencida                      Actualizado 10:00\n"
	    "\n"
	    " Enter=Abrir  F1=Ayuda  F2=Acciones  F3=Salir  F4=Filtro\n"
	    " F5=Actualizar  F6=Nuevo  F9=Historial  b=Buscar  m=Tomar\n");
	screen_clear(&s);
}

static void
an_empty_list_says_so(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	assert_true(screen_has(&s, "Un momento..."));
	screen_answer(&s, "bandeja", 0, LIST(""));
	assert_true(screen_has(&s, "Nada espera por usted."));
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "! No hay una tarea bajo el cursor."));
	screen_clear(&s);
}

static void
a_push_marks_rows_and_moves_nothing(void **st)
{
	struct screen s;

	(void)st;
	bandeja_start(&s, 80, 24);
	screen_key(&s, K_DOWN);
	screen_push(&s, "VID-2026-0002");
	assert_string_equal(screen_last(&s, "bandeja"), "bandeja");
	screen_answer(&s, "bandeja", 0, LIST(FOUR "," TWO_TAKEN "," ONE));
	assert_true(screen_has(&s, "\n  VID-2026-0001"));
	assert_true(screen_has(&s, "\n>*VID-2026-0002"));
	assert_true(screen_has(&s, "\n* VID-2026-0003"));
	assert_true(screen_has(&s, "Ya no está\n* VID-2026-0004"));
	/* What went away cannot be opened, and says why. */
	screen_key(&s, K_DOWN);
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "! Esa tarea ya no está en esta lista"));
	screen_key(&s, K_UP);
	/* F5 sorts; the finger stays on its task. */
	screen_key(&s, K_F5);
	screen_answer(&s, "bandeja", 0, LIST(FOUR "," TWO_TAKEN "," ONE));
	assert_true(screen_has(&s, "\n  VID-2026-0004"));
	assert_true(screen_has(&s, "\n> VID-2026-0002"));
	assert_false(screen_has(&s, "VID-2026-0003"));
	screen_clear(&s);
}

static void
coming_back_from_a_task_sorts_the_list(void **st)
{
	struct screen s;

	(void)st;
	bandeja_start(&s, 80, 24);
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "paso"),
	    "paso VID-2026-0001 2.2");
	screen_push(&s, "VID-2026-0001");
	screen_key(&s, K_F12);
	screen_answer(&s, "bandeja", 0, LIST(TWO "," FOUR));
	assert_true(screen_has(&s, "\n> VID-2026-0002"));
	assert_false(screen_has(&s, "VID-2026-0001"));
	screen_clear(&s);
}

static void
a_decision_opens_where_it_is_decided(void **st)
{
	struct screen s;

	(void)st;
	bandeja_start(&s, 80, 24);
	screen_key(&s, K_END);
	screen_key(&s, K_ENTER);
	assert_int_equal(screen_asked(&s, "autorizaciones"), 1);
	assert_int_equal(screen_changes(&s), 0);
	screen_clear(&s);
}

static void
numbers_change_the_list(void **st)
{
	struct screen s;

	(void)st;
	bandeja_start(&s, 80, 24);
	screen_key(&s, '2');
	assert_string_equal(screen_last(&s, "bandeja"), "bandeja --area");
	screen_key(&s, '3');
	assert_string_equal(screen_last(&s, "bandeja"),
	    "bandeja --aprobacion");
	screen_key(&s, '4');
	assert_string_equal(screen_last(&s, "bandeja"),
	    "bandeja --devueltas");
	screen_clear(&s);
}

static void
a_task_is_taken_and_handed_over(void **st)
{
	struct screen s;

	(void)st;
	bandeja_start(&s, 80, 24);
	screen_key(&s, K_DOWN);
	screen_key(&s, 'm');
	assert_string_equal(screen_last(&s, "tomar"),
	    "tomar VID-2026-0002 1.3");
	screen_answer(&s, "tomar", 0, "{\"folio\":\"VID-2026-0002\","
	    "\"step\":\"1.3\",\"assignee\":\"mlopez\"}");
	assert_true(screen_has(&s, "VID-2026-0002, paso 1.3: la tiene "
	    "mlopez."));
	screen_key(&s, 't');
	assert_string_equal(screen_last(&s, "personas"),
	    "personas rol=video_producer");
	screen_answer(&s, "personas", 0, "{\"people\":[{\"login\":\"otro\","
	    "\"name\":\"Óscar Núñez\"}]}");
	screen_type(&s, "nunez");
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "turnar"),
	    "turnar VID-2026-0002 1.3 persona=otro");
	screen_answer(&s, "turnar", 1, "{\"error\":{\"code\":\"refused\","
	    "\"message\":\"Esa persona no tiene el rol.\"}}");
	assert_true(screen_has(&s, "! Esa persona no tiene el rol."));
	screen_clear(&s);
}

static void
the_order_changes_with_o(void **st)
{
	struct screen s;

	(void)st;
	bandeja_start(&s, 80, 24);
	screen_key(&s, 'o');
	screen_answer(&s, "bandeja", 0, LIST(THREE "," ONE "," TWO));
	assert_true(screen_has(&s, "Orden: folio"));
	assert_true(screen_has(&s, "\n> VID-2026-0001"));
	screen_clear(&s);
}

/* Before what others have to do; a day without a case opens none. */
static void
days_without_their_duty_stand_in_the_rule(void **st)
{
	static const char list[] = "{\"now\":\"2026-11-23T17:00:00Z\","
	    "\"list\":\"own\",\"lists\":{\"own\":1},\"tasks\":[" ONE "],"
	    "\"missing\":[{\"day\":\"2026-11-20\",\"brief\":\"Síntesis\","
	    "\"state\":\"missing\",\"folio\":null},{\"day\":\"2026-11-19\","
	    "\"brief\":\"Monitoreo\",\"state\":\"undone\",\"folio\":"
	    "\"MON-2026-0007\"}]}";
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	screen_answer(&s, "bandeja", 0, list);
	assert_true(screen_has(&s, "! a=Ver 2 días sin cumplir"));
	screen_key(&s, 'a');
	assert_true(screen_has(&s, "2026-11-20 Síntesis  FALTA el exp"));
	assert_true(screen_has(&s, "2026-11-19 Monitoreo  TERMINÓ sin"));
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "De ese día no hay expediente"));
	screen_key(&s, 'a');
	screen_key(&s, K_DOWN);
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "expediente"),
	    "expediente MON-2026-0007");
	screen_clear(&s);
}

/* Also of whoever has notices: nobody stands in before he answers. */
static void
who_is_asked_to_stand_in_is_told_first(void **st)
{
	static const char list[] = "{\"now\":\"2026-11-23T17:00:00Z\","
	    "\"list\":\"own\",\"lists\":{\"own\":1},\"tasks\":[" ONE "],"
	    "\"notices\":[" ONE "],\"asked\":[{\"login\":\"mlopez\","
	    "\"for_login\":\"jefa\",\"grant\":false}]}";
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	screen_answer(&s, "bandeja", 0, list);
	assert_true(screen_has(&s, "jefa lo nombró suplente: F2  ! a=Ver 1 "
	    "aviso "));
	screen_clear(&s);
}

static void
every_action_is_told_and_reached(void **st)
{
	struct screen s;

	(void)st;
	screen_table(&view_bandeja);
	bandeja_start(&s, 80, 24);
	screen_legend(&s, &view_bandeja, app_top(s.app));
	screen_palette(&s, &view_bandeja);
	screen_sizes(&s);
	app_set_ascii(s.app, true);
	screen_legend(&s, &view_bandeja, app_top(s.app));
	screen_clear(&s);
}

/* Nothing is counted that is not known; what was counted stays. */
static void
what_has_not_come_is_not_counted(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	assert_true(screen_has(&s, " [1 Mías]  2 Área   3 En aprobación   4 "
	    "Devueltas "));
	assert_true(screen_has(&s, "Un momento..."));
	assert_false(screen_has(&s, "0 tareas"));
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "! La lista todavía no llega"));
	screen_clear(&s);
	bandeja_start(&s, 80, 24);
	screen_key(&s, '2');
	assert_true(screen_has(&s, "  1 Mías 3  [2 Área 23]  3 En"));
	assert_true(screen_has(&s, "Un momento..."));
	assert_false(screen_has(&s, "tareas, "));
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_at_24_by_80),
		cmocka_unit_test(the_list_at_20_by_60_in_ascii),
		cmocka_unit_test(an_empty_list_says_so),
		cmocka_unit_test(a_push_marks_rows_and_moves_nothing),
		cmocka_unit_test(coming_back_from_a_task_sorts_the_list),
		cmocka_unit_test(a_decision_opens_where_it_is_decided),
		cmocka_unit_test(numbers_change_the_list),
		cmocka_unit_test(a_task_is_taken_and_handed_over),
		cmocka_unit_test(the_order_changes_with_o),
		cmocka_unit_test(days_without_their_duty_stand_in_the_rule),
		cmocka_unit_test(who_is_asked_to_stand_in_is_told_first),
		cmocka_unit_test(every_action_is_told_and_reached),
		cmocka_unit_test(what_has_not_come_is_not_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
