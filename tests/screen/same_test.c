/* SPDX-License-Identifier: ISC */
/*
 * same_test.c - served and native: the same keys over the same documents give
 * the same cells, whatever is typed, popped up or resized.  The native one
 * begins from its shelf and keeps there what it reads.  (tests/e2e/screen-same.t
 * compares the two programs over ssh.)
 */
#include "screen.h"

#include <signal.h>

#include "../unit/state.h"

enum { SEEDS = 8, KEYS = 500, BYTES_SAID = 512 };

/*
 * What is pressed among a flood of bytes decides nothing, and what is a flood
 * depends on the clock: so each key comes with one, of a key that no terminal
 * has.
 */
#define NO_KEY "\033[99~"
#define FLOOD NO_KEY NO_KEY NO_KEY NO_KEY NO_KEY NO_KEY NO_KEY NO_KEY NO_KEY \
	NO_KEY NO_KEY NO_KEY NO_KEY NO_KEY NO_KEY NO_KEY

static const char *const keys[] = { "\t", "\033[A", "\033[B", "\033[C",
	"\033[D", "\r", "\r", "\033OP", "\033OQ", "\0333", "\033=", "\033-",
	"\0334", "\0335", "\0336", "\0337", "\0338", "\0339", "\033", "b", "e",
	"1", "2", "3", "4", "o", "h", "n", "p", "v", "a", "d", "c", "f", "i", "w",
	"m", "t", "u", "y", "\xc3\xb1", " ", "x", "\x7f", "\x15", "\x1a",
	"\x05", "\x17", "\033[5~", "\033[6~", "\033[1~", "\033[4~",
	"\033[200~pegado\ry m\xc3\xa1s\033[201~", "\033[Z", "12/5", "hoy" };
static const struct { int rows, cols; } sizes[] = { { 24, 80 }, { 25, 80 },
	{ 40, 132 }, { 20, 60 }, { 10, 40 }, { 24, 80 } };

struct pair { struct screen served, native; };

static void
pair_start(struct pair *p, uint32_t seed)
{
	static const char *const terms[] = { "xterm-256color", "linux",
		"vt220", "screen", "putty", "vt100", "xterm" };
	struct screen_config c = { .term = terms[seed % ARRAY_LEN(terms)],
		.rows = 24, .cols = 80, .ascii = seed % 3 == 0 };

	screen_start(&p->served, &c);
	c.native = true;
	screen_start(&p->native, &c);
}

/* What was erased and what was written over with a space look alike. */
static void
cell_fill(VTermScreenCell *cell)
{
	if (cell->chars[0] == 0) {
		cell->chars[0] = ' ';
		cell->chars[1] = 0;
	}
}

/* A cell as its letters, and how they look. */
static bool
cell_is(const struct screen *a, const struct screen *b, int row, int col)
{
	VTermPos at = { .row = row, .col = col };
	VTermScreenCell x, y;
	int i = 0;

	vterm_screen_get_cell(vterm_obtain_screen(a->vt), at, &x);
	vterm_screen_get_cell(vterm_obtain_screen(b->vt), at, &y);
	cell_fill(&x);
	cell_fill(&y);
	while (i < VTERM_MAX_CHARS_PER_CELL - 1 && x.chars[i] != 0 &&
	    x.chars[i] == y.chars[i])
		i++;
	return x.chars[i] == y.chars[i] && x.width == y.width && x.attrs.bold == y.attrs.bold &&
	    x.attrs.reverse == y.attrs.reverse &&
	    x.attrs.underline == y.attrs.underline &&
	    vterm_color_is_equal(&x.fg, &y.fg) &&
	    vterm_color_is_equal(&x.bg, &y.bg);
}

static void
assert_same(struct pair *p, uint32_t seed, int key, const char *said)
{
	int row, col, r, c, r2, c2;
	char *a, *b;

	screen_cursor(&p->served, &r, &c);
	screen_cursor(&p->native, &r2, &c2);
	for (row = 0; row < p->served.rows; row++)
		for (col = 0; col < p->served.cols; col++)
			if (!cell_is(&p->served, &p->native, row, col))
				goto differ;
	if (r == r2 && c == c2)
		return;
	row = r;
	col = c;
differ:
	a = xstrdup(screen_row(&p->served, row));
	b = xstrdup(screen_row(&p->native, row));
	fail_msg("seed %u, key %d %s: row %d, column %d\n%s\n%s", seed, key,
	    said, row, col, a, b);
}

static void
pair_key(struct pair *p, const char *key)
{
	char said[BYTES_SAID];
	int n = snprintf(said, sizeof said, "%s%s", FLOOD, key);

	screen_keys(&p->served, said, (size_t)n);
	screen_keys(&p->native, said, (size_t)n);
	screen_settle(&p->served);
	screen_settle(&p->native);
}

static void
pair_resize(struct pair *p, uint32_t dice)
{
	size_t i = dice % ARRAY_LEN(sizes);

	screen_resize(&p->served, sizes[i].rows, sizes[i].cols);
	screen_resize(&p->native, sizes[i].rows, sizes[i].cols);
}

static void
the_same_keys_give_the_same_cells(void **st)
{
	struct pair p;
	uint32_t seed, d;
	int i;

	(void)st;
	for (seed = 1; seed <= SEEDS; seed++) {
		d = seed;
		pair_start(&p, seed);
		assert_same(&p, seed, 0, "");
		for (i = 0; i < KEYS && !p.served.over &&
		    !p.native.over; i++) {
			const char *k = keys[screen_dice(&d) %
			    ARRAY_LEN(keys)];

			pair_key(&p, k);
			if (screen_dice(&d) % 32 == 0)
				pair_resize(&p, screen_dice(&d));
			if (!p.served.over && !p.native.over)
				assert_same(&p, seed, i, k);
		}
		assert_int_equal(p.served.over, p.native.over);
		screen_stop(&p.served);
		screen_stop(&p.native);
		assert_int_equal(p.served.status, p.native.status);
	}
}

/* The control: one key more on one of them is seen. */
static void
one_key_more_is_another_screen(void **st)
{
	struct pair p;

	(void)st;
	pair_start(&p, 1);
	screen_type(&p.native, "j");
	assert_false(cell_is(&p.served, &p.native, 4, 0));
	screen_stop(&p.served);
	screen_stop(&p.native);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STATE(the_same_keys_give_the_same_cells),
		STATE(one_key_more_is_another_screen),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
