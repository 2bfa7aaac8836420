/* SPDX-License-Identifier: ISC */
/*
 * http.h - asking a web server: redirects followed by hand, each of them with
 * all the checks of the first address, at most HTTP_HOPS; of a POST none is.
 */
#ifndef PAUTA_HTTP_H
#define PAUTA_HTTP_H

#include "transfer.h"

/* HTTP_SLOW: bytes a second that what is sent may take at least. */
enum { HTTP_HOPS = 3, HTTP_HEADER = 512, HTTP_SLOW = 32 * 1024 };

/* What came back; lives as long as its transfer. */
struct http_answer {
	long status;			/* 200, 304, ... */
	const uint8_t *body;
	size_t len;
	const char *url;		/* that answered, after redirects */
	char etag[HTTP_HEADER], modified[HTTP_HEADER];
	int64_t retry_s;		/* of Retry-After, or 0 */
};

/* why: a sentence when there was no answer; else NULL. */
typedef void http_fn(struct task *, const struct http_answer *,
    const char *why);

struct http_ask {
	const char *url;
	/* "Name: value" without line ends; at most HTTP_HEADERS, NULL-ended. */
	const char *const *headers;	/* or NULL */
	const char *post;		/* body of a POST, or NULL: GET */
	size_t post_len;
	size_t most;			/* bytes of the answer, decoded */
	/* A password is in it, for that server: a redirect is the answer. */
	bool stays;
	http_fn *on_end;
};
enum { HTTP_HEADERS = 8 };

/* Ask.  All of it is copied.  on_end is called once, never from inside. */
void http_start(struct task *, const struct http_ask *);

#endif
