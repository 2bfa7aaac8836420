/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/* portion_test.c - lists that no message holds: each of them comes in parts. */
#include "bureau.h"

#include "../../server/core/req.h"

enum { SAID = 330, LONG = 4000 };

/* All of a list, part by part: each may be read and none comes twice. */
static size_t
read_in_parts(struct bureau *o, const char *verb, const char *folio,
    const char *key, unsigned *parts)
{
	json_int_t next = 0, before = 0;
	const json_t *list;
	size_t n = 0, i;

	for (*parts = 0; *parts < 50; next = json_integer_value(
	    json_object_get(o->doc, "next"))) {
		bureau_okf(o, "difu", "%s %s desde=%lld", verb, folio,
		    (long long)next);
		list = json_object_get(o->doc, key);
		assert_true(json_array_size(list) > 0);
		for (i = 0; i < json_array_size(list); i++, n++) {
			json_int_t at = json_integer_value(json_object_get(
			    json_array_get(list, i), "n"));

			assert_true(at > before);
			before = at;
		}
		(*parts)++;
		if (json_object_get(o->doc, "next") == NULL)
			return n;
	}
	return 0;
}

static void
a_long_case_is_read_in_parts(void **st)
{
	struct bureau *o = *st;
	char folio[32], text[LONG + 1];
	unsigned i, parts;
	size_t n;

	bureau_bulletin(o, "difu", folio);
	bureau_okf(o, "difu", "historial %s", folio);
	n = json_array_size(json_object_get(o->doc, "events"));
	memset(text, 'a', LONG);
	text[LONG] = '\0';
	for (i = 0; i < SAID; i++)
		bureau_okf(o, "difu", "comentar %s texto='%u %.3990s'", folio,
		    i, text);
	bureau_okf(o, "difu", "historial %s", folio);
	assert_non_null(json_object_get(o->doc, "next"));
	assert_int_equal(read_in_parts(o, "historial", folio, "events",
	    &parts), n + SAID);
	assert_true(parts > 1);
	assert_int_equal(read_in_parts(o, "comentarios", folio, "comments",
	    &parts), SAID);
	assert_true(parts > 1);
	bureau_okf(o, "difu", "comentarios %s --personas desde=300", folio);
	assert_null(json_object_get(o->doc, "people"));
}

static void
where_it_goes_on_is_a_number(void **st)
{
	static const char *const wrong[] = { "x", "-1", "1x", "''" };
	struct bureau *o = *st;
	char folio[32];
	size_t i;

	bureau_bulletin(o, "difu", folio);
	for (i = 0; i < ARRAY_LEN(wrong); i++)
		bureau_nof(o, "difu", 2, "desde=", "historial %s desde=%s",
		    folio, wrong[i]);
	bureau_okf(o, "difu", "comentarios %s desde=99999999999", folio);
	assert_int_equal(json_array_size(json_object_get(o->doc,
	    "comments")), 0);
	assert_null(json_object_get(o->doc, "next"));
}

/* ---- the list itself ---- */

static json_t *
numbers(int n)
{
	json_t *list = json_array();
	int i;

	for (i = 0; i < n; i++)
		json_array_append_new(list, json_integer(100 + i));
	return list;
}

static void
the_newest_stay_and_the_others_are_counted(void **st)
{
	json_t *o = json_pack("{s:o}", "x", numbers(5)), *x;

	(void)st;
	x = json_object_get(o, "x");
	portion_newest(o, "x", 20);
	assert_int_equal(json_array_size(x), 5);
	assert_null(json_object_get(o, "x_left"));
	portion_newest(o, "x", 19);
	assert_int_equal(json_array_size(x), 4);
	assert_int_equal(json_integer_value(json_array_get(x, 0)), 101);
	assert_int_equal(json_integer_value(json_object_get(o, "x_left")), 1);
	json_decref(o);
}

/* One that is larger than a part is a part: the list goes on behind it. */
static void
every_part_has_one_at_least(void **st)
{
	struct req q = { .out = json_object() };
	json_t *list = json_array();
	char *large = xcalloc(1, PORTION_ROOM + 2);

	(void)st;
	memset(large, 'a', PORTION_ROOM + 1);
	json_array_append_new(list, json_string("before"));
	json_array_append_new(list, json_string(large));
	json_array_append_new(list, json_string("after"));
	portion_cut(&q, list, 1);
	assert_int_equal(json_array_size(list), 1);
	assert_int_equal(json_string_length(json_array_get(list, 0)),
	    PORTION_ROOM + 1);
	assert_int_equal(json_integer_value(json_object_get(q.out, "next")),
	    2);
	json_decref(list);
	json_decref(q.out);
	free(large);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(a_long_case_is_read_in_parts),
		IN_BUREAU(where_it_goes_on_is_a_number),
		cmocka_unit_test(the_newest_stay_and_the_others_are_counted),
		cmocka_unit_test(every_part_has_one_at_least),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
