/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * view_bandeja_choose_test.c - what of the work lists is shown and how, kept
 * with the person; several tasks at once; what has no room in a row.
 */
#include "bandeja_doc.h"

static void
a_filter_leaves_the_tasks_that_say_it(void **st)
{
	struct screen s;

	(void)st;
	bandeja_start(&s, 80, 24);
	screen_key(&s, 'f');
	screen_type(&s, "texto");
	screen_key(&s, K_ENTER);
	screen_type(&s, "DEVUELTA");
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "> VID-2026-0001"));
	assert_false(screen_has(&s, "VID-2026-0002"));
	assert_true(screen_has(&s, "1 tarea; filtro: «DEVUELTA»"));
	screen_key(&s, K_F5);
	screen_answer(&s, "bandeja", 0, LIST(""));
	assert_true(screen_has(&s, "Ninguna tarea de esta lista pasa"));
	screen_key(&s, 'f');
	screen_type(&s, "texto");
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "[DEVUELTA "));
	screen_key(&s, K_CTRL_U);
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "Nada espera por usted."));
	screen_clear(&s);
}

/* What each filter of the list leaves of ONE, TWO, THREE and FOUR. */
static const struct {
	const char *type, *left;
} filters[] = {
	{ "todas", "1234" }, { "vencidas", "3" }, { "vencen hoy", "12" },
	{ "urgentes", "2" }, { "a mi nombre", "14" }, { "nadie", "23" },
	{ "videos", "1234" },
};

static void
each_filter_leaves_its_tasks(void **st)
{
	char folio[] = "VID-2026-0000";
	struct screen s;
	size_t i;
	char n;

	(void)st;
	bandeja_start(&s, 80, 24);
	screen_key(&s, K_F5);
	screen_answer(&s, "bandeja", 0, LIST(ONE "," TWO "," THREE "," FOUR));
	for (i = 0; i < ARRAY_LEN(filters); i++) {
		screen_key(&s, K_F4);
		screen_type(&s, filters[i].type);
		screen_key(&s, K_ENTER);
		for (n = '1'; n <= '4'; n++) {
			folio[12] = n;
			if (screen_has(&s, folio) !=
			    (strchr(filters[i].left, n) != NULL))
				fail_msg("%s: %s", filters[i].type, folio);
		}
	}
	screen_clear(&s);
}

#define KEPT(value) "{\"preferences\":[{\"id\":\"inbox\",\"value\":" value "}]}"

static void
how_lists_are_wanted_is_kept_by_the_server(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	assert_string_equal(screen_last(&s, "preferencia"),
	    "preferencia inbox");
	screen_answer(&s, "preferencia", 0, KEPT("{\"list\":2,\"order\":"
	    "\"folio\",\"group\":\"due\",\"filter\":\"urgent\"}"));
	assert_string_equal(screen_last(&s, "bandeja"), "bandeja --area");
	screen_answer(&s, "bandeja", 0, LIST(FOUR));	/* of list 1 */
	assert_false(screen_has(&s, "VID-2026-0004"));
	screen_answer(&s, "bandeja", 0, LIST(ONE "," TWO));
	assert_true(screen_has(&s, "\n Vencen hoy\n> VID-2026-0002"));
	assert_true(screen_has(&s, "[2 Área"));
	assert_true(screen_has(&s, "Orden: folio"));
	assert_true(screen_has(&s, "1 tarea; filtro: Urgentes"));
	screen_key(&s, 'o');
	assert_string_equal(screen_last(&s, "preferencia"),
	    "preferencia inbox {\"list\":2,\"order\":\"procedure\","
	    "\"group\":\"due\",\"filter\":\"urgent\"}");
	screen_clear(&s);
}

/* Garbage of another version, or a refusal, changes nothing. */
static void
what_was_kept_may_be_anything(void **st)
{
	static const char *const docs[] = { "{}", KEPT("{}"), KEPT("null"),
		KEPT("[]"), KEPT("{\"list\":99,\"order\":7,\"group\":\"x\","
		"\"filter\":\"nada\"}"), KEPT("{\"list\":-1}") };
	struct screen s;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(docs); i++) {
		screen_init(&s, 80, 24);
		app_open(s.app, &view_bandeja, NULL, NULL);
		screen_answer(&s, "preferencia", 0, docs[i]);
		screen_answer(&s, "bandeja", 0, LIST(ONE));
		assert_true(screen_has(&s, "[1 Mías"));
		assert_true(screen_has(&s, "> VID-2026-0001"));
		screen_clear(&s);
	}
}

static void
tasks_are_put_in_groups(void **st)
{
	struct screen s;

	(void)st;
	bandeja_start(&s, 80, 24);
	screen_key(&s, 'v');
	assert_true(screen_has(&s, "\n Videos\n> VID-2026-0001"));
	screen_key(&s, 'v');
	assert_true(screen_has(&s, "\n Vencen hoy\n> VID-2026-0001"));
	assert_true(screen_has(&s, "\n Vencidas\n  VID-2026-0003"));
	/* What comes meanwhile has its own place, and moves nothing. */
	screen_push(&s, "VID-2026-0004");
	screen_answer(&s, "bandeja", 0, LIST(FOUR "," ONE "," TWO "," THREE));
	assert_true(screen_has(&s,
	    "\n Vencen hoy\n> VID-2026-0001"));
	assert_true(screen_has(&s, "\n Recién llegadas\n* VID-2026-0004"));
	screen_key(&s, K_F5);
	screen_answer(&s, "bandeja", 0, LIST(FOUR "," ONE "," TWO "," THREE));
	assert_true(screen_has(&s, "\n Vencen después\n  VID-2026-0004"));
	screen_key(&s, 'v');
	assert_false(screen_has(&s, "Vencen hoy"));
	screen_clear(&s);
}

/* A sentence longer than the message row is read whole, until a key. */
static void
a_long_sentence_is_read_whole(void **st)
{
	struct screen s;

	(void)st;
	bandeja_start(&s, 80, 24);
	screen_key(&s, 'm');
	screen_answer(&s, "tomar", 1, "{\"error\":{\"code\":\"refused\","
	    "\"message\":\"El paso 2.2 corresponde a Encargado de Monitoreo: "
	    "usted no tiene ahora ese cargo en esta oficina, y por eso no "
	    "puede tomarlo; pida a su jefatura que lo turne a quien lo tenga."
	    "\"}}");
	assert_true(screen_has(&s, "\n! El paso 2.2 corresponde a"));
	assert_true(screen_has(&s, "pida a su jefatura"));
	assert_true(screen_has(&s, "quien lo tenga.\n Enter="));
	screen_key(&s, K_DOWN);
	assert_false(screen_has(&s, "jefatura"));
	assert_true(screen_has(&s, "Actualizado"));
	screen_clear(&s);
}

/* ---- several at once ---- */

static void
several_are_taken_and_each_says_what_came_of_it(void **st)
{
	struct screen s;

	(void)st;
	bandeja_start(&s, 80, 24);
	screen_key(&s, ' ');
	screen_key(&s, ' ');
	assert_true(screen_has(&s, "\n +VID-2026-0001"));
	assert_true(screen_has(&s, "\n +VID-2026-0002"));
	assert_true(screen_has(&s, "\n> VID-2026-0003"));
	assert_true(screen_has(&s, ", 2 marcadas: m=Tomar, t=Turnar"));
	screen_key(&s, 'm');
	assert_int_equal(screen_asked(&s, "tomar"), 2);
	assert_int_equal(screen_changes(&s), 2);
	assert_string_equal(screen_last(&s, "tomar"),
	    "tomar VID-2026-0002 1.3");
	screen_answer(&s, "tomar", 0, "{\"folio\":\"VID-2026-0001\","
	    "\"step\":\"2.2\",\"assignee\":\"mlopez\"}");
	screen_answer(&s, "tomar", 1, "{\"error\":{\"code\":\"refused\","
	    "\"message\":\"Ya la tiene otro.\"}}");
	assert_true(screen_has(&s, "Lo que resultó de cada tarea"));
	assert_true(screen_has(&s, "VID-2026-0001 2.2  La tiene mlopez"));
	assert_true(screen_has(&s, "VID-2026-0002 1.3  No: Ya la tiene otro."));
	/* A line goes to its task. */
	screen_type(&s, "0002");
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "\n> VID-2026-0002"));
	assert_true(screen_has(&s, "\n! No: Ya la tiene otro."));
	assert_false(screen_has(&s, "marcadas"));
	screen_clear(&s);
}

/* On a slow line more may be asked before that is answered. */
static void
an_answer_to_those_before_is_not_of_these(void **st)
{
	struct screen s;

	(void)st;
	bandeja_start(&s, 80, 24);
	screen_key(&s, ' ');
	screen_key(&s, 'm');
	screen_key(&s, ' ');
	screen_key(&s, 'm');
	assert_int_equal(screen_asked(&s, "tomar"), 2);
	screen_answer(&s, "tomar", 0, "{\"assignee\":\"mlopez\"}");
	assert_false(screen_has(&s, "Lo que resultó"));
	screen_answer(&s, "tomar", 1, "{\"error\":{\"code\":\"refused\","
	    "\"message\":\"Ya la tiene otro.\"}}");
	assert_true(screen_has(&s, "Lo que resultó de cada tarea"));
	assert_true(screen_has(&s, "VID-2026-0002 1.3  No: Ya la tiene otro."));
	assert_false(screen_has(&s, "La tiene mlopez"));
	screen_clear(&s);
}

static void
several_are_handed_over_but_never_decided(void **st)
{
	struct screen s;

	(void)st;
	bandeja_start(&s, 80, 24);
	screen_key(&s, ' ');
	screen_key(&s, ' ');
	screen_key(&s, ' ');
	screen_key(&s, 't');
	assert_string_equal(screen_last(&s, "personas"),
	    "personas rol=video_producer");
	screen_answer(&s, "personas", 0, "{\"people\":[{\"login\":\"otro\","
	    "\"name\":\"Óscar Núñez\"}]}");
	screen_key(&s, K_ENTER);
	assert_int_equal(screen_asked(&s, "turnar"), 3);
	assert_string_equal(screen_last(&s, "turnar"),
	    "turnar VID-2026-0003 2.11 persona=otro");
	assert_int_equal(screen_asked(&s, "aprobar"), 0);
	assert_int_equal(screen_asked(&s, "devolver"), 0);
	screen_clear(&s);
}

static void
a_wide_window_has_the_task_beside_the_list(void **st)
{
	struct screen s;

	(void)st;
	bandeja_start(&s, 132, 40);
	assert_true(screen_has(&s, "│ VID-2026-0001  Videos"));
	assert_true(screen_has(&s, "│ La tiene mlopez"));
	assert_true(screen_has(&s, "│ Falta el audio."));
	screen_key(&s, K_DOWN);
	assert_true(screen_has(&s, "│ VID-2026-0002  Videos"));
	assert_true(screen_has(&s, "│ Nadie la tiene"));
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_filter_leaves_the_tasks_that_say_it),
		cmocka_unit_test(each_filter_leaves_its_tasks),
		cmocka_unit_test(how_lists_are_wanted_is_kept_by_the_server),
		cmocka_unit_test(what_was_kept_may_be_anything),
		cmocka_unit_test(tasks_are_put_in_groups),
		cmocka_unit_test(a_long_sentence_is_read_whole),
		cmocka_unit_test(several_are_taken_and_each_says_what_came_of_it),
		cmocka_unit_test(an_answer_to_those_before_is_not_of_these),
		cmocka_unit_test(several_are_handed_over_but_never_decided),
		cmocka_unit_test(a_wide_window_has_the_task_beside_the_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
