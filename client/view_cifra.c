/* SPDX-License-Identifier: ISC */
/*
 * view_cifra.c - the rows behind a figure of the board: view.folio is the
 * figure, view.step the office or NULL.  Enter opens the case.
 */
#include "cursor.h"
#include "doc.h"
#include "i18n.h"
#include "view.h"

enum { TAG_ROWS };
enum { DO_OPEN, DO_COMMENTS, DO_WHY, DO_REFRESH };
enum { FOLIO_W = 13, BRIEF_W = 12, STEP_W = 6, WHEN_W = 12, WHO_W = 12 };

// clang-format off
static const struct action cifra_actions[] = {
	{ K_ENTER, 'e', N_("Expediente"), N_("Muestra el expediente completo, paso por paso."), DO_OPEN, true },
	{ 'c', K_NONE, N_("Comentarios"), N_("Muestra lo que se comenta de este expediente, y comenta."), DO_COMMENTS, true },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide las filas otra vez."), DO_REFRESH, true },
	{ K_F10, K_NONE, N_("Porqué"), N_("Explica de dónde sale cada fecha: la regla, lo que se contó y lo que no."), DO_WHY, false },
};
// clang-format on

struct cifra {
	struct view view;
	json_t *doc;
	struct cursor at;
};

static const struct { const char *id, *title; } cifra_titles[] = {
	{ "new", N_("nuevas") }, { "taken", N_("tomadas") },
	{ "approval", N_("por aprobar") }, { "returned", N_("devueltas") },
	{ "overdue", N_("vencidas") }, { "open", N_("abiertas") },
	{ "closed", N_("cerradas en 7 días") },
	{ "day", N_("aprobaciones en 24 horas") },
	{ "week", N_("aprobaciones en 7 días") },
	{ "month", N_("aprobaciones en 30 días") },
	{ "missing", N_("días sin cumplir") },
};

static void
cifra_ask(struct view *v)
{
	struct line l = { 0 };

	line_add(&l, "tablero");
	line_add(&l, v->folio);
	if (v->step != NULL)
		line_addf(&l, "oficina=%s", v->step);
	line_ask(&l, v, TAG_ROWS, false);
}

static const json_t *
cifra_at(const struct cifra *c)
{
	return json_array_get(doc_list(c->doc, "rows"), (size_t)c->at.at);
}

/* ---- drawing ---- */

static const char *
cifra_title(const char *id)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(cifra_titles); i++)
		if (strcmp(cifra_titles[i].id, id) == 0)
			return _(cifra_titles[i].title);
	return id;
}

/* When it is due, or how long it took. */
static void
cifra_draw_when(struct view *v, const json_t *row, struct grid *g, int y,
    int col)
{
	char when[16], span[DOC_SPAN_MAX];

	if (json_object_get(row, "seconds") != NULL)
		(void)grid_putf(g, y, col, WHEN_W, GRID_PLAIN, "%s",
		    doc_span(doc_int(row, "seconds"), span));
	else if (*doc_text(row, "day") != '\0')
		(void)grid_put(g, y, col, WHEN_W, GRID_ALERT,
		    doc_text(row, "day"));
	else if (*doc_text(row, "due") != '\0')
		(void)grid_put(g, y, col, WHEN_W, doc_is(row, "due_late") ?
		    GRID_ALERT : GRID_PLAIN,
		    app_when_text(v->app, doc_text(row, "due"), when));
}

static void
cifra_draw_row(struct cifra *c, struct grid *g, int i, int y)
{
	const json_t *row = json_array_get(doc_list(c->doc, "rows"),
	    (size_t)i);
	bool wide = g->cols >= 76;
	int who = g->cols - WHO_W - 1, when = who - WHEN_W;
	int step = when - STEP_W, subject = 2 + FOLIO_W + 1 +
	    (wide ? BRIEF_W + 1 : 0);
	char ref[DOC_REF_MAX];

	cursor_mark(&c->at, g, i, y);
	(void)grid_put(g, y, 2, FOLIO_W, GRID_PLAIN, doc_text(row, "folio"));
	if (wide)
		(void)grid_put(g, y, 3 + FOLIO_W, BRIEF_W, GRID_PLAIN,
		    doc_text(row, "brief"));
	(void)grid_cell(g, y, subject, step - subject - 1, GRID_PLAIN,
	    *doc_text(row, "day") != '\0' ? doc_missing_text(row) :
	    doc_text(row, "subject"));
	if (*doc_text(row, "step") != '\0')
		(void)grid_put(g, y, step, STEP_W - 1, GRID_PLAIN,
		    doc_ref(row, ref));
	cifra_draw_when(&c->view, row, g, y, when);
	(void)grid_cell(g, y, who, WHO_W, GRID_PLAIN,
	    *doc_text(row, "assignee") != '\0' ? doc_text(row, "assignee") :
	    doc_text(row, "office"));
}

static void
cifra_draw(struct view *v, struct grid *g)
{
	struct cifra *c = (struct cifra *)v;
	int n = (int)json_array_size(doc_list(c->doc, "rows")), i;
	int last = g->rows - 4, rows = last - 3;
	char *where = xasprintf(_("Tablero: %s%s%s"), cifra_title(v->folio),
	    v->step != NULL ? ", " : "", v->step != NULL ? v->step : "");

	app_title(v->app, g, where);
	free(where);
	grid_rule(g, 2, 0, -1);
	if (c->doc != NULL)
		(void)grid_putf(g, 1, 1, -1, GRID_PLAIN, n == 1 ? _("%d fila") :
		    _("%d filas"), (int)doc_int(c->doc, "count"));
	cursor_show(&c->at, rows);
	for (i = c->at.top; i < n && i < c->at.top + rows; i++)
		cifra_draw_row(c, g, i, 3 + i - c->at.top);
	if (n == 0) {
		(void)grid_put(g, 4, 2, -1, GRID_PLAIN, c->doc == NULL ?
		    _("Un momento...") : _("Ninguna."));
		grid_cursor(g, 4, 2);
	}
}

/* ---- called by the app ---- */

static void
cifra_act(struct view *v, int id)
{
	struct cifra *c = (struct cifra *)v;

	if (id == DO_REFRESH)
		cifra_ask(v);
	else
		app_open(v->app, id == DO_OPEN ? &view_expediente :
		    id == DO_WHY ? &view_porque : &view_comentarios,
		    doc_text(cifra_at(c), "folio"), NULL);
}

static const char *
cifra_grey(struct view *v, int id)
{
	const json_t *row = cifra_at((struct cifra *)v);

	if (id == DO_REFRESH)
		return NULL;
	if (row == NULL)
		return _("No hay un expediente bajo el cursor.");
	if (*doc_text(row, "folio") == '\0')
		return _("De ese día no hay expediente.");
	return NULL;
}

static void
cifra_close(struct view *v)
{
	json_decref(((struct cifra *)v)->doc);
}

static bool
cifra_key(struct view *v, int32_t key)
{
	return cursor_key(&((struct cifra *)v)->at, key);
}

static void
cifra_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct cifra *c = (struct cifra *)v;

	(void)tag;
	if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
		return;
	}
	json_decref(c->doc);
	c->doc = json_incref(doc);
	cursor_fit(&c->at, (int)json_array_size(doc_list(doc, "rows")));
}

const struct view_class view_cifra = {
	.name = "cifra",
	.actions = cifra_actions,
	.actions_count = ARRAY_LEN(cifra_actions),
	.size = sizeof(struct cifra),
	.open = cifra_ask,
	.close = cifra_close,
	.draw = cifra_draw,
	.key = cifra_key,
	.act = cifra_act,
	.grey = cifra_grey,
	.on_doc = cifra_on_doc,
};
