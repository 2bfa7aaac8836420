/* SPDX-License-Identifier: ISC */
/*
 * words.c - see words.h.
 *
 * A word is folded before its root is looked for, so that «atencion» and
 * «atención» have the same; Snowball knows the endings -ción and -sión only
 * with their accent, so these get it back.
 */
#include "words.h"

#include <assert.h>
#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "../../proto/text.h"

static struct sb_stemmer *
words_stemmer(void)
{
	static struct sb_stemmer *one;

	if (one == NULL)
		one = sb_stemmer_new("spanish", NULL);
	assert(one != NULL);
	return one;
}

/* «atencion» as «atención».  Takes; gives. */
static char *
words_accent(char *fold)
{
	size_t n = strlen(fold);
	char *out;

	if (n < 6 || (strcmp(fold + n - 4, "cion") != 0 &&
	    strcmp(fold + n - 4, "sion") != 0))
		return fold;
	out = xasprintf("%.*són", (int)(n - 2), fold);
	free(fold);
	return out;
}

char *
words_root(const char *word, size_t len)
{
	char *fold = words_accent(text_fold_word(word, len)), *root;
	const sb_symbol *stem;

	stem = sb_stemmer_stem(words_stemmer(), (const sb_symbol *)fold,
	    (int)strlen(fold));
	assert(stem != NULL);
	root = text_fold((const char *)stem);
	free(fold);
	return root;
}

/* FNV-1a, 64 bits. */
static uint64_t
words_sum(const char *s)
{
	uint64_t h = 14695981039346656037u;

	for (; *s != '\0'; s++)
		h = (h ^ (uint8_t)*s) * 1099511628211u;
	return h == 0 ? 1 : h;
}

static void
words_put(struct words *w, struct word one)
{
	if (w->count == w->cap) {
		w->cap = w->cap == 0 ? 64 : w->cap * 2;
		w->v = xrealloc(w->v, w->cap, sizeof *w->v);
	}
	w->v[w->count++] = one;
}

void
words_add(struct words *w, const char *text)
{
	const char *s = text;
	char *root;
	size_t len;

	while (w->count < WORDS_TEXT_MAX && text_find_word(&s, &len)) {
		root = words_root(s, len);
		if (*root != '\0')
			words_put(w, (struct word){ words_sum(root), s, len });
		free(root);
		s += len;
	}
}

void
words_add_gap(struct words *w)
{
	words_put(w, (struct word){ 0, "", 0 });
}

void
words_clear(struct words *w)
{
	free(w->v);
	memset(w, 0, sizeof *w);
}

static int
words_compare(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	return x->root < y->root ? -1 : x->root > y->root;
}

char *
words_index(const struct words *w)
{
	struct word *v = xcalloc(w->count + 1, sizeof *v);
	struct buf b;
	char *root, *out;
	size_t i;

	memcpy(v, w->v, w->count * sizeof *v);
	qsort(v, w->count, sizeof *v, words_compare);
	buf_init(&b, SIZE_MAX / 4);
	for (i = 0; i < w->count; i++) {
		if (v[i].root == 0 || (i > 0 && v[i].root == v[i - 1].root))
			continue;
		root = words_root(v[i].at, v[i].len);
		(void)buf_addf(&b, "%s%s", b.len > 0 ? " " : "", root);
		free(root);
	}
	out = xstrdup(buf_str(&b));
	buf_clear(&b);
	free(v);
	return out;
}
