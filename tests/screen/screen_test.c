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

static void
open_screen(struct screen *s, const char *term, bool ascii, int rows, int cols)
{
	const struct screen_config c = { .term = term, .ascii = ascii,
		.rows = rows, .cols = cols };

	screen_start(s, &c);
	assert_false(s->over);
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
		assert_non_null(strstr(screen_row(&s, 5), "> ACL-0009"));
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
	assert_string_equal(screen_row(&s, 21), " Esc-"
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
a_person_comes_back_to_the_same_step(void **st)
{
	const struct screen_config c = { .term = "xterm", .rows = 24,
		.cols = 80, .place = "{\"screen\":\"paso\",\"folio\":"
		"\"BOL-0412\",\"step\":\"3\",\"field\":\"fuente\"}" };
	struct screen s;

	(void)st;
	screen_start(&s, &c);
	assert_true(screen_has(&s, "QUÉ HACER"));
	assert_non_null(strstr(screen_row(&s, 21), "De vuelta en BOL-0412 paso 3."));
	screen_stop(&s);
}

static void
a_draft_is_kept_two_seconds_after_the_last_letter(void **st)
{
	struct screen s;

	(void)st;
	open_screen(&s, "xterm", false, 24, 80);
	assert_non_null(strstr(screen_row(&s, 0), " 10:42 "));
	screen_type(&s, "\r");
	screen_type(&s, "\tDGPS");
	assert_null(strstr(buf_str(&s.asked), "borrador"));
	screen_pass(&s, 3);
	assert_non_null(strstr(buf_str(&s.asked),
	    "borrador BOL-0412 3 fuente=DGPS\n"));
	screen_pass(&s, 120);
	assert_null(strstr(screen_row(&s, 0), " 10:42 "));
	screen_stop(&s);
}

/* A click there, if the terminal was asked to say it in the form of 1006. */
static bool
click(struct screen *s, int row)
{
	char said[64];
	size_t n;

	vterm_mouse_move(s->vt, row, 5, VTERM_MOD_NONE);
	vterm_mouse_button(s->vt, 1, true, VTERM_MOD_NONE);
	vterm_mouse_button(s->vt, 1, false, VTERM_MOD_NONE);
	n = vterm_output_read(s->vt, said, sizeof said);
	if (n < 3 || said[2] != '<')
		return false;
	screen_keys(s, said, n);
	screen_settle(s);
	return true;
}

static void
the_mouse_is_off_until_it_is_wanted(void **st)
{
	struct screen s;

	(void)st;
	open_screen(&s, "xterm", false, 24, 80);
	assert_false(click(&s, 6));
	screen_type(&s, "\033[<0;6;7M");	/* nobody asked for it */
	assert_non_null(strstr(screen_row(&s, 4), "> BOL-0412"));

	screen_type(&s, "\033OQ");
	screen_type(&s, "Preferencias\r");
	screen_type(&s, "\033[B\r");
	screen_type(&s, "\033[B\r");
	screen_type(&s, "\0333");
	assert_true(click(&s, 6));
	assert_non_null(strstr(screen_row(&s, 6), "> GIR-0077"));
	(void)click(&s, 15);			/* below the list */
	assert_non_null(strstr(screen_row(&s, 6), "> GIR-0077"));
	screen_type(&s, "\033[<64;6;7M");
	assert_non_null(strstr(screen_row(&s, 5), "> ACL-0009"));
	(void)click(&s, 4);
	(void)click(&s, 4);
	assert_non_null(strstr(screen_row(&s, 1), "Paso 3"));
	screen_stop(&s);
	assert_int_equal(s.status, 0);
}

/* The console of Linux has none of that kind: it is not asked. */
static void
a_terminal_without_a_mouse_is_left_alone(void **st)
{
	struct screen s;

	(void)st;
	open_screen(&s, "linux", true, 24, 80);
	screen_type(&s, "\033OQ");
	screen_type(&s, "Preferencias\r");
	screen_type(&s, "\033[B\r");
	screen_type(&s, "\033[B\r");
	screen_type(&s, "\0333");
	assert_false(click(&s, 6));
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_is_filled_on_every_terminal),
		cmocka_unit_test(no_byte_above_seven_bits_goes_to_an_old_terminal),
		cmocka_unit_test(keys_of_each_terminal_reach_the_same_screen),
		cmocka_unit_test(a_lone_esc_waits_on_a_screen),
		cmocka_unit_test(a_lone_esc_closes_a_pop_up),
		cmocka_unit_test(budgets_of_bytes),
		cmocka_unit_test(a_person_comes_back_to_the_same_step),
		cmocka_unit_test(
		    a_draft_is_kept_two_seconds_after_the_last_letter),
		cmocka_unit_test(the_mouse_is_off_until_it_is_wanted),
		cmocka_unit_test(a_terminal_without_a_mouse_is_left_alone),
		cmocka_unit_test(a_core_that_goes_away_is_status_75),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
