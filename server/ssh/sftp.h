/* SPDX-License-Identifier: ISC */
/*
 * sftp.h - subsystem sftp: attachments as files in folders.
 *
 *	packet whole ──► sftp_req.c, one function a type ──► answer
 *	                   │ needs the core: sftp_ask()         ▲
 *	                   └──► core answers ──► its sftp_fn ───┘
 *
 * One request at a time, in order: while the core is asked, or the bytes of a
 * WRITE are on their way to the keeper (core/upload.h), no other packet is
 * looked at, and what the peer goes on sending stays in its window.  The tree
 * is the core's (core/folder.h); of a path we know only its "/".  Whatever is
 * not reading a folder or a file, or writing a new file from its beginning to
 * its end, is refused with a sentence, also on the peer's stderr: few programs
 * show the words of a status.
 */
#ifndef PAUTA_SFTP_H
#define PAUTA_SFTP_H

#include "chan.h"
#include "../../proto/doc.h"
#include "../../proto/sftp_wire.h"

enum handle_kind { HANDLE_FOLDER, HANDLE_READ, HANDLE_WRITE };

enum { SFTP_FOLDERS = 8, SFTP_UPLOADS = 8 };

struct handle {
	uint8_t name[SFTP_HANDLE_BYTES];
	enum handle_kind kind;
	char *path;
	int fd;				/* of a file or to its keeper; -1 */
	uint64_t size;			/* of a file; sent so far */
	bool append;
	uint64_t upload;		/* its number; 0: the core forgot it */
	bool failed, told;		/* nothing more is taken; said why */
	bool broken;			/* out of order: it is no file */
	json_t *entries;		/* of a folder */
	size_t next;
};

/* What the core answered: status 0 and doc, or a sentence.  fd is taken. */
struct sftp_answer {
	int status;
	const json_t *doc;
	const char *sentence;
	int fd;
};

struct sftp;
typedef void sftp_fn(struct chan *, const struct sftp_answer *);

struct sftp {
	bool greeted, appending, ended;
	uint32_t id;			/* of the request being answered */
	struct buf packet, out;		/* one each */
	struct handle *handles[SFTP_HANDLES];
	/* the core */
	int core;			/* -1: not connected */
	int got;			/* a descriptor that came; -1 */
	struct buf tx, rx;
	uint64_t asked, uploads;	/* numbers of questions, of uploads */
	sftp_fn *then;			/* NULL: nothing is asked */
	struct handle *about;
	char *path;
	int64_t give_up_at;
	/* bytes of a WRITE, still in c->in */
	struct handle *moving;		/* NULL: they go nowhere */
	size_t left;
};

/* sftp_ask.c: say words (NULL-ended) to the core; then gets its answer. */
void sftp_ask(struct chan *, sftp_fn *then, const char *const *words);
/* Take what the core says; false: nothing came. */
bool sftp_hear(struct chan *, int64_t now);
void sftp_hang_up(struct sftp *);

/* sftp.c: answers. */
void sftp_send(struct chan *);			/* s->out, begun and ended */
void sftp_say(struct chan *, enum sftp_status, const char *sentence);
/* The same, and the sentence for whoever sits there. */
void sftp_refuse(struct chan *, enum sftp_status, const char *sentence);

/* sftp_req.c: answer the packet of that type; in stands after its type. */
void sftp_serve(struct chan *, enum sftp_type, struct piece *);
/* The header of a WRITE; how many bytes follow go to s->moving. */
void sftp_write_begin(struct chan *, struct piece *, size_t body);
void sftp_write_end(struct chan *);

/* sftp_handle.c */
struct handle *handle_new(struct sftp *, enum handle_kind, const char *path);
struct handle *handle_find(struct sftp *, const uint8_t *name, size_t n);
unsigned handle_count(const struct sftp *, enum handle_kind);
void handle_free(struct sftp *, struct handle *);

#endif
