/* SPDX-License-Identifier: ISC */
/* peer.c - see peer.h. */
#include "peer.h"

#include <jansson.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "../../proto/text.h"

enum { PEER_WAIT_S = 30 };

void
peer_init(struct peer *p, const char *dir, const char *login)
{
	*p = (struct peer){ .dir = dir, .login = login, .fd = -1 };
}

void
peer_close(struct peer *p)
{
	if (p->fd >= 0)
		(void)close(p->fd);
	p->fd = -1;
}

/* The blob of DIR/keys/LOGIN.pub. */
static int
peer_key(const struct peer *p, struct buf *blob)
{
	char *path = xasprintf("%s/keys/%s.pub", p->dir, p->login);
	char line[1024] = "", *word;
	FILE *f = fopen(path, "re");
	int r = -1;

	free(path);
	buf_init(blob, sizeof line);
	if (f == NULL)
		return -1;
	if (fgets(line, sizeof line, f) != NULL &&
	    (word = strchr(line, ' ')) != NULL) {
		word++;
		word[strcspn(word, " \n")] = '\0';
		r = base64_parse(word, blob);
	}
	(void)fclose(f);
	return r;
}

static int
peer_hello(struct peer *p)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT, *in;
	Pauta__Hello h = PAUTA__HELLO__INIT;
	struct buf blob = { 0 };
	int r = -1;

	h.version = PROTO_VERSION;
	h.kind = (char *)(p->login != NULL ? "exec" : "admin");
	h.source = (char *)"127.0.0.1";
	if (p->login != NULL && peer_key(p, &blob) == 0) {
		h.login = (char *)p->login;
		h.key.data = blob.p;
		h.key.len = blob.len;
	}
	m.body_case = PAUTA__MESSAGE__BODY_HELLO;
	m.hello = &h;
	if (frame_write_fd(p->fd, &m) == 0 && frame_read_fd(p->fd, &in) == 0) {
		if (in->body_case == PAUTA__MESSAGE__BODY_WELCOME)
			r = 0;
		pauta__message__free_unpacked(in, NULL);
	}
	buf_clear(&blob);
	return r;
}

static int
peer_connect(struct peer *p)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	struct timeval wait = { .tv_sec = PEER_WAIT_S };

	if (p->fd >= 0)
		return 0;
	(void)snprintf(sa.sun_path, sizeof sa.sun_path, "%s/run/%s.sock",
	    p->dir, p->login != NULL ? "session" : "admin");
	p->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (p->fd < 0)
		return -1;
	(void)setsockopt(p->fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
	if (connect(p->fd, (struct sockaddr *)&sa, sizeof sa) == 0 &&
	    peer_hello(p) == 0)
		return 0;
	peer_close(p);
	return -1;
}

/* The reply to the last question; pushes between are passed over. */
static int
peer_reply(struct peer *p, Pauta__Message **out)
{
	while (frame_read_fd(p->fd, out) == 0) {
		if ((*out)->body_case == PAUTA__MESSAGE__BODY_REPLY &&
		    (*out)->reply->id == p->asked)
			return 0;
		pauta__message__free_unpacked(*out, NULL);
	}
	return -1;
}

int
peer_ask(struct peer *p, const uint8_t *op, const char *const *words,
    Pauta__Message **out)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Request q = PAUTA__REQUEST__INIT;

	if (peer_connect(p) < 0)
		return -1;
	q.id = ++p->asked;
	q.op.data = (uint8_t *)op;
	q.op.len = op != NULL ? 16 : 0;
	q.words = (char **)words;
	while (words[q.n_words] != NULL)
		q.n_words++;
	q.json = true;
	m.body_case = PAUTA__MESSAGE__BODY_REQUEST;
	m.request = &q;
	if (frame_write_fd(p->fd, &m) == 0 && peer_reply(p, out) == 0)
		return 0;
	peer_close(p);
	return -1;
}

int
peer_say(struct peer *p, const uint8_t *op, const char *line,
    Pauta__Message **out)
{
	struct why why;
	char **words;
	size_t n;
	int r;

	if (text_words(line, &words, &n, &why) < 0) {
		(void)fprintf(stderr, "peer: %s: %s\n", line, why.text);
		exit(2);
	}
	r = peer_ask(p, op, (const char *const *)words, out);
	text_words_free(words);
	return r;
}

char *
reply_text(const Pauta__Message *m, const char *key)
{
	json_t *doc = json_loads(m->reply->doc, 0, NULL);
	char *text = xstrdup(json_string_value(json_object_get(doc, key)));

	json_decref(doc);
	return text;
}

int64_t
reply_number(const Pauta__Message *m, const char *key)
{
	json_t *doc = json_loads(m->reply->doc, 0, NULL);
	int64_t n = json_integer_value(json_object_get(doc, key));

	json_decref(doc);
	return n;
}
