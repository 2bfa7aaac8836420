/* SPDX-License-Identifier: ISC */
/*
 * view_expediente.c - a case as the table of the manual: every step with its
 * state, who did it and when, jumps and loops; its fields; its records.
 */
#include "expediente.h"

#include "i18n.h"

enum { TAG_CASE, TAG_CANCEL };
enum { DO_OPEN, DO_VIEW, DO_HISTORY, DO_REFRESH, DO_CANCEL, DO_CANCEL_SURE,
	DO_TABLE, DO_PAPER, DO_COMMENTS, DO_WHY, DO_REDO, DO_TAB };

// clang-format off
static const struct action expediente_actions[] = {
	{ K_ENTER, K_NONE, N_("Abrir"), N_("Abre el paso que está abierto, o muestra lo que se contestó en él."), DO_OPEN, true },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide el expediente otra vez."), DO_REFRESH, false },
	{ K_F10, 'w', N_("Porqué"), N_("Explica de dónde sale cada fecha: la regla, lo que se contó y lo que no."), DO_WHY, false },
	{ K_F9, 'h', N_("Historial"), N_("Muestra quién hizo qué, cuándo y en lugar de quién."), DO_HISTORY, true },
	{ K_F11, 'v', N_("Otra vista"), N_("Pasa a los pasos, los campos o los registros."), DO_VIEW, true },
	{ '1', K_NONE, N_("Pasos"), N_("La tabla del manual con el estado de cada paso."), DO_TAB, false },
	{ '2', K_NONE, N_("Campos"), N_("Todo lo contestado, paso por paso."), DO_TAB + 1, false },
	{ '3', K_NONE, N_("Registros"), N_("Los registros producidos y los archivos."), DO_TAB + 2, false },
	{ 'c', K_NONE, N_("Comentarios"), N_("Muestra lo que se comenta de este expediente, y comenta."), DO_COMMENTS, true },
	{ 't', K_NONE, N_("Leer documento"), N_("Lee como texto el documento que se compone de este expediente."), DO_PAPER, false },
	{ 'r', K_NONE, N_("Reclasificar"), N_("Contesta otra vez un paso ya hecho, donde el manual lo permite."), DO_REDO, false },
	{ 'x', K_NONE, N_("Cancelar"), N_("Cancela el expediente con un motivo escrito."), DO_CANCEL, true },
	{ K_NONE, K_NONE, N_("Volver a la tabla"), N_("Deja el detalle de un paso."), DO_TABLE, false },
};
// clang-format on

const json_t *
expediente_at(const struct expediente *e)
{
	return json_array_get(doc_list(e->doc, "steps"), (size_t)e->at.at);
}

static void
expediente_ask(struct view *v)
{
	const char *words[] = { "expediente", v->folio, NULL };

	if (v->folio != NULL)
		app_ask(v, TAG_CASE, false, words);
}

static void
expediente_turn(struct expediente *e, enum expediente_tab tab, bool detail)
{
	e->tab = tab;
	e->detail = detail;
	e->page.top = 0;
	expediente_page(e);
}

/* The finger on the step asked for, or on the first one that is open. */
static void
expediente_aim(struct expediente *e)
{
	const json_t *steps = doc_list(e->doc, "steps");
	const char *want = e->view.step;
	size_t i, n = want == NULL ? 0 : strcspn(want, "#");

	for (i = 0; i < json_array_size(steps); i++) {
		const json_t *s = json_array_get(steps, i);
		const char *number = doc_text(s, "number");

		if (want != NULL ? strlen(number) == n &&
		    strncmp(number, want, n) == 0 :
		    strcmp(doc_text(s, "state"), "here") == 0) {
			e->at.at = (int)i;
			break;
		}
	}
	if (want != NULL && i < json_array_size(steps) &&
	    strcmp(doc_text(expediente_at(e), "state"), "here") != 0)
		e->detail = true;
}

/* ---- opening a step ---- */

static void
expediente_go(struct expediente *e, const char *ref)
{
	const char *kind = doc_text(expediente_at(e), "kind");

	app_open(e->view.app, strcmp(kind, "approval") == 0 ?
	    &view_autorizaciones : &view_paso, e->view.folio, ref);
}

static void
expediente_on_ref(struct view *v, int tag, const char *ref)
{
	(void)tag;
	expediente_go((struct expediente *)v, ref);
}

/* A step of sub-cases may be open several times. */
static void
expediente_open_step(struct expediente *e)
{
	const json_t *open = doc_list(e->doc, "open");
	const char *number = doc_text(expediente_at(e), "number");
	json_t *items = json_array();
	char ref[DOC_REF_MAX];
	size_t i;

	for (i = 0; i < json_array_size(open); i++) {
		const json_t *o = json_array_get(open, i);

		if (strcmp(doc_text(o, "step"), number) == 0)
			app_choice(items, doc_ref(o, ref), "%s %s", ref,
			    doc_text(o, "title"));
	}
	if (json_array_size(items) > 1)
		app_pick(&e->view, 0, number, items, expediente_on_ref);
	else if (json_array_size(items) == 1)
		expediente_go(e, doc_text(json_array_get(items, 0), "value"));
	json_decref(items);
}

static void
expediente_enter(struct expediente *e)
{
	if (e->detail)
		expediente_turn(e, EXP_STEPS, false);
	else if (strcmp(doc_text(expediente_at(e), "state"), "here") == 0)
		expediente_open_step(e);
	else
		expediente_turn(e, EXP_STEPS, true);
}

/* ---- cancelling ---- */

static void
expediente_on_reason(struct view *v, int tag, const char *text)
{
	struct expediente *e = (struct expediente *)v;
	char *question;

	(void)tag;
	if (text[strspn(text, " \n\t")] == '\0') {
		app_say(v->app, true, "%s",
		    _("Falta el motivo. No se canceló."));
		return;
	}
	free(e->reason);
	e->reason = xstrdup(text);
	question = xasprintf(_("%s no seguirá y no contará como producido. "
	    "Queda escrito el motivo: %s"), v->folio, text);
	app_confirm(v, DO_CANCEL_SURE, _("Cancelar el expediente"), question);
	free(question);
}

static void
expediente_cancel(struct expediente *e)
{
	struct line l = { 0 };

	line_add(&l, "cancelar");
	line_add(&l, e->view.folio);
	line_addf(&l, "motivo=%s", e->reason);
	line_ask(&l, &e->view, TAG_CANCEL, true);
}

/* ---- called by the app ---- */

static const char *
expediente_grey(struct view *v, int id)
{
	struct expediente *e = (struct expediente *)v;

	if (e->doc == NULL)
		return id == DO_REFRESH ? NULL :
		    _("El expediente todavía no llega del servidor.");
	if (id == DO_CANCEL && !doc_is(e->doc, "can_cancel"))
		return _("Solo el jefe de la unidad cancela, y solo lo que "
		    "está abierto.");
	if (id == DO_REDO && (e->tab != EXP_STEPS ||
	    doc_part(expediente_at(e), "redo") == NULL))
		return _("Ese paso no se contesta otra vez con su cargo: el "
		    "manual dice cuáles y hasta cuándo.");
	if (id == DO_TABLE && !e->detail)
		return _("Ya está en la tabla.");
	if (id != DO_OPEN)
		return NULL;
	if (e->tab != EXP_STEPS)
		return _("Los pasos están en la vista 1.");
	if (strcmp(doc_text(expediente_at(e), "state"), "heading") == 0)
		return _("Es el título de una sección: no se hace.");
	return NULL;
}

static const struct opens expediente_opens[] = {
	{ DO_HISTORY, OF_CASE, &view_historial },
	{ DO_COMMENTS, OF_CASE, &view_comentarios },
	{ DO_WHY, OF_CASE, &view_porque },
	{ DO_PAPER, OF_CASE, &view_documento },
	{ DO_REDO, OF_STEP, &view_rehacer },
};

static void
expediente_act(struct view *v, int id)
{
	struct expediente *e = (struct expediente *)v;

	if (app_opens(v->app, expediente_opens, ARRAY_LEN(expediente_opens),
	    id, v->folio, doc_text(expediente_at(e), "number")))
		return;
	switch (id) {
	case DO_OPEN:
		expediente_enter(e);
		break;
	case DO_VIEW:
		expediente_turn(e, (e->tab + 1) % EXP_TABS, false);
		break;
	case DO_REFRESH:
		expediente_ask(v);
		break;
	case DO_CANCEL:
		app_prompt(v, 0, _("Cancelar el expediente"),
		    _("Motivo (obligatorio)"), true, expediente_on_reason);
		break;
	case DO_CANCEL_SURE:
		expediente_cancel(e);
		break;
	case DO_TABLE:
		expediente_turn(e, EXP_STEPS, false);
		break;
	default:
		if (id >= DO_TAB && id < DO_TAB + EXP_TABS)
			expediente_turn(e, (enum expediente_tab)(id - DO_TAB),
			    false);
	}
}

static void
expediente_close(struct view *v)
{
	struct expediente *e = (struct expediente *)v;

	json_decref(e->doc);
	page_clear(&e->page);
	free(e->reason);
}

static bool
expediente_key(struct view *v, int32_t key)
{
	struct expediente *e = (struct expediente *)v;

	if (e->detail && (key == K_F12 || key == K_LEFT)) {
		expediente_turn(e, EXP_STEPS, false);
		return true;
	}
	if (e->detail || e->tab != EXP_STEPS)
		return page_key(&e->page, key, true);
	if (!cursor_key(&e->at, key))
		return false;
	expediente_page(e);
	return true;
}

static void
expediente_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct expediente *e = (struct expediente *)v;
	bool first = e->doc == NULL;

	if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
		return;
	}
	if (tag == TAG_CANCEL) {
		app_say(v->app, false, _("%s quedó cancelado."), v->folio);
		expediente_ask(v);
		return;
	}
	json_decref(e->doc);
	e->doc = json_incref(doc);
	cursor_fit(&e->at, (int)json_array_size(doc_list(doc, "steps")));
	if (first)
		expediente_aim(e);
	expediente_page(e);
}

static void
expediente_on_push(struct view *v, json_t *folios)
{
	if (v->folio != NULL && doc_has(folios, v->folio))
		expediente_ask(v);
}

const struct view_class view_expediente = {
	.name = "expediente",
	.actions = expediente_actions,
	.actions_count = ARRAY_LEN(expediente_actions),
	.size = sizeof(struct expediente),
	.open = expediente_ask,
	.close = expediente_close,
	.draw = expediente_draw,
	.key = expediente_key,
	.act = expediente_act,
	.grey = expediente_grey,
	.on_doc = expediente_on_doc,
	.on_push = expediente_on_push,
};
