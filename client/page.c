/* SPDX-License-Identifier: ISC */
/* page.c - see page.h. */
#include "page.h"

#include <stdarg.h>

#include "keys.h"

void
page_erase(struct page *p)
{
	unsigned i;

	for (i = 0; i < p->count; i++)
		free(p->rows[i].text);
	p->count = 0;
}

void
page_clear(struct page *p)
{
	page_erase(p);
	free(p->rows);
	memset(p, 0, sizeof *p);
}

unsigned
page_add(struct page *p, char sign, int indent, int attr, const char *text)
{
	p->rows = xrealloc(p->rows, p->count + 1, sizeof *p->rows);
	p->rows[p->count] = (struct page_row){
		.sign = sign,
		.indent = indent,
		.attr = attr,
		.text = xstrdup(text),
	};
	return p->count++;
}

unsigned
page_addf(struct page *p, char sign, int indent, int attr, const char *fmt,
    ...)
{
	va_list ap;
	char *text;
	unsigned i;

	va_start(ap, fmt);
	text = xvasprintf(fmt, ap);
	va_end(ap);
	i = page_add(p, sign, indent, attr, text);
	free(text);
	return i;
}

void
page_mark(struct page *p)
{
	if (p->count > 0)
		p->rows[p->count - 1].mark = true;
}

void
page_label(struct page *p, const char *label)
{
	if (p->count > 0)
		p->rows[p->count - 1].label = label;
}

/* Wrapped lines of one paragraph; an empty one is a blank line. */
static int
page_row_height(const struct page_row *r, struct grid *g)
{
	int n = grid_wrap(g, 0, r->indent, g->cols - r->indent - 1, 0, 0,
	    r->attr, r->text);

	return n < 1 ? 1 : n;
}

static void
page_limit(struct page *p)
{
	if (p->top > p->height - p->shown)
		p->top = p->height - p->shown;
	if (p->top < 0)
		p->top = 0;
}

void
page_draw(struct page *p, struct grid *g, int row, int rows)
{
	unsigned i;
	int y = 0;

	p->shown = rows;
	p->width = g->cols;
	p->height = 0;
	for (i = 0; i < p->count; i++)
		p->height += page_row_height(&p->rows[i], g);
	page_limit(p);
	for (i = 0; i < p->count && y < p->top + rows; i++) {
		const struct page_row *r = &p->rows[i];
		int high = page_row_height(r, g);
		int skip = y < p->top ? p->top - y : 0;
		int at = row + (y < p->top ? 0 : y - p->top);

		y += high;
		if (skip >= high)
			continue;
		if (skip == 0 && r->sign != ' ')
			(void)grid_putf(g, at, 0, 1, r->attr, "%c", r->sign);
		if (skip == 0 && r->label != NULL)
			(void)grid_put(g, at, 1, -1, GRID_BOLD, r->label);
		(void)grid_wrap(g, at, r->indent, g->cols - r->indent - 1,
		    row + rows - at, skip, r->attr, r->text);
	}
}

bool
page_key(struct page *p, int32_t key, bool arrows)
{
	int page = p->shown > 1 ? p->shown - 1 : 1;

	if (key == K_PGUP || key == K_F7)
		p->top -= page;
	else if (key == K_PGDN || key == K_F8)
		p->top += page;
	else if (arrows && key == K_UP)
		p->top--;
	else if (arrows && key == K_DOWN)
		p->top++;
	else if (arrows && key == K_HOME)
		p->top = 0;
	else if (arrows && key == K_END)
		p->top = p->height;
	else
		return false;
	page_limit(p);
	return true;
}

int
page_marks(const struct page *p)
{
	unsigned i;
	int n = 0;

	for (i = 0; i < p->count; i++)
		n += p->rows[i].mark;
	return n;
}

bool
page_scroll(int *top, int32_t key)
{
	if (key == K_DOWN || key == K_PGDN)
		*top += key == K_DOWN ? 1 : 10;
	else if (key == K_UP || key == K_PGUP)
		*top -= key == K_UP ? 1 : 10;
	else
		return false;
	*top = *top < 0 ? 0 : *top;
	return true;
}

int
page_next(struct page *p, int at, int by)
{
	struct grid g;
	int n = page_marks(p), seen = 0, y = 0;
	unsigned i;

	at += by;
	if (at >= n)
		at = n - 1;
	if (at < 0)
		at = 0;
	grid_init(&g, p->width > 0 ? p->width : COLS_MIN, 1);
	for (i = 0; i < p->count; i++) {
		if (p->rows[i].mark && seen++ == at)
			break;
		y += page_row_height(&p->rows[i], &g);
	}
	grid_clear(&g);
	p->top = y;
	page_limit(p);
	return at;
}
