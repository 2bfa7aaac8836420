/* SPDX-License-Identifier: ISC */
/* login.c - see login.h. */
#include "login.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "../../proto/frame.h"
#include "../../proto/hash.h"
#include "../../proto/sshkey.h"
#include "service.h"
#include "uplink.h"

enum {
	LOGIN_SILENT = 16,		/* packets more than we sent, at first */
	LOGIN_SLICE_MS = 500		/* between heartbeats while waiting */
};

/* The bytes of a key, when it is of a kind that may be used.  0 or -ERR_. */
static int
login_blob(ssh_key key, uint8_t *blob, size_t *len)
{
	char *base64 = NULL;
	struct buf b;
	int r;

	if (ssh_pki_export_pubkey_base64(key, &base64) != SSH_OK)
		return -ERR_USAGE;
	buf_init(&b, AUTH_KEY_MAX);
	r = base64_parse(base64, &b);
	ssh_string_free_char(base64);
	if (r == 0 && !sshkey_may_enter(b.p, b.len))
		r = -ERR_REFUSED;
	if (r == 0)
		memcpy(blob, b.p, *len = b.len);
	buf_clear(&b);
	return r;
}

static int
login_query(struct session *s, const uint8_t *blob, size_t len)
{
	Pauta__KeyQuery q = PAUTA__KEY_QUERY__INIT;
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	struct buf b;
	int r;

	q.id = ++s->query;
	q.login = s->auth.login;
	q.key.data = (uint8_t *)(uintptr_t)blob;
	q.key.len = len;
	m.body_case = PAUTA__MESSAGE__BODY_KEY_QUERY;
	m.key_query = &q;
	buf_init(&b, FRAME_MAX + 4);
	r = frame_put(&b, &m);
	if (r == 0)
		r = uplink_send(s->keys_fd, &b);
	if (r == 0 && b.len > 0)
		r = -ERR_UNAVAILABLE;
	buf_clear(&b);
	return r;
}

/* Wait for the answer to the last query.  0 and *known, or -ERR_UNAVAILABLE. */
static int
login_answer(struct session *s, int64_t until, bool *known)
{
	struct pollfd p = { .fd = s->keys_fd, .events = POLLIN };
	Pauta__Message *m = NULL;
	struct buf b;
	int r = 0;

	buf_init(&b, FRAME_MAX + 16384 + 4);
	while (r == 0 && mono_ms() < until) {
		session_beat(s);
		if (poll(&p, 1, LOGIN_SLICE_MS) <= 0)
			continue;
		if (uplink_receive(s->keys_fd, &b) < 0)
			break;
		while (r == 0 && frame_get(&b, &m) == 1) {
			r = m->body_case == PAUTA__MESSAGE__BODY_KEY_ANSWER &&
			    m->key_answer->id == s->query;
			*known = r && m->key_answer->known;
			pauta__message__free_unpacked(m, NULL);
		}
	}
	buf_clear(&b);
	return r ? 0 : -ERR_UNAVAILABLE;
}

void
login_close(struct session *s)
{
	if (s->keys_fd >= 0)
		close(s->keys_fd);
	s->keys_fd = -1;
}

/* A sentence that clients show even when the next thing they hear is "no". */
static void
login_announce(struct session *s, const char *sentence)
{
	char *line = xasprintf("%s\r\n", sentence);
	ssh_string text = ssh_string_from_char(line);

	session_enter_library(s);
	if (text != NULL)
		(void)ssh_send_issue_banner(s->ssh, text);
	session_leave_library(s);
	ssh_string_free(text);
	free(line);
}

/*
 * Ask the core; the library wants its answer at once, so this waits, three
 * seconds at most and once only: then the connection ends.
 */
static int
login_ask(struct session *s, const uint8_t *blob, size_t len, bool *known)
{
	int64_t until = mono_ms() + SERVICE_REACH_MS;

	*known = false;
	do {
		session_beat(s);
		if (s->keys_fd < 0)
			s->keys_fd = uplink_open(NULL, session_source(s),
			    "", "keys", "es");
		if (s->keys_fd >= 0 && login_query(s, blob, len) == 0 &&
		    login_answer(s, until, known) == 0)
			return 0;
		login_close(s);
		(void)poll(NULL, 0, 50);	/* it may be starting again */
	} while (mono_ms() < until);
	login_announce(s, UPLINK_AWAY);
	session_finish(s, SESSION_END_INTERNAL, UPLINK_AWAY);
	return -ERR_UNAVAILABLE;
}

/* Every request passes here first.  false: refuse it, whatever it is. */
static bool
login_request(struct session *s, const char *user)
{
	if (s->state != SESSION_AUTH)	/* proved, or already ending */
		return false;
	if (auth_request(&s->auth, user))
		return true;
	session_finish(s, SESSION_END_AUTHFAIL,
	    "Demasiados intentos, o cambió el nombre de usuario.");
	return false;
}

static int
login_refuse(struct session *s)
{
	if (auth_is_spent(&s->auth))
		session_finish(s, SESSION_END_AUTHFAIL,
		    "Demasiados intentos de entrar.");
	return SSH_AUTH_DENIED;
}

static int
login_on_none(ssh_session ssh, const char *user, void *data)
{
	(void)ssh;
	(void)login_request(data, user);	/* it is how clients begin */
	return SSH_AUTH_DENIED;
}

static int
login_on_password(ssh_session ssh, const char *user, const char *password,
    void *data)
{
	struct session *s = data;

	(void)ssh;
	(void)password;
	if (!login_request(s, user))
		return SSH_AUTH_DENIED;
	auth_fail(&s->auth);
	return login_refuse(s);
}

static int
login_on_key(ssh_session ssh, const char *user, struct ssh_key_struct *key,
    char state, void *data)
{
	struct session *s = data;
	uint8_t blob[AUTH_KEY_MAX];
	bool known = false, verified = state == SSH_PUBLICKEY_STATE_VALID;
	size_t len = 0;

	(void)ssh;
	if (!login_request(s, user))
		return SSH_AUTH_DENIED;
	if ((verified || state == SSH_PUBLICKEY_STATE_NONE) &&
	    login_blob(key, blob, &len) == 0 &&
	    login_ask(s, blob, len, &known) < 0)
		return SSH_AUTH_DENIED;
	if (!auth_key(&s->auth, blob, len, verified, known))
		return login_refuse(s);
	if (verified)
		session_on_proved(s);
	return SSH_AUTH_SUCCESS;
}

static int
login_on_service(ssh_session ssh, const char *name, void *data)
{
	struct session *s = data;

	(void)ssh;
	s->service_seen = true;
	s->in_then = s->packets.in_packets;
	s->out_then = s->packets.out_packets + 1;
	return strcmp(name, "ssh-userauth") == 0 ? 0 : -1;
}

static ssh_channel
login_on_channel(ssh_session ssh, void *data)
{
	struct session *s = data;
	struct chan *c;
	size_t i;

	(void)ssh;
	if (s->state != SESSION_OPEN && s->state != SESSION_DRAIN)
		return NULL;
	for (i = 0; i < ARRAY_LEN(s->channels); i++)
		if (s->channels[i] == NULL)
			break;
	if (i == ARRAY_LEN(s->channels) || (c = chan_new(s)) == NULL)
		return NULL;
	s->channels[i] = c;
	s->served = true;
	return c->ssh;
}

int
login_init(struct session *s)
{
	s->keys_fd = -1;
	s->callbacks = (struct ssh_server_callbacks_struct){
		.userdata = s,
		.auth_none_function = login_on_none,
		.auth_password_function = login_on_password,
		.auth_pubkey_function = login_on_key,
		.service_request_function = login_on_service,
		.channel_open_request_session_function = login_on_channel,
	};
	ssh_callbacks_init(&s->callbacks);
	return ssh_set_server_callbacks(s->ssh, &s->callbacks) == SSH_OK
	    ? 0
	    : -ERR_SYSTEM;
}

/*
 * Counted from the service on, not by the turn: the request may come in one
 * read with the packet before it, whose answer must not pass for its own.
 */
void
login_watch(struct session *s)
{
	uint64_t in = s->packets.in_packets, out = s->packets.out_packets;

	if (s->state != SESSION_AUTH)
		return;
	if (!s->service_seen) {
		if (in > out + LOGIN_SILENT)
			session_finish(s, SESSION_END_ABUSE, NULL);
	} else if (in + s->out_then > out + s->in_then) {
		auth_fail(&s->auth);
		session_finish(s, SESSION_END_AUTHFAIL,
		    "La firma o el tipo de clave no son válidos.");
	}
}
