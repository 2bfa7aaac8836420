/* SPDX-License-Identifier: ISC */
/*
 * private.h - what cameras and authors write into photographs, put into a plain
 * one: where it was taken, by whom, with what, a small one of the same, and
 * bytes behind the end; and that the camera was held upright.
 */
#ifndef PAUTA_PRIVATE_H
#define PAUTA_PRIVATE_H

#include <glib.h>
#include <stdint.h>
#include <string.h>

/* None of it may be read in what is published. */
static const struct { const char *what, *bytes; size_t len; } private_traces[] = {
	{ "artist", "ANA RUIZ", 8 },
	{ "latitude", "\0\0\0\035\0\0\0\001\0\0\0\004\0\0\0\001", 16 },
	{ "small one", "MINIATURA 42", 12 },
	{ "XMP", "GPSLatitude", 11 },
	{ "IPTC", "ANARUIZ", 7 },
	{ "comment", "CAMARA 0042", 11 },
	{ "behind the end", "DESPUES DEL FIN", 15 },
};

/*
 * EXIF as TIFF: orientation 6 (held upright), who, a folder of GPS with a
 * latitude whose three numbers stand behind it, and a second folder with a
 * small JPEG.
 */
static const uint8_t private_tiff[] = "MM\0*\0\0\0\010"
    "\0\003"
    "\001\022\0\003\0\0\0\001\0\006\0\0"	/* orientation */
    "\001\073\0\002\0\0\0\012\0\0\0\062"	/* artist */
    "\210\045\0\004\0\0\0\001\0\0\0\074"	/* GPS folder */
    "\0\0\0\162"
    "ANA RUIZ\0\0"
    "\0\002"
    "\0\001\0\002\0\0\0\002N\0\0\0"
    "\0\002\0\005\0\0\0\003\0\0\0\132"
    "\0\0\0\0"
    "\0\0\0\035\0\0\0\001\0\0\0\004\0\0\0\001\0\0\0\073\0\0\0\001"
    "\0\002"
    "\002\001\0\004\0\0\0\001\0\0\0\220"
    "\002\002\0\004\0\0\0\001\0\0\0\024"
    "\0\0\0\0"
    "\xff\xd8\xff\xfe\0\016MINIATURA 42\xff\xd9";
static const char private_xmp[] = "<x:xmpmeta><exif:GPSLatitude>29,4.9N"
    "</exif:GPSLatitude></x:xmpmeta>";
static const char private_iptc[] = "Photoshop 3.0\0008BIM\004\004\0\0\0\0\0\014"
    "\034\002\120\0\007ANARUIZ";

static inline void
private_add(GByteArray *out, const void *p, size_t n)
{
	(void)g_byte_array_append(out, p, (guint)n);
}

/* ---- JPEG: a mark, its length, what it says ---- */

static inline void
private_segment(GByteArray *out, int mark, const char *name, size_t name_len,
    const void *p, size_t n)
{
	size_t len = name_len + n + 2;
	uint8_t head[4] = { 0xff, (uint8_t)mark, (uint8_t)(len >> 8),
		(uint8_t)len };

	private_add(out, head, sizeof head);
	private_add(out, name, name_len);
	private_add(out, p, n);
}

static inline void
private_jpeg(GByteArray *out, const void *plain, size_t n)
{
	private_add(out, plain, 2);
	private_segment(out, 0xe1, "Exif\0", 6, private_tiff,
	    sizeof private_tiff - 1);
	private_segment(out, 0xe1, "http://ns.adobe.com/xap/1.0/", 29,
	    private_xmp, sizeof private_xmp - 1);
	private_segment(out, 0xed, "", 0, private_iptc,
	    sizeof private_iptc - 1);
	private_segment(out, 0xfe, "", 0, "CAMARA 0042", 11);
	private_add(out, (const uint8_t *)plain + 2, n - 2);
	private_add(out, "DESPUES DEL FIN", 15);
}

/* ---- PNG: length, name, body, sum ---- */

static inline void
private_be(GByteArray *out, uint32_t n)
{
	uint8_t p[4] = { (uint8_t)(n >> 24), (uint8_t)(n >> 16),
		(uint8_t)(n >> 8), (uint8_t)n };

	private_add(out, p, sizeof p);
}

static inline uint32_t
private_sum(const uint8_t *p, size_t n)
{
	uint32_t sum = UINT32_MAX;
	int bit;

	for (; n > 0; n--, p++)
		for (sum ^= *p, bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (sum & 1 ? 0xedb88320 : 0);
	return ~sum;
}

/* name: with the keyword of a text, whose 4 first bytes are the chunk's. */
static inline void
private_chunk(GByteArray *out, const char *name, size_t name_len,
    const void *p, size_t n)
{
	guint from = out->len + 4;

	private_be(out, (uint32_t)(name_len - 4 + n));
	private_add(out, name, name_len);
	private_add(out, p, n);
	private_be(out, private_sum(out->data + from, out->len - from));
}

static inline void
private_png(GByteArray *out, const void *plain, size_t n)
{
	enum { AHEAD = 8 + 25 };		/* its name and IHDR */

	private_add(out, plain, AHEAD);
	private_chunk(out, "eXIf", 4, private_tiff, sizeof private_tiff - 1);
	private_chunk(out, "iTXtXML:com.adobe.xmp\0\0\0\0", 26, private_xmp,
	    sizeof private_xmp - 1);
	private_chunk(out, "tEXtRaw profile type iptc", 26, private_iptc,
	    sizeof private_iptc - 1);
	private_chunk(out, "tEXtComment", 12, "CAMARA 0042", 11);
	private_chunk(out, "tIME", 4, "\x07\xea\013\027\017\036\0", 7);
	private_add(out, (const uint8_t *)plain + AHEAD, n - AHEAD);
	private_add(out, "DESPUES DEL FIN", 15);
}

/* ---- WebP: name, length, body, made even; the file says how long it is ---- */

static inline void
private_le(GByteArray *out, uint32_t n)
{
	uint8_t p[4] = { (uint8_t)n, (uint8_t)(n >> 8), (uint8_t)(n >> 16),
		(uint8_t)(n >> 24) };

	private_add(out, p, sizeof p);
}

static inline void
private_riff(GByteArray *out, const char *name, const void *p, size_t n)
{
	private_add(out, name, 4);
	private_le(out, (uint32_t)n);
	private_add(out, p, n);
	private_add(out, "", n & 1);
}

/* Of one point, made by hand: nothing here writes this type. */
static inline void
private_webp(GByteArray *out)
{
	static const uint8_t image[] = "\x2f\0\0\0\0\x88\x88\xfe\x07";
	uint32_t n;

	private_add(out, "RIFF\0\0\0\0WEBP", 12);
	private_riff(out, "VP8X", "\014\0\0\0\0\0\0\0\0\0", 10);
	private_riff(out, "VP8L", image, sizeof image - 1);
	private_riff(out, "EXIF", private_tiff, sizeof private_tiff - 1);
	private_riff(out, "XMP ", private_xmp, sizeof private_xmp - 1);
	private_riff(out, "IPTC", private_iptc, sizeof private_iptc - 1);
	private_riff(out, "CMNT", "CAMARA 0042", 11);
	n = out->len - 8;
	memcpy(out->data + 4, (uint8_t[]){ (uint8_t)n, (uint8_t)(n >> 8),
		(uint8_t)(n >> 16), (uint8_t)(n >> 24) }, 4);
	private_add(out, "DESPUES DEL FIN", 15);
}

#endif
