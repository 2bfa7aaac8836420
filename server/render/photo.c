/* SPDX-License-Identifier: ISC */
/* photo.c - see photo.h. */
#include "photo.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../keep/examine.h"
#include "photo_webp.h"

enum { PHOTO_PIECE = 64 * 1024 };

/* What is known while the bytes come. */
struct wish {
	int width, height;		/* that it is to fit into */
	int full_width, full_height;	/* 0: not known yet */
	int64_t most;			/* points that are decoded */
	bool huge, moves;
};

static const char *
photo_kind(const uint8_t *head, size_t n)
{
	static const struct {
		const char *kind, *begins;
		size_t len;
	} kinds[] = {
		{ "jpeg", "\xff\xd8\xff", 3 },
		{ "png", "\x89PNG\r\n\x1a\n", 8 },
		{ "webp", "RIFF", 4 },
		{ "tiff", "II*\0", 4 },
		{ "tiff", "MM\0*", 4 },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(kinds); i++)
		if (n >= kinds[i].len &&
		    memcmp(head, kinds[i].begins, kinds[i].len) == 0)
			return kinds[i].kind;
	return NULL;
}

/* A camera held upright is turned later: both ways fit. */
static bool
photo_fit(void *arg, int *width, int *height)
{
	struct wish *wish = arg;
	int most = wish->width > wish->height ? wish->width : wish->height;
	double by = (double)most / (*width > *height ? *width : *height);

	wish->full_width = *width;
	wish->full_height = *height;
	wish->huge = (int64_t)*width * *height > wish->most;
	if (by < 1) {
		*width = (int)(*width * by) + 1;
		*height = (int)(*height * by) + 1;
	}
	return !wish->huge;
}

/* The header was read. */
static void
photo_on_size(GdkPixbufLoader *loader, int width, int height, gpointer arg)
{
	int w = width, h = height;

	(void)photo_fit(arg, &w, &h);
	if (w != width || h != height)
		gdk_pixbuf_loader_set_size(loader, w, h);
}

/* What is missing at the end of a JPEG is left blank by its decoder. */
static bool
photo_is_whole(const char *kind, int fd)
{
	struct window *w;
	bool whole;

	if (strcmp(kind, "jpeg") != 0)
		return true;
	w = xcalloc(1, sizeof *w);
	w->fd = fd;
	w->size = lseek(fd, 0, SEEK_END);
	whole = jpeg_end(w) >= 0;
	free(w);
	return whole;
}

/* A JPEG may be of a kind (progressive) that has to be decoded whole. */
static int
photo_refuse(const struct wish *wish, struct why *why)
{
	if (wish->huge || (int64_t)wish->full_width * wish->full_height >
	    PHOTO_POINTS)
		return why_set(why, ERR_REFUSED, "La imagen tiene más puntos "
		    "de los que se pueden leer: no hay vista previa. El "
		    "archivo se conserva como llegó.");
	if (wish->moves)
		return why_set(why, ERR_REFUSED, "La imagen es una animación: "
		    "no hay vista previa. El archivo se conserva como llegó.");
	return why_set(why, ERR_REFUSED, "La imagen está dañada o incompleta: "
	    "no hay vista previa. El archivo se conserva como llegó.");
}

/* Give it all the bytes; false when it does not want them. */
static bool
photo_feed(GdkPixbufLoader *loader, int fd, const struct wish *wish)
{
	guint8 *piece = xcalloc(PHOTO_PIECE, 1);
	bool good = lseek(fd, 0, SEEK_SET) == 0;
	ssize_t n = 0;

	while (good && !wish->huge &&
	    (n = read(fd, piece, PHOTO_PIECE)) > 0)
		good = gdk_pixbuf_loader_write(loader, piece, (gsize)n, NULL);
	free(piece);
	/* Closed in any case: it complains of a loader that is not. */
	return gdk_pixbuf_loader_close(loader, NULL) && good && n == 0 &&
	    !wish->huge;
}

static void
photo_take(struct photo *p, GdkPixbuf *seen, const struct wish *wish)
{
	GdkPixbuf *up = gdk_pixbuf_apply_embedded_orientation(seen);
	bool turned = (gdk_pixbuf_get_width(up) > gdk_pixbuf_get_height(up)) !=
	    (wish->full_width > wish->full_height);

	p->width = gdk_pixbuf_get_width(up);
	p->height = gdk_pixbuf_get_height(up);
	p->full_width = turned ? wish->full_height : wish->full_width;
	p->full_height = turned ? wish->full_width : wish->full_height;
	p->stride = gdk_pixbuf_get_rowstride(up);
	p->alpha = gdk_pixbuf_get_has_alpha(up);
	p->points = gdk_pixbuf_read_pixels(up);
	p->hold = up;
}

static int
photo_take_webp(struct photo *p, int fd, struct wish *wish, struct why *why)
{
	GdkPixbuf *seen = photo_read_webp(fd, photo_fit, wish, &wish->moves);

	if (seen == NULL)
		return photo_refuse(wish, why);
	photo_take(p, seen, wish);
	g_object_unref(seen);
	return 0;
}

int
photo_read(int fd, int width, int height, struct photo *p, struct why *why)
{
	struct wish wish = { .width = width, .height = height,
		.most = PHOTO_POINTS };
	uint8_t head[16];
	ssize_t n = pread(fd, head, sizeof head, 0);
	const char *kind = photo_kind(head, n > 0 ? (size_t)n : 0);
	GdkPixbufLoader *loader;
	GdkPixbuf *seen;
	int r = 0;

	memset(p, 0, sizeof *p);
	if (kind == NULL)
		return why_set(why, ERR_REFUSED, "De este tipo de archivo no "
		    "hay vista previa: descárguelo para verlo.");
	if (strcmp(kind, "webp") == 0)
		return photo_take_webp(p, fd, &wish, why);
	if (strcmp(kind, "jpeg") == 0)
		wish.most = PHOTO_JPEG_POINTS;
	loader = gdk_pixbuf_loader_new_with_type(kind, NULL);
	if (loader == NULL)
		return photo_refuse(&wish, why);
	g_signal_connect(loader, "size-prepared", G_CALLBACK(photo_on_size),
	    &wish);
	if (photo_feed(loader, fd, &wish) && photo_is_whole(kind, fd) &&
	    (seen = gdk_pixbuf_loader_get_pixbuf(loader)) != NULL)
		photo_take(p, seen, &wish);
	else
		r = photo_refuse(&wish, why);
	g_object_unref(loader);
	return r;
}

void
photo_clear(struct photo *p)
{
	if (p->hold != NULL)
		g_object_unref(p->hold);
	memset(p, 0, sizeof *p);
}
