/* SPDX-License-Identifier: ISC */
/*
 * sshsig.h - signatures that `ssh-keygen -Y verify` can check: Ed25519 keys
 * and the SSHSIG envelope that OpenSSH describes in PROTOCOL.sshsig (SHA-512).
 * A namespace keeps a signature from being used for another purpose.
 */
#ifndef PAUTA_SSHSIG_H
#define PAUTA_SSHSIG_H

#include <stdio.h>

#include "base.h"

enum { SSHSIG_KEY = 32 };

struct sshsig_key {
	uint8_t seed[SSHSIG_KEY];	/* the secret */
	uint8_t pub[SSHSIG_KEY];
};

void sshsig_key_make(struct sshsig_key *);
void sshsig_key_clear(struct sshsig_key *);

/* The secret key as PEM (PKCS #8), without a passphrase.  0 or -ERR_SYSTEM. */
int sshsig_key_write(const struct sshsig_key *, FILE *);
int sshsig_key_read(FILE *, struct sshsig_key *);

/* "ssh-ed25519 AAAA…", given.  Parse: 0, or -ERR_USAGE when it is not one;
 * a comment after it is passed over. */
char *sshsig_public(const uint8_t pub[SSHSIG_KEY]);
int sshsig_public_parse(const char *line, uint8_t pub[SSHSIG_KEY]);

/* The armoured signature of n bytes, given. */
char *sshsig_sign(const struct sshsig_key *, const char *space,
    const void *text, size_t n);

/*
 * Is armour a signature of these bytes in this namespace?  0, and pub is the
 * key that made it: whose key that is, the caller must know.  Otherwise
 * -ERR_REFUSED with why.
 */
int sshsig_verify(const char *armour, const char *space, const void *text,
    size_t n, uint8_t pub[SSHSIG_KEY], struct why *);

#define SSHSIG_BEGIN "-----BEGIN SSH SIGNATURE-----\n"
#define SSHSIG_END "-----END SSH SIGNATURE-----\n"

#endif
