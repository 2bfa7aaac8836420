/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * signed_test.c - decisions signed by whoever decides: a good signature is
 * kept with the decision, every other is refused and changes nothing.
 */
#include "desk.h"
#include "../../proto/sshwire.h"

enum { ALTERATIONS = 5000 };

/* ---- what is good ---- */

static void
a_signature_is_kept_with_its_decision(void **st)
{
	const json_t *e, *sig;
	struct sshsig_maker who;
	struct desk d;
	struct why why;
	char *print;

	desk_open(&d, *st);
	if (desk_say(&d) != 0)
		fail_msg("%s", bureau_message(d.o));
	e = desk_decision(&d);
	assert_string_equal(doc_text(e, "assurance"), "F");
	assert_non_null(strstr(doc_text(e, "text"), "con su firma"));
	sig = json_object_get(json_object_get(e, "data"), "signature");
	assert_int_equal(sshsig_open(doc_text(sig, "sig"), APPROVAL_SPACE,
	    doc_text(sig, "text"), strlen(doc_text(sig, "text")), &who,
	    &why), 0);
	print = sshkey_fingerprint(who.blob, who.len);
	assert_string_equal(print, doc_text(sig, "key"));
	free(print);
	desk_clear(&d);
}

static void
a_return_is_signed_with_its_remark(void **st)
{
	struct desk d;

	desk_open(&d, *st);
	d.claim.decision = "devolver";
	d.claim.remark = "Falta la fuente de la cifra";
	if (desk_say(&d) != 0)
		fail_msg("%s", bureau_message(d.o));
	assert_string_equal(doc_text(desk_decision(&d), "assurance"), "F");
	desk_clear(&d);
}

static void
only_base64_and_no_checkpoint_will_do(void **st)
{
	char *text, *sig, *end;
	struct desk d;

	desk_open(&d, *st);
	d.claim.point = 0;
	text = approval_text(&d.claim);
	sig = sshsig_sign(&d.key, APPROVAL_SPACE, text, strlen(text));
	end = strstr(sig, "\n-----END");
	*end = '\0';
	d.sig = xstrdup(sig + strlen(SSHSIG_BEGIN));
	assert_int_equal(desk_say(&d), 0);
	free(text);
	free(sig);
	desk_clear(&d);
}

static void
without_one_it_is_the_server_s_word(void **st)
{
	json_t *s;
	struct desk d;
	size_t i;

	desk_open(&d, *st);
	bureau_okf(d.o, "jefa", "aprobar %s 1.3", d.folio);
	assert_string_equal(doc_text(desk_decision(&d), "assurance"), "S");
	bureau_okf(d.o, "jefa", "expediente %s", d.folio);
	json_array_foreach(json_object_get(d.o->doc, "steps"), i, s) {
		if (strcmp(doc_text(s, "number"), "1.3") == 0)
			assert_string_equal(doc_text(s, "assurance"), "S");
		else
			assert_null(json_object_get(s, "assurance"));
	}
	desk_clear(&d);
}

static void
the_record_is_rebuilt_with_signatures_in_it(void **st)
{
	struct desk d;

	desk_open(&d, *st);
	assert_int_equal(desk_say(&d), 0);
	bureau_ok(d.o, NULL, "verificar --rebuild");
	bureau_open(d.o);
	assert_string_equal(doc_text(desk_decision(&d), "assurance"), "F");
	bureau_okf(d.o, "jefa", "expediente %s", d.folio);
	assert_int_equal(d.o->status, 0);
	desk_clear(&d);
}

/* ---- what is not ---- */

static void
another_decision_is_refused(void **st)
{
	static const char no[] = "no es de esta decisión";
	struct approval_claim good, bad[9];
	struct desk d;
	size_t i;
	char *text;

	desk_open(&d, *st);
	good = d.claim;
	for (i = 0; i < ARRAY_LEN(bad); i++)
		bad[i] = good;
	bad[0].installation = "000102030405060708090a0b0c0d0e0f";
	bad[1].folio = "BOL-2026-0777";
	bad[2].step = "1.2";
	bad[3].revision++;
	bad[4].content = "9a";
	bad[5].decision = "devolver";
	bad[6].actor = "dg";
	bad[7].chain[0] ^= 1;
	bad[8].remark = "Otra";
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		text = approval_text(&bad[i]);
		d.sig = sshsig_sign(&d.key, APPROVAL_SPACE, text,
		    strlen(text));
		desk_refused(&d, no);
		free(d.sig);
		d.sig = NULL;
		free(text);
	}
	d.space = "checkpoint@pauta";
	desk_refused(&d, no);
	d.space = APPROVAL_SPACE;
	d.extra = "decision=regresar";
	desk_refused(&d, "quite decision=");
	d.extra = "verdict=regresar";
	desk_refused(&d, "quite verdict=");
	d.extra = "note=x";
	desk_refused(&d, "");
	d.extra = NULL;
	d.claim.point += 1000;
	desk_refused(&d, "un sello que este registro no tiene");
	d.claim = good;
	assert_int_equal(desk_say(&d), 0);	/* the control */
	desk_clear(&d);
}

static void
what_was_not_on_the_screen_is_stale(void **st)
{
	struct desk d;

	desk_open(&d, *st);
	d.claim.revision++;
	desk_refused(&d, "cambió mientras usted lo veía");
	d.claim.revision--;
	d.claim.content = "9a";
	desk_refused(&d, "cambió mientras usted lo veía");
	desk_clear(&d);
}

static void
an_old_signature_is_refused(void **st)
{
	struct desk d;

	desk_open(&d, *st);
	d.claim.issued.s -= APPROVAL_FRESH + 2;
	desk_refused(&d, "no es de ahora");
	d.claim.issued.s += 2 * (APPROVAL_FRESH + 2) + 2;
	desk_refused(&d, "no es de ahora");
	desk_look(&d);
	assert_int_equal(desk_say(&d), 0);
	desk_clear(&d);
}

static void
a_key_that_is_not_in_force_is_refused(void **st)
{
	struct sshsig_key other;
	struct desk d;
	char *line;
	struct buf b;
	char *print;

	desk_open(&d, *st);
	other = d.key;
	desk_give_key(d.o, "dg", &d.key);
	desk_refused(&d, "no es una de las que usted tiene");
	d.key = other;
	line = sshsig_public(d.key.pub);
	buf_init(&b, TEXT_MAX);
	assert_int_equal(base64_parse(strchr(line, ' ') + 1, &b), 0);
	print = sshkey_fingerprint(b.p, b.len);
	bureau_okf(d.o, NULL, "llave-baja %s", print);
	desk_refused(&d, "no es una de las que usted tiene");
	bureau_okf(d.o, NULL, "llave-alta jefa llave='%s x'", line);
	assert_int_equal(desk_say(&d), 0);
	free(print);
	free(line);
	buf_clear(&b);
	desk_clear(&d);
}

/* Undone, the same step of the same revision waits again. */
static void
a_signature_serves_once(void **st)
{
	struct desk d;

	desk_open(&d, *st);
	assert_int_equal(desk_say(&d), 0);
	bureau_okf(d.o, "jefa", "deshacer %s", d.folio);
	bureau_open_is(d.o, d.folio, "1.3");
	desk_refused(&d, "ya se usó");
	desk_look(&d);
	assert_int_equal(desk_say(&d), 0);
	desk_clear(&d);
}

static void
what_cannot_be_read_is_refused(void **st)
{
	static const char *const bad[] = { "hola", "", SSHSIG_BEGIN,
		SSHSIG_BEGIN "AAAA\n" SSHSIG_END };
	struct desk d;
	size_t i;

	desk_open(&d, *st);
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		d.sig = xstrdup(bad[i]);
		desk_refused(&d, "irma");
		free(d.sig);
		d.sig = NULL;
	}
	bureau_nof(d.o, "jefa", 2, "nonce=", "aprobar %s 1.3 revision=%lld "
	    "contenido=%s firma=AAAA", d.folio, (long long)d.claim.revision,
	    d.claim.content);
	bureau_nof(d.o, "jefa", 2, "revision=", "aprobar %s 1.3 firma=AAAA "
	    "nonce=00 emitida=00", d.folio);
	desk_clear(&d);
}

/* ---- any alteration at all ---- */

/* The same numbers on every machine: a failure can be seen again. */
static uint32_t
a_number(void)
{
	static uint64_t state = 20261123;

	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(state >> 33);
}

/* Change one byte of the signature's bytes. */
static char *
altered_sig(const char *armour)
{
	char base64[1024], *again;
	size_t n = 0;
	struct buf b;
	const char *p;

	for (p = armour + strlen(SSHSIG_BEGIN); *p != '-'; p++)
		if (*p != '\n')
			base64[n++] = *p;
	base64[n] = '\0';
	buf_init(&b, TEXT_MAX);
	assert_int_equal(base64_parse(base64, &b), 0);
	b.p[a_number() % b.len] ^= (uint8_t)(1 + a_number() % 255);
	again = base64_text(b.p, b.len);
	buf_clear(&b);
	return again;
}

/* Change one thing of what is said, not of what was signed. */
static void
alter(struct approval_claim *c, char content[65], char remark[64])
{
	char *p;

	switch (a_number() % 6) {
	case 0:
		c->nonce[a_number() % APPROVAL_NONCE] ^=
		    (uint8_t)(1 + a_number() % 255);
		break;
	case 1:
		c->issued.s += 1 + a_number() % 200;
		break;
	case 2:
		c->revision += 1 + a_number() % 9;
		break;
	case 3:
		p = &content[a_number() % 64];
		*p = *p == 'f' ? '0' : 'f';
		break;
	case 4:
		p = &remark[a_number() % strlen(remark)];
		*p = (char)(*p == 'x' ? 'y' : 'x');
		break;
	default:
		c->point = c->point > 1 ? a_number() % c->point : 0;
	}
}

static void
no_alteration_of_5000_is_accepted(void **st)
{
	char content[65], remark[64], *text, *sig;
	struct approval_claim good;
	int i, accepted = 0;
	int64_t head;
	struct desk d;

	desk_open(&d, *st);
	good = d.claim;
	good.decision = "devolver";
	good.remark = "Falta la fuente";
	text = approval_text(&good);
	sig = sshsig_sign(&d.key, APPROVAL_SPACE, text, strlen(text));
	head = bureau_head(d.o);
	for (i = 0; i < ALTERATIONS; i++) {
		d.claim = good;
		(void)snprintf(content, sizeof content, "%s", good.content);
		(void)snprintf(remark, sizeof remark, "%s", good.remark);
		d.claim.content = content;
		d.claim.remark = remark;
		d.sig = i % 2 == 0 ? altered_sig(sig) : xstrdup(sig);
		if (i % 2 != 0)
			alter(&d.claim, content, remark);
		accepted += desk_say(&d) == 0;
		free(d.sig);
	}
	assert_int_equal(accepted, 0);
	assert_int_equal(bureau_head(d.o), head);
	d.claim = good;
	d.sig = xstrdup(sig);
	if (desk_say(&d) != 0)			/* the control */
		fail_msg("%s", bureau_message(d.o));
	free(text);
	free(sig);
	desk_clear(&d);
}

/* ---- steps that demand one ---- */

/* The bulletins' procedure again, with this in the block of approval 1.3. */
static void
desk_demand(struct bureau *o, const char *keys)
{
	char *text = test_read(MANUAL "P02.yaml"), *at, *more, *arg;

	assert_non_null(at = strstr(text, "revision: Rev."));
	at[strlen("revision: Rev.")] = '7';
	assert_non_null(at = strstr(text, "      id: AP-06\n"));
	more = xasprintf("texto=%.*s      %s\n%s", (int)(at - text), text,
	    keys, at);
	arg = xstrdup("tipo=procedure");
	if (bureau_run(o, NULL, NULL, (const char *const[]){
		"procedimiento-importar", "P02.yaml", arg, more, NULL }) != 0)
		fail_msg("%s", bureau_message(o));
	free(arg);
	free(more);
	free(text);
}

static void
a_step_may_demand_a_signature(void **st)
{
	struct bureau *o = *st;
	json_t *items;
	struct desk d;

	desk_demand(o, "assurance: F");
	desk_open(&d, o);
	assert_string_equal(desk_text(&d, NULL, "assurance"), "F");
	bureau_ok(o, "jefa", "autorizaciones");
	items = json_object_get(o->doc, "items");
	assert_string_equal(doc_text(json_array_get(items, 0), "assurance"),
	    "F");
	bureau_nof(o, "jefa", 1, "pide su firma", "aprobar %s 1.3", d.folio);
	bureau_nof(o, "jefa", 1, "pide su firma", "devolver %s 1.3 motivo=x",
	    d.folio);
	bureau_nof(o, "jefa", 1, "pide su firma",
	    "hacer %s 1.3 verdict=aprobar", d.folio);
	bureau_open_is(o, d.folio, "1.3");
	assert_int_equal(desk_say(&d), 0);
	desk_clear(&d);
}

/* What a key of hardware says of the claim, touched or not. */
static char *
touched_sign(const struct desk *d, const struct sshsig_key *k, int present)
{
	uint8_t tail[5] = { (uint8_t)present, 0, 0, 0, 9 }, sum[HASH_SIZE];
	struct buf bytes, in, blob, sig;
	char *text = approval_text(&d->claim), *out;
	uint8_t raw[SSHSIG_BYTES];

	sshsig_bytes(&bytes, APPROVAL_SPACE, text, strlen(text));
	buf_init(&in, TEXT_MAX);
	hash_sha256("ssh:", 4, sum);
	(void)buf_add(&in, sum, sizeof sum);
	(void)buf_add(&in, tail, sizeof tail);
	hash_sha256(bytes.p, bytes.len, sum);
	(void)buf_add(&in, sum, sizeof sum);
	sshsig_key_sign(k, in.p, in.len, raw);
	buf_init(&blob, TEXT_MAX);
	wire_put_text(&blob, "sk-ssh-ed25519@openssh.com");
	wire_put(&blob, k->pub, SSHSIG_KEY);
	wire_put_text(&blob, "ssh:");
	buf_init(&sig, TEXT_MAX);
	wire_put_text(&sig, "sk-ssh-ed25519@openssh.com");
	wire_put(&sig, raw, sizeof raw);
	(void)buf_add(&sig, tail, sizeof tail);
	out = sshsig_wrap(blob.p, blob.len, APPROVAL_SPACE, sig.p, sig.len);
	buf_clear(&bytes);
	buf_clear(&in);
	buf_clear(&blob);
	buf_clear(&sig);
	free(text);
	return out;
}

static void
desk_give_token(struct desk *d, struct sshsig_key *k)
{
	struct buf blob;
	char *text;

	sshsig_key_make(k);
	buf_init(&blob, TEXT_MAX);
	wire_put_text(&blob, "sk-ssh-ed25519@openssh.com");
	wire_put(&blob, k->pub, SSHSIG_KEY);
	wire_put_text(&blob, "ssh:");
	text = base64_text(blob.p, blob.len);
	bureau_okf(d->o, NULL,
	    "llave-alta jefa llave='sk-ssh-ed25519@openssh.com %s x'", text);
	free(text);
	buf_clear(&blob);
}

static void
a_step_may_demand_a_touch(void **st)
{
	struct sshsig_key token;
	struct desk d;

	desk_demand(*st, "assurance: F\n      touch: yes");
	desk_open(&d, *st);
	desk_refused(&d, "tocarla");
	desk_give_token(&d, &token);
	d.sig = touched_sign(&d, &token, 0);
	desk_refused(&d, "tocarla");
	free(d.sig);
	d.sig = touched_sign(&d, &token, 1);
	if (desk_say(&d) != 0)
		fail_msg("%s", bureau_message(d.o));
	desk_clear(&d);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		AT_DESK(a_signature_is_kept_with_its_decision),
		AT_DESK(a_return_is_signed_with_its_remark),
		AT_DESK(only_base64_and_no_checkpoint_will_do),
		AT_DESK(without_one_it_is_the_server_s_word),
		AT_DESK(the_record_is_rebuilt_with_signatures_in_it),
		AT_DESK(another_decision_is_refused),
		AT_DESK(what_was_not_on_the_screen_is_stale),
		AT_DESK(an_old_signature_is_refused),
		AT_DESK(a_key_that_is_not_in_force_is_refused),
		AT_DESK(a_signature_serves_once),
		AT_DESK(what_cannot_be_read_is_refused),
		AT_DESK(no_alteration_of_5000_is_accepted),
		AT_DESK(a_step_may_demand_a_signature),
		AT_DESK(a_step_may_demand_a_touch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
