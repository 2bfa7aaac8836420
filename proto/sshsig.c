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
 * where public key and signature are string("ssh-ed25519") string(32 or 64
 * bytes).  The armour is the envelope in base64 between two lines.
 */
#include "sshsig.h"

#include <assert.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "hash.h"

enum { SIGNATURE = 64, SUM = 64, LINE = 70, ENVELOPE_MAX = 4096 };

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

/* ---- bytes ---- */

static void
sshsig_put(struct buf *b, const void *p, size_t n)
{
	uint8_t len[4] = { (uint8_t)(n >> 24), (uint8_t)(n >> 16),
		(uint8_t)(n >> 8), (uint8_t)n };
	int r;

	r = buf_add(b, len, sizeof len);
	if (r == 0)
		r = buf_add(b, p, n);
	assert(r == 0);
}

static void
sshsig_put_text(struct buf *b, const char *text)
{
	sshsig_put(b, text, strlen(text));
}

/* string(kind) string(bytes), in a string of its own when nested. */
static void
sshsig_put_pair(struct buf *b, const void *p, size_t n, bool nested)
{
	struct buf in;

	buf_init(&in, ENVELOPE_MAX);
	sshsig_put_text(&in, sshsig_kind);
	sshsig_put(&in, p, n);
	if (nested)
		sshsig_put(b, in.p, in.len);
	else
		(void)buf_add(b, in.p, in.len);
	buf_clear(&in);
}

/* What is still to be read; p is NULL after a fault. */
struct piece {
	const uint8_t *p;
	size_t n;
};

static struct piece
piece_take(struct piece *from, size_t n)
{
	struct piece out = { NULL, 0 };

	if (from->p == NULL || from->n < n) {
		from->p = NULL;
		return out;
	}
	out = (struct piece){ from->p, n };
	from->p += n;
	from->n -= n;
	return out;
}

static struct piece
piece_string(struct piece *from)
{
	struct piece len = piece_take(from, 4);

	if (len.p == NULL)
		return len;
	return piece_take(from, (size_t)len.p[0] << 24 |
	    (size_t)len.p[1] << 16 | (size_t)len.p[2] << 8 | len.p[3]);
}

static bool
piece_is(struct piece s, const char *text)
{
	return s.p != NULL && s.n == strlen(text) &&
	    memcmp(s.p, text, s.n) == 0;
}

/* The n bytes of string(kind) string(bytes), and nothing after them. */
static bool
piece_pair(struct piece s, void *out, size_t n)
{
	struct piece bytes;

	if (!piece_is(piece_string(&s), sshsig_kind))
		return false;
	bytes = piece_string(&s);
	if (bytes.p == NULL || bytes.n != n || s.n != 0)
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
	sshsig_put_pair(&b, pub, SSHSIG_KEY, false);
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
	    !piece_pair((struct piece){ b.p, b.len }, pub, SSHSIG_KEY))
		r = -ERR_USAGE;
	buf_clear(&b);
	free(text);
	return r;
}

/* ---- signing ---- */

/* The bytes that the key signs. */
static void
sshsig_preimage(struct buf *b, const char *space, const void *text, size_t n)
{
	uint8_t sum[SUM];
	int ok = EVP_Digest(text, n, sum, NULL, EVP_sha512(), NULL);

	assert(ok == 1);
	buf_init(b, ENVELOPE_MAX);
	(void)buf_add(b, sshsig_magic, strlen(sshsig_magic));
	sshsig_put_text(b, space);
	sshsig_put_text(b, "");
	sshsig_put_text(b, sshsig_hash);
	sshsig_put(b, sum, sizeof sum);
}

static char *
sshsig_armour(const struct buf *envelope)
{
	char *text = base64_text(envelope->p, envelope->len), *out;
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
sshsig_sign(const struct sshsig_key *k, const char *space, const void *text,
    size_t n)
{
	static const uint8_t version[4] = { 0, 0, 0, 1 };
	EVP_PKEY *p = sshsig_secret(k);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	uint8_t sig[SIGNATURE];
	size_t len = sizeof sig;
	struct buf b;
	char *out;
	int ok;

	sshsig_preimage(&b, space, text, n);
	ok = ctx != NULL &&
	    EVP_DigestSignInit(ctx, NULL, NULL, NULL, p) == 1 &&
	    EVP_DigestSign(ctx, sig, &len, b.p, b.len) == 1;
	assert(ok && len == SIGNATURE);
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(p);
	buf_clear(&b);
	buf_init(&b, ENVELOPE_MAX);
	(void)buf_add(&b, sshsig_magic, strlen(sshsig_magic));
	(void)buf_add(&b, version, sizeof version);
	sshsig_put_pair(&b, k->pub, SSHSIG_KEY, true);
	sshsig_put_text(&b, space);
	sshsig_put_text(&b, "");
	sshsig_put_text(&b, sshsig_hash);
	sshsig_put_pair(&b, sig, sizeof sig, true);
	out = sshsig_armour(&b);
	buf_clear(&b);
	return out;
}

/* ---- checking ---- */

static bool
sshsig_is_signed(const uint8_t pub[SSHSIG_KEY], const uint8_t sig[SIGNATURE],
    const struct buf *b)
{
	EVP_PKEY *p = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, pub,
	    SSHSIG_KEY);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool ok;

	ok = p != NULL && ctx != NULL &&
	    EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, p) == 1 &&
	    EVP_DigestVerify(ctx, sig, SIGNATURE, b->p, b->len) == 1;
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(p);
	return ok;
}

/*
 * The envelope out of its armour.  0 or -ERR_USAGE.  One envelope has one
 * armour: base64 with stray bits or other line ends is refused.
 */
static int
sshsig_unarmour(const char *armour, struct buf *out)
{
	const char *p, *end;
	struct buf text;
	char *again;
	int r = 0;

	p = armour + strlen(SSHSIG_BEGIN);
	if (strncmp(armour, SSHSIG_BEGIN, strlen(SSHSIG_BEGIN)) != 0 ||
	    (end = strstr(p, SSHSIG_END)) == NULL ||
	    strcmp(end, SSHSIG_END) != 0)
		return -ERR_USAGE;
	buf_init(&text, ENVELOPE_MAX);
	for (; r == 0 && p < end; p++)
		if (*p != '\n')
			r = buf_add(&text, p, 1);
	if (r == 0)
		r = base64_parse(buf_str(&text), out);
	buf_clear(&text);
	if (r < 0)
		return -ERR_USAGE;
	again = sshsig_armour(out);
	if (strcmp(again, armour) != 0)
		r = -ERR_USAGE;
	free(again);
	return r;
}

static bool
sshsig_parse(struct piece s, const char *space, uint8_t pub[SSHSIG_KEY],
    uint8_t sig[SIGNATURE])
{
	static const uint8_t version[4] = { 0, 0, 0, 1 };
	struct piece number;

	if (!piece_is(piece_take(&s, strlen(sshsig_magic)), sshsig_magic))
		return false;
	number = piece_take(&s, sizeof version);
	return number.p != NULL &&
	    memcmp(number.p, version, sizeof version) == 0 &&
	    piece_pair(piece_string(&s), pub, SSHSIG_KEY) &&
	    piece_is(piece_string(&s), space) &&
	    piece_is(piece_string(&s), "") &&
	    piece_is(piece_string(&s), sshsig_hash) &&
	    piece_pair(piece_string(&s), sig, SIGNATURE) && s.n == 0;
}

int
sshsig_verify(const char *armour, const char *space, const void *text,
    size_t n, uint8_t pub[SSHSIG_KEY], struct why *why)
{
	uint8_t sig[SIGNATURE];
	struct buf b;
	bool ok;

	buf_init(&b, ENVELOPE_MAX);
	ok = sshsig_unarmour(armour, &b) == 0 &&
	    sshsig_parse((struct piece){ b.p, b.len }, space, pub, sig);
	buf_clear(&b);
	if (!ok)
		return why_set(why, ERR_REFUSED,
		    "La firma no se puede leer, o es de otra clase.");
	sshsig_preimage(&b, space, text, n);
	ok = sshsig_is_signed(pub, sig, &b);
	buf_clear(&b);
	if (!ok)
		return why_set(why, ERR_REFUSED,
		    "La firma no corresponde al texto.");
	return 0;
}
