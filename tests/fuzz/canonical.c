/* SPDX-License-Identifier: ISC */
/* rooms: proto */
/* canonical.c - JSON: its canonical form reads back as the same. */
#include "fuzz.h"

#include "../../proto/hash.h"

/* What the record never holds is asserted against there. */
static bool
json_is_ours(const json_t *v)
{
	const char *key, *p;
	json_t *one;
	size_t i;

	if (json_is_real(v))
		return false;
	if (json_is_string(v))
		for (p = json_string_value(v); *p != '\0'; p++)
			if ((unsigned char)*p < 0x20 && *p != '\n' &&
			    *p != '\t')
				return false;
	json_array_foreach((json_t *)v, i, one)
		if (!json_is_ours(one))
			return false;
	json_object_foreach((json_t *)v, key, one) {
		for (p = key; *p != '\0'; p++)
			if ((unsigned char)*p < 0x20)
				return false;
		if (!json_is_ours(one))
			return false;
	}
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	json_t *v = json_loadb((const char *)data, n, JSON_REJECT_DUPLICATES,
	    NULL), *again;
	char *line, *twice;

	if (v != NULL && json_is_ours(v)) {
		line = hash_canonical(v);
		again = json_loads(line, 0, NULL);
		assert(again != NULL && json_equal(v, again));
		twice = hash_canonical(again);
		assert(strcmp(line, twice) == 0);
		free(line);
		free(twice);
		json_decref(again);
	}
	json_decref(v);
	return 0;
}
