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
	app_open(v->app, folio[strspn(folio, "0123456789")] == '\0' ?
	    &view_decidido : &view_expediente, folio, NULL);
}

/* What was decided in this person's place and not seen: its number alone. */
static void
bandeja_stood(const struct bandeja *b, json_t *items)
{
	const json_t *list = doc_list(b->doc, "stood"), *s;
	char number[24];
	size_t i;

	for (i = 0; i < json_array_size(list); i++) {
		s = json_array_get(list, i);
		(void)snprintf(number, sizeof number, "%lld",
		    (long long)doc_int(s, "grant"));
		app_choice(items, number, doc_is(s, "over") ?
		    _("Suplencia %s, terminada: lo que decidió %s en su lugar "
		      "(%d)") :
		    _("Suplencia %s: lo que decidió %s en su lugar (%d)"),
		    number, doc_text(s, "name"), (int)doc_int(s, "count"));
	}
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

bool
bandeja_has_notices(const struct bandeja *b)
{
	return json_array_size(doc_list(b->doc, "missing")) > 0 ||
	    json_array_size(doc_list(b->doc, "notices")) > 0 ||
	    json_array_size(doc_list(b->doc, "stood")) > 0;
}

void
bandeja_notices(struct bandeja *b)
{
	const json_t *list = doc_list(b->doc, "notices"), *t;
	json_t *items = json_array();
	char ref[DOC_REF_MAX];
	size_t i;

	bandeja_stood(b, items);
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
