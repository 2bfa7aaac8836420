/* SPDX-License-Identifier: ISC */
/*
 * ics.c - deadlines as an iCalendar text (RFC 5545): lines of 75 octets that
 * end in CR LF, values escaped, an identifier that stays the same.
 */
#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "req.h"

enum { ICS_MAX = 512 * 1024, ICS_OCTETS = 75 };

/*
 * A line of at most 75 octets, the rest on lines that begin with a blank; no
 * letter is cut in two.
 */
static void
ics_fold(struct buf *b, const char *s)
{
	size_t n = strlen(s), most = ICS_OCTETS, cut;

	while (n > most) {
		for (cut = most; cut > 0 && ((unsigned char)s[cut] & 0xc0) ==
		    0x80; cut--)
			;
		(void)buf_add(b, s, cut);
		(void)buf_addf(b, "\r\n ");
		s += cut;
		n -= cut;
		most = ICS_OCTETS - 1;
	}
	(void)buf_addf(b, "%s\r\n", s);
}

/* A property whose value is text: what ends or parts a value is escaped. */
static void
ics_text(struct buf *b, const char *name, const char *value)
{
	char *safe = xcalloc(strlen(value) + 1, 8), *text = safe;
	struct buf line;

	(void)text_safe(value, safe, (strlen(value) + 1) * 8, 0);
	buf_init(&line, TEXT_MAX * 2);
	(void)buf_addf(&line, "%s:", name);
	for (; *text != '\0'; text++) {
		if (strchr("\\;,", *text) != NULL)
			(void)buf_addf(&line, "\\%c", *text);
		else
			(void)buf_add(&line, text, 1);
	}
	ics_fold(b, buf_str(&line));
	buf_clear(&line);
	free(safe);
}

/* "2026-11-23T16:30:00Z" as "20261123T163000Z". */
static void
ics_when(struct buf *b, const char *name, const char *utc)
{
	(void)buf_addf(b, "%s:", name);
	for (; *utc != '\0'; utc++)
		if (*utc != '-' && *utc != ':')
			(void)buf_add(b, utc, 1);
	(void)buf_addf(b, "\r\n");
}

/* The same step of the same case is the same entry, whatever moves. */
static void
ics_event(struct req *q, struct buf *b, const json_t *t)
{
	const char *place = q->c->institution != NULL ?
	    q->c->institution->id : "pauta";
	char *line, now[WHEN_TEXT];

	(void)buf_addf(b, "BEGIN:VEVENT\r\n");
	line = xasprintf("UID:%s-%s-%d@%s", doc_text(t, "folio"),
	    doc_text(t, "step"),
	    (int)doc_int(t, "row"), place);
	ics_fold(b, line);
	free(line);
	ics_when(b, "DTSTAMP", when_text(q->now, now));
	ics_when(b, "DTSTART", doc_text(t, "due"));
	line = xasprintf(_("Vence: %s (%s, paso %s)"), doc_text(t, "title"),
	    doc_text(t, "folio"), doc_text(t, "step"));
	ics_text(b, "SUMMARY", line);
	free(line);
	ics_text(b, "DESCRIPTION", doc_text(t, "subject"));
	(void)buf_addf(b, "TRANSP:TRANSPARENT\r\n");
	if (*doc_text(t, "warn") != '\0') {
		(void)buf_addf(b, "BEGIN:VALARM\r\nACTION:DISPLAY\r\n");
		ics_text(b, "DESCRIPTION", doc_text(t, "title"));
		ics_when(b, "TRIGGER;VALUE=DATE-TIME", doc_text(t, "warn"));
		(void)buf_addf(b, "END:VALARM\r\n");
	}
	(void)buf_addf(b, "END:VEVENT\r\n");
}

json_t *
doc_ics(struct req *q, const json_t *list)
{
	struct buf b;
	json_t *t, *out;
	size_t i;

	buf_init(&b, ICS_MAX);
	(void)buf_addf(&b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
	    "PRODID:-//Pauta//vencimientos//ES\r\nCALSCALE:GREGORIAN\r\n");
	json_array_foreach((json_t *)list, i, t)
		ics_event(q, &b, t);
	(void)buf_addf(&b, "END:VCALENDAR\r\n");
	out = json_string(buf_str(&b));
	buf_clear(&b);
	return out;
}
