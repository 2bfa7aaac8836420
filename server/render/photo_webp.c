/* SPDX-License-Identifier: ISC */
/* photo_webp.c - photographs of type WebP, which gdk-pixbuf does not read. */
#include "photo_webp.h"

#include <stdio.h>
#include <webp/decode.h>

#include "parts.h"

/* Decode into the pixels of a picture of w by h; NULL: damaged, or too large. */
static GdkPixbuf *
webp_decode(const struct bytes *b, WebPDecoderConfig *c, int w, int h)
{
	bool alpha = c->input.has_alpha != 0;
	GdkPixbuf *pic = gdk_pixbuf_new(GDK_COLORSPACE_RGB, alpha, 8, w, h);
	WebPRGBABuffer *to = &c->output.u.RGBA;

	if (pic == NULL)
		return NULL;
	c->output.colorspace = alpha ? MODE_RGBA : MODE_RGB;
	c->output.is_external_memory = 1;
	to->rgba = gdk_pixbuf_get_pixels(pic);
	to->stride = gdk_pixbuf_get_rowstride(pic);
	to->size = gdk_pixbuf_get_byte_length(pic);
	if (WebPDecode(b->p, b->n, c) != VP8_STATUS_OK)
		g_clear_object(&pic);
	WebPFreeDecBuffer(&c->output);
	return pic;
}

GdkPixbuf *
photo_read_webp(int fd, photo_size_fn *size, void *arg, bool *moves)
{
	WebPDecoderConfig c;
	GdkPixbuf *pic = NULL;
	struct bytes b;
	unsigned turned;
	char number[12];
	int w, h;

	if (parts_map(fd, &b) < 0)
		return NULL;
	if (WebPInitDecoderConfig(&c) && parts_are_whole(&b, parts_webp) &&
	    WebPGetFeatures(b.p, b.n, &c.input) == VP8_STATUS_OK) {
		w = c.input.width;
		h = c.input.height;
		*moves = c.input.has_animation != 0;
		if (!*moves && size(arg, &w, &h)) {
			c.options.use_scaling = w != c.input.width;
			c.options.scaled_width = w;
			c.options.scaled_height = h;
			pic = webp_decode(&b, &c, w, h);
		}
	}
	turned = parts_orientation(&b, parts_webp, "EXIF");
	if (pic != NULL && turned != 0) {
		(void)snprintf(number, sizeof number, "%u", turned);
		(void)gdk_pixbuf_set_option(pic, "orientation", number);
	}
	parts_unmap(&b);
	return pic;
}
