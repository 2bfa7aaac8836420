/* SPDX-License-Identifier: ISC */
/* spawn.c - see spawn.h. */
#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include "../../proto/base.h"
#include "allow.h"

enum { SPAWN_FIRST = 3, SPAWN_N = 3, SPAWN_ENV = 10, SPAWN_LINE = 96 };

#define SPAWN_TERMINFO "/etc/terminfo:/lib/terminfo:/usr/share/terminfo"

static bool
spawn_term_is_known(const char *term)
{
	static const char *const dirs[] = { "/etc/terminfo", "/lib/terminfo",
		"/usr/share/terminfo" };
	char path[128];
	size_t i;

	for (i = 0; i < ARRAY_LEN(dirs); i++) {
		(void)snprintf(path, sizeof path, "%s/%c/%s", dirs[i], term[0],
		    term);
		if (access(path, R_OK) == 0)
			return true;
	}
	return false;
}

struct spawn_env {
	char text[SPAWN_ENV][SPAWN_LINE];
	char *list[SPAWN_ENV + 1];
	size_t n;
};

static void
spawn_set(struct spawn_env *e, const char *name, const char *value)
{
	(void)snprintf(e->text[e->n], SPAWN_LINE, "%s=%s", name, value);
	e->list[e->n] = e->text[e->n];
	e->n++;
}

static void
spawn_set_int(struct spawn_env *e, const char *name, int value)
{
	char digits[16];

	(void)snprintf(digits, sizeof digits, "%d", value);
	spawn_set(e, name, digits);
}

static void
spawn_environment(const struct spawn *s, struct spawn_env *e)
{
	const char *term = s->term[0] == '\0' ? "dumb" : s->term;

	memset(e, 0, sizeof *e);
	spawn_set(e, "TERM", allow_term(term, spawn_term_is_known));
	spawn_set(e, "PAUTA_TERM", term);
	/* The one locale that every machine has; ours only picks sentences. */
	spawn_set(e, "LANG", "C.UTF-8");
	spawn_set(e, "PAUTA_LANG",
	    s->lang[0] == '\0' ? "es_MX.UTF-8" : s->lang);
	spawn_set(e, "PATH", "/usr/bin:/bin");
	spawn_set_int(e, "PAUTA_ROWS", s->rows);
	spawn_set_int(e, "PAUTA_COLS", s->cols);
	spawn_set(e, "TERMINFO_DIRS", SPAWN_TERMINFO);
}

/* Lines read with the kernel's help: echo, erase, returns and line feeds. */
static int
spawn_open_tty(const struct spawn *s, int pair[2])
{
	struct winsize ws = { .ws_row = (unsigned short)s->rows,
		.ws_col = (unsigned short)s->cols };
	struct termios t;
	int i;

	if (openpty(&pair[0], &pair[1], NULL, NULL, &ws) < 0)
		return -ERR_SYSTEM;
	if (tcgetattr(pair[1], &t) == 0) {
		t.c_iflag |= ICRNL | IUTF8;
		t.c_iflag &= (tcflag_t) ~(IXON | IXOFF);
		t.c_oflag |= OPOST | ONLCR;
		t.c_lflag |= ICANON | ECHO | ECHOE | ECHOK | ISIG;
		(void)tcsetattr(pair[1], TCSANOW, &t);
	}
	for (i = 0; i < 2; i++)
		(void)fcntl(pair[i], F_SETFD, FD_CLOEXEC);
	return 0;
}

static int
spawn_open_terminal(const struct spawn *s, int pair[2])
{
	if (s->linear && s->tty)
		return spawn_open_tty(s, pair);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return -ERR_SYSTEM;
	return 0;
}

/* The signals as a fresh program expects them. */
static void
spawn_reset_signals(void)
{
	sigset_t none;
	int i;

	for (i = 1; i < NSIG; i++)
		(void)signal(i, SIG_DFL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/* In the child: put the descriptors where pauta expects them, and become it. */
_Noreturn static void
spawn_become(const struct spawn *s, int terminal, int control,
    struct spawn_env *e)
{
	int fds[SPAWN_N] = { terminal, s->frames, control };
	char program[] = "pauta-screen", lineal[] = "--lineal";
	char *argv[] = { program, s->linear ? lineal : NULL, NULL };
	int i, null;

	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	(void)setsid();
	if (s->linear && s->tty)
		(void)ioctl(terminal, TIOCSCTTY, 0);
	/* Above the places they go to, so that none lands on another. */
	for (i = 0; i < SPAWN_N; i++)
		if ((fds[i] = fcntl(fds[i], F_DUPFD_CLOEXEC, 32)) < 0)
			_exit(126);
	for (i = 0; i < SPAWN_N; i++) {
		if (dup2(fds[i], SPAWN_FIRST + i) < 0)
			_exit(126);
		/* The program gets streams that wait. */
		(void)fcntl(SPAWN_FIRST + i, F_SETFL, 0);
	}
	if ((null = open("/dev/null", O_RDWR | O_CLOEXEC)) < 0 ||
	    dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0)
		_exit(126);
	spawn_reset_signals();
	(void)execve(s->program, argv, e->list);
	log_at(LOG_WARN, "event=cannot_start program=%s errno=%d", s->program,
	    errno);
	_exit(127);
}

static void
spawn_close(int pair[2])
{
	if (pair[0] >= 0)
		close(pair[0]);
	if (pair[1] >= 0)
		close(pair[1]);
}

int
spawn_pauta(struct spawn *s)
{
	int term[2] = { -1, -1 }, control[2] = { -1, -1 }, r = -ERR_SYSTEM;
	struct spawn_env env;

	spawn_environment(s, &env);
	if (spawn_open_terminal(s, term) < 0 ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, control) < 0)
		goto out;
	(void)fcntl(term[0], F_SETFL, O_NONBLOCK);
	(void)fcntl(control[0], F_SETFL, O_NONBLOCK);
	if ((s->pid = fork()) < 0)
		goto out;
	if (s->pid == 0)
		spawn_become(s, term[1], control[1], &env);
	s->terminal = term[0];
	s->control = control[0];
	term[0] = control[0] = -1;
	r = 0;
out:
	spawn_close(term);
	spawn_close(control);
	close(s->frames);
	return r;
}
