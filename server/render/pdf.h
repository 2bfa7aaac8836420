/* SPDX-License-Identifier: ISC */
/*
 * pdf.h - one PDF being written: the same job gives the same bytes, the text
 * in it can be selected, and it says its title and its language.
 */
#ifndef PAUTA_PDF_H
#define PAUTA_PDF_H

#include <cairo.h>

#include "../../proto/base.h"

/* A page of letter size, in points. */
enum { PDF_WIDTH = 612, PDF_HEIGHT = 792 };
enum { PDF_BYTES = 60 << 20 };		/* of a whole file, at most */

struct pdf {
	cairo_surface_t *surface;
	cairo_t *cr;
	int fd;				/* what it is written to as pages end */
	int64_t size;
	bool full;			/* it would have passed PDF_BYTES */
};

/*
 * Begin a file of that title, made by author at that time, in fd, which can
 * seek and is empty; the clock is not asked, so that the same job gives the
 * same file.
 */
void pdf_init(struct pdf *, int fd, const char *title, const char *author,
    struct when at);
void pdf_clear(struct pdf *);			/* accepts zeroed */

/*
 * End the file and put the language in it.  0, or -ERR_REFUSED (too large),
 * -ERR_SYSTEM with why.
 */
int pdf_finish(struct pdf *, struct why *);

#endif
