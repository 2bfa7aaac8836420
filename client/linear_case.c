/* SPDX-License-Identifier: ISC */
/*
 * linear_case.c - a case by question and answer: begun, looked for, looked
 * at.  What was answered at a start stays until it is accepted or left.
 */
#include "linear_own.h"

#include "i18n.h"
#include "text.h"

/* ---- beginning ---- */

static bool
start_fields_ask(struct linear *l, struct form_field *f, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (f[i].kind != FORM_STILL && !linear_field(l, &f[i], NULL))
			return false;
	return true;
}

static json_t *
start_send(struct linear *l, const char *code, const char *start,
    const struct form_field *f, size_t n)
{
	struct line words = { NULL, 0 };
	char *word;
	size_t i;

	line_add(&words, "iniciar");
	line_add(&words, code);
	line_addf(&words, "inicio=%s", start);
	for (i = 0; i < n; i++) {
		word = field_word(&f[i]);
		if (f[i].kind != FORM_STILL && !field_is_blank(&f[i]))
			line_addf(&words, "%s=%s", doc_text(f[i].def, "id"),
			    word);
		free(word);
	}
	return linear_ask(l, &words, true);
}

/* Ask until it is accepted, or the person goes back. */
static json_t *
start_fill(struct linear *l, const char *code, const json_t *start)
{
	json_t *defs = form_start_fields(start), *doc = NULL;
	size_t n = json_array_size(defs), i;
	struct form_field *f = xcalloc(n, sizeof *f);

	for (i = 0; i < n; i++)
		field_init(&f[i], json_array_get(defs, i));
	while (doc == NULL && start_fields_ask(l, f, n))
		doc = start_send(l, code, doc_text(start, "id"), f, n);
	for (i = 0; i < n; i++)
		field_clear(&f[i]);
	free(f);
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

/* What to do with the case; false: enough. */
static bool
case_turn(struct linear *l, const char *folio, const json_t *open)
{
	struct line words = { NULL, 0 };
	char ref[DOC_REF_MAX], *s;
	size_t i;
	int k;

	for (i = 0; i < json_array_size(open); i++)
		linear_say(l, _("  %zu paso %s: %s\n"), i + 1,
		    doc_ref(json_array_get(open, i), ref),
		    doc_text(json_array_get(open, i), "title"));
	s = linear_question(l, _("%s: número de paso, h=historial, "
	    "x=cancelar, .=regresar: "), folio);
	k = linear_number(s, (int)json_array_size(open));
	if (k > 0) {
		linear_step(l, folio, doc_ref(json_array_get(open,
		    (size_t)k - 1), ref));
	} else if (linear_is(s, "h")) {
		line_add(&words, "historial");
		line_add(&words, folio);
		(void)linear_tell(l, &words);
	} else if (linear_is(s, "x")) {
		case_cancel(l, folio);
	} else if (k < 0 && *s != '\0') {
		linear_say(l, _("  Escriba el número de un paso, h o x.\n"));
	}
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
		more = case_turn(l, folio, doc_list(doc, "open"));
		json_decref(doc);
	}
}
