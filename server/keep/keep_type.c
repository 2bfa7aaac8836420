/* SPDX-License-Identifier: ISC */
/*
 * keep_type.c - what type bytes are of, and the walls around the library that
 * says so.  Its tables are read before the first byte comes; after that this
 * process can open nothing.
 */
#include "keep.h"

#include <magic.h>
#include <stdio.h>
#include <string.h>

#include "../confine/confine.h"

enum { KEEP_MEMORY = 192 << 20, KEEP_CPU_S = 3600 };

static magic_t types;

int
keep_open_types(void)
{
	types = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS |
	    MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_TAR);
	if (types == NULL || magic_load(types, NULL) < 0)
		return -ERR_SYSTEM;
	return 0;
}

void
keep_type(const void *head, size_t n, char out[KEEP_MIME])
{
	const uint8_t *p = head;
	const char *mime = n == 0 ? "inode/x-empty" :
	    magic_buffer(types, head, n);

	/* Of a single letter libmagic has no opinion. */
	if (n == 1 && (*p == '\n' || (*p >= ' ' && *p < 0x7f)))
		mime = "text/plain";
	if (mime == NULL)
		mime = "application/octet-stream";
	(void)snprintf(out, KEEP_MIME, "%s", mime);
}

void
keep_confine(int64_t limit)
{
	confine_begin();
	confine_limit(RLIMIT_NPROC, 0);
	confine_limit(RLIMIT_CPU, KEEP_CPU_S);
	confine_memory(KEEP_MEMORY);
#if !defined(__SANITIZE_ADDRESS__)
	confine_limit(RLIMIT_FSIZE, (rlim_t)limit);
#else
	(void)limit;
#endif
	confine_paths(NULL, NULL);
}
