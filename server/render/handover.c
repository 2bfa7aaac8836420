/* SPDX-License-Identifier: ISC */
/*
 * handover.c - where everything of the list stands.  Start reading at
 * handover_run(): it is set dry for its number of pages, then on paper.
 *
 * Each page has a table of its own with its heads, so that a reader that
 * speaks names the columns anew.
 */
#include "handover.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "letterhead.h"

#define FONT(style) "Lato, DejaVu Sans " style

// clang-format off
static const struct face
face_whose    = { .font = FONT("11"), .ink = INK_SOFT, .tag = "P" },
face_title    = { .font = FONT("Heavy 22"), .ink = INK_ACCENT, .tag = "H1",
		  .above = 12 },
face_fact     = { .font = FONT("10.5"), .ink = INK_TEXT, .tag = "P",
		  .above = 4 },
face_soft     = { .font = FONT("8.5"), .ink = INK_SOFT, .tag = "P",
		  .above = 4 },
face_head     = { .font = FONT("Bold 8.5"), .ink = INK_ACCENT },
face_cell     = { .font = FONT("8.5"), .ink = INK_TEXT },
face_sign     = { .font = FONT("Bold 10"), .ink = INK_ACCENT, .tag = "H2" },
face_running  = { .font = FONT("8.5"), .ink = INK_SOFT };
// clang-format on

enum { COLUMNS = 5, GAP = 8, CELL = 2600, SUBJECT = 2400 };
enum { SIGN_ROOM = 58, SIGN_GAP = 40 };

static const struct {
	const char *head;
	double width;
} columns[COLUMNS] = {
	{ "Registro", 148 }, { "Expediente", 102 }, { "Responsable", 80 },
	{ "Fechas", 98 }, { "Destino", 64 },
};

struct handover {
	const json_t *job;
	struct picture *logo;
	char from[DATE_LONG], to[DATE_LONG];
	int pages;			/* of the whole document */
	bool table;			/* one is open on this page */
};

/* ---- header and footer ---- */

static void
handover_decorate(struct sheet *s, void *arg)
{
	const struct handover *ho = arg;
	double half = SHEET_WIDTH / 2.0;
	char text[64];

	if (s->page > 1) {
		(void)sheet_put(s, &face_running, SHEET_LEFT, 46, half, false,
		    doc_text(ho->job, "title"));
		(void)sheet_put(s, &face_running, SHEET_LEFT + half, 46, half,
		    true, doc_text(ho->job, "number"));
	}
	(void)snprintf(text, sizeof text, "Página %d de %d", s->page,
	    ho->pages);
	(void)sheet_put(s, &face_running, SHEET_LEFT, PDF_HEIGHT - 46,
	    SHEET_WIDTH - 110, false, doc_text(ho->job, "institution"));
	(void)sheet_put(s, &face_running, SHEET_LEFT + SHEET_WIDTH - 100,
	    PDF_HEIGHT - 46, 100, true, text);
}

/* ---- the table ---- */

static double
line_set(struct sheet *s, const struct face *f, const char *tag,
    char cells[COLUMNS][CELL], bool draw)
{
	double x = SHEET_LEFT, high = 0, h;
	size_t i;

	for (i = 0; i < COLUMNS; i++) {
		if (draw)
			sheet_open(s, tag, "");
		h = sheet_cell(s, f, x, s->y, columns[i].width - GAP, draw,
		    cells[i]);
		if (draw)
			sheet_shut(s, tag);
		x += columns[i].width;
		high = h > high ? h : high;
	}
	return high;
}

static void
table_open(struct sheet *s, struct handover *ho)
{
	char cells[COLUMNS][CELL];
	size_t i;

	for (i = 0; i < COLUMNS; i++)
		(void)snprintf(cells[i], CELL, "%s", columns[i].head);
	sheet_open(s, "Table", "");
	sheet_open(s, "TR", "");
	s->y += line_set(s, &face_head, "TH", cells, true);
	sheet_shut(s, "TR");
	sheet_rule(s, INK_ACCENT, 3, 1);
	s->y += 4;
	ho->table = true;
}

static void
table_shut(struct sheet *s, struct handover *ho)
{
	if (ho->table)
		sheet_shut(s, "Table");
	ho->table = false;
}

/* What did not fit ends with "…" and in no letter's middle. */
static void
cell_cut(char *cell, size_t size)
{
	size_t n = strlen(cell);

	if (n < size - 1)
		return;
	for (n -= 4; (cell[n] & 0xc0) == 0x80; n--)
		;
	(void)snprintf(cell + n, size - n, "…");
}

/* What a person wrote, as one line: only our own ends one in a cell. */
static void
line_flat(const char *text, char out[SUBJECT])
{
	char *p;

	(void)snprintf(out, SUBJECT, "%s", text);
	for (p = out; *p != '\0'; p++)
		if (*p == '\n' || *p == '\r')
			*p = ' ';
	cell_cut(out, SUBJECT);
}

static void
row_cells(const json_t *row, char cells[COLUMNS][CELL])
{
	char since[DATE_SHORT], until[DATE_SHORT], received[DATE_SHORT],
	    subject[SUBJECT];
	json_int_t files = doc_int(row, "files");
	size_t i;

	line_flat(doc_text(row, "subject"), subject);
	date_short(doc_text(row, "since"), since, sizeof since);
	date_short(doc_text(row, "until"), until, sizeof until);
	date_short(doc_text(row, "received"), received, sizeof received);
	(void)snprintf(cells[0], CELL, "%s %s\n%s; %s\n%lld %s",
	    doc_text(row, "ref"), doc_text(row, "record"),
	    doc_text(row, "medium"), doc_text(row, "place"),
	    (long long)files, files == 1 ? "archivo" : "archivos");
	(void)snprintf(cells[1], CELL, "%.40s\n%.80s\n%s",
	    doc_text(row, "folio"), doc_text(row, "procedure"), subject);
	(void)snprintf(cells[2], CELL, "%s", doc_text(row, "keeper"));
	(void)snprintf(cells[3], CELL, "Desde %s\nHasta %s\nRecibido %s",
	    since, until, received);
	(void)snprintf(cells[4], CELL, "%s", doc_text(row, "disposition"));
	for (i = 0; i < COLUMNS; i++)
		cell_cut(cells[i], CELL);
}

static void
row_draw(struct sheet *s, struct handover *ho, const json_t *row)
{
	char cells[COLUMNS][CELL];
	double high;

	row_cells(row, cells);
	high = line_set(s, &face_cell, "TD", cells, false);
	if (s->y + high + GAP > SHEET_BOTTOM) {
		table_shut(s, ho);
		sheet_turn(s);
	}
	if (!ho->table)
		table_open(s, ho);
	sheet_open(s, "TR", "");
	(void)line_set(s, &face_cell, "TD", cells, true);
	sheet_shut(s, "TR");
	s->y += high;
	sheet_rule(s, INK_RULE, 3, 0.5);
	s->y += 4;
}

/* ---- who signs ---- */

static void
sign_line(struct sheet *s, double x, double width, const char *name)
{
	if (s->pdf != NULL) {
		sheet_ink(s, INK_TEXT);
		cairo_rectangle(s->pdf->cr, x, s->y + SIGN_GAP, width, 0.6);
		cairo_fill(s->pdf->cr);
	}
	sheet_open(s, "P", "");
	(void)sheet_put(s, &face_cell, x, s->y + SIGN_GAP + 3, width, false,
	    name);
	sheet_shut(s, "P");
}

/* Who delivers at the left, who receives at the right: a line for each. */
static void
signs_draw(struct sheet *s, const struct handover *ho)
{
	json_t *give = json_object_get(ho->job, "deliver"),
	       *take = json_object_get(ho->job, "receive");
	size_t n = json_array_size(give), m = json_array_size(take), i;
	double width = (SHEET_WIDTH - SIGN_GAP) / 2.0,
	       right = SHEET_LEFT + width + SIGN_GAP;

	sheet_need(s, 20 + 20 + SIGN_ROOM);
	s->y += 20;
	sheet_open(s, "H2", "");
	(void)sheet_put(s, &face_sign, SHEET_LEFT, s->y, width, false,
	    "Entrega");
	sheet_shut(s, "H2");
	sheet_open(s, "H2", "");
	(void)sheet_put(s, &face_sign, right, s->y, width, false, "Recibe");
	sheet_shut(s, "H2");
	s->y += 20;
	for (i = 0; i < n || i < m || i == 0; i++) {
		sheet_need(s, SIGN_ROOM);
		if (i < n || i == 0)
			sign_line(s, SHEET_LEFT, width, i < n ?
			    json_string_value(json_array_get(give, i)) : "");
		if (i < m || i == 0)
			sign_line(s, right, width, i < m ?
			    json_string_value(json_array_get(take, i)) : "");
		s->y += SIGN_ROOM;
	}
}

/* ---- all of it ---- */

static void
head_draw(struct sheet *s, const struct handover *ho)
{
	size_t n = json_array_size(json_object_get(ho->job, "rows"));
	char text[400];

	/* Before the mark: a page that begins with an image loses its tags. */
	if (s->pdf != NULL) {
		sheet_ink(s, INK_ACCENT);
		cairo_rectangle(s->pdf->cr, 0, 0, PDF_WIDTH, 8);
		cairo_fill(s->pdf->cr);
	}
	logo_draw(s, ho->logo, 40, 48);
	s->y = ho->logo != NULL ? 100 : 52;
	sheet_text(s, &face_whose, doc_text(ho->job, "institution"));
	sheet_text(s, &face_whose, doc_text(ho->job, "unit"));
	sheet_text(s, &face_title, doc_text(ho->job, "title"));
	(void)snprintf(text, sizeof text, "Número %.60s · %zu %s",
	    doc_text(ho->job, "number"), n, n == 1 ? "registro" : "registros");
	sheet_text(s, &face_fact, text);
	(void)snprintf(text, sizeof text, "Recibido por el archivo del %s al "
	    "%s", ho->from, ho->to);
	sheet_text(s, &face_fact, text);
	(void)snprintf(text, sizeof text, "SHA-256 de esta relación en CSV, que "
	    "nombra cada archivo:\n%.70s", doc_text(ho->job, "sum"));
	sheet_text(s, &face_soft, text);
	s->y += 16;
}

static void
handover_draw(struct handover *ho, struct sheet *s)
{
	json_t *row;
	size_t i;

	s->on_page = handover_decorate;
	s->arg = ho;
	sheet_open(s, "Document", "");
	head_draw(s, ho);
	json_array_foreach(json_object_get(ho->job, "rows"), i, row)
		row_draw(s, ho, row);
	table_shut(s, ho);
	if (i == 0)
		sheet_text(s, &face_fact, "El archivo no recibió ningún "
		    "registro en este periodo.");
	signs_draw(s, ho);
	sheet_end(s);
	sheet_shut(s, "Document");
}

static int
handover_write(struct handover *ho, int fd, struct why *why)
{
	struct when at = { 0 };
	struct sheet s;
	struct pdf pdf;
	char *title;
	int r;

	sheet_init(&s, NULL, 1);
	handover_draw(ho, &s);
	ho->pages = s.page;
	sheet_clear(&s);
	if (ho->pages > HANDOVER_PAGES)
		return why_set(why, ERR_REFUSED, "La relación tendría %d "
		    "páginas y caben %d: pida un periodo más corto.",
		    ho->pages, HANDOVER_PAGES);
	(void)when_parse(doc_text(ho->job, "at"), &at);
	title = xasprintf("%s, %s", doc_text(ho->job, "title"),
	    doc_text(ho->job, "number"));
	pdf_init(&pdf, fd, title, doc_text(ho->job, "institution"), at);
	sheet_init(&s, &pdf, 1);
	handover_draw(ho, &s);
	sheet_clear(&s);
	r = pdf_finish(&pdf, why);
	pdf_clear(&pdf);
	free(title);
	return r;
}

int
handover_run(const json_t *job, int fd, struct why *why)
{
	struct handover ho = { .job = job };
	json_t *logo = json_object_get(job, "logo");
	int r = 0;

	date_long(doc_text(job, "from"), ho.from, sizeof ho.from);
	date_long(doc_text(job, "to"), ho.to, sizeof ho.to);
	if (json_is_object(logo))
		r = picture_load(logo, doc_text(job, "institution"), &ho.logo,
		    why);
	if (r == 0)
		r = handover_write(&ho, fd, why);
	picture_free(ho.logo);
	return r;
}
