/* SPDX-License-Identifier: ISC */
/*
 * mime.h - a message as it goes over the wire (RFC 5322, 2045-2047, 2231).
 *
 * Every line ends in CR LF and holds at most 78 bytes, but for a Message-ID,
 * which may not be folded.  What could end a header early or begin another
 * one is refused, never repaired: nobody means to write it.
 */
#ifndef PAUTA_MIME_H
#define PAUTA_MIME_H

#include "../../proto/base.h"

enum {
	MIME_SUBJECT_MAX = 512,		/* bytes of a subject, of a name */
	MIME_MAX = 48 << 20		/* bytes of a whole message */
};

struct mime_part {
	const char *name;		/* as the reader's machine will keep it */
	const char *type;		/* "application/pdf" */
	const void *bytes;
	size_t len;
};

struct mime_mail {
	const char *id;			/* Message-ID without its angles */
	const char *from, *from_name;	/* name may be NULL */
	const char *to, *to_name;
	const char *subject;
	const char *text;		/* lines end in \n; UTF-8 */
	struct when date;
	const struct mime_part *parts;	/* what is attached */
	size_t parts_count;
};

/*
 * The Message-ID of a job: the same for every try, and of no other job of any
 * office.  job and office are made of letters, digits, '-' and '_'.  Given.
 */
char *mime_make_id(const char *job, const char *office, const char *from);

/*
 * Append the message to out.  0; -ERR_REFUSED with why: an address that is
 * none, a line break in a header, more bytes than out may hold.
 */
int mime_write(const struct mime_mail *, struct buf *out, struct why *);

#endif
