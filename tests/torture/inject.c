/* SPDX-License-Identifier: ISC */
/* inject.c - see inject.h.  Preloaded; touches only the files of a record. */
#define _GNU_SOURCE
#include "inject.h"
#include "preload.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { FDS = 1024 };

static struct inject *page;
static unsigned char places[FDS];

static __attribute__((constructor)) void
inject_begin(void)
{
	const char *path = getenv(INJECT_PAGE);
	void *p;
	int fd;

	if (path == NULL)
		return;
	fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
	p = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (fd >= 0)
		(void)syscall(SYS_close, fd);
	if (p != MAP_FAILED)
		page = p;
}

static int
inject_meets(enum inject_call call, int place)
{
	if (page == NULL || page->call != (int)call ||
	    (place != 0 && (page->place & place) == 0) ||
	    (page->pid != 0 && page->pid != (int32_t)syscall(SYS_getpid)))
		return 0;
	if (page->after > 0) {
		page->after--;
		return 0;
	}
	page->hits++;
	return 1;
}

static int
inject_place(int fd)
{
	return fd >= 0 && fd < FDS ? places[fd] : 0;
}

static int
inject_fails(enum inject_call call, int fd)
{
	int place = inject_place(fd);

	if (place == 0 || !inject_meets(call, place))
		return 0;
	errno = page->error;
	return 1;
}

/* ---- which descriptors are the record's ---- */

static int
inject_open(int at, const char *path, int flags, mode_t mode)
{
	int fd = (int)syscall(SYS_openat, at, path, flags, mode);
	size_t n = strlen(path);

	if (fd >= 0 && fd < FDS)
		places[fd] = n > 12 &&
		    strcmp(path + n - 12, "pauta.db-wal") == 0 ? INJECT_LOG :
		    n > 8 && strcmp(path + n - 8, "pauta.db") == 0 ?
		    INJECT_MAIN : 0;
	return fd;
}

#define BODY(at) OPEN_BODY(inject_open, at)
int open(const char *path, int flags, ...) { BODY(AT_FDCWD); }
int open64(const char *path, int flags, ...) { BODY(AT_FDCWD); }

int
close(int fd)
{
	if (fd >= 0 && fd < FDS)
		places[fd] = 0;
	return (int)syscall(SYS_close, fd);
}

/* ---- the calls ---- */

static ssize_t
inject_pwrite(int fd, const void *p, size_t n, off_t at)
{
	if (inject_fails(INJECT_WRITE, fd))
		return -1;
	return syscall(SYS_pwrite64, fd, p, n, at);
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at) {
	return inject_pwrite(fd, p, n, at);
}
ssize_t pwrite64(int fd, const void *p, size_t n, off_t at) {
	return inject_pwrite(fd, p, n, at);
}

static ssize_t
inject_pread(int fd, void *p, size_t n, off_t at)
{
	if (inject_fails(INJECT_READ, fd))
		return -1;
	return syscall(SYS_pread64, fd, p, n, at);
}

ssize_t pread(int fd, void *p, size_t n, off_t at) {
	return inject_pread(fd, p, n, at);
}
ssize_t pread64(int fd, void *p, size_t n, off_t at) {
	return inject_pread(fd, p, n, at);
}

static int
inject_sync(int fd, long call)
{
	struct timespec ts;

	if (inject_fails(INJECT_SYNC, fd))
		return -1;
	if (inject_place(fd) != 0 &&
	    inject_meets(INJECT_DELAY, inject_place(fd))) {
		ts.tv_sec = page->delay / 1000000;
		ts.tv_nsec = page->delay % 1000000 * 1000;
		(void)nanosleep(&ts, NULL);	/* the fault, not a wait */
	}
	return (int)syscall(call, fd);
}

int fsync(int fd) { return inject_sync(fd, SYS_fsync); }
int fdatasync(int fd) { return inject_sync(fd, SYS_fdatasync); }

/* ---- memory ---- */

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static int
inject_no_memory(void)
{
	if (!inject_meets(INJECT_MEMORY, 0))
		return 0;
	page->call = INJECT_NONE;	/* once */
	errno = ENOMEM;
	return 1;
}

void *
malloc(size_t n)
{
	return inject_no_memory() ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return inject_no_memory() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return inject_no_memory() ? NULL : __libc_realloc(p, n);
}
