/* SPDX-License-Identifier: ISC */
/*
 * confine.c - what one session may cost: memory, time, files, descriptors.
 * A peer that makes the library misbehave loses its own connection with it.
 */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session.h"

enum {
	CONFINE_CPU_S = 600,
	CONFINE_MEMORY = 256 << 20,
	CONFINE_FILES = 64,
	CONFINE_LOG = 64 << 20		/* room when the log is a plain file */
};

static void
confine_limit(int what, rlim_t most)
{
	struct rlimit rl;

	if (getrlimit(what, &rl) < 0)
		return;
	if (rl.rlim_max > most)
		rl.rlim_max = most;
	rl.rlim_cur = rl.rlim_max;
	(void)setrlimit(what, &rl);
}

/* Sanitizers reserve terabytes of addresses and write reports. */
#if defined(__SANITIZE_ADDRESS__)
static void
confine_space(void)
{
}
#else
static void
confine_space(void)
{
	struct stat st;
	rlim_t log = 0;

	if (fstat(STDERR_FILENO, &st) == 0 && S_ISREG(st.st_mode))
		log = (rlim_t)st.st_size + CONFINE_LOG;
	confine_limit(RLIMIT_AS, CONFINE_MEMORY);
	confine_limit(RLIMIT_FSIZE, log);
}
#endif

void
session_confine(void)
{
	(void)prctl(PR_SET_DUMPABLE, 0);
	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	(void)signal(SIGXFSZ, SIG_IGN);	/* a full log is no reason to die */
	confine_limit(RLIMIT_CPU, CONFINE_CPU_S);
	confine_limit(RLIMIT_CORE, 0);
	confine_limit(RLIMIT_NOFILE, CONFINE_FILES);
	confine_space();
}
