/* SPDX-License-Identifier: ISC */
/*
 * random.c - hash_random() of hash.h, out of the kernel.  Apart, so that a
 * program which only names its requests carries no library of ciphers.
 */
#include <assert.h>
#include <errno.h>
#include <sys/random.h>

#include "hash.h"

void
hash_random(void *out, size_t n)
{
	uint8_t *p = out;
	ssize_t got;

	for (; n > 0; n -= (size_t)got, p += got) {
		/* Before its first bytes it waits; after them it never fails. */
		while ((got = getrandom(p, n, 0)) < 0)
			assert(errno == EINTR);
	}
}
