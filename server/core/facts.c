/* SPDX-License-Identifier: ISC */
/* facts.c - see facts.h. */
#include <stdlib.h>
#include <string.h>

#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "../store/blob.h"
#include "facts.h"
#include "render.h"

enum { FACTS_MOST = 2048, FACTS_BYTES = 4096, CODEC_MAX = 32 };

/* One that is being made. */
struct fact {
	struct core *c;
	struct fact *next;
	char *key;
};

char *
facts_text(const json_t *facts)
{
	long long s = (doc_int(facts, "duration_ms") + 500) / 1000;
	char length[40] = "";

	if (s >= 3600)
		(void)snprintf(length, sizeof length, "%lld:%02lld:%02lld, ",
		    s / 3600, s / 60 % 60, s % 60);
	else if (doc_int(facts, "duration_ms") > 0)
		(void)snprintf(length, sizeof length, "%lld:%02lld, ", s / 60,
		    s % 60);
	return xasprintf(_("%s%lld × %lld puntos, %s"), length,
	    doc_int(facts, "width"), doc_int(facts, "height"),
	    doc_text(facts, "codec"));
}

bool
facts_is_video(const struct req *q, const char *type)
{
	const struct file_type *t = institution_find_type(q->c->institution,
	    type);

	return t != NULL && strcmp(t->kind, "video") == 0;
}

/* ---- making ---- */

/* Out of the list, if it is in it. */
static void
fact_free(struct fact *k)
{
	struct fact **p;

	for (p = &k->c->facts_made; *p != NULL && *p != k; p = &(*p)->next)
		;
	if (*p == k)
		*p = k->next;
	free(k->key);
	free(k);
}

/* What a process said that had strangers' bytes in hand; NULL: nothing. */
static json_t *
video_read(const struct render_end *end)
{
	char *text = end->r == 0 ? render_text(end, FACTS_BYTES) : NULL;
	json_t *said = text != NULL ? json_loads(text, 0, NULL) : NULL, *out;
	char codec[CODEC_MAX];

	free(text);
	if (said == NULL)
		return json_null();
	(void)text_safe(doc_text(said, "codec"), codec, sizeof codec, 0);
	out = json_pack("{s:I, s:I, s:I, s:s}", "width",
	    doc_int(said, "width"), "height",
	    doc_int(said, "height"), "duration_ms",
	    doc_int(said, "duration_ms"), "codec", codec);
	json_decref(said);
	return out != NULL ? out : json_null();
}

/* Whoever waits is told, and with whom its turn has come. */
static void
fact_on_done(void *arg, const struct render_end *end)
{
	struct fact *k = arg;
	struct core *c = k->c;

	if (json_object_size(c->facts) >= FACTS_MOST)
		json_object_clear(c->facts);
	json_object_set_new(c->facts, k->key, video_read(end));
	json_object_update(c->touched, c->facts_wanted);
	json_object_clear(c->facts_wanted);
	c->previews_moved = true;
	fact_free(k);
}

/* True: it is being made. */
static bool
fact_begin(struct req *q, const struct held *h, const char *sha256,
    const char *key)
{
	struct blob b = { q->c->dir, h->row.office, sha256 };
	struct fact *k = xcalloc(1, sizeof *k);
	struct render_job o = { .program = FACTS_PROGRAM, .kind = "video",
		.on_done = fact_on_done, .arg = k };
	struct why why;

	*k = (struct fact){ .c = q->c, .key = xstrdup(key) };
	if (render_start_file(q->c, &o, &b, NULL, &why) < 0) {
		fact_free(k);
		return false;
	}
	k->next = q->c->facts_made;
	q->c->facts_made = k;
	return true;
}

/* Is it, or as many as run?  A case of many videos leaves places in the queue. */
static bool
fact_is_made(const struct core *c, const char *key)
{
	const struct fact *k;
	unsigned n = 0;

	for (k = c->facts_made; k != NULL && strcmp(k->key, key) != 0;
	     k = k->next)
		n++;
	return k != NULL || n >= RENDER_AT_ONCE;
}

/* ---- asking ---- */

/*
 * What is known of it, borrowed.  NULL: it is being made, or will be when the
 * screens of the case, which are told then, ask again; or it cannot be made
 * now, and *made is false.
 */
static const json_t *
fact_know(struct req *q, const struct held *h, const char *sha256, bool *made)
{
	const char *key = req_text(q, xasprintf("%s %s", h->row.office,
	    sha256));
	const json_t *known;

	if (q->c->facts == NULL) {
		q->c->facts = json_object();
		q->c->facts_wanted = json_object();
	}
	*made = false;
	if ((known = json_object_get(q->c->facts, key)) != NULL)
		return known;
	*made = fact_is_made(q->c, key) || fact_begin(q, h, sha256, key);
	if (*made)
		json_object_set_new(q->c->facts_wanted, h->row.folio,
		    json_string(h->row.office));
	return NULL;
}

static void
fact_add(struct req *q, const struct held *h, json_t *file, bool wait)
{
	bool made;
	const json_t *known = fact_know(q, h, doc_text(file, "sha256"), &made);
	json_t *media;
	char *text;

	if (made && wait && q->who->later != NULL)
		*q->who->later = true;
	if (!json_is_object(known))
		return;
	media = json_copy((json_t *)known);
	text = facts_text(media);
	json_object_set_new(media, "text", json_string(text));
	json_object_set_new(file, "media", media);
	free(text);
}

void
facts_add(struct req *q, const struct held *h, json_t *list, bool wait)
{
	json_t *file;
	size_t i;

	if (!render_has(q->c, FACTS_PROGRAM))
		return;
	json_array_foreach(list, i, file)
		if (doc_is(file, "kept") &&
		    facts_is_video(q, doc_text(file, "type")))
			fact_add(q, h, file, wait);
}

void
facts_clear(struct core *c)
{
	while (c->facts_made != NULL) {
		render_forget(c, c->facts_made);
		fact_free(c->facts_made);
	}
	json_decref(c->facts);
	json_decref(c->facts_wanted);
	c->facts = c->facts_wanted = NULL;
}
