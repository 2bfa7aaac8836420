/* SPDX-License-Identifier: ISC */
/*
 * view_textos.c - two people typed in one field: both texts side by side, and
 * a person chooses.  The one not chosen stays on the server until the step is
 * done.
 */
#include "textos.h"

#include "doc.h"
#include "i18n.h"
#include "page.h"

enum { TAG_STEP, TAG_CHOOSE };
enum { DO_STAY, DO_TAKE, DO_AFTER, DO_REFRESH };
enum { TOP = 4 };

// clang-format off
static const struct action textos_actions[] = {
	{ '1', K_NONE, N_("Dejar el del paso"), N_("Conserva el texto de la izquierda y regresa."), DO_STAY, true },
	{ '2', K_NONE, N_("Poner el otro"), N_("Pone en el campo el texto de la derecha."), DO_TAKE, true },
	{ 'n', K_NONE, N_("Siguiente"), N_("Va al siguiente texto que difiere."), DO_AFTER, true },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide los textos otra vez."), DO_REFRESH, false },
};
// clang-format on

struct textos {
	struct view view;
	json_t *doc;
	int at, top;
};

/* ---- on the screen of the step ---- */

void
textos_tell(struct view *v, const json_t *doc, int *told)
{
	const json_t *list = doc_list(doc, "texts"),
		*one = json_array_get(list, 0);
	const char *by = doc_text(doc, "drafted_by"),
		*me = doc_text(app_me(v->app), "login");
	char when[16];
	int n = (int)json_array_size(list);

	if (n > *told)
		app_say(v->app, false, _("%s también escribió «%s»: se guardan "
		    "los dos textos (F2, Comparar)."), strcmp(doc_text(one, "by"), me) != 0 ?
		    doc_text(one, "by") : by, doc_text(one, "label"));
	else if (*by != '\0' && strcmp(by, me) != 0)
		app_say(v->app, false, _("%s escribe en este paso; lo último, "
		    "%s."), by, app_when_text(v->app, doc_text(doc,
		    "drafted_at"), when));
	*told = n;
}

/* ---- the texts ---- */

static const json_t *
textos_at(const struct textos *t)
{
	return json_array_get(doc_list(t->doc, "texts"), (size_t)t->at);
}

static void
textos_ask(struct view *v)
{
	const char *words[] = { "paso", v->folio, v->step, NULL };

	app_ask(v, TAG_STEP, false, words);
}

static void
textos_choose(struct textos *t)
{
	const json_t *one = textos_at(t);
	struct line l = { 0 };

	line_add(&l, "borrador");
	line_add(&l, t->view.folio);
	line_add(&l, t->view.step);
	line_addf(&l, "%s=%s", doc_text(one, "field"), doc_text(one, "text"));
	line_ask(&l, &t->view, TAG_CHOOSE, true);
}

/* Back to the step, which reads its draft again. */
static void
textos_leave(struct view *v)
{
	json_t *folios = json_pack("[s]", v->folio);
	struct app *app = v->app;
	struct view *top;

	app_back(app);
	top = app_top(app);
	if (top != NULL && top->class->on_push != NULL)
		top->class->on_push(top, folios);
	json_decref(folios);
}

static void
textos_draw_one(const struct textos *t, struct grid *g, int col, int width,
    const char *text)
{
	int last = g->rows - 4;

	(void)grid_wrap(g, TOP, col, width, last - TOP, t->top, GRID_PLAIN,
	    text);
}

static void
textos_draw(struct view *v, struct grid *g)
{
	struct textos *t = (struct textos *)v;
	const json_t *one = textos_at(t);
	int half = g->cols / 2, last = g->rows - 4, y;
	char *where = xasprintf(_("%s  Dos textos"), v->folio), when[16];

	app_title(v->app, g, where);
	free(where);
	grid_cursor(g, last, 0);
	grid_rule(g, 3, 0, -1);
	if (one == NULL) {
		(void)grid_put(g, 1, 1, -1, GRID_PLAIN, t->doc == NULL ?
		    _("Un momento...") : _("Los textos ya son iguales."));
		return;
	}
	(void)grid_putf(g, 1, 1, g->cols - 2, GRID_BOLD, "%s  (%d/%d)",
	    doc_text(one, "label"), t->at + 1,
	    (int)json_array_size(doc_list(t->doc, "texts")));
	(void)grid_put(g, 2, 1, half - 2, GRID_BOLD, _("1 En el paso"));
	(void)grid_putf(g, 2, half + 1, half - 2, GRID_BOLD, _("2 De %s, %s"),
	    doc_text(one, "by"), app_when_text(v->app, doc_text(one, "at"),
	    when));
	for (y = TOP; y < last; y++)
		(void)grid_put(g, y, half - 1, 1, GRID_DIM, "|");
	textos_draw_one(t, g, 1, half - 3, doc_text(one, "draft"));
	textos_draw_one(t, g, half + 1, half - 2, doc_text(one, "text"));
}

/* ---- called by the app ---- */

static void
textos_act(struct view *v, int id)
{
	struct textos *t = (struct textos *)v;
	int n = (int)json_array_size(doc_list(t->doc, "texts"));

	if (id == DO_STAY)
		textos_leave(v);
	else if (id == DO_TAKE)
		textos_choose(t);
	else if (id == DO_AFTER)
		t->at = (t->at + 1) % n;
	else
		textos_ask(v);
	t->top = 0;
}

static const char *
textos_grey(struct view *v, int id)
{
	struct textos *t = (struct textos *)v;

	if (id == DO_STAY || id == DO_REFRESH || textos_at(t) != NULL)
		return NULL;
	return _("No hay dos textos que comparar.");
}

static void
textos_close(struct view *v)
{
	json_decref(((struct textos *)v)->doc);
}

static bool
textos_key(struct view *v, int32_t key)
{
	return page_scroll(&((struct textos *)v)->top, key);
}

static void
textos_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct textos *t = (struct textos *)v;

	if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
		return;
	}
	if (tag == TAG_CHOOSE) {
		textos_leave(v);
		return;
	}
	json_decref(t->doc);
	t->doc = json_incref(doc);
	if (t->at >= (int)json_array_size(doc_list(doc, "texts")))
		t->at = 0;
}

const struct view_class view_textos = {
	.name = "textos",
	.actions = textos_actions,
	.actions_count = ARRAY_LEN(textos_actions),
	.size = sizeof(struct textos),
	.open = textos_ask,
	.close = textos_close,
	.draw = textos_draw,
	.key = textos_key,
	.act = textos_act,
	.grey = textos_grey,
	.on_doc = textos_on_doc,
};
