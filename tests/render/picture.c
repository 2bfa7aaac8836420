/* SPDX-License-Identifier: ISC */
/*
 * picture.c - photographs for tests, to standard output:
 *
 *	picture jpeg|png|webp WIDTH HEIGHT HUE	a horizon under a sun
 *	picture upright WIDTH HEIGHT HUE	a JPEG that says that the camera was
 *						held upright
 *	picture private|secret WIDTH HEIGHT HUE	a JPEG, a PNG with all that is in
 *						private.h
 *	picture bomb				a PNG of 60,000 by 60,000 points
 *						in some hundred bytes
 */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <webp/encode.h>

#include "private.h"

static void
point_paint(guchar *p, int x, int y, int w, int h, int hue)
{
	int dx = x - w / 2, dy = y - h / 3, sun = h / 5;
	gboolean sea = y > h * 2 / 3;

	p[0] = (guchar)(sea ? 20 : 120 + 100 * y / h);
	p[1] = (guchar)(sea ? 60 + hue : 140);
	p[2] = (guchar)(sea ? 140 - hue / 2 : 220 - hue);
	if (dx * dx + dy * dy < sun * sun) {
		p[0] = 255;
		p[1] = (guchar)(230 - hue / 4);
		p[2] = 90;
	}
}

static GdkPixbuf *
picture_paint(int w, int h, int hue)
{
	GdkPixbuf *pic = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, w, h);
	guchar *p = gdk_pixbuf_get_pixels(pic);
	int stride = gdk_pixbuf_get_rowstride(pic), x, y;

	for (y = 0; y < h; y++)
		for (x = 0; x < w; x++)
			point_paint(p + y * stride + x * 3, x, y, w, h, hue);
	return pic;
}

static void
bytes_put(const void *p, size_t n)
{
	if (fwrite(p, 1, n, stdout) != n)
		exit(1);
}

/* A segment of EXIF behind the first mark: orientation 6. */
static void
upright_put(const char *jpeg, size_t n)
{
	static const uint8_t exif[] = "\xff\xe1\0\x22" "Exif\0\0"
	    "MM\0*\0\0\0\010" "\0\001"
	    "\001\022\0\003\0\0\0\001\0\006\0\0" "\0\0\0\0";

	bytes_put(jpeg, 2);
	bytes_put(exif, sizeof exif - 1);
	bytes_put(jpeg + 2, n - 2);
}

static void
webp_put(GdkPixbuf *pic)
{
	uint8_t *out;
	size_t n = WebPEncodeRGB(gdk_pixbuf_get_pixels(pic),
	    gdk_pixbuf_get_width(pic), gdk_pixbuf_get_height(pic),
	    gdk_pixbuf_get_rowstride(pic), 80, &out);

	bytes_put(out, n);
	WebPFree(out);
}

static void
told_put(void (*tell)(GByteArray *, const void *, size_t), const void *plain,
    size_t n)
{
	GByteArray *out = g_byte_array_new();

	tell(out, plain, n);
	bytes_put(out->data, out->len);
	(void)g_byte_array_unref(out);
}

/* Its first bytes promise 60,000 by 60,000 points. */
static void
bomb_put(void)
{
	static const uint8_t png[] = "\x89PNG\r\n\x1a\n"
	    "\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\010\002\0\0\0\x0f\xb0\xe2\x15"
	    "\0\0\0\014IDAT\x78\xda\x63\x60\x60\x60\0\0\0\004\0\001\xc8\xea\xeb\xf9"
	    "\0\0\0\0IEND\xae\x42\x60\x82";

	bytes_put(png, sizeof png - 1);
}

int
main(int argc, char **argv)
{
	const char *kind = argc > 1 ? argv[1] : "";
	GdkPixbuf *pic;
	gchar *p;
	gsize n;

	if (strcmp(kind, "bomb") == 0) {
		bomb_put();
		return 0;
	}
	if (argc != 5)
		return 2;
	pic = picture_paint((int)strtol(argv[2], NULL, 10),
	    (int)strtol(argv[3], NULL, 10), (int)strtol(argv[4], NULL, 10));
	if (!gdk_pixbuf_save_to_buffer(pic, &p, &n, strcmp(kind, "png") == 0 ||
		strcmp(kind, "secret") == 0 ? "png" : "jpeg", NULL, NULL))
		return 1;
	if (strcmp(kind, "webp") == 0)
		webp_put(pic);
	else if (strcmp(kind, "upright") == 0)
		upright_put(p, n);
	else if (strcmp(kind, "private") == 0)
		told_put(private_jpeg, p, n);
	else if (strcmp(kind, "secret") == 0)
		told_put(private_png, p, n);
	else
		bytes_put(p, n);
	g_free(p);
	g_object_unref(pic);
	return fflush(stdout) == 0 ? 0 : 1;
}
