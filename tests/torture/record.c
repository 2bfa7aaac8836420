/* SPDX-License-Identifier: ISC */
/*
 * record.c - preloaded into a program, it writes down every change that the
 * program makes to the files of one folder, every sync, and what is written
 * to the marks' descriptor, all in one order.  A sync is noted and skipped:
 * nothing here is meant to outlive the machine.
 *
 * Only what goes through libc is seen: the reader of the log must check that
 * it holds at least one sync for each acknowledged turn.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "record.h"
#include "preload.h"

enum { FDS = 1024, PATHS = 4096 };

static int record_log = -1, record_marks = -1;
static char record_under[PATHS];
static struct {
	bool file, folder;
	uint64_t ino;
	char name[256];			/* of a folder */
} record_fds[FDS];

static __attribute__((constructor)) void
record_begin(void)
{
	const char *log = getenv(RECORD_LOG), *under = getenv(RECORD_UNDER),
		   *marks = getenv(RECORD_MARKS);

	if (log == NULL || under == NULL)
		return;
	(void)snprintf(record_under, sizeof record_under, "%s/", under);
	record_log = (int)syscall(SYS_openat, AT_FDCWD, log,
	    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (marks != NULL)
		record_marks = (int)strtol(marks, NULL, 10);
}

static void
record_put(enum record_kind kind, uint64_t ino, int64_t at, const void *p,
    size_t len)
{
	struct record_head r = { kind, (uint32_t)len, ino, at };

	if (syscall(SYS_write, record_log, &r, sizeof r) != sizeof r ||
	    (len > 0 && syscall(SYS_write, record_log, p, len) != (long)len))
		abort();		/* a log with a hole proves nothing */
}

/* The name below the folder ("" is the folder itself), or NULL. */
static const char *
record_name(const char *path)
{
	size_t n = strlen(record_under);

	if (record_log < 0)
		return NULL;
	if (strncmp(path, record_under, n) == 0)
		return path + n;
	if (strncmp(path, record_under, n - 1) == 0 && path[n - 1] == '\0')
		return "";
	return NULL;
}

/* Shared memory is made anew after a crash: SQLite trusts none of it. */
static bool
record_is_kept(const char *name)
{
	size_t n = name != NULL ? strlen(name) : 0;

	return name != NULL && (n < 4 || strcmp(name + n - 4, "-shm") != 0);
}

static bool
record_has(int fd)
{
	return fd >= 0 && fd < FDS && record_fds[fd].file;
}

#define REAL(f) static __typeof__(f) *real; \
	if (real == NULL) \
		real = (__typeof__(f) *)dlsym(RTLD_NEXT, #f)

static void
record_opened(int fd, const char *path, int flags, bool fresh)
{
	const char *name = record_name(path);
	struct stat sb;

	if (fd < 0 || fd >= FDS || !record_is_kept(name) || fstat(fd, &sb) < 0)
		return;
	record_fds[fd].folder = S_ISDIR(sb.st_mode);
	record_fds[fd].file = S_ISREG(sb.st_mode);
	record_fds[fd].ino = sb.st_ino;
	(void)snprintf(record_fds[fd].name, sizeof record_fds[fd].name, "%.*s",
	    (int)strcspn(name, "\n"), name);
	if (record_fds[fd].file && fresh)
		record_put(RECORD_CREATE, sb.st_ino, 0, name, strlen(name));
	else if (record_fds[fd].file && (flags & O_TRUNC))
		record_put(RECORD_TRUNCATE, sb.st_ino, 0, NULL, 0);
}

static int
record_open(int at, const char *path, int flags, mode_t mode)
{
	struct stat sb;
	bool fresh;
	int fd;

	fresh = (flags & O_CREAT) && fstatat(at, path, &sb, 0) < 0;
	fd = (int)syscall(SYS_openat, at, path, flags, mode);
	if (at == AT_FDCWD || path[0] == '/')
		record_opened(fd, path, flags, fresh);
	return fd;
}

#define BODY(at) OPEN_BODY(record_open, at)
int open(const char *path, int flags, ...) { BODY(AT_FDCWD); }
int open64(const char *path, int flags, ...) { BODY(AT_FDCWD); }
int openat(int at, const char *path, int flags, ...) { BODY(at); }
int openat64(int at, const char *path, int flags, ...) { BODY(at); }

int
close(int fd)
{
	REAL(close);
	if (fd >= 0 && fd < FDS)
		record_fds[fd].file = record_fds[fd].folder = false;
	return real(fd);
}

ssize_t
write(int fd, const void *p, size_t n)
{
	ssize_t done;
	off_t at = record_has(fd) ? lseek(fd, 0, SEEK_CUR) : 0;

	REAL(write);
	done = real(fd, p, n);
	if (record_has(fd) && done > 0)
		record_put(RECORD_WRITE, record_fds[fd].ino, at, p,
		    (size_t)done);
	else if (record_log >= 0 && fd == record_marks && done > 0)
		record_put(RECORD_MARK, 0, 0, p, (size_t)done);
	return done;
}

static ssize_t
record_pwrite(int fd, const void *p, size_t n, off_t at)
{
	ssize_t done = syscall(SYS_pwrite64, fd, p, n, at);

	if (record_has(fd) && done > 0)
		record_put(RECORD_WRITE, record_fds[fd].ino, at, p,
		    (size_t)done);
	return done;
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at) {
	return record_pwrite(fd, p, n, at);
}
ssize_t pwrite64(int fd, const void *p, size_t n, off_t at) {
	return record_pwrite(fd, p, n, at);
}

static int
record_ftruncate(int fd, off_t size)
{
	int r = (int)syscall(SYS_ftruncate, fd, size);

	if (record_has(fd) && r == 0)
		record_put(RECORD_TRUNCATE, record_fds[fd].ino, size, NULL, 0);
	return r;
}

int ftruncate(int fd, off_t size) { return record_ftruncate(fd, size); }
int ftruncate64(int fd, off_t size) { return record_ftruncate(fd, size); }

static int
record_sync(int fd, long call)
{
	if (record_has(fd))
		record_put(RECORD_SYNC, record_fds[fd].ino, 0, NULL, 0);
	else if (fd >= 0 && fd < FDS && record_fds[fd].folder)
		record_put(RECORD_SYNC_FOLDER, 0, 0, record_fds[fd].name,
		    strlen(record_fds[fd].name));
	else
		return (int)syscall(call, fd);
	return 0;
}

int fsync(int fd) { return record_sync(fd, SYS_fsync); }
int fdatasync(int fd) { return record_sync(fd, SYS_fdatasync); }

static void
record_two(enum record_kind kind, const char *old, const char *new)
{
	char both[2 * PATHS];
	int n;

	old = record_name(old);
	new = record_name(new);
	if (!record_is_kept(old) || !record_is_kept(new))
		return;
	n = snprintf(both, sizeof both, "%s%c%s", old, '\0', new);
	record_put(kind, 0, 0, both, (size_t)n);
}

int
rename(const char *old, const char *new)
{
	int r;

	REAL(rename);
	if ((r = real(old, new)) == 0 && record_log >= 0)
		record_two(RECORD_RENAME, old, new);
	return r;
}

int
link(const char *old, const char *new)
{
	int r;

	REAL(link);
	if ((r = real(old, new)) == 0 && record_log >= 0)
		record_two(RECORD_LINK, old, new);
	return r;
}

int
unlink(const char *path)
{
	int r;

	REAL(unlink);
	if ((r = real(path)) == 0 && record_is_kept(record_name(path)))
		record_put(RECORD_UNLINK, 0, 0, record_name(path),
		    strlen(record_name(path)));
	return r;
}

int
mkdir(const char *path, mode_t mode)
{
	const char *name = record_name(path);
	int r;

	REAL(mkdir);
	if ((r = real(path, mode)) == 0 && name != NULL && *name != '\0')
		record_put(RECORD_FOLDER, 0, 0, name, strlen(name));
	return r;
}
