/* SPDX-License-Identifier: ISC */
/*
 * words.c - kind "texto": the words of a clipping that was scanned.
 *
 *	job	{"file":3,"type":"image"}	or "pdf"
 *	result	{"words":"…","pages":3,"read":3}
 *	or	{"absent":true}
 *
 * words: of the first pages, as many as read says, cut at WORDS_MOST bytes; as they
 * stand in a PDF, and where a page of it has none, or of an image, what
 * tesseract sees in it.  Without tesseract or its Spanish such a page cannot be
 * read: absent.
 */
#include "words.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../proto/text.h"
#include "photo.h"
#include "picture.h"
#include "tess.h"

enum {
	WORDS_FINE = 2340,		/* points of the longer side: A4, 200 dpi */
	WORDS_PAGES = 3,		/* of a PDF */
	WORDS_PAGE_MS = 40 * 1000,	/* of one page at most */
	WORDS_ENOUGH_S = 15,		/* of processor: no other page then */
	WORDS_MOST = 12 * 1024
};

struct words {
	struct buf text;
	struct tess *tess;		/* NULL: not looked for, or absent */
	bool absent;
};

static void
words_add(struct words *w, const char *text)
{
	if (w->text.len > 0)
		(void)buf_addf(&w->text, "\n");
	(void)buf_add(&w->text, text, strlen(text));
}

static int
words_see(struct words *w, const uint8_t *grey, int width, int height,
    int stride, struct why *why)
{
	char *text;

	if (w->tess == NULL)
		w->tess = tess_new();
	w->absent = w->tess == NULL;
	if (w->absent)
		return 0;
	text = tess_read(w->tess, grey, width, height, stride, WORDS_PAGE_MS);
	if (text == NULL)
		return why_set(why, ERR_REFUSED,
		    "El texto de la imagen no se pudo leer.");
	words_add(w, text);
	free(text);
	return 0;
}

/* ---- an image ---- */

/* Each point as light on white paper, in rows of width bytes. */
static uint8_t *
photo_grey(const struct photo *p)
{
	uint8_t *grey = xcalloc((size_t)p->width, (size_t)p->height), *to = grey;
	int step = p->alpha ? 4 : 3, x, y;

	for (y = 0; y < p->height; y++)
		for (x = 0; x < p->width; x++) {
			const uint8_t *c = p->points +
			    (ptrdiff_t)y * p->stride + (ptrdiff_t)x * step;
			int light = (c[0] * 2 + c[1] * 5 + c[2]) / 8;
			int ink = p->alpha ? c[3] : 255;

			*to++ = (uint8_t)(255 - (255 - light) * ink / 255);
		}
	return grey;
}

static int
words_of_image(struct words *w, int fd, struct why *why)
{
	struct photo p;
	uint8_t *grey;
	int r;

	if ((r = photo_read(fd, WORDS_FINE, WORDS_FINE, &p, why)) < 0)
		return r;
	grey = photo_grey(&p);
	r = words_see(w, grey, p.width, p.height, p.width, why);
	free(grey);
	photo_clear(&p);
	return r;
}

/* ---- a PDF ---- */

/* A page of it on white paper; the surface is the caller's. */
static cairo_surface_t *
page_draw(const struct picture *pdf, unsigned page)
{
	cairo_surface_t *s;
	cairo_t *cr;
	double w, h, by;
	int r;

	picture_size(pdf, page, &w, &h);
	by = WORDS_FINE / (w > h ? w : h);
	s = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
	    (int)(w * by) + 1, (int)(h * by) + 1);
	cr = cairo_create(s);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	r = picture_draw(pdf, page, cr, 0, 0, w * by, h * by);
	cairo_destroy(cr);
	cairo_surface_flush(s);
	if (r == 0 && cairo_surface_status(s) == CAIRO_STATUS_SUCCESS)
		return s;
	cairo_surface_destroy(s);
	return NULL;
}

/* Its points made grey where they are: a row of them needs less room. */
static void
surface_grey(cairo_surface_t *s)
{
	int stride = cairo_image_surface_get_stride(s), x, y;
	uint8_t *row = cairo_image_surface_get_data(s);
	uint32_t rgb;

	for (y = 0; y < cairo_image_surface_get_height(s); y++, row += stride)
		for (x = 0; x < cairo_image_surface_get_width(s); x++) {
			memcpy(&rgb, row + (ptrdiff_t)x * 4, sizeof rgb);
			row[x] = (uint8_t)(((rgb >> 16 & 255) * 2 +
			    (rgb >> 8 & 255) * 5 + (rgb & 255)) / 8);
		}
}

static int
words_of_page(struct words *w, const struct picture *pdf, unsigned page,
    struct why *why)
{
	char *text = picture_text(pdf, page);
	cairo_surface_t *s;
	int r = 0;

	if (text != NULL) {
		words_add(w, text);
		free(text);
		return 0;
	}
	if ((s = page_draw(pdf, page)) == NULL)
		return why_set(why, ERR_REFUSED, "El PDF está dañado.");
	surface_grey(s);
	r = words_see(w, cairo_image_surface_get_data(s),
	    cairo_image_surface_get_width(s), cairo_image_surface_get_height(s),
	    cairo_image_surface_get_stride(s), why);
	cairo_surface_destroy(s);
	return r;
}

static int
words_of_pdf(struct words *w, int fd, unsigned *pages, unsigned *n,
    struct why *why)
{
	struct picture *pdf;
	int r = 0;

	if (picture_open(fd, true, &pdf) < 0)
		return why_set(why, ERR_REFUSED, "El PDF está dañado.");
	*pages = picture_pages(pdf);
	for (*n = 0; r == 0 && !w->absent && *n < *pages && *n < WORDS_PAGES &&
	     clock() < WORDS_ENOUGH_S * CLOCKS_PER_SEC; ++*n)
		r = words_of_page(w, pdf, *n, why);
	picture_free(pdf);
	return r;
}

/* ---- the job ---- */

static json_t *
words_doc(struct words *w, unsigned pages, unsigned n)
{
	char text[WORDS_MOST + 1];
	size_t len;

	if (w->absent)
		return json_pack("{s:b}", "absent", true);
	len = text_safe(buf_str(&w->text), text, sizeof text, TEXT_LINES);
	while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == ' '))
		text[--len] = '\0';
	return json_pack("{s:s, s:i, s:i}", "words", text, "pages", (int)pages,
	    "read", (int)n);
}

int
render_words(const json_t *job, int out, struct why *why)
{
	const char *type = json_string_value(json_object_get(job, "type"));
	int fd = (int)doc_int(job, "file");
	unsigned pages = 1, n = 1;
	struct words w = { .tess = NULL };
	json_t *doc;
	int r;

	buf_init(&w.text, RENDER_RESULT / 4);
	if (type != NULL && strcmp(type, "pdf") == 0)
		r = words_of_pdf(&w, fd, &pages, &n, why);
	else
		r = words_of_image(&w, fd, why);
	if (r == 0) {
		doc = words_doc(&w, pages, n);
		r = render_write_json(out, doc, why);
		json_decref(doc);
	}
	tess_free(w.tess);
	buf_clear(&w.text);
	return r;
}
