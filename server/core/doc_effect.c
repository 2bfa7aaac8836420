/* SPDX-License-Identifier: ISC */
/*
 * doc_effect.c - what a case has had done outside, as documents and as lines
 * of its history: mails, publications, looks at a page.
 */
#include "../../proto/i18n.h"
#include "job.h"

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

/* ", destinatarios: 3", ", fotos: 2": of a mail, of a publication.  Given. */
static char *
effect_counts(const json_t *d)
{
	const json_t *to = json_object_get(d, "to");
	size_t files = json_array_size(json_object_get(d, "files"));

	if (to != NULL)
		return json_array_size(to) == 0 ?
		    xstrdup(_(", sin nadie en la lista")) :
		    xasprintf(_(", destinatarios: %zu"), json_array_size(to));
	return files > 0 ? xasprintf(_(", fotos: %zu"), files) : xstrdup("");
}

char *
doc_effect_asked(const json_t *d)
{
	const char *url = doc_text(d, "url"), *title = doc_text(d, "title");
	char *all = effect_counts(d), *line;

	line = xasprintf("%s%s%s",
	    _(effect_words[effect_words_of(doc_text(d, "do"))].asked),
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

	return doc_text(json_object_get(kept, "body"), "do");
}

/* "título: sí, texto: no" of a page that was read. */
static void
effect_add_proof(struct buf *b, const json_t *d)
{
	if (json_object_get(d, "ok") == NULL)
		return;
	(void)buf_addf(b, _(": título %s, texto %s"),
	    doc_is(d, "title") ? _("sí") : _("no"),
	    doc_is(d, "text") ? _("sí") : _("no"));
}

char *
doc_effect_ended(const struct kase *ca, const json_t *d)
{
	const char *state = doc_text(d, "state"), *said;
	size_t i = effect_words_of(effect_kind_of(ca, doc_int(d, "effect")));
	struct buf b;
	char *line;

	said = strcmp(state, "done") == 0 ? _(effect_words[i].done) :
	    strcmp(state, "unknown") == 0 ? _("No se sabe si se envió") :
	    _(effect_words[i].failed);
	buf_init(&b, TEXT_MAX);
	(void)buf_addf(&b, "%s", said);
	if (*doc_text(d, "to") != '\0')
		(void)buf_addf(&b, _(" a %s"), doc_text(d, "to"));
	if (*doc_text(d, "url") != '\0')
		(void)buf_addf(&b, " %s", doc_text(d, "url"));
	if (doc_int(d, "photos") > 0)
		(void)buf_addf(&b, _(", fotos: %zu"), (size_t)
		    doc_int(d, "photos"));
	effect_add_proof(&b, d);
	if (*doc_text(d, "answer") != '\0')
		(void)buf_addf(&b, ": «%s»", doc_text(d, "answer"));
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
		return ended != NULL ? doc_text(ended, "state") : "asked";
	}
	if (json_array_size(to) == 0)
		return "nobody";
	for (i = 0; i < json_array_size(to); i++) {
		one = json_array_get(to, i);
		ended = json_object_get(one, "ended");
		if (ended == NULL)
			return "asked";
		of = doc_text(ended, "state");
		if (strcmp(of, "done") != 0)
			state = of;
	}
	return state;
}

/* ---- for people ---- */

/* What the courier has to say of what it has not done yet. */
struct pending {
	const char *zone;
	struct buf *b;
};

static int
effect_on_pending(void *arg, const struct job_row *row)
{
	struct pending *p = arg;
	char date[11], clock[9];

	calendar_local(p->zone, (struct when){ row->next_at }, date, clock);
	if (row->state == JOB_WAITING && row->tries == 0)
		(void)buf_addf(p->b, _("sale a las %.5s"), clock);
	else if (row->state == JOB_WAITING)
		(void)buf_addf(p->b, _("intento %d: %s Otra vez a las %.5s."),
		    row->tries, row->error, clock);
	else
		(void)buf_addf(p->b, "%s", row->error);
	return 1;
}

static void
effect_say_pending(struct req *q, const struct held *h, const json_t *e,
    const json_t *to, const char *zone, struct buf *b)
{
	char *key = effect_job_key(h->row.folio, doc_int(e, "n"), to);
	struct pending p = { zone, b };

	if (*doc_text(to, "address") != '\0')
		(void)buf_addf(b, "%s: ", doc_text(to, "address"));
	(void)store_find_job_by_key(q->c->store, key, effect_on_pending, &p);
	free(key);
}

/* One line: of a recipient, or of the whole effect (to NULL). */
static void
effect_say(struct req *q, const struct held *h, const json_t *e,
    const json_t *to, const char *zone, json_t *lines)
{
	const json_t *ended = json_object_get(to != NULL ? to : e, "ended");
	char *text, date[11] = "", clock[9] = "";
	struct when at = { 0 };
	json_t *body;
	struct buf b;

	buf_init(&b, TEXT_MAX);
	if (ended == NULL) {
		effect_say_pending(q, h, e, to, zone, &b);
	} else {
		body = json_copy((json_t *)ended);
		json_object_set(body, "effect", json_object_get(e, "n"));
		text = doc_effect_ended(h->ca, body);
		(void)when_parse(doc_text(ended, "at"), &at);
		calendar_local(zone, at, date, clock);
		(void)buf_addf(&b, "%.5s  %s", clock, text);
		free(text);
		json_decref(body);
	}
	json_array_append_new(lines, json_string(buf_str(&b)));
	buf_clear(&b);
}

json_t *
doc_effects(struct req *q, const struct held *h)
{
	json_t *list = json_array(), *e, *o, *lines, *one;
	struct world w;
	char *text;
	size_t i, k;

	core_world(q->c, h->row.office, &w);
	json_array_foreach(h->ca->effects, i, e) {
		lines = json_array();
		text = doc_effect_asked(e);
		json_array_append_new(lines, json_string(text));
		free(text);
		json_array_foreach(json_object_get(e, "to"), k, one)
			effect_say(q, h, e, one, w.zone, lines);
		if (json_object_get(e, "to") == NULL)
			effect_say(q, h, e, NULL, w.zone, lines);
		o = json_copy(e);
		json_object_del(o, "text");
		json_object_set_new(o, "state", json_string(effect_state(e)));
		json_object_set_new(o, "lines", lines);
		json_array_append_new(list, o);
	}
	return list;
}

/* ---- as rows of a register ---- */

static int
effect_on_tries(void *arg, const struct job_row *row)
{
	json_t *values = arg;

	json_object_set_new(values, _("Intentos"), json_integer(row->tries));
	if (*row->error != '\0')
		json_object_set_new(values, _("Respuesta"),
		    json_string(row->error));
	return 1;
}

static const char *
effect_state_word(const char *state)
{
	return strcmp(state, "done") == 0 ? _("enviado") :
	    strcmp(state, "failed") == 0 ? _("no se envió") :
	    strcmp(state, "unknown") == 0 ? _("no se sabe") : _("espera");
}

void
doc_effect_rows(struct req *q, const struct held *h, const json_t *mail,
    const struct record_row *row, json_t *list)
{
	const json_t *ended;
	json_t *to, *values;
	char *key;
	size_t i;

	json_array_foreach(json_object_get(mail, "to"), i, to) {
		ended = json_object_get(to, "ended");
		values = json_pack("{s:s, s:s, s:s}", _("Destinatario"),
		    doc_text(to, "address"), _("Asunto"),
		    doc_text(mail, "title"), _("Estado"),
		    effect_state_word(doc_text(ended, "state")));
		key = effect_job_key(h->row.folio, doc_int(mail, "n"), to);
		(void)store_find_job_by_key(q->c->store, key, effect_on_tries,
		    values);
		free(key);
		if (*doc_text(ended, "answer") != '\0')
			json_object_set(values, _("Respuesta"),
			    json_object_get(ended, "answer"));
		if (ended != NULL)
			json_object_set(values, _("Intentos"),
			    json_object_get(ended, "tries"));
		json_array_append_new(list, json_pack(
		    "{s:s, s:s, s:o, s:i, s:i, s:o}", "folio", row->folio,
		    "step", row->step, "at", ended != NULL ?
		    json_incref(json_object_get(ended, "at")) :
		    json_when((struct when){ row->at }), "serial",
		    row->serial, "row", (int)i + 1, "values", values));
	}
}
