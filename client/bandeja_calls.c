/* SPDX-License-Identifier: ISC */
/*
 * bandeja_calls.c - what calls for this person beside the tasks: comments that
 * name him, days without their case or duty, steps of others that wait too
 * long.  Of several, one is chosen.
 */
#include "bandeja.h"

#include "i18n.h"

static void
bandeja_on_call(struct view *v, int tag, const char *folio)
{
	(void)tag;
	app_open(v->app, &view_comentarios, folio, NULL);
}

/* Of several cases where somebody names this person, one is chosen. */
void
bandeja_calls(struct bandeja *b)
{
	const json_t *list = doc_list(b->doc, "mentions"), *m;
	json_t *items = json_array(), *seen = json_array();
	const char *folio;
	size_t i;

	for (i = 0; i < json_array_size(list); i++) {
		m = json_array_get(list, i);
		folio = doc_text(m, "folio");
		if (doc_has(seen, folio))
			continue;
		json_array_append_new(seen, json_string(folio));
		app_choice(items, folio, "%s  %s: %s", folio,
		    doc_text(m, "by_name"), doc_text(m, "text"));
	}
	if (json_array_size(seen) == 1)
		bandeja_on_call(&b->view, 0, doc_item(seen, 0));
	else
		app_pick(&b->view, 0, _("Lo mencionan"), items,
		    bandeja_on_call);
	json_decref(items);
	json_decref(seen);
}

static void
bandeja_on_notice(struct view *v, int tag, const char *folio)
{
	(void)tag;
	if (*folio == '\0') {
		app_say(v->app, true,
		    _("De ese día no hay expediente: F6 lo inicia."));
		return;
	}
	app_open(v->app, &view_expediente, folio, NULL);
}

/* Days of the daily procedures, before what others have to do. */
static void
bandeja_missing(const struct bandeja *b, json_t *items)
{
	const json_t *list = doc_list(b->doc, "missing"), *d;
	size_t i;

	for (i = 0; i < json_array_size(list); i++) {
		d = json_array_get(list, i);
		app_choice(items, doc_text(d, "folio"), "%s %s  %s",
		    doc_text(d, "day"), doc_text(d, "brief"),
		    doc_missing_text(d));
	}
}

void
bandeja_notices(struct bandeja *b)
{
	const json_t *list = doc_list(b->doc, "notices"), *t;
	json_t *items = json_array();
	char ref[DOC_REF_MAX];
	size_t i;

	bandeja_missing(b, items);
	for (i = 0; i < json_array_size(list); i++) {
		t = json_array_get(list, i);
		app_choice(items, doc_text(t, "folio"), "%s %s  %s",
		    doc_text(t, "folio"), doc_ref(t, ref),
		    doc_text(json_object_get(t, "notice"), "say"));
	}
	app_pick(&b->view, 0, _("Avisos"), items, bandeja_on_notice);
	json_decref(items);
}
