/* SPDX-License-Identifier: ISC */
/*
 * linear_keep.c - the records kept, by question and answer: which of them end
 * now or in a month, why each is still here, and what this person may do with
 * it.
 */
#include "linear_own.h"

#include "i18n.h"
#include "retained.h"

static const char *const keep_names[RETAINED_ACTS] = {
	[RETAINED_TRANSFER] = N_("Transferir"),
	[RETAINED_KEEP] = N_("Conservar hasta"),
	[RETAINED_DISPOSE] = N_("Proponer baja"),
	[RETAINED_APPROVE] = N_("Aprobar"),
	[RETAINED_DECLINE] = N_("No aprobar"),
	[RETAINED_RECEIVE] = N_("Recibir"),
};

/* What was answered, or NULL when that is nothing, or "." goes back.  Given. */
static char *
keep_ask(struct linear *l, const char *question)
{
	char *s = linear_question(l, "%s", question);

	if (s != NULL && (*s == '\0' || strcmp(s, ".") == 0)) {
		free(s);
		s = NULL;
	}
	return s;
}

static void
keep_do(struct linear *l, const json_t *one, enum retained_act act)
{
	char *until = NULL, *reason = NULL;
	struct line words = { NULL, 0 };

	if (act == RETAINED_KEEP && (until = keep_ask(l,
	    _("Un día posterior al de su plazo, 2028-06-30 "
	    "(. regresa): "))) == NULL)
		return;
	if (retained_has_reason(act) && (reason = keep_ask(l,
	    _("Motivo (. regresa): "))) == NULL) {
		free(until);
		return;
	}
	retained_line(&words, one, act, until, reason == NULL ? "" : reason);
	(void)linear_tell(l, &words);
	free(until);
	free(reason);
}

/* Why it is still here, and the acts that are open to this person. */
static void
keep_one(struct linear *l, const json_t *one)
{
	const json_t *why = doc_list(one, "why");
	enum retained_act acts[RETAINED_ACTS];
	int n = 0, k;
	size_t i;
	char *s;

	for (i = 0; i < json_array_size(why); i++)
		linear_say(l, "  %s\n", doc_item(why, i));
	for (k = 0; k < RETAINED_ACTS; k++)
		if (retained_may(one, (enum retained_act)k)) {
			acts[n++] = (enum retained_act)k;
			linear_say(l, "  %d %s\n", n, _(keep_names[k]));
		}
	if (n == 0) {
		linear_say(l, "! %s\n", _("Ahora no, o no le corresponde a "
		    "usted: arriba dice por qué."));
		return;
	}
	s = linear_question(l, _("Respuesta (. regresa): "));
	if ((k = linear_number(s, n)) > 0)
		keep_do(l, one, acts[k - 1]);
	free(s);
}

static void
keep_say(struct linear *l, const json_t *rows)
{
	const json_t *one;
	size_t i;

	json_array_foreach(rows, i, one) {
		linear_say(l, "  %zu %s, ", i + 1, doc_text(one, "folio"));
		if (doc_int(one, "row") > 0)
			linear_say(l, _("%s, renglón %lld"),
			    doc_text(one, "record"),
			    doc_int(one, "row"));
		else
			linear_say(l, "%s", doc_text(one, "record"));
		linear_say(l, _(". Hasta %s, %s.\n"), doc_text(one, "until"),
		    retained_state(one));
	}
	if (json_array_size(rows) == 0)
		linear_say(l, _("Nada vence en ese plazo; «r 2027-11» muestra "
		    "otro mes.\n"));
}

/* The list once, and one of them; false: enough. */
static bool
keep_turn(struct linear *l, const json_t *rows)
{
	char *s;
	int k;

	keep_say(l, rows);
	if (json_array_size(rows) == 0)
		return false;
	s = keep_ask(l, _("Número de registro (. regresa): "));
	k = linear_number(s, (int)json_array_size(rows));
	if (k > 0)
		keep_one(l, json_array_get(rows, (size_t)k - 1));
	else if (k < 0)
		linear_say(l, _("  Escriba un número de la lista.\n"));
	free(s);
	return k != 0;
}

void
linear_keep(struct linear *l, const char *month)
{
	struct line words = { NULL, 0 };
	bool more = true;
	json_t *doc;

	while (more && !l->gone) {
		line_add(&words, "conservacion");
		if (*month != '\0')
			line_addf(&words, "mes=%s", month);
		if ((doc = linear_ask(l, &words, false)) == NULL)
			return;
		more = keep_turn(l, doc_list(doc, "rows"));
		json_decref(doc);
	}
}
