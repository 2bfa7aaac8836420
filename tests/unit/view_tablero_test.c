/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_tablero_test.c - the board, and the rows behind each figure. */
#include "screen.h"

#define BOARD "{\"now\":\"2026-11-23T17:00:00Z\",\"figures\":["                \
	"{\"id\":\"new\",\"count\":14},{\"id\":\"taken\",\"count\":37},"       \
	"{\"id\":\"approval\",\"count\":9},{\"id\":\"returned\",\"count\":5},"  \
	"{\"id\":\"overdue\",\"count\":3},{\"id\":\"open\",\"count\":65},"      \
	"{\"id\":\"closed\",\"count\":0},"                                      \
	"{\"id\":\"day\",\"count\":6,\"seconds\":1080},"                        \
	"{\"id\":\"week\",\"count\":21,\"seconds\":4320},"                      \
	"{\"id\":\"month\",\"count\":0,\"seconds\":null},"                      \
	"{\"id\":\"missing\",\"count\":2}],"                                  \
	"\"waiting_since\":\"2026-11-23T15:48:00Z\",\"offices\":["              \
	"{\"id\":\"central\",\"name\":\"Unidad de Enlace (central)\","          \
	"\"open\":59,\"overdue\":1,\"weeks\":[0,1,2,3,4,5,6,7,7,3,2,1],"        \
	"\"approval\":{\"count\":20,\"seconds\":1320}},"                        \
	"{\"id\":\"oax\",\"name\":\"Oaxaca\",\"open\":6,\"overdue\":2,"         \
	"\"weeks\":[0,0,0,0,0,0,0,0,0,0,0,9],"                                  \
	"\"approval\":{\"count\":0,\"seconds\":null}}]}"

static void
board_start(struct screen *s, int cols, int rows, bool ascii)
{
	screen_init(s, cols, rows);
	app_set_ascii(s->app, ascii);
	app_open(s->app, &view_bandeja, NULL, NULL);
	screen_key(s, 'i');
	assert_string_equal(screen_last(s, "tablero"), "tablero");
	screen_answer(s, "tablero", 0, BOARD);
}

static void
the_board_at_24_by_80_in_ascii(void **st)
{
	struct screen s;

	(void)st;
	board_start(&s, 80, 24, true);
	screen_is(&s,
	    " PAUTA  Tablero                                CDMX  mlopez (Producción)  10:00\n"
	    " Contado a las 10:00\n"
	    "--------------------------------------------------------------------------------\n"
	    " TAREAS POR ESTADO                          TIEMPO DE APROBACIÓN (mediana)\n"
	    "> Nuevas          14  [###...............]   24 horas   18 min        6\n"
	    "  Tomadas         37  [##########........]   7 días     1 h 12       21\n"
	    "  Por aprobar      9  [##................]   30 días    -             0\n"
	    "  Devueltas        5  [#.................]\n"
	    "  Vencidas         3  [#.................]   La más vieja espera 1 h 12\n"
	    "  Abiertas        65  [##################]\n"
	    "  Cerradas 7 d     0  [..................]   Días sin cumplir         2\n"
	    "--------------------------------------------------------------------------------\n"
	    "  Oficina                              Abiertas Vencidas  Cierres 12 s  Aprob.\n"
	    "  Unidad de Enlace (central)                 59        1  _.:-=+*##-:.  22 min\n"
	    "  Oaxaca                                      6        2  ___________#  -\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    " Enter=Ver  F1=Ayuda  F2=Acciones  F3=Salir  F5=Actualizar  F12=Regresar\n"
	    "\n");
	screen_clear(&s);
}

static void
every_figure_opens_to_its_rows(void **st)
{
	struct screen s;

	(void)st;
	board_start(&s, 80, 24, false);
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "tablero "), "tablero new");
	screen_answer(&s, "tablero new", 0, "{\"figure\":\"new\",\"count\":1,"
	    "\"rows\":[{\"folio\":\"VID-2026-0001\",\"brief\":\"Videos\","
	    "\"subject\":\"Vacunación\",\"office\":\"central\",\"step\":"
	    "\"2.2\",\"row\":0,\"assignee\":null,\"since\":"
	    "\"2026-11-23T15:48:00Z\",\"due\":\"2026-11-23T19:00:00Z\","
	    "\"due_late\":false}]}");
	screen_golden(&s, "cifra");
	assert_true(screen_has(&s, "Tablero: nuevas"));
	assert_true(screen_has(&s, "> VID-2026-0001 Videos       Vacunación"));
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "expediente"),
	    "expediente VID-2026-0001");
	screen_key(&s, K_F12);
	screen_key(&s, K_F12);
	screen_key(&s, K_END);		/* the last office */
	screen_key(&s, 'v');
	assert_string_equal(screen_last(&s, "tablero "),
	    "tablero overdue oficina=oax");
	screen_key(&s, K_F12);
	screen_key(&s, K_UP);
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "tablero "),
	    "tablero open oficina=central");
	screen_clear(&s);
}

/* A day without its case has none to open. */
static void
days_without_their_duty_are_a_figure(void **st)
{
	struct screen s;
	int i;

	(void)st;
	board_start(&s, 80, 24, false);
	for (i = 0; i < 10; i++)
		screen_key(&s, K_DOWN);
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "tablero "), "tablero missing");
	screen_answer(&s, "tablero missing", 0, "{\"figure\":\"missing\","
	    "\"count\":2,\"rows\":[{\"day\":\"2026-11-20\",\"procedure\":"
	    "\"63-COM-P04\",\"brief\":\"Síntesis\",\"start\":\"diario\","
	    "\"state\":\"missing\",\"folio\":null},{\"day\":\"2026-11-19\","
	    "\"procedure\":\"63-COM-P03\",\"brief\":\"Monitoreo\",\"start\":"
	    "\"diario\",\"state\":\"undone\",\"folio\":\"MON-2026-0007\"}]}");
	assert_true(screen_has(&s, "Tablero: días sin cumplir"));
	assert_true(screen_has(&s, "Síntesis     FALTA el expediente"));
	assert_true(screen_has(&s, "2026-11-20"));
	assert_true(screen_has(&s, "MON-2026-0007 Monitoreo    TERMINÓ sin"));
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "De ese día no hay expediente."));
	screen_key(&s, K_DOWN);
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "expediente"),
	    "expediente MON-2026-0007");
	screen_clear(&s);
}

/* Ten changes in a row are one question, and that one a little later. */
static void
what_others_do_is_counted_now_and_then(void **st)
{
	struct screen s;
	int i;

	(void)st;
	board_start(&s, 80, 24, false);
	for (i = 0; i < 10; i++)
		screen_push(&s, "VID-2026-0001");
	assert_int_equal(screen_asked(&s, "tablero"), 1);
	screen_wait(&s, 16);
	assert_int_equal(screen_asked(&s, "tablero"), 2);
	screen_wait(&s, 60);
	assert_int_equal(screen_asked(&s, "tablero"), 2);
	screen_clear(&s);
}

static void
whose_it_is_not_is_told_so(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_tablero, NULL, NULL);
	screen_answer(&s, "tablero", 1, "{\"error\":{\"code\":\"refused\","
	    "\"message\":\"El tablero es de quien supervisa.\"}}");
	assert_true(screen_has(&s, "El tablero es de quien supervisa."));
	screen_key(&s, K_ENTER);
	assert_int_equal(screen_asked(&s, "tablero"), 1);
	screen_clear(&s);
}

static void
every_action_is_told_and_reached(void **st)
{
	struct screen s;

	(void)st;
	screen_table(&view_tablero);
	screen_table(&view_cifra);
	board_start(&s, 80, 24, false);
	screen_key(&s, K_END);
	screen_legend(&s, &view_tablero, app_top(s.app));
	screen_palette(&s, &view_tablero);
	screen_sizes(&s);
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_board_at_24_by_80_in_ascii),
		cmocka_unit_test(every_figure_opens_to_its_rows),
		cmocka_unit_test(days_without_their_duty_are_a_figure),
		cmocka_unit_test(what_others_do_is_counted_now_and_then),
		cmocka_unit_test(whose_it_is_not_is_told_so),
		cmocka_unit_test(every_action_is_told_and_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
