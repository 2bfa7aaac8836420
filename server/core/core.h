/* SPDX-License-Identifier: ISC */
/*
 * core.h - the only owner of the record.  It takes commands (core_run), decides
 * with the engine, writes with the store, and tells screens what changed.  It
 * knows nothing of SSH or terminals.
 *
 * Everything written in one turn of the loop is committed together before any
 * answer of that turn leaves (core_commit).
 */
#ifndef PAUTA_CORE_H
#define PAUTA_CORE_H

#include "../../proto/doc.h"
#include "../../proto/hash.h"

struct core;

/*
 * A file that goes beside the words: only who carries files has one of these
 * (a stream of kind "sftp").  It lives for one command.
 */
struct parcel {
	int fd;				/* given: to read, or where to receive */
	int64_t size;			/* of it */
	/* bajar gives no more; subir also: */
	int64_t limit;			/* bytes it may come to have */
	char office[64], key[HASH_TEXT];	/* blob.h */
	/* adjuntar takes, of what was received under office and key: */
	const char *mime, *sha256;	/* NULL: nothing was */
	bool part;			/* its end is missing */
	bool stays;			/* given: refused, and may go on */
};

/* Who asks: a person proved by a signature, or the machine's operator. */
struct caller {
	const char *login;		/* NULL: operator */
	const char *source;		/* for the log */
	const char *host;		/* "ADDR:PORT" that they reached, or NULL */
	struct parcel *parcel;		/* NULL: carries no files */
	const char *lang;		/* of the sentences; NULL: Spanish */
	bool courier;			/* it, and not the operator */
	/*
	 * Set when the answer is still being made: this one counts for nothing,
	 * and the same words are to be run again (core_previews_moved).  NULL:
	 * cannot wait.
	 */
	bool *later;
};

struct answer {
	int status;			/* exit status */
	char *code;
	char *doc;			/* JSON, always */
	char *text;			/* for a person */
};
void answer_clear(struct answer *);

/*
 * Open the record in dir (an initialised data folder).  share is the folder
 * with procedures/ and calendars/, used only by `init`.  0 or an error.
 */
int core_open(const char *dir, struct core **, struct why *);
/*
 * Is there a record that can be opened?  0; -ERR_UNAVAILABLE with why while
 * another process has it; -ERR_SYSTEM.
 */
int core_probe(const char *dir, struct why *);
void core_free(struct core *);

/* The real time, moved by `reloj` where the configuration allows it. */
struct when core_now(const struct core *);

/*
 * Run one command.  words is NULL-ended, words[0] the verb.  op may be NULL.
 * What it wrote is not durable before core_commit returns 0.
 */
void core_run(struct core *, const struct caller *, const uint8_t *op,
    const char *const *words, bool json, struct answer *);

/*
 * Make this turn's writing durable.  0; or nothing of the turn happened, with
 * why: -ERR_UNAVAILABLE, the disk is full, the core goes on from the turn
 * before; -ERR_SYSTEM, the process must end, to start again from disk.  Dirty
 * right after a 0: the turn is durable, and the process must end.
 */
int core_commit(struct core *, struct why *);
bool core_is_dirty(const struct core *);

/*
 * How much room the disk has.  Low: less is free than the configuration keeps
 * for decisions (disk_reserve); full: the last turn could not be kept.
 */
enum disk_level { DISK_OK, DISK_LOW, DISK_FULL };
enum disk_level core_disk_level(const struct core *);
/*
 * May somebody's file be received, and how many bytes of it?  0 and *room, or
 * -ERR_UNAVAILABLE with why.
 */
int core_allow_bulk(const struct core *, int64_t *room, struct why *why);

/*
 * Between two turns: let the search follow the record by some milliseconds of
 * work.  True while there is more.
 */
bool core_feed(struct core *);

/*
 * This case, or this list of that office ("notas", told as "notas@OFFICE"), is
 * another now: who may see it and looks at it is told after the commit.
 */
void core_touch(struct core *, const char *folio, const char *office);
void core_touch_list(struct core *, const char *list, const char *office);
/*
 * Folios touched since core_forget_touched that login may see, as a new array;
 * NULL when they are more than TOUCHED_MOST: too many to name; or when more than
 * TOUCHED_LOOKED were: too many to look up for who may read only some.
 */
enum { TOUCHED_MOST = 64, TOUCHED_LOOKED = 1024 };
bool core_has_touched(const struct core *);
json_t *core_touched(struct core *, const char *login);
void core_forget_touched(struct core *);
int64_t core_seq(const struct core *);

/* Since the last call, was a key or an account changed? */
bool core_rights_moved(struct core *);
/* Does an active key of an active person say so? */
bool core_key_is_known(struct core *, const char *login, const uint8_t *blob,
    size_t len);
/* "es" or "en": what this person chose, else what was asked for. */
const char *core_lang(struct core *, const char *login, const char *asked);
/* "es" or "en": what this person chose, else what was asked for. */
const char *core_lang(struct core *, const char *login, const char *asked);
/* Since the last call, is something there that somebody waited for? */
bool core_previews_moved(struct core *);
/* Since the last call, did somebody choose something? */
bool core_prefs_moved(struct core *);
/* {"login","name","role","office","institution","place","zone",
 * "preferences"}. */
json_t *core_welcome(struct core *, const char *login);

/* Once a minute: open what recurs today.  Commands inside; commit after. */
void core_tick(struct core *);

/* Jobs (job.h): since the last call, may there be any for the courier? */
bool core_calls_courier(struct core *);
/* Its connection is gone: what it had is tried again.  Commands inside. */
void core_courier_is_gone(struct core *);

/*
 * The folder of the programs that do one thing each: pauta-keep, pauta-render;
 * borrowed.  Without it no file is received, and nothing drawn.
 */
void core_set_programs(struct core *, const char *folder);
/* Forget what was left half received under that key. */
void core_drop_parcel(struct core *, const struct parcel *);

/*
 * Listen on the sockets until SIGTERM.  pulse_fd gets a byte when there
 * is somebody to answer, and one a second for as long as the loop turns.
 */
enum door { DOOR_SESSION, DOOR_ADMIN, DOOR_COURIER, DOORS };
int core_serve(struct core *, const int listen_fds[DOORS], int pulse_fd);

#endif
