/* SPDX-License-Identifier: ISC */
/*
 * app_link.c - the link to the core comes and goes.
 *
 *   (start) --Welcome--> up <--Welcome-- down
 *      |                  '---- lost ----^
 *      '-- none yet: begins with what the shelf has (app_shelf.c)
 */
#include "app_own.h"

#include <stdlib.h>

#include "doc.h"

void
app_attach(struct app *a, const struct app_link *link)
{
	a->link = *link;
}

void
app_welcome(struct app *a, const json_t *me, const char *place)
{
	const char *text = json_string_value(json_object_get(me, "now"));
	struct when now;

	json_decref(a->me);
	a->me = json_deep_copy(me);
	if (text != NULL && when_parse(text, &now) == 0)
		a->skew = now.s - a->clock.s;
	keep_meet(a);
	a->met = true;
	upload_tick(a);
	if (a->recalled && !a->touched)
		app_home(a);	/* where they are is what the server says */
	if (a->depth == 0 && a->views_count > 0)
		app_open(a, a->views[0], NULL, NULL);
	else if (!a->recalled || a->touched)
		place = NULL;
	a->recalled = false;
	place_restore(a, place);
	app_on_link(a, true, NULL);
}

/* The link is back: anything may have changed meanwhile. */
static void
app_on_up(struct app *a)
{
	if (a->place_untold) {
		free(a->place);
		a->place = NULL;
		a->place_untold = false;
	}
	ask_resend(a);
	a->keep_news = true;
}

void
app_on_link(struct app *a, bool up, const char *text)
{
	bool was = a->up;

	free(a->link_text);
	a->link_text = xstrdup(text);
	a->up = up;
	if (was && !up) {
		a->down_since = a->clock;
		keep_on_down(a);
	}
	if (!was && up)
		app_on_up(a);
	else if (!was && !up)	/* the first try failed too */
		keep_recall(a);
	app_settle(a);
}

bool
app_is_up(const struct app *a)
{
	return a->up;
}
