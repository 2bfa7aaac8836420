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
	const char *kind;
	const char *begins;
	size_t begins_len;
	parts_fn *next;
	const char *const *kept;	/* names of parts; NULL ends them */
	int (*copy)(const struct bytes *, const struct format *, int out,
	    struct why *);
};

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
	unsigned entries, i;
	size_t at;
	bool big;

	if (n < 14 || memcmp(p, "Exif\0\0", 6) != 0)
		return 0;
	p += 6;
	n -= 6;
	big = p[0] == 'M';
	at = big ? (size_t)tiff_short(p + 6, true) :
	    (size_t)tiff_short(p + 4, false);
	if (at > n - 2)
		return 0;
	entries = tiff_short(p + at, big);
	for (i = 0, at += 2; i < entries && n >= 12 && at <= n - 12;
	    i++, at += 12)
		if (tiff_short(p + at, big) == TAG_ORIENTATION &&
		    tiff_short(p + at + 2, big) == TYPE_SHORT)
			return tiff_short(p + at + 8, big) <= 8 ?
			    tiff_short(p + at + 8, big) : 0;
	return 0;
}

/* A segment that says that and nothing else. */
static int
exif_write(unsigned orientation, int out, struct why *why)
{
	uint8_t segment[] = "\xff\xe1\0\x22" "Exif\0\0" "MM\0*\0\0\0\010"
	    "\0\001" "\001\022\0\003\0\0\0\001\0\0\0\0" "\0\0\0";

	segment[29] = (uint8_t)orientation;
	return render_write(out, segment, sizeof segment, why);
}

/* ---- formats ---- */

static bool
part_is_kept(const struct format *f, const struct part *part)
{
	size_t i;

	for (i = 0; f->kept[i] != NULL; i++)
		if (strcmp(f->kept[i], part->name) == 0)
			return true;
	return false;
}

/*
 * Colour profiles stay: without them colours would be others.  So does JFIF,
 * if it brings no thumbnail.
 */
static bool
jpeg_is_kept(const struct format *f, const struct part *part)
{
	if (strcmp(part->name, "E2") == 0)
		return part->body_len > 12 &&
		    memcmp(part->body, "ICC_PROFILE\0", 12) == 0;
	if (strcmp(part->name, "E0") == 0)
		return part->body_len == 14 &&
		    memcmp(part->body, "JFIF\0", 5) == 0;
	return part->name[0] == 'C' || part_is_kept(f, part);
}

static int
copy_jpeg(const struct bytes *b, const struct format *f, int out,
    struct why *why)
{
	unsigned orientation = 0;
	struct part part;
	size_t at = 0;
	int r = 0;

	while (r == 0 && f->next(b, &at, &part) > 0)
		if (strcmp(part.name, "E1") == 0 && orientation == 0 &&
		    (orientation = exif_orientation(part.body,
			 part.body_len)) != 0)
			r = exif_write(orientation, out, why);
		else if (jpeg_is_kept(f, &part))
			r = render_write(out, b->p + part.at, part.len, why);
	return r < 0 ? r : render_write(out, "\xff\xd9", 2, why);
}

static int
copy_png(const struct bytes *b, const struct format *f, int out,
    struct why *why)
{
	struct part part;
	size_t at = 0;
	int r = render_write(out, b->p, f->begins_len, why);

	while (r == 0 && f->next(b, &at, &part) > 0)
		if (part_is_kept(f, &part))
			r = render_write(out, b->p + part.at, part.len, why);
	return r;
}

/* Its first chunk says which others there are, and the file its own length. */
static int
copy_webp(const struct bytes *b, const struct format *f, int out,
    struct why *why)
{
	enum { HAS_EXIF = 8, HAS_XMP = 4, SIZE_MAX_BYTES = 10 };
	uint8_t head[12] = "RIFF\0\0\0\0WEBP", wide[8 + SIZE_MAX_BYTES];
	size_t at = 0, n = 4, i;
	struct part part;
	int r;

	while (f->next(b, &at, &part) > 0)
		n += part_is_kept(f, &part) ? part.len : 0;
	for (i = 0; i < 4; i++)
		head[4 + i] = (uint8_t)(n >> (8 * i));
	r = render_write(out, head, sizeof head, why);
	for (at = 0; r == 0 && f->next(b, &at, &part) > 0;) {
		if (!part_is_kept(f, &part))
			continue;
		if (strcmp(part.name, "VP8X") != 0 || part.len != sizeof wide) {
			r = render_write(out, b->p + part.at, part.len, why);
			continue;
		}
		memcpy(wide, b->p + part.at, sizeof wide);
		wide[8] &= (uint8_t)~(HAS_EXIF | HAS_XMP);
		r = render_write(out, wide, sizeof wide, why);
	}
	return r;
}

/* SOI, Adobe's word on colours, tables, lines, intervals, scans. */
static const char *const kept_jpeg[] = { "D8", "EE", "DB", "DC", "DD", "DA",
	NULL };
static const char *const kept_png[] = { "IHDR", "PLTE", "IDAT", "IEND", "tRNS",
	"gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", NULL };
static const char *const kept_webp[] = { "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM",
	"ANMF", "ICCP", NULL };

// clang-format off
static const struct format formats[] = {
	{ "jpeg", "\xff\xd8\xff", 3, parts_jpeg, kept_jpeg, copy_jpeg },
	{ "png", "\x89PNG\r\n\x1a\n", 8, parts_png, kept_png, copy_png },
	{ "webp", "RIFF", 4, parts_webp, kept_webp, copy_webp },
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
	int fd = (int)json_integer_value(json_object_get(job, "file")), r;
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
