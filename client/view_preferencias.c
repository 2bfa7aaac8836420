/* SPDX-License-Identifier: ISC */
/* view_preferencias.c - language, colours, bell: each with what it may be. */
#include "cursor.h"
#include "doc.h"
#include "i18n.h"
#include "view.h"

enum { TAG_LIST, TAG_CHOSEN };
enum { DO_CHOOSE };

// clang-format off
static const struct action preferencias_actions[] = {
	{ K_ENTER, K_NONE, N_("Cambiar"), N_("Elige otro valor para lo que está bajo el cursor."), DO_CHOOSE, true },
};

static const struct {
	const char *word, *shown;
} preferencias_words[] = {
	{ "auto", N_("el de la terminal") }, { "bell", N_("Aviso sonoro") },
	{ "clipboard", N_("Portapapeles") }, { "contrast", N_("contraste alto") },
	{ "en", "English" }, { "es", "español" }, { "language", N_("Idioma") },
	{ "mono", N_("sin colores") }, { "mouse", N_("Ratón") }, { "no", N_("no") },
	{ "normal", N_("los de siempre") },
	{ "summary", N_("Correo del día") }, { "theme", N_("Colores") },
	{ "yes", N_("sí") },
};
// clang-format on

struct preferencias {
	struct view view;
	json_t *rows;			/* those with a choice */
	struct cursor at;
};

static const char *
preferencias_word(const char *word)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(preferencias_words); i++)
		if (strcmp(preferencias_words[i].word, word) == 0)
			return _(preferencias_words[i].shown);
	return word;
}

static const json_t *
preferencias_row(const struct preferencias *p)
{
	return json_array_get(p->rows, (size_t)p->at.at);
}

static void
preferencias_take(struct preferencias *p, const json_t *doc)
{
	const json_t *all = doc_list(doc, "preferences");
	size_t i;

	json_decref(p->rows);
	p->rows = json_array();
	for (i = 0; i < json_array_size(all); i++)
		if (json_array_size(doc_list(json_array_get(all, i),
			"choices")) > 0)
			json_array_append(p->rows, json_array_get(all, i));
	cursor_fit(&p->at, (int)json_array_size(p->rows));
}

static void
preferencias_ask(struct view *v)
{
	static const char *const words[] = { "preferencias", NULL };

	app_ask(v, TAG_LIST, false, words);
}

static void
preferencias_on_pick(struct view *v, int tag, const char *value)
{
	const json_t *row = preferencias_row((struct preferencias *)v);
	const char *words[] = { "preferencia", doc_text(row, "id"), value,
		NULL };

	(void)tag;
	app_prefer(v->app, doc_text(row, "id"), value);
	app_ask(v, TAG_CHOSEN, true, words);
}

static void
preferencias_act(struct view *v, int id)
{
	struct preferencias *p = (struct preferencias *)v;
	const json_t *choices = doc_list(preferencias_row(p), "choices");
	json_t *items = json_array();
	size_t i;

	(void)id;
	for (i = 0; i < json_array_size(choices); i++)
		app_choice(items, doc_item(choices, i), "%s",
		    preferencias_word(doc_item(choices, i)));
	app_pick(v, 0, preferencias_word(doc_text(preferencias_row(p), "id")),
	    items, preferencias_on_pick);
	json_decref(items);
}

static const char *
preferencias_grey(struct view *v, int id)
{
	(void)id;
	return preferencias_row((struct preferencias *)v) == NULL ?
	    _("Un momento...") : NULL;
}

static void
preferencias_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	if (status != 0)
		app_say(v->app, true, "%s", doc_why(doc));
	else if (tag == TAG_LIST)
		preferencias_take((struct preferencias *)v, doc);
	else
		preferencias_ask(v);
}

static void
preferencias_draw(struct view *v, struct grid *g)
{
	struct preferencias *p = (struct preferencias *)v;
	const json_t *row;
	int i, last = g->rows - 4;

	app_title(v->app, g, _("Preferencias"));
	cursor_show(&p->at, last - 6);
	for (i = p->at.top; i < p->at.count && i < p->at.top + last - 6; i++) {
		int y = 2 + i - p->at.top;

		row = json_array_get(p->rows, (size_t)i);
		cursor_mark(&p->at, g, i, y);
		(void)grid_put(g, y, 2, 20, GRID_BOLD,
		    preferencias_word(doc_text(row, "id")));
		(void)grid_put(g, y, 24, -1, GRID_PLAIN,
		    preferencias_word(doc_text(row, "value")));
	}
	grid_rule(g, last - 3, 0, -1);
	if ((row = preferencias_row(p)) != NULL) {
		grid_late(g, last - 2, 0, 2);
		(void)grid_wrap(g, last - 2, 1, g->cols - 2, 2, 0, GRID_PLAIN,
		    doc_text(row, "text"));
	} else {
		(void)grid_put(g, 2, 2, -1, GRID_PLAIN, _("Un momento..."));
		grid_cursor(g, 2, 2);
	}
}

static bool
preferencias_key(struct view *v, int32_t key)
{
	return cursor_key(&((struct preferencias *)v)->at, key);
}

static void
preferencias_close(struct view *v)
{
	json_decref(((struct preferencias *)v)->rows);
}

const struct view_class view_preferencias = {
	.name = "preferencias",
	.actions = preferencias_actions,
	.actions_count = ARRAY_LEN(preferencias_actions),
	.size = sizeof(struct preferencias),
	.open = preferencias_ask,
	.close = preferencias_close,
	.draw = preferencias_draw,
	.key = preferencias_key,
	.act = preferencias_act,
	.grey = preferencias_grey,
	.on_doc = preferencias_on_doc,
};
