/* SPDX-License-Identifier: ISC */
/*
 * inject.h - faults given to a running server: a page of memory that the test
 * and inject.c, preloaded into the server, both see.  hits proves that the
 * fault was met; a fault that nothing met proves nothing.
 */
#ifndef PAUTA_TORTURE_INJECT_H
#define PAUTA_TORTURE_INJECT_H

#include <stdint.h>

#define INJECT_PAGE "PAUTA_INJECT"	/* path of the page */

enum inject_call {
	INJECT_NONE, INJECT_WRITE, INJECT_SYNC, INJECT_READ, INJECT_MEMORY,
	INJECT_DELAY			/* of syncs, in microseconds */
};

/* Of the record: its log, the file itself, or either. */
enum inject_place { INJECT_LOG = 1, INJECT_MAIN = 2, INJECT_BOTH = 3 };

struct inject {
	volatile int call, place, error;
	volatile int32_t pid;		/* only this process */
	volatile int64_t after;		/* so many pass first */
	volatile int64_t delay;
	volatile int64_t hits;
};

#endif
