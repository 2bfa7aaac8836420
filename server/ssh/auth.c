/* SPDX-License-Identifier: ISC */
/* auth.c - see auth.h. */
#include "auth.h"

#include <string.h>

#include "../../proto/base.h"

bool
auth_request(struct auth *a, const char *login)
{
	/* A name that cannot exist is asked for like any other, as "-". */
	const char *name = allow_login(login) ? login : "-";

	a->proved = false;
	a->key_len = 0;
	if (++a->requests > AUTH_REQUESTS || auth_is_spent(a))
		return false;
	if (!a->pinned) {
		(void)snprintf(a->login, sizeof a->login, "%s", name);
		a->pinned = true;
	}
	return strcmp(a->login, name) == 0;
}

bool
auth_key(struct auth *a, const uint8_t *blob, size_t len, bool signed_,
    bool known)
{
	a->proved = false;
	a->key_len = 0;
	if (!known || !a->pinned || len > sizeof a->key) {
		auth_fail(a);
		return false;
	}
	if (signed_) {
		memcpy(a->key, blob, len);
		a->key_len = len;
		a->proved = true;
	}
	return true;
}

void
auth_fail(struct auth *a)
{
	a->proved = false;
	a->failures++;
}

bool
auth_is_spent(const struct auth *a)
{
	return a->failures >= AUTH_FAILURES;
}
