/* SPDX-License-Identifier: ISC */
/*
 * canonical.c - one line of canonical JSON: hash_canonical() of hash.h.  Every
 * event passes here: it is written straight into one buffer, and few objects
 * have so many keys that sorting them needs more room than the stack has.
 */
#include <assert.h>

#include "hash.h"

enum { LINE_MAX_BYTES = 64 << 20, LINE_USUAL = 512, KEYS_USUAL = 24 };

struct member {
	const char *key;
	const json_t *value;
};

void
canonical_add(struct buf *b, const char *p, size_t n)
{
	int r = buf_add(b, p, n);

	assert(r == 0);
}

/* jansson holds valid UTF-8 only; what RFC 8785 escapes is all below 0x60. */
void
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

/* The members of an object in order of their keys: each is put in its place. */
static void
members_sort(const json_t *o, struct member *m)
{
	const char *key;
	size_t n = 0, i;
	json_t *v;

	json_object_foreach((json_t *)(uintptr_t)o, key, v) {
		for (i = n++; i > 0 && strcmp(m[i - 1].key, key) > 0; i--)
			m[i] = m[i - 1];
		m[i] = (struct member){ key, v };
	}
}

static void
canonical_object(struct buf *b, const json_t *o)
{
	size_t n = json_object_size(o), i;
	struct member few[KEYS_USUAL], *m = few;

	if (n > KEYS_USUAL)
		m = xcalloc(n, sizeof *m);
	members_sort(o, m);
	canonical_add(b, "{", 1);
	for (i = 0; i < n; i++) {
		if (i > 0)
			canonical_add(b, ",", 1);
		canonical_string(b, m[i].key, strlen(m[i].key));
		canonical_add(b, ":", 1);
		canonical_put(b, m[i].value);
	}
	canonical_add(b, "}", 1);
	if (m != few)
		free(m);
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

void
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

void
canonical_begin(struct buf *b)
{
	buf_init(b, LINE_MAX_BYTES);
	b->cap = LINE_USUAL;
	b->p = xcalloc(b->cap, 1);
}

char *
canonical_end(struct buf *b)
{
	canonical_add(b, "", 1);
	return (char *)b->p;
}

char *
hash_canonical(const json_t *doc)
{
	struct buf b;

	assert(doc != NULL);
	canonical_begin(&b);
	canonical_put(&b, doc);
	return canonical_end(&b);
}
