/* SPDX-License-Identifier: ISC */
/*
 * proof.c - a page and a text become the same thing before they are compared:
 * folded words with one blank between them, and one at each end, so that a
 * word is never found inside another.
 */
#include "proof.h"

#include "../../proto/text.h"

/* ---- from a page to its text ---- */

/* Inside what is not read, until its end tag. */
static const char *const proof_mute[] = { "script", "style", "template",
	"noscript", "svg" };

/* Tags that may stand inside a word; any other parts words. */
static const char *const proof_inline[] = { "a", "abbr", "b", "bdi", "em",
	"font", "i", "mark", "small", "span", "strong", "sub", "sup", "u",
	"wbr" };

static const struct { const char *name; int32_t cp; } proof_named[] = {
	{ "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' },
	{ "apos", '\'' }, { "nbsp", ' ' }, { "shy", 0xad },
	{ "aacute", 0xe1 }, { "eacute", 0xe9 }, { "iacute", 0xed },
	{ "oacute", 0xf3 }, { "uacute", 0xfa }, { "ntilde", 0xf1 },
	{ "uuml", 0xfc }, { "Aacute", 0xc1 }, { "Eacute", 0xc9 },
	{ "Iacute", 0xcd }, { "Oacute", 0xd3 }, { "Uacute", 0xda },
	{ "Ntilde", 0xd1 }, { "Uuml", 0xdc }, { "iexcl", 0xa1 },
	{ "iquest", 0xbf }, { "laquo", 0xab }, { "raquo", 0xbb },
};

struct reader {
	const char *p, *end;
	struct buf out;
};

static bool
name_is(const char *p, const char *end, const char *name)
{
	size_t n = strlen(name), i;

	if ((size_t)(end - p) < n)
		return false;
	for (i = 0; i < n; i++)
		if ((p[i] | 0x20) != name[i])
			return false;
	return p + n == end || !((p[n] | 0x20) >= 'a' && (p[n] | 0x20) <= 'z');
}

static bool
name_in(const char *p, const char *end, const char *const *names, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (name_is(p, end, names[i]))
			return true;
	return false;
}

static void
reader_put(struct reader *r, int32_t cp)
{
	char text[4];

	(void)buf_add(&r->out, text, text_put(cp, text));
}

/* From the '<' on, past its '>'; what is mute is passed over whole. */
static void
reader_skip_tag(struct reader *r)
{
	const char *name = r->p + 1, *close;
	size_t i;

	if ((size_t)(r->end - r->p) > 3 && memcmp(r->p, "<!--", 4) == 0) {
		for (r->p += 4; r->p < r->end; r->p++)
			if (r->end - r->p > 2 && memcmp(r->p, "-->", 3) == 0)
				break;
		r->p = r->end - r->p > 2 ? r->p + 3 : r->end;
		return;
	}
	close = memchr(r->p, '>', (size_t)(r->end - r->p));
	r->p = close != NULL ? close + 1 : r->end;
	for (i = 0; i < ARRAY_LEN(proof_mute); i++) {
		if (!name_is(name, r->end, proof_mute[i]))
			continue;
		while (r->p < r->end && !(r->end - r->p > 2 &&
		    r->p[0] == '<' && r->p[1] == '/' &&
		    name_is(r->p + 2, r->end, proof_mute[i])))
			r->p++;
	}
	if (*name == '/')
		name++;
	if (!name_in(name, r->end, proof_inline, ARRAY_LEN(proof_inline)))
		reader_put(r, ' ');
}

/* "&#8217;", "&#x2019;", "&ntilde;"; anything else is its own '&'. */
static void
reader_entity(struct reader *r)
{
	const char *p = r->p + 1, *semi;
	char name[12];
	long cp = 0;
	size_t i, n;

	semi = memchr(p, ';', (size_t)(r->end - p) < 11 ?
	    (size_t)(r->end - p) : 11);
	n = semi != NULL ? (size_t)(semi - p) : 0;
	memcpy(name, p, n);
	name[n] = '\0';
	if (name[0] == '#')
		cp = name[1] == 'x' || name[1] == 'X' ?
		    strtol(name + 2, NULL, 16) : strtol(name + 1, NULL, 10);
	for (i = 0; i < ARRAY_LEN(proof_named) && cp == 0; i++)
		if (strcmp(proof_named[i].name, name) == 0)
			cp = proof_named[i].cp;
	if (cp <= 0 || cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff)) {
		reader_put(r, ' ');
		r->p++;
		return;
	}
	reader_put(r, (int32_t)cp);
	r->p = semi + 1;
}

/* A page in an older set of letters: its bytes are nearly Latin-1. */
static bool
bytes_are_utf8(const char *s)
{
	while (*s != '\0')
		if (text_next(&s) < 0)
			return false;
	return true;
}

static void
reader_run(struct reader *r)
{
	bool utf8 = bytes_are_utf8(r->p);

	while (r->p < r->end) {
		if (*r->p == '<')
			reader_skip_tag(r);
		else if (*r->p == '&')
			reader_entity(r);
		else if (utf8)
			(void)buf_add(&r->out, r->p++, 1);
		else
			reader_put(r, (unsigned char)*r->p++);
	}
}

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
	struct reader r = { 0 };
	char *page, *copy;

	if (len > PROOF_MAX)
		len = PROOF_MAX;
	memset(out, 0, sizeof *out);
	copy = xcalloc(1, len + 1);
	if (len > 0)
		memcpy(copy, html, len);
	r.p = copy;
	r.end = copy + strlen(copy);
	buf_init(&r.out, (size_t)PROOF_MAX * 4);
	reader_run(&r);
	page = words_fold(buf_str(&r.out));
	out->title = words_have(page, title, strlen(title));
	proof_text(page, text, out);
	free(page);
	free(copy);
	buf_clear(&r.out);
}
