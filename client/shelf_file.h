/* SPDX-License-Identifier: ISC */
/*
 * shelf_file.h - one file of a shelf: an object on one line, and a second line
 * with a sum of the first, so that half a file and a changed one are known.
 * For shelf.c only.
 */
#ifndef PAUTA_SHELF_FILE_H
#define PAUTA_SHELF_FILE_H

#include <jansson.h>

#include "base.h"

/* 0, or -ERR_SYSTEM with errno. */
int shelf_file_write(int dir, const char *name, const json_t *, bool durable);
/* A new reference, or NULL; *damaged is set when there is something else. */
json_t *shelf_file_read(int dir, const char *name, struct when *at,
    bool *damaged);
/* Names that begin so and were written before that second; in order. */
json_t *shelf_file_list(int dir, const char *begins, int64_t before);
/* Remove what a killed program left half written. */
void shelf_file_sweep(int dir);

#endif
