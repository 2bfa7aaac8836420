/* SPDX-License-Identifier: ISC */
/*
 * app_draw.c - the screen: the top view, the message row, a pop-up over both
 * and the legend.  In the message row errors come first, then the link.
 */
#include "app_own.h"

#include "i18n.h"
#include "text.h"

/* Rows that a long sentence may take, from the message row upwards. */
enum { MESSAGE_ROWS = 5 };

/* What does not fit in the message row covers the view until the next key. */
static void
app_draw_sentence(struct grid *g, int last, int col, int attr,
    const char *text)
{
	int w = g->cols - col - 1, n, y;

	n = grid_wrap(g, last, col, w, 0, 0, attr, text);
	if (n > MESSAGE_ROWS)
		n = MESSAGE_ROWS;
	for (y = last - n + 1; n > 1 && y <= last; y++)
		(void)grid_putf(g, y, 0, -1, GRID_PLAIN, "%*s", g->cols, "");
	(void)grid_wrap(g, last - n + 1, col, w, n, 0, attr, text);
}

static void
app_draw_error(const struct app *a, struct grid *g, int row)
{
	char *text = xasprintf("! %s", a->message);

	app_draw_sentence(g, row, 0, GRID_ALERT, text);
	free(text);
}

/* What is shown is of such an hour, and what was typed is here. */
static void
app_draw_kept(const struct app *a, struct grid *g, int row, int col)
{
	const char *text = a->link_text == NULL ? "" : a->link_text;
	size_t kept = keep_waiting(a);
	char utc[WHEN_TEXT], at[16];

	if (a->kept_at.s != 0)
		col += grid_putf(g, row, col, -1, GRID_ALERT, _("Datos: %s.  "),
		    app_when_text(a, when_text(a->kept_at, utc), at));
	if (kept > 0)
		col += grid_putf(g, row, col, -1, GRID_ALERT, kept == 1 ?
		    _("1 cambio guardado aquí.  ") :
		    _("%zu cambios guardados aquí.  "), kept);
	/* Behind what matters more it is whole, or not there. */
	if ((kept == 0 && a->kept_at.s == 0) ||
	    col + text_width(text) <= g->cols)
		(void)grid_put(g, row, col, -1, GRID_ALERT, text);
}

static void
app_draw_down(const struct app *a, struct grid *g, int row)
{
	int64_t s = a->clock.s - a->down_since.s;
	size_t queued = ask_queued(a);
	int col;

	col = grid_putf(g, row, 0, -1, GRID_ALERT, a->met || a->recalled ?
	    _("! SIN CONEXIÓN hace %02d:%02d.  ") :
	    _("Conectando desde hace %02d:%02d.  "), (int)(s / 60),
	    (int)(s % 60));
	app_draw_kept(a, g, row, col);
	if (queued > 0)
		grid_putf(g, row, g->cols - 28, -1, GRID_ALERT, queued == 1 ?
		    _(" %zu cambio por enviar.") :
		    _(" %zu cambios por enviar."), queued);
}

static void
app_draw_message(struct app *a, struct grid *g)
{
	int row = g->rows - 3;

	if (a->message != NULL && a->error)
		app_draw_error(a, g, row);
	else if (a->esc)
		grid_put(g, row, 1, -1, GRID_PLAIN, "Esc-");
	else if (!a->up)
		app_draw_down(a, g, row);
	else if (a->message != NULL)
		app_draw_sentence(g, row, 1, GRID_PLAIN, a->message);
	else if (keep_stopped(a) > 0)
		grid_put(g, row, 0, -1, GRID_ALERT, _("! Hay algo suyo que no "
		    "se pudo enviar: F2, Por enviar."));
	else
		upload_draw_line(a, g, row);
}

static void
app_draw_small(struct grid *g)
{
	int row = g->rows > 6 ? g->rows / 2 - 2 : 0;

	row += grid_wrap(g, row, 0, g->cols, g->rows, 0, GRID_PLAIN,
	    _("Agrande la ventana: Pauta necesita al menos 60 columnas por 16 "
	    "renglones. Lo escrito está guardado."));
	grid_wrap(g, row, 0, g->cols, g->rows - row, 0, GRID_PLAIN,
	    _("También puede trabajar por preguntas: pauta --lineal"));
}

const struct grid *
app_draw(struct app *a)
{
	struct grid *g = &a->grid;
	struct view *v = app_top(a);

	grid_erase(g);
	pref_draw(a);
	if (app_is_small(a)) {
		app_draw_small(g);
		return g;
	}
	if (v == NULL)
		grid_put(g, 0, 1, -1, GRID_PLAIN, _("Abriendo Pauta..."));
	else if (v->class->draw != NULL)
		v->class->draw(v, g);
	app_draw_message(a, g);
	if (a->popup.kind != POPUP_NONE) {
		grid_late(g, 0, 0, 0);
		popup_draw(a, g);
	}
	line_draw_late(a, a->popup.kind != POPUP_NONE ?
	    (const void *)&a->popup : v);
	legend_draw(a, g);
	return g;
}
