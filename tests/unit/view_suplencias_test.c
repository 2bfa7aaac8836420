/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_suplencias_test.c - absences: naming, answering, ending. */
#include "screen.h"

#define ONE(login, whose, answer, over) SUB(login, whose, answer, over, \
	"false", "false")
#define SUB(login, whose, answer, over, grant, end) "{\"grant\":812,\"login\":\"" login "\",\"for_login" \
	"\":\"" whose "\",\"role\":\"head_of_unit\",\"office\":\"central\"," \
	"\"scope\":\"all\",\"reason\":\"Viaje\",\"from\":" \
	"\"2026-11-23T07:00:00Z\",\"to\":\"2026-11-27T06:59:00Z\"," \
	"\"active\":true,\"over\":" over ",\"answer\":" answer "," \
	"\"role_title\":\"Jefe/Jefa de la Unidad\",\"name\":\"Ana Ruiz\"," \
	"\"for_name\":\"Lucía Ramos\",\"may_grant\":" grant ",\"may_end\":" end "}"
#define LIST "{\"substitutions\":[" ONE("mlopez", "jefa", "null", "false") "," \
	SUB("aruiz", "mlopez", "\"accepted\"", "false", "false", "true") "," \
	ONE("prod", "jefa", "\"declined\"", "true") "]}"

static void
absent_start(struct screen *s)
{
	screen_init(s, 80, 24);
	app_open(s->app, &view_bandeja, NULL, NULL);
	screen_key(s, K_F2);
	screen_type(s, "suplencias");
	screen_key(s, K_ENTER);
	assert_string_equal(screen_last(s, "suplencias"), "suplencias");
	screen_answer(s, "suplencias", 0, LIST);
}

static void
the_list_says_how_each_stands(void **st)
{
	struct screen s;

	(void)st;
	absent_start(&s);
	screen_golden(&s, "suplencias");
	assert_true(screen_has(&s, "> mlopez       jefa         23/11/2026 00:0"
	    "0 26/11/2026 23:59    Sin contestar"));
	assert_true(screen_has(&s, "aruiz        mlopez"));
	assert_true(screen_has(&s, "En vigor"));
	assert_true(screen_has(&s, "Declinada"));
	assert_true(screen_has(&s, "Suplencia 812.  Ana Ruiz suple a Lucía "
	    "Ramos: Jefe/Jefa de la Unidad.\n Alcance: todo."));
	screen_clear(&s);
}

static void
who_is_named_answers(void **st)
{
	struct screen s;

	(void)st;
	absent_start(&s);
	screen_key(&s, 'd');
	assert_string_equal(screen_last(&s, "suplir"), "suplir jefa no");
	screen_answer(&s, "suplir", 0, "{}");
	screen_key(&s, K_DOWN);		/* aruiz is to answer that one */
	screen_key(&s, 's');
	assert_int_equal(screen_asked(&s, "suplir"), 1);
	assert_true(screen_has(&s, "La contesta la persona nombrada."));
	screen_key(&s, 'x');
	screen_key(&s, K_ENTER);	/* Enter means no */
	assert_int_equal(screen_asked(&s, "suplencia "), 0);
	screen_key(&s, 'x');
	screen_key(&s, 's');
	assert_string_equal(screen_last(&s, "suplencia "), "suplencia "
	    "persona=aruiz desde=2026-11-23T07:00:00Z hasta=ahora "
	    "motivo=Viaje");
	screen_clear(&s);
}

/* The head says the same again, of the other person. */
static void
the_head_grants_what_is_proposed(void **st)
{
	struct screen s;

	(void)st;
	absent_start(&s);
	screen_key(&s, K_F12);
	screen_key(&s, K_F2);
	screen_type(&s, "suplencias");
	screen_key(&s, K_ENTER);
	/* The finger is on the one that waits for this person's word. */
	screen_answer(&s, "suplencias", 0, "{\"substitutions\":[" ONE("prod",
	    "jefa", "\"declined\"", "true") "," SUB("aruiz", "prod",
	    "\"proposed\"", "false", "true", "true") "]}");
	assert_true(screen_has(&s, "\n> aruiz"));
	assert_true(screen_has(&s, "Sin autorizar"));
	screen_key(&s, 'd');
	assert_true(screen_has(&s, "termínela con x"));
	assert_int_equal(screen_asked(&s, "suplir"), 0);
	screen_key(&s, 's');
	assert_string_equal(screen_last(&s, "suplencia "), "suplencia "
	    "persona=aruiz desde=2026-11-23T07:00:00Z "
	    "hasta=2026-11-27T06:59:00Z motivo=Viaje de=prod");
	screen_clear(&s);
}

/* A refusal loses nothing of what was said. */
static void
naming_asks_whom_and_when(void **st)
{
	struct screen s;
	int i;

	(void)st;
	absent_start(&s);
	for (i = 0; i < 2; i++) {
		screen_key(&s, 'n');
		screen_answer(&s, "personas", 0, "{\"people\":[{\"login\":"
		    "\"mlopez\",\"name\":\"Mar López\"},{\"login\":"
		    "\"aruiz\",\"name\":\"Ana Ruiz\"}]}");
		assert_false(screen_has(&s, "Mar López"));
		screen_key(&s, K_ENTER);
		if (i == 0)
			screen_type(&s, "hoy");
		screen_key(&s, K_ENTER);
		if (i == 0)
			screen_type(&s, "+3");
		screen_key(&s, K_ENTER);
		if (i == 0)
			screen_type(&s, "Congreso");
		screen_key(&s, K_ENTER);
		assert_string_equal(screen_last(&s, "suplencia "),
		    "suplencia persona=aruiz desde=hoy hasta=+3 "
		    "motivo=Congreso");
		screen_answer(&s, "suplencia ", 1, "{\"error\":{\"code\":"
		    "\"refused\",\"message\":\"Ya no.\"}}");
	}
	screen_clear(&s);
}

static void
every_action_is_told_and_reached(void **st)
{
	struct screen s;

	(void)st;
	screen_table(&view_suplencias);
	absent_start(&s);
	screen_legend(&s, &view_suplencias, app_top(s.app));
	screen_palette(&s, &view_suplencias);
	screen_sizes(&s);
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_says_how_each_stands),
		cmocka_unit_test(who_is_named_answers),
		cmocka_unit_test(the_head_grants_what_is_proposed),
		cmocka_unit_test(naming_asks_whom_and_when),
		cmocka_unit_test(every_action_is_told_and_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
