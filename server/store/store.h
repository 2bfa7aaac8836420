/* SPDX-License-Identifier: ISC */
/*
 * store.h - the record on disk: one SQLite file, one writing connection, all
 * of the program's SQL (sql.def).  It keeps events in a hash chain and the
 * tables that are views of them, and knows nothing of rights or meaning.
 *
 *   body   one line of canonical JSON (RFC 8785): the exact bytes kept
 *   leaf   SHA-256(salt[16] || body)
 *   chain  SHA-256(previous chain[32] || leaf), chain 0 is 32 zero bytes
 *
 * Everything between store_begin and store_commit is durable together when
 * commit returns 0 (WAL, synchronous=FULL).  Any -ERR_SYSTEM from commit or
 * checkpoint is fatal to the caller: stop, start again from disk; but when why
 * says ERR_UNAVAILABLE the disk is full: roll back and go on.
 */
#ifndef PAUTA_STORE_H
#define PAUTA_STORE_H

#include "../../proto/hash.h"

struct store;

enum {
	STORE_CREATE = 1,	/* make the file when it is not there */
	STORE_READONLY = 2,	/* never writes, never checkpoints */
	STORE_MEMORY = 4	/* in memory: tests, rebuilds */
};

enum { SCHEMA_VERSION = 3, SALT_SIZE = 16 };

/*
 * Open.  The writer takes an exclusive lock on PATH.lock (held until free):
 * two servers on one folder are refused in words, -ERR_UNAVAILABLE.  A
 * foreign file, a newer schema, a damaged file: -ERR_SYSTEM with why.
 *
 * A file of an older schema is first copied to PATH.schema-N, whole and
 * verified, and then changed in one transaction.  When its views have to be
 * made again, the store is given inside that transaction (store_is_open) and
 * they are empty: fill them from the events, then commit.  A reader leaves it
 * as it is, and may ask for events and checkpoints only.
 */
int store_open(const char *path, int flags, struct store **out, struct why *);
void store_free(struct store *);

int store_begin(struct store *, struct why *);
int store_commit(struct store *, struct why *);
void store_rollback(struct store *);
bool store_is_open(const struct store *);	/* inside a transaction */
/*
 * Move the log into the file when it holds over pages pages (0: whatever it
 * holds).  0, or -ERR_SYSTEM when SQLite reported an error (F7).
 */
int store_checkpoint(struct store *, int pages, struct why *);
int store_log_pages(const struct store *);	/* not moved yet */
/*
 * Did something fail that could not be said (sql.h)?  Nothing that was read
 * since is true; store_rollback forgets it.
 */
bool store_has_fault(const struct store *, struct why *);

/* ---- events ---- */

struct entry {
	int64_t seq;			/* n: 1, 2, 3 … without gaps */
	int64_t kase;			/* case id, 0 for the office's own acts */
	int64_t prev;			/* previous event of the same case, 0 */
	uint8_t op[OP_SIZE];
	uint8_t salt[SALT_SIZE], leaf[HASH_SIZE], chain[HASH_SIZE];
	char *body;			/* given by reads; NULL when erased */
};

/*
 * Append one event: takes kase, op and body (borrowed, canonical already),
 * fills seq, prev, salt (from the system's random source), leaf and chain.
 * The body names its own n: ask store_next_seq first.
 */
int store_append(struct store *, struct entry *, struct why *);
int64_t store_next_seq(const struct store *);
/* Last seq and chain; seq 0 and zeroes in a new record. */
int64_t store_head(const struct store *, uint8_t chain[HASH_SIZE]);

/* Give events to fn in order; fn returns non-zero to stop.  Bodies borrowed. */
typedef int entry_fn(void *arg, const struct entry *);
int store_each(struct store *, int64_t from_seq, entry_fn *, void *arg,
    struct why *);
/* The events of one case, oldest first (follows prev, no index). */
int store_case_events(struct store *, int64_t kase, entry_fn *, void *arg,
    struct why *);

/*
 * Recompute every leaf and the chain, and compare what each body says of
 * itself (n, case, op) with its columns; a body that is not there must be
 * named by a later event of the office, of type case.erased.  Says at which
 * event the first fault is.  0 and *count, or -ERR_SYSTEM with why.
 */
int store_verify(struct store *, int64_t *count, struct why *);
/* The chain as it was at seq; zeroes at 0.  0 or -ERR_NOT_FOUND. */
int store_find_chain(struct store *, int64_t seq, uint8_t chain[HASH_SIZE]);

/* ---- checkpoints: what was signed about the chain (proto/checkpoint.h) ---- */

struct checkpoint_row { int64_t n; const char *text, *sig; };
int store_put_checkpoint(struct store *, const struct checkpoint_row *,
    struct why *);
typedef int checkpoint_fn(void *arg, const struct checkpoint_row *);
/* In order, from n on; strings borrowed. */
int store_each_checkpoint(struct store *, int64_t from, checkpoint_fn *,
    void *arg, struct why *);
int64_t store_last_checkpoint(struct store *);		/* its n, or 0 */

/*
 * Forget the body and the salt of an event; forget a case in the views and
 * its drafts.  The next store_checkpoint leaves no trace of them in the file.
 */
int store_erase_body(struct store *, int64_t seq, struct why *);
int store_forget_case(struct store *, int64_t kase, struct why *);

/*
 * Write the whole record as it is now, without free pages, to a new file, and
 * sync it.  A reader may: writing goes on meanwhile.
 */
int store_copy(struct store *, const char *path, struct why *);

/* ---- tables that are views of the events ---- */

struct case_row {
	int64_t id;			/* 0 on insert: assigned */
	char *folio, *procedure, *revision, *start, *title, *office, *opened_by,
	    *priority, *day;
	int state;			/* enum case_state */
	int64_t opened, closed, updated, n;
};
/* Folio, procedure and day of a case never change: those of its first row. */
int store_put_case(struct store *, struct case_row *, struct why *);
/* The id of that case, or 0. */
int64_t store_find_case(struct store *, const char *folio);
/* Gives the row's strings; clear with case_row_clear.  0 or -ERR_NOT_FOUND. */
int store_get_case(struct store *, const char *folio, struct case_row *);
int store_get_case_by_id(struct store *, int64_t id, struct case_row *);
void case_row_clear(struct case_row *);
typedef int case_fn(void *arg, const struct case_row *);	/* borrowed */
/* procedure, office NULL: any.  state -1: any.  Newest first, at most limit. */
int store_each_case(struct store *, const char *procedure, const char *office,
    int state, int64_t limit, case_fn *, void *arg);
/*
 * The last case of a procedure begun this way on this day; one that was
 * cancelled only where there is no other.  0: none.
 */
int64_t store_find_day(struct store *, const char *procedure,
    const char *start, const char *office, const char *day);
/* The case with the least id over that one; 0 when there is none. */
int64_t store_next_case(struct store *, int64_t after);

struct task_row {
	int64_t kase;
	const char *folio, *procedure, *title, *office, *priority;	/* from the case */
	const char *step;
	int row;
	int kind;			/* enum step_kind */
	const char *roles;			/* "a b": space before, between and after */
	const char *assignee;			/* "" when free */
	int64_t since, due, warn, n;
	bool returned;
	int round;
	int64_t alarm;			/* when it is next told of; 0: never */
	const char *told;			/* roles it was escalated to, as above */
};
/* Replace all open tasks of a case. */
int store_put_tasks(struct store *, int64_t kase, const struct task_row *,
    size_t n, struct why *);
typedef int task_fn(void *arg, const struct task_row *);
/* Open tasks: by due (0 last), then priority, then since; office NULL: any. */
int store_each_task(struct store *, const char *office, task_fn *, void *arg);
/* When the first alarm is, or 0. */
int64_t store_next_alarm(struct store *);
/* Cases with an alarm until now, into out; returns how many, most at most. */
size_t store_alarms(struct store *, int64_t now, int64_t *out, size_t most);

/* Records produced, as rows of the registers. */
struct record_row {
	int64_t kase, seq;		/* seq of its record.made event */
	const char *folio, *procedure, *record, *step, *gone;
	int row, serial;
	int64_t at;
	const char *until;		/* "2027-11-23", "" while it is not known */
	int retained;			/* enum retained: kept, asked for, … */
	const char *office;		/* given, not put */
};
int store_put_records(struct store *, int64_t kase, const struct record_row *,
    size_t n, struct why *);
typedef int record_fn(void *arg, const struct record_row *);
int store_each_record(struct store *, const char *procedure,
    const char *record, record_fn *, void *arg);
/* Kept until a day of those, both included. */
int store_each_kept(struct store *, const char *from, const char *to,
    record_fn *, void *arg);
/* Transferred or disposed of, in cases to which something came since. */
int store_each_gone(struct store *, struct when since, record_fn *, void *arg);
/* How many are kept until some day of a month ("2027-11"), all that are. */
struct record_term {
	const char *office, *procedure, *record, *month;
	int count;
};
typedef int record_term_fn(void *arg, const struct record_term *);
int store_each_term(struct store *, record_term_fn *, void *arg);

/* ---- the board ---- */

/* Approvals that were decided, each with how long it waited. */
struct decision_row {
	int64_t seq;			/* of its event */
	const char *step;
	int64_t since, at;
};
/* Replace those of a case. */
int store_put_decisions(struct store *, int64_t kase,
    const struct decision_row *, size_t n, struct why *);

/* Open tasks that are alike, counted; late: due before now. */
struct board_tasks {
	const char *office, *procedure, *step;
	int kind;			/* enum step_kind */
	bool returned, taken, late;
	int count;
	int64_t since;			/* of the oldest */
};
typedef int board_tasks_fn(void *arg, const struct board_tasks *);
int store_board_tasks(struct store *, int64_t now, board_tasks_fn *,
    void *arg);
/* Cases that ended in each week from an instant on: week 0, 1, 2 ... */
typedef int board_week_fn(void *arg, const char *office, int week, int count);
int store_board_weeks(struct store *, int64_t from, board_week_fn *,
    void *arg);

/* A case that ended, or was decided on (step not NULL), in a span of time. */
struct board_row {
	int64_t kase;
	const char *folio, *procedure, *title, *office, *step;
	int64_t since, at;
};
typedef int board_row_fn(void *arg, const struct board_row *);
/* From an instant on, newest first. */
int store_board_closed(struct store *, int64_t from, board_row_fn *,
    void *arg);
int store_board_decided(struct store *, int64_t from, board_row_fn *,
    void *arg);

/*
 * Who is named in the comment that is event seq: kept once.  Those that login
 * has not read, newest first, at most limit; read up to seq (no view: a
 * rebuild leaves it).
 */
int store_add_mention(struct store *, const char *login, int64_t seq,
    int64_t kase, struct why *);
typedef int mention_fn(void *arg, int64_t kase, int64_t seq);
int store_each_mention(struct store *, const char *login, int64_t limit,
    mention_fn *, void *arg);
int store_put_heed(struct store *, const char *login, int64_t kase,
    int64_t seq, struct why *);
/* Both, of a case that is forgotten. */
int store_del_mentions(struct store *, int64_t kase, struct why *);
/* What is attached to cases; the bytes are in blob.h. */
struct file_row {
	int64_t n;			/* event of the case */
	const char *office, *step, *field, *name, *sha256, *type, *by;
	int row;
	int64_t size, at, gone;		/* gone: event, or 0 */
};
/* A row of that case, new or instead of the one of the same n. */
int store_put_file(struct store *, int64_t kase, const struct file_row *,
    struct why *);
int store_del_files(struct store *, int64_t kase, struct why *);
typedef int file_fn(void *arg, const struct file_row *);
/* Each sum once an office: office, sha256 and size are given. */
int store_each_file(struct store *, file_fn *, void *arg);
int64_t store_sum_files(struct store *, const char *office);
bool store_has_file(struct store *, const char *office, const char *sha256);

struct person_row { const char *login, *name, *lang; bool active; int64_t added; };
/* A key is in force from the event added, until the event revoked (0: none). */
struct key_row { const char *login, *comment; uint8_t fingerprint[HASH_SIZE];
	uint8_t *blob; size_t blob_len; int64_t added, revoked; };
/* A right: role in an office between two instants (0: open). */
struct grant_row { int64_t id;	/* = seq of the event that granted it */
	const char *login, *role, *office, *for_login, *scope, *reason;
	int64_t from, to; bool active;
	const char *answer; };	/* of one lent: core/req.h, ABSENCE_; "": asked */
int store_put_person(struct store *, const struct person_row *, struct why *);
/* One that was there keeps its added. */
int store_put_key(struct store *, const struct key_row *, struct why *);
int store_put_grant(struct store *, const struct grant_row *, struct why *);
typedef int person_fn(void *arg, const struct person_row *);
typedef int key_fn(void *arg, const struct key_row *);
typedef int grant_fn(void *arg, const struct grant_row *);
int store_each_person(struct store *, person_fn *, void *arg);
int store_each_key(struct store *, const char *login, key_fn *, void *arg);
int store_each_grant(struct store *, const char *login, grant_fn *, void *arg);

/* Definitions as imported: kept for ever, open cases stay on theirs. */
struct procedure_row { const char *code, *revision, *file, *source; int64_t seq;
	bool current; };
int store_put_procedure(struct store *, const struct procedure_row *,
    struct why *);
typedef int procedure_fn(void *arg, const struct procedure_row *);
int store_each_procedure(struct store *, procedure_fn *, void *arg);

/* name -> text: settings, calendars, the institution; kind keeps them apart. */
int store_put_setting(struct store *, const char *kind, const char *name,
    const char *value, struct why *);
/* Given, or NULL. */
char *store_find_setting(struct store *, const char *kind, const char *name);
typedef int setting_fn(void *arg, const char *name, const char *value);
int store_each_setting(struct store *, const char *kind, setting_fn *,
    void *arg);

int store_put_counter(struct store *, const char *name, int64_t value,
    struct why *);
int64_t store_find_counter(struct store *, const char *name);	/* 0 */

/*
 * Forget every view (not the events, not drafts): what a rebuild begins with.
 * store_digest: SHA-256 over all rows of all views in order, to compare.
 */
int store_clear_views(struct store *, struct why *);
int store_digest(struct store *, uint8_t out[HASH_SIZE], struct why *);

/* ---- what is not history: drafts, places, preferences, answers ---- */

int store_put_draft(struct store *, int64_t kase, const char *step, int row,
    const char *field, const char *value, const char *login, int64_t at,
    struct why *);		/* value NULL deletes */
typedef int draft_fn(void *arg, const char *field, const char *value,
    const char *login, int64_t at);
int store_each_draft(struct store *, int64_t kase, const char *step, int row,
    draft_fn *, void *arg);
/*
 * Each person's own text of a field is kept; the draft is what was typed last.
 * This gives all of them: by field, the draft first.
 */
int store_each_text(struct store *, int64_t kase, const char *step, int row,
    draft_fn *, void *arg);
/* Drafts of a step, or of the whole case when step is NULL. */
int store_del_drafts(struct store *, int64_t kase, const char *step, int row,
    struct why *);

int store_put_place(struct store *, const char *login, const char *json,
    struct why *);
char *store_find_place(struct store *, const char *login);	/* given */
int store_put_pref(struct store *, const char *login, const char *name,
    const char *value, struct why *);
char *store_find_pref(struct store *, const char *login,
    const char *name);		/* given, or NULL */

/* The first answer to an operation id, given again to a resend. */
int store_put_answer(struct store *, const uint8_t op[OP_SIZE],
    const char *login, const char *answer, int64_t at, struct why *);
char *store_find_answer(struct store *, const uint8_t op[OP_SIZE],
    const char *login);		/* given, or NULL */
int store_del_answers(struct store *, int64_t before, struct why *);

#endif
