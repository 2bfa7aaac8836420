/* SPDX-License-Identifier: ISC */
/* rooms: proto */
/* text_test.c - letters as people type them: composed, folded, compared. */
#include "test.h"
#include "../../proto/text.h"

static void
fold_is(const char *text, const char *folded)
{
	char *out = text_fold(text);

	assert_string_equal(out, folded);
	free(out);
}

static void
take_is(const char *text, const char *taken)
{
	struct why why = { 0 };
	char *out = NULL;

	assert_int_equal(text_take(text, strlen(text), TEXT_MAX, 0, &out,
	    &why), 0);
	assert_string_equal(out, taken);
	free(out);
}

static void
folding_drops_case_and_marks(void **st)
{
	(void)st;
	fold_is("", "");
	fold_is("Boletín 7", "boletin 7");
	fold_is("ÁÉÍÓÚ ñÑ ÜÇ", "aeiou nn uc");
	fold_is("Straße Œuvre ¿No?", "strasse œuvre ¿no?");
	fold_is("Jose\xcc\x81", "jose");		/* e and a mark */
	fold_is("\xe1\xbe\x80", "\xce\xb1\xce\xb9");	/* greek, above U+0300 */
	fold_is("\xff" "A", "\xff" "A");		/* no UTF-8: as it is */
}

static void
taking_composes(void **st)
{
	(void)st;
	take_is("Año", "Año");
	take_is("An\xcc\x83o", "Año");
	take_is("\xe2\x84\xab", "Å");			/* angstrom */
}

static void
taking_refuses_what_is_no_text(void **st)
{
	static const char *const bad[] = { "\xc3", "\xc0\x80", "a\xff",
		"\xc2\x85", "\xed\xa0\x80", "a\x01", "\xc3(" };
	struct why why;
	char *out;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		assert_int_equal(text_take(bad[i], strlen(bad[i]), TEXT_MAX, 0,
		    &out, &why), -ERR_REFUSED);
		assert_null(out);
	}
}

static void
words_are_like(void **st)
{
	(void)st;
	assert_true(text_like("sí", "SI"));
	assert_true(text_like("á", "à"));
	assert_true(text_like("e\xcc\x81", "é"));
	assert_true(text_like("hacer", "hacer"));
	assert_true(text_like("a\xcc\x81", "a"));
	assert_false(text_like("hacer", "hace"));
	assert_false(text_like("hace", "hacer"));
	assert_false(text_like("año", "ano2"));
	assert_false(text_like("", "a"));
	assert_true(text_like("", "\xcc\x81"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(folding_drops_case_and_marks),
		cmocka_unit_test(taking_composes),
		cmocka_unit_test(taking_refuses_what_is_no_text),
		cmocka_unit_test(words_are_like),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
