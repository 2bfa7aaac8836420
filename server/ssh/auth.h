/* SPDX-License-Identifier: ISC */
/*
 * auth.h - who a connection has proved to be.  Pure: no library, no core.
 *
 * libssh reports mere offers of a key and verified signatures through the same
 * callback; to take one for the other is to let anybody in as anybody.  So:
 * the name is pinned by the first request, whatever was proved is forgotten at
 * each new request, and only auth_key(..., signed = true) proves anything.
 */
#ifndef PAUTA_AUTH_H
#define PAUTA_AUTH_H

#include "allow.h"

enum {
	AUTH_KEY_MAX = 4096,		/* bytes of a public key */
	AUTH_FAILURES = 6,		/* tries that may fail */
	AUTH_REQUESTS = 24		/* requests of any kind */
};

struct auth {
	bool pinned, proved;
	int requests, failures;
	char login[LOGIN_MAX + 1];	/* pinned */
	uint8_t key[AUTH_KEY_MAX];	/* while proved */
	size_t key_len;
};

/*
 * A request in the name of login arrives.  false: the connection must end
 * (another name than at first, or too many requests).
 */
bool auth_request(struct auth *, const char *login);

/*
 * The answer to a key within that request: known is the core's word, signed
 * that the library verified a signature over it.  Returns what to tell the
 * peer; only with signed does it prove the identity.
 */
bool auth_key(struct auth *, const uint8_t *blob, size_t len, bool signed_,
    bool known);

/* One try failed without a key being looked at. */
void auth_fail(struct auth *);

/* Has it failed so often that the connection must end? */
bool auth_is_spent(const struct auth *);

#endif
