/* SPDX-License-Identifier: ISC */
/*
 * sshkey.h - the public keys that people have, as OpenSSH writes them: is a
 * signature theirs, and was a finger on the key when it was made?
 *
 * Kinds: ssh-ed25519, sk-ssh-ed25519@openssh.com, ecdsa-sha2-nistp256 and
 * ssh-rsa from 2048 bits on (rsa-sha2-256 and -512; never SHA-1).
 */
#ifndef PAUTA_SSHKEY_H
#define PAUTA_SSHKEY_H

#include "base.h"

/* What a key of hardware says of the moment; false for other keys. */
struct sshkey_touch {
	bool hardware;
	bool present;		/* somebody touched it */
};

/*
 * Is sig the signature of data by the key?  blob is the second word of a .pub
 * file, decoded; sig what an agent answers.
 */
bool sshkey_verify(const void *blob, size_t blob_len, const void *sig,
    size_t sig_len, const void *data, size_t n, struct sshkey_touch *);

/* The kind that the blob says, or NULL when it is none of ours. */
const char *sshkey_kind(const void *blob, size_t len);

/* Bits of an RSA key, 0 of any other; with fewer than these nobody enters. */
enum { SSHKEY_RSA_BITS = 3072 };
size_t sshkey_rsa_bits(const void *blob, size_t len);
/* May whoever has this key enter: is it of those kinds, and long enough? */
bool sshkey_may_enter(const void *blob, size_t len);

/* "SHA256:…" as ssh-keygen -l prints it.  Given. */
char *sshkey_fingerprint(const void *blob, size_t len);

#endif
