/* SPDX-License-Identifier: ISC */
/*
 * sender.h - sends the files of uploads.h over a channel that speaks SFTP, one
 * after the other.  It knows no socket: bytes come and go by two buffers.
 *
 *   REST --a file waits, channel is up--> GREET --> OPEN --> SIZE --> SUM
 *    ^                                                                 |
 *    '-- told --- CLOSE <-- all acknowledged -- SEND <-- summed so far-'
 *
 * In any of them a channel that is lost leads to REST; the file waits and goes
 * on later where the server says, but after CLOSE the record is asked first: it
 * may have all of it.  A file is never closed before all of it has
 * come: that would attach a part of it.  Whoever stops drops the channel.
 *
 * What is on its way and not acknowledged is kept small enough that a key
 * which is typed meanwhile is not late: it grows while answers come soon, and
 * halves when they take half a second longer than the soonest did.
 */
#ifndef PAUTA_SENDER_H
#define PAUTA_SENDER_H

#include "uploads.h"

struct sender;

struct sender *sender_new(struct uploads *);	/* borrowed */
void sender_free(struct sender *);		/* accepts NULL */
/* Is a channel wanted now?  The frames' stream has had its Welcome.  False:
 * whoever has one shuts it, and says so by sender_on_down(). */
bool sender_wants(struct sender *, int64_t now_ms);
struct buf *sender_in(struct sender *);
struct buf *sender_out(struct sender *);
void sender_on_up(struct sender *);		/* a new channel */
void sender_on_down(struct sender *, int64_t now_ms);
/*
 * Take what came, and put what may go, a bounded piece of work.  False: the
 * channel must be dropped.
 */
bool sender_turn(struct sender *, int64_t now_ms);
/* ms until it wants another turn, or -1. */
int sender_timeout(const struct sender *, int64_t now_ms);

#endif
