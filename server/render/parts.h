/* SPDX-License-Identifier: ISC */
/*
 * parts.h - the files of photographs as the pieces that they are made of, so
 * that what is private can be left out without touching a point of the image.
 */
#ifndef PAUTA_PARTS_H
#define PAUTA_PARTS_H

#include "../../proto/base.h"

/* A file in memory. */
struct bytes {
	const uint8_t *p;
	size_t n;
};

/* A segment of a JPEG, a chunk of a PNG or of a WebP. */
struct part {
	size_t at, len;			/* with its head */
	const uint8_t *body;		/* what it says */
	size_t body_len;
	char name[5];			/* "IDAT"; of a JPEG "E1", "DA"… */
};

/* The whole file, to read; 0, or -ERR_SYSTEM.  parts_unmap() accepts zeroed. */
int parts_map(int fd, struct bytes *);
void parts_unmap(struct bytes *);

/*
 * The part that begins at *at (0: the first), which moves on.  1; 0 after the
 * last one, when the image is whole: what follows it is no part of it; -1 when
 * the file ends before, or is not made so.
 */
typedef int parts_fn(const struct bytes *, size_t *at, struct part *);
int parts_jpeg(const struct bytes *, size_t *at, struct part *);
int parts_png(const struct bytes *, size_t *at, struct part *);
int parts_webp(const struct bytes *, size_t *at, struct part *);
/*
 * How the camera was held, 1 to 8, by the first part of that name that says so
 * in EXIF; 0: nothing says it.
 */
unsigned parts_orientation(const struct bytes *, parts_fn *, const char *exif);
/* From the first to the last? */
bool parts_are_whole(const struct bytes *, parts_fn *);

#endif
