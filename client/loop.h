/* SPDX-License-Identifier: ISC */
/*
 * loop.h - one turn: take in all that waits (keys, frames, sizes, signals),
 * send, draw once.  It sleeps in poll() otherwise; the served screen and the
 * native client are the same loop over a different carrier.
 */
#ifndef PAUTA_LOOP_H
#define PAUTA_LOOP_H

#include "frames.h"
#include "term.h"

enum carry {
	CARRY_SAME,		/* nothing to say */
	CARRY_UP,		/* a new stream: a Hello goes first */
	CARRY_DOWN,		/* lost; why says it, it will be tried again */
	CARRY_END		/* lost for good */
};

/* What brings frames back and forth. */
struct carrier {
	/* What to poll now, or -1; it is woken too when frames can go out. */
	int (*fd)(void *arg, const struct frames *, short *events);
	/* Move what can be moved without waiting. */
	enum carry (*pump)(void *arg, struct frames *, struct why *);
	int (*timeout)(void *arg);		/* ms until pump wants to run, -1 */
	void *arg;
	const struct signer *signer;	/* of the person's keys, or NULL */
	struct witness *witness;	/* of the server's record, or NULL */
	struct shelf *shelf;	/* of this person on this machine, or NULL */
	struct uploads *uploads;	/* files are sent, or NULL */
	bool opening;		/* there is no stream yet */
};

/* Frames and an app over them: screens, link, keys, what is remembered.  The
 * app borrows the frames. */
void carrier_begin(const struct carrier *, struct app *, struct frames *);

struct loop_config {
	const char *term;	/* its name */
	const char *asked;	/* as it named itself, if that was not known */
	int in, out;		/* the terminal */
	int control;		/* "W rows cols", "R ms" of round trip; or -1:
				 * SIGWINCH tells, and nobody measures */
	int rows, cols;
	enum letters letters;
	const char *lang;
};

enum { LOOP_LOST = 75 };	/* exit status: start me again */

/* Run until the person leaves (0), the link ends (LOOP_LOST), or the core
 * says no (1, with why).  The terminal is as it was before. */
int loop_run(const struct loop_config *, const struct carrier *, struct why *);

#endif
