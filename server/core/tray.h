/* SPDX-License-Identifier: ISC */
/*
 * tray.h - files made at somebody's word that no answer has room for: they
 * wait in /relaciones of that person alone, for programs for files (folder.h).
 *
 * In memory, so they end with the core; the newest TRAY_FILES of all people
 * and TRAY_BYTES are kept.  Who needs one again asks for it again.
 */
#ifndef PAUTA_TRAY_H
#define PAUTA_TRAY_H

#include "req.h"

#define TRAY_FOLDER "relaciones"

enum { TRAY_FILES = 32, TRAY_BYTES = 128 << 20 };

/* A file in memory with these bytes; or -ERR_UNAVAILABLE with why: no room. */
int tray_memory(struct req *, const void *, size_t n);
/*
 * Lay these bytes there for who asks; another of that name goes.
 * -ERR_UNAVAILABLE with why: no memory.
 */
int tray_put(struct req *, const char *name, const void *, size_t n);
/* Has who asks anything there? */
bool tray_has(const struct req *);
/*
 * What lies at a path that begins with TRAY_FOLDER, as shelf_find() says it.
 * NULL: nothing.  New reference.
 */
json_t *tray_find(struct req *, const char *path);
/* To read it, or -ERR_NOT_FOUND. */
int tray_open(struct req *, const char *path, int64_t *size);
/* All of everybody. */
void tray_clear(struct core *);

#endif
