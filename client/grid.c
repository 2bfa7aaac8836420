/* SPDX-License-Identifier: ISC */
/* grid.c - see grid.h. */
#include "grid.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

enum { GRID_LINE = 4096 };	/* bytes that can fill the widest row */

void
grid_init(struct grid *g, int cols, int rows)
{
	assert(cols > 0 && rows > 0);
	memset(g, 0, sizeof *g);
	g->rows = rows;
	g->cols = cols;
	g->cells = xcalloc((size_t)rows * (size_t)cols, sizeof *g->cells);
	grid_erase(g);
}

void
grid_clear(struct grid *g)
{
	free(g->cells);
	memset(g, 0, sizeof *g);
}

void
grid_erase(struct grid *g)
{
	int i;

	for (i = 0; i < g->rows * g->cols; i++)
		g->cells[i] = (struct cell){ ' ', 1, GRID_PLAIN, 0, 0 };
	g->cur_row = g->cur_col = 0;
	g->late = (struct late){ 0, 0, 0 };
}

static struct cell *
grid_at(struct grid *g, int row, int col)
{
	return &g->cells[(size_t)row * (size_t)g->cols + (size_t)col];
}

/* Write one character; a wide one that loses a half leaves a blank. */
static void
grid_set(struct grid *g, int row, int col, int width, int attr, int32_t cp)
{
	struct cell *c = grid_at(g, row, col);

	if (c->width == 0 && col > 0)
		c[-1] = (struct cell){ ' ', 1, c[-1].attr, 0, 0 };
	if (col + width < g->cols && c[width].width == 0)
		c[width] = (struct cell){ ' ', 1, c[width].attr, 0, 0 };
	*c = (struct cell){ cp, (uint8_t)width, (uint8_t)attr, 0, 0 };
	if (width == 2)
		c[1] = (struct cell){ 0, 0, (uint8_t)attr, 0, 0 };
}

/* Put text already made safe; len bytes of it. */
static int
grid_put_safe(struct grid *g, int row, int col, int width, int attr,
    const char *s, size_t len)
{
	const char *end = s + len;
	int used = 0, w;
	int32_t cp;

	if (row < 0 || row >= g->rows || col < 0 || col >= g->cols)
		return 0;
	if (width < 0 || width > g->cols - col)
		width = g->cols - col;
	while (s < end && *s != '\0') {
		cp = text_next(&s);
		if (cp == '\n' || cp == '\t')
			cp = ' ';
		if ((w = text_cp_width(cp)) == 0)
			continue;
		if (used + w > width)
			break;
		grid_set(g, row, col + used, w, attr, cp);
		used += w;
	}
	return used;
}

int
grid_put(struct grid *g, int row, int col, int width, int attr,
    const char *text)
{
	char safe[GRID_LINE];
	size_t n;

	if (text == NULL)
		return 0;
	n = text_safe(text, safe, sizeof safe, TEXT_LINES);
	return grid_put_safe(g, row, col, width, attr, safe, n);
}

int
grid_cell(struct grid *g, int row, int col, int width, int attr,
    const char *text)
{
	int used = grid_put(g, row, col, width, attr, text);
	bool cut = text != NULL && used > 0 && text_width(text) > used;

	if (cut && used < width)
		used++;			/* half of a wide one had no room */
	if (cut && col + used <= g->cols)
		grid_set(g, row, col + used - 1, 1, attr,
		    g->ascii ? '~' : 0x2026);
	return used;
}

int
grid_paint(struct grid *g, int row, int col, int width, int ink, int paper,
    const char *text)
{
	int n = grid_put(g, row, col, width, GRID_PLAIN, text), i;
	struct cell *c;

	for (i = 0; i < n && (c = grid_at(g, row, col + i)) != NULL; i++) {
		c->ink = (int16_t)(ink + 1);
		c->paper = (int16_t)(paper + 1);
	}
	return n;
}

int
grid_putf(struct grid *g, int row, int col, int width, int attr,
    const char *fmt, ...)
{
	char line[GRID_LINE];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	text_cut(line);
	return grid_put(g, row, col, width, attr, line);
}

const char *
grid_break(const char *s, int width, size_t *len)
{
	const char *at = s, *before, *space = NULL;
	int w = 0;

	while (*at != '\0' && *at != '\n') {
		before = at;
		if (*at == ' ')
			space = at;
		w += text_cp_width(text_next(&at));
		if (w <= width || *before == ' ')
			continue;
		if (space != NULL) {
			*len = (size_t)(space - s);
			return space + 1;
		}
		if (before == s)	/* narrower than one character */
			before = at;
		*len = (size_t)(before - s);
		return before;
	}
	*len = (size_t)(at - s);
	return *at == '\n' ? at + 1 : at;
}

int
grid_wrap(struct grid *g, int row, int col, int width, int rows, int first,
    int attr, const char *text)
{
	size_t size = strlen(text) * 10 + 1, len;
	char *safe = xcalloc(size, 1);
	const char *s = safe, *next;
	int n = 0, shown;

	text_safe(text, safe, size, TEXT_LINES);
	while (*s != '\0') {
		next = grid_break(s, width, &len);
		shown = n - first;
		if (rows > 0 && shown >= rows)
			break;
		if (rows > 0 && shown >= 0)
			grid_put_safe(g, row + shown, col, width, attr, s, len);
		n++;
		s = next;
	}
	free(safe);
	return n > first ? n - first : 0;
}

void
grid_rule(struct grid *g, int row, int col, int width)
{
	int i;

	if (row < 0 || row >= g->rows || col < 0)
		return;
	if (width < 0 || width > g->cols - col)
		width = g->cols - col;
	for (i = 0; i < width; i++)
		grid_set(g, row, col + i, 1, GRID_PLAIN,
		    g->ascii ? '-' : 0x2500);
}

void
grid_box(struct grid *g, int row, int col, int height, int width)
{
	static const int32_t lines[] = { 0x250c, 0x2510, 0x2514, 0x2518, 0x2502 };
	int32_t side = g->ascii ? '|' : lines[4];
	int i, k, bottom = row + height - 1, right = col + width - 1;

	if (row < 0 || col < 0 || height < 2 || width < 2 ||
	    bottom >= g->rows || right >= g->cols)
		return;
	for (i = row + 1; i < bottom; i++) {
		for (k = col + 1; k < right; k++)
			grid_set(g, i, k, 1, GRID_PLAIN, ' ');
		grid_set(g, i, col, 1, GRID_PLAIN, side);
		grid_set(g, i, right, 1, GRID_PLAIN, side);
	}
	grid_rule(g, row, col, width);
	grid_rule(g, bottom, col, width);
	grid_set(g, row, col, 1, 0, g->ascii ? '+' : lines[0]);
	grid_set(g, row, right, 1, 0, g->ascii ? '+' : lines[1]);
	grid_set(g, bottom, col, 1, 0, g->ascii ? '+' : lines[2]);
	grid_set(g, bottom, right, 1, 0, g->ascii ? '+' : lines[3]);
}

void
grid_attr_row(struct grid *g, int row, int attr)
{
	int i;

	if (row < 0 || row >= g->rows)
		return;
	for (i = 0; i < g->cols; i++)
		grid_at(g, row, i)->attr |= (uint8_t)attr;
}

void
grid_late(struct grid *g, int row, int col, int rows)
{
	if (row + rows > g->rows)
		rows = g->rows - row;
	g->late = (struct late){ row, col, rows < 0 ? 0 : rows };
}

void
grid_cursor(struct grid *g, int row, int col)
{
	g->cur_row = row < 0 ? 0 : row >= g->rows ? g->rows - 1 : row;
	g->cur_col = col < 0 ? 0 : col >= g->cols ? g->cols - 1 : col;
}

char *
grid_text(const struct grid *g)
{
	size_t size = (size_t)g->rows * ((size_t)g->cols * 4 + 1) + 1, n = 0;
	char *out = xcalloc(size, 1);
	const struct cell *c = g->cells;
	int row, col;

	for (row = 0; row < g->rows; row++) {
		for (col = 0; col < g->cols; col++, c++)
			if (c->width > 0)
				n += text_put(c->cp, out + n);
		out[n++] = '\n';
	}
	return out;
}

int32_t
grid_ascii(int32_t cp)
{
	static const char latin[] =	/* U+00A0 .. U+00FF */
	    " !cLoY|S\"ca<--r-o+23'uP.,1o>424?"
	    "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYPs"
	    "aaaaaaaceeeeiiiidnooooo/ouuuuypy";
	static const struct { int32_t cp; char sign; } signs[] = {
		{ 0x2500, '-' }, { 0x2502, '|' }, { 0x250c, '+' },
		{ 0x2510, '+' }, { 0x2514, '+' }, { 0x2518, '+' },
		{ 0x2010, '-' }, { 0x2011, '-' }, { 0x2013, '-' },
		{ 0x2014, '-' }, { 0x2018, '\'' }, { 0x2019, '\'' },
		{ 0x201c, '"' }, { 0x201d, '"' }, { 0x2022, '*' },
		{ 0x2026, '.' }, { 0x2190, '<' }, { 0x2192, '>' },
		{ 0x2191, '^' }, { 0x2193, 'v' }, { 0x20ac, 'E' },
		{ 0x2713, 'x' }, { 0x25cf, 'o' }
	};
	size_t i;

	if (cp < 0x80)
		return cp;
	if (cp >= 0xa0 && cp <= 0xff)
		return latin[cp - 0xa0];
	for (i = 0; i < ARRAY_LEN(signs); i++)
		if (signs[i].cp == cp)
			return signs[i].sign;
	return '?';
}
