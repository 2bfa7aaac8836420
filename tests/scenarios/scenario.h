/* SPDX-License-Identifier: ISC */
/*
 * scenario.h - what a scenario file says, the stage it is played on (people,
 * clock, counters, settings: all in memory) and what has been reached so far.
 * run.c includes the parts; they are one program.
 */
#ifndef PAUTA_SCENARIO_H
#define PAUTA_SCENARIO_H

#include "../../server/engine/decide.h"

struct person {
	char *login, *scope;
	char **roles;			/* "role" or "role@office" */
	unsigned roles_count;
	char **substitutes;		/* whose roles it holds in their place */
	unsigned substitutes_count;
};

struct act {
	char *as, *line, *at, *refused;
	char **open;
	unsigned open_count;
};

struct ends {
	char *state, *at;
	int rounds;
	char **records, **never, **skipped;
	unsigned records_count, never_count, skipped_count;
};

struct scenario {
	char *name, *now;
	char *memory;			/* "yes": no server can be told it */
	int acceptance;
	char **settings;		/* "id=value" */
	unsigned settings_count;
	struct act *acts;
	unsigned acts_count;
	struct ends *ends;
	char **indicators;
	unsigned indicators_count;
};

struct play {
	struct person *people;
	unsigned people_count;
	struct scenario *scenarios;
	unsigned scenarios_count;
};

struct cover;

struct stage {
	const struct institution *in;
	const struct procedure *p;
	const struct play *play;
	const struct scenario *s;
	struct calendar *calendar;
	struct rules *rules;
	struct kase *ca;		/* the case of this scenario, or NULL */
	struct world w;
	json_t *counters;
	struct buf said;		/* why it fails */
	struct cover *cover;
};

/* stage.c */
struct stage *stage_new(const struct institution *, const char *calendar);
void stage_free(struct stage *);
void stage_set(struct stage *, const struct procedure *, const struct play *);
void stage_unset(struct stage *);
void stage_begin(struct stage *, const struct scenario *);
void stage_set_now(struct stage *, const char *local);
/* Say a line as somebody: 0, or a negative error with why. */
int stage_say(struct stage *, const struct act *, struct why *);
/* Note why the scenario fails; returns false. */
bool stage_fail(struct stage *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* cover.c */
struct cover *cover_new(const struct procedure *);
void cover_free(struct cover *);
/* Look at an event just before it is applied. */
void cover_see(struct cover *, const struct kase *, const json_t *body,
    const struct world *);
void cover_see_refusal(struct cover *, const char *ref, const char *text);
/* False, naming what nobody reached, one a line. */
bool cover_is_whole(const struct cover *, struct buf *said);

#endif
