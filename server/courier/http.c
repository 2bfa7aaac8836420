/* SPDX-License-Identifier: ISC */
/* http.c - see http.h. */
#include "http.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct http {
	struct http_answer a;
	http_fn *on_end;
	struct curl_slist *headers;
	char *url, *location, *post;
	size_t post_len, most;
	int hops;
	bool stays;
};

static const unsigned http_ports[] = { 80, 443, 0 };

static void http_go(struct task *, struct http *);

static void
http_free(void *arg)
{
	struct http *h = arg;

	if (h == NULL)
		return;
	curl_slist_free_all(h->headers);
	free(h->url);
	free(h->location);
	free(h->post);
	free(h);
}

/* ---- headers of the answer ---- */

/* The value of a header line of that name, without blanks around it. */
static bool
header_is(const char *p, size_t n, const char *name, char *out, size_t size)
{
	size_t len = strlen(name);

	if (n <= len || p[len] != ':' || strncasecmp(p, name, len) != 0)
		return false;
	for (p += len + 1, n -= len + 1; n > 0 && (*p == ' ' || *p == '\t');
	     p++, n--)
		;
	while (n > 0 && (unsigned char)p[n - 1] <= ' ')
		n--;
	if (n >= size)
		n = 0;
	memcpy(out, p, n);
	out[n] = '\0';
	return true;
}

static size_t
http_on_header(char *p, size_t size, size_t n, void *arg)
{
	struct transfer *x = arg;
	struct http *h = x->own;
	char text[2048];

	n *= size;
	if (header_is(p, n, "location", text, sizeof text)) {
		free(h->location);
		h->location = xstrdup(text);
	} else if (header_is(p, n, "retry-after", text, sizeof text)) {
		h->a.retry_s = strtoll(text, NULL, 10);
	}
	(void)(header_is(p, n, "etag", h->a.etag, HTTP_HEADER) ||
	    header_is(p, n, "last-modified", h->a.modified, HTTP_HEADER));
	return n;
}

/* ---- the end of one exchange ---- */

static bool
http_is_moved(long status)
{
	return status == 301 || status == 302 || status == 303 ||
	    status == 307 || status == 308;
}

/* Where it was sent to, whole; NULL when that is no address.  Given. */
static char *
http_target(const char *url, const char *location)
{
	CURLU *u = curl_url();
	char *out = NULL, *text = NULL;

	if (curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
	    curl_url_set(u, CURLUPART_URL, location, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_URL, &text, 0) == CURLUE_OK)
		out = xstrdup(text);
	curl_free(text);
	curl_url_cleanup(u);
	return out;
}

/* Sent elsewhere: why not, or NULL and it is on its way. */
static const char *
http_follow(struct transfer *x, struct http *h)
{
	char *to = h->location != NULL ?
	    http_target(h->url, h->location) : NULL;

	if (to == NULL)
		return "El servidor manda a otra dirección que no se "
		       "entiende.";
	if (h->hops++ == HTTP_HOPS) {
		free(to);
		return "El servidor manda de una dirección a otra sin llegar "
		       "a ninguna.";
	}
	free(h->url);
	h->url = to;
	free(h->location);
	h->location = NULL;
	x->own = NULL;			/* goes on with the next transfer */
	http_go(x->t, h);
	return NULL;
}

static void
http_on_end(struct transfer *x, CURLcode code)
{
	struct http *h = x->own;
	const char *why = NULL;

	(void)curl_easy_getinfo(x->easy, CURLINFO_RESPONSE_CODE,
	    &h->a.status);
	if (code != CURLE_OK)
		why = transfer_why(x, code);
	else if (http_is_moved(h->a.status) && !h->stays &&
	    (why = http_follow(x, h)) == NULL)
		return;
	h->a.body = x->body.p;
	h->a.len = x->body.len;
	h->a.url = h->url;
	h->on_end(x->t, &h->a, why);
}

static void
http_go(struct task *t, struct http *h)
{
	struct transfer *x = transfer_new(t, "http,https", h->most,
	    http_on_end);
	CURL *e = x->easy;

	x->own = h;
	x->free_own = http_free;
	x->ports = http_ports;
	h->a.etag[0] = h->a.modified[0] = '\0';
	h->a.retry_s = 0;
	curl_easy_setopt(e, CURLOPT_URL, h->url);
	curl_easy_setopt(e, CURLOPT_HTTPHEADER, h->headers);
	curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, http_on_header);
	curl_easy_setopt(e, CURLOPT_HEADERDATA, x);
	curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
	curl_easy_setopt(e, CURLOPT_USERAGENT, "Pauta/1 (monitoreo de medios)");
	curl_easy_setopt(e, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)h->most);
	if (h->post != NULL) {
		curl_easy_setopt(e, CURLOPT_TIMEOUT,
		    (long)(t->co->timeout_s +
			(int64_t)h->post_len / HTTP_SLOW));
		curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)h->post_len);
		curl_easy_setopt(e, CURLOPT_POSTFIELDS, h->post);
	}
	transfer_start(x);
}

void
http_start(struct task *t, const struct http_ask *ask)
{
	struct http *h = xcalloc(1, sizeof *h);
	size_t i;

	h->url = xstrdup(ask->url);
	h->most = ask->most;
	h->on_end = ask->on_end;
	h->stays = ask->stays || ask->post != NULL;
	for (i = 0; ask->headers != NULL && ask->headers[i] != NULL &&
	     i < HTTP_HEADERS; i++)
		if (strpbrk(ask->headers[i], "\r\n") == NULL)
			h->headers = curl_slist_append(h->headers,
			    ask->headers[i]);
	if (ask->post != NULL) {
		h->post = xcalloc(ask->post_len + 1, 1);
		memcpy(h->post, ask->post, ask->post_len);
		h->post_len = ask->post_len;
	}
	http_go(t, h);
}
