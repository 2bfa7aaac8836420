/* SPDX-License-Identifier: ISC */
/*
 * page.h - a bulletin as a static page and as an entry of an Atom feed
 * (RFC 4287).  There is one template; whatever goes into it is escaped by the
 * one function that fills it, so no text of anybody becomes markup.
 */
#ifndef PAUTA_PAGE_H
#define PAUTA_PAGE_H

#include "../../proto/base.h"

enum { PAGE_MAX = 4 << 20 };

/* A photograph; empty texts are left out. */
struct figure {
	char *src;			/* its address: whole, or within url */
	const char *type;		/* "image/jpeg" */
	size_t bytes;
	const char *alt, *caption;	/* what it shows; what stands under it */
};

struct page {
	const char *title, *text;	/* lines; an empty one parts paragraphs */
	const char *site, *unit;	/* who publishes */
	const char *url;		/* where it will be read */
	struct when at;			/* of publication */
	const char *day;		/* of it where it was written, ISO */
	const struct figure *figures;
	size_t figures_count;
};

/* Append the page, an entry.  0, or -ERR_SYSTEM when out is too small. */
int page_write(const struct page *, struct buf *out);
/* Photographs and text alone: what a portal puts in a page of its own. */
int page_write_body(const struct page *, struct buf *out);
int page_write_entry(const struct page *, struct buf *out);
/* The feed: entries as page_write_entry made them, newest first. */
int page_write_feed(const struct page *newest, const char *feed_url,
    const char *entries, struct buf *out);

/*
 * A name for addresses out of a folio: "con-2026-0004".  Lower case letters,
 * digits and '-', at most 80 bytes.  Given.
 */
char *page_slug(const char *folio);

#endif
