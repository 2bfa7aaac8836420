/* SPDX-License-Identifier: ISC */
/*
 * linear_case.c - a case by question and answer: begun, looked for, looked
 * at, a step of it answered again.  What was answered at a start or again
 * stays until it is accepted or left.
 */
#include "linear_own.h"

#include "i18n.h"
#include "text.h"

/* ---- beginning ---- */

/* Fields that have no draft: what is answered stays here until it is sent. */
struct answers {
	struct form_field *f;
	size_t n;
};

static void
answers_init(struct answers *a, const json_t *defs)
{
	size_t i;

	a->n = json_array_size(defs);
	a->f = xcalloc(a->n, sizeof *a->f);
	for (i = 0; i < a->n; i++)
		field_init(&a->f[i], json_array_get(defs, i));
}

static void
answers_clear(struct answers *a)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		field_clear(&a->f[i]);
	free(a->f);
}

static bool
answers_ask(struct linear *l, struct answers *a)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		if (a->f[i].kind != FORM_STILL &&
		    !linear_field(l, &a->f[i], NULL))
			return false;
	return true;
}

/* "id=text" of each that says something, or does so no more. */
static void
answers_words(const struct answers *a, struct line *words)
{
	const struct form_field *f;
	char *word;

	for (f = a->f; f < a->f + a->n; f++) {
		if (f->kind == FORM_STILL || (field_is_blank(f) &&
		    strcmp(f->edit.text == NULL ? "" : f->edit.text,
		    f->was) == 0))
			continue;
		word = field_word(f);
		line_addf(words, "%s=%s", doc_text(f->def, "id"), word);
		free(word);
	}
}

static json_t *
start_send(struct linear *l, const char *code, const char *start,
    const struct answers *a)
{
	struct line words = { NULL, 0 };

	line_add(&words, "iniciar");
	line_add(&words, code);
	line_addf(&words, "inicio=%s", start);
	answers_words(a, &words);
	return linear_ask(l, &words, true);
}

/* Ask until it is accepted, or the person goes back. */
static json_t *
start_fill(struct linear *l, const char *code, const json_t *start)
{
	json_t *defs = form_start_fields(start), *doc = NULL;
	struct answers a;

	answers_init(&a, defs);
	while (doc == NULL && answers_ask(l, &a))
		doc = start_send(l, code, doc_text(start, "id"), &a);
	answers_clear(&a);
	json_decref(defs);
	return doc;
}

static void
start_case(struct linear *l, const char *code, const json_t *start)
{
	char ref[DOC_REF_MAX];
	json_t *doc, *first;

	if (!doc_is(start, "can")) {
		linear_say(l, "! %s\n", doc_text(start, "why"));
		return;
	}
	if ((doc = start_fill(l, code, start)) == NULL)
		return;
	linear_say(l, _("Se abrió %s.\n"), doc_text(doc, "folio"));
	first = json_array_get(doc_list(doc, "open"), 0);
	if (first != NULL)
		linear_step(l, doc_text(doc, "folio"), doc_ref(first, ref));
	json_decref(doc);
}

/* One of a list by its number, its key and its title said; NULL: none. */
static json_t *
case_choose(struct linear *l, json_t *list, const char *key,
    const char *question)
{
	int n = (int)json_array_size(list), i, k;
	json_t *o;
	char *s;

	for (i = 0; i < n; i++) {
		o = json_array_get(list, (size_t)i);
		linear_say(l, "  %d %s%s%s%s\n", i + 1,
		    key == NULL ? "" : doc_text(o, key),
		    key == NULL ? "" : " ", doc_text(o, "title"),
		    doc_is(o, "taken") && !doc_is(o, "can") ?
		    _(" (ya abierto)") :
		    json_is_false(json_object_get(o, "can")) ?
		    _(" (no le toca)") : "");
	}
	for (;;) {
		s = linear_question(l, "%s", question);
		k = linear_number(s, n);
		if (k >= 0 || *s == '\0') {
			free(s);
			return k > 0 ? json_array_get(list, (size_t)k - 1) :
			    NULL;
		}
		free(s);
		linear_say(l, _("  Escriba un número de la lista.\n"));
	}
}

void
linear_new(struct linear *l)
{
	struct line words = { NULL, 0 };
	json_t *doc, *procedure, *starts, *start;

	line_add(&words, "procedimientos");
	if ((doc = linear_ask(l, &words, false)) == NULL)
		return;
	procedure = case_choose(l, doc_list(doc, "procedures"), "code",
	    _("Procedimiento: "));
	starts = doc_list(procedure, "starts");
	start = json_array_size(starts) < 2 ? json_array_get(starts, 0) :
	    case_choose(l, starts, NULL, _("Inicio: "));
	if (start != NULL)
		start_case(l, doc_text(procedure, "code"), start);
	json_decref(doc);
}

/* ---- looking ---- */

void
linear_search(struct linear *l, const char *text)
{
	struct line words = { NULL, 0 };
	json_t *doc, *cases, *c;

	line_add(&words, "buscar");
	line_add(&words, text);
	if ((doc = linear_ask(l, &words, false)) == NULL)
		return;
	cases = doc_list(doc, "cases");
	if (json_array_size(cases) == 0)
		linear_say(l, _("No se encontró nada.\n"));
	else if ((c = case_choose(l, cases, "folio",
	    _("Expediente, .=regresar: "))) != NULL)
		linear_case(l, doc_text(c, "folio"));
	json_decref(doc);
}

static void
case_cancel(struct linear *l, const char *folio)
{
	struct line words = { NULL, 0 };
	char *why;

	why = linear_question(l, _("Cancelar %s. Motivo (. regresa): "),
	    folio);
	if (why != NULL && *why != '\0' && strcmp(why, ".") != 0) {
		line_add(&words, "cancelar");
		line_add(&words, folio);
		line_addf(&words, "motivo=%s", why);
		(void)linear_tell(l, &words);
	}
	free(why);
}

/* ---- a step that is done, answered again ---- */

/* Which answers it sets aside, why, and a last yes; the reason, or NULL: not
 * now.  Given. */
static char *
redo_sure(struct linear *l, const json_t *redo)
{
	const json_t *list = doc_list(redo, "sets_aside");
	char *steps = doc_join(list, ", "), *reason, *s;

	if (json_array_size(list) > 0) {
		linear_say(l, _("Se dejan aparte las respuestas de: %s"),
		    steps);
		linear_say(l, "\n");
	}
	free(steps);
	reason = doc_is(redo, "reason") ? linear_reason(l, "") : xstrdup("");
	if (reason == NULL)
		return NULL;
	s = linear_question(l, _("¿Contestar otra vez el paso? s=Sí, "
	    ".=Regresar: "));
	if (!linear_is_yes(s)) {
		free(reason);
		reason = NULL;
	}
	free(s);
	return reason;
}

/* Send it; false when it was refused, and may be mended. */
static bool
redo_send(struct linear *l, const char *folio, const json_t *step,
    const struct answers *a)
{
	struct line words = { NULL, 0 };
	char *reason = redo_sure(l, doc_part(step, "redo"));
	bool done;

	if (reason == NULL)
		return true;
	line_add(&words, "reclasificar");
	line_add(&words, folio);
	line_add(&words, doc_text(step, "number"));
	answers_words(a, &words);
	if (*reason != '\0')
		line_addf(&words, "motivo=%s", reason);
	free(reason);
	done = linear_tell(l, &words);
	return done || l->gone;
}

/* The steps of a case that this person may answer again.  A new reference. */
static json_t *
redo_list(const json_t *doc)
{
	json_t *list = json_array(), *step;
	size_t i;

	json_array_foreach(doc_list(doc, "steps"), i, step)
		if (doc_part(step, "redo") != NULL)
			json_array_append(list, step);
	return list;
}

static void
case_redo(struct linear *l, const char *folio, const json_t *doc)
{
	json_t *list = redo_list(doc), *step;
	struct answers a;

	step = case_choose(l, list, "number",
	    _("Paso que se contesta otra vez: "));
	if (step != NULL) {
		answers_init(&a, doc_list(doc_part(step, "redo"), "fields"));
		while (answers_ask(l, &a) && !redo_send(l, folio, step, &a))
			;
		answers_clear(&a);
	}
	json_decref(list);
}

/* ---- one case ---- */

/* A letter of the question of case_turn; false: there is no such letter. */
static bool
case_letter(struct linear *l, const char *folio, const json_t *doc,
    bool redo, const char *s)
{
	struct line words = { NULL, 0 };

	if (linear_is(s, "h")) {
		line_add(&words, "historial");
		line_add(&words, folio);
		(void)linear_tell(l, &words);
	} else if (redo && linear_is(s, "r")) {
		case_redo(l, folio, doc);
	} else if (linear_is(s, "x")) {
		case_cancel(l, folio);
	} else {
		return false;
	}
	return true;
}

/* What to do with the case; false: enough. */
static bool
case_turn(struct linear *l, const char *folio, const json_t *doc)
{
	const json_t *open = doc_list(doc, "open");
	json_t *again = redo_list(doc);
	bool redo = json_array_size(again) > 0;
	char ref[DOC_REF_MAX], *s;
	size_t i;
	int k;

	json_decref(again);
	for (i = 0; i < json_array_size(open); i++)
		linear_say(l, _("  %zu paso %s: %s\n"), i + 1,
		    doc_ref(json_array_get(open, i), ref),
		    doc_text(json_array_get(open, i), "title"));
	s = linear_question(l, _("%s: número de paso, h=historial, "
	    "%sx=cancelar, .=regresar: "), folio,
	    redo ? _("r=reclasificar, ") : "");
	k = linear_number(s, (int)json_array_size(open));
	if (k > 0)
		linear_step(l, folio, doc_ref(json_array_get(open,
		    (size_t)k - 1), ref));
	else if (k < 0 && *s != '\0' && !case_letter(l, folio, doc, redo, s))
		linear_say(l, _("  Escriba el número de un paso, o una de "
		    "esas letras.\n"));
	k = k < 0 && *s != '\0';
	free(s);
	return k != 0;
}

void
linear_case(struct linear *l, const char *folio)
{
	struct line words = { NULL, 0 };
	json_t *doc;
	bool more = true;

	line_add(&words, "expediente");
	line_add(&words, folio);
	if (!linear_tell(l, &words))
		return;
	while (more && !l->gone) {
		line_add(&words, "expediente");
		line_add(&words, folio);
		if ((doc = linear_ask(l, &words, false)) == NULL)
			return;
		more = case_turn(l, folio, doc);
		json_decref(doc);
	}
}
