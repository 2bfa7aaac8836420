/* SPDX-License-Identifier: ISC */
/* profile.c - see profile.h: does a text say it, and where? */
#include "profile_own.h"

#include <assert.h>
#include <stdlib.h>

/* How many words from i on are the node, which has a place; 0: none. */
static size_t
profile_at(const struct profile *p, unsigned node, const struct words *w,
    size_t i)
{
	const struct node *n = &p->v[node];
	size_t k, other;

	if (n->kind == NODE_OR) {
		k = profile_at(p, n->a, w, i);
		other = profile_at(p, n->b, w, i);
		return k > other ? k : other;
	}
	for (k = 0; k < n->b; k++)
		if (i + k >= w->count ||
		    w->v[i + k].root != p->roots[n->a + k].sum)
			return 0;
	return k;
}

static void
hit_add(struct profile_hit *hit, const struct words *w, size_t from, size_t n)
{
	size_t i, k;

	for (i = from; i < from + n; i++) {
		for (k = 0; k < hit->count; k++)
			if (hit->v[k]->root == w->v[i].root)
				break;
		if (k == hit->count && k < PROFILE_WORDS)
			hit->v[hit->count++] = &w->v[i];
	}
}

static bool
profile_has(const struct profile *p, unsigned node, const struct words *w,
    struct profile_hit *hit)
{
	size_t i, n;

	for (i = 0; i < w->count; i++)
		if ((n = profile_at(p, node, w, i)) > 0) {
			hit_add(hit, w, i, n);
			return true;
		}
	return false;
}

/* Words between a ending and b beginning, in either order; none across a gap. */
static bool
profile_is_near(const struct profile *p, const struct node *n,
    const struct words *w, struct profile_hit *hit)
{
	const unsigned side[2] = { n->a, n->b };
	size_t from[2] = { 0 }, len[2] = { 0 }, i, k, now;

	for (i = 0; i < w->count; i++) {
		if (w->v[i].root == 0)
			len[0] = len[1] = 0;
		for (k = 0; k < 2; k++) {
			now = profile_at(p, side[k], w, i);
			if (now > 0 && len[!k] > 0 && from[!k] + len[!k] <= i &&
			    i - from[!k] - len[!k] <= n->near) {
				hit_add(hit, w, from[!k], len[!k]);
				hit_add(hit, w, i, now);
				return true;
			}
			if (now > 0) {
				from[k] = i;
				len[k] = now;
			}
		}
	}
	return false;
}

static bool
profile_match(const struct profile *p, unsigned node, const struct words *w,
    struct profile_hit *hit)
{
	const struct node *n = &p->v[node];
	size_t had = hit->count;
	bool a, b;

	switch (n->kind) {
	case NODE_PHRASE:
		return profile_has(p, node, w, hit);
	case NODE_NEAR:
		return profile_is_near(p, n, w, hit);
	case NODE_NOT:
		a = profile_match(p, n->a, w, hit);
		hit->count = had;
		return !a;
	case NODE_AND:
		if (profile_match(p, n->a, w, hit) &&
		    profile_match(p, n->b, w, hit))
			return true;
		hit->count = had;
		return false;
	case NODE_OR:
		a = profile_match(p, n->a, w, hit);
		b = profile_match(p, n->b, w, hit);
		return a || b;
	}
	assert(0);
	return false;
}

bool
profile_matches(const struct profile *p, const struct words *w,
    struct profile_hit *hit)
{
	struct profile_hit own;

	if (hit == NULL)
		hit = &own;
	hit->count = 0;
	return profile_match(p, p->top, w, hit);
}

/* ---- an expression for an index ---- */

/* Takes both; NULL asks for nothing. */
static char *
index_join(char *a, char *b, bool all)
{
	char *out;

	if (a != NULL && b != NULL)
		out = xasprintf("(%s %s %s)", a, all ? "AND" : "OR", b);
	else if (all && (a != NULL || b != NULL))
		return a != NULL ? a : b;
	else
		out = NULL;
	free(a);
	free(b);
	return out;
}

static char *
index_of(const struct profile *p, unsigned node)
{
	const struct node *n = &p->v[node];
	char *out = NULL;
	unsigned i;

	switch (n->kind) {
	case NODE_NOT:
		return NULL;
	case NODE_PHRASE:
		for (i = 0; i < n->b; i++)
			out = index_join(out, xasprintf("\"%s\"",
			    p->roots[n->a + i].text), true);
		return out;
	case NODE_OR:
		return index_join(index_of(p, n->a), index_of(p, n->b), false);
	default:
		return index_join(index_of(p, n->a), index_of(p, n->b), true);
	}
}

char *
profile_index(const struct profile *p)
{
	return index_of(p, p->top);
}
