/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_conservacion_test.c - records kept: why they are here, what may be done. */
#include "screen.h"

#define ONE(ref, record, row, due, state, can) "{\"folio\":\"CON-2026-0001\"," \
	"\"ref\":\"" ref "\",\"record\":\"" record "\",\"row\":" row "," \
	"\"until\":\"2027-11-23\",\"due\":" due ",\"state\":\"" state "\"," \
	"\"keeper_title\":\"Encargado de Difusión\",\"place\":\"Unidad\"," \
	"\"evidence\":[],\"why\":[\"Se conserva 1 año.\"],\"can\":[" can "]}"
#define LIST "{\"months\":[{\"month\":\"2027-11\",\"keeper\":" \
	"\"difu\",\"keeper_title\":\"Difusión\",\"count\":12}]," \
	"\"rows\":[" \
	ONE("3.1", "Fotografías", "null", "true", "kept", \
	    "\"keep\",\"transfer\"") "," \
	ONE("2.1", "Boletín", "null", "true", "proposed", "\"approve\"," \
	    "\"decline\"") "," \
	ONE("W1.1", "Hemeroteca", "2", "true", "kept", "\"row\"") "]}"

static void
kept_start(struct screen *s)
{
	screen_init(s, 80, 24);
	app_open(s->app, &view_conservacion, NULL, NULL);
	screen_answer(s, "conservacion", 0, LIST);
}

static void
the_list_says_why_each_is_here(void **st)
{
	struct screen s;

	(void)st;
	kept_start(&s);
	screen_golden(&s, "conservacion");
	assert_true(screen_has(&s, "> CON-2026-0001  2027-11-23 vencido     "
	    "Fotografías"));
	assert_true(screen_has(&s, "propuesto   Boletín"));
	assert_true(screen_has(&s, "Hemeroteca, renglón 2"));
	assert_true(screen_has(&s, "Encargado de Difusión. Unidad; archivos: 0"
	    "."));
	assert_true(screen_has(&s, "Se conserva 1 año."));
	screen_clear(&s);
}

static void
each_gets_its_own_verb(void **st)
{
	struct screen s;

	(void)st;
	kept_start(&s);
	screen_key(&s, 'a');		/* nobody asked for that one */
	assert_int_equal(screen_asked(&s, "destino"), 0);
	screen_key(&s, 't');
	assert_string_equal(screen_last(&s, "transferir"),
	    "transferir CON-2026-0001 3.1");
	screen_answer(&s, "transferir", 0, "{}");
	screen_answer(&s, "conservacion", 0, LIST);
	screen_key(&s, K_DOWN);
	screen_key(&s, 'a');
	assert_string_equal(screen_last(&s, "destino"),
	    "destino CON-2026-0001 2.1 si");
	screen_answer(&s, "destino", 0, "{}");
	screen_answer(&s, "conservacion", 0, LIST);
	screen_key(&s, K_DOWN);
	screen_key(&s, 'b');
	screen_type(&s, "Vencido");
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "baja"),
	    "baja CON-2026-0001 W1.1 fila=2 motivo=Vencido");
	screen_clear(&s);
}

static void
keeping_longer_asks_until_when_and_why(void **st)
{
	struct screen s;

	(void)st;
	kept_start(&s);
	screen_key(&s, 'c');
	screen_type(&s, "2028-06-30");
	screen_key(&s, K_ENTER);
	screen_type(&s, "Juicio");
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "conservar"), "conservar "
	    "CON-2026-0001 3.1 hasta=2028-06-30 motivo=Juicio");
	screen_clear(&s);
}

static void
another_month_is_asked_for(void **st)
{
	struct screen s;

	(void)st;
	kept_start(&s);
	screen_key(&s, 'f');
	screen_type(&s, "2027-12");
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "conservacion"),
	    "conservacion mes=2027-12");
	screen_answer(&s, "conservacion", 0, "{\"rows\":[]}");
	assert_true(screen_has(&s, "Nada vence en ese plazo."));
	screen_clear(&s);
}

/* What is not hers to do among them is said of that one. */
static void
several_are_asked_at_once_and_each_has_its_fate(void **st)
{
	struct screen s;

	(void)st;
	kept_start(&s);
	screen_key(&s, ' ');
	screen_key(&s, ' ');
	screen_key(&s, 'a');		/* decisions are taken one by one */
	assert_true(screen_has(&s, "Se aprueba de uno en uno"));
	assert_int_equal(screen_asked(&s, "destino"), 0);
	screen_key(&s, 't');
	assert_int_equal(screen_asked(&s, "transferir"), 1);
	assert_string_equal(screen_last(&s, "transferir"),
	    "transferir CON-2026-0001 3.1");
	screen_answer(&s, "transferir", 0, "{}");
	assert_true(screen_has(&s, "1 de 2 registros."));
	assert_true(screen_has(&s, "CON-2026-0001 3.1  Quedó escrito."));
	assert_true(screen_has(&s, "CON-2026-0001 2.1  No: ahora no"));
	screen_clear(&s);
}

/* A reason is of what it was typed for, though another list came meanwhile. */
static void
a_list_that_comes_moves_no_finger_and_no_mark(void **st)
{
	static const char longer[] = "{\"rows\":["
	    ONE("1.1", "Oficio", "null", "true", "kept", "\"transfer\"") ","
	    ONE("3.1", "Fotografías", "null", "true", "kept",
	    "\"keep\",\"transfer\"") ","
	    ONE("W1.1", "Hemeroteca", "2", "true", "kept", "\"row\"") "]}";
	struct screen s;

	(void)st;
	kept_start(&s);
	screen_key(&s, K_F5);
	screen_key(&s, K_END);
	screen_key(&s, 'b');
	screen_type(&s, "Vencido");
	screen_answer(&s, "conservacion", 0, longer);
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "baja"),
	    "baja CON-2026-0001 W1.1 fila=2 motivo=Vencido");
	screen_key(&s, K_UP);
	screen_key(&s, ' ');
	screen_key(&s, ' ');
	screen_key(&s, K_F5);
	screen_answer(&s, "conservacion", 0, LIST);
	screen_key(&s, 't');
	assert_string_equal(screen_last(&s, "transferir"),
	    "transferir CON-2026-0001 3.1");
	assert_int_equal(screen_asked(&s, "transferir"), 1);
	screen_clear(&s);
}

static void
the_summary_opens_a_month_of_a_keeper(void **st)
{
	struct screen s;

	(void)st;
	kept_start(&s);
	screen_key(&s, 's');
	screen_golden(&s, "conservacion-resumen");
	assert_true(screen_has(&s, "2027-11    12  Difusión"));
	screen_key(&s, K_DOWN);
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "conservacion"),
	    "conservacion mes=2027-11 custodia=difu");
	screen_answer(&s, "conservacion", 0, LIST);
	screen_key(&s, 'f');
	screen_type(&s, "2027-12");
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "conservacion"),
	    "conservacion mes=2027-12");
	screen_answer(&s, "conservacion", 0, LIST);
	screen_key(&s, 's');
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "conservacion"), "conservacion");
	screen_clear(&s);
}

static void
every_action_is_told_and_reached(void **st)
{
	struct screen s;

	(void)st;
	screen_table(&view_conservacion);
	kept_start(&s);
	screen_legend(&s, &view_conservacion, app_top(s.app));
	screen_palette(&s, &view_conservacion);
	screen_sizes(&s);
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_says_why_each_is_here),
		cmocka_unit_test(each_gets_its_own_verb),
		cmocka_unit_test(keeping_longer_asks_until_when_and_why),
		cmocka_unit_test(another_month_is_asked_for),
		cmocka_unit_test(
		    several_are_asked_at_once_and_each_has_its_fate),
		cmocka_unit_test(a_list_that_comes_moves_no_finger_and_no_mark),
		cmocka_unit_test(the_summary_opens_a_month_of_a_keeper),
		cmocka_unit_test(every_action_is_told_and_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
