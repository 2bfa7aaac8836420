/* SPDX-License-Identifier: ISC */
/*
 * screen.c - shell and lineal: a `pauta` of one's own, its terminal relayed.
 *
 *   START --core reached--> RUN --exit--> ended with its status
 *     |                      | link lost (75), or killed by a signal
 *     '--core away--> PAUSE <'      PAUSE --in a moment--> START
 *
 * A person keeps the connection while the server restarts; their drafts are
 * in the core, so a new `pauta` goes on where the old one was.
 */
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "../../proto/base.h"
#include "../../proto/i18n.h"
#include "service.h"
#include "session.h"
#include "spawn.h"
#include "uplink.h"

enum {
	SCREEN_TRIES = 20,
	SCREEN_WAIT_MS = 100,		/* before the first; doubles, */
	SCREEN_WAIT_MOST_MS = 2000,	/* up to this */
	SCREEN_STEADY_MS = 30000,	/* ran so long: counts anew */
	SCREEN_AHEAD = 4096,		/* bytes read before they can leave: a
					 * screen; what is later is drawn later */
	SCREEN_WEIGH_MS = 2000,		/* how often the line is measured */
	SCREEN_SLOW_MS = 9999,		/* said of a listener marked slow */
	SCREEN_END_MS = 5000,		/* to end when the server stops */
	SCREEN_HANGUP_MS = 2000		/* and when the peer is gone */
};

/* Paste and mouse off, cursor on, plain letters, first screen, a clear line. */
static const char screen_clean[] = "\033[?2004l\033[?1000l\033[?1002l"
    "\033[?1003l\033[?1006l\033[?25h\033[m\033[?1049l\033[m\r\n\033[J";

enum screen_state { SCREEN_START, SCREEN_RUN, SCREEN_PAUSE, SCREEN_N };

struct screen {
	enum screen_state state;
	bool linear, resized, draining, reaped;
	pid_t pid;			/* 0: none */
	int exit;			/* as waitpid gave it */
	int terminal, control;		/* -1: closed */
	int tries;
	int64_t ran_at, kill_at;	/* kill_at 0: no hurry */
	int64_t weighed_at;
	int told;			/* round trip that pauta knows, ms */
};

static void
screen_enter(struct screen *s, enum screen_state state)
{
	static const char *const names[SCREEN_N] = { "start", "run", "pause" };

	log_at(LOG_DEBUG, "event=screen_state from=%s to=%s", names[s->state],
	    names[state]);
	s->state = state;
}

static void
screen_close(struct screen *s)
{
	if (s->terminal >= 0)
		close(s->terminal);
	if (s->control >= 0)
		close(s->control);
	s->terminal = s->control = -1;
}

static void
screen_start(struct chan *c, int64_t now)
{
	struct screen *s = xcalloc(1, sizeof *s);

	(void)now;
	s->terminal = s->control = -1;
	s->linear = c->argument != NULL || !c->has_tty ||
	    strcmp(c->term, "dumb") == 0;
	c->job = s;
}

/* Wait a moment and try again; or, after the last time, give up. */
static void
screen_pause(struct chan *c, int64_t now)
{
	struct screen *s = c->job;
	int64_t wait = SCREEN_WAIT_MS;
	int i;

	if (s->draining || s->tries >= SCREEN_TRIES) {
		chan_complain(c,
		    s->draining ? session_farewell(c->s) : UPLINK_AWAY);
		chan_end(c, err_status(ERR_UNAVAILABLE));
		return;
	}
	if (s->tries == 0)
		chan_complain(c,
		    N_("Se perdió el enlace con el servidor; reintentando… "
		    "(Ctrl+C para salir)"));
	for (i = 0; i < s->tries && wait < SCREEN_WAIT_MOST_MS; i++)
		wait *= 2;
	if (wait > SCREEN_WAIT_MOST_MS)
		wait = SCREEN_WAIT_MOST_MS;
	s->tries++;
	c->wake = now + wait;
	screen_enter(s, SCREEN_PAUSE);
}

static void
screen_launch(struct chan *c, int64_t now)
{
	struct screen *s = c->job;
	struct spawn p = { .program = session_program(c->s),
		.linear = s->linear, .tty = c->has_tty, .term = c->term,
		.lang = c->lang, .rows = c->rows, .cols = c->cols };

	c->wake = 0;
	p.frames = uplink_open(session_auth(c->s), session_source(c->s),
	    session_host(c->s), "screen", allow_lang_code(c->lang));
	if (p.frames < 0) {
		screen_pause(c, now);
		return;
	}
	if (spawn_pauta(&p) < 0) {
		log_at(LOG_WARN, "event=cannot_fork errno=%d", errno);
		screen_pause(c, now);
		return;
	}
	s->pid = p.pid;
	s->terminal = p.terminal;
	s->control = p.control;
	s->reaped = false;
	s->kill_at = 0;
	s->ran_at = now;
	s->weighed_at = s->told = 0;
	screen_enter(s, SCREEN_RUN);
}

/* pauta is gone and all it drew has been read: what now? */
static void
screen_over(struct chan *c, int64_t now)
{
	struct screen *s = c->job;
	bool lost = WIFEXITED(s->exit) &&
	    WEXITSTATUS(s->exit) == SERVICE_LINK_LOST;

	s->pid = 0;
	screen_close(s);
	if (WIFSIGNALED(s->exit))
		log_at(LOG_WARN, "event=screen_killed login=%s signal=%d",
		    session_auth(c->s)->login, WTERMSIG(s->exit));
	if (c->state != CHAN_RUN)
		return;
	if ((lost || WIFSIGNALED(s->exit)) && !s->linear)
		(void)queue_add(&c->out, screen_clean, strlen(screen_clean));
	if (s->draining) {
		screen_pause(c, now);
		return;
	}
	if (WIFEXITED(s->exit) && !lost) {
		chan_end(c, WEXITSTATUS(s->exit));
		return;
	}
	if (s->linear && WIFSIGNALED(s->exit) && WTERMSIG(s->exit) == SIGINT) {
		chan_end(c, 128 + SIGINT);	/* Ctrl+C at a prompt */
		return;
	}
	if (now - s->ran_at > SCREEN_STEADY_MS)
		s->tries = 0;
	screen_pause(c, now);
}

static void
screen_tell_size(struct chan *c)
{
	struct screen *s = c->job;
	struct winsize ws = { .ws_row = (unsigned short)c->rows,
		.ws_col = (unsigned short)c->cols };
	char line[32];
	int n;

	n = snprintf(line, sizeof line, "W %d %d\n", c->rows, c->cols);
	/* Whole or not at all: a line is far smaller than the socket. */
	if (send(s->control, line, (size_t)n, MSG_NOSIGNAL) != n &&
	    errno == EAGAIN)
		return;
	(void)ioctl(s->terminal, TIOCSWINSZ, &ws);
	s->resized = false;
}

/* Round trip of the connection as the kernel sees it; nobody is asked. */
static int
screen_round_trip(const struct chan *c)
{
	struct tcp_info info;
	socklen_t size = sizeof info;

	if (c->s->args->slow)
		return SCREEN_SLOW_MS;
	memset(&info, 0, sizeof info);
	if (getsockopt(c->s->fd, IPPROTO_TCP, TCP_INFO, &info, &size) < 0)
		return 0;
	return (int)(info.tcpi_rtt / 1000);
}

/* pauta draws as the line is; it hears of it when it changed by a quarter. */
static void
screen_weigh(struct chan *c, int64_t now)
{
	struct screen *s = c->job;
	int ms, by, n;
	char line[32];

	if (s->linear || s->control < 0 ||
	    (s->weighed_at != 0 && now < s->weighed_at + SCREEN_WEIGH_MS))
		return;
	s->weighed_at = now;
	ms = screen_round_trip(c);
	by = ms > s->told ? ms - s->told : s->told - ms;
	if (by < 20 || by < s->told / 4)
		return;
	n = snprintf(line, sizeof line, "R %d\n", ms);
	if (send(s->control, line, (size_t)n, MSG_NOSIGNAL) == n)
		s->told = ms;
}

static void
screen_move(struct chan *c, int64_t now)
{
	struct screen *s = c->job;
	ssize_t k;

	if (s->terminal < 0)
		return;
	if (queue_write(&c->in, s->terminal) < 0)
		queue_drop(&c->in, c->in.len);
	k = 0;
	while (c->out.len < SCREEN_AHEAD &&
	    (k = queue_read(&c->out, s->terminal)) > 0)
		;
	if (k < 0) {			/* its end; it may still be saving */
		screen_close(s);
		s->kill_at = c->wake = now + SCREEN_END_MS;
	}
}

/* While there is no pauta, only a wish to leave is understood. */
static void
screen_listen(struct chan *c)
{
	const uint8_t *p;
	size_t n;

	while (p = queue_peek(&c->in, &n), n > 0) {
		if (memchr(p, 3, n) != NULL || memchr(p, 4, n) != NULL)
			chan_end(c, err_status(ERR_UNAVAILABLE));
		queue_drop(&c->in, n);
	}
}

static void
screen_turn(struct chan *c, int64_t now)
{
	struct screen *s = c->job;

	if (s->pid != 0 && !s->reaped && s->kill_at != 0 && now >= s->kill_at) {
		(void)kill(s->pid, SIGKILL);
		s->kill_at = 0;
		c->wake = 0;
	}
	if (c->state != CHAN_RUN) {
		if (s->reaped && s->pid != 0)
			screen_over(c, now);
		return;
	}
	if (s->state == SCREEN_PAUSE) {
		screen_listen(c);
		if (now >= c->wake && c->state == CHAN_RUN)
			screen_enter(s, SCREEN_START);
	}
	if (s->state == SCREEN_START && c->state == CHAN_RUN)
		screen_launch(c, now);
	if (s->state != SCREEN_RUN)
		return;
	if (s->resized && s->control >= 0)
		screen_tell_size(c);
	screen_weigh(c, now);
	screen_move(c, now);
	if (s->reaped && s->terminal < 0)
		screen_over(c, now);
}

static int
screen_wait(struct chan *c, struct pollfd *p)
{
	struct screen *s = c->job;
	int n = 0;

	if (c->state != CHAN_RUN || s->terminal < 0)
		return 0;
	p[n].fd = s->terminal;
	p[n].events = (short)((c->out.len < SCREEN_AHEAD ? POLLIN : 0) |
	    (c->in.len > 0 ? POLLOUT : 0));
	n += p[n].events != 0;
	if (s->resized) {
		p[n].fd = s->control;
		p[n++].events = POLLOUT;
	}
	return n;
}

static void
screen_eof(struct chan *c)
{
	struct screen *s = c->job;

	if (s->state == SCREEN_RUN && s->linear && c->has_tty)
		(void)queue_add(&c->in, "\004", 1);	/* the line's own end */
	else if (s->state == SCREEN_RUN)
		(void)shutdown(s->terminal, SHUT_WR);
	else
		chan_end(c, err_status(ERR_UNAVAILABLE));
}

static void
screen_resize(struct chan *c)
{
	struct screen *s = c->job;

	s->resized = s->state == SCREEN_RUN;	/* later ones start with it */
}

static void
screen_reaped(struct chan *c, pid_t pid, int status)
{
	struct screen *s = c->job;

	if (s->pid == pid) {
		s->reaped = true;
		s->exit = status;
	}
}

static void
screen_stop(struct chan *c, int sig, int64_t kill_at)
{
	struct screen *s = c->job;

	if (s->pid == 0 || s->reaped)
		return;
	(void)kill(s->pid, sig);
	s->kill_at = kill_at;
	c->wake = kill_at;
}

static void
screen_drain(struct chan *c, int64_t now)
{
	struct screen *s = c->job;

	s->draining = true;
	if (s->pid != 0)
		screen_stop(c, SIGTERM, now + SCREEN_END_MS);
	else if (c->state == CHAN_RUN)
		screen_pause(c, now);
}

static void
screen_hangup(struct chan *c, int64_t now)
{
	screen_close(c->job);
	screen_stop(c, SIGHUP, now + SCREEN_HANGUP_MS);
}

static bool
screen_is_gone(const struct chan *c)
{
	const struct screen *s = c->job;

	return s->pid == 0 || s->reaped;
}

static void
screen_free(struct chan *c)
{
	screen_close(c->job);
	free(c->job);
	c->job = NULL;
}

const struct service service_screen = {
	.name = "screen",
	.start = screen_start,
	.wait = screen_wait,
	.turn = screen_turn,
	.eof = screen_eof,
	.resize = screen_resize,
	.reaped = screen_reaped,
	.drain = screen_drain,
	.hangup = screen_hangup,
	.is_gone = screen_is_gone,
	.free = screen_free,
};
