/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/* procedure.c - definitions: refused in words, or whole. */
#include "fuzz.h"

#include "../../server/engine/procedure.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *s = fuzz_text(data, n);
	struct institution *in = NULL;
	struct procedure *p = NULL;
	struct buf faults;

	buf_init(&faults, 1 << 20);
	if (procedure_load("fuzz.yaml", s, &p, &faults) == 0)
		procedure_free(p);
	else
		assert(faults.len > 0);
	buf_clear(&faults);
	buf_init(&faults, 1 << 20);
	if (institution_load("fuzz.yaml", s, &in, &faults) == 0)
		institution_free(in);
	else
		assert(faults.len > 0);
	buf_clear(&faults);
	free(s);
	return 0;
}
