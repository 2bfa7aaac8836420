/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * edit_test.c - the cursor is written into the text: edit_is(&e, "foo ba|r").
 * What is typed is text; the keys without a letter are written "<left>".
 */
#include "test.h"

#include "../../client/edit.h"
#include "../../client/keys.h"
#include "../../proto/text.h"

static void
edit_is(const struct edit *e, const char *text)
{
	char *s = xasprintf("%.*s|%s", (int)e->cursor, e->text,
	    e->text + e->cursor);

	assert_string_equal(s, text);
	assert_int_equal(e->len, strlen(e->text));
	free(s);
}

static const struct { const char *name; int32_t key; } names[] = {
	{ "<left>", K_LEFT }, { "<right>", K_RIGHT }, { "<home>", K_HOME },
	{ "<end>", K_END }, { "<up>", K_UP }, { "<down>", K_DOWN },
	{ "<bs>", K_BACKSPACE }, { "<del>", K_DELETE }, { "<cr>", K_ENTER },
	{ "<^U>", K_CTRL_U }, { "<^W>", K_CTRL_W }, { "<^Z>", K_CTRL_Z },
	{ "<tab>", K_TAB }, { "<paste>", K_PASTE_BEGIN },
	{ "</paste>", K_PASTE_END }
};

/* Type all of it; says whether the last key was for the editor. */
static bool
edit_type(struct edit *e, const char *s)
{
	bool taken = false;
	size_t i;

	while (*s != '\0') {
		for (i = 0; i < ARRAY_LEN(names); i++)
			if (strncmp(s, names[i].name, strlen(names[i].name)) == 0)
				break;
		if (i < ARRAY_LEN(names)) {
			taken = edit_key(e, names[i].key);
			s += strlen(names[i].name);
		} else {
			taken = edit_key(e, text_next(&s));
		}
	}
	return taken;
}

static void
letters_and_arrows(void **st)
{
	struct edit e;

	(void)st;
	edit_init(&e, 100, false);
	edit_type(&e, "foo bar<left>");
	edit_is(&e, "foo ba|r");
	edit_type(&e, "<home><del>ñ");
	edit_is(&e, "ñ|oo bar");
	edit_type(&e, "<bs><bs><right>é<end>!");
	edit_is(&e, "oéo bar!|");
	edit_type(&e, "<^W><^W>");
	edit_is(&e, "|");
	assert_false(edit_type(&e, "<up>"));
	assert_false(edit_type(&e, "<down>"));
	assert_false(edit_type(&e, "<cr>"));
	assert_false(edit_type(&e, "<tab>"));
	edit_clear(&e);
	edit_clear(&e);
}

static void
accents_join_their_letter(void **st)
{
	struct edit e;

	(void)st;
	edit_init(&e, 100, false);
	edit_type(&e, "an\u0303o");	/* n and a tilde, as macOS sends it */
	edit_is(&e, "año|");
	edit_type(&e, "<left><left><bs>");
	edit_is(&e, "|ño");
	edit_type(&e, "\u202e\u200b\x07");	/* hidden: not taken */
	edit_is(&e, "|ño");
	edit_clear(&e);
}

static void
a_full_field_refuses_the_letter(void **st)
{
	struct edit e;

	(void)st;
	edit_init(&e, 5, false);
	edit_type(&e, "abcd");
	assert_false(e.full);
	edit_type(&e, "ñ");		/* two bytes, one left */
	assert_true(e.full);
	edit_is(&e, "abcd|");
	edit_type(&e, "e");
	assert_false(e.full);
	edit_is(&e, "abcde|");
	edit_set(&e, "ññññ");
	edit_is(&e, "ññ|");
	edit_clear(&e);
}

static void
undo_goes_back_by_words(void **st)
{
	struct edit e;

	(void)st;
	edit_init(&e, 1000, false);
	edit_type(&e, "uno dos tres<^Z>");
	edit_is(&e, "uno dos |");
	edit_type(&e, "<^Z><^Z>");
	edit_is(&e, "|");
	edit_type(&e, "<^Z>a b<^U>");
	edit_is(&e, "|");
	edit_type(&e, "<^Z>");
	edit_is(&e, "a b|");
	edit_type(&e, "<bs><bs><^Z>");
	edit_is(&e, "a b|");
	edit_set(&e, "x");
	edit_type(&e, "<^Z>");
	edit_is(&e, "x|");
	edit_clear(&e);
}

static void
a_paste_is_one_step(void **st)
{
	struct edit e;

	(void)st;
	edit_init(&e, 1000, false);
	edit_type(&e, "a <paste>uno dos<cr>tres<tab>x<up></paste>");
	edit_is(&e, "a uno dos tres x|");
	edit_type(&e, "<^Z>");
	edit_is(&e, "a |");
	edit_clear(&e);
	edit_init(&e, 1000, true);
	edit_type(&e, "<paste>uno<cr>dos</paste>");
	edit_is(&e, "uno\ndos|");
	edit_clear(&e);
}

static void
a_page_has_rows(void **st)
{
	struct grid g;
	struct edit e;
	char *s;

	(void)st;
	grid_init(&g, 11, 4);
	edit_init(&e, 1000, true);
	edit_type(&e, "el dato de marzo<cr><cr>fin");
	edit_draw(&e, &g, 0, 0, 11, 4, true);
	s = grid_text(&g);
	assert_string_equal(s, "el dato de \nmarzo      \n           \n"
	    "fin        \n");
	free(s);
	edit_clear(&e);
	grid_clear(&g);
}

static void
a_page_moves_by_rows(void **st)
{
	struct grid g;
	struct edit e;

	(void)st;
	grid_init(&g, 11, 6);
	edit_init(&e, 1000, true);
	edit_type(&e, "uno dos tres<cr>ab<cr>");
	edit_draw(&e, &g, 0, 0, 11, 6, true);
	assert_int_equal(g.cur_row, 3);
	assert_int_equal(g.cur_col, 0);
	assert_false(edit_type(&e, "<down>"));
	assert_true(edit_type(&e, "<up>"));
	edit_is(&e, "uno dos tres\n|ab\n");
	edit_type(&e, "<end><up>");
	edit_is(&e, "uno dos tr|es\nab\n");
	edit_type(&e, "<up><home>");
	edit_is(&e, "|uno dos tres\nab\n");
	assert_false(edit_type(&e, "<up>"));
	edit_type(&e, "<down><down><down>");
	edit_is(&e, "uno dos tres\nab\n|");
	edit_draw(&e, &g, 0, 0, 11, 2, true);
	assert_int_equal(g.cur_row, 1);
	edit_clear(&e);
	grid_clear(&g);
}

static void
a_long_line_scrolls_under_the_cursor(void **st)
{
	struct grid g;
	struct edit e;
	char *s;

	(void)st;
	grid_init(&g, 10, 1);
	edit_init(&e, 1000, false);
	edit_type(&e, "0123456789abcdef");
	edit_draw(&e, &g, 0, 1, 8, 1, true);
	assert_in_range(g.cur_col, 1, 8);
	s = grid_text(&g);
	assert_non_null(strstr(s, "f"));
	free(s);
	edit_type(&e, "<home>");
	edit_draw(&e, &g, 0, 1, 8, 1, true);
	s = grid_text(&g);
	assert_string_equal(s, " 01234567 \n");
	assert_int_equal(g.cur_col, 1);
	free(s);
	edit_clear(&e);
	grid_clear(&g);
}

static void
random_keys_keep_whole_characters(void **st)
{
	static const char *const letters[] = { "a", "ñ", "漢", " ", "\u0301",
		"<cr>", "<left>", "<right>", "<bs>", "<del>", "<up>", "<down>",
		"<home>", "<end>", "<^W>", "<^Z>", "<paste>", "</paste>" };
	uint32_t seed = 1;
	struct grid g;
	struct edit e;
	char *nfc;
	struct why why;
	int i;

	(void)st;
	grid_init(&g, 20, 5);
	edit_init(&e, 200, true);
	for (i = 0; i < 20000; i++) {
		seed = seed * 1664525 + 1013904223;
		edit_type(&e, letters[(seed >> 16) % ARRAY_LEN(letters)]);
		assert_true(e.cursor <= e.len && e.len <= e.max);
		assert_int_not_equal((unsigned char)e.text[e.cursor] & 0xc0,
		    0x80);
		if (i % 10 == 0)
			edit_draw(&e, &g, 0, 0, 20, 5, true);
		if (i % 100 != 0)
			continue;
		assert_int_equal(text_take(e.text, e.len, e.max, TEXT_LINES,
		    &nfc, &why), 0);
		assert_string_equal(nfc, e.text);
		free(nfc);
	}
	edit_clear(&e);
	grid_clear(&g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_and_arrows),
		cmocka_unit_test(accents_join_their_letter),
		cmocka_unit_test(a_full_field_refuses_the_letter),
		cmocka_unit_test(undo_goes_back_by_words),
		cmocka_unit_test(a_paste_is_one_step),
		cmocka_unit_test(a_page_has_rows),
		cmocka_unit_test(a_page_moves_by_rows),
		cmocka_unit_test(a_long_line_scrolls_under_the_cursor),
		cmocka_unit_test(random_keys_keep_whole_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
