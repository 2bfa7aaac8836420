/* SPDX-License-Identifier: ISC */
/*
 * view_paso.c - one step being done: what to do, its fields, F8.
 *
 * Nothing typed is ever lost: each field is kept as a draft on leaving it and
 * two seconds after the last key; a refusal keeps everything and goes to the
 * field it names; when somebody else does the step meanwhile, the text stays
 * to be read.  Enter never sends; only F8 does.  Start at paso_on_doc().
 */
#include "paso.h"

#include "i18n.h"
#include "textos.h"
#include "text.h"

enum { TAG_STEP, TAG_DRAFT, TAG_DONE, TAG_NEXT, TAG_WHO, TAG_UNDO,
	TAG_CHECK, TAG_READ };
enum { DO_PICK, DO_PAGE, DO_REFRESH, DO_BEFORE, DO_GO_ON, DO_HISTORY, DO_CASE,
	DO_COMMENTS, DO_PAPER, DO_TEXTS, DO_PHOTOS, DO_NEXT, DO_UNDO, DO_WHY,
	DO_CHECK, DO_READ, DO_ATTACH };

// clang-format off
static const struct action paso_actions[] = {
	{ K_F4, K_NONE, N_("Lista"), N_("Muestra los valores o las personas de este campo."), DO_PICK, true },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Lee el paso otra vez; lo escrito se queda."), DO_REFRESH, false },
	{ K_F6, K_NONE, N_("Adjuntar"), N_("Sube un archivo de esta máquina a un campo del paso, y muestra cuánto falta."), DO_ATTACH, true },
	{ K_F7, K_NONE, N_("Paso anterior"), N_("Muestra el último paso hecho de este expediente."), DO_BEFORE, true },
	{ K_F8, K_NONE, N_("Continuar"), N_("Termina el paso con lo escrito y pasa al siguiente."), DO_GO_ON, true },
	{ K_F9, K_NONE, N_("Historial"), N_("Muestra quién hizo qué, con las observaciones."), DO_HISTORY, true },
	{ K_F10, K_NONE, N_("Porqué"), N_("Explica de dónde sale cada fecha: la regla, lo que se contó y lo que no."), DO_WHY, false },
	{ K_F11, K_NONE, N_("Expediente"), N_("Muestra el expediente completo, paso por paso."), DO_CASE, true },
	{ K_NONE, K_NONE, N_("Comentarios"), N_("Muestra lo que se comenta de este expediente, y comenta."), DO_COMMENTS, false },
	{ K_NONE, K_NONE, N_("Leer documento"), N_("Lee como texto el documento que se compone de este expediente."), DO_PAPER, false },
	{ K_NONE, K_NONE, N_("Fotos"), N_("Muestra las fotos, una por una, con su dictamen."), DO_PHOTOS, false },
	{ K_NONE, K_NONE, N_("Comparar"), N_("Pone lado a lado lo que dos personas escribieron en un campo."), DO_TEXTS, false },
	{ K_NONE, K_NONE, N_("Comprobar"), N_("Lee la dirección escrita y dice si lo publicado está ahí."), DO_CHECK, false },
	{ K_NONE, K_NONE, N_("Texto leído"), N_("Pone en el borrador el texto que el servidor leyó de los recortes, para corregirlo."), DO_READ, false },
	{ K_CTRL_E, K_NONE, N_("Editor"), N_("Abre este campo en un editor de pantalla completa."), DO_PAGE, true },
	{ K_TAB, K_BACKTAB, N_("Sig."), N_("Va al campo siguiente; Mayús-Tab o flecha arriba, al anterior."), DO_NEXT, true },
	{ K_NONE, K_NONE, N_("Deshacer"), N_("Deshace su última decisión durante 30 segundos, si nadie siguió."), DO_UNDO, false },
};
// clang-format on

static void
paso_line(struct paso *p, struct line *l, const char *verb)
{
	line_add(l, verb);
	line_add(l, p->fv.view.folio);
	line_add(l, p->fv.view.step);
}

static void
paso_ask(struct paso *p)
{
	struct line l = { 0 };

	paso_line(p, &l, "paso");
	line_ask(&l, &p->fv.view, TAG_STEP, false);
}

/* form.save: a draft of what is unsaved. */
static void
paso_save(struct view *v)
{
	struct paso *p = (struct paso *)v;
	struct form *fo = &p->fv.form;
	struct line l = { 0 };

	if (fo->frozen != NULL)
		return;
	paso_line(p, &l, "borrador");
	form_words(fo, &l, true);
	line_ask(&l, v, TAG_DRAFT, true);
}

/* ---- the document ---- */

static void
paso_take(struct paso *p, json_t *doc)
{
	struct form *fo = &p->fv.form;
	bool first = p->doc == NULL;

	p->gone &= !first;
	p->kept = false;
	json_decref(p->doc);
	p->doc = json_incref(doc);
	form_load_step(fo, doc, paso_frozen(doc));
	page_erase(&fo->head);
	paso_head(&fo->head, p->fv.view.app, doc);
	if (doc_part(doc, "approval") != NULL)
		paso_shown(&fo->head, p->fv.view.app, doc);
	if (p->want != NULL)
		form_restore(fo, p->want);
	json_decref(p->want);
	p->want = NULL;
	if (first && *doc_text(doc, "drafted_at") != '\0')
		(void)app_when_text(p->fv.view.app,
		    doc_text(doc, "drafted_at"), p->saved);
	textos_tell(&p->fv.view, doc, &p->told);
	ahead_type(&p->ahead, &p->fv);
}

/* Somebody did it: ask who, keep the text. */
static void
paso_lose(struct paso *p)
{
	struct line l = { 0 };

	if (p->gone)
		return;
	p->gone = true;
	line_add(&l, "historial");
	line_add(&l, p->fv.view.folio);
	line_ask(&l, &p->fv.view, TAG_WHO, false);
}

static void
paso_on_step(struct paso *p, int status, json_t *doc)
{
	bool was_open = p->doc != NULL && doc_is(p->doc, "can");
	struct view *v = &p->fv.view;

	if (status != 0) {
		if (was_open)
			paso_lose(p);
		else
			app_say(v->app, true, "%s", doc_why(doc));
		p->gone |= p->doc == NULL;
		return;
	}
	if (doc_part(doc, "approval") != NULL && doc_is(doc, "can")) {
		/* A decision is taken where what changed is seen. */
		app_back(v->app);
		app_open(v->app, &view_autorizaciones, v->folio, v->step);
		return;
	}
	if (was_open && !paso_is_open(doc))
		paso_lose(p);
	paso_take(p, doc);
}

static void
paso_on_who(struct paso *p, const json_t *doc)
{
	struct app *app = p->fv.view.app;

	free(p->fv.form.frozen);
	p->fv.form.frozen = paso_who(app, p->doc, doc);
	app_say(app, true, _("%s Lo que usted escribió sigue aquí para "
	    "leerlo."), p->fv.form.frozen);
}

/* Words of clippings went into the draft, or why none did. */
static void
paso_on_read(struct paso *p, const json_t *doc)
{
	char *said = paso_read(doc);

	app_say(p->fv.view.app, doc_int(doc, "added") == 0, "%s", said);
	free(said);
	paso_ask(p);
}

/* ---- F8 and what follows ---- */

static void
paso_send(struct paso *p)
{
	unsigned filled, n = form_required(&p->fv.form, &filled);
	struct line l = { 0 };

	if (filled < n && !app_is_up(p->fv.view.app)) {
		app_say(p->fv.view.app, true, _("Falta llenar lo obligatorio "
		    "(%u de %u): así no lo tomaría el servidor."), filled, n);
		return;
	}
	p->sending = true;
	paso_line(p, &l, "hacer");
	form_words(&p->fv.form, &l, false);
	line_addf(&l, "revision=%lld", doc_int(p->doc, "revision"));
	line_ask(&l, &p->fv.view, TAG_DONE, true);
}

static void
paso_refused(struct paso *p, json_t *doc)
{
	const char *code = doc_text(json_object_get(doc, "error"), "code");

	p->sending = false;
	p->ahead.count = 0;	/* meant for the next step */
	app_say(p->fv.view.app, true, "%s", doc_why(doc));
	form_blame(&p->fv.form, doc_why(doc));
	if (strcmp(code, "stale") == 0 || strcmp(code, "not_found") == 0)
		paso_ask(p);
}

/* Try the next open step of the case; back to the list when none is mine. */
static void
paso_try_next(struct paso *p)
{
	const json_t *open = json_array_get(p->next, p->next_at++);
	char ref[DOC_REF_MAX];
	struct line l = { 0 };

	if (open == NULL) {
		app_back(p->fv.view.app);
		return;
	}
	line_add(&l, "paso");
	line_add(&l, p->fv.view.folio);
	line_add(&l, doc_ref(open, ref));
	line_ask(&l, &p->fv.view, TAG_NEXT, false);
}

static void
paso_done(struct paso *p, json_t *doc)
{
	json_t *open = doc_list(doc, "open");
	char *said;

	if (doc_is(doc, "kept")) {
		app_say(p->fv.view.app, true, _("%s, paso %s: guardado en "
		    "esta máquina. Se enviará cuando vuelva la línea."),
		    p->fv.view.folio, p->fv.view.step);
		app_back(p->fv.view.app);
		return;
	}
	p->undo = *doc_text(doc, "undo_until") != '\0';
	p->warned = *doc_text(doc, "unsent") != '\0';
	said = paso_done_text(&p->fv.view, doc);
	app_say(p->fv.view.app, p->warned, "%s", said);
	free(said);
	json_decref(p->next);
	p->next = json_incref(open);
	p->next_at = 0;
	paso_try_next(p);
}

static void
paso_on_next(struct paso *p, int status, json_t *doc)
{
	char ref[DOC_REF_MAX];

	if (status != 0 || !doc_is(doc, "can") ||
	    doc_part(doc, "approval") != NULL) {
		paso_try_next(p);
		return;
	}
	free(p->fv.view.step);
	p->fv.view.step = xstrdup(doc_ref(doc, ref));
	form_clear(&p->fv.form);
	p->fv.form.save = paso_save;
	json_decref(p->doc);
	p->doc = NULL;
	p->sending = p->gone = false;
	p->saved[0] = '\0';
	if (!p->warned)		/* else that stays to be read */
		app_say(p->fv.view.app, false, _("Sigue el paso %s.%s"),
		    p->fv.view.step, p->undo ? _("  Para deshacer el "
		    "anterior: F2, Deshacer (30 s)") : "");
	paso_take(p, doc);
}

/* ---- actions ---- */

static const char *
paso_grey(struct view *v, int id)
{
	struct paso *p = (struct paso *)v;

	if (id == DO_PICK)
		return form_pick_grey(&p->fv.form);
	if (id == DO_PAGE)
		return form_page_grey(&p->fv.form);
	if (p->doc == NULL && (id == DO_BEFORE || id == DO_TEXTS ||
	    id == DO_CHECK || id == DO_READ || id == DO_GO_ON ||
	    id == DO_ATTACH))
		return _("El paso todavía no llega del servidor.");
	if (id == DO_BEFORE && paso_before(p->doc) == NULL)
		return _("No hay un paso anterior hecho.");
	if (id == DO_TEXTS && p->told == 0)
		return _("Nadie más ha escrito otra cosa en este paso.");
	if (id == DO_CHECK && !doc_is(p->doc, "asks"))
		return _("En este paso no hay nada que comprobar.");
	if (id == DO_READ && !doc_is(p->doc, "transcribes"))
		return _("En este paso no se capturan textos de recortes.");
	if (id == DO_ATTACH && doc_part(p->doc, "files") == NULL)
		return _("Este paso no lleva archivos.");
	if (id != DO_GO_ON && id != DO_ATTACH)
		return NULL;
	if (p->sending)
		return _("El paso ya se está enviando.");
	return p->fv.form.frozen;
}

static const struct opens paso_opens[] = {
	{ DO_HISTORY, OF_CASE, &view_historial },
	{ DO_COMMENTS, OF_CASE, &view_comentarios },
	{ DO_PAPER, OF_CASE, &view_documento },
	{ DO_CASE, OF_CASE, &view_expediente },
	{ DO_TEXTS, OF_STEP, &view_textos },
	{ DO_WHY, OF_STEP, &view_porque },
	{ DO_PHOTOS, OF_STEP, &view_fotos },
};

static void
paso_act(struct view *v, int id)
{
	static const char *const undo[] = { "deshacer", NULL };
	struct paso *p = (struct paso *)v;
	struct line l = { 0 };

	form_flush(&p->fv);
	if (app_opens(v->app, paso_opens, ARRAY_LEN(paso_opens), id, v->folio,
	    v->step))
		return;
	switch (id) {
	case DO_PICK:
		form_pick(&p->fv);
		break;
	case DO_PAGE:
		form_page(&p->fv);
		break;
	case DO_REFRESH:
		paso_ask(p);
		break;
	case DO_BEFORE:
		app_open(v->app, &view_expediente, v->folio, paso_before(p->doc));
		break;
	case DO_ATTACH:
		app_upload(v, p->doc, form_at(&p->fv.form));
		break;
	case DO_GO_ON:
		paso_send(p);
		break;
	case DO_NEXT:
		form_move(&p->fv, 1);
		break;
	case DO_CHECK:
	case DO_READ:
		paso_line(p, &l, id == DO_CHECK ? "comprobar" : "leer");
		line_ask(&l, v, id == DO_CHECK ? TAG_CHECK : TAG_READ, true);
		break;
	case DO_UNDO:
		app_ask(v, TAG_UNDO, true, undo);
		break;
	default:
		break;
	}
}

/* ---- called by the app ---- */

static void
paso_open(struct view *v)
{
	struct paso *p = (struct paso *)v;

	p->fv.form.focus = -1;
	p->fv.form.save = paso_save;
	paso_ask(p);
}

static void
paso_close(struct view *v)
{
	struct paso *p = (struct paso *)v;

	form_clear(&p->fv.form);
	json_decref(p->doc);
	json_decref(p->next);
	json_decref(p->want);
}

static bool
paso_key(struct view *v, int32_t key)
{
	struct paso *p = (struct paso *)v;

	if (((p->doc == NULL && !p->gone) || p->sending) &&
	    ahead_put(&p->ahead, v->app, key))
		return true;
	if (form_key(&p->fv, key))
		return true;
	/* Without a field it is a page to be read; F8 still goes on. */
	if (p->doc != NULL && p->fv.form.focus < 0 && key != K_F7 &&
	    key != K_F8 && page_key(&p->fv.form.head, key, true))
		return true;
	form_flush(&p->fv);	/* it may leave this screen */
	return false;
}

static void
paso_on_draft(struct paso *p, int status, json_t *doc)
{
	if (status != 0) {
		form_unsave(&p->fv.form);
		app_say(p->fv.view.app, true, _("No se guardó el borrador: %s"),
		    doc_why(doc));
		paso_ask(p);
		return;
	}
	(void)app_when_text(p->fv.view.app, doc_text(doc, "saved_at"),
	    p->saved);
	if ((p->kept = doc_is(doc, "kept")))
		return;
	form_live(&p->fv.form, doc);
	textos_tell(&p->fv.view, doc, &p->told);
}

static void
paso_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct paso *p = (struct paso *)v;

	if (form_on_doc(&p->fv, tag, status, doc))
		return;
	if (tag == TAG_STEP)
		paso_on_step(p, status, doc);
	else if (tag == TAG_DRAFT)
		paso_on_draft(p, status, doc);
	else if (tag == TAG_DONE && status != 0)
		paso_refused(p, doc);
	else if (tag == TAG_DONE)
		paso_done(p, doc);
	else if (tag == TAG_NEXT)
		paso_on_next(p, status, doc);
	else if (tag == TAG_WHO)
		paso_on_who(p, doc);
	else if (status != 0)
		app_say(v->app, true, "%s", doc_why(doc));
	else if (tag == TAG_READ)
		paso_on_read(p, doc);
	else if (tag == TAG_CHECK)
		app_say(v->app, false, _("Se está leyendo esa dirección."));
	else
		app_say(v->app, false, _("%s: se deshizo."),
		    doc_text(doc, "folio"));
}

static void
paso_on_push(struct view *v, json_t *folios)
{
	struct paso *p = (struct paso *)v;

	if (!p->sending && doc_has(folios, v->folio))
		paso_ask(p);
}

static void
paso_on_tick(struct view *v, struct when now)
{
	form_on_tick((struct form_view *)v, now);
}

static void
paso_place(struct view *v, json_t *place)
{
	form_place(&((struct form_view *)v)->form, place);
}

static void
paso_restore(struct view *v, const json_t *place)
{
	((struct paso *)v)->want = json_deep_copy(place);
}

const struct view_class view_paso = {
	.name = "paso",
	.actions = paso_actions,
	.actions_count = ARRAY_LEN(paso_actions),
	.size = sizeof(struct paso),
	.open = paso_open,
	.close = paso_close,
	.draw = paso_draw,
	.key = paso_key,
	.act = paso_act,
	.grey = paso_grey,
	.about = form_about,
	.on_doc = paso_on_doc,
	.on_push = paso_on_push,
	.on_tick = paso_on_tick,
	.place = paso_place,
	.restore = paso_restore,
};
