/* SPDX-License-Identifier: ISC */
/*
 * app_place.c - where this person is, so that a dropped line resumes there.
 *
 * A change of screen is told to the core at once; a change of field waits for
 * the next tick and one of the cursor until no key came for two seconds, so
 * that typing does not talk.
 */
#include "app_own.h"

#include <stdlib.h>
#include <string.h>

#include "i18n.h"

static const struct view_class *
place_class(const struct app *a, const char *name)
{
	size_t i;

	for (i = 0; name != NULL && i < a->views_count; i++)
		if (strcmp(a->views[i]->name, name) == 0)
			return a->views[i];
	return NULL;
}

/* The highest view that can be opened again by name. */
static struct view *
place_view(const struct app *a)
{
	int i = a->depth;

	while (i-- > 0)
		if (place_class(a, a->stack[i]->class->name) != NULL)
			return a->stack[i];
	return NULL;
}

/* The text of a pop-up, open or closed unanswered, is not lost either. */
static void
place_typed(const struct app *a, json_t *o)
{
	const struct popup *p = &a->popup;
	bool open = p->kind == POPUP_PROMPT;
	const char *title = open ? p->title : a->kept_for;
	const char *text = open ? p->edit.text : a->kept;

	if (title != NULL && text != NULL && *text != '\0')
		json_object_set_new(o, "typed", json_pack("{s:s,s:s}", "for",
		    title, "text", text));
}

static char *
place_text(struct view *v)
{
	json_t *o = json_pack("{s:s}", "screen", v->class->name);
	char *text;

	if (v->folio != NULL)
		json_object_set_new(o, "folio", json_string(v->folio));
	if (v->step != NULL)
		json_object_set_new(o, "step", json_string(v->step));
	if (v->class->place != NULL)
		v->class->place(v, o);
	place_typed(v->app, o);
	text = json_dumps(o, JSON_COMPACT | JSON_PRESERVE_ORDER);
	json_decref(o);
	return text;
}

/* Do two places say the same of all that is worth a word now? */
static bool
place_same(const char *a, const char *b, enum place_depth depth)
{
	static const char *const keys[] = { "screen", "folio", "step", "field",
		"cursor", "typed", "fields" };
	json_t *x = json_loads(a, 0, NULL), *y = json_loads(b, 0, NULL);
	size_t i, n = depth == PLACE_SCREEN ? 3 : depth == PLACE_FIELD ? 4 : 7;
	bool same = true;

	for (i = 0; i < n; i++) {
		json_t *p = json_object_get(x, keys[i]);
		json_t *q = json_object_get(y, keys[i]);

		same = same && (p == q || json_equal(p, q));
	}
	json_decref(x);
	json_decref(y);
	return same;
}

void
place_save(struct app *a, enum place_depth depth)
{
	struct view *v = place_view(a);
	const char *words[] = { "lugar", NULL, NULL };
	bool tell = a->up && a->link.send != NULL;
	char *text;

	if (v == NULL || (!tell && a->papers == NULL) ||
	    (text = place_text(v)) == NULL)
		return;
	if (a->place != NULL && place_same(a->place, text, depth)) {
		free(text);
		return;
	}
	free(a->place);
	a->place = text;
	keep_place(a, text);
	a->place_untold |= !tell;
	words[1] = text;
	if (tell)
		ask_send(a, NULL, 0, false, words);
}

void
place_restore(struct app *a, const char *text)
{
	json_t *o = text == NULL ? NULL : json_loads(text, 0, NULL);
	const char *folio = json_string_value(json_object_get(o, "folio"));
	const char *step = json_string_value(json_object_get(o, "step"));
	const json_t *typed = json_object_get(o, "typed");
	const struct view_class *class;
	struct view *v;

	if (typed != NULL && a->kept_for == NULL)
		app_prompt_keep(a,
		    json_string_value(json_object_get(typed, "for")),
		    json_string_value(json_object_get(typed, "text")));
	class = place_class(a, json_string_value(json_object_get(o, "screen")));
	if (class != NULL && class != a->views[0]) {
		a->place = xstrdup(text);
		app_open(a, class, folio, step);
		v = app_top(a);
		if (class->restore != NULL)
			class->restore(v, o);
		if (folio != NULL && step != NULL)
			app_say(a, false, _("De vuelta en %s paso %s."),
			    folio, step);
		else if (folio != NULL)
			app_say(a, false, _("De vuelta en %s."), folio);
	}
	json_decref(o);
}
