/* SPDX-License-Identifier: ISC */
/*
 * autorizaciones_decide.c - approving and returning.
 *
 * Only `a` approves (or F8, from the fields that a decision may ask for), and
 * what is sent is the revision and the content hash of the document on the
 * screen.  If it changed while it was being read, the next `a` only says so.
 * Start reading at autoriz_approve().
 */
#include "autorizaciones.h"

#include "i18n.h"

const char *
autoriz_grey_decide(struct autorizaciones *a)
{
	struct task_row *row = tasks_at(&a->tasks);
	const char *why;

	if (row == NULL)
		return _("Nada espera su decisión.");
	if (row->gone)
		return _("Esa decisión ya no espera; F5 actualiza la lista.");
	if (a->doc == NULL)
		return _("El contenido todavía no llega del servidor.");
	if (a->sending)
		return _("La decisión ya se está enviando.");
	if (doc_is(a->doc, "can"))
		return app_grey_sign(a->fv.view.app, a->doc);
	why = doc_text(a->doc, "why");
	return *why != '\0' ? why : _("Esta decisión no le toca a usted.");
}

/* Does approving ask for something that is not there yet? */
static bool
autoriz_lacks(const struct autorizaciones *a)
{
	const struct form *fo = &a->fv.form;
	unsigned i;

	for (i = 0; i < fo->count; i++)
		if ((field_is_required(&fo->fields[i]) ||
		    strcmp(doc_text(fo->fields[i].def, "type"),
		    "verdicts") == 0) &&
		    field_is_blank(&fo->fields[i]))
			return true;
	return false;
}

static void
autoriz_seen(const struct autorizaciones *a, struct line *l)
{
	line_addf(l, "revision=%lld", doc_int(a->doc, "revision"));
	line_addf(l, "contenido=%s", doc_text(a->doc, "content"));
}

/* Send what was decided, signed when that can be done. */
static void
autoriz_send(struct autorizaciones *a, struct line *l, int tag)
{
	autoriz_seen(a, l);
	a->sending = app_sign(a->fv.view.app, l, a->doc);
	if (a->sending)
		line_ask(l, &a->fv.view, tag, true);
	else
		line_clear(l);
}

void
autoriz_approve(struct autorizaciones *a)
{
	struct line l = { 0 };

	if (a->moved) {
		a->moved = false;
		app_say(a->fv.view.app, true, "%s", _("El contenido cambió: "
		    "revíselo y pulse a otra vez para aprobarlo."));
		return;
	}
	if (!a->filling && autoriz_lacks(a)) {
		a->filling = true;
		app_say(a->fv.view.app, false, "%s", _("Llene los campos; F8 "
		    "aprueba con ellos."));
		return;
	}
	tasks_line(tasks_at(&a->tasks), &l, "aprobar");
	form_words(&a->fv.form, &l, false);
	autoriz_send(a, &l, TAG_APPROVED);
}

static void
autoriz_on_remark(struct view *v, int tag, const char *text)
{
	struct autorizaciones *a = (struct autorizaciones *)v;
	struct task_row *row = tasks_at(&a->tasks);
	struct line l = { 0 };

	(void)tag;
	if (text[strspn(text, " \n\t")] == '\0') {
		app_say(v->app, true, "%s", _("Falta la observación: diga qué "
		    "debe corregirse. No se devolvió."));
		return;
	}
	/* Until it is known to have been returned. */
	app_prompt_keep(v->app, a->remark_for, text);
	if (!autoriz_shows(a, row) || a->moved) {
		app_say(v->app, true, "%s", _("El contenido cambió mientras "
		    "escribía: revíselo. No se devolvió."));
		a->moved = false;
		return;
	}
	tasks_line(row, &l, "devolver");
	line_addf(&l, "motivo=%s", text);
	if (a->to != NULL)
		line_addf(&l, "regresa_a=%s", a->to);
	form_words_said(&a->fv.form, &l);
	autoriz_send(a, &l, TAG_RETURNED);
}

static void
autoriz_ask_remark(struct autorizaciones *a)
{
	char ref[DOC_REF_MAX];

	free(a->remark_for);
	a->remark_for = xasprintf(_("Devolver %s, paso %s"),
	    doc_text(a->doc, "folio"), doc_ref(a->doc, ref));
	app_prompt(&a->fv.view, 0, a->remark_for,
	    _("Observación (obligatoria): qué debe corregirse"), true,
	    autoriz_on_remark);
}

static void
autoriz_on_to(struct view *v, int tag, const char *step)
{
	struct autorizaciones *a = (struct autorizaciones *)v;

	(void)tag;
	free(a->to);
	a->to = xstrdup(step);
	autoriz_ask_remark(a);
}

void
autoriz_return(struct autorizaciones *a)
{
	const json_t *to = doc_list(doc_part(a->doc, "approval"), "return_to");
	json_t *items = json_array();
	size_t i;

	free(a->to);
	a->to = NULL;
	for (i = 0; i < json_array_size(to); i++) {
		const json_t *s = json_array_get(to, i);

		app_choice(items, doc_text(s, "step"), "%s %s",
		    doc_text(s, "step"), doc_text(s, "title"));
	}
	if (json_array_size(items) > 1)
		app_pick(&a->fv.view, 0, _("Devolver al paso"), items,
		    autoriz_on_to);
	else
		autoriz_ask_remark(a);
	json_decref(items);
}

void
autoriz_on_decided(struct autorizaciones *a, int tag, int status, json_t *doc)
{
	const char *code = doc_text(json_object_get(doc, "error"), "code");
	struct app *app = a->fv.view.app;
	const char *folio = doc_text(doc, "folio"), *why;

	a->sending = false;
	if (status != 0) {
		app_say(app, true, "%s", doc_why(doc));
		form_blame(&a->fv.form, doc_why(doc));
		if (strcmp(code, "stale") == 0)
			autoriz_show(a, true);
		if (strcmp(code, "stale") == 0 || status == 3)
			autoriz_ask(a, false);
		return;
	}
	if (tag == TAG_RETURNED)
		app_prompt_keep(app, NULL, NULL);
	free(a->last);
	a->last = tag == TAG_APPROVED ? xasprintf(_("%s aprobada"), folio) :
	    xasprintf(_("%s devuelta"), folio);
	a->undo_until.s = 0;
	(void)when_parse(doc_text(doc, "undo_until"), &a->undo_until);
	if (*doc_text(doc, "unsent") != '\0')
		app_say(app, true, "%s", doc_text(doc, "unsent"));
	else if ((why = app_unsigned(app)) != NULL)
		app_say(app, false, _("%s, sin firma: %s"), a->last, why);
	else if (a->undo_until.s == 0)	/* else the foot counts down */
		app_say(app, false, "%s.", a->last);
	if (autoriz_shows(a, tasks_at(&a->tasks)))
		tasks_del(&a->tasks, (unsigned)a->tasks.at.at);
	autoriz_show(a, false);
}
