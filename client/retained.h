/* SPDX-License-Identifier: ISC */
/*
 * retained.h - what a person does with a record that is kept: RETAINED of
 * docs/api.md.  The same for the screen of records and for the linear mode.
 */
#ifndef PAUTA_RETAINED_H
#define PAUTA_RETAINED_H

#include "doc.h"

enum retained_act {
	RETAINED_TRANSFER, RETAINED_KEEP, RETAINED_DISPOSE, RETAINED_APPROVE,
	RETAINED_DECLINE, RETAINED_RECEIVE,
	RETAINED_ACTS
};

/* May whoever asked for it do that with it now? */
bool retained_may(const json_t *one, enum retained_act);
/* Is a reason written down with it? */
bool retained_has_reason(enum retained_act);
/* The words that do it: until is of RETAINED_KEEP; reason "" says none. */
void retained_line(struct line *, const json_t *one, enum retained_act,
    const char *until, const char *reason);
/* What state it is in, in words. */
const char *retained_state(const json_t *one);

#endif
