/* SPDX-License-Identifier: ISC */
/*
 * agent.c - see agent.h.  A message is a 4-byte length, a byte of kind, and:
 *
 *   11 (nothing)                        asks for the keys
 *   12 number(n) n × string(key) string(comment)
 *   13 string(key) string(bytes) number(flags)     asks for a signature
 *   14 string(signature)
 */
#include "agent.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "i18n.h"
#include "sshsig.h"
#include "sshwire.h"

enum { ASK_KEYS = 11, KEYS = 12, ASK_SIGNATURE = 13, SIGNATURE = 14,
	RSA_SHA2_512 = 4 };
enum { AGENT_MAX = 256 * 1024, AGENT_KEYS_MS = 5000, AGENT_SIGN_MS = 60000 };

static int
agent_open(void)
{
	const char *path = getenv("SSH_AUTH_SOCK");
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	int fd;

	if (path == NULL || *path == '\0' ||
	    strlen(path) >= sizeof sa.sun_path)
		return -1;
	(void)snprintf(sa.sun_path, sizeof sa.sun_path, "%s", path);
	if ((fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) < 0)
		return -1;
	if (connect(fd, (struct sockaddr *)&sa, sizeof sa) < 0) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

static bool
agent_write(int fd, const struct buf *b)
{
	size_t at = 0;
	ssize_t n;

	while (at < b->len) {
		n = send(fd, b->p + at, b->len - at, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		at += (size_t)n;
	}
	return true;
}

/* So many more bytes, or false. */
static bool
agent_read(int fd, struct buf *b, size_t want, int ms)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	uint8_t part[4096];
	ssize_t n;

	while (want > 0) {
		if (poll(&p, 1, ms) <= 0)
			return false;
		n = read(fd, part, want < sizeof part ? want : sizeof part);
		if (n <= 0 || buf_add(b, part, (size_t)n) < 0)
			return false;
		want -= (size_t)n;
	}
	return true;
}

/*
 * Send a message and take the answer into b, which is emptied before; *body
 * is what follows its kind, when it is the kind wanted.
 */
static bool
agent_ask(int fd, const struct buf *message, struct buf *b, int kind, int ms,
    struct piece *body)
{
	struct buf out;
	uint32_t n;
	bool ok;

	buf_init(&out, AGENT_MAX);
	wire_put(&out, message->p, message->len);
	buf_del(b, b->len);
	ok = agent_write(fd, &out) && agent_read(fd, b, 4, ms);
	buf_clear(&out);
	if (!ok)
		return false;
	*body = (struct piece){ b->p, b->len };
	n = piece_number(body);
	buf_del(b, b->len);
	if (n == 0 || n > AGENT_MAX || !agent_read(fd, b, n, ms) ||
	    b->p[0] != kind)
		return false;
	*body = (struct piece){ b->p + 1, b->len - 1 };
	return true;
}

/* The key with that fingerprint into blob; 0, or negative with why. */
static int
agent_find(int fd, const char *fingerprint, struct buf *blob, struct why *why)
{
	static const uint8_t ask = ASK_KEYS;
	struct piece body, key;
	struct buf in, out;
	uint32_t i, n = 0;
	bool found = false;
	char *print;

	buf_init(&in, AGENT_MAX);
	buf_init(&out, 1);
	(void)buf_add(&out, &ask, 1);
	if (agent_ask(fd, &out, &in, KEYS, AGENT_KEYS_MS, &body))
		n = piece_number(&body);
	for (i = 0; i < n && !found && body.p != NULL; i++) {
		key = piece_string(&body);
		(void)piece_string(&body);
		if (body.p == NULL || key.n > SSHSIG_BLOB)
			continue;
		print = sshkey_fingerprint(key.p, key.n);
		found = strcmp(print, fingerprint) == 0;
		if (found)
			(void)buf_add(blob, key.p, key.n);
		free(print);
	}
	buf_clear(&out);
	buf_clear(&in);
	return found ? 0 : why_set(why, ERR_NOT_FOUND, _("El agente "
	    "no tiene la llave con que entró."));
}

static char *
agent_sign_with(int fd, const struct buf *blob, const char *space,
    const char *text, struct why *why)
{
	static const uint8_t ask = ASK_SIGNATURE;
	const char *kind = sshkey_kind(blob->p, blob->len);
	struct buf bytes, in, out;
	struct piece body, sig;
	char *armour = NULL;

	buf_init(&in, AGENT_MAX);
	buf_init(&out, AGENT_MAX);
	sshsig_bytes(&bytes, space, text, strlen(text));
	(void)buf_add(&out, &ask, 1);
	wire_put(&out, blob->p, blob->len);
	wire_put(&out, bytes.p, bytes.len);
	wire_put_number(&out, kind != NULL && strcmp(kind, "ssh-rsa") == 0 ?
	    RSA_SHA2_512 : 0);
	if (agent_ask(fd, &out, &in, SIGNATURE, AGENT_SIGN_MS, &body) &&
	    (sig = piece_string(&body)).p != NULL)
		armour = sshsig_wrap(blob->p, blob->len, space, sig.p, sig.n);
	if (armour == NULL)
		(void)why_set(why, ERR_REFUSED,
		    _("El agente de llaves no firmó."));
	buf_clear(&bytes);
	buf_clear(&out);
	buf_clear(&in);
	return armour;
}

char *
agent_sign(const char *fingerprint, const char *space, const char *text,
    struct why *why)
{
	char *armour = NULL;
	struct buf blob;
	int fd;

	if ((fd = agent_open()) < 0) {
		(void)why_set(why, ERR_UNAVAILABLE,
		    _("No hay un agente de llaves (ssh-agent)."));
		return NULL;
	}
	buf_init(&blob, SSHSIG_BLOB);
	if (agent_find(fd, fingerprint, &blob, why) == 0)
		armour = agent_sign_with(fd, &blob, space, text, why);
	buf_clear(&blob);
	(void)close(fd);
	return armour;
}
