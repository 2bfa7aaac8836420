/* SPDX-License-Identifier: ISC */
/*
 * keep.h - receive one file: bytes of a stream into a file that is open
 * already, their sum, and what type they are of.  Run in a process of its own
 * (main.c), because strangers choose the bytes and somebody has to look at
 * them.
 */
#ifndef PAUTA_KEEP_H
#define PAUTA_KEEP_H

#include "../../proto/hash.h"

enum { KEEP_HEAD = 1 << 20, KEEP_MIME = 128 };

enum keep_end {
	KEEP_OK,
	KEEP_PART,			/* its end has not come: examine.h */
	KEEP_LIMIT,			/* more bytes than are allowed */
	KEEP_FULL,			/* no room on the disk */
	KEEP_ERROR			/* the disk failed */
};

struct keep {
	int in, file;
	int64_t limit;
	/* given */
	int64_t size;
	uint8_t sum[HASH_SIZE];
	char mime[KEEP_MIME];
};

/* Before any byte: what is needed to know types. 0, or -ERR_SYSTEM. */
int keep_open_types(void);
/* From here on: no file can be opened, little memory can be had. */
void keep_confine(int64_t limit);
/*
 * What the file holds already is summed first; then the stream is read to its
 * end, and the file is on the disk when this returns KEEP_OK or KEEP_PART.
 */
enum keep_end keep_run(struct keep *);
/* The type of the first bytes of a file, as libmagic names it. */
void keep_type(const void *head, size_t n, char out[KEEP_MIME]);
/*
 * All of a file of that type: KEEP_OK, or KEEP_PART when it is cut short or
 * damaged.  mime becomes one that nobody receives when it is more than it says.
 */
enum keep_end keep_examine(int fd, int64_t size, char mime[KEEP_MIME]);

#endif
