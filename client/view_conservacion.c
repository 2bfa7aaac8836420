/* SPDX-License-Identifier: ISC */
/*
 * view_conservacion.c - records kept: what is due by month and keeper, why each
 * is still here and why it may go; to keep one longer, to ask that it goes, to
 * approve that, and to receive it.
 */
#include "cursor.h"
#include "doc.h"
#include "i18n.h"
#include "view.h"

enum { TAG_LIST, TAG_ACT };
enum { DO_TRANSFER, DO_KEEP, DO_DISPOSE, DO_APPROVE, DO_DECLINE, DO_RECEIVE,
	DO_MONTH, DO_REFRESH };
enum { ASK_UNTIL = DO_REFRESH + 1, ASK_KEEP_WHY };
enum { FOLIO_W = 14, DAY_W = 10, STATE_W = 11, DETAIL = 7 };

// clang-format off
static const struct action conservacion_actions[] = {
	{ 't', K_NONE, N_("Transferir"), N_("Propone transferir al archivo el registro, cuyo plazo terminó."), DO_TRANSFER, true },
	{ 'c', K_NONE, N_("Conservar hasta"), N_("Conserva el registro hasta un día posterior al de su plazo, con motivo."), DO_KEEP, true },
	{ 'b', K_NONE, N_("Proponer baja"), N_("Propone dar de baja el registro; un renglón de hemeroteca se da de baja ya."), DO_DISPOSE, true },
	{ 'a', K_NONE, N_("Aprobar"), N_("Aprueba que se transfiera o se dé de baja; no quien lo propuso."), DO_APPROVE, true },
	{ 'd', K_NONE, N_("No aprobar"), N_("No lo aprueba, con motivo: el registro se sigue conservando."), DO_DECLINE, false },
	{ 'r', K_NONE, N_("Recibir"), N_("Lo recibe el archivo."), DO_RECEIVE, false },
	{ K_F4, 'f', N_("Mes"), N_("Muestra lo que termina en otro mes; vacío, lo vencido y lo de este."), DO_MONTH, true },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide la lista otra vez."), DO_REFRESH, false },
};
// clang-format on

struct conservacion {
	struct view view;
	json_t *doc;
	struct cursor at;
	char *month, *until;		/* NULL: none was said */
};

static void
conservacion_ask(struct view *v)
{
	struct conservacion *s = (struct conservacion *)v;
	struct line l = { 0 };

	line_add(&l, "conservacion");
	if (s->month != NULL && *s->month != '\0')
		line_addf(&l, "mes=%s", s->month);
	line_ask(&l, v, TAG_LIST, false);
}

static const json_t *
conservacion_at(const struct conservacion *s)
{
	return json_array_get(doc_list(s->doc, "rows"), (size_t)s->at.at);
}

/* ---- what is done with the record under the cursor ---- */

static void
conservacion_send(struct conservacion *s, int id, const char *why)
{
	static const char *const verbs[] = { "transferir", "conservar",
		"proponer", "destino", "destino", "recibir" };
	const json_t *one = conservacion_at(s);
	bool row = doc_int(one, "row") > 0;
	struct line l = { 0 };

	if (one == NULL)
		return;
	line_add(&l, row ? "baja" : verbs[id]);
	line_add(&l, doc_text(one, "folio"));
	line_add(&l, doc_text(one, "ref"));
	if (row)
		line_addf(&l, "fila=%lld", (long long)doc_int(one, "row"));
	else if (id == DO_APPROVE || id == DO_DECLINE)
		line_add(&l, id == DO_APPROVE ? "si" : "no");
	if (id == DO_KEEP)
		line_addf(&l, "hasta=%s", s->until);
	if (*why != '\0')
		line_addf(&l, "motivo=%s", why);
	line_ask(&l, &s->view, TAG_ACT, true);
}

static void
conservacion_on_text(struct view *v, int tag, const char *text)
{
	struct conservacion *s = (struct conservacion *)v;

	switch (tag) {
	case DO_MONTH:
		free(s->month);
		s->month = xstrdup(text);
		conservacion_ask(v);
		break;
	case ASK_UNTIL:
		free(s->until);
		s->until = xstrdup(text);
		app_prompt(v, ASK_KEEP_WHY, _("Conservar: motivo"),
		    _("Queda escrito con la decisión."), false,
		    conservacion_on_text);
		break;
	case ASK_KEEP_WHY:
		conservacion_send(s, DO_KEEP, text);
		break;
	default:
		conservacion_send(s, tag, text);
	}
}

static void
conservacion_act(struct view *v, int id)
{
	switch (id) {
	case DO_REFRESH:
		conservacion_ask(v);
		break;
	case DO_MONTH:
		app_prompt(v, id, _("Mes en que termina el plazo"),
		    _("2027-11; vacío: lo vencido y lo de este mes."), false,
		    conservacion_on_text);
		break;
	case DO_KEEP:
		app_prompt(v, ASK_UNTIL, _("Conservar hasta"),
		    _("Un día posterior al de su plazo: 2028-06-30."), false,
		    conservacion_on_text);
		break;
	case DO_DISPOSE:
	case DO_DECLINE:
		app_prompt(v, id, _("Motivo"),
		    _("Queda escrito con la decisión."), false,
		    conservacion_on_text);
		break;
	default:
		conservacion_send((struct conservacion *)v, id, "");
	}
}

static const char *
conservacion_grey(struct view *v, int id)
{
	static const char *const can[] = { "transfer", "keep", "dispose",
		"approve", "decline", "receive" };
	const json_t *one = conservacion_at((struct conservacion *)v), *may;

	if (id >= DO_MONTH)
		return NULL;
	if (one == NULL)
		return _("No hay un registro bajo el cursor.");
	may = doc_list(one, "can");
	if (doc_has(may, can[id]) || (id == DO_DISPOSE && doc_has(may, "row")))
		return NULL;
	return _("Ahora no, o no le corresponde a usted: abajo dice por qué.");
}

/* ---- drawing ---- */

static const char *
conservacion_state(const json_t *one)
{
	static const struct { const char *id, *text; } states[] = {
		{ "proposed", N_("propuesto") }, { "approved", N_("aprobado") },
		{ "transferred", N_("transferido") },
		{ "disposed", N_("baja") },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(states); i++)
		if (strcmp(states[i].id, doc_text(one, "state")) == 0)
			return _(states[i].text);
	return doc_is(one, "due") ? _("vencido") : _("en plazo");
}

static void
conservacion_draw_row(struct conservacion *s, struct grid *g, int i, int y)
{
	const json_t *one = json_array_get(doc_list(s->doc, "rows"),
	    (size_t)i);
	int col = 2;

	cursor_mark(&s->at, g, i, y);
	(void)grid_put(g, y, col, FOLIO_W, GRID_PLAIN, doc_text(one, "folio"));
	col += FOLIO_W + 1;
	(void)grid_put(g, y, col, DAY_W, GRID_PLAIN, doc_text(one, "until"));
	col += DAY_W + 1;
	(void)grid_put(g, y, col, STATE_W, doc_is(one, "due") ? GRID_BOLD :
	    GRID_PLAIN, conservacion_state(one));
	col += STATE_W + 1;
	if (doc_int(one, "row") > 0)
		(void)grid_putf(g, y, col, g->cols - col, GRID_PLAIN,
		    _("%s, renglón %lld"), doc_text(one, "record"),
		    (long long)doc_int(one, "row"));
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

static void
conservacion_draw(struct view *v, struct grid *g)
{
	struct conservacion *s = (struct conservacion *)v;
	int n = (int)json_array_size(doc_list(s->doc, "rows")), i;
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

/* ---- called by the app ---- */

static void
conservacion_close(struct view *v)
{
	struct conservacion *s = (struct conservacion *)v;

	json_decref(s->doc);
	free(s->month);
	free(s->until);
}

static bool
conservacion_key(struct view *v, int32_t key)
{
	return cursor_key(&((struct conservacion *)v)->at, key);
}

static void
conservacion_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct conservacion *s = (struct conservacion *)v;

	if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
		return;
	}
	if (tag == TAG_ACT) {
		app_say(v->app, false, "%s", _("Quedó escrito."));
		conservacion_ask(v);
		return;
	}
	json_decref(s->doc);
	s->doc = json_incref(doc);
	cursor_fit(&s->at, (int)json_array_size(doc_list(doc, "rows")));
}

const struct view_class view_conservacion = {
	.name = "conservacion",
	.actions = conservacion_actions,
	.actions_count = ARRAY_LEN(conservacion_actions),
	.size = sizeof(struct conservacion),
	.open = conservacion_ask,
	.close = conservacion_close,
	.draw = conservacion_draw,
	.key = conservacion_key,
	.act = conservacion_act,
	.grey = conservacion_grey,
	.on_doc = conservacion_on_doc,
};
