/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_fotos_test.c - photographs one by one, each with its verdict. */
#include "screen.h"

#include "../../client/verdict.h"

#define FILE_OF(name, sum) "{\"name\":\"" name "\",\"sha256\":\"" sum "\"," \
	"\"size\":39871,\"by\":\"difu\",\"at\":\"2026-11-23T16:30:00Z\"," \
	"\"kind\":\"image\",\"current\":true}"
#define FILES "{\"attachments\":[" FILE_OF("mar.jpg", "aa") "," \
	FILE_OF("feria.jpg", "bb") "]}"
#define STEP_OF(can, draft) "{\"folio\":\"CON-1\",\"step\":\"2.2\",\"can\":" can \
	",\"why\":\"La decide otra persona.\",\"fields\":[{\"id\":\"verdicts\"," \
	"\"type\":\"verdicts\",\"draft\":" draft ",\"choices\":[\"mar.jpg\"," \
	"\"feria.jpg\",\"lejos.jpg\"]}]}"
#define CELLS_OF(sum) "{\"sha256\":\"" sum "\",\"width\":1600,\"height\":1200," \
	"\"cols\":8,\"rows\":[[[\"@@@@\",17,-1],[\"::::\",-1,20]],[[\"--------\"," \
	"-1,-1]]]}"

static void
photos_start(struct screen *s, const char *step)
{
	screen_init(s, 80, 24);
	app_open(s->app, &view_bandeja, NULL, NULL);
	app_open(s->app, &view_fotos, "CON-1", "2.2");
	screen_answer(s, "paso", 0, step);
	screen_answer(s, "adjuntos", 0, FILES);
	(void)screen_text(s);
}

static void
one_is_seen_and_then_the_next(void **st)
{
	struct screen s;

	(void)st;
	photos_start(&s, STEP_OF("true", "null"));
	assert_string_equal(screen_last(&s, "vista"),
	    "vista CON-1 aa celdas=80x15 modo=mono");
	assert_true(screen_has(&s, "Dibujando..."));
	screen_answer(&s, "vista", 0, CELLS_OF("aa"));
	screen_golden(&s, "fotos");
	assert_true(screen_has(&s, "Foto 1 de 3: mar.jpg"));
	assert_true(screen_has(&s, "1600 × 1200 puntos"));
	assert_true(screen_has(&s, "@@@@::::\n"));
	assert_true(screen_has(&s, "sin dictamen"));
	screen_key(&s, 'p');
	assert_true(screen_has(&s, "Es la primera foto."));
	screen_key(&s, 'n');
	assert_true(screen_has(&s, "Foto 2 de 3: feria.jpg"));
	assert_string_equal(screen_last(&s, "vista"),
	    "vista CON-1 bb celdas=80x15 modo=mono");
	screen_clear(&s);
}

/* The answer about one that was left comes too late. */
static void
a_late_picture_is_not_that_of_another(void **st)
{
	struct screen s;

	(void)st;
	photos_start(&s, STEP_OF("true", "null"));
	screen_key(&s, 'n');
	(void)screen_text(&s);
	screen_answer(&s, "vista", 0, CELLS_OF("aa"));
	assert_false(screen_has(&s, "@@@@"));
	screen_answer(&s, "vista", 1, "{\"error\":{\"code\":\"refused\","
	    "\"message\":\"La imagen está dañada.\"}}");
	assert_true(screen_has(&s, "La imagen está dañada."));
	screen_key(&s, 'n');
	assert_true(screen_has(&s, "Está registrada, no adjunta"));
	assert_int_equal(screen_asked(&s, "vista"), 2);
	screen_clear(&s);
}

static void
each_gets_its_verdict_and_its_reason(void **st)
{
	struct screen s;

	(void)st;
	photos_start(&s, STEP_OF("true", "null"));
	screen_key(&s, 'a');
	assert_string_equal(screen_last(&s, "borrador"),
	    "borrador CON-1 2.2 verdicts=1:aprobar");
	assert_true(screen_has(&s, "Foto 2 de 3"));
	screen_key(&s, 'd');
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "Falta decir qué debe corregirse"));
	screen_key(&s, 'd');
	screen_type(&s, "Movida, y 3: oscura");
	screen_key(&s, K_ENTER);
	assert_string_equal(screen_last(&s, "borrador"), "borrador CON-1 2.2 "
	    "verdicts=1:aprobar,2:regresar:Movida, y 3: oscura");
	/* What comes of an earlier one does not undo it. */
	screen_push(&s, "CON-1");
	screen_answer(&s, "borrador", 0, "{}");
	screen_answer(&s, "paso", 0, STEP_OF("true", "\"1:aprobar\""));
	screen_key(&s, 'p');
	assert_true(screen_has(&s, "NO VA"));
	assert_true(screen_has(&s, "Debe corregirse: Movida, y 3: oscura"));
	assert_true(screen_has(&s, "Van 1, no van 1, faltan 1."));
	screen_clear(&s);
}

static void
who_may_not_decide_only_looks(void **st)
{
	struct screen s;

	(void)st;
	photos_start(&s, STEP_OF("false", "null"));
	screen_key(&s, 'a');
	assert_int_equal(screen_changes(&s), 0);
	assert_true(screen_has(&s, "La decide otra persona."));
	screen_clear(&s);
}

static void
a_slow_line_draws_when_asked(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_set_round_trip(s.app, 900);
	app_open(s.app, &view_bandeja, NULL, NULL);
	app_open(s.app, &view_fotos, "CON-1", "2.2");
	screen_answer(&s, "paso", 0, STEP_OF("true", "null"));
	screen_answer(&s, "adjuntos", 0, FILES);
	screen_wait(&s, 10);
	assert_true(screen_has(&s, "v=Vista la dibuja."));
	assert_int_equal(screen_asked(&s, "vista"), 0);
	screen_key(&s, 'v');
	(void)screen_text(&s);
	assert_string_equal(screen_last(&s, "vista"),
	    "vista CON-1 aa celdas=80x15 modo=ascii");
	screen_clear(&s);
}

static void
colours_are_the_terminals(void **st)
{
	struct screen s;
	const struct grid *g;
	int i, painted = 0;

	(void)st;
	screen_init(&s, 80, 24);
	app_set_colours(s.app, 256);
	app_open(s.app, &view_bandeja, NULL, NULL);
	app_open(s.app, &view_fotos, "CON-1", "2.2");
	screen_answer(&s, "paso", 0, STEP_OF("true", "null"));
	screen_answer(&s, "adjuntos", 0, FILES);
	(void)screen_text(&s);
	assert_string_equal(screen_last(&s, "vista"),
	    "vista CON-1 aa celdas=80x15 modo=256");
	screen_answer(&s, "vista", 0, CELLS_OF("aa"));
	g = app_draw(s.app);
	for (i = 0; i < g->rows * g->cols; i++)
		painted += g->cells[i].ink == 18 || g->cells[i].paper == 21;
	assert_int_equal(painted, 8);
	app_set_colours(s.app, 16);
	assert_string_equal(app_picture_mode(s.app), "16");
	screen_clear(&s);
}

static void
every_action_is_told_and_reached(void **st)
{
	struct screen s;

	(void)st;
	screen_table(&view_fotos);
	photos_start(&s, STEP_OF("true", "null"));
	screen_legend(&s, &view_fotos, app_top(s.app));
	screen_palette(&s, &view_fotos);
	screen_sizes(&s);
	screen_clear(&s);
}

/* ---- verdicts as text ---- */

static void
verdict_is(const char *text, int item, enum verdict v, const char *remark)
{
	char *said;

	assert_int_equal(verdict_find(text, item, &said), v);
	assert_string_equal(said, remark);
	free(said);
}

static void
verdicts_are_read_whatever_their_reasons_say(void **st)
{
	static const char *const odd[] = { "", ",", ":", "1", "1:", "1:x",
		"x:aprobar", ",1:aprobar", "99999999999:aprobar", "1:aprobar," };
	size_t i;

	(void)st;
	verdict_is("1:aprobar,2:regresar:a, b: c,3:regresar", 1, VERDICT_NO,
	    "a, b: c");
	verdict_is("1:aprobar,2:regresar:a, b: c,3:regresar", 2, VERDICT_NO,
	    "");
	verdict_is(NULL, 0, VERDICT_NONE, "");
	for (i = 0; i < ARRAY_LEN(odd); i++)
		verdict_is(odd[i], 1, VERDICT_NONE, "");
}

static void
put_is(const char *text, int item, enum verdict v, const char *remark,
    const char *want)
{
	char *got = verdict_put(text, item, v, remark);

	assert_string_equal(got, want);
	free(got);
}

static void
a_verdict_is_put_among_the_others(void **st)
{
	(void)st;
	put_is(NULL, 1, VERDICT_NO, "ve\nr", "2:regresar:ve r");
	put_is("2:regresar:a", 0, VERDICT_YES, NULL, "1:aprobar,2:regresar:a");
	put_is("1:aprobar,2:regresar:a", 1, VERDICT_NONE, NULL, "1:aprobar");
	put_is("1:aprobar", 1, VERDICT_NO, "dos,1: uno",
	    "1:aprobar,2:regresar:dos;1: uno");
	put_is("1:aprobar", 1000000, VERDICT_YES, NULL, "1:aprobar");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_is_seen_and_then_the_next),
		cmocka_unit_test(a_late_picture_is_not_that_of_another),
		cmocka_unit_test(each_gets_its_verdict_and_its_reason),
		cmocka_unit_test(who_may_not_decide_only_looks),
		cmocka_unit_test(a_slow_line_draws_when_asked),
		cmocka_unit_test(colours_are_the_terminals),
		cmocka_unit_test(every_action_is_told_and_reached),
		cmocka_unit_test(verdicts_are_read_whatever_their_reasons_say),
		cmocka_unit_test(a_verdict_is_put_among_the_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
