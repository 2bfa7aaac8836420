/* SPDX-License-Identifier: ISC */
/* confine.c - see confine.h: what the kernel does without a library. */
#include "confine.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

void
confine_begin(void)
{
	(void)prctl(PR_SET_DUMPABLE, 0);
	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	confine_limit(RLIMIT_CORE, 0);
}

void
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

void
confine_memory(rlim_t bytes)
{
#if defined(__SANITIZE_ADDRESS__)
	(void)bytes;
#else
	confine_limit(RLIMIT_AS, bytes);
#endif
}

/* ---- paths ---- */

enum {
	CONFINE_READ = LANDLOCK_ACCESS_FS_READ_FILE |
	    LANDLOCK_ACCESS_FS_READ_DIR,
	CONFINE_WRITE = CONFINE_READ | LANDLOCK_ACCESS_FS_WRITE_FILE |
	    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
	    LANDLOCK_ACCESS_FS_MAKE_REG,
	CONFINE_ALL = CONFINE_READ | LANDLOCK_ACCESS_FS_EXECUTE |
	    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
	    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
	    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
	    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
	    LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM
};

static void
confine_below(int rules, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr below = {
		.allowed_access = access };

	if ((below.parent_fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
		return;
	(void)syscall(SYS_landlock_add_rule, rules,
	    LANDLOCK_RULE_PATH_BENEATH, &below, 0);
	close(below.parent_fd);
}

void
confine_paths(const char *const *readable, const char *writable)
{
	struct landlock_ruleset_attr all = {
		.handled_access_fs = CONFINE_ALL };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all,
	    0);

	for (; rules >= 0 && readable != NULL && *readable != NULL; readable++)
		confine_below(rules, *readable, CONFINE_READ);
	if (rules >= 0 && writable != NULL)
		confine_below(rules, writable, CONFINE_WRITE);
	if (rules < 0 || syscall(SYS_landlock_restrict_self, rules, 0) < 0)
		log_at(LOG_DEBUG, "landlock=absent");
	if (rules >= 0)
		close(rules);
}
