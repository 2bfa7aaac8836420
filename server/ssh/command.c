/* SPDX-License-Identifier: ISC */
/*
 * command.c - exec: one command line, one Request, one Reply, one status.
 *
 * The request carries an operation id of its own, so when the core goes away
 * before it has answered, the very same request is sent again to the next one:
 * the core gives the first answer and does nothing twice.
 *
 * A file that is longer than a line comes by standard input: texto=- is its
 * place among the words, and the request waits until the peer has sent it all.
 */
#include <assert.h>
#include <jansson.h>
#include <unistd.h>

#include "../../proto/frame.h"
#include "../../proto/hash.h"
#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "service.h"
#include "session.h"
#include "uplink.h"

enum {
	COMMAND_MAX = 64 * 1024,	/* bytes of a command line */
	COMMAND_RETRY_MS = 100,
	COMMAND_ANSWER_MS = 30000,	/* from a core that was reached */
	COMMAND_ANSWER_MAX = 2 * FRAME_MAX + 8
};

struct command {
	int fd;				/* the core, -1: not now */
	char **words;
	size_t n;
	bool json;
	uint8_t op[OP_SIZE];
	int64_t give_up_at;
	size_t input;			/* the word that comes from the peer; n */
	struct buf typed;		/* of it */
	struct buf tx, rx;
	struct buf answer;		/* what goes to the peer */
	size_t told;			/* of it */
	bool reached, answered, to_err;
	int status;
};

/* Keep the answer; c->out takes it as it has room. */
static void
command_answer(struct chan *c, int status, const char *text, bool to_err)
{
	struct command *k = c->job;
	bool tty = c->has_tty;
	const char *end;
	size_t n;

	k->answered = true;
	k->status = status;
	k->to_err = to_err && !tty;
	c->wake = 0;
	for (; *text != '\0'; text = *end == '\0' ? end : end + 1) {
		end = text + strcspn(text, "\n");
		n = (size_t)(end - text);
		/* The peer's terminal is raw: a line needs its return. */
		if (buf_add(&k->answer, text, n) < 0 ||
		    buf_addf(&k->answer, "%s", tty ? "\r\n" : "\n") < 0)
			break;
	}
}

static void
command_refuse(struct chan *c, enum err e, const char *sentence)
{
	struct command *k = c->job;
	json_t *j;
	char *doc;

	sentence = _(sentence);
	if (!k->json) {
		command_answer(c, err_status(e), sentence, true);
		return;
	}
	j = json_pack("{s:{s:s, s:s}}", "error", "code", err_code(e), "message",
	    sentence);
	doc = j == NULL ? NULL : json_dumps(j, JSON_COMPACT);
	command_answer(c, err_status(e), doc == NULL ? "{}" : doc, false);
	free(doc);
	json_decref(j);
}

/* The line to words.  0, or -ERR_ with why. */
static int
command_parse(struct command *k, const char *line, struct why *why)
{
	char *taken = NULL, *joined;
	size_t i, len = strlen(line);
	int r;

	/* A guess, for a line that cannot even be split. */
	k->json = strstr(line, "--json") != NULL;
	if (len > COMMAND_MAX)
		return why_set(why, ERR_USAGE,
		    "La orden es demasiado larga: caben %d bytes.",
		    COMMAND_MAX);
	joined = xstrdup(line);
	text_join_lines(joined);
	r = text_take(joined, strlen(joined), COMMAND_MAX, TEXT_LINES, &taken,
	    why);
	free(joined);
	if (r < 0)
		return why_set(why, ERR_USAGE,
		    "La orden no es texto UTF-8 legible; revise el juego de "
		    "caracteres de su terminal.");
	r = text_words(taken, &k->words, &k->n, why);
	free(taken);
	if (r < 0)
		return r;
	for (i = 0, k->json = false, k->input = k->n; i < k->n; i++) {
		k->json = k->json || strcmp(k->words[i], "--json") == 0;
		if (strcmp(k->words[i], "texto=-") == 0)
			k->input = i;
	}
	if (k->n == 0 || k->words[0][0] == '\0')
		return why_set(why, ERR_USAGE,
		    "Falta la orden. Escriba, por ejemplo: bandeja. "
		    "La lista completa está en: ayuda");
	return 0;
}

static int
command_pack(struct chan *c)
{
	struct command *k = c->job;
	Pauta__Request q = PAUTA__REQUEST__INIT;
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	int r;

	buf_clear(&k->tx);
	buf_clear(&k->rx);
	buf_init(&k->tx, 2 * FRAME_MAX);
	buf_init(&k->rx, FRAME_MAX + 16384 + 4);
	r = uplink_hello(&k->tx, session_auth(c->s), session_source(c->s),
	    session_host(c->s), "exec", allow_lang_code(c->lang));
	if (r < 0)
		return r;
	q.id = 1;
	q.op.data = k->op;
	q.op.len = sizeof k->op;
	q.words = k->words;
	q.n_words = k->n;
	q.json = k->json;
	m.body_case = PAUTA__MESSAGE__BODY_REQUEST;
	m.request = &q;
	return frame_put(&k->tx, &m);
}

static void
command_start(struct chan *c, int64_t now)
{
	struct command *k = xcalloc(1, sizeof *k);
	struct why why;
	int r;

	k->fd = -1;
	buf_init(&k->answer, COMMAND_ANSWER_MAX);
	buf_init(&k->typed, VALUE_MAX);
	k->give_up_at = now + SERVICE_REACH_MS;
	hash_op(k->op);
	c->job = k;
	if ((r = command_parse(k, c->argument, &why)) < 0)
		command_refuse(c, (enum err) - r, why.text);
}

static void
command_drop(struct command *k)
{
	if (k->fd >= 0)
		close(k->fd);
	k->fd = -1;
}

/* The core is away: again in a moment, unless it has been long. */
static void
command_lost(struct chan *c, int64_t now)
{
	struct command *k = c->job;

	command_drop(k);
	if (now >= k->give_up_at)
		command_refuse(c, ERR_UNAVAILABLE, UPLINK_AWAY);
	else
		c->wake = now + COMMAND_RETRY_MS;
}

static void
command_connect(struct chan *c, int64_t now)
{
	struct command *k = c->job;

	if (c->wake != 0 && now < c->wake)
		return;
	c->wake = 0;
	if ((k->fd = uplink_connect()) < 0 || command_pack(c) < 0)
		command_lost(c, now);
}

static void
command_on_reply(struct chan *c, const Pauta__Reply *a)
{
	struct command *k = c->job;

	if (k->json)
		command_answer(c, (int)a->status, a->doc, false);
	else
		command_answer(c, (int)a->status, a->text, a->status != 0);
}

static void
command_on_message(struct chan *c, const Pauta__Message *m)
{
	if (m->body_case == PAUTA__MESSAGE__BODY_REPLY && m->reply->id == 1)
		command_on_reply(c, m->reply);
	else if (m->body_case == PAUTA__MESSAGE__BODY_GOODBYE)
		command_refuse(c, err_find(m->goodbye->code), m->goodbye->text);
}

/* Take what the core says.  0, or -ERR_ when it is gone or makes no sense. */
static int
command_read(struct chan *c)
{
	struct command *k = c->job;
	Pauta__Message *m;
	int r = 1;

	while (!k->answered && r >= 0 &&
	    (r = uplink_receive(k->fd, &k->rx)) > 0)
		while (!k->answered && (r = frame_get(&k->rx, &m)) > 0) {
			command_on_message(c, m);
			pauta__message__free_unpacked(m, NULL);
		}
	return r;
}

static void
command_talk(struct chan *c, int64_t now)
{
	struct command *k = c->job;
	int r;

	if (uplink_send(k->fd, &k->tx) < 0) {
		command_lost(c, now);
		return;
	}
	/* A socket may wait for a core that is starting, without error. */
	if (!k->reached)
		k->give_up_at = now + COMMAND_ANSWER_MS;
	k->reached = true;
	r = command_read(c);
	if (k->answered)
		command_drop(k);
	else if (r < 0 || now >= k->give_up_at)
		command_lost(c, now);
	else
		c->wake = k->give_up_at;
}

/* The file is whole: it takes its place among the words. */
static void
command_fill(struct chan *c, int64_t now)
{
	struct command *k = c->job;
	char *text = NULL, *in = xstrdup(buf_str(&k->typed));
	bool whole = strlen(in) == k->typed.len;
	struct why why;

	text_join_lines(in);
	if (!whole || text_take(in, strlen(in), VALUE_MAX, TEXT_LINES, &text,
	    &why) < 0)
		command_refuse(c, ERR_USAGE, N_("El archivo no es texto UTF-8 "
		    "legible: guárdelo con ese juego de caracteres."));
	free(in);
	free(k->words[k->input]);
	k->words[k->input] = xasprintf("texto=%s", text != NULL ? text : "");
	free(text);
	k->input = k->n;
	k->give_up_at = now + SERVICE_REACH_MS;
}

/*
 * Take what the peer sends, where the line asks for it.  True once the request
 * is whole.
 */
static bool
command_listen(struct chan *c, int64_t now)
{
	struct command *k = c->job;
	bool asked = k->input < k->n && !k->answered;
	const uint8_t *p;
	size_t n;

	/* Other commands read nothing. */
	while ((p = queue_peek(&c->in, &n)) != NULL && n > 0) {
		if (asked && !k->answered && buf_add(&k->typed, p, n) < 0)
			command_refuse(c, ERR_USAGE, N_("El archivo mide más "
			    "de 256 kB: mándelo en partes."));
		queue_drop(&c->in, n);
	}
	if (!asked || k->answered)
		return true;
	if (!c->peer_eof || c->left_over)
		return false;
	command_fill(c, now);
	return true;
}

static void
command_turn(struct chan *c, int64_t now)
{
	struct command *k = c->job;
	struct queue *q;

	if (!command_listen(c, now) || c->state != CHAN_RUN)
		return;
	if (!k->answered && k->fd < 0)
		command_connect(c, now);
	if (!k->answered && k->fd >= 0)
		command_talk(c, now);
	if (!k->answered)
		return;
	q = k->to_err ? &c->err : &c->out;
	k->told += queue_add(q, k->answer.p + k->told,
	    k->answer.len - k->told);
	if (k->told == k->answer.len)
		chan_end(c, k->status);
}

static int
command_wait(struct chan *c, struct pollfd *p)
{
	struct command *k = c->job;

	if (k->fd < 0 || c->state != CHAN_RUN)
		return 0;
	p->fd = k->fd;
	p->events = (short)(POLLIN | (k->tx.len > 0 ? POLLOUT : 0));
	return 1;
}

static void
command_hangup(struct chan *c, int64_t now)
{
	(void)now;
	command_drop(c->job);
}

static void
command_free(struct chan *c)
{
	struct command *k = c->job;

	command_drop(k);
	text_words_free(k->words);
	buf_clear(&k->tx);
	buf_clear(&k->rx);
	buf_clear(&k->answer);
	buf_clear(&k->typed);
	free(k);
	c->job = NULL;
}

const struct service service_command = {
	.name = "exec",
	.start = command_start,
	.wait = command_wait,
	.turn = command_turn,
	.hangup = command_hangup,
	.free = command_free,
};
