/* SPDX-License-Identifier: ISC */
/*
 * engine.h - what follows from a command.  Decide says what happened or why
 * not; apply is the only way a case changes, at run time and at rebuild alike.
 * No clock, no file, no socket, no table: the world is handed in.
 *
 *   command ---engine_decide---> events ---engine_apply---> case
 *
 * Values are jansson documents: text, date "2026-11-23", time "09:30",
 * datetime "2026-11-23T15:30:00Z" (UTC), person (a login or a name), choice
 * and ref are strings; int an integer; yesno a boolean; multi an array of
 * strings; file and location an array of {"name"[,"size","sha256","place"]}
 * or, for location, a string; list an array of objects by column id;
 * verdicts an array of {"item":n,"verdict":"aprobar|regresar"[,"remarks"]}.
 */
#ifndef PAUTA_ENGINE_H
#define PAUTA_ENGINE_H

#include "../../proto/doc.h"
#include "procedure.h"

struct calendar;			/* calendar.h */
struct rules;				/* rule.h */

/* A right held now, for an office, perhaps in somebody's place. */
struct grant {
	const char *role, *office;
	const char *for_login;		/* substitution: in whose place, or NULL */
	const char *scope;		/* substitution: "all" or "AP-01 AP-02 ..." */
	int64_t n;			/* substitution: its number, or 0 */
};

struct actor {
	const char *login, *name;
	const struct grant *grants;
	size_t grants_count;
};

/* Everything a decision may ask of the outside.  Borrowed for the call. */
struct world {
	struct when now;
	const char *zone;		/* of the case's office: "America/Hermosillo" */
	const struct calendar *calendar;
	/* While another one comes into force: the one until now.  Else NULL. */
	const struct calendar *calendar_before;
	struct rules *rules;		/* evaluator; see rule.h */
	const struct institution *institution;
	/* Value of a setting, borrowed; NULL when it is not set. */
	const char *(*setting)(void *arg, const char *id);
	/* Last number given out by a counter; 0 when never used. */
	int64_t (*counter)(void *arg, const char *name);
	/* Is there an active account with this login? */
	bool (*is_person)(void *arg, const char *login);
	/* Approved addresses of a list: [{"address","name"}], a new array. */
	json_t *(*addresses)(void *arg, const char *list);
	/* What people call somebody, borrowed; may be NULL: his login. */
	const char *(*person_name)(void *arg, const char *login);
	void *arg;
	json_t *trace;			/* array: what is looked at; or NULL */
};

/* What the clock said of a step that waits. */
enum notice { NOTICE_NONE, NOTICE_WARNED, NOTICE_OVERDUE, NOTICE_ESCALATED };

/* A place where the case waits. */
struct token {
	const struct step *st;
	int row;			/* sub-case, from 1; 0 is the case itself */
	int64_t n;			/* event of the case that opened it */
	struct when since, due, warn;	/* 0: none */
	char *assignee;			/* or NULL: any holder of the role */
	bool returned;			/* arrived by a regresar */
	char *from;			/* number of the step that led here, or NULL */
	struct when alarm;		/* when it is next told of; 0: never */
	enum notice told;		/* what was told last, and when */
	struct when told_at;
	int told_times;			/* of an escalation: how often */
	const struct escalation *told_by;
};

/* A step that was answered: kept for ever, also when answered again. */
struct done {
	const struct step *st;
	int row;
	int64_t n;			/* event of the case */
	struct when at, since;		/* since: the step was open */
	char *actor, *role, *on_behalf_of;
	int64_t grant;			/* number of the substitution, or 0 */
	char *outcome;			/* done, approved, returned, skipped */
	char *reason;			/* of a skip; remark of a return */
	char *to;			/* where it led: "2.9", "end", "4.2 4.3" */
	bool jump;
	int round;			/* rounds of the case before this answer */
	json_t *values;			/* object: field -> value */
	json_t *typed;			/* logins: who else typed in it, or NULL */
};

struct row {				/* a sub-case */
	int id;
	char *list;			/* list field it came from */
	json_t *data;			/* its row: object by column id */
	bool open;
};

struct produced {			/* a record left behind */
	const struct record *record;
	const struct step *st;
	int row;
	int64_t n;
	struct when at;
	int serial;			/* of this record within the case */
	json_t *gone;			/* rows disposed of: array of indexes, or NULL */
	unsigned retained;		/* enum retained, of retention.h */
	int moves;			/* how often somebody decided on that */
	json_t *fate;			/* what was said of it, or NULL */
};

enum case_state { CASE_OPEN, CASE_CLOSED, CASE_CANCELLED };

/* One run of a procedure.  ("case" is a word of C.) */
struct kase {
	const struct procedure *p;
	char *folio, *start, *title, *office, *opened_by, *priority, *day;
	struct when opened, closed;
	enum case_state state;
	char *end;			/* step at which it ended */
	char *reason;			/* of a cancellation */
	int rounds;			/* returns so far (G4) */
	int comments;			/* case.commented so far */
	int64_t n;			/* events applied */
	json_t *files;			/* attached: array, see kase_file() */
	json_t *effects;		/* asked for outside: kase_last_effect() */
	json_t *header;			/* opening values: object */
	json_t *values;			/* latest value of every field: object */
	struct token *tokens; size_t tokens_count;
	struct done *dones; size_t dones_count;
	struct row *rows; size_t rows_count;
	struct produced *records; size_t records_count;
	json_t *events;			/* [n-1]: {body,actor,role,on_behalf_of,at,undone?} */
};

enum command_kind {
	CMD_START,	/* step: start id or ""; values: header and opening fields */
	CMD_DO,		/* complete a step, answer a decision, decide an approval */
	CMD_CLAIM,	/* tomar */
	CMD_RELEASE,	/* soltar */
	CMD_HAND,	/* turnar: to = login */
	CMD_REDO,	/* answer a done step again: remark when late */
	CMD_CANCEL,	/* remark */
	CMD_UNDO,	/* the actor's own last decision, 30 s, nothing followed */
	CMD_DISPOSE,	/* a row of a register: step = "W1", values row, remark */
	CMD_RETAIN,	/* a record: step = "2" or "2.3", values act until?, remark */
	CMD_COMMENT,	/* remark; values mentions: logins that may read the case */
	CMD_ATTACH,	/* values field name size sha256 type */
	CMD_DETACH,	/* values field name; remark */
	CMD_ASK,	/* the look at a page that a step waits for; values of it */
	CMD_REPORT,	/* what came of an effect: values effect, to?, state … */
	CMD_CLOCK,	/* the time has come for what a step tells */
	CMD_MOVE	/* another calendar: values calendar, its event's number */
};

struct command {
	enum command_kind kind;
	const char *step;		/* "2.2", "2.2#3", or a start id */
	const char *to;
	const char *remark;
	json_t *values;			/* object of typed values, or NULL; borrowed */
	json_t *typed;			/* CMD_DO: logins who typed in it, or NULL; borrowed */
	const char *folio;		/* CMD_START: the folio to give */
	const char *office;		/* CMD_START */
	const char *day;		/* CMD_START of a recurrence: "2026-11-23" */
	int64_t revision;		/* compare-and-set: token.n shown, or -1 */
	const char *content;		/* content hash shown, or NULL */
};

/*
 * CMD_DISPOSE: values {"row":n} says which row of the list, from 1, of the
 * last time the register was produced; step "W1.2" means the second time.
 */

/*
 * What has happened.  body is the event's data, ready for the record:
 * {"type":…,"step":…,"row":…, …}; the core adds n, at, actor, role, case.
 */
struct event {
	json_t *body;
	const char *role, *on_behalf_of;	/* used by the actor; may be NULL */
};

struct events {
	struct event *v;
	size_t count;
	char *role, *on_behalf_of;
	int64_t grant;			/* number of the substitution, or 0 */
};

void events_clear(struct events *);

enum { UNDO_SECONDS = 30 };
enum { UNDO_MAX = 50 };			/* in one case: each is a replay */
enum { COMMENTS_MAX = 500 };		/* in one case */

/* Fields every case may be opened with, beside those of its start. */
const struct field *engine_header(unsigned *n);

/*
 * The values that approve or return at this step, as a person's yes or no is
 * written in its verdict field; NULL when it has none.  New reference.
 */
json_t *engine_verdict(const struct step *, bool approve);

/*
 * Decide one command on a case (NULL for CMD_START).  0 and appends to *ev
 * what has happened, in order; or -ERR_REFUSED, -ERR_STALE, -ERR_USAGE,
 * -ERR_NOT_FOUND, leaves *ev as it was and says why.  Keeps nothing.  *ev
 * starts empty.
 */
int engine_decide(const struct procedure *, const struct kase *,
    const struct command *, const struct actor *, const struct world *,
    struct events *ev, struct why *);

/*
 * Event bodies as they stand in the record, all keys always
 * present unless marked ?:
 *
 * case.opened    folio procedure revision start title office priority header day?
 *                counters?
 * step.opened    step row from? due? warn? alarm? assignee? returned
 *                -- alarm: when it is first told of, where that is not the
 *                first of warn and due that is still to come
 * step.skipped   step row reason to
 * step.done      step row outcome(done|approved|returned) values round to jump
 *                remark? counters? title? typed?
 *                -- typed: whoever typed in it and did not present it;
 *                outcome returned adds 1 to rounds; counters are the numbers
 *                taken by next(); title: nobody typed one and now it is known
 * row.opened     row list data
 * row.closed     row
 * step.claimed   step row assignee  -- tomar, turnar; "" releases
 * step.warned    step row next?     -- by the clock: warn has come
 * step.overdue   step row next?     -- due is over
 * step.escalated step row rule to times next?
 *                -- rule: which escalation of the step, from 1; times: how
 *                often by now; next: when this step is told of again
 * step.moved     step row was? due? warn? alarm? told times? calendar
 *                -- another calendar (event `calendar` of the office) gives an
 *                open step other dates; was: its due until then; told(none|warned|overdue|escalated):
 *                what was told of it and is still so
 * step.redone    step row values to jump remark? counters? title?
 *                -- and closes every open token and row
 * record.made    step row record serial
 * record.disposed record serial index remark   -- index from 1
 * record.retained record(number.serial) act(keep|transfer|dispose|approve|
 *                decline|receive) remark until?    -- retention.h
 * file.attached  step row field name size sha256 kind version
 *                -- kind: id of a file type (institution.yaml)
 *                -- the bytes are kept; of one name, version 2 comes after 1
 * file.detached  step row field name remark?
 *                -- every version: the bytes stay, the field has them no more
 * case.closed    step
 * case.cancelled remark
 * case.commented remark mentions    -- said about the case; moves nothing, and
 *                no undoing takes it away
 * effect.asked   step row do title? text? url? files? list? to?
 *                -- to do outside; to: [{address,name}]; files as in a
 *                field, and alt? caption? of each
 * effect.ended   effect to? state(done|failed|unknown) answer? tries? url?
 *                title? text? ok? photos?
 *                -- effect: number of the event that asked, in the case; to:
 *                of which address; no undoing takes it away
 * decision.undone n                 -- back to just before event n of the case
 *
 * Every body also carries "type"; by a substitution, "grant": its number.
 * Apply trusts: what was recorded is true.
 */
void engine_apply(struct kase *, const json_t *body, const char *actor,
    const char *role, const char *on_behalf_of, struct when at);

/* A new, empty case of p.  Free with kase_free (accepts NULL). */
struct kase *kase_new(const struct procedure *);
void kase_free(struct kase *);

/* May this actor act on this token now?  0, or -ERR_REFUSED with why. */
int engine_may(const struct kase *, const struct token *,
    const struct actor *, const struct world *, struct why *);
/* The right by which he would answer it, his own first; or NULL. */
const struct grant *grant_find(const struct kase *, const struct token *,
    const struct actor *);
/*
 * May this actor answer again a step that is done?  *reason: only if he says
 * why.  0, or -ERR_REFUSED with why.
 */
int engine_may_redo(const struct kase *, const struct step *,
    const struct actor *, bool *reason, struct why *);
/*
 * May this actor begin a case this way in this office?  The institution, which
 * may be NULL, gives the titles of the roles in the sentence.
 */
int engine_may_start(const struct procedure *, const struct start *,
    const char *office, const struct actor *, const struct institution *,
    struct why *);

/*
 * What w->calendar does to the open steps of a case, where w->calendar_before
 * gave something else; a new array:
 *   {"step","row","was"?,"due"?,"warn"?,"alarm"?,"told","skipped":[DAY]}
 * was: the deadline until now; skipped: the days that the rule does not count
 * by the new calendar (why.h).  What CMD_MOVE does is this.
 */
json_t *engine_moves(const struct kase *, const struct world *);
/* Does the date of some step of this definition depend on the calendar? */
bool engine_moves_any(const struct procedure *);

/*
 * What is attached to a case.  An object each, in order of time, that never
 * changes: n (event of the case), at, by, step, row, field, name, size,
 * sha256, type (id of a file type), version; and "gone" with the event that
 * took it away or put a newer version in its place.
 */
json_t *kase_file(const struct kase *, const char *step, int row,
    const char *field, const char *name);	/* current, borrowed, or NULL */
bool file_is_current(const json_t *file);

/*
 * May this actor attach a file of that name to that field now?  type NULL: it
 * is not known yet.  0, or -ERR_ with why.
 */
int engine_may_attach(const struct kase *, const struct token *,
    const struct field *, const char *name, const struct file_type *,
    const struct actor *, const struct world *, struct why *);

/*
 * Open token by reference: "2.2#3", or "2.2" for the only (or first) one.
 * NULL when that step is not open; *known tells whether the step exists.
 */
const struct token *kase_find_token(const struct kase *, const char *ref,
    bool *known);
/* 0, or -ERR_REFUSED: "2.2" is open for several rows and ref names none. */
int kase_check_ref(const struct kase *, const char *ref, struct why *);
/* The open token of a step and row, or NULL. */
struct token *kase_token_at(const struct kase *, const struct step *, int row);

/*
 * The last effect of a kind ("verify"), borrowed, or NULL: what was asked, n
 * (event of the case), at, by, and "ended" once it is known: what was reported
 * and at; of a mail, each of its "to" has its own.
 */
const json_t *kase_last_effect(const struct kase *, const char *kind);

/* Last answer of a step (row 0 or a sub-case), or NULL. */
const struct done *kase_last_done(const struct kase *, const char *number,
    int row);

/*
 * SHA-256 in hexadecimal of what an approval shows: the canonical values of
 * its `shows` steps.  out holds 65 bytes.
 */
void kase_content(const struct kase *, const struct token *, char out[65]);

/* Is what a case keeps of an event (kase.events) of this type? */
bool kase_event_is(const json_t *kept, const char *type);

/* Latest values in sight of a token: case values under row data and values. */
json_t *kase_values(const struct kase *, int row);	/* new reference */

/* Where this answer would lead, as "2.9", "4.2 4.3" or "end"; for screens. */
char *engine_leads(const struct kase *, const struct token *,
    const json_t *values, const struct world *);	/* given */

#endif
