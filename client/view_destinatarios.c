/* SPDX-License-Identifier: ISC */
/*
 * view_destinatarios.c - to whom mail goes: the lists that the procedures name
 * and the approved addresses of each; to add one, to take one out.
 */
#include "cursor.h"
#include "doc.h"
#include "i18n.h"
#include "view.h"

enum { TAG_LIST, TAG_CHANGE };
enum { DO_ADD, DO_DEL, DO_DEL_SURE, DO_REFRESH };
enum { ASK_LIST = 100, ASK_ADDRESS, ASK_NAME };
enum { LIST_W = 16, ADDRESS_W = 34 };

// clang-format off
static const struct action destinos_actions[] = {
	{ K_F6, 'n', N_("Agregar"), N_("Agrega una dirección a una lista de envío."), DO_ADD, true },
	{ 'x', K_DELETE, N_("Quitar"), N_("Quita la dirección de su lista: deja de recibir."), DO_DEL, true },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide la lista otra vez."), DO_REFRESH, false },
	{ K_NONE, K_NONE, N_("Quitar ahora"), N_("Quita la dirección en este momento."), DO_DEL_SURE, false },
};
// clang-format on

struct destinos {
	struct view view;
	json_t *doc;
	struct cursor at;
	char *list, *address;		/* of the one being added */
};

static void
destinos_ask(struct view *v)
{
	static const char *const words[] = { "destinatarios", NULL };

	app_ask(v, TAG_LIST, false, words);
}

static const json_t *
destinos_at(const struct destinos *d)
{
	return json_array_get(doc_list(d->doc, "addresses"),
	    (size_t)d->at.at);
}

/* ---- adding: the list, the address, whose it is ---- */

static void
destinos_on_name(struct view *v, int tag, const char *name)
{
	struct destinos *d = (struct destinos *)v;
	struct line l = { 0 };

	(void)tag;
	line_add(&l, "destinatario");
	line_add(&l, "alta");
	line_add(&l, d->list);
	line_add(&l, d->address);
	line_addf(&l, "nombre=%s", name);
	line_ask(&l, v, TAG_CHANGE, true);
}

static void
destinos_on_address(struct view *v, int tag, const char *address)
{
	struct destinos *d = (struct destinos *)v;

	(void)tag;
	free(d->address);
	d->address = xstrdup(address);
	app_prompt(v, ASK_NAME, _("Agregar: nombre"),
	    _("De quién es; puede ir en blanco."), false, destinos_on_name);
}

static void
destinos_on_list(struct view *v, int tag, const char *list)
{
	struct destinos *d = (struct destinos *)v;

	(void)tag;
	free(d->list);
	d->list = xstrdup(list);
	app_prompt(v, ASK_ADDRESS, _("Agregar: correo"),
	    _("La dirección completa: persona@institucion.mx."), false,
	    destinos_on_address);
}

static void
destinos_del(struct destinos *d)
{
	const json_t *one = destinos_at(d);
	struct line l = { 0 };

	line_add(&l, "destinatario");
	line_add(&l, "baja");
	line_add(&l, doc_text(one, "list"));
	line_add(&l, doc_text(one, "address"));
	line_ask(&l, &d->view, TAG_CHANGE, true);
}

/* ---- drawing ---- */

static void
destinos_draw_row(struct destinos *d, struct grid *g, int i, int y)
{
	const json_t *one = json_array_get(doc_list(d->doc, "addresses"),
	    (size_t)i);
	int col = 2;

	cursor_mark(&d->at, g, i, y);
	(void)grid_put(g, y, col, LIST_W - 1, GRID_PLAIN,
	    doc_text(one, "list"));
	col += LIST_W;
	(void)grid_cell(g, y, col, ADDRESS_W - 1, GRID_PLAIN,
	    doc_text(one, "address"));
	col += ADDRESS_W;
	if (col < g->cols)
		(void)grid_cell(g, y, col, g->cols - col - 1, GRID_PLAIN,
		    doc_text(one, "name"));
}

static void
destinos_draw(struct view *v, struct grid *g)
{
	struct destinos *d = (struct destinos *)v;
	int n = (int)json_array_size(doc_list(d->doc, "addresses")), i;
	int last = g->rows - 4, rows = last - 2;

	app_title(v->app, g, _("Correo"));
	(void)grid_put(g, 1, 2, -1, GRID_BOLD, _("Lista"));
	(void)grid_put(g, 1, 2 + LIST_W, -1, GRID_BOLD, _("Dirección"));
	if (2 + LIST_W + ADDRESS_W < g->cols)
		(void)grid_put(g, 1, 2 + LIST_W + ADDRESS_W, -1, GRID_BOLD,
		    _("De quién es"));
	cursor_show(&d->at, rows);
	for (i = d->at.top; i < n && i < d->at.top + rows; i++)
		destinos_draw_row(d, g, i, 2 + i - d->at.top);
	if (n > 0)
		return;
	(void)grid_wrap(g, 3, 2, g->cols - 4, 3, 0, GRID_PLAIN,
	    d->doc == NULL ? _("Un momento...") :
	    _("Nadie recibe correo todavía. n agrega una dirección."));
	grid_cursor(g, 3, 2);
}

/* ---- called by the app ---- */

static void
destinos_act(struct view *v, int id)
{
	struct destinos *d = (struct destinos *)v;

	switch (id) {
	case DO_ADD:
		app_pick(v, ASK_LIST, _("Agregar: lista"),
		    doc_list(d->doc, "lists"), destinos_on_list);
		break;
	case DO_DEL:
		app_confirm(v, DO_DEL_SURE, _("Quitar de la lista"),
		    doc_text(destinos_at(d), "address"));
		break;
	case DO_DEL_SURE:
		destinos_del(d);
		break;
	default:
		destinos_ask(v);
	}
}

static const char *
destinos_grey(struct view *v, int id)
{
	struct destinos *d = (struct destinos *)v;

	if (id == DO_REFRESH)
		return NULL;
	if (!doc_is(d->doc, "can"))
		return _("Solo la jefatura de la unidad dice a quién se envía.");
	if (id == DO_ADD)
		return json_array_size(doc_list(d->doc, "lists")) > 0 ? NULL :
		    _("Ningún procedimiento envía correo.");
	return destinos_at(d) != NULL ? NULL :
	    _("No hay una dirección bajo el cursor.");
}

static void
destinos_close(struct view *v)
{
	struct destinos *d = (struct destinos *)v;

	json_decref(d->doc);
	free(d->list);
	free(d->address);
}

static bool
destinos_key(struct view *v, int32_t key)
{
	return cursor_key(&((struct destinos *)v)->at, key);
}

static void
destinos_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	static const char *const keys[] = { "list", "address", NULL };
	struct destinos *d = (struct destinos *)v;
	const json_t *list = doc_list(doc, "addresses");

	if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
		return;
	}
	if (tag == TAG_CHANGE) {
		app_say(v->app, false, "%s", _("La lista quedó así."));
		destinos_ask(v);
		return;
	}
	d->at.at = doc_find(list, destinos_at(d), keys, d->at.at);
	json_decref(d->doc);
	d->doc = json_incref(doc);
	cursor_fit(&d->at, (int)json_array_size(list));
}

const struct view_class view_destinatarios = {
	.name = "destinatarios",
	.actions = destinos_actions,
	.actions_count = ARRAY_LEN(destinos_actions),
	.size = sizeof(struct destinos),
	.open = destinos_ask,
	.close = destinos_close,
	.draw = destinos_draw,
	.key = destinos_key,
	.act = destinos_act,
	.grey = destinos_grey,
	.on_doc = destinos_on_doc,
};
