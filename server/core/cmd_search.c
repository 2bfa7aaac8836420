/* SPDX-License-Identifier: ISC */
/*
 * cmd_search.c - `buscar`: the cases that say some words, and where they say
 * them.  Whoever may not see a case is not told that it says anything.
 */
#include "../store/search.h"
#include "req.h"

/* Steps of feeding before the answer, of which most need none; cases. */
enum { FOUND_STEPS = 64, FOUND_MOST = 100 };

struct found {
	struct req *q;
	json_t *cases;
	bool more;
};

static bool
found_has(const struct found *f, const char *folio)
{
	const json_t *c;
	size_t i;

	json_array_foreach(f->cases, i, c)
		if (strcmp(json_string_value(json_object_get(c, "folio")),
			folio) == 0)
			return true;
	return false;
}

static json_t *
found_case(struct req *q, const struct held *h)
{
	const struct case_row *row = &h->row;
	size_t left;
	json_t *hits = doc_hits(q, row->id, q->pos[0], &left);

	return json_pack("{s:s, s:s, s:s?, s:s, s:s, s:s, s:o, s:o, s:o, s:I}",
	    "folio", row->folio, "procedure", row->procedure, "brief",
	    h->ca->p->brief, "title", row->title, "state",
	    row->state == CASE_OPEN ? "open" :
	    row->state == CASE_CLOSED ? "closed" : "cancelled", "office",
	    row->office, "opened_at", json_when((struct when){ row->opened }),
	    "open", doc_open(h), "hits", hits, "hits_left", (json_int_t)left);
}

/* One that may not be seen is not even read. */
static int
found_on_case(void *arg, int64_t id)
{
	struct found *f = arg;
	struct case_row row;
	struct held *h;
	bool seen;

	if (store_get_case_by_id(f->q->c->store, id, &row) < 0)
		return 0;
	seen = access_sees_case(f->q, &row) &&
	    !found_has(f, row.folio);
	case_row_clear(&row);
	if (!seen || case_load_by_id(f->q->c, id, &h, &f->q->why) < 0)
		return 0;
	f->more = json_array_size(f->cases) == FOUND_MOST;
	if (!f->more)
		json_array_append_new(f->cases, found_case(f->q, h));
	return f->more;
}

int
cmd_buscar(struct req *q)
{
	struct found f = { .q = q, .cases = json_array() };
	bool most;
	int r, i;

	json_object_set_new(q->out, "cases", f.cases);
	for (i = 0; i < FOUND_STEPS; i++)
		if ((r = feed_step(q->c, &q->why)) <= 0)
			break;
	if (r < 0)
		return r;
	if (search_find(feed_search(q->c), q->pos[0], found_on_case, &f,
		&most, &q->why) < 0)
		return -ERR_UNAVAILABLE;
	json_object_set_new(q->out, "more", json_boolean(f.more));
	json_object_set_new(q->out, "partial", json_boolean(most));
	json_object_set_new(q->out, "behind",
	    json_integer((json_int_t)feed_behind(q->c)));
	return 0;
}
