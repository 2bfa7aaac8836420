/* SPDX-License-Identifier: ISC */
/* value_verdict.c - verdicts as they are typed: "1:aprobar,2:regresar:movida". */
#include <string.h>

#include "../../proto/text.h"
#include "value.h"

/* Where an item ends: at a comma that a number and a colon follow. */
static const char *
verdict_end(const char *s)
{
	size_t n;

	for (; *s != '\0'; s++) {
		if (*s != ',')
			continue;
		n = 1 + strspn(s + 1, " ");
		if (strspn(s + n, "0123456789") == 0)
			continue;
		n += strspn(s + n, "0123456789");
		n += strspn(s + n, " ");
		if (s[n] == ':')
			break;
	}
	return s;
}

/* "2:regresar" or "2:regresar:movida, y oscura" */
static json_t *
verdict_parse(const char *s, size_t len)
{
	const char *end = s + len, *colon = memchr(s, ':', len), *next;
	json_t *one = json_pack("{s:I}", "item", (json_int_t)strtol(s, NULL,
	    10));
	char *word, *remark;

	if (colon == NULL)
		return one;
	next = memchr(colon + 1, ':', (size_t)(end - colon - 1));
	word = value_trim(colon + 1, (size_t)((next != NULL ? next : end) -
	    colon - 1));
	json_object_set_new(one, "verdict", json_string(
	    text_like(word, "aprobar") ? "aprobar" :
	    text_like(word, "regresar") ? "regresar" : word));
	free(word);
	if (next == NULL)
		return one;
	remark = value_trim(next + 1, (size_t)(end - next - 1));
	if (*remark != '\0')
		json_object_set_new(one, "remarks", json_string(remark));
	free(remark);
	return one;
}

json_t *
value_parse_verdicts(const char *text)
{
	json_t *out = json_array();
	const char *end;

	for (; *text != '\0'; text = *end == ',' ? end + 1 : end) {
		end = verdict_end(text);
		if (text[strspn(text, " ")] != '\0' && end > text)
			json_array_append_new(out,
			    verdict_parse(text, (size_t)(end - text)));
	}
	return out;
}

bool
value_approves(const json_t *verdicts, size_t item)
{
	const char *word = "";
	json_t *row;
	size_t i;

	json_array_foreach(verdicts, i, row)
		if (doc_int(row, "item") == (json_int_t)item)
			word = doc_text(row, "verdict");
	return strcmp(word, "aprobar") == 0;
}
