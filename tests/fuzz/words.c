/* SPDX-License-Identifier: ISC */
/* rooms: proto */
/* words.c - command lines as people type them. */
#include "fuzz.h"

#include "../../proto/text.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char **words, *s = fuzz_text(data, n);
	struct why why;
	size_t i, count;

	if (text_words(s, &words, &count, &why) == 0) {
		for (i = 0; i < count; i++)
			assert(words[i] != NULL);
		assert(words[count] == NULL);
		text_words_free(words);
	}
	free(s);
	return 0;
}
