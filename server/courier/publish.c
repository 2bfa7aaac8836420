/* SPDX-License-Identifier: ISC */
/*
 * publish.c - tasks of kind "publish": an approved bulletin goes out with its
 * approved photographs, through the publisher that the office chose.
 *
 *	body    {"publisher","folio","title","text","site","unit","at","day",
 *		"base","login"?,"files":[{"name","type","alt","caption"}]}
 *	result  {"url","id","photos":N}
 *
 * The address is made of the folio alone, and the name of a photograph of its
 * bytes alone, so a second try finds what the first one left.
 */
#include "publish.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../proto/hash.h"

static const struct publisher *const publishers[] = { &publisher_folder,
	&publisher_wordpress };

/* What browsers show, and how its files are called. */
static const struct {
	const char *type, *suffix;
} photo_types[] = {
	{ "image/jpeg", "jpg" },
	{ "image/png", "png" },
	{ "image/webp", "webp" },
};

struct publish *
publish_of(const struct task *t)
{
	return t->own;
}

char *
publish_base(const struct task *t)
{
	char *base = xstrdup(doc_text(t->body, "base"));
	size_t len = strlen(base);

	while (len > 0 && base[len - 1] == '/')
		base[--len] = '\0';
	return base;
}

void
publish_page(const struct task *t, const char *url, struct page *p)
{
	const struct publish *w = publish_of(t);

	*p = (struct page){ .title = doc_text(t->body, "title"),
		.text = doc_text(t->body, "text"),
		.site = doc_text(t->body, "site"),
		.unit = doc_text(t->body, "unit"), .url = url,
		.figures = w->figures, .figures_count = w->next };
	p->day = doc_text(t->body, "day");
	(void)when_parse(doc_text(t->body, "at"), &p->at);
}

void
publish_clear(struct task *t)
{
	struct publish *w = t->own;
	unsigned i;

	if (w == NULL)
		return;
	for (i = 0; i < w->next; i++)
		free(w->figures[i].src);
	buf_clear(&w->photo.bytes);
	free(w->slug);
	free(w->auth);
	free(w);
}

void
publish_done(struct task *t, const char *url, const char *id)
{
	task_done(t, json_pack("{s:s, s:s, s:i}", "url", url, "id", id,
	    "photos", (int)publish_of(t)->next));
}

/* ---- photographs ---- */

/* False: of no type that is published. */
static bool
photo_name(struct photo *p)
{
	uint8_t sum[HASH_SIZE];
	char hex[HASH_TEXT];
	size_t i;

	for (i = 0; i < ARRAY_LEN(photo_types); i++)
		if (strcmp(photo_types[i].type, p->type) == 0)
			break;
	if (i == ARRAY_LEN(photo_types))
		return false;
	hash_sha256(p->bytes.p, p->bytes.len, sum);
	hex_text(sum, HASH_SIZE, hex);
	(void)snprintf(p->name, sizeof p->name, "%.16s.%s", hex,
	    photo_types[i].suffix);
	return true;
}

static void
publish_on_file(struct task *t, int fd, const struct why *why)
{
	struct publish *w = publish_of(t);
	const json_t *file = json_array_get(json_object_get(t->body, "files"),
	    w->next);
	bool well = fd >= 0;

	buf_init(&w->photo.bytes, PUBLISH_PHOTO_BYTES);
	w->photo.type = doc_text(file, "type");
	if (well)
		well = buf_read(&w->photo.bytes, fd);
	if (fd >= 0)
		(void)close(fd);
	if (fd < 0)
		task_fail(t, why->e == ERR_UNAVAILABLE ? TASK_AGAIN :
		    TASK_FOR_GOOD, 0, "La foto «%.60s» no sale: %.300s",
		    doc_text(file, "name"), why->text);
	else if (!well || !photo_name(&w->photo))
		task_fail(t, TASK_FOR_GOOD, 0, "La foto «%.60s» no sale: mide "
		    "demasiado o no es JPEG, PNG ni WebP.",
		    doc_text(file, "name"));
	else
		w->by->photo(t);
}

/* The next photograph, or the page when all are outside. */
static void
publish_go_on(struct task *t)
{
	struct publish *w = publish_of(t);

	if (w->next < w->count)
		task_ask_file(t, w->next, publish_on_file);
	else
		w->by->page(t);
}

void
publish_placed(struct task *t, char *src)
{
	struct publish *w = publish_of(t);
	const json_t *file = json_array_get(json_object_get(t->body, "files"),
	    w->next);

	w->figures[w->next++] = (struct figure){ .src = src,
		.type = w->photo.type, .bytes = w->photo.bytes.len,
		.alt = doc_text(file, "alt"),
		.caption = doc_text(file, "caption") };
	buf_clear(&w->photo.bytes);
	publish_go_on(t);
}

/* ---- the task ---- */

void
publish_begin(struct task *t)
{
	const char *name = doc_text(t->body, "publisher"), *lacks;
	struct publish *w = t->own = xcalloc(1, sizeof *w);
	size_t i, files = json_array_size(json_object_get(t->body, "files"));

	for (i = 0; i < ARRAY_LEN(publishers); i++)
		if (strcmp(publishers[i]->name, name) == 0)
			w->by = publishers[i];
	w->slug = page_slug(doc_text(t->body, "folio"));
	w->count = files < PUBLISH_PHOTOS ? (unsigned)files : PUBLISH_PHOTOS;
	if (w->by == NULL)
		task_fail(t, TASK_FOR_GOOD, 0, "El ajuste publisher no dice "
		    "cómo se publica: elija carpeta o wordpress, o publique a "
		    "mano.");
	else if ((lacks = w->by->lacks(t)) != NULL)
		task_fail(t, TASK_AGAIN, 0, "%s", lacks);
	else
		publish_go_on(t);
}
