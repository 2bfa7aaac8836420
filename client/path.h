/* SPDX-License-Identifier: ISC */
/* path.h - files of this machine, as a person types their names. */
#ifndef PAUTA_PATH_H
#define PAUTA_PATH_H

#include "base.h"

/* "~" and "~/x" are of this person; the rest is from where the program was
 * started.  Blanks around are dropped.  Given. */
char *path_full(const char *typed);
/*
 * Go on with what is typed as far as it is certain.  Given, or NULL when
 * nothing goes on so.  *choices: how it may go on then, a few names on one
 * line, given; NULL when there is one way.
 */
char *path_complete(const char *typed, char **choices);

#endif
