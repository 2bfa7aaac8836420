/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_expediente_test.c - a case, its history, and finding one. */
#include "screen.h"

#define CASE(cancel)                                                          \
	"{\"folio\":\"VID-2026-0001\",\"procedure\":\"63-COM-P01\","          \
	"\"revision\":\"Rev.00\",\"brief\":\"Videos\",\"title\":"             \
	"\"Vacunación\",\"state\":\"open\",\"office\":\"central\","           \
	"\"priority\":\"normal\",\"opened_by\":\"jefa\",\"opened_at\":"       \
	"\"2026-11-23T15:00:00Z\",\"rounds\":2,\"can_cancel\":" cancel ","    \
	"\"open\":[{\"step\":\"2.9\",\"row\":null,\"title\":\"Aplique\"},"    \
	"{\"step\":\"2.2\",\"row\":1,\"title\":\"Comentario A\"},"            \
	"{\"step\":\"2.2\",\"row\":2,\"title\":\"Comentario B\"}],"           \
	"\"steps\":["                                                         \
	"{\"number\":\"1\",\"kind\":\"heading\",\"state\":\"heading\","       \
	"\"title\":\"PROGRAMACIÓN E IDENTIFICACIÓN\"},"                       \
	"{\"number\":\"1.2\",\"kind\":\"task\",\"state\":\"done\","           \
	"\"role_title\":\"Jefe de la Unidad de Enlace\",\"title\":"           \
	"\"Programe el video y asígnelo.\",\"by\":\"jefa\",\"by_name\":"      \
	"\"Julia Soto\",\"at\":\"2026-11-23T15:10:00Z\",\"outcome\":"         \
	"\"done\",\"to\":\"1.3\",\"jump\":true,\"times\":1,\"records\":"     \
	"[\"1\"],\"values\":[{\"label\":\"Tema\",\"text\":\"Vacunación\"}]},"  \
	"{\"number\":\"2.2\",\"kind\":\"task\",\"state\":\"here\","           \
	"\"role_title\":\"Producción\",\"title\":\"Avise.\",\"times\":0},"    \
	"{\"number\":\"2.6\",\"kind\":\"task\",\"state\":\"skipped\","        \
	"\"role_title\":\"Producción\",\"title\":\"Decida.\",\"reason\":"     \
	"\"El video no lleva diálogos.\"},"                                   \
	"{\"number\":\"2.9\",\"kind\":\"task\",\"state\":\"here\","           \
	"\"role_title\":\"Producción\",\"title\":\"Aplique los cambios.\","   \
	"\"times\":3,\"by\":\"mlopez\",\"by_name\":\"Mar López\","       \
	"\"on_behalf_of\":\"prod\",\"behalf_name\":\"Iván Ríos\",\"at\":\"2026-11-23T16:00:00Z\"},"     \
	"{\"number\":\"2.11\",\"kind\":\"approval\",\"state\":\"todo\","      \
	"\"role_title\":\"Jefe\",\"title\":\"Apruebe el video.\"}],"          \
	"\"records\":[{\"record\":\"Rol de programación\",\"number\":1,"      \
	"\"step\":\"1.2\",\"at\":\"2026-11-23T15:10:00Z\",\"keeper\":"        \
	"\"Jefe\"}],\"attachments\":[{\"name\":\"a.jpg\",\"size\":9,"         \
	"\"sha256\":\"ab\",\"step\":\"2.2\",\"kept\":true,\"version\":1,"   \
	"\"type_title\":\"imagen JPEG\",\"by\":\"difu\",\"current\":false,"    \
	"\"at\":\"2026-11-23T15:20:00Z\"}]}"

static void
exp_start(struct screen *s, int cols, int rows, const char *step)
{
	screen_init(s, cols, rows);
	app_open(s->app, &view_bandeja, NULL, NULL);
	app_open(s->app, &view_expediente, "VID-2026-0001", step);
	assert_string_equal(screen_last(s, "expediente"),
	    "expediente VID-2026-0001");
	screen_answer(s, "expediente", 0, CASE("true"));
}

static void
the_table_at_24_by_80(void **st)
{
	struct screen s;

	(void)st;
	exp_start(&s, 80, 24, NULL);
	screen_is(&s,
	    " PAUTA  VID-2026-0001  Videos                  CDMX  mlopez (Producción)  10:00\n"
	    " [1 Pasos]  2 Campos   3 Registros   Abierto; devoluciones 2; 63-COM-P01 Rev.00\n"
	    "  No.   Responsable      Actividad                 Estado       Quién\n"
	    "  1     PROGRAMACIÓN E IDENTIFICACIÓN\n"
	    "  1.2   Jefe de la Unida Programe el video y asíg… Hecho        jefa 08:10\n"
	    "> 2.2   Producción       Avise.                    AQUÍ\n"
	    "  2.6   Producción       Decida.                   No aplica\n"
	    "  2.9   Producción       Aplique los cambios.      AQUÍ x3      mlopez+ 09:00\n"
	    "  2.11  Jefe             Apruebe el video.         Pendiente\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "────────────────────────────────────────────────────────────────────────────────\n"
	    " 2.2 Avise.\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    " Enter=Abrir  F1=Ayuda  F2=Acciones  F3=Salir  F9=Historial  F11=Otra vista\n"
	    " F12=Regresar  c=Comentarios  x=Cancelar\n");
	screen_clear(&s);
}

static void
the_table_at_20_by_60_in_ascii(void **st)
{
	struct screen s;

	(void)st;
	exp_start(&s, 60, 20, NULL);
	app_set_ascii(s.app, true);
	screen_is(&s,
	    " PAUTA  VID-2026-0001  Videos    mlopez (Producción)  10:00\n"
	    " [1 Pasos]  2 Campos   3 Registros   Abierto; devoluciones 2\n"
	    "  No.   Actividad                   Estado     Quién\n"
	    "  1     PROGRAMACIÓN E IDENTIFICACIÓN\n"
	    "  1.2   Programe el video y asígne~ Hecho      jefa 08:10\n"
	    "> 2.2   Avise.                      AQUÍ\n"
	    "  2.6   Decida.                     No aplica\n"
	    "  2.9   Aplique los cambios.        AQUÍ x3    mlopez+ 09:00\n"
	    "  2.11  Apruebe el video.           Pendiente\n"
	    "\n"
	    "\n"
	    "\n"
	    "------------------------------------------------------------\n"
	    " 2.2 Avise.\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    " Enter=Abrir  F1=Ayuda  F2=Acciones  F3=Salir  F9=Historial\n"
	    " F11=Otra vista  F12=Regresar  c=Comentarios  x=Cancelar\n");
	screen_clear(&s);
}

static void
enter_opens_what_is_open_and_shows_what_is_done(void **st)
{
	struct screen s;

	(void)st;
	exp_start(&s, 80, 24, NULL);
	screen_key(&s, K_UP);
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "1.2 Programe el video y asígnelo."));
	assert_true(screen_has(&s, "Hecho -> 1.3 (salto del manual)"));
	assert_true(screen_has(&s, "Tema: Vacunación"));
	assert_false(screen_has(&s, "Actividad"));
	screen_key(&s, K_F12);
	assert_true(screen_has(&s, "Actividad"));
	screen_key(&s, K_END);
	screen_key(&s, K_UP);
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "paso"), "paso VID-2026-0001 2.9");
	screen_clear(&s);
}

static void
who_stands_in_is_said_with_for_whom(void **st)
{
	struct screen s;

	(void)st;
	exp_start(&s, 80, 24, "2.9");
	assert_true(screen_has(&s, "Mar López, Producción, en suplencia de "
	    "Iván Ríos (23/11/2026 09:00)"));
	screen_clear(&s);
}

static void
a_step_open_in_several_rows_asks_which(void **st)
{
	struct screen s;

	(void)st;
	exp_start(&s, 80, 24, NULL);
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "2.2#1 Comentario A"));
	screen_type(&s, "comentario b");
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "paso"),
	    "paso VID-2026-0001 2.2#2");
	screen_clear(&s);
}

static void
a_step_asked_for_is_shown(void **st)
{
	struct screen s;

	(void)st;
	exp_start(&s, 80, 24, "1.2");
	assert_true(screen_has(&s, "Tema: Vacunación"));
	assert_false(screen_has(&s, "Actividad"));
	screen_clear(&s);
}

static void
the_other_views_show_fields_and_records(void **st)
{
	struct screen s;

	(void)st;
	exp_start(&s, 80, 24, NULL);
	screen_key(&s, K_F11);
	assert_true(screen_has(&s, "[2 Campos]"));
	assert_true(screen_has(&s, "Abrió jefa el 23/11/2026 08:00"));
	screen_key(&s, K_F11);
	assert_true(screen_has(&s, "1. Rol de programación, paso 1.2"));
	assert_true(screen_has(&s, "a.jpg, 9 bytes, paso 2.2"));
	assert_true(screen_has(&s, "imagen JPEG, difu, 23/11/2026 08:20"));
	assert_true(screen_has(&s, "versión 1, ya no la actual"));
	assert_true(screen_has(&s, "sha256 ab"));
	screen_key(&s, '1');
	assert_true(screen_has(&s, "Actividad"));
	screen_clear(&s);
}

static void
cancelling_asks_for_a_reason_and_then_again(void **st)
{
	struct screen s;

	(void)st;
	exp_start(&s, 80, 24, NULL);
	screen_key(&s, 'x');
	screen_key(&s, K_F8);
	assert_true(screen_has(&s, "! Falta el motivo. No se canceló."));
	screen_key(&s, 'x');
	screen_type(&s, "Se repitió");
	screen_key(&s, K_F8);
	screen_key(&s, K_ENTER);	/* Enter means no */
	assert_int_equal(screen_changes(&s), 0);
	screen_key(&s, 'x');
	screen_type(&s, "Se repitió");
	screen_key(&s, K_F8);
	screen_key(&s, 's');
	assert_string_equal(screen_last(&s, "cancelar"),
	    "cancelar VID-2026-0001 motivo=Se repitió");
	screen_answer(&s, "cancelar", 0, "{}");
	assert_int_equal(screen_asked(&s, "expediente"), 2);
	screen_answer(&s, "expediente", 0, CASE("false"));
	screen_key(&s, 'x');
	assert_true(screen_has(&s, "! Solo el jefe de la unidad cancela"));
	screen_clear(&s);
}

static void
a_push_never_moves_the_cursor(void **st)
{
	struct screen s;

	(void)st;
	exp_start(&s, 80, 24, NULL);
	screen_key(&s, K_END);
	screen_push(&s, "VID-2026-0001");
	screen_answer(&s, "expediente", 0, CASE("true"));
	assert_true(screen_has(&s, "\n> 2.11"));
	screen_push(&s, "OTRO");
	assert_int_equal(screen_asked(&s, "expediente"), 2);
	screen_clear(&s);
}

static void
history_says_who_and_in_whose_place(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	app_open(s.app, &view_historial, "VID-2026-0001", NULL);
	screen_answer(&s, "historial", 0, "{\"events\":[{\"n\":1,\"at\":"
	    "\"2026-11-23T15:00:00Z\",\"actor\":\"jefa\",\"actor_name\":"
	    "\"Julia Soto\",\"text\":\"Abrió el expediente.\"},{\"n\":2,"
	    "\"at\":\"2026-11-23T16:00:00Z\",\"actor\":\"mixto\","
	    "\"actor_name\":\"Mario Ríos\",\"on_behalf_of\":\"jefa\","
	    "\"step\":\"2.11\",\"data\":{\"grant\":812},\"text\":\"Aprobó el "
	    "video.\"}]}");
	screen_golden(&s, "historial");
	assert_true(screen_has(&s, "\n> 23/11/2026 09:00 mixto+       Aprobó "
	    "el video."));
	assert_true(screen_has(&s, "Asiento 2.  Mario Ríos, en suplencia de "
	    "jefa (suplencia 812).  Paso 2.11"));
	assert_true(screen_has(&s, "2 de 2"));
	screen_key(&s, K_UP);
	assert_true(screen_has(&s, "\n> 23/11/2026 08:00 jefa "));
	screen_clear(&s);
}

static void
a_case_is_found_and_opened(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	app_open(s.app, &view_buscar, NULL, NULL);
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "! Escriba un folio o algunas palabras."));
	screen_type(&s, "abeja");	/* b is a letter here */
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "buscar"), "buscar abeja");
	screen_answer(&s, "buscar", 0, "{\"cases\":[]}");
	assert_true(screen_has(&s, "No se encontró ningún expediente"));
	screen_type(&s, "s");
	screen_key(&s, K_ENTER);
	screen_answer(&s, "buscar", 0, "{\"cases\":[{\"folio\":\"VID-1\","
	    "\"brief\":\"Videos\",\"title\":\"Abejas\",\"state\":\"open\","
	    "\"open\":[{\"step\":\"2.2\"}],\"hits\":[{\"where\":\"subject\","
	    "\"text\":\"Abejas\"},{\"where\":\"field\",\"step\":\"2.1\","
	    "\"row\":0,\"label\":\"Sede\",\"text\":\"…por las abejas\"},"
	    "{\"where\":\"remark\",\"step\":\"1.3\",\"text\":\"x\"}],"
	    "\"hits_left\":4},{\"folio\":\"VID-2\",\"title\":"
	    "\"Otras\",\"state\":\"cancelled\",\"hits\":[{\"where\":"
	    "\"remark\",\"step\":\"1.3\",\"row\":2,\"text\":\"Sin abejas\"}]}],"
	    "\"more\":true}");
	screen_golden(&s, "buscar");
	assert_true(screen_has(&s, "\n> VID-1"));
	assert_true(screen_has(&s, "paso 2.2   Abierto"));
	assert_true(screen_has(&s,
	    "\n    Paso 2.1, Sede: …por las abejas"));
	assert_true(screen_has(&s, " (+5)\n"));
	assert_true(screen_has(&s,
	    "\n    Observación, paso 1.3#2: Sin abejas"));
	assert_true(screen_has(&s, "2 expedientes; hay más"));
	screen_key(&s, K_DOWN);
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "expediente"),
	    "expediente VID-2");
	screen_clear(&s);
}

static void
every_action_is_told_and_reached(void **st)
{
	struct screen s;

	(void)st;
	screen_table(&view_expediente);
	screen_table(&view_historial);
	screen_table(&view_buscar);
	exp_start(&s, 80, 24, NULL);
	screen_legend(&s, &view_expediente, app_top(s.app));
	screen_palette(&s, &view_expediente);
	screen_sizes(&s);
	app_open(s.app, &view_historial, "VID-2026-0001", NULL);
	screen_legend(&s, &view_historial, app_top(s.app));
	screen_palette(&s, &view_historial);
	app_open(s.app, &view_buscar, NULL, NULL);
	screen_legend(&s, &view_buscar, app_top(s.app));
	screen_palette(&s, &view_buscar);
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_at_24_by_80),
		cmocka_unit_test(the_table_at_20_by_60_in_ascii),
		cmocka_unit_test(
		    enter_opens_what_is_open_and_shows_what_is_done),
		cmocka_unit_test(who_stands_in_is_said_with_for_whom),
		cmocka_unit_test(a_step_open_in_several_rows_asks_which),
		cmocka_unit_test(a_step_asked_for_is_shown),
		cmocka_unit_test(the_other_views_show_fields_and_records),
		cmocka_unit_test(cancelling_asks_for_a_reason_and_then_again),
		cmocka_unit_test(a_push_never_moves_the_cursor),
		cmocka_unit_test(history_says_who_and_in_whose_place),
		cmocka_unit_test(a_case_is_found_and_opened),
		cmocka_unit_test(every_action_is_told_and_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
