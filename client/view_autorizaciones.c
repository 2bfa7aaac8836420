/* SPDX-License-Identifier: ISC */
/*
 * view_autorizaciones.c - what waits for a decision, and what changed in it.
 *
 * Opening is not deciding; deciding is in autorizaciones_decide.c.  Here is
 * the list, and the one document that is on the screen and can be decided.
 */
#include "autorizaciones.h"

#include "i18n.h"
#include "text.h"

enum { DO_APPROVE, DO_RETURN, DO_AFTER, DO_BEFORE, DO_UNDO, DO_FILL, DO_SEND,
	DO_LEAVE, DO_ALL, DO_HISTORY, DO_CASE, DO_PAPER, DO_COMMENTS, DO_WHY,
	DO_REFRESH, DO_PICK, DO_PAGE, DO_OPEN, DO_PHOTOS };

// clang-format off
static const struct action autoriz_actions[] = {
	{ 'a', K_NONE, N_("Aprobar"), N_("Aprueba lo que está en pantalla; se puede deshacer durante 30 segundos."), DO_APPROVE, true },
	{ 'd', K_NONE, N_("Devolver"), N_("Lo devuelve con una observación, que es obligatoria."), DO_RETURN, true },
	{ 'n', K_NONE, N_("Cambio sig."), N_("Va al cambio siguiente."), DO_AFTER, true },
	{ 'p', K_NONE, N_("Cambio ant."), N_("Va al cambio anterior."), DO_BEFORE, true },
	{ 'l', K_NONE, N_("Llenar"), N_("Llena los campos que la decisión lleva."), DO_FILL, true },
	{ 'u', K_NONE, N_("Deshacer"), N_("Deshace su última decisión, si nadie siguió."), DO_UNDO, true },
	{ 'c', K_NONE, N_("Comentar"), N_("Muestra lo que se comenta de este expediente, y comenta; no decide nada."), DO_COMMENTS, true },
	{ 'f', K_NONE, N_("Fotos"), N_("Muestra las fotos que se deciden, una por una, y da el dictamen de cada una."), DO_PHOTOS, true },
	{ 'e', K_NONE, N_("Expediente"), N_("Muestra el expediente completo, paso por paso."), DO_CASE, false },
	{ 't', K_NONE, N_("Leer documento"), N_("Lee como texto el documento que se compone de este expediente."), DO_PAPER, false },
	{ K_ENTER, K_NONE, N_("Ver"), N_("Vuelve al principio de lo que se decide; no decide nada."), DO_OPEN, false },
	{ K_F4, K_NONE, N_("Lista"), N_("Muestra los valores de este campo."), DO_PICK, true },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide la lista otra vez."), DO_REFRESH, false },
	{ K_F10, 'w', N_("Porqué"), N_("Explica de dónde sale cada fecha: la regla, lo que se contó y lo que no."), DO_WHY, false },
	{ K_F8, K_NONE, N_("Aprobar con estos campos"), N_("Aprueba con los campos llenos."), DO_SEND, true },
	{ K_F9, 'h', N_("Historial"), N_("Muestra quién hizo qué en este expediente."), DO_HISTORY, true },
	{ K_F11, 'v', N_("Ver todo"), N_("Cambia entre los cambios y todo lo que se presenta."), DO_ALL, true },
	{ K_CTRL_E, K_NONE, N_("Editor"), N_("Abre este campo en un editor de pantalla completa."), DO_PAGE, true },
	{ K_NONE, K_NONE, N_("Dejar los campos"), N_("Vuelve a los cambios; lo escrito se queda."), DO_LEAVE, false },
};
// clang-format on

void
autoriz_ask(struct autorizaciones *a, bool fresh)
{
	static const char *const words[] = { "autorizaciones", NULL };

	a->fresh |= fresh;
	app_ask(&a->fv.view, TAG_LIST, false, words);
}

bool
autoriz_shows(const struct autorizaciones *a, const struct task_row *row)
{
	char ref[DOC_REF_MAX];

	return a->doc != NULL && row != NULL &&
	    doc_is_step(a->doc, doc_text(row->task, "folio"),
	    doc_ref(row->task, ref));
}

static void
autoriz_drop(struct autorizaciones *a)
{
	json_decref(a->doc);
	a->doc = NULL;
	form_clear(&a->fv.form);
	a->fv.form.focus = -1;
	page_erase(&a->page);
	a->page.top = a->change = 0;
	a->all = a->filling = a->moved = false;
}

void
autoriz_show(struct autorizaciones *a, bool again)
{
	struct task_row *row = tasks_at(&a->tasks);
	char ref[DOC_REF_MAX], *want;
	struct line l = { 0 };

	if (autoriz_shows(a, row) && !again)
		return;
	/* What was shown stays until the next is here: one drawing, not two. */
	if (row == NULL || row->gone) {
		if (!autoriz_shows(a, row))
			autoriz_drop(a);
		return;
	}
	want = xasprintf("%s %s", doc_text(row->task, "folio"),
	    doc_ref(row->task, ref));
	if (again || a->wanted == NULL || strcmp(a->wanted, want) != 0) {
		tasks_line(row, &l, "paso");
		line_ask(&l, &a->fv.view, TAG_STEP, false);
	}
	free(a->wanted);
	a->wanted = want;
}

/* ---- the document ---- */

/* The fields of the decision itself, without those that a and d write. */
static json_t *
autoriz_fields(const json_t *doc)
{
	const json_t *fields = doc_list(doc, "fields");
	const json_t *ap = doc_part(doc, "approval");
	json_t *own = json_array();
	bool items = false;
	size_t i;

	for (i = 0; i < json_array_size(fields); i++)
		items |= strcmp(doc_text(json_array_get(fields, i), "type"),
		    "verdicts") == 0;
	for (i = 0; i < json_array_size(fields); i++) {
		json_t *f = json_array_get(fields, i);
		const char *id = doc_text(f, "id");

		if (strcmp(id, doc_text(ap, "verdict")) == 0 ||
		    strcmp(id, "return_to") == 0 ||
		    (!items && strcmp(id, doc_text(ap, "remarks")) == 0))
			continue;
		json_array_append(own, f);
	}
	return own;
}

/* form.save: a draft of the fields of the decision. */
static void
autoriz_save(struct view *v)
{
	struct autorizaciones *a = (struct autorizaciones *)v;
	struct task_row *row = tasks_at(&a->tasks);
	struct line l = { 0 };

	if (!autoriz_shows(a, row) || row->gone)
		return;
	tasks_line(row, &l, "borrador");
	form_words(&a->fv.form, &l, true);
	line_ask(&l, v, TAG_DRAFT, true);
}

static void
autoriz_take(struct autorizaciones *a, json_t *doc)
{
	json_t *fields;
	bool same;

	if (!autoriz_shows(&(struct autorizaciones){ .doc = doc },
	    tasks_at(&a->tasks)))
		return;		/* the finger went on meanwhile */
	if (!autoriz_shows(a, tasks_at(&a->tasks)))
		autoriz_drop(a);
	if (a->told)
		app_say(a->fv.view.app, false, "%s", "");
	a->told = false;
	same = a->doc != NULL &&
	    doc_int(a->doc, "revision") == doc_int(doc, "revision") &&
	    strcmp(doc_text(a->doc, "content"), doc_text(doc, "content")) == 0;
	if (a->doc != NULL && !same) {
		a->moved = true;
		app_say(a->fv.view.app, true, "%s", _("El contenido cambió "
		    "mientras lo leía: revíselo antes de decidir."));
	}
	json_decref(a->doc);
	a->doc = json_incref(doc);
	a->fv.form.save = autoriz_save;
	fields = autoriz_fields(doc);
	form_load(&a->fv.form, fields, doc_is(doc, "can") ? NULL :
	    doc_text(doc, "why"));
	json_decref(fields);
	autoriz_page(a);
}

static void
autoriz_on_list(struct autorizaciones *a, json_t *doc)
{
	struct view *v = &a->fv.view;
	bool again;

	tasks_take(&a->tasks, doc_list(doc, "items"), a->fresh, NULL);
	a->fresh = false;
	if (a->undone != NULL && tasks_find(&a->tasks, a->undone, NULL)) {
		free(a->undone);	/* who took it back looks at it again */
		a->undone = NULL;
	}
	if (!a->asked && v->folio != NULL &&
	    !tasks_find(&a->tasks, v->folio, v->step))
		app_say(v->app, true, _("%s ya no espera su decisión."),
		    v->folio);
	again = a->asked;
	a->asked = true;
	autoriz_show(a, again);
}

/* ---- actions ---- */

static const char *
autoriz_grey_photos(const struct autorizaciones *a)
{
	const json_t *fields = doc_list(a->doc, "fields");
	size_t i;

	for (i = 0; i < json_array_size(fields); i++)
		if (strcmp(doc_text(json_array_get(fields, i), "type"),
		    "verdicts") == 0)
			return NULL;
	return _("Esta decisión no lleva fotos.");
}

/* Would it be done to what the finger has reached and nobody has seen? */
static bool
autoriz_is_blind(const struct autorizaciones *a, int id)
{
	const struct task_row *row = tasks_at(&a->tasks);

	return (id == DO_APPROVE || id == DO_RETURN || id == DO_FILL ||
	    id == DO_SEND || id == DO_PHOTOS) && row != NULL && !row->gone &&
	    !autoriz_shows(a, row);
}

/* By the document on the screen, as the legend under it: while the finger goes
 * to another, the keys of both mostly are the same. */
static const char *
autoriz_grey_shown(struct autorizaciones *a, int id)
{
	const struct form *fo = &a->fv.form;

	switch (id) {
	case DO_SEND:
	case DO_LEAVE:
		if (!a->filling)
			return _("No hay campos abiertos.");
		return id == DO_SEND ? autoriz_grey_decide(a) : NULL;
	case DO_PICK:
	case DO_PAGE:
		if (!a->filling)
			return _("No hay campos abiertos.");
		return id == DO_PICK ? form_pick_grey(fo) : form_page_grey(fo);
	case DO_UNDO:
		return a->undo_until.s < app_now(a->fv.view.app).s ?
		    _("No hay una decisión de los últimos 30 segundos.") :
		    NULL;
	case DO_APPROVE:
	case DO_RETURN:
		if (a->filling)
			return _("Primero deje los campos (F12); F8 aprueba "
			    "con ellos.");
		return autoriz_grey_decide(a);
	case DO_FILL:
		if (autoriz_grey_decide(a) != NULL)
			return autoriz_grey_decide(a);
		return fo->focus < 0 ?
		    _("Esta decisión no lleva más campos.") : NULL;
	case DO_AFTER:
	case DO_BEFORE:
		return page_marks(&a->page) == 0 ?
		    _("No hay cambios que recorrer.") : NULL;
	case DO_PHOTOS:
		return autoriz_grey_photos(a);
	case DO_HISTORY:
	case DO_CASE:
	case DO_PAPER:
	case DO_COMMENTS:
	case DO_WHY:
	case DO_ALL:
	case DO_OPEN:
		return tasks_at(&a->tasks) == NULL ?
		    _("Nada espera su decisión.") : NULL;
	default:
		return NULL;
	}
}

static const char *
autoriz_grey(struct view *v, int id)
{
	struct autorizaciones *a = (struct autorizaciones *)v;
	const char *why = autoriz_grey_shown(a, id);

	return why != NULL && autoriz_is_blind(a, id) ?
	    _("El contenido todavía no llega del servidor.") : why;
}

static const struct opens autoriz_opens[] = {
	{ DO_HISTORY, OF_CASE, &view_historial },
	{ DO_COMMENTS, OF_CASE, &view_comentarios },
	{ DO_WHY, OF_CASE, &view_porque },
	{ DO_PAPER, OF_CASE, &view_documento },
	{ DO_CASE, OF_CASE, &view_expediente },
};

static void
autoriz_act(struct view *v, int id)
{
	static const char *const undo[] = { "deshacer", NULL };
	struct autorizaciones *a = (struct autorizaciones *)v;
	const struct task_row *row = tasks_at(&a->tasks);
	char ref[DOC_REF_MAX];

	if (autoriz_is_blind(a, id)) {
		app_say(v->app, true, "%s",
		    _("El contenido todavía no llega del servidor."));
		a->told = true;
		return;
	}
	if (app_opens(v->app, autoriz_opens, ARRAY_LEN(autoriz_opens), id,
	    row != NULL ? doc_text(row->task, "folio") : NULL, NULL))
		return;
	switch (id) {
	case DO_APPROVE:
	case DO_SEND:
		autoriz_approve(a);
		break;
	case DO_RETURN:
		autoriz_return(a);
		break;
	case DO_AFTER:
	case DO_BEFORE:
		a->change = page_next(&a->page, a->change,
		    id == DO_AFTER ? 1 : -1);
		break;
	case DO_FILL:
	case DO_LEAVE:
		form_flush(&a->fv);
		a->filling = id == DO_FILL;
		break;
	case DO_UNDO:
		app_ask(v, TAG_UNDO, true, undo);
		break;
	case DO_ALL:
	case DO_OPEN:
		a->all = id == DO_ALL && !a->all;
		a->page.top = a->change = 0;
		autoriz_page(a);
		break;
	case DO_PHOTOS:
		form_flush(&a->fv);
		app_open(v->app, &view_fotos, doc_text(a->doc, "folio"),
		    doc_ref(a->doc, ref));
		break;
	case DO_REFRESH:
		autoriz_ask(a, true);
		break;
	case DO_PICK:
		form_pick(&a->fv);
		break;
	case DO_PAGE:
		form_page(&a->fv);
		break;
	default:
		break;
	}
}

/* ---- called by the app ---- */

static void
autoriz_open(struct view *v)
{
	struct autorizaciones *a = (struct autorizaciones *)v;

	a->fv.form.focus = -1;
	autoriz_ask(a, true);
}

static void
autoriz_close(struct view *v)
{
	struct autorizaciones *a = (struct autorizaciones *)v;

	autoriz_drop(a);
	form_clear(&a->fv.form);
	page_clear(&a->page);
	tasks_clear(&a->tasks);
	free(a->to);
	free(a->wanted);
	free(a->remark_for);
	free(a->last);
	free(a->undone);
}

static bool
autoriz_key(struct view *v, int32_t key)
{
	struct autorizaciones *a = (struct autorizaciones *)v;

	a->told = false;		/* each key takes the message away */
	if (a->filling) {
		if (form_key(&a->fv, key))
			return true;
		form_flush(&a->fv);
		if (key == K_F12)
			a->filling = false;
		return key == K_F12;
	}
	if (page_key(&a->page, key, false))
		return true;
	return cursor_key(&a->tasks.at, key);
}

/* Opened where the finger stays, not on its way. */
static void
autoriz_on_rest(struct view *v)
{
	struct autorizaciones *a = (struct autorizaciones *)v;

	autoriz_show(a, false);
}

static void
autoriz_on_tick(struct view *v, struct when now)
{
	form_on_tick((struct form_view *)v, now);
}

static void
autoriz_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct autorizaciones *a = (struct autorizaciones *)v;

	if (form_on_doc(&a->fv, tag, status, doc))
		return;
	if (tag == TAG_STEP) {
		free(a->wanted);
		a->wanted = NULL;
	}
	if (tag == TAG_DRAFT) {
		if (status == 0)
			return;
		form_unsave(&a->fv.form);
		app_say(v->app, true, _("No se guardó el borrador: %s"),
		    doc_why(doc));
	} else if (tag == TAG_APPROVED || tag == TAG_RETURNED) {
		autoriz_on_decided(a, tag, status, doc);
	} else if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
	} else if (tag == TAG_LIST) {
		autoriz_on_list(a, doc);
	} else if (tag == TAG_STEP) {
		autoriz_take(a, doc);
	} else {
		a->undo_until.s = 0;
		app_say(v->app, false, _("%s: se deshizo."),
		    doc_text(doc, "folio"));
		free(a->undone);
		a->undone = xstrdup(doc_text(doc, "folio"));
		autoriz_ask(a, true);
	}
}

static void
autoriz_on_push(struct view *v, json_t *folios)
{
	struct autorizaciones *a = (struct autorizaciones *)v;

	(void)folios;
	autoriz_ask(a, v->covered);
}

const struct view_class view_autorizaciones = {
	.name = "autorizaciones",
	.actions = autoriz_actions,
	.actions_count = ARRAY_LEN(autoriz_actions),
	.size = sizeof(struct autorizaciones),
	.open = autoriz_open,
	.close = autoriz_close,
	.draw = autoriz_draw,
	.key = autoriz_key,
	.act = autoriz_act,
	.grey = autoriz_grey,
	.about = form_about,
	.on_doc = autoriz_on_doc,
	.on_push = autoriz_on_push,
	.on_tick = autoriz_on_tick,
	.on_rest = autoriz_on_rest,
};
