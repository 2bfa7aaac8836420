/* SPDX-License-Identifier: ISC */
/*
 * rule_fn.h - the functions that expressions may call; for rule*.c alone.
 *
 * A function that cannot read its arguments gives NULL, which counts as false.
 * A new one is a row of RULE_FNS, fn_NAME() in the file of its subject, and a
 * line with an example in docs/pauta-procedure.5.
 */
#ifndef PAUTA_RULE_FN_H
#define PAUTA_RULE_FN_H

#include <sqlite3.h>

#include "rule.h"

/* name, arguments, looks beyond them: at the case, the clock, the world */
// clang-format off
#define RULE_FNS(X) \
	/* rule_fn_list.c */ \
	X(count,		1, false) \
	X(has,			2, false) \
	X(count_where,		3, false) \
	X(filled,		2, false) \
	X(blank,		1, false) \
	X(approved_items,	1, false) \
	X(item_approved,	3, false) \
	/* rule_fn_case.c */ \
	X(done,			1, true) \
	X(approved,		1, true) \
	X(outcome,		1, true) \
	X(versions,		1, true) \
	X(rounds,		0, true) \
	X(open_rows,		0, true) \
	X(setting,		1, true) \
	X(next,			1, true) \
	X(last,			1, true) \
	X(is_person,		1, true) \
	X(effect,		2, true) \
	/* rule_fn_day.c */ \
	X(now,			0, true) \
	X(today,		0, true) \
	X(at,			2, true) \
	X(local_date,		1, true) \
	X(local_time,		1, true) \
	X(add_minutes,		2, false) \
	X(add_days,		2, false) \
	X(add_working_days,	2, true) \
	X(working_days,		2, true) \
	X(working_day,		1, true) \
	X(year,			1, false) \
	X(month,		1, false)
// clang-format on

#define RULE_FN_DECLARE(name, args, outside) \
	void fn_##name(sqlite3_context *, int, sqlite3_value **);
RULE_FNS(RULE_FN_DECLARE)
#undef RULE_FN_DECLARE

struct rule_fn {
	const char *name;
	int args;
	void (*run)(sqlite3_context *, int, sqlite3_value **); /* or SQLite's */
	bool outside;
};

extern const struct rule_fn rule_fns[];
extern const size_t rule_fns_count;

/* NULL when expressions may not call it. */
const struct rule_fn *rule_fn_find(const char *name);

/* What the running expression looks at: the user data is a pointer to it. */
const struct scope *fn_scope(sqlite3_context *);
/* An argument as text, or NULL; borrowed until the function ends. */
const char *fn_text(sqlite3_value *);
void fn_give_text(sqlite3_context *, const char *);
/* Somebody asks why (why.h): what was looked at, taken. */
bool fn_is_traced(sqlite3_context *);
void fn_trace(sqlite3_context *, json_t *part);

#endif
