/* SPDX-License-Identifier: ISC */
/*
 * app_line.c - the line to the terminal.  When each byte on it is waited for,
 * rules are ASCII and news come every five seconds; on any, details come when
 * the finger rests.  It is measured (control line "R ms"), unless the person says.
 */
#include "app_own.h"

#include <string.h>

#include "i18n.h"

enum { LINE_SLOW_MS = 150, LINE_FAST_MS = 100 };

bool
app_is_slow(const struct app *a)
{
	return a->slow_said == SLOW_AUTO ? a->slow : a->slow_said == SLOW_ON;
}

static bool
line_asks_late(const struct app *a)
{
	const struct view *v = app_top(a);

	return v != NULL && v->class->on_rest != NULL;
}

int
app_rest_ms(const struct app *a)
{
	bool waits = a->told_by != NULL || line_asks_late(a);

	return a->resting || !waits || app_is_slow(a) ? -1 : APP_REST;
}

void
app_rest(struct app *a)
{
	bool first = !a->resting;

	a->resting = true;
	if (first && line_asks_late(a) && a->popup.kind == POPUP_NONE)
		app_top(a)->class->on_rest(app_top(a));
}

static void
line_cells(struct grid *to, const struct grid *from)
{
	const struct late *at = &from->late;
	size_t n = (size_t)(from->cols - at->col) * sizeof *from->cells;
	int i;

	for (i = at->row; i < at->row + at->rows; i++)
		memcpy(&to->cells[i * to->cols + at->col],
		    &from->cells[i * from->cols + at->col], n);
}

/* While the finger moves, the details stay as they were shown; news of what it
 * points at are shown at once. */
void
line_draw_late(struct app *a, const void *by)
{
	struct grid *g = &a->grid, *old = &a->told;
	bool same = a->told_by == by && old->rows == g->rows &&
	    old->cols == g->cols && old->ascii == g->ascii &&
	    memcmp(&old->late, &g->late, sizeof g->late) == 0;

	if (g->late.rows == 0) {
		a->told_by = NULL;
	} else if (same && !a->resting && old->cur_row != g->cur_row) {
		line_cells(g, old);
	} else {
		grid_clear(old);
		grid_init(old, g->cols, g->rows);
		old->ascii = g->ascii;
		old->late = g->late;
		old->cur_row = g->cur_row;
		line_cells(old, g);
		a->told_by = by;
	}
}

void
app_set_round_trip(struct app *a, int ms)
{
	/* Between the two it stays as it is, so that it does not flutter. */
	if (ms > LINE_SLOW_MS)
		a->slow = true;
	else if (ms < LINE_FAST_MS)
		a->slow = false;
	a->grid.ascii = app_is_ascii(a);
}

void
app_toggle_slow(struct app *a)
{
	a->slow_said = app_is_slow(a) ? SLOW_OFF : SLOW_ON;
	a->grid.ascii = app_is_ascii(a);
	app_say(a, false, "%s", app_is_slow(a) ?
	    _("Modo lento: se dibuja lo menos posible.") :
	    _("Modo normal: se dibuja todo."));
}

/* ---- news ---- */

void
app_set_clock(struct app *a, struct when now)
{
	a->clock = now;
}

static void
line_note(struct app *a, int k, const char *const *folios, size_t n)
{
	size_t i;

	if (a->pushed[k] == NULL)
		a->pushed[k] = json_array();
	if (n == 0 && a->stack[k]->folio != NULL)
		json_array_append_new(a->pushed[k],
		    json_string(a->stack[k]->folio));
	for (i = 0; i < n && json_array_size(a->pushed[k]) < 4096; i++)
		json_array_append_new(a->pushed[k], json_string(folios[i]));
}

void
app_on_push(struct app *a, int64_t seq, const char *const *folios, size_t n)
{
	int k;

	(void)seq;
	for (k = 0; k < a->depth; k++)
		line_note(a, k, folios, n);
	a->push_waits = app_is_slow(a) &&
	    a->clock.s < a->pushed_at.s + APP_PUSH;
	if (!a->push_waits) {
		a->pushed_at = a->clock;
		app_uncover(a);
	}
	app_settle(a);
}

void
app_note(struct app *a, const char *folio)
{
	int k;

	for (k = 0; k + 1 < a->depth; k++)
		line_note(a, k, &folio, 1);
}

void
app_line_tick(struct app *a)
{
	if (!a->push_waits || a->clock.s < a->pushed_at.s + APP_PUSH)
		return;
	a->push_waits = false;
	a->pushed_at = a->clock;
	app_uncover(a);
}
