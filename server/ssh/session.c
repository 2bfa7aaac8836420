/* SPDX-License-Identifier: ISC */
/* session.c - see session.h.  Start reading at session_run(). */
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "login.h"

enum {
	SESSION_QUIET_MS = 30000,	/* nothing heard: ask for a sign */
	SESSION_LOST_MS = 90000,	/* still nothing: gone */
	SESSION_STUCK_MS = 30000,	/* a peer that takes no output */
	SESSION_UNSENT = 32 * 1024,	/* bytes the kernel may hold unsent */
	SESSION_UNSENT_BULK = 512 * 1024,
	SESSION_PIECE = 4096,		/* what libssh reads at once */
	SESSION_PIECES = 32,		/* and how often, in one turn */
	SESSION_FDS = 3 + 2 * CHANNELS_MAX
};

void
session_enter(struct session *s, enum session_state state)
{
	static const char *const names[SESSION_N] = { "kex", "auth", "open",
		"drain", "gone" };

	if (s->state != state)
		log_at(LOG_DEBUG, "event=session_state from=%s to=%s",
		    names[s->state], names[state]);
	s->state = state;
}

void
session_finish(struct session *s, enum session_end end, const char *farewell)
{
	if (s->state == SESSION_GONE)
		return;
	s->end = end;
	s->farewell = farewell;
	session_enter(s, SESSION_GONE);
}

void
session_beat(struct session *s)
{
	int64_t now = mono_ms();

	if (now < s->beat_at)
		return;
	leash_say(s->leash, LEASH_BEAT, "");
	s->beat_at = now + LEASH_BEAT_MS;
}

void
session_on_proved(struct session *s)
{
	login_close(s);
	leash_say(s->leash, LEASH_LOGIN, s->auth.login);
	session_enter(s, SESSION_OPEN);
}

void
session_enter_library(struct session *s)
{
	s->inside++;
}

void
session_leave_library(struct session *s)
{
	s->inside--;
}

bool
session_is_in_library(const struct session *s)
{
	return s->inside > 0;
}

bool
session_is_writing(const struct session *s)
{
	return (ssh_get_status(s->ssh) & SSH_WRITE_PENDING) != 0;
}

bool
session_is_draining(const struct session *s)
{
	return s->state == SESSION_DRAIN;
}

const char *
session_farewell(const struct session *s)
{
	return s->farewell;
}

ssh_session
session_ssh(const struct session *s)
{
	return s->ssh;
}

int64_t
session_now(const struct session *s)
{
	return s->now;
}

const struct auth *
session_auth(const struct session *s)
{
	return &s->auth;
}

const char *
session_source(const struct session *s)
{
	return s->args->source;
}

const char *
session_host(const struct session *s)
{
	return s->host;
}

const char *
session_program(const struct session *s)
{
	return s->args->program;
}

/* ---- what happens in a turn ---- */

static void
session_on_leash(struct session *s)
{
	char m[LEASH_MAX];
	int r;

	while (s->leash >= 0 && (r = leash_hear(s->leash, m)) != 0) {
		if (r < 0) {		/* it goes on without its watchman */
			close(s->leash);
			s->leash = -1;
		} else if (m[0] == LEASH_DRAIN)
			session_stop(s);
		else if (m[0] == LEASH_CROWDED)
			session_crowd_out(s);
	}
}

static void
session_reap(struct session *s)
{
	int status;
	pid_t pid;
	size_t i;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (i = 0; i < CHANNELS_MAX; i++)
			if (s->channels[i] != NULL && s->channels[i]->started &&
			    s->channels[i]->service->reaped != NULL)
				s->channels[i]->service->reaped(s->channels[i],
				    pid, status);
}

void
session_on_signal(struct session *s)
{
	struct signalfd_siginfo si;

	while (read(s->signals, &si, sizeof si) == sizeof si)
		if (si.ssi_signo == SIGCHLD)
			session_reap(s);
		else
			session_stop(s);
}

static void
session_on_keys_agreed(struct session *s)
{
	s->event = ssh_event_new();
	if (s->event == NULL ||
	    ssh_event_add_session(s->event, s->ssh) != SSH_OK)
		session_finish(s, SESSION_END_INTERNAL, NULL);
	else
		session_enter(s, SESSION_AUTH);
}

/* The line is closed.  By whom, and is anybody to blame? */
static enum session_end
session_judge_end(const struct session *s)
{
	static const char filtered[] = "Packet filter";

	if (strncmp(ssh_get_error(s->ssh), filtered, sizeof filtered - 1) == 0)
		return SESSION_END_ABUSE;	/* a message out of its time */
	if (s->state == SESSION_DRAIN)
		return s->end;
	if (s->auth.proved)
		return SESSION_END_DONE;
	return s->auth.failures > 0 ? SESSION_END_AUTHFAIL : SESSION_END_NOAUTH;
}

/*
 * Let libssh read and write.  It reads a small piece at each call; after a full
 * one there may be more, and who is known is read on, for a while.
 */
static int
session_take(struct session *s)
{
	uint64_t before;
	int r, n = 0;

	do {
		before = s->line.in_bytes;
		r = ssh_event_dopoll(s->event, 0);
	} while (r != SSH_ERROR && s->state == SESSION_OPEN &&
	    s->line.in_bytes - before >= SESSION_PIECE &&
	    ++n < SESSION_PIECES);
	return r;
}

static void
session_on_network(struct session *s)
{
	size_t i;
	int r;

	for (i = 0; i < CHANNELS_MAX; i++)
		if (s->channels[i] != NULL)
			s->channels[i]->stalled = false;
	if (s->state == SESSION_KEX) {
		r = ssh_handle_key_exchange(s->ssh);
		if (r == SSH_OK)
			session_on_keys_agreed(s);
		else if (r != SSH_AGAIN)
			session_finish(s, SESSION_END_NOAUTH, NULL);
		return;
	}
	r = session_take(s);
	login_watch(s);
	if (r == SSH_ERROR ||
	    (ssh_get_status(s->ssh) & (SSH_CLOSED | SSH_CLOSED_ERROR)) != 0)
		session_finish(s, session_judge_end(s), NULL);
}

void
session_turn_channels(struct session *s)
{
	struct chan **c;

	for (c = s->channels; c < s->channels + CHANNELS_MAX; c++)
		if (*c != NULL && !chan_turn(*c, s->now)) {
			chan_free(*c);
			*c = NULL;
		} else if (*c != NULL &&
		    s->now - (*c)->moved_at > SESSION_STUCK_MS)
			session_finish(s, SESSION_END_LOST, NULL);
}

/* A line that says nothing is asked; one that stays silent is dropped. */
static void
session_watch_line(struct session *s)
{
	if (s->packets.in_bytes != s->heard) {
		s->heard = s->packets.in_bytes;
		s->heard_at = s->asked_at = s->now;
	}
	if (s->state != SESSION_OPEN)
		return;
	if (s->now - s->heard_at > SESSION_LOST_MS)
		session_finish(s, SESSION_END_LOST, NULL);
	else if (s->now - s->asked_at > SESSION_QUIET_MS) {
		s->asked_at = s->now;
		session_enter_library(s);
		/* The first takes the last answer in, the second asks again. */
		(void)ssh_send_keepalive(s->ssh);
		(void)ssh_send_keepalive(s->ssh);
		session_leave_library(s);
	}
}

bool
session_has_channels(const struct session *s)
{
	size_t i;

	for (i = 0; i < CHANNELS_MAX; i++)
		if (s->channels[i] != NULL)
			return true;
	return false;
}

static void
session_watch_time(struct session *s)
{
	session_beat(s);
	if ((s->state == SESSION_KEX || s->state == SESSION_AUTH) &&
	    s->now >= s->grace_at)
		session_finish(s, SESSION_END_GRACE,
		    "Se agotó el tiempo para entrar.");
	if (session_is_drained(s))
		session_finish(s, s->end, s->farewell);
	session_watch_line(s);
}

/* ---- the loop ---- */

static short
session_interest(const struct session *s)
{
	bool out = session_is_writing(s);
	size_t i;

	for (i = 0; i < CHANNELS_MAX && !out; i++)
		out = s->channels[i] != NULL &&
		    chan_wants_out(s->channels[i]);
	return (short)(POLLIN | (out ? POLLOUT : 0));
}

int
session_wait_ms(const struct session *s)
{
	int64_t until = s->beat_at;
	size_t i;

	for (i = 0; i < CHANNELS_MAX; i++)
		if (s->channels[i] != NULL && s->channels[i]->again)
			until = s->now;
		else if (s->channels[i] != NULL && s->channels[i]->wake != 0 &&
		    s->channels[i]->wake < until)
			until = s->channels[i]->wake;
	if (until <= s->now)
		return 0;
	return (int)(until - s->now);
}

static void
session_turn(struct session *s)
{
	struct pollfd p[SESSION_FDS] = {
		{ .fd = s->fd, .events = session_interest(s) },
		{ .fd = s->leash, .events = POLLIN },
		{ .fd = s->signals, .events = POLLIN },
	};
	nfds_t n = 3;
	size_t i;

	for (i = 0; i < CHANNELS_MAX; i++)
		if (s->channels[i] != NULL && s->channels[i]->started)
			n += (nfds_t)s->channels[i]->service->wait(
			    s->channels[i], p + n);
	if (poll(p, n, session_wait_ms(s)) < 0 && errno != EINTR) {
		session_finish(s, SESSION_END_INTERNAL, NULL);
		return;
	}
	s->now = mono_ms();
	if (p[2].revents != 0)
		session_on_signal(s);
	if (p[1].revents != 0)
		session_on_leash(s);
	if (p[0].revents != 0 && s->state != SESSION_GONE)
		session_on_network(s);
	if (s->state != SESSION_GONE)
		session_turn_channels(s);
	if (s->state != SESSION_GONE)
		session_watch_time(s);
}

/* ---- the beginning and the end ---- */

static void
session_tune_socket(int fd)
{
	int on = 1, unsent = SESSION_UNSENT, dead = SESSION_LOST_MS;

	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent,
	    sizeof unsent);
	(void)setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &dead, sizeof dead);
}

void
session_expect_bulk(struct session *s)
{
	int unsent = SESSION_UNSENT_BULK;

	(void)setsockopt(s->fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent,
	    sizeof unsent);
}

static void
session_name_host(struct session *s)
{
	struct sockaddr_storage ss;
	socklen_t len = sizeof ss;
	char host[64], port[8];

	if (getsockname(s->fd, (struct sockaddr *)&ss, &len) == 0 &&
	    getnameinfo((struct sockaddr *)&ss, len, host, sizeof host, port,
		sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) == 0)
		(void)snprintf(s->host, sizeof s->host,
		    strchr(host, ':') != NULL ? "[%s]:%s" : "%s:%s", host,
		    port);
}

static int
session_init(struct session *s, const struct session_args *args)
{
	sigset_t set;

	*s = (struct session){ .args = args, .fd = args->fd,
		.leash = args->leash, .keys_fd = -1, .signals = -1,
		.end = SESSION_END_INTERNAL, .now = mono_ms() };
	s->grace_at = s->now + (int64_t)args->grace * 1000;
	s->heard_at = s->asked_at = s->now;
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGCHLD);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigprocmask(SIG_SETMASK, &set, NULL);
	s->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	session_tune_socket(s->fd);
	session_name_host(s);
	if (s->signals < 0 ||
	    (s->ssh = offer_accept(args->bind, s->fd, args->slow)) == NULL)
		return -ERR_SYSTEM;
	ssh_set_counters(s->ssh, &s->line, &s->packets);
	return login_init(s);
}

static void
session_clear(struct session *s)
{
	if (s->ssh == NULL)
		return;
	session_leave(s);		/* ssh_disconnect frees the channels */
	session_say_farewell(s);
	login_close(s);
	if (s->event != NULL) {
		(void)ssh_event_remove_session(s->event, s->ssh);
		ssh_event_free(s->event);
	}
	ssh_free(s->ssh);
	if (s->leash >= 0)
		close(s->leash);
	if (s->signals >= 0)
		close(s->signals);
}

enum session_end
session_run(const struct session_args *args)
{
	struct session *s = xcalloc(1, sizeof *s);
	enum session_end end;

	if (session_init(s, args) == 0) {
		session_on_network(s);	/* our name goes first */
		while (s->state != SESSION_GONE)
			session_turn(s);
	}
	end = s->end;
	session_clear(s);
	free(s);
	return end;
}
