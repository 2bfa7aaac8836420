/* SPDX-License-Identifier: ISC */
/*
 * window.h - look at any place of a file of any length through a few bytes of
 * memory.  What lies past its end is asked for as often as one likes: it is
 * not there.
 */
#ifndef PAUTA_WINDOW_H
#define PAUTA_WINDOW_H

#include "../../proto/base.h"

enum { WINDOW_BYTES = 128 << 10 };

struct window {
	int fd;
	int64_t size, at;		/* of the file; where p begins */
	size_t n;
	uint8_t p[WINDOW_BYTES];
};

/*
 * n bytes (WINDOW_BYTES at most) at that place, until the next question; NULL
 * when the file ends before.
 */
const uint8_t *window_at(struct window *, int64_t at, size_t n);
/* A number of so many bytes there, the greatest or the least first; or -1. */
int64_t window_be(struct window *, int64_t at, unsigned bytes);
int64_t window_le(struct window *, int64_t at, unsigned bytes);
bool window_is(struct window *, int64_t at, const char *text);
/* Where text stands first among n bytes, or NULL. */
const uint8_t *bytes_find(const uint8_t *, size_t n, const char *text);
/* Where text stands first from at on, before end; or -1. */
int64_t window_find(struct window *, int64_t at, int64_t end,
    const char *text);

#endif
