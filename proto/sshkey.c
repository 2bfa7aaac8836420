/* SPDX-License-Identifier: ISC */
/*
 * sshkey.c - see sshkey.h.  What follows the kind in a key and in a signature:
 *
 *   ssh-ed25519            key: string(32)           sig: string(64)
 *   sk-ssh-ed25519@…       key: string(32) string(application)
 *                          sig: string(64) byte(flags) number(counter)
 *   ecdsa-sha2-nistp256    key: string("nistp256") string(point)
 *                          sig: string(mpint(r) mpint(s))
 *   ssh-rsa                key: mpint(e) mpint(n)    sig: string(bytes)
 *
 * A key of hardware signs SHA-256(application) flags counter SHA-256(data).
 */
#include "sshkey.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "hash.h"
#include "sshwire.h"

enum { ED25519 = 32, ED25519_SIG = 64, RSA_LEAST = 2048 / 8,
	RSA_MOST = 8192 / 8, FLAG_PRESENT = 1, SIGNED_MAX = 128 };

struct signed_by {
	struct piece key, sig;		/* after their kinds */
	struct piece data;
	const char *method;		/* the kind of the signature */
	struct sshkey_touch touch;
};

static bool
key_says(EVP_PKEY *key, const EVP_MD *md, struct piece sig, struct piece data)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool ok;

	ok = key != NULL && ctx != NULL &&
	    EVP_DigestVerifyInit(ctx, NULL, md, NULL, key) == 1 &&
	    EVP_DigestVerify(ctx, sig.p, sig.n, data.p, data.n) == 1;
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	return ok;
}

static bool
ed25519_says(struct piece pub, struct piece sig, struct piece data)
{
	if (pub.p == NULL || pub.n != ED25519 || sig.p == NULL ||
	    sig.n != ED25519_SIG)
		return false;
	return key_says(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL,
	    pub.p, pub.n), NULL, sig, data);
}

static bool
verify_ed25519(struct signed_by *s)
{
	struct piece pub = piece_string(&s->key);
	struct piece sig = piece_string(&s->sig);

	return piece_is_whole(&s->key) && piece_is_whole(&s->sig) &&
	    ed25519_says(pub, sig, s->data);
}

static bool
verify_sk_ed25519(struct signed_by *s)
{
	struct piece pub = piece_string(&s->key);
	struct piece application = piece_string(&s->key);
	struct piece sig = piece_string(&s->sig);
	struct piece rest = s->sig;		/* flags and counter */
	struct piece flags = piece_take(&s->sig, 1);
	uint8_t sum[HASH_SIZE];
	struct buf b;
	bool ok;

	(void)piece_number(&s->sig);
	if (!piece_is_whole(&s->key) || !piece_is_whole(&s->sig))
		return false;
	buf_init(&b, SIGNED_MAX);
	hash_sha256(application.p, application.n, sum);
	(void)buf_add(&b, sum, sizeof sum);
	(void)buf_add(&b, rest.p, rest.n);
	hash_sha256(s->data.p, s->data.n, sum);
	(void)buf_add(&b, sum, sizeof sum);
	ok = ed25519_says(pub, sig, (struct piece){ b.p, b.len });
	buf_clear(&b);
	s->touch.hardware = ok;
	s->touch.present = ok && (flags.p[0] & FLAG_PRESENT) != 0;
	return ok;
}

static EVP_PKEY *
pkey_make(const char *type, OSSL_PARAM_BLD *bld)
{
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(bld);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	EVP_PKEY *key = NULL;

	if (params == NULL || ctx == NULL ||
	    EVP_PKEY_fromdata_init(ctx) != 1 ||
	    EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(ctx);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(bld);
	return key;
}

static EVP_PKEY *
p256_make(struct piece point)
{
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();

	OSSL_PARAM_BLD_push_utf8_string(bld, OSSL_PKEY_PARAM_GROUP_NAME,
	    "prime256v1", 0);
	OSSL_PARAM_BLD_push_octet_string(bld, OSSL_PKEY_PARAM_PUB_KEY,
	    point.p, point.n);
	return pkey_make("EC", bld);
}

static bool
verify_p256(struct signed_by *s)
{
	struct piece curve = piece_string(&s->key);
	struct piece point = piece_string(&s->key);
	struct piece pair = piece_string(&s->sig);
	struct piece r = piece_mpint(&pair), t = piece_mpint(&pair);
	ECDSA_SIG *sig;
	uint8_t *der = NULL;
	bool ok = false;
	int n;

	if (!piece_is(curve, "nistp256") || !piece_is_whole(&s->key) ||
	    !piece_is_whole(&s->sig) || !piece_is_whole(&pair) ||
	    r.n > HASH_SIZE || t.n > HASH_SIZE)
		return false;
	sig = ECDSA_SIG_new();
	(void)ECDSA_SIG_set0(sig, BN_bin2bn(r.p, (int)r.n, NULL),
	    BN_bin2bn(t.p, (int)t.n, NULL));
	if ((n = i2d_ECDSA_SIG(sig, &der)) > 0)
		ok = key_says(p256_make(point), EVP_sha256(),
		    (struct piece){ der, (size_t)n }, s->data);
	OPENSSL_free(der);
	ECDSA_SIG_free(sig);
	return ok;
}

static EVP_PKEY *
rsa_make(struct piece e, struct piece n)
{
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
	BIGNUM *exponent = BN_bin2bn(e.p, (int)e.n, NULL);
	BIGNUM *modulus = BN_bin2bn(n.p, (int)n.n, NULL);
	EVP_PKEY *key;

	OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_E, exponent);
	OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_N, modulus);
	key = pkey_make("RSA", bld);
	BN_free(exponent);
	BN_free(modulus);
	return key;
}

static bool
verify_rsa(struct signed_by *s)
{
	struct piece e = piece_mpint(&s->key), n = piece_mpint(&s->key);
	struct piece sig = piece_string(&s->sig);
	const EVP_MD *md = strcmp(s->method, "rsa-sha2-512") == 0 ?
	    EVP_sha512() : EVP_sha256();

	if (!piece_is_whole(&s->key) || !piece_is_whole(&s->sig) ||
	    n.n < RSA_LEAST || n.n > RSA_MOST || e.n > 8 || sig.n != n.n)
		return false;
	return key_says(rsa_make(e, n), md, sig, s->data);
}

static const struct kind {
	const char *key, *method;
	bool (*verify)(struct signed_by *);
} kinds[] = {
	{ "ssh-ed25519", "ssh-ed25519", verify_ed25519 },
	{ "sk-ssh-ed25519@openssh.com", "sk-ssh-ed25519@openssh.com",
	  verify_sk_ed25519 },
	{ "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", verify_p256 },
	{ "ssh-rsa", "rsa-sha2-512", verify_rsa },
	{ "ssh-rsa", "rsa-sha2-256", verify_rsa },
};

bool
sshkey_verify(const void *blob, size_t blob_len, const void *sig,
    size_t sig_len, const void *data, size_t n, struct sshkey_touch *touch)
{
	struct signed_by s = { .key = { blob, blob_len },
		.sig = { sig, sig_len }, .data = { data, n } };
	struct piece kind = piece_string(&s.key);
	struct piece method = piece_string(&s.sig);
	bool ok = false;
	size_t i;

	for (i = 0; i < ARRAY_LEN(kinds) && !ok; i++) {
		if (!piece_is(kind, kinds[i].key) ||
		    !piece_is(method, kinds[i].method))
			continue;
		s.method = kinds[i].method;
		ok = kinds[i].verify(&s);
	}
	*touch = s.touch;
	return ok;
}

const char *
sshkey_kind(const void *blob, size_t len)
{
	struct piece key = { blob, len }, kind = piece_string(&key);
	size_t i;

	for (i = 0; i < ARRAY_LEN(kinds); i++)
		if (piece_is(kind, kinds[i].key))
			return kinds[i].key;
	return NULL;
}

size_t
sshkey_rsa_bits(const void *blob, size_t len)
{
	struct piece key = { blob, len }, kind = piece_string(&key), n;
	size_t bits;
	uint8_t top;

	if (!piece_is(kind, "ssh-rsa"))
		return 0;
	(void)piece_mpint(&key);	/* the exponent */
	n = piece_mpint(&key);
	if (!piece_is_whole(&key) || n.n == 0)
		return 0;
	bits = (n.n - 1) * 8;
	for (top = n.p[0]; top != 0; top >>= 1)
		bits++;
	return bits;
}

bool
sshkey_may_enter(const void *blob, size_t len)
{
	const char *kind = sshkey_kind(blob, len);

	if (kind == NULL || len == 4 + strlen(kind))
		return false;
	return strcmp(kind, "ssh-rsa") != 0 ||
	    sshkey_rsa_bits(blob, len) >= SSHKEY_RSA_BITS;
}

char *
sshkey_fingerprint(const void *blob, size_t len)
{
	uint8_t sum[HASH_SIZE];
	char *text, *out;

	hash_sha256(blob, len, sum);
	text = base64_text(sum, sizeof sum);
	out = xasprintf("SHA256:%.*s", (int)strcspn(text, "="), text);
	free(text);
	return out;
}
