/* SPDX-License-Identifier: ISC */
/* conservacion_draw.c - how the list of records kept looks, and why below. */
#include "conservacion.h"

#include "i18n.h"
#include "retained.h"

enum { FOLIO_W = 14, DAY_W = 10, STATE_W = 11, DETAIL = 7 };

static void
conservacion_draw_row(struct conservacion *s, struct grid *g, int i, int y)
{
	const json_t *one = json_array_get(doc_list(s->doc, "rows"),
	    (size_t)i);
	int col = 2;

	cursor_mark(&s->at, g, i, y);
	if (s->marked[i])
		(void)grid_put(g, y, 1, 1, GRID_BOLD, "*");
	(void)grid_put(g, y, col, FOLIO_W, GRID_PLAIN, doc_text(one, "folio"));
	col += FOLIO_W + 1;
	(void)grid_put(g, y, col, DAY_W, GRID_PLAIN, doc_text(one, "until"));
	col += DAY_W + 1;
	(void)grid_put(g, y, col, STATE_W, doc_is(one, "due") ? GRID_BOLD :
	    GRID_PLAIN, retained_state(one));
	col += STATE_W + 1;
	if (doc_int(one, "row") > 0)
		(void)grid_putf(g, y, col, g->cols - col, GRID_PLAIN,
		    _("%s, renglón %lld"), doc_text(one, "record"),
		    doc_int(one, "row"));
	else
		(void)grid_put(g, y, col, g->cols - col, GRID_PLAIN,
		    doc_text(one, "record"));
}

/* Who keeps it and where, its files, and why. */
static void
conservacion_draw_one(const json_t *one, struct grid *g, int y, int last)
{
	json_t *why = doc_list(one, "why");
	size_t i;

	(void)grid_putf(g, y++, 1, g->cols - 2, GRID_PLAIN,
	    _("%s. %s; archivos: %zu."), doc_text(one, "keeper_title"),
	    doc_text(one, "place"),
	    json_array_size(doc_list(one, "evidence")));
	for (i = 0; i < json_array_size(why) && y < last; i++)
		y += grid_wrap(g, y, 1, g->cols - 2, last - y, 0, GRID_PLAIN,
		    doc_item(why, i));
}

void
conservacion_draw(struct view *v, struct grid *g)
{
	struct conservacion *s = (struct conservacion *)v;
	int n = conservacion_count(s), i;
	int last = g->rows - 4, rows = last - DETAIL - 2;

	app_title(v->app, g, _("Conservación de registros"));
	(void)grid_put(g, 1, 2, -1, GRID_BOLD, _("Folio"));
	(void)grid_put(g, 1, 3 + FOLIO_W, -1, GRID_BOLD, _("Hasta"));
	(void)grid_put(g, 1, 4 + FOLIO_W + DAY_W, -1, GRID_BOLD, _("Estado"));
	(void)grid_put(g, 1, 5 + FOLIO_W + DAY_W + STATE_W, -1, GRID_BOLD,
	    _("Registro"));
	cursor_show(&s->at, rows);
	for (i = s->at.top; i < n && i < s->at.top + rows; i++)
		conservacion_draw_row(s, g, i, 2 + i - s->at.top);
	grid_rule(g, last - DETAIL, 0, -1);
	if (n > 0) {
		grid_late(g, last - DETAIL + 1, 0, DETAIL);
		conservacion_draw_one(conservacion_at(s), g,
		    last - DETAIL + 1, last + 1);
		return;
	}
	(void)grid_put(g, 3, 2, -1, GRID_PLAIN, s->doc == NULL ?
	    _("Un momento...") : _("Nada vence en ese plazo. f muestra otro "
	    "mes."));
	grid_cursor(g, 3, 2);
}
