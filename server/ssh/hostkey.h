/* SPDX-License-Identifier: ISC */
/* hostkey.h - making the server's key, and saying what it is. */
#ifndef PAUTA_HOSTKEY_H
#define PAUTA_HOSTKEY_H

#include "../../proto/base.h"

/*
 * Make an ed25519 key in file (mode 0600; refused when it exists) and its
 * public half in file.pub.  0, or -ERR_ with why.
 */
int hostkey_make(const char *file, struct why *why);

/* Gives "SHA256:…" of the key in file.  0, or -ERR_ with why. */
int hostkey_fingerprint(const char *file, char **out, struct why *why);

#endif
