/* SPDX-License-Identifier: ISC */
/*
 * stream.h - one connection to the core: frames in, answers out.
 *
 *   stream:  NEW --Hello accepted--> OPEN --bad frame, end, queue full--> gone
 */
#ifndef PAUTA_STREAM_H
#define PAUTA_STREAM_H

#include <uv.h>

#include "../../proto/frame.h"
#include "core.h"

/* Commands and milliseconds of one turn, before everybody is answered. */
enum { OUT_MAX = 4 << 20, TURN_MAX = 512, TURN_MS = 10, PUSH_MS = 250 };
enum { PARKED_MAX = 8 };		/* of one stream */

/* A request that is answered when its turn is durable. */
struct owed {
	uint64_t id;
	bool json;
};

struct stream {
	uv_pipe_t pipe;
	struct serve *sv;
	struct stream *next, *behind;	/* of all; of those with frames */
	struct buf in, out;
	struct buf held;		/* answers that wait for the commit */
	struct owed *owed;		/* to whom, should it fail */
	size_t owed_count;
	char *login;			/* NULL: operator, or not said yet */
	char asked[8];			/* language of the Hello */
	const char *lang;		/* that its sentences are said in */
	struct buf key;			/* with which it came in */
	enum door door;
	bool open, keys, live, closing, waits;
	bool carries;			/* files besides words: kind "sftp" */
	char *host;			/* where they reached us, or NULL */
	int pass;			/* leaves with the answer; -1 */
	uint64_t upload_last;		/* number given to one */
	struct parked *parked;		/* park.c */
	unsigned parked_count;
};

struct serve {
	uv_loop_t loop;
	uv_pipe_t listen[DOORS];
	uv_prepare_t prepare;
	uv_idle_t idle;
	uv_timer_t timer, pulse, calm, feed;	/* calm: between two pushes */
	uv_signal_t term;
	struct core *core;
	struct stream *streams, *courier;	/* all; the last one: NULL */
	int pulse_fd;			/* a byte a second, for the parent */
	int turn;			/* commands of this turn */
	uint64_t turn_began;		/* monotonic milliseconds */
	struct stream *ready;		/* with frames, first come first served */
	bool refusing;			/* the last commit failed */
	struct upload *uploads;
	int status;
};

/* Room for one whole frame and what was read behind it. */
struct stream *stream_new(struct serve *, enum door);
void stream_close(struct stream *);
/* stream_out.c */
void stream_put(struct stream *, const Pauta__Message *);
/* More waits for it than it may have: it is closed. */
void stream_overflow(struct stream *);
/* Let what waits leave: as much as the socket takes, the rest by libuv. */
void stream_flush(struct stream *);
/* Run a command and put its answer; returns the status. */
int stream_answer(struct stream *, uint64_t id, const uint8_t *op,
    const char *const *words, bool json, struct parcel *);
/* The same, with what leaves beside the answer where the stream carries files. */
void stream_ask(struct stream *, uint64_t id, const uint8_t *op,
    const char *const *words, bool json);
/* There may be frames: its turn comes after those that wait already. */
void stream_wait(struct stream *);
/* A frame of each in their order, round and round, while the turn lasts. */
void stream_run_waiting(struct serve *);
/* The turn is durable, why NULL; or none of it happened, and why. */
void stream_settle(struct stream *, const struct why *);
/* A key or an account went: is whoever came in still let in? */
void stream_check(struct stream *);

/* park.c: keep a request until its answer is there; run again all there are;
 * forget them. */
bool stream_may_park(const struct stream *);
void stream_park(struct stream *, uint64_t id, const uint8_t *op,
    const char *const *words, bool json);
void stream_resume(struct stream *);
void stream_unpark(struct stream *);

#endif
