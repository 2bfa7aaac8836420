/* SPDX-License-Identifier: ISC */
/*
 * upload.h - files on their way in.
 *
 *	session ─socket─► pauta-keep ──► spool file      bytes, never through us
 *	   │                   │ "ok 2048 9f… image/jpeg", and ends
 *	   │ subir, adjuntar   ▼
 *	   └───frames──────► core     decides, renames, commits, answers
 *
 * subir starts a pauta-keep and hands the other end of its socket over with
 * the answer; of each stream the first is number 1, and adjuntar says of which
 * it speaks.  It is answered once that process has put all on the disk
 * and the event is committed.  A session that is gone leaves what came: half a
 * file that only its sender can see, and go on with.
 */
#ifndef PAUTA_UPLOAD_H
#define PAUTA_UPLOAD_H

#include "stream.h"

enum { UPLOADS_MAX = 8 };		/* of one stream */

/*
 * Begin to receive what subir has opened; takes parcel->fd.  *id gets its
 * number.  The other end for the session, or -ERR_SYSTEM.
 */
int upload_start(struct stream *, const struct parcel *, uint64_t *id);
/* How many does the stream have under way? */
unsigned upload_count(const struct stream *);
/* adjuntar was said; it is answered now, or when all has come. */
void upload_ask(struct stream *, const Pauta__Request *);
/* The stream goes: nobody waits any more. */
void upload_forget(struct stream *);
/* The server stops. */
void upload_clear(struct serve *);

#endif
