/* SPDX-License-Identifier: ISC */
/*
 * keyblob.h - public keys as they travel: base64 to bytes, and which kinds are
 * good enough to log in with.  Bytes of strangers: no length is trusted.
 */
#ifndef PAUTA_KEYBLOB_H
#define PAUTA_KEYBLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../../proto/sshkey.h"

enum { KEYBLOB_MAX = 4096 };

/* Decode into out[KEYBLOB_MAX].  0 and *len, or -ERR_USAGE. */
int keyblob_decode(const char *base64, uint8_t *out, size_t *len);

/*
 * ed25519 with or without a security key, ecdsa on P-256, RSA of 3072 bits or
 * more.  Certificates, DSA and the larger curves are none of these.
 */
bool keyblob_is_good(const uint8_t *blob, size_t len);

#endif
