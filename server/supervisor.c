/* SPDX-License-Identifier: ISC */
/*
 * supervisor.c - the parent: holds the sockets, starts the core, the
 * listener and the courier, starts them again when they die, ends them when
 * told to: the listener first, so that people are told, the courier last, so
 * that what it had counts as not tried.
 *
 *   pautad (this) --fork--> core        owns the record; never touches the net
 *                 --exec--> pauta-session --listen-fd N   (SSH)
 *                 --exec--> pauta-courier    mail, portals, feeds
 *
 * It reads nothing but the core's pulse; a core without one is killed.  A
 * child that dies within a second of its start waits longer before the next
 * one, up to one second; only a core that ends by itself before the first one
 * was ready has nothing to hope for.
 */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "admin.h"
#include "conf.h"
#include "listen.h"
#include "notify.h"

enum child_kind { CHILD_COURIER, CHILD_CORE, CHILD_LISTENER, CHILD_N };

struct child {
	pid_t pid;
	int64_t started, wait_until;	/* monotonic milliseconds */
	int64_t pause;
};

static const char *const supervisor_names[CHILD_N] = {
	[CHILD_CORE] = "core",
	[CHILD_LISTENER] = "listener",
	[CHILD_COURIER] = "courier",
};

struct supervisor {
	const char *dir;
	struct conf conf;
	int tcp, doors[DOORS];		/* listening sockets */
	int pulse;			/* of the core, read end; -1 */
	int64_t heard;			/* its last beat; 0: none yet */
	char address[96];
	struct child child[CHILD_N];
	bool announced, ending, failed;
};

/* How long a server that was just killed may take to let go of the record. */
enum { RECORD_MS = 5000, RECORD_TRY_MS = 20 };

static int supervisor_bell[2];		/* signal handlers write one byte */

static void
supervisor_on_signal(int sig)
{
	int saved = errno;
	char c = (char)sig;

	(void)!write(supervisor_bell[1], &c, 1);
	errno = saved;
}

/* ---- children ---- */

/* A child never outlives its parent: the next server needs the record. */
static void
supervisor_child_signals(pid_t parent)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(1);		/* it had died before we asked */
	(void)signal(SIGTERM, SIG_DFL);
	(void)signal(SIGINT, SIG_IGN);	/* the terminal's; we pass on TERM */
	(void)signal(SIGCHLD, SIG_DFL);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)close(supervisor_bell[0]);
	(void)close(supervisor_bell[1]);
}

/* Neither end waits; the reading one stays in this process. */
static int
supervisor_pipe(int end[2])
{
	int i;

	if (pipe(end) < 0)
		return -1;
	for (i = 0; i < 2; i++) {
		(void)fcntl(end[i], F_SETFL, O_NONBLOCK);
		(void)fcntl(end[i], F_SETFD, FD_CLOEXEC);
	}
	return 0;
}

static pid_t
supervisor_start_core(struct supervisor *s)
{
	struct core *c = NULL;
	struct why why = { 0 };
	pid_t pid, parent = getpid();
	int pulse[2], r;

	if (supervisor_pipe(pulse) < 0)
		return -1;
	if ((pid = fork()) != 0) {
		(void)close(pulse[1]);
		if (s->pulse >= 0)
			(void)close(s->pulse);
		s->pulse = pulse[0];
		s->heard = 0;
		return pid;
	}
	supervisor_child_signals(parent);
	(void)close(pulse[0]);
	(void)close(s->tcp);
	log_init("core", conf_level(&s->conf));
	if (core_open(s->dir, &c, &why) < 0) {
		log_at(LOG_FATAL, "open=failed why=%s", why.text);
		_exit(1);
	}
	core_set_programs(c, program_dir());
	r = core_serve(c, s->doors, pulse[1]);
	core_free(c);
	_exit(r);
}

static pid_t
supervisor_start_listener(struct supervisor *s)
{
	char path[1200], fd[16], grace[24];
	const char *argv[12];
	pid_t pid, parent = getpid();
	int n = 0;

	if ((pid = fork()) != 0)
		return pid;
	supervisor_child_signals(parent);
	(void)fcntl(s->tcp, F_SETFD, 0);
	(void)snprintf(path, sizeof path, "%s/pauta-session", program_dir());
	(void)snprintf(fd, sizeof fd, "%d", s->tcp);
	(void)snprintf(grace, sizeof grace, "%lld", (long long)s->conf.grace);
	argv[n++] = "pauta-session";
	argv[n++] = "--listen-fd";
	argv[n++] = fd;
	argv[n++] = "--dir";
	argv[n++] = s->dir;
	argv[n++] = "--grace";
	argv[n++] = grace;
	if (s->conf.slow)
		argv[n++] = "--slow";
	if (s->conf.old_macs)
		argv[n++] = "--old-macs";
	argv[n] = NULL;
	execv(path, (char *const *)argv);
	log_at(LOG_FATAL, "exec=%s error=%s", path, strerror(errno));
	_exit(127);
}

static pid_t
supervisor_start_courier(struct supervisor *s)
{
	char path[1200], patience[24];
	pid_t pid, parent = getpid();

	if ((pid = fork()) != 0)
		return pid;
	supervisor_child_signals(parent);
	(void)snprintf(path, sizeof path, "%s/pauta-courier", program_dir());
	(void)snprintf(patience, sizeof patience, "%lld",
	    (long long)s->conf.courier_timeout);
	(void)execl(path, "pauta-courier", "--dir", s->dir, "--timeout",
	    patience, "--allow", s->conf.courier_allow, "--log", s->conf.log,
	    "--ca", s->conf.courier_ca, "--publish", s->conf.publish_dir,
	    (char *)NULL);
	log_at(LOG_FATAL, "exec=%s error=%s", path, strerror(errno));
	_exit(127);
}

static void
supervisor_start(struct supervisor *s, enum child_kind kind)
{
	static pid_t (*const start[CHILD_N])(struct supervisor *) = {
		[CHILD_CORE] = supervisor_start_core,
		[CHILD_LISTENER] = supervisor_start_listener,
		[CHILD_COURIER] = supervisor_start_courier,
	};
	struct child *c = &s->child[kind];

	c->started = mono_ms();
	c->pid = start[kind](s);
	assert(c->pid != 0);
	if (c->pid < 0) {
		c->pid = 0;
		c->wait_until = c->started + 1000;
	}
}

static void
supervisor_reap(struct supervisor *s)
{
	struct child *c;
	int status;
	size_t i;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (i = 0; i < CHILD_N; i++) {
			c = &s->child[i];
			if (c->pid != pid)
				continue;
			c->pid = 0;
			c->pause = mono_ms() - c->started > 1000 ? 0 :
			    c->pause >= 500 ? 1000 : c->pause * 2 + 20;
			c->wait_until = mono_ms() + c->pause;
			if (!s->ending)
				log_at(LOG_WARN, "died=%s status=%d again_ms=%lld",
				    supervisor_names[i],
				    status, (long long)c->pause);
			s->failed = s->failed || (i == CHILD_CORE &&
			    !s->announced && !s->ending && WIFEXITED(status));
		}
}

/* The core takes connections: open the door, say so once. */
static void
supervisor_announce(struct supervisor *s)
{
	char line[128], path[1200];
	size_t i;
	FILE *f;

	for (i = 0; i < CHILD_N; i++)
		if (s->child[i].pid == 0)
			supervisor_start(s, (enum child_kind)i);
	(void)snprintf(path, sizeof path, "%s/ssh_host_ed25519_key.fp",
	    s->dir);
	line[0] = '\0';
	if ((f = fopen(path, "re")) != NULL) {
		if (fgets(line, sizeof line, f) == NULL)
			line[0] = '\0';
		(void)fclose(f);
	}
	line[strcspn(line, "\n")] = '\0';
	(void)printf("ready %s %s\n", s->address, line);
	(void)fflush(stdout);
	notify_say("READY=1");
	s->announced = true;
}

static void
supervisor_on_pulse(struct supervisor *s)
{
	char beats[64];

	if (read(s->pulse, beats, sizeof beats) <= 0) {
		(void)close(s->pulse);
		s->pulse = -1;
		s->heard = 0;
		return;
	}
	s->heard = mono_ms();
	notify_say("WATCHDOG=1");
	if (!s->announced)
		supervisor_announce(s);
}

/*
 * Milliseconds until the core, heard once, counts as hung; -1: it is not
 * watched.  It cannot be asked to leave: it gets SIGKILL, as from anybody.
 */
static int64_t
supervisor_watch(struct supervisor *s)
{
	struct child *c = &s->child[CHILD_CORE];
	int64_t left;

	if (s->heard == 0 || c->pid == 0)
		return -1;
	left = s->heard + s->conf.watchdog * 1000 - mono_ms();
	if (left > 0)
		return left;
	log_at(LOG_WARN, "hung=core silent_s=%lld",
	    (long long)s->conf.watchdog);
	s->heard = 0;
	(void)kill(c->pid, SIGKILL);
	return -1;
}

static void
supervisor_end(struct supervisor *s)
{
	size_t i;

	s->ending = true;
	notify_say("STOPPING=1");
	for (i = CHILD_N; i-- > 0;)
		if (s->child[i].pid > 0)
			(void)kill(s->child[i].pid, SIGTERM);
}

static bool
supervisor_is_over(const struct supervisor *s)
{
	size_t i, alive = 0;

	for (i = 0; i < CHILD_N; i++)
		alive += s->child[i].pid != 0;
	return s->failed || (s->ending && alive == 0);
}

/* Milliseconds until a child may start again or is late; -1: neither. */
static int
supervisor_due(struct supervisor *s)
{
	int64_t now = mono_ms(), left, least = supervisor_watch(s);
	size_t i;

	for (i = 0; i < CHILD_N && !s->ending; i++) {
		if (s->child[i].pid != 0 ||
		    (i != CHILD_CORE && !s->announced))
			continue;
		left = s->child[i].wait_until - now;
		if (left <= 0) {
			supervisor_start(s, (enum child_kind)i);
			continue;
		}
		if (least < 0 || left < least)
			least = left;
	}
	return (int)least;
}

static void
supervisor_loop(struct supervisor *s)
{
	struct pollfd p[2] = { { .events = POLLIN }, { .events = POLLIN } };
	char bells[64];
	ssize_t i, n;
	int wait;

	while (!supervisor_is_over(s)) {
		wait = supervisor_due(s);	/* may change s->pulse */
		p[0].fd = supervisor_bell[0];
		p[1].fd = s->pulse;
		if (poll(p, 2, wait) < 0 && errno != EINTR)
			break;
		if (p[1].fd >= 0 && p[1].revents != 0)
			supervisor_on_pulse(s);
		if (!(p[0].revents & POLLIN))
			continue;
		n = read(supervisor_bell[0], bells, sizeof bells);
		for (i = 0; i < n; i++)
			if (bells[i] != SIGCHLD)
				supervisor_end(s);
		supervisor_reap(s);
	}
}

/*
 * Before anything is touched that may be another server's.  One that was just
 * killed lets go of the record in a moment.
 */
static int
supervisor_probe(const char *dir, struct why *why)
{
	int64_t until = mono_ms() + RECORD_MS;
	int r;

	while ((r = core_probe(dir, why)) == -ERR_UNAVAILABLE &&
	    mono_ms() < until)
		(void)poll(NULL, 0, RECORD_TRY_MS);
	return r;
}

static int
supervisor_open(struct supervisor *s, const char *listen_on, struct why *why)
{
	static const char *const names[DOORS] = {
		[DOOR_SESSION] = "session.sock",
		[DOOR_ADMIN] = "admin.sock",
		[DOOR_COURIER] = "courier.sock",
	};
	char path[1200];
	size_t i;
	int r;

	(void)snprintf(path, sizeof path, "%s/pautad.conf", s->dir);
	if ((r = conf_read(path, &s->conf, why)) < 0)
		return r;
	log_init("pautad", conf_level(&s->conf));
	if ((r = supervisor_probe(s->dir, why)) < 0)
		return r;
	(void)snprintf(path, sizeof path, "%s/run", s->dir);
	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return why_set(why, ERR_SYSTEM, "%s: %s.", path,
		    err_reason(errno));
	s->tcp = listen_tcp(listen_on != NULL ? listen_on : s->conf.listen,
	    s->address, sizeof s->address, why);
	if (s->tcp < 0)
		return s->tcp;
	for (i = 0; i < DOORS; i++)
		if ((s->doors[i] = listen_unix(s->dir, names[i], why)) < 0)
			return s->doors[i];
	return 0;
}

int
supervise(const char *dir, const char *listen_on)
{
	struct supervisor s = { .dir = dir, .pulse = -1 };
	struct sigaction sa = { .sa_handler = supervisor_on_signal };
	struct why why = { 0 };
	char path[1200];
	struct stat st;

	log_init("pautad", LOG_INFO);
	(void)snprintf(path, sizeof path, "%s/pauta.db", dir);
	if (stat(path, &st) < 0) {
		(void)fprintf(stderr,
		    "%s no es una carpeta de Pauta: créela con «pautad init "
		    "--dir %s».\n", dir, dir);
		return err_status(ERR_NOT_FOUND);
	}
	if (supervisor_open(&s, listen_on, &why) < 0 ||
	    pipe(supervisor_bell) < 0) {
		(void)fprintf(stderr, "%s\n", why.text);
		return err_status(ERR_SYSTEM);
	}
	(void)fcntl(supervisor_bell[1], F_SETFL, O_NONBLOCK);
	(void)sigaction(SIGTERM, &sa, NULL);
	(void)sigaction(SIGINT, &sa, NULL);
	(void)sigaction(SIGHUP, &sa, NULL);
	(void)sigaction(SIGCHLD, &sa, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	supervisor_start(&s, CHILD_CORE);
	supervisor_loop(&s);
	return s.failed ? err_status(ERR_SYSTEM) : 0;
}
