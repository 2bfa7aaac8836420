/* SPDX-License-Identifier: ISC */
/*
 * fleet.h - E: people at the door.  Each has an SSH connection with the
 * subsystem pauta, proved by her own key, and one command under way: the next
 * leaves when the last was acknowledged, which the server does when it is
 * durable and not before.
 */
#ifndef PAUTA_BENCH_FLEET_H
#define PAUTA_BENCH_FLEET_H

#include "meter.h"
#include "office.h"

struct wire;

struct fleet {
	struct wire *v;
	size_t n;
	int poll;			/* epoll descriptor */
	struct workers people;
	struct samples *late;		/* seconds from asking to durable */
	int64_t steps, frames_in, bytes_in, bytes_out;	/* frames, unencrypted */
	int64_t pushes, push_bytes;	/* of those that came in */
};

/* Where a server is, and whose keys open it. */
struct gate {
	const char *dir;		/* keys/LOGIN, bench.folios */
	int port;			/* on 127.0.0.1 */
	const char *service;		/* subsystem pauta, echo; or shell */
	const char *user;		/* NULL: each by her own name */
};

/* n people come in one by one. */
void fleet_open(struct fleet *, const struct gate *, size_t n);
void fleet_clear(struct fleet *);
/* Steps acknowledged a second over that time, by all of them. */
double fleet_run(struct fleet *, double seconds);
/* So many steps of the first of them.  waste: a question more before each. */
void fleet_do(struct fleet *, size_t steps, bool waste);
/* So many bytes there and back, by the first of them; into late. */
void fleet_echo(struct fleet *, double seconds, size_t bytes);

/* A connection with its key proved and nothing asked yet, and its end. */
struct ssh_session_struct *wire_login(const struct gate *, const char *login);
void wire_logout(struct ssh_session_struct *);

#endif
