/* SPDX-License-Identifier: ISC */
/*
 * examine.c - see examine.h.  A program that is interrupted closes its file as
 * one that has ended: whether all has come is only to be seen in the file.
 * Text, tables and MP3 have no end of their own; of them all are whole.
 */
#include "examine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A type, and where it ends. */
static const struct {
	const char *mime;
	int64_t (*end)(struct window *);
} kinds[] = {
	{ "application/pdf", pdf_end },
	{ "audio/mp4", boxes_end },
	{ "audio/x-m4a", boxes_end },
	{ "audio/x-wav", riff_end },
	{ "image/jpeg", jpeg_end },
	{ "image/png", png_end },
	{ "image/tiff", tiff_end },
	{ "image/webp", riff_end },
	{ "video/mp4", boxes_end },
	{ "video/quicktime", boxes_end },
	{ "video/webm", ebml_end },
	{ "video/x-m4v", boxes_end },
	{ "video/x-matroska", ebml_end },
};

/* What cameras put behind a photograph: another one, or a moment of video. */
static bool
rest_is_harmless(const char *mime)
{
	static const char *const known[] = { "application/octet-stream",
		"image/jpeg", "inode/x-empty", "text/plain", "video/mp4",
		"video/quicktime" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(known); i++)
		if (strcmp(mime, known[i]) == 0)
			return true;
	return false;
}

/* Behind its end, or before it, another file that programs would open. */
static bool
is_two(struct window *w, int64_t end, const char *mime)
{
	char rest[KEEP_MIME];
	int64_t n = w->size - end;
	const uint8_t *p;

	if (zip_is_there(w) || (strcmp(mime, "application/pdf") != 0 &&
	    window_find(w, 0, 1024 + 5, "%PDF-") >= 0))
		return true;
	if (n > WINDOW_BYTES)
		n = WINDOW_BYTES;
	if (n == 0 || (p = window_at(w, end, (size_t)n)) == NULL)
		return false;
	keep_type(p, (size_t)n, rest);
	return !rest_is_harmless(rest);
}

static int64_t
file_end(struct window *w, const char *mime)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(kinds); i++)
		if (strcmp(kinds[i].mime, mime) == 0)
			return kinds[i].end(w);
	return w->size;
}

enum keep_end
keep_examine(int fd, int64_t size, char mime[KEEP_MIME])
{
	struct window *w = xcalloc(1, sizeof *w);
	enum keep_end end = KEEP_OK;
	int64_t n;

	w->fd = fd;
	w->size = size;
	if (window_is(w, 0, "PK\003\004"))
		end = zip_examine(w, mime);
	else if ((n = file_end(w, mime)) < 0)
		end = KEEP_PART;
	else if (is_two(w, n, mime))
		(void)snprintf(mime, KEEP_MIME, "%s", MIME_TWO);
	free(w);
	return end;
}
