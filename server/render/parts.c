/* SPDX-License-Identifier: ISC */
/* parts.c - see parts.h. */
#include "parts.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

int
parts_map(int fd, struct bytes *b)
{
	struct stat st;
	void *p;

	memset(b, 0, sizeof *b);
	if (fstat(fd, &st) < 0 || st.st_size <= 0)
		return -ERR_SYSTEM;
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (p == MAP_FAILED)
		return -ERR_SYSTEM;
	b->p = p;
	b->n = (size_t)st.st_size;
	return 0;
}

void
parts_unmap(struct bytes *b)
{
	if (b->p != NULL)
		(void)munmap((void *)(uintptr_t)b->p, b->n);
	memset(b, 0, sizeof *b);
}

bool
parts_are_whole(const struct bytes *b, parts_fn *next)
{
	struct part part;
	size_t at = 0;
	int more;

	while ((more = next(b, &at, &part)) > 0)
		;
	return more == 0;
}

static int
part_end(const struct bytes *b, size_t *at, struct part *part)
{
	if (part->len > b->n - part->at)
		return -1;
	*at = part->at + part->len;
	return 1;
}

/* ---- JPEG: FF and a mark; most say their length; a scan goes on until the
 * next mark that is no part of it ---- */

enum { MARK_RST = 0xd0, MARK_SOI = 0xd8, MARK_EOI = 0xd9, MARK_SOS = 0xda };

static size_t
jpeg_scan(const struct bytes *b, size_t at)
{
	for (; at + 1 < b->n; at++)
		if (b->p[at] == 0xff && b->p[at + 1] != 0 &&
		    b->p[at + 1] != 0xff && (b->p[at + 1] & ~7) != MARK_RST)
			return at;
	return b->n;
}

int
parts_jpeg(const struct bytes *b, size_t *at, struct part *part)
{
	const uint8_t *p;
	size_t left;
	int mark;

	while (*at + 1 < b->n && b->p[*at] == 0xff && b->p[*at + 1] == 0xff)
		(*at)++;		/* a mark may have more than one FF */
	p = b->p + *at;
	left = b->n - *at;
	mark = left >= 2 ? p[1] : 0;
	if (left < 2 || p[0] != 0xff || (*at == 0) != (mark == MARK_SOI))
		return -1;
	if (mark == MARK_EOI)
		return 0;
	*part = (struct part){ .at = *at, .len = 2, .body = p + 2 };
	(void)snprintf(part->name, sizeof part->name, "%02X", mark & 0xff);
	if (mark == MARK_SOI)
		return part_end(b, at, part);
	if (left < 4 || (size_t)(p[2] << 8 | p[3]) > left - 2 ||
	    (p[2] << 8 | p[3]) < 2)
		return -1;
	part->body = p + 4;
	part->body_len = (size_t)(p[2] << 8 | p[3]) - 2;
	part->len = part->body_len + 4;
	if (mark == MARK_SOS)
		part->len = jpeg_scan(b, *at + part->len) - *at;
	return part_end(b, at, part);
}

/* ---- PNG: length, name, body, sum ---- */

enum { PNG_HEAD = 8, PNG_END = 12 };

/* The last chunk is always the same; a body may well end in its name. */
static const uint8_t png_end[] = "\0\0\0\0IEND\xae\x42\x60\x82";

static size_t
number_be(const uint8_t *p)
{
	return (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 |
	    p[3];
}

int
parts_png(const struct bytes *b, size_t *at, struct part *part)
{
	size_t from = *at == 0 ? PNG_HEAD : *at, body;

	if (from > PNG_HEAD &&
	    memcmp(b->p + from - PNG_END, png_end, PNG_END) == 0)
		return 0;
	if (b->n < PNG_END || from > b->n - PNG_END)
		return -1;
	body = number_be(b->p + from);
	*part = (struct part){ .at = from, .len = body + 12,
		.body = b->p + from + 8, .body_len = body };
	memcpy(part->name, b->p + from + 4, 4);
	return part_end(b, at, part);
}

/* ---- WebP: "RIFF", length, "WEBP"; name, length, body, made even ---- */

enum { WEBP_HEAD = 12 };

static size_t
number_le(const uint8_t *p)
{
	return (size_t)p[3] << 24 | (size_t)p[2] << 16 | (size_t)p[1] << 8 |
	    p[0];
}

int
parts_webp(const struct bytes *b, size_t *at, struct part *part)
{
	size_t from = *at == 0 ? WEBP_HEAD : *at, end, body;

	if (b->n < WEBP_HEAD || memcmp(b->p + 8, "WEBP", 4) != 0)
		return -1;
	end = number_le(b->p + 4) + 8;
	if (end > b->n || from > end)
		return -1;
	if (from == end)
		return 0;
	if (end - from < 8)
		return -1;
	body = number_le(b->p + from + 4);
	*part = (struct part){ .at = from, .len = body + (body & 1) + 8,
		.body = b->p + from + 8, .body_len = body };
	memcpy(part->name, b->p + from, 4);
	return part_end(b, at, part);
}

/* ---- how the camera was held ---- */

enum { TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3 };

static unsigned
tiff_short(const uint8_t *p, bool big)
{
	return big ? (unsigned)(p[0] << 8 | p[1]) :
	    (unsigned)(p[1] << 8 | p[0]);
}

/* 1 to 8, or 0 when it does not say so in its first folder. */
static unsigned
exif_orientation(const uint8_t *p, size_t n)
{
	unsigned entries, i, turned;
	size_t at;
	bool big;

	if (n >= 6 && memcmp(p, "Exif\0\0", 6) == 0) {
		p += 6;
		n -= 6;
	}
	if (n < 8 || (memcmp(p, "MM", 2) != 0 && memcmp(p, "II", 2) != 0))
		return 0;
	big = p[0] == 'M';
	at = tiff_short(p + (big ? 6 : 4), big);
	if (at > n - 2)
		return 0;
	entries = tiff_short(p + at, big);
	for (i = 0, at += 2; i < entries && n >= 12 && at <= n - 12;
	    i++, at += 12)
		if (tiff_short(p + at, big) == TAG_ORIENTATION &&
		    tiff_short(p + at + 2, big) == TYPE_SHORT) {
			turned = tiff_short(p + at + 8, big);
			return turned <= 8 ? turned : 0;
		}
	return 0;
}

unsigned
parts_orientation(const struct bytes *b, parts_fn *next, const char *exif)
{
	struct part part;
	unsigned turned = 0;
	size_t at = 0;

	while (turned == 0 && next(b, &at, &part) > 0)
		if (strcmp(part.name, exif) == 0)
			turned = exif_orientation(part.body, part.body_len);
	return turned;
}
