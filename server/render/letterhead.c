/* SPDX-License-Identifier: ISC */
/* letterhead.c - see letterhead.h. */
#include "letterhead.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "../../proto/text.h"

/* "2026-11-23"; false: it is not one. */
static bool
date_read(const char *text, int *y, int *m, int *d)
{
	char end;

	return strlen(text) == 10 &&
	    sscanf(text, "%4d-%2d-%2d%c", y, m, d, &end) == 3 && *y >= 1900 &&
	    *m >= 1 && *m <= 12 && *d >= 1 && *d <= 31;
}

/* 0 is Sunday (Sakamoto's rule). */
static int
date_weekday(int y, int m, int d)
{
	static const int shift[] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 };

	if (m < 3)
		y--;
	return (y + y / 4 - y / 100 + y / 400 + shift[m - 1] + d) % 7;
}

void
date_long(const char *text, char *out, size_t size)
{
	static const char *const days[] = { "domingo", "lunes", "martes",
		"miércoles", "jueves", "viernes", "sábado" };
	int y, m, d;

	if (date_read(text, &y, &m, &d))
		(void)snprintf(out, size, "%s %d de %s de %d",
		    days[date_weekday(y, m, d)], d, text_month(m), y);
	else
		(void)snprintf(out, size, "%.40s", text);
}

void
date_short(const char *text, char *out, size_t size)
{
	int y, m, d;

	if (date_read(text, &y, &m, &d))
		(void)snprintf(out, size, "%02d/%02d/%d", d, m, y);
	else
		(void)snprintf(out, size, "%.10s", text);
}

int
picture_load(const json_t *o, const char *of, struct picture **out,
    struct why *why)
{
	json_int_t i = doc_int(o, "file");
	bool pdf = strcmp(doc_text(o, "type"), "pdf") == 0;

	if (i > 0 && i < INT_MAX && picture_open((int)i, pdf, out) == 0)
		return 0;
	return why_set(why, ERR_REFUSED, "«%.120s» de «%.160s» no se puede "
	    "leer: está dañado, es demasiado grande o de un tipo que aquí no "
	    "se dibuja. Súbalo como JPEG, PNG o PDF, o quítelo.",
	    doc_text(o, "name"), of);
}

void
logo_draw(struct sheet *s, const struct picture *logo, double y, double high)
{
	double w, h;

	if (logo == NULL || s->pdf == NULL)
		return;
	picture_size(logo, 0, &w, &h);
	w *= high / h;
	if (w > SHEET_WIDTH) {
		high *= SHEET_WIDTH / w;
		w = SHEET_WIDTH;
	}
	sheet_open(s, "Figure", "");
	(void)picture_draw(logo, 0, s->pdf->cr, SHEET_LEFT, y, w, high);
	sheet_shut(s, "Figure");
}
