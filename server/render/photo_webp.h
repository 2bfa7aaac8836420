/* SPDX-License-Identifier: ISC */
/* photo_webp.h - for photo.c alone. */
#ifndef PAUTA_PHOTO_WEBP_H
#define PAUTA_PHOTO_WEBP_H

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "../../proto/base.h"

/* The size of the file, to make of it the one to decode to; false: too large. */
typedef bool photo_size_fn(void *arg, int *width, int *height);

/* With the option "orientation" where the file says it.  NULL: none. */
GdkPixbuf *photo_read_webp(int fd, photo_size_fn *, void *arg,
    bool *moves);

#endif
