/* SPDX-License-Identifier: ISC */
/*
 * notas_ask.c - what a person types over the notes: a note, what is to be seen,
 * what is looked for.
 */
#include "doc.h"
#include "i18n.h"
#include "notas.h"

#include <stdlib.h>
#include <string.h>

enum { ASK_MEDIUM, ASK_TITLE, ASK_TEXT };
enum { ASK_NAME = 10, ASK_SEARCH };

void
notas_ask(struct view *v)
{
	struct notas *n = (struct notas *)v;
	struct line l = { 0 };

	if (n->state == NULL)
		n->state = "nueva";
	line_add(&l, "notas");
	line_addf(&l, "estado=%s", n->state);
	if (n->profile != NULL)
		line_addf(&l, "perfil=%s", n->profile);
	if (n->text != NULL)
		line_addf(&l, "texto=%s", n->text);
	line_ask(&l, v, TAG_LIST, false);
}

/* ---- typing one ---- */

static void notas_prompt(struct notas *, int);

static void
notas_on_typed(struct view *v, int tag, const char *text)
{
	struct notas *n = (struct notas *)v;
	struct line l = { 0 };

	if (tag != ASK_TEXT) {
		free(n->said[tag]);
		n->said[tag] = xstrdup(text);
		notas_prompt(n, tag + 1);
		return;
	}
	line_add(&l, "nota");
	line_addf(&l, "medio=%s", n->said[ASK_MEDIUM]);
	line_addf(&l, "titular=%s", n->said[ASK_TITLE]);
	line_addf(&l, "texto=%s", text);
	line_ask(&l, v, TAG_TYPED, true);
}

static void
notas_prompt(struct notas *n, int what)
{
	static const char *const titles[] = { N_("Anotar: medio"),
		N_("Anotar: titular"), N_("Anotar: texto") };
	static const char *const labels[] = {
		N_("Periódico, radio, portal o red donde se vio."),
		N_("Como lo dice el medio."),
		N_("Lo que importa de la nota; puede ir en blanco.") };

	/* The medium of the last one is there: they come one after another. */
	if (what == ASK_MEDIUM && n->said[ASK_MEDIUM] != NULL)
		app_prompt_keep(n->view.app, _(titles[what]),
		    n->said[ASK_MEDIUM]);
	app_prompt(&n->view, what, _(titles[what]), _(labels[what]),
	    what == ASK_TEXT, notas_on_typed);
}

void
notas_type(struct notas *n)
{
	notas_prompt(n, ASK_MEDIUM);
}

/* ---- filters and profiles ---- */

static void
notas_set(char **to, const char *text)
{
	free(*to);
	*to = text != NULL ? xstrdup(text) : NULL;
}

/* "nueva", or "=NAME" of a profile, "=" of any. */
static void
notas_on_filter(struct view *v, int tag, const char *choice)
{
	static const char *const states[] = { "nueva", "recogida",
		"comentario", "descartada", "todas" };
	struct notas *n = (struct notas *)v;
	size_t i;

	(void)tag;
	if (*choice == '=')
		notas_set(&n->profile, choice + 1);
	for (i = 0; i < ARRAY_LEN(states); i++)
		if (strcmp(states[i], choice) == 0) {
			n->state = states[i];
			notas_set(&n->profile, NULL);
			notas_set(&n->text, NULL);
		}
	notas_ask(v);
}

void
notas_filter(struct notas *n)
{
	json_t *items = json_array(), *list = doc_list(n->doc, "profiles");
	char *value;
	size_t i;

	app_choice(items, "nueva", "%s", _("Por atender"));
	app_choice(items, "recogida", "%s", _("Recogidas"));
	app_choice(items, "comentario", "%s", _("Comentarios"));
	app_choice(items, "descartada", "%s", _("Descartadas"));
	app_choice(items, "todas", "%s", _("Todas"));
	app_choice(items, "=", "%s", _("Las que encuentra algún perfil"));
	for (i = 0; i < json_array_size(list); i++) {
		value = xasprintf("=%s", doc_text(json_array_get(list, i),
		    "name"));
		app_choice(items, value, _("Perfil %s"), value + 1);
		free(value);
	}
	app_pick(&n->view, 0, _("Ver"), items, notas_on_filter);
	json_decref(items);
}

static void
notas_on_find(struct view *v, int tag, const char *text)
{
	struct notas *n = (struct notas *)v;

	(void)tag;
	notas_set(&n->text, text[strspn(text, " ")] == '\0' ? NULL : text);
	notas_ask(v);
}

void
notas_find(struct notas *n)
{
	app_prompt(&n->view, 0, _("Buscar en las notas"),
	    _("Palabras o \"frases\"; en blanco, se ven todas."), false,
	    notas_on_find);
}

static void notas_profile(struct notas *, int);

static void
notas_on_profile(struct view *v, int tag, const char *text)
{
	struct notas *n = (struct notas *)v;
	struct line l = { 0 };

	if (tag == ASK_NAME) {
		notas_set(&n->naming, text);
		notas_profile(n, ASK_SEARCH);
		return;
	}
	line_add(&l, "perfil");
	line_add(&l, n->naming);
	line_addf(&l, "busca=%s", text);
	line_ask(&l, v, TAG_PROFILE, true);
}

static void
notas_profile(struct notas *n, int what)
{
	const json_t *list = doc_list(n->doc, "profiles"), *one;
	char *title;
	size_t i;

	if (what == ASK_NAME) {
		app_prompt(&n->view, what, _("Perfil nuevo"),
		    _("Un nombre corto: Instituto, Hospitales, Pensiones."),
		    false, notas_on_profile);
		return;
	}
	title = xasprintf(_("Perfil %s"), n->naming);
	for (i = 0; i < json_array_size(list); i++) {
		one = json_array_get(list, i);
		if (strcmp(doc_text(one, "name"), n->naming) == 0)
			app_prompt_keep(n->view.app, title,
			    doc_text(one, "search"));
	}
	app_prompt(&n->view, what, title, _("Palabras, \"frases\", Y, O, NO, "
	    "CERCA/5 y paréntesis; en blanco, se quita."), false,
	    notas_on_profile);
	free(title);
}

static void
notas_on_profile_name(struct view *v, int tag, const char *name)
{
	struct notas *n = (struct notas *)v;

	(void)tag;
	if (*name == '\0') {
		notas_profile(n, ASK_NAME);
		return;
	}
	notas_set(&n->naming, name);
	notas_profile(n, ASK_SEARCH);
}

void
notas_profiles(struct notas *n)
{
	json_t *items = json_array(), *list = doc_list(n->doc, "profiles");
	const json_t *one;
	size_t i;

	for (i = 0; i < json_array_size(list); i++) {
		one = json_array_get(list, i);
		app_choice(items, doc_text(one, "name"), "%s: %s",
		    doc_text(one, "name"), doc_text(one, "search"));
	}
	app_choice(items, "", "%s", _("Perfil nuevo"));
	app_pick(&n->view, 0, _("Perfiles"), items, notas_on_profile_name);
	json_decref(items);
}
