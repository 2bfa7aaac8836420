/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* diff_test.c - what changed between two texts, in signs. */
#include "test.h"

#include "../../client/diff.h"

static void
diff_is(const char *before, const char *after, const char *minus,
    const char *plus)
{
	char *m, *p;

	diff_words(before, after, &m, &p);
	assert_string_equal(m, minus);
	assert_string_equal(p, plus);
	free(m);
	free(p);
}

static void
a_word_that_changed_is_marked_on_both_sides(void **st)
{
	(void)st;
	diff_is("beneficia a 12,840 familias de Tecámac.",
	    "beneficia a 12,480 familias de Tecámac, corte al 30 de abril.",
	    "beneficia a [-12,840-] familias de Tecámac.",
	    "beneficia a {+12,480+} familias de Tecámac{+, corte al 30 de "
	    "abril+}.");
}

static void
neighbouring_changes_are_one(void **st)
{
	(void)st;
	diff_is("La jornada será el lunes próximo en Nogales y en Caborca.",
	    "La jornada será el martes siguiente en Nogales y en Caborca.",
	    "La jornada será el [-lunes próximo-] en Nogales y en Caborca.",
	    "La jornada será el {+martes siguiente+} en Nogales y en "
	    "Caborca.");
}

static void
what_only_came_leaves_the_other_side_alone(void **st)
{
	(void)st;
	diff_is("Se atenderá a toda la derechohabiencia.",
	    "Se atenderá gratis a toda la derechohabiencia.",
	    "Se atenderá a toda la derechohabiencia.",
	    "Se atenderá {+gratis +}a toda la derechohabiencia.");
}

static void
short_texts_carry_no_marks(void **st)
{
	(void)st;
	diff_is("12,840 familias", "12,480 familias", "12,840 familias",
	    "12,480 familias");
	diff_is("", "Dir. Gral.", "", "Dir. Gral.");
	diff_is("", "", "", "");
}

static void
texts_with_little_in_common_carry_no_marks(void **st)
{
	(void)st;
	diff_is("uno dos tres cuatro cinco seis", "siete ocho nueve diez once",
	    "uno dos tres cuatro cinco seis", "siete ocho nueve diez once");
}

static void
long_texts_end(void **st)
{
	struct buf a, b;
	char *m, *p;
	int i;

	(void)st;
	buf_init(&a, FRAME_MAX);
	buf_init(&b, FRAME_MAX);
	for (i = 0; i < 20000; i++) {
		(void)buf_addf(&a, "a%d ", i);
		(void)buf_addf(&b, "b%d ", i);
	}
	diff_words(buf_str(&a), buf_str(&b), &m, &p);
	assert_string_equal(m, buf_str(&a));
	assert_string_equal(p, buf_str(&b));
	free(m);
	free(p);
	buf_clear(&a);
	buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_that_changed_is_marked_on_both_sides),
		cmocka_unit_test(neighbouring_changes_are_one),
		cmocka_unit_test(what_only_came_leaves_the_other_side_alone),
		cmocka_unit_test(short_texts_carry_no_marks),
		cmocka_unit_test(texts_with_little_in_common_carry_no_marks),
		cmocka_unit_test(long_texts_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
