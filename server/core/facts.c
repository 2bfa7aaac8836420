/* SPDX-License-Identifier: ISC */
/* facts.c - see facts.h. */
#include <stdlib.h>
#include <string.h>

#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "../store/blob.h"
#include "facts.h"
#include "render.h"

enum { FACTS_MOST = 4096, FACTS_BYTES = 4096, CODEC_MAX = 32 };

/* One that is being made. */
struct fact {
	struct core *c;
	struct fact *next;
	char *key, *folio, *office;	/* the case that first asked */
};

static const char *
fact_str(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

static long long
fact_int(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

char *
facts_text(const json_t *facts)
{
	long long s = (fact_int(facts, "duration_ms") + 500) / 1000;
	char length[40] = "";

	if (s >= 3600)
		(void)snprintf(length, sizeof length, "%lld:%02lld:%02lld, ",
		    s / 3600, s / 60 % 60, s % 60);
	else if (fact_int(facts, "duration_ms") > 0)
		(void)snprintf(length, sizeof length, "%lld:%02lld, ", s / 60,
		    s % 60);
	return xasprintf(_("%s%lld × %lld puntos, %s"), length,
	    fact_int(facts, "width"), fact_int(facts, "height"),
	    fact_str(facts, "codec"));
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
	free(k->folio);
	free(k->office);
	free(k);
}

/* What a process said that had strangers' bytes in hand; NULL: nothing. */
static json_t *
fact_read(const struct render_end *end)
{
	char *text = end->r == 0 ? render_text(end, FACTS_BYTES) : NULL;
	json_t *said = text != NULL ? json_loads(text, 0, NULL) : NULL, *out;
	char codec[CODEC_MAX];

	free(text);
	if (said == NULL)
		return json_null();
	(void)text_safe(fact_str(said, "codec"), codec, sizeof codec, 0);
	out = json_pack("{s:I, s:I, s:I, s:s}", "width",
	    (json_int_t)fact_int(said, "width"), "height",
	    (json_int_t)fact_int(said, "height"), "duration_ms",
	    (json_int_t)fact_int(said, "duration_ms"), "codec", codec);
	json_decref(said);
	return out != NULL ? out : json_null();
}

static void
fact_on_done(void *arg, const struct render_end *end)
{
	struct fact *k = arg;
	struct core *c = k->c;

	if (json_object_size(c->facts) >= FACTS_MOST)
		json_object_clear(c->facts);
	json_object_set_new(c->facts, k->key, fact_read(end));
	json_object_set_new(c->touched, k->folio, json_string(k->office));
	c->previews_moved = true;
	fact_free(k);
}

/* True: it is being made. */
static bool
fact_begin(struct req *q, const struct held *h, const char *key,
    const char *sha256)
{
	struct blob b = { q->c->dir, h->row.office, sha256 };
	json_t *job = json_pack("{s:i}", "file", 3);
	struct render_job o = { .program = FACTS_PROGRAM, .kind = "video",
		.job = job, .files_count = 1, .on_done = fact_on_done };
	struct fact *k = xcalloc(1, sizeof *k);
	struct why why;
	bool begun;

	*k = (struct fact){ .c = q->c, .key = xstrdup(key),
		.folio = xstrdup(h->row.folio),
		.office = xstrdup(h->row.office) };
	o.arg = k;
	begun = (o.files[0] = blob_open(&b)) >= 0 &&
	    render_start(q->c, &o, &why) == 0;
	json_decref(job);
	if (!begun) {
		fact_free(k);
		return false;
	}
	k->next = q->c->facts_made;
	q->c->facts_made = k;
	return true;
}

static bool
fact_is_made(const struct core *c, const char *key)
{
	const struct fact *k;

	for (k = c->facts_made; k != NULL && strcmp(k->key, key) != 0;
	     k = k->next)
		;
	return k != NULL;
}

/* ---- asking ---- */

static void
fact_add(struct req *q, const struct held *h, json_t *file, bool wait)
{
	const char *sum = fact_str(file, "sha256");
	const char *key = req_text(q, xasprintf("%s %s", h->row.office, sum));
	json_t *known = json_object_get(q->c->facts, key), *media;
	char *text;

	if (known == NULL && (fact_is_made(q->c, key) ||
	    fact_begin(q, h, key, sum)) && wait && q->who->later != NULL)
		*q->who->later = true;
	if (!json_is_object(known))
		return;
	media = json_copy(known);
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
	if (q->c->facts == NULL)
		q->c->facts = json_object();
	json_array_foreach(list, i, file)
		if (json_is_true(json_object_get(file, "kept")) &&
		    facts_is_video(q, fact_str(file, "type")))
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
	c->facts = NULL;
}
