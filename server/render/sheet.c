/* SPDX-License-Identifier: ISC */
/* sheet.c - see sheet.h. */
#include "sheet.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

#include "../../proto/text.h"

enum {
	CHUNK_BYTES = 4096,		/* Pango is slow on endless lines */
	CHUNK_WHOLE = 512,		/* and slower where none may break */
	WORD_BYTES = 60,		/* of one that no line may hold */
	PICTURE_ABOVE = 10,
	PICTURE_LEAST = 200		/* points: else it goes overleaf */
};

// clang-format off
static const double inks[][3] = {
	[INK_TEXT]   = { 0.13, 0.14, 0.16 },
	[INK_SOFT]   = { 0.42, 0.44, 0.48 },
	[INK_ACCENT] = { 0.42, 0.08, 0.20 },
	[INK_RULE]   = { 0.80, 0.81, 0.83 },
	[INK_PAPER]  = { 1.00, 1.00, 1.00 },
};
// clang-format on

void
sheet_ink(const struct sheet *s, enum ink ink)
{
	cairo_set_source_rgb(s->pdf->cr, inks[ink][0], inks[ink][1],
	    inks[ink][2]);
}

/* Nothing of a screen may move a letter on paper. */
static PangoContext *
sheet_context(void)
{
	PangoFontMap *map = pango_cairo_font_map_get_default();
	PangoContext *text = pango_font_map_create_context(map);
	cairo_font_options_t *o = cairo_font_options_create();

	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(text, o);
	pango_cairo_context_set_resolution(text, 72);
	pango_context_set_language(text, pango_language_from_string("es-mx"));
	cairo_font_options_destroy(o);
	return text;
}

void
sheet_init(struct sheet *s, struct pdf *pdf, int first_page)
{
	*s = (struct sheet){ .pdf = pdf, .page = first_page, .y = SHEET_TOP,
		.text = sheet_context() };
}

void
sheet_clear(struct sheet *s)
{
	g_object_unref(s->text);
}

static void
sheet_decorate(struct sheet *s)
{
	if (s->on_page != NULL && s->pdf != NULL)
		s->on_page(s, s->arg);
}

void
sheet_turn(struct sheet *s)
{
	sheet_end(s);
	s->page++;
	s->y = SHEET_TOP;
	s->running = s->section;
}

void
sheet_end(struct sheet *s)
{
	sheet_decorate(s);
	if (s->pdf != NULL)
		cairo_show_page(s->pdf->cr);
}

void
sheet_need(struct sheet *s, double height)
{
	if (s->y + height > SHEET_BOTTOM && s->y > SHEET_TOP)
		sheet_turn(s);
}

/* ---- text ---- */

static PangoLayout *
layout_new(struct sheet *s, const struct face *f, const char *text, size_t n)
{
	PangoFontDescription *d = pango_font_description_from_string(f->font);
	PangoAttrList *plain = pango_attr_list_new();
	PangoLayout *l = pango_layout_new(s->text);
	char *safe = xcalloc(1, 12 * n + 1), *own = xcalloc(1, n + 1);

	memcpy(own, text, n);
	(void)text_safe(own, safe, 12 * n + 1, TEXT_LINES);
	/* A joined "fl" is not found by whoever looks for the word. */
	pango_attr_list_insert(plain,
	    pango_attr_font_features_new("liga=0, clig=0, dlig=0"));
	pango_layout_set_attributes(l, plain);
	pango_layout_set_font_description(l, d);
	pango_layout_set_text(l, safe, -1);
	pango_attr_list_unref(plain);
	pango_font_description_free(d);
	free(own);
	free(safe);
	return l;
}

static double
units(int pango)
{
	return (double)pango / PANGO_SCALE;
}

/* How many lines, from the i-th of n, must stand on one page. */
static int
lines_together(int i, int n)
{
	if (n <= 3)
		return n - i;
	return i == 0 || i == n - 2 ? 2 : 1;
}

/*
 * One line of a paragraph where the flow stands; turns when it and those that
 * it stands with do not fit.
 */
static void
line_set(struct sheet *s, const struct face *f, PangoLayoutIter *it,
    int together, bool *open)
{
	PangoLayoutLine *line = pango_layout_iter_get_line_readonly(it);
	PangoRectangle box;
	double height, base;

	pango_layout_iter_get_line_extents(it, NULL, &box);
	height = units(box.height) * (f->leading > 0 ? f->leading : 1);
	if (s->y + height * together > SHEET_BOTTOM && s->y > SHEET_TOP) {
		if (*open)
			sheet_shut(s, f->tag);
		sheet_turn(s);
		*open = false;
	}
	if (!*open)
		sheet_open(s, f->tag, "");
	*open = true;
	base = s->y + units(pango_layout_iter_get_baseline(it) - box.y) +
	    (height - units(box.height)) / 2;
	if (s->pdf != NULL) {
		sheet_ink(s, f->ink);
		cairo_move_to(s->pdf->cr, SHEET_LEFT + units(box.x), base);
		pango_cairo_show_layout_line(s->pdf->cr, line);
	}
	s->y += height;
}

/* An address that fills a line is cut in it: justified, its letters part. */
static bool
has_long_word(const char *text, size_t n)
{
	size_t i, len = 0;

	for (i = 0; i < n && len < WORD_BYTES; i++)
		len = text[i] == ' ' || text[i] == '\t' ? 0 : len + 1;
	return len >= WORD_BYTES;
}

static void
paragraph_set(struct sheet *s, const struct face *f, const char *text,
    size_t n)
{
	PangoLayout *l = layout_new(s, f, text, n);
	PangoLayoutIter *it;
	bool open = false;
	int i = 0, n_lines;

	pango_layout_set_width(l, SHEET_WIDTH * PANGO_SCALE);
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_justify(l, f->justify && !has_long_word(text, n));
	n_lines = pango_layout_get_line_count(l);
	it = pango_layout_get_iter(l);
	do
		line_set(s, f, it, lines_together(i++, n_lines), &open);
	while (pango_layout_iter_next_line(it));
	if (open)
		sheet_shut(s, f->tag);
	pango_layout_iter_free(it);
	g_object_unref(l);
}

/* Bytes of the next piece of a line: all of it, or up to some blank. */
static size_t
chunk_len(const char *text, size_t n)
{
	size_t i;

	if (n <= CHUNK_BYTES)
		return n;
	for (i = CHUNK_BYTES; i > CHUNK_BYTES / 2; i--)
		if (text[i] == ' ')
			return i + 1;
	for (i = CHUNK_WHOLE; i > 0 && (text[i] & 0xc0) == 0x80; i--)
		;
	return i > 0 ? i : CHUNK_WHOLE;
}

void
sheet_text(struct sheet *s, const struct face *f, const char *text)
{
	size_t n, k;

	if (s->y > SHEET_TOP)
		s->y += f->above;
	if (f->keep)
		sheet_need(s, 60);
	while (*text != '\0') {
		n = strcspn(text, "\r\n");
		for (; n > 0; text += k, n -= k) {
			k = chunk_len(text, n);
			paragraph_set(s, f, text, k);
		}
		if (*text == '\0')
			break;
		text += strspn(text, "\r\n");
		s->y += 6;
	}
}

double
sheet_put(struct sheet *s, const struct face *f, double x, double y,
    double width, bool right, const char *text)
{
	PangoLayout *l = layout_new(s, f, text, strlen(text));
	int w, h;

	pango_layout_set_single_paragraph_mode(l, TRUE);
	pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_alignment(l, right ? PANGO_ALIGN_RIGHT :
	    PANGO_ALIGN_LEFT);
	pango_layout_get_size(l, &w, &h);
	if (s->pdf != NULL) {
		sheet_ink(s, f->ink);
		cairo_move_to(s->pdf->cr, x, y);
		pango_cairo_show_layout(s->pdf->cr, l);
	}
	g_object_unref(l);
	return units(h);
}

double
sheet_cell(struct sheet *s, const struct face *f, double x, double y,
    double width, bool draw, const char *text)
{
	size_t n = strnlen(text, CHUNK_BYTES);
	PangoLayout *l;
	int w, h;

	/* More than its lines hold; no letter is cut in two. */
	while (n > 0 && (text[n] & 0xc0) == 0x80)
		n--;
	l = layout_new(s, f, text, n);
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
	pango_layout_set_height(l, SHEET_CELL * PANGO_SCALE);
	pango_layout_get_size(l, &w, &h);
	if (draw && s->pdf != NULL) {
		sheet_ink(s, f->ink);
		cairo_move_to(s->pdf->cr, x, y);
		pango_cairo_show_layout(s->pdf->cr, l);
	}
	g_object_unref(l);
	return units(h);
}

void
sheet_rule(struct sheet *s, enum ink ink, double above, double thick)
{
	s->y += above;
	if (s->pdf != NULL) {
		sheet_ink(s, ink);
		cairo_rectangle(s->pdf->cr, SHEET_LEFT, s->y, SHEET_WIDTH,
		    thick);
		cairo_fill(s->pdf->cr);
	}
	s->y += thick;
}

/* ---- pictures ---- */

double
sheet_picture_least(const struct picture *p, unsigned page)
{
	double w, h;

	picture_size(p, page, &w, &h);
	/* Nearly a page high: better overleaf and whole. */
	if (h / w > 1.1)
		return 0.6 * SHEET_HEIGHT;
	h *= SHEET_WIDTH / w;
	return h < PICTURE_LEAST ? h : PICTURE_LEAST;
}

int
sheet_picture(struct sheet *s, const struct picture *p, unsigned page)
{
	double own_w, own_h, room, scale, w, h;
	int r = 0;

	picture_size(p, page, &own_w, &own_h);
	s->y += PICTURE_ABOVE;
	room = SHEET_BOTTOM - s->y;
	if (room < sheet_picture_least(p, page) && room < SHEET_HEIGHT) {
		sheet_turn(s);
		room = SHEET_HEIGHT;
	}
	scale = SHEET_WIDTH / own_w;
	if (own_h * scale > room)
		scale = room / own_h;
	w = own_w * scale;
	h = own_h * scale;
	if (s->pdf != NULL) {
		sheet_open(s, "Figure", "");
		r = picture_draw(p, page, s->pdf->cr,
		    SHEET_LEFT + (SHEET_WIDTH - w) / 2, s->y, w, h);
		sheet_shut(s, "Figure");
		sheet_ink(s, INK_RULE);
		cairo_set_line_width(s->pdf->cr, 0.5);
		cairo_rectangle(s->pdf->cr, SHEET_LEFT + (SHEET_WIDTH - w) / 2,
		    s->y, w, h);
		cairo_stroke(s->pdf->cr);
	}
	s->y += h;
	return r;
}

/* ---- structure ---- */

void
sheet_mark(struct sheet *s, const char *place)
{
	char *name = xasprintf("name='%s' x=0 y=%d", place, (int)s->y - 12);

	sheet_open(s, CAIRO_TAG_DEST, name);
	sheet_shut(s, CAIRO_TAG_DEST);
	free(name);
}

void
sheet_open(struct sheet *s, const char *tag, const char *attributes)
{
	if (s->pdf != NULL && tag != NULL)
		cairo_tag_begin(s->pdf->cr, tag, attributes);
}

void
sheet_shut(struct sheet *s, const char *tag)
{
	if (s->pdf != NULL && tag != NULL)
		cairo_tag_end(s->pdf->cr, tag);
}

int
sheet_outline(struct sheet *s, int parent, const char *title,
    const char *place)
{
	char *link, *safe;
	int id;

	if (s->pdf == NULL)
		return 0;
	link = xasprintf("dest='%s'", place);
	safe = xcalloc(1, TEXT_MAX);
	(void)text_safe(title, safe, TEXT_MAX, 0);
	id = cairo_pdf_surface_add_outline(s->pdf->surface, parent, safe,
	    link, CAIRO_PDF_OUTLINE_FLAG_OPEN);
	free(safe);
	free(link);
	return id;
}
