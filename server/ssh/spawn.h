/* SPDX-License-Identifier: ISC */
/*
 * spawn.h - the one program a session starts: `pauta-screen`, with three
 * descriptors, an environment built from nothing and no shell in between.
 *
 *   3  bytes of the terminal     4  frames, a stream greeted by us
 *   5  control: "W rows cols\n" when the terminal changes its size
 */
#ifndef PAUTA_SPAWN_H
#define PAUTA_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

struct spawn {
	const char *program;
	bool linear;
	bool tty;			/* lines need a discipline */
	const char *term;		/* as the peer named it, or "" */
	const char *lang;		/* as the peer named it, or "" */
	int rows, cols;
	int frames;			/* taken: closed here */
	/* given */
	pid_t pid;
	int terminal, control;
};

/* 0, or -ERR_SYSTEM; frames is closed in either case. */
int spawn_pauta(struct spawn *);

#endif
