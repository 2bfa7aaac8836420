/* SPDX-License-Identifier: ISC */
/* test.h - what cmocka wants before it, in its order, and our few helpers. */
#ifndef PAUTA_TEST_H
#define PAUTA_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../../proto/base.h"

/* The text of a file, given; fails the test when it cannot be read. */
static inline char *
test_read(const char *path)
{
	struct buf b;
	char part[4096], *text;
	size_t n;
	FILE *f;

	if ((f = fopen(path, "rb")) == NULL)
		fail_msg("cannot open %s", path);
	buf_init(&b, FRAME_MAX * 4);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		assert_int_equal(buf_add(&b, part, n), 0);
	(void)fclose(f);
	text = xstrdup(buf_str(&b));
	buf_clear(&b);
	return text;
}

#endif
