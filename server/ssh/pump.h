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
	/* What libssh grants at most, and some; beyond it the peer cheats. */
	PUMP_WINDOW = 1280000 + 64 * 1024
};

/* From a data callback: how many of these bytes are taken. */
int pump_take(struct chan *, const void *, uint32_t len);
/* Fetch what was refused before.  false: the channel is broken. */
bool pump_fetch(struct chan *);
/* Send what waits.  false: the channel is broken. */
bool pump_send(struct chan *);
/* Status, EOF and CLOSE, in this order.  true once CLOSE is on its way. */
bool pump_close(struct chan *);

#endif
