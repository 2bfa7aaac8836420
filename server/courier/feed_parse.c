/* SPDX-License-Identifier: ISC */
/*
 * feed_parse.c - see feed_parse.h.  The bytes are mended first (feed_mend),
 * so that what is wrong with most feeds is right before expat sees it; then
 * each child of an item is a field, by a table of names.  Entities cannot be
 * defined: a DOCTYPE ends it.
 */
#include "feed_parse.h"

#include <curl/curl.h>
#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../../proto/text.h"
#include "feed_date.h"
#include "html.h"

/* What a child of an item says.  Of two of a row the better is kept. */
enum part { PART_NONE, PART_TITLE, PART_LINK, PART_GUID, PART_DATE,
	PART_UPDATED, PART_SUMMARY, PART_BODY, PART_AUTHOR, PART_N };

// clang-format off
static const struct { const char *name; enum part part; } part_names[] = {
	{ "author", PART_AUTHOR },
	{ "content", PART_BODY },
	{ "content:encoded", PART_BODY },
	{ "created", PART_DATE },
	{ "date", PART_DATE },
	{ "dc:creator", PART_AUTHOR },
	{ "dc:date", PART_DATE },
	{ "dcterms:created", PART_DATE },
	{ "description", PART_SUMMARY },
	{ "guid", PART_GUID },
	{ "id", PART_GUID },
	{ "issued", PART_DATE },
	{ "link", PART_LINK },
	{ "modified", PART_UPDATED },
	{ "pubdate", PART_DATE },
	{ "published", PART_DATE },
	{ "summary", PART_SUMMARY },
	{ "title", PART_TITLE },
	{ "updated", PART_UPDATED },
};
// clang-format on

struct feed {
	XML_Parser p;
	const char *base;
	feed_item_fn *fn;
	void *arg;
	struct why *why;
	struct buf part[PART_N];
	enum part now;
	int depth, item, field;		/* where they began; 0: outside */
	int count;
	bool root, refused, stopped, linked;	/* linked: by an attribute */
};

/* ---- mending ---- */

/* After an '&': is it an entity that XML knows by itself? */
static bool
mend_is_xml(const char *name, size_t n)
{
	static const char *const known[] = { "amp", "lt", "gt", "quot",
		"apos" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(known); i++)
		if (strlen(known[i]) == n && memcmp(known[i], name, n) == 0)
			return true;
	return false;
}

/* One '&' of the feed; returns what was read of it. */
static size_t
mend_ampersand(const char *s, size_t n, struct buf *out)
{
	const char *semi = memchr(s, ';', n < 12 ? n : 12);
	size_t len = semi != NULL ? (size_t)(semi - s) - 1 : 0;
	int32_t cp = len > 0 ? html_entity(s + 1, len) : 0;
	char text[4];

	if (cp != 0 && mend_is_xml(s + 1, len)) {
		(void)buf_add(out, s, len + 2);
		return len + 2;
	}
	if (cp == '&' || cp == '<' || cp == '>' || cp < ' ') {
		/* None, or one that would become markup. */
		(void)buf_add(out, "&amp;", 5);
		return 1;
	}
	(void)buf_add(out, text, text_put(cp, text));
	return len + 2;
}

/* What XML says of its letters is wrong by now: it goes. */
static size_t
mend_skip_declaration(const char *s, size_t n)
{
	size_t at = strspn(s, " \t\r\n");
	const char *end;

	if (n - at < 5 || memcmp(s + at, "<?xml", 5) != 0)
		return at;
	end = strstr(s + at, "?>");
	return end != NULL ? (size_t)(end - s) + 2 : at;
}

static void
feed_mend(const void *bytes, size_t n, struct buf *out)
{
	struct buf utf8;
	const char *s;
	size_t i, len;

	buf_init(&utf8, n * 4 + 16);
	(void)html_utf8(bytes, n, &utf8);
	s = buf_str(&utf8);
	len = strlen(s);
	for (i = mend_skip_declaration(s, len); i < len;) {
		if (s[i] == '&')
			i += mend_ampersand(s + i, len - i, out);
		else
			(void)buf_add(out, s + i++, 1);
	}
	buf_clear(&utf8);
}

/* ---- one item ---- */

/* Given: without markup, blanks as one, at most max bytes. */
static char *
part_text(struct feed *f, enum part part, size_t max)
{
	struct buf raw, *b = &f->part[part];
	const char *s;
	char *out;
	size_t n = 0;
	bool gap = false;

	buf_init(&raw, FEED_FIELD * 4);
	(void)html_text(buf_str(b), b->len, &raw);
	out = xcalloc(max + 8, 1);
	for (s = buf_str(&raw); *s != '\0' && n < max; s++) {
		if (strchr(" \t\r\n", *s) != NULL) {
			gap = n > 0;
			continue;
		}
		if (gap)
			out[n++] = ' ';
		gap = false;
		out[n++] = *s;
	}
	out[n] = '\0';
	text_cut(out);
	buf_clear(&raw);
	return out;
}

/* Given: a whole address of the web, or "". */
static char *
part_link(struct feed *f, enum part part)
{
	char *said = part_text(f, part, FEED_LINK), *whole = NULL, *scheme;
	CURLU *u = curl_url();

	if (*said != '\0' &&
	    (*f->base == '\0' ||
		curl_url_set(u, CURLUPART_URL, f->base, 0) == CURLUE_OK) &&
	    curl_url_set(u, CURLUPART_URL, said, CURLU_URLENCODE) ==
		CURLUE_OK &&
	    curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK) {
		if (strcmp(scheme, "http") == 0 ||
		    strcmp(scheme, "https") == 0)
			(void)curl_url_get(u, CURLUPART_URL, &whole, 0);
		curl_free(scheme);
	}
	free(said);
	said = xstrdup(whole != NULL && strlen(whole) <= FEED_LINK ? whole :
	    "");
	curl_free(whole);
	curl_url_cleanup(u);
	return said;
}

static struct when
part_date(struct feed *f)
{
	char *said = part_text(f, PART_DATE, 100);
	struct when t = feed_date(said);

	free(said);
	if (t.s == 0) {
		said = part_text(f, PART_UPDATED, 100);
		t = feed_date(said);
		free(said);
	}
	return t;
}

/* The longer of the two texts tells more. */
static char *
part_story(struct feed *f)
{
	char *summary = part_text(f, PART_SUMMARY, FEED_TEXT);
	char *body = part_text(f, PART_BODY, FEED_TEXT);
	bool longer = strlen(body) > strlen(summary);

	free(longer ? summary : body);
	return longer ? body : summary;
}

static void
item_give(struct feed *f)
{
	char *title = part_text(f, PART_TITLE, FEED_TITLE);
	char *text = part_story(f);
	char *link = part_link(f, PART_LINK);
	char *guid = part_text(f, PART_GUID, FEED_LINK);
	char *author = part_text(f, PART_AUTHOR, FEED_AUTHOR);
	struct feed_item item = { .author = author, .text = text };

	if (*link == '\0' && *guid != '\0') {
		free(link);
		link = part_link(f, PART_GUID);
		if (strncmp(guid, "http", 4) != 0)
			link[0] = '\0';
	}
	if (*title == '\0') {		/* Mastodon and others have none */
		free(title);
		title = xasprintf("%.160s", text);
		text_cut(title);
	}
	item.title = title;
	item.link = link;
	item.guid = *guid != '\0' ? guid : *link != '\0' ? link : title;
	item.published = part_date(f);
	if (*item.guid != '\0' && *title != '\0') {
		f->count++;
		f->stopped = f->fn(f->arg, &item) != 0 ||
		    f->count >= FEED_ITEMS;
	}
	free(title);
	free(text);
	free(link);
	free(guid);
	free(author);
}

static void
item_clear(struct feed *f)
{
	size_t i;

	for (i = 0; i < PART_N; i++)
		f->part[i].len = 0;
	f->now = PART_NONE;
	f->linked = false;
}

/* ---- what expat tells ---- */

static void
feed_refuse(struct feed *f, const char *say)
{
	if (!f->refused)
		(void)why_set(f->why, ERR_REFUSED, "%s", say);
	f->refused = true;
	(void)XML_StopParser(f->p, XML_FALSE);
}

static bool
name_is_one(const char *name, const char *const *list, size_t n)
{
	const char *colon = strchr(name, ':');
	size_t i;

	/* Some write each name with the prefix of its vocabulary. */
	if (colon != NULL && (strncasecmp(name, "atom:", 5) == 0 ||
		strncasecmp(name, "rss:", 4) == 0 ||
		strncasecmp(name, "rdf:", 4) == 0))
		name = colon + 1;
	for (i = 0; i < n; i++)
		if (strcasecmp(name, list[i]) == 0)
			return true;
	return false;
}

static enum part
part_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(part_names); i++)
		if (name_is_one(name, &part_names[i].name, 1))
			return part_names[i].part;
	return PART_NONE;
}

static const char *
attribute(const char **atts, const char *name)
{
	for (; atts[0] != NULL; atts += 2)
		if (strcasecmp(atts[0], name) == 0)
			return atts[1];
	return NULL;
}

static void
part_set(struct feed *f, enum part part, const char *s)
{
	f->part[part].len = 0;
	(void)buf_add(&f->part[part], s, strlen(s));
}

/* <link rel="alternate" href="…"/>, of Atom. */
static void
field_link(struct feed *f, const char **atts)
{
	const char *href = attribute(atts, "href");
	const char *rel = attribute(atts, "rel");

	if (href == NULL)
		return;
	f->now = PART_NONE;
	if (rel != NULL && strcasecmp(rel, "alternate") != 0)
		return;
	if (!f->linked)
		part_set(f, PART_LINK, href);
	f->linked = true;
}

/* Of two of a kind the first counts; of these, the last. */
static bool
part_is_replaced(enum part part)
{
	return part == PART_SUMMARY || part == PART_BODY ||
	    part == PART_UPDATED;
}

static void
field_begin(struct feed *f, const char *name, const char **atts)
{
	f->field = f->depth;
	f->now = part_find(name);
	if (f->now == PART_LINK)
		field_link(f, atts);
	if (part_is_replaced(f->now))
		f->part[f->now].len = 0;
	else if (f->part[f->now].len > 0)
		f->now = PART_NONE;
}

static void
feed_on_start(void *arg, const char *name, const char **atts)
{
	static const char *const roots[] = { "rss", "feed", "rdf" };
	static const char *const items[] = { "item", "entry" };
	struct feed *f = arg;
	const char *about;

	if (++f->depth > FEED_DEPTH) {
		feed_refuse(f, "Lo que mandó el servidor tiene demasiados "
		    "niveles, unos dentro de otros: no se leyó.");
	} else if (!f->root) {
		f->root = true;
		if (!name_is_one(name, roots, ARRAY_LEN(roots)))
			feed_refuse(f, "Lo que hay en la dirección no es un "
			    "canal RSS ni Atom: busque la dirección del "
			    "canal en la página del medio.");
	} else if (f->item == 0 && name_is_one(name, items,
	    ARRAY_LEN(items))) {
		item_clear(f);
		f->item = f->depth;
		if ((about = attribute(atts, "rdf:about")) != NULL)
			part_set(f, PART_GUID, about);
	} else if (f->item != 0 && f->depth == f->item + 1) {
		field_begin(f, name, atts);
	} else if (f->now == PART_AUTHOR && strcasecmp(name, "name") != 0 &&
	    strcasecmp(name, "atom:name") != 0) {
		f->now = PART_NONE;	/* its address or page */
	} else if (f->now != PART_NONE) {
		(void)buf_add(&f->part[f->now], " ", 1);
	}
}

static void
feed_on_end(void *arg, const char *name)
{
	struct feed *f = arg;

	(void)name;
	if (f->item != 0 && f->depth == f->item) {
		f->item = 0;
		item_give(f);
		if (f->stopped)
			(void)XML_StopParser(f->p, XML_FALSE);
	} else if (f->field != 0 && f->depth == f->field) {
		f->field = 0;
		f->now = PART_NONE;
	}
	f->depth--;
}

/* What is longer than a field may be is cut. */
static void
feed_on_text(void *arg, const char *s, int n)
{
	struct feed *f = arg;
	struct buf *b = &f->part[f->now];

	if (f->now == PART_NONE || n <= 0)
		return;
	if ((size_t)n > b->max - b->len)
		n = (int)(b->max - b->len);
	(void)buf_add(b, s, (size_t)n);
}

static void
feed_on_doctype(void *arg, const char *name, const char *system,
    const char *public, int internal)
{
	struct feed *f = arg;

	(void)system;
	(void)public;
	(void)internal;
	feed_refuse(f, strcasecmp(name, "html") == 0 ?
	    "La dirección es de una página, no de un canal RSS o Atom: busque "
	    "la dirección del canal en ella." :
	    "Lo que mandó el servidor trae una declaración DOCTYPE, que no se "
	    "lee por seguridad: pida al medio un canal sin ella.");
}

static void
feed_init(struct feed *f, const char *base)
{
	size_t i;

	f->base = base;
	f->p = XML_ParserCreate("UTF-8");
	for (i = 0; i < PART_N; i++)
		buf_init(&f->part[i], FEED_FIELD);
	XML_SetUserData(f->p, f);
	XML_SetElementHandler(f->p, feed_on_start, feed_on_end);
	XML_SetCharacterDataHandler(f->p, feed_on_text);
	XML_SetStartDoctypeDeclHandler(f->p, feed_on_doctype);
}

static void
feed_clear(struct feed *f)
{
	size_t i;

	XML_ParserFree(f->p);
	for (i = 0; i < PART_N; i++)
		buf_clear(&f->part[i]);
}

int
feed_parse(const void *bytes, size_t n, const char *base, feed_item_fn *fn,
    void *arg, struct why *why)
{
	struct feed f = { .fn = fn, .arg = arg, .why = why };
	struct buf mended;
	int r;

	buf_init(&mended, n * 8 + 64);
	feed_mend(bytes, n, &mended);
	feed_init(&f, base);
	if (XML_Parse(f.p, (const char *)mended.p, (int)mended.len, 1) ==
		XML_STATUS_ERROR && !f.refused && !f.stopped && f.count == 0)
		feed_refuse(&f, "Lo que mandó el servidor está cortado o mal "
		    "formado: no se pudo leer.");
	r = f.refused ? -ERR_REFUSED : f.count;
	feed_clear(&f);
	buf_clear(&mended);
	return r;
}
