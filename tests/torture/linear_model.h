/* SPDX-License-Identifier: ISC */
/*
 * linear_model.h - what one person at a time would see: the steps 2.9, D1,
 * 2.10, 2.11 and 3.1 of a video as one register, and a search for an order of
 * what ten people did at once that such a register could have produced (Wing
 * and Gong; remembered states after Lowe).
 *
 *   2.11 --devolver--> 2.9 --hacer--> D1 --hacer--> 2.10 --hacer--> 2.11
 *     '--aprobar--> 3.1           deshacer: back over the last decision
 */
#ifndef PAUTA_TORTURE_LINEAR_MODEL_H
#define PAUTA_TORTURE_LINEAR_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum place { PLACE_2_9, PLACE_D1, PLACE_2_10, PLACE_2_11, PLACE_3_1, PLACE_N };
extern const char *const place_names[PLACE_N];

enum act { ACT_READ, ACT_TAKE, ACT_RELEASE, ACT_APPROVE, ACT_RETURN, ACT_DO,
	ACT_UNDO, ACT_N };
extern const char *const act_names[ACT_N];

/* One thing that somebody did, from the first asking to the answer. */
struct op {
	enum act act;
	int who;			/* 1… : a login; 0 is nobody */
	enum place place;		/* of READ and DO */
	int64_t revision;		/* shown by READ, demanded by the others */
	int holder;			/* shown by READ */
	bool good;			/* accepted, or refused */
	bool late;			/* an undo that time may have refused */
	int64_t from, to;		/* ns, monotonic */
	int client;
};

enum { OPS_MAX = 256 };

/*
 * Is there an order?  ops in any order, at most OPS_MAX, of one case that
 * began at 2.11 in nobody's hands.  *deepest gets how many could be ordered.
 */
bool linear_check(struct op *ops, size_t n, size_t *deepest);

#endif
