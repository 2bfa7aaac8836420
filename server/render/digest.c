/* SPDX-License-Identifier: ISC */
/* digest.c - a job read into what digest_draw.c lays out. */
#include "digest.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *
doc_text(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

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

static void
date_long(const char *text, char *out, size_t size)
{
	static const char *const days[] = { "domingo", "lunes", "martes",
		"miércoles", "jueves", "viernes", "sábado" };
	static const char *const months[] = { "enero", "febrero", "marzo",
		"abril", "mayo", "junio", "julio", "agosto", "septiembre",
		"octubre", "noviembre", "diciembre" };
	int y, m, d;

	if (date_read(text, &y, &m, &d))
		(void)snprintf(out, size, "%s %d de %s de %d",
		    days[date_weekday(y, m, d)], d, months[m - 1], y);
	else
		(void)snprintf(out, size, "%.40s", text);
}

static void
date_short(const char *text, char *out, size_t size)
{
	int y, m, d;

	if (date_read(text, &y, &m, &d))
		(void)snprintf(out, size, "%02d/%02d/%d", d, m, y);
	else
		(void)snprintf(out, size, "%.10s", text);
}

static int
picture_read(const json_t *o, const char *of, struct picture **out,
    struct why *why)
{
	json_int_t i = json_integer_value(json_object_get(o, "file"));
	bool pdf = strcmp(doc_text(o, "type"), "pdf") == 0;

	if (i > 0 && i < INT_MAX && picture_open((int)i, pdf, out) == 0)
		return 0;
	return why_set(why, ERR_REFUSED, "«%.120s» de «%.160s» no se puede "
	    "leer: está dañado, es demasiado grande o de un tipo que aquí no "
	    "se dibuja. Súbalo como JPEG, PNG o PDF, o quítelo.",
	    doc_text(o, "name"), of);
}

static int
piece_load(struct piece *p, const json_t *o, struct why *why)
{
	json_t *all = json_object_get(o, "pictures"), *one;
	size_t i;
	int r;

	p->source = o;
	p->title = doc_text(o, "title");
	p->outlet = doc_text(o, "outlet");
	p->place = doc_text(o, "place");
	p->genre = doc_text(o, "genre");
	p->text = doc_text(o, "text");
	p->rank = (int)json_integer_value(json_object_get(o, "rank"));
	date_short(doc_text(o, "published"), p->published,
	    sizeof p->published);
	p->pictures = xcalloc(json_array_size(all), sizeof *p->pictures);
	json_array_foreach(all, i, one) {
		if ((r = picture_read(one, p->title, &p->pictures[i], why)) < 0)
			return r;
		p->pictures_count++;
	}
	return 0;
}

/* "salud estatal" as the head of a part: "Salud estatal".  Given. */
static char *
title_make(const char *text)
{
	char *title = xstrdup(text);

	if (*title >= 'a' && *title <= 'z')
		*title = (char)(*title - 'a' + 'A');
	else if ((uint8_t)title[0] == 0xc3 && (uint8_t)title[1] >= 0xa0)
		title[1] = (char)((uint8_t)title[1] - 0x20);	/* á to Á */
	return title;
}

static int
section_load(struct section *s, const json_t *o, struct why *why)
{
	json_t *all = json_object_get(o, "pieces"), *one;
	size_t i;
	int r;

	s->title = title_make(doc_text(o, "title"));
	s->pieces = xcalloc(json_array_size(all), sizeof *s->pieces);
	json_array_foreach(all, i, one) {
		s->pieces_count++;
		if ((r = piece_load(&s->pieces[i], one, why)) < 0)
			return r;
	}
	return 0;
}

int
digest_load(struct digest *d, const json_t *job, struct why *why)
{
	json_t *all = json_object_get(job, "sections"), *one;
	size_t i;
	int r;

	*d = (struct digest){ .title = doc_text(job, "title"),
		.number = doc_text(job, "number"),
		.institution = doc_text(job, "institution"),
		.unit = doc_text(job, "unit") };
	date_long(doc_text(job, "date"), d->date, sizeof d->date);
	(void)when_parse(doc_text(job, "at"), &d->at);
	one = json_object_get(job, "logo");
	if (json_is_object(one) &&
	    (r = picture_read(one, d->institution, &d->logo, why)) < 0)
		return r;
	d->sections = xcalloc(json_array_size(all), sizeof *d->sections);
	json_array_foreach(all, i, one) {
		d->sections_count++;
		if ((r = section_load(&d->sections[i], one, why)) < 0)
			return r;
		d->pieces_count += d->sections[i].pieces_count;
	}
	return 0;
}

static void
piece_clear(struct piece *p)
{
	size_t i;

	for (i = 0; i < p->pictures_count; i++)
		picture_free(p->pictures[i]);
	free(p->pictures);
}

void
digest_clear(struct digest *d)
{
	size_t i, k;

	for (i = 0; i < d->sections_count; i++) {
		for (k = 0; k < d->sections[i].pieces_count; k++)
			piece_clear(&d->sections[i].pieces[k]);
		free(d->sections[i].pieces);
		free(d->sections[i].title);
	}
	free(d->sections);
	picture_free(d->logo);
	*d = (struct digest){ 0 };
}
