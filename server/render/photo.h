/* SPDX-License-Identifier: ISC */
/*
 * photo.h - the points of a photograph.  What kind of image it is, its first
 * bytes say and nothing else: whatever they do not say (SVG, GIF, programs in
 * disguise) is decoded by nobody.
 */
#ifndef PAUTA_PHOTO_H
#define PAUTA_PHOTO_H

#include "../../proto/base.h"

/* More points than this are not decoded; 4 bytes each would not fit. */
enum {
	PHOTO_POINTS = 40 * 1000 * 1000,
	/* Of a JPEG, which is decoded at an eighth: what telephones take. */
	PHOTO_JPEG_POINTS = 210 * 1000 * 1000
};

struct photo {
	int width, height;		/* of the points here */
	int full_width, full_height;	/* of the file, as it is to be seen */
	int stride;			/* bytes of a row */
	bool alpha;			/* 4 bytes a point (RGBA), else 3 */
	const uint8_t *points;
	void *hold;
};

/*
 * Decode the file, turned as its camera was held and made smaller to fit into
 * that many points.  0; -ERR_REFUSED with why.
 */
int photo_read(int fd, int width, int height, struct photo *, struct why *);
void photo_clear(struct photo *);		/* accepts zeroed */

#endif
