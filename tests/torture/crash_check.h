/* SPDX-License-Identifier: ISC */
/* crash_check.h - is a folder, as a crash left it, what it must be? */
#ifndef PAUTA_TORTURE_CRASH_CHECK_H
#define PAUTA_TORTURE_CRASH_CHECK_H

#include "../../server/store/store.h"
#include "crash_image.h"

#define VERDICTS(X)                                                       \
	X(GOOD, "good")                                                   \
	X(LOST, "lost")		/* an acknowledged operation is not there */ \
	X(TWICE, "twice")	/* or is there more than once */          \
	X(HALF, "half")		/* a turn is there in part */             \
	X(CHAIN, "chain")	/* the chain does not hold */             \
	X(VIEWS, "views")	/* views differ from the events */        \
	X(FILE, "file")		/* an attachment is not there, or altered */ \
	X(CORRUPT, "corrupt")	/* the file cannot be used */

enum verdict {
#define X(name, text) VERDICT_##name,
	VERDICTS(X)
#undef X
	VERDICT_N
};
extern const char *const verdict_names[VERDICT_N];

/* An operation that was acknowledged, and where in the log. */
struct ack {
	size_t at;
	uint8_t op[OP_SIZE], chain[HASH_SIZE];
	const char *login;		/* NULL: the operator */
	int64_t lo, hi, end;
	json_t *words;
};

struct claims {
	size_t created;			/* where, SIZE_MAX: never */
	struct ack *acks;
	size_t acks_count;
	struct { size_t at; int64_t end; } *commits;
	size_t commits_count;
};

/* What a log's marks claim; exits with a sentence when one cannot be read. */
void claims_read(struct claims *, const struct crash_log *);
size_t claims_count(const struct claims *, size_t cut);	/* acks before it */

/*
 * Open the folder as a server would and hold it against what was claimed
 * before the cut.  Says why when it is not good.  Uses the folder up.
 */
enum verdict crash_check(const char *folder, const struct claims *,
    size_t cut, struct why *);

#endif
