/* SPDX-License-Identifier: ISC */
/*
 * leash.h - what the listener and one of its sessions say to each other, over
 * a socket pair that keeps messages apart.
 *
 *   session -> listener   LEASH_BEAT          once a second: still turning
 *                         LEASH_LOGIN + name  a signature proved this name
 *   listener -> session   LEASH_DRAIN         the server stops: finish
 *                         LEASH_CROWDED       that person has too many sessions
 *
 * A session ends with one of the statuses below; penalties follow from them.
 */
#ifndef PAUTA_LEASH_H
#define PAUTA_LEASH_H

#include <stdint.h>
#include <sys/types.h>

#include "allow.h"

enum {
	LEASH_BEAT = '.',
	LEASH_LOGIN = 'A',
	LEASH_DRAIN = 'D',
	LEASH_CROWDED = 'C'
};

enum {
	LEASH_MAX = LOGIN_MAX + 2,	/* bytes of a message, with a NUL */
	LEASH_BEAT_MS = 1000,
	LEASH_DEAD_MS = 5000		/* silent so long: killed */
};

enum session_end {
	SESSION_END_DONE = 0,
	SESSION_END_NOAUTH = 10,	/* left without trying */
	SESSION_END_AUTHFAIL = 11,
	SESSION_END_GRACE = 12,
	SESSION_END_ABUSE = 13,		/* broke the rules of the protocol */
	SESSION_END_LOST = 14,		/* vanished, or stopped reading */
	SESSION_END_CROWDED = 15,
	SESSION_END_INTERNAL = 16	/* our fault; nobody is punished */
};

/* Never waits; a message that does not fit is dropped. */
void leash_say(int fd, char what, const char *text);
/*
 * The next message into buf[LEASH_MAX], NUL-ended.  1; 0 when there is none;
 * -1 when the other end is gone.
 */
int leash_hear(int fd, char *buf);

#endif
