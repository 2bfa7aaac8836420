/* SPDX-License-Identifier: ISC */
/*
 * slow.c - a preload: fdatasync and fsync take PAUTA_SLOW_US microseconds
 * longer, and each is counted in the file PAUTA_SYNCS names (64 bits).
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static _Atomic int64_t *slow_count;
static long slow_us;

__attribute__((constructor)) static void
slow_init(void)
{
	const char *us = getenv("PAUTA_SLOW_US"), *path = getenv("PAUTA_SYNCS");
	void *p;
	int fd;

	slow_us = us != NULL ? strtol(us, NULL, 10) : 0;
	if (path == NULL || (fd = open(path, O_RDWR | O_CREAT, 0600)) < 0)
		return;
	if (ftruncate(fd, sizeof *slow_count) == 0 &&
	    (p = mmap(NULL, sizeof *slow_count, PROT_READ | PROT_WRITE,
		 MAP_SHARED, fd, 0)) != MAP_FAILED)
		slow_count = p;
	(void)close(fd);
}

static int
slow_sync(long call, int fd)
{
	struct timespec t = { slow_us / 1000000, slow_us % 1000000 * 1000 };

	if (slow_count != NULL)
		(*slow_count)++;
	if (slow_us > 0)
		(void)nanosleep(&t, NULL);
	return (int)syscall(call, fd);
}

int
fdatasync(int fd)
{
	return slow_sync(SYS_fdatasync, fd);
}

int
fsync(int fd)
{
	return slow_sync(SYS_fsync, fd);
}
