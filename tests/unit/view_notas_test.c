/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_notas_test.c - Monitoreo: stories folded, a key a decision, two people. */
#include "screen.h"

#define NOTE(n, story, medium, title, more) "{\"n\":" n ",\"story\":" story \
	",\"medium\":\"" medium "\",\"title\":\"" title "\",\"text\":" \
	"\"Texto de la nota.\",\"at\":\"2026-11-23T15:30:00Z\"," \
	"\"revision\":0,\"state\":\"new\"" more "}"
#define HEAD "\"office\":\"central\",\"can\":true,\"more\":false,\"choices\":" \
	"{\"kind\":[\"nota\"],\"topic\":[\"ISSSTESON\",\"salud estatal\"]," \
	"\"scope\":[\"estatal\"],\"tone\":[\"neutral\"]},\"profiles\":" \
	"[{\"name\":\"Instituto\",\"search\":\"isssteson\"}]"
#define LIST "{\"notes\":[" \
	NOTE("9", "4", "El Sol", "Llegan medicinas", \
	    ",\"alike\":\"5 de 6 frases iguales a la nota 4\"") "," \
	NOTE("8", "8", "Radio", "Queja por citas", \
	    ",\"concerns\":\"Instituto: ISSSTESON\",\"holder\":\"coor\"," \
	    "\"holder_name\":\"Paz Coronado\"") "," \
	NOTE("4", "4", "El Diario", "Compran medicinas", "") \
	"]," HEAD "}"
#define DONE "{\"n\":9,\"state\":\"taken\",\"folio\":\"SIN-2026-0007\"," \
	"\"step\":\"2.2\"}"

static void
notes_start(struct screen *s)
{
	screen_init(s, 80, 24);
	app_open(s->app, &view_bandeja, NULL, NULL);
	screen_key(s, 'l');
	assert_string_equal(screen_last(s, "notas"), "notas estado=nueva");
	screen_answer(s, "notas", 0, LIST);
}

static void
stories_fold_under_their_newest(void **st)
{
	struct screen s;

	(void)st;
	notes_start(&s);
	screen_golden(&s, "monitoreo");
	assert_true(screen_has(&s, "Por atender: 3"));
	assert_true(screen_has(&s, ">+08:30       El Sol          (2) Llegan"
	    " medicinas"));
	assert_true(screen_has(&s, "* Queja por citas"));
	assert_true(screen_has(&s, "@coor"));
	assert_true(screen_has(&s, "Misma historia: 5 de 6 frases iguales"));
	assert_false(screen_has(&s, "Compran medicinas"));
	screen_key(&s, ' ');
	assert_true(screen_has(&s, " |08:30       El Diario       Compran"));
	screen_key(&s, ' ');
	assert_false(screen_has(&s, "Compran medicinas"));
	screen_key(&s, K_DOWN);
	assert_true(screen_has(&s, "Concierne a Instituto: ISSSTESON"));
	assert_true(screen_has(&s, "La atiende Paz Coronado"));
	screen_clear(&s);
}

static void
one_key_takes_it_into_the_synthesis(void **st)
{
	struct screen s;

	(void)st;
	notes_start(&s);
	screen_key(&s, 'r');
	assert_string_equal(screen_last(&s, "recoger"),
	    "recoger 9 revision=0 grupo=sí");
	screen_answer(&s, "recoger", 0, DONE);
	assert_true(screen_has(&s, "Va en SIN-2026-0007, paso 2.2."));
	assert_int_equal(screen_asked(&s, "notas"), 2);
	screen_key(&s, K_DOWN);
	screen_key(&s, 'm');
	assert_string_equal(screen_last(&s, "comentario"),
	    "comentario 8 revision=0");
	screen_clear(&s);
}

static void
what_takes_typing_sets_the_note_apart(void **st)
{
	struct screen s;

	(void)st;
	notes_start(&s);
	screen_key(&s, 'd');
	assert_string_equal(screen_last(&s, "apartar"),
	    "apartar 9 revision=0");
	assert_false(app_has_popup(s.app));
	screen_answer(&s, "apartar", 0, "{\"n\":9}");
	screen_type(&s, "No es del Instituto");
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "descartar"), "descartar 9 "
	    "revision=0 motivo=No es del Instituto grupo=sí");
	screen_answer(&s, "descartar", 0, "{\"n\":9,\"state\":\"discarded\"}");
	assert_true(screen_has(&s, "Quedó descartada."));
	screen_key(&s, 'c');
	screen_answer(&s, "apartar", 0, "{\"n\":9}");
	screen_type(&s, "estatal");
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "clasificar"), "clasificar 9 "
	    "revision=0 tema=salud estatal grupo=sí");
	screen_clear(&s);
}

static void
who_comes_second_is_told(void **st)
{
	struct screen s;

	(void)st;
	notes_start(&s);
	screen_key(&s, K_DOWN);
	screen_key(&s, 'd');
	screen_answer(&s, "apartar", 1, "{\"error\":{\"code\":\"stale\","
	    "\"message\":\"Paz Coronado está con esta nota.\"}}");
	assert_true(screen_has(&s, "Paz Coronado está con esta nota."));
	assert_false(app_has_popup(s.app));
	assert_int_equal(screen_asked(&s, "notas"), 2);
	/* What is set apart is let go when the screen is left. */
	screen_key(&s, K_UP);
	screen_key(&s, 'd');
	screen_answer(&s, "apartar", 0, "{\"n\":9}");
	screen_key(&s, K_ESC);
	screen_key(&s, K_F12);
	assert_string_equal(screen_last(&s, "apartar"), "apartar 9 fin=sí");
	screen_clear(&s);
}

static void
it_is_live_and_keeps_the_finger(void **st)
{
	struct screen s;

	(void)st;
	notes_start(&s);
	screen_key(&s, K_DOWN);
	screen_push(&s, "notas@bc");
	assert_int_equal(screen_asked(&s, "notas"), 1);
	screen_push(&s, "notas@central");
	assert_int_equal(screen_asked(&s, "notas"), 2);
	screen_answer(&s, "notas", 0, "{\"notes\":["
	    NOTE("10", "10", "Portal", "Nueva de ahora", "") ","
	    NOTE("9", "4", "El Sol", "Llegan medicinas", "") ","
	    NOTE("8", "8", "Radio", "Queja por citas", "") "]," HEAD "}");
	assert_true(screen_has(&s, "> 08:30       Radio"));
	assert_true(screen_has(&s, "Nueva de ahora"));
	screen_clear(&s);
}

/* Somebody else took it between two looks at the screen. */
static void
a_key_does_not_fall_on_the_note_that_took_its_place(void **st)
{
	struct screen s;

	(void)st;
	notes_start(&s);
	screen_push(&s, "notas@central");
	screen_answer(&s, "notas", 0, "{\"notes\":["
	    NOTE("8", "8", "Radio", "Queja por citas", "") "]," HEAD "}");
	assert_string_equal(screen_last(&s, "nota "), "nota 9");
	screen_answer(&s, "nota ", 0, "{\"n\":9,\"title\":\"Llegan medicinas\""
	    ",\"state\":\"taken\",\"by_name\":\"Paz Coronado\"}");
	assert_true(screen_has(&s, "Paz Coronado recogió «Llegan medicinas»."));
	screen_key(&s, 'r');
	assert_int_equal(screen_asked(&s, "recoger"), 0);
	assert_true(screen_has(&s, "El cursor pasó a otra nota"));
	screen_key(&s, 'r');
	assert_string_equal(screen_last(&s, "recoger"),
	    "recoger 8 revision=0");
	/* One's own decision is no surprise. */
	screen_push(&s, "notas@central");
	screen_answer(&s, "notas", 0, "{\"notes\":["
	    NOTE("7", "7", "Radio", "Otra", "") "]," HEAD "}");
	assert_int_equal(screen_asked(&s, "nota "), 1);
	screen_key(&s, 'm');
	assert_string_equal(screen_last(&s, "comentario"),
	    "comentario 7 revision=0");
	screen_clear(&s);
}

/* A pop-up that is left lets the note go; what was typed is of no other. */
static void
a_window_that_is_left_decides_nothing(void **st)
{
	struct screen s;

	(void)st;
	notes_start(&s);
	screen_key(&s, 'd');
	screen_answer(&s, "apartar", 0, "{\"n\":9}");
	screen_key(&s, K_ESC);
	app_on_tick(s.app, (struct when){ 100 });
	assert_string_equal(screen_last(&s, "apartar"), "apartar 9 fin=sí");
	screen_answer(&s, "apartar", 0, "{\"n\":9}");
	screen_key(&s, 'd');
	screen_answer(&s, "apartar", 0, "{\"n\":9}");
	screen_push(&s, "notas@central");
	screen_answer(&s, "notas", 0, "{\"notes\":["
	    NOTE("8", "8", "Radio", "Queja por citas", "") "]," HEAD "}");
	screen_type(&s, "Repetida");
	screen_key(&s, K_ENTER);
	assert_int_equal(screen_asked(&s, "descartar"), 0);
	assert_true(screen_has(&s, "Esa nota ya no está aquí"));
	screen_clear(&s);
}

static void
typing_a_note_takes_three_answers(void **st)
{
	struct screen s;

	(void)st;
	notes_start(&s);
	screen_key(&s, 'n');
	screen_type(&s, "El Imparcial");
	screen_key(&s, K_ENTER);
	screen_type(&s, "Falta agua");
	screen_key(&s, K_ENTER);
	screen_key(&s, K_F8);
	assert_string_equal(screen_last(&s, "nota "),
	    "nota medio=El Imparcial titular=Falta agua texto=");
	screen_answer(&s, "nota ", 0, "{\"n\":11,\"state\":\"new\"}");
	screen_key(&s, 'n');
	assert_true(screen_has(&s, "El Imparcial"));
	screen_clear(&s);
}

static void
filters_and_profiles_are_asked_for(void **st)
{
	struct screen s;

	(void)st;
	notes_start(&s);
	screen_key(&s, 'f');
	screen_type(&s, "perfil instituto");
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "notas"),
	    "notas estado=nueva perfil=Instituto");
	screen_key(&s, 'f');
	screen_type(&s, "todas");
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "notas"), "notas estado=todas");
	screen_key(&s, 'b');
	screen_type(&s, "vacunas");
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "notas"),
	    "notas estado=todas texto=vacunas");
	screen_key(&s, 'l');
	screen_key(&s, K_ENTER);
	screen_type(&s, " O imss");
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "perfil "),
	    "perfil Instituto busca=isssteson O imss");
	screen_clear(&s);
}

static void
a_note_is_read_whole_and_left_for_the_list(void **st)
{
	static const int32_t back[] = { K_ENTER, K_F12, K_LEFT };
	struct screen s;
	size_t i;

	(void)st;
	notes_start(&s);
	for (i = 0; i < ARRAY_LEN(back); i++) {
		screen_key(&s, K_ENTER);
		assert_string_equal(screen_last(&s, "nota "), "nota 9");
		screen_answer(&s, "nota ", 0, "{\"n\":9,\"title\":\"Llegan "
		    "medicinas\",\"medium\":\"El Sol\",\"text\":\"Primero."
		    "\\nSegundo.\",\"at\":\"2026-11-23T15:30:00Z\","
		    "\"link\":\"https://e.mx/a\"}");
		assert_true(screen_has(&s, "Segundo."));
		assert_true(screen_has(&s, "https://e.mx/a"));
		screen_key(&s, back[i]);
		assert_false(screen_has(&s, "Segundo."));
		assert_true(screen_has(&s, "Por atender"));
	}
	screen_clear(&s);
}

static void
every_action_is_told_and_reached(void **st)
{
	struct screen s;

	(void)st;
	screen_table(&view_notas);
	notes_start(&s);
	screen_legend(&s, &view_notas, app_top(s.app));
	screen_palette(&s, &view_notas);
	screen_sizes(&s);
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stories_fold_under_their_newest),
		cmocka_unit_test(one_key_takes_it_into_the_synthesis),
		cmocka_unit_test(what_takes_typing_sets_the_note_apart),
		cmocka_unit_test(who_comes_second_is_told),
		cmocka_unit_test(it_is_live_and_keeps_the_finger),
		cmocka_unit_test(a_key_does_not_fall_on_the_note_that_took_its_place),
		cmocka_unit_test(a_window_that_is_left_decides_nothing),
		cmocka_unit_test(typing_a_note_takes_three_answers),
		cmocka_unit_test(filters_and_profiles_are_asked_for),
		cmocka_unit_test(a_note_is_read_whole_and_left_for_the_list),
		cmocka_unit_test(every_action_is_told_and_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
