/* SPDX-License-Identifier: ISC */
/* doc_hit.c - HIT: where a case says what was looked for, and how. */
#include "../../proto/text.h"
#include "../store/search.h"
#include "req.h"

/* Places of a case; bytes before the word, and in all. */
enum { HITS_MOST = 3, HIT_BEFORE = 40, HIT_BYTES = 140 };

struct hits {
	struct req *q;
	char *words[WORDS_MAX];		/* folded, of the question */
	size_t words_count;
	json_t *list;
	size_t left;			/* places that fit no more */
};

/* The first word of text that begins with one of those asked for, or NULL. */
static const char *
hit_find(const struct hits *f, const char *text)
{
	const char *at = NULL;
	size_t i, len;
	char *word;

	for (; at == NULL && text_find_word(&text, &len); text += len) {
		word = text_fold_word(text, len);
		for (i = 0; at == NULL && i < f->words_count; i++)
			if (strncmp(word, f->words[i],
				strlen(f->words[i])) == 0)
				at = text;
		free(word);
	}
	return at;
}

/* The text around at, in one line. */
static char *
hit_snippet(struct req *q, const char *text, const char *at)
{
	const char *from = at - text > HIT_BEFORE ? at - HIT_BEFORE : text;
	char *line, *p;

	/* From the beginning of a word: a blank, or a whole letter at least. */
	if (from > text)
		for (p = (char *)from; p < at; p++)
			if (*p == ' ' || *p == '\n') {
				from = p + 1;
				break;
			}
	while (from < at && ((unsigned char)*from & 0xc0) == 0x80)
		from++;
	line = req_text(q, xasprintf("%s%.*s", from > text ? "…" : "",
			       HIT_BYTES, from));
	text_cut(line);
	for (p = line; *p != '\0'; p++)
		if (*p == '\n' || *p == '\t')
			*p = ' ';
	return strlen(from) > HIT_BYTES ?
	    req_text(q, xasprintf("%s…", line)) : line;
}

static int
hit_on_place(void *arg, const struct place *p)
{
	static const char *const names[] = {
		[PLACE_FOLIO] = "folio",
		[PLACE_SUBJECT] = "subject",
		[PLACE_FIELD] = "field",
		[PLACE_REMARK] = "remark",
		[PLACE_RECORD] = "record",
		[PLACE_PROCEDURE] = "procedure",
		[PLACE_COMMENT] = "comment",
		[PLACE_SCAN] = "scan",
	};
	struct hits *f = arg;
	const char *at = hit_find(f, p->text);

	if (at == NULL)
		return 0;
	if (json_array_size(f->list) == HITS_MOST) {
		f->left++;
		return 0;
	}
	json_array_append_new(f->list, json_pack("{s:s, s:o, s:i, s:s, s:s}",
	    "where", names[p->kind], "step",
	    *p->step != '\0' ? json_string(p->step) : json_null(), "row",
	    p->row, "label", p->label, "text",
	    hit_snippet(f->q, p->text, at)));
	return 0;
}

json_t *
doc_hits(struct req *q, int64_t kase, const char *text, size_t *left)
{
	struct hits f = { .q = q, .list = json_array() };
	struct why why;
	size_t len;

	for (; f.words_count < WORDS_MAX && text_find_word(&text, &len);
	     text += len) {
		f.words[f.words_count] = text_fold_word(text, len);
		if (*f.words[f.words_count] == '\0')
			free(f.words[f.words_count]);
		else
			f.words_count++;
	}
	(void)search_places(feed_search(q->c), kase, hit_on_place, &f, &why);
	while (f.words_count > 0)
		free(f.words[--f.words_count]);
	*left = f.left;
	return f.list;
}
