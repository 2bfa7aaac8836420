/* SPDX-License-Identifier: ISC */
/*
 * kill_test.c - the program dies at every byte of what is typed: the core has
 * all that was there two seconds before, and who comes back, on whatever
 * terminal, is on the same case, step, field and letter, and is told so.
 */
#include "screen.h"

#include <signal.h>

static const char *const terms[] = { "xterm-256color", "vt100", "linux",
	"putty" };

/* After each of these comes a pause; then what was typed is safe. */
static const char *const typed[] = { "\t", "Dñ", "x\033[Dy", "\tN", "\033OA" };

/* What the core must have, and where the cursor was, at the last pause. */
struct safe { json_t *drafts; int row, col; };

static void
safe_take(struct screen *s, struct safe *k)
{
	json_decref(k->drafts);
	k->drafts = json_deep_copy(s->drafts);
	screen_cursor(s, &k->row, &k->col);
}

/* Type until so many bytes have gone out; false when there are no more. */
static bool
type_until(struct screen *s, size_t bytes, struct safe *k)
{
	size_t i, n;

	screen_type(s, "\r");
	screen_pass(s, 4);
	safe_take(s, k);
	for (i = 0; i < ARRAY_LEN(typed); i++)
		for (n = 0; n < strlen(typed[i]); n++) {
			if (bytes-- == 0)
				return true;
			screen_keys(s, typed[i] + n, 1);
			screen_settle(s);
			if (n + 1 == strlen(typed[i])) {
				screen_pass(s, 4);
				safe_take(s, k);
			}
		}
	return false;
}

/* All of a draft is there, if not more by now. */
static void
assert_kept(const struct screen *s, const struct safe *k)
{
	const char *id;
	json_t *text;

	json_object_foreach(k->drafts, id, text) {
		const char *now = json_string_value(
		    json_object_get(s->drafts, id));

		assert_non_null(now);
		assert_true(strlen(now) >= strlen(json_string_value(text)));
	}
}

static void
come_back(struct screen *dead, const struct safe *k, const char *term)
{
	const struct screen_config c = { .term = term, .rows = 24, .cols = 80,
		.place = dead->place, .drafts = dead->drafts };
	struct screen s;
	const char *id;
	json_t *text;
	int row, col;

	screen_start(&s, &c);
	assert_true(screen_has(&s, "QUÉ HACER"));
	assert_non_null(strstr(screen_row(&s, 21),
	    "De vuelta en BOL-0412 paso 3."));
	json_object_foreach(k->drafts, id, text)
		if (!screen_has(&s, json_string_value(text)))
			fail_msg("%s is lost", json_string_value(text));
	screen_cursor(&s, &row, &col);
	/* Of a field left since, the last letter may be where one is. */
	assert_int_equal(row, k->row);
	assert_int_equal(col, k->col);
	screen_stop(&s);
}

static void
killed_at_every_byte(void **st)
{
	const struct screen_config c = { .term = "xterm", .rows = 24,
		.cols = 80 };
	struct safe k = { NULL, 0, 0 };
	struct screen s;
	bool more = true;
	size_t n;

	(void)st;
	for (n = 0; more; n++) {
		screen_start(&s, &c);
		more = type_until(&s, n, &k);
		screen_kill(&s);
		assert_kept(&s, &k);
		come_back(&s, &k, terms[n % ARRAY_LEN(terms)]);
		screen_stop(&s);
	}
	json_decref(k.drafts);
}

/* Who never rests for two seconds loses ten at most, in a field and a page. */
static void
killed_while_typing_on(void **st)
{
	const struct screen_config c = { .term = "xterm", .rows = 24,
		.cols = 80 };
	static const struct { const char *keys, *id; } where[] = {
		{ "\t", "fuente" }, { "\t\t\x05", "nota" } };
	struct screen s;
	size_t i;
	int n;

	(void)st;
	for (i = 0; i < ARRAY_LEN(where); i++) {
		screen_start(&s, &c);
		screen_type(&s, "\r");
		screen_type(&s, where[i].keys);
		for (n = 0; n < 25; n++) {
			screen_type(&s, "x");
			screen_pass(&s, 1);
		}
		screen_kill(&s);
		assert_in_range(strlen(json_string_value(json_object_get(
		    s.drafts, where[i].id))), 15, 25);
		screen_stop(&s);
	}
}

/* A page of text in the editor is kept while it is typed, not only after. */
static void
killed_in_the_editor(void **st)
{
	const struct screen_config c = { .term = "xterm", .rows = 24,
		.cols = 80 };
	struct screen s;

	(void)st;
	screen_start(&s, &c);
	screen_type(&s, "\r");
	screen_type(&s, "\t\t\x05");
	screen_type(&s, "Dos líneas\rde texto");
	screen_pass(&s, 3);
	screen_type(&s, "perdido");
	screen_kill(&s);
	assert_string_equal(json_string_value(json_object_get(s.drafts,
	    "nota")), "Dos líneas\nde texto");
	screen_stop(&s);
}

/* The terminal goes away, as when a line drops: nothing at all is lost. */
static void
hung_up(void **st)
{
	const struct screen_config c = { .term = "xterm", .rows = 24,
		.cols = 80 };
	struct screen s;

	(void)st;
	screen_start(&s, &c);
	screen_type(&s, "\r");
	screen_type(&s, "\tDir");
	kill(s.pid, SIGHUP);
	screen_end(&s);
	assert_string_equal(json_string_value(json_object_get(s.drafts,
	    "fuente")), "Dir");
	assert_non_null(strstr(s.place, "\"field\":\"fuente\",\"cursor\":3"));
	screen_stop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed_at_every_byte),
		cmocka_unit_test(killed_while_typing_on),
		cmocka_unit_test(killed_in_the_editor),
		cmocka_unit_test(hung_up),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
