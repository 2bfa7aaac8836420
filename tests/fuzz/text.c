/* SPDX-License-Identifier: ISC */
/* rooms: proto */
/* text.c - text from outside: nothing that a terminal could act on gets out. */
#include "fuzz.h"

#include "../../proto/text.h"

static void
text_is_safe(const char *s, bool lines)
{
	const char *p = s;
	int32_t cp;

	while (*p != '\0') {
		cp = text_next(&p);
		assert(cp >= 0x20 || (lines && (cp == '\n' || cp == '\t')));
		assert(cp < 0x7f || cp > 0x9f);
		assert(cp < 0x202a || cp > 0x202e);
		assert(cp < 0x2066 || cp > 0x2069);
		assert(cp != 0x200b && cp != 0xfeff && cp != 0x2028);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char room[256], *taken = NULL, *folded, *s = fuzz_text(data, n);
	enum text_flags flags = n % 2 ? TEXT_LINES : 0;
	struct why why;
	size_t len;

	len = text_safe(s, room, n % sizeof room + 1, flags);
	assert(len == strlen(room) && len <= n % sizeof room);
	text_is_safe(room, flags != 0);
	folded = text_fold(s);
	free(folded);
	if (text_take((const char *)data, n, 4096, flags, &taken, &why) == 0) {
		assert(text_width(taken) >= 0);
		assert(text_fit(taken, 10) <= strlen(taken));
		free(taken);
	}
	free(s);
	return 0;
}
