/* SPDX-License-Identifier: ISC */
/*
 * outlet_read.c - what the courier read of an outlet's feed: where it was left
 * (ETag, Last-Modified), and when it is read again.
 */
#include "job_own.h"

enum { READ_EVERY_S = 1800, READ_LEAST_S = 300 };

/* Seconds between two readings. */
static int64_t
read_every(const json_t *body)
{
	int64_t s = json_integer_value(json_object_get(body, "every_s"));

	return s == 0 ? READ_EVERY_S : s < READ_LEAST_S ? READ_LEAST_S : s;
}

int
outlet_on_read(struct req *q, const struct job_row *row, const json_t *result,
    int64_t *again, char **body)
{
	static const char *const kept[] = { "etag", "modified" };
	json_t *next = json_loads(row->body, 0, NULL), *v;
	size_t i;

	for (i = 0; i < ARRAY_LEN(kept); i++) {
		v = json_object_get(result, kept[i]);
		if (json_is_string(v) && json_string_length(v) < TEXT_MAX / 4)
			json_object_set(next, kept[i], v);
		else if (!json_is_true(json_object_get(result, "same")))
			json_object_del(next, kept[i]);
	}
	*again = q->now.s + read_every(next);
	*body = json_dumps(next, JSON_COMPACT);
	json_decref(next);
	return 0;
}
