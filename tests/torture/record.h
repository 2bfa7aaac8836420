/* SPDX-License-Identifier: ISC */
/*
 * record.h - what a program did to one folder, in the order it did it: the
 * log that record.c (preloaded) writes and crash_image.c plays back.
 *
 * Each entry is this head and len bytes: the data of a write, a name below
 * the folder, "old" NUL "new", or the text of a mark.
 */
#ifndef PAUTA_RECORD_H
#define PAUTA_RECORD_H

#include <stdint.h>

enum record_kind {
	RECORD_CREATE,		/* ino, name: a file that was not there */
	RECORD_WRITE,		/* ino, at, data */
	RECORD_TRUNCATE,	/* ino, at: the new size */
	RECORD_SYNC,		/* ino */
	RECORD_FOLDER,		/* name of a folder made */
	RECORD_RENAME,		/* old, new */
	RECORD_LINK,		/* old, new */
	RECORD_UNLINK,		/* name */
	RECORD_SYNC_FOLDER,	/* name of the folder, "" for the one itself */
	RECORD_MARK		/* what the program said of itself */
};

struct record_head {
	uint32_t kind, len;
	uint64_t ino;
	int64_t at;
};

#define RECORD_LOG "PAUTA_RECORD_LOG"		/* path of the log */
#define RECORD_UNDER "PAUTA_RECORD_UNDER"	/* the folder, as opened */
#define RECORD_MARKS "PAUTA_RECORD_MARKS"	/* descriptor of marks */

#endif
