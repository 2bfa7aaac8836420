/* SPDX-License-Identifier: ISC */
/*
 * page.c - the templates and what fills them.  A place is written {name}; a
 * template names only places that page_place() knows.
 */
#include "page.h"

#include <assert.h>

#include "../../proto/text.h"

enum { SLUG_MAX = 80 };

static const char page_html[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"es-MX\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<title>{title} · {site}</title>\n"
    "<link rel=\"canonical\" href=\"{url}\">\n"
    "<link rel=\"alternate\" type=\"application/atom+xml\" "
    "href=\"../feed.xml\">\n"
    "<style>body{max-width:42em;margin:2em auto;padding:0 1em;"
    "font:1.1em/1.5 serif}header,footer,time{font-family:sans-serif;"
    "font-size:.8em}p,h1{overflow-wrap:break-word}p{white-space:pre-line}"
    "figure{margin:1em 0}img{max-width:100%;height:auto}"
    "figcaption{font-size:.9em}</style>\n"
    "</head>\n"
    "<body>\n"
    "<header>{site}<br>{unit}</header>\n"
    "<article>\n"
    "<h1>{title}</h1>\n"
    "<time datetime=\"{at}\">{day}</time>\n"
    "{figures}"
    "{paragraphs}"
    "</article>\n"
    "</body>\n"
    "</html>\n";

static const char page_entry[] =
    "<entry>\n"
    "<id>{url}</id>\n"
    "<title>{title}</title>\n"
    "<link href=\"{url}\"/>\n"
    "<updated>{at}</updated>\n"
    "{enclosures}"
    "<content type=\"text\">{text}</content>\n"
    "</entry>\n";

static const char page_feed_head[] =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"es-MX\">\n"
    "<id>{url}</id>\n"
    "<title>{site}</title>\n"
    "<author><name>{unit}</name></author>\n"
    "<link rel=\"self\" href=\"{url}\"/>\n"
    "<updated>{at}</updated>\n";

/* What markup could be made of, and what XML may not hold at all. */
static int
page_escape(struct buf *out, const char *s, size_t len)
{
	const char *p = s, *from;
	int32_t cp;
	int r = 0;

	while (r == 0 && p < s + len) {
		from = p;
		cp = text_next(&p);
		if (cp == '&')
			r = buf_add(out, "&amp;", 5);
		else if (cp == '<')
			r = buf_add(out, "&lt;", 4);
		else if (cp == '>')
			r = buf_add(out, "&gt;", 4);
		else if (cp == '"')
			r = buf_add(out, "&quot;", 6);
		else if (cp == '\'')
			r = buf_add(out, "&#39;", 5);
		else if (cp == '\n' || cp == '\t' || (cp >= ' ' &&
		    cp != 0x7f && cp != 0xfffe && cp != 0xffff))
			r = buf_add(out, from, (size_t)(p - from));
		else
			r = buf_add(out, "\xef\xbf\xbd", 3);
	}
	return r;
}

static int
page_paragraphs(struct buf *out, const struct page *p)
{
	const char *s = p->text, *end;
	int r = 0;

	while (r == 0 && *(s += strspn(s, "\n")) != '\0') {
		end = strstr(s, "\n\n");
		if (end == NULL)
			end = s + strlen(s);
		if ((r = buf_add(out, "<p>", 3)) == 0 &&
		    (r = page_escape(out, s, (size_t)(end - s))) == 0)
			r = buf_add(out, "</p>\n", 5);
		s = end;
	}
	return r;
}

/* What a picture shows, for who cannot see it: at least whose it is. */
static int
page_figures(struct buf *out, const struct page *p)
{
	const struct figure *f;
	const char *alt;
	size_t i;
	int r = 0;

	for (i = 0; i < p->figures_count && r == 0; i++) {
		f = &p->figures[i];
		alt = *f->alt != '\0' ? f->alt : p->title;
		if ((r = buf_addf(out, "<figure><img src=\"")) == 0 &&
		    (r = page_escape(out, f->src, strlen(f->src))) == 0 &&
		    (r = buf_addf(out, "\" alt=\"")) == 0 &&
		    (r = page_escape(out, alt, strlen(alt))) == 0)
			r = buf_addf(out, "\">");
		if (r == 0 && *f->caption != '\0' &&
		    (r = buf_addf(out, "<figcaption>")) == 0 &&
		    (r = page_escape(out, f->caption,
			 strlen(f->caption))) == 0)
			r = buf_addf(out, "</figcaption>");
		if (r == 0)
			r = buf_addf(out, "</figure>\n");
	}
	return r;
}

/* The same as files that go with an entry (RFC 4287, 4.2.7.2). */
static int
page_enclosures(struct buf *out, const struct page *p)
{
	const struct figure *f;
	size_t i;
	int r = 0;

	for (i = 0; i < p->figures_count && r == 0; i++) {
		f = &p->figures[i];
		if ((r = buf_addf(out, "<link rel=\"enclosure\" type=\"%s\" "
			 "length=\"%zu\" href=\"", f->type, f->bytes)) == 0 &&
		    (r = page_escape(out, p->url, strlen(p->url))) == 0 &&
		    (r = page_escape(out, f->src, strlen(f->src))) == 0)
			r = buf_addf(out, "\"/>\n");
	}
	return r;
}

/*
 * "23/11/2026": a day as it is written here, of the office that publishes; by
 * UTC a bulletin of the evening would be of tomorrow.
 */
static void
page_day(const struct page *p, char out[16])
{
	char text[WHEN_TEXT];

	if (p->day != NULL && strlen(p->day) == 10)
		(void)snprintf(text, sizeof text, "%s", p->day);
	else
		when_text(p->at, text);
	(void)snprintf(out, 16, "%.2s/%.2s/%.4s", text + 8, text + 5, text);
}

static const char *
page_place(const struct page *p, const char *name, size_t len, char tmp[32])
{
	const struct { const char *name, *value; } places[] = {
		{ "site", p->site }, { "text", p->text },
		{ "title", p->title }, { "unit", p->unit }, { "url", p->url },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(places); i++)
		if (strlen(places[i].name) == len &&
		    memcmp(places[i].name, name, len) == 0)
			return places[i].value;
	if (len == 2 && memcmp(name, "at", 2) == 0)
		return when_text(p->at, tmp);
	assert(len == 3 && memcmp(name, "day", 3) == 0);
	page_day(p, tmp);
	return tmp;
}

/* Places that become markup, each escaping what it puts into it. */
static const struct part {
	const char *name;
	int (*write)(struct buf *, const struct page *);
} page_parts[] = {
	{ "enclosures", page_enclosures },
	{ "figures", page_figures },
	{ "paragraphs", page_paragraphs },
};

static int
page_put(struct buf *out, const struct page *p, const char *name, size_t len)
{
	const char *value;
	char tmp[32];
	size_t i;

	for (i = 0; i < ARRAY_LEN(page_parts); i++)
		if (strlen(page_parts[i].name) == len &&
		    memcmp(page_parts[i].name, name, len) == 0)
			return page_parts[i].write(out, p);
	value = page_place(p, name, len, tmp);
	return page_escape(out, value, strlen(value));
}

static int
page_fill(struct buf *out, const char *template, const struct page *p)
{
	const char *open, *close;
	int r = 0;

	for (; r == 0 && *template != '\0'; template = close + 1) {
		open = strstr(template, "{");
		while (open != NULL && !(open[1] >= 'a' && open[1] <= 'z' &&
		    open[1 + strspn(open + 1, "abcdefghijklmnopqrstuvwxyz")] ==
			'}'))
			open = strstr(open + 1, "{");
		if (open == NULL)
			return buf_add(out, template, strlen(template));
		close = strchr(open, '}');
		if ((r = buf_add(out, template,
			 (size_t)(open - template))) == 0)
			r = page_put(out, p, open + 1,
			    (size_t)(close - open) - 1);
	}
	return r;
}

int
page_write(const struct page *p, struct buf *out)
{
	return page_fill(out, page_html, p);
}

int
page_write_body(const struct page *p, struct buf *out)
{
	int r = page_figures(out, p);

	return r < 0 ? r : page_paragraphs(out, p);
}

int
page_write_entry(const struct page *p, struct buf *out)
{
	return page_fill(out, page_entry, p);
}

int
page_write_feed(const struct page *newest, const char *feed_url,
    const char *entries, struct buf *out)
{
	struct page head = *newest;
	int r;

	head.url = feed_url;
	if ((r = page_fill(out, page_feed_head, &head)) == 0 &&
	    (r = buf_add(out, entries, strlen(entries))) == 0)
		r = buf_add(out, "</feed>\n", 8);
	return r;
}

char *
page_slug(const char *folio)
{
	char *fold = text_fold(folio), slug[SLUG_MAX + 1];
	size_t n = 0;
	const char *p;

	for (p = fold; *p != '\0' && n < SLUG_MAX; p++)
		if ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9'))
			slug[n++] = *p;
		else if (n > 0 && slug[n - 1] != '-')
			slug[n++] = '-';
	while (n > 0 && slug[n - 1] == '-')
		n--;
	slug[n] = '\0';
	free(fold);
	return xstrdup(slug);
}
