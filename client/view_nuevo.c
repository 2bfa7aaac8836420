/* SPDX-License-Identifier: ISC */
/*
 * view_nuevo.c - beginning a case: which procedures a person may begin (and
 * why not the others), then the header of the case and the fields of the start.
 */
#include "form.h"

#include "cursor.h"
#include "i18n.h"
#include "text.h"

enum { TAG_LIST, TAG_STARTED };
enum { CODE_W = 12 };
enum { DO_OPEN, DO_CREATE, DO_PICK, DO_PAGE, DO_NEXT, DO_LEAVE, DO_LEAVE_SURE,
	DO_HOME, DO_HOME_SURE };

// clang-format off
static const struct action nuevo_actions[] = {
	{ K_ENTER, K_NONE, N_("Elegir"), N_("Abre la forma para iniciar el expediente; todavía no lo inicia."), DO_OPEN, true },
	{ K_F4, K_NONE, N_("Lista"), N_("Muestra los valores o las personas de este campo."), DO_PICK, true },
	{ K_F8, K_NONE, N_("Iniciar"), N_("Inicia el expediente y va a su primer paso."), DO_CREATE, true },
	{ K_CTRL_E, K_NONE, N_("Editor"), N_("Abre este campo en un editor de pantalla completa."), DO_PAGE, true },
	{ K_TAB, K_BACKTAB, N_("Sig."), N_("Va al campo siguiente."), DO_NEXT, true },
	{ K_F3, 'q', N_("Salir"), N_("Vuelve a la Bandeja; si hay algo escrito, pregunta."), DO_HOME, true },
	{ K_F12, K_LEFT, N_("Regresar"), N_("Vuelve a la lista de procedimientos, o a la pantalla anterior."), DO_LEAVE, true },
};
// clang-format on

struct start {
	const json_t *procedure, *start;	/* borrowed from doc */
};

struct nuevo {
	struct form_view fv;
	json_t *doc;
	struct start *starts;
	int count;
	struct cursor at;
	bool filling;
	bool sending;
};

static void
nuevo_take(struct nuevo *n, json_t *doc)
{
	const json_t *list = doc_list(doc, "procedures");
	bool first = n->doc == NULL;
	size_t i, k;

	json_decref(n->doc);
	n->doc = json_incref(doc);
	n->count = 0;
	for (i = 0; i < json_array_size(list); i++) {
		const json_t *p = json_array_get(list, i);
		const json_t *starts = doc_list(p, "starts");

		for (k = 0; k < json_array_size(starts); k++) {
			n->starts = xrealloc(n->starts,
			    (size_t)n->count + 1, sizeof *n->starts);
			n->starts[n->count++] = (struct start){ p,
			    json_array_get(starts, k) };
		}
	}
	cursor_fit(&n->at, n->count);
	for (k = 0; first && k < (size_t)n->count; k++)
		if (doc_is(n->starts[k].start, "can")) {
			n->at.at = (int)k;	/* what this person may start */
			break;
		}
}

static void
nuevo_fill(struct nuevo *n)
{
	const struct start *s = &n->starts[n->at.at];
	json_t *fields = form_start_fields(s->start);

	form_clear(&n->fv.form);
	form_load(&n->fv.form, fields, NULL);
	json_decref(fields);
	n->filling = true;
}

static void
nuevo_empty(struct nuevo *n)
{
	n->filling = false;
	form_clear(&n->fv.form);
	n->fv.form.focus = -1;
}

static void
nuevo_create(struct nuevo *n)
{
	const struct start *s = &n->starts[n->at.at];
	struct line l = { 0 };

	n->sending = true;
	line_add(&l, "iniciar");
	line_add(&l, doc_text(s->procedure, "code"));
	line_addf(&l, "inicio=%s", doc_text(s->start, "id"));
	form_words(&n->fv.form, &l, false);
	line_ask(&l, &n->fv.view, TAG_STARTED, true);
}

static void
nuevo_started(struct nuevo *n, json_t *doc)
{
	struct app *app = n->fv.view.app;
	const json_t *first = json_array_get(doc_list(doc, "open"), 0);
	char ref[DOC_REF_MAX];

	app_back(app);
	app_say(app, false, _("Se inició %s."), doc_text(doc, "folio"));
	if (first != NULL)
		app_open(app, &view_paso, doc_text(doc, "folio"),
		    doc_ref(first, ref));
}

/* ---- called by the app ---- */

static void
nuevo_open(struct view *v)
{
	static const char *const words[] = { "procedimientos", NULL };

	((struct nuevo *)v)->fv.form.focus = -1;
	app_ask(v, TAG_LIST, false, words);
}

static void
nuevo_close(struct view *v)
{
	struct nuevo *n = (struct nuevo *)v;

	form_clear(&n->fv.form);
	free(n->starts);
	json_decref(n->doc);
}

static const char *
nuevo_grey(struct view *v, int id)
{
	struct nuevo *n = (struct nuevo *)v;
	const json_t *start = n->count == 0 ? NULL :
	    n->starts[n->at.at].start;

	if (id == DO_OPEN) {
		if (n->filling)
			return _("Ya eligió; F8 inicia el expediente.");
		if (start == NULL)
			return _("No hay procedimientos.");
		return doc_is(start, "can") ? NULL :
		    *doc_text(start, "why") != '\0' ? doc_text(start, "why") :
		    _("Su rol no inicia este procedimiento.");
	}
	if (id == DO_LEAVE || id == DO_HOME)
		return NULL;
	if (!n->filling)
		return _("Primero elija un procedimiento.");
	if (id == DO_CREATE && n->sending)
		return _("El expediente ya se está iniciando.");
	return id == DO_PICK ? form_pick_grey(&n->fv.form) :
	    id == DO_PAGE ? form_page_grey(&n->fv.form) : NULL;
}

/* Leaving what was typed asks first: there is no case yet to keep it in. */
static void
nuevo_leave(struct nuevo *n, int id)
{
	if (n->filling && form_is_edited(&n->fv.form))
		app_confirm(&n->fv.view,
		    id == DO_HOME ? DO_HOME_SURE : DO_LEAVE_SURE,
		    _("Dejar sin iniciar"), _("El expediente todavía no "
		    "existe: lo escrito se pierde. ¿Dejarlo?"));
	else if (id == DO_HOME)
		app_home(n->fv.view.app);
	else if (n->filling)
		nuevo_empty(n);
	else
		app_back(n->fv.view.app);
}

static void
nuevo_act(struct view *v, int id)
{
	struct nuevo *n = (struct nuevo *)v;

	switch (id) {
	case DO_OPEN:
		nuevo_fill(n);
		break;
	case DO_CREATE:
		nuevo_create(n);
		break;
	case DO_PICK:
		form_pick(&n->fv);
		break;
	case DO_PAGE:
		form_page(&n->fv);
		break;
	case DO_NEXT:
		form_move(&n->fv, 1);
		break;
	case DO_LEAVE:
	case DO_HOME:
		nuevo_leave(n, id);
		break;
	case DO_HOME_SURE:
		app_home(v->app);
		break;
	default:
		nuevo_empty(n);
	}
}

static bool
nuevo_key(struct view *v, int32_t key)
{
	struct nuevo *n = (struct nuevo *)v;

	return n->filling ? form_key(&n->fv, key) : cursor_key(&n->at, key);
}

static void
nuevo_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct nuevo *n = (struct nuevo *)v;

	if (form_on_doc(&n->fv, tag, status, doc))
		return;
	if (tag == TAG_STARTED)
		n->sending = false;
	if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
		form_blame(&n->fv.form, doc_why(doc));
	} else if (tag == TAG_LIST) {
		nuevo_take(n, doc);
	} else {
		nuevo_started(n, doc);
	}
}

static void
nuevo_draw_list(struct nuevo *n, struct grid *g)
{
	int last = g->rows - 4, rows = last - 2 - 4, i, col = 2;
	int brief = col + CODE_W, title = brief + (g->cols >= 76 ? 20 : 13);
	const json_t *start;

	(void)grid_put(g, 1, col, -1, GRID_BOLD, _("Código"));
	(void)grid_put(g, 1, brief, title - brief - 1, GRID_BOLD, _("Procedimiento"));
	(void)grid_put(g, 1, title, -1, GRID_BOLD, _("Qué se inicia"));
	cursor_show(&n->at, rows);
	for (i = n->at.top; i < n->count && i < n->at.top + rows; i++) {
		const struct start *s = &n->starts[i];
		bool can = doc_is(s->start, "can");
		int y = 2 + i - n->at.top;

		cursor_mark(&n->at, g, i, y);
		(void)grid_put(g, y, col, 10, can ? GRID_PLAIN : GRID_DIM,
		    doc_text(s->procedure, "code"));
		(void)grid_cell(g, y, brief, title - brief - 1, can ? GRID_PLAIN :
		    GRID_DIM, doc_text(s->procedure, "brief"));
		(void)grid_cell(g, y, title, g->cols - title - 1 -
		    (can ? 0 : 13), can ? GRID_PLAIN : GRID_DIM,
		    doc_text(s->start, "title"));
		if (!can)
			(void)grid_put(g, y, g->cols - 13, -1, GRID_DIM,
			    doc_is(s->start, "taken") ? _("ya abierto") :
			    _("no le toca"));
	}
	grid_rule(g, last - 4, 0, -1);
	if (n->count == 0) {
		(void)grid_put(g, 3, 2, -1, GRID_PLAIN, n->doc == NULL ?
		    _("Un momento...") : _("No hay procedimientos."));
		grid_cursor(g, 3, 2);
		return;
	}
	grid_late(g, last - 3, 0, 4);
	start = n->starts[n->at.at].start;
	i = grid_wrap(g, last - 3, 1, g->cols - 2, 2, 0, GRID_BOLD,
	    doc_text(n->starts[n->at.at].procedure, "title"));
	if (!doc_is(start, "can"))
		(void)grid_wrap(g, last - 3 + i, 1, g->cols - 2, 2, 0,
		    GRID_PLAIN, doc_text(start, "why"));
}

static void
nuevo_draw(struct view *v, struct grid *g)
{
	struct nuevo *n = (struct nuevo *)v;
	int last = g->rows - 4;
	unsigned filled, all;

	app_title(v->app, g, _("Nuevo expediente"));
	if (!n->filling) {
		nuevo_draw_list(n, g);
		return;
	}
	(void)grid_putf(g, 1, 1, g->cols - 2, GRID_BOLD, "%s: %s",
	    doc_text(n->starts[n->at.at].procedure, "brief"),
	    doc_text(n->starts[n->at.at].start, "title"));
	grid_rule(g, 2, 0, -1);
	form_draw(&n->fv.form, g, 4, last - 2 - 4);
	form_draw_help(&n->fv.form, g, last - 2);
	grid_rule(g, last - 1, 0, -1);
	all = form_required(&n->fv.form, &filled);
	(void)grid_putf(g, last, 1, -1, GRID_PLAIN,
	    _("Obligatorios: %u de %u.  F8 inicia el expediente."), filled,
	    all);
}

const struct view_class view_nuevo = {
	.name = "nuevo",
	.actions = nuevo_actions,
	.actions_count = ARRAY_LEN(nuevo_actions),
	.size = sizeof(struct nuevo),
	.open = nuevo_open,
	.close = nuevo_close,
	.draw = nuevo_draw,
	.key = nuevo_key,
	.act = nuevo_act,
	.grey = nuevo_grey,
	.about = form_about,
	.on_doc = nuevo_on_doc,
};
