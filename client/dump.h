/* SPDX-License-Identifier: ISC */
/* dump.h - the first screen as text, for reports and scripts: --volcar. */
#ifndef PAUTA_DUMP_H
#define PAUTA_DUMP_H

#include "loop.h"

/*
 * Wait until the screen that this person would find is whole, and print it to
 * stdout: its rows, then "row column" of the cursor, from 0.  Exit status as
 * of loop_run(), with why.
 */
int dump_run(const struct carrier *, int rows, int cols, const char *lang,
    struct why *);

#endif
