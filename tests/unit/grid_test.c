/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* grid_test.c - cells as text: what is cut, what is wrapped, what is replaced. */
#include "test.h"

#include "../../client/grid.h"

static void
grid_is(const struct grid *g, const char *text)
{
	char *s = grid_text(g);

	assert_string_equal(s, text);
	free(s);
}

static void
text_is_cut_at_the_edge_and_at_its_width(void **st)
{
	struct grid g;

	(void)st;
	grid_init(&g, 8, 3);
	assert_int_equal(grid_put(&g, 0, 5, -1, 0, "México"), 3);
	assert_int_equal(grid_put(&g, 1, 0, 4, 0, "camión"), 4);
	assert_int_equal(grid_put(&g, 3, 0, -1, 0, "abajo"), 0);
	assert_int_equal(grid_put(&g, 0, 9, -1, 0, "fuera"), 0);
	assert_int_equal(grid_put(&g, -1, 0, -1, 0, "arriba"), 0);
	grid_is(&g, "     Méx\ncami    \n        \n");
	grid_clear(&g);
}

/* A year of which a digit is missing must not look like another year. */
static void
what_a_cell_cuts_ends_in_a_sign(void **st)
{
	struct grid g;

	(void)st;
	grid_init(&g, 8, 4);
	assert_int_equal(grid_cell(&g, 0, 0, 6, 0, "de 2026"), 6);
	assert_int_equal(grid_cell(&g, 1, 0, 7, 0, "de 2026"), 7);
	assert_int_equal(grid_cell(&g, 2, 0, 4, 0, "abc漢"), 4);
	g.ascii = true;
	assert_int_equal(grid_cell(&g, 3, 5, -1, 0, "de 2026"), 3);
	grid_is(&g, "de 20…  \nde 2026 \nabc…    \n     de~\n");
	grid_clear(&g);
}

static void
a_wide_character_takes_two_cells_or_none(void **st)
{
	struct grid g;

	(void)st;
	grid_init(&g, 4, 2);
	assert_int_equal(grid_put(&g, 0, 0, -1, 0, "a漢b"), 4);
	assert_int_equal(g.cells[2].width, 0);
	assert_int_equal(grid_put(&g, 1, 3, -1, 0, "漢"), 0);
	grid_is(&g, "a漢b\n    \n");
	/* half of it overwritten: the other half becomes a blank */
	grid_put(&g, 0, 2, -1, 0, "x");
	grid_is(&g, "a xb\n    \n");
	grid_clear(&g);
}

static void
what_a_terminal_could_act_on_is_shown_instead(void **st)
{
	struct grid g;

	(void)st;
	grid_init(&g, 30, 1);
	grid_put(&g, 0, 0, -1, 0, "\033[2J\u202e" "a\tb\nc");
	grid_is(&g, "<U+001B>[2J<U+202E>a b c      \n");
	grid_clear(&g);
}

static void
text_wraps_at_words(void **st)
{
	struct grid g;
	const char *text = "Sin fuente escrita no se publica.\n\nManual 4.2";

	(void)st;
	grid_init(&g, 12, 6);
	assert_int_equal(grid_wrap(&g, 0, 0, 12, 0, 0, 0, text), 5);
	assert_int_equal(grid_wrap(&g, 0, 0, 12, 6, 0, 0, text), 5);
	grid_is(&g, "Sin fuente  \nescrita no  \nse publica. \n"
	    "            \nManual 4.2  \n            \n");
	grid_erase(&g);
	assert_int_equal(grid_wrap(&g, 0, 0, 12, 2, 1, 0, text), 2);
	grid_is(&g, "escrita no  \nse publica. \n            \n"
	    "            \n            \n            \n");
	assert_int_equal(grid_wrap(&g, 0, 0, 4, 0, 0, 0, "anticonstitucional"),
	    5);
	assert_int_equal(grid_wrap(&g, 0, 0, 12, 0, 0, 0, ""), 0);
	grid_clear(&g);
}

static void
lines_are_signs_or_ascii(void **st)
{
	struct grid g;

	(void)st;
	grid_init(&g, 5, 3);
	grid_box(&g, 0, 0, 3, 5);
	grid_is(&g, "┌───┐\n│   │\n└───┘\n");
	g.ascii = true;
	grid_box(&g, 0, 0, 3, 5);
	grid_is(&g, "+---+\n|   |\n+---+\n");
	grid_box(&g, 0, 0, 4, 5);	/* too large: not drawn */
	grid_clear(&g);
}

static void
ascii_keeps_the_letter_under_the_accent(void **st)
{
	static const struct { int32_t cp; char c; } rows[] = {
		{ 'x', 'x' }, { 0xf1, 'n' }, { 0xd1, 'N' }, { 0xe1, 'a' },
		{ 0xda, 'U' }, { 0xbf, '?' }, { 0xa1, '!' }, { 0xfc, 'u' },
		{ 0xb0, 'o' }, { 0xab, '<' }, { 0xbb, '>' }, { 0x2014, '-' },
		{ 0x2192, '>' }, { 0x6f22, '?' }
	};
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(grid_ascii(rows[i].cp), rows[i].c);
}

static void
the_cursor_stays_inside(void **st)
{
	struct grid g;

	(void)st;
	grid_init(&g, 5, 3);
	grid_cursor(&g, 9, -4);
	assert_int_equal(g.cur_row, 2);
	assert_int_equal(g.cur_col, 0);
	grid_attr_row(&g, 1, GRID_REVERSE);
	assert_int_equal(g.cells[5].attr, GRID_REVERSE);
	assert_int_equal(g.cells[4].attr, GRID_PLAIN);
	grid_clear(&g);
	grid_clear(&g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_cut_at_the_edge_and_at_its_width),
		cmocka_unit_test(what_a_cell_cuts_ends_in_a_sign),
		cmocka_unit_test(a_wide_character_takes_two_cells_or_none),
		cmocka_unit_test(what_a_terminal_could_act_on_is_shown_instead),
		cmocka_unit_test(text_wraps_at_words),
		cmocka_unit_test(lines_are_signs_or_ascii),
		cmocka_unit_test(ascii_keeps_the_letter_under_the_accent),
		cmocka_unit_test(the_cursor_stays_inside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
