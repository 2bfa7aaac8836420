/* SPDX-License-Identifier: ISC */
/* server.c - see server.h. */
#include "server.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../proto/base.h"

enum { PIDS = 256, START_MS = 30000 };

const char *const victim_names[VICTIM_N] = { "core", "session", "screen",
	"supervisor" };

static _Noreturn void
server_exec(const struct server *s, int out)
{
	char *program = xasprintf("%s/pautad", s->build);
	char *address = xasprintf("127.0.0.1:%s", s->port);
	int log = open(s->log, O_WRONLY | O_CREAT | O_APPEND, 0600);

	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	(void)dup2(out, STDOUT_FILENO);
	(void)dup2(log, STDERR_FILENO);
	if (s->preload != NULL)
		(void)setenv("LD_PRELOAD", s->preload, 1);
	execl(program, "pautad", "serve", "--dir", s->dir, "--listen",
	    address, (char *)NULL);
	_exit(127);
}

int
server_start(struct server *s)
{
	char line[256] = "", *colon;
	struct pollfd p;
	int out[2];
	FILE *f;

	if (s->port[0] == '\0')
		(void)snprintf(s->port, sizeof s->port, "0");
	if (pipe(out) < 0)
		return -1;
	(void)fcntl(out[0], F_SETFD, FD_CLOEXEC);
	if ((s->pid = fork()) == 0)
		server_exec(s, out[1]);
	(void)close(out[1]);
	f = fdopen(out[0], "re");
	p = (struct pollfd){ .fd = out[0], .events = POLLIN };
	if (poll(&p, 1, START_MS) <= 0 ||
	    fgets(line, sizeof line, f) == NULL)
		line[0] = '\0';
	(void)fclose(f);
	if (strncmp(line, "ready ", 6) != 0 ||
	    (colon = strchr(line, ':')) == NULL) {
		(void)server_stop(s);
		return -1;
	}
	(void)snprintf(s->port, sizeof s->port, "%.*s",
	    (int)strcspn(colon + 1, " "), colon + 1);
	return 0;
}

int
server_stop(struct server *s)
{
	int status = 0;

	if (s->pid <= 0)
		return 0;
	(void)kill(s->pid, SIGTERM);
	if (waitpid(s->pid, &status, 0) != s->pid)
		status = -1;
	s->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void
server_kill(struct server *s)
{
	(void)kill(s->pid, SIGKILL);
	(void)waitpid(s->pid, NULL, 0);
	s->pid = 0;
}

/* Children of parent whose program has this name. */
static size_t
server_children(pid_t parent, const char *name, pid_t out[PIDS])
{
	char path[64], line[512], *open, *close;
	DIR *dir = opendir("/proc");
	struct dirent *d;
	size_t n = 0;
	long pid;
	FILE *f;

	while (dir != NULL && (d = readdir(dir)) != NULL && n < PIDS) {
		if ((pid = strtol(d->d_name, NULL, 10)) <= 0)
			continue;
		(void)snprintf(path, sizeof path, "/proc/%ld/stat", pid);
		if ((f = fopen(path, "re")) == NULL)
			continue;
		if (fgets(line, sizeof line, f) != NULL &&
		    (open = strchr(line, '(')) != NULL &&
		    (close = strrchr(line, ')')) != NULL) {
			*close = '\0';
			if (strcmp(open + 1, name) == 0 &&
			    strtol(close + 4, NULL, 10) == parent)
				out[n++] = (pid_t)pid;
		}
		(void)fclose(f);
	}
	if (dir != NULL)
		(void)closedir(dir);
	return n;
}

pid_t
server_find(const struct server *s, enum victim kind, unsigned dice)
{
	pid_t found[PIDS], sessions[PIDS], screens[PIDS];
	size_t n, i, all = 0;

	if (kind == VICTIM_SUPERVISOR)
		return s->pid;
	n = server_children(s->pid,
	    kind == VICTIM_CORE ? "pautad" : "pauta-session", found);
	if (n == 0)
		return 0;
	if (kind == VICTIM_CORE)
		return found[dice % n];
	n = server_children(found[0], "pauta-session", sessions);
	if (kind == VICTIM_SESSION)
		return n > 0 ? sessions[dice % n] : 0;
	for (i = 0; i < n && all < PIDS; i++)
		if (server_children(sessions[i], "pauta-screen", found) > 0)
			screens[all++] = found[0];
	return all > 0 ? screens[dice % all] : 0;
}
