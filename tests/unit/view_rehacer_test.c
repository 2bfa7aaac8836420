/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_rehacer_test.c - a step that is done, answered again. */
#include "screen.h"

#define FIELDS                                                            \
	"\"fields\":[{\"id\":\"video_kind\",\"label\":\"Tipo\",\"type\":" \
	"\"choice\",\"choices\":[\"planeado\",\"urgente\"],\"required\":" \
	"true,\"value\":\"planeado\"}]"
#define CASE(redo)                                                         \
	"{\"folio\":\"VID-2026-0001\",\"title\":\"Vacunas\",\"steps\":["   \
	"{\"number\":\"1.2\",\"title\":\"Programar\",\"redo\":null},"      \
	"{\"number\":\"1.3\",\"title\":\"Clasificar\",\"redo\":" redo "}]}"

static void
rehacer_start(struct screen *s, const char *step, const char *doc)
{
	screen_init(s, 80, 24);
	app_open(s->app, &view_bandeja, NULL, NULL);
	app_open(s->app, &view_rehacer, "VID-2026-0001", step);
	screen_answer(s, "expediente", 0, doc);
}

static void
what_is_set_aside_is_said_before(void **st)
{
	struct screen s;

	(void)st;
	rehacer_start(&s, "1.3", CASE("{" FIELDS ",\"reason\":false,"
	    "\"sets_aside\":[\"2.1\",\"2.2\"]}"));
	screen_is(&s,
	    " PAUTA  VID-2026-0001                          CDMX  mlopez (Producción)  10:00\n"
	    " Contestar otra vez 1.3: Clasificar\n"
	    "────────────────────────────────────────────────────────────────────────────────\n"
	    "\n"
	    "  Tipo* . . . . . . . . . : (o) 1 planeado  ( ) 2 urgente\n"
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
	    "\n"
	    "\n"
	    "\n"
	    "────────────────────────────────────────────────────────────────────────────────\n"
	    " Se dejan aparte las respuestas de: 2.1, 2.2\n"
	    "\n"
	    " F1=Ayuda  F2=Acciones  F3=Salir  F4=Lista  F8=Reclasificar  F12=Regresar\n"
	    " Tab=Sig.\n");
	screen_key(&s, K_F8);
	assert_true(screen_has(&s, "Se dejan aparte las respuestas de"));
	screen_key(&s, K_ENTER);	/* Enter means no */
	assert_int_equal(screen_changes(&s), 0);
	screen_key(&s, K_F8);
	screen_key(&s, 's');
	assert_string_equal(screen_last(&s, "reclasificar"),
	    "reclasificar VID-2026-0001 1.3 video_kind=planeado");
	/* Refused: what was typed is there still, with the reason. */
	screen_answer(&s, "reclasificar", 1, "{\"error\":{\"code\":"
	    "\"refused\",\"message\":\"El paso 2.1 está hecho.\"}}");
	assert_true(screen_has(&s, "! El paso 2.1 está hecho."));
	assert_true(screen_has(&s, "planeado"));
	screen_key(&s, K_F8);
	screen_key(&s, 's');
	screen_answer(&s, "reclasificar", 0, "{}");
	assert_true(screen_has(&s, "quedó contestado otra vez"));
	screen_clear(&s);
}

static void
a_reason_is_asked_where_one_is_due(void **st)
{
	struct screen s;

	(void)st;
	rehacer_start(&s, "1.3", CASE("{" FIELDS ",\"reason\":true,"
	    "\"sets_aside\":[]}"));
	assert_true(screen_has(&s, "No se deja aparte ninguna respuesta."));
	screen_key(&s, K_F8);
	screen_key(&s, K_F8);
	assert_true(screen_has(&s, "! Falta el motivo. Nada ha cambiado."));
	screen_key(&s, K_F8);
	screen_type(&s, "Era urgente");
	screen_key(&s, K_F8);
	assert_int_equal(screen_changes(&s), 0);
	screen_key(&s, 's');
	assert_string_equal(screen_last(&s, "reclasificar"),
	    "reclasificar VID-2026-0001 1.3 video_kind=planeado "
	    "motivo=Era urgente");
	screen_clear(&s);
}

/* Killed two seconds after the last key: it is there when one comes back. */
static void
what_is_typed_comes_back(void **st)
{
	const char *doc = CASE("{" FIELDS ",\"reason\":true,"
	    "\"sets_aside\":[]}");
	struct screen s;
	char *place;

	(void)st;
	screen_init(&s, 80, 24);
	app_set_views(s.app, views_all, views_count);
	app_home(s.app);
	app_open(s.app, &view_rehacer, "VID-2026-0001", "1.3");
	screen_answer(&s, "expediente", 0, doc);
	screen_key(&s, '2');
	screen_wait(&s, 1);
	screen_wait(&s, 1);
	screen_wait(&s, 1);
	place = xstrdup(strchr(screen_last(&s, "lugar"), '{'));
	assert_non_null(strstr(place, "\"fields\":{\"video_kind\":\"urgente\"}"));
	screen_clear(&s);

	screen_init(&s, 80, 24);
	app_set_views(s.app, views_all, views_count);
	app_welcome(s.app, app_me(s.app), place);
	screen_answer(&s, "expediente", 0, doc);
	assert_true(screen_has(&s, "( ) 1 planeado  (o) 2 urgente"));
	screen_key(&s, K_F8);
	screen_type(&s, "Era urgente");
	screen_key(&s, K_F8);
	screen_key(&s, 's');
	assert_string_equal(screen_last(&s, "reclasificar"),
	    "reclasificar VID-2026-0001 1.3 video_kind=urgente "
	    "motivo=Era urgente");
	screen_clear(&s);
	free(place);
}

static void
a_step_that_may_not_is_grey(void **st)
{
	struct screen s;

	(void)st;
	rehacer_start(&s, "1.2", CASE("null"));
	assert_true(screen_has(&s, "no se contesta otra vez con su cargo"));
	screen_key(&s, K_F8);
	assert_int_equal(screen_changes(&s), 0);
	screen_clear(&s);
}

static void
its_actions_are_whole(void **st)
{
	struct screen s;

	(void)st;
	screen_table(&view_rehacer);
	rehacer_start(&s, "1.3", CASE("{" FIELDS ",\"reason\":true,"
	    "\"sets_aside\":[]}"));
	screen_legend(&s, &view_rehacer, app_top(s.app));
	screen_palette(&s, &view_rehacer);
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_set_aside_is_said_before),
		cmocka_unit_test(a_reason_is_asked_where_one_is_due),
		cmocka_unit_test(what_is_typed_comes_back),
		cmocka_unit_test(a_step_that_may_not_is_grey),
		cmocka_unit_test(its_actions_are_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
