/* SPDX-License-Identifier: ISC */
/*
 * film.h - a video by ffmpeg's libraries: what its container says of it, and
 * single frames.  Only MP4, QuickTime, Matroska and WebM are looked at, through
 * one descriptor; no library opens anything.
 */
#ifndef PAUTA_FILM_H
#define PAUTA_FILM_H

#include "../../proto/base.h"

struct film;

struct film_facts {
	int width, height;		/* as it is to be seen */
	int64_t ms;			/* how long it lasts; 0: it does not say */
	const char *codec;		/* "h264" */
};

/* 0 and *out, or -ERR_REFUSED with why.  film_close() accepts NULL. */
int film_open(int fd, struct film **out, struct why *);
void film_close(struct film *);

void film_say(const struct film *, struct film_facts *);

/*
 * The frame at or before that moment, in a box of width by height points: three
 * bytes each, rows of stride bytes.  False when it cannot be decoded.
 */
bool film_draw(struct film *, int64_t ms, int width, int height,
    uint8_t *points, int stride);

#endif
