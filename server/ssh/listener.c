/* SPDX-License-Identifier: ISC */
/* listener.c - see listener.h.  Start reading at listener_run(). */
#include "listener.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../proto/hash.h"
#include "child.h"
#include "session.h"
#include "warm.h"

enum {
	LISTENER_TICK_MS = 500,
	LISTENER_LAG_MS = 2000,		/* held up longer: nobody's fault */
	LISTENER_DRAIN_MS = 10000,
	LISTENER_CROWD_MS = 5000,	/* for one session too many */
	LISTENER_PAUSE_MS = 1000,	/* when descriptors run out */
	LISTENER_BURST = 16		/* connections taken in one turn */
};

struct listener {
	const struct listener_args *args;
	ssh_bind bind;
	int signals;
	bool draining;
	int64_t now, turned_at, accept_at, drain_at, logged_at;
	unsigned refused;		/* since the last line about it */
	struct penalty *penalty;
	struct children children;
	struct pollfd *polled;
};

/* ---- at the door ---- */

static void
listener_refuse(struct listener *l, const struct address *from, const char *why)
{
	char text[ADDRESS_TEXT];

	l->refused++;
	if (l->now - l->logged_at < 1000)
		return;
	log_at(LOG_WARN, "event=refused source=%s reason=%s count=%u",
	    address_text(from, text), why, l->refused);
	l->refused = 0;
	l->logged_at = l->now;
}

static bool
listener_exempts(const struct listener *l, const struct address *a)
{
	size_t i;

	for (i = 0; i < l->args->exempt_n; i++)
		if (block_has(&l->args->exempt[i], a))
			return true;
	return false;
}

static bool
listener_admits(struct listener *l, const struct address *from)
{
	struct limit_counts n = children_count(&l->children, from);
	struct address block = address_block(from);
	enum limit_verdict v;
	uint32_t dice;

	if (!listener_exempts(l, from) &&
	    penalty_blocks(l->penalty, &block, l->now)) {
		listener_refuse(l, from, "penalty");
		return false;
	}
	hash_random(&dice, sizeof dice);
	v = limit_start(&l->args->limits, &n, dice % 100);
	if (v != LIMIT_OK)
		listener_refuse(l, from, limit_word(v));
	return v == LIMIT_OK;
}

/* In the child: only this connection, this leash and the log stay open. */
_Noreturn static void
listener_become_session(struct listener *l, int fd, int leash,
    const struct address *from)
{
	char source[ADDRESS_TEXT];
	struct session_args a = { .fd = fd, .leash = leash, .bind = l->bind,
		.source = source, .program = l->args->program,
		.grace = l->args->limits.grace, .slow = l->args->slow };
	size_t i;

	log_init("session", LOG_INFO);
	(void)address_text(from, source);
	for (i = 0; i < l->children.n; i++)
		if (l->children.row[i].leash >= 0)
			close(l->children.row[i].leash);
	close(l->args->fd);
	close(l->signals);
	(void)prctl(PR_SET_PDEATHSIG, 0);	/* it outlives the listener */
	session_confine();
	_exit((int)session_run(&a));
}

static void
listener_start(struct listener *l, int fd, const struct address *from)
{
	int pair[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) {
		listener_refuse(l, from, "no_descriptors");
		return;
	}
	if ((pid = fork()) == 0) {
		close(pair[0]);
		listener_become_session(l, fd, pair[1], from);
	}
	close(pair[1]);
	if (pid < 0) {
		close(pair[0]);
		listener_refuse(l, from, "no_processes");
		return;
	}
	(void)children_add(&l->children, pid, pair[0], from, l->now);
}

static void
listener_on_knock(struct listener *l)
{
	struct sockaddr_storage ss;
	struct address from;
	socklen_t len;
	int fd, i;

	for (i = 0; i < LISTENER_BURST; i++) {
		len = sizeof ss;
		fd = accept(l->args->fd, (struct sockaddr *)&ss, &len);
		if (fd < 0) {
			if (errno == EMFILE || errno == ENFILE ||
			    errno == ENOBUFS || errno == ENOMEM)
				l->accept_at = l->now + LISTENER_PAUSE_MS;
			return;
		}
		/* libssh stalls on a descriptor that may wait. */
		(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
		if (fcntl(fd, F_SETFL, O_NONBLOCK) == 0 &&
		    address_take((struct sockaddr *)&ss, &from) &&
		    listener_admits(l, &from))
			listener_start(l, fd, &from);
		close(fd);
	}
}

/* ---- sessions ---- */

static void
listener_on_login(struct listener *l, struct child *c, const char *login)
{
	char from[ADDRESS_TEXT];

	if (c->login[0] != '\0' || !allow_login(login))
		return;			/* once only, and a name only */
	(void)snprintf(c->login, sizeof c->login, "%s", login);
	log_at(LOG_INFO, "event=login login=%s source=%s session=%ld",
	    c->login, address_text(&c->source, from), (long)c->pid);
	if (children_of(&l->children, login) > l->args->limits.user_sessions) {
		leash_say(c->leash, LEASH_CROWDED, "");
		c->kill_at = l->now + LISTENER_CROWD_MS;
	}
}

static void
listener_on_leash(struct listener *l, struct child *c)
{
	char m[LEASH_MAX];
	int r;

	while (c->leash >= 0 && (r = leash_hear(c->leash, m)) != 0) {
		if (r < 0) {		/* its end comes as a signal */
			close(c->leash);
			c->leash = -1;
			return;
		}
		c->heard_at = l->now;
		if (m[0] == LEASH_LOGIN)
			listener_on_login(l, c, m + 1);
	}
}

static void
listener_bury(struct listener *l, struct child *c, int status)
{
	enum penalty_kind k;
	char from[ADDRESS_TEXT];

	listener_on_leash(l, c);	/* its last words */
	k = child_penalty(c, status);
	if (k != PENALTY_NONE && !listener_exempts(l, &c->source))
		penalty_add(l->penalty, &c->block, k, l->now);
	log_at(LOG_INFO,
	    "event=session_end source=%s login=%s reason=%s status=%d "
	    "seconds=%lld session=%ld",
	    address_text(&c->source, from),
	    c->login[0] == '\0' ? "-" : c->login, child_end_word(c, status),
	    WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status),
	    (long long)(l->now - c->born_at) / 1000, (long)c->pid);
	if (c->leash >= 0)
		close(c->leash);
	children_del(&l->children, c);
}

static void
listener_reap(struct listener *l)
{
	struct child *c;
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if ((c = children_find(&l->children, pid)) != NULL)
			listener_bury(l, c, status);
}

static void
listener_drain(struct listener *l)
{
	size_t i;

	if (l->draining)
		return;
	log_at(LOG_INFO, "event=drain sessions=%zu", l->children.n);
	l->draining = true;
	(void)close(l->args->fd);	/* the next server listens there */
	l->drain_at = l->now + LISTENER_DRAIN_MS;
	for (i = 0; i < l->children.n; i++) {
		leash_say(l->children.row[i].leash, LEASH_DRAIN, "");
		l->children.row[i].kill_at = l->drain_at;
	}
}

static void
listener_on_signal(struct listener *l)
{
	struct signalfd_siginfo si;

	while (read(l->signals, &si, sizeof si) == sizeof si)
		if (si.ssi_signo != SIGCHLD)
			listener_drain(l);
	listener_reap(l);
}

static void
listener_watch(struct listener *l)
{
	enum child_doom doom;
	struct child *c;

	for (c = l->children.row; c < l->children.row + l->children.n; c++) {
		doom = child_judge(c, &l->args->limits, l->now);
		if (doom == CHILD_DOOM_NONE)
			continue;
		c->doom = doom;
		(void)kill(c->pid, SIGKILL);
	}
}

/* Stopped or starved ourselves?  Then no silence was theirs. */
static void
listener_forgive_lag(struct listener *l)
{
	int64_t lag = l->now - l->turned_at - LISTENER_TICK_MS;
	size_t i;

	if (lag > LISTENER_LAG_MS)
		for (i = 0; i < l->children.n; i++)
			l->children.row[i].heard_at += lag;
	l->turned_at = l->now;
}

/* ---- the loop ---- */

static void
listener_turn(struct listener *l)
{
	struct pollfd *p = l->polled;
	size_t n = l->children.n, i;
	bool open = !l->draining && l->now >= l->accept_at;

	p[0] = (struct pollfd){ .fd = l->signals, .events = POLLIN };
	p[1] = (struct pollfd){ .fd = open ? l->args->fd : -1,
		.events = POLLIN };
	for (i = 0; i < n; i++)
		p[2 + i] = (struct pollfd){ .fd = l->children.row[i].leash,
			.events = POLLIN };
	(void)poll(p, 2 + n, LISTENER_TICK_MS);
	l->now = mono_ms();
	listener_forgive_lag(l);
	for (i = 0; i < n; i++)		/* before any row moves */
		if (p[2 + i].revents != 0)
			listener_on_leash(l, &l->children.row[i]);
	if (p[0].revents & POLLIN)
		listener_on_signal(l);
	listener_watch(l);
	if (open && (p[1].revents & POLLIN))
		listener_on_knock(l);
}

static int
listener_open_signals(void)
{
	sigset_t set;

	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGHUP, SIG_IGN);
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGCHLD);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigprocmask(SIG_SETMASK, &set, NULL);
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

/* Whatever else our parents left open is none of a session's business. */
static void
listener_close_others(int keep)
{
	if (keep > STDERR_FILENO + 1)
		(void)syscall(SYS_close_range, STDERR_FILENO + 1, keep - 1, 0);
	(void)syscall(SYS_close_range, keep + 1, ~0U, 0);
}

/* Enough descriptors for a leash each; the supervisor's death is our drain. */
static void
listener_confine(const struct listener_args *args)
{
	struct rlimit rl;

	if (getrlimit(RLIMIT_NOFILE, &rl) == 0) {
		rl.rlim_cur = (rlim_t)args->limits.connections + 64;
		if (rl.rlim_cur > rl.rlim_max)
			rl.rlim_cur = rl.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &rl);
	}
	(void)prctl(PR_SET_DUMPABLE, 0);
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
}

static int
listener_init(struct listener *l, const struct listener_args *args,
    struct why *why)
{
	char *key = xasprintf("%s/ssh_host_ed25519_key", args->dir);
	char *run = xasprintf("%s/run", args->dir);
	uint64_t seed;
	int r;

	*l = (struct listener){ .args = args, .signals = -1 };
	listener_close_others(args->fd);
	r = offer_new(key, l->args->old_macs, &l->bind, why);
	if (r == 0 && !warm_up(l->bind))
		log_at(LOG_WARN, "event=cold");
	if (r == 0 && chdir(run) < 0)
		r = why_set(why, ERR_SYSTEM, "No se puede entrar a %s: %s.",
		    run, strerror(errno));
	if (r == 0 && (fcntl(args->fd, F_SETFL, O_NONBLOCK) < 0 ||
		fcntl(args->fd, F_SETFD, FD_CLOEXEC) < 0))
		r = why_set(why, ERR_SYSTEM,
		    "El descriptor %d no es un socket que escuche.", args->fd);
	free(key);
	free(run);
	if (r < 0)
		return r;
	hash_random(&seed, sizeof seed);
	l->penalty = penalty_new(seed);
	children_init(&l->children, (size_t)args->limits.connections);
	l->polled = xcalloc((size_t)args->limits.connections + 2,
	    sizeof *l->polled);
	listener_confine(args);
	l->signals = listener_open_signals();
	l->now = l->turned_at = mono_ms();
	l->logged_at = l->now - 1000;
	return 0;
}

static void
listener_clear(struct listener *l)
{
	ssh_bind_free(l->bind);
	penalty_free(l->penalty);
	children_clear(&l->children);
	free(l->polled);
	if (l->signals >= 0)
		close(l->signals);
}

int
listener_run(const struct listener_args *args, struct why *why)
{
	struct listener l;
	int r;

	if ((r = listener_init(&l, args, why)) == 0)
		while (!l.draining ||
		    (l.children.n > 0 && l.now < l.drain_at + LISTENER_TICK_MS))
			listener_turn(&l);
	listener_clear(&l);
	return r;
}
