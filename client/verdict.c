/* SPDX-License-Identifier: ISC */
/* verdict.c - see verdict.h. */
#include "verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VERDICTS_MAX = 1000 };		/* items: more are not looked at */

static const char *const verdict_words[] = { "", "aprobar", "regresar" };

static bool
verdict_begins(const char *s)
{
	size_t digits;

	s += strspn(s, " ");
	digits = strspn(s, "0123456789");
	return digits > 0 && s[digits + strspn(s + digits, " ")] == ':';
}

/* Where the item that begins at s ends: at a comma, or at the end. */
static const char *
verdict_end(const char *s)
{
	while ((s = strchr(s, ',')) != NULL && !verdict_begins(s + 1))
		s++;
	return s;
}

/* The item that s begins: its number, or 0; *len bytes long. */
static int
verdict_item(const char *s, size_t *len)
{
	const char *end;

	if (!verdict_begins(s))
		return 0;
	end = verdict_end(s);
	*len = end != NULL ? (size_t)(end - s) : strlen(s);
	return (int)strtol(s, NULL, 10);
}

/* What stands behind its number: the verdict, and maybe a remark. */
static enum verdict
verdict_read(const char *s, size_t len, char **remark)
{
	const char *end = s + len;
	size_t k, n;

	s = strchr(s, ':') + 1;
	s += strspn(s, " ");
	for (k = VERDICT_YES; k <= VERDICT_NO; k++) {
		n = strlen(verdict_words[k]);
		if (strncmp(s, verdict_words[k], n) != 0)
			continue;
		if (remark != NULL && s[n] == ':')
			*remark = xasprintf("%.*s", (int)(end - s - n - 1),
			    s + n + 1);
		return (enum verdict)k;
	}
	return VERDICT_NONE;
}

enum verdict
verdict_find(const char *text, int item, char **remark)
{
	const char *s = text != NULL ? text : "";
	enum verdict v = VERDICT_NONE;
	size_t len;
	int n;

	if (remark != NULL)
		*remark = NULL;
	while (v == VERDICT_NONE && (n = verdict_item(s, &len)) != 0) {
		if (n == item + 1)
			v = verdict_read(s, len, remark);
		s += len + (s[len] == ',');
	}
	if (remark != NULL && *remark == NULL)
		*remark = xstrdup("");
	return v;
}

/* The highest number that has one. */
static int
verdict_last(const char *text)
{
	const char *s = text != NULL ? text : "";
	size_t len;
	int last = 0, n;

	while ((n = verdict_item(s, &len)) != 0) {
		last = n > last ? n : last;
		s += len + (s[len] == ',');
	}
	return last < VERDICTS_MAX ? last : VERDICTS_MAX;
}

static void
verdict_add(struct buf *b, int item, enum verdict v, const char *remark)
{
	const char *s;

	if (v == VERDICT_NONE)
		return;
	(void)buf_addf(b, "%s%d:%s", b->len > 0 ? "," : "", item + 1,
	    verdict_words[v]);
	if (v != VERDICT_NO || remark == NULL || *remark == '\0')
		return;
	(void)buf_add(b, ":", 1);
	for (s = remark; *s != '\0'; s++)
		(void)buf_add(b, *s == '\n' ? " " :
		    *s == ',' && verdict_begins(s + 1) ? ";" : s, 1);
}

char *
verdict_put(const char *text, int item, enum verdict v, const char *remark)
{
	int n = verdict_last(text), i;
	enum verdict was;
	struct buf b;
	char *out, *said;

	if (item < 0 || item >= VERDICTS_MAX)
		return xstrdup(text != NULL ? text : "");
	buf_init(&b, VALUE_MAX);
	for (i = 0; i < n || i <= item; i++) {
		was = verdict_find(text, i, &said);
		verdict_add(&b, i, i == item ? v : was,
		    i == item ? remark : said);
		free(said);
	}
	out = xstrdup(buf_str(&b));
	buf_clear(&b);
	return out;
}
