/* SPDX-License-Identifier: ISC */
/*
 * sender_own.h - what sender.c (what is sent) and sender_answer.c (what is
 * answered) share.
 */
#ifndef PAUTA_SENDER_OWN_H
#define PAUTA_SENDER_OWN_H

#include "../proto/hash.h"
#include "../proto/sftp_wire.h"
#include "sender.h"

enum {
	PIECE_LEAST = 1024, WINDOW_LEAST = 2 * PIECE_LEAST,
	WINDOW_MOST = 2 << 20,
	ON_THE_WAY = 256,		/* pieces */
	AGAIN_MS = 3000, TRIES = 10
};

enum sender_state { S_REST, S_GREET, S_OPEN, S_SIZE, S_SUM, S_SEND, S_CLOSE };

struct sender {
	struct uploads *us;
	struct upload *u;		/* being sent, or NULL */
	enum sender_state state;
	bool up;
	struct buf in, out, packet;
	size_t looked;			/* of in: half a packet */
	uint8_t *piece;			/* PIECE_MOST bytes */
	int fd;
	uint32_t id, last;		/* of the last packet; of CLOSE */
	uint8_t handle[256];
	size_t handle_len;
	int64_t at;			/* bytes put so far */
	struct hasher *sum;		/* of the first summed bytes */
	int64_t summed;
	struct { int64_t bytes, when; } sent[ON_THE_WAY];
	unsigned first, count;
	int64_t window, way, soonest;	/* way: bytes not acknowledged */
	int64_t halved_at, rate_at, rate_done;
	int64_t after;			/* ms: rests until then */
	unsigned tries;
};

void sender_say(struct sender *, enum sftp_type);
/* Nothing is being sent.  What was, if it is there still, waits; or, sent to
 * its end, is looked for in the record. */
void sender_rest(struct sender *);
/* The file will not be attached: that is told. */
void sender_refuse(struct sender *, const char *sentence);
/* Take the answers that came.  False: the channel must be dropped. */
bool sender_take(struct sender *, int64_t now_ms);

#endif
