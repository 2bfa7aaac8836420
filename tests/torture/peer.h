/* SPDX-License-Identifier: ISC */
/*
 * peer.h - a person at the core's own socket, as a session would speak for
 * her: frames, one question at a time, blocking.  And the operator's socket.
 */
#ifndef PAUTA_TORTURE_PEER_H
#define PAUTA_TORTURE_PEER_H

#include "../../proto/frame.h"
#include "../../proto/hash.h"

struct peer {
	const char *dir, *login;	/* login NULL: the operator */
	int fd;				/* -1: not connected */
	uint64_t asked;
};

void peer_init(struct peer *, const char *dir, const char *login);
void peer_close(struct peer *);
/*
 * Ask, connecting first when needed.  0 and gives *out; -1 when the answer
 * did not come: what became of it is not known.
 */
int peer_ask(struct peer *, const uint8_t *op, const char *const *words,
    Pauta__Message **out);
/* The same with a line to be split. */
int peer_say(struct peer *, const uint8_t *op, const char *line,
    Pauta__Message **out);
/* A key of the answer's document as text: given, or NULL. */
char *reply_text(const Pauta__Message *, const char *key);
int64_t reply_number(const Pauta__Message *, const char *key);



#endif
