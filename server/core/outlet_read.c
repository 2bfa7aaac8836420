/* SPDX-License-Identifier: ISC */
/*
 * outlet_read.c - what the courier read of an outlet's feed: its items become
 * notes of the office, each once, and it is read again when its time comes.
 */
#include <assert.h>

#include "job_own.h"
#include "note.h"
#include "outlet.h"

/* A feed may list what is months old: no news, and it came before. */
enum { READ_OLD_S = 7 * 86400, READ_AHEAD_S = 86400 };

struct read {
	struct req *q;
	json_t *body;			/* of the job */
	int64_t every_s;
	int64_t count;			/* notes that are new */
	struct note note;
	char *source;
	int64_t id;
	int r;
};

/* Out of the future: the server's clock is wrong, or its zone. */
static struct when
read_published(const struct read *rd, const json_t *item)
{
	struct when t = { 0 };

	(void)when_parse(doc_text(item, "published"), &t);
	if (t.s > rd->q->now.s && t.s < rd->q->now.s + READ_AHEAD_S)
		t = rd->q->now;
	return t.s > rd->q->now.s ? (struct when){ 0 } : t;
}

static int
read_item(struct read *rd, const json_t *item)
{
	struct note *n = &rd->note;
	int64_t id = 0;
	char *key;
	int r;

	n->published = read_published(rd, item);
	if (n->published.s != 0 &&
	    n->published.s < rd->q->now.s - READ_OLD_S)
		return 0;
	n->title = doc_text(item, "title");
	n->text = doc_text(item, "text");
	n->link = doc_text(item, "link");
	n->author = doc_text(item, "author");
	if (*n->title == '\0' || *doc_text(item, "guid") == '\0')
		return 0;
	key = xasprintf("%s\n%s", rd->source, doc_text(item, "guid"));
	n->key = key;
	r = note_add(rd->q->c, n, rd->q->now, &id, &rd->q->why);
	free(key);
	rd->count += id != 0;
	return r == -ERR_SYSTEM ? r : 0;
}

/* The outlet is there, and its strings: notes are kept meanwhile. */
static int
read_on_outlet(void *arg, const struct outlet_row *o)
{
	struct read *rd = arg;
	struct req *q = rd->q;

	rd->id = o->id;
	rd->every_s = o->every * 60;
	rd->source = req_text(q, xasprintf("feed:%lld", (long long)o->id));
	rd->note = (struct note){
		.office = req_text(q, xstrdup(o->office)),
		.source = rd->source,
		.medium = req_text(q, xstrdup(o->name)),
		.section = req_text(q, xstrdup(o->programme)),
	};
	return 1;
}

/* Where it was left: what is said to the server next time. */
static void
read_remember(struct read *rd, const json_t *result)
{
	static const char *const kept[] = { "etag", "modified" };
	json_t *v;
	size_t i;

	json_object_set_new(rd->body, "read_at",
	    json_integer(rd->q->now.s));
	if (doc_is(result, "same"))
		return;
	for (i = 0; i < ARRAY_LEN(kept); i++) {
		v = json_object_get(result, kept[i]);
		if (json_string_length(v) > 0 && json_string_length(v) < 512)
			json_object_set(rd->body, kept[i], v);
		else
			json_object_del(rd->body, kept[i]);
	}
}

int
outlet_on_read(struct req *q, const struct job_row *row, const json_t *result,
    int64_t *again, char **body)
{
	struct read rd = { .q = q };
	json_t *item;
	size_t i;
	int r;

	rd.body = json_loads(row->body, 0, NULL);
	assert(json_is_object(rd.body));
	(void)req_json(q, rd.body);
	if (store_find_outlet(q->c->store, doc_int(rd.body, "outlet"),
	    read_on_outlet, &rd) == 0)
		return 0;
	json_array_foreach(json_object_get(result, "items"), i, item)
		if ((r = read_item(&rd, item)) < 0)
			return r;
	read_remember(&rd, result);
	log_at(LOG_DEBUG, "outlet=%lld items=%zu notes=%lld",
	    (long long)rd.id, i, (long long)rd.count);
	core_touch_list(q->c, "medios", row->office);
	*again = q->now.s + rd.every_s;
	*body = json_dumps(rd.body, JSON_COMPACT);
	return 0;
}

int
outlet_on_failed(struct req *q, const struct job_row *row,
    const json_t *result)
{
	(void)result;
	core_touch_list(q->c, "medios", row->office);
	return 0;
}
