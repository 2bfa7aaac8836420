/* SPDX-License-Identifier: ISC */
/*
 * chan.h - one channel of a connection: what was asked of it, the bytes on
 * their way in both directions, and the service that answers.
 *
 *   OPEN --shell, exec or subsystem--> RUN --chan_end()--> LAST
 *     |                                 |                      | all sent
 *     '------------ peer closes --------+---> SHUT <-----------'
 *                                              | peer closed, service gone
 *                                              v
 *                                            freed
 *
 * libssh's callbacks (chan.c) only note what came; everything is done from
 * chan_turn(), outside of them, once per turn of the session's loop.
 */
#ifndef PAUTA_CHAN_H
#define PAUTA_CHAN_H

#include <libssh/libssh.h>
#include <libssh/callbacks.h>
#include <poll.h>

#include "queue.h"
#include "allow.h"

struct session;
struct chan;

/*
 * What answers on a channel; one of these for each kind of request.  Those
 * marked * may be NULL: nothing to do.
 */
struct service {
	const char *name;
	/* Begin.  c->argument and the terminal are known. */
	void (*start)(struct chan *, int64_t now);
	/* Add what to wait for (at most two); returns how many. */
	int (*wait)(struct chan *, struct pollfd *);
	/* Move bytes as far as they go.  Called in every turn. */
	void (*turn)(struct chan *, int64_t now);
	/* * The peer sent everything it will send, and it was taken. */
	void (*eof)(struct chan *);
	/* * The terminal has another size. */
	void (*resize)(struct chan *);
	/* * A child of the session ended, perhaps this one's. */
	void (*reaped)(struct chan *, pid_t, int status);
	/* * The server stops: end soon, and well. */
	void (*drain)(struct chan *, int64_t now);
	/* The peer is gone: let go of everything. */
	void (*hangup)(struct chan *, int64_t now);
	/* * Is nothing left (no child), so that free() may be called? */
	bool (*is_gone)(const struct chan *);
	void (*free)(struct chan *);
};

enum chan_state {
	CHAN_OPEN,
	CHAN_RUN,
	CHAN_LAST,
	CHAN_SHUT,
	CHAN_N
};

struct chan {
	struct session *s;
	ssh_channel ssh;
	struct ssh_channel_callbacks_struct callbacks;
	enum chan_state state;

	bool started;			/* the service has been called */
	bool left_over;			/* libssh holds bytes we refused */
	bool stalled;			/* a write must wait for the peer */
	bool again;			/* it may go on: wait for nothing */
	bool peer_eof, peer_closed, eof_told, resized;
	bool status_sent;
	int status;			/* once LAST */
	int64_t shut_at;		/* when CLOSE was sent */

	bool frames;			/* the peer wants sentences in frames */
	bool has_tty;
	int rows, cols;
	char term[TERM_MAX + 1];	/* as asked; empty when none */
	char lang[LANG_MAX];		/* as asked; empty when none */
	int lang_rank;			/* of the variable that said it */

	const struct service *service;	/* NULL while OPEN */
	char *argument;			/* of exec */
	void *job;			/* the service's own */
	int64_t wake;			/* call turn() then; 0: no need */

	struct queue in;		/* from the peer */
	struct queue out, err;		/* for the peer */
	int64_t moved_at;		/* out last moved, or was empty */
};

/* A new channel with callbacks in place, or NULL. */
struct chan *chan_new(struct session *);
void chan_free(struct chan *);

/* The service is finished: send what waits, then the status, then close. */
void chan_end(struct chan *, int status);
/* One line for the peer's terminal or stderr. */
void chan_complain(struct chan *, const char *sentence);

/* Do all that can be done now.  false: the channel is over, free it. */
bool chan_turn(struct chan *, int64_t now);
/* Does the network have to become writable for this channel to go on? */
bool chan_wants_out(const struct chan *);

#endif
