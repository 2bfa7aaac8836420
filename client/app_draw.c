/* SPDX-License-Identifier: ISC */
/*
 * app_draw.c - the screen: the top view, the message row, a pop-up over both
 * and the legend.  In the message row errors come first, then the link.
 */
#include "app_own.h"

#include "i18n.h"

static void
app_draw_message(struct app *a, struct grid *g)
{
	int row = g->rows - 3;
	int64_t s = a->clock.s - a->down_since.s;
	size_t queued = ask_queued(a);

	if (a->message != NULL && a->error) {
		grid_putf(g, row, 0, -1, GRID_ALERT, "! %s", a->message);
	} else if (a->esc) {
		grid_put(g, row, 1, -1, GRID_PLAIN, "Esc-");
	} else if (!a->up) {
		grid_putf(g, row, 0, -1, GRID_ALERT,
		    _("! SIN CONEXIÓN hace %02d:%02d.  %s"), (int)(s / 60),
		    (int)(s % 60), a->link_text == NULL ? "" : a->link_text);
		if (queued > 0)
			grid_putf(g, row, g->cols - 28, -1, GRID_ALERT,
			    _(" %zu cambios por enviar."), queued);
	} else if (a->message != NULL) {
		grid_put(g, row, 1, -1, GRID_PLAIN, a->message);
	}
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
	if (app_is_small(a)) {
		app_draw_small(g);
		return g;
	}
	if (v == NULL)
		grid_put(g, 0, 1, -1, GRID_PLAIN, _("Abriendo Pauta..."));
	else if (v->class->draw != NULL)
		v->class->draw(v, g);
	app_draw_message(a, g);
	if (a->popup.kind != POPUP_NONE)
		popup_draw(a, g);
	legend_draw(a, g);
	return g;
}
