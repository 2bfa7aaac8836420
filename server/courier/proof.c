/* SPDX-License-Identifier: ISC */
/*
 * proof.c - a page and a text become the same thing before they are compared:
 * folded words with one blank between them, and one at each end, so that a
 * word is never found inside another.
 */
#include "proof.h"

#include "../../proto/text.h"
#include "html.h"

/* ---- words ---- */

/* " jornada de vacunacion "; given.  " " when there is no word. */
static char *
words_fold(const char *s)
{
	struct buf b;
	char *word, *all;
	size_t len;

	buf_init(&b, (size_t)PROOF_MAX * 8);
	(void)buf_add(&b, " ", 1);
	while (text_find_word(&s, &len)) {
		word = text_fold_word(s, len);
		if (*word != '\0')
			(void)buf_addf(&b, "%s ", word);
		free(word);
		s += len;
	}
	all = xstrdup(buf_str(&b));
	buf_clear(&b);
	return all;
}

static bool
words_have(const char *page, const char *text, size_t len)
{
	char *part = xasprintf("%.*s", (int)len, text), *words;
	bool found;

	words = words_fold(part);
	found = strcmp(words, " ") != 0 && strstr(page, words) != NULL;
	free(words);
	free(part);
	return found;
}

/* Lines of the text one by one: a portal may put anything between them. */
static void
proof_text(const char *page, const char *text, struct proof *out)
{
	char *words, *line;
	size_t n;

	for (; *text != '\0'; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		line = xasprintf("%.*s", (int)n, text);
		words = words_fold(line);
		if (strcmp(words, " ") != 0) {
			out->paragraphs++;
			out->found += strstr(page, words) != NULL;
		}
		free(words);
		free(line);
	}
	out->text = out->paragraphs > 0 && out->found == out->paragraphs;
}

void
proof_read(const char *html, size_t len, const char *title,
    const char *text, struct proof *out)
{
	struct buf page_text, utf8;
	char *page;

	if (len > PROOF_MAX)
		len = PROOF_MAX;
	memset(out, 0, sizeof *out);
	buf_init(&utf8, (size_t)PROOF_MAX * 4);
	buf_init(&page_text, (size_t)PROOF_MAX * 4);
	(void)html_utf8(html, len, &utf8);
	(void)html_text(buf_str(&utf8), utf8.len, &page_text);
	page = words_fold(buf_str(&page_text));
	out->title = words_have(page, title, strlen(title));
	proof_text(page, text, out);
	free(page);
	buf_clear(&page_text);
	buf_clear(&utf8);
}
