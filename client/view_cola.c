/* SPDX-License-Identifier: ISC */
/*
 * view_cola.c - what was typed here and the server does not have: what waits
 * for the line, and what it refused or found changed, until the person says
 * what becomes of it.
 */
#include "cursor.h"
#include "doc.h"
#include "hash.h"
#include "i18n.h"
#include "papers.h"
#include "view.h"

enum { DO_OPEN, DO_AGAIN, DO_DRAFT, DO_STEP, DO_DROP, DO_DROP_YES };

// clang-format off
static const struct action cola_actions[] = {
	{ K_ENTER, K_NONE, N_("Comparar"), N_("Muestra lo escrito aquí junto a lo que tiene el servidor."), DO_OPEN, true },
	{ 'e', K_NONE, N_("Enviar"), N_("Lo envía otra vez, como está aquí."), DO_AGAIN, true },
	{ 'b', K_NONE, N_("Dejar en borrador"), N_("No termina el paso: envía lo escrito como borrador."), DO_DRAFT, true },
	{ 'p', K_NONE, N_("Paso"), N_("Abre el paso."), DO_STEP, true },
	{ 'x', K_NONE, N_("Descartar"), N_("Borra de esta máquina lo escrito, sin enviarlo."), DO_DROP, true },
};
// clang-format on

struct cola {
	struct view view;
	struct cursor at;
};

static json_t *
cola_at(struct view *v)
{
	struct papers *ps = app_papers(v->app);
	const struct cola *c = (const struct cola *)v;

	return ps == NULL ? NULL :
	    json_array_get(papers_all(ps), (size_t)c->at.at);
}

/* ---- actions ---- */

static void
cola_again(struct view *v, bool draft)
{
	uint8_t op[OP_SIZE];

	hash_op(op);
	papers_again(app_papers(v->app), cola_at(v), draft, op);
	app_papers_go(v->app);
}

static void
cola_act(struct view *v, int id)
{
	json_t *paper = cola_at(v);
	const char *folio = doc_text(paper, "folio"),
		*step = doc_text(paper, "step");

	switch (id) {
	case DO_OPEN:
		app_open(v->app, &view_choque, folio, step);
		break;
	case DO_AGAIN:
	case DO_DRAFT:
		cola_again(v, id == DO_DRAFT);
		break;
	case DO_STEP:
		app_open(v->app, &view_paso, folio, step);
		break;
	case DO_DROP:
		app_confirm(v, DO_DROP_YES, _("Descartar lo escrito aquí"),
		    _("Se borra de esta máquina y no se envía. Lo que el "
		    "servidor ya tiene se queda como está."));
		break;
	default:
		papers_drop(app_papers(v->app), paper);
		break;
	}
}

static const char *
cola_grey(struct view *v, int id)
{
	const json_t *paper = cola_at(v);

	if (paper == NULL)
		return _("No hay nada por enviar.");
	if (id == DO_AGAIN && json_object_size(doc_part(paper, "clash")) > 0)
		return _("Antes elija qué texto queda: Enter los compara.");
	if (id == DO_AGAIN && !paper_stops(paper))
		return _("Se envía solo, en cuanto haya línea.");
	if (id == DO_DRAFT && !paper_is_done(paper))
		return _("Ya es un borrador.");
	return NULL;
}

/* ---- the screen ---- */

static void
cola_draw_row(const struct view *v, struct grid *g, int y, const json_t *paper)
{
	int n = (int)json_object_size(doc_part(paper, "fields"));
	const char *failed = doc_text(paper, "failed");
	char when[16];

	(void)grid_put(g, y, 2, 13, GRID_PLAIN, doc_text(paper, "folio"));
	(void)grid_put(g, y, 16, 8, GRID_PLAIN, doc_text(paper, "step"));
	(void)grid_put(g, y, 25, 9, GRID_PLAIN,
	    app_when_text(v->app, doc_text(paper, "at"), when));
	if (paper_is_done(paper))
		(void)grid_put(g, y, 35, 15, GRID_PLAIN, _("Paso terminado"));
	else
		(void)grid_putf(g, y, 35, 15, GRID_PLAIN, n == 1 ?
		    _("Un campo") : _("%d campos"), n);
	(void)grid_put(g, y, 51, -1, *failed == '\0' ? GRID_PLAIN :
	    GRID_ALERT, *failed == '\0' ? _("Espera la línea") : failed);
}

static void
cola_draw(struct view *v, struct grid *g)
{
	struct cola *c = (struct cola *)v;
	const struct papers *ps = app_papers(v->app);
	const json_t *all = ps == NULL ? NULL : papers_all(ps), *paper;
	int last = g->rows - 8, i;

	app_title(v->app, g, _("Por enviar"));
	grid_rule(g, 2, 0, -1);
	(void)grid_put(g, 1, 2, 13, GRID_BOLD, _("Folio"));
	(void)grid_put(g, 1, 16, 8, GRID_BOLD, _("Paso"));
	(void)grid_put(g, 1, 25, 9, GRID_BOLD, _("Escrito"));
	(void)grid_put(g, 1, 35, 15, GRID_BOLD, _("Qué es"));
	(void)grid_put(g, 1, 51, -1, GRID_BOLD, _("Cómo está"));
	cursor_fit(&c->at, (int)json_array_size(all));
	cursor_show(&c->at, last - 3);
	grid_cursor(g, 3, 0);
	if (c->at.count == 0)
		(void)grid_put(g, 4, 2, -1, GRID_PLAIN,
		    _("El servidor tiene todo lo que usted escribió."));
	for (i = c->at.top; i < c->at.count && i - c->at.top < last - 3; i++) {
		cola_draw_row(v, g, 3 + i - c->at.top,
		    json_array_get(all, (size_t)i));
		cursor_mark(&c->at, g, i, 3 + i - c->at.top);
	}
	grid_rule(g, last, 0, -1);
	if ((paper = cola_at(v)) != NULL)
		(void)grid_wrap(g, last + 1, 1, g->cols - 2, 4, 0, GRID_PLAIN,
		    doc_text(paper, "failed"));
}

/* ---- called by the app ---- */

static bool
cola_key(struct view *v, int32_t key)
{
	return cursor_key(&((struct cola *)v)->at, key);
}

const struct view_class view_cola = {
	.name = "cola",
	.actions = cola_actions,
	.actions_count = ARRAY_LEN(cola_actions),
	.size = sizeof(struct cola),
	.draw = cola_draw,
	.key = cola_key,
	.act = cola_act,
	.grey = cola_grey,
};
