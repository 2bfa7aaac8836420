/* SPDX-License-Identifier: ISC */
/*
 * screen_test.c - what a person sees on each kind of terminal: cells and
 * cursor of the real program, in every size, with letters or with 7 bits.
 */
#include "screen.h"

#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

static const char *const terms[] = { "vt100", "vt220", "linux", "putty",
	"xterm-256color" };
static const struct { int rows, cols; } sizes[] = { { 24, 80 }, { 40, 132 },
	{ 20, 60 } };

static void
open_screen(struct screen *s, const char *term, bool ascii, int rows, int cols)
{
	const struct screen_config c = { .term = term, .ascii = ascii,
		.rows = rows, .cols = cols };

	screen_start(s, &c);
	assert_false(s->over);
}

/* The n-th row; borrowed until the next call. */
static const char *
row(struct screen *s, int n)
{
	static char line[COLS_MAX * 4 + 1];
	char *all = screen_text(s), *at = all;
	size_t len;

	while (n-- > 0)
		at = strchr(at, '\n') + 1;
	len = strcspn(at, "\n");
	memcpy(line, at, len);
	line[len] = '\0';
	free(all);
	return line;
}

static void
assert_cursor_on(struct screen *s, int want_row, int want_col)
{
	int r, c;

	screen_cursor(s, &r, &c);
	assert_int_equal(r, want_row);
	assert_int_equal(c, want_col);
}

static void
the_inbox_on_every_terminal(void **st)
{
	struct screen s;
	size_t t, i;
	int ascii;

	(void)st;
	for (t = 0; t < ARRAY_LEN(terms); t++)
		for (i = 0; i < ARRAY_LEN(sizes) * 2; i++) {
			ascii = i % 2 == 1;
			open_screen(&s, terms[t], ascii, sizes[i / 2].rows,
			    sizes[i / 2].cols);
			assert_non_null(strstr(row(&s, 0),
			    " PAUTA  Bandeja de tareas"));
			assert_non_null(strstr(row(&s, 1), ascii ?
			    "1 Mias 3" : "1 Mías 3"));
			assert_non_null(strstr(row(&s, 2), ascii ? "-----" :
			    "─────"));
			assert_non_null(strstr(row(&s, 4), "> BOL-0412"));
			assert_non_null(strstr(row(&s, s.rows - 2),
			    "Enter=Abrir  F1=Ayuda"));
			assert_cursor_on(&s, 4, 0);
			screen_stop(&s);
			assert_int_equal(s.status, 0);
		}
}

static void
a_step_is_filled_on_every_terminal(void **st)
{
	struct screen s;
	size_t t;

	(void)st;
	for (t = 0; t < ARRAY_LEN(terms); t++) {
		open_screen(&s, terms[t], false, 24, 80);
		screen_type(&s, "\r");
		assert_true(screen_has(&s, "QUÉ HACER"));
		assert_true(screen_has(&s, "[12,480 familias "));
		screen_type(&s, "\tDirección");
		assert_true(screen_has(&s, "[Dirección "));
		screen_type(&s, "\0333");	/* Esc 3 is F3 everywhere */
		assert_true(screen_has(&s, "Bandeja de tareas"));
		assert_non_null(strstr(buf_str(&s.asked),
		    "borrador BOL-0412 3 fuente=Dirección"));
		screen_stop(&s);
	}
}

static void
no_byte_above_seven_bits_goes_to_an_old_terminal(void **st)
{
	const struct screen_config c = { .term = "vt220", .lang = "es_MX",
		.rows = 24, .cols = 80 };
	struct screen s;
	const char *at;
	char *all;

	(void)st;
	screen_start(&s, &c);
	screen_type(&s, "\r");
	all = screen_text(&s);
	for (at = all; *at != '\0'; at++)
		assert_true((unsigned char)*at < 0x80);
	assert_non_null(strstr(all, "DECISION  ?La cifra"));
	free(all);
	screen_stop(&s);
}

static void
keys_of_each_terminal_reach_the_same_screen(void **st)
{
	static const char *const f1[] = { "\033OP", "\033OP", "\033[[A",
		"\033[11~", "\033OP" };
	static const char *const down[] = { "\033OB", "\033[B", "\033[B",
		"\033OB", "\033[B" };
	struct screen s;
	size_t t;

	(void)st;
	for (t = 0; t < ARRAY_LEN(terms); t++) {
		open_screen(&s, terms[t], true, 24, 80);
		screen_type(&s, down[t]);
		assert_cursor_on(&s, 5, 0);
		assert_non_null(strstr(row(&s, 5), "> ACL-0009"));
		screen_type(&s, f1[t]);
		assert_true(screen_has(&s, "| Ayuda"));
		screen_type(&s, "\033=");	/* F12 */
		assert_false(screen_has(&s, "| Ayuda"));
		screen_stop(&s);
	}
}

static void
a_lone_esc_waits_on_a_screen(void **st)
{
	struct screen s;

	(void)st;
	open_screen(&s, "xterm", false, 24, 80);
	screen_type(&s, "\033");
	assert_string_equal(row(&s, 21), " Esc-"
	    "                                                         "
	    "                  ");
	screen_type(&s, "[");
	screen_type(&s, "B");
	assert_cursor_on(&s, 5, 0);
	screen_stop(&s);
}

/* The only thing that time does here: a lone Esc closes a pop-up. */
static void
a_lone_esc_closes_a_pop_up(void **st)
{
	struct screen s;
	int turns = 0;

	(void)st;
	open_screen(&s, "xterm", false, 24, 80);
	screen_type(&s, "\0332");
	assert_true(screen_has(&s, " Acciones "));
	screen_type(&s, "\033");
	while (screen_has(&s, " Acciones ") && turns++ < 1000000)
		screen_settle(&s);
	assert_false(screen_has(&s, " Acciones "));
	screen_type(&s, "OB");		/* the rest of a late arrow */
	assert_cursor_on(&s, 5, 0);
	screen_stop(&s);
}

static void
budgets_of_bytes(void **st)
{
	struct screen s;
	size_t t;

	(void)st;
	for (t = 0; t < ARRAY_LEN(terms); t++) {
		open_screen(&s, terms[t], false, 24, 80);
		assert_in_range(s.bytes, 1, 2800);
		screen_type(&s, "\r");
		screen_type(&s, "\t");
		screen_type(&s, "D");
		s.bytes = 0;
		screen_type(&s, "i");
		assert_in_range(s.bytes, 1, 16);
		s.bytes = 0;
		screen_type(&s, "\033[D");
		assert_in_range(s.bytes, 1, 16);
		screen_stop(&s);
	}
}

static void
a_window_changes_its_size_under_a_pop_up(void **st)
{
	static const struct { int rows, cols; } to[] = { { 40, 132 },
		{ 20, 60 }, { 16, 60 }, { 24, 80 } };
	struct screen s;
	size_t i;

	(void)st;
	open_screen(&s, "xterm-256color", false, 24, 80);
	screen_type(&s, "\0332");
	for (i = 0; i < ARRAY_LEN(to); i++) {
		screen_resize(&s, to[i].rows, to[i].cols);
		assert_true(screen_has(&s, " Acciones "));
		assert_true(screen_has(&s, "Enter=Elegir"));
	}
	screen_type(&s, "\033=");
	assert_false(screen_has(&s, " Acciones "));
	assert_non_null(strstr(row(&s, 4), "> BOL-0412"));
	screen_stop(&s);
}

static void
any_size_is_taken(void **st)
{
	static const struct { int rows, cols; } to[] = { { 0, 0 }, { 1, 1 },
		{ 65535, 65535 }, { 0, 80 }, { -5, 3 }, { 15, 59 } };
	struct screen s;
	char line[64];
	size_t i;

	(void)st;
	open_screen(&s, "xterm-256color", false, 24, 80);
	for (i = 0; i < ARRAY_LEN(to); i++) {
		screen_resize(&s, to[i].rows < 0 ? 0 : to[i].rows, to[i].cols);
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
	assert_non_null(strstr(row(&s, 4), "> BOL-0412"));
	screen_stop(&s);
}

static void
a_terminal_that_nobody_knows(void **st)
{
	static const char *const names[] = { "", "nada", "../../etc/passwd",
		"xterm-kitty" };
	struct screen s;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(names); i++) {
		open_screen(&s, names[i], false, 24, 80);
		assert_true(screen_has(&s, "> BOL-0412"));
		assert_int_equal(screen_has(&s, "se usa vt100"),
		    strcmp(names[i], "xterm-kitty") != 0);
		screen_type(&s, "j");
		assert_false(screen_has(&s, "se usa vt100"));
		screen_stop(&s);
	}
}

static void
a_person_comes_back_to_the_same_step(void **st)
{
	const struct screen_config c = { .term = "xterm", .rows = 24,
		.cols = 80, .place = "{\"screen\":\"paso\",\"folio\":"
		"\"BOL-0412\",\"step\":\"3\",\"field\":\"fuente\"}" };
	struct screen s;

	(void)st;
	screen_start(&s, &c);
	assert_true(screen_has(&s, "QUÉ HACER"));
	assert_non_null(strstr(row(&s, 21), "De vuelta en BOL-0412 paso 3."));
	screen_stop(&s);
}

static void
a_draft_is_kept_two_seconds_after_the_last_letter(void **st)
{
	struct screen s;

	(void)st;
	open_screen(&s, "xterm", false, 24, 80);
	assert_non_null(strstr(row(&s, 0), " 10:42 "));
	screen_type(&s, "\r");
	screen_type(&s, "\tDGPS");
	assert_null(strstr(buf_str(&s.asked), "borrador"));
	screen_pass(&s, 3);
	assert_non_null(strstr(buf_str(&s.asked),
	    "borrador BOL-0412 3 fuente=DGPS\n"));
	screen_pass(&s, 120);
	assert_null(strstr(row(&s, 0), " 10:42 "));
	screen_stop(&s);
}

static void
a_core_that_goes_away_is_status_75(void **st)
{
	struct screen s;

	(void)st;
	open_screen(&s, "xterm", false, 24, 80);
	shutdown(s.core, SHUT_RDWR);
	screen_settle(&s);
	assert_true(s.over);
	assert_true(WIFEXITED(s.status));
	assert_int_equal(WEXITSTATUS(s.status), 75);
	screen_stop(&s);
}

/* ---- at random ---- */

static uint32_t
dice(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 12;
}

static void
what_is_painted_in_parts_is_what_is_painted_whole(void **st)
{
	static const char *const keys[] = { "\t", "\033[A", "\033[B", "\033[C",
		"\033[D", "\r", "\033OP", "\033OQ", "\033=", "\0333", "\033-",
		"\0336", "\0339", "b", "e", "1", "2", "3", "4", "o", "h", "n",
		"a", "ñ", " ", "x", "\x7f", "\x15", "\x1a", "\x05", "\033[5~",
		"\033[6~", "\033[200~pegado\ry más\033[201~", "\033[Z" };
	struct screen s;
	uint32_t seed;
	char *parts, *whole;
	int i, r, c, r2, c2;

	(void)st;
	for (seed = 1; seed <= 5; seed++) {
		uint32_t d = seed;

		open_screen(&s, terms[seed % ARRAY_LEN(terms)], seed % 2 == 0,
		    24, 80);
		for (i = 0; i < 500 && !s.over; i++) {
			screen_type(&s, keys[dice(&d) % ARRAY_LEN(keys)]);
			if (s.over || i % 5 != 0)
				continue;
			parts = screen_text(&s);
			screen_cursor(&s, &r, &c);
			screen_type(&s, "\x0c");
			whole = screen_text(&s);
			screen_cursor(&s, &r2, &c2);
			assert_string_equal(parts, whole);
			assert_int_equal(r, r2);
			assert_int_equal(c, c2);
			free(parts);
			free(whole);
		}
		screen_stop(&s);
		assert_int_equal(s.status, 0);
	}
}

/* 64 KB of anything: it neither falls nor hands anything to anybody. */
static void
random_bytes_decide_nothing(void **st)
{
	static const char *const allowed[] = { "bandeja", "autorizaciones",
		"procedimientos", "procedimiento", "paso", "borrador",
		"expediente", "historial", "buscar", "adjuntos", "personas",
		"lugar", "suplencias", "indicadores", "registro", "informe",
		"ajustes", "ayuda" };
	struct screen s;
	char part[256], *line, *end;
	uint32_t seed = 42;
	size_t k, n, i;

	(void)st;
	open_screen(&s, "xterm-256color", false, 24, 80);
	for (n = 0; n < 64 * 1024; n += sizeof part) {
		for (i = 0; i < sizeof part; i++) {
			part[i] = (char)(dice(&seed) & 0xff);
			/* A letter is a command and is meant as one. */
			if ((part[i] >= 'a' && part[i] <= 'z') ||
			    (part[i] >= 'A' && part[i] <= 'Z'))
				part[i] = (char)(part[i] | 0x80);
		}
		screen_keys(&s, part, sizeof part);
		screen_settle(&s);
		assert_false(s.over);
		for (line = (char *)(uintptr_t)buf_str(&s.asked);
		    (end = strchr(line, '\n')) != NULL; line = end + 1) {
			*end = '\0';
			for (k = 0; k < ARRAY_LEN(allowed); k++)
				if (strncmp(line, allowed[k],
				    strlen(allowed[k])) == 0)
					break;
			if (k == ARRAY_LEN(allowed))
				fail_msg("random bytes asked: %s", line);
		}
		buf_del(&s.asked, s.asked.len);
	}
	screen_stop(&s);
	assert_int_equal(s.status, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_inbox_on_every_terminal),
		cmocka_unit_test(a_step_is_filled_on_every_terminal),
		cmocka_unit_test(no_byte_above_seven_bits_goes_to_an_old_terminal),
		cmocka_unit_test(keys_of_each_terminal_reach_the_same_screen),
		cmocka_unit_test(a_lone_esc_waits_on_a_screen),
		cmocka_unit_test(a_lone_esc_closes_a_pop_up),
		cmocka_unit_test(budgets_of_bytes),
		cmocka_unit_test(a_window_changes_its_size_under_a_pop_up),
		cmocka_unit_test(any_size_is_taken),
		cmocka_unit_test(a_terminal_that_nobody_knows),
		cmocka_unit_test(a_person_comes_back_to_the_same_step),
		cmocka_unit_test(
		    a_draft_is_kept_two_seconds_after_the_last_letter),
		cmocka_unit_test(a_core_that_goes_away_is_status_75),
		cmocka_unit_test(what_is_painted_in_parts_is_what_is_painted_whole),
		cmocka_unit_test(random_bytes_decide_nothing),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
