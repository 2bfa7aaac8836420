/* SPDX-License-Identifier: ISC */
/*
 * pump.h - bytes between a channel's queues and libssh 0.10, with what that
 * library needs to be safe: short writes and only while nothing is pending, no
 * delivery while it is inside a write, refused bytes fetched again, CLOSE
 * repeated until it was really sent.
 */
#ifndef PAUTA_PUMP_H
#define PAUTA_PUMP_H

#include "chan.h"

enum {
	PUMP_PIECE = 32 * 1024,
	/* While more than this waits in c->in, nothing is taken from libssh. */
	PUMP_MARK = 256 * 1024,
	/*
	 * What libssh may hold for us then: it grants up to 1,280,000 bytes
	 * while it has up to 640,000.  Beyond that, and some, the peer cheats.
	 */
	PUMP_WINDOW = 1280000 + 640000 + 64 * 1024,
	/* So that all of it fits when it is fetched. */
	PUMP_IN = PUMP_MARK + PUMP_WINDOW
};

/* From a data callback: how many of these bytes are taken. */
int pump_take(struct chan *, const void *, uint32_t len);
/*
 * Fetch what was refused before, all of it or nothing: each read makes libssh
 * grant a full window again, whatever it still holds, so that a slow reader
 * who takes a little at a time would be sent more and more.  false: the
 * channel is broken.
 */
bool pump_fetch(struct chan *);
/* Is there something to fetch, and room? */
bool pump_can_fetch(const struct chan *);
/* Send what waits.  false: the channel is broken. */
bool pump_send(struct chan *);
/* Status, EOF and CLOSE, in this order.  true once CLOSE is on its way. */
bool pump_close(struct chan *);

#endif
