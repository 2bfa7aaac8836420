/* SPDX-License-Identifier: ISC */
/* rooms: proto */
/* checkpoint.c - witnesses: text and signature in one file. */
#include "fuzz.h"

#include "../../proto/checkpoint.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *s = fuzz_text(data, n), *text;
	uint8_t pub[SSHSIG_KEY];
	struct checkpoint cp;
	struct why why;

	if (checkpoint_parse(s, &cp, &why) == 0) {
		text = checkpoint_text(&cp);
		assert(strcmp(text, s) == 0);
		free(text);
	}
	(void)checkpoint_open(s, &cp, pub, &why);
	free(s);
	return 0;
}
