/* SPDX-License-Identifier: ISC */
/* cursor.c - see cursor.h. */
#include "cursor.h"

static void
cursor_move(struct cursor *c, int to)
{
	if (to >= c->count)
		to = c->count - 1;
	c->at = to < 0 ? 0 : to;
}

bool
cursor_key(struct cursor *c, int32_t key)
{
	int page = c->page > 1 ? c->page - 1 : 1;

	switch (key) {
	case K_UP:
	case 'k':
		cursor_move(c, c->at - 1);
		return true;
	case K_DOWN:
	case 'j':
		cursor_move(c, c->at + 1);
		return true;
	case K_PGUP:
	case K_F7:
		cursor_move(c, c->at - page);
		return true;
	case K_PGDN:
	case K_F8:
		cursor_move(c, c->at + page);
		return true;
	case K_HOME:
	case 'g':
		cursor_move(c, 0);
		return true;
	case K_END:
	case 'G':
		cursor_move(c, c->count - 1);
		return true;
	default:
		return false;
	}
}

void
cursor_fit(struct cursor *c, int count)
{
	c->count = count;
	cursor_move(c, c->at);
}

void
cursor_show(struct cursor *c, int rows)
{
	c->page = rows;
	if (c->top > c->at)
		c->top = c->at;
	if (c->at >= c->top + rows)
		c->top = c->at - rows + 1;
	if (c->top > 0 && c->top + rows > c->count)
		c->top = c->count > rows ? c->count - rows : 0;
}

void
cursor_mark(const struct cursor *c, struct grid *g, int i, int y)
{
	if (i != c->at)
		return;
	(void)grid_put(g, y, 0, 1, GRID_PLAIN, ">");
	grid_cursor(g, y, 0);
}
