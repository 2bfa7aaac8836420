/* SPDX-License-Identifier: ISC */
/*
 * sftp_ask.c - questions of a file program to the core: words on a stream of
 * kind "sftp", an answer as JSON, and with some answers a descriptor.
 */
#include <unistd.h>

#include "../../proto/frame.h"
#include "../../proto/hash.h"
#include "service.h"
#include "session.h"
#include "sftp.h"
#include "uplink.h"

enum {
	ASK_MS = 30000,			/* for an answer */
	/* A disk may take long over the last bytes of a large file. */
	ASK_KEEP_MS = 600000
};

void
sftp_hang_up(struct sftp *s)
{
	size_t i;

	if (s->core >= 0)
		close(s->core);
	if (s->got >= 0)
		close(s->got);
	s->core = s->got = -1;
	s->uploads = 0;
	/* The core has forgotten what was on its way: it must begin again. */
	for (i = 0; i < SFTP_HANDLES; i++)
		if (s->handles[i] != NULL &&
		    s->handles[i]->kind == HANDLE_WRITE) {
			s->handles[i]->failed = true;
			s->handles[i]->upload = 0;
		}
}

static void
ask_answer(struct chan *c, const struct sftp_answer *a)
{
	struct sftp *s = c->job;
	sftp_fn *then = s->then;

	s->then = NULL;
	c->wake = 0;
	then(c, a);
}

static void
ask_lost(struct chan *c)
{
	struct sftp_answer a = { .status = err_status(ERR_UNAVAILABLE),
		.sentence = UPLINK_AWAY, .fd = -1 };

	sftp_hang_up(c->job);
	ask_answer(c, &a);
}

static int
ask_connect(struct chan *c)
{
	struct sftp *s = c->job;

	buf_clear(&s->tx);
	buf_clear(&s->rx);
	buf_init(&s->tx, 2 * FRAME_MAX);
	buf_init(&s->rx, FRAME_MAX + 16384 + 4);
	if ((s->core = uplink_connect()) < 0)
		return s->core;
	return uplink_hello(&s->tx, session_auth(c->s), session_source(c->s),
	    session_host(c->s), "sftp", allow_lang_code(c->lang));
}

static int
ask_pack(struct sftp *s, const char *const *words)
{
	Pauta__Request q = PAUTA__REQUEST__INIT;
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	char *copy[8];
	uint8_t op[OP_SIZE];

	hash_op(op);
	for (; words[q.n_words] != NULL; q.n_words++)
		copy[q.n_words] = (char *)(uintptr_t)words[q.n_words];
	q.id = ++s->asked;
	q.op.data = op;
	q.op.len = sizeof op;
	q.words = copy;
	q.json = true;
	m.body_case = PAUTA__MESSAGE__BODY_REQUEST;
	m.request = &q;
	return frame_put(&s->tx, &m);
}

void
sftp_ask(struct chan *c, sftp_fn *then, const char *const *words)
{
	struct sftp *s = c->job;
	bool keep = strcmp(words[0], "adjuntar") == 0;

	s->then = then;
	s->give_up_at = session_now(c->s) + (keep ? ASK_KEEP_MS : ASK_MS);
	c->wake = s->give_up_at;
	if ((s->core < 0 && ask_connect(c) < 0) || ask_pack(s, words) < 0 ||
	    uplink_send(s->core, &s->tx) < 0)
		ask_lost(c);
}

/* {"error":{"message"}} of a refusal. */
static const char *
ask_sentence(const json_t *doc)
{
	const char *text = json_string_value(json_object_get(
	    json_object_get(doc, "error"), "message"));

	return text != NULL ? text : "El servidor no pudo hacerlo.";
}

static void
ask_on_reply(struct chan *c, const Pauta__Reply *reply)
{
	struct sftp *s = c->job;
	struct sftp_answer a = { .status = (int)reply->status, .fd = s->got };
	json_t *doc;

	if (reply->id != s->asked || s->then == NULL)
		return;
	doc = json_loads(reply->doc, 0, NULL);
	if (doc == NULL && a.status == 0)
		a.status = err_status(ERR_SYSTEM);
	a.doc = doc;
	a.sentence = a.status != 0 ? ask_sentence(doc) : "";
	s->got = -1;
	ask_answer(c, &a);
	json_decref(doc);
}

bool
sftp_hear(struct chan *c, int64_t now)
{
	struct sftp *s = c->job;
	Pauta__Message *m = NULL;
	int r;

	if (s->then == NULL)
		return false;
	if (uplink_send(s->core, &s->tx) < 0 || now >= s->give_up_at) {
		ask_lost(c);
		return true;
	}
	r = uplink_receive_with(s->core, &s->rx, &s->got);
	while (r >= 0 && s->then != NULL && (r = frame_get(&s->rx, &m)) > 0) {
		if (m->body_case == PAUTA__MESSAGE__BODY_REPLY)
			ask_on_reply(c, m->reply);
		else if (m->body_case == PAUTA__MESSAGE__BODY_GOODBYE)
			r = -ERR_UNAVAILABLE;
		pauta__message__free_unpacked(m, NULL);
	}
	if (r < 0 && s->then != NULL)
		ask_lost(c);
	return s->then == NULL;
}
