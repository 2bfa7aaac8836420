/* SPDX-License-Identifier: ISC */
/*
 * sign.h - a decision signed with the key of whoever takes it
 * (proto/approval.h).  Only a program on the person's own machine has a
 * signer; the screens that the server draws have none.
 */
#ifndef PAUTA_SIGN_H
#define PAUTA_SIGN_H

#include "doc.h"

struct approval_claim;

/* Who holds the person's keys. */
struct signer {
	/* The armoured signature of what is claimed (approval_text), by the
	 * key with this fingerprint.  Given; NULL with why. */
	char *(*sign)(void *arg, const char *key,
	    const struct approval_claim *, struct why *);
	void *arg;
};

/*
 * Sign "aprobar FOLIO PASO …" or "devolver …" about a STEP for me (app_me):
 * adds the words of the signature.  0; or a negative error with why, and the
 * line as it was.
 */
int sign_line(const struct signer *, struct line *, const json_t *step,
    const json_t *me, struct when now, struct why *);

/* Does this STEP or TASK take no decision without a signature? */
bool sign_is_due(const json_t *);

#endif
