/* SPDX-License-Identifier: ISC */
/*
 * feed.c - the file of the words follows the record.  The numbers of the
 * events say which cases have changed; what is kept of a case is what the case
 * says now, so that undoing and erasing need nothing of their own.
 *
 *   mark.fed     every event up to it has been looked at
 *   mark.swept   a new file: cases up to this id are in, the others follow
 *   mark.noted   notes up to this id are in; a note never changes
 *
 * The mark has the chain of the record there: a file that is of another
 * record, or ahead of one that was restored, begins again; so does one after a
 * turn was undone, for it may have followed that one.  What fails here
 * is logged, and tried again half a minute later: nobody's work waits for it.
 */
#include "monitor.h"
#include "scan.h"
#include "../store/search.h"

/* Of one step, some milliseconds; seconds between two attempts. */
enum { FEED_EVENTS = 64, FEED_CASES = 8, FEED_NOTES = 32, FEED_RETRY = 30 };

struct feed {
	struct search *search;		/* NULL: it cannot be had for now */
	struct when tried;
	bool again;			/* what it has is not to be trusted */
};

/* ---- what a case says ---- */

struct said {
	struct place *v;
	size_t count;
};

/* Takes text; label is borrowed until the case has been put. */
static void
said_add(struct said *s, enum place_kind kind, const struct done *d,
    const char *label, char *text)
{
	s->v = xrealloc(s->v, s->count + 1, sizeof *s->v);
	s->v[s->count++] = (struct place){
		.kind = kind,
		.step = d != NULL ? d->st->number : "",
		.row = d != NULL ? d->row : 0,
		.label = label,
		.text = text,
	};
}

static void
said_clear(struct said *s)
{
	size_t i;

	for (i = 0; i < s->count; i++)
		free((char *)s->v[i].text);
	free(s->v);
}

static void
said_add_text(struct said *s, enum place_kind kind, const struct done *d,
    const char *text)
{
	if (text != NULL && *text != '\0')
		said_add(s, kind, d, "", xstrdup(text));
}

static void
said_add_value(struct said *s, const struct done *d, const struct field *f,
    const json_t *v, const char *zone)
{
	if (v != NULL && !value_is_blank(v) && !json_is_boolean(v))
		said_add(s, PLACE_FIELD, d, f->label, value_text(f, v, zone));
}

/* What was asked when the case was opened. */
static void
said_add_header(struct said *s, const struct kase *ca, const char *zone)
{
	const struct start *st = procedure_find_start(ca->p, ca->start);
	const struct field *header;
	unsigned i, n;

	header = engine_header(&n);
	for (i = 0; i < n; i++)
		if (strcmp(header[i].id, "title") != 0)
			said_add_value(s, NULL, &header[i],
			    json_object_get(ca->header, header[i].id), zone);
	for (i = 0; st != NULL && i < st->fields_count; i++)
		said_add_value(s, NULL, &st->fields[i],
		    json_object_get(ca->header, st->fields[i].id), zone);
}

static void
said_add_answer(struct said *s, const struct done *d, const char *zone)
{
	unsigned i;

	for (i = 0; i < d->st->fields_count; i++)
		said_add_value(s, d, &d->st->fields[i],
		    json_object_get(d->values, d->st->fields[i].id), zone);
	said_add_text(s, PLACE_REMARK, d, d->reason);
}

static void
said_add_comments(struct said *s, const json_t *events)
{
	const json_t *kept, *body;
	size_t i;

	json_array_foreach(events, i, kept) {
		body = json_object_get(kept, "body");
		if (kase_event_is(kept, "case.commented"))
			said_add_text(s, PLACE_COMMENT, NULL,
			    json_string_value(json_object_get(body,
				"remark")));
	}
}

static void
said_fill(struct said *s, struct core *c, const struct held *h)
{
	const struct kase *ca = h->ca;
	struct world w;
	size_t i;

	core_world(c, h->row.office, &w);
	said_add_text(s, PLACE_FOLIO, NULL, ca->folio);
	said_add_text(s, PLACE_SUBJECT, NULL, ca->title);
	said_add_header(s, ca, w.zone);
	for (i = 0; i < ca->dones_count; i++)
		said_add_answer(s, &ca->dones[i], w.zone);
	said_add_text(s, PLACE_REMARK, NULL, ca->reason);
	said_add_comments(s, ca->events);
	for (i = 0; i < ca->records_count; i++)
		said_add_text(s, PLACE_RECORD, &(struct done){
		    .st = ca->records[i].st, .row = ca->records[i].row },
		    ca->records[i].record->name);
	said_add(s, PLACE_PROCEDURE, NULL, "",
	    xasprintf("%s %s", ca->p->code, ca->p->title));
}

struct scanned {
	struct said *said;
	const struct kase *ca;
	json_t *file;
};

static void
said_on_scan(void *arg, const struct scan_row *row)
{
	const struct scanned *sc = arg;
	struct done d = { .row = (int)doc_int(sc->file, "row") };

	d.st = procedure_find_step(sc->ca->p, doc_text(sc->file, "step"));
	if (*row->words != '\0')
		said_add(sc->said, PLACE_SCAN, &d, doc_text(sc->file, "label"),
		    xstrdup(row->words));
}

/* What was read in its clippings; of new ones it will be. */
static int
said_add_scans(struct said *s, struct search *search, const struct held *h,
    json_t *files, struct why *why)
{
	char *text = json_dumps(files, JSON_COMPACT);
	struct scanned sc = { .said = s, .ca = h->ca };
	int64_t id = h->row.id;
	size_t i;
	int r;

	r = search_keep_scans(search, id, text, why);
	free(text);
	json_array_foreach(files, i, sc.file)
		(void)search_find_scan(search, id, doc_text(sc.file, "sha256"),
		    said_on_scan, &sc);
	return r;
}

/* A case that is no more, or cannot be read, says nothing. */
static int
feed_case(struct core *c, int64_t id, struct why *why)
{
	struct search *search = c->feed->search;
	struct said s = { 0 };
	json_t *files = NULL;
	struct why own;
	struct held *h;
	int r;

	if (case_load_by_id(c, id, &h, &own) == 0) {
		said_fill(&s, c, h);
		files = scan_files(c, h->ca);
		r = h->ca->p->documents_count == 0 ? 0 :
		    said_add_scans(&s, search, h, files, why);
	} else
		r = search_keep_scans(search, id, "[]", why);
	if (r == 0)
		r = search_put(search, id, s.v, s.count, why);
	json_decref(files);
	said_clear(&s);
	return r;
}

/* ---- which cases ---- */

struct batch {
	int64_t cases[FEED_EVENTS];
	size_t count, events;
	struct search_mark mark;
	bool erased;
};

static void
batch_add(struct batch *b, int64_t id)
{
	size_t i;

	for (i = 0; i < b->count; i++)
		if (b->cases[i] == id)
			return;
	b->cases[b->count++] = id;
}

/* The first event of a case is its number (act.c). */
static void
batch_add_erased(struct batch *b, const char *body)
{
	json_t *doc = json_loads(body, 0, NULL), *data, *first;

	data = json_object_get(doc, "data");
	first = json_array_get(json_object_get(data, "events"), 0);
	if (json_is_integer(first)) {
		batch_add(b, json_integer_value(first));
		b->erased = true;
	}
	json_decref(doc);
}

static int
batch_on_entry(void *arg, const struct entry *e)
{
	static const char erased[] = "\"type\":\"case.erased\"}";
	struct batch *b = arg;

	if (e->kase != 0)
		batch_add(b, e->kase);
	else if (e->body != NULL && strstr(e->body, erased) != NULL)
		batch_add_erased(b, e->body);
	b->mark.fed = e->seq;
	memcpy(b->mark.chain, e->chain, HASH_SIZE);
	return ++b->events == FEED_EVENTS;
}

/* A new file: some of the cases that were there before it. */
static void
batch_sweep(struct batch *b, struct core *c)
{
	size_t i;

	for (i = 0; i < FEED_CASES && b->mark.swept >= 0; i++) {
		b->mark.swept = store_next_case(c->store, b->mark.swept);
		if (b->mark.swept > 0)
			batch_add(b, b->mark.swept);
		else
			b->mark.swept = -1;
	}
}

struct notes {
	struct batch *batch;
	struct search *search;
	size_t count;
	int r;
	struct why *why;
};

static int
batch_on_note(void *arg, const struct note_row *n)
{
	struct notes *no = arg;
	struct words w = { 0 };
	char *roots;

	monitor_words(n->title, n->text, &w);
	roots = words_index(&w);
	no->r = search_add_note(no->search, n->id, roots, no->why);
	no->batch->mark.noted = n->id;
	words_clear(&w);
	free(roots);
	return no->r < 0 || ++no->count == FEED_NOTES;
}

static int
batch_notes(struct core *c, struct batch *b, struct why *why)
{
	struct notes no = { .batch = b, .search = c->feed->search,
		.why = why };

	(void)store_each_note_after(c->store, b->mark.noted, batch_on_note,
	    &no);
	return no.r;
}

static int
batch_write(struct core *c, struct batch *b, struct why *why)
{
	struct search *s = c->feed->search;
	struct search_mark before = *search_mark(s);
	size_t i;
	int r;

	if ((r = search_begin(s, why)) < 0)
		return r;
	for (i = 0; r == 0 && i < b->count; i++)
		r = feed_case(c, b->cases[i], why);
	if (r == 0)
		r = batch_notes(c, b, why);
	if (r == 0 && before.swept >= 0 && b->mark.swept < 0)
		r = search_clear_scans(s, why);
	if (r < 0 || !b->erased)
		return r < 0 ? r : search_commit(s, &b->mark, why);
	/* The erasure counts as seen when nothing is left of it, not before. */
	if ((r = search_commit(s, &before, why)) < 0 ||
	    (r = search_scrub(s, why)) < 0 || (r = search_begin(s, why)) < 0)
		return r;
	return search_commit(s, &b->mark, why);
}

/* ---- the file ---- */

/* It begins with the record as it is now, and then the cases of before. */
static int
feed_begin(struct core *c, struct why *why)
{
	struct search *s = c->feed->search;
	struct search_mark m = { 0 };
	int r;

	c->feed->again = false;
	m.fed = store_head(c->store, m.chain);
	if ((r = search_begin(s, why)) == 0 &&
	    (r = search_restart(s, why)) == 0)
		r = search_commit(s, &m, why);
	return r;
}

static bool
feed_is_of(struct core *c)
{
	const struct search_mark *m = search_mark(c->feed->search);
	uint8_t chain[HASH_SIZE];

	return m->fed > 0 && m->noted <= store_last_note(c->store) &&
	    store_find_chain(c->store, m->fed, chain) == 0 &&
	    memcmp(chain, m->chain, HASH_SIZE) == 0;
}

static int
feed_is_away(struct why *why)
{
	return why_set(why, ERR_UNAVAILABLE,
	    "La búsqueda no está disponible en este momento: espere un minuto "
	    "y vuelva a intentar.");
}

static int
feed_fail(struct core *c, struct why *why)
{
	log_at(LOG_WARN, "search=failed why=\"%s\"", why->text);
	search_free(c->feed->search);
	c->feed->search = NULL;
	c->feed->tried = core_now(c);
	return feed_is_away(why);
}

static int
feed_open(struct core *c, struct why *why)
{
	char *path;
	int r;

	path = xasprintf("%s/palabras.db", c->dir);
	r = search_open(path, &c->feed->search, why);
	free(path);
	if (r == 0)
		r = search_retry_scans(c->feed->search, why);
	if (r == 0 && !feed_is_of(c))
		r = feed_begin(c, why);
	return r;
}

void
feed_free(struct feed *f)
{
	if (f != NULL)
		search_free(f->search);
	free(f);
}

void
feed_again(struct core *c)
{
	if (c->feed != NULL)
		c->feed->again = true;
}

struct search *
feed_search(struct core *c)
{
	return c->feed != NULL ? c->feed->search : NULL;
}

int64_t
feed_behind(const struct core *c)
{
	const struct search_mark *m;

	if (c->feed == NULL || c->feed->search == NULL)
		return core_seq(c);
	m = search_mark(c->feed->search);
	return core_seq(c) - m->fed + (m->swept >= 0) +
	    (m->noted < store_last_note(c->store));
}

int
feed_step(struct core *c, struct why *why)
{
	struct batch b = { 0 };

	if (c->feed == NULL)
		c->feed = xcalloc(1, sizeof *c->feed);
	if (c->feed->search == NULL &&
	    (core_now(c).s - c->feed->tried.s < FEED_RETRY ||
		core_disk_level(c) != DISK_OK))
		return feed_is_away(why);
	if (c->feed->search == NULL && feed_open(c, why) < 0)
		return feed_fail(c, why);
	if (c->feed->again && feed_begin(c, why) < 0)
		return feed_fail(c, why);
	if (feed_behind(c) == 0 || core_disk_level(c) != DISK_OK)
		return 0;
	b.mark = *search_mark(c->feed->search);
	if (store_each(c->store, b.mark.fed + 1, batch_on_entry, &b, why) < 0)
		return feed_fail(c, why);
	if (b.events < FEED_EVENTS / 2)
		batch_sweep(&b, c);
	if (batch_write(c, &b, why) < 0)
		return feed_fail(c, why);
	return feed_behind(c) > 0;
}

int
feed_scanned(struct core *c, const struct scan_row *row)
{
	struct search *s = feed_search(c);
	struct search_mark mark;
	struct why why;
	int r;

	if (s == NULL)
		return -ERR_UNAVAILABLE;
	mark = *search_mark(s);
	if ((r = search_begin(s, &why)) == 0 &&
	    (r = search_put_scan(s, row, &why)) == 0 &&
	    (r = feed_case(c, row->kase, &why)) == 0)
		r = search_commit(s, &mark, &why);
	return r < 0 ? feed_fail(c, &why) : 0;
}
