/* SPDX-License-Identifier: ISC */
/*
 * app_mouse.c - the mouse, for who wants it: it says no more than keys do.  The
 * wheel is an arrow; a click takes the finger to that row by arrows, and on the
 * row where the finger is, it is Enter.
 */
#include "app_own.h"

#include <string.h>

/* Is a finger shown?  It is a ">" under the cursor, in a list of any kind. */
static bool
mouse_has_finger(const struct grid *g)
{
	return g->rows > 0 && g->cells[(size_t)g->cur_row * (size_t)g->cols +
	    (size_t)g->cur_col].cp == '>';
}

/* By arrows until that row; true when it is reached. */
static bool
mouse_go(struct app *a, int row, int32_t key)
{
	int was, steps, down = key == K_DOWN ? 1 : -1;

	for (steps = 0; steps < a->grid.rows; steps++) {
		was = a->grid.cur_row;
		app_key(a, key);
		(void)app_draw(a);
		if (a->grid.cur_row == row)
			return true;
		if ((a->grid.cur_row - was) * down <= 0 ||
		    (a->grid.cur_row - row) * down > 0)
			break;
	}
	return false;
}

void
app_mouse(struct app *a, int32_t key, int row)
{
	int was;

	if (strcmp(app_pref(a, "mouse"), "yes") != 0)
		return;
	if (key == K_WHEEL_UP || key == K_WHEEL_DOWN) {
		app_key(a, key == K_WHEEL_UP ? K_UP : K_DOWN);
		return;
	}
	(void)app_draw(a);
	was = a->grid.cur_row;
	if (!mouse_has_finger(&a->grid))
		return;
	if (row == was)
		app_key(a, K_ENTER);
	else if (!mouse_go(a, row, row > was ? K_DOWN : K_UP) &&
	    a->grid.cur_row != was)
		(void)mouse_go(a, was, row > was ? K_UP : K_DOWN);
}
