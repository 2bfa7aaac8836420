/* SPDX-License-Identifier: ISC */
/*
 * feed_parse.h - RSS 0.9x, 1.0 and 2.0, and Atom, as they really come: letters
 * that are not those declared, bare ampersands, names of HTML, markup in
 * titles, addresses that are relative, items that do not say who they are.
 */
#ifndef PAUTA_FEED_PARSE_H
#define PAUTA_FEED_PARSE_H

#include "../../proto/base.h"

enum {
	FEED_ITEMS = 1000,		/* those after them are left out */
	FEED_DEPTH = 64,
	FEED_FIELD = 32 * 1024,		/* bytes of a field before stripping */
	FEED_TITLE = 400, FEED_TEXT = 4000, FEED_LINK = 2000, FEED_AUTHOR = 150
};

/* UTF-8 without control characters or markup; "" when not said. */
struct feed_item {
	const char *title, *text, *link, *author;
	const char *guid;		/* never "" */
	struct when published;		/* 0: not said */
};

/* Borrowed; non-zero stops. */
typedef int feed_item_fn(void *arg, const struct feed_item *);

/*
 * Read n bytes that came from the address base, and give each item in the
 * order of the feed.  How many; or -ERR_REFUSED with a sentence: no feed, a
 * DOCTYPE, nested too deep, cut off before its first item.
 */
int feed_parse(const void *, size_t n, const char *base, feed_item_fn *,
    void *arg, struct why *);

#endif
