/* SPDX-License-Identifier: ISC */
/*
 * examine.h - a whole file looked at once more, when all its bytes are there:
 * does it end as its type ends, and is it only what its first bytes say?
 * Nothing is unpacked or decoded: only lengths, names and marks are read.
 */
#ifndef PAUTA_EXAMINE_H
#define PAUTA_EXAMINE_H

#include "keep.h"
#include "window.h"

/* Instead of a type: what no institution lists, so it is refused. */
#define MIME_MACROS "application/x-macros"
#define MIME_TWO "application/x-two-types"
#define MIME_BOMB "application/x-zip-bomb"

/*
 * Where a file of a type that says so itself comes to its end: the number of
 * its bytes, at most size; -1 when it is cut or damaged.
 */
int64_t jpeg_end(struct window *);
int64_t png_end(struct window *);
int64_t tiff_end(struct window *);
int64_t riff_end(struct window *);
int64_t boxes_end(struct window *);	/* MP4, QuickTime */
int64_t ebml_end(struct window *);	/* Matroska */
int64_t pdf_end(struct window *);

/* Does a list of contents of a ZIP stand at the end, and lead back? */
bool zip_is_there(struct window *);
/*
 * Of an archive of which only the list of contents is read: KEEP_PART when it
 * has none; else mime is another when it has programs in it, would be huge, or
 * lacks what a document of its type has.
 */
enum keep_end zip_examine(struct window *, char mime[KEEP_MIME]);

#endif
