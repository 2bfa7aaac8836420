/* SPDX-License-Identifier: ISC */
/*
 * session.h - one SSH connection, in a process of its own.
 *
 *   KEX --keys agreed--> AUTH --signature verified--> OPEN --told to--> DRAIN
 *    '---------------------'--------------------------'-----------------'
 *                     session_finish() --> GONE
 *
 * It authenticates and carries bytes.  It knows no procedure and no record;
 * what it may do at all is a name that the core looks up again.  libssh is
 * only called when poll() said so, and never lets its callbacks act while one
 * of our own calls is inside it (session_enter_library).
 */
#ifndef PAUTA_SESSION_H
#define PAUTA_SESSION_H

#include <libssh/libssh.h>
#include <libssh/callbacks.h>

#include "../../proto/base.h"
#include "auth.h"
#include "chan.h"
#include "leash.h"
#include "offer.h"

enum session_state {
	SESSION_KEX,
	SESSION_AUTH,
	SESSION_OPEN,
	SESSION_DRAIN,
	SESSION_GONE,
	SESSION_N
};

/* What the listener hands to a session. */
struct session_args {
	int fd;				/* the connection, taken */
	int leash;			/* taken */
	ssh_bind bind;
	const char *source;		/* its address, as text */
	const char *program;		/* path of pauta, for screens */
	int grace;			/* seconds */
	bool slow;
};

struct session {
	const struct session_args *args;
	enum session_state state;
	enum session_end end;		/* once DRAIN or GONE */
	const char *farewell;		/* for the peer, or NULL */
	bool served;			/* a channel was opened */
	int64_t now;

	int fd;				/* of args; libssh closes it */
	char host[72];
	ssh_session ssh;
	ssh_event event;
	struct ssh_server_callbacks_struct callbacks;
	struct ssh_counter_struct packets, line;	/* line: as encrypted */
	int inside;			/* calls of ours within libssh */

	struct auth auth;
	bool service_seen;		/* ssh-userauth was asked for */
	uint64_t in_then, out_then;	/* packets by its answer */
	int keys_fd;			/* to the core, while AUTH; -1 */
	uint64_t query;			/* number of the last KeyQuery */

	struct chan *channels[CHANNELS_MAX];
	int leash;			/* -1: the listener is gone */
	int signals;
	int64_t beat_at, grace_at, heard_at, asked_at, drain_at;
	uint64_t heard;			/* bytes by then */
};

/* Serve one connection until its end; returns the process's exit status. */
enum session_end session_run(const struct session_args *);

/* The connection ends with this turn.  farewell is borrowed for ever. */
void session_finish(struct session *, enum session_end, const char *farewell);
/* The only assignment of s->state. */
void session_enter(struct session *, enum session_state);
/* Tell the listener that we still turn. */
void session_beat(struct session *);
/* A signature proved s->auth (login.c). */
void session_on_proved(struct session *);

/* Around every call that may make libssh read: callbacks then take nothing. */
void session_enter_library(struct session *);
void session_leave_library(struct session *);
bool session_is_in_library(const struct session *);
/* Does libssh still hold output that the socket did not take? */
bool session_is_writing(const struct session *);

/* The server stops; this person has too many sessions (farewell.c). */
void session_stop(struct session *);
void session_crowd_out(struct session *);
bool session_is_drained(const struct session *);
/* Let go of every channel and see its children end. */
void session_leave(struct session *);
/* Large files follow: what is typed besides may wait behind them. */
void session_expect_bulk(struct session *);
/* Say why, and close. */
void session_say_farewell(struct session *);

/* Parts of a turn (session.c). */
void session_on_signal(struct session *);
void session_turn_channels(struct session *);
bool session_has_channels(const struct session *);
int session_wait_ms(const struct session *);

/* Is it only waiting to end, and with which sentence? */
bool session_is_draining(const struct session *);
const char *session_farewell(const struct session *);

ssh_session session_ssh(const struct session *);
int64_t session_now(const struct session *);
const struct auth *session_auth(const struct session *);
const char *session_source(const struct session *);
/* "ADDR:PORT" of ours that the peer reached; "" when nobody knows. */
const char *session_host(const struct session *);
const char *session_program(const struct session *);

/* What the process may use at most; called once, before the first byte. */
void session_confine(void);			/* session_confine.c */

#endif
