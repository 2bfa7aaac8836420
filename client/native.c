/* SPDX-License-Identifier: ISC */
/* native.c - see native.h.  A link carries frames for the loop, and files. */
#include "native.h"

#include <unistd.h>

#include "agent.h"
#include "approval.h"
#include "dump.h"
#include "i18n.h"
#include "linear.h"
#include "loop.h"
#include "sender.h"
#include "shelf.h"
#include "sign.h"
#include "sshsig.h"
#include "witness.h"

struct native {
	struct link *link;
	struct sender *sender;
	bool opened;		/* before the loop: a Hello is due */
};

static int
native_fd(void *arg, const struct frames *f, short *events)
{
	struct native *n = arg;

	return link_fd(n->link, f->out.len > 0 ||
	    (sender_out(n->sender)->len > 0 && link_takes_files(n->link)),
	    events);
}

/*
 * Files go first: what is read of the frames afterwards brings the answers for
 * both, and leaves none in the library where nobody is woken for it.
 */
static void
native_files(struct native *n)
{
	struct sender *s = n->sender;
	struct buf *in = sender_in(s), *out = sender_out(s);
	int64_t now = mono_ms();

	if (!sender_wants(s, now)) {
		link_shut_files(n->link);
		sender_on_down(s, now);
		return;
	}
	switch (link_pump_files(n->link, in, out)) {
	case LINK_UP:
		sender_on_up(s);
		break;
	case LINK_DOWN:
		sender_on_down(s, now);
		return;
	default:
		break;
	}
	if (!sender_turn(s, now)) {
		link_shut_files(n->link);
		sender_on_down(s, now);
	} else if (out->len > 0)
		(void)link_pump_files(n->link, in, out);
}

static enum carry
native_pump(void *arg, struct frames *f, struct why *why)
{
	struct native *n = arg;

	if (n->opened) {
		n->opened = false;
		return CARRY_UP;
	}
	native_files(n);
	switch (link_pump(n->link, &f->in, &f->out, why)) {
	case LINK_UP:
		return CARRY_UP;
	case LINK_DOWN:
		return CARRY_DOWN;
	case LINK_END:
		return CARRY_END;
	default:
		return CARRY_SAME;
	}
}

static int
native_timeout(void *arg)
{
	struct native *n = arg;
	int link = link_timeout(n->link);
	int files = sender_timeout(n->sender, mono_ms());

	return files < 0 || (link >= 0 && link < files) ? link : files;
}

/* With the key file that let us in; else the agent signs with its own. */
static char *
native_sign(void *arg, const char *key, const struct approval_claim *claim,
    struct why *why)
{
	const struct native *n = arg;
	char *text = approval_text(claim), *armour;
	struct sshsig_key k;

	if (link_secret(n->link, &k) < 0)
		armour = agent_sign(key, APPROVAL_SPACE, text, why);
	else {
		armour = sshsig_sign(&k, APPROVAL_SPACE, text, strlen(text));
		sshsig_key_clear(&k);
	}
	free(text);
	return armour;
}

static int
native_screen(const struct carrier *carrier, struct why *why)
{
	struct loop_config conf = { .term = getenv("TERM"),
		.in = STDIN_FILENO, .out = STDOUT_FILENO, .control = -1,
		.rows = 24, .cols = 80, .lang = i18n_lang() };

	conf.letters = term_letters(conf.term);
	term_size(STDOUT_FILENO, &conf.rows, &conf.cols);
	return loop_run(&conf, carrier, why);
}

/* As large as the terminal, if there is one. */
static int
native_dump(const struct carrier *carrier, struct why *why)
{
	int rows = 24, cols = 80;

	(void)term_size(STDOUT_FILENO, &rows, &cols);
	return dump_run(carrier, rows, cols, i18n_lang(), why);
}

/* A screen needs a terminal that can move its cursor. */
static bool
native_is_plain(void)
{
	const char *term = getenv("TERM");

	return !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) ||
	    (term != NULL && strcmp(term, "dumb") == 0);
}

/* A server that is known is waited for on the screen; others are asked about
 * before. */
static int
native_begin(struct native *n, struct carrier *carrier, bool screen,
    struct why *why)
{
	carrier->opening = screen && link_is_known(n->link);
	n->opened = !carrier->opening;
	return carrier->opening ? 0 : link_open(n->link, why);
}

static int
native_go(struct carrier *carrier, enum native_mode mode, struct why *why)
{
	int status;

	if (mode == NATIVE_DUMP)
		return native_dump(carrier, why);
	if (mode == NATIVE_LINEAR)
		return linear_run(STDIN_FILENO, STDOUT_FILENO, i18n_lang(),
		    carrier, why);
	status = native_screen(carrier, why);
	return status == LOOP_LOST && why->e == ERR_REFUSED ?
	    err_status(why->e) : status;
}

int
native_run(const struct link_options *o, enum native_mode mode)
{
	struct why why = { ERR_NONE, "" };
	struct native n = { .link = link_new(o) };
	const struct signer signer = { .sign = native_sign, .arg = &n };
	int port = o->port == 0 ? LINK_PORT : o->port, status;
	struct carrier carrier = { .fd = native_fd, .pump = native_pump,
		.timeout = native_timeout, .arg = &n, .signer = &signer,
		.witness = witness_new(o->known_hosts, o->host, port) };

	if (mode == NATIVE_SCREEN && native_is_plain())
		mode = NATIVE_LINEAR;
	if (mode == NATIVE_SCREEN)
		carrier.shelf = shelf_new(o->host, port, o->user);
	carrier.uploads = uploads_new();
	n.sender = sender_new(carrier.uploads);
	if (native_begin(&n, &carrier, mode == NATIVE_SCREEN, &why) < 0)
		status = err_status(why.e);
	else
		status = native_go(&carrier, mode, &why);
	link_free(n.link);
	sender_free(n.sender);
	uploads_free(carrier.uploads);
	witness_free(carrier.witness);
	shelf_free(carrier.shelf);
	if (status != 0 && why.text[0] != '\0')
		fprintf(stderr, "pauta: %s\n", why.text);
	return status;
}
