/* SPDX-License-Identifier: ISC */
/* linear_model.c - see linear_model.h. */
#include "linear_model.h"

#include "../../proto/base.h"

const char *const place_names[PLACE_N] = { "2.9", "D1", "2.10", "2.11",
	"3.1" };
const char *const act_names[ACT_N] = { "paso", "tomar", "soltar", "aprobar",
	"devolver", "hacer", "deshacer" };

enum { PRODUCER = 1 };			/* login 1 does 2.9, D1 and 2.10 */

/*
 * What is open.  Its revision is not known until somebody reads it; then it
 * is above every revision known before.
 */
struct spot {
	int64_t revision, above;
	int place, holder;
};

struct state {
	struct spot now, before;	/* before the last decision */
	int undoer;			/* who may take that back, 0: nobody */
	int pad;			/* states are compared as bytes */
};

/* Is it open, in these hands or nobody's, as it was when it was shown? */
static bool
state_allows(const struct state *s, enum place place, const struct op *o)
{
	return s->now.place == (int)place &&
	    (s->now.holder == 0 || s->now.holder == o->who) &&
	    s->now.revision == o->revision;
}

static void
state_move(struct state *s, enum place to, int holder, int undoer)
{
	s->before = s->now;
	s->undoer = undoer;
	if (s->now.revision > s->now.above)
		s->now.above = s->now.revision;
	s->now.revision = 0;
	s->now.place = (int)to;
	s->now.holder = holder;
}

static bool
state_read(struct state *s, const struct op *o)
{
	if (!o->good)
		return s->now.place != (int)o->place;
	if (s->now.place != (int)o->place || s->now.holder != o->holder)
		return false;
	if (s->now.revision == 0 && o->revision > s->now.above) {
		s->now.revision = o->revision;
		/* Taken or released since: the same opening of the step. */
		if (s->undoer != 0 && s->before.place == s->now.place)
			s->before.revision = o->revision;
	}
	return s->now.revision == o->revision;
}

static bool
state_take(struct state *s, const struct op *o)
{
	bool can = s->now.place == PLACE_2_11 && s->now.holder == 0;

	if (can && o->good) {
		s->before = s->now;
		s->undoer = o->who;
		s->now.holder = o->who;
	}
	return can == o->good;
}

static bool
state_release(struct state *s, const struct op *o)
{
	bool can = s->now.place == PLACE_2_11 && s->now.holder != 0;

	if (can && o->good) {
		s->before = s->now;
		s->undoer = o->who;
		s->now.holder = 0;
	}
	return can == o->good;
}

static bool
state_approve(struct state *s, const struct op *o)
{
	bool can = state_allows(s, PLACE_2_11, o);

	if (can && o->good)
		state_move(s, PLACE_3_1, PRODUCER, o->who);
	return can == o->good;
}

static bool
state_return(struct state *s, const struct op *o)
{
	bool can = state_allows(s, PLACE_2_11, o);

	if (can && o->good)
		state_move(s, PLACE_2_9, PRODUCER, o->who);
	return can == o->good;
}

static bool
state_do(struct state *s, const struct op *o)
{
	bool can = state_allows(s, o->place, o);

	if (can && o->good)
		state_move(s, o->place + 1,
		    o->place == PLACE_2_10 ? 0 : PRODUCER,
		    o->place == PLACE_D1 ? o->who : 0);
	return can == o->good;
}

static bool
state_undo(struct state *s, const struct op *o)
{
	bool can = s->undoer == o->who;

	if (can && !o->good && o->late)
		return true;
	if (can && o->good) {
		s->now = s->before;
		s->before = (struct spot){ 0 };
		s->undoer = 0;
	}
	return can == o->good;
}

static bool (*const state_acts[ACT_N])(struct state *, const struct op *) = {
	[ACT_READ] = state_read,
	[ACT_TAKE] = state_take,
	[ACT_RELEASE] = state_release,
	[ACT_APPROVE] = state_approve,
	[ACT_RETURN] = state_return,
	[ACT_DO] = state_do,
	[ACT_UNDO] = state_undo,
};

/* ---- the search ---- */

struct known {
	uint64_t done[OPS_MAX / 64];
	struct state state;
};

struct search {
	const struct op *ops;
	size_t n, deepest;
	struct known *table;		/* open addressing; done all 0 is free */
	size_t cap, used;
};

static size_t
known_hash(const struct known *k)
{
	const unsigned char *p = (const unsigned char *)k;
	uint64_t h = 1469598103934665603u;
	size_t i;

	for (i = 0; i < sizeof *k; i++)
		h = (h ^ p[i]) * 1099511628211u;
	return (size_t)h;
}

static bool
known_is_free(const struct known *k)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(k->done); i++)
		if (k->done[i] != 0)
			return false;
	return true;
}

static void
search_grow(struct search *s)
{
	struct known *old = s->table;
	size_t cap = s->cap, i, at;

	s->cap = cap == 0 ? 4096 : cap * 2;
	s->table = xcalloc(s->cap, sizeof *s->table);
	for (i = 0; i < cap; i++) {
		if (known_is_free(&old[i]))
			continue;
		at = known_hash(&old[i]) % s->cap;
		while (!known_is_free(&s->table[at]))
			at = (at + 1) % s->cap;
		s->table[at] = old[i];
	}
	free(old);
}

/* Remember; false when it has been here already. */
static bool
search_note(struct search *s, const struct known *k)
{
	size_t at;

	if (s->used * 2 >= s->cap)
		search_grow(s);
	for (at = known_hash(k) % s->cap; !known_is_free(&s->table[at]);
	    at = (at + 1) % s->cap)
		if (memcmp(&s->table[at], k, sizeof *k) == 0)
			return false;
	s->table[at] = *k;
	s->used++;
	return true;
}

static bool
known_has(const struct known *k, size_t i)
{
	return (k->done[i / 64] >> i % 64 & 1) != 0;
}

/* Whoever asked before the first unordered answer may come next. */
static bool
search_run(struct search *s, const struct known *k, size_t count)
{
	int64_t limit = INT64_MAX;
	struct known next;
	size_t i;

	if (count > s->deepest)
		s->deepest = count;
	if (count == s->n)
		return true;
	for (i = 0; i < s->n; i++)
		if (!known_has(k, i) && s->ops[i].to < limit)
			limit = s->ops[i].to;
	for (i = 0; i < s->n; i++) {
		if (known_has(k, i) || s->ops[i].from > limit)
			continue;
		next = *k;
		if (!state_acts[s->ops[i].act](&next.state, &s->ops[i]))
			continue;
		next.done[i / 64] |= (uint64_t)1 << i % 64;
		if (search_note(s, &next) && search_run(s, &next, count + 1))
			return true;
	}
	return false;
}

static int
op_compare(const void *a, const void *b)
{
	const struct op *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

bool
linear_check(struct op *ops, size_t n, size_t *deepest)
{
	struct search s = { .ops = ops, .n = n };
	struct known first;
	bool found;

	memset(&first, 0, sizeof first);
	first.state.now.place = PLACE_2_11;
	qsort(ops, n, sizeof *ops, op_compare);
	found = search_run(&s, &first, 0);
	*deepest = s.deepest;
	free(s.table);
	return found;
}
