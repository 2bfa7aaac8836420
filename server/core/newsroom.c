/* SPDX-License-Identifier: ISC */
/*
 * newsroom.c - a PAPER for other newsrooms: NewsML-G2 (a message with one
 * package and one item a piece) and ninjs (a composite with associations), as
 * the IPTC describes them.  Text only: whoever published a piece is said in
 * its source, and its picture stays here.
 */
#include <stdlib.h>
#include <string.h>

#include "paper.h"
#include "xml.h"

enum { NEWS_MAX = 4 << 20 };

/* The same address with another content has another number, a greater one. */
static json_int_t
paper_version(const json_t *paper)
{
	return doc_int(paper, "version");
}

/* urn:pauta:INSTITUTION:FOLIO, and :N of a piece.  Given. */
static char *
news_uri(const json_t *paper, unsigned n)
{
	char of[24] = "";

	if (n > 0)
		(void)snprintf(of, sizeof of, ":%u", n);
	return xasprintf("urn:pauta:%s%s", doc_text(paper, "folio"), of);
}

typedef void piece_fn(void *arg, const json_t *paper, const json_t *piece,
    unsigned n);

static void
paper_each(const json_t *paper, piece_fn *fn, void *arg)
{
	json_t *section, *piece;
	unsigned n = 0;
	size_t i, k;

	json_array_foreach(json_object_get(paper, "sections"), i, section)
		json_array_foreach(json_object_get(section, "pieces"), k, piece)
			fn(arg, paper, piece, ++n);
}

/* ---- NewsML-G2 ---- */

static void
xml_put_version(struct buf *b, const json_t *paper)
{
	(void)buf_addf(b, " version=\"%lld\"", (long long)paper_version(paper));
}

static void
xml_item_begin(struct buf *b, const json_t *paper, const char *element,
    const char *class, unsigned n)
{
	char *uri = news_uri(paper, n);

	(void)buf_addf(b, "<%s", element);
	xml_put(b, " guid=\"", uri, "\"");
	xml_put_version(b, paper);
	(void)buf_addf(b, " standard=\"NewsML-G2\" standardversion=\"2.30\""
	    " conformance=\"power\" xml:lang=\"es-MX\">\n"
	    "<catalogRef href=\"http://www.iptc.org/std/catalog/"
	    "catalog.IPTC-G2-Standards_38.xml\"/>\n"
	    "<itemMeta>\n<itemClass qcode=\"ninat:%s\"/>\n", class);
	xml_put(b, "<provider><name>", doc_text(paper, "institution"),
	    "</name></provider>\n");
	xml_put(b, "<versionCreated>", doc_text(paper, "at"),
	    "</versionCreated>\n");
	(void)buf_addf(b, "<pubStatus qcode=\"stat:usable\"/>\n");
	free(uri);
}

static void
xml_add_item(void *arg, const json_t *paper, const json_t *piece, unsigned n)
{
	struct buf *b = arg;

	xml_item_begin(b, paper, "newsItem", "text", n);
	(void)buf_addf(b, "</itemMeta>\n<contentMeta>\n");
	if (*doc_text(piece, "published") != '\0')
		xml_put(b, "<contentCreated>", doc_text(piece, "published"),
		    "</contentCreated>\n");
	xml_put(b, "<infoSource><name>", doc_text(piece, "outlet"),
	    "</name></infoSource>\n");
	(void)buf_addf(b, "<language tag=\"es-MX\"/>\n");
	if (*doc_text(piece, "section") != '\0')
		xml_put(b, "<subject><name>", doc_text(piece, "section"),
		    "</name></subject>\n");
	xml_put(b, "<headline>", doc_text(piece, "title"), "</headline>\n");
	(void)buf_addf(b, "</contentMeta>\n<contentSet>\n");
	xml_put(b, "<inlineData contenttype=\"text/plain\">",
	    doc_text(piece, "text"), "</inlineData>\n");
	(void)buf_addf(b, "</contentSet>\n</newsItem>\n");
}

static void
xml_add_ref(void *arg, const json_t *paper, const json_t *piece, unsigned n)
{
	struct buf *b = arg;
	char *uri = news_uri(paper, n);

	xml_put(b, "<itemRef residref=\"", uri, "\"");
	xml_put_version(b, paper);
	xml_put(b, " contenttype=\"application/vnd.iptc.g2.newsitem+xml\">"
	    "<itemClass qcode=\"ninat:text\"/><headline>",
	    doc_text(piece, "title"), "</headline></itemRef>\n");
	free(uri);
}

char *
newsroom_newsml(const json_t *paper)
{
	struct buf b;
	char *text;

	buf_init(&b, NEWS_MAX);
	(void)buf_addf(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\">\n");
	xml_put(&b, "<header>\n<sent>", doc_text(paper, "at"), "</sent>\n");
	xml_put(&b, "<sender>", doc_text(paper, "institution"),
	    "</sender>\n</header>\n<itemSet>\n");
	xml_item_begin(&b, paper, "packageItem", "composite", 0);
	xml_put(&b, "<title>", doc_text(paper, "title"), "</title>\n");
	(void)buf_addf(&b, "</itemMeta>\n<contentMeta>\n");
	xml_put(&b, "<contentCreated>", doc_text(paper, "date"),
	    "</contentCreated>\n");
	xml_put(&b, "<headline>", doc_text(paper, "title"), "</headline>\n");
	(void)buf_addf(&b, "</contentMeta>\n<groupSet root=\"todo\">\n"
	    "<group id=\"todo\" role=\"group:main\">\n");
	paper_each(paper, xml_add_ref, &b);
	(void)buf_addf(&b, "</group>\n</groupSet>\n</packageItem>\n");
	paper_each(paper, xml_add_item, &b);
	(void)buf_addf(&b, "</itemSet>\n</newsMessage>\n");
	text = xstrdup(buf_str(&b));
	buf_clear(&b);
	return text;
}

/* ---- ninjs ---- */

/* What package and piece have in common. */
static json_t *
ninjs_item(const json_t *paper, const char *type, const char *headline,
    unsigned n)
{
	char *uri = news_uri(paper, n);
	json_t *o = json_pack("{s:s, s:s, s:s, s:o, s:s, s:s, s:s, s:s}",
	    "uri", uri, "type", type, "mimetype", "text/plain", "version",
	    json_sprintf("%lld", (long long)paper_version(paper)),
	    "versioncreated", doc_text(paper, "at"), "pubstatus", "usable",
	    "language", "es-MX", "headline", headline);

	free(uri);
	return o;
}

static void
ninjs_add(void *arg, const json_t *paper, const json_t *piece, unsigned n)
{
	json_t *o = ninjs_item(paper, "text", doc_text(piece, "title"), n);
	char key[24];

	json_object_set(o, "body_text", json_object_get(piece, "text"));
	json_object_set(o, "copyrightholder",
	    json_object_get(piece, "outlet"));
	if (*doc_text(piece, "section") != '\0')
		json_object_set_new(o, "subject", json_pack("[{s:s}]", "name",
		    doc_text(piece, "section")));
	(void)snprintf(key, sizeof key, "nota%u", n);
	json_object_set_new(arg, key, o);
}

char *
newsroom_ninjs(const json_t *paper)
{
	json_t *pieces = json_object(),
	       *o = ninjs_item(paper, "composite", doc_text(paper, "title"), 0);
	char *text;

	json_object_set(o, "byline", json_object_get(paper, "unit"));
	paper_each(paper, ninjs_add, pieces);
	json_object_set_new(o, "associations", pieces);
	text = json_dumps(o, JSON_INDENT(1));
	json_decref(o);
	return text;
}
