/* SPDX-License-Identifier: ISC */
/*
 * bytes_test.c - what each action sends to a terminal, in bytes, and how much
 * it may be.  The table is docs/bytes.md: PAUTA_BYTES=docs/bytes.md writes it
 * anew; without that it fails when the document is no longer near the truth.
 */
#include "screen.h"

#include <signal.h>

enum { TERMS = 5, NEAR_PERCENT = 25, NEAR_BYTES = 40,
	MOVE = 40, MOVE_SLOW = 16,	/* of a finger in a list */
	MOVE_POPUP = 24 };		/* in the middle of the screen */

/* No key at all, but for a while. */
#define REST ""

static const struct { const char *term, *name; bool ascii; } terms[TERMS] = {
	{ "xterm-256color", "xterm-256color", false },
	{ "xterm-256color", "xterm-256color, 7 bits", true },
	{ "linux", "linux, 7 bits", true },
	{ "vt220", "vt220, 7 bits", true },
	{ "vt100", "vt100, 7 bits", true },
};

/*
 * What is done, from where the row before left off; the most that it may cost;
 * and what ncurses took for the drawings that these screens were designed
 * after (0: there was none).
 */
static const struct {
	const char *name, *before, *keys;
	size_t most, drawn[TERMS];
} rows[] = {
	{ "paint the work list", "", "\x0c", 2800,
	    { 2328, 2028, 2032, 2003, 1910 } },
	{ "cursor down", "", "j", MOVE, { 0 } },
	{ "what it says of the task, when it rests", "", REST, 420,
	    { 387, 387, 385, 376, 368 } },
	{ "open a dialogue", "k", "q", 760, { 479, 349, 349, 349, 386 } },
	{ "close it", "", "n", 700, { 337, 337, 337, 335, 375 } },
	{ "open a step", "", "\r", 2800, { 1766, 1606, 1593, 1597, 1604 } },
	{ "go to the next field", "", "\t", 40, { 7, 7, 7, 7, 7 } },
	{ "type a letter at the end", "Di", "r", 16, { 8, 8, 8, 8, 8 } },
	{ "move within the field", "", "\033[D", 16, { 0 } },
	{ "type a letter in the middle", "", "x", 48, { 41, 41, 41, 41, 40 } },
	{ "choose a branch", "\t\t", "2", 200, { 58, 58, 58, 57, 61 } },
	{ "a refusal", "", "\0338", 400, { 86, 86, 85, 85, 81 } },
	{ "back to the list", "", "\033=", 2800, { 0 } },
	{ "open the decisions", "", "p", 2800,
	    { 1956, 1756, 1737, 1719, 1728 } },
	{ "to the next of them", "", "j", MOVE, { 0 } },
	{ "what is decided next, when it rests", "", REST, 700, { 0 } },
	{ "back over it, without a stop", "j", "k", MOVE, { 0 } },
};
enum { ROWS = sizeof rows / sizeof rows[0] };

struct cost { size_t n[ROWS][TERMS]; size_t begin[TERMS], end[TERMS]; };

static void
measure(struct cost *c, size_t t)
{
	const struct screen_config conf = { .term = terms[t].term,
		.ascii = terms[t].ascii, .rows = 24, .cols = 80 };
	struct screen s;
	size_t i;

	screen_start(&s, &conf);
	c->begin[t] = s.bytes;
	for (i = 0; i < ROWS; i++) {
		if (*rows[i].before != '\0')
			screen_type(&s, rows[i].before);
		s.bytes = 0;
		screen_type(&s, rows[i].keys);
		if (*rows[i].keys == '\0')
			screen_pass(&s, 2);
		c->n[i][t] = s.bytes;
		if (s.bytes == 0 || s.bytes > rows[i].most)
			fail_msg("%s on %s: %zu bytes, of %zu", rows[i].name,
			    terms[t].name, s.bytes, rows[i].most);
	}
	screen_type(&s, "\0333");
	screen_type(&s, "q");
	s.bytes = 0;
	screen_type(&s, "s");
	c->end[t] = s.bytes;
	screen_stop(&s);
	assert_int_equal(s.status, 0);
}

static void
write_table(const struct cost *c, const char *path)
{
	FILE *f = fopen(path, "w");
	size_t i, t;

	assert_non_null(f);
	fprintf(f, "# What a screen costs\n\nBytes that `pauta` sends to a "
	    "terminal of 24 by 80, measured by\n`tests/screen/bytes_test.c`; "
	    "in parentheses what ncurses took for the drawings\nthat the "
	    "screens were designed after.  The last column is the most that "
	    "the test\nlets pass.  ssh adds 36 to 40 bytes to each, TCP and IP "
	    "about 52.\n\n| |");
	for (t = 0; t < TERMS; t++)
		fprintf(f, " %s |", terms[t].name);
	fprintf(f, " at most |\n|---|---|---|---|---|---|---|\n");
	for (i = 0; i < ROWS; i++) {
		fprintf(f, "| %s |", rows[i].name);
		for (t = 0; t < TERMS; t++)
			if (rows[i].drawn[t] > 0)
				fprintf(f, " %zu (%zu) |", c->n[i][t],
				    rows[i].drawn[t]);
			else
				fprintf(f, " %zu |", c->n[i][t]);
		fprintf(f, " %zu |\n", rows[i].most);
	}
	(void)fclose(f);
}

static bool
is_near(size_t said, size_t is)
{
	size_t by = said > is ? said - is : is - said;

	return by <= NEAR_BYTES || by * 100 <= is * NEAR_PERCENT;
}

/* The document has every row, and its numbers are about these. */
static void
assert_said(const struct cost *c, const char *path)
{
	FILE *f = fopen(path, "r");
	char line[512], *at;
	size_t i = 0, t, said;

	if (f == NULL)
		fail_msg("there is no %s", path);
	while (i < ROWS && fgets(line, sizeof line, f) != NULL) {
		if (strncmp(line, "| ", 2) != 0 || strncmp(line + 2,
		    rows[i].name, strlen(rows[i].name)) != 0)
			continue;
		at = line + 2 + strlen(rows[i].name);
		for (t = 0; t < TERMS; t++) {
			at = strchr(at, '|') + 1;
			said = (size_t)strtol(at, NULL, 10);
			if (!is_near(said, c->n[i][t]))
				fail_msg("%s says %zu of \"%s\" on %s; it is "
				    "%zu", path, said, rows[i].name,
				    terms[t].name, c->n[i][t]);
		}
		i++;
	}
	(void)fclose(f);
	if (i < ROWS)
		fail_msg("%s does not have \"%s\"", path, rows[i].name);
}

static void
every_action_has_its_price(void **st)
{
	const char *path = getenv("PAUTA_BYTES");
	struct cost c;
	size_t t;

	(void)st;
	for (t = 0; t < TERMS; t++)
		measure(&c, t);
	for (t = 0; t < TERMS; t++) {
		assert_in_range(c.begin[t], 1, 2800);
		assert_in_range(c.end[t], 0, 64);
	}
	if (path != NULL)
		write_table(&c, path);
	else
		assert_said(&c, "docs/bytes.md");
}

/*
 * On a slow line: the finger is a mark and nothing else, details come when it
 * rests, rules are ASCII, and news come together.
 */
static void
a_slow_line_gets_little(void **st)
{
	const struct screen_config conf = { .term = "xterm", .rows = 24,
		.cols = 80 };
	struct screen s;

	(void)st;
	screen_start(&s, &conf);
	assert_true(screen_has(&s, "────"));
	screen_control(&s, "R 640");
	screen_settle(&s);
	assert_false(screen_has(&s, "────"));
	assert_true(screen_has(&s, "Mías"));
	screen_pass(&s, 4);
	s.bytes = 0;
	screen_type(&s, "j");
	assert_in_range(s.bytes, 1, 16);
	assert_true(screen_has(&s, "- BOL-0412  "));
	screen_pass(&s, 3);
	assert_true(screen_has(&s, "- ACL-0009  "));
	s.bytes = 0;
	screen_type(&s, "\x0c");
	assert_in_range(s.bytes, 1, 2000);
	screen_control(&s, "R 40");
	screen_settle(&s);
	assert_true(screen_has(&s, "────"));
	screen_stop(&s);
	assert_int_equal(s.status, 0);
}

/* A list, the keys that open it from the Bandeja, and to its first row. */
static const struct { const char *name, *keys, *first; } lists[] = {
	{ "Bandeja de tareas", "", "" },
	{ "Aprobaciones", "p", "" },
	{ "Nuevo expediente", "n", "" },
	{ "Responsable", "e", "" },
	{ "Historial", "h", "\033[A" },
	{ "Buscar: [", "bx\r", "" },
	{ "Monitoreo", "l", "" },
	{ "Medios", "\033OQEl registro de medios\r", "" },
	{ "Suplencias", "\033OQSuplencias\r", "" },
	{ "Conservaci", "\033OQConservaci\r", "" },
	{ "Preferencias", "\033OQPreferencias\r", "" },
	{ "Acciones", "\033OQ", "" },
};

/* One row down. */
static void
finger_moves(struct screen *s, const char *list, const char *term, bool slow)
{
	size_t most;
	int row, col, was;

	screen_pass(s, 4);
	screen_cursor(s, &was, &col);
	s->bytes = 0;
	screen_type(s, "\033[B");
	screen_cursor(s, &row, &col);
	if (row == was)
		fail_msg("%s: the finger stays", list);
	most = !slow ? MOVE : col == 0 ? MOVE_SLOW : MOVE_POPUP;
	if (s->bytes == 0 || s->bytes > most)
		fail_msg("%s on %s%s: %zu bytes", list, term,
		    slow ? ", slow" : "", s->bytes);
}

/* In every list the finger is a mark. */
static void
a_finger_moves_for_little_in_every_list(void **st)
{
	struct screen s;
	size_t i, t;

	(void)st;
	for (i = 0; i < ARRAY_LEN(lists) * TERMS; i++) {
		const struct screen_config conf = {
			.term = terms[i % TERMS].term, .rows = 24, .cols = 80,
			.ascii = terms[i % TERMS].ascii };

		t = i / TERMS;
		screen_start(&s, &conf);
		screen_type(&s, lists[t].keys);
		screen_type(&s, lists[t].first);
		screen_pass(&s, 4);
		if (!screen_has(&s, lists[t].name))
			fail_msg("%s does not open: %s", lists[t].name,
			    screen_row(&s, 0));
		finger_moves(&s, lists[t].name, conf.term, false);
		screen_control(&s, "R 640");
		screen_type(&s, "\033[A");
		finger_moves(&s, lists[t].name, conf.term, true);
		screen_stop(&s);
	}
}

static size_t
count(struct screen *s, const char *word)
{
	const char *at = buf_str(&s->asked);
	size_t n = 0;

	while ((at = strstr(at, word)) != NULL) {
		at += strlen(word);
		n++;
	}
	return n;
}

static void
news_on_a_slow_line_come_together(void **st)
{
	const struct screen_config conf = { .term = "xterm", .rows = 24,
		.cols = 80 };
	struct screen s;
	size_t before, i;

	(void)st;
	screen_start(&s, &conf);
	before = count(&s, "bandeja");
	for (i = 0; i < 3; i++)
		screen_push(&s, "BOL-0412");
	assert_int_equal(count(&s, "bandeja"), before + 3);
	screen_control(&s, "R 640");
	screen_pass(&s, 10);
	for (i = 0; i < 3; i++)
		screen_push(&s, "BOL-0412");
	assert_int_equal(count(&s, "bandeja"), before + 4);
	screen_pass(&s, 5);
	assert_int_equal(count(&s, "bandeja"), before + 5);
	screen_stop(&s);
	assert_int_equal(s.status, 0);
}

/* Nobody measures it where it is not ssh: F2 says so by hand. */
static void
a_person_may_say_that_it_is_slow(void **st)
{
	const struct screen_config conf = { .term = "xterm", .rows = 24,
		.cols = 80 };
	struct screen s;

	(void)st;
	screen_start(&s, &conf);
	screen_type(&s, "\0332");
	screen_type(&s, "modo lento");
	screen_type(&s, "\r");
	assert_true(screen_has(&s, "Modo lento"));
	assert_false(screen_has(&s, "────"));
	screen_control(&s, "R 10");
	screen_settle(&s);
	assert_false(screen_has(&s, "────"));
	screen_stop(&s);
}

/* Nothing that nobody did costs nothing; a minute is its two digits. */
static void
time_costs_a_minute(void **st)
{
	const struct screen_config conf = { .term = "xterm", .rows = 24,
		.cols = 80 };
	struct screen s;

	(void)st;
	screen_start(&s, &conf);
	screen_pass(&s, 10);
	s.bytes = 0;
	screen_pass(&s, 30);
	screen_settle(&s);
	assert_in_range(s.bytes, 0, 24);
	s.bytes = 0;
	screen_settle(&s);
	assert_int_equal(s.bytes, 0);
	screen_stop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_action_has_its_price),
		cmocka_unit_test(a_finger_moves_for_little_in_every_list),
		cmocka_unit_test(time_costs_a_minute),
		cmocka_unit_test(a_slow_line_gets_little),
		cmocka_unit_test(news_on_a_slow_line_come_together),
		cmocka_unit_test(a_person_may_say_that_it_is_slow),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
