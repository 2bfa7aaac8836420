/* SPDX-License-Identifier: ISC */
/* doc.c - see doc.h. */
#include "doc.h"

#include <stdarg.h>

#include "i18n.h"
#include "view.h"

const char *
doc_why(const json_t *doc)
{
	const char *s = doc_text(json_object_get(doc, "error"), "message");

	return *s == '\0' ? _("El servidor no pudo hacerlo.") : s;
}

void
doc_habits(const json_t *me)
{
	const char *chosen = doc_text(doc_part(me, "preferences"), "language");

	if (*doc_text(me, "zone") != '\0')
		setenv("TZ", doc_text(me, "zone"), 1);
	tzset();
	if (strcmp(chosen, "es") == 0 || strcmp(chosen, "en") == 0)
		i18n_use(chosen);
}

json_t *
doc_outlets(const json_t *doc)
{
	json_t *outlets = doc_list(doc, "outlets"), *items = json_array();
	size_t i;

	for (i = 0; i < json_array_size(outlets); i++) {
		const json_t *o = json_array_get(outlets, i);

		app_choice(items, doc_text(o, "name"), "%s (%s) %s",
		    doc_text(o, "name"), doc_text(o, "kind"),
		    doc_text(o, "programme"));
	}
	return items;
}

json_t *
doc_people(const json_t *doc)
{
	json_t *people = doc_list(doc, "people"), *items = json_array();
	size_t i;

	for (i = 0; i < json_array_size(people); i++) {
		const json_t *p = json_array_get(people, i);

		app_choice(items, doc_text(p, "login"), "%s (%s)",
		    doc_text(p, "name"), doc_text(p, "login"));
	}
	return items;
}

const json_t *
doc_field(const json_t *step, const char *id)
{
	const json_t *fields = doc_list(step, "fields"), *one;
	size_t i;

	json_array_foreach(fields, i, one)
		if (strcmp(doc_text(one, "id"), id) == 0)
			return one;
	return NULL;
}

int
doc_find(const json_t *list, const json_t *one, const char *const *keys,
    int none)
{
	const json_t *x, *a, *b;
	size_t i, k;

	json_array_foreach(list, i, x) {
		for (k = 0; keys[k] != NULL; k++) {
			a = json_object_get(one, keys[k]);
			b = json_object_get(x, keys[k]);
			if (a != b && !json_equal(a, b))	/* or neither */
				break;
		}
		if (keys[k] == NULL)
			return (int)i;
	}
	return none;
}

const char *
doc_missing_text(const json_t *day)
{
	return strcmp(doc_text(day, "state"), "missing") == 0 ?
	    _("FALTA el expediente") : _("TERMINÓ sin cumplirse");
}

const char *
doc_ref(const json_t *o, char out[DOC_REF_MAX])
{
	const json_t *row = json_object_get(o, "row");
	const char *step = doc_text(o, "step");

	if (json_is_integer(row) && json_integer_value(row) > 0)
		(void)snprintf(out, DOC_REF_MAX, "%.20s#%d", step,
		    (int)json_integer_value(row));
	else
		(void)snprintf(out, DOC_REF_MAX, "%.20s", step);
	return out;
}

bool
doc_is_step(const json_t *o, const char *folio, const char *ref)
{
	char own[DOC_REF_MAX];

	return folio != NULL && ref != NULL &&
	    strcmp(doc_text(o, "folio"), folio) == 0 &&
	    strcmp(doc_ref(o, own), ref) == 0;
}

const char *
doc_span(int64_t s, char out[DOC_SPAN_MAX])
{
	int minutes = s < 0 ? 0 : (int)(s / 60);

	if (minutes < 60)
		(void)snprintf(out, DOC_SPAN_MAX, _("%d min"), minutes);
	else if (minutes < 24 * 60)
		(void)snprintf(out, DOC_SPAN_MAX, _("%d h %02d"),
		    minutes / 60, minutes % 60);
	else
		(void)snprintf(out, DOC_SPAN_MAX, _("%d d"),
		    minutes / (24 * 60));
	return out;
}

int64_t
doc_until(const char *utc, struct when now)
{
	struct when t;

	if (*utc == '\0' || when_parse(utc, &t) < 0)
		return 0;
	return t.s - now.s;
}

const char *
doc_stamp(const char *utc, char out[DOC_STAMP_MAX])
{
	struct when t;
	struct tm tm;
	time_t at;

	out[0] = '\0';
	if (*utc == '\0' || when_parse(utc, &t) < 0)
		return out;
	at = (time_t)t.s;
	if (localtime_r(&at, &tm) == NULL ||
	    strftime(out, DOC_STAMP_MAX, "%d/%m/%Y %H:%M", &tm) == 0)
		out[0] = '\0';
	return out;
}

static void
line_take(struct line *l, char *word)
{
	l->words = xrealloc(l->words, l->n + 2, sizeof *l->words);
	l->words[l->n++] = word;
	l->words[l->n] = NULL;
}

void
line_add(struct line *l, const char *word)
{
	line_take(l, xstrdup(word));
}

void
line_addf(struct line *l, const char *fmt, ...)
{
	va_list ap;
	char *word;

	va_start(ap, fmt);
	word = xvasprintf(fmt, ap);
	va_end(ap);
	line_take(l, word);
}

void
line_clear(struct line *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		free(l->words[i]);
	free(l->words);
	memset(l, 0, sizeof *l);
}

void
line_ask(struct line *l, struct view *v, int tag, bool mutating)
{
	app_ask(v, tag, mutating, (const char *const *)l->words);
	line_clear(l);
}
