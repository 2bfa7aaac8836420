/* SPDX-License-Identifier: ISC */
/*
 * feed.c - tasks of kind "feed": read the feed of an outlet, unless it is as
 * it was.
 *
 *	body    {"url", "etag"?, "modified"?}
 *	result  {"same": true} or {"etag", "modified", "items":
 *		[{"guid", "title", "text", "link", "author", "published"}]}
 */
#include "feed_parse.h"
#include "http.h"
#include "kinds.h"

/* Of what comes; of what the core is told, in one frame. */
enum { FEED_BYTES = 5 << 20, FEED_TOLD = 700 * 1024 };

static void
feed_refuse(struct task *t, const struct http_answer *a)
{
	if (a->status == 404 || a->status == 410)
		task_fail(t, TASK_AGAIN, 3600, "El servidor dice que ahí no "
		    "hay nada (%ld): busque la dirección nueva del medio.",
		    a->status);
	else if (a->status == 401 || a->status == 403)
		task_fail(t, TASK_AGAIN, 3600, "El servidor no deja leer esa "
		    "dirección (%ld).", a->status);
	else
		task_fail(t, TASK_AGAIN, a->retry_s, "El servidor contestó "
		    "con un error (%ld).", a->status);
}

struct told {
	json_t *items;
	size_t size;
};

static int
feed_on_item(void *arg, const struct feed_item *it)
{
	struct told *told = arg;
	char at[WHEN_TEXT] = "";
	json_t *o;
	char *text;

	if (it->published.s != 0)
		(void)when_text(it->published, at);
	o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "guid", it->guid,
	    "title", it->title, "text", it->text, "link", it->link, "author",
	    it->author, "published", at);
	if (o == NULL)			/* not text after all */
		return 0;
	text = json_dumps(o, JSON_COMPACT | JSON_ENSURE_ASCII);
	told->size += strlen(text) + 1;
	free(text);
	if (told->size > FEED_TOLD) {
		json_decref(o);
		return 1;
	}
	json_array_append_new(told->items, o);
	return 0;
}

static void
feed_read(struct task *t, const struct http_answer *a)
{
	struct told told = { json_array(), 0 };
	struct why why;
	json_t *result;

	if (feed_parse(a->body, a->len, a->url, feed_on_item, &told, &why) <
	    0) {
		json_decref(told.items);
		task_fail(t, TASK_AGAIN, 0, "%s", why.text);
		return;
	}
	result = json_pack("{s:s, s:s}", "etag", a->etag, "modified",
	    a->modified);
	if (result == NULL)		/* the headers are no text */
		result = json_object();
	json_object_set_new(result, "items", told.items);
	task_done(t, result);
}

static void
feed_on_answer(struct task *t, const struct http_answer *a, const char *why)
{
	if (why != NULL)
		task_fail(t, TASK_AGAIN, 0, "%s", why);
	else if (a->status == 304)
		task_done(t, json_pack("{s:b}", "same", 1));
	else if (a->status != 200)
		feed_refuse(t, a);
	else
		feed_read(t, a);
}

/* "If-None-Match: …", or NULL: it was never said.  Given. */
static char *
feed_header(const struct task *t, const char *name, const char *key)
{
	const char *s = doc_text(t->body, key);

	return *s != '\0' ? xasprintf("%s: %s", name, s) : NULL;
}

void
feed_begin(struct task *t)
{
	char *etag = feed_header(t, "If-None-Match", "etag");
	char *since = feed_header(t, "If-Modified-Since", "modified");
	const char *headers[] = { "Accept: application/rss+xml, "
	    "application/atom+xml, application/xml;q=0.9, text/xml;q=0.8",
	    NULL, NULL, NULL };
	size_t n = 1;

	if (etag != NULL)
		headers[n++] = etag;
	if (since != NULL)
		headers[n] = since;
	http_start(t, &(struct http_ask){
	    .url = doc_text(t->body, "url"), .headers = headers,
	    .most = FEED_BYTES, .on_end = feed_on_answer });
	free(etag);
	free(since);
}
