/* SPDX-License-Identifier: ISC */
/*
 * view_choque.c - a paper that waits (papers.h), field by field: what the
 * server has on the left, what was typed here on the right.  Where both were
 * changed the person takes one, the other, or puts them together in an editor.
 */
#include "doc.h"
#include "form.h"
#include "hash.h"
#include "i18n.h"
#include "papers.h"

enum { DO_THEIRS, DO_MINE, DO_BOTH, DO_AFTER };
enum { TOP = 4 };

// clang-format off
static const struct action choque_actions[] = {
	{ '1', K_NONE, N_("Dejar el del servidor"), N_("El campo se queda con el texto de la izquierda."), DO_THEIRS, true },
	{ '2', K_NONE, N_("Poner el mío"), N_("El campo tendrá el texto de la derecha."), DO_MINE, true },
	{ '3', K_NONE, N_("Juntarlos"), N_("Abre los dos textos en el editor: queda lo que usted deje ahí."), DO_BOTH, true },
	{ 'n', K_NONE, N_("Siguiente"), N_("Va al campo siguiente."), DO_AFTER, true },
};
// clang-format on

struct choque {
	struct view view;
	int at, top;
};

static json_t *
choque_paper(const struct view *v)
{
	return papers_find(app_papers(v->app), v->folio, v->step);
}

/* Those where both wrote, or all when nothing clashes. */
static json_t *
choque_list(const struct view *v)
{
	json_t *paper = choque_paper(v), *clash = doc_part(paper, "clash");

	return json_object_size(clash) > 0 ? clash : doc_part(paper, "fields");
}

static const char *
choque_field(const struct view *v)
{
	const struct choque *c = (const struct choque *)v;
	json_t *list = choque_list(v);
	void *it = json_object_iter(list);
	int i;

	for (i = 0; it != NULL && i < c->at; i++)
		it = json_object_iter_next(list, it);
	return it == NULL ? NULL : json_object_iter_key(it);
}

static const char *
choque_mine(const struct view *v)
{
	return doc_text(json_object_get(doc_part(choque_paper(v), "fields"),
	    choque_field(v)), "mine");
}

static const char *
choque_theirs(const struct view *v)
{
	const char *id = choque_field(v);
	json_t *paper = choque_paper(v), *clash = doc_part(paper, "clash");

	return json_object_get(clash, id) != NULL ? doc_text(clash, id) :
	    doc_text(json_object_get(doc_part(paper, "fields"), id), "base");
}

/* ---- choosing ---- */

static void
choque_choose(struct view *v, const char *text)
{
	char *field = xstrdup(choque_field(v)), *copy = xstrdup(text);
	struct choque *c = (struct choque *)v;
	uint8_t op[OP_SIZE];

	hash_op(op);
	papers_choose(app_papers(v->app), choque_paper(v), field, copy, op);
	free(field);
	free(copy);
	c->at = c->top = 0;
	if (json_object_size(doc_part(choque_paper(v), "clash")) > 0)
		return;
	app_say(v->app, false, "%s", _("Ya está elegido: se envía."));
	app_papers_go(v->app);
	app_back(v->app);
}

static void
choque_on_text(struct view *v, int tag, const char *text)
{
	(void)tag;
	if (choque_field(v) != NULL)
		choque_choose(v, text);
}

static void
choque_join(struct view *v)
{
	char *both = xasprintf("%s\n%s", choque_theirs(v), choque_mine(v));

	editor_open(v, 0, _("Los dos textos: deje el que queda"), both,
	    VALUE_MAX, choque_on_text);
	free(both);
}

static void
choque_act(struct view *v, int id)
{
	struct choque *c = (struct choque *)v;
	int n = (int)json_object_size(choque_list(v));

	c->top = 0;
	if (id == DO_THEIRS)
		choque_choose(v, choque_theirs(v));
	else if (id == DO_MINE)
		choque_choose(v, choque_mine(v));
	else if (id == DO_BOTH)
		choque_join(v);
	else
		c->at = (c->at + 1) % n;
}

static const char *
choque_grey(struct view *v, int id)
{
	if (choque_field(v) == NULL)
		return _("Ya no hay textos que comparar.");
	if (id != DO_AFTER && json_object_size(doc_part(choque_paper(v),
	    "clash")) == 0)
		return _("Nadie escribió otra cosa: no hay que elegir.");
	return NULL;
}

/* ---- the screen ---- */

static void
choque_draw(struct view *v, struct grid *g)
{
	struct choque *c = (struct choque *)v;
	const char *id = choque_field(v), *label;
	int half = g->cols / 2, last = g->rows - 4, y;
	char *where = xasprintf(_("%s  Aquí y en el servidor"), v->folio);

	app_title(v->app, g, where);
	free(where);
	grid_cursor(g, last, 0);
	grid_rule(g, 3, 0, -1);
	if (id == NULL) {
		(void)grid_put(g, 1, 1, -1, GRID_PLAIN,
		    _("Ya no hay textos que comparar."));
		return;
	}
	label = doc_text(json_object_get(doc_part(choque_paper(v), "fields"),
	    id), "label");
	(void)grid_putf(g, 1, 1, g->cols - 2, GRID_BOLD, _("Paso %s: %s  "
	    "(%d/%d)"), v->step, *label == '\0' ? id : label, c->at + 1,
	    (int)json_object_size(choque_list(v)));
	(void)grid_put(g, 2, 1, half - 2, GRID_BOLD, _("1 En el servidor"));
	(void)grid_put(g, 2, half + 1, half - 2, GRID_BOLD,
	    _("2 Lo que usted escribió aquí"));
	for (y = TOP; y < last; y++)
		(void)grid_put(g, y, half - 1, 1, GRID_DIM, "|");
	(void)grid_wrap(g, TOP, 1, half - 3, last - TOP, c->top, GRID_PLAIN,
	    choque_theirs(v));
	(void)grid_wrap(g, TOP, half + 1, half - 2, last - TOP, c->top,
	    GRID_PLAIN, choque_mine(v));
}

static bool
choque_key(struct view *v, int32_t key)
{
	return page_scroll(&((struct choque *)v)->top, key);
}

const struct view_class view_choque = {
	.name = "choque",
	.actions = choque_actions,
	.actions_count = ARRAY_LEN(choque_actions),
	.size = sizeof(struct choque),
	.draw = choque_draw,
	.key = choque_key,
	.act = choque_act,
	.grey = choque_grey,
};
