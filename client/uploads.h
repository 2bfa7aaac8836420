/* SPDX-License-Identifier: ISC */
/*
 * uploads.h - the files of this machine that are on their way to a step, one
 * after the other.  Each is on the shelf until the server has it, so that a
 * cut line or a killed program goes on where it was:
 *
 *	{"path","place","folio","step","label","size","mtime","inode",
 *	 "begun": the server may have some of it,
 *	 "sha256": all of it was sent, and this is its sum}
 *
 *   WAITS --its turn--> GOES --all sent--> CHECKS --the record has it--> gone
 *     ^                  |  '--------------. |
 *     '----line lost-----'   '--refused: told, and gone
 *
 * sender.h sends them, app_upload.c shows them.
 */
#ifndef PAUTA_UPLOADS_H
#define PAUTA_UPLOADS_H

#include "doc.h"
#include "shelf.h"

enum upload_state { UPLOAD_WAITS, UPLOAD_GOES, UPLOAD_CHECKS };

struct upload {
	char *path;			/* here, absolute */
	char *place;			/* there: "/FOLIO/PASO/" */
	char *folio, *step, *label;	/* label: of the field */
	int64_t size, mtime, inode;	/* as it was chosen; mtime in ns */
	bool begun;
	char *sha256;			/* or NULL */
	char *shelf_name;
	enum upload_state state;
	bool resumed;			/* it went on where it was */
	bool landed;			/* the server said that it has it */
	int64_t done;			/* bytes that the server has */
	int64_t rate;			/* bytes a second, 0: not known yet */
};

struct uploads {
	struct upload **all;
	size_t count;
	struct shelf *shelf;		/* borrowed; NULL: in memory only */
	bool held;			/* nothing is sent yet */
	char *news;			/* a sentence for the person, or NULL */
	bool bad;			/* it is about something that went wrong */
	unsigned serial;
};

enum { UPLOADS_MOST = 64 };

struct uploads *uploads_new(void);
void uploads_free(struct uploads *);		/* accepts NULL */
/* This shelf from now on: what it has waits; what another had is forgotten. */
void uploads_load(struct uploads *, struct shelf *);
/*
 * Open a file as it is now: its size, time and number go into u.  A descriptor,
 * or a negative error with why: it is not there, not a file, not readable.
 */
int upload_open(struct upload *, const char *path, struct why *);
/* The same of one that is open.  0, or -ERR_SYSTEM. */
int upload_look(struct upload *, int fd);
/* Has it changed here since it was chosen? */
bool upload_has_changed(const struct upload *, const struct upload *now);
/*
 * One more at the end, durably; place is one of "places" of STEP.  0, or a
 * negative error with why: then nothing was kept.
 */
int uploads_add(struct uploads *, const char *path, const json_t *place,
    const char *folio, const char *step, struct why *);
/* What it says now is on the shelf. */
void uploads_keep(struct uploads *, struct upload *);
void uploads_drop(struct uploads *, struct upload *);
/* The one to send now, the one to look for in the record, or NULL. */
struct upload *uploads_next(struct uploads *);
struct upload *uploads_checking(struct uploads *);
/* The one that a person is shown, or NULL; of NULL too. */
struct upload *uploads_shown(struct uploads *);
/* The last part of its path. */
const char *upload_name(const struct upload *);
/* Say something of them to the person. */
void uploads_tell(struct uploads *, bool bad, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* It will not be attached: that is told, and it is gone. */
void upload_fail(struct uploads *, struct upload *, const char *why);
/* The record, as `adjuntos` shows it: does it have the file that is checked? */
void uploads_on_record(struct uploads *, struct upload *, const json_t *doc);

#endif
