/* SPDX-License-Identifier: ISC */
/*
 * attached.c - the bytes of every attachment against what the record says of
 * them.  It reads whole files, so it is done here and not in the core.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../proto/hash.h"
#include "admin.h"
#include "core/seal.h"
#include "store/blob.h"

struct attached {
	const char *dir;
	int64_t count, faults;
};

static int
attached_on_file(void *arg, const struct file_row *f)
{
	struct attached *a = arg;
	struct blob b = { a->dir, f->office, f->sha256 };
	struct why why;

	a->count++;
	if (blob_verify(&b, f->size, &why) < 0) {
		a->faults++;
		(void)fprintf(stderr, "%s\n", why.text);
	}
	return 0;
}

int
attached_verify(const char *dir, bool json)
{
	char *path = xasprintf("%s/pauta.db", dir);
	struct attached a = { .dir = dir };
	struct store *s = NULL;
	struct why why;
	int r;

	if ((r = store_open(path, STORE_READONLY, &s, &why)) == 0)
		(void)store_each_file(s, attached_on_file, &a);
	else
		(void)fprintf(stderr, "%s\n", why.text);
	store_free(s);
	free(path);
	if (r < 0)
		return err_status((enum err)-r);
	if (!json && a.faults == 0)
		(void)printf("Adjuntos: %lld archivos, como dice el "
		    "registro.\n", (long long)a.count);
	return a.faults == 0 ? 0 : err_status(ERR_SYSTEM);
}
