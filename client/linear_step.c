/* SPDX-License-Identifier: ISC */
/*
 * linear_step.c - one step by question and answer: what to do, its fields one
 * by one (each kept as a draft at once), the decision, and a last "sí".
 */
#include "linear_own.h"

#include "i18n.h"
#include "text.h"

static json_t *
linear_read_step(struct linear *l, const char *folio, const char *ref)
{
	struct line words = { NULL, 0 };

	line_add(&words, "paso");
	line_add(&words, folio);
	line_add(&words, ref);
	return linear_ask(l, &words, false);
}

/* Where files go in: another program sends them. */
static void
linear_say_files(struct linear *l, const json_t *st)
{
	const json_t *places = doc_list(doc_part(st, "files"), "places"), *p;
	size_t i;

	json_array_foreach(places, i, p)
		if (*doc_text(p, "sftp") != '\0')
			linear_say(l, _("Archivos de %s: %s\n"),
			    doc_text(p, "label"), doc_text(p, "sftp"));
}

static void
linear_say_step(struct linear *l, const json_t *st)
{
	const json_t *pos = doc_part(st, "position");
	const json_t *remarks = doc_list(st, "remarks"), *r;
	size_t i, k;

	linear_say(l, _("%s, %s. Paso %s (%d de %d).%s%s\n"),
	    doc_text(st, "folio"), doc_text(st, "brief"), doc_text(st, "step"),
	    (int)doc_int(pos, "n"), (int)doc_int(pos, "of"),
	    *doc_text(st, "row_title") != '\0' ? " " : "",
	    doc_text(st, "row_title"));
	if (*doc_text(st, "do") != '\0')
		linear_say(l, "%s\n", doc_text(st, "do"));
	if (*doc_text(st, "question") != '\0')
		linear_say(l, "%s\n", doc_text(st, "question"));
	linear_say_files(l, st);
	json_array_foreach(remarks, i, r)
		linear_say(l, _("Comentario de %s: %s\n"),
		    doc_text(r, "by_name"), doc_text(r, "text"));
	json_array_foreach(doc_list(st, "verdicts"), i, r) {
		const json_t *items = doc_list(r, "items"), *one;

		json_array_foreach(items, k, one)
			linear_say(l, "  %s: %s. %s\n", doc_text(one, "name"),
			    doc_text(one, "verdict"),
			    doc_text(one, "remarks"));
	}
	json_array_foreach(doc_list(st, "shown"), i, r) {
		const json_t *fields = doc_list(r, "fields");

		linear_say(l, _("Paso %s: %s\n"), doc_text(r, "step"),
		    doc_text(r, "title"));
		for (k = 0; k < json_array_size(fields); k++)
			linear_say(l, "  %s: %s\n",
			    doc_text(json_array_get(fields, k), "label"),
			    doc_text(json_array_get(fields, k), "text"));
	}
	json_array_foreach(doc_list(st, "changes"), i, r)
		linear_say(l, _("Cambió %s. Antes: %s. Ahora: %s\n"),
		    doc_text(r, "label"), doc_text(r, "before"),
		    doc_text(r, "after"));
}

/* Say what came of it. */
static void
linear_say_done(struct linear *l, json_t *doc)
{
	const json_t *open = doc_list(doc, "open");
	size_t i;

	if (doc == NULL)
		return;
	linear_say(l, _("Hecho."));
	for (i = 0; i < json_array_size(open); i++)
		linear_say(l, _(" Sigue el paso %s (%s)."),
		    doc_text(json_array_get(open, i), "step"),
		    doc_text(json_array_get(open, i), "role"));
	if (strcmp(doc_text(doc, "state"), "closed") == 0)
		linear_say(l, _(" El expediente se cerró."));
	if (*doc_text(doc, "unsent") != '\0')
		linear_say(l, " %s", doc_text(doc, "unsent"));
	if (*doc_text(doc, "undo_until") != '\0')
		linear_say(l, _(" u en la lista lo deshace, 30 segundos."));
	linear_say(l, "\n");
	json_decref(doc);
}

/* ---- a step with fields ---- */

static bool
linear_save(struct linear *l, const struct form_field *f, const char *folio,
    const char *ref)
{
	struct line words = { NULL, 0 };
	char *word = field_word(f);
	json_t *doc;

	line_add(&words, "borrador");
	line_add(&words, folio);
	line_add(&words, ref);
	line_addf(&words, "%s=%s", doc_text(f->def, "id"), word);
	free(word);
	if ((doc = linear_ask(l, &words, true)) == NULL)
		return false;
	linear_say(l, _("   Guardado.\n"));
	json_decref(doc);
	return true;
}

/*
 * Fields that the words of a decision fill by themselves; the rest of an
 * approval (verdicts of each photo, reasons) is asked for like any other.
 */
static bool
linear_is_asked(const json_t *st, const json_t *def)
{
	const json_t *ap = doc_part(st, "approval"), *fields;
	const char *id = doc_text(def, "id");
	bool each = false;
	size_t i;

	if (ap == NULL)
		return true;
	fields = doc_list(st, "fields");
	for (i = 0; i < json_array_size(fields); i++)
		each |= strcmp(doc_text(json_array_get(fields, i), "type"),
		    "verdicts") == 0;
	return strcmp(id, doc_text(ap, "verdict")) != 0 &&
	    strcmp(id, "return_to") != 0 &&
	    (each || strcmp(id, doc_text(ap, "remarks")) != 0);
}

/* Read the step again; what there was stays when that is refused. */
static void
linear_renew(struct linear *l, json_t **st, const char *folio, const char *ref)
{
	json_t *now = linear_read_step(l, folio, ref);

	if (now != NULL) {
		json_decref(*st);
		*st = now;
	}
}

/* The remark of an approval is only owed by who returns; that asks for it. */
static void
linear_begin(struct form_field *f, const json_t *st, const json_t *def)
{
	const json_t *ap = doc_part(st, "approval");
	json_t *copy = json_copy((json_t *)(uintptr_t)def);

	if (ap != NULL &&
	    strcmp(doc_text(def, "id"), doc_text(ap, "remarks")) == 0)
		json_object_set_new(copy, "required", json_false());
	field_init(f, copy);
	json_decref(copy);
}

/*
 * Ask every field in order.  What was answered may make others apply, so the
 * step is read again after each; *st is the newest.
 */
static bool
linear_fields(struct linear *l, json_t **st, const char *folio,
    const char *ref)
{
	json_t *order = json_incref(doc_list(*st, "fields"));
	const char *answer;
	struct form_field f;
	const json_t *def;
	bool ok = true, changed;
	size_t i;

	for (i = 0; ok && !l->gone && i < json_array_size(order); i++) {
		def = doc_field(*st,
		    doc_text(json_array_get(order, i), "id"));
		if (def == NULL)
			continue;
		linear_begin(&f, *st, def);
		answer = doc_text(*st, "answer");
		if (f.kind != FORM_STILL && linear_is_asked(*st, def))
			ok = linear_field(l, &f,
			    strcmp(answer, doc_text(def, "id")) == 0 ?
			    doc_list(*st, "arms") : NULL);
		changed = strcmp(f.edit.text, f.was) != 0;
		if (changed && !linear_save(l, &f, folio, ref))
			i -= ok;	/* it is asked again */
		else if (changed)
			linear_renew(l, st, folio, ref);
		field_clear(&f);
	}
	json_decref(order);
	return ok && !l->gone;
}

/* "VERB FOLIO STEP id=text…" with the fields as they stand; a return takes
 * nothing that the manual only proposes. */
static void
linear_words(struct line *words, const char *verb, const json_t *st,
    const char *folio, const char *ref)
{
	const json_t *fields = doc_list(st, "fields");
	bool returns = strcmp(verb, "devolver") == 0;
	struct form_field f;
	char *word;
	size_t i;

	line_add(words, verb);
	line_add(words, folio);
	line_add(words, ref);
	for (i = 0; i < json_array_size(fields); i++) {
		field_init(&f, json_array_get(fields, i));
		word = field_word(&f);
		if (f.kind != FORM_STILL && !field_is_blank(&f) &&
		    linear_is_asked(st, f.def) &&
		    (!returns || !field_is_preset(&f)))
			line_addf(words, "%s=%s", doc_text(f.def, "id"), word);
		free(word);
		field_clear(&f);
	}
	line_addf(words, "revision=%d", (int)doc_int(st, "revision"));
	if (doc_part(st, "approval") != NULL)
		line_addf(words, "contenido=%s", doc_text(st, "content"));
}

/* Hand the step over; false when it was refused and may be mended. */
static bool
linear_do(struct linear *l, const json_t *st, const char *verb,
    const char *folio, const char *ref)
{
	struct line words = { NULL, 0 };
	json_t *doc;

	linear_words(&words, verb, st, folio, ref);
	if (doc_part(st, "approval") != NULL && !linear_sign(l, &words, st))
		return true;
	doc = linear_ask(l, &words, true);
	linear_say_done(l, doc);
	return doc != NULL;
}

/* Ask that what the step says of the outside is looked at. */
static void
linear_check(struct linear *l, const char *folio, const char *ref)
{
	struct line words = { NULL, 0 };
	json_t *doc;

	line_add(&words, "comprobar");
	line_add(&words, folio);
	line_add(&words, ref);
	if ((doc = linear_ask(l, &words, true)) != NULL)
		linear_say(l, "%s\n",
		    _("Se está leyendo esa dirección."));
	json_decref(doc);
}

static void
linear_fill(struct linear *l, json_t **st, const char *folio, const char *ref)
{
	bool done = false, yes;
	char *s;

	while (!done && linear_fields(l, st, folio, ref)) {
		s = linear_question(l, _("¿Entregar el paso? s=Sí, %sn=Volver "
		    "a los campos, .=Regresar: "), doc_is(*st, "asks") ?
		    _("c=Comprobar, ") : "");
		if (s == NULL)
			return;
		yes = linear_is_yes(s);
		done = strcmp(s, ".") == 0 ||
		    (yes && linear_do(l, *st, "hacer", folio, ref));
		if (doc_is(*st, "asks") && linear_is(s, "c"))
			linear_check(l, folio, ref);
		free(s);
		if (yes && !done)
			linear_renew(l, st, folio, ref);
	}
}

/* ---- a step that waits for a decision ---- */

/* Back to which step, when there is a choice: "regresa_a=2.4", given. */
static bool
linear_back_to(struct linear *l, const json_t *st, char **word)
{
	const json_t *to = doc_list(doc_part(st, "approval"), "return_to");
	int n = (int)json_array_size(to), i, k = -1;
	char *s;

	*word = NULL;
	if (n < 2)
		return true;
	for (i = 0; i < n; i++)
		linear_say(l, "  %d %s %s\n", i + 1,
		    doc_text(json_array_get(to, (size_t)i), "step"),
		    doc_text(json_array_get(to, (size_t)i), "title"));
	while (k < 0) {
		s = linear_question(l, _("Devolver al paso (. regresa): "));
		k = linear_number(s, n);
		free(s);
	}
	if (k == 0)
		return false;
	*word = xasprintf("regresa_a=%s",
	    doc_text(json_array_get(to, (size_t)k - 1), "step"));
	return true;
}

char *
linear_reason(struct linear *l, const char *was)
{
	char *s;

	for (;;) {
		s = linear_question(l, _("Motivo (obligatorio; . regresa) "
		    "[%s]: "), was);
		if (s == NULL || strcmp(s, ".") == 0) {
			free(s);
			return NULL;
		}
		if (*s != '\0')
			return s;
		free(s);
		if (*was != '\0')
			return xstrdup(was);
	}
}

/* Send it back; false when that was refused, with the remark kept. */
static bool
linear_return(struct linear *l, const json_t *st, const char *folio,
    const char *ref, char **remark)
{
	struct line words = { NULL, 0 };
	char *to, *why;
	json_t *doc;
	bool done = true;

	if (!linear_back_to(l, st, &to))
		return true;
	why = linear_reason(l, *remark);
	if (why != NULL) {
		free(*remark);
		*remark = why;
		linear_words(&words, "devolver", st, folio, ref);
		line_addf(&words, "motivo=%s", why);
		if (to != NULL)
			line_add(&words, to);
		if (linear_sign(l, &words, st)) {
			doc = linear_ask(l, &words, true);
			done = doc != NULL;
			linear_say_done(l, doc);
		}
	}
	free(to);
	return done;
}

static void
linear_decide(struct linear *l, json_t **st, const char *folio,
    const char *ref)
{
	char *s, *remark = xstrdup("");
	bool done = false;
	int k;

	while (!done && linear_fields(l, st, folio, ref)) {
		s = linear_question(l, _("  1 Aprobar\n  2 Devolver\n"
		    "Respuesta (. regresa): "));
		k = linear_number(s, 2);
		free(s);
		done = k == 0;
		if (k == 1)
			done = linear_do(l, *st, "aprobar", folio, ref);
		else if (k == 2)
			done = linear_return(l, *st, folio, ref, &remark);
		if (k > 0 && !done)
			linear_renew(l, st, folio, ref);
	}
	free(remark);
}

void
linear_step(struct linear *l, const char *folio, const char *ref)
{
	json_t *st = linear_read_step(l, folio, ref);

	if (st == NULL)
		return;
	linear_say_step(l, st);
	if (!doc_is(st, "can"))
		linear_say(l, "! %s\n", doc_text(st, "why"));
	else if (doc_part(st, "approval") != NULL)
		linear_decide(l, &st, folio, ref);
	else
		linear_fill(l, &st, folio, ref);
	json_decref(st);
}
