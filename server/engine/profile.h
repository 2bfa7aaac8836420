/* SPDX-License-Identifier: ISC */
/*
 * profile.h - what the unit looks for in the media, as it is written:
 *
 *	isssteson                       the word, in any of its endings
 *	"sala de espera"                the words together, in this order
 *	a b        a Y b                both
 *	a O b      a | b                either
 *	NO a       -a                   not that one
 *	a CERCA/8 b                     at most 8 words between them (5 by itself)
 *	( … )                           what goes together
 *
 * Operators are written in capital letters: «no» and «y» are words.  NO binds
 * most, then CERCA, Y and O.  A profile says something of what it wants: one of
 * nothing but NO is refused.
 */
#ifndef PAUTA_PROFILE_H
#define PAUTA_PROFILE_H

#include "words.h"

enum {
	PROFILE_BYTES = 4096,		/* of one, as it is written */
	PROFILE_NODES = 200,		/* words and operators */
	PROFILE_DEPTH = 20,		/* parentheses within parentheses */
	PROFILE_NEAR = 5,		/* of CERCA without a number */
	PROFILE_NEAR_MAX = 100,
	PROFILE_WORDS = 8		/* of a reason */
};

struct profile;

/* 0 and *out, or -ERR_USAGE with a sentence that says what to write. */
int profile_parse(const char *text, struct profile **out, struct why *);
void profile_free(struct profile *);

/* The words of a text that made it match, each once; at most PROFILE_WORDS. */
struct profile_hit {
	const struct word *v[PROFILE_WORDS];
	size_t count;
};

/* Does the text say what the profile looks for?  *hit (or NULL): where. */
bool profile_matches(const struct profile *, const struct words *,
    struct profile_hit *);

/*
 * Which words a text must have: an expression of FTS5 over words_index().  It
 * holds for every text that matches, and for some that do not.  NULL: for any.
 * Given.
 */
char *profile_index(const struct profile *);

#endif
