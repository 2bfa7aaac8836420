/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/* prefs_test.c - what a person chooses stays, is told at the door, and is theirs. */
#include "bureau.h"

/* The value of that preference in the document answered last, as JSON. */
static void
is(struct bureau *o, const char *id, const char *json)
{
	json_t *p, *v = NULL;
	size_t i;
	char *text;

	json_array_foreach(json_object_get(o->doc, "preferences"), i, p)
		if (strcmp(json_string_value(json_object_get(p, "id")),
			id) == 0)
			v = json_object_get(p, "value");
	assert_non_null(v);
	text = json_dumps(v, JSON_ENCODE_ANY | JSON_COMPACT);
	assert_string_equal(text, json);
	free(text);
}

static void
welcomed_with(struct bureau *o, const char *login, const char *json)
{
	json_t *me = core_welcome(o->c, login);

	assert_string_equal(json_string_value(json_object_get(me,
	    "preferences")), json);
	json_decref(me);
}

static void
what_was_chosen_stays(void **st)
{
	struct bureau *o = *st;
	int64_t head = bureau_head(o);

	welcomed_with(o, "difu", "{}");
	bureau_ok(o, "difu", "preferencia theme mono");
	is(o, "theme", "\"mono\"");
	bureau_ok(o, "difu", "preferencia inbox '{\"order\":\"due\"}'");
	bureau_ok(o, "difu", "preferencias");
	is(o, "theme", "\"mono\"");
	is(o, "inbox", "{\"order\":\"due\"}");
	is(o, "language", "\"auto\"");
	welcomed_with(o, "difu",
	    "{\"inbox\":{\"order\":\"due\"},\"theme\":\"mono\"}");
	/* Nobody else's, and no part of the record. */
	welcomed_with(o, "jefa", "{}");
	bureau_ok(o, "jefa", "preferencia theme");
	is(o, "theme", "\"normal\"");
	assert_int_equal(bureau_head(o), head);
}

static void
what_is_not_a_choice_changes_nothing(void **st)
{
	struct bureau *o = *st;

	bureau_ok(o, "difu", "preferencia theme contrast");
	bureau_no(o, "difu", 2, "normal mono contrast",
	    "preferencia theme negro");
	bureau_no(o, "difu", 2, "normal mono contrast",
	    "preferencia theme 'normal mono'");
	bureau_no(o, "difu", 2, "JSON", "preferencia inbox nada");
	bureau_no(o, "difu", 3, "No hay una preferencia",
	    "preferencia tema mono");
	bureau_ok(o, "difu", "preferencia theme");
	is(o, "theme", "\"contrast\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(what_was_chosen_stays),
		IN_BUREAU(what_is_not_a_choice_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
