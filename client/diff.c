/* SPDX-License-Identifier: ISC */
/*
 * diff.c - the longest common run of words of two texts.
 *
 * Texts are cut into words, blanks and single signs ("12,480" is one word).
 * Common words at both ends are set aside; the rest goes through the usual
 * table, which is bounded: beyond DIFF_CELLS everything counts as changed.
 * Start reading at diff_words().
 */
#include "diff.h"

#include <ctype.h>

#include "base.h"

enum { DIFF_CELLS = 4 << 20, DIFF_SHORT = 5, DIFF_COMMON = 30 };

struct word {
	const char *p;
	size_t len;
};

struct words {
	struct word *w;
	size_t n;
};

enum op { OP_SAME, OP_GONE, OP_CAME };

struct step {
	enum op op;
	struct word w;
};

struct script {
	struct step *s;
	size_t n;
};

static bool
diff_is_letter(const char *p, const char *from)
{
	unsigned char c = (unsigned char)*p;

	if (c >= 0x80 || isalnum(c))
		return true;
	return (c == ',' || c == '.') && p > from &&
	    isdigit((unsigned char)p[-1]) && isdigit((unsigned char)p[1]);
}

static void
words_cut(struct words *ws, const char *s)
{
	memset(ws, 0, sizeof *ws);
	while (*s != '\0') {
		const char *from = s++;

		if (isspace((unsigned char)*from))
			while (isspace((unsigned char)*s))
				s++;
		else if (diff_is_letter(from, from))
			while (*s != '\0' && diff_is_letter(s, from))
				s++;
		if (ws->n % 64 == 0)
			ws->w = xrealloc(ws->w, ws->n + 64, sizeof *ws->w);
		ws->w[ws->n++] = (struct word){ from, (size_t)(s - from) };
	}
}

static bool
word_is_same(const struct word *a, const struct word *b)
{
	return a->len == b->len && memcmp(a->p, b->p, a->len) == 0;
}

static bool
word_is_blank(const struct word *w)
{
	return isspace((unsigned char)*w->p);
}

static void
script_add(struct script *sc, enum op op, const struct word *w)
{
	if (sc->n % 64 == 0)
		sc->s = xrealloc(sc->s, sc->n + 64, sizeof *sc->s);
	sc->s[sc->n++] = (struct step){ op, *w };
}

/* The part between the common ends: a table of common lengths, walked. */
static void
script_middle(struct script *sc, const struct word *a, size_t n,
    const struct word *b, size_t m)
{
	uint32_t *t = NULL;
	size_t i, j, wide = m + 1;

	if (n > 0 && m > 0 && (n + 1) * wide <= DIFF_CELLS) {
		t = xcalloc((n + 1) * wide, sizeof *t);
		for (i = n; i-- > 0;)
			for (j = m; j-- > 0;) {
				uint32_t down = t[(i + 1) * wide + j];
				uint32_t right = t[i * wide + j + 1];

				t[i * wide + j] = word_is_same(&a[i], &b[j]) ?
				    t[(i + 1) * wide + j + 1] + 1 :
				    down > right ? down : right;
			}
	}
	for (i = j = 0; i < n || j < m;) {
		if (t != NULL && i < n && j < m && word_is_same(&a[i], &b[j])) {
			script_add(sc, OP_SAME, &a[i++]);
			j++;
		} else if (i < n && (j == m || t == NULL ||
		    t[(i + 1) * wide + j] >= t[i * wide + j + 1])) {
			script_add(sc, OP_GONE, &a[i++]);
		} else {
			script_add(sc, OP_CAME, &b[j++]);
		}
	}
	free(t);
}

static void
script_make(struct script *sc, const struct words *a, const struct words *b)
{
	size_t head = 0, tail = 0, i;

	memset(sc, 0, sizeof *sc);
	while (head < a->n && head < b->n &&
	    word_is_same(&a->w[head], &b->w[head]))
		script_add(sc, OP_SAME, &a->w[head++]);
	while (tail < a->n - head && tail < b->n - head &&
	    word_is_same(&a->w[a->n - 1 - tail], &b->w[b->n - 1 - tail]))
		tail++;
	script_middle(sc, a->w + head, a->n - head - tail, b->w + head,
	    b->n - head - tail);
	for (i = a->n - tail; i < a->n; i++)
		script_add(sc, OP_SAME, &a->w[i]);
}

/* A lone blank between two changes belongs to the change. */
static bool
script_is_glue(const struct script *sc, size_t i)
{
	return sc->s[i].op == OP_SAME && word_is_blank(&sc->s[i].w) &&
	    i > 0 && i + 1 < sc->n && sc->s[i - 1].op != OP_SAME &&
	    sc->s[i + 1].op != OP_SAME;
}

/* Does this side have a change before or after the glue at i? */
static bool
script_joins(const struct script *sc, size_t i, enum op side)
{
	size_t j;
	bool before = false, after = false;

	for (j = i; j-- > 0 && sc->s[j].op != OP_SAME;)
		before |= sc->s[j].op == side;
	for (j = i + 1; j < sc->n && sc->s[j].op != OP_SAME; j++)
		after |= sc->s[j].op == side;
	return before && after;
}

static char *
script_side(const struct script *sc, enum op side, const char *begin,
    const char *end)
{
	struct buf b;
	bool open = false;
	char *out;
	size_t i;

	buf_init(&b, FRAME_MAX);
	for (i = 0; i < sc->n; i++) {
		const struct step *s = &sc->s[i];
		bool changed = s->op == side ||
		    (script_is_glue(sc, i) && script_joins(sc, i, side));

		if (!changed && s->op != OP_SAME)
			continue;
		if (changed != open)
			(void)buf_addf(&b, "%s", changed ? begin : end);
		open = changed;
		(void)buf_add(&b, s->w.p, s->w.len);
	}
	if (open)
		(void)buf_addf(&b, "%s", end);
	out = xstrdup(buf_str(&b));
	buf_clear(&b);
	return out;
}

/* Is enough of it common, and is it long enough, for marks to help? */
static bool
script_is_worth(const struct script *sc)
{
	size_t len[3] = { 0 }, count[3] = { 0 }, most;
	size_t i;

	for (i = 0; i < sc->n; i++)
		if (!word_is_blank(&sc->s[i].w)) {
			len[sc->s[i].op] += sc->s[i].w.len;
			count[sc->s[i].op]++;
		}
	most = len[OP_GONE] > len[OP_CAME] ? len[OP_GONE] : len[OP_CAME];
	return count[OP_SAME] + count[OP_GONE] + count[OP_CAME] > DIFF_SHORT &&
	    len[OP_SAME] * 100 >= (len[OP_SAME] + most) * DIFF_COMMON;
}

void
diff_words(const char *before, const char *after, char **minus, char **plus)
{
	struct words a, b;
	struct script sc;

	words_cut(&a, before);
	words_cut(&b, after);
	script_make(&sc, &a, &b);
	if (script_is_worth(&sc)) {
		*minus = script_side(&sc, OP_GONE, "[-", "-]");
		*plus = script_side(&sc, OP_CAME, "{+", "+}");
	} else {
		*minus = xstrdup(before);
		*plus = xstrdup(after);
	}
	free(sc.s);
	free(a.w);
	free(b.w);
}
