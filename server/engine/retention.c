/* SPDX-License-Identifier: ISC */
/* retention.c - see retention.h: days, and what has been done. */
#include "retention.h"

#include <stdio.h>
#include <stdlib.h>

#include "apply.h"
#include "calendar.h"

static const char *const acts[RETAIN_ACTS] = { "keep", "transfer", "dispose",
	"approve", "decline", "receive" };
static const char *const states[] = { "kept", "proposed", "approved",
	"transferred", "disposed" };

const char *
retain_act_name(enum retain_act a)
{
	return acts[a];
}

const char *
retained_name(enum retained r)
{
	return states[r];
}

/* ---- days ---- */

static int
month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

/* "P1Y2M3D" after a day. */
static void
period_add(const char *day, const char *period, char out[11])
{
	int year, month, date, n, used, months = 0, days = 0;
	char unit;

	for (period++; sscanf(period, "%d%c%n", &n, &unit, &used) == 2;
	     period += used) {
		months += unit == 'Y' ? 12 * n : unit == 'M' ? n : 0;
		days += unit == 'W' ? 7 * n : unit == 'D' ? n : 0;
	}
	if (sscanf(day, "%4d-%2d-%2d", &year, &month, &date) != 3 ||
	    year + months / 12 > 9998) {
		*out = '\0';
		return;
	}
	month += months - 1;
	year += month / 12;
	month = month % 12 + 1;
	if (date > month_days(year, month))
		date = month_days(year, month);
	(void)snprintf(out, 11, "%04u-%02u-%02u", (unsigned)year % 10000U,
	    (unsigned)month % 100U, (unsigned)date % 100U);
	if (days > 0)
		calendar_add(out, days, out);
}

const char *
retention_said(const struct produced *made, const char *act, const char *key)
{
	return doc_text(json_object_get(made->fate, act), key);
}

void
retention_days(const struct kase *ca, const struct produced *made,
    const char *zone, struct term_days *out)
{
	const struct record *rec = made->record;
	struct when at = rec->rows != NULL ? made->at : ca->closed;
	const char *later = doc_text(made->fate, "until");
	char time[9];

	*out = (struct term_days){ "", "" };
	if (rec->rows == NULL && ca->state == CASE_OPEN)
		return;
	calendar_local(zone, at, out->from, time);
	if (rec->from != NULL && strcmp(rec->from, "year_end") == 0)
		memcpy(out->from + 4, "-12-31", 7);
	period_add(out->from, rec->retention != NULL ? rec->retention : "P1Y",
	    out->until);
	if (strcmp(later, out->until) > 0)
		(void)snprintf(out->until, 11, "%.10s", later);
}

bool
retention_is_transfer(const struct record *rec, const struct institution *in)
{
	const struct retention *rt = in != NULL ? in->retention : NULL;
	unsigned i;

	for (i = 0; rt != NULL && rec->disposition != NULL &&
	     i < rt->archive_count; i++)
		if (strcmp(rt->archive[i], rec->disposition) == 0)
			return true;
	return false;
}

/* ---- what has been done ---- */

struct produced *
retention_find(const struct kase *ca, const char *ref)
{
	size_t n = strcspn(ref, "."), i;
	int serial = ref[n] == '.' ? number_read(ref + n + 1) : 0;
	struct produced *made;

	for (i = ca->records_count; i > 0; i--) {
		made = &ca->records[i - 1];
		if (strlen(made->record->number) == n &&
		    strncmp(made->record->number, ref, n) == 0 &&
		    (serial == 0 || made->serial == serial))
			return made;
	}
	return NULL;
}

enum retained
retention_state(const struct kase *ca, const struct produced *made)
{
	int left;

	if (made->record->rows != NULL &&
	    retention_rows(ca, made, &left) > 0 && left == 0)
		return RETAINED_DISPOSED;
	return made->retained;
}

static enum retained
state_after(enum retain_act act, bool transfer)
{
	static const enum retained after[RETAIN_ACTS] = {
		[RETAIN_KEEP] = RETAINED_KEPT,
		[RETAIN_TRANSFER] = RETAINED_PROPOSED,
		[RETAIN_DISPOSE] = RETAINED_PROPOSED,
		[RETAIN_APPROVE] = RETAINED_APPROVED,
		[RETAIN_DECLINE] = RETAINED_KEPT,
		[RETAIN_RECEIVE] = RETAINED_TRANSFERRED,
	};

	return act == RETAIN_APPROVE && !transfer ? RETAINED_DISPOSED :
	    after[act];
}

/* fate: {until, archive: a transfer was asked for, ACT: {by, at, why}}. */
void
record_retained(struct kase *ca, const struct told *e)
{
	const char *ref = told_text(e, "record"), *name = told_text(e, "act");
	struct produced *made = ref != NULL ? retention_find(ca, ref) : NULL;
	char text[WHEN_TEXT];
	unsigned act;
	json_t *fate;

	for (act = 0; act < RETAIN_ACTS; act++)
		if (name != NULL && strcmp(acts[act], name) == 0)
			break;
	if (made == NULL || act == RETAIN_ACTS)
		return;
	fate = made->fate != NULL ? json_deep_copy(made->fate) : json_object();
	if (act == RETAIN_KEEP)
		json_object_set(fate, "until", json_object_get(e->body, "until"));
	if (act == RETAIN_TRANSFER || act == RETAIN_DISPOSE)
		json_object_set_new(fate, "archive",
		    json_boolean(act == RETAIN_TRANSFER));
	json_object_set_new(fate, name, json_pack("{s:s?, s:s, s:O?}", "by",
	    e->actor, "at", when_text(e->at, text), "why",
	    json_object_get(e->body, "remark")));
	made->retained = state_after(act, doc_is(fate, "archive"));
	made->moves++;
	json_decref(made->fate);
	made->fate = fate;
}
