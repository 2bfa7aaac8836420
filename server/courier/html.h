/* SPDX-License-Identifier: ISC */
/*
 * html.h - what strangers wrote, as text: bytes of any set of letters become
 * UTF-8, and markup what a reader would see of it.
 */
#ifndef PAUTA_HTML_H
#define PAUTA_HTML_H

#include "../../proto/base.h"

/*
 * Append bytes as UTF-8 without control characters.  What a page declares of
 * its letters is wrong too often: what is valid UTF-8 is that, whatever else
 * is windows-1252, byte by byte; UTF-16 is known by its marks.
 * 0, or -ERR_SYSTEM when out is too small.
 */
int html_utf8(const void *, size_t n, struct buf *out);

/*
 * Append the text of some markup: no tags, no comments, nothing of scripts and
 * styles; entities as their characters; a line break for what parts lines.  In
 * is UTF-8.  0, or -ERR_SYSTEM when out is too small.
 */
int html_text(const char *in, size_t n, struct buf *out);

/* The character that HTML calls by that name ("ntilde", "#241"), or 0. */
int32_t html_entity(const char *name, size_t n);

#endif
