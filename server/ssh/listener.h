/* SPDX-License-Identifier: ISC */
/*
 * listener.h - the process at the door.  It accepts, counts, and forks one
 * session for each connection; it never reads a byte of what strangers send.
 * Watches the hearts of its sessions and ends those that stop.
 */
#ifndef PAUTA_LISTENER_H
#define PAUTA_LISTENER_H

#include "address.h"
#include "limit.h"
#include "../../proto/base.h"

enum { LISTENER_EXEMPT_MAX = 16 };

struct listener_args {
	int fd;				/* listening; inherited */
	const char *dir;		/* the data folder */
	const char *program;		/* absolute path of pauta */
	bool slow, old_macs;		/* offer.h */
	struct limits limits;
	struct block exempt[LISTENER_EXEMPT_MAX];	/* from penalties */
	size_t exempt_n;
};

/*
 * Serve until SIGTERM, then let sessions finish, ten seconds at most.
 * 0, or -ERR_SYSTEM with why when it could not begin.
 */
int listener_run(const struct listener_args *, struct why *);

#endif
