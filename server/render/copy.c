/* SPDX-License-Identifier: ISC */
/*
 * copy.c - kind "copia": a photograph as it may leave the office.
 *
 *	job	{"file":3}
 *	result	the file without what its camera and its author wrote into it:
 *		where and when it was taken, with what, by whom, comments,
 *		thumbnails, and whatever follows the end of the image
 *
 * The image itself is copied part by part, not decoded: not a point changes.
 * Of what EXIF says only how the camera was held is kept, or it would lie on
 * its side.  What is not known to be harmless is left out.
 */
#include "copy.h"

#include <string.h>

#include "parts.h"

struct format {
	const char *begins;
	size_t begins_len;
	parts_fn *next;
	const char *exif;		/* the part that has it */
	bool (*is_kept)(const struct part *);
	int (*copy)(const struct bytes *, const struct format *, int out,
	    struct why *);
};

static bool
part_is_among(const struct part *part, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcmp(*names, part->name) == 0)
			return true;
	return false;
}

/* ---- how the camera was held ---- */

enum { TURNED_LEN = 26 };

/* EXIF that says that and nothing else. */
static void
exif_make(unsigned turned, uint8_t out[TURNED_LEN])
{
	static const uint8_t plain[] = "MM\0*\0\0\0\010" "\0\001"
	    "\001\022\0\003\0\0\0\001\0\0\0\0" "\0\0\0";

	memcpy(out, plain, TURNED_LEN);
	out[19] = (uint8_t)turned;
}

/* ---- formats ---- */

/*
 * Colour profiles stay: without them colours would be others.  So do JFIF, if
 * it brings no thumbnail, Adobe's word on colours, tables, lines, intervals and
 * scans.
 */
static bool
jpeg_is_kept(const struct part *part)
{
	static const char *const names[] = { "D8", "DB", "DC", "DD", "DA",
		NULL };
	static const struct { const char *name, *says; size_t len, most; }
	marks[] = {
		{ "E0", "JFIF", 5, 14 },
		{ "E2", "ICC_PROFILE", 12, SIZE_MAX },
		{ "EE", "Adobe", 5, 12 },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(marks); i++)
		if (strcmp(part->name, marks[i].name) == 0)
			return part->body_len >= marks[i].len &&
			    part->body_len <= marks[i].most &&
			    memcmp(part->body, marks[i].says,
				marks[i].len) == 0;
	return part->name[0] == 'C' || part_is_among(part, names);
}

static int
copy_jpeg(const struct bytes *b, const struct format *f, int out,
    struct why *why)
{
	uint8_t segment[10 + TURNED_LEN] = "\xff\xe1\0\x22" "Exif\0";
	unsigned turned = parts_orientation(b, f->next, f->exif);
	struct part part;
	size_t at = 0;
	int r = 0;

	exif_make(turned, segment + 10);
	while (r == 0 && f->next(b, &at, &part) > 0)
		if (f->is_kept(&part)) {
			r = render_write(out, b->p + part.at, part.len, why);
		} else if (turned != 0 && strcmp(part.name, f->exif) == 0) {
			r = render_write(out, segment, sizeof segment, why);
			turned = 0;
		}
	return r < 0 ? r : render_write(out, "\xff\xd9", 2, why);
}

static bool
png_is_kept(const struct part *part)
{
	static const char *const names[] = { "IHDR", "PLTE", "IDAT", "IEND",
		"tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs",
		NULL };

	return part_is_among(part, names);
}

/* The sum that a chunk ends in (ISO 3309), the greatest byte first. */
static void
png_sum(const uint8_t *p, size_t n, uint8_t out[4])
{
	uint32_t sum = UINT32_MAX;
	int bit;

	for (; n > 0; n--, p++)
		for (sum ^= *p, bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (sum & 1 ? 0xedb88320 : 0);
	for (bit = 0; bit < 4; bit++)
		out[bit] = (uint8_t)(~sum >> (24 - 8 * bit));
}

static int
copy_png(const struct bytes *b, const struct format *f, int out,
    struct why *why)
{
	uint8_t chunk[8 + TURNED_LEN + 4] = "\0\0\0\x1a" "eXIf";
	unsigned turned = parts_orientation(b, f->next, f->exif);
	struct part part;
	size_t at = 0;
	int r = render_write(out, b->p, f->begins_len, why);

	exif_make(turned, chunk + 8);
	png_sum(chunk + 4, 4 + TURNED_LEN, chunk + 8 + TURNED_LEN);
	while (r == 0 && f->next(b, &at, &part) > 0)
		if (f->is_kept(&part)) {
			r = render_write(out, b->p + part.at, part.len, why);
		} else if (turned != 0 && strcmp(part.name, f->exif) == 0) {
			r = render_write(out, chunk, sizeof chunk, why);
			turned = 0;
		}
	return r;
}

static bool
webp_is_kept(const struct part *part)
{
	static const char *const names[] = { "VP8 ", "VP8L", "VP8X", "ALPH",
		"ANIM", "ANMF", "ICCP", NULL };

	return part_is_among(part, names);
}

/* Bytes of what is kept, after the length that the file says itself. */
static size_t
webp_length(const struct bytes *b, const struct format *f, size_t exif)
{
	size_t at = 0, n = 4 + exif;
	struct part part;

	while (f->next(b, &at, &part) > 0)
		n += f->is_kept(&part) ? part.len : 0;
	return n;
}

/* Its first chunk says which others there are, and the file its own length. */
static int
copy_webp(const struct bytes *b, const struct format *f, int out,
    struct why *why)
{
	enum { HAS_EXIF = 8, HAS_XMP = 4, WIDE = 8 + 10 };
	uint8_t head[12] = "RIFF\0\0\0\0WEBP", wide[WIDE],
	    chunk[8 + TURNED_LEN] = "EXIF\x1a\0\0";
	unsigned turned = parts_orientation(b, f->next, f->exif);
	size_t exif = turned != 0 ? sizeof chunk : 0, at = 0, n, i;
	struct part part;
	int r;

	exif_make(turned, chunk + 8);
	n = webp_length(b, f, exif);
	for (i = 0; i < 4; i++)
		head[4 + i] = (uint8_t)(n >> (8 * i));
	r = render_write(out, head, sizeof head, why);
	while (r == 0 && f->next(b, &at, &part) > 0) {
		if (!f->is_kept(&part))
			continue;
		if (strcmp(part.name, "VP8X") != 0 || part.len != WIDE) {
			r = render_write(out, b->p + part.at, part.len, why);
			continue;
		}
		memcpy(wide, b->p + part.at, WIDE);
		wide[8] &= (uint8_t)~(HAS_XMP | (exif > 0 ? 0 : HAS_EXIF));
		r = render_write(out, wide, WIDE, why);
	}
	return r < 0 ? r : render_write(out, chunk, exif, why);
}

// clang-format off
static const struct format formats[] = {
	{ "\xff\xd8\xff", 3, parts_jpeg, "E1", jpeg_is_kept, copy_jpeg },
	{ "\x89PNG\r\n\x1a\n", 8, parts_png, "eXIf", png_is_kept, copy_png },
	{ "RIFF", 4, parts_webp, "EXIF", webp_is_kept, copy_webp },
};
// clang-format on

static const struct format *
format_find(const struct bytes *b)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(formats); i++)
		if (b->n >= formats[i].begins_len &&
		    memcmp(b->p, formats[i].begins,
			formats[i].begins_len) == 0)
			return &formats[i];
	return NULL;
}

int
render_copy(const json_t *job, int out, struct why *why)
{
	int fd = (int)doc_int(job, "file"), r;
	const struct format *f;
	struct bytes b;

	if (parts_map(fd, &b) < 0)
		return why_set(why, ERR_REFUSED, "El archivo está vacío: no "
		    "hay qué publicar.");
	f = format_find(&b);
	if (f == NULL)
		r = why_set(why, ERR_REFUSED, "Solo de fotos JPEG, PNG y WebP "
		    "se hace copia para publicar: convierta el archivo a uno "
		    "de esos tipos.");
	else if (!parts_are_whole(&b, f->next))
		r = why_set(why, ERR_REFUSED, "La imagen está dañada o "
		    "incompleta: no se puede publicar.");
	else
		r = f->copy(&b, f, out, why);
	parts_unmap(&b);
	return r;
}
