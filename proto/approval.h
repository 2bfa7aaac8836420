/* SPDX-License-Identifier: ISC */
/*
 * approval.h - what a person signs when she decides: one text, made by the
 * client that signs it and made again by the server that checks it.
 *
 *	approval: 1
 *	installation: 0f…			32 hexadecimal digits
 *	folio: BOL-2026-0001
 *	step: 1.3				or 2.2#3, of a sub-case
 *	revision: 17				the task that was on the screen
 *	content: 9a…				what was shown, SHA-256
 *	decision: aprobar			or devolver
 *	remark-sha256: e3…			of the remark; of nothing without
 *	answers-sha256: 44…			of what else was answered, below
 *	actor: jefa
 *	on-behalf-of: jefa 812			only of a substitute: of
 *						whom, number of the grant
 *	checkpoint: 1200 9a…			event and chain known, or 0
 *	nonce: 5b…				32 hexadecimal digits, once only
 *	issued: 2026-11-23T15:30:00Z
 *
 * The answers are one line of canonical JSON, {"field":"as typed"}: {} when
 * there are none.
 */
#ifndef PAUTA_APPROVAL_H
#define PAUTA_APPROVAL_H

#include "hash.h"

#define APPROVAL_SPACE "approval@pauta"

enum {
	APPROVAL_NONCE = 16,		/* bytes */
	APPROVAL_FRESH = 5 * 60		/* s that it may be old, or ahead */
};

struct approval_claim {
	const char *installation, *folio, *step, *content, *decision, *actor;
	const char *behalf;		/* who is stood in for, or NULL */
	int64_t grant;			/* number of that substitution */
	int64_t revision;
	const char *remark;		/* or NULL */
	const json_t *answers;		/* by approval_answer(), or NULL */
	int64_t point;			/* last event known under a checkpoint, 0 */
	uint8_t chain[HASH_SIZE];	/* at that event */
	uint8_t nonce[APPROVAL_NONCE];
	struct when issued;
};

/* The text that is signed, given. */
char *approval_text(const struct approval_claim *);

/*
 * A word as the server takes it: NFC, without blanks around.  Given, or NULL
 * when the server would refuse it.
 */
char *approval_word(const char *);
/* Note an answer, its value taken in that way.  0, or -ERR_REFUSED. */
int approval_answer(json_t *answers, const char *name, const char *value);
/* Does "name=…" say something that is signed in a line of its own, or is part
 * of the signature?  Everything else is an answer. */
bool approval_is_own(const char *name);

#endif
