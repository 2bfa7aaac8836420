/* SPDX-License-Identifier: ISC */
/* keyblob.c - see keyblob.h. */
#include "keyblob.h"

#include "../../proto/base.h"

static int
keyblob_digit(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *p = c == '\0' ? NULL : strchr(digits, c);

	return p == NULL ? -1 : (int)(p - digits);
}

int
keyblob_decode(const char *base64, uint8_t *out, size_t *len)
{
	uint32_t bits = 0;
	int held = 0, d;
	size_t n = 0;

	for (; *base64 != '\0' && *base64 != '='; base64++) {
		if ((d = keyblob_digit(*base64)) < 0)
			return -ERR_USAGE;
		bits = bits << 6 | (uint32_t)d;
		held += 6;
		if (held < 8)
			continue;
		held -= 8;
		if (n >= KEYBLOB_MAX)
			return -ERR_USAGE;
		out[n++] = (uint8_t)(bits >> held);
		bits &= (1u << held) - 1;
	}
	if (base64[strspn(base64, "=")] != '\0' || n == 0)
		return -ERR_USAGE;
	*len = n;
	return 0;
}

/* Take one length-prefixed string off the front; NULL when it is not there. */
static const uint8_t *
keyblob_string(const uint8_t **p, size_t *left, size_t *n)
{
	const uint8_t *s;
	size_t len;

	if (*left < 4)
		return NULL;
	len = (size_t)(*p)[0] << 24 | (size_t)(*p)[1] << 16 |
	    (size_t)(*p)[2] << 8 | (size_t)(*p)[3];
	if (len > *left - 4)
		return NULL;
	s = *p + 4;
	*p += 4 + len;
	*left -= 4 + len;
	*n = len;
	return s;
}

/* Bits of an unsigned number, most significant byte first. */
static size_t
keyblob_bits(const uint8_t *s, size_t n)
{
	size_t bits;
	uint8_t top;

	while (n > 0 && *s == 0) {
		s++;
		n--;
	}
	if (n == 0)
		return 0;
	bits = (n - 1) * 8;
	for (top = *s; top != 0; top >>= 1)
		bits++;
	return bits;
}

bool
keyblob_is_good(const uint8_t *blob, size_t len)
{
	static const char *const plain[] = { "ssh-ed25519",
		"sk-ssh-ed25519@openssh.com", "ecdsa-sha2-nistp256" };
	const uint8_t *type, *s;
	size_t n, m, i;

	if ((type = keyblob_string(&blob, &len, &n)) == NULL)
		return false;
	for (i = 0; i < ARRAY_LEN(plain); i++)
		if (n == strlen(plain[i]) && memcmp(type, plain[i], n) == 0)
			return len > 0;
	if (n != 7 || memcmp(type, "ssh-rsa", 7) != 0)
		return false;
	if (keyblob_string(&blob, &len, &m) == NULL)	/* the exponent */
		return false;
	if ((s = keyblob_string(&blob, &len, &m)) == NULL)
		return false;
	return keyblob_bits(s, m) >= SSHKEY_RSA_BITS;
}
