/* SPDX-License-Identifier: ISC */
/* blob.c - see blob.h. */
#include "blob.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_DIGITS = 2 * HASH_SIZE };

static bool
name_is_sound(const char *office, const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
	size_t n = strlen(office);

	return n > 0 && n < 64 && strspn(office, letters) == n &&
	    strlen(name) == NAME_DIGITS &&
	    strspn(name, "0123456789abcdef") == NAME_DIGITS;
}

static char *
blob_path(const struct blob *b)
{
	assert(name_is_sound(b->office, b->name));
	return xasprintf("%s/blobs/%s/%.2s/%s", b->dir, b->office, b->name,
	    b->name + 2);
}

static char *
spool_path(const struct blob *b)
{
	assert(name_is_sound(b->office, b->name));
	return xasprintf("%s/spool/%s/%s", b->dir, b->office, b->name);
}

static int
blob_errno(struct why *why, const char *what)
{
	if (errno == ENOSPC || errno == EDQUOT)
		return why_set(why, ERR_REFUSED, "El disco del servidor está "
		    "lleno: el archivo no se guardó. Avise a quien administra "
		    "el sistema.");
	return why_set(why, ERR_SYSTEM, "El servidor no pudo %s: %s.", what,
	    err_reason(errno));
}

/* Make what was put into a folder stay there. */
static int
folder_sync(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	int r = fd < 0 ? -1 : fsync(fd);

	if (fd >= 0)
		close(fd);
	return r;
}

/* Make the folders of a path below dir; with sync, make them stay. */
static int
folders_make(const char *dir, const char *path, bool sync)
{
	size_t i = strlen(dir) + 1;
	char *part = xstrdup(path), *parent;
	int r = 0;

	for (; r == 0 && part[i] != '\0'; i++) {
		if (part[i] != '/')
			continue;
		part[i] = '\0';
		if (mkdir(part, 0700) < 0 && errno != EEXIST)
			r = -1;
		/* Also one that is there: its maker may have been killed. */
		if (r == 0 && sync) {
			parent = xstrdup(part);
			*strrchr(parent, '/') = '\0';
			r = folder_sync(parent);
			free(parent);
		}
		part[i] = '/';
	}
	free(part);
	return r;
}

int
blob_spool(const struct blob *b, bool fresh, int64_t *size, struct why *why)
{
	char *path = spool_path(b);
	struct stat sb;
	int fd = -1, r = 0;

	if (folders_make(b->dir, path, false) < 0 ||
	    (fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
		 0600)) < 0)
		r = blob_errno(why, "recibir el archivo");
	else if (flock(fd, LOCK_EX | LOCK_NB) < 0)
		r = why_set(why, ERR_REFUSED, "Ese archivo todavía se está "
		    "recibiendo: espere un momento y continúe.");
	else if ((fresh && ftruncate(fd, 0) < 0) || fstat(fd, &sb) < 0)
		r = blob_errno(why, "recibir el archivo");
	free(path);
	if (r < 0) {
		if (fd >= 0)
			close(fd);
		return r;
	}
	*size = sb.st_size;
	return fd;
}

int64_t
blob_spool_size(const struct blob *b)
{
	char *path = spool_path(b);
	struct stat sb;
	int r = lstat(path, &sb);

	free(path);
	return r < 0 || !S_ISREG(sb.st_mode) ? -1 : (int64_t)sb.st_size;
}

void
blob_spool_drop(const struct blob *b)
{
	char *path = spool_path(b);

	(void)unlink(path);
	free(path);
}

static FTS *
walk_open(char *folder)
{
	char *const roots[] = { folder, NULL };

	if (access(folder, F_OK) < 0)
		return NULL;
	return fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, NULL);
}

int64_t
blob_spool_sum(const char *dir, const char *office)
{
	char *folder = xasprintf("%s/spool/%s", dir, office);
	FTS *walk = walk_open(folder);
	int64_t sum = 0;
	FTSENT *e;

	while (walk != NULL && (e = fts_read(walk)) != NULL)
		if (e->fts_info == FTS_F)
			sum += e->fts_statp->st_size;
	if (walk != NULL)
		(void)fts_close(walk);
	free(folder);
	return sum;
}

int
blob_keep(const struct blob *b, const char *key, struct why *why)
{
	struct blob from = { b->dir, b->office, key };
	char *path = blob_path(b), *spool = spool_path(&from), *folder;
	int r;

	folder = xstrdup(path);
	*strrchr(folder, '/') = '\0';
	r = folders_make(b->dir, path, true) < 0 || chmod(spool, 0400) < 0 ||
	    rename(spool, path) < 0 || folder_sync(folder) < 0 ?
	    blob_errno(why, "guardar el archivo") : 0;
	free(folder);
	free(spool);
	free(path);
	return r;
}

int
blob_open(const struct blob *b)
{
	char *path = blob_path(b);
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	free(path);
	return fd < 0 ? -ERR_NOT_FOUND : fd;
}

int
blob_drop(const struct blob *b)
{
	char *path = blob_path(b);
	int r = unlink(path) < 0 && errno != ENOENT ? -ERR_SYSTEM : 0;

	*strrchr(path, '/') = '\0';
	if (r == 0 && folder_sync(path) < 0 && errno != ENOENT)
		r = -ERR_SYSTEM;
	free(path);
	return r;
}

int
blob_verify(const struct blob *b, int64_t size, struct why *why)
{
	char *path = blob_path(b), hex[HASH_TEXT];
	uint8_t sum[HASH_SIZE];
	int64_t got;
	int r = 0;

	if (hash_file(path, sum, &got) < 0)
		r = why_set(why, ERR_SYSTEM, "Falta el adjunto %s: %s.", path,
		    err_reason(errno));
	else if (got != size ||
	    strcmp(hex_text(sum, HASH_SIZE, hex), b->name) != 0)
		r = why_set(why, ERR_SYSTEM, "El adjunto %s está alterado: "
		    "mide %lld bytes y su suma es %s.", path, (long long)got,
		    hex);
	free(path);
	return r;
}

/* ---- what nobody has any use for ---- */

struct sweep {
	const char *dir;
	struct when now;
	blob_used *is_used;		/* NULL: nothing is */
	void *arg;
};

/* "…/OFFICE/ab/cdef…" in its two names; false when it is none of ours. */
static bool
sweep_names(const char *path, size_t skip, char office[64], char name[HASH_TEXT])
{
	int n = -1;

	return sscanf(path + skip, "%63[A-Za-z0-9_-]/%2[0-9a-f]%n", office,
	    name, &n) == 2 && n > 0 && path[skip + (size_t)n] == '/' &&
	    sscanf(path + skip + n + 1, "%62[0-9a-f]", name + 2) == 1 &&
	    strlen(name) == NAME_DIGITS;
}

static bool
sweep_is_old(const struct sweep *s, const FTSENT *e, int64_t seconds)
{
	const struct stat *sb = e->fts_statp;
	int64_t moved = sb->st_mtime > sb->st_ctime ? sb->st_mtime :
	    sb->st_ctime;

	return moved + seconds <= s->now.s;
}

static int
sweep_folder(struct sweep *s, const char *which, int64_t seconds)
{
	char *folder = xasprintf("%s/%s", s->dir, which);
	char office[64], name[HASH_TEXT];
	size_t skip = strlen(folder) + 1;
	FTS *walk = walk_open(folder);
	FTSENT *e;
	int gone = 0;

	while (walk != NULL && (e = fts_read(walk)) != NULL) {
		if (e->fts_info != FTS_F || !sweep_is_old(s, e, seconds))
			continue;
		if (s->is_used != NULL &&
		    (!sweep_names(e->fts_path, skip, office, name) ||
			s->is_used(s->arg, office, name)))
			continue;
		gone += unlink(e->fts_path) == 0;
	}
	if (walk != NULL)
		(void)fts_close(walk);
	free(folder);
	return gone;
}

int
blob_sweep(const char *dir, struct when now, int64_t seconds,
    blob_used *is_used, void *arg)
{
	struct sweep s = { dir, now, is_used, arg };

	return sweep_folder(&s, "blobs", seconds);
}

int
blob_sweep_spool(const char *dir, struct when now, int64_t seconds)
{
	struct sweep s = { dir, now, NULL, NULL };

	return sweep_folder(&s, "spool", seconds);
}
