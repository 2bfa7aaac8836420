/* SPDX-License-Identifier: ISC */
/*
 * view_editor.c - one text on the whole screen.  Whatever way it is left, the
 * text goes back to the field it came from: nothing is thrown away here.  While
 * it is typed it goes there too, two seconds after the last key.
 */
#include "form.h"

#include "cursor.h"
#include "i18n.h"
#include "text.h"

enum { DO_ACCEPT };

// clang-format off
static const struct action editor_actions[] = {
	{ K_F8, K_NONE, N_("Aceptar"), N_("Vuelve al campo con este texto."), DO_ACCEPT, true },
	{ K_F12, K_NONE, N_("Regresar"), N_("Vuelve al campo; el texto se queda."), DO_ACCEPT, true },
	{ K_F3, K_NONE, N_("Aceptar y volver"), N_("Igual que F8: el texto se queda en su campo."), DO_ACCEPT, false },
};
// clang-format on

struct editor {
	struct view view;
	struct view *from;		/* below in the stack */
	form_done *done;
	int tag;
	char *title;
	struct edit edit;
	struct typing typing;		/* zeroed: the field has all of it */
};

void
editor_open(struct view *from, int tag, const char *title, const char *text,
    size_t max, form_done *done)
{
	struct editor *e;

	app_open(from->app, &view_editor, from->folio, from->step);
	e = (struct editor *)app_top(from->app);
	if (e->view.class != &view_editor)
		return;		/* the app has said why */
	e->from = from;
	e->done = done;
	e->tag = tag;
	e->title = xstrdup(title);
	edit_clear(&e->edit);
	edit_init(&e->edit, max, true);
	edit_set(&e->edit, text);
}

static void
editor_act(struct view *v, int id)
{
	struct editor *e = (struct editor *)v;

	(void)id;
	if (e->done != NULL)
		e->done(e->from, e->tag, e->edit.text);
	app_back(v->app);
}

static void
editor_start(struct view *v)
{
	edit_init(&((struct editor *)v)->edit, VALUE_MAX, true);
}

static void
editor_close(struct view *v)
{
	struct editor *e = (struct editor *)v;

	edit_clear(&e->edit);
	free(e->title);
}

static bool
editor_key(struct view *v, int32_t key)
{
	struct editor *e = (struct editor *)v;
	unsigned before = e->edit.changes;
	bool taken = edit_key(&e->edit, key);

	if (e->edit.changes != before)
		typing_touch(&e->typing, app_now(v->app));
	if (taken && e->edit.full)
		app_say(v->app, true, "%s",
		    _("El texto está lleno: ya no cabe otra letra."));
	return taken || key == K_LEFT || key == K_UP || key == K_DOWN ||
	    key == K_TAB;
}

static void
editor_on_tick(struct view *v, struct when now)
{
	struct editor *e = (struct editor *)v;

	if (e->done == NULL || !typing_is_due(&e->typing, v->app, now))
		return;
	e->typing = (struct typing){ { 0 }, { 0 } };
	e->done(e->from, e->tag, e->edit.text);
}

static void
editor_draw(struct view *v, struct grid *g)
{
	struct editor *e = (struct editor *)v;
	int last = g->rows - 4, words = 0;
	const char *s;
	bool in = false;

	app_title(v->app, g, e->title == NULL ? "" : e->title);
	(void)grid_put(g, 1, 1, -1, GRID_PLAIN,
	    _("Enter hace renglón; ^Z deshace; F8 acepta."));
	grid_rule(g, 2, 0, -1);
	for (s = e->edit.text; *s != '\0'; s++) {
		if (!in && *s != ' ' && *s != '\n')
			words++;
		in = *s != ' ' && *s != '\n';
	}
	grid_rule(g, last - 1, 0, -1);
	(void)grid_putf(g, last, 1, -1, GRID_DIM,
	    words == 1 ? _("%d palabra") : _("%d palabras"), words);
	edit_draw(&e->edit, g, 3, 1, g->cols - 2, last - 1 - 3, true);
}

const struct view_class view_editor = {
	.name = "editor",
	.actions = editor_actions,
	.actions_count = ARRAY_LEN(editor_actions),
	.size = sizeof(struct editor),
	.open = editor_start,
	.close = editor_close,
	.draw = editor_draw,
	.key = editor_key,
	.act = editor_act,
	.on_tick = editor_on_tick,
};
