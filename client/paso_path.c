/* SPDX-License-Identifier: ISC */
/* paso_path.c - where a step stands among those of its case. */
#include "paso.h"

#include "i18n.h"

bool
paso_is_open(const json_t *doc)
{
	const json_t *path = doc_list(doc, "path");
	const char *state = NULL;
	size_t i;

	for (i = 0; i < json_array_size(path); i++) {
		const json_t *s = json_array_get(path, i);

		if (strcmp(doc_text(s, "step"), doc_text(doc, "step")) == 0)
			state = doc_text(s, "state");
	}
	return state == NULL || strcmp(state, "here") == 0;
}

const char *
paso_frozen(const json_t *doc)
{
	const char *why = doc_text(doc, "why");

	if (doc_is(doc, "can"))
		return NULL;
	return *why == '\0' ? _("Este paso no está abierto.") : why;
}

const char *
paso_before(const json_t *doc)
{
	const json_t *path = doc_list(doc, "path");
	const char *step = NULL;
	size_t i;

	for (i = 0; i < json_array_size(path); i++) {
		const json_t *s = json_array_get(path, i);

		if (strcmp(doc_text(s, "step"), doc_text(doc, "step")) == 0)
			break;
		if (strcmp(doc_text(s, "state"), "done") == 0)
			step = doc_text(s, "step");
	}
	return step;
}

char *
paso_who(const struct app *app, const json_t *doc, const json_t *history)
{
	const json_t *events = doc_list(history, "events"), *e = NULL;
	char when[16];
	size_t i;

	for (i = 0; i < json_array_size(events); i++) {
		const json_t *k = json_array_get(events, i);

		if (strcmp(doc_text(k, "type"), "step.done") == 0 &&
		    strcmp(doc_text(k, "step"), doc_text(doc, "step")) == 0 &&
		    doc_int(k, "row") == doc_int(doc, "row"))
			e = k;
	}
	return e == NULL ? xstrdup(_("Este paso ya no está abierto.")) :
	    xasprintf(_("%s hizo este paso (%s)."), doc_text(e, "actor_name"),
	    app_when_text(app, doc_text(e, "at"), when));
}

char *
paso_read(const json_t *doc)
{
	long long added = (long long)doc_int(doc, "added"),
		  waiting = (long long)doc_int(doc, "reading");

	if (added > 0)
		return xasprintf(_("Textos leídos de los recortes: %lld. "
		    "Corríjalos antes de terminar el paso."), added);
	if (waiting > 0)
		return xasprintf(_("Todavía se leen %lld recortes: pídalo "
		    "otra vez en un momento."), waiting);
	return xstrdup(*doc_text(doc, "unread") != '\0' ?
	    doc_text(doc, "unread") : _("No hay texto leído por poner."));
}

char *
paso_done_text(const struct view *v, const json_t *doc)
{
	const json_t *open = doc_list(doc, "open");
	const char *undo = *doc_text(doc, "undo_until") == '\0' ? "" :
	    _("  u=Deshacer (30 s)");
	char ref[DOC_REF_MAX], *said;
	struct buf b;
	size_t i;

	if (*doc_text(doc, "unsent") != '\0')
		return xstrdup(doc_text(doc, "unsent"));
	buf_init(&b, TEXT_MAX);
	for (i = 0; i < json_array_size(open); i++)
		(void)buf_addf(&b, "%s%s", i == 0 ? "" : ", ",
		    doc_ref(json_array_get(open, i), ref));
	said = b.len == 0 ? xasprintf(_("Paso %s hecho. %s quedó "
	    "terminado.%s"), v->step, v->folio, undo) :
	    xasprintf(_("Paso %s hecho. Sigue: %s.%s"), v->step, buf_str(&b),
	    undo);
	buf_clear(&b);
	return said;
}
