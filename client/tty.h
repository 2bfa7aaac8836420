/* SPDX-License-Identifier: ISC */
/* tty.h - questions on the terminal before (or without) a full screen. */
#ifndef PAUTA_TTY_H
#define PAUTA_TTY_H

#include "base.h"

/* "sí" or "no" typed in full; false too when there is nobody to ask. */
bool tty_yes(const char *question);
/* A line that is not echoed, into out.  false when there is nobody to ask. */
bool tty_secret(const char *prompt, char *out, size_t size);

#endif
