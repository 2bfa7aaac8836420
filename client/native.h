/* SPDX-License-Identifier: ISC */
/* native.h - Pauta on a person's own machine: the screen here, the core far. */
#ifndef PAUTA_NATIVE_H
#define PAUTA_NATIVE_H

#include "link.h"

enum native_mode { NATIVE_SCREEN, NATIVE_LINEAR, NATIVE_DUMP };

/* Gives the exit status. */
int native_run(const struct link_options *, enum native_mode);

#endif
