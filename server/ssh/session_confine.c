/* SPDX-License-Identifier: ISC */
/*
 * session_confine.c - what one session may cost: memory, time, files, descriptors.
 * A peer that makes the library misbehave loses its own connection with it.
 */
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../confine/confine.h"
#include "session.h"

enum {
	CONFINE_CPU_S = 600,
	CONFINE_MEMORY = 256 << 20,
	CONFINE_FILES = 64,
	CONFINE_LOG = 64 << 20
};

/* Room for lines of a log that is a plain file; sanitizers write reports. */
static void
session_confine_log(void)
{
#if !defined(__SANITIZE_ADDRESS__)
	struct stat st;
	rlim_t log = 0;

	if (fstat(STDERR_FILENO, &st) == 0 && S_ISREG(st.st_mode))
		log = (rlim_t)st.st_size + CONFINE_LOG;
	confine_limit(RLIMIT_FSIZE, log);
#endif
}

void
session_confine(void)
{
	confine_begin();
	(void)signal(SIGXFSZ, SIG_IGN);	/* a full log is no reason to die */
	confine_limit(RLIMIT_CPU, CONFINE_CPU_S);
	confine_limit(RLIMIT_NOFILE, CONFINE_FILES);
	confine_memory(CONFINE_MEMORY);
	session_confine_log();
}
