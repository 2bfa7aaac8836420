/* SPDX-License-Identifier: ISC */
/*
 * fuzz.h - one target a file: whatever the bytes, no crash and no broken
 * promise.  `make fuzz` gives them to libFuzzer; `make check` replays the
 * corpus, and what main.c makes of it.
 */
#ifndef PAUTA_FUZZ_H
#define PAUTA_FUZZ_H

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../proto/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* The bytes as a string, up to their first NUL; given. */
static inline char *
fuzz_text(const uint8_t *data, size_t n)
{
	char *s = xcalloc(1, n + 1);

	if (n > 0)
		memcpy(s, data, n);
	return s;
}

#endif
