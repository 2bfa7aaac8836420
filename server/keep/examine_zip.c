/* SPDX-License-Identifier: ISC */
/*
 * examine_zip.c - the list of contents at the end of an archive: names and
 * lengths, which is all that is needed to know a document with programs in it,
 * one that is a bomb, and one that is no document.
 */
#include <stdio.h>
#include <string.h>

#include "examine.h"

enum {
	END_BYTES = 22, COMMENT_MAX = 65535, ENTRY_BYTES = 46,
	/* An honest document packs its text to a hundredth at best. */
	BOMB_TIMES = 100
};
#define BOMB_BYTES (100LL << 20)

struct zip {
	struct window *w;
	int64_t at;			/* the mark that ends the archive */
	int64_t list, length, entries;	/* of the list of contents */
	/* found by reading it */
	int64_t packed, unpacked;
	bool macros, sound;
	unsigned parts;			/* of wanted[] that are there, bits */
};

/* What a document of its type has, or it is only an archive. */
static const struct wanted {
	const char *mime, *part;
} wanted[] = {
	{ "application/vnd.oasis.opendocument.presentation", "content.xml" },
	{ "application/vnd.oasis.opendocument.spreadsheet", "content.xml" },
	{ "application/vnd.oasis.opendocument.text", "content.xml" },
	{ "application/vnd.openxmlformats-officedocument.presentationml"
	  ".presentation", "ppt/presentation.xml" },
	{ "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	  "xl/workbook.xml" },
	{ "application/vnd.openxmlformats-officedocument.wordprocessingml"
	  ".document", "word/document.xml" },
};

static bool
zip_find(struct zip *z)
{
	struct window *w = z->w;
	int64_t at = w->size - END_BYTES,
		least = at > COMMENT_MAX ? at - COMMENT_MAX : 0;

	/* All of it at once: what follows goes backwards. */
	if (at < 0 || window_at(w, least, (size_t)(w->size - least)) == NULL)
		return false;
	for (; at >= least; at--) {
		if (!window_is(w, at, "PK\005\006") ||
		    window_le(w, at + 20, 2) != w->size - at - END_BYTES)
			continue;
		z->at = at;
		z->entries = window_le(w, at + 10, 2);
		z->length = window_le(w, at + 12, 4);
		z->list = window_le(w, at + 16, 4);
		return true;
	}
	return false;
}

/* One that was put behind another file may count from its own start. */
bool
zip_is_there(struct window *w)
{
	int64_t last = w->size - END_BYTES,
		at = last > COMMENT_MAX ? last - COMMENT_MAX : 0;

	/* Its readers take one that something else follows, too. */
	for (; at <= last; at++)
		if (window_is(w, at, "PK\005\006") && window_is(w,
		    at - window_le(w, at + 12, 4), "PK\001\002"))
			return true;
	return false;
}

static void
zip_name(struct zip *z, const uint8_t *name, size_t n)
{
	unsigned i;

	if (bytes_find(name, n, "vbaProject") || bytes_find(name, n, "vbaData") ||
	    bytes_find(name, n, "Basic/script-l") ||
	    bytes_find(name, n, "macrosheets/") ||
	    bytes_find(name, n, "Scripts/"))
		z->macros = true;
	if (n == 0 || name[0] == '/' || memchr(name, '\\', n) != NULL ||
	    memchr(name, '\0', n) != NULL || bytes_find(name, n, "../"))
		z->sound = false;
	for (i = 0; i < ARRAY_LEN(wanted); i++)
		if (strlen(wanted[i].part) == n &&
		    memcmp(wanted[i].part, name, n) == 0)
			z->parts |= 1U << i;
}

/* One entry; *at goes past it.  False when the list is damaged. */
static bool
zip_entry(struct zip *z, int64_t *at)
{
	struct window *w = z->w;
	int64_t name = window_le(w, *at + 28, 2),
		more = window_le(w, *at + 30, 2),
		comment = window_le(w, *at + 32, 2);
	const uint8_t *p;

	if (!window_is(w, *at, "PK\001\002") || comment < 0)
		return false;
	z->packed += window_le(w, *at + 20, 4);
	z->unpacked += window_le(w, *at + 24, 4);
	if ((p = window_at(w, *at + ENTRY_BYTES, (size_t)name)) == NULL)
		return false;
	zip_name(z, p, (size_t)name);
	*at += ENTRY_BYTES + name + more + comment;
	return *at <= z->list + z->length;
}

static bool
zip_read(struct zip *z)
{
	int64_t at = z->list, i;

	if (z->list + z->length > z->at)
		return false;
	z->sound = true;
	for (i = 0; i < z->entries; i++)
		if (!zip_entry(z, &at))
			return false;
	return at == z->list + z->length;
}

/* Entries that lie over each other, or that would grow out of bounds. */
static bool
zip_is_bomb(const struct zip *z)
{
	return z->packed > z->w->size || (z->unpacked > BOMB_BYTES &&
	    z->unpacked / BOMB_TIMES > z->w->size);
}

static bool
zip_has_part(const struct zip *z, const char *mime)
{
	unsigned i;

	for (i = 0; i < ARRAY_LEN(wanted); i++)
		if (strcmp(wanted[i].mime, mime) == 0)
			return (z->parts & 1U << i) != 0;
	return true;
}

enum keep_end
zip_examine(struct window *w, char mime[KEEP_MIME])
{
	struct zip z = { .w = w };
	const char *other = NULL;

	if (!zip_find(&z))
		return KEEP_PART;
	if (!zip_read(&z))
		other = "application/zip";
	else if (z.macros)
		other = MIME_MACROS;
	else if (zip_is_bomb(&z))
		other = MIME_BOMB;
	else if (!z.sound || !zip_has_part(&z, mime))
		other = "application/zip";
	else if (window_find(w, 0, 1024 + 5, "%PDF-") >= 0)
		other = MIME_TWO;
	if (other != NULL)
		(void)snprintf(mime, KEEP_MIME, "%s", other);
	return KEEP_OK;
}
