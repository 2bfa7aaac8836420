/* SPDX-License-Identifier: ISC */
/* examine_end.c - where files of each type come to their end. */
#include <string.h>

#include "examine.h"

enum {
	PDF_TAIL = 4096,		/* junk that senders add after its end */
	/* So many are looked at, of files made to be looked at for long. */
	BOXES_MAX = 20000, FOLDERS_MAX = 64, STRIPS_MAX = 256
};

/* ---- JPEG: marks, each with a length, and between them the picture ---- */

/* The next mark from at on, not one that belongs to the picture. */
static int64_t
jpeg_mark(struct window *w, int64_t at)
{
	const uint8_t *p;

	for (;; at++) {
		if ((at = window_find(w, at, w->size, "\xff")) < 0 ||
		    (p = window_at(w, at, 2)) == NULL)
			return -1;
		if (p[1] != 0x00 && p[1] != 0xff && (p[1] < 0xd0 || p[1] > 0xd7))
			return at;
	}
}

int64_t
jpeg_end(struct window *w)
{
	int64_t at = 2, n;
	const uint8_t *p;

	while ((at = jpeg_mark(w, at)) >= 0 &&
	    (p = window_at(w, at, 2)) != NULL) {
		if (p[1] == 0xd9)
			return at + 2;
		if ((n = window_be(w, at + 2, 2)) < 2)
			return -1;
		at += 2 + n;
	}
	return -1;
}

/* ---- PNG: chunks ---- */

int64_t
png_end(struct window *w)
{
	int64_t at = 8, n;

	while ((n = window_be(w, at, 4)) >= 0) {
		if (window_is(w, at + 4, "IEND"))
			return at + 12 <= w->size ? at + 12 : -1;
		at += 12 + n;
	}
	return -1;
}

/* ---- TIFF: folders of entries, that say where the picture's strips are ---- */

struct tiff {
	struct window *w;
	int64_t (*number)(struct window *, int64_t, unsigned);
};

static unsigned
tiff_width(int64_t type)
{
	static const uint8_t widths[] = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4,
		8 };

	return type > 0 && type < (int64_t)ARRAY_LEN(widths) ?
	    widths[type] : 1;
}

/* Value i of the entry at that place; -1 when it is not there. */
static int64_t
tiff_value(struct tiff *t, int64_t entry, int64_t i)
{
	unsigned width = tiff_width(t->number(t->w, entry + 2, 2));
	int64_t n = t->number(t->w, entry + 4, 4), at = entry + 8;

	if (i >= n || width > 4)
		return -1;
	if (n * width > 4)
		at = t->number(t->w, at, 4);
	return at < 0 ? -1 : t->number(t->w, at + i * width, width);
}

static bool
tiff_strips(struct tiff *t, int64_t places, int64_t sizes)
{
	int64_t i, n, at, size;

	if (places == 0 || sizes == 0)
		return true;
	n = t->number(t->w, places + 4, 4);
	for (i = n - 1; i >= 0; i -= n / STRIPS_MAX + 1) {
		at = tiff_value(t, places, i);
		size = tiff_value(t, sizes, i);
		if (at < 0 || size < 0 || at + size > t->w->size)
			return false;
	}
	return true;
}

/* One folder; *next gets where the next one is, 0 after the last. */
static bool
tiff_folder(struct tiff *t, int64_t at, int64_t *next)
{
	int64_t n = t->number(t->w, at, 2), i, entry, tag, places = 0,
		sizes = 0;

	for (i = 0; i < n; i++) {
		entry = at + 2 + 12 * i;
		tag = t->number(t->w, entry, 2);
		if (tag == 273 || tag == 324)
			places = entry;
		else if (tag == 279 || tag == 325)
			sizes = entry;
	}
	*next = n <= 0 ? -1 : t->number(t->w, at + 2 + 12 * n, 4);
	return *next >= 0 && tiff_strips(t, places, sizes);
}

int64_t
tiff_end(struct window *w)
{
	struct tiff t = { w, window_is(w, 0, "II") ? window_le : window_be };
	int64_t at = t.number(w, 4, 4);
	int i;

	/* BigTIFF has other widths; nobody attaches files of over 4 GiB. */
	if (t.number(w, 2, 2) != 42)
		return w->size;
	if (at <= 0)
		return -1;
	for (i = 0; i < FOLDERS_MAX && at > 0; i++)
		if (!tiff_folder(&t, at, &at))
			return -1;
	/* What entries point to may lie behind the strips. */
	return w->size;
}

/* ---- RIFF (WAV, WebP): one length for all ---- */

int64_t
riff_end(struct window *w)
{
	int64_t n = window_le(w, 4, 4);

	return n < 4 || n + 8 > w->size ? -1 : n + 8;
}

/* ---- MP4, QuickTime: boxes, some with pictures and one that lists them ---- */

int64_t
boxes_end(struct window *w)
{
	int64_t at = 0, n;
	bool listed = false, filled = false;
	int i;

	for (i = 0; at < w->size && i < BOXES_MAX; i++) {
		n = window_be(w, at, 4);
		if (n == 1)
			n = window_be(w, at + 8, 8);
		else if (n == 0)
			n = w->size - at;
		if (n < 8 || n > w->size - at)
			return -1;
		listed |= window_is(w, at + 4, "moov");
		filled |= window_is(w, at + 4, "mdat");
		at += n;
	}
	return listed && filled && at == w->size ? at : -1;
}

/* ---- Matroska: two elements, the second may not know its length ---- */

/* A length at *at, which goes past it; -1 not there, -2 unknown. */
static int64_t
ebml_length(struct window *w, int64_t *at)
{
	const uint8_t *p = window_at(w, *at, 1);
	unsigned bytes;
	int64_t v;

	if (p == NULL || *p == 0)
		return -1;
	bytes = (unsigned)__builtin_clz(*p) - 24 + 1;
	if ((v = window_be(w, *at, bytes)) < 0)
		return -1;
	*at += bytes;
	v &= ((int64_t)1 << (7 * bytes)) - 1;
	return v == ((int64_t)1 << (7 * bytes)) - 1 ? -2 : v;
}

int64_t
ebml_end(struct window *w)
{
	int64_t at = 4, n = ebml_length(w, &at);

	if (n < 0 || window_be(w, at + n, 4) != 0x18538067)
		return -1;
	at += n + 4;
	n = ebml_length(w, &at);
	if (n == -2)
		return w->size;
	return n < 0 || n > w->size - at ? -1 : at + n;
}

/* ---- PDF ---- */

int64_t
pdf_end(struct window *w)
{
	int64_t from = w->size > PDF_TAIL ? w->size - PDF_TAIL : 0;

	return window_find(w, from, w->size, "%%EOF") < 0 ? -1 : w->size;
}
