/* SPDX-License-Identifier: ISC */
/*
 * indicator.c - figures from cases.  A case counts once, by
 * the first answer that succeeds; cancelled ones never count.
 */
#include "calendar.h"
#include "indicator.h"
#include "rule.h"
#include "value.h"

static bool
measure_names(const struct measure *m, const char *number)
{
	unsigned i;

	for (i = 0; i < m->steps_count; i++)
		if (strcmp(m->steps[i], number) == 0)
			return true;
	return false;
}

/* Does this moment of the case count, and on which local date? */
static bool
measure_date(const struct measure *m, const struct kase *ca,
    const json_t *values, struct when at, const struct world *w,
    char date[11])
{
	struct scope sc = { .ca = ca, .values = values, .w = w };
	char time[9];
	json_t *v;
	bool dated;

	if (!rule_is_true(m->when, &sc))
		return false;
	if (m->dated == NULL) {
		calendar_local(w->zone, at, date, time);
		return true;
	}
	v = rule_eval(m->dated, &sc);
	dated = calendar_is_date(json_string_value(v));
	if (dated)
		memcpy(date, json_string_value(v), 11);
	json_decref(v);
	return dated;
}

/* The first answer of the named steps that succeeds. */
static bool
measure_find_answer(const struct measure *m, const struct kase *ca,
    const struct world *w, char date[11])
{
	const struct done *d;
	json_t *values;
	size_t i;
	bool found = false;

	for (i = 0; i < ca->dones_count && !found; i++) {
		d = &ca->dones[i];
		if (!measure_names(m, d->st->number) ||
		    strcmp(d->outcome, "returned") == 0 ||
		    strcmp(d->outcome, "skipped") == 0)
			continue;
		values = kase_values(ca, d->row);
		json_object_update(values, d->values);
		found = measure_date(m, ca, values, d->at, w, date);
		json_decref(values);
	}
	return found;
}

static bool
measure_find(const struct measure *m, const struct kase *ca,
    const struct world *w, char date[11])
{
	if (ca->state == CASE_CANCELLED || (m->start != NULL &&
	    (ca->start == NULL || strcmp(m->start, ca->start) != 0)))
		return false;
	if (m->steps_count > 0)
		return measure_find_answer(m, ca, w, date);
	return ca->state == CASE_CLOSED &&
	    measure_date(m, ca, ca->values, ca->closed, w, date);
}

int64_t
measure_count(const struct measure *m, struct kase *const *cases, size_t n,
    const char *a, const char *b, const struct world *w, json_t *rows)
{
	char date[11];
	int64_t count = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (!measure_find(m, cases[i], w, date) ||
		    strcmp(date, a) < 0 || strcmp(date, b) > 0)
			continue;
		count++;
		if (rows != NULL)
			json_array_append_new(rows, json_pack("{s:s,s:s}",
			    "folio", cases[i]->folio, "date", date));
	}
	return count;
}

/* Add to a tally by date. */
static void
tally_add(json_t *tally, const json_t *rows, int sign)
{
	const char *date;
	json_t *row;
	size_t i;

	json_array_foreach(rows, i, row) {
		date = json_string_value(json_object_get(row, "date"));
		json_object_set_new(tally, date, json_integer(sign +
		    doc_int(tally, date)));
	}
}

static int
date_compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Dates that the two lists do not agree on, in order. */
static json_t *
days_at_fault(const json_t *above, const json_t *below)
{
	json_t *tally = json_object(), *days = json_array(), *sum;
	const char **dates, *date;
	size_t n = 0, i;

	tally_add(tally, above, 1);
	tally_add(tally, below, -1);
	dates = xcalloc(json_object_size(tally) + 1, sizeof *dates);
	json_object_foreach(tally, date, sum)
		if (json_integer_value(sum) != 0)
			dates[n++] = date;
	qsort(dates, n, sizeof *dates, date_compare);
	for (i = 0; i < n; i++)
		json_array_append_new(days, json_string(dates[i]));
	free(dates);
	json_decref(tally);
	return days;
}

static json_t *
ratio_text(const char *format_tail, int64_t above, int64_t below, int scale)
{
	char text[48];

	if (below == 0)
		return json_string("n/d");
	snprintf(text, sizeof text, "%.*f%s", scale == 1 ? 2 : 1,
	    scale * (double)above / (double)below, format_tail);
	return json_string(text);
}

json_t *
indicator_compute(const struct procedure *p, const struct indicator *in,
    struct kase *const *cases, size_t n, const char *a, const char *b,
    const struct world *w)
{
	json_t *above = json_array(), *below = json_array(), *out;
	int64_t num, den;

	(void)p;
	num = measure_count(&in->numerator, cases, n, a, b, w, above);
	den = measure_count(&in->denominator, cases, n, a, b, w, below);
	out = json_pack("{s:s,s:s,s:I,s:I,s:o,s:s,s:{s:O,s:O}}", "id", in->id,
	    "printed", in->printed, "numerator", (json_int_t)num,
	    "denominator", (json_int_t)den, "ratio",
	    ratio_text("", num, den, 1), "note",
	    in->note != NULL ? in->note : "", "rows", "numerator", above,
	    "denominator", below);
	/*
	 * The manual prints planned over achieved: the everyday percentage is
	 * the other way round, what was achieved of what was planned.
	 */
	json_object_set_new(out, "percent", den == 0 ? json_string("n/d")
	    : ratio_text(" %", den, num, 100));
	if (in->must_match)
		json_object_set_new(out, "days_at_fault",
		    days_at_fault(above, below));
	json_decref(above);
	json_decref(below);
	return out;
}
