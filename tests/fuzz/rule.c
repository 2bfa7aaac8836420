/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/* rule.c - expressions: compiled only from what is listed. */
#include "fuzz.h"

#include "../../server/engine/rule.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct rules *rules;
	char *s = fuzz_text(data, n);
	struct why why;

	if (rules == NULL)
		rules = rules_new();
	if (rule_check(rules, s, NULL, NULL, &why) == 0)
		(void)rule_is_closed(rules, s);
	else
		assert(why.text[0] != '\0');
	free(s);
	return 0;
}
