/* SPDX-License-Identifier: ISC */
/*
 * office.h - an office with much to do: people with keys, many cases just
 * begun, and for each person the steps that she will complete, in order.
 *
 * A folder prepared holds, beside the record, keys/LOGIN, and bench.folios:
 * one line "LOGIN FOLIO FOLIO ..." a person.
 */
#ifndef PAUTA_BENCH_OFFICE_H
#define PAUTA_BENCH_OFFICE_H

#include "../../proto/hash.h"
#include "../../server/core/core.h"

enum { PEOPLE_MAX = 512, WORDS_OF_STEP = 16 };

/* Somebody who completes steps one after another. */
struct worker {
	char *login;
	char **folios;
	size_t folios_count, at;	/* the case she is on */
	size_t step;			/* its next step */
	char assignee[64];
	uint8_t op[OP_SIZE];
	const char *words[WORDS_OF_STEP];
};

struct workers {
	struct worker *v;
	size_t n;
};

/* The steps that a worker takes on one case. */
size_t office_steps(void);

/* Add people and cases to an initialised folder. */
void office_prepare(const char *dir, size_t people, size_t cases);
void office_read(const char *dir, struct workers *);
void workers_clear(struct workers *);

/*
 * The words and the operation id of the next step of hers.  False when all
 * of her cases have had theirs.  worker_done: it was acknowledged.
 */
bool worker_ask(struct worker *);
void worker_done(struct worker *);
/* Steps left. */
size_t worker_left(const struct worker *);

struct core *office_open(const char *dir);
/* Commit, or die. */
void office_commit(struct core *);

#endif
