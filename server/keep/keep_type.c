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

static bool
head_has(const uint8_t *p, size_t n, const char *text)
{
	size_t len = strlen(text);
	const uint8_t *end = p + n, *at;

	while ((size_t)(end - p) >= len &&
	    (at = memchr(p, *text, (size_t)(end - p) - len + 1)) != NULL) {
		if (memcmp(at, text, len) == 0)
			return true;
		p = at + 1;
	}
	return false;
}

/*
 * Documents with programs in them have the same type as those without: what
 * the archive calls its parts tells them apart, and needs no unpacking.
 */
static bool
head_has_macros(const uint8_t *p, size_t n)
{
	static const char *const parts[] = { "vbaProject.bin", "vbaData.xml",
		"Basic/script-lc.xml" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(parts); i++)
		if (head_has(p, n, parts[i]))
			return true;
	return false;
}

static bool
head_has_zip(const uint8_t *p, size_t n)
{
	return n >= 4 && memcmp(p, "PK\003\004", 4) == 0;
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
	if (head_has_zip(head, n) && head_has_macros(head, n))
		mime = "application/x-macros";
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
	confine_paths(NULL);
}
