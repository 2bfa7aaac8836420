/* SPDX-License-Identifier: ISC */
/* sign.c - see sign.h. */
#include "sign.h"

#include "approval.h"
#include "i18n.h"

enum { WORD_VERB, WORD_FOLIO, WORD_STEP, WORD_FIRST };

bool
sign_is_due(const json_t *step)
{
	return strcmp(doc_text(step, "assurance"), "F") == 0;
}

/* The remark and the answers, out of the words of the line. */
static int
sign_words(const struct line *l, const char **remark, json_t *answers)
{
	const char *value;
	char *name;
	size_t i;
	int r = 0;

	for (i = WORD_FIRST; i < l->n && r == 0; i++) {
		if ((value = strchr(l->words[i], '=')) == NULL)
			continue;
		name = xasprintf("%.*s", (int)(value - l->words[i]),
		    l->words[i]);
		if (strcmp(name, "motivo") == 0)
			*remark = value + 1;
		else if (!approval_is_own(name))
			r = approval_answer(answers, name, value + 1);
		free(name);
	}
	return r;
}

static int
sign_claim(const struct line *l, const json_t *step, const json_t *me,
    struct when now, struct approval_claim *c, json_t *answers)
{
	const json_t *terms = doc_part(step, "sign");

	*c = (struct approval_claim){
		.installation = doc_text(terms, "installation"),
		.folio = l->words[WORD_FOLIO], .step = l->words[WORD_STEP],
		.decision = l->words[WORD_VERB],
		.content = doc_text(step, "content"),
		.revision = doc_int(step, "revision"),
		.actor = doc_text(me, "login"), .answers = answers,
		.issued = now,
	};
	if (*doc_text(terms, "on_behalf_of") != '\0') {
		c->behalf = doc_text(terms, "on_behalf_of");
		c->grant = doc_int(terms, "grant");
	}
	hash_random(c->nonce, sizeof c->nonce);
	if (hex_parse(doc_text(terms, "chain"), c->chain, HASH_SIZE) == 0)
		c->point = doc_int(terms, "n");
	return sign_words(l, &c->remark, answers);
}

static void
sign_put(struct line *l, const struct approval_claim *c, const char *armour)
{
	char nonce[2 * APPROVAL_NONCE + 1], issued[WHEN_TEXT];

	line_addf(l, "nonce=%s", hex_text(c->nonce, APPROVAL_NONCE, nonce));
	line_addf(l, "emitida=%s", when_text(c->issued, issued));
	line_addf(l, "punto=%lld", (long long)c->point);
	line_addf(l, "firma=%s", armour);
}

int
sign_line(const struct signer *s, struct line *l, const json_t *step,
    const json_t *me, struct when now, struct why *why)
{
	json_t *answers = json_object();
	char *armour = NULL;
	struct approval_claim c;
	int r;

	why->e = ERR_NONE;
	if (s == NULL)
		r = why_set(why, ERR_UNAVAILABLE, _("Esta pantalla no tiene "
		    "su llave: para firmar entre con el programa pauta de su "
		    "equipo."));
	else if (doc_part(step, "sign") == NULL)
		r = why_set(why, ERR_UNAVAILABLE,
		    _("El servidor no admite firmas todavía."));
	else if ((r = sign_claim(l, step, me, now, &c, answers)) < 0)
		(void)why_set(why, ERR_REFUSED, _("Lo escrito lleva "
		    "caracteres que el servidor no admite."));
	if (r == 0) {
		armour = s->sign(s->arg, doc_text(me, "key"), &c, why);
		if (armour != NULL)
			sign_put(l, &c, armour);
		else
			r = -(int)(why->e != ERR_NONE ? why->e : ERR_SYSTEM);
	}
	free(armour);
	json_decref(answers);
	return r;
}
