/* SPDX-License-Identifier: ISC */
/*
 * sign.c - decisions that carry a signature of the decider (proto/approval.h).
 *
 * The text that was signed is made again from what the server knows: only the
 * nonce, the time and the checkpoint come from outside.  So a signature of
 * another step, another revision or another installation is of another text.
 * What it proves goes into the event of the decision:
 *
 *	"assurance":"F","signature":{"key":"SHA256:…","nonce":…,"answers":…,
 *	"text":…,"sig":…}		or only "assurance":"S", unsigned
 */
#include "../../proto/approval.h"
#include "../../proto/sshsig.h"
#include "../../proto/text.h"
#include "req.h"
#include "seal.h"

/* A word of the line, left for whoever takes it. */
static const char *
sign_peek(const struct req *q, const char *name)
{
	unsigned i;

	for (i = 0; i < q->named_count; i++)
		if (text_like(q->named[i].name, name))
			return q->named[i].value;
	return NULL;
}

void
sign_take(struct req *q)
{
	struct sign *s = &q->sign;
	unsigned i;

	if ((s->armour = req_take(q, "firma")) == NULL)
		return;
	s->nonce = req_take(q, "nonce");
	s->issued = req_take(q, "emitida");
	s->point = req_take(q, "punto");
	s->remark = sign_peek(q, "motivo");
	s->answers = req_json(q, json_object());
	for (i = 0; i < q->named_count; i++)
		if (!approval_is_own(q->named[i].name))
			json_object_set_new(s->answers, q->named[i].name,
			    json_string(q->named[i].value));
}

/* ---- the text ---- */

static int
sign_point(struct req *q, struct approval_claim *c)
{
	const char *text = q->sign.point;
	char *end = NULL;

	if (text == NULL || strcmp(text, "0") == 0)
		return 0;
	if (*text >= '1' && *text <= '9')
		c->point = strtoll(text, &end, 10);
	if (end == NULL || *end != '\0' ||
	    store_find_chain(q->c->store, c->point, c->chain) < 0)
		return why_set(&q->why, ERR_REFUSED,
		    "La firma nombra un sello que este registro no tiene.");
	return 0;
}

static int
sign_fresh(struct req *q, struct approval_claim *c)
{
	int64_t age;

	if (q->sign.nonce == NULL || q->sign.issued == NULL ||
	    hex_parse(q->sign.nonce, c->nonce, APPROVAL_NONCE) < 0 ||
	    when_parse(q->sign.issued, &c->issued) < 0)
		return why_set(&q->why, ERR_USAGE, "Con firma= van nonce=, de "
		    "32 cifras hexadecimales, y emitida=, la hora UTC.");
	age = q->now.s - c->issued.s;
	if (age > APPROVAL_FRESH || age < -APPROVAL_FRESH)
		return why_set(&q->why, ERR_REFUSED, "La firma no es de ahora: "
		    "vuelva a abrir el paso y decida otra vez.");
	return 0;
}

/* A decision that was undone is not done again with its old signature. */
static int
sign_unused(struct req *q, const struct kase *ca, const char *nonce)
{
	const char *used;
	json_t *e;
	size_t i;

	json_array_foreach(ca->events, i, e) {
		used = json_string_value(json_object_get(json_object_get(
		    json_object_get(e, "body"), "signature"), "nonce"));
		if (used != NULL && strcmp(used, nonce) == 0)
			return why_set(&q->why, ERR_REFUSED, "Esa firma ya se "
			    "usó: vuelva a abrir el paso y decida otra vez.");
	}
	return 0;
}

/* The text as this server knows it, given. */
static int
sign_text(struct req *q, const struct held *h, const struct token *t,
    const struct command *cmd, json_t *out, char **text)
{
	struct approval_claim c = { .folio = h->row.folio,
		.decision = q->verb->name, .actor = q->actor.login,
		.installation = seal_installation(q->c->seal),
		.revision = cmd->revision, .content = cmd->content,
		.remark = q->sign.remark, .answers = q->sign.answers };
	const struct grant *g = grant_find(h->ca, t, &q->actor);
	char ref[24], nonce[2 * APPROVAL_NONCE + 1];
	int r;

	if (g != NULL && g->for_login != NULL) {
		c.behalf = g->for_login;
		c.grant = g->n;
	}

	if (*c.installation == '\0')
		return why_set(&q->why, ERR_UNAVAILABLE, "Este registro no "
		    "tiene nombre todavía y no admite firmas: lo da «pautad "
		    "restore --confirm».");
	/* What was given is what is there: the engine has said so. */
	if (cmd->revision < 0 || cmd->content == NULL)
		return why_set(&q->why, ERR_USAGE,
		    "Con firma= van revision= y contenido=.");
	c.step = token_ref(t, ref);
	if ((r = sign_fresh(q, &c)) < 0 || (r = sign_point(q, &c)) < 0)
		return r;
	(void)hex_text(c.nonce, APPROVAL_NONCE, nonce);
	if ((r = sign_unused(q, h->ca, nonce)) < 0)
		return r;
	json_object_set_new(out, "nonce", json_string(nonce));
	*text = approval_text(&c);
	return 0;
}

/* ---- the key ---- */

struct sign_search {
	const struct sshsig_maker *who;
	bool found;
};

static int
sign_on_key(void *arg, const struct key_row *row)
{
	struct sign_search *x = arg;

	x->found |= row->revoked == 0 && row->blob_len == x->who->len &&
	    memcmp(row->blob, x->who->blob, row->blob_len) == 0;
	return x->found;
}

static int
sign_check(struct req *q, const struct step *st, const char *armour,
    const char *text, json_t *out)
{
	struct sshsig_maker who;
	struct sign_search x = { .who = &who };
	struct why why;

	if (sshsig_open(armour, APPROVAL_SPACE, text, strlen(text), &who,
		&why) < 0)
		return why_set(&q->why, ERR_REFUSED, "La firma no es de esta "
		    "decisión: vuelva a abrir el paso y decida otra vez.");
	(void)store_each_key(q->c->store, q->actor.login, sign_on_key, &x);
	if (!x.found)
		return why_set(&q->why, ERR_REFUSED, "La llave que firmó no es "
		    "una de las que usted tiene en vigor.");
	if (st->approval->touch && !who.touch.present)
		return why_set(&q->why, ERR_REFUSED, "El paso %s pide firmar "
		    "con una llave física y tocarla al hacerlo.", st->number);
	json_object_set_new(out, "key", json_string(req_text(q,
	    sshkey_fingerprint(who.blob, who.len))));
	json_object_set_new(out, "text", json_string(text));
	json_object_set_new(out, "sig", json_string(armour));
	if (json_object_size(q->sign.answers) > 0)
		json_object_set_new(out, "answers", json_string(req_text(q,
		    hash_canonical(q->sign.answers))));
	return 0;
}

static int
sign_read(struct req *q, const struct held *h, const struct token *t,
    const struct command *cmd, json_t *out)
{
	char *armour, *text = NULL;
	int r;

	if ((armour = sshsig_tidy(q->sign.armour)) == NULL)
		return why_set(&q->why, ERR_USAGE, "firma= lleva una firma de "
		    "ssh-keygen -Y sign, o su base64.");
	req_text(q, armour);
	if ((r = sign_text(q, h, t, cmd, out, &text)) < 0)
		return r;
	return sign_check(q, t->st, armour, req_text(q, text), out);
}

int
sign_judge(struct req *q, const struct held *h, const struct command *cmd,
    json_t *body)
{
	const struct token *t;
	json_t *out;
	bool known;
	int r;

	if (cmd->kind != CMD_DO ||
	    (t = kase_find_token(h->ca, cmd->step, &known)) == NULL ||
	    t->st->approval == NULL)
		return 0;
	if (q->sign.armour == NULL) {
		if (t->st->approval->assurance == ASSURANCE_F)
			return why_set(&q->why, ERR_REFUSED, "El paso %s pide "
			    "su firma: entre con el programa «pauta» de su "
			    "propio equipo, que tiene su llave, y decida ahí.",
			    t->st->number);
		json_object_set_new(body, "assurance", json_string("S"));
		return 0;
	}
	out = req_json(q, json_object());
	if ((r = sign_read(q, h, t, cmd, out)) < 0)
		return r;
	json_object_set_new(body, "assurance", json_string("F"));
	json_object_set(body, "signature", out);
	return 0;
}

/* ---- what a client needs, and what was proved ---- */

json_t *
sign_terms(struct req *q, const struct kase *ca, const struct token *t)
{
	const struct grant *g = grant_find(ca, t, &q->actor);
	const char *id = seal_installation(q->c->seal);
	int64_t n = store_last_checkpoint(q->c->store);
	char hex[HASH_TEXT] = "";
	uint8_t chain[HASH_SIZE];

	if (t->st->approval == NULL || *id == '\0')
		return json_null();
	if (n > 0 && store_find_chain(q->c->store, n, chain) == 0)
		(void)hex_text(chain, HASH_SIZE, hex);
	return json_pack("{s:s, s:I, s:s, s:s?, s:I}", "installation", id,
	    "n", (json_int_t)n, "chain", hex, "on_behalf_of",
	    g != NULL ? g->for_login : NULL, "grant",
	    g != NULL ? (json_int_t)g->n : 0);
}

const json_t *
sign_of(const struct kase *ca, const struct done *d, const char **assurance)
{
	const json_t *body = json_object_get(json_array_get(ca->events,
	    (size_t)d->n - 1), "body");

	*assurance = json_string_value(json_object_get(body, "assurance"));
	return json_object_get(body, "signature");
}
