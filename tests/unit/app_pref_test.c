/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* app_pref_test.c - colours, bell and clipboard only as this person wants them. */
#include "test.h"

#include <jansson.h>

#include "../../client/view.h"
#include "../../proto/i18n.h"

static struct app *
app_of(const char *preferences)
{
	struct app *a = app_new();
	json_t *me = json_pack("{s:s, s:o}", "login", "ana", "preferences",
	    json_loads(preferences, 0, NULL));

	app_welcome(a, me, "");
	json_decref(me);
	return a;
}

static void
what_was_not_chosen_does_not_happen(void **st)
{
	struct app *a = app_of("{}");
	const struct grid *g;

	(void)st;
	app_bell(a);
	app_copy(a, "VID-2026-0001");
	g = app_draw(a);
	assert_int_equal(g->theme, THEME_NORMAL);
	assert_false(g->ring);
	assert_null(g->copied);
	app_free(a);
}

static void
what_was_chosen_happens_once(void **st)
{
	struct app *a = app_of("{\"theme\":\"contrast\",\"bell\":\"yes\","
	    "\"clipboard\":\"yes\"}");
	const struct grid *g;

	(void)st;
	app_bell(a);
	app_copy(a, "VID-2026-0001");
	g = app_draw(a);
	assert_int_equal(g->theme, THEME_CONTRAST);
	assert_true(g->ring);
	assert_string_equal(g->copied, "VID-2026-0001");
	g = app_draw(a);
	assert_false(g->ring);
	assert_null(g->copied);
	app_prefer(a, "theme", "mono");
	app_prefer(a, "language", "en");
	assert_int_equal(app_draw(a)->theme, THEME_MONO);
	assert_string_equal(i18n_lang(), "en");
	app_copy(a, "se suelta al cerrar");
	app_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_not_chosen_does_not_happen),
		cmocka_unit_test(what_was_chosen_happens_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
