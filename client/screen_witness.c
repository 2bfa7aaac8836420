/* SPDX-License-Identifier: ISC */
/*
 * screen_witness.c - witness.h for pauta-screen: beside its server it has
 * nothing of its own to remember, and no sums to make.  There is never a
 * witness here; it is NULL.
 */
#include <assert.h>

#include "witness.h"

void
witness_begin(struct witness *w, struct line *l)
{
	(void)l;
	assert(w == NULL);
}

bool
witness_on_doc(struct witness *w, int status, const json_t *doc,
    struct line *l)
{
	(void)status;
	(void)doc;
	(void)l;
	assert(w == NULL);
	return false;
}

const char *
witness_hold(const struct witness *w)
{
	assert(w == NULL);
	return NULL;
}

const char *
witness_holds(const struct witness *w, const char *verb)
{
	(void)verb;
	assert(w == NULL);
	return NULL;
}

bool
witness_is_refused(const struct witness *w)
{
	assert(w == NULL);
	return false;
}

int
witness_accept(struct witness *w, struct why *why)
{
	(void)w;
	return why_set(why, ERR_SYSTEM, "%s", "");
}

bool
witness_is_word(const char *text)
{
	(void)text;
	return false;
}
