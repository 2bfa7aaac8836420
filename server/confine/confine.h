/* SPDX-License-Identifier: ISC */
/*
 * confine.h - walls that a process puts around itself before it looks at what
 * a stranger wrote.  They only ever grow tighter, and last until it ends.
 *
 * A wall that this kernel does not have is passed over with a line in the log,
 * except confine_calls(): without it nothing is decoded.
 */
#ifndef PAUTA_CONFINE_H
#define PAUTA_CONFINE_H

#include <sys/resource.h>

#include "../../proto/base.h"

/* No core files, no new rights, nobody of this user looks in. */
void confine_begin(void);
/* RLIMIT_…: at most so much from here on, also when more was allowed. */
void confine_limit(int what, rlim_t most);
/*
 * Bytes of memory of its own.  With the address sanitizer, which reserves
 * terabytes, it is the program's main file that limits one allocation.
 */
void confine_memory(rlim_t bytes);
/*
 * No file is opened any more, but to read below these folders; NULL ends them,
 * NULL instead of them: none at all.  One that is not there is passed over.
 * writable: a folder where files may be made too, or NULL.
 */
void confine_paths(const char *const *readable, const char *writable);
/*
 * Only the system calls that reading, computing and writing need: no sockets,
 * no processes, no signals to others.  Those end the process at once
 * (SIGSYS); what is merely not listed fails with EPERM.  0, or -ERR_SYSTEM.
 */
int confine_calls(void);
/*
 * For who speaks with the network and resolves names: no program is started, no
 * other process is looked into, nobody is listened to; and no local socket is
 * made, so that none of this machine's doors can be reached.  0, or
 * -ERR_SYSTEM.
 */
int confine_network(void);

#endif
