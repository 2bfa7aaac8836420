/* SPDX-License-Identifier: ISC */
/*
 * terminals_test.c - every screen on every kind of terminal, in every size and
 * with every set of letters: the same cells and the same cursor on all of
 * them, all of it inside the window, nothing that the terminal cannot say.
 */
#include "screen.h"

#include <signal.h>

static const char *const terms[] = { "xterm-256color", "xterm", "putty",
	"screen", "linux", "vt220", "vt100" };
static const struct { int rows, cols; } sizes[] = { { 24, 80 }, { 25, 80 },
	{ 40, 132 }, { 20, 60 } };
static const struct { const char *lang; bool latin, high; } letters[] = {
	{ "es_MX.UTF-8", false, true },
	{ "es_MX.ISO-8859-1", true, true },
	{ "es_MX", false, false },
};

/* From the list of tasks: keys that any terminal has, and what shows then. */
static const struct { const char *keys, *then, *shows; } places[] = {
	{ "", "", "Bandeja de tareas" },
	{ "\0331", "", " Ayuda " },
	{ "\0332", "", " Acciones " },
	{ "q", "", "Salir de Pauta" },
	{ "j\r", "", "PAUTA  ACL-0009" },
	{ "\r", "\t\t\x05", "Nota al supervisor" },
	{ "\r", "\0338", "El manual no lo permite." },
	{ "e", "", "1 Pasos" },
	{ "h", "", "Historial" },
	{ "n", "", "63-COM-P02" },
	{ "b", "", "Buscar" },
	{ "p", "", "a=Aprobar" },
	{ "p", "d", "Observaci" },
};
enum { PLACES = sizeof places / sizeof places[0] };

struct look { char *text; int row, col; unsigned coloured; };

/* Cells that have another colour than the terminal's own. */
static unsigned
coloured(const struct screen *s)
{
	VTermScreenCell cell;
	VTermPos at;
	unsigned n = 0;

	for (at.row = 0; at.row < s->rows; at.row++)
		for (at.col = 0; at.col < s->cols; at.col++) {
			vterm_screen_get_cell(vterm_obtain_screen(s->vt), at,
			    &cell);
			n += !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) ||
			    !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
		}
	return n;
}

static void
look_take(struct screen *s, struct look *l)
{
	l->text = screen_text(s);
	screen_cursor(s, &l->row, &l->col);
	l->coloured = coloured(s);
}

/* A person who sees only this knows where they are and how to go on. */
static void
assert_usable(struct screen *s, const struct look *l, size_t place)
{
	int r;

	if (strstr(screen_row(s, 0), " PAUTA  ") == NULL)
		fail_msg("no title on:\n%s", l->text);
	if (strstr(l->text, places[place].shows) == NULL)
		fail_msg("%s is not on:\n%s", places[place].shows, l->text);
	assert_non_null(strchr(screen_row(s, s->rows - 2), '='));
	assert_in_range(l->row, 0, s->rows - 1);
	assert_in_range(l->col, 0, s->cols - 1);
	for (r = 0; r < s->rows; r++)
		assert_int_equal(text_width(screen_row(s, r)), s->cols);
}

static void
walk(const struct screen_config *c, struct look looks[PLACES], bool high)
{
	struct screen s;
	size_t i;

	screen_start(&s, c);
	for (i = 0; i < PLACES; i++) {
		screen_type(&s, places[i].keys);
		if (*places[i].then != '\0')
			screen_type(&s, places[i].then);
		look_take(&s, &looks[i]);
		assert_usable(&s, &looks[i], i);
		screen_type(&s, "\033=\033=\033=");	/* F12: to the list */
	}
	if (!high)
		assert_int_equal(s.high, 0);
	screen_stop(&s);
	assert_int_equal(s.status, 0);
}

static void
assert_alike(struct look got[PLACES], struct look want[PLACES])
{
	size_t p;

	for (p = 0; p < PLACES; p++) {
		assert_string_equal(got[p].text, want[p].text);
		assert_int_equal(got[p].row, want[p].row);
		assert_int_equal(got[p].col, want[p].col);
		free(got[p].text);
	}
}

/* One size, one set of letters: the first terminal says how it looks. */
static void
alike_on_all(size_t size, size_t set)
{
	struct look want[PLACES], got[PLACES];
	size_t t, p;

	for (t = 0; t < ARRAY_LEN(terms); t++) {
		const struct screen_config c = { .term = terms[t],
			.lang = letters[set].lang, .latin = letters[set].latin,
			.rows = sizes[size].rows, .cols = sizes[size].cols };

		walk(&c, t == 0 ? want : got, letters[set].high);
		if (t > 0)
			assert_alike(got, want);
	}
	for (p = 0; p < PLACES; p++)
		free(want[p].text);
}

static void
every_screen_on_every_terminal_in_every_size(void **st)
{
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(sizes); i++)
		alike_on_all(i, 0);
}

static void
with_fewer_letters_too(void **st)
{
	size_t i;

	(void)st;
	for (i = 1; i < ARRAY_LEN(letters); i++)
		alike_on_all(0, i);
}

/*
 * The state of a thing is a word or a sign; colour only says it again, and to
 * who wants none (NO_COLOR) nothing of it.
 */
static void
without_colour_nothing_is_missing(void **st)
{
	const struct screen_config c = { .term = "xterm-256color", .rows = 24,
		.cols = 80 }, mono = { .term = "xterm-256color", .rows = 24,
		.cols = 80, .env = "NO_COLOR=1" };
	struct look a[PLACES], b[PLACES];
	unsigned n = 0;
	size_t p;

	(void)st;
	walk(&c, a, true);
	walk(&mono, b, true);
	for (p = 0; p < PLACES; p++) {
		assert_string_equal(a[p].text, b[p].text);
		assert_int_equal(b[p].coloured, 0);
		n += a[p].coloured;
		free(a[p].text);
		free(b[p].text);
	}
	assert_int_not_equal(n, 0);
}

/* What can be typed there comes in as letters, and goes out again. */
static void
letters_of_one_byte_come_in(void **st)
{
	const struct screen_config c = { .term = "vt220",
		.lang = "es_MX.ISO-8859-1", .latin = true, .rows = 24,
		.cols = 80 };
	struct screen s;

	(void)st;
	screen_start(&s, &c);
	screen_type(&s, "\r");
	assert_true(screen_has(&s, "QUÉ HACER"));
	screen_type(&s, "\tMar\355a \321u\361ez");
	assert_true(screen_has(&s, "[María Ñuñez "));
	screen_type(&s, "\0333");
	assert_string_equal(json_string_value(json_object_get(s.drafts,
	    "fuente")), "María Ñuñez");
	screen_stop(&s);
}

static void
a_window_changes_its_size_under_a_pop_up(void **st)
{
	static const struct { int rows, cols; } to[] = { { 40, 132 },
		{ 20, 60 }, { 25, 80 }, { 16, 60 }, { 24, 80 } };
	static const size_t popups[] = { 1, 2, 3, PLACES - 1 };
	struct look parts, whole;
	struct screen s;
	size_t t, i, p;

	(void)st;
	for (t = 0; t < ARRAY_LEN(terms) * 2; t++) {
		const struct screen_config c = { .term = terms[t / 2],
			.ascii = t % 2 == 1, .rows = 24, .cols = 80 };

		screen_start(&s, &c);
		for (p = 0; p < ARRAY_LEN(popups); p++) {
			screen_type(&s, places[popups[p]].keys);
			screen_type(&s, places[popups[p]].then);
			for (i = 0; i < ARRAY_LEN(to); i++) {
				screen_resize(&s, to[i].rows, to[i].cols);
				look_take(&s, &parts);
				assert_non_null(strstr(parts.text,
				    places[popups[p]].shows));
				screen_type(&s, "\x0c");
				look_take(&s, &whole);
				assert_string_equal(parts.text, whole.text);
				assert_int_equal(parts.row, whole.row);
				free(parts.text);
				free(whole.text);
			}
			screen_type(&s, "\033=\033=");
		}
		assert_true(screen_has(&s, "> BOL-0412"));
		screen_stop(&s);
		assert_int_equal(s.status, 0);
	}
}

/* Whatever it calls itself, something is shown, and it is said once. */
static void
a_terminal_that_nobody_knows(void **st)
{
	char long_name[4097];
	const char *const names[] = { "", "nada", "../../etc/passwd", "ansi\n",
		"xterm-kitty", long_name };
	struct screen s;
	size_t i;

	(void)st;
	memset(long_name, 'x', sizeof long_name - 1);
	long_name[sizeof long_name - 1] = '\0';
	for (i = 0; i < ARRAY_LEN(names); i++) {
		const struct screen_config c = { .term = names[i], .rows = 24,
			.cols = 80 };

		screen_start(&s, &c);
		assert_true(screen_has(&s, "> BOL-0412"));
		assert_int_equal(screen_has(&s, "se usa vt100"),
		    strcmp(names[i], "xterm-kitty") != 0);
		screen_type(&s, "j");
		assert_false(screen_has(&s, "se usa vt100"));
		screen_stop(&s);
		assert_int_equal(s.status, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_screen_on_every_terminal_in_every_size),
		cmocka_unit_test(with_fewer_letters_too),
		cmocka_unit_test(without_colour_nothing_is_missing),
		cmocka_unit_test(letters_of_one_byte_come_in),
		cmocka_unit_test(a_window_changes_its_size_under_a_pop_up),
		cmocka_unit_test(a_terminal_that_nobody_knows),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
