/* SPDX-License-Identifier: ISC */
/*
 * story.c - see story.h.  A note that is nearly the same as one of its story
 * is not remembered a second time (stories_add), so that a cable which
 * everybody prints makes no chain of the table long.
 */
#include "story.h"

#include <stdlib.h>
#include <string.h>

#include "../../proto/text.h"

enum {
	RUN_TEXT = 4, RUN_TITLE = 2,	/* words of a run */
	TEXT_LEAST = 12, TITLE_LEAST = 4,	/* words, to be compared */
	BANDS = 16, BAND = SKETCH_SIZE / BANDS,
	TWIN = 58,			/* of SKETCH_SIZE: nothing new */
	CHAIN_MOST = 64			/* of a band: the newest are looked at */
};

/* ---- sketches ---- */

/* The finalizer of SplitMix64: every bit of x moves every other. */
static uint64_t
story_mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

static void
sketch_run(struct sketch *s, const struct words *w, size_t run)
{
	uint64_t h;
	uint32_t v;
	size_t i, k;

	memset(s->v, 0xff, sizeof s->v);
	for (i = 0; i + run <= w->count; i++) {
		for (h = 0, k = 0; k < run; k++)
			h = story_mix(h + w->v[i + k].root + k);
		for (k = 0; k < SKETCH_SIZE; k++) {
			v = (uint32_t)story_mix(h +
			    (k + 1) * 0x9e3779b97f4a7c15u);
			if (v < s->v[k])
				s->v[k] = v;
		}
	}
}

bool
sketch_make(struct sketch *s, const char *title, const char *text)
{
	struct words w = { 0 };
	bool said = true;

	words_add(&w, text);
	if (w.count >= TEXT_LEAST) {
		sketch_run(s, &w, RUN_TEXT);
	} else {
		words_clear(&w);
		words_add(&w, title);
		if ((said = w.count >= TITLE_LEAST))
			sketch_run(s, &w, RUN_TITLE);
	}
	words_clear(&w);
	return said;
}

int
sketch_alike(const struct sketch *a, const struct sketch *b)
{
	int i, n = 0;

	for (i = 0; i < SKETCH_SIZE; i++)
		n += a->v[i] == b->v[i];
	return n;
}

/* ---- the table ---- */

struct told {
	int64_t id, story, at;
	struct sketch sketch;
	unsigned next[BANDS];		/* before it in its chains; 0: none */
};

struct stories {
	struct told *v;			/* v[0] is not used */
	unsigned count, cap, slots;
	unsigned *heads;		/* BANDS tables of slots chains */
};

struct stories *
stories_new(void)
{
	struct stories *s = xcalloc(1, sizeof *s);

	s->count = 1;
	return s;
}

void
stories_free(struct stories *s)
{
	if (s == NULL)
		return;
	free(s->v);
	free(s->heads);
	free(s);
}

static unsigned *
stories_head(const struct stories *s, const struct sketch *k, int band)
{
	uint64_t h = (uint64_t)band;
	int i;

	for (i = 0; i < BAND; i++)
		h = story_mix(h + k->v[band * BAND + i]);
	return &s->heads[(unsigned)band * s->slots +
	    (unsigned)(h & (s->slots - 1))];
}

static void
stories_link(struct stories *s, unsigned i)
{
	unsigned *head;
	int band;

	for (band = 0; band < BANDS; band++) {
		head = stories_head(s, &s->v[i].sketch, band);
		s->v[i].next[band] = *head;
		*head = i;
	}
}

/* Twice the room; of too many, the older half is forgotten. */
static void
stories_grow(struct stories *s)
{
	unsigned i;

	if (s->count > STORY_MOST) {
		memmove(&s->v[1], &s->v[s->count / 2],
		    (s->count - s->count / 2) * sizeof *s->v);
		s->count = s->count - s->count / 2 + 1;
	} else {
		s->cap = s->cap == 0 ? 1024 : s->cap * 2;
		s->v = xrealloc(s->v, s->cap, sizeof *s->v);
	}
	s->slots = s->cap;
	free(s->heads);
	s->heads = xcalloc((size_t)BANDS * s->slots, sizeof *s->heads);
	for (i = 1; i < s->count; i++)
		stories_link(s, i);
}

/* The remembered note most like it. */
static const struct told *
stories_nearest(const struct stories *s, const struct sketch *k,
    struct when at)
{
	const struct told *best = NULL, *one;
	int band, steps, n, most = STORY_ALIKE - 1;
	unsigned i;

	for (band = 0; band < BANDS && s->slots > 0; band++) {
		steps = 0;
		for (i = *stories_head(s, k, band); i != 0 &&
		     steps < CHAIN_MOST; i = s->v[i].next[band], steps++) {
			one = &s->v[i];
			if (at.s - one->at > STORY_DAYS * 86400 ||
			    (n = sketch_alike(k, &one->sketch)) <= most)
				continue;
			most = n;
			best = one;
		}
	}
	return best;
}

void
stories_add(struct stories *s, int64_t id, int64_t story, struct when at,
    const struct sketch *k)
{
	const struct told *twin = stories_nearest(s, k, at);

	if (twin != NULL && twin->story == story &&
	    sketch_alike(k, &twin->sketch) >= TWIN &&
	    at.s - twin->at < 86400)
		return;
	if (s->count >= s->cap || s->count > STORY_MOST)
		stories_grow(s);
	s->v[s->count] = (struct told){ .id = id, .story = story, .at = at.s,
		.sketch = *k };
	stories_link(s, s->count++);
}

int64_t
stories_find(const struct stories *s, const struct sketch *k, struct when at,
    int64_t *story)
{
	const struct told *best = stories_nearest(s, k, at);

	*story = best != NULL ? best->story : 0;
	return best != NULL ? best->id : 0;
}

/* ---- why ---- */

struct sums {
	uint64_t *v;
	size_t count;
};

static int
sums_compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void
sums_add(struct sums *s, const char *from, const char *to)
{
	char *copy = xcalloc((size_t)(to - from) + 1, 1);
	struct words w = { 0 };
	uint64_t h = 0;
	size_t i;

	memcpy(copy, from, (size_t)(to - from));
	words_add(&w, copy);
	for (i = 0; i < w.count; i++)
		h = story_mix(h + w.v[i].root);
	if (w.count > 1) {		/* a word alone is no sentence */
		s->v = xrealloc(s->v, s->count + 1, sizeof *s->v);
		s->v[s->count++] = h;
	}
	words_clear(&w);
	free(copy);
}

/* A sentence ends with a line, or with a stop that a blank follows. */
static struct sums
sums_of(const char *text)
{
	struct sums s = { 0 };
	const char *p, *from = text;

	for (p = text; *p != '\0'; p++)
		if (*p == '\n' || (strchr(".!?", *p) != NULL &&
		    (p[1] == ' ' || p[1] == '\n' || p[1] == '\0'))) {
			sums_add(&s, from, p);
			from = p + 1;
		}
	sums_add(&s, from, p);
	if (s.count > 0)
		qsort(s.v, s.count, sizeof *s.v, sums_compare);
	return s;
}

void
story_sentences(const char *a, const char *b, int *same, int *of)
{
	struct sums x = sums_of(a), y = sums_of(b);
	size_t i;

	*same = 0;
	*of = (int)x.count;
	for (i = 0; i < x.count; i++)
		*same += y.count > 0 && bsearch(&x.v[i], y.v, y.count,
		    sizeof *y.v, sums_compare) != NULL;
	free(x.v);
	free(y.v);
}
