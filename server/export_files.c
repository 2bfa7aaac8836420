/* SPDX-License-Identifier: ISC */
/*
 * export_files.c - what was attached, for export.c: files/SUM each, once, with
 * the SHA-256 that the events say for a name.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../proto/hash.h"
#include "../proto/doc.h"
#include "admin.h"
#include "core/seal.h"
#include "store/blob.h"

struct copying {
	const char *dir, *folder;
	json_t *sums;			/* as keys; false once it is copied */
	int64_t count;
	struct why *why;
};

static int
copy_errno(const struct copying *c, const char *path)
{
	return why_set(c->why, ERR_SYSTEM, "%s: %s.", path, err_reason(errno));
}

/* All that is left of one into the other. */
static int
copy_bytes(int from, int to)
{
	char part[65536];
	ssize_t n, w, at;

	while ((n = read(from, part, sizeof part)) > 0)
		for (at = 0; at < n; at += w)
			if ((w = write(to, part + at, (size_t)(n - at))) < 0)
				return -ERR_SYSTEM;
	return n < 0 ? -ERR_SYSTEM : 0;
}

/* Made whole, and of the sum of its name. */
static int
copy_to(const struct copying *c, const char *sum, int from, const char *path)
{
	uint8_t is[HASH_SIZE];
	char hex[HASH_TEXT];
	int64_t size;
	int to, r;

	to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (to < 0)
		return copy_errno(c, path);
	r = copy_bytes(from, to) < 0 ? copy_errno(c, path) : 0;
	if (close(to) < 0 && r == 0)
		r = copy_errno(c, path);
	if (r == 0 && hash_file(path, is, &size) < 0)
		r = copy_errno(c, path);
	if (r == 0 && strcmp(hex_text(is, HASH_SIZE, hex), sum) != 0)
		r = why_set(c->why, ERR_SYSTEM, "El archivo adjunto %s no es el "
		    "que dice el registro: compruebe con pautad verify.", sum);
	return r;
}

static int
copy_on_file(void *arg, const struct file_row *f)
{
	struct copying *c = arg;
	struct blob b = { c->dir, f->office, f->sha256 };
	char *path;
	int from, r;

	if (!doc_is(c->sums, f->sha256))
		return 0;
	if ((from = blob_open(&b)) < 0)
		return why_set(c->why, ERR_SYSTEM, "Falta el archivo adjunto %s: "
		    "compruebe con pautad verify.", f->sha256);
	path = xasprintf("%s/files/%s", c->folder, f->sha256);
	if ((r = copy_to(c, f->sha256, from, path)) == 0) {
		json_object_set_new(c->sums, f->sha256, json_false());
		c->count++;
	}
	free(path);
	(void)close(from);
	return r;
}

int64_t
export_files(const char *dir, const char *folder, struct store *s,
    json_t *sums, struct why *why)
{
	struct copying c = { .dir = dir, .folder = folder, .sums = sums,
		.why = why };
	const char *sum;
	json_t *left;
	int r = store_each_file(s, copy_on_file, &c);

	if (r < 0)
		return r;
	json_object_foreach(sums, sum, left)
		if (json_is_true(left))
			return why_set(why, ERR_SYSTEM, "El registro nombra el "
			    "archivo adjunto %s y no lo tiene: compruebe con "
			    "pautad verify.", sum);
	return c.count;
}
