/* SPDX-License-Identifier: ISC */
/* pdf.c - see pdf.h. */
#include "pdf.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PDF_TAIL = 4096 };		/* the catalogue is this near the table */

static int
bytes_put(int fd, const void *bytes, size_t n, int64_t at)
{
	const uint8_t *p = bytes;
	ssize_t k;

	for (; n > 0; p += k, n -= (size_t)k, at += k) {
		k = pwrite(fd, p, n, at);
		if (k < 0 && errno == EINTR)
			k = 0;
		if (k < 0)
			return -ERR_SYSTEM;
	}
	return 0;
}

static cairo_status_t
pdf_on_bytes(void *arg, const unsigned char *p, unsigned n)
{
	struct pdf *pdf = arg;

	pdf->full = pdf->full || pdf->size + n > PDF_BYTES;
	if (pdf->full || bytes_put(pdf->fd, p, n, pdf->size) < 0)
		return CAIRO_STATUS_WRITE_ERROR;
	pdf->size += n;
	return CAIRO_STATUS_SUCCESS;
}

void
pdf_init(struct pdf *pdf, int fd, const char *title, const char *author,
    struct when at)
{
	char made[WHEN_TEXT];

	*pdf = (struct pdf){ .fd = fd };
	pdf->surface = cairo_pdf_surface_create_for_stream(pdf_on_bytes, pdf,
	    PDF_WIDTH, PDF_HEIGHT);
	pdf->cr = cairo_create(pdf->surface);
	cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_TITLE,
	    title);
	cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_AUTHOR,
	    author);
	cairo_pdf_surface_set_metadata(pdf->surface,
	    CAIRO_PDF_METADATA_CREATOR, "Pauta");
	(void)when_text(at, made);
	cairo_pdf_surface_set_metadata(pdf->surface,
	    CAIRO_PDF_METADATA_CREATE_DATE, made);
}

void
pdf_clear(struct pdf *pdf)
{
	if (pdf->cr != NULL)
		cairo_destroy(pdf->cr);
	if (pdf->surface != NULL)
		cairo_surface_destroy(pdf->surface);
	*pdf = (struct pdf){ 0 };
}

/* Behind the last place where those bytes stand; NULL: nowhere. */
static char *
bytes_find_last(char *p, size_t len, const char *what)
{
	size_t n = strlen(what), i;

	for (i = len; i >= n; i--)
		if (memcmp(p + i - n, what, n) == 0)
			return p + i;
	return NULL;
}

/*
 * cairo 1.16 cannot be told a language.  It writes the catalogue last, right
 * before the table of places: what is put into it moves only that table, and
 * of that only the number at the end of the file speaks.
 */
static int
pdf_say(struct pdf *pdf)
{
	static const char catalogue[] = "<< /Type /Catalog\n",
	    said[] = "   /Lang (es-MX)\n"
		     "   /ViewerPreferences << /DisplayDocTitle true >>\n";
	char end[128], *text, *at = NULL;
	int64_t size = pdf->size, from, table = -1;
	int r = -ERR_SYSTEM;

	(void)memset(end, 0, sizeof end);
	from = size - 64 > 0 ? size - 64 : 0;
	if (pread(pdf->fd, end, 64, from) > 0 &&
	    (at = strstr(end, "startxref\n")) != NULL)
		table = strtoll(at + strlen("startxref\n"), NULL, 10);
	if (table < 0 || table > size)
		return r;
	from = table - PDF_TAIL > 0 ? table - PDF_TAIL : 0;
	text = xcalloc((size_t)(size - from) + 1, 1);
	if (pread(pdf->fd, text, (size_t)(size - from), from) ==
		size - from &&
	    (at = bytes_find_last(text, (size_t)(size - from),
		 catalogue)) != NULL) {
		*strstr(at, "startxref\n") = '\0';
		(void)snprintf(end, sizeof end, "startxref\n%lld\n%%%%EOF\n",
		    (long long)table + (long long)strlen(said));
		from += at - text;
		r = bytes_put(pdf->fd, said, strlen(said), from);
		from += (int64_t)strlen(said);
		if (r == 0)
			r = bytes_put(pdf->fd, at, strlen(at), from);
		from += (int64_t)strlen(at);
		if (r == 0)
			r = bytes_put(pdf->fd, end, strlen(end), from);
	}
	free(text);
	return r;
}

int
pdf_finish(struct pdf *pdf, struct why *why)
{
	cairo_status_t drawn = cairo_status(pdf->cr);

	cairo_surface_finish(pdf->surface);
	if (drawn == CAIRO_STATUS_SUCCESS)
		drawn = cairo_surface_status(pdf->surface);
	if (pdf->full)
		return why_set(why, ERR_REFUSED, "El documento pasaría de %d "
		    "MB: quite imágenes o súbalas más pequeñas.",
		    PDF_BYTES >> 20);
	if (drawn != CAIRO_STATUS_SUCCESS || pdf_say(pdf) < 0)
		return why_set(why, ERR_SYSTEM, "El documento no se pudo "
		    "componer (%s).", cairo_status_to_string(drawn));
	return 0;
}
