/* SPDX-License-Identifier: ISC */
/*
 * admin.h - what `pautad VERB --dir DIR` is made of.  An administrative command
 * goes through the running core when there is one; otherwise this process opens
 * the record itself (it is locked meanwhile).
 */
#ifndef PAUTA_ADMIN_H
#define PAUTA_ADMIN_H

#include "core/core.h"

/*
 * Run one command of the command table as the operator; prints its text (or
 * its document with json) to stdout, a refusal to stderr.  Returns the exit
 * status.
 */
int admin_run(const char *dir, const char *const *words, bool json);

/*
 * The same, giving the answer instead of printing it.  0, whatever the answer
 * says; or a negative error when nobody could be asked.
 */
int admin_ask(const char *dir, const char *const *words, bool json,
    struct answer *, struct why *);

/* The key of a host or of a person: made when it is not there; its name goes
 * to PATH.fp. */
int key_make(const char *path, struct why *);

/* Make a new data folder.  Prints what it did; returns the exit status. */
int init_run(const char *dir, bool demo);

/* Serve until SIGTERM; returns the exit status. */
int supervise(const char *dir, const char *listen);

/*
 * The record for strangers: a folder that is checked without Pauta.
 * A backup is one file, without keys; restoring makes a new folder of it, in
 * a folder that holds at most keys and a witness.  All print what they did.
 */
int export_run(const char *dir, const char *folder);
/*
 * For it: copy to folder/files each attachment of the store whose sum is a key
 * of sums (borrowed, changed).  How many, or -ERR_SYSTEM with why, also when
 * one is not there or is not what its sum says.
 */
struct store;
int64_t export_files(const char *dir, const char *folder, struct store *,
    json_t *sums, struct why *);
int backup_run(const char *dir, const char *file);
/* Attachments against the record: each fault a line on stderr. */
int attached_verify(const char *dir, bool json);
int restore_run(const char *file, const char *dir, const char *witness);

/* A whole file as text, given; NULL with why. */
char *file_read(const char *path, struct why *);
/* Folder with procedures/ and calendars/, borrowed; and of our programs. */
const char *share_dir(void);
const char *program_dir(void);

#endif
