/* SPDX-License-Identifier: ISC */
/*
 * desk.h - jefa at her desk: a bulletin that waits for her decision in 1.3,
 * her key, and what she claims when she signs.
 */
#ifndef PAUTA_DESK_H
#define PAUTA_DESK_H

#include "bureau.h"
#include "../../proto/approval.h"
#include "../../proto/sshsig.h"
#include "../../server/core/seal.h"

/* A bulletin that waits in 1.3, its STEP, and what will be said of it. */
struct desk {
	struct bureau *o;
	const char *who;		/* decides: jefa */
	struct sshsig_key key;
	char folio[32];
	struct approval_claim claim;
	json_t *step;
	const char *extra;		/* one more word, or NULL */
	const char *space;
	char *sig;			/* in place of the right one, or NULL */
};

static inline void
desk_give_key(struct bureau *o, const char *login, struct sshsig_key *k)
{
	char *line;

	sshsig_key_make(k);
	line = sshsig_public(k->pub);
	bureau_okf(o, NULL, "llave-alta %s llave='%s x'", login, line);
	free(line);
}

static inline int
desk_setup(void **st)
{
	struct bureau *o;
	struct why why;

	(void)bureau_setup(st);
	o = *st;
	assert_int_equal(seal_key_make(o->t->folder, &why), 0);
	bureau_ok(o, NULL, "sellar");
	return 0;
}

#define AT_DESK(f) \
	cmocka_unit_test_setup_teardown(f, desk_setup, bureau_teardown)

static inline const char *
desk_text(const struct desk *d, const char *part, const char *key)
{
	const json_t *o = part == NULL ? d->step :
	    json_object_get(d->step, part);

	return json_string_value(json_object_get(o, key));
}

/* Read the step and claim what it says. */
static inline void
desk_look(struct desk *d)
{
	const json_t *sign;

	bureau_okf(d->o, d->who, "paso %s 1.3", d->folio);
	json_decref(d->step);
	d->step = json_incref(d->o->doc);
	sign = json_object_get(d->step, "sign");
	assert_true(json_is_object(sign));
	d->claim = (struct approval_claim){ .folio = d->folio, .step = "1.3",
		.decision = "aprobar", .actor = d->who,
		.installation = desk_text(d, "sign", "installation"),
		.content = desk_text(d, NULL, "content"),
		.revision = json_integer_value(json_object_get(d->step,
		    "revision")),
		.point = json_integer_value(json_object_get(sign, "n")),
		.behalf = desk_text(d, "sign", "on_behalf_of"),
		.grant = json_integer_value(json_object_get(sign, "grant")),
		.issued = core_now(d->o->c) };
	assert_true(d->claim.point > 0);
	assert_int_equal(hex_parse(desk_text(d, "sign", "chain"),
	    d->claim.chain, HASH_SIZE), 0);
	hash_random(d->claim.nonce, APPROVAL_NONCE);
}

static inline void
desk_open_as(struct desk *d, struct bureau *o, const char *who)
{
	*d = (struct desk){ .o = o, .who = who, .space = APPROVAL_SPACE };
	desk_give_key(o, who, &d->key);
	bureau_presented(o, "difu", d->folio);
	desk_look(d);
}

static inline void
desk_open(struct desk *d, struct bureau *o)
{
	desk_open_as(d, o, "jefa");
}

static inline void
desk_clear(struct desk *d)
{
	json_decref(d->step);
	free(d->sig);
}

/* Say it as the claim has it, signed as sig says or as it should be. */
static inline int
desk_say(struct desk *d)
{
	char nonce[2 * APPROVAL_NONCE + 1], issued[WHEN_TEXT], *text, *sig;
	char *words[11] = { 0 };
	struct approval_claim *c = &d->claim;
	int i = 3, r;

	text = approval_text(c);
	sig = d->sig != NULL ? xstrdup(d->sig) :
	    sshsig_sign(&d->key, d->space, text, strlen(text));
	words[0] = xstrdup(c->decision);
	words[1] = xstrdup(d->folio);
	words[2] = xstrdup("1.3");
	words[i++] = xasprintf("revision=%lld", (long long)c->revision);
	words[i++] = xasprintf("contenido=%s", c->content);
	words[i++] = xasprintf("nonce=%s", hex_text(c->nonce, APPROVAL_NONCE,
	    nonce));
	words[i++] = xasprintf("emitida=%s", when_text(c->issued, issued));
	words[i++] = xasprintf("punto=%lld", (long long)c->point);
	words[i++] = xasprintf("firma=%s", sig);
	if (c->remark != NULL)
		words[i++] = xasprintf("motivo=%s", c->remark);
	if (d->extra != NULL)
		words[i++] = xstrdup(d->extra);
	assert_true((size_t)i < ARRAY_LEN(words));
	r = bureau_run(d->o, d->who, NULL, (const char *const *)words);
	while (i > 0)
		free(words[--i]);
	free(sig);
	free(text);
	return r;
}

/* It is refused, with this in the sentence, and nothing is written. */
static inline void
desk_refused(struct desk *d, const char *say)
{
	int64_t head = bureau_head(d->o);

	if (desk_say(d) == 0)
		fail_msg("accepted, where \"%s\" was expected", say);
	if (strstr(bureau_message(d->o), say) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", bureau_message(d->o),
		    say);
	assert_int_equal(bureau_head(d->o), head);
	bureau_open_is(d->o, d->folio, "1.3");
}

/* The last decision of the case in its history. */
static inline const json_t *
desk_decision(struct desk *d)
{
	const json_t *last = NULL;
	json_t *e;
	size_t i;

	bureau_okf(d->o, "jefa", "historial %s", d->folio);
	json_array_foreach(json_object_get(d->o->doc, "events"), i, e)
		if (json_object_get(e, "assurance") != NULL)
			last = e;
	assert_non_null(last);
	return last;
}

#endif
