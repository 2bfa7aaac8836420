/* SPDX-License-Identifier: ISC */
/* schema.h - the tables, how a file is known as ours, and the pragmas. */
#ifndef PAUTA_SCHEMA_H
#define PAUTA_SCHEMA_H

#include <sqlite3.h>

#include "store.h"

enum {
	SCHEMA_APPLICATION = 0x50617574,	/* "Paut" */
	SCHEMA_WORDS = 0x50617550,		/* "PauP" */
	SEARCH_VERSION = 3			/* of its tables and of folding */
};

/* Make the tables in an empty database. */
int schema_create(sqlite3 *, struct why *);

/*
 * Is this file ours, and of a version that we know?  Only reads; *version
 * gets the file's.  path is for the sentence.
 */
int schema_check(sqlite3 *, const char *path, int *version, struct why *);

/*
 * Bring the tables of an older version to SCHEMA_VERSION, within a
 * transaction that the caller has begun.  *views: all views were made anew,
 * and are empty.
 */
int schema_upgrade(sqlite3 *, int from, bool *views, struct why *);

/* What every connection sets; the writer sets more. */
int schema_tune(sqlite3 *, bool writer, struct why *);

/*
 * Tune a file of words, and make its tables when it is empty.  One that is
 * foreign, damaged or of another version: -ERR_SYSTEM.
 */
int schema_words_open(sqlite3 *, struct why *);

#endif
