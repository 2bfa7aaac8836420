/* SPDX-License-Identifier: ISC */
/* copy.h - a photograph as it may leave the office; see copy.c. */
#ifndef PAUTA_COPY_H
#define PAUTA_COPY_H

#include "render.h"

int render_copy(const json_t *job, int out, struct why *);

#endif
