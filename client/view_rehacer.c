/* SPDX-License-Identifier: ISC */
/*
 * view_rehacer.c - a step that is done, answered again where the manual allows
 * it (`reclasificar`): its fields as they were answered, and which answers of
 * later steps are set aside.  Nothing is lost: the history keeps them.
 */
#include "form.h"

#include "i18n.h"

enum { TAG_CASE, TAG_DONE };
enum { DO_SEND, DO_SURE, DO_PICK, DO_PAGE, DO_NEXT };

// clang-format off
static const struct action rehacer_actions[] = {
	{ K_F4, K_NONE, N_("Lista"), N_("Muestra los valores o las personas de este campo."), DO_PICK, true },
	{ K_F8, K_NONE, N_("Reclasificar"), N_("Contesta otra vez el paso, después de preguntar."), DO_SEND, true },
	{ K_CTRL_E, K_NONE, N_("Editor"), N_("Abre este campo en un editor de pantalla completa."), DO_PAGE, true },
	{ K_TAB, K_BACKTAB, N_("Sig."), N_("Va al campo siguiente."), DO_NEXT, true },
};
// clang-format on

struct rehacer {
	struct form_view fv;
	json_t *step;			/* of CASE, or NULL */
	char *reason;
	json_t *want;			/* the place to come back to, or NULL */
	bool sending;
};

static void
rehacer_ask(struct view *v)
{
	const char *words[] = { "expediente", v->folio, NULL };

	((struct rehacer *)v)->fv.form.focus = -1;
	if (v->folio != NULL)
		app_ask(v, TAG_CASE, false, words);
}

static const json_t *
rehacer_redo(const struct rehacer *r)
{
	return doc_part(r->step, "redo");
}

static void
rehacer_take(struct rehacer *r, const json_t *doc)
{
	const json_t *list = doc_list(doc, "steps");
	json_t *s;
	size_t i;

	json_array_foreach(list, i, s) {
		if (r->fv.view.step == NULL ||
		    strcmp(doc_text(s, "number"), r->fv.view.step) != 0)
			continue;
		json_decref(r->step);
		r->step = json_incref(s);
	}
	form_load(&r->fv.form, doc_list(rehacer_redo(r), "fields"), NULL);
	if (r->want == NULL)
		return;
	form_retype(&r->fv, r->want);
	form_restore(&r->fv.form, r->want);
	json_decref(r->want);
	r->want = NULL;
}

/* ---- sending ---- */

static void
rehacer_confirm(struct rehacer *r)
{
	json_t *list = doc_list(rehacer_redo(r), "sets_aside");
	char *steps = doc_join(list, ", "), *text;

	text = json_array_size(list) == 0 ?
	    xasprintf(_("El paso %s queda contestado así, y el expediente "
	    "sigue desde él."), r->fv.view.step) :
	    xasprintf(_("El paso %s queda contestado así y el expediente sigue "
	    "desde él. Se dejan aparte las respuestas de: %s. El historial "
	    "las conserva."), r->fv.view.step, steps);
	app_confirm(&r->fv.view, DO_SURE, _("Contestar otra vez"), text);
	free(text);
	free(steps);
}

static void
rehacer_on_reason(struct view *v, int tag, const char *text)
{
	struct rehacer *r = (struct rehacer *)v;

	(void)tag;
	if (text[strspn(text, " \n\t")] == '\0') {
		app_say(v->app, true, "%s",
		    _("Falta el motivo. Nada ha cambiado."));
		return;
	}
	free(r->reason);
	r->reason = xstrdup(text);
	rehacer_confirm(r);
}

static void
rehacer_send(struct rehacer *r)
{
	struct line l = { 0 };

	r->sending = true;
	line_add(&l, "reclasificar");
	line_add(&l, r->fv.view.folio);
	line_add(&l, r->fv.view.step);
	form_words(&r->fv.form, &l, false);
	if (r->reason != NULL)
		line_addf(&l, "motivo=%s", r->reason);
	line_ask(&l, &r->fv.view, TAG_DONE, true);
}

/* ---- called by the app ---- */

static void
rehacer_close(struct view *v)
{
	struct rehacer *r = (struct rehacer *)v;

	form_clear(&r->fv.form);
	json_decref(r->step);
	json_decref(r->want);
	free(r->reason);
}

/* There is no draft of a step that is done: the place keeps what is typed. */
static void
rehacer_place(struct view *v, json_t *place)
{
	form_place(&((struct form_view *)v)->form, place);
	form_place_typed(&((struct form_view *)v)->form, place);
}

static void
rehacer_restore(struct view *v, const json_t *place)
{
	((struct rehacer *)v)->want = json_deep_copy(place);
}

static const char *
rehacer_grey(struct view *v, int id)
{
	struct rehacer *r = (struct rehacer *)v;

	if (r->step == NULL)
		return _("El paso todavía no llega del servidor.");
	if (rehacer_redo(r) == NULL)
		return _("Este paso no se contesta otra vez con su cargo.");
	if (id == DO_SEND && r->sending)
		return _("Ya se está enviando.");
	return id == DO_PICK ? form_pick_grey(&r->fv.form) :
	    id == DO_PAGE ? form_page_grey(&r->fv.form) : NULL;
}

static void
rehacer_act(struct view *v, int id)
{
	struct rehacer *r = (struct rehacer *)v;

	switch (id) {
	case DO_SEND:
		if (doc_is(rehacer_redo(r), "reason"))
			app_prompt(v, 0, _("Contestar otra vez"),
			    _("Motivo (obligatorio)"), true,
			    rehacer_on_reason);
		else
			rehacer_confirm(r);
		break;
	case DO_SURE:
		rehacer_send(r);
		break;
	case DO_PICK:
		form_pick(&r->fv);
		break;
	case DO_PAGE:
		form_page(&r->fv);
		break;
	default:
		form_move(&r->fv, 1);
	}
}

static bool
rehacer_key(struct view *v, int32_t key)
{
	return form_key((struct form_view *)v, key);
}

static void
rehacer_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct rehacer *r = (struct rehacer *)v;
	struct app *app = v->app;

	if (form_on_doc(&r->fv, tag, status, doc))
		return;
	if (tag == TAG_DONE)
		r->sending = false;
	if (status != 0) {
		app_say(app, true, "%s", doc_why(doc));
		form_blame(&r->fv.form, doc_why(doc));
	} else if (tag == TAG_CASE) {
		rehacer_take(r, doc);
	} else {
		char *said = xasprintf(_("%s: el paso %s quedó contestado otra "
		    "vez."), v->folio, v->step);

		app_back(app);
		app_say(app, false, "%s", said);
		free(said);
	}
}

static void
rehacer_draw_aside(struct grid *g, int row, const json_t *list)
{
	char *steps = doc_join(list, ", ");

	if (json_array_size(list) == 0)
		(void)grid_put(g, row, 1, g->cols - 2, GRID_PLAIN,
		    _("No se deja aparte ninguna respuesta."));
	else
		(void)grid_putf(g, row, 1, g->cols - 2, GRID_PLAIN,
		    _("Se dejan aparte las respuestas de: %s"), steps);
	free(steps);
}

static void
rehacer_draw(struct view *v, struct grid *g)
{
	struct rehacer *r = (struct rehacer *)v;
	int last = g->rows - 4;

	app_title(v->app, g, v->folio != NULL ? v->folio : "");
	(void)grid_putf(g, 1, 1, g->cols - 2, GRID_BOLD, "%s %s: %s",
	    _("Contestar otra vez"), doc_text(r->step, "number"),
	    doc_text(r->step, "title"));
	grid_rule(g, 2, 0, -1);
	if (rehacer_redo(r) == NULL) {
		(void)grid_put(g, 4, 2, -1, GRID_PLAIN, r->step == NULL ?
		    _("Un momento...") :
		    _("Este paso no se contesta otra vez con su cargo."));
		grid_cursor(g, 4, 2);
		return;
	}
	form_draw(&r->fv.form, g, 4, last - 2 - 4);
	form_draw_help(&r->fv.form, g, last - 2);
	grid_rule(g, last - 1, 0, -1);
	rehacer_draw_aside(g, last, doc_list(rehacer_redo(r), "sets_aside"));
}

const struct view_class view_rehacer = {
	.name = "rehacer",
	.actions = rehacer_actions,
	.actions_count = ARRAY_LEN(rehacer_actions),
	.size = sizeof(struct rehacer),
	.open = rehacer_ask,
	.close = rehacer_close,
	.draw = rehacer_draw,
	.key = rehacer_key,
	.act = rehacer_act,
	.grey = rehacer_grey,
	.about = form_about,
	.on_doc = rehacer_on_doc,
	.place = rehacer_place,
	.restore = rehacer_restore,
};
