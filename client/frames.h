/* SPDX-License-Identifier: ISC */
/*
 * frames.h - the client's side of proto/frame.h: an app's questions become
 * Requests, and what the core says becomes calls of the app.  It knows bytes
 * only; served.c and link.c carry them.
 */
#ifndef PAUTA_FRAMES_H
#define PAUTA_FRAMES_H

#include "base.h"
#include "frame.h"
#include "view.h"

struct frames {
	struct buf in, out;
	bool full;			/* out overflowed: the link must be cut */
	struct witness *witness;	/* borrowed, or NULL: asked about first */
};

void frames_init(struct frames *);
void frames_clear(struct frames *);
void frames_reset(struct frames *);	/* a new link: nothing of the old one */
void frames_hello(struct frames *, const char *lang);
/* Ask for the document, or for the text that a person reads. */
void frames_ask(struct frames *, uint64_t id, const uint8_t *op,
    const char *const *words, bool json);
/* The send of an app_link, whose arg is the frames: asks for documents. */
void frames_send(void *frames, uint64_t id, const uint8_t *op,
    const char *const *words);
/* The Welcome as app_welcome and app_me want it.  Given. */
json_t *frames_me(const Pauta__Welcome *);
/*
 * What a message means to the witness: a Welcome begins it, and its answers
 * are its own.  True: nobody else is to look at the message.
 */
bool frames_witness(struct frames *, const Pauta__Message *);
/*
 * Give the app every whole message that came.  0; -ERR_REFUSED when the core
 * said Goodbye (why is its text); -ERR_UNAVAILABLE when a frame is bad.
 */
int frames_deliver(struct frames *, struct app *, struct why *);

#endif
