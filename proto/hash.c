/* SPDX-License-Identifier: ISC */
/* hash.c - see hash.h. */
#include "hash.h"

#include <assert.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

/*
 * A sum about to be made.  One context serves all, and stays: to make one
 * takes longer than most of the sums of a record.
 */
static EVP_MD_CTX *
hash_begin(void)
{
	static EVP_MD_CTX *ctx;
	int ok;

	if (ctx == NULL) {
		ctx = EVP_MD_CTX_new();
		ok = EVP_DigestInit_ex(ctx, EVP_sha256(), NULL);
	} else
		ok = EVP_DigestInit_ex(ctx, NULL, NULL);
	assert(ctx != NULL && ok == 1);
	return ctx;
}

void
hash_two(const void *a, size_t na, const void *b, size_t nb,
    uint8_t out[HASH_SIZE])
{
	EVP_MD_CTX *ctx = hash_begin();
	unsigned n = 0;
	int ok;

	ok = EVP_DigestUpdate(ctx, a, na) == 1 &&
	    EVP_DigestUpdate(ctx, b, nb) == 1 &&
	    EVP_DigestFinal_ex(ctx, out, &n) == 1;
	assert(ok && n == HASH_SIZE);
}

void
hash_sha256(const void *data, size_t n, uint8_t out[HASH_SIZE])
{
	hash_two(data, n, "", 0, out);
}

int
hash_file(const char *path, uint8_t out[HASH_SIZE], int64_t *size)
{
	EVP_MD_CTX *ctx = hash_begin();
	FILE *f = fopen(path, "re");
	uint8_t part[65536];
	size_t n;
	int ok;

	*size = 0;
	while (f != NULL && (n = fread(part, 1, sizeof part, f)) > 0) {
		*size += (int64_t)n;
		ok = EVP_DigestUpdate(ctx, part, n);
		assert(ok == 1);
	}
	ok = EVP_DigestFinal_ex(ctx, out, NULL);
	assert(ok == 1);
	ok = f != NULL && !ferror(f);
	if (f != NULL)
		(void)fclose(f);
	return ok ? 0 : -ERR_SYSTEM;
}

struct hasher {
	EVP_MD_CTX *ctx;
};

struct hasher *
hasher_new(void)
{
	struct hasher *h = xcalloc(1, sizeof *h);
	int ok;

	h->ctx = EVP_MD_CTX_new();
	ok = h->ctx != NULL &&
	    EVP_DigestInit_ex(h->ctx, EVP_sha256(), NULL) == 1;
	assert(ok);
	return h;
}

void
hasher_add(struct hasher *h, const void *data, size_t n)
{
	int ok = EVP_DigestUpdate(h->ctx, data, n);

	assert(ok == 1);
}

void
hasher_end(struct hasher *h, uint8_t out[HASH_SIZE])
{
	int ok = EVP_DigestFinal_ex(h->ctx, out, NULL);

	assert(ok == 1);
	EVP_MD_CTX_free(h->ctx);
	free(h);
}

char *
base64_text(const void *data, size_t n)
{
	char *out = xcalloc((n + 2) / 3 * 4 + 1, 1);

	(void)EVP_EncodeBlock((unsigned char *)out, data, (int)n);
	return out;
}

int
base64_parse(const char *text, struct buf *out)
{
	size_t n = strlen(text), pad = 0;
	unsigned char *p;
	int len, r;

	if (n == 0 || n % 4 != 0 || n > FRAME_MAX)
		return -ERR_USAGE;
	while (pad < 2 && text[n - 1 - pad] == '=')
		pad++;
	p = xcalloc(n, 1);
	len = EVP_DecodeBlock(p, (const unsigned char *)text, (int)n);
	r = len < (int)pad ? -ERR_USAGE :
	    buf_add(out, p, (size_t)len - pad);
	free(p);
	return r < 0 ? -ERR_USAGE : 0;
}
