/* SPDX-License-Identifier: ISC */
/*
 * linear.h - Pauta by questions and answers, for screen readers, for plain
 * terminals and for scripts: one line is said, one line is typed.  "?" lists
 * what can be answered, an empty line keeps what stands between brackets, and
 * "." goes back.
 */
#ifndef PAUTA_LINEAR_H
#define PAUTA_LINEAR_H

#include "loop.h"

/* lang is for the Hello, when the carrier wants one.  Gives the exit status. */
int linear_run(int in, int out, const char *lang, const struct carrier *,
    struct why *);

#endif
