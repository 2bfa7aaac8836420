/* SPDX-License-Identifier: ISC */
/*
 * doc_effect.c - what a case has had done outside, as documents and as lines
 * of its history: mails, publications, looks at a page.
 */
#include "../../proto/i18n.h"
#include "req.h"

static const char *
effect_str(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

/* What is done, in words that begin a line. */
static const struct {
	const char *kind, *asked, *done, *failed;
} effect_words[] = {
	{ "publish", N_("Pide publicar: "), N_("Se publicó"),
	  N_("No se publicó") },
	{ "send_mail", N_("Pide enviar por correo: "), N_("Se envió"),
	  N_("No se envió") },
	{ "verify", N_("Pide comprobar: "), N_("Se comprobó"),
	  N_("No se pudo comprobar") },
};

static size_t
effect_words_of(const char *kind)
{
	size_t i;

	for (i = 0; i + 1 < ARRAY_LEN(effect_words); i++)
		if (strcmp(effect_words[i].kind, kind) == 0)
			break;
	return i;
}

char *
doc_effect_asked(const json_t *d)
{
	const char *url = effect_str(d, "url"), *title = effect_str(d, "title");
	const json_t *to = json_object_get(d, "to");
	char *all, *line;

	all = to == NULL ? xstrdup("") : json_array_size(to) == 0 ?
	    xstrdup(_(", sin nadie en la lista")) :
	    xasprintf(_(", destinatarios: %zu"), json_array_size(to));
	line = xasprintf("%s%s%s",
	    _(effect_words[effect_words_of(effect_str(d, "do"))].asked),
	    *url != '\0' ? url : title, all);
	free(all);
	return line;
}

/* The kind is that of the event that asked, which the case keeps. */
static const char *
effect_kind_of(const struct kase *ca, int64_t n)
{
	const json_t *kept = n > 0 ?
	    json_array_get(ca->events, (size_t)n - 1) : NULL;

	return effect_str(json_object_get(kept, "body"), "do");
}

/* "título: sí, texto: no" of a page that was read. */
static void
effect_add_proof(struct buf *b, const json_t *d)
{
	if (json_object_get(d, "ok") == NULL)
		return;
	(void)buf_addf(b, _(": título %s, texto %s"),
	    json_is_true(json_object_get(d, "title")) ? _("sí") : _("no"),
	    json_is_true(json_object_get(d, "text")) ? _("sí") : _("no"));
}

char *
doc_effect_ended(const struct kase *ca, const json_t *d)
{
	const char *state = effect_str(d, "state"), *said;
	size_t i = effect_words_of(effect_kind_of(ca,
	    json_integer_value(json_object_get(d, "effect"))));
	struct buf b;
	char *line;

	said = strcmp(state, "done") == 0 ? _(effect_words[i].done) :
	    strcmp(state, "unknown") == 0 ? _("No se sabe si se envió") :
	    _(effect_words[i].failed);
	buf_init(&b, TEXT_MAX);
	(void)buf_addf(&b, "%s", said);
	if (*effect_str(d, "to") != '\0')
		(void)buf_addf(&b, _(" a %s"), effect_str(d, "to"));
	if (*effect_str(d, "url") != '\0')
		(void)buf_addf(&b, " %s", effect_str(d, "url"));
	effect_add_proof(&b, d);
	if (*effect_str(d, "answer") != '\0')
		(void)buf_addf(&b, ": «%s»", effect_str(d, "answer"));
	line = xstrdup(buf_str(&b));
	buf_clear(&b);
	return line;
}

/* How far it is: of a mail, as far as its last recipient. */
static const char *
effect_state(const json_t *e)
{
	const json_t *to = json_object_get(e, "to"), *ended, *one;
	const char *state = "done", *of;
	size_t i;

	if (to == NULL) {
		ended = json_object_get(e, "ended");
		return ended != NULL ? effect_str(ended, "state") : "asked";
	}
	if (json_array_size(to) == 0)
		return "nobody";
	for (i = 0; i < json_array_size(to); i++) {
		one = json_array_get(to, i);
		ended = json_object_get(one, "ended");
		if (ended == NULL)
			return "asked";
		of = effect_str(ended, "state");
		if (strcmp(of, "done") != 0)
			state = of;
	}
	return state;
}

json_t *
doc_effects(const struct kase *ca)
{
	json_t *list = json_array(), *e, *o;
	size_t i;

	json_array_foreach(ca->effects, i, e) {
		o = json_copy(e);
		json_object_del(o, "text");
		json_object_set_new(o, "state", json_string(effect_state(e)));
		json_array_append_new(list, o);
	}
	return list;
}
