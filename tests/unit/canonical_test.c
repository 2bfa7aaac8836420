/* SPDX-License-Identifier: ISC */
/* rooms: proto */
/* canonical_test.c - one document, one line, always the same bytes. */
#include "test.h"
#include "../../proto/hash.h"

static void
line_is(const char *json, const char *line)
{
	json_t *doc = json_loads(json, JSON_DECODE_ANY, NULL);
	char *out;

	assert_non_null(doc);
	out = hash_canonical(doc);
	assert_string_equal(out, line);
	free(out);
	json_decref(doc);
}

static void
keys_are_sorted_at_every_depth(void **st)
{
	(void)st;
	line_is("{}", "{}");
	line_is("[ ]", "[]");
	line_is("{\"b\": 1, \"a\": {\"d\": [], \"c\": null}}",
	    "{\"a\":{\"c\":null,\"d\":[]},\"b\":1}");
	line_is("[{\"z\":1,\"Z\":2,\"ñ\":3,\"zz\":4}]",
	    "[{\"Z\":2,\"z\":1,\"zz\":4,\"ñ\":3}]");
}

static void
text_has_the_shortest_escapes(void **st)
{
	(void)st;
	line_is("\"a\\u000ab\\/c\\\\d\\\"e\\tf\"",
	    "\"a\\nb/c\\\\d\\\"e\\tf\"");
	line_is("\"\\u00e1 \\ud83d\\ude00 \\u007f\"",
	    "\"á \xf0\x9f\x98\x80 \x7f\"");
	line_is("\"\\b\\f\\r\"", "\"\\b\\f\\r\"");
}

static void
other_values_are_themselves(void **st)
{
	(void)st;
	line_is("[true,false,null,0,-7,9007199254740991]",
	    "[true,false,null,0,-7,9007199254740991]");
}

/* Documents made at random: jansson's own sorted line is the same. */
static json_t *
anything(uint32_t *dice, int depth)
{
	static const char *const words[] = { "", "folio", "Año \"nuevo\"",
		"a\nb\\c", "values", "step", "at", "1.2" };
	json_t *v;
	uint32_t n;

	*dice = *dice * 1664525u + 1013904223u;
	n = *dice >> 28;
	if (depth == 0 || n < 4)
		return n % 2 == 0 ? json_integer((json_int_t)*dice - 77777) :
				    json_string(words[*dice >> 29]);
	if (n < 9) {
		for (v = json_array(); n > 4; n--)
			json_array_append_new(v, anything(dice, depth - 1));
		return v;
	}
	for (v = json_object(); n > 8; n--)
		json_object_set_new(v, words[(*dice >> 8) % 8],
		    anything(dice, depth - 1));
	return v;
}

static void
a_thousand_documents_are_as_jansson_sorts_them(void **st)
{
	uint32_t dice = 1;
	json_t *doc;
	char *ours, *theirs;
	int i;

	(void)st;
	for (i = 0; i < 1000; i++) {
		doc = anything(&dice, 4);
		ours = hash_canonical(doc);
		theirs = json_dumps(doc, JSON_COMPACT | JSON_SORT_KEYS |
		    JSON_ENCODE_ANY);
		assert_string_equal(ours, theirs);
		free(ours);
		free(theirs);
		json_decref(doc);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_sorted_at_every_depth),
		cmocka_unit_test(text_has_the_shortest_escapes),
		cmocka_unit_test(other_values_are_themselves),
		cmocka_unit_test(
		    a_thousand_documents_are_as_jansson_sorts_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
