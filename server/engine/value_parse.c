/* SPDX-License-Identifier: ISC */
/*
 * value_parse.c - what people type, as values.  Generous in what it reads
 * (accents, case, hoy, +3, 12/5), strict in what it gives: value_check() has
 * the last word on everything.
 */
#include <assert.h>
#include <errno.h>

#include "calendar.h"
#include "value.h"

#include "../../proto/text.h"

typedef int parse_fn(const struct field *, const char *, const struct world *,
    json_t **, struct why *);

static int
parse_refuse(const struct field *f, const char *text, const char *hint,
    struct why *why)
{
	return why_set(why, ERR_REFUSED, "«%s»: «%.100s» %s", f->label, text,
	    hint);
}

/* A copy without blanks at either end. */
char *
value_trim(const char *s, size_t n)
{
	char *copy;

	while (n > 0 && strchr(" \t\r\n", s[0]) != NULL) {
		s++;
		n--;
	}
	while (n > 0 && strchr(" \t\r\n", s[n - 1]) != NULL)
		n--;
	copy = xcalloc(n + 1, 1);
	memcpy(copy, s, n);
	return copy;
}

/* The parts between separators, trimmed, as an array of strings. */
static json_t *
text_split(const char *s, char separator)
{
	json_t *parts = json_array();
	const char *end;
	char *part;

	for (;; s = end + 1) {
		end = strchr(s, separator);
		part = value_trim(s, end != NULL ? (size_t)(end - s)
		    : strlen(s));
		if (*part != '\0')
			json_array_append_new(parts, json_string(part));
		free(part);
		if (end == NULL)
			return parts;
	}
}

static int
parse_text(const struct field *f, const char *text, const struct world *w,
    json_t **out, struct why *why)
{
	struct why inner;
	char *clean;
	bool lines = f->type == FIELD_LONGTEXT;

	(void)w;
	if (text_take(text, strlen(text), lines ? VALUE_MAX : TEXT_MAX,
	    lines ? TEXT_LINES : 0, &clean, &inner) < 0)
		return why_set(why, ERR_REFUSED, "«%s»: %s", f->label,
		    inner.text);
	*out = json_string(clean);
	free(clean);
	return 0;
}

static int
parse_int(const struct field *f, const char *text, const struct world *w,
    json_t **out, struct why *why)
{
	char *end;
	long long n;

	(void)w;
	errno = 0;
	n = strtoll(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0')
		return parse_refuse(f, text, "no es un número entero.", why);
	*out = json_integer(n);
	return 0;
}

/* hoy, mañana, ayer, pasado mañana, +3, -2 */
static bool
date_relative(const char *s, const char *today, char out[11])
{
	static const struct { const char *word; int days; } words[] = {
		{ "hoy", 0 }, { "mañana", 1 }, { "pasado mañana", 2 },
		{ "ayer", -1 },
	};
	char *end;
	long n;
	size_t i;

	for (i = 0; i < ARRAY_LEN(words); i++)
		if (text_like(s, words[i].word)) {
			calendar_add(today, words[i].days, out);
			return true;
		}
	if (*s != '+' && *s != '-')
		return false;
	n = strtol(s, &end, 10);
	if (end == s || *end != '\0' || n < -36500 || n > 36500)
		return false;
	calendar_add(today, (int)n, out);
	return true;
}

/* A date as typed; 12/5 is of this year. */
static bool
date_read(const char *s, const struct world *w, char out[11])
{
	char today[11], time[9], text[64];
	int d, m, y, n = 0, fields;

	calendar_local(w->zone, w->now, today, time);
	if (date_relative(s, today, out))
		return true;
	fields = sscanf(s, "%2d/%2d%n/%4d%n", &d, &m, &n, &y, &n);
	if (fields == 2)
		(void)sscanf(today, "%4d", &y);
	if (fields >= 2 && s[n] == '\0') {
		if (y >= 0 && y < 100)
			y += 2000;
		snprintf(text, sizeof text, "%04d-%02d-%02d", y, m, d);
	} else {
		snprintf(text, sizeof text, "%s", s);
	}
	if (!calendar_is_date(text))
		return false;
	memcpy(out, text, 11);
	return true;
}

static int
parse_date(const struct field *f, const char *text, const struct world *w,
    json_t **out, struct why *why)
{
	char date[11];

	if (!date_read(text, w, date))
		return parse_refuse(f, text, "no es una fecha; escriba, por "
		    "ejemplo, 23/11/2026, hoy, mañana o +3.", why);
	*out = json_string(date);
	return 0;
}

/* "9:30", "09:30" or "09:30:15", as "HH:MM:SS". */
static bool
time_read(const char *s, char out[9])
{
	char text[64];
	int h, m, sec = 0, n = 0, fields;

	fields = sscanf(s, "%2d:%2d%n:%2d%n", &h, &m, &n, &sec, &n);
	if (fields < 2 || s[n] != '\0' || h < 0 || h > 23 || m < 0 || m > 59 ||
	    sec < 0 || sec > 59)
		return false;
	snprintf(text, sizeof text, "%02d:%02d:%02d", h, m, sec);
	memcpy(out, text, 9);
	return true;
}

static int
parse_time(const struct field *f, const char *text, const struct world *w,
    json_t **out, struct why *why)
{
	char time[9];

	(void)w;
	if (!time_read(text, time))
		return parse_refuse(f, text,
		    "no es una hora; escriba, por ejemplo, 09:30.", why);
	*out = json_stringn(time, 5);
	return 0;
}

/* A local date and hour; the date alone may be left out: it is today. */
static bool
datetime_read(const char *s, const struct world *w, struct when *t)
{
	char date[11], time[9], *head;
	const char *cut;
	bool ok;

	if (text_like(s, "ahora")) {
		*t = w->now;
		return true;
	}
	if (when_parse(s, t) == 0)
		return true;
	if (time_read(s, time)) {
		calendar_local(w->zone, w->now, date, time);
		return time_read(s, time) &&
		    calendar_instant(w->zone, date, time, t) == 0;
	}
	if ((cut = strrchr(s, ' ')) == NULL && (cut = strchr(s, 'T')) == NULL)
		return false;
	head = value_trim(s, (size_t)(cut - s));
	ok = date_read(head, w, date) && time_read(cut + 1, time) &&
	    calendar_instant(w->zone, date, time, t) == 0;
	free(head);
	return ok;
}

static int
parse_datetime(const struct field *f, const char *text, const struct world *w,
    json_t **out, struct why *why)
{
	char iso[WHEN_TEXT];
	struct when t;

	if (!datetime_read(text, w, &t))
		return parse_refuse(f, text, "no es una fecha con hora; "
		    "escriba, por ejemplo, 23/11/2026 09:30, hoy 9:30 o "
		    "ahora.", why);
	*out = json_string(when_text(t, iso));
	return 0;
}

static int
parse_yesno(const struct field *f, const char *text, const struct world *w,
    json_t **out, struct why *why)
{
	static const char *const yes[] = { "sí", "s", "yes", "true", "1" };
	static const char *const no[] = { "no", "n", "false", "0" };
	size_t i;

	(void)w;
	for (i = 0; i < ARRAY_LEN(yes) && *out == NULL; i++)
		if (text_like(text, yes[i]))
			*out = json_true();
	for (i = 0; i < ARRAY_LEN(no) && *out == NULL; i++)
		if (text_like(text, no[i]))
			*out = json_false();
	if (*out == NULL)
		return parse_refuse(f, text, "no responde sí o no.", why);
	return 0;
}

/* The choice as the definition writes it; else what was typed. */
static json_t *
choice_read(const struct field *f, const char *text)
{
	unsigned i;

	for (i = 0; i < f->choices_count; i++)
		if (text_like(f->choices[i], text))
			return json_string(f->choices[i]);
	return json_string(text);
}

static int
parse_choice(const struct field *f, const char *text, const struct world *w,
    json_t **out, struct why *why)
{
	json_t *typed = NULL;
	int r;

	if ((r = parse_text(f, text, w, &typed, why)) < 0)
		return r;
	*out = choice_read(f, json_string_value(typed));
	json_decref(typed);
	return 0;
}

json_t *
value_read_json(const char *text)
{
	if (*text != '[')
		return NULL;
	return json_loads(text, JSON_REJECT_DUPLICATES, NULL);
}

static int
parse_multi(const struct field *f, const char *text, const struct world *w,
    json_t **out, struct why *why)
{
	json_t *parts = value_read_json(text), *part;
	size_t i;

	(void)w;
	(void)why;
	if (parts == NULL)
		parts = text_split(text, ',');
	*out = json_array();
	json_array_foreach(parts, i, part)
		json_array_append_new(*out, json_is_string(part)
		    ? choice_read(f, json_string_value(part))
		    : json_incref(part));
	json_decref(parts);
	return 0;
}

/* One line: what `pauta hash` says of a file, or names between commas. */
static void
file_line(json_t *files, const char *line)
{
	const char *end = line + strlen(line), *sized, *sum;
	json_t *names, *name, *o;
	size_t i;

	if ((sized = text_hash_size(line, end)) != NULL) {
		sum = strchr(sized, ',') + 1;
		o = json_pack("{s:s%, s:I, s:s%}", "name", line,
		    (size_t)(sized - 1 - line), "size",
		    (json_int_t)strtoll(sized, NULL, 10), "sha256", sum,
		    (size_t)TEXT_SUM);
		assert(o != NULL);
		if (end - sum > TEXT_SUM + 1)
			json_object_set_new(o, "place",
			    json_string(sum + TEXT_SUM + 1));
		json_array_append_new(files, o);
		return;
	}
	names = text_split(line, ',');
	json_array_foreach(names, i, name)
		json_array_append_new(files, json_pack("{s:O}", "name", name));
	json_decref(names);
}

static int
parse_file(const struct field *f, const char *text, const struct world *w,
    json_t **out, struct why *why)
{
	json_t *parts = value_read_json(text), *part;
	size_t i;

	(void)f;
	(void)w;
	(void)why;
	*out = json_array();
	if (parts != NULL) {
		json_array_foreach(parts, i, part)
			json_array_append_new(*out, json_is_string(part) ?
			    json_pack("{s:O}", "name", part) :
			    json_incref(part));
	} else {
		parts = text_split(text, '\n');
		json_array_foreach(parts, i, part)
			file_line(*out, json_string_value(part));
	}
	json_decref(parts);
	return 0;
}

static int
parse_location(const struct field *f, const char *text, const struct world *w,
    json_t **out, struct why *why)
{
	if (*text == '[' && (*out = value_read_json(text)) != NULL)
		return 0;
	return parse_text(f, text, w, out, why);
}

/* "1:aprobar,2:regresar" or, with what to correct, "2:regresar:borrosa" */
static int
parse_verdicts(const struct field *f, const char *text, const struct world *w,
    json_t **out, struct why *why)
{
	(void)f;
	(void)w;
	(void)why;
	if ((*out = value_read_json(text)) == NULL)
		*out = value_parse_verdicts(text);
	return 0;
}

static parse_fn *const parses[] = {
	[FIELD_TEXT] = parse_text,
	[FIELD_LONGTEXT] = parse_text,
	[FIELD_INT] = parse_int,
	[FIELD_DATE] = parse_date,
	[FIELD_TIME] = parse_time,
	[FIELD_DATETIME] = parse_datetime,
	[FIELD_YESNO] = parse_yesno,
	[FIELD_CHOICE] = parse_choice,
	[FIELD_MULTI] = parse_multi,
	[FIELD_PERSON] = parse_text,
	[FIELD_AREA] = parse_text,
	[FIELD_MEDIUM] = parse_text,
	[FIELD_FILE] = parse_file,
	[FIELD_LOCATION] = parse_location,
	[FIELD_LIST] = value_parse_list,
	[FIELD_REF] = parse_text,
	[FIELD_VERDICTS] = parse_verdicts,
};

int
value_parse(const struct field *f, const char *text, const struct world *w,
    json_t **out, struct why *why)
{
	char *trimmed;
	json_t *value = NULL;
	int r = 0;

	if (strlen(text) > VALUE_MAX)
		return why_set(why, ERR_REFUSED, "«%s»: mide %zu bytes y "
		    "caben %d: acórtelo.", f->label, strlen(text), VALUE_MAX);
	trimmed = value_trim(text, strlen(text));
	if (*trimmed == '\0')
		value = json_null();
	else
		r = parses[f->type](f, trimmed, w, &value, why);
	if (r == 0)
		r = value_check(f, value, why);
	free(trimmed);
	if (r < 0)
		json_decref(value);
	else
		*out = value;
	return r;
}
