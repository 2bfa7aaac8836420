/* SPDX-License-Identifier: ISC */
/*
 * app_line.c - the line to the terminal.  When each byte on it is waited for,
 * rules are ASCII, details come when the finger rests, and news every five
 * seconds.  It is measured (control line "R ms"), unless the person says.
 */
#include "app_own.h"

#include "i18n.h"

enum { LINE_SLOW_MS = 150, LINE_FAST_MS = 100 };

bool
app_is_slow(const struct app *a)
{
	return a->slow_said == SLOW_AUTO ? a->slow : a->slow_said == SLOW_ON;
}

bool
app_is_resting(const struct app *a)
{
	return a->awake <= APP_AWAKE - APP_IDLE;
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
