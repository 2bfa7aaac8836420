/* SPDX-License-Identifier: ISC */
/*
 * case.c - cases in memory: each one is its events applied in order
 * (engine_apply), kept as long as there is room.  The record is the truth; any
 * of these may be forgotten between two commands.
 */
#include <assert.h>

#include "req.h"

void
case_note_seq(struct held *h, int64_t seq)
{
	if (h->seqs_count == h->seqs_cap) {
		h->seqs_cap = h->seqs_cap * 2 + 16;
		h->seqs = xrealloc(h->seqs, h->seqs_cap, sizeof *h->seqs);
	}
	h->seqs[h->seqs_count++] = seq;
}

void
case_held_free(struct held *h)
{
	if (h == NULL)
		return;
	kase_free(h->ca);
	case_row_clear(&h->row);
	json_decref(h->filed);
	free(h->seqs);
	free(h);
}

/* Where the case with that id hangs, or would: the end of its chain. */
static struct held **
case_link(struct core *c, int64_t id)
{
	struct held **at = &c->by_id[(uint64_t)id % HELD_BUCKETS];

	while (*at != NULL && (*at)->row.id != id)
		at = &(*at)->next;
	return at;
}

struct held *
case_new(struct core *c, const struct procedure *p, int64_t id)
{
	struct held *h = xcalloc(1, sizeof *h);

	h->ca = kase_new(p);
	h->row.id = id;
	h->used = ++c->held_clock;
	h->decided = -1;		/* whatever the view says */
	*case_link(c, id) = h;
	c->held = xrealloc(c->held, c->held_count + 1, sizeof *c->held);
	c->held[c->held_count++] = h;
	return h;
}

static void
case_drop_at(struct core *c, size_t i)
{
	struct held *h = c->held[i];

	*case_link(c, h->row.id) = h->next;
	c->held[i] = c->held[--c->held_count];
	case_held_free(h);
}

void
case_drop(struct core *c, struct held *h)
{
	size_t i;

	for (i = 0; i < c->held_count; i++)
		if (c->held[i] == h) {
			case_drop_at(c, i);
			return;
		}
}

void
case_spare(struct core *c, struct held *h)
{
	if (c->held_count > CASES_KEPT)
		case_drop(c, h);
}

/* The one used last comes first. */
static int
case_compare_use(const void *a, const void *b)
{
	const struct held *const *x = a, *const *y = b;

	return (*x)->used < (*y)->used ? 1 : (*x)->used > (*y)->used ? -1 : 0;
}

/* Forget the least recently used until at most keep are left. */
void
case_evict(struct core *c, size_t keep)
{
	if (c->held_count <= keep)
		return;
	qsort(c->held, c->held_count, sizeof *c->held, case_compare_use);
	while (c->held_count > keep)
		case_drop_at(c, c->held_count - 1);
}

static const char *
case_string(const json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

/* One event of the record, applied to the case in h. */
static int
case_on_entry(void *arg, const struct entry *e)
{
	struct held *h = arg;
	struct when at = { 0 };
	json_t *body, *data;

	body = json_loads(e->body != NULL ? e->body : "", 0, NULL);
	assert(body != NULL);
	(void)when_parse(case_string(body, "at"), &at);
	data = json_object_get(body, "data");
	engine_apply(h->ca, data, case_string(body, "actor"),
	    case_string(body, "role"), case_string(body, "on_behalf_of"), at);
	case_note_seq(h, e->seq);
	json_decref(body);
	return 0;
}

static int
case_read(struct core *c, struct case_row *row, struct held **out,
    struct why *why)
{
	const struct procedure *p;
	struct held *h;
	int r;

	p = core_find_procedure(c, row->procedure, row->revision);
	if (p == NULL) {
		r = why_set(why, ERR_SYSTEM,
		    "Falta en el servidor la revisión %s de %s.",
		    row->revision, row->procedure);
		case_row_clear(row);
		return r;
	}
	h = case_new(c, p, row->id);
	h->row = *row;
	r = store_case_events(c->store, row->id, case_on_entry, h, why);
	if (r < 0) {
		case_drop(c, h);
		return r;
	}
	*out = h;
	return 0;
}

static struct held *
case_find_held(struct core *c, int64_t id)
{
	struct held *h = *case_link(c, id);

	if (h != NULL)
		h->used = ++c->held_clock;
	return h;
}

int
case_load_by_id(struct core *c, int64_t id, struct held **out,
    struct why *why)
{
	struct case_row row;

	if ((*out = case_find_held(c, id)) != NULL)
		return 0;
	if (store_get_case_by_id(c->store, id, &row) < 0)
		return -ERR_NOT_FOUND;
	return case_read(c, &row, out, why);
}

/* One that may not be seen is not even read: it takes no longer than none. */
int
case_find(struct req *q, const char *folio, struct held **out)
{
	int64_t id = store_find_case(q->c->store, folio);
	struct case_row row;
	bool seen;

	*out = case_find_held(q->c, id);
	if (*out != NULL && access_sees_case(q, &(*out)->row))
		return 0;
	if (*out == NULL &&
	    store_get_case_by_id(q->c->store, id, &row) == 0) {
		seen = access_sees_case(q, &row);
		case_row_clear(&row);
		if (seen)
			return case_load_by_id(q->c, id, out, &q->why);
	}
	*out = NULL;
	return why_set(&q->why, ERR_NOT_FOUND,
	    "No hay un expediente «%.40s» a su alcance.", folio);
}

int
case_put_draft(struct req *q, const struct held *h, const struct token *t,
    const char *field, const char *value)
{
	struct core *c = q->c;

	if ((!store_is_open(c->store) && store_begin(c->store, &q->why) < 0) ||
	    store_put_draft(c->store, h->row.id, t->st->number, t->row, field,
		value, q->actor.login, q->now.s, &q->why) < 0)
		return core_break(c, &q->why);
	return 0;
}

int
case_token(struct req *q, struct held **h, const struct token **t)
{
	bool known;
	int r;

	if ((r = case_find(q, q->pos[0], h)) < 0)
		return r;
	*t = kase_find_token((*h)->ca, q->pos[1], &known);
	if (*t != NULL)
		return kase_check_ref((*h)->ca, q->pos[1], &q->why);
	if (!known)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "%s no tiene un paso «%.20s».", (*h)->ca->p->code,
		    q->pos[1]);
	if ((*h)->ca->state != CASE_OPEN)
		return why_set(&q->why, ERR_REFUSED,
		    "El expediente %s ya no está abierto.", (*h)->row.folio);
	return why_set(&q->why, ERR_REFUSED,
	    "El paso %s de %s no está abierto ahora.", q->pos[1],
	    (*h)->row.folio);
}

const struct field *
step_field(struct req *q, const struct step *st, const char *name)
{
	const struct field *f = value_find_field(st->fields,
	    st->fields_count, name);

	if (f == NULL)
		(void)why_set(&q->why, ERR_USAGE,
		    "El paso %s no tiene un campo «%.60s».", st->number, name);
	return f;
}
