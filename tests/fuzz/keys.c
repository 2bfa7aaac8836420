/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* keys.c - bytes of a terminal: a key or none, never stuck. */
#include "fuzz.h"

#include "../../client/keys.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct keys k;
	int32_t key;
	size_t i;

	keys_init(&k);
	for (i = 0; i < n; i++)
		for (key = keys_feed(&k, data[i]); key != K_NONE;
		     key = keys_held(&k))
			assert(keys_name(key) != NULL);
	(void)keys_timeout(&k);
	(void)keys_timeout(&k);
	assert(!keys_is_esc(&k));
	return 0;
}
