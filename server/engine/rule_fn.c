/* SPDX-License-Identifier: ISC */
/*
 * rule_fn.c - what expressions may call: the functions of RULE_FNS and those
 * of SQLite's that are named here; nothing else compiles.
 */
#include "rule_fn.h"

// clang-format off
const struct rule_fn rule_fns[] = {
#define RULE_FN_ROW(name, args, outside) { #name, args, fn_##name, outside },
	RULE_FNS(RULE_FN_ROW)
#undef RULE_FN_ROW
	/* SQLite's own: name, arguments */
	{ "abs",	1,	NULL, false },
	{ "coalesce",	-1,	NULL, false },
	{ "ifnull",	2,	NULL, false },
	{ "iif",	3,	NULL, false },
	{ "instr",	2,	NULL, false },
	{ "length",	1,	NULL, false },
	{ "like",	2,	NULL, false },
	{ "lower",	1,	NULL, false },
	{ "max",	-1,	NULL, false },
	{ "min",	-1,	NULL, false },
	{ "nullif",	2,	NULL, false },
	{ "printf",	-1,	NULL, false },
	{ "replace",	3,	NULL, false },
	{ "round",	-1,	NULL, false },
	{ "substr",	-1,	NULL, false },
	{ "trim",	-1,	NULL, false },
	{ "upper",	1,	NULL, false },
};
// clang-format on
const size_t rule_fns_count = ARRAY_LEN(rule_fns);

const struct rule_fn *
rule_fn_find(const char *name)
{
	size_t i;

	for (i = 0; i < rule_fns_count; i++)
		if (sqlite3_stricmp(rule_fns[i].name, name) == 0)
			return &rule_fns[i];
	return NULL;
}

const struct scope *
fn_scope(sqlite3_context *cx)
{
	return *(const struct scope **)sqlite3_user_data(cx);
}

bool
fn_is_traced(sqlite3_context *cx)
{
	return fn_scope(cx)->w->trace != NULL;
}

void
fn_trace(sqlite3_context *cx, json_t *part)
{
	json_array_append_new(fn_scope(cx)->w->trace, part);
}

const char *
fn_text(sqlite3_value *v)
{
	return (const char *)sqlite3_value_text(v);
}

void
fn_give_text(sqlite3_context *cx, const char *s)
{
	sqlite3_result_text(cx, s, -1, SQLITE_TRANSIENT);
}
