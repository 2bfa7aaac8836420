/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_medios_test.c - the register of outlets: how each stands, what is done. */
#include "screen.h"

#define ONE(id, name, feed, reading) "{\"id\":" id ",\"office\":\"central\"," \
	"\"name\":\"" name "\",\"kind\":\"radio\",\"programme\":\"Noticias\"," \
	"\"schedule\":\"6 a 9\",\"phones\":\"6621112233\",\"contact\":\"Paz\"," \
	"\"feed\":\"" feed "\",\"every\":30,\"watchers\":[\"moni\",\"jefa\"]," \
	"\"active\":true,\"reading\":" reading "}"
#define LIST "{\"outlets\":[" \
	ONE("3", "Radio Uno", "", "null") "," \
	ONE("5", "El Diario", "https://d.mx/rss", "{\"job\":9,\"read\":null," \
	    "\"error\":\"El servidor no contesta: puede estar apagado.\"}") "," \
	ONE("7", "Portal", "https://p.mx/rss", "{\"job\":11,\"read\":" \
	    "\"2026-11-23T15:00:00Z\",\"error\":null}") "]}"

static void
medios_start(struct screen *s)
{
	screen_init(s, 80, 24);
	app_open(s->app, &view_bandeja, NULL, NULL);
	screen_key(s, K_F2);
	screen_type(s, "registro de medios");
	screen_key(s, K_ENTER);
	assert_string_equal(screen_last(s, "medios"), "medios");
	screen_answer(s, "medios", 0, LIST);
}

static void
the_list_says_how_each_stands(void **st)
{
	struct screen s;

	(void)st;
	medios_start(&s);
	screen_golden(&s, "medios");
	assert_true(screen_has(&s, "> Radio Uno                radio       "
	    "moni, jefa             Sin canal"));
	assert_true(screen_has(&s, "No se pudo leer"));
	assert_true(screen_has(&s, "Programa: Noticias.  Horario: 6 a 9."));
	assert_false(screen_has(&s, "puede estar apagado"));
	screen_key(&s, K_DOWN);
	assert_true(screen_has(&s, "https://d.mx/rss"));
	assert_true(screen_has(&s, "puede estar apagado"));
	screen_clear(&s);
}

static void
one_is_registered_and_corrected(void **st)
{
	struct screen s;

	(void)st;
	medios_start(&s);
	screen_key(&s, 'n');
	screen_type(&s, "Radio Dos");
	screen_key(&s, K_ENTER);
	screen_type(&s, "red");		/* among the kinds */
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "medio alta"),
	    "medio alta nombre=Radio Dos tipo=red social");
	screen_answer(&s, "medio alta", 0, "{}");
	screen_answer(&s, "medios", 0, LIST);
	/* What it is stands there to be changed. */
	screen_key(&s, K_ENTER);
	screen_type(&s, "horario");
	screen_key(&s, K_ENTER);
	screen_type(&s, ":30");
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "medio cambio"),
	    "medio cambio 3 horario=6 a 9:30");
	screen_answer(&s, "medio cambio", 1, "{\"error\":{\"code\":"
	    "\"refused\",\"message\":\"Ya no.\"}}");
	assert_true(screen_has(&s, "Ya no."));
	screen_clear(&s);
}

static void
a_feed_is_read_now_and_an_outlet_ended(void **st)
{
	struct screen s;

	(void)st;
	medios_start(&s);
	screen_key(&s, 'l');
	assert_int_equal(screen_asked(&s, "reintentar"), 0);
	assert_true(screen_has(&s, "Ese medio no tiene canal."));
	screen_key(&s, K_DOWN);
	screen_key(&s, 'l');
	assert_string_equal(screen_last(&s, "reintentar"), "reintentar 9");
	screen_key(&s, 'x');
	screen_key(&s, K_ENTER);	/* Enter means no */
	assert_int_equal(screen_asked(&s, "medio baja"), 0);
	screen_key(&s, 'x');
	/* Somebody else registers one before it in the list. */
	screen_push(&s, "medios@central");
	screen_answer(&s, "medios", 0, "{\"outlets\":["
	    ONE("9", "Antena", "", "null") "," ONE("3", "Radio Uno", "", "null")
	    "," ONE("5", "El Diario", "https://d.mx/rss", "null") "]}");
	screen_key(&s, 's');
	assert_string_equal(screen_last(&s, "medio baja"), "medio baja 5");
	screen_clear(&s);
}

static void
every_action_is_told_and_reached(void **st)
{
	struct screen s;

	(void)st;
	screen_table(&view_medios);
	medios_start(&s);
	screen_legend(&s, &view_medios, app_top(s.app));
	screen_palette(&s, &view_medios);
	screen_sizes(&s);
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_says_how_each_stands),
		cmocka_unit_test(one_is_registered_and_corrected),
		cmocka_unit_test(a_feed_is_read_now_and_an_outlet_ended),
		cmocka_unit_test(every_action_is_told_and_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
