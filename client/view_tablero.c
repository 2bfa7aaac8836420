/* SPDX-License-Identifier: ISC */
/*
 * view_tablero.c - the board of whoever supervises: what there is by state,
 * how long approvals wait, each office with its weeks.  Every figure is under
 * the finger and opens to its rows.  What others do makes it ask again at most
 * every ASK_EVERY seconds: a board may be a little late.
 */
#include "cursor.h"
#include "doc.h"
#include "i18n.h"
#include "view.h"

enum { TAG_BOARD };
enum { DO_OPEN, DO_LATE, DO_REFRESH };
enum { ASK_EVERY = 15, STATES = 7, WAITS = 3, DAYS = STATES + WAITS,
	FIGURES, LEFT_W = 38, BAR_W = 20, HEAD = 11, WEEKS = 12 };

// clang-format off
static const struct action tablero_actions[] = {
	{ K_ENTER, K_NONE, N_("Ver"), N_("Lista los expedientes que cuenta la cifra, o lo abierto de la oficina."), DO_OPEN, true },
	{ 'v', K_NONE, N_("Vencidas"), N_("Lista lo vencido de la oficina que señala el cursor."), DO_LATE, true },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Cuenta otra vez."), DO_REFRESH, true },
};

static const struct { const char *id, *name; } tablero_figures[FIGURES] = {
	{ "new",	N_("Nuevas") },
	{ "taken",	N_("Tomadas") },
	{ "approval",	N_("Por aprobar") },
	{ "returned",	N_("Devueltas") },
	{ "overdue",	N_("Vencidas") },
	{ "open",	N_("Abiertas") },
	{ "closed",	N_("Cerradas 7 d") },
	{ "day",	N_("24 horas") },
	{ "week",	N_("7 días") },
	{ "month",	N_("30 días") },
	{ "missing",	N_("Días sin cumplir") },
};
// clang-format on

struct tablero {
	struct view view;
	json_t *doc;
	char *why;			/* it was refused */
	struct cursor at;
	struct when asked;
	bool stale;
};

static void
tablero_ask(struct view *v)
{
	static const char *const words[] = { "tablero", NULL };
	struct tablero *t = (struct tablero *)v;

	t->asked = app_now(v->app);
	t->stale = false;
	app_ask(v, TAG_BOARD, false, words);
}

static const json_t *
tablero_figure(const struct tablero *t, const char *id)
{
	const json_t *list = doc_list(t->doc, "figures");
	size_t i;

	for (i = 0; i < json_array_size(list); i++)
		if (strcmp(doc_text(json_array_get(list, i), "id"), id) == 0)
			return json_array_get(list, i);
	return NULL;
}

/* The office under the finger, or NULL on a figure. */
static const json_t *
tablero_office(const struct tablero *t)
{
	return t->at.at < FIGURES ? NULL :
	    json_array_get(doc_list(t->doc, "offices"),
	    (size_t)(t->at.at - FIGURES));
}

/* ---- drawing ---- */

/* Of a bar of width cells, those that n out of most fill: any n fills one. */
static void
tablero_bar(struct grid *g, int row, int col, int width, int n, int most)
{
	int fill = most > 0 ? n * (width - 2) / most : 0, i;
	char text[64];

	if (n > 0 && fill == 0)
		fill = 1;
	for (i = 0; i < width - 2; i++)
		text[i + 1] = i < fill ? '#' : '.';
	text[0] = '[';
	text[width - 1] = ']';
	text[width] = '\0';
	(void)grid_put(g, row, col, width, GRID_PLAIN, text);
}

/* A sign for each week: how high it is among them. */
static void
tablero_spark(struct grid *g, int row, int col, const json_t *weeks)
{
	static const char *const plain[] = { "_", ".", ":", "-", "=", "+", "*",
		"#" };
	static const char *const blocks[] = { "▁", "▂", "▃", "▄", "▅", "▆",
		"▇", "█" };
	int64_t most = 0, n;
	size_t i;

	for (i = 0; i < json_array_size(weeks); i++) {
		n = json_integer_value(json_array_get(weeks, i));
		most = n > most ? n : most;
	}
	for (i = 0; i < json_array_size(weeks) && i < WEEKS; i++) {
		n = json_integer_value(json_array_get(weeks, i));
		n = most == 0 || n <= 0 ? 0 : 1 + n * 6 / most;
		(void)grid_put(g, row, col + (int)i, 1, GRID_PLAIN,
		    g->ascii ? plain[n] : blocks[n]);
	}
}

static const char *
tablero_span(const json_t *f, char out[DOC_SPAN_MAX])
{
	if (!json_is_integer(json_object_get(f, "seconds")))
		return "-";
	return doc_span(doc_int(f, "seconds"), out);
}

static void
tablero_finger(const struct tablero *t, struct grid *g, int i, int row,
    int col)
{
	if (t->at.at != i)
		return;
	(void)grid_put(g, row, col, 1, GRID_BOLD, ">");
	grid_cursor(g, row, col);
}

/* Of the daily procedures: without a case, or closed without their duty. */
static void
tablero_draw_days(const struct tablero *t, struct grid *g, int col)
{
	int n = (int)doc_int(tablero_figure(t, tablero_figures[DAYS].id),
	    "count");

	tablero_finger(t, g, DAYS, 10, col - 1);
	(void)grid_put(g, 10, col + 1, 21, n > 0 ? GRID_ALERT : GRID_PLAIN,
	    _(tablero_figures[DAYS].name));
	(void)grid_putf(g, 10, col + 22, -1, GRID_PLAIN, "%5d", n);
}

static void
tablero_draw_figures(const struct tablero *t, struct grid *g)
{
	bool wide = g->cols >= 76;
	char span[DOC_SPAN_MAX];
	const json_t *f;
	int i, n, row, most = 0, col = wide ? LEFT_W + 6 : LEFT_W - 8;

	(void)grid_put(g, 3, 1, -1, GRID_BOLD, _("TAREAS POR ESTADO"));
	(void)grid_put(g, 3, col, -1, GRID_BOLD,
	    wide ? _("TIEMPO DE APROBACIÓN (mediana)") : _("APROBACIÓN"));
	for (i = 0; i < STATES; i++) {
		n = (int)doc_int(tablero_figure(t, tablero_figures[i].id),
		    "count");
		most = n > most ? n : most;
	}
	for (i = 0; i < DAYS; i++) {
		f = tablero_figure(t, tablero_figures[i].id);
		n = (int)doc_int(f, "count");
		row = i < STATES ? 4 + i : 4 + i - STATES;
		tablero_finger(t, g, i, row, i < STATES ? 0 : col - 1);
		if (i >= STATES) {
			(void)grid_put(g, row, col + 1, 10, GRID_PLAIN,
			    _(tablero_figures[i].name));
			(void)grid_putf(g, row, col + 12, -1, GRID_PLAIN,
			    "%-9s %5d", tablero_span(f, span), n);
			continue;
		}
		(void)grid_put(g, row, 2, 13, i == 4 && n > 0 ? GRID_ALERT :
		    GRID_PLAIN, _(tablero_figures[i].name));
		(void)grid_putf(g, row, 15, 6, GRID_PLAIN, "%5d", n);
		if (wide)
			tablero_bar(g, row, 22, BAR_W, n, most);
	}
	tablero_draw_days(t, g, col);
	if (wide && *doc_text(t->doc, "waiting_since") != '\0')
		(void)grid_putf(g, 8, col + 1, -1, GRID_PLAIN,
		    _("La más vieja espera %s"), doc_span(-doc_until(
		    doc_text(t->doc, "waiting_since"), app_now(t->view.app)),
		    span));
}

/* What the figures beside it leave, of a screen and no more. */
static int
tablero_name_w(const struct grid *g)
{
	return (g->cols > 90 ? 90 : g->cols) - 44;
}

static void
tablero_draw_office(const struct tablero *t, struct grid *g, int i, int row)
{
	const json_t *o = json_array_get(doc_list(t->doc, "offices"),
	    (size_t)i);
	int name = tablero_name_w(g), col = 3 + name;
	char span[DOC_SPAN_MAX];

	tablero_finger(t, g, FIGURES + i, row, 0);
	(void)grid_cell(g, row, 2, name, GRID_PLAIN, doc_text(o, "name"));
	(void)grid_putf(g, row, col, 8, GRID_PLAIN, "%8d",
	    (int)doc_int(o, "open"));
	(void)grid_putf(g, row, col + 9, 8, doc_int(o, "overdue") > 0 ?
	    GRID_ALERT : GRID_PLAIN, "%8d", (int)doc_int(o, "overdue"));
	tablero_spark(g, row, col + 19, doc_list(o, "weeks"));
	(void)grid_put(g, row, col + 33, -1, GRID_PLAIN,
	    tablero_span(doc_part(o, "approval"), span));
}

static void
tablero_draw_offices(struct tablero *t, struct grid *g, int last)
{
	int n = (int)json_array_size(doc_list(t->doc, "offices"));
	int name = tablero_name_w(g), col = 3 + name;
	int rows = last - HEAD - 2, top, i;

	grid_rule(g, HEAD, 0, -1);
	(void)grid_put(g, HEAD + 1, 2, name, GRID_BOLD, _("Oficina"));
	(void)grid_put(g, HEAD + 1, col, 8, GRID_BOLD, _("Abiertas"));
	(void)grid_put(g, HEAD + 1, col + 9, 9, GRID_BOLD, _("Vencidas"));
	(void)grid_put(g, HEAD + 1, col + 19, 13, GRID_BOLD, _("Cierres 12 s"));
	(void)grid_put(g, HEAD + 1, col + 33, -1, GRID_BOLD, _("Aprob."));
	top = t->at.at - FIGURES - rows + 1;
	for (i = top > 0 ? top : 0; i < n && rows > 0; i++, rows--)
		tablero_draw_office(t, g, i, last - rows);
}

static void
tablero_draw(struct view *v, struct grid *g)
{
	struct tablero *t = (struct tablero *)v;
	int last = g->rows - 4;
	char when[16];

	app_title(v->app, g, _("Tablero"));
	grid_rule(g, 2, 0, -1);
	if (t->doc == NULL) {
		(void)grid_wrap(g, 4, 2, g->cols - 4, 4, 0, GRID_PLAIN,
		    t->why != NULL ? t->why : _("Un momento..."));
		grid_cursor(g, 4, 2);
		return;
	}
	(void)grid_putf(g, 1, 1, -1, GRID_PLAIN, _("Contado a las %s"),
	    app_when_text(v->app, doc_text(t->doc, "now"), when));
	tablero_draw_figures(t, g);
	tablero_draw_offices(t, g, last + 1);
}

/* ---- called by the app ---- */

static void
tablero_act(struct view *v, int id)
{
	struct tablero *t = (struct tablero *)v;
	const json_t *o = tablero_office(t);

	if (id == DO_REFRESH)
		tablero_ask(v);
	else if (o == NULL)
		app_open(v->app, &view_cifra, tablero_figures[t->at.at].id,
		    NULL);
	else
		app_open(v->app, &view_cifra, id == DO_LATE ? "overdue" :
		    "open", doc_text(o, "id"));
}

static const char *
tablero_grey(struct view *v, int id)
{
	struct tablero *t = (struct tablero *)v;

	if (id == DO_REFRESH)
		return NULL;
	if (t->doc == NULL)
		return _("No hay cifras que ver.");
	if (id == DO_LATE && tablero_office(t) == NULL)
		return _("Ponga el cursor en una oficina.");
	return NULL;
}

static void
tablero_close(struct view *v)
{
	struct tablero *t = (struct tablero *)v;

	json_decref(t->doc);
	free(t->why);
}

static bool
tablero_key(struct view *v, int32_t key)
{
	return cursor_key(&((struct tablero *)v)->at, key);
}

static void
tablero_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct tablero *t = (struct tablero *)v;

	(void)tag;
	if (status != 0) {
		free(t->why);
		t->why = xstrdup(doc_why(doc));
		if (t->doc != NULL)
			app_say(v->app, true, "%s", t->why);
		return;
	}
	json_decref(t->doc);
	t->doc = json_incref(doc);
	cursor_fit(&t->at, FIGURES +
	    (int)json_array_size(doc_list(doc, "offices")));
}

static void
tablero_on_tick(struct view *v, struct when now)
{
	struct tablero *t = (struct tablero *)v;

	if (t->stale && now.s - t->asked.s >= ASK_EVERY)
		tablero_ask(v);
}

static void
tablero_on_push(struct view *v, json_t *folios)
{
	(void)folios;
	((struct tablero *)v)->stale = true;
	tablero_on_tick(v, app_now(v->app));
}

const struct view_class view_tablero = {
	.name = "tablero",
	.actions = tablero_actions,
	.actions_count = ARRAY_LEN(tablero_actions),
	.size = sizeof(struct tablero),
	.open = tablero_ask,
	.close = tablero_close,
	.draw = tablero_draw,
	.key = tablero_key,
	.act = tablero_act,
	.grey = tablero_grey,
	.on_doc = tablero_on_doc,
	.on_push = tablero_on_push,
	.on_tick = tablero_on_tick,
};
