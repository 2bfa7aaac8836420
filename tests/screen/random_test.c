/* SPDX-License-Identifier: ISC */
/*
 * random_test.c - keys and bytes that nobody planned: the screen stays what a
 * full repaint would show, and no flood of bytes decides or sends anything.
 */
#include "screen.h"

#include <signal.h>

static const char *const terms[] = { "xterm-256color", "xterm", "putty",
	"screen", "linux", "vt220", "vt100" };

enum { PEAK_KB = 16 * 1024 };

static void
open_screen(struct screen *s, const char *term)
{
	const struct screen_config c = { .term = term, .rows = 24,
		.cols = 80 };

	screen_start(s, &c);
	assert_false(s->over);
}

/* A build with ASan has much memory of its own. */
static void
assert_small(const struct screen *s)
{
	if (!screen_is_sanitized(s))
		assert_in_range(screen_peak(s), 1, PEAK_KB);
}

/* To be of that size, which it is, takes new cells: nothing of old ones. */
static void
assert_equals_repaint(struct screen *s)
{
	char *parts, *whole;
	int r, c, r2, c2;

	parts = screen_text(s);
	screen_cursor(s, &r, &c);
	screen_resize(s, s->rows, s->cols);
	whole = screen_text(s);
	screen_cursor(s, &r2, &c2);
	assert_string_equal(parts, whole);
	assert_int_equal(r, r2);
	assert_int_equal(c, c2);
	free(parts);
	free(whole);
}

/* After each few keys; how many is random too, so that steps are long. */
static void
what_is_painted_in_parts_is_what_is_painted_whole(void **st)
{
	static const char *const keys[] = { "\t", "\033[A", "\033[B", "\033[C",
		"\033[D", "\r", "\033OP", "\033OQ", "\033=", "\0333", "\033-",
		"\0336", "\0339", "b", "e", "1", "2", "3", "4", "o", "h", "n",
		"p", "v", "a", "ñ", " ", "x", "\x7f", "\x15", "\x1a", "\x05",
		"\033[5~", "\033[6~", "\033[200~pegado\ry más\033[201~",
		"\033[Z" };
	struct screen s;
	uint32_t seed, d;
	int i;

	(void)st;
	for (seed = 1; seed <= 20; seed++) {
		const struct screen_config c = { .rows = 24, .cols = 80,
			.term = terms[seed % ARRAY_LEN(terms)],
			.ascii = seed % 2 == 0 };

		d = seed;
		screen_start(&s, &c);
		for (i = 0; i < 500 && !s.over; i++) {
			const char *k = keys[screen_dice(&d) %
			    ARRAY_LEN(keys)];

			screen_keys(&s, k, strlen(k));
			if (screen_dice(&d) % 4 == 0)
				screen_settle(&s);
			if (!s.over && screen_dice(&d) % 16 == 0) {
				screen_settle(&s);
				assert_equals_repaint(&s);
			}
		}
		screen_stop(&s);
		assert_int_equal(s.status, 0);
	}
}

/* Reading and keeping drafts is all that was asked. */
static void
assert_nothing_decided(struct screen *s)
{
	static const char *const allowed[] = { "bandeja", "autorizaciones",
		"procedimientos", "procedimiento", "paso", "borrador",
		"expediente", "historial", "buscar", "adjuntos", "personas",
		"lugar", "suplencias", "indicadores", "registro", "informe",
		"ajustes", "ayuda", "preferencia", "preferencias",
		"comentarios", "tablero", "notas", "medios", "porque", "vista",
		"vista-previa", "conservacion", "encargos", "dias" };
	const char *line = buf_str(&s->asked), *end;
	size_t n, k;

	for (; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		n = strcspn(line, " \n");
		for (k = 0; k < ARRAY_LEN(allowed); k++)
			if (strncmp(line, allowed[k], n) == 0 &&
			    allowed[k][n] == '\0')
				break;
		if (k == ARRAY_LEN(allowed))
			fail_msg("it asked: %.*s", (int)(end - line), line);
	}
	buf_del(&s->asked, s->asked.len);
}

/* 64 KB of every byte there is, letters that decide included. */
static void
random_bytes_decide_nothing(void **st)
{
	static const char *const from[] = { "", "p", "\r" };
	char part[1024];
	struct screen s;
	uint32_t seed, d;
	size_t n, i;

	(void)st;
	for (seed = 0; seed < ARRAY_LEN(from); seed++) {
		d = 42 + seed;
		open_screen(&s, terms[seed]);
		screen_type(&s, from[seed]);
		for (n = 0; n < 64 * 1024 && !s.over; n += sizeof part) {
			for (i = 0; i < sizeof part; i++)
				part[i] = (char)(screen_dice(&d) & 0xff);
			screen_keys(&s, part, sizeof part);
			screen_settle(&s);
			assert_nothing_decided(&s);
		}
		assert_false(s.over);
		assert_small(&s);
		screen_stop(&s);
		assert_int_equal(s.status, 0);
	}
}

/* Text from elsewhere, on a terminal that does not mark what is pasted. */
static void
a_flood_of_letters_decides_nothing(void **st)
{
	struct screen s;
	char text[2000];
	size_t i;

	(void)st;
	for (i = 0; i < sizeof text; i++)
		text[i] = "aAd sS\r\nu8"[i % 10];
	open_screen(&s, "vt100");
	screen_type(&s, "p");
	screen_keys(&s, text, sizeof text);
	screen_settle(&s);
	assert_nothing_decided(&s);
	screen_stop(&s);
}

/* The control of the two above: by hand the same key does decide. */
static void
one_letter_by_hand_decides(void **st)
{
	struct screen s;

	(void)st;
	open_screen(&s, "vt100");
	screen_type(&s, "p");
	screen_type(&s, "a");
	assert_non_null(strstr(buf_str(&s.asked), "aprobar APR-0001 3"));
	screen_stop(&s);
}

static void
megabytes_are_pasted(void **st)
{
	static const char begin[] = "\033[200~", end[] = "\033[201~";
	char part[4096];
	struct screen s;
	int i;

	(void)st;
	memset(part, 'p', sizeof part);
	part[1000] = '\r';
	part[2000] = '\033';
	part[3000] = '\0';
	open_screen(&s, "xterm");
	screen_type(&s, "\r");
	screen_type(&s, "\t\t");
	screen_keys(&s, begin, sizeof begin - 1);
	for (i = 0; i < 512; i++)
		screen_keys(&s, part, sizeof part);
	screen_keys(&s, end, sizeof end - 1);
	screen_settle(&s);
	assert_false(s.over);
	assert_true(screen_has(&s, "está lleno"));
	assert_nothing_decided(&s);
	assert_equals_repaint(&s);
	assert_small(&s);
	screen_stop(&s);
	assert_int_equal(s.status, 0);
}

/* The two halves of a key, minutes apart, are that key or nothing. */
static void
halves_of_sequences_wait(void **st)
{
	static const char *const keys[] = { "\033[B", "\033OB", "\033[15~",
		"\033[21~", "\033[1;5B", "\033[?1;2c", "\033]0;a\007", "\xc3\xb1",
		"\033[200~a\033[201~" };
	struct screen s;
	size_t i, k;

	(void)st;
	for (i = 0; i < ARRAY_LEN(keys); i++) {
		open_screen(&s, "xterm");
		screen_type(&s, "p");
		for (k = 0; k < strlen(keys[i]); k++) {
			screen_keys(&s, keys[i] + k, 1);
			screen_settle(&s);
			screen_pass(&s, 180);
		}
		assert_false(s.over);
		if (strchr(keys[i], ']') == NULL)
			assert_nothing_decided(&s);
		screen_stop(&s);
		assert_int_equal(s.status, 0);
	}
}

/* A terminal set to ISO 8859-1 on a line that was announced as UTF-8. */
static void
letters_of_another_set_are_said_to_be_so(void **st)
{
	struct screen s;

	(void)st;
	open_screen(&s, "xterm");
	screen_type(&s, "\r");
	screen_type(&s, "\ta\361o");
	assert_true(screen_has(&s, "no se entiende"));
	assert_true(screen_has(&s, "[ao "));
	screen_type(&s, "\303\261");
	assert_true(screen_has(&s, "[aoñ "));
	assert_false(screen_has(&s, "no se entiende"));
	screen_stop(&s);
	assert_int_equal(s.status, 0);
}

static void
any_size_is_taken(void **st)
{
	static const struct { int rows, cols; } to[] = { { 0, 0 }, { 1, 1 },
		{ 65535, 65535 }, { 0, 80 }, { 0, 3 }, { 15, 59 } };
	struct screen s;
	char line[64];
	size_t i;

	(void)st;
	open_screen(&s, "xterm-256color");
	for (i = 0; i < ARRAY_LEN(to); i++) {
		screen_resize(&s, to[i].rows, to[i].cols);
		assert_false(s.over);
		assert_true(screen_has(&s, "BOL-0412") ||
		    screen_has(&s, "Agrande la"));
	}
	for (i = 0; i < 1000; i++) {
		snprintf(line, sizeof line, "W %d %d", (int)(i * 37 % 300),
		    (int)(i * 91 % 700));
		screen_control(&s, line);
		if (i % 50 == 0)
			screen_settle(&s);
	}
	screen_control(&s, "W");
	screen_control(&s, "W x y");
	screen_control(&s, "nonsense");
	screen_resize(&s, 24, 80);
	assert_non_null(strstr(screen_row(&s, 4), "> BOL-0412"));
	assert_small(&s);
	screen_stop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    what_is_painted_in_parts_is_what_is_painted_whole),
		cmocka_unit_test(random_bytes_decide_nothing),
		cmocka_unit_test(a_flood_of_letters_decides_nothing),
		cmocka_unit_test(one_letter_by_hand_decides),
		cmocka_unit_test(megabytes_are_pasted),
		cmocka_unit_test(halves_of_sequences_wait),
		cmocka_unit_test(letters_of_another_set_are_said_to_be_so),
		cmocka_unit_test(any_size_is_taken),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
