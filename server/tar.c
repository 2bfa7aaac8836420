/* SPDX-License-Identifier: ISC */
/*
 * tar.c - see tar.h.  A member is a block of 512 bytes and its content filled
 * up to 512; two blocks of zeroes end the file.  Of the block:
 *
 *	0 name   100 mode   108 uid   116 gid   124 size   136 time
 *	148 sum of the block's bytes, itself taken as blanks   156 type
 *	257 "ustar", "00"
 *
 * Numbers are octal text.  A size that does not fit in eleven digits (8 GiB)
 * is binary, with the first bit set, as GNU tar writes it.
 */
#include "tar.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 512, NAME = 100, SIZE_AT = 124, SIZE_LEN = 12, SUM_AT = 148,
	SUM_LEN = 8, TYPE_AT = 156, MAGIC_AT = 257 };

struct tar {
	FILE *f;
	char *path, *fresh;
};

static int
tar_errno(struct why *why, const char *path)
{
	return why_set(why, ERR_SYSTEM, "%s: %s.", path,
	    err_reason(errno != 0 ? errno : EIO));
}

/* ---- writing ---- */

int
tar_new(const char *path, struct tar **out, struct why *why)
{
	struct tar *t;
	int fd;

	if (access(path, F_OK) == 0)
		return why_set(why, ERR_REFUSED,
		    "%s ya existe: indique otro archivo.", path);
	t = xcalloc(1, sizeof *t);
	t->path = xstrdup(path);
	t->fresh = xasprintf("%s.new", path);
	(void)unlink(t->fresh);
	fd = open(t->fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || (t->f = fdopen(fd, "w")) == NULL) {
		tar_free(t);
		return tar_errno(why, path);
	}
	*out = t;
	return 0;
}

void
tar_free(struct tar *t)
{
	if (t == NULL)
		return;
	if (t->f != NULL)
		(void)fclose(t->f);
	(void)unlink(t->fresh);
	free(t->path);
	free(t->fresh);
	free(t);
}

static unsigned
tar_sum(const uint8_t b[BLOCK])
{
	unsigned i, sum = 0;

	for (i = 0; i < BLOCK; i++)
		sum += i >= SUM_AT && i < SUM_AT + SUM_LEN ? ' ' : b[i];
	return sum;
}

static void
tar_put_size(uint8_t *at, int64_t size)
{
	int i;

	if (size < (int64_t)1 << 33) {
		(void)snprintf((char *)at, SIZE_LEN, "%011llo",
		    (unsigned long long)size);
		return;
	}
	for (i = SIZE_LEN - 1; i >= 0; i--, size >>= 8)
		at[i] = (uint8_t)size;
	at[0] |= 0x80;
}

static int
tar_head(struct tar *t, const char *name, int64_t size, struct why *why)
{
	uint8_t b[BLOCK] = { 0 };

	if (strlen(name) > NAME)
		return why_set(why, ERR_REFUSED,
		    "«%s» es un nombre demasiado largo.", name);
	memcpy(b, name, strlen(name));
	memcpy(b + NAME, "0000600", 8);
	memcpy(b + 108, "0000000", 8);
	memcpy(b + 116, "0000000", 8);
	tar_put_size(b + SIZE_AT, size);
	(void)snprintf((char *)b + 136, 12, "%011llo",
	    (unsigned long long)time(NULL));
	b[TYPE_AT] = '0';
	memcpy(b + MAGIC_AT, "ustar\0" "00", 8);
	(void)snprintf((char *)b + SUM_AT, SUM_LEN, "%06o", tar_sum(b));
	b[SUM_AT + 7] = ' ';
	return fwrite(b, BLOCK, 1, t->f) == 1 ? 0 : tar_errno(why, t->path);
}

static int
tar_fill(struct tar *t, int64_t size, struct why *why)
{
	static const uint8_t zero[BLOCK];
	size_t n = (size_t)((BLOCK - size % BLOCK) % BLOCK);

	return fwrite(zero, 1, n, t->f) == n ? 0 : tar_errno(why, t->path);
}

int
tar_add_text(struct tar *t, const char *name, const char *text,
    struct why *why)
{
	size_t n = strlen(text);
	int r;

	if ((r = tar_head(t, name, (int64_t)n, why)) < 0)
		return r;
	if (fwrite(text, 1, n, t->f) != n)
		return tar_errno(why, t->path);
	return tar_fill(t, (int64_t)n, why);
}

int
tar_add(struct tar *t, const char *name, const char *file, struct why *why)
{
	uint8_t part[65536];
	int64_t done = 0;
	struct stat st;
	size_t n;
	FILE *f = fopen(file, "re");
	int r = 0;

	if (f == NULL || fstat(fileno(f), &st) < 0)
		r = tar_errno(why, file);
	else
		r = tar_head(t, name, st.st_size, why);
	while (r == 0 && (n = fread(part, 1, sizeof part, f)) > 0) {
		done += (int64_t)n;
		if (fwrite(part, 1, n, t->f) != n)
			r = tar_errno(why, t->path);
	}
	if (r == 0 && (ferror(f) || done != st.st_size))
		r = why_set(why, ERR_SYSTEM, "%s cambió mientras se copiaba.",
		    file);
	if (f != NULL)
		(void)fclose(f);
	return r < 0 ? r : tar_fill(t, done, why);
}

int
tar_end(struct tar *t, struct why *why)
{
	static const uint8_t zero[2 * BLOCK];

	if (fwrite(zero, sizeof zero, 1, t->f) != 1 || fflush(t->f) != 0 ||
	    fsync(fileno(t->f)) < 0 || rename(t->fresh, t->path) < 0 ||
	    sync_name(t->path) < 0)
		return tar_errno(why, t->path);
	return 0;
}

/* ---- reading ---- */

static int
tar_bad(struct why *why, const char *path)
{
	return why_set(why, ERR_REFUSED,
	    "%s no es una copia de seguridad, o está cortada o dañada.", path);
}

static int64_t
tar_get_size(const uint8_t *at)
{
	int64_t size = 0;
	int i;

	if (!(at[0] & 0x80))
		return strtoll((const char *)at, NULL, 8);
	if (at[0] != 0x80 || at[1] != 0 || at[2] != 0 || at[3] != 0)
		return -1;
	for (i = 4; i < SIZE_LEN; i++)
		size = size << 8 | at[i];
	return size;
}

/* One block: 1 a member, 0 the end, or an error. */
static int
tar_next(FILE *f, const char *path, char name[NAME + 1], int64_t *size,
    struct why *why)
{
	static const uint8_t zero[BLOCK];
	uint8_t b[BLOCK];

	if (fread(b, BLOCK, 1, f) != 1)
		return tar_bad(why, path);
	if (memcmp(b, zero, BLOCK) == 0)
		return fread(b, BLOCK, 1, f) == 1 &&
			memcmp(b, zero, BLOCK) == 0 ? 0 : tar_bad(why, path);
	b[SIZE_AT + SIZE_LEN - 1] &= b[SIZE_AT] & 0x80 ? 0xff : 0;
	*size = tar_get_size(b + SIZE_AT);
	if (memcmp(b + MAGIC_AT, "ustar", 5) != 0 || b[TYPE_AT] != '0' ||
	    (unsigned)strtoul((char *)b + SUM_AT, NULL, 8) != tar_sum(b) ||
	    *size < 0)
		return tar_bad(why, path);
	memcpy(name, b, NAME);
	name[NAME] = '\0';
	return 1;
}

int
tar_each(const char *path, tar_fn *fn, void *arg, struct why *why)
{
	char name[NAME + 1];
	int64_t size = 0;
	off_t at;
	FILE *f;
	int r;

	if ((f = fopen(path, "re")) == NULL)
		return why_set(why, ERR_NOT_FOUND, "%s: %s.", path,
		    err_reason(errno));
	while ((r = tar_next(f, path, name, &size, why)) > 0) {
		at = ftello(f);
		if ((r = fn(arg, name, size, f, why)) < 0)
			break;
		size = (size + BLOCK - 1) / BLOCK * BLOCK;
		if (fseeko(f, at + size, SEEK_SET) < 0) {
			r = tar_bad(why, path);
			break;
		}
	}
	(void)fclose(f);
	return r;
}

int
tar_save(FILE *f, int64_t size, const char *to, struct why *why)
{
	uint8_t part[65536];
	FILE *out = NULL;
	size_t n = 0;
	int fd, r = 0;

	fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || (out = fdopen(fd, "w")) == NULL)
		r = tar_errno(why, to);
	for (; r == 0 && size > 0; size -= (int64_t)n) {
		n = size < (int64_t)sizeof part ? (size_t)size : sizeof part;
		if (fread(part, 1, n, f) != n)
			r = why_set(why, ERR_REFUSED,
			    "La copia de seguridad está cortada.");
		else if (fwrite(part, 1, n, out) != n)
			r = tar_errno(why, to);
	}
	if (r == 0 && (fflush(out) != 0 || fsync(fd) < 0))
		r = tar_errno(why, to);
	if (out != NULL)
		(void)fclose(out);
	else if (fd >= 0)
		(void)close(fd);
	return r;
}
