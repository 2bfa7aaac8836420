/* SPDX-License-Identifier: ISC */
/*
 * letterhead.h - what the documents made here have in common: days in
 * words, the mark of whose they are.
 */
#ifndef PAUTA_LETTERHEAD_H
#define PAUTA_LETTERHEAD_H

#include "render.h"
#include "sheet.h"

enum { DATE_LONG = 64, DATE_SHORT = 16 };	/* bytes that hold one */

/*
 * "2026-11-23" as "lunes 23 de noviembre de 2026" and as "23/11/2026"; what is
 * no day, as it came.
 */
void date_long(const char *text, char *out, size_t size);
void date_short(const char *text, char *out, size_t size);

/*
 * Open a PICTURE of a job (digest.h), a part of what is called `of`.  0, or
 * -ERR_REFUSED: it cannot be read, and why names both.
 */
int picture_load(const json_t *, const char *of, struct picture **,
    struct why *);

/* The mark at the left, so high, narrower than the page; NULL: none. */
void logo_draw(struct sheet *, const struct picture *logo, double y,
    double high);

#endif
