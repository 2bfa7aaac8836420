/* SPDX-License-Identifier: ISC */
/* doc.c - see doc.h. */
#include "doc.h"

#include <stdlib.h>
#include <string.h>

#include "i18n.h"

const char *
doc_text(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s == NULL ? "" : s;
}

json_int_t
doc_int(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

bool
doc_is(const json_t *o, const char *key)
{
	return json_is_true(json_object_get(o, key));
}

json_t *
doc_list(const json_t *o, const char *key)
{
	json_t *a = json_object_get(o, key);

	return json_is_array(a) ? a : NULL;
}

json_t *
doc_part(const json_t *o, const char *key)
{
	json_t *p = json_object_get(o, key);

	return json_is_object(p) ? p : NULL;
}

const char *
doc_item(const json_t *array, size_t i)
{
	const char *s = json_string_value(json_array_get(array, i));

	return s == NULL ? "" : s;
}

bool
doc_has(const json_t *array, const char *text)
{
	size_t i;

	for (i = 0; i < json_array_size(array); i++)
		if (strcmp(doc_item(array, i), text) == 0)
			return true;
	return false;
}

char *
doc_join(const json_t *array, const char *sep)
{
	struct buf b;
	char *out;
	size_t i;

	buf_init(&b, VALUE_MAX);
	for (i = 0; i < json_array_size(array); i++)
		(void)buf_addf(&b, "%s%s", i == 0 ? "" : sep,
		    doc_item(array, i));
	out = xstrdup(buf_str(&b));
	buf_clear(&b);
	return out;
}

const char *
doc_behalf(const char *name, json_int_t grant, char out[DOC_BEHALF_MAX])
{
	*out = '\0';
	if (*name != '\0' && grant != 0)
		(void)snprintf(out, DOC_BEHALF_MAX,
		    _(", en suplencia de %s (suplencia %lld)"), name, grant);
	else if (*name != '\0')
		(void)snprintf(out, DOC_BEHALF_MAX, _(", en suplencia de %s"),
		    name);
	return out;
}
