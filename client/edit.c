/* SPDX-License-Identifier: ISC */
/*
 * edit.c - see edit.h.
 *
 * The text is one run of bytes; what a page looks like is computed from it
 * each time (edit_line finds the next row shown).  A step of undo is kept when
 * the kind of change differs from the last one, so that a word typed is one.
 */
#include "edit.h"

#include <stdlib.h>
#include <string.h>

#include "keys.h"
#include "text.h"

enum { RUN_NONE, RUN_TYPE, RUN_BLANK, RUN_ERASE, RUN_PASTE };

void
edit_init(struct edit *e, size_t max, bool lines)
{
	memset(e, 0, sizeof *e);
	e->text = xstrdup("");
	e->max = max;
	e->lines = lines;
	e->width = lines ? 40 : 0;
}

static void
edit_forget(struct edit *e)
{
	while (e->undo_count > 0)
		free(e->undo[--e->undo_count].text);
	e->run = RUN_NONE;
}

void
edit_clear(struct edit *e)
{
	edit_forget(e);
	free(e->text);
	memset(e, 0, sizeof *e);
}

void
edit_set(struct edit *e, const char *text)
{
	edit_forget(e);
	free(e->text);
	e->text = xstrdup(text == NULL ? "" : text);
	e->len = strlen(e->text);
	e->room = 0;
	e->changes++;
	if (e->len > e->max) {
		e->text[e->max] = '\0';
		text_cut(e->text);
		e->len = strlen(e->text);
	}
	e->cursor = e->len;
	e->first = 0;
	e->full = false;
}

/* Cells that one character takes when shown, replaced or not. */
static int
edit_cells(const char *s, size_t n)
{
	char one[8] = "", safe[16];

	if (n == 1 && *s >= ' ' && *s < 0x7f)
		return 1;
	memcpy(one, s, n < sizeof one ? n : sizeof one - 1);
	text_safe(one, safe, sizeof safe, TEXT_LINES);
	return text_width(safe);
}

/* Where the character after (before) pos begins; marks stay with letters. */
static size_t
edit_next(const struct edit *e, size_t pos)
{
	const char *s = e->text + pos, *at;
	int32_t cp;

	if (*s != '\0')
		text_next(&s);
	while (*s != '\0') {
		at = s;
		cp = text_next(&s);
		if (cp != '\n' && text_cp_width(cp) == 0 && cp >= 0x300 &&
		    cp < 0x370)
			continue;
		return (size_t)(at - e->text);
	}
	return e->len;
}

static size_t
edit_prev(const struct edit *e, size_t pos)
{
	size_t start, at = 0;

	/* A character and its marks span at most a few dozen bytes. */
	start = pos > 64 ? pos - 64 : 0;
	while (start < pos && start > 0 &&
	    ((unsigned char)e->text[start] & 0xc0) == 0x80)
		start++;
	for (at = start; at < pos;) {
		start = at;
		at = edit_next(e, at);
	}
	return start;
}

static void
edit_remember(struct edit *e, int run)
{
	unsigned n = ARRAY_LEN(e->undo);

	if (run == e->run)
		return;
	/* A blank ends a word but belongs to the step of that word. */
	if (run == RUN_BLANK && e->run == RUN_TYPE) {
		e->run = run;
		return;
	}
	e->run = run;
	if (e->undo_count == n) {
		free(e->undo[0].text);
		memmove(e->undo, e->undo + 1, (n - 1) * sizeof e->undo[0]);
		e->undo_count--;
	}
	e->undo[e->undo_count].text = xstrdup(e->text);
	e->undo[e->undo_count++].cursor = e->cursor;
}

static void
edit_undo(struct edit *e)
{
	if (e->undo_count == 0)
		return;
	e->undo_count--;
	free(e->text);
	e->text = e->undo[e->undo_count].text;
	e->len = strlen(e->text);
	e->cursor = e->undo[e->undo_count].cursor;
	e->room = 0;
	e->changes++;
	e->run = RUN_NONE;
}

/* Put n bytes in place of those from..to; the cursor ends behind them. */
static bool
edit_replace(struct edit *e, size_t from, size_t to, const char *s, size_t n)
{
	size_t left = e->len - to;

	if (from + n + left > e->max) {
		e->full = true;
		return false;
	}
	if (from + n > to && from + n + left >= e->room) {
		e->room = (from + n + left + 1) * 2;
		e->text = xrealloc(e->text, e->room, 1);
	}
	e->changes++;
	memmove(e->text + from + n, e->text + to, left + 1);
	memcpy(e->text + from, s, n);
	e->len = from + n + left;
	e->cursor = from + n;
	return true;
}

static void
edit_erase(struct edit *e, size_t from, size_t to)
{
	if (from == to)
		return;
	edit_remember(e, RUN_ERASE);
	edit_replace(e, from, to, "", 0);
}

/* A mark (an accent typed after its letter) joins the letter: NFC. */
static void
edit_join(struct edit *e, const char *mark, size_t n)
{
	size_t from = edit_prev(e, e->cursor);
	struct why why;
	char *nfc, *both;

	if (from == e->cursor)
		return;
	both = xasprintf("%.*s%.*s", (int)(e->cursor - from), e->text + from,
	    (int)n, mark);
	if (text_take(both, strlen(both), e->max, TEXT_LINES, &nfc, &why) == 0) {
		edit_remember(e, RUN_TYPE);
		edit_replace(e, from, e->cursor, nfc, strlen(nfc));
		free(nfc);
	}
	free(both);
}

static void
edit_insert(struct edit *e, int32_t cp)
{
	char s[5] = "";
	size_t n = text_put(cp, s);

	if (text_hidden(s) > 0)
		return;
	if (cp != '\n' && text_cp_width(cp) == 0) {
		edit_join(e, s, n);
		return;
	}
	if (e->len + n > e->max) {
		e->full = true;
		return;
	}
	edit_remember(e, e->pasting ? RUN_PASTE :
	    cp == ' ' || cp == '\n' ? RUN_BLANK : RUN_TYPE);
	edit_replace(e, e->cursor, e->cursor, s, n);
}

static size_t
edit_word_left(const struct edit *e)
{
	size_t at = e->cursor;

	while (at > 0 && strchr(" \n", e->text[at - 1]) != NULL)
		at--;
	while (at > 0 && strchr(" \n", e->text[at - 1]) == NULL)
		at--;
	return at;
}

/* ---- rows of a page ---- */

/* The row that begins at pos: its bytes in *len; returns the next row. */
static size_t
edit_line(const struct edit *e, size_t pos, size_t *len)
{
	size_t at = pos, blank = 0, next;
	int w = 0;

	while (at < e->len && e->text[at] != '\n') {
		next = edit_next(e, at);
		w += edit_cells(e->text + at, next - at);
		if (w > e->width && e->text[at] != ' ' && at > pos) {
			if (blank > pos)
				at = blank;
			*len = at - pos;
			return at;
		}
		if (e->text[at] == ' ')
			blank = next;
		at = next;
	}
	*len = at - pos;
	return at < e->len ? at + 1 : at;
}

/* The row and the column where the cursor is; *start is that row's. */
static int
edit_where(const struct edit *e, size_t *start, int *col)
{
	size_t pos = 0, next, len, at;
	int row = 0;

	for (;; row++, pos = next) {
		next = edit_line(e, pos, &len);
		if (e->cursor < next || next >= e->len)
			break;
	}
	if (next == e->len && e->cursor == e->len && e->len > 0 &&
	    e->text[e->len - 1] == '\n' && next > pos) {
		pos = e->len;
		row++;
	}
	*start = pos;
	*col = 0;
	for (at = pos; at < e->cursor; at = edit_next(e, at))
		*col += edit_cells(e->text + at, edit_next(e, at) - at);
	return row;
}

/* The cursor to the given column of the row that begins at pos. */
static void
edit_aim(struct edit *e, size_t pos, int col)
{
	size_t len, at = pos, next, end;
	int w = 0;

	next = edit_line(e, pos, &len);
	end = pos + len;
	if (end == next && end < e->len && end > pos)
		end = edit_prev(e, end);	/* stay on this row */
	while (at < end) {
		w += edit_cells(e->text + at, edit_next(e, at) - at);
		if (w > col)
			break;
		at = edit_next(e, at);
	}
	e->cursor = at;
}

static bool
edit_up_down(struct edit *e, int by)
{
	size_t pos = 0, start, next, len;
	int row, col, i;

	if (!e->lines)
		return false;
	row = edit_where(e, &start, &col) + by;
	if (row < 0)
		return false;
	for (i = 0; i < row; i++) {
		next = edit_line(e, pos, &len);
		if (next >= e->len &&
		    (next == pos || e->text[e->len - 1] != '\n' || i + 1 < row))
			return false;
		pos = next;
	}
	edit_aim(e, pos, col);
	e->run = RUN_NONE;
	return true;
}

static void
edit_home_end(struct edit *e, bool end)
{
	size_t start, len;
	int col;

	if (!e->lines) {
		e->cursor = end ? e->len : 0;
		return;
	}
	edit_where(e, &start, &col);
	edit_line(e, start, &len);
	edit_aim(e, start, end ? e->width * 2 : 0);
}

static bool
edit_move(struct edit *e, int32_t key)
{
	switch (key) {
	case K_LEFT:
		e->cursor = edit_prev(e, e->cursor);
		break;
	case K_RIGHT:
		e->cursor = edit_next(e, e->cursor);
		break;
	case K_HOME:
	case K_END:
		edit_home_end(e, key == K_END);
		break;
	case K_UP:
	case K_DOWN:
		return edit_up_down(e, key == K_UP ? -1 : 1);
	default:
		return false;
	}
	e->run = RUN_NONE;
	return true;
}

static bool
edit_paste(struct edit *e, int32_t key)
{
	if (key == K_PASTE_END) {
		e->pasting = false;
		e->run = RUN_NONE;
	} else if (key == K_ENTER || key == K_TAB) {
		edit_insert(e, key == K_ENTER && e->lines ? '\n' : ' ');
	} else if (key >= ' ' && key < K_BASE) {
		edit_insert(e, key);
	}
	return true;
}

bool
edit_key(struct edit *e, int32_t key)
{
	if (e->pasting)
		return edit_paste(e, key);
	e->full = false;
	if (key >= ' ' && key < K_BASE) {
		edit_insert(e, key);
		return true;
	}
	switch (key) {
	case K_PASTE_BEGIN:
		e->pasting = true;
		e->run = RUN_NONE;
		return true;
	case K_ENTER:
		if (e->lines)
			edit_insert(e, '\n');
		return e->lines;
	case K_BACKSPACE:
		edit_erase(e, edit_prev(e, e->cursor), e->cursor);
		return true;
	case K_DELETE:
		edit_erase(e, e->cursor, edit_next(e, e->cursor));
		return true;
	case K_CTRL_W:
		edit_erase(e, edit_word_left(e), e->cursor);
		return true;
	case K_CTRL_U:
		e->run = RUN_NONE;
		edit_erase(e, 0, e->len);
		e->run = RUN_NONE;
		return true;
	case K_CTRL_Z:
		edit_undo(e);
		return true;
	default:
		return edit_move(e, key);
	}
}

static void
edit_draw_line(struct edit *e, struct grid *g, int row, int col, int width,
    bool focus)
{
	size_t at, next;
	int before = 0, from = 0;

	for (at = 0; at < e->cursor; at = next) {
		next = edit_next(e, at);
		before += edit_cells(e->text + at, next - at);
	}
	if (!focus)
		e->first = 0;		/* it is read from its beginning */
	else if (before < e->first)
		e->first = before > width / 2 ? before - width / 2 : 0;
	if (focus && before >= e->first + width)
		e->first = before - width + 1 + width / 4;
	for (at = 0; at < e->len && from < e->first; at = next) {
		next = edit_next(e, at);
		from += edit_cells(e->text + at, next - at);
	}
	grid_putf(g, row, col, width, GRID_PLAIN, "%*s", width, "");
	if (from - e->first < width)
		grid_put(g, row, col + from - e->first,
		    width - (from - e->first), GRID_PLAIN, e->text + at);
	if (focus)
		grid_cursor(g, row, col + before - e->first);
}

void
edit_draw(struct edit *e, struct grid *g, int row, int col, int width,
    int rows, bool focus)
{
	size_t pos = 0, next, len, start;
	int i, at_row, at_col;
	char *s;

	if (!e->lines) {
		edit_draw_line(e, g, row, col, width, focus);
		return;
	}
	e->width = width > 1 ? width - 1 : 1;	/* the cursor needs a cell */
	at_row = edit_where(e, &start, &at_col);
	if (at_row < e->first)
		e->first = at_row;
	if (at_row >= e->first + rows)
		e->first = at_row - rows + 1;
	if (!focus)
		e->first = 0;		/* it is read from its beginning */
	for (i = 0; i < e->first; i++)
		pos = edit_line(e, pos, &len);
	for (i = 0; i < rows; i++, pos = next) {
		next = edit_line(e, pos, &len);
		s = xasprintf("%.*s", (int)len, e->text + pos);
		grid_putf(g, row + i, col, width, GRID_PLAIN, "%*s", width, "");
		grid_put(g, row + i, col, width, GRID_PLAIN, s);
		free(s);
	}
	if (focus)
		grid_cursor(g, row + at_row - e->first,
		    col + (at_col < width ? at_col : width - 1));
}
