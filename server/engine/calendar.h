/* SPDX-License-Identifier: ISC */
/*
 * calendar.h - days: which are worked, which are not, and what time it is in
 * an office.  The only door to libical.  Dates are text, "2026-11-23".
 */
#ifndef PAUTA_CALENDAR_H
#define PAUTA_CALENDAR_H

#include "../../proto/base.h"

struct calendar;

/*
 * Read an iCalendar text: every all-day VEVENT is a day not worked (RRULEs
 * included); Saturdays and Sundays are never worked.  Gives *out.
 * 0, or -ERR_USAGE with why.
 */
int calendar_load(const char *text, struct calendar **out, struct why *);
void calendar_free(struct calendar *);
/*
 * The same text, before somebody puts it in force: what calendar_load() would
 * pass over in silence is refused, with its line (calendar_check.c).
 */
int calendar_check(const char *text, struct why *);
/* Is this a recurrence that can be laid out in days? */
bool calendar_rule_is_good(const char *rrule);

bool calendar_is_working(const struct calendar *, const char *date);
/* Name of the holiday on that date, borrowed, or NULL. */
const char *calendar_holiday(const struct calendar *, const char *date);
/* Working days after a up to and including b; negative when b < a. */
int calendar_between(const struct calendar *, const char *a, const char *b);
/* The date n working days (or days) after date; out holds 11. */
void calendar_add_working(const struct calendar *, const char *date, int n,
    char out[11]);
void calendar_add(const char *date, int n, char out[11]);
/* Is this a real date "2026-11-23"? */
bool calendar_is_date(const char *);

/* Local date "2026-11-23" and time "09:30:00" of t in zone. */
void calendar_local(const char *zone, struct when t, char date[11],
    char time[9]);
/* The instant of a local date and "HH:MM[:SS]" in zone.  0 or -ERR_USAGE. */
int calendar_instant(const char *zone, const char *date, const char *time,
    struct when *out);

/* Does the recurrence "FREQ=…" (from its first day) fall on date? */
bool calendar_recurs(const char *rrule, const char *from, const char *date);

#endif
