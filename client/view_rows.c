/* SPDX-License-Identifier: ISC */
/*
 * view_rows.c - the rows of a list field, and one row as a small form.
 *
 * Each change goes back at once to the field it belongs to (and from there to
 * the draft), so that leaving never has to ask.
 */
#include "form.h"

#include "cursor.h"
#include "i18n.h"

enum { DO_ADD, DO_EDIT, DO_DEL, DO_DEL_SURE, DO_ACCEPT, DO_PICK, DO_PAGE,
	DO_NEXT };

// clang-format off
static const struct action rows_actions[] = {
	{ K_ENTER, K_NONE, N_("Editar"), N_("Abre el renglón en una forma."), DO_EDIT, true },
	{ K_F6, 'n', N_("Agregar"), N_("Agrega un renglón al final."), DO_ADD, true },
	{ K_F8, K_NONE, N_("Aceptar"), N_("Vuelve al paso con estos renglones."), DO_ACCEPT, true },
	{ 'x', K_DELETE, N_("Quitar"), N_("Quita el renglón, con confirmación."), DO_DEL, true },
};

static const struct action row_actions[] = {
	{ K_F4, K_NONE, N_("Lista"), N_("Muestra los valores o las personas de este campo."), DO_PICK, true },
	{ K_F8, K_NONE, N_("Aceptar"), N_("Pone el renglón en la lista."), DO_ACCEPT, true },
	{ K_F12, K_NONE, N_("Regresar"), N_("Vuelve a la lista; lo escrito se queda."), DO_ACCEPT, true },
	{ K_F3, K_NONE, N_("Aceptar y volver"), N_("Igual que F8: el renglón se queda."), DO_ACCEPT, false },
	{ K_CTRL_E, K_NONE, N_("Editor"), N_("Abre este campo en un editor de pantalla completa."), DO_PAGE, true },
	{ K_TAB, K_BACKTAB, N_("Sig."), N_("Va al campo siguiente."), DO_NEXT, true },
};
// clang-format on

struct rows {
	struct view view;
	struct view *from;
	form_done *done;
	int tag;
	json_t *def;			/* FIELD of type list */
	json_t *rows;
	char *frozen;
	struct cursor at;
};

struct row {
	struct form_view fv;
	struct rows *from;
	int at;				/* which row; past the last: new */
	char *title;
};

void
rows_open(struct view *from, int tag, const json_t *def, const char *text,
    const char *frozen, form_done *done)
{
	struct rows *r;

	app_open(from->app, &view_rows, from->folio, from->step);
	r = (struct rows *)app_top(from->app);
	if (r->view.class != &view_rows)
		return;		/* the app has said why */
	r->from = from;
	r->tag = tag;
	r->done = done;
	r->def = json_incref((json_t *)(uintptr_t)def);
	r->rows = field_rows(text);
	r->frozen = xstrdup(frozen);
	cursor_fit(&r->at, (int)json_array_size(r->rows));
}

/* The rows changed: tell the field. */
static void
rows_tell(struct rows *r)
{
	char *text = json_dumps(r->rows, JSON_COMPACT);

	r->done(r->from, r->tag,
	    json_array_size(r->rows) == 0 ? "" : text);
	free(text);
	cursor_fit(&r->at, (int)json_array_size(r->rows));
}

/* ---- one row ---- */

/* The columns as the fields of a form, with what the row says. */
static json_t *
row_fields(const struct rows *r, const json_t *row)
{
	const json_t *columns = doc_list(r->def, "columns");
	json_t *fields = json_array();
	size_t i;

	for (i = 0; i < json_array_size(columns); i++) {
		json_t *f = json_deep_copy(json_array_get(columns, i));
		json_t *value = json_object_get(row, doc_text(f, "id"));

		if (field_is_number(f)) {
			json_decref(f);	/* of its note: not for people */
			continue;
		}
		json_object_del(f, "draft");
		/* Offered to this row; it is the row that must name one. */
		json_object_del(f, "attached");
		json_object_set(f, "value", value == NULL ? json_null() :
		    value);
		json_array_append_new(fields, f);
	}
	return fields;
}

static void
row_open(struct rows *r, int at)
{
	const json_t *row = json_array_get(r->rows, (size_t)at);
	struct view *v = &r->view;
	struct row *o;
	json_t *fields;

	app_open(v->app, &view_row, v->folio, v->step);
	o = (struct row *)app_top(v->app);
	if (o->fv.view.class != &view_row)
		return;
	o->from = r;
	o->at = at;
	o->title = row == NULL ?
	    xasprintf(_("%s: renglón nuevo"), doc_text(r->def, "label")) :
	    xasprintf(_("%s: renglón %d"), doc_text(r->def, "label"), at + 1);
	fields = row_fields(r, row);
	form_load(&o->fv.form, fields, r->frozen);
	json_decref(fields);
}

/* The row as it is now: what was not touched keeps its type. */
static json_t *
row_value(struct row *o)
{
	const json_t *was = json_array_get(o->from->rows, (size_t)o->at);
	json_t *row = was == NULL ? json_object() : json_copy((json_t *)
	    (uintptr_t)was);
	unsigned i;

	for (i = 0; i < o->fv.form.count; i++) {
		const struct form_field *f = &o->fv.form.fields[i];
		const char *id = doc_text(f->def, "id");
		char *word;

		if (!f->edited)
			continue;
		word = field_word(f);
		if (*word == '\0')
			json_object_del(row, id);
		else
			json_object_set_new(row, id, json_string(word));
		free(word);
	}
	return row;
}

/* form.save: what was typed goes into the list, and with it to the draft. */
static void
row_save(struct view *v)
{
	struct row *o = (struct row *)v;
	struct rows *r = o->from;
	json_t *row = row_value(o);
	unsigned i;

	if ((size_t)o->at < json_array_size(r->rows))
		json_array_set_new(r->rows, (size_t)o->at, row);
	else if (json_object_size(row) > 0)
		json_array_append_new(r->rows, row);
	else
		json_decref(row);
	for (i = 0; i < o->fv.form.count; i++)
		o->fv.form.fields[i].unsaved = false;
	r->at.at = o->at;
	rows_tell(r);
}

static void
row_accept(struct row *o)
{
	form_flush(&o->fv);
	app_back(o->fv.view.app);
}

static void
row_act(struct view *v, int id)
{
	struct row *o = (struct row *)v;

	if (id == DO_PICK)
		form_pick(&o->fv);
	else if (id == DO_PAGE)
		form_page(&o->fv);
	else if (id == DO_NEXT)
		form_move(&o->fv, 1);
	else
		row_accept(o);
}

static const char *
row_grey(struct view *v, int id)
{
	const struct form *fo = &((struct row *)v)->fv.form;

	return id == DO_PICK ? form_pick_grey(fo) :
	    id == DO_PAGE ? form_page_grey(fo) : NULL;
}

static void
row_start(struct view *v)
{
	struct row *o = (struct row *)v;

	o->fv.form.focus = -1;
	o->fv.form.save = row_save;
}

static void
row_close(struct view *v)
{
	struct row *o = (struct row *)v;

	form_clear(&o->fv.form);
	free(o->title);
}

static bool
row_key(struct view *v, int32_t key)
{
	return form_key((struct form_view *)v, key);
}

static void
row_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	(void)form_on_doc((struct form_view *)v, tag, status, doc);
}

static void
row_on_tick(struct view *v, struct when now)
{
	form_on_tick((struct form_view *)v, now);
}

static void
row_draw(struct view *v, struct grid *g)
{
	struct row *o = (struct row *)v;
	int last = g->rows - 4;
	unsigned filled, n = form_required(&o->fv.form, &filled);

	app_title(v->app, g, o->title == NULL ? "" : o->title);
	grid_rule(g, 1, 0, -1);
	form_draw(&o->fv.form, g, 3, last - 3 - 2);
	form_draw_help(&o->fv.form, g, last - 2);
	grid_rule(g, last - 1, 0, -1);
	(void)grid_putf(g, last, 1, -1, GRID_PLAIN,
	    _("Obligatorios: %u de %u."), filled, n);
}

/* ---- the list of rows ---- */

static const char *
rows_grey(struct view *v, int id)
{
	const struct rows *r = (const struct rows *)v;

	if (id == DO_ACCEPT)
		return NULL;
	if (id != DO_EDIT && r->frozen != NULL)
		return r->frozen;
	if (id != DO_ADD && json_array_size(r->rows) == 0)
		return _("No hay renglones.");
	return NULL;
}

/*
 * A row that came from the inbox of notes goes back there; only saying so takes
 * it out of the list for good.
 */
static void
rows_del(struct rows *r)
{
	const json_t *row = json_array_get(r->rows, (size_t)r->at.at);
	int64_t note = field_row_note(doc_list(r->def, "columns"), row);
	struct line l = { 0 };

	if (note > 0) {
		line_add(&l, "reponer");
		line_addf(&l, "%lld", (long long)note);
		line_ask(&l, &r->view, 0, true);
	}
	json_array_remove(r->rows, (size_t)r->at.at);
	rows_tell(r);
}

static void
rows_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	(void)tag;
	if (status != 0)
		app_say(v->app, true, "%s", doc_why(doc));
	else
		app_say(v->app, false, "%s",
		    _("La nota regresó al monitoreo, por atender."));
}

static void
rows_act(struct view *v, int id)
{
	struct rows *r = (struct rows *)v;

	switch (id) {
	case DO_ADD:
		row_open(r, (int)json_array_size(r->rows));
		break;
	case DO_EDIT:
		row_open(r, r->at.at);
		break;
	case DO_DEL:
		app_confirm(v, DO_DEL_SURE, _("Quitar"),
		    _("¿Quitar este renglón?"));
		break;
	case DO_DEL_SURE:
		rows_del(r);
		break;
	default:
		app_back(v->app);
	}
}

static void
rows_close(struct view *v)
{
	struct rows *r = (struct rows *)v;

	json_decref(r->def);
	json_decref(r->rows);
	free(r->frozen);
}

static bool
rows_key(struct view *v, int32_t key)
{
	/* F8 accepts here; everywhere else in a list it is page down. */
	return key != K_F8 && cursor_key(&((struct rows *)v)->at, key);
}

static void
rows_draw(struct view *v, struct grid *g)
{
	struct rows *r = (struct rows *)v;
	const json_t *columns = doc_list(r->def, "columns");
	int n = (int)json_array_size(r->rows), last = g->rows - 4, i;
	int rows = last - 3 - 1;

	app_title(v->app, g, doc_text(r->def, "label"));
	(void)grid_putf(g, 1, 1, -1, GRID_PLAIN,
	    n == 1 ? _("%d renglón") : _("%d renglones"), n);
	grid_rule(g, 2, 0, -1);
	cursor_show(&r->at, rows);
	for (i = r->at.top; i < n && i < r->at.top + rows; i++) {
		char *row = field_row_text(columns,
		    json_array_get(r->rows, (size_t)i));
		char *text = xasprintf("%2d  %s", i + 1, row);

		cursor_mark(&r->at, g, i, 3 + i - r->at.top);
		(void)grid_cell(g, 3 + i - r->at.top, 2, g->cols - 3,
		    GRID_PLAIN, text);
		free(text);
		free(row);
	}
	if (n == 0) {
		(void)grid_put(g, 4, 2, -1, GRID_PLAIN,
		    _("Todavía no hay renglones. F6 agrega uno."));
		grid_cursor(g, 4, 2);
	}
	grid_rule(g, last, 0, -1);
}

const struct view_class view_rows = {
	.name = "renglones",
	.actions = rows_actions,
	.actions_count = ARRAY_LEN(rows_actions),
	.size = sizeof(struct rows),
	.close = rows_close,
	.draw = rows_draw,
	.key = rows_key,
	.act = rows_act,
	.grey = rows_grey,
	.on_doc = rows_on_doc,
};

const struct view_class view_row = {
	.name = "renglon",
	.actions = row_actions,
	.actions_count = ARRAY_LEN(row_actions),
	.size = sizeof(struct row),
	.open = row_start,
	.close = row_close,
	.draw = row_draw,
	.key = row_key,
	.act = row_act,
	.grey = row_grey,
	.about = form_about,
	.on_doc = row_on_doc,
	.on_tick = row_on_tick,
};
