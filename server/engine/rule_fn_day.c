/* SPDX-License-Identifier: ISC */
/* rule_fn_day.c - functions of expressions about days and hours. */
#include "calendar.h"
#include "rule_fn.h"

void
fn_now(sqlite3_context *cx, int n, sqlite3_value **v)
{
	char text[WHEN_TEXT];

	(void)n;
	(void)v;
	(void)when_text(fn_scope(cx)->w->now, text);
	if (fn_is_traced(cx))
		fn_trace(cx, json_pack("{s:s, s:s}", "kind", "now", "gives",
		    text));
	fn_give_text(cx, text);
}

void
fn_today(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const struct world *w = fn_scope(cx)->w;
	char date[11], time[9];

	(void)n;
	(void)v;
	calendar_local(w->zone, w->now, date, time);
	if (w->trace != NULL)
		fn_trace(cx, json_pack("{s:s, s:s}", "kind", "now", "gives",
		    date));
	fn_give_text(cx, date);
}

void
fn_at(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const char *date = fn_text(v[0]), *time = fn_text(v[1]);
	char text[WHEN_TEXT];
	struct when t;

	(void)n;
	if (date == NULL || time == NULL || !calendar_is_date(date) ||
	    calendar_instant(fn_scope(cx)->w->zone, date, time, &t) < 0)
		return;
	(void)when_text(t, text);
	if (fn_is_traced(cx))
		fn_trace(cx, json_pack("{s:s, s:s, s:s, s:s}", "kind", "at",
		    "date", date, "time", time, "gives", text));
	fn_give_text(cx, text);
}

static bool
fn_local(sqlite3_context *cx, sqlite3_value *v, char date[11], char time[9])
{
	const char *s = fn_text(v);
	struct when t;

	if (s == NULL || when_parse(s, &t) < 0)
		return false;
	calendar_local(fn_scope(cx)->w->zone, t, date, time);
	return true;
}

void
fn_local_date(sqlite3_context *cx, int n, sqlite3_value **v)
{
	char date[11], time[9];

	(void)n;
	if (fn_local(cx, v[0], date, time))
		fn_give_text(cx, date);
}

/* Hours and minutes, to compare with what people type. */
void
fn_local_time(sqlite3_context *cx, int n, sqlite3_value **v)
{
	char date[11], time[9];

	(void)n;
	if (!fn_local(cx, v[0], date, time))
		return;
	time[5] = '\0';
	fn_give_text(cx, time);
}

enum { MINUTES_MAX = 366 * 24 * 60 };

void
fn_add_minutes(sqlite3_context *cx, int n, sqlite3_value **v)
{
	sqlite3_int64 minutes = sqlite3_value_int64(v[1]);
	const char *s = fn_text(v[0]);
	char text[WHEN_TEXT];
	struct when t;

	(void)n;
	if (s == NULL || when_parse(s, &t) < 0 ||
	    sqlite3_value_type(v[1]) == SQLITE_NULL ||
	    minutes < -MINUTES_MAX || minutes > MINUTES_MAX)
		return;
	t.s += minutes * 60;
	(void)when_text(t, text);
	if (fn_is_traced(cx))
		fn_trace(cx, json_pack("{s:s, s:s, s:I, s:s}", "kind",
		    "minutes", "from", s, "n", (json_int_t)minutes, "gives",
		    text));
	fn_give_text(cx, text);
}

static const char *
fn_date(sqlite3_value *v)
{
	const char *s = fn_text(v);

	return s != NULL && calendar_is_date(s) ? s : NULL;
}

enum { DAYS_MAX = 36525 };		/* a hundred years */

/* A number of days that makes sense, or NULL's silence. */
static bool
fn_days(sqlite3_value *v, int *days)
{
	sqlite3_int64 n = sqlite3_value_int64(v);

	*days = (int)n;
	return sqlite3_value_type(v) != SQLITE_NULL && n >= -DAYS_MAX &&
	    n <= DAYS_MAX;
}

static void
fn_give_date(sqlite3_context *cx, const char *date)
{
	if (calendar_is_date(date))
		fn_give_text(cx, date);
}

void
fn_add_days(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const char *date = fn_date(v[0]);
	char out[11];
	int days;

	(void)n;
	if (date == NULL || !fn_days(v[1], &days))
		return;
	calendar_add(date, days, out);
	if (fn_is_traced(cx))
		fn_trace(cx, json_pack("{s:s, s:s, s:i, s:s}", "kind", "days",
		    "from", date, "n", days, "gives", out));
	fn_give_date(cx, out);
}

enum { SKIPPED_MAX = 366 };

/* The days between two dates, the later of them too, that are not worked. */
static json_t *
days_skipped(const struct calendar *c, const char *from, const char *to)
{
	json_t *list = json_array();
	const char *first = strcmp(from, to) < 0 ? from : to,
		   *last = first == from ? to : from;
	char day[11];

	for (calendar_add(first, 1, day); *day != '\0' &&
	     strcmp(day, last) <= 0 && json_array_size(list) < SKIPPED_MAX;
	     calendar_add(day, 1, day))
		if (!calendar_is_working(c, day))
			json_array_append_new(list, json_pack("{s:s, s:s*}",
			    "date", day, "holiday",
			    calendar_holiday(c, day)));
	return list;
}

void
fn_add_working_days(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const char *date = fn_date(v[0]);
	char out[11];
	int days;

	(void)n;
	if (date == NULL || !fn_days(v[1], &days))
		return;
	calendar_add_working(fn_scope(cx)->w->calendar, date, days, out);
	if (fn_is_traced(cx))
		fn_trace(cx, json_pack("{s:s, s:s, s:i, s:s, s:o}", "kind",
		    "working_days", "from", date, "n", days, "gives", out,
		    "skipped", days_skipped(fn_scope(cx)->w->calendar, date,
		    out)));
	fn_give_date(cx, out);
}

void
fn_working_days(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const struct calendar *c = fn_scope(cx)->w->calendar;
	const char *a = fn_date(v[0]), *b = fn_date(v[1]);
	int days;

	(void)n;
	if (a == NULL || b == NULL)
		return;
	days = calendar_between(c, a, b);
	if (fn_is_traced(cx))
		fn_trace(cx, json_pack("{s:s, s:s, s:s, s:i, s:o}", "kind",
		    "between", "from", a, "to", b, "n", days, "skipped",
		    days_skipped(c, a, b)));
	sqlite3_result_int(cx, days);
}

/* Every function here that looks at w->calendar has this in its name. */
bool
rule_reads_calendar(const char *expr)
{
	return expr != NULL && strstr(expr, "working_day") != NULL;
}

void
fn_working_day(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const char *date = fn_date(v[0]);

	(void)n;
	if (date != NULL)
		sqlite3_result_int(cx,
		    calendar_is_working(fn_scope(cx)->w->calendar, date));
}

void
fn_year(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const char *date = fn_date(v[0]);

	(void)n;
	if (date != NULL)
		sqlite3_result_int64(cx, strtol(date, NULL, 10));
}

void
fn_month(sqlite3_context *cx, int n, sqlite3_value **v)
{
	const char *date = fn_date(v[0]);

	(void)n;
	if (date != NULL)
		sqlite3_result_int64(cx, strtol(date + 5, NULL, 10));
}
