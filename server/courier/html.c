/* SPDX-License-Identifier: ISC */
/* html.c - see html.h. */
#include "html.h"

#include <stdlib.h>
#include <string.h>

#include "../../proto/text.h"

/* ---- letters ---- */

/* 0x80 to 0x9f of windows-1252; 0: none. */
static const uint16_t html_1252[32] = { 0x20ac, 0, 0x201a, 0x192, 0x201e,
	0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17d,
	0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc,
	0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178 };

static int
html_put(struct buf *out, int32_t cp)
{
	char text[4];

	if ((cp < ' ' && cp != '\n' && cp != '\t') || cp == 0x7f ||
	    (cp & 0xfffe) == 0xfffe)
		return 0;
	return buf_add(out, text, text_put(cp, text));
}

static int
html_utf16(const uint8_t *p, size_t n, bool little, struct buf *out)
{
	int32_t unit, high = 0;
	int r = 0;
	size_t i;

	for (i = 0; r == 0 && i + 1 < n; i += 2) {
		unit = little ? p[i] | p[i + 1] << 8 : p[i] << 8 | p[i + 1];
		if (unit >= 0xd800 && unit < 0xdc00) {
			high = unit;
			continue;
		}
		if (unit >= 0xdc00 && unit < 0xe000)
			unit = high == 0 ? 0xfffd : 0x10000 +
			    ((high - 0xd800) << 10) + (unit - 0xdc00);
		high = 0;
		if (unit != 0xfeff)
			r = html_put(out, unit);
	}
	return r;
}

static int
html_byte(struct buf *out, uint8_t byte)
{
	int32_t cp = byte;

	if (byte >= 0x80 && byte < 0xa0)
		cp = html_1252[byte - 0x80] != 0 ? html_1252[byte - 0x80] :
		    0xfffd;
	return html_put(out, cp);
}

int
html_utf8(const void *bytes, size_t n, struct buf *out)
{
	const uint8_t *p = bytes;
	const char *s, *start, *end;
	char *copy;
	int32_t cp;
	int r = 0;

	if (n == 0)
		return 0;
	if (n >= 2 && ((p[0] == 0xff && p[1] == 0xfe) ||
		(p[0] == '<' && p[1] == 0)))
		return html_utf16(p, n, true, out);
	if (n >= 2 && ((p[0] == 0xfe && p[1] == 0xff) ||
		(p[0] == 0 && p[1] == '<')))
		return html_utf16(p, n, false, out);
	copy = xcalloc(n + 1, 1);
	memcpy(copy, bytes, n);
	for (s = copy, end = copy + n; r == 0 && s < end;) {
		start = s;
		if (*s == '\0') {
			s++;
			continue;
		}
		if ((cp = text_next(&s)) < 0) {
			s = start + 1;
			r = html_byte(out, (uint8_t)*start);
		} else if (cp != 0xfeff && (cp < 0x80 || cp >= 0xa0)) {
			r = html_put(out, cp);
		}
	}
	free(copy);
	return r;
}

/* ---- entities ---- */

// clang-format off
static const struct { const char *name; int32_t cp; } html_names[] = {
	{ "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' },
	{ "apos", '\'' }, { "nbsp", ' ' }, { "shy", 0xad },
	{ "aacute", 0xe1 }, { "eacute", 0xe9 }, { "iacute", 0xed },
	{ "oacute", 0xf3 }, { "uacute", 0xfa }, { "ntilde", 0xf1 },
	{ "uuml", 0xfc }, { "Aacute", 0xc1 }, { "Eacute", 0xc9 },
	{ "Iacute", 0xcd }, { "Oacute", 0xd3 }, { "Uacute", 0xda },
	{ "Ntilde", 0xd1 }, { "Uuml", 0xdc }, { "iexcl", 0xa1 },
	{ "iquest", 0xbf }, { "laquo", 0xab }, { "raquo", 0xbb },
	{ "ldquo", 0x201c }, { "rdquo", 0x201d }, { "lsquo", 0x2018 },
	{ "rsquo", 0x2019 }, { "sbquo", 0x201a }, { "bdquo", 0x201e },
	{ "ndash", 0x2013 }, { "mdash", 0x2014 }, { "hellip", 0x2026 },
	{ "bull", 0x2022 }, { "middot", 0xb7 }, { "euro", 0x20ac },
	{ "pound", 0xa3 }, { "copy", 0xa9 }, { "reg", 0xae },
	{ "trade", 0x2122 }, { "deg", 0xb0 }, { "ordf", 0xaa },
	{ "ordm", 0xba }, { "frac12", 0xbd }, { "ccedil", 0xe7 },
	{ "agrave", 0xe0 }, { "egrave", 0xe8 }, { "ograve", 0xf2 },
	{ "acirc", 0xe2 }, { "ecirc", 0xea }, { "ocirc", 0xf4 },
	{ "auml", 0xe4 }, { "euml", 0xeb }, { "ouml", 0xf6 },
	{ "atilde", 0xe3 }, { "otilde", 0xf5 }, { "szlig", 0xdf },
	{ "acute", 0xb4 }, { "times", 0xd7 }, { "sect", 0xa7 },
};
// clang-format on

int32_t
html_entity(const char *name, size_t n)
{
	char text[12];
	long cp = 0;
	size_t i;

	if (n == 0 || n >= sizeof text)
		return 0;
	memcpy(text, name, n);
	text[n] = '\0';
	if (text[0] == '#')
		cp = text[1] == 'x' || text[1] == 'X' ?
		    strtol(text + 2, NULL, 16) : strtol(text + 1, NULL, 10);
	for (i = 0; i < ARRAY_LEN(html_names) && cp == 0; i++)
		if (strcmp(html_names[i].name, text) == 0)
			cp = html_names[i].cp;
	if (cp >= 0x80 && cp < 0xa0)	/* of windows-1252, meant so */
		cp = html_1252[cp - 0x80];
	if (cp <= 0 || cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		return 0;
	return (int32_t)cp;
}

/* ---- markup ---- */

/* Inside what is not read, until its end tag. */
static const char *const html_mute[] = { "script", "style", "template",
	"noscript", "svg" };

/* Tags that may stand inside a word; any other parts lines. */
static const char *const html_inline[] = { "a", "abbr", "b", "bdi", "em",
	"font", "i", "mark", "small", "span", "strong", "sub", "sup", "u",
	"wbr" };

struct reader {
	const char *p, *end;
	struct buf *out;
	int r;
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
	if (r->r == 0)
		r->r = html_put(r->out, cp);
}

/* From "<!--" on, past its end. */
static void
reader_skip_comment(struct reader *r)
{
	for (r->p += 4; r->end - r->p > 2; r->p++)
		if (memcmp(r->p, "-->", 3) == 0) {
			r->p += 3;
			return;
		}
	r->p = r->end;
}

/* Past the '>'; what is mute is passed over whole. */
static void
reader_skip_tag(struct reader *r)
{
	const char *name = r->p + 1;
	const char *close = memchr(r->p, '>', (size_t)(r->end - r->p));
	size_t i;

	r->p = close != NULL ? close + 1 : r->end;
	for (i = 0; i < ARRAY_LEN(html_mute); i++) {
		if (!name_is(name, r->end, html_mute[i]))
			continue;
		while (r->p < r->end && !(r->end - r->p > 2 &&
		    r->p[0] == '<' && r->p[1] == '/' &&
		    name_is(r->p + 2, r->end, html_mute[i])))
			r->p++;
	}
	if (name < r->end && *name == '/')
		name++;
	if (!name_in(name, r->end, html_inline, ARRAY_LEN(html_inline)))
		reader_put(r, '\n');
}

/* Is there a tag here, or a '<' that somebody wrote? */
static bool
reader_is_tag(const struct reader *r)
{
	char c = r->end - r->p > 1 ? r->p[1] : ' ';

	return c == '/' || c == '!' || c == '?' ||
	    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* "&#8217;", "&#x2019;", "&ntilde;"; anything else is its own '&'. */
static void
reader_entity(struct reader *r)
{
	const char *name = r->p + 1, *semi;
	size_t room = (size_t)(r->end - name);
	int32_t cp = 0;

	semi = memchr(name, ';', room < 11 ? room : 11);
	if (semi != NULL)
		cp = html_entity(name, (size_t)(semi - name));
	reader_put(r, cp == 0 ? '&' : cp);
	r->p = cp == 0 ? r->p + 1 : semi + 1;
}

int
html_text(const char *in, size_t n, struct buf *out)
{
	struct reader r = { in, in + n, out, 0 };

	while (r.r == 0 && r.p < r.end) {
		if (r.end - r.p > 3 && memcmp(r.p, "<!--", 4) == 0)
			reader_skip_comment(&r);
		else if (*r.p == '<' && reader_is_tag(&r))
			reader_skip_tag(&r);
		else if (*r.p == '&')
			reader_entity(&r);
		else
			r.r = buf_add(out, r.p++, 1);
	}
	return r.r;
}
