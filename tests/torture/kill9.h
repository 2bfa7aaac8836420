/* SPDX-License-Identifier: ISC */
/*
 * kill9.h - twenty people at work on a server whose processes are killed:
 * what the workers share with the one who kills and the one who checks.
 */
#ifndef PAUTA_TORTURE_KILL9_H
#define PAUTA_TORTURE_KILL9_H

#include "server.h"
#include "peer.h"

enum { WORKERS = 20, WORKERS_SSH = 3, SEEN_MAX = 4096 };

/* In memory that all of them see. */
struct shared {
	volatile int stop;		/* finish the operation in hand, end */
	volatile int64_t asked[WORKERS], resent[WORKERS], refused[WORKERS];
};

struct worker {
	const struct server *server;
	const char *folder;		/* for its journal */
	struct shared *shared;
	int n;
	int bell;			/* a byte for each acknowledged one */
	uint64_t dice;
};

/*
 * Work until told to stop, as jefa and prod on cases of one's own, resending
 * under the same number what got no answer.  Writes folder/journal.N:
 *
 *   ask HEX LOGIN LINE-OF-THE-SCRIPT
 *   ok HEX FOLIO            or        no HEX STATUS DOCUMENT
 *
 * The last WORKERS_SSH go through the real ssh.  Never returns.
 */
_Noreturn void worker_run(struct worker *);

/* A head of the chain that somebody was shown. */
struct seen {
	int64_t seq;
	char chain[HASH_TEXT];
};

/* One TAP line for each invariant; how many failed. */
int kill9_check(const char *dir, const char *folder, int64_t before,
    const struct seen *, size_t seen_count);

void tap(bool good, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
int tap_end(void);			/* the plan; exit status */

#endif
