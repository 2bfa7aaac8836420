/* SPDX-License-Identifier: ISC */
/* fleet.c - see fleet.h.  Start reading at fleet_run(). */
#include "fleet.h"

#include <errno.h>
#include <libssh/libssh.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../proto/frame.h"

enum { FLEET_EVENTS = 64, FLEET_STALL_MS = 20000, FRAME_LENGTH = 4 };

struct wire {
	ssh_session ssh;
	ssh_channel channel;
	struct worker *w;
	struct buf in, out;
	double asked_at;
	bool at_work;			/* what she asked is a step */
	uint64_t id;
};

/* ---- coming in ---- */

ssh_session
wire_login(const struct gate *d, const char *login)
{
	char *path = xasprintf("%s/keys/%s", d->dir, login);
	int port = d->port, no = 0, on = 1;
	ssh_session s = ssh_new();
	ssh_key key;

	ssh_options_set(s, SSH_OPTIONS_PROCESS_CONFIG, &no);
	ssh_options_set(s, SSH_OPTIONS_HOST, "127.0.0.1");
	ssh_options_set(s, SSH_OPTIONS_PORT, &port);
	ssh_options_set(s, SSH_OPTIONS_USER,
	    d->user != NULL ? d->user : login);
	ssh_options_set(s, SSH_OPTIONS_CIPHERS_C_S,
	    "chacha20-poly1305@openssh.com");
	ssh_options_set(s, SSH_OPTIONS_CIPHERS_S_C,
	    "chacha20-poly1305@openssh.com");
	ssh_options_set(s, SSH_OPTIONS_KEY_EXCHANGE, "curve25519-sha256");
	if (ssh_connect(s) != SSH_OK ||
	    ssh_pki_import_privkey_file(path, NULL, NULL, NULL, &key) !=
		SSH_OK ||
	    ssh_userauth_publickey(s, NULL, key) != SSH_AUTH_SUCCESS)
		die("%s at %d: %s", login, d->port, ssh_get_error(s));
	setsockopt(ssh_get_fd(s), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	ssh_key_free(key);
	free(path);
	return s;
}

void
wire_logout(ssh_session s)
{
	ssh_disconnect(s);
	ssh_free(s);
}

static void
wire_flush(struct fleet *f, struct wire *x)
{
	int n;

	while (x->out.len > 0) {
		n = ssh_channel_write(x->channel, x->out.p,
		    (uint32_t)x->out.len);
		if (n <= 0)
			die("%s: %s", x->w->login, ssh_get_error(x->ssh));
		f->bytes_out += n;
		buf_del(&x->out, (size_t)n);
	}
}

static void
wire_hello(struct fleet *f, struct wire *x)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT, *welcome = NULL;
	Pauta__Hello h = PAUTA__HELLO__INIT;
	uint8_t part[4096];
	int n;

	h.version = PROTO_VERSION;
	h.lang = (char *)(uintptr_t)"es";
	m.body_case = PAUTA__MESSAGE__BODY_HELLO;
	m.hello = &h;
	(void)frame_put(&x->out, &m);
	wire_flush(f, x);
	while (frame_get(&x->in, &welcome) == 0) {
		n = ssh_channel_read(x->channel, part, sizeof part, 0);
		if (n <= 0)
			die("%s: no welcome", x->w->login);
		(void)buf_add(&x->in, part, (size_t)n);
	}
	if (welcome == NULL ||
	    welcome->body_case != PAUTA__MESSAGE__BODY_WELCOME)
		die("%s is not welcome", x->w->login);
	pauta__message__free_unpacked(welcome, NULL);
}

/* The screens, as a terminal asks for them; there when they draw. */
static void
wire_shell(struct wire *x)
{
	uint8_t part[4096];

	if (ssh_channel_request_pty_size(x->channel, "xterm-256color", 80,
		24) != SSH_OK ||
	    ssh_channel_request_shell(x->channel) != SSH_OK ||
	    ssh_channel_read(x->channel, part, sizeof part, 0) <= 0)
		die("%s: no screen: %s", x->w->login, ssh_get_error(x->ssh));
}

static void
wire_subsystem(struct fleet *f, struct wire *x, const char *name)
{
	if (ssh_channel_request_subsystem(x->channel, name) != SSH_OK)
		die("%s: %s", x->w->login, ssh_get_error(x->ssh));
	if (strcmp(name, "pauta") == 0)
		wire_hello(f, x);
}

static void
wire_open(struct fleet *f, struct wire *x, const struct gate *d)
{
	struct epoll_event e = { .events = EPOLLIN, .data = { .ptr = x } };

	buf_init(&x->in, FRAME_MAX * 4);
	buf_init(&x->out, FRAME_MAX * 4);
	x->ssh = wire_login(d, x->w->login);
	x->channel = ssh_channel_new(x->ssh);
	if (ssh_channel_open_session(x->channel) != SSH_OK)
		die("%s: %s", x->w->login, ssh_get_error(x->ssh));
	if (strcmp(d->service, "shell") == 0)
		wire_shell(x);
	else
		wire_subsystem(f, x, d->service);
	ssh_set_blocking(x->ssh, 0);
	if (epoll_ctl(f->poll, EPOLL_CTL_ADD, ssh_get_fd(x->ssh), &e) < 0)
		die("epoll: %s", strerror(errno));
}

void
fleet_open(struct fleet *f, const struct gate *d, size_t n)
{
	size_t i;

	memset(f, 0, sizeof *f);
	office_read(d->dir, &f->people);
	if (n > f->people.n)
		die("%s has %zu people, not %zu", d->dir, f->people.n, n);
	f->late = xcalloc(1, sizeof *f->late);
	f->poll = epoll_create1(EPOLL_CLOEXEC);
	f->n = n;
	f->v = xcalloc(n, sizeof *f->v);
	for (i = 0; i < n; i++) {
		f->v[i].w = &f->people.v[i];
		wire_open(f, &f->v[i], d);
	}
}

void
fleet_clear(struct fleet *f)
{
	size_t i;

	for (i = 0; i < f->n; i++) {
		ssh_channel_free(f->v[i].channel);
		wire_logout(f->v[i].ssh);
		buf_clear(&f->v[i].in);
		buf_clear(&f->v[i].out);
	}
	(void)close(f->poll);
	free(f->v);
	free(f->late);
	workers_clear(&f->people);
}

/* ---- at work ---- */

static void
wire_say(struct fleet *f, struct wire *x, const char *const *words)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Request q = PAUTA__REQUEST__INIT;

	while (words[q.n_words] != NULL)
		q.n_words++;
	q.id = ++x->id;
	q.op.data = x->w->op;
	q.op.len = sizeof x->w->op;
	q.words = (char **)(uintptr_t)words;
	q.json = true;
	m.body_case = PAUTA__MESSAGE__BODY_REQUEST;
	m.request = &q;
	if (frame_put(&x->out, &m) < 0)
		die("a command of more than a frame");
	x->asked_at = meter_now();
	wire_flush(f, x);
}

static void
wire_ask(struct fleet *f, struct wire *x)
{
	if (!worker_ask(x->w))
		die("%s has no step left: prepare more cases", x->w->login);
	wire_say(f, x, x->w->words);
	x->at_work = true;
}

/* True when it was the answer that this one waits for. */
static bool
wire_take(struct fleet *f, struct wire *x, const Pauta__Message *m)
{
	f->frames_in++;
	if (m->body_case == PAUTA__MESSAGE__BODY_PUSH) {
		f->pushes++;
		f->push_bytes += (int64_t)pauta__message__get_packed_size(m) +
		    FRAME_LENGTH;
		return false;
	}
	if (m->body_case != PAUTA__MESSAGE__BODY_REPLY ||
	    m->reply->id != x->id || m->reply->status != 0)
		die("%s: %s", x->w->login,
		    m->body_case == PAUTA__MESSAGE__BODY_REPLY ?
			m->reply->doc : "no reply");
	if (!x->at_work)
		return true;
	worker_done(x->w);
	f->steps++;
	samples_add(f->late, meter_now() - x->asked_at);
	return true;
}

/* What has come; true when the last command was answered. */
static bool
wire_read(struct fleet *f, struct wire *x)
{
	static uint8_t part[65536];
	Pauta__Message *m = NULL;
	bool answered = false;
	int n, r;

	while ((n = ssh_channel_read_nonblocking(x->channel, part, sizeof part,
		    0)) > 0) {
		f->bytes_in += n;
		if (buf_add(&x->in, part, (size_t)n) < 0)
			die("%s: a flood", x->w->login);
	}
	if (n < 0 || ssh_channel_is_eof(x->channel))
		die("%s: the line is closed: %s", x->w->login,
		    ssh_get_error(x->ssh));
	while ((r = frame_get(&x->in, &m)) > 0) {
		answered |= wire_take(f, x, m);
		pauta__message__free_unpacked(m, NULL);
	}
	if (r < 0)
		die("%s: a bad frame", x->w->login);
	return answered;
}

/* Wait once and read all that came; asks again where go.  Answers taken. */
static size_t
fleet_turn(struct fleet *f, bool go)
{
	struct epoll_event e[FLEET_EVENTS];
	size_t answers = 0;
	int n, i;

	n = epoll_wait(f->poll, e, FLEET_EVENTS, FLEET_STALL_MS);
	if (n == 0)
		die("no answer in %d ms", FLEET_STALL_MS);
	for (i = 0; i < n; i++)
		if (wire_read(f, e[i].data.ptr)) {
			answers++;
			if (go)
				wire_ask(f, e[i].data.ptr);
		}
	return answers;
}

double
fleet_run(struct fleet *f, double seconds)
{
	double from = meter_now(), spent;
	size_t steps = 0, left = f->n, i;

	for (i = 0; i < f->n; i++)
		wire_ask(f, &f->v[i]);
	do {
		steps += fleet_turn(f, true);
		spent = meter_now() - from;
	} while (spent < seconds);
	while (left > 0)
		left -= fleet_turn(f, false);
	return (double)steps / spent;
}

void
fleet_do(struct fleet *f, size_t steps, bool waste)
{
	static const char *const idle[] = { "lugar", NULL };
	struct wire *x = &f->v[0];

	for (; steps > 0; steps--) {
		if (waste) {
			x->at_work = false;
			hash_op(x->w->op);
			wire_say(f, x, idle);
			while (fleet_turn(f, false) == 0)
				;
		}
		wire_ask(f, x);
		while (fleet_turn(f, false) == 0)
			;
	}
}

void
fleet_echo(struct fleet *f, double seconds, size_t bytes)
{
	static uint8_t part[65536];
	struct wire *x = &f->v[0];
	double from = meter_now(), sent;
	size_t got;
	int n;

	ssh_set_blocking(x->ssh, 1);
	while (meter_now() - from < seconds) {
		sent = meter_now();
		if (ssh_channel_write(x->channel, part, (uint32_t)bytes) !=
		    (int)bytes)
			die("echo: %s", ssh_get_error(x->ssh));
		for (got = 0; got < bytes; got += (size_t)n)
			if ((n = ssh_channel_read(x->channel, part,
				 sizeof part, 0)) <= 0)
				die("echo: %s", ssh_get_error(x->ssh));
		samples_add(f->late, meter_now() - sent);
	}
	ssh_set_blocking(x->ssh, 0);
}
