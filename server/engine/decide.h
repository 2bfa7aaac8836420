/* SPDX-License-Identifier: ISC */
/*
 * decide.h - what the files of the engine share: decide*.c, apply.c, kase.c.
 *
 * A decision works on a scratch copy of the case.  Every event is applied to
 * it the moment it is emitted, so that joins, skips and closings always look
 * at what is true by then.
 */
#ifndef PAUTA_DECIDE_H
#define PAUTA_DECIDE_H

#include "engine.h"
#include "rule.h"
#include "value.h"

#define ROLE_HEAD "head_of_unit"	/* cancels and hands over (G14) */
#define OFFICE_CENTRAL "central"	/* its grants hold for every office */

struct decision {
	const struct procedure *p;
	const struct command *cmd;
	const struct actor *who;
	const struct world *w;
	struct kase *ca;		/* the scratch copy */
	const struct grant *grant;	/* the right that is used, or NULL */
	struct events *ev;
	struct why *why;
};

/* decide.c: apply an event to the scratch copy and give it to the caller. */
void decision_emit(struct decision *, json_t *taken_body);
/* The open token that the command names, or a refusal. */
int decision_token(struct decision *, const struct token **);
/* -ERR_REFUSED when the case has ended. */
int decision_open(struct decision *);

/* decide_may.c: the right an actor would use, his own first; or NULL. */
const struct grant *grant_find_any(const char *office, char *const *roles,
    unsigned n, const struct actor *);
const struct grant *grant_find_role(const char *office, const char *role,
    const struct actor *);
/* Say whose it is to begin this way, by their titles. */
int start_refuse(const struct start *, const struct institution *,
    struct why *);
/* A right used before that is still held: that role, own or lent by whom. */
const struct grant *grant_find_again(const char *office, const char *role,
    const char *for_login, const struct actor *);
/* The name of somebody, for a sentence. */
const char *world_person(const struct world *, const char *login);
/* The step of a version by this person that the approval would decide. */
const char *kase_find_own_work(const struct kase *, const struct token *,
    const char *login);

/*
 * decide_answer.c: an answer being put together.  sight is what the case will
 * say once it is recorded; before is what was in sight until now under what is
 * given, for columns and for a field's own earlier value.
 */
struct draft {
	const struct step *st;		/* NULL at the opening of a case */
	int row;
	const struct field *fields;
	unsigned fields_count;
	json_t *values, *before, *sight;
	json_t *taken;			/* counters used by next() */
	bool rejecting;			/* an approval that returns */
};

/* Begin from given values (deep copied) over what is in sight (taken). */
void draft_init(struct draft *, const struct step *, const struct field *,
    unsigned n, const json_t *given, json_t *taken_sight,
    const json_t *header);
void draft_clear(struct draft *);
/* Refuse what is unknown, wrong or missing; compute what is not typed. */
int draft_complete(struct draft *, struct decision *);
/* Every check of the step, in order. */
int draft_check(const struct draft *, struct decision *);
struct scope draft_scope(const struct draft *, const struct decision *);
void draft_put(struct draft *, const char *id, json_t *taken);

/* decide_file.c: what is attached to the step becomes part of the answer. */
void draft_take_files(struct draft *, const struct kase *);

/* decide_flow.c: the arms that an answer takes, and what they cause. */
enum { ARMS_MAX = 32 };

struct arms {
	const struct arm *v[ARMS_MAX];
	unsigned count;
};

enum arms_how { ARMS_FIRST, ARMS_ALL, ARMS_SKIP };

void arms_pick(struct arms *, const struct arm *, unsigned n, enum arms_how,
    const struct scope *);
char *arms_to(const struct arms *);		/* given: "4.2 4.3" */
bool arms_jump(const struct arms *);
void flow_follow(struct decision *, const struct step *from, int row,
    const struct arms *, const json_t *values);

/* decide_*.c: one function a command; rows of the table in decide.c. */
int decide_start(struct decision *);
int decide_do(struct decision *);
int decide_redo(struct decision *);
int decide_claim(struct decision *);
int decide_release(struct decision *);
int decide_hand(struct decision *);
int decide_cancel(struct decision *);
int decide_undo(struct decision *);
int decide_dispose(struct decision *);
int decide_retain(struct decision *);
int decide_comment(struct decision *);
int decide_attach(struct decision *);
int decide_detach(struct decision *);
int decide_clock(struct decision *);
int decide_move(struct decision *);

/*
 * decide_clock.c: when a step that opens is first told of, with its
 * escalations; and without them, as apply knows it.  0: never.
 */
struct when clock_first(const struct token *, const struct scope *);
struct when clock_plain(const struct token *);
/* Apply what was told of it then. */
void clock_told(struct token *, const json_t *body, struct when at);
/*
 * A token has got other dates, its due was another: what was told of it and is
 * no longer so is forgotten, and its alarm is the first moment not told yet.
 */
void clock_move(struct token *, struct when was, const struct scope *);
/* Apply what decide_move() says of it. */
void clock_moved(struct token *, const json_t *body);
const char *clock_told_name(enum notice);	/* "warned" */

/* decide_do.c: one more of that record of the inventory. */
void record_emit(struct decision *, const struct step *, int row,
    const char *number);

/* effect_file.c: the files that go with an effect, as a new list. */
json_t *effect_files(const struct procedure *, const struct effect *,
    const struct scope *);
/* effect.c */
int decide_ask(struct decision *);
int decide_report(struct decision *);
/* What an answer that was not returned asks for outside. */
void effects_emit(struct decision *, const struct draft *, int row);
void effect_apply_asked(struct kase *, const json_t *body, const char *actor,
    struct when at);
void effect_apply_ended(struct kase *, const json_t *body, struct when at);

/* kase.c */
/* A number of one to six digits and nothing else; -1 when it is not. */
int number_read(const char *);
/* The same case again, to try on it what may be refused. */
struct kase *kase_copy(const struct kase *);
/* Back to before its first event, which are kept. */
void kase_clear(struct kase *);
/* Does it stand whatever is undone: said, or told by the clock? */
bool kase_event_stays(const json_t *kept);
/* The last time a person answered it: a skip is nobody's. */
const struct done *kase_last_answer(const struct kase *, const char *number,
    int row);
/*
 * Lay a new answer to these fields over values: what it does not say is gone,
 * or becomes what the header (or NULL) says of it.
 */
void kase_lay(json_t *values, const struct field *, unsigned n,
    const json_t *answer, const json_t *header);

#endif
