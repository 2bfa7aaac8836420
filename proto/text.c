/* SPDX-License-Identifier: ISC */
/* text.c - see text.h.  The only door to utf8proc. */
#include "text.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

int32_t
text_next(const char **s)
{
	utf8proc_int32_t cp;
	utf8proc_ssize_t n;
	size_t left = strnlen(*s, 4);

	n = utf8proc_iterate((const utf8proc_uint8_t *)*s,
	    (utf8proc_ssize_t)left, &cp);
	if (n <= 0) {
		(*s)++;
		return -1;
	}
	*s += n;
	return cp;
}

size_t
text_put(int32_t cp, char *out)
{
	return (size_t)utf8proc_encode_char(cp, (utf8proc_uint8_t *)out);
}

/* Characters that a reader cannot see or that a terminal would act on. */
static const struct { int32_t first, last; } hidden_ranges[] = {
	{ 0x0, 0x1f },			/* C0 */
	{ 0x7f, 0x9f },			/* DEL, C1 */
	{ 0xad, 0xad },			/* soft hyphen */
	{ 0x34f, 0x34f },		/* grapheme joiner */
	{ 0x61c, 0x61c },		/* Arabic letter mark */
	{ 0x115f, 0x1160 },		/* Hangul fillers */
	{ 0x17b4, 0x17b5 },		/* Khmer vowels without a form */
	{ 0x180b, 0x180f },		/* Mongolian selectors */
	{ 0x200b, 0x200f },		/* zero width, marks of direction */
	{ 0x2028, 0x202e },		/* separators, overrides of direction */
	{ 0x2060, 0x206f },		/* joiners, isolates, deprecated */
	{ 0x3164, 0x3164 },		/* Hangul filler */
	{ 0xe000, 0xf8ff },		/* private use */
	{ 0xfe00, 0xfe0f },		/* variation selectors */
	{ 0xfeff, 0xfeff },		/* byte order mark */
	{ 0xffa0, 0xffa0 },		/* half-width Hangul filler */
	{ 0xfff0, 0xfffb },		/* specials */
	{ 0xe0000, INT32_MAX },		/* tags, selectors, private planes */
};

static bool
text_cp_is_hidden(int32_t cp)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(hidden_ranges); i++)
		if (cp <= hidden_ranges[i].last)
			return cp >= hidden_ranges[i].first;
	return false;
}

/*
 * Valid, and nothing from U+0300 on, where the marks begin that join the
 * letter before them: such text is NFC as it stands, letter by letter.
 */
static bool
text_is_plain(const char *in, size_t len)
{
	const unsigned char *p = (const unsigned char *)in, *end = p + len;

	while (p < end) {
		if (*p < 0x80) {
			p++;
			continue;
		}
		if (*p < 0xc2 || *p >= 0xcc || end - p < 2 ||
		    (p[1] & 0xc0) != 0x80)
			return false;
		p += 2;
	}
	return true;
}

int
text_take(const char *in, size_t len, size_t max, enum text_flags flags,
    char **out, struct why *why)
{
	utf8proc_uint8_t *nfc = NULL;
	utf8proc_ssize_t n;
	size_t i;
	unsigned char c;

	*out = NULL;
	if (len > max)
		return why_set(why, ERR_REFUSED,
		    "El texto mide %zu bytes y caben %zu: acórtelo.", len, max);
	for (i = 0; i < len; i++) {
		c = (unsigned char)in[i];
		if ((flags & TEXT_LINES) && (c == '\n' || c == '\t'))
			continue;
		if (c < 0x20 || c == 0x7f)
			return why_set(why, ERR_REFUSED,
			    "El texto lleva un carácter de control (byte %zu): "
			    "quítelo.", i + 1);
	}
	if (text_is_plain(in, len)) {
		nfc = xcalloc(len + 1, 1);
		memcpy(nfc, in, len);
		n = (utf8proc_ssize_t)len;
	} else
		n = utf8proc_map((const utf8proc_uint8_t *)in,
		    (utf8proc_ssize_t)len, &nfc,
		    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (n < 0)
		return why_set(why, ERR_REFUSED,
		    "El texto no está en UTF-8: revise la codificación de su "
		    "terminal.");
	for (i = 0; i + 1 < (size_t)n; i++)
		if (nfc[i] == 0xc2 && nfc[i + 1] >= 0x80 && nfc[i + 1] < 0xa0) {
			free(nfc);
			return why_set(why, ERR_REFUSED,
			    "El texto lleva un carácter de control: quítelo.");
		}
	*out = (char *)nfc;
	return 0;
}

size_t
text_safe(const char *in, char *out, size_t size, enum text_flags flags)
{
	char piece[16];
	size_t len = 0, n;
	const char *at;
	int32_t cp;

	assert(size > 0);
	while (*in != '\0') {
		at = in;
		cp = text_next(&in);
		if (cp < 0)
			n = (size_t)snprintf(piece, sizeof piece, "<%02X>",
			    (unsigned char)*at);
		else if ((flags & TEXT_LINES) && (cp == '\n' || cp == '\t'))
			n = text_put(cp, piece);
		else if (text_cp_is_hidden(cp))
			n = (size_t)snprintf(piece, sizeof piece, "<U+%04X>",
			    (unsigned)cp);
		else
			n = text_put(cp, piece);
		if (len + n + 1 > size)
			break;
		memcpy(out + len, piece, n);
		len += n;
	}
	out[len] = '\0';
	return len;
}

size_t
text_hidden(const char *in)
{
	size_t n = 0;
	int32_t cp;

	while (*in != '\0') {
		cp = text_next(&in);
		if (cp < 0 ||
		    (cp != '\n' && cp != '\t' && text_cp_is_hidden(cp)))
			n++;
	}
	return n;
}

int
text_cp_width(int32_t cp)
{
	int w;

	if (cp < 0x20)
		return 0;
	w = utf8proc_charwidth(cp);
	return w < 0 ? 0 : w > 2 ? 2 : w;
}

int
text_width(const char *s)
{
	int w = 0;

	while (*s != '\0')
		w += text_cp_width(text_next(&s));
	return w;
}

size_t
text_fit(const char *s, int cells)
{
	const char *at = s, *fit = s;
	int w = 0;

	while (*at != '\0') {
		w += text_cp_width(text_next(&at));
		if (w > cells)
			break;
		fit = at;
	}
	return (size_t)(fit - s);
}

size_t
text_break(const char *s, int cells)
{
	size_t line = strcspn(s, "\n"), fit = text_fit(s, cells), n;

	if (fit >= line)
		return line;
	for (n = fit; n > 0 && s[n] != ' '; n--)
		;
	return n > 0 ? n : fit > 0 ? fit : line;
}

void
text_cut(char *s)
{
	size_t len = strlen(s), back = 0, need;
	unsigned char c;

	while (back < len && back < 4) {
		c = (unsigned char)s[len - 1 - back];
		back++;
		if ((c & 0xc0) != 0x80) {
			need = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
			if (need > back)
				s[len - back] = '\0';
			return;
		}
	}
}

static const utf8proc_option_t text_folding = UTF8PROC_STABLE |
    UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK;

enum { FOLD_PIECE = 8 };		/* letters out of one; four at most */

static char
text_fold_ascii(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* One letter beyond ASCII; returns the bytes written to out. */
static size_t
text_fold_letter(int32_t cp, char *out)
{
	utf8proc_int32_t piece[FOLD_PIECE];
	utf8proc_ssize_t n, i;
	size_t len = 0;

	n = utf8proc_decompose_char(cp, piece, FOLD_PIECE,
	    text_folding, NULL);
	assert(n >= 0 && n <= FOLD_PIECE);
	for (i = 0; i < n; i++)
		len += text_put(piece[i], out + len);
	return len;
}

char *
text_fold(const char *s)
{
	utf8proc_uint8_t *whole = NULL;
	size_t len = strlen(s);
	char *out, *to;

	if (!text_is_plain(s, len)) {
		if (utf8proc_map((const utf8proc_uint8_t *)s, 0, &whole,
			text_folding | UTF8PROC_NULLTERM) < 0)
			return xstrdup(s);
		return (char *)whole;
	}
	out = to = xcalloc(len * 4 + 1, 1);
	while (*s != '\0')
		if ((unsigned char)*s >= 0x80)
			to += text_fold_letter(text_next(&s), to);
		else
			*to++ = text_fold_ascii(*s++);
	return out;
}

bool
text_like(const char *a, const char *b)
{
	char *fa, *fb;
	bool same;

	while (*a != '\0' && (unsigned char)*a < 0x80 &&
	    text_fold_ascii(*a) == text_fold_ascii(*b)) {
		a++;
		b++;
	}
	if ((unsigned char)*a < 0x80 && (unsigned char)*b < 0x80)
		return *a == *b;
	fa = text_fold(a);
	fb = text_fold(b);
	same = strcmp(fa, fb) == 0;
	free(fa);
	free(fb);
	return same;
}

bool
text_has(const char *hay, const char *needle)
{
	char *fh = text_fold(hay), *fn = text_fold(needle);
	bool has = strstr(fh, fn) != NULL;

	free(fh);
	free(fn);
	return has;
}

static bool
text_is_of_word(int32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') ||
		    (cp >= 'A' && cp <= 'Z');
	c = utf8proc_category(cp);
	/* Letters, marks and numbers come in this order. */
	return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO;
}

bool
text_find_word(const char **s, size_t *len)
{
	const char *p = *s, *at;

	do {
		if (*(at = p) == '\0')
			return false;
	} while (!text_is_of_word(text_next(&p)));
	*s = at;
	do
		*len = (size_t)(p - at);
	while (*p != '\0' && text_is_of_word(text_next(&p)));
	return true;
}

char *
text_fold_word(const char *word, size_t len)
{
	char *copy = xcalloc(len + 1, 1), *fold, *from, *to;

	memcpy(copy, word, len);
	fold = text_fold(copy);
	free(copy);
	/* A letter may unfold to a sign of ASCII. */
	for (from = to = fold; *from != '\0'; from++)
		if ((unsigned char)*from >= 0x80 || text_is_of_word(*from))
			*to++ = *from;
	*to = '\0';
	return fold;
}

/* Read one word at *s into w; false when a quote stays open. */
static bool
text_word(const char **s, char *w)
{
	char quote = '\0';

	for (; **s != '\0'; (*s)++) {
		if (quote == '\0' && strchr(" \t\n", **s) != NULL)
			break;
		if (quote != '\0' && **s == quote)
			quote = '\0';
		else if (quote == '\0' && (**s == '"' || **s == '\''))
			quote = **s;
		else if (**s == '\\' && quote != '\'' && (*s)[1] != '\0')
			*w++ = *++(*s);
		else
			*w++ = **s;
	}
	*w = '\0';
	return quote == '\0';
}

void
text_join_lines(char *text)
{
	char *to = text;

	for (; *text != '\0'; text++)
		if (*text != '\r' || strchr("\n'\"", text[1]) == NULL)
			*to++ = *text;
	*to = '\0';
}

int
text_words(const char *line, char ***words, size_t *n, struct why *why)
{
	char **v = xcalloc(WORDS_MAX + 1, sizeof *v);

	*n = 0;
	for (;;) {
		line += strspn(line, " \t\n");
		if (*line == '\0')
			break;
		if (*n == WORDS_MAX) {
			text_words_free(v);
			return why_set(why, ERR_USAGE,
			    "La orden tiene más de %d palabras.", WORDS_MAX);
		}
		v[*n] = xcalloc(strlen(line) + 1, 1);
		if (!text_word(&line, v[(*n)++])) {
			text_words_free(v);
			return why_set(why, ERR_USAGE,
			    "Falta cerrar unas comillas.");
		}
	}
	*words = v;
	return 0;
}

void
text_words_free(char **words)
{
	size_t i;

	if (words == NULL)
		return;
	for (i = 0; words[i] != NULL; i++)
		free(words[i]);
	free(words);
}

const char *
text_month(int month)
{
	static const char *const months[] = { "enero", "febrero", "marzo",
		"abril", "mayo", "junio", "julio", "agosto", "septiembre",
		"octubre", "noviembre", "diciembre" };

	return month < 1 || month > (int)ARRAY_LEN(months) ? NULL :
	    months[month - 1];
}

const char *
text_hash_size(const char *s, const char *end)
{
	const char *p, *digits, *sum;

	for (p = s; p < end; p++) {
		if (*p != ',')		/* first: each digit is seen once */
			continue;
		for (digits = p + 1; digits < end && *digits >= '0' &&
		    *digits <= '9'; digits++)
			;
		if (digits == p + 1 || end - digits <= TEXT_SUM ||
		    *digits != ',')
			continue;
		for (sum = digits + 1; sum <= digits + TEXT_SUM &&
		    strchr("0123456789abcdef", *sum) != NULL; sum++)
			;
		if (sum == digits + TEXT_SUM + 1 && (sum == end || *sum == ','))
			return p + 1;
	}
	return NULL;
}
