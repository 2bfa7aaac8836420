/* SPDX-License-Identifier: ISC */
/*
 * backup.c - a whole office in one tar, while it works:
 *
 *	pauta.db	the record, copied by a reader of its own
 *	pautad.conf
 *	blobs/…		attachments, when there are
 *	checkpoint.txt	the last checkpoint in that copy, with its signature
 *	manifest.txt	SHA-256 of each, as sha256sum writes it
 *
 * No key is in it: whoever finds a backup can read the record but not speak
 * in the name of the office.  The copy is verified before the file gets its
 * name.  Attachments are copied after the record, so all that it names are
 * there.
 */
#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../proto/hash.h"
#include "admin.h"
#include "core/seal.h"
#include "tar.h"

struct backup {
	const char *dir;
	char *copy;			/* of the record, beside the file */
	struct tar *tar;
	struct buf manifest;
	int64_t events, checkpoints;
	struct why why;
};

static int
backup_note(struct backup *b, const char *name, const char *file)
{
	char hex[HASH_TEXT];
	uint8_t sum[HASH_SIZE];
	int64_t size;

	if (hash_file(file, sum, &size) < 0)
		return why_set(&b->why, ERR_SYSTEM, "%s: %s.", file,
		    err_reason(errno));
	if (buf_addf(&b->manifest, "%s  %s\n",
		hex_text(sum, HASH_SIZE, hex), name) < 0)
		return why_set(&b->why, ERR_SYSTEM,
		    "Hay demasiados archivos para una copia.");
	return 0;
}

static int
backup_add(struct backup *b, const char *name, const char *file)
{
	int r;

	if ((r = backup_note(b, name, file)) < 0)
		return r;
	return tar_add(b->tar, name, file, &b->why);
}

/* The record as it is now, verified; *last gets its checkpoint. */
static int
backup_record(struct backup *b, char **last)
{
	char *path = xasprintf("%s/pauta.db", b->dir);
	struct store *s = NULL;
	int r;

	if ((r = store_open(path, STORE_READONLY, &s, &b->why)) == 0)
		r = store_copy(s, b->copy, &b->why);
	store_free(s);
	s = NULL;
	if (r == 0 &&
	    (r = store_open(b->copy, STORE_READONLY, &s, &b->why)) == 0 &&
	    (r = store_verify(s, &b->events, &b->why)) == 0 &&
	    (r = seal_verify(s, &b->checkpoints, &b->why)) == 0 &&
	    (*last = seal_last(s)) == NULL)
		r = why_set(&b->why, ERR_REFUSED,
		    "El registro no tiene sellos: no se puede saber después si "
		    "una copia es la última.");
	store_free(s);
	free(path);
	return r;
}

static int
backup_conf(struct backup *b)
{
	char *path = xasprintf("%s/pautad.conf", b->dir);
	int r = backup_add(b, "pautad.conf", path);

	free(path);
	return r;
}

static int
backup_blobs(struct backup *b)
{
	char *folder = xasprintf("%s/blobs", b->dir);
	char *const roots[] = { folder, NULL };
	size_t skip = strlen(b->dir) + 1;
	FTSENT *e;
	FTS *walk = NULL;
	int r = 0;

	if (access(folder, F_OK) == 0 &&
	    (walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL)) == NULL)
		r = why_set(&b->why, ERR_SYSTEM, "%s: %s.", folder,
		    err_reason(errno));
	while (r == 0 && walk != NULL && (e = fts_read(walk)) != NULL)
		if (e->fts_info == FTS_F && e->fts_namelen > 32)
			r = backup_add(b, e->fts_path + skip, e->fts_path);
	if (walk != NULL)
		(void)fts_close(walk);
	free(folder);
	return r;
}

static int
backup_checkpoint(struct backup *b, const char *last)
{
	char hex[HASH_TEXT];
	uint8_t sum[HASH_SIZE];

	hash_sha256(last, strlen(last), sum);
	(void)buf_addf(&b->manifest, "%s  checkpoint.txt\n",
	    hex_text(sum, HASH_SIZE, hex));
	return tar_add_text(b->tar, "checkpoint.txt", last, &b->why);
}

/* Ask the core to sign what there is, so that nothing copied is unsigned. */
static int
backup_seal(struct backup *b)
{
	struct answer a;
	int r;

	r = admin_ask(b->dir, (const char *const[]){ "sello", NULL }, false,
	    &a, &b->why);
	if (r < 0)
		return r;
	if (a.status != 0)
		r = why_set(&b->why, err_find(a.code), "%s", a.text);
	answer_clear(&a);
	return r;
}

int
backup_run(const char *dir, const char *file)
{
	struct backup b = { .dir = dir };
	char *last = NULL;
	int r;

	b.copy = xasprintf("%s.db", file);
	(void)unlink(b.copy);
	buf_init(&b.manifest, 1 << 28);
	if ((r = tar_new(file, &b.tar, &b.why)) == 0 &&
	    (r = backup_seal(&b)) == 0 &&
	    (r = backup_record(&b, &last)) == 0 &&
	    (r = backup_add(&b, "pauta.db", b.copy)) == 0 &&
	    (r = backup_conf(&b)) == 0 && (r = backup_blobs(&b)) == 0 &&
	    (r = backup_checkpoint(&b, last)) == 0 &&
	    (r = tar_add_text(b.tar, "manifest.txt", buf_str(&b.manifest),
		 &b.why)) == 0)
		r = tar_end(b.tar, &b.why);
	(void)unlink(b.copy);
	tar_free(b.tar);
	buf_clear(&b.manifest);
	free(b.copy);
	free(last);
	if (r < 0) {
		(void)fprintf(stderr, "%s\n", b.why.text);
		return err_status(b.why.e);
	}
	(void)printf("Copia lista: %s (%lld hechos, %lld sellos; sin llaves)\n",
	    file, (long long)b.events, (long long)b.checkpoints);
	return 0;
}
