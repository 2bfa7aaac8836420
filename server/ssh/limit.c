/* SPDX-License-Identifier: ISC */
/* limit.c - see limit.h. */
#include "limit.h"

#include <assert.h>

enum limit_verdict
limit_start(const struct limits *l, const struct limit_counts *n, unsigned dice)
{
	int chance;

	if (n->connections >= l->connections)
		return LIMIT_FULL;
	if (n->starts >= l->starts)
		return LIMIT_STARTS;
	if (n->source_starts >= l->source_starts)
		return LIMIT_SOURCE;
	if (n->starts < l->early)
		return LIMIT_OK;
	/* From early_percent at the first to 100 where none fits any more. */
	chance = l->early_percent + (100 - l->early_percent) *
	    (n->starts - l->early) / (l->starts - l->early);
	return (int)dice < chance ? LIMIT_EARLY : LIMIT_OK;
}

const char *
limit_word(enum limit_verdict v)
{
	static const char *const words[] = {
		[LIMIT_OK] = "ok",
		[LIMIT_FULL] = "connections",
		[LIMIT_STARTS] = "starts",
		[LIMIT_SOURCE] = "starts_of_source",
		[LIMIT_EARLY] = "early_drop",
	};

	assert(v <= LIMIT_EARLY);
	return words[v];
}
