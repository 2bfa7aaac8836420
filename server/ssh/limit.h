/* SPDX-License-Identifier: ISC */
/*
 * limit.h - how many may knock, and how many may stay.  Pure: counts and a
 * throw of dice go in, a verdict comes out.
 */
#ifndef PAUTA_LIMIT_H
#define PAUTA_LIMIT_H

struct limits {
	int grace;			/* seconds to prove who one is */
	int starts;			/* unproved connections in all */
	int source_starts;		/* of them from one source */
	int early;			/* from here on some are dropped */
	int early_percent;		/* that many of a hundred, rising */
	int user_sessions;		/* proved connections of one person */
	int connections;		/* of everybody */
};

#define LIMITS_DEFAULT                                              \
	{ .grace = 30, .starts = 64, .source_starts = 8,            \
	  .early = 32, .early_percent = 30, .user_sessions = 4,     \
	  .connections = 512 }

enum limit_verdict {
	LIMIT_OK,
	LIMIT_FULL,			/* nobody else fits */
	LIMIT_STARTS,			/* too many are unproved */
	LIMIT_SOURCE,			/* too many of them from there */
	LIMIT_EARLY			/* the dice said no */
};

/* What stands when one more knocks. */
struct limit_counts {
	int connections, starts, source_starts;
};

/* dice: a random number from 0 to 99. */
enum limit_verdict limit_start(const struct limits *,
    const struct limit_counts *, unsigned dice);
const char *limit_word(enum limit_verdict);

#endif
