/* SPDX-License-Identifier: ISC */
/*
 * random.c - hash_random() and hash_op() of hash.h, out of the kernel.  Apart, so that a
 * program which only names its requests carries no library of ciphers.
 */
#include <assert.h>
#include <errno.h>
#include <sys/random.h>
#include <time.h>

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

void
hash_op(uint8_t op[OP_SIZE])
{
	struct timespec now;
	uint64_t ms;
	int i;

	hash_random(op, OP_SIZE);
	(void)clock_gettime(CLOCK_REALTIME, &now);
	ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
	for (i = 0; i < 6; i++)
		op[i] = (uint8_t)(ms >> (40 - 8 * i));
}
