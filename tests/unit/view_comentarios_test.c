/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_comentarios_test.c - what is said about a case, and being called. */
#include "screen.h"

#define ONE \
	"{\"n\":41,\"at\":\"2026-11-23T16:30:00Z\",\"by\":\"jefa\"," \
	"\"by_name\":\"Julia Soto\",\"text\":\"@mlopez, ¿de dónde sale la " \
	"cifra? El boletín de ayer decía otra y ya lo preguntó un medio.\"," \
	"\"mentions\":[\"mlopez\"]}"
#define TWO \
	"{\"n\":52,\"at\":\"2026-11-23T16:45:00Z\",\"by\":\"aruiz\"," \
	"\"by_name\":\"Ana Ruiz\",\"text\":\"Del padrón de abril.\"," \
	"\"mentions\":[]}"
#define SAID(list, unread) \
	"{\"folio\":\"VID-2026-0001\",\"title\":\"Vacunación\"," \
	"\"comments\":[" list "],\"unread\":" unread "}"

static void
said_start(struct screen *s, const char *doc)
{
	screen_init(s, 80, 24);
	app_open(s->app, &view_bandeja, NULL, NULL);
	app_open(s->app, &view_comentarios, "VID-2026-0001", NULL);
	assert_string_equal(screen_last(s, "comentarios"),
	    "comentarios VID-2026-0001");
	screen_answer(s, "comentarios", 0, doc);
}

static void
what_was_said_at_24_by_80(void **st)
{
	struct screen s;

	(void)st;
	said_start(&s, SAID(ONE "," TWO, "1"));
	screen_is(&s,
	    " PAUTA  VID-2026-0001  Comentarios             CDMX  mlopez (Producción)  10:00\n"
	    " Vacunación\n"
	    "────────────────────────────────────────────────────────────────────────────────\n"
	    "@23/11/2026 09:30  Julia Soto\n"
	    "   @mlopez, ¿de dónde sale la cifra? El boletín de ayer decía otra y ya lo\n"
	    "   preguntó un medio.\n"
	    " 23/11/2026 09:45  Ana Ruiz\n"
	    "   Del padrón de abril.\n"
	    "\n\n\n\n\n\n\n\n\n\n\n\n"
	    " 2 comentarios.\n"
	    "\n"
	    " Enter=Comentar  F1=Ayuda  F2=Acciones  F3=Salir  F9=Historial  F12=Regresar\n"
	    " @=Mencionar  e=Expediente\n");
	screen_clear(&s);
}

static void
what_is_shown_is_read(void **st)
{
	struct screen s;

	(void)st;
	said_start(&s, SAID(ONE "," TWO, "1"));
	assert_string_equal(screen_last(&s, "enterado"),
	    "enterado VID-2026-0001 hasta=52");
	screen_answer(&s, "enterado", 0,
	    "{\"folio\":\"VID-2026-0001\",\"read\":1}");
	screen_push(&s, "VID-2026-0001");
	screen_answer(&s, "comentarios", 0, SAID(ONE "," TWO, "0"));
	assert_int_equal(screen_asked(&s, "enterado"), 1);
	screen_clear(&s);
}

static void
a_refused_comment_is_not_lost(void **st)
{
	struct screen s;

	(void)st;
	said_start(&s, SAID("", "0"));
	assert_true(screen_has(&s, "Nadie lo ha comentado"));
	screen_key(&s, K_ENTER);
	screen_type(&s, "@nadie vea esto");
	screen_key(&s, K_F8);
	assert_string_equal(screen_last(&s, "comentar "),
	    "comentar VID-2026-0001 texto=@nadie vea esto");
	screen_answer(&s, "comentar ", 1, "{\"error\":{\"code\":\"refused\","
	    "\"message\":\"No hay quien lea con «nadie».\"}}");
	assert_true(screen_has(&s, "No hay quien lea"));
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "@nadie vea esto"));
	screen_key(&s, K_CTRL_Z);
	screen_key(&s, K_F8);
	screen_clear(&s);
}

static void
somebody_is_chosen_and_called(void **st)
{
	struct screen s;

	(void)st;
	said_start(&s, SAID(TWO, "0"));
	screen_key(&s, '@');
	assert_string_equal(screen_last(&s, "comentarios"),
	    "comentarios VID-2026-0001 --personas");
	screen_answer(&s, "comentarios", 0, "{\"people\":[{\"login\":\"aruiz\","
	    "\"name\":\"Ana Ruiz\"},{\"login\":\"jefa\",\"name\":"
	    "\"Julia Soto\"}]}");
	screen_type(&s, "julia");
	screen_key(&s, K_ENTER);
	screen_type(&s, "ya");
	screen_key(&s, K_F8);
	assert_string_equal(screen_last(&s, "comentar "),
	    "comentar VID-2026-0001 texto=@jefa ya");
	assert_int_equal(screen_changes(&s), 1);
	screen_answer(&s, "comentar ", 0, "{\"folio\":\"VID-2026-0001\","
	    "\"n\":60,\"mentions\":[\"jefa\"]}");
	assert_true(screen_has(&s, "ya se avisó"));
	screen_clear(&s);
}

static void
a_blank_comment_is_not_sent(void **st)
{
	struct screen s;

	(void)st;
	said_start(&s, SAID("", "0"));
	screen_key(&s, K_ENTER);
	screen_type(&s, "  ");
	screen_key(&s, K_F8);
	assert_int_equal(screen_changes(&s), 0);
	assert_true(screen_has(&s, "en blanco"));
	screen_clear(&s);
}

/* ---- in the Bandeja ---- */

#define CALLS(list) "{\"now\":\"2026-11-23T17:00:00Z\",\"list\":\"own\"," \
	"\"lists\":{\"own\":0,\"area\":0,\"approval\":0,\"returned\":0}," \
	"\"tasks\":[],\"mentions\":[" list "]}"
#define CALL(folio) "{\"folio\":\"" folio "\",\"by\":\"jefa\",\"by_name\":" \
	"\"Julia Soto\",\"text\":\"@mlopez vea\",\"n\":3,\"at\":" \
	"\"2026-11-23T16:30:00Z\"}"

static void
the_bandeja_says_who_is_called(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	screen_answer(&s, "bandeja", 0, CALLS(CALL("VID-2026-0001")));
	assert_true(screen_has(&s, "@=Ver 1 mención"));
	screen_key(&s, '@');
	assert_string_equal(screen_last(&s, "comentarios"),
	    "comentarios VID-2026-0001");
	screen_key(&s, K_F12);
	screen_push(&s, "VID-2026-0001");
	screen_answer(&s, "bandeja", 0, CALLS(""));
	assert_false(screen_has(&s, "menci"));
	screen_key(&s, '@');
	assert_int_equal(screen_asked(&s, "comentarios"), 1);
	screen_clear(&s);
}

static void
of_several_one_is_chosen(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 60, 20);
	app_open(s.app, &view_bandeja, NULL, NULL);
	screen_answer(&s, "bandeja", 0, CALLS(CALL("VID-2026-0001") ","
	    CALL("CON-2026-0002") "," CALL("VID-2026-0001")));
	assert_true(screen_has(&s, "@=Ver 3 menciones"));
	screen_key(&s, '@');
	screen_key(&s, K_DOWN);
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "comentarios"),
	    "comentarios CON-2026-0002");
	screen_clear(&s);
}

static void
every_action_is_told_and_reached(void **st)
{
	struct screen s;

	(void)st;
	screen_table(&view_comentarios);
	said_start(&s, SAID(ONE "," TWO, "0"));
	screen_legend(&s, &view_comentarios, app_top(s.app));
	screen_palette(&s, &view_comentarios);
	screen_sizes(&s);
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_said_at_24_by_80),
		cmocka_unit_test(what_is_shown_is_read),
		cmocka_unit_test(a_refused_comment_is_not_lost),
		cmocka_unit_test(somebody_is_chosen_and_called),
		cmocka_unit_test(a_blank_comment_is_not_sent),
		cmocka_unit_test(the_bandeja_says_who_is_called),
		cmocka_unit_test(of_several_one_is_chosen),
		cmocka_unit_test(every_action_is_told_and_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
