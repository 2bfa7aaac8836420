/* SPDX-License-Identifier: ISC */
/* textos.h - several people in one step, as the screen of the step tells it. */
#ifndef PAUTA_TEXTOS_H
#define PAUTA_TEXTOS_H

#include "view.h"

/*
 * Of a STEP or the answer to a draft: say who else types here, and that there
 * are two texts when there are more than were told.
 */
void textos_tell(struct view *, const json_t *doc, int *told);

#endif
