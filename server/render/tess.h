/* SPDX-License-Identifier: ISC */
/*
 * tess.h - reading Spanish off a page, with tesseract where it is installed.
 * Its library is looked for when it is first wanted: neither the build nor the
 * program needs it.
 */
#ifndef PAUTA_TESS_H
#define PAUTA_TESS_H

#include "../../proto/base.h"

struct tess;

/* NULL: the library is not here, or its Spanish is not. */
struct tess *tess_new(void);
void tess_free(struct tess *);			/* accepts NULL */

/*
 * The words of a page of 8 bits of grey a point, rows of stride bytes; lines
 * end in '\n'.  After ms milliseconds: those that were found until then.  Given;
 * NULL when it fails.
 */
char *tess_read(struct tess *, const uint8_t *grey, int w, int h, int stride,
    int ms);

#endif
