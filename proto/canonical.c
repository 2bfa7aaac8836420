/* SPDX-License-Identifier: ISC */
/*
 * canonical.c - one line of canonical JSON: hash_canonical() of hash.h.  Every
 * event passes here: it is written straight into one buffer.
 */
#include <assert.h>

#include "hash.h"

enum { LINE_MAX_BYTES = 64 << 20 };

static void canonical_put(struct buf *, const json_t *);

static void
canonical_add(struct buf *b, const char *p, size_t n)
{
	int r = buf_add(b, p, n);

	assert(r == 0);
}

/* jansson holds valid UTF-8 only; what RFC 8785 escapes is all below 0x60. */
static void
canonical_string(struct buf *b, const char *s, size_t n)
{
	static const char names[] = "\"\\\b\f\n\r\t", says[] = "\"\\bfnrt";
	const char *end = s + n, *run = s, *at;

	canonical_add(b, "\"", 1);
	for (; s < end; s++) {
		if ((unsigned char)*s >= 0x20 && *s != '"' && *s != '\\')
			continue;
		at = memchr(names, *s, sizeof names - 1);
		assert(at != NULL);
		canonical_add(b, run, (size_t)(s - run));
		canonical_add(b, "\\", 1);
		canonical_add(b, says + (at - names), 1);
		run = s + 1;
	}
	canonical_add(b, run, (size_t)(s - run));
	canonical_add(b, "\"", 1);
}

static int
canonical_compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
canonical_object(struct buf *b, const json_t *o)
{
	size_t n = json_object_size(o), i = 0;
	const char **keys = xcalloc(n, sizeof *keys), *key;
	json_t *v;

	json_object_foreach((json_t *)o, key, v)
		keys[i++] = key;
	qsort(keys, n, sizeof *keys, canonical_compare);
	canonical_add(b, "{", 1);
	for (i = 0; i < n; i++) {
		if (i > 0)
			canonical_add(b, ",", 1);
		canonical_string(b, keys[i], strlen(keys[i]));
		canonical_add(b, ":", 1);
		canonical_put(b, json_object_get(o, keys[i]));
	}
	canonical_add(b, "}", 1);
	free(keys);
}

static void
canonical_array(struct buf *b, const json_t *a)
{
	json_t *v;
	size_t i;

	canonical_add(b, "[", 1);
	json_array_foreach(a, i, v) {
		if (i > 0)
			canonical_add(b, ",", 1);
		canonical_put(b, v);
	}
	canonical_add(b, "]", 1);
}

static void
canonical_integer(struct buf *b, json_int_t i)
{
	char text[24];

	canonical_add(b, text, (size_t)snprintf(text, sizeof text,
	    "%" JSON_INTEGER_FORMAT, i));
}

static void
canonical_put(struct buf *b, const json_t *v)
{
	assert(!json_is_real(v));
	if (json_is_object(v))
		canonical_object(b, v);
	else if (json_is_array(v))
		canonical_array(b, v);
	else if (json_is_string(v))
		canonical_string(b, json_string_value(v),
		    json_string_length(v));
	else if (json_is_integer(v))
		canonical_integer(b, json_integer_value(v));
	else
		canonical_add(b, json_is_true(v) ? "true" :
		    json_is_false(v) ? "false" : "null",
		    json_is_false(v) ? 5 : 4);
}

char *
hash_canonical(const json_t *doc)
{
	struct buf b;

	assert(doc != NULL);
	buf_init(&b, LINE_MAX_BYTES);
	canonical_put(&b, doc);
	canonical_add(&b, "", 1);
	return (char *)b.p;
}
