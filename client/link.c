/* SPDX-License-Identifier: ISC */
/*
 * link.c - see link.h.
 *
 *   WAIT -time-> DIAL -> CONNECT -host is known-> GREET -> AUTH -> OPEN -> ASK
 *     ^           |         |                       |       |       |      |
 *     '-----------'---------'------ any error ------'-------'-------'-- UP <'
 *
 * The same steps serve link_open(), which blocks in each and may ask, and
 * link_pump(), where they come back with "again" and ask nothing: there a host
 * key that is not the known one ends the link for good.
 */
#include "link.h"

#include <libssh/libssh.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dial.h"
#include "i18n.h"
#include "link_key.h"
#include "link_pipe.h"

enum { LINK_TRY_MOST = 30, LINK_STEP_MS = 100, LINK_TIMEOUT = 15 };

enum link_state { L_WAIT, L_DIAL, L_CONNECT, L_GREET, L_AUTH, L_OPEN, L_ASK, L_UP,
	L_N };

struct link {
	const struct link_options *o;
	enum link_state state;
	struct dial *dial;
	ssh_session ssh;
	ssh_channel channel;
	struct link_pipe *files;	/* or NULL */
	bool files_up;			/* that was told */
	struct link_key *key;
	bool asks;			/* may ask, may block */
	bool met;			/* it was up once */
	int wait;			/* s, between tries */
	int64_t retry_at;		/* ms */
};

struct link *
link_new(const struct link_options *o)
{
	struct link *l = xcalloc(1, sizeof *l);

	l->o = o;
	l->state = L_DIAL;
	l->wait = 1;
	l->key = link_key_new(o->identity);
	return l;
}

static void
link_drop(struct link *l)
{
	dial_free(l->dial);
	l->dial = NULL;
	link_pipe_free(l->files);
	l->files = NULL;
	if (l->channel != NULL)
		ssh_channel_free(l->channel);
	if (l->ssh != NULL) {
		ssh_silent_disconnect(l->ssh);
		ssh_free(l->ssh);
	}
	l->channel = NULL;
	l->ssh = NULL;
}

void
link_free(struct link *l)
{
	if (l == NULL)
		return;
	if (l->channel != NULL && l->state == L_UP) {
		ssh_channel_send_eof(l->channel);
		ssh_channel_close(l->channel);
	}
	link_drop(l);
	link_key_free(l->key);
	free(l);
}

/* ---- the steps; each gives SSH_OK, SSH_AGAIN or an error with why ---- */

static int
link_fail(struct link *l, struct why *why, const char *what)
{
	why_set(why, ERR_UNAVAILABLE, _("%s: %s"), what,
	    ssh_get_error(l->ssh));
	return SSH_ERROR;
}

/* A new session with our options; the person's ssh configuration is not read. */
static int
link_prepare(struct link *l)
{
	int port = l->o->port == 0 ? LINK_PORT : l->o->port, no = 0;
	long timeout = LINK_TIMEOUT;

	if ((l->ssh = ssh_new()) == NULL)
		return SSH_ERROR;
	ssh_options_set(l->ssh, SSH_OPTIONS_PROCESS_CONFIG, &no);
	ssh_options_set(l->ssh, SSH_OPTIONS_HOST, l->o->host);
	ssh_options_set(l->ssh, SSH_OPTIONS_PORT, &port);
	ssh_options_set(l->ssh, SSH_OPTIONS_TIMEOUT, &timeout);
	/* Lists and cases come small; files that go are so already. */
	ssh_options_set(l->ssh, SSH_OPTIONS_COMPRESSION_S_C,
	    "zlib@openssh.com,none");
	ssh_options_set(l->ssh, SSH_OPTIONS_COMPRESSION_C_S,
	    "none,zlib@openssh.com");
	if (l->o->user != NULL)
		ssh_options_set(l->ssh, SSH_OPTIONS_USER, l->o->user);
	if (l->o->known_hosts != NULL) {
		ssh_options_set(l->ssh, SSH_OPTIONS_KNOWNHOSTS,
		    l->o->known_hosts);
		ssh_options_set(l->ssh, SSH_OPTIONS_GLOBAL_KNOWNHOSTS,
		    "/dev/null");
	}
	ssh_set_blocking(l->ssh, l->asks);
	return SSH_OK;
}

/* A peer that vanished is noticed in a minute, not in two hours. */
static void
link_keep_alive(struct link *l)
{
	int fd = ssh_get_fd(l->ssh), on = 1, idle = 30, every = 10, times = 3;
	unsigned unacked = 60000;

	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &every, sizeof every);
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &times, sizeof times);
	setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &unacked,
	    sizeof unacked);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/* libssh would wait for the name and try one address: it gets a socket. */
static int
link_dial(struct link *l, struct why *why)
{
	socket_t fd;

	if (l->dial == NULL)
		l->dial = dial_new(l->o->host, l->o->port == 0 ? LINK_PORT :
		    l->o->port, getaddrinfo);
	do
		fd = dial_pump(l->dial, l->asks ? LINK_STEP_MS : 0, why);
	while (l->asks && fd == DIAL_AGAIN);
	if (fd == DIAL_AGAIN)
		return SSH_AGAIN;
	if (fd < 0)
		return SSH_ERROR;
	if (link_prepare(l) != SSH_OK) {
		(void)close(fd);
		return link_fail(l, why, _("No se puede preparar la conexión"));
	}
	ssh_options_set(l->ssh, SSH_OPTIONS_FD, &fd);
	return SSH_OK;
}

static int
link_connect(struct link *l, struct why *why)
{
	int r;

	if ((r = ssh_connect(l->ssh)) == SSH_AGAIN)
		return r;
	if (r != SSH_OK)
		return link_fail(l, why, _("No hay conexión con el servidor"));
	link_keep_alive(l);
	r = link_key_check_host(l->ssh, l->o->host, l->asks, why);
	return r < 0 ? SSH_ERROR : SSH_OK;
}

/*
 * Ask what may be asked, as ssh does.  With the answer the server's list of
 * algorithms has come: before that libssh takes every RSA key for an old one,
 * and does not even try it.
 */
static int
link_greet(struct link *l, struct why *why)
{
	int r = ssh_userauth_none(l->ssh, NULL);

	if (r == SSH_AUTH_AGAIN)
		return SSH_AGAIN;
	return r == SSH_AUTH_ERROR ?
	    link_fail(l, why, _("No hay conexión con el servidor")) : SSH_OK;
}

static int
link_auth(struct link *l, struct why *why)
{
	int r = link_key_auth(l->ssh, l->key, l->asks, why);

	if (r == SSH_AUTH_AGAIN)
		return SSH_AGAIN;
	if (r == SSH_AUTH_ERROR && why->e == ERR_NONE)
		return link_fail(l, why, _("No hay conexión con el servidor"));
	return r == SSH_AUTH_SUCCESS ? SSH_OK : SSH_ERROR;
}

static int
link_open_channel(struct link *l, struct why *why)
{
	int r;

	if (l->channel == NULL && (l->channel = ssh_channel_new(l->ssh)) == NULL)
		return SSH_ERROR;
	r = ssh_channel_open_session(l->channel);
	return r == SSH_ERROR ? link_fail(l, why,
	    _("El servidor no abrió la sesión")) : r;
}

static int
link_ask(struct link *l, struct why *why)
{
	int r = ssh_channel_request_subsystem(l->channel, "pauta");

	if (r == SSH_OK)
		ssh_set_blocking(l->ssh, 0);
	return r == SSH_ERROR ? link_fail(l, why,
	    _("El servidor no es de Pauta")) : r;
}

typedef int link_fn(struct link *, struct why *);

static link_fn *const link_steps[L_N] = {
	[L_DIAL] = link_dial, [L_CONNECT] = link_connect, [L_GREET] = link_greet,
	[L_AUTH] = link_auth,
	[L_OPEN] = link_open_channel, [L_ASK] = link_ask
};

/* Go on as far as it goes without waiting: SSH_OK is UP. */
static int
link_climb(struct link *l, struct why *why)
{
	int r = SSH_OK;

	while (r == SSH_OK && l->state != L_UP)
		if ((r = link_steps[l->state](l, why)) == SSH_OK)
			l->state++;
	return r;
}

bool
link_is_known(struct link *l)
{
	bool known = link_prepare(l) == SSH_OK &&
	    ssh_session_has_known_hosts_entry(l->ssh) == SSH_KNOWN_HOSTS_OK;

	link_drop(l);
	if (known)
		link_key_unlock(l->key);
	return known;
}

int
link_open(struct link *l, struct why *why)
{
	l->asks = true;
	if (link_climb(l, why) != SSH_OK) {
		link_drop(l);
		return -(int)(why->e == ERR_NONE ? ERR_UNAVAILABLE : why->e);
	}
	l->asks = false;
	l->met = true;
	return 0;
}

int
link_secret(const struct link *l, struct sshsig_key *k)
{
	return link_key_secret(l->key, k);
}

/* ---- in use ---- */

/* Lost: try again in a while, twice as long each time. */
static enum link_event
link_lost(struct link *l, struct why *why)
{
	bool was_up = l->state == L_UP;

	link_drop(l);
	link_key_restart(l->key);
	if (!was_up && why->e == ERR_REFUSED)
		return LINK_END;	/* another host key: no retry helps */
	if (was_up)
		l->wait = 1;
	l->state = L_WAIT;
	l->retry_at = mono_ms() + (int64_t)l->wait * 1000;
	if (l->met || why->e == ERR_NONE)
		why_set(why, ERR_UNAVAILABLE, "%s", _("Se reintenta solo."));
	l->wait = l->wait * 2 > LINK_TRY_MOST ? LINK_TRY_MOST : l->wait * 2;
	return LINK_DOWN;
}

static enum link_event
link_move(struct link *l, struct buf *in, struct buf *out, struct why *why)
{
	uint8_t part[16 * 1024];
	int n;

	while ((n = ssh_channel_read_nonblocking(l->channel, part, sizeof part,
	    0)) > 0)
		if (buf_add(in, part, (size_t)n) < 0)
			return link_lost(l, why);
	if (n == SSH_ERROR || ssh_channel_is_eof(l->channel) ||
	    ssh_channel_is_closed(l->channel))
		return in->len > 0 && n != SSH_ERROR ? LINK_SAME :
		    link_lost(l, why);
	if (link_write(l->ssh, l->channel, out) == SSH_ERROR)
		return link_lost(l, why);
	return LINK_SAME;
}

enum link_event
link_pump(struct link *l, struct buf *in, struct buf *out, struct why *why)
{
	int r;

	why->e = ERR_NONE;
	if (l->state == L_UP)
		return link_move(l, in, out, why);
	if (l->state == L_WAIT) {
		if (mono_ms() < l->retry_at)
			return LINK_SAME;
		l->state = L_DIAL;
	}
	if ((r = link_climb(l, why)) == SSH_AGAIN)
		return LINK_SAME;
	if (r != SSH_OK)
		return link_lost(l, why);
	l->wait = 1;
	l->met = true;
	return LINK_UP;
}

enum link_event
link_pump_files(struct link *l, struct buf *in, struct buf *out)
{
	int r = SSH_ERROR;
	bool was = l->files_up;

	if (l->state == L_UP) {
		if (l->files == NULL && !was)
			l->files = link_pipe_new(l->ssh, "sftp", in);
		if (l->files != NULL)
			r = link_pipe_pump(l->files, out);
	}
	if (r == SSH_ERROR) {
		link_shut_files(l);
		return LINK_DOWN;
	}
	l->files_up = r == SSH_OK;
	return l->files_up && !was ? LINK_UP : LINK_SAME;
}

void
link_shut_files(struct link *l)
{
	link_pipe_free(l->files);
	l->files = NULL;
	l->files_up = false;
}

bool
link_takes_files(const struct link *l)
{
	return l->files_up && link_pipe_takes(l->files);
}

int
link_fd(const struct link *l, bool out_waits, short *events)
{
	*events = POLLIN;
	if (l->ssh == NULL || l->state == L_WAIT)
		return -1;
	if (out_waits || (ssh_get_poll_flags(l->ssh) & SSH_WRITE_PENDING))
		*events |= POLLOUT;
	return ssh_get_fd(l->ssh);
}

int
link_timeout(const struct link *l)
{
	int64_t left = l->retry_at - mono_ms();

	if (l->state == L_UP)
		return -1;
	if (l->state != L_WAIT)
		return LINK_STEP_MS;
	return left < 0 ? 0 : (int)left;
}

/* ---- the address ---- */

bool
link_parse(struct link_options *o, const char *s)
{
	static const char scheme[] = "ssh://";
	const char *at, *colon;
	char *end;
	long port;

	if (strncmp(s, scheme, sizeof scheme - 1) == 0)
		s += sizeof scheme - 1;
	if ((at = strrchr(s, '@')) != NULL) {
		o->user = xasprintf("%.*s", (int)(at - s), s);
		s = at + 1;
	}
	colon = s[0] == '[' ? strstr(s, "]:") : strchr(s, ':');
	if (colon != NULL && s[0] == '[')
		colon++;
	if (colon != NULL && strchr(colon + 1, ':') == NULL) {
		port = strtol(colon + 1, &end, 10);
		if ((*end != '\0' && strcmp(end, "/") != 0) || port < 1 ||
		    port > 65535)
			return false;
		if (o->port == 0)
			o->port = (int)port;
	} else {
		colon = s + strcspn(s, "/");
	}
	if (s[0] == '[' && colon > s + 1 && colon[-1] == ']')
		o->host = xasprintf("%.*s", (int)(colon - s - 2), s + 1);
	else
		o->host = xasprintf("%.*s", (int)(colon - s), s);
	return o->host[0] != '\0';
}

void
link_options_clear(struct link_options *o)
{
	free(o->host);
	free(o->user);
	o->host = o->user = NULL;
}
