/* SPDX-License-Identifier: ISC */
/*
 * faulty.h - a disk that fails when it is told to: SQLite's own VFS with a
 * counter before each read, write and sync.  Made the default one by
 * faulty_install; passes everything through until faulty_arm.
 */
#ifndef PAUTA_FAULTY_H
#define PAUTA_FAULTY_H

#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

enum faulty_op { FAULTY_READ, FAULTY_WRITE, FAULTY_SYNC, FAULTY_OPS };
enum faulty_place { FAULTY_MAIN, FAULTY_LOG, FAULTY_PLACES };

/* In place of a code: the process is killed before the operation. */
enum { FAULTY_KILL = -1 };

/* The fault: the n-th such operation from now, and all that follow. */
static struct {
	bool armed;
	int ops, places;		/* bits of the two enums above */
	int n, code;
	int hits;			/* how many operations it failed */
	int counts[FAULTY_OPS][FAULTY_PLACES];
} faulty;

struct faulty_file {
	sqlite3_file base;
	enum faulty_place place;
	sqlite3_file *real;		/* right after this struct */
};

#define FAULTY(f) ((struct faulty_file *)(f))
#define FAULTY_REAL(f) (FAULTY(f)->real)
#define FAULTY_CALL(f, method, ...) \
	FAULTY_REAL(f)->pMethods->method(FAULTY_REAL(f), __VA_ARGS__)

/* Count one operation; its error code, or SQLITE_OK. */
static inline int
faulty_step(sqlite3_file *f, enum faulty_op op)
{
	enum faulty_place place = FAULTY(f)->place;

	faulty.counts[op][place]++;
	if (!faulty.armed || !(faulty.ops & 1 << op) ||
	    !(faulty.places & 1 << place))
		return SQLITE_OK;
	if (faulty.n > 0 && --faulty.n > 0)
		return SQLITE_OK;
	faulty.hits++;
	if (faulty.code == FAULTY_KILL)
		(void)raise(SIGKILL);
	return faulty.code;
}

static inline int
faulty_close(sqlite3_file *f)
{
	return FAULTY_REAL(f)->pMethods->xClose(FAULTY_REAL(f));
}

static inline int
faulty_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	int r = faulty_step(f, FAULTY_READ);

	return r != SQLITE_OK ? r : FAULTY_CALL(f, xRead, p, n, at);
}

static inline int
faulty_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	int r = faulty_step(f, FAULTY_WRITE);

	return r != SQLITE_OK ? r : FAULTY_CALL(f, xWrite, p, n, at);
}

static inline int
faulty_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	return FAULTY_CALL(f, xTruncate, size);
}

static inline int
faulty_sync(sqlite3_file *f, int flags)
{
	int r = faulty_step(f, FAULTY_SYNC);

	return r != SQLITE_OK ? r : FAULTY_CALL(f, xSync, flags);
}

static inline int
faulty_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return FAULTY_CALL(f, xFileSize, size);
}

static inline int
faulty_lock(sqlite3_file *f, int level)
{
	return FAULTY_CALL(f, xLock, level);
}

static inline int
faulty_unlock(sqlite3_file *f, int level)
{
	return FAULTY_CALL(f, xUnlock, level);
}

static inline int
faulty_reserved(sqlite3_file *f, int *out)
{
	return FAULTY_CALL(f, xCheckReservedLock, out);
}

static inline int
faulty_control(sqlite3_file *f, int op, void *arg)
{
	return FAULTY_CALL(f, xFileControl, op, arg);
}

static inline int
faulty_sector(sqlite3_file *f)
{
	return FAULTY_REAL(f)->pMethods->xSectorSize(FAULTY_REAL(f));
}

static inline int
faulty_device(sqlite3_file *f)
{
	return FAULTY_REAL(f)->pMethods->xDeviceCharacteristics(
	    FAULTY_REAL(f));
}

static inline int
faulty_shm_map(sqlite3_file *f, int page, int size, int extend,
    void volatile **out)
{
	return FAULTY_CALL(f, xShmMap, page, size, extend, out);
}

static inline int
faulty_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
	return FAULTY_CALL(f, xShmLock, offset, n, flags);
}

static inline void
faulty_shm_barrier(sqlite3_file *f)
{
	FAULTY_REAL(f)->pMethods->xShmBarrier(FAULTY_REAL(f));
}

static inline int
faulty_shm_unmap(sqlite3_file *f, int delete)
{
	return FAULTY_CALL(f, xShmUnmap, delete);
}

static const sqlite3_io_methods faulty_methods = {
	.iVersion = 2,
	.xClose = faulty_close,
	.xRead = faulty_read,
	.xWrite = faulty_write,
	.xTruncate = faulty_truncate,
	.xSync = faulty_sync,
	.xFileSize = faulty_size,
	.xLock = faulty_lock,
	.xUnlock = faulty_unlock,
	.xCheckReservedLock = faulty_reserved,
	.xFileControl = faulty_control,
	.xSectorSize = faulty_sector,
	.xDeviceCharacteristics = faulty_device,
	.xShmMap = faulty_shm_map,
	.xShmLock = faulty_shm_lock,
	.xShmBarrier = faulty_shm_barrier,
	.xShmUnmap = faulty_shm_unmap,
};

static inline int
faulty_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags,
    int *out)
{
	sqlite3_vfs *real = vfs->pAppData;
	struct faulty_file *own = FAULTY(f);
	int r;

	own->place = flags & SQLITE_OPEN_WAL ? FAULTY_LOG : FAULTY_MAIN;
	own->real = (sqlite3_file *)(own + 1);
	r = real->xOpen(real, name, own->real, flags, out);
	own->base.pMethods = r == SQLITE_OK ? &faulty_methods : NULL;
	return r;
}

static inline void
faulty_install(void)
{
	static sqlite3_vfs own;
	sqlite3_vfs *real = sqlite3_vfs_find(NULL);

	own = *real;		/* the rest works on names, not on files */
	own.zName = "faulty";
	own.pAppData = real;
	own.szOsFile = (int)sizeof(struct faulty_file) + real->szOsFile;
	own.xOpen = faulty_open;
	sqlite3_vfs_register(&own, 1);
}

/* From the n-th on (1 is the next), these operations there fail with code. */
static inline void
faulty_arm(int ops, int places, int n, int code)
{
	memset(&faulty, 0, sizeof faulty);
	faulty.armed = true;
	faulty.ops = ops;
	faulty.places = places;
	faulty.n = n;
	faulty.code = code;
}

static inline void
faulty_disarm(void)
{
	faulty.armed = false;
}

#endif
