/* SPDX-License-Identifier: ISC */
/*
 * feed_date.c - see feed_date.h.  The text is numbers, words and signs: the
 * first numbers are a day however they are ordered, then comes an hour, then
 * how far it is from UTC.
 */
#include "feed_date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* English and Spanish begin alike, but for some. */
static const struct { const char *name; int month; } date_months[] = {
	{ "jan", 1 }, { "ene", 1 }, { "feb", 2 }, { "mar", 3 }, { "apr", 4 },
	{ "abr", 4 }, { "may", 5 }, { "jun", 6 }, { "jul", 7 }, { "aug", 8 },
	{ "ago", 8 }, { "sep", 9 }, { "oct", 10 }, { "nov", 11 }, { "dec", 12 },
	{ "dic", 12 },
};

/* Minutes from UTC. */
static const struct { const char *name; int minutes; } date_zones[] = {
	{ "ut", 0 }, { "utc", 0 }, { "gmt", 0 }, { "z", 0 },
	{ "est", -300 }, { "edt", -240 }, { "cst", -360 }, { "cdt", -300 },
	{ "mst", -420 }, { "mdt", -360 }, { "pst", -480 }, { "pdt", -420 },
};

struct date {
	int year, month, day, hour, minute, second, zone;
};

/* A whole number of at most four digits; its digits go to *n. */
static int
date_number(const char **s, int *n)
{
	int v = 0;

	for (*n = 0; isdigit((unsigned char)**s) && *n < 4; (*s)++, (*n)++)
		v = v * 10 + (**s - '0');
	return v;
}

static void
date_skip(const char **s, const char *blanks)
{
	*s += strspn(*s, blanks);
}

static bool
date_is_letter(char ch)
{
	return isalpha((unsigned char)ch) || (unsigned char)ch >= 0x80;
}

/* Letters; the month that they begin like, or 0. */
static int
date_word(const char **s)
{
	const char *word = *s;
	size_t i;

	while (date_is_letter(**s))
		(*s)++;
	for (i = 0; i < ARRAY_LEN(date_months); i++)
		if (strncasecmp(word, date_months[i].name, 3) == 0)
			return date_months[i].month;
	return 0;
}

/*
 * "2026-11-23", "23 Nov 2026", "23/11/2026", "Nov 23, 2026": three numbers, or
 * two where the month has its name.  A year that comes first has four digits.
 */
static int
date_day(const char **s, struct date *d)
{
	int v[3] = { 0 }, digits, n = 0, month = 0, named;
	bool year_first = false;

	while (n + (month != 0) < 3) {
		date_skip(s, " ,.-/\t\n");
		if (isdigit((unsigned char)**s)) {
			v[n] = date_number(s, &digits);
			year_first |= n++ == 0 && digits == 4;
		} else if (date_is_letter(**s)) {
			if ((named = date_word(s)) != 0)
				month = named;
		} else {
			return -ERR_USAGE;
		}
	}
	d->day = month == 0 && year_first ? v[2] : v[0];
	d->month = month != 0 ? month : v[1];
	d->year = month != 0 ? v[1] : year_first ? v[0] : v[2];
	if (d->year < 100)
		d->year += d->year < 70 ? 2000 : 1900;
	return 0;
}

/* "10:00:00.5", "10:00 p.m." or nothing */
static void
date_hour(const char **s, struct date *d)
{
	int n;

	date_skip(s, " ,T\t\n");
	if (!isdigit((unsigned char)**s))
		return;
	d->hour = date_number(s, &n);
	if (**s == ':') {
		(*s)++;
		d->minute = date_number(s, &n);
	}
	if (**s == ':') {
		(*s)++;
		d->second = date_number(s, &n);
	}
	if (**s == '.' || **s == ',')
		for ((*s)++; isdigit((unsigned char)**s); (*s)++)
			;
	date_skip(s, " ");
	if (((**s | 0x20) != 'a' && (**s | 0x20) != 'p') ||
	    ((*s)[1] != '.' && ((*s)[1] | 0x20) != 'm'))
		return;
	if (d->hour == 12)
		d->hour = 0;
	if ((**s | 0x20) == 'p')
		d->hour += 12;
	*s += strspn(*s, "aApPmM. ");
}

/* "-0700", "+05:30", "-6", "CST" or nothing */
static void
date_zone(const char *s, struct date *d)
{
	int sign, n, v;
	size_t i;

	date_skip(&s, " \t\n(");
	if (*s == '+' || *s == '-') {
		sign = *s++ == '-' ? -1 : 1;
		v = date_number(&s, &n);
		if (n <= 2) {
			v *= 100;
			if (*s == ':') {
				s++;
				v += date_number(&s, &n);
			}
		}
		d->zone = sign * (v / 100 * 60 + v % 100);
		return;
	}
	for (i = 0; i < ARRAY_LEN(date_zones); i++) {
		n = (int)strlen(date_zones[i].name);
		if (strncasecmp(s, date_zones[i].name, (size_t)n) == 0 &&
		    !isalpha((unsigned char)s[n]))
			d->zone = date_zones[i].minutes;
	}
}

struct when
feed_date(const char *s)
{
	struct when none = { 0 }, t;
	struct date d = { 0 };
	char text[80];

	if (strlen(s) > 100 || date_day(&s, &d) < 0)
		return none;
	date_hour(&s, &d);
	date_zone(s, &d);
	(void)snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ",
	    d.year, d.month, d.day, d.hour, d.minute, d.second);
	if (d.year < 1990 || d.year > 2100 || when_parse(text, &t) < 0 ||
	    d.zone < -1000 || d.zone > 1000)
		return none;
	t.s -= d.zone * 60;
	return t;
}
