/* SPDX-License-Identifier: ISC */
/*
 * calendar.c - days and local time.  The only door to libical: recurrences,
 * holidays and time zones are its business; counting days is plain arithmetic
 * on a day number (days since 1970), so that nothing depends on a zone.
 *
 * A calendar is a sorted array of days not worked.  Recurring holidays are
 * laid out once, at loading, up to LAST_YEAR.
 */
#include "calendar.h"

#include <libical/ical.h>

enum { LAST_YEAR = 2060, RECUR_MAX = 40000, HOLIDAYS_MAX = 40000,
	EVENT_DAYS_MAX = 366 };

struct holiday {
	int64_t day;			/* since 1970 */
	char *name;
};

struct calendar {
	struct holiday *v;		/* sorted by day */
	size_t count;
};

/* ---- day numbers ---- */

static int64_t
day_number(int y, int m, int d)
{
	int64_t era, yoe, doy;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static void
day_text(int64_t day, char out[11])
{
	int64_t era, doe, yoe, doy, mp, y, m, d;
	char text[40];

	day += 719468;
	era = (day >= 0 ? day : day - 146096) / 146097;
	doe = day - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	d = doy - (153 * mp + 2) / 5 + 1;
	m = mp + (mp < 10 ? 3 : -9);
	y = yoe + era * 400 + (m <= 2);
	snprintf(text, sizeof text, "%04d-%02d-%02d", (int)y, (int)m, (int)d);
	memcpy(out, text, 10);
	out[10] = '\0';
}

/* Two or four digits; -1 when they are not. */
static int
digits_read(const char *s, int n)
{
	int i, v = 0;

	for (i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + s[i] - '0';
	}
	return v;
}

static bool
day_parse(const char *date, int64_t *day)
{
	char back[11];
	int y, m, d;

	if (date == NULL || strlen(date) != 10 || date[4] != '-' ||
	    date[7] != '-')
		return false;
	y = digits_read(date, 4);
	m = digits_read(date + 5, 2);
	d = digits_read(date + 8, 2);
	if (y < 1 || m < 1 || m > 12 || d < 1 || d > 31)
		return false;
	*day = day_number(y, m, d);
	day_text(*day, back);
	return strcmp(back, date) == 0;
}

bool
calendar_is_date(const char *date)
{
	int64_t day;

	return day_parse(date, &day);
}

static bool
day_is_weekend(int64_t day)
{
	int64_t w = ((day % 7) + 11) % 7;	/* 0 is Sunday */

	return w == 0 || w == 6;
}

/* ---- holidays ---- */

static void
calendar_put(struct calendar *c, struct icaltimetype t, const char *name)
{
	c->v = xrealloc(c->v, c->count + 1, sizeof *c->v);
	c->v[c->count].day = day_number(t.year, t.month, t.day);
	c->v[c->count++].name = xstrdup(name != NULL ? name : "Día inhábil");
}

/* From t on, so many days. */
static void
calendar_put_days(struct calendar *c, struct icaltimetype t, int days,
    const char *name)
{
	for (; days > 0 && t.year <= LAST_YEAR && c->count < HOLIDAYS_MAX;
	    days--) {
		calendar_put(c, t, name);
		icaltime_adjust(&t, 1, 0, 0, 0);
	}
}

static void
calendar_put_event(struct calendar *c, icalcomponent *ev)
{
	struct icaltimetype t = icalcomponent_get_dtstart(ev),
			    end = icalcomponent_get_dtend(ev);
	const char *name = icalcomponent_get_summary(ev);
	icalproperty *rule;
	icalrecur_iterator *it;
	int64_t days = 1;

	if (!t.is_date)
		return;
	if (end.is_date && icaltime_compare(t, end) < 0)
		days = day_number(end.year, end.month, end.day) -
		    day_number(t.year, t.month, t.day);
	if (days > EVENT_DAYS_MAX)
		days = EVENT_DAYS_MAX;
	rule = icalcomponent_get_first_property(ev, ICAL_RRULE_PROPERTY);
	if (rule == NULL) {
		calendar_put_days(c, t, (int)days, name);
		return;
	}
	it = icalrecur_iterator_new(icalproperty_get_rrule(rule), t);
	if (it == NULL)
		return;
	for (t = icalrecur_iterator_next(it);
	    !icaltime_is_null_time(t) && t.year <= LAST_YEAR &&
	    c->count < HOLIDAYS_MAX;
	    t = icalrecur_iterator_next(it))
		calendar_put_days(c, t, (int)days, name);
	icalrecur_iterator_free(it);
}

static int
holiday_compare(const void *a, const void *b)
{
	const struct holiday *x = a, *y = b;

	return x->day < y->day ? -1 : x->day > y->day;
}

int
calendar_load(const char *text, struct calendar **out, struct why *why)
{
	icalcomponent *all, *ev;
	struct calendar *c;

	icalerror_set_errors_are_fatal(false);
	all = icalparser_parse_string(text);
	if (all == NULL || icalcomponent_isa(all) != ICAL_VCALENDAR_COMPONENT) {
		if (all != NULL)
			icalcomponent_free(all);
		return why_set(why, ERR_USAGE, "El calendario no se puede "
		    "leer: debe ser un archivo iCalendar (RFC 5545).");
	}
	c = xcalloc(1, sizeof *c);
	for (ev = icalcomponent_get_first_component(all, ICAL_VEVENT_COMPONENT);
	    ev != NULL;
	    ev = icalcomponent_get_next_component(all, ICAL_VEVENT_COMPONENT))
		calendar_put_event(c, ev);
	icalcomponent_free(all);
	if (c->count > 0)
		qsort(c->v, c->count, sizeof *c->v, holiday_compare);
	*out = c;
	return 0;
}

void
calendar_free(struct calendar *c)
{
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; i < c->count; i++)
		free(c->v[i].name);
	free(c->v);
	free(c);
}

static const struct holiday *
calendar_find(const struct calendar *c, int64_t day)
{
	struct holiday key = { .day = day };

	if (c == NULL || c->count == 0)
		return NULL;
	return bsearch(&key, c->v, c->count, sizeof *c->v, holiday_compare);
}

static bool
day_is_working(const struct calendar *c, int64_t day)
{
	return !day_is_weekend(day) && calendar_find(c, day) == NULL;
}

bool
calendar_is_working(const struct calendar *c, const char *date)
{
	int64_t day;

	return day_parse(date, &day) && day_is_working(c, day);
}

const char *
calendar_holiday(const struct calendar *c, const char *date)
{
	const struct holiday *h;
	int64_t day;

	if (!day_parse(date, &day) || (h = calendar_find(c, day)) == NULL)
		return NULL;
	return h->name;
}

int
calendar_between(const struct calendar *c, const char *a, const char *b)
{
	int64_t from, to, day;
	int n = 0;

	if (!day_parse(a, &from) || !day_parse(b, &to))
		return 0;
	if (to < from)
		return -calendar_between(c, b, a);
	for (day = from + 1; day <= to; day++)
		n += day_is_working(c, day);
	return n;
}

void
calendar_add(const char *date, int n, char out[11])
{
	int64_t day;

	if (day_parse(date, &day))
		day_text(day + n, out);
	else
		out[0] = '\0';
}

void
calendar_add_working(const struct calendar *c, const char *date, int n,
    char out[11])
{
	int64_t day;
	int way = n < 0 ? -1 : 1;

	out[0] = '\0';
	if (!day_parse(date, &day))
		return;
	while (n != 0) {
		day += way;
		if (day_is_working(c, day))
			n -= way;
	}
	day_text(day, out);
}

/* ---- local time ---- */

static icaltimezone *
zone_find(const char *zone)
{
	icaltimezone *tz = NULL;

	icalerror_set_errors_are_fatal(false);
	if (zone != NULL)
		tz = icaltimezone_get_builtin_timezone(zone);
	return tz != NULL ? tz : icaltimezone_get_utc_timezone();
}

void
calendar_local(const char *zone, struct when t, char date[11], char time[9])
{
	struct icaltimetype utc, local;
	char text[40];

	utc = icaltime_from_timet_with_zone((time_t)t.s, 0,
	    icaltimezone_get_utc_timezone());
	local = icaltime_convert_to_zone(utc, zone_find(zone));
	day_text(day_number(local.year, local.month, local.day), date);
	snprintf(text, sizeof text, "%02d:%02d:%02d", local.hour, local.minute,
	    local.second);
	memcpy(time, text, 8);
	time[8] = '\0';
}

int
calendar_instant(const char *zone, const char *date, const char *time,
    struct when *out)
{
	struct icaltimetype t = icaltime_null_time();
	size_t n = time != NULL ? strlen(time) : 0;
	int64_t day;

	if (!day_parse(date, &day) || (n != 5 && n != 8) || time[2] != ':' ||
	    (n == 8 && time[5] != ':'))
		return -ERR_USAGE;
	t.year = digits_read(date, 4);
	t.month = digits_read(date + 5, 2);
	t.day = digits_read(date + 8, 2);
	t.hour = digits_read(time, 2);
	t.minute = digits_read(time + 3, 2);
	t.second = n == 8 ? digits_read(time + 6, 2) : 0;
	if (t.hour < 0 || t.hour > 23 || t.minute < 0 || t.minute > 59 ||
	    t.second < 0 || t.second > 59)
		return -ERR_USAGE;
	out->s = icaltime_as_timet_with_zone(t, zone_find(zone));
	return 0;
}

bool
calendar_rule_is_good(const char *rrule)
{
	struct icalrecurrencetype rule;
	icalrecur_iterator *it;

	icalerror_set_errors_are_fatal(false);
	rule = icalrecurrencetype_from_string(rrule);
	if (rule.freq < ICAL_DAILY_RECURRENCE ||
	    rule.freq > ICAL_YEARLY_RECURRENCE)
		return false;
	it = icalrecur_iterator_new(rule, icaltime_from_day_of_year(1, 2026));
	if (it == NULL)
		return false;
	icalrecur_iterator_free(it);
	return true;
}

bool
calendar_recurs(const char *rrule, const char *from, const char *date)
{
	struct icalrecurrencetype rule;
	struct icaltimetype t;
	icalrecur_iterator *it;
	int64_t first, wanted, day = INT64_MIN;
	int i;

	if (rrule == NULL || !day_parse(from, &first) ||
	    !day_parse(date, &wanted) || wanted < first)
		return false;
	icalerror_set_errors_are_fatal(false);
	rule = icalrecurrencetype_from_string(rrule);
	if (rule.freq == ICAL_NO_RECURRENCE)
		return false;
	t = icaltime_null_time();
	t.is_date = 1;
	t.year = digits_read(from, 4);
	t.month = digits_read(from + 5, 2);
	t.day = digits_read(from + 8, 2);
	if ((it = icalrecur_iterator_new(rule, t)) == NULL)
		return false;
	/* Not from the first day on, where nothing has to be counted. */
	if (rule.count == 0 && wanted > first) {
		t.year = digits_read(date, 4);
		t.month = digits_read(date + 5, 2);
		t.day = digits_read(date + 8, 2);
		(void)icalrecur_iterator_set_start(it, t);
	}
	for (i = 0; i < RECUR_MAX && day < wanted; i++) {
		t = icalrecur_iterator_next(it);
		if (icaltime_is_null_time(t))
			break;
		day = day_number(t.year, t.month, t.day);
	}
	icalrecur_iterator_free(it);
	return day == wanted;
}
