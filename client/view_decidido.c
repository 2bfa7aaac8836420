/* SPDX-License-Identifier: ISC */
/*
 * view_decidido.c - what was decided in somebody's place, in the order in which
 * it was: view.folio is the number of the substitution.  Nothing is undone from
 * here; Enter opens the case.  Once it was drawn to whoever was stood in for,
 * the server is told, and the inbox stops telling of it.
 */
#include "cursor.h"
#include "doc.h"
#include "i18n.h"
#include "view.h"

enum { TAG_LIST, TAG_SEEN };
enum { DO_OPEN, DO_HISTORY, DO_REFRESH };
enum { STAMP_W = 16, FOLIO_W = 14, STEP_W = 7, DETAIL = 4 };

// clang-format off
static const struct action decidido_actions[] = {
	{ K_ENTER, 'e', N_("Expediente"), N_("Muestra el expediente completo, paso por paso."), DO_OPEN, true },
	{ K_F9, 'h', N_("Historial"), N_("Muestra quién hizo qué en este expediente."), DO_HISTORY, true },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide la lista otra vez."), DO_REFRESH, true },
};
// clang-format on

struct decidido {
	struct view view;
	json_t *doc;
	struct cursor at;
};

static void
decidido_ask(struct view *v)
{
	const char *words[] = { "suplencias", v->folio, NULL };

	app_ask(v, TAG_LIST, false, words);
}

static const json_t *
decidido_at(const struct decidido *d)
{
	return json_array_get(doc_list(d->doc, "acts"), (size_t)d->at.at);
}

/* ---- drawing ---- */

static void
decidido_draw_row(struct decidido *d, struct grid *g, int i, int y)
{
	const json_t *one = json_array_get(doc_list(d->doc, "acts"),
	    (size_t)i);
	char stamp[DOC_STAMP_MAX], ref[DOC_REF_MAX];
	int col = 2;

	cursor_mark(&d->at, g, i, y);
	(void)grid_put(g, y, col, STAMP_W, GRID_PLAIN,
	    doc_stamp(doc_text(one, "at"), stamp));
	col += STAMP_W + 1;
	(void)grid_put(g, y, col, FOLIO_W - 1, GRID_PLAIN,
	    doc_text(one, "folio"));
	col += FOLIO_W;
	(void)grid_put(g, y, col, STEP_W - 1, GRID_PLAIN, doc_ref(one, ref));
	col += STEP_W;
	(void)grid_cell(g, y, col, g->cols - col - 1, GRID_PLAIN,
	    doc_text(one, "text"));
}

static void
decidido_draw_detail(const struct decidido *d, struct grid *g, int y)
{
	const json_t *one = decidido_at(d);
	int n;

	grid_late(g, y, 0, DETAIL);
	n = grid_wrap(g, y, 1, g->cols - 2, 2, 0, GRID_BOLD,
	    doc_text(one, "title"));
	(void)grid_wrap(g, y + n, 1, g->cols - 2, DETAIL - n, 0, GRID_PLAIN,
	    doc_text(one, "text"));
}

static void
decidido_draw(struct view *v, struct grid *g)
{
	struct decidido *d = (struct decidido *)v;
	int n = (int)json_array_size(doc_list(d->doc, "acts"));
	int last = g->rows - 4, rows = last - DETAIL - 2, col = 2, i;
	char behalf[DOC_BEHALF_MAX];

	app_title(v->app, g, _("Decidido en suplencia"));
	if (d->doc != NULL)
		(void)grid_putf(g, 1, 1, g->cols - 2, GRID_BOLD, "%s%s",
		    doc_text(d->doc, "name"), doc_behalf(doc_text(d->doc,
		    "for_name"), doc_int(d->doc, "grant"), behalf));
	(void)grid_put(g, 2, col, -1, GRID_BOLD, _("Cuándo"));
	col += STAMP_W + 1;
	(void)grid_put(g, 2, col, -1, GRID_BOLD, _("Folio"));
	col += FOLIO_W;
	(void)grid_put(g, 2, col, -1, GRID_BOLD, _("Paso"));
	(void)grid_put(g, 2, col + STEP_W, -1, GRID_BOLD, _("Qué"));
	cursor_show(&d->at, rows);
	for (i = d->at.top; i < n && i < d->at.top + rows; i++)
		decidido_draw_row(d, g, i, 3 + i - d->at.top);
	grid_rule(g, last - DETAIL, 0, -1);
	if (n == 0) {
		(void)grid_put(g, 4, 2, -1, GRID_PLAIN, d->doc == NULL ?
		    _("Un momento...") : _("Nada se decidió en esta "
		    "suplencia."));
		grid_cursor(g, 4, 2);
		return;
	}
	decidido_draw_detail(d, g, last - DETAIL + 1);
}

/* ---- called by the app ---- */

static void
decidido_act(struct view *v, int id)
{
	struct decidido *d = (struct decidido *)v;
	const json_t *one = decidido_at(d);
	char ref[DOC_REF_MAX];

	if (id == DO_REFRESH)
		decidido_ask(v);
	else
		app_open(v->app, id == DO_OPEN ? &view_expediente :
		    &view_historial, doc_text(one, "folio"),
		    id == DO_OPEN ? doc_ref(one, ref) : NULL);
}

static const char *
decidido_grey(struct view *v, int id)
{
	return id == DO_REFRESH || decidido_at((struct decidido *)v) != NULL ?
	    NULL : _("No hay un expediente bajo el cursor.");
}

static bool
decidido_key(struct view *v, int32_t key)
{
	return cursor_key(&((struct decidido *)v)->at, key);
}

static void
decidido_on_push(struct view *v, json_t *folios)
{
	(void)folios;
	decidido_ask(v);
}

/* It is on the screen: of whoever was stood in for, that is told once. */
static void
decidido_heed(struct decidido *d)
{
	struct line l = { 0 };

	if (strcmp(doc_text(d->doc, "for_login"),
		doc_text(app_me(d->view.app), "login")) != 0 ||
	    doc_int(d->doc, "seen") >= doc_int(d->doc, "last"))
		return;
	line_add(&l, "enterado");
	line_add(&l, d->view.folio);
	line_addf(&l, "hasta=%lld", (long long)doc_int(d->doc, "last"));
	line_ask(&l, &d->view, TAG_SEEN, true);
}

static void
decidido_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	static const char *const keys[] = { "n", NULL };
	struct decidido *d = (struct decidido *)v;
	const json_t *list = doc_list(doc, "acts");

	if (status != 0)
		app_say(v->app, true, "%s", doc_why(doc));
	if (status != 0 || tag != TAG_LIST)
		return;
	if (d->doc != NULL)
		d->at.at = doc_find(list, decidido_at(d), keys, d->at.at);
	json_decref(d->doc);
	d->doc = json_incref(doc);
	cursor_fit(&d->at, (int)json_array_size(list));
	decidido_heed(d);
}

static void
decidido_close(struct view *v)
{
	json_decref(((struct decidido *)v)->doc);
}

const struct view_class view_decidido = {
	.name = "decidido",
	.actions = decidido_actions,
	.actions_count = ARRAY_LEN(decidido_actions),
	.size = sizeof(struct decidido),
	.open = decidido_ask,
	.close = decidido_close,
	.draw = decidido_draw,
	.key = decidido_key,
	.act = decidido_act,
	.grey = decidido_grey,
	.on_doc = decidido_on_doc,
	.on_push = decidido_on_push,
};
