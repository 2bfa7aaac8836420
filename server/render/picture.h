/* SPDX-License-Identifier: ISC */
/*
 * picture.h - a clipping as it was scanned: an image, or the pages of a PDF.
 * Its bytes are a stranger's: they are decoded here and drawn again, so that
 * neither hidden data nor a crooked file goes on to whoever reads the paper.
 */
#ifndef PAUTA_PICTURE_H
#define PAUTA_PICTURE_H

#include <cairo.h>

#include "../../proto/base.h"

struct picture;

/*
 * Look at what fd holds; pdf says which of the two it is.  Gives *out, which
 * has no use for fd any more.  0, or -ERR_REFUSED: it cannot be read.  What was
 * opened must outlive the surfaces that it is drawn on.
 */
int picture_open(int fd, bool pdf, struct picture **out);
void picture_free(struct picture *);		/* accepts NULL */

unsigned picture_pages(const struct picture *);
/* Width and height of a page, in points or pixels: only their ratio counts. */
void picture_size(const struct picture *, unsigned page, double *w, double *h);
/* The words of a page that says them itself, given; NULL: it has none. */
char *picture_text(const struct picture *, unsigned page);
/*
 * Draw a page w wide and h high, with its upper left corner at x, y.  0, or
 * -ERR_REFUSED when it turns out that it cannot be read.
 */
int picture_draw(const struct picture *, unsigned page, cairo_t *, double x,
    double y, double w, double h);

#endif
