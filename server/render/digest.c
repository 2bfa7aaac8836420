/* SPDX-License-Identifier: ISC */
/* digest.c - a job read into what digest_draw.c lays out. */
#include "digest.h"

#include <stdlib.h>

#include "letterhead.h"

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
	p->rank = (int)doc_int(o, "rank");
	date_short(doc_text(o, "published"), p->published, sizeof p->published);
	p->pictures = xcalloc(json_array_size(all), sizeof *p->pictures);
	json_array_foreach(all, i, one) {
		if ((r = picture_load(one, p->title, &p->pictures[i], why)) < 0)
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
	    (r = picture_load(one, d->institution, &d->logo, why)) < 0)
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
