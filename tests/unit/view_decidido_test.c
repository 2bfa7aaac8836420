/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_decidido_test.c - what was decided in somebody's place. */
#include "screen.h"

#define ACTS(seen, rest) "{\"grant\":812,\"login\":\"prod\",\"name\":\"Ana Ruiz\"," \
	"\"for_login\":\"mlopez\",\"for_name\":\"Mar López\",\"seen\":" seen ","  \
	"\"last\":901,\"acts\":[" rest "]}"
#define ACT(n, folio, text) "{\"n\":" n ",\"at\":\"2026-11-23T16:00:00Z\","      \
	"\"folio\":\"" folio "\",\"title\":\"Feria de salud\",\"step\":\"1.3\","  \
	"\"row\":0,\"by\":\"prod\",\"text\":\"" text "\"}"
#define TWO ACT("900", "BOL-2026-0001", "Aprueba el paso 1.3") "," \
	ACT("901", "BOL-2026-0002", "Devuelve el paso 1.3 -> 1.1: Corta")

/* From the inbox: its notice, and Enter. */
static void
decided_start(struct screen *s)
{
	screen_init(s, 80, 24);
	app_open(s->app, &view_bandeja, NULL, NULL);
	screen_answer(s, "bandeja", 0, "{\"tasks\":[],\"stood\":[{\"grant\":812,"
	    "\"login\":\"prod\",\"name\":\"Ana Ruiz\",\"over\":true,\"count\":2,"
	    "\"last\":901}]}");
	assert_true(screen_has(s, "a=Ver 1 aviso"));
	screen_key(s, 'a');
	assert_true(screen_has(s, "Suplencia 812, terminada: lo que decidió "
	    "Ana Ruiz en su lugar (2)"));
	screen_key(s, K_ENTER);
	assert_string_equal(screen_last(s, "suplencias"), "suplencias 812");
}

static void
the_inbox_leads_to_what_was_decided(void **st)
{
	struct screen s;

	(void)st;
	decided_start(&s);
	screen_answer(&s, "suplencias", 0, ACTS("0", TWO));
	screen_golden(&s, "decidido");
	assert_string_equal(screen_last(&s, "enterado"),
	    "enterado 812 hasta=901");
	screen_key(&s, K_DOWN);
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "expediente"),
	    "expediente BOL-2026-0002");
	screen_key(&s, K_F12);
	assert_true(screen_has(&s, "Decidido en suplencia"));
	screen_clear(&s);
}

/* It was seen; or it is another's to see. */
static void
it_is_noted_once(void **st)
{
	struct screen s;

	(void)st;
	decided_start(&s);
	screen_answer(&s, "suplencias", 0, ACTS("901", TWO));
	assert_int_equal(screen_asked(&s, "enterado"), 0);
	screen_push(&s, "BOL-2026-0001");
	screen_answer(&s, "suplencias", 0, ACTS("0", ""));
	assert_true(screen_has(&s, "Nada se decidió en esta suplencia."));
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "No hay un expediente bajo el cursor."));
	screen_clear(&s);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_inbox_leads_to_what_was_decided),
		cmocka_unit_test(it_is_noted_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
