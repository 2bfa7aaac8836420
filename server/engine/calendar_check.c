/* SPDX-License-Identifier: ISC */
/*
 * calendar_check.c - is this text a calendar of days not worked, whole?  Every
 * line is looked at, so that a day written wrong is refused with its line and
 * not left out in silence.  Of an event only whole days mean something here;
 * other components are stepped over.
 */
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "../../proto/i18n.h"
#include "calendar.h"

enum { NEST_MOST = 8, NAME_MOST = 40, SHOWN = 40 };

struct reading {
	char nest[NEST_MOST][NAME_MOST]; /* what is open: VCALENDAR, … */
	int depth;
	int line;  /* where the one in hand begins, from 1 */
	int event; /* line of BEGIN:VEVENT */
	bool ended;
	char first[11], last[11]; /* of the event, "" until they are read */
	struct why *why;
};

static int
refuse(struct reading *r, const char *what)
{
	return why_set(r->why, ERR_USAGE, "El renglón %d del calendario %s",
	    r->line, _(what));
}

static bool
reading_in(const struct reading *r, const char *name)
{
	return r->depth > 0 && strcasecmp(r->nest[r->depth - 1], name) == 0;
}

/* "20261224" as "2026-12-24"; false when it is no day. */
static bool
day_take(const char *s, char out[11])
{
	if (strlen(s) != 8)
		return false;
	(void)snprintf(out, 11, "%.4s-%.2s-%.2s", s, s + 4, s + 6);
	return calendar_is_date(out);
}

static int
line_begin(struct reading *r, const char *what)
{
	if (r->ended || (r->depth == 0) != (strcasecmp(what, "VCALENDAR") == 0))
		return refuse(r,
		    N_("no va ahí: el archivo es un solo "
		       "BEGIN:VCALENDAR … END:VCALENDAR (RFC 5545)."));
	if (r->depth == NEST_MOST || strlen(what) >= NAME_MOST)
		return refuse(r, N_("abre un componente que no se reconoce."));
	(void)snprintf(r->nest[r->depth++], NAME_MOST, "%s", what);
	if (reading_in(r, "VEVENT")) {
		r->event = r->line;
		r->first[0] = r->last[0] = '\0';
	}
	return 0;
}

static int
line_end(struct reading *r, const char *what)
{
	if (!reading_in(r, what))
		return refuse(
		    r, N_("cierra un componente que no estaba abierto."));
	if (reading_in(r, "VEVENT")) {
		if (r->first[0] == '\0') {
			r->line = r->event;
			return refuse(r,
			    N_("empieza un día inhábil sin fecha: "
			       "falta DTSTART;VALUE=DATE."));
		}
		if (r->last[0] != '\0' && strcmp(r->last, r->first) <= 0)
			return refuse(r,
			    N_("cierra un periodo cuyo DTEND no es "
			       "posterior a su DTSTART."));
	}
	r->depth--;
	r->ended = r->depth == 0;
	return 0;
}

/* What in an event says on which days it is. */
static int
line_of_event(struct reading *r, const char *name, const char *value)
{
	if (strcasecmp(name, "DTSTART") == 0 || strcasecmp(name, "DTEND") == 0)
		return day_take(value, strcasecmp(name, "DTEND") == 0 ?
		    r->last : r->first) ? 0 :
		    refuse(r, N_("no dice un día entero: escriba la fecha como "
		    "DTSTART;VALUE=DATE:20261224."));
	if (strcasecmp(name, "RRULE") == 0 && !calendar_rule_is_good(value))
		return refuse(r,
		    N_("tiene una repetición que no se entiende: "
		       "use por ejemplo RRULE:FREQ=YEARLY;BYMONTH=12;"
		       "BYMONTHDAY=24."));
	if (strcasecmp(name, "EXDATE") == 0 || strcasecmp(name, "RDATE") == 0 ||
	    strcasecmp(name, "DURATION") == 0 ||
	    strcasecmp(name, "RECURRENCE-ID") == 0)
		return refuse(r,
		    N_("usa algo que este calendario no admite "
		       "(EXDATE, RDATE, DURATION, RECURRENCE-ID): escriba cada "
		       "día inhábil como un evento."));
	return 0;
}

/* Where the value begins: after the first colon that no quotes hold. */
static char *
line_value(char *text)
{
	bool quoted = false;

	for (; *text != '\0'; text++)
		if (*text == '"')
			quoted = !quoted;
		else if (*text == ':' && !quoted)
			return text;
	return NULL;
}

static int
line_read(struct reading *r, char *text)
{
	char *value = line_value(text), name[NAME_MOST];
	size_t n = strcspn(text, ";:");

	if (*text == '\0')
		return 0;
	if (value == NULL || n == 0 || n >= sizeof name)
		return refuse(r,
		    N_("no es de un archivo iCalendar (RFC 5545): "
		       "se esperaba NOMBRE:VALOR."));
	*value++ = '\0';
	(void)snprintf(name, sizeof name, "%.*s", (int)n, text);
	if (strcasecmp(name, "BEGIN") == 0)
		return line_begin(r, value);
	if (r->depth == 0)
		return refuse(r,
		    N_("está fuera de BEGIN:VCALENDAR … "
		       "END:VCALENDAR."));
	if (strcasecmp(name, "END") == 0)
		return line_end(r, value);
	return reading_in(r, "VEVENT") ? line_of_event(r, name, value) : 0;
}

/* The next line, a folded one in one piece, without its end. */
static const char *
line_take(const char *text, struct buf *b, int *lines)
{
	size_t n;

	b->len = 0;
	do {
		n = strcspn(text, "\n");
		(void)buf_add(
		    b, text, n > 0 && text[n - 1] == '\r' ? n - 1 : n);
		text += n;
		(*lines)++;
		if (*text == '\n')
			text++;
		if (*text != ' ' && *text != '\t')
			break;
		text++;
	} while (*text != '\0');
	return text;
}

int
calendar_check(const char *text, struct why *why)
{
	struct reading r = { .why = why };
	struct buf b;
	char *line;
	int lines = 0, e = 0;

	buf_init(&b, FRAME_MAX);
	while (e == 0 && *text != '\0') {
		r.line = lines + 1;
		text = line_take(text, &b, &lines);
		line = xstrdup(buf_str(&b));
		e = line_read(&r, line);
		free(line);
	}
	buf_clear(&b);
	if (e == 0 && !r.ended) {
		r.line = lines > 0 ? lines : 1;
		e = refuse(&r,
		    N_("es el último y falta END:VCALENDAR: el "
		       "archivo está cortado o no es iCalendar."));
	}
	return e;
}
