/* SPDX-License-Identifier: ISC */
/* xml.c - text inside XML. */
#include "xml.h"

void
xml_text(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '<')
			(void)buf_add(b, "&lt;", 4);
		else if (*s == '>')
			(void)buf_add(b, "&gt;", 4);
		else if (*s == '&')
			(void)buf_add(b, "&amp;", 5);
		else if (*s == '"')
			(void)buf_add(b, "&quot;", 6);
		else if ((uint8_t)*s >= ' ' || *s == '\n' || *s == '\t')
			(void)buf_add(b, s, 1);
	}
}

void
xml_put(struct buf *b, const char *before, const char *text,
    const char *after)
{
	(void)buf_addf(b, "%s", before);
	xml_text(b, text);
	(void)buf_addf(b, "%s", after);
}
