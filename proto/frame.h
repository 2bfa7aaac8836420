/* SPDX-License-Identifier: ISC */
/*
 * frame.h - messages on a stream: four bytes of length, most significant
 * first, then that many bytes of one Pauta__Message (pauta.proto).  A length
 * of 0 or above FRAME_MAX, or bytes that are no message, are a bad frame: the
 * caller drops that one connection.
 */
#ifndef PAUTA_FRAME_H
#define PAUTA_FRAME_H

#include "base.h"
#include "pauta.pb-c.h"

enum { PROTO_VERSION = 1 };

/* Append a framed message to b.  0, or -ERR_SYSTEM when it does not fit. */
int frame_put(struct buf *b, const Pauta__Message *);

/*
 * Take the first whole message out of b.  1 and gives *out (free with
 * pauta__message__free_unpacked(m, NULL)); 0 when more bytes are needed;
 * -ERR_USAGE when the frame is bad.
 */
int frame_get(struct buf *b, Pauta__Message **out);

/*
 * The same over a blocking descriptor, for command lines and tests.
 * 0, or -ERR_UNAVAILABLE (end of stream, error, bad frame).
 */
int frame_write_fd(int fd, const Pauta__Message *);
int frame_read_fd(int fd, Pauta__Message **out);

#endif
