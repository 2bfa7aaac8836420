/* SPDX-License-Identifier: ISC */
/*
 * app_pref.c - how this person wants Pauta: what was chosen is told at the
 * door, and what is chosen here holds at once.  The bell and what was copied
 * wait here until the next drawing takes them to the terminal.
 */
#include "app_own.h"

#include "doc.h"
#include "i18n.h"

const char *
app_pref(const struct app *a, const char *id)
{
	return doc_text(doc_part(a->me, "preferences"), id);
}

void
app_prefer(struct app *a, const char *id, const char *value)
{
	json_t *prefs = doc_part(a->me, "preferences");
	const char *asked = getenv("PAUTA_LANG");

	if (prefs == NULL) {
		prefs = json_object();
		json_object_set_new(a->me, "preferences", prefs);
	}
	json_object_set_new(prefs, id, json_string(value));
	if (strcmp(id, "language") == 0)
		i18n_use(strcmp(value, "auto") != 0 ? value :
		    asked != NULL ? asked : i18n_asked());
}

void
app_bell(struct app *a)
{
	a->bell = strcmp(app_pref(a, "bell"), "yes") == 0;
}

void
app_copy(struct app *a, const char *text)
{
	free(a->copied);
	a->copied = strcmp(app_pref(a, "clipboard"), "yes") == 0 ?
	    xstrdup(text) : NULL;
}

void
pref_draw(struct app *a)
{
	const char *theme = app_pref(a, "theme");

	free(a->given);
	a->given = a->copied;
	a->copied = NULL;
	a->grid.theme = strcmp(theme, "mono") == 0 ? THEME_MONO :
	    strcmp(theme, "contrast") == 0 ? THEME_CONTRAST : THEME_NORMAL;
	a->grid.mouse = strcmp(app_pref(a, "mouse"), "yes") == 0;
	a->grid.ring = a->bell;
	a->grid.copied = a->given;
	a->bell = false;
}

void
app_set_colours(struct app *a, int n)
{
	a->colours = n;
}

const char *
app_picture_mode(const struct app *a)
{
	if (app_is_ascii(a))
		return "ascii";
	if (a->grid.theme != THEME_NORMAL || a->colours < 16)
		return "mono";
	return a->colours < 256 ? "16" : "256";
}
