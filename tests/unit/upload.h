/* SPDX-License-Identifier: ISC */
/* upload.h - files of a person's machine, and where a step takes them. */
#ifndef PAUTA_UPLOAD_FILES_H
#define PAUTA_UPLOAD_FILES_H

#include "state.h"

#define PLACE "{\"field\":\"received\",\"label\":\"Material\"," \
	"\"path\":\"/CON-1/3.1/\",\"suffixes\":[\"txt\",\"pdf\"]," \
	"\"sftp\":\"sftp -P 22 ana@host:/CON-1/3.1/\"}"

/* A file of n bytes in the folder of the test; its path, given. */
static inline char *
file_put(const char *name, size_t n, int seed)
{
	char *path = xasprintf("%s/%s", folder, name);
	FILE *f = fopen(path, "w");
	size_t i;

	assert_non_null(f);
	for (i = 0; i < n; i++)
		(void)fputc((int)(i * 31 + i / 251 + (unsigned)seed) & 0xff, f);
	(void)fclose(f);
	return path;
}

#endif
