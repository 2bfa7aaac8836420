/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * offline_test.c - an app with a shelf: what is typed is on disk before the
 * screen says so, is there after a kill at any point, goes out once and in
 * order, and stops where somebody wrote something else.
 */
#include "paso_doc.h"
#include "state.h"

#include "../../client/app_own.h"
#include "../../client/shelf.h"

#define FOLIO "VID-2026-0001"
#define WITH(text) "{\"folio\":\"" FOLIO "\",\"step\":\"2.2\",\"can\":true," \
	"\"revision\":7,\"path\":[{\"step\":\"2.2\",\"state\":\"here\"}],"     \
	"\"fields\":[{\"id\":\"figure\",\"label\":\"Cifra\",\"type\":\"text\"," \
	"\"draft\":\"" text "\"}]}"

static void
offline_welcome(struct screen *s, const char *installation)
{
	json_t *me = json_pack("{s:s,s:s,s:s}", "login", "mlopez", "role",
	    "Producción", "installation", installation);

	app_welcome(s->app, me, NULL);
	json_decref(me);
}

/* A client that starts; its shelf has what the one before left. */
static struct shelf *
offline_start(struct screen *s)
{
	struct shelf *shelf = shelf_new("host", 2222, "mlopez");

	assert_non_null(shelf);
	screen_init(s, 80, 24);
	app_set_shelf(s->app, shelf);
	offline_welcome(s, "uno");
	app_open(s->app, &view_bandeja, NULL, NULL);
	return shelf;
}

static struct shelf *
offline_step(struct screen *s)
{
	struct shelf *shelf = offline_start(s);

	app_open(s->app, &view_paso, FOLIO, "2.2");
	screen_answer(s, "paso", 0, WITH("uno"));
	return shelf;
}

/* The line is lost and the step finished; it waits on paper. */
static struct shelf *
offline_done(struct screen *s)
{
	struct shelf *shelf = offline_step(s);

	app_on_link(s->app, false, NULL);
	screen_key(s, K_F8);
	return shelf;
}

/* Typed without a line, while somebody else wrote there. */
static struct shelf *
offline_clash(struct screen *s)
{
	struct shelf *shelf = offline_step(s);

	app_on_link(s->app, false, NULL);
	screen_type(s, " y dos");
	screen_key(s, K_TAB);
	app_back(s->app);
	offline_welcome(s, "uno");
	screen_answer(s, "paso", 0, WITH("de otra"));
	return shelf;
}

/* As kill -9 does: nothing is said to anybody. */
static void
offline_kill(struct screen *s, struct shelf *shelf)
{
	s->app->link.send = NULL;
	screen_clear(s);
	shelf_free(shelf);
}

static bool
is_on_paper(void)
{
	char *words = xasprintf("find %s -name 'paper*' | grep -q .", folder);
	int r = system(words);

	free(words);
	return r == 0;
}

static void
a_draft_is_on_disk_until_it_is_answered(void **st)
{
	struct screen s;
	struct shelf *shelf = offline_step(&s);

	(void)st;
	assert_false(is_on_paper());
	screen_type(&s, " y dos");
	screen_wait(&s, 3);
	assert_string_equal(screen_last(&s, "borrador"),
	    "borrador " FOLIO " 2.2 figure=uno y dos");
	assert_true(is_on_paper());
	screen_answer(&s, "borrador", 0, "{\"saved_at\":"
	    "\"2026-11-23T17:00:00Z\"}");
	assert_false(is_on_paper());
	offline_kill(&s, shelf);
}

/* Answered or not, the server shows the first text or the second. */
static void
a_killed_client_sends_its_draft_once_it_is_back(void **st)
{
	static const char *const now[] = { WITH("uno"), WITH("uno y dos") };
	struct shelf *shelf;
	struct screen s;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(now); i++) {
		shelf = offline_step(&s);
		screen_type(&s, " y dos");
		screen_wait(&s, 3);
		offline_kill(&s, shelf);
		shelf = offline_start(&s);
		screen_answer(&s, "paso", 0, now[i]);
		assert_string_equal(screen_last(&s, "borrador"),
		    "borrador " FOLIO " 2.2 figure=uno y dos");
		screen_answer(&s, "borrador", 0, "{}");
		assert_false(is_on_paper());
		offline_kill(&s, shelf);
	}
}

static void
what_was_read_is_there_without_a_line(void **st)
{
	struct screen s;
	struct shelf *shelf = offline_step(&s);

	(void)st;
	app_back(s.app);
	app_on_link(s.app, false, "Se reintenta en 4 s.");
	app_open(s.app, &view_paso, FOLIO, "2.2");
	app_settle(s.app);
	assert_true(screen_has(&s, "[uno "));
	assert_true(screen_has(&s, "SIN CONEXIÓN hace 00:00.  Datos: "));
	screen_type(&s, " y tres");
	screen_wait(&s, 3);
	assert_true(screen_has(&s, "Guardado aquí"));
	assert_true(screen_has(&s, "1 cambio guardado aquí.\n"));
	assert_true(is_on_paper());
	app_back(s.app);
	app_open(s.app, &view_paso, FOLIO, "2.2");
	app_settle(s.app);
	assert_true(screen_has(&s, "[uno y tres "));
	screen_key(&s, K_F11);
	assert_true(screen_has(&s, "Eso no está guardado"));
	app_back(s.app);
	screen_key(&s, K_F8);
	screen_key(&s, K_DOWN);		/* that it is done has been read */
	assert_true(screen_has(&s, "2 cambios guardados aquí.\n"));
	offline_kill(&s, shelf);
}

static void
a_step_done_without_a_line_goes_out_with_one_id(void **st)
{
	struct screen s;
	struct shelf *shelf = offline_done(&s);
	int i;

	(void)st;
	assert_true(screen_has(&s, "guardado en esta máquina"));
	assert_int_equal(screen_asked(&s, "hacer"), 0);
	offline_kill(&s, shelf);
	/* Each of these is killed before its answer comes. */
	for (i = 0; i < 3; i++) {
		shelf = offline_start(&s);
		screen_answer(&s, "paso", 0, WITH("uno"));
		assert_string_equal(screen_last(&s, "hacer"), "hacer " FOLIO
		    " 2.2 figure=uno revision=7");
		offline_kill(&s, shelf);
	}
	/* The step is closed now, because of us: the id gets its answer. */
	shelf = offline_start(&s);
	screen_answer(&s, "paso", 0, "{\"can\":false,\"why\":\"Hecho.\"}");
	screen_answer(&s, "hacer", 0, "{\"open\":[]}");
	assert_false(is_on_paper());
	assert_true(screen_has(&s, "Ya se envió " FOLIO ", paso 2.2."));
	offline_kill(&s, shelf);
}

static void
the_id_of_a_step_outlives_the_program(void **st)
{
	uint8_t ids[2][16];
	struct screen s;
	struct shelf *shelf = offline_done(&s);
	int i;

	(void)st;
	offline_kill(&s, shelf);
	for (i = 0; i < 2; i++) {
		shelf = offline_start(&s);
		screen_answer(&s, "paso", 0, WITH("uno"));
		memcpy(ids[i], s.last_op, sizeof ids[i]);
		offline_kill(&s, shelf);
	}
	assert_memory_equal(ids[0], ids[1], sizeof ids[0]);
}

static void
another_text_stops_it_and_a_person_chooses(void **st)
{
	struct screen s;
	struct shelf *shelf = offline_clash(&s);

	(void)st;
	assert_int_equal(screen_asked(&s, "borrador"), 0);
	assert_true(screen_has(&s, "no se envió. El servidor tiene otro texto"));
	app_open(s.app, &view_choque, FOLIO, "2.2");
	screen_golden(&s, "choque");
	assert_true(screen_has(&s, "de otra"));
	assert_true(screen_has(&s, "uno y dos"));
	screen_key(&s, '2');
	screen_answer(&s, "paso", 0, WITH("de otra"));
	assert_string_equal(screen_last(&s, "borrador"),
	    "borrador " FOLIO " 2.2 figure=uno y dos");
	screen_answer(&s, "borrador", 0, "{}");
	assert_false(is_on_paper());
	offline_kill(&s, shelf);
}

static void
the_server_s_text_chosen_leaves_nothing_to_send(void **st)
{
	struct screen s;
	struct shelf *shelf = offline_clash(&s);

	(void)st;
	app_open(s.app, &view_choque, FOLIO, "2.2");
	screen_key(&s, '1');
	assert_false(is_on_paper());
	assert_int_equal(screen_asked(&s, "borrador"), 0);
	offline_kill(&s, shelf);
}

static void
a_case_that_moved_stops_a_step_that_is_done(void **st)
{
	struct screen s;
	struct shelf *shelf = offline_done(&s);

	(void)st;
	offline_welcome(&s, "uno");
	screen_answer(&s, "paso", 0, "{\"can\":true,\"revision\":8,"
	    "\"fields\":[]}");
	assert_int_equal(screen_asked(&s, "hacer"), 0);
	assert_true(screen_has(&s, "El expediente cambió desde que terminó"));
	app_open(s.app, &view_cola, NULL, NULL);
	assert_true(screen_has(&s, "> " FOLIO));
	assert_true(screen_has(&s, "Paso terminado"));
	screen_key(&s, 'e');
	screen_answer(&s, "paso", 0, "{\"can\":true,\"revision\":8,"
	    "\"fields\":[]}");
	assert_string_equal(screen_last(&s, "hacer"), "hacer " FOLIO
	    " 2.2 figure=uno revision=8");
	offline_kill(&s, shelf);
}

/* That we moved it once says nothing of what others did later. */
static void
nor_is_one_that_we_moved_ours_for_ever(void **st)
{
	static const char *const again[] = { "hacer", FOLIO, "2.2",
		"figure=uno", "revision=8", NULL };
	struct screen s;
	struct shelf *shelf = offline_done(&s);

	(void)st;
	offline_welcome(&s, "uno");
	screen_answer(&s, "paso", 0, WITH("uno"));
	screen_answer(&s, "hacer", 0, "{\"open\":[]}");
	assert_false(is_on_paper());
	app_on_link(s.app, false, NULL);
	app_ask(app_top(s.app), 99, true, again);
	app_settle(s.app);
	assert_true(is_on_paper());
	offline_welcome(&s, "uno");
	screen_answer(&s, "paso", 0, "{\"can\":true,\"revision\":9,"
	    "\"fields\":[]}");
	assert_int_equal(screen_asked(&s, "hacer"), 1);
	assert_true(screen_has(&s, "El expediente cambió desde que terminó"));
	offline_kill(&s, shelf);
}

/* Two steps of a case, one after the other: the first moves the second. */
static void
what_went_before_it_may_have_moved_the_case(void **st)
{
	static const char *const more[] = { "hacer", FOLIO, "2.3",
		"figure=tres", "revision=7", NULL };
	struct screen s;
	struct shelf *shelf = offline_done(&s);

	(void)st;
	app_ask(app_top(s.app), 99, true, more);
	app_settle(s.app);
	offline_welcome(&s, "uno");
	screen_answer(&s, "paso " FOLIO " 2.2", 0, WITH("uno"));
	screen_answer(&s, "hacer", 0, "{\"open\":[]}");
	screen_answer(&s, "paso " FOLIO " 2.3", 0, "{\"can\":true,"
	    "\"revision\":8,\"fields\":[]}");
	assert_string_equal(screen_last(&s, "hacer"), "hacer " FOLIO
	    " 2.3 figure=tres revision=8");
	offline_kill(&s, shelf);
}

static void
what_is_refused_can_be_a_draft_or_thrown_away(void **st)
{
	struct screen s;
	struct shelf *shelf = offline_done(&s);

	(void)st;
	offline_welcome(&s, "uno");
	screen_answer(&s, "paso", 0, WITH("uno"));
	screen_answer(&s, "hacer", 1, "{\"error\":{\"code\":\"refused\","
	    "\"message\":\"Falta un dato.\"}}");
	assert_true(screen_has(&s, "no se envió. Falta un dato."));
	assert_true(is_on_paper());
	app_open(s.app, &view_cola, NULL, NULL);
	screen_golden(&s, "cola");
	screen_key(&s, 'b');
	screen_answer(&s, "paso", 0, WITH("uno"));
	assert_string_equal(screen_last(&s, "borrador"),
	    "borrador " FOLIO " 2.2 figure=uno");
	screen_answer(&s, "borrador", 1, "{\"error\":{\"code\":\"refused\","
	    "\"message\":\"No.\"}}");
	screen_key(&s, 'x');
	assert_true(is_on_paper());
	screen_key(&s, 's');
	assert_false(is_on_paper());
	offline_kill(&s, shelf);
}

static void
decisions_are_refused_in_words(void **st)
{
	static const char *const verbs[] = { "aprobar", "devolver", "deshacer",
		"cancelar", "tomar", "turnar" };
	struct screen s;
	struct shelf *shelf = offline_step(&s);
	size_t i;

	(void)st;
	app_on_link(s.app, false, NULL);
	for (i = 0; i < ARRAY_LEN(verbs); i++) {
		const char *words[] = { verbs[i], FOLIO, "2.2", NULL };

		app_say(s.app, false, "%s", "");
		app_ask(app_top(s.app), 99, true, words);
		app_settle(s.app);
		assert_true(screen_has(&s, "! Sin conexión: espere"));
		assert_int_equal(screen_asked(&s, verbs[i]), 0);
	}
	assert_false(is_on_paper());
	offline_kill(&s, shelf);
}

static void
nothing_goes_to_another_record(void **st)
{
	struct screen s;
	struct shelf *shelf = offline_done(&s);

	(void)st;
	offline_welcome(&s, "dos");
	assert_true(screen_has(&s, "El servidor tiene otro registro"));
	screen_wait(&s, 9);
	assert_int_equal(screen_asked(&s, "hacer"), 0);
	assert_true(is_on_paper());
	offline_kill(&s, shelf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STATE(a_draft_is_on_disk_until_it_is_answered),
		STATE(a_killed_client_sends_its_draft_once_it_is_back),
		STATE(what_was_read_is_there_without_a_line),
		STATE(a_step_done_without_a_line_goes_out_with_one_id),
		STATE(the_id_of_a_step_outlives_the_program),
		STATE(another_text_stops_it_and_a_person_chooses),
		STATE(the_server_s_text_chosen_leaves_nothing_to_send),
		STATE(a_case_that_moved_stops_a_step_that_is_done),
		STATE(nor_is_one_that_we_moved_ours_for_ever),
		STATE(what_went_before_it_may_have_moved_the_case),
		STATE(what_is_refused_can_be_a_draft_or_thrown_away),
		STATE(decisions_are_refused_in_words),
		STATE(nothing_goes_to_another_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
