/* SPDX-License-Identifier: ISC */
/*
 * sshsig.c - see sshsig.h.  Two runs of bytes, numbers big-endian, "string" a
 * 4-byte length and that many bytes:
 *
 *   signed     "SSHSIG" string(namespace) string("") string("sha512")
 *              string(SHA-512 of the text)
 *   envelope   "SSHSIG" 1 string(public key) string(namespace) string("")
 *              string("sha512") string(signature)
 *
 * where public key and signature are as sshkey.c has them.  The armour is the
 * envelope in base64 between two lines.
 */
#include "sshsig.h"

#include <assert.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "hash.h"
#include "sshkey.h"
#include "sshwire.h"

enum { SUM = 64, LINE = 70, ENVELOPE_MAX = 4096,
	VERSION = 1 };

static const char sshsig_magic[] = "SSHSIG";
static const char sshsig_kind[] = "ssh-ed25519";
static const char sshsig_hash[] = "sha512";

/* ---- keys ---- */

static EVP_PKEY *
sshsig_secret(const struct sshsig_key *k)
{
	EVP_PKEY *p = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL,
	    k->seed, SSHSIG_KEY);

	assert(p != NULL);
	return p;
}

static int
sshsig_fill(struct sshsig_key *k, const EVP_PKEY *p)
{
	size_t seed = SSHSIG_KEY, pub = SSHSIG_KEY;

	if (EVP_PKEY_get_raw_private_key(p, k->seed, &seed) != 1 ||
	    EVP_PKEY_get_raw_public_key(p, k->pub, &pub) != 1 ||
	    seed != SSHSIG_KEY || pub != SSHSIG_KEY)
		return -ERR_SYSTEM;
	return 0;
}

void
sshsig_key_make(struct sshsig_key *k)
{
	EVP_PKEY *p;
	int r;

	hash_random(k->seed, SSHSIG_KEY);
	p = sshsig_secret(k);
	r = sshsig_fill(k, p);
	assert(r == 0);
	EVP_PKEY_free(p);
}

void
sshsig_key_clear(struct sshsig_key *k)
{
	OPENSSL_cleanse(k, sizeof *k);
}

int
sshsig_key_write(const struct sshsig_key *k, FILE *f)
{
	EVP_PKEY *p = sshsig_secret(k);
	int ok;

	ok = PEM_write_PrivateKey(f, p, NULL, NULL, 0, NULL, NULL);
	EVP_PKEY_free(p);
	return ok == 1 ? 0 : -ERR_SYSTEM;
}

/* A key with a passphrase is not ours: never ask the terminal for one. */
static int
sshsig_no_phrase(char *room, int size, int writing, void *arg)
{
	(void)room;
	(void)size;
	(void)writing;
	(void)arg;
	return -1;
}

int
sshsig_key_read(FILE *f, struct sshsig_key *k)
{
	EVP_PKEY *p = PEM_read_PrivateKey(f, NULL, sshsig_no_phrase, NULL);
	int r = -ERR_SYSTEM;

	if (p != NULL && EVP_PKEY_id(p) == EVP_PKEY_ED25519)
		r = sshsig_fill(k, p);
	EVP_PKEY_free(p);
	return r;
}

/*
 * Between the lines of an OpenSSH file: "openssh-key-v1" 0, three strings that
 * say how it is encrypted, how many keys, the public one, and a string of two
 * equal numbers, kind, public half, secret and public half, comment, 1 2 3…
 */
static bool
sshsig_openssh(struct piece s, struct sshsig_key *k)
{
	static const char magic[] = "openssh-key-v1";
	struct piece in, pub, both;
	uint32_t check;

	if (!piece_is(piece_take(&s, sizeof magic - 1), magic) ||
	    piece_take(&s, 1).p == NULL ||
	    !piece_is(piece_string(&s), "none") ||
	    !piece_is(piece_string(&s), "none") ||
	    !piece_is(piece_string(&s), "") || piece_number(&s) != 1)
		return false;
	(void)piece_string(&s);
	in = piece_string(&s);
	check = piece_number(&in);
	if (piece_number(&in) != check ||
	    !piece_is(piece_string(&in), sshsig_kind))
		return false;
	pub = piece_string(&in);
	both = piece_string(&in);
	if (both.p == NULL || pub.n != SSHSIG_KEY ||
	    both.n != 2 * SSHSIG_KEY ||
	    memcmp(both.p + SSHSIG_KEY, pub.p, SSHSIG_KEY) != 0)
		return false;
	memcpy(k->seed, both.p, SSHSIG_KEY);
	memcpy(k->pub, pub.p, SSHSIG_KEY);
	return true;
}

int
sshsig_key_parse(const char *text, struct sshsig_key *k)
{
	static const char begin[] = "-----BEGIN OPENSSH PRIVATE KEY-----";
	char base64[ENVELOPE_MAX];
	struct buf b;
	size_t n = 0;
	bool ok;

	if (strncmp(text, begin, sizeof begin - 1) != 0)
		return -ERR_USAGE;
	for (text += sizeof begin - 1; *text != '\0' && *text != '-' &&
	    n < sizeof base64 - 1; text++)
		if (*text != '\n' && *text != '\r')
			base64[n++] = *text;
	base64[n] = '\0';
	buf_init(&b, ENVELOPE_MAX);
	ok = base64_parse(base64, &b) == 0 &&
	    sshsig_openssh((struct piece){ b.p, b.len }, k);
	OPENSSL_cleanse(base64, sizeof base64);
	if (b.len > 0)
		OPENSSL_cleanse(b.p, b.len);
	buf_clear(&b);
	return ok ? 0 : -ERR_USAGE;
}

/* ---- public keys ---- */

/* string("ssh-ed25519") string(bytes): a key, or a signature by one. */
static void
sshsig_put_pair(struct buf *b, const void *p, size_t n)
{
	wire_put_text(b, sshsig_kind);
	wire_put(b, p, n);
}

/* The n bytes of such a pair, and nothing after them. */
static bool
sshsig_pair(struct piece s, void *out, size_t n)
{
	struct piece bytes;

	if (!piece_is(piece_string(&s), sshsig_kind))
		return false;
	bytes = piece_string(&s);
	if (bytes.n != n || !piece_is_whole(&s))
		return false;
	memcpy(out, bytes.p, n);
	return true;
}

char *
sshsig_public(const uint8_t pub[SSHSIG_KEY])
{
	struct buf b;
	char *text, *line;

	buf_init(&b, ENVELOPE_MAX);
	sshsig_put_pair(&b, pub, SSHSIG_KEY);
	text = base64_text(b.p, b.len);
	line = xasprintf("%s %s", sshsig_kind, text);
	free(text);
	buf_clear(&b);
	return line;
}

int
sshsig_public_parse(const char *line, uint8_t pub[SSHSIG_KEY])
{
	size_t n = strlen(sshsig_kind);
	struct buf b;
	char *text;
	int r;

	if (strncmp(line, sshsig_kind, n) != 0 || line[n] != ' ')
		return -ERR_USAGE;
	text = xasprintf("%.*s", (int)strcspn(line + n + 1, " \n"),
	    line + n + 1);
	buf_init(&b, ENVELOPE_MAX);
	r = base64_parse(text, &b);
	if (r == 0 &&
	    !sshsig_pair((struct piece){ b.p, b.len }, pub, SSHSIG_KEY))
		r = -ERR_USAGE;
	buf_clear(&b);
	free(text);
	return r;
}

/* ---- signing ---- */

void
sshsig_key_sign(const struct sshsig_key *k, const void *p, size_t n,
    uint8_t out[SSHSIG_BYTES])
{
	EVP_PKEY *key = sshsig_secret(k);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	size_t len = SSHSIG_BYTES;
	int ok;

	ok = ctx != NULL &&
	    EVP_DigestSignInit(ctx, NULL, NULL, NULL, key) == 1 &&
	    EVP_DigestSign(ctx, out, &len, p, n) == 1;
	assert(ok && len == SSHSIG_BYTES);
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
}

void
sshsig_bytes(struct buf *b, const char *space, const void *text, size_t n)
{
	uint8_t sum[SUM];
	int ok = EVP_Digest(text, n, sum, NULL, EVP_sha512(), NULL);

	assert(ok == 1);
	buf_init(b, ENVELOPE_MAX);
	(void)buf_add(b, sshsig_magic, strlen(sshsig_magic));
	wire_put_text(b, space);
	wire_put_text(b, "");
	wire_put_text(b, sshsig_hash);
	wire_put(b, sum, sizeof sum);
}

static char *
sshsig_armour(const void *envelope, size_t len)
{
	char *text = base64_text(envelope, len), *out;
	size_t i, n = strlen(text);
	struct buf b;

	buf_init(&b, ENVELOPE_MAX * 2);
	(void)buf_addf(&b, SSHSIG_BEGIN);
	for (i = 0; i < n; i += LINE)
		(void)buf_addf(&b, "%.*s\n", LINE, text + i);
	(void)buf_addf(&b, SSHSIG_END);
	out = xstrdup(buf_str(&b));
	buf_clear(&b);
	free(text);
	return out;
}

char *
sshsig_wrap(const void *blob, size_t blob_len, const char *space,
    const void *sig, size_t sig_len)
{
	struct buf b;
	char *out;

	if (blob_len > SSHSIG_BLOB || sig_len > SSHSIG_BLOB)
		return NULL;
	buf_init(&b, ENVELOPE_MAX);
	(void)buf_add(&b, sshsig_magic, strlen(sshsig_magic));
	wire_put_number(&b, VERSION);
	wire_put(&b, blob, blob_len);
	wire_put_text(&b, space);
	wire_put_text(&b, "");
	wire_put_text(&b, sshsig_hash);
	wire_put(&b, sig, sig_len);
	out = sshsig_armour(b.p, b.len);
	buf_clear(&b);
	return out;
}

char *
sshsig_sign(const struct sshsig_key *k, const char *space, const void *text,
    size_t n)
{
	uint8_t bytes[SSHSIG_BYTES];
	struct buf b, key, sig;
	char *out;

	sshsig_bytes(&b, space, text, n);
	sshsig_key_sign(k, b.p, b.len, bytes);
	buf_clear(&b);
	buf_init(&key, ENVELOPE_MAX);
	buf_init(&sig, ENVELOPE_MAX);
	sshsig_put_pair(&key, k->pub, SSHSIG_KEY);
	sshsig_put_pair(&sig, bytes, sizeof bytes);
	out = sshsig_wrap(key.p, key.len, space, sig.p, sig.len);
	buf_clear(&key);
	buf_clear(&sig);
	return out;
}

/* ---- checking ---- */

/* The base64 within an armour, or all of it when it has none: its bytes. */
static int
sshsig_decode(const char *armour, struct buf *out)
{
	size_t head = strlen(SSHSIG_BEGIN) - 1, i;
	const char *end;
	struct buf text;
	int r = 0;

	if (strncmp(armour, SSHSIG_BEGIN, head) == 0)
		armour += head;
	if ((end = strstr(armour, "-----END")) == NULL)
		end = armour + strlen(armour);
	buf_init(&text, ENVELOPE_MAX * 2);
	for (i = 0; r == 0 && armour + i < end; i++)
		if (strchr(" \t\r\n", armour[i]) == NULL)
			r = buf_add(&text, armour + i, 1);
	if (r == 0)
		r = base64_parse(buf_str(&text), out);
	buf_clear(&text);
	return r < 0 || out->len == 0 ? -ERR_USAGE : 0;
}

char *
sshsig_tidy(const char *armour)
{
	struct buf b;
	char *out = NULL;

	buf_init(&b, ENVELOPE_MAX);
	if (sshsig_decode(armour, &b) == 0)
		out = sshsig_armour(b.p, b.len);
	buf_clear(&b);
	return out;
}

/*
 * The envelope out of its armour.  0 or -ERR_USAGE.  One envelope has one
 * armour: base64 with stray bits or other line ends is refused.
 */
static int
sshsig_unarmour(const char *armour, struct buf *out)
{
	char *again;
	int r = 0;

	if (sshsig_decode(armour, out) < 0)
		return -ERR_USAGE;
	again = sshsig_armour(out->p, out->len);
	if (strcmp(again, armour) != 0)
		r = -ERR_USAGE;
	free(again);
	return r;
}

static bool
sshsig_parse(struct piece s, const char *space, struct piece *key,
    struct piece *sig)
{
	if (!piece_is(piece_take(&s, strlen(sshsig_magic)), sshsig_magic) ||
	    piece_number(&s) != VERSION)
		return false;
	*key = piece_string(&s);
	if (!piece_is(piece_string(&s), space) ||
	    !piece_is(piece_string(&s), "") ||
	    !piece_is(piece_string(&s), sshsig_hash))
		return false;
	*sig = piece_string(&s);
	return piece_is_whole(&s) && key->n <= SSHSIG_BLOB;
}

int
sshsig_open(const char *armour, const char *space, const void *text, size_t n,
    struct sshsig_maker *who, struct why *why)
{
	struct piece key, sig;
	struct buf envelope, b;
	int r = 0;

	memset(who, 0, sizeof *who);
	buf_init(&envelope, ENVELOPE_MAX);
	if (sshsig_unarmour(armour, &envelope) < 0 ||
	    !sshsig_parse((struct piece){ envelope.p, envelope.len }, space,
		&key, &sig)) {
		buf_clear(&envelope);
		return why_set(why, ERR_REFUSED,
		    "La firma no se puede leer, o es de otra clase.");
	}
	sshsig_bytes(&b, space, text, n);
	if (!sshkey_verify(key.p, key.n, sig.p, sig.n, b.p, b.len,
		&who->touch))
		r = why_set(why, ERR_REFUSED,
		    "La firma no corresponde al texto.");
	memcpy(who->blob, key.p, key.n);
	who->len = key.n;
	buf_clear(&b);
	buf_clear(&envelope);
	return r;
}

int
sshsig_verify(const char *armour, const char *space, const void *text,
    size_t n, uint8_t pub[SSHSIG_KEY], struct why *why)
{
	struct sshsig_maker who;
	int r = sshsig_open(armour, space, text, n, &who, why);

	if (r == 0 &&
	    !sshsig_pair((struct piece){ who.blob, who.len }, pub, SSHSIG_KEY))
		r = why_set(why, ERR_REFUSED,
		    "La firma no se puede leer, o es de otra clase.");
	return r;
}
