/* SPDX-License-Identifier: ISC */
/*
 * sshsig.h - signatures that `ssh-keygen -Y verify` can check: the SSHSIG
 * envelope that OpenSSH describes in PROTOCOL.sshsig (SHA-512), made with an
 * Ed25519 key of ours or with any key of an agent.  A namespace keeps a
 * signature from being used for another purpose.
 */
#ifndef PAUTA_SSHSIG_H
#define PAUTA_SSHSIG_H

#include <stdio.h>

#include "base.h"
#include "sshkey.h"

enum { SSHSIG_KEY = 32, SSHSIG_BLOB = 1280 };

struct sshsig_key {
	uint8_t seed[SSHSIG_KEY];	/* the secret */
	uint8_t pub[SSHSIG_KEY];
};

void sshsig_key_make(struct sshsig_key *);
void sshsig_key_clear(struct sshsig_key *);

/* The secret key as PEM (PKCS #8), without a passphrase.  0 or -ERR_SYSTEM. */
int sshsig_key_write(const struct sshsig_key *, FILE *);
int sshsig_key_read(FILE *, struct sshsig_key *);
/* The same out of the text of an OpenSSH file without a passphrase.  0, or
 * -ERR_USAGE when it is not one, or of another kind. */
int sshsig_key_parse(const char *text, struct sshsig_key *);

enum { SSHSIG_BYTES = 64 };
/* What an Ed25519 key says to n bytes. */
void sshsig_key_sign(const struct sshsig_key *, const void *, size_t n,
    uint8_t out[SSHSIG_BYTES]);

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

/* ---- signatures by keys of any kind (sshkey.h) ---- */

/* Who made a signature: the public key as a .pub file has it, decoded. */
struct sshsig_maker {
	uint8_t blob[SSHSIG_BLOB];
	size_t len;
	struct sshkey_touch touch;
};

/* As sshsig_verify, for any kind of key.  The armour in its one form. */
int sshsig_open(const char *armour, const char *space, const void *text,
    size_t n, struct sshsig_maker *, struct why *);

/* What came as an armour, perhaps with other line ends or only its base64, in
 * the one form.  Given; NULL when it is not that. */
char *sshsig_tidy(const char *);

/* For a key that is elsewhere: the bytes it must sign (initialises the
 * buffer), and the armour of what it answered; given, NULL when too long. */
void sshsig_bytes(struct buf *, const char *space, const void *text,
    size_t n);
char *sshsig_wrap(const void *blob, size_t blob_len, const char *space,
    const void *sig, size_t sig_len);

#define SSHSIG_BEGIN "-----BEGIN SSH SIGNATURE-----\n"
#define SSHSIG_END "-----END SSH SIGNATURE-----\n"

#endif
