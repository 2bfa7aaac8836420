/* SPDX-License-Identifier: ISC */
/* rooms: proto */
/* sshkey.c - keys and signatures in the form of the wire. */
#include "fuzz.h"

#include "../../proto/sshkey.h"

/* The first two bytes say where the key ends and the signature begins. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct sshkey_touch touch;
	size_t key;
	char *s;

	if (n < 2)
		return 0;
	key = (size_t)(data[0] << 8 | data[1]) % (n - 1);
	data += 2;
	n -= 2;
	(void)sshkey_kind(data, key);
	(void)sshkey_rsa_bits(data, key);
	s = sshkey_fingerprint(data, key);
	free(s);
	(void)sshkey_verify(data, key, data + key, n - key, "texto", 5,
	    &touch);
	return 0;
}
