/* SPDX-License-Identifier: ISC */
/* view_historial.c - who did what, when, and in whose place, newest last. */
#include "cursor.h"
#include "doc.h"
#include "i18n.h"
#include "view.h"

enum { TAG_HISTORY };
enum { DO_REFRESH };
enum { STAMP_W = 16, WHO_W = 12, DETAIL = 5 };

// clang-format off
static const struct action historial_actions[] = {
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide el historial otra vez."), DO_REFRESH, true },
};
// clang-format on

struct historial {
	struct view view;
	json_t *doc;
	struct cursor at;
};

static void
historial_ask(struct view *v)
{
	const char *words[] = { "historial", v->folio, NULL };

	if (v->folio != NULL)
		app_ask(v, TAG_HISTORY, false, words);
}

static void
historial_act(struct view *v, int id)
{
	(void)id;
	historial_ask(v);
}

static void
historial_close(struct view *v)
{
	json_decref(((struct historial *)v)->doc);
}

static bool
historial_key(struct view *v, int32_t key)
{
	return cursor_key(&((struct historial *)v)->at, key);
}

static void
historial_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct historial *h = (struct historial *)v;
	bool first = h->doc == NULL;

	(void)tag;
	if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
		return;
	}
	json_decref(h->doc);
	h->doc = json_incref(doc);
	cursor_fit(&h->at, (int)json_array_size(doc_list(doc, "events")));
	if (first)
		(void)cursor_key(&h->at, K_END);
}

static void
historial_on_push(struct view *v, json_t *folios)
{
	if (v->folio != NULL && doc_has(folios, v->folio))
		historial_ask(v);
}

static void
historial_draw_detail(const json_t *e, struct grid *g, int y)
{
	char behalf[DOC_BEHALF_MAX];

	(void)grid_putf(g, y, 1, g->cols - 2, GRID_PLAIN,
	    _("Asiento %lld.  %s%s%s%s"), doc_int(e, "n"),
	    doc_text(e, "actor_name"), doc_behalf(doc_text(e, "on_behalf_of"),
		doc_int(doc_part(e, "data"), "grant"), behalf),
	    *doc_text(e, "step") == '\0' ? "" : _(".  Paso "),
	    doc_text(e, "step"));
	(void)grid_wrap(g, y + 1, 1, g->cols - 2, DETAIL - 2, 0, GRID_PLAIN,
	    doc_text(e, "text"));
}

static void
historial_draw_row(const json_t *e, struct grid *g, int y)
{
	char stamp[DOC_STAMP_MAX];
	int col = 2;

	(void)grid_put(g, y, col, STAMP_W, GRID_PLAIN,
	    doc_stamp(doc_text(e, "at"), stamp));
	col += STAMP_W + 1;
	(void)grid_putf(g, y, col, WHO_W, GRID_PLAIN, "%s%s",
	    doc_text(e, "actor"),
	    *doc_text(e, "on_behalf_of") == '\0' ? "" : "+");
	col += WHO_W + 1;
	(void)grid_cell(g, y, col, g->cols - col - 1, GRID_PLAIN,
	    doc_text(e, "text"));
}

static void
historial_draw(struct view *v, struct grid *g)
{
	struct historial *h = (struct historial *)v;
	const json_t *events = doc_list(h->doc, "events");
	int n = (int)json_array_size(events), last = g->rows - 4, i;
	int rows = last - DETAIL - 2;
	char *where = xasprintf(_("%s  Historial"),
	    v->folio == NULL ? "" : v->folio);

	app_title(v->app, g, where);
	free(where);
	(void)grid_put(g, 1, 2, -1, GRID_BOLD, _("Cuándo"));
	(void)grid_put(g, 1, 3 + STAMP_W, -1, GRID_BOLD, _("Quién"));
	(void)grid_put(g, 1, 4 + STAMP_W + WHO_W, -1, GRID_BOLD, _("Qué"));
	cursor_show(&h->at, rows);
	for (i = h->at.top; i < n && i < h->at.top + rows; i++) {
		cursor_mark(&h->at, g, i, 2 + i - h->at.top);
		historial_draw_row(json_array_get(events, (size_t)i), g,
		    2 + i - h->at.top);
	}
	grid_rule(g, last - DETAIL, 0, -1);
	if (n > 0) {
		grid_late(g, last - DETAIL + 1, 0, DETAIL);
		historial_draw_detail(json_array_get(events,
		    (size_t)h->at.at), g, last - DETAIL + 1);
		(void)grid_putf(g, last, 1, -1, GRID_DIM, _("%d de %d"),
		    h->at.at + 1, n);
	} else {
		(void)grid_put(g, 3, 2, -1, GRID_PLAIN, h->doc == NULL ?
		    _("Un momento...") : _("Todavía no hay nada."));
		grid_cursor(g, 3, 2);
	}
}

const struct view_class view_historial = {
	.name = "historial",
	.actions = historial_actions,
	.actions_count = ARRAY_LEN(historial_actions),
	.size = sizeof(struct historial),
	.open = historial_ask,
	.close = historial_close,
	.draw = historial_draw,
	.key = historial_key,
	.act = historial_act,
	.on_doc = historial_on_doc,
	.on_push = historial_on_push,
};
