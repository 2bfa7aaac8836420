/* SPDX-License-Identifier: ISC */
/*
 * picture.c - see picture.h.  Images are made no finer than paper needs and
 * written anew as JPEG; pages of a PDF are drawn, their text stays text.
 */
#include "picture.h"

#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <poppler.h>
#include <stdlib.h>

#include "photo.h"

enum {
	PICTURE_FINE = 1540,		/* pixels of the longer side, on paper */
	PICTURE_PAGES = 400		/* of one PDF */
};

struct picture {
	PopplerDocument *pdf;		/* or an image: */
	char *jpeg;			/* as it goes on paper */
	gsize jpeg_len;
	int w, h;
};

/* A picture without what lies under its transparent parts.  New reference. */
static GdkPixbuf *
image_flatten(GdkPixbuf *image)
{
	if (!gdk_pixbuf_get_has_alpha(image))
		return g_object_ref(image);
	return gdk_pixbuf_composite_color_simple(image,
	    gdk_pixbuf_get_width(image), gdk_pixbuf_get_height(image),
	    GDK_INTERP_NEAREST, 255, 16, 0xffffff, 0xffffff);
}

static int
picture_look(struct picture *p, int fd)
{
	struct photo photo;
	struct why why;
	GdkPixbuf *image, *flat;
	bool ok;

	if (photo_read(fd, PICTURE_FINE, PICTURE_FINE, &photo, &why) < 0)
		return -ERR_REFUSED;
	image = gdk_pixbuf_new_from_data(photo.points, GDK_COLORSPACE_RGB,
	    photo.alpha, 8, photo.width, photo.height, photo.stride, NULL,
	    NULL);
	flat = image_flatten(image);
	p->w = photo.width;
	p->h = photo.height;
	ok = gdk_pixbuf_save_to_buffer(flat, &p->jpeg, &p->jpeg_len, "jpeg",
	    NULL, "quality", "78", NULL);
	g_object_unref(flat);
	g_object_unref(image);
	photo_clear(&photo);
	return ok ? 0 : -ERR_REFUSED;
}

/* The document keeps the descriptor, so that it gets one of its own. */
static int
picture_look_pdf(struct picture *p, int fd)
{
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);

	if (own < 0)
		return -ERR_REFUSED;
	p->pdf = poppler_document_new_from_fd(own, NULL, NULL);
	if (p->pdf == NULL)
		return -ERR_REFUSED;
	if (picture_pages(p) == 0 || picture_pages(p) > PICTURE_PAGES)
		return -ERR_REFUSED;
	return 0;
}

int
picture_open(int fd, bool pdf, struct picture **out)
{
	struct picture *p = xcalloc(1, sizeof *p);
	int r;

	r = pdf ? picture_look_pdf(p, fd) : picture_look(p, fd);
	if (r < 0) {
		picture_free(p);
		return r;
	}
	*out = p;
	return 0;
}

void
picture_free(struct picture *p)
{
	if (p != NULL && p->pdf != NULL)
		g_object_unref(p->pdf);
	if (p != NULL)
		g_free(p->jpeg);
	free(p);
}

unsigned
picture_pages(const struct picture *p)
{
	int n = p->pdf != NULL ? poppler_document_get_n_pages(p->pdf) : 1;

	return n > 0 ? (unsigned)n : 0;
}

void
picture_size(const struct picture *p, unsigned page, double *w, double *h)
{
	PopplerPage *one;

	*w = p->w;
	*h = p->h;
	if (p->pdf == NULL)
		return;
	*w = *h = 1;
	one = poppler_document_get_page(p->pdf, (int)page);
	if (one == NULL)
		return;
	poppler_page_get_size(one, w, h);
	g_object_unref(one);
	if (!(*w >= 1 && *w < 1e5 && *h >= 1 && *h < 1e5))
		*w = *h = 1;
}

char *
picture_text(const struct picture *p, unsigned page)
{
	PopplerPage *one = p->pdf == NULL ? NULL :
	    poppler_document_get_page(p->pdf, (int)page);
	char *own, *text = NULL;

	if (one == NULL)
		return NULL;
	own = poppler_page_get_text(one);
	if (own != NULL && own[strspn(own, " \t\r\n\f")] != '\0')
		text = xstrdup(own);
	g_free(own);
	g_object_unref(one);
	return text;
}

static int
draw_pdf(const struct picture *p, unsigned page, cairo_t *cr, double w,
    double h)
{
	PopplerPage *one = poppler_document_get_page(p->pdf, (int)page);
	double own_w, own_h;

	if (one == NULL)
		return -ERR_REFUSED;
	picture_size(p, page, &own_w, &own_h);
	cairo_rectangle(cr, 0, 0, w, h);
	cairo_clip(cr);
	cairo_scale(cr, w / own_w, h / own_h);
	poppler_page_render_for_printing(one, cr);
	g_object_unref(one);
	return 0;
}

/*
 * The surface has no pixels that anybody looks at: cairo takes the JPEG as it
 * is, and lets go of it with the file.  Clipped, because what is painted first
 * on a page, without bounds, makes cairo forget the tags opened there.
 */
static int
draw_image(const struct picture *p, cairo_t *cr, double w, double h)
{
	cairo_surface_t *s;

	s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, p->w, p->h);
	if (cairo_surface_set_mime_data(s, CAIRO_MIME_TYPE_JPEG,
		(unsigned char *)p->jpeg, p->jpeg_len, NULL, NULL) !=
	    CAIRO_STATUS_SUCCESS) {
		cairo_surface_destroy(s);
		return -ERR_REFUSED;
	}
	cairo_rectangle(cr, 0, 0, w, h);
	cairo_clip(cr);
	cairo_scale(cr, w / p->w, h / p->h);
	cairo_set_source_surface(cr, s, 0, 0);
	cairo_paint(cr);
	cairo_surface_destroy(s);
	return 0;
}

int
picture_draw(const struct picture *p, unsigned page, cairo_t *cr, double x,
    double y, double w, double h)
{
	int r;

	cairo_save(cr);
	cairo_translate(cr, x, y);
	r = p->pdf != NULL ? draw_pdf(p, page, cr, w, h) :
	    draw_image(p, cr, w, h);
	cairo_restore(cr);
	return r;
}
