/* SPDX-License-Identifier: ISC */
/*
 * view_buscar.c - cases found by folio, subject or content, without accents;
 * under each one, where it says what was looked for.
 */
#include "cursor.h"
#include "doc.h"
#include "i18n.h"
#include "text.h"
#include "view.h"

enum { TAG_FOUND };
enum { DO_OPEN, DO_AGAIN, DO_HISTORY, DO_LIST };
enum { COL_FOLIO = 2, FOLIO_W = 13, PROC_W = 14, STATE_W = 10, OPEN_W = 10,
	CASE_ROWS = 2 };

// clang-format off
static const struct action buscar_actions[] = {
	{ K_ENTER, K_NONE, N_("Buscar o abrir"), N_("En el texto, busca; en la lista, abre el expediente."), DO_OPEN, true },
	{ K_F9, 'h', N_("Historial"), N_("Muestra quién hizo qué en este expediente."), DO_HISTORY, true },
	{ K_TAB, K_DOWN, N_("Lista"), N_("Va del texto a la lista."), DO_LIST, true },
	{ 'b', '/', N_("Otra búsqueda"), N_("Vuelve al texto que se busca."), DO_AGAIN, true },
};
// clang-format on

struct buscar {
	struct view view;
	struct edit edit;
	json_t *doc;
	struct cursor at;
	bool listing;			/* the finger is in the list */
};

static const json_t *
buscar_at(const struct buscar *b)
{
	return json_array_get(doc_list(b->doc, "cases"), (size_t)b->at.at);
}

static void
buscar_ask(struct buscar *b)
{
	const char *words[] = { "buscar", b->edit.text, NULL };

	if (b->edit.text[strspn(b->edit.text, " ")] == '\0')
		app_say(b->view.app, true, "%s",
		    _("Escriba un folio o algunas palabras."));
	else
		app_ask(&b->view, TAG_FOUND, false, words);
}

static void
buscar_act(struct view *v, int id)
{
	struct buscar *b = (struct buscar *)v;

	if (id == DO_AGAIN)
		b->listing = false;
	else if (id == DO_LIST)
		b->listing = true;
	else if (id == DO_HISTORY)
		app_open(v->app, &view_historial, doc_text(buscar_at(b),
		    "folio"), NULL);
	else if (b->listing)
		app_open(v->app, &view_expediente, doc_text(buscar_at(b),
		    "folio"), NULL);
	else
		buscar_ask(b);
}

static const char *
buscar_grey(struct view *v, int id)
{
	struct buscar *b = (struct buscar *)v;

	if (id == DO_AGAIN && !b->listing)
		return _("Ya está en el texto.");
	if ((id == DO_HISTORY || id == DO_LIST) && buscar_at(b) == NULL)
		return _("No hay un expediente en la lista.");
	if (id == DO_LIST && b->listing)
		return _("Ya está en la lista.");
	return NULL;
}

static void
buscar_open(struct view *v)
{
	edit_init(&((struct buscar *)v)->edit, TEXT_MAX / 16, false);
}

static void
buscar_close(struct view *v)
{
	struct buscar *b = (struct buscar *)v;

	edit_clear(&b->edit);
	json_decref(b->doc);
}

static bool
buscar_key(struct view *v, int32_t key)
{
	struct buscar *b = (struct buscar *)v;

	if (!b->listing)
		return edit_key(&b->edit, key);
	if (key == K_UP && b->at.at == 0) {
		b->listing = false;
		return true;
	}
	return cursor_key(&b->at, key);
}

static void
buscar_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct buscar *b = (struct buscar *)v;

	(void)tag;
	if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
		return;
	}
	json_decref(b->doc);
	b->doc = json_incref(doc);
	b->at = (struct cursor){ 0 };
	cursor_fit(&b->at, (int)json_array_size(doc_list(doc, "cases")));
	b->listing = b->at.count > 0;
}

static const char *
case_state(const json_t *c)
{
	const char *state = doc_text(c, "state");

	if (strcmp(state, "closed") == 0)
		return _("Terminado");
	if (strcmp(state, "cancelled") == 0)
		return _("Cancelado");
	return _("Abierto");
}

/* The first place that the row itself does not show, or NULL. */
static const json_t *
case_hit(const json_t *c, size_t *others)
{
	const json_t *list = doc_list(c, "hits"), *h, *best = NULL;
	const char *where;
	size_t i;

	*others = (size_t)doc_int(c, "hits_left");
	json_array_foreach(list, i, h) {
		where = doc_text(h, "where");
		if (strcmp(where, "folio") == 0 ||
		    strcmp(where, "subject") == 0 ||
		    strcmp(where, "procedure") == 0)
			continue;
		if (best != NULL)
			(*others)++;
		else
			best = h;
	}
	return best;
}

/* "Paso 2.1, Fuente: ...", "Observación del paso 1.3: ...", "Registro ...". */
static void
buscar_draw_hit(const json_t *c, struct grid *g, int y)
{
	size_t others;
	const json_t *h = case_hit(c, &others);
	const char *where = doc_text(h, "where"), *label = doc_text(h, "label");
	char ref[DOC_REF_MAX], more[32] = "";
	int col = COL_FOLIO + 2, w;

	if (h == NULL)
		return;
	if (others > 0)
		(void)snprintf(more, sizeof more, " (+%zu)", others);
	w = g->cols - col - 1 - (int)strlen(more);
	if (strcmp(where, "remark") == 0)
		col += *doc_text(h, "step") == '\0' ?
		    grid_put(g, y, col, w, GRID_DIM, _("Motivo: ")) :
		    grid_putf(g, y, col, w, GRID_DIM,
			_("Observación, paso %s: "), doc_ref(h, ref));
	else if (strcmp(where, "comment") == 0)
		col += grid_put(g, y, col, w, GRID_DIM, _("Comentario: "));
	else if (strcmp(where, "scan") == 0)
		col += grid_putf(g, y, col, w, GRID_DIM,
		    _("Imagen, paso %s: "), doc_ref(h, ref));
	else if (strcmp(where, "record") == 0)
		col += grid_putf(g, y, col, w, GRID_DIM,
		    _("Registro, paso %s: "), doc_ref(h, ref));
	else if (*doc_text(h, "step") == '\0')
		col += grid_putf(g, y, col, w, GRID_DIM, "%s: ", label);
	else
		col += grid_putf(g, y, col, w, GRID_DIM, _("Paso %s, %s: "),
		    doc_ref(h, ref), label);
	(void)grid_put(g, y, col, g->cols - col - 1 - (int)strlen(more),
	    GRID_DIM, doc_text(h, "text"));
	(void)grid_put(g, y, g->cols - 1 - (int)strlen(more), -1, GRID_DIM,
	    more);
}

/* What the person should know of the list as a whole. */
static void
buscar_draw_count(const struct buscar *b, struct grid *g, int y, int n)
{
	int col;

	if (b->doc == NULL)
		return;
	col = 1 + grid_putf(g, y, 1, -1, GRID_DIM, n == 1 ?
	    _("%d expediente") : _("%d expedientes"), n);
	if (doc_is(b->doc, "partial"))
		(void)grid_put(g, y, col, -1, GRID_BOLD,
		    _(", los más recientes: agregue palabras."));
	else if (doc_is(b->doc, "more"))
		(void)grid_put(g, y, col, -1, GRID_BOLD,
		    _("; hay más: agregue palabras."));
	else if (doc_int(b->doc, "behind") > 0)
		(void)grid_put(g, y, col, -1, GRID_BOLD,
		    _(". Falta lo último que se escribió: repita en un "
		      "momento."));
}

static void
buscar_draw_row(const struct buscar *b, struct grid *g, int i, int y)
{
	const json_t *c = json_array_get(doc_list(b->doc, "cases"), (size_t)i);
	const json_t *open = doc_list(c, "open");
	bool wide = g->cols >= 76;
	int state = g->cols - STATE_W - 1, at = state - OPEN_W - 1;
	int title = COL_FOLIO + FOLIO_W + 1 + (wide ? PROC_W + 1 : 0);
	char ref[DOC_REF_MAX];

	if (b->listing)
		cursor_mark(&b->at, g, i, y);
	(void)grid_put(g, y, COL_FOLIO, FOLIO_W, GRID_PLAIN,
	    doc_text(c, "folio"));
	if (wide)
		(void)grid_put(g, y, COL_FOLIO + FOLIO_W + 1, PROC_W,
		    GRID_PLAIN, doc_text(c, "brief"));
	(void)grid_cell(g, y, title, at - title - 1, GRID_PLAIN,
	    doc_text(c, "title"));
	if (json_array_size(open) > 0)
		(void)grid_putf(g, y, at, OPEN_W, GRID_PLAIN, _("paso %s%s"),
		    doc_ref(json_array_get(open, 0), ref),
		    json_array_size(open) > 1 ? "+" : "");
	(void)grid_put(g, y, state, STATE_W, GRID_PLAIN, case_state(c));
	buscar_draw_hit(c, g, y + 1);
}

static void
buscar_draw(struct view *v, struct grid *g)
{
	struct buscar *b = (struct buscar *)v;
	int n = (int)json_array_size(doc_list(b->doc, "cases"));
	int last = g->rows - 4, rows = (last - 3 - 1) / CASE_ROWS, i;

	app_title(v->app, g, _("Buscar"));
	(void)grid_put(g, 1, 1, -1, GRID_PLAIN, _("Buscar: ["));
	edit_draw(&b->edit, g, 1, 10, g->cols - 12, 1, !b->listing);
	(void)grid_put(g, 1, g->cols - 2, 1, GRID_PLAIN, "]");
	grid_rule(g, 2, 0, -1);
	cursor_show(&b->at, rows);
	for (i = b->at.top; i < n && i < b->at.top + rows; i++)
		buscar_draw_row(b, g, i,
		    3 + CASE_ROWS * (i - b->at.top));
	if (b->doc != NULL && n == 0)
		(void)grid_put(g, 4, 2, -1, GRID_PLAIN,
		    _("No se encontró ningún expediente con ese texto."));
	grid_rule(g, last - 1, 0, -1);
	buscar_draw_count(b, g, last, n);
}

const struct view_class view_buscar = {
	.name = "buscar",
	.actions = buscar_actions,
	.actions_count = ARRAY_LEN(buscar_actions),
	.size = sizeof(struct buscar),
	.open = buscar_open,
	.close = buscar_close,
	.draw = buscar_draw,
	.key = buscar_key,
	.act = buscar_act,
	.grey = buscar_grey,
	.on_doc = buscar_on_doc,
};
