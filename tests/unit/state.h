/* SPDX-License-Identifier: ISC */
/* state.h - tests whose client keeps things in a folder of their own. */
#ifndef PAUTA_STATE_H
#define PAUTA_STATE_H

#include "test.h"

static char folder[64];

static inline int
state_setup(void **st)
{
	(void)snprintf(folder, sizeof folder, "/tmp/pauta-state-XXXXXX");
	assert_non_null(mkdtemp(folder));
	(void)setenv("XDG_STATE_HOME", folder, 1);
	*st = NULL;
	return 0;
}

static inline int
state_teardown(void **st)
{
	char *words = xasprintf("rm -rf %s", folder);

	(void)st;
	assert_int_equal(system(words), 0);
	free(words);
	return 0;
}

#define STATE(f) cmocka_unit_test_setup_teardown(f, state_setup, state_teardown)

#endif
