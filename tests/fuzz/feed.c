/* SPDX-License-Identifier: ISC */
/* rooms: courier confine proto */
/* feed.c - feeds of the media, as any server may send them. */
#include "fuzz.h"

#include "../../proto/text.h"
#include "../../server/courier/feed_parse.h"

static int
on_item(void *arg, const struct feed_item *it)
{
	const char *const said[] = { it->title, it->text, it->link, it->author,
		it->guid };
	const char *s;
	size_t i;
	int32_t cp;

	(void)arg;
	assert(*it->guid != '\0' && *it->title != '\0');
	assert(*it->link == '\0' || strncmp(it->link, "http", 4) == 0);
	for (i = 0; i < ARRAY_LEN(said); i++)
		for (s = said[i]; *s != '\0';) {
			cp = text_next(&s);
			assert(cp >= ' ' && cp != 0x7f);
		}
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct why why;
	int r = feed_parse(data, n, "https://diario.mx/rss", on_item, NULL,
	    &why);

	assert(r >= 0 || (r == -ERR_REFUSED && why.text[0] != '\0'));
	return 0;
}
