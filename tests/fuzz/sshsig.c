/* SPDX-License-Identifier: ISC */
/* rooms: proto */
/* sshsig.c - armoured signatures and keys, as strangers send them. */
#include "fuzz.h"

#include "../../proto/sshsig.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *tidy, *s = fuzz_text(data, n);
	uint8_t pub[SSHSIG_KEY];
	struct sshsig_maker maker;
	struct sshsig_key key;
	struct why why;

	(void)sshsig_open(s, "fuzz@pauta", "texto", 5, &maker, &why);
	(void)sshsig_verify(s, "fuzz@pauta", "texto", 5, pub, &why);
	(void)sshsig_public_parse(s, pub);
	if (sshsig_key_parse(s, &key) == 0)
		sshsig_key_clear(&key);
	tidy = sshsig_tidy(s);
	free(tidy);
	free(s);
	return 0;
}
