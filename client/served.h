/* SPDX-License-Identifier: ISC */
/*
 * served.h - the screen that the server runs for a person who came with ssh:
 * terminal bytes on 3, frames to the core on 4, window sizes on 5, opened and
 * introduced by the session.
 */
#ifndef PAUTA_SERVED_H
#define PAUTA_SERVED_H

#include <stdbool.h>

enum { SERVED_TERMINAL = 3, SERVED_CORE = 4, SERVED_CONTROL = 5 };

/* Gives the exit status: 0 left, 1 refused, 75 the core went away. */
int served_run(bool lineal);

#endif
