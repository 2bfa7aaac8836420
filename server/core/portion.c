/* SPDX-License-Identifier: ISC */
/*
 * portion.c - lists that may be longer than one message: as much as fits, and
 * where the rest begins, which the same verb gives with desde=.
 */
#include <stdlib.h>

#include "req.h"

/* Its bytes in an answer, and the comma behind it. */
size_t
portion_size(const json_t *item)
{
	return json_dumpb(item, NULL, 0, JSON_COMPACT | JSON_ENCODE_ANY) + 1;
}

int
portion_from(struct req *q, int64_t *from)
{
	const char *text = req_take(q, "desde");
	char *end = NULL;

	*from = text == NULL ? 0 : strtoll(text, &end, 10);
	if (text == NULL || (*text >= '0' && *text <= '9' && *end == '\0' &&
	    *from < INT64_MAX))
		return 0;
	return why_set(&q->why, ERR_USAGE, "desde= es el número con que sigue "
	    "la lista, como lo dice «next»: no «%.40s».", text);
}

void
portion_cut(struct req *q, json_t *list, int64_t from)
{
	size_t n = json_array_size(list), first = (size_t)from, end, room = 0;

	first = first < n ? first : n;
	for (end = first; end < n; end++) {
		room += portion_size(json_array_get(list, end));
		if (room > PORTION_ROOM && end > first)
			break;
	}
	if (end < n)
		json_object_set_new(q->out, "next",
		    json_integer((json_int_t)end));
	while (json_array_size(list) > end)
		(void)json_array_remove(list, json_array_size(list) - 1);
	portion_drop(list, first);
}

void
portion_drop(json_t *list, size_t n)
{
	json_t *rest;
	size_t i;

	if (n == 0)
		return;
	rest = json_array();
	for (i = n; i < json_array_size(list); i++)
		json_array_append(rest, json_array_get(list, i));
	json_array_clear(list);
	json_array_extend(list, rest);
	json_decref(rest);
}

void
portion_newest(json_t *o, const char *key, size_t room)
{
	json_t *list = json_object_get(o, key);
	size_t i = json_array_size(list), size = 0;
	char left[32];

	while (i > 0 && (size += portion_size(json_array_get(list, i - 1))) <=
	    room)
		i--;
	if (i == 0)
		return;
	portion_drop(list, i);
	(void)snprintf(left, sizeof left, "%s_left", key);
	json_object_set_new(o, left, json_integer((json_int_t)i));
}
