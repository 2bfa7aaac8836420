/* SPDX-License-Identifier: ISC */
/*
 * ahead.h - what was typed before the form it is for arrived.  A bounded row
 * of keys that write or move; function keys are not kept, so nothing is done
 * to a step that nobody has seen.
 */
#ifndef PAUTA_AHEAD_H
#define PAUTA_AHEAD_H

#include "form.h"

struct ahead {
	int32_t keys[256];
	unsigned count;
};

/* Keep a key; false when it is not one to keep (a paste is not: it is refused
 * whole, and that is said). */
bool ahead_put(struct ahead *, struct app *, int32_t key);
/* Type what was kept into the form, while its view is on top; forget it. */
void ahead_type(struct ahead *, struct form_view *);

#endif
