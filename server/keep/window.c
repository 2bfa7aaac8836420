/* SPDX-License-Identifier: ISC */
/* window.c - see window.h. */
#include "window.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Bytes of a number that fit in what is given. */
enum { NUMBER_BYTES = 8 };

static void
window_move(struct window *w, int64_t at)
{
	ssize_t n;

	w->at = at;
	w->n = 0;
	while (w->n < sizeof w->p) {
		n = pread(w->fd, w->p + w->n, sizeof w->p - w->n,
		    (off_t)(at + (int64_t)w->n));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		w->n += (size_t)n;
	}
}

const uint8_t *
window_at(struct window *w, int64_t at, size_t n)
{
	if (at < 0 || n > sizeof w->p || at > w->size ||
	    (int64_t)n > w->size - at)
		return NULL;
	if (at < w->at || at + (int64_t)n > w->at + (int64_t)w->n)
		window_move(w, at);
	return n <= w->n ? w->p + (at - w->at) : NULL;
}

int64_t
window_be(struct window *w, int64_t at, unsigned bytes)
{
	const uint8_t *p = window_at(w, at, bytes);
	uint64_t v = 0;
	unsigned i;

	for (i = 0; p != NULL && i < bytes && i < NUMBER_BYTES; i++)
		v = v << 8 | p[i];
	return p == NULL || v > INT64_MAX ? -1 : (int64_t)v;
}

int64_t
window_le(struct window *w, int64_t at, unsigned bytes)
{
	const uint8_t *p = window_at(w, at, bytes);
	uint64_t v = 0;
	unsigned i;

	for (i = bytes; p != NULL && i > 0 && bytes <= NUMBER_BYTES; i--)
		v = v << 8 | p[i - 1];
	return p == NULL || v > INT64_MAX ? -1 : (int64_t)v;
}

bool
window_is(struct window *w, int64_t at, const char *text)
{
	const uint8_t *p = window_at(w, at, strlen(text));

	return p != NULL && memcmp(p, text, strlen(text)) == 0;
}

const uint8_t *
bytes_find(const uint8_t *p, size_t n, const char *text)
{
	size_t len = strlen(text);
	const uint8_t *end = p + n, *at;

	while ((size_t)(end - p) >= len &&
	    (at = memchr(p, *text, (size_t)(end - p) - len + 1)) != NULL) {
		if (memcmp(at, text, len) == 0)
			return at;
		p = at + 1;
	}
	return NULL;
}

int64_t
window_find(struct window *w, int64_t at, int64_t end, const char *text)
{
	int64_t n = (int64_t)strlen(text), left;
	const uint8_t *p, *hit;

	if (end > w->size)
		end = w->size;
	while (at >= 0 && end - at >= n) {
		if ((p = window_at(w, at, (size_t)n)) == NULL)
			return -1;
		left = w->at + (int64_t)w->n - at;
		if (left > end - at)
			left = end - at;
		hit = bytes_find(p, (size_t)left, text);
		if (hit != NULL)
			return at + (hit - p);
		at += left - n + 1;
	}
	return -1;
}
