/* SPDX-License-Identifier: ISC */
/*
 * rule.h - expressions of the definitions: SQL scalar expressions over the
 * fields of a case, run in a private in-memory SQLite connection that knows
 * no table, no pragma and only the functions listed in rule.c.  ":name" is the
 * latest value of field "name" (NULL when it has none; booleans are 0 and 1;
 * lists and multis are JSON text).
 *
 * Functions (docs/pauta-procedure.5 has the list with examples):
 *   count(list) has(multi,'x') count_where(list,'col','v') filled(list,'col')
 *   done('2.2') approved('2.2') outcome('2.11') rounds() open_rows() versions('2.9')
 *   approved_items(verdicts) item_approved(list,verdicts,ref)
 *   effect('verify','ok') setting('id') next('counter') last('counter') is_person(login)
 *   now() today() at(date,'09:30') local_date(dt) local_time(dt)
 *   add_days(date,n) add_working_days(date,n) working_days(a,b)
 *   working_day(date) year(date) month(date) blank(x)
 * and SQLite's coalesce ifnull nullif iif length lower upper substr trim
 * replace instr abs min max round printf like.
 */
#ifndef PAUTA_RULE_H
#define PAUTA_RULE_H

#include "engine.h"

struct rules *rules_new(void);
void rules_free(struct rules *);

/* What an expression may look at while it runs. */
struct scope {
	const struct kase *ca;		/* may be NULL (at opening) */
	const json_t *values;		/* object: what ":name" finds */
	const struct world *w;
	json_t *taken;			/* counters used by next(); or NULL */
};

/*
 * Does the expression compile, using only listed functions and (when known is
 * not NULL) only fields for which known() is true?  0 or -ERR_USAGE with why.
 */
int rule_check(struct rules *, const char *expr,
    bool (*known)(void *arg, const char *field), void *arg, struct why *);

/* Does it depend on its fields alone: not on case, clock, settings, world? */
bool rule_is_closed(struct rules *, const char *expr);

/* Does it count days by the calendar?  NULL: no. */
bool rule_reads_calendar(const char *expr);

/* Evaluate.  Gives a new json reference (json_null for NULL), never fails:
 * an error at run time is a defect of the definition, logged, and null. */
json_t *rule_eval(const char *expr, const struct scope *);
/* True, absent (NULL) counts as true, "yes"/"no" are themselves. */
bool rule_is_true(const char *expr, const struct scope *);

#endif
