/* SPDX-License-Identifier: ISC */
/*
 * digest_draw.c - where everything of a synthesis stands.  Start reading at
 * digest_write(): the clippings are set dry for their pages, then the index
 * for its own, then all of it on paper.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "digest.h"
#include "letterhead.h"

#define FONT(style) "Lato, DejaVu Sans " style

// clang-format off
static const struct face
face_banner   = { .font = FONT("Semi-Bold 11"), .ink = INK_PAPER },
face_title    = { .font = FONT("Heavy 40"), .ink = INK_ACCENT, .tag = "H1" },
face_date     = { .font = FONT("16"), .ink = INK_TEXT, .tag = "P", .above = 6 },
face_number   = { .font = FONT("11"), .ink = INK_SOFT, .tag = "P", .above = 4 },
face_label    = { .font = FONT("Bold 10"), .ink = INK_ACCENT, .tag = "H2",
		  .above = 26, .keep = true },
face_high     = { .font = FONT("Semi-Bold 13"), .ink = INK_TEXT, .tag = "P",
		  .above = 12, .leading = 1.1 },
face_high_by  = { .font = FONT("10"), .ink = INK_SOFT, .tag = "P", .above = 1 },
face_head     = { .font = FONT("Bold 22"), .ink = INK_ACCENT, .tag = "H1" },
face_row      = { .font = FONT("10.5"), .ink = INK_TEXT },
face_row_by   = { .font = FONT("9"), .ink = INK_SOFT },
face_page     = { .font = FONT("Semi-Bold 10.5"), .ink = INK_TEXT },
face_source   = { .font = FONT("Bold 9"), .ink = INK_ACCENT, .tag = "P",
		  .above = 26, .keep = true },
face_piece    = { .font = FONT("Bold 17"), .ink = INK_TEXT, .tag = "H2",
		  .above = 3, .leading = 1.05, .keep = true },
face_facts    = { .font = FONT("9.5"), .ink = INK_SOFT, .tag = "P", .above = 3 },
face_body     = { .font = FONT("10.5"), .ink = INK_TEXT, .tag = "P",
		  .above = 9, .leading = 1.28, .justify = true },
face_absent   = { .font = FONT("Italic 10"), .ink = INK_SOFT, .tag = "P",
		  .above = 8 },
face_running  = { .font = FONT("8.5"), .ink = INK_SOFT };
// clang-format on

enum { ROW_HEIGHT = 30, PAGE_ROOM = 40, HIGHLIGHTS = 5, COVER_MOST = 480,
	COVER_LAST = 700, SECTION_ABOVE = 34, SECTION_ROOM = SHEET_HEIGHT / 3,
	SECTION_HEAD = 70, PIECE_HEAD = 100 };

/* ---- header and footer ---- */

static void
page_decorate(struct sheet *s, void *arg)
{
	const struct digest *d = arg;
	double half = SHEET_WIDTH / 2.0;
	char text[64];
	cairo_t *cr = s->pdf->cr;

	(void)sheet_put(s, &face_running, SHEET_LEFT, 46, half, false,
	    d->title);
	(void)sheet_put(s, &face_running, SHEET_LEFT + half, 46, half, true,
	    s->running != NULL ? s->running : d->date);
	sheet_ink(s, INK_RULE);
	cairo_rectangle(cr, SHEET_LEFT, 62, SHEET_WIDTH, 0.6);
	cairo_rectangle(cr, SHEET_LEFT, PDF_HEIGHT - 52, SHEET_WIDTH, 0.6);
	cairo_fill(cr);
	(void)snprintf(text, sizeof text, "Página %d de %d", s->page,
	    d->pages);
	(void)sheet_put(s, &face_running, SHEET_LEFT, PDF_HEIGHT - 46,
	    SHEET_WIDTH - 110, false, d->institution);
	(void)sheet_put(s, &face_running, SHEET_LEFT + SHEET_WIDTH - 100,
	    PDF_HEIGHT - 46, 100, true, text);
}

/* ---- cover ---- */

static void
cover_band(struct sheet *s, const struct digest *d)
{
	sheet_ink(s, INK_ACCENT);
	cairo_rectangle(s->pdf->cr, 0, 0, PDF_WIDTH, 12);
	cairo_rectangle(s->pdf->cr, 0, PDF_HEIGHT - 56, PDF_WIDTH, 56);
	cairo_fill(s->pdf->cr);
	(void)sheet_put(s, &face_banner, SHEET_LEFT, PDF_HEIGHT - 37,
	    SHEET_WIDTH, false, d->unit);
	logo_draw(s, d->logo, 48, 64);
}

static char *
place_name(size_t section, size_t piece)
{
	return xasprintf("nota-%zu-%zu", section + 1, piece + 1);
}

/* "El Imparcial, Primera" */
static char *
piece_by(const struct piece *p)
{
	return xasprintf("%s%s%s", p->outlet, *p->place != '\0' ? ", " : "",
	    p->place);
}

static void
cover_high(struct sheet *s, const struct piece *p, const char *place)
{
	char *by = piece_by(p), *line = xasprintf("%s · página %d", by, p->page),
	     *link = xasprintf("dest='%s'", place);

	sheet_open(s, CAIRO_TAG_LINK, link);
	sheet_text(s, &face_high, p->title);
	sheet_text(s, &face_high_by, line);
	sheet_shut(s, CAIRO_TAG_LINK);
	free(link);
	free(line);
	free(by);
}

/* The first of rank 1, in their order; none: nothing. */
static void
cover_highlights(struct sheet *s, const struct digest *d)
{
	const struct piece *p;
	size_t i, k, n = 0;
	char *place;

	for (i = 0; i < d->sections_count; i++)
		for (k = 0; k < d->sections[i].pieces_count; k++) {
			p = &d->sections[i].pieces[k];
			if (p->rank != 1 || n == HIGHLIGHTS || s->y > COVER_MOST)
				continue;
			if (n++ == 0)
				sheet_text(s, &face_label, "LO PRINCIPAL");
			place = place_name(i, k);
			cover_high(s, p, place);
			free(place);
		}
}

/* Its parts: how many clippings, and from which page. */
static void
cover_parts(struct sheet *s, const struct digest *d)
{
	const struct section *sec;
	char text[64];
	size_t i;

	sheet_text(s, &face_label, "EN ESTA EDICIÓN");
	s->y += 10;
	for (i = 0; i < d->sections_count && s->y < COVER_LAST; i++) {
		sec = &d->sections[i];
		if (sec->pieces_count == 0)
			continue;
		(void)snprintf(text, sizeof text, "%zu %s · página %d",
		    sec->pieces_count,
		    sec->pieces_count == 1 ? "nota" : "notas", sec->page);
		(void)sheet_put(s, &face_row, SHEET_LEFT, s->y,
		    SHEET_WIDTH - 140, false, sec->title);
		s->y += sheet_put(s, &face_row_by,
		    SHEET_LEFT + SHEET_WIDTH - 140, s->y + 1, 140, true,
		    text) + 9;
	}
}

static void
cover_draw(struct sheet *s, const struct digest *d)
{
	char text[200];

	cover_band(s, d);
	s->y = d->logo != NULL ? 132 : 60;
	sheet_text(s, &face_number, d->institution);
	s->y = 190;
	sheet_text(s, &face_title, d->title);
	sheet_text(s, &face_date, d->date);
	(void)snprintf(text, sizeof text, "%.60s%s%zu %s", d->number,
	    *d->number != '\0' ? " · " : "", d->pieces_count,
	    d->pieces_count == 1 ? "nota" : "notas");
	sheet_text(s, &face_number, text);
	sheet_rule(s, INK_ACCENT, 18, 2);
	if (d->pieces_count == 0)
		sheet_text(s, &face_body, "Ninguna nota se eligió para este "
		    "día.");
	cover_highlights(s, d);
	if (d->pieces_count > 0)
		cover_parts(s, d);
}

/* ---- index ---- */

static void
index_row(struct sheet *s, const struct piece *p, const char *place)
{
	char *by = piece_by(p), *link = xasprintf("dest='%s'", place),
	     page[16];

	sheet_need(s, ROW_HEIGHT);
	(void)snprintf(page, sizeof page, "%d", p->page);
	sheet_open(s, CAIRO_TAG_LINK, link);
	(void)sheet_put(s, &face_row, SHEET_LEFT, s->y,
	    SHEET_WIDTH - PAGE_ROOM, false, p->title);
	(void)sheet_put(s, &face_row_by, SHEET_LEFT, s->y + 13,
	    SHEET_WIDTH - PAGE_ROOM, false, by);
	(void)sheet_put(s, &face_page, SHEET_LEFT + SHEET_WIDTH - PAGE_ROOM,
	    s->y, PAGE_ROOM, true, page);
	sheet_shut(s, CAIRO_TAG_LINK);
	s->y += ROW_HEIGHT;
	free(link);
	free(by);
}

static void
index_draw(struct sheet *s, const struct digest *d)
{
	const struct section *sec;
	size_t i, k;
	char *place;

	sheet_text(s, &face_head, "Índice");
	for (i = 0; i < d->sections_count; i++) {
		sec = &d->sections[i];
		if (sec->pieces_count == 0)
			continue;
		sheet_need(s, 48 + ROW_HEIGHT);
		sheet_text(s, &face_label, sec->title);
		sheet_rule(s, INK_RULE, 3, 0.6);
		s->y += 7;
		for (k = 0; k < sec->pieces_count; k++) {
			place = place_name(i, k);
			index_row(s, &sec->pieces[k], place);
			free(place);
		}
	}
}

/* ---- clippings ---- */

static void
piece_facts(struct sheet *s, const struct piece *p)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	(void)buf_addf(&b, "%.300s", p->place);
	if (*p->published != '\0')
		(void)buf_addf(&b, "%s%s", b.len > 0 ? " · " : "",
		    p->published);
	if (*p->genre != '\0')
		(void)buf_addf(&b, "%s%.100s", b.len > 0 ? " · " : "",
		    p->genre);
	if (b.len > 0)
		sheet_text(s, &face_facts, buf_str(&b));
	buf_clear(&b);
}

static int
piece_pictures(struct sheet *s, const struct piece *p)
{
	unsigned page;
	size_t i;

	for (i = 0; i < p->pictures_count; i++)
		for (page = 0; page < picture_pages(p->pictures[i]); page++)
			if (sheet_picture(s, p->pictures[i], page) < 0)
				return -ERR_REFUSED;
	return 0;
}

static void
piece_absent(struct sheet *s, const struct piece *p)
{
	json_t *one;
	char *text;
	size_t i;

	json_array_foreach(json_object_get(p->source, "elsewhere"), i, one) {
		text = xasprintf("El recorte «%s» no va en este documento.",
		    json_string_value(one));
		sheet_text(s, &face_absent, text);
		free(text);
	}
}

/* No headline at the foot of a page with all that it has overleaf. */
static double
piece_room(const struct piece *p)
{
	if (*p->text != '\0' || p->pictures_count == 0)
		return SHEET_HEIGHT / 5.0;
	return PIECE_HEAD + sheet_picture_least(p->pictures[0], 0);
}

static int
piece_draw(struct sheet *s, struct piece *p, const char *place)
{
	int r;

	sheet_need(s, piece_room(p));
	p->page = s->page;
	sheet_open(s, "Art", "");
	sheet_mark(s, place);
	sheet_text(s, &face_source, p->outlet);
	sheet_text(s, &face_piece, p->title);
	piece_facts(s, p);
	if (*p->text != '\0')
		sheet_text(s, &face_body, p->text);
	r = piece_pictures(s, p);
	piece_absent(s, p);
	sheet_shut(s, "Art");
	return r;
}

static int
section_draw(struct sheet *s, struct section *sec, size_t at)
{
	int parent, r = 0;
	size_t k;
	char *place;

	/* On a page of its own only where little of the last one is left. */
	sheet_need(s, SECTION_ROOM);
	if (sec->pieces_count > 0)
		sheet_need(s, SECTION_HEAD + piece_room(&sec->pieces[0]));
	if (s->y > SHEET_TOP)
		s->y += SECTION_ABOVE;
	else
		s->running = sec->title;
	s->section = sec->title;
	sec->page = s->page;
	place = place_name(at, 0);
	parent = sheet_outline(s, 0, sec->title, place);
	free(place);
	sheet_open(s, "Sect", "");
	sheet_text(s, &face_head, sec->title);
	sheet_rule(s, INK_ACCENT, 4, 1.5);
	for (k = 0; r == 0 && k < sec->pieces_count; k++) {
		place = place_name(at, k);
		(void)sheet_outline(s, parent, sec->pieces[k].title, place);
		r = piece_draw(s, &sec->pieces[k], place);
		free(place);
	}
	sheet_shut(s, "Sect");
	return r;
}

static int
pieces_draw(struct sheet *s, struct digest *d)
{
	size_t i;
	int r = 0;

	for (i = 0; r == 0 && i < d->sections_count; i++)
		if (d->sections[i].pieces_count > 0)
			r = section_draw(s, &d->sections[i], i);
	return r;
}

/* ---- all of it ---- */

/* Pages of every clipping and of the whole; nothing is drawn. */
static int
digest_count(struct digest *d, struct why *why)
{
	struct sheet s;
	int index = 0, r = 0;

	if (d->pieces_count > 0) {
		sheet_init(&s, NULL, 2);
		index_draw(&s, d);
		index = s.page - 1;
		sheet_clear(&s);
	}
	sheet_init(&s, NULL, 2 + index);
	if (d->pieces_count > 0)
		r = pieces_draw(&s, d);
	d->pages = d->pieces_count > 0 ? s.page : 1;
	sheet_clear(&s);
	if (r == 0 && d->pages > DIGEST_PAGES)
		return why_set(why, ERR_REFUSED, "La síntesis tendría %d "
		    "páginas y caben %d: quite notas o imágenes.", d->pages,
		    DIGEST_PAGES);
	return r;
}

static int
digest_draw(struct digest *d, struct pdf *pdf)
{
	struct sheet s;
	int r = 0;

	sheet_init(&s, pdf, 1);
	sheet_open(&s, "Document", "");
	(void)sheet_outline(&s, 0, "Portada", "portada");
	sheet_mark(&s, "portada");
	cover_draw(&s, d);
	sheet_end(&s);
	if (d->pieces_count > 0) {
		s.page++;
		s.y = SHEET_TOP;
		s.on_page = page_decorate;
		s.arg = d;
		(void)sheet_outline(&s, 0, "Índice", "indice");
		sheet_mark(&s, "indice");
		index_draw(&s, d);
		sheet_turn(&s);
		r = pieces_draw(&s, d);
		sheet_end(&s);
	}
	sheet_shut(&s, "Document");
	sheet_clear(&s);
	return r;
}

int
digest_write(struct digest *d, int fd, struct why *why)
{
	struct pdf pdf;
	char *title;
	int r;

	if ((r = digest_count(d, why)) < 0)
		return r;
	title = xasprintf("%s, %s", d->title, d->date);
	pdf_init(&pdf, fd, title, *d->unit != '\0' ? d->unit : d->institution,
	    d->at);
	r = digest_draw(d, &pdf);
	if (r < 0)
		(void)why_set(why, ERR_REFUSED, "Una imagen de la síntesis no "
		    "se pudo dibujar: revise los recortes.");
	else
		r = pdf_finish(&pdf, why);
	pdf_clear(&pdf);
	free(title);
	return r;
}

int
digest_run(const json_t *job, int fd, struct why *why)
{
	struct digest d;
	int r;

	if ((r = digest_load(&d, job, why)) == 0)
		r = digest_write(&d, fd, why);
	digest_clear(&d);
	return r;
}
