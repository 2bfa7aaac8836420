/* SPDX-License-Identifier: ISC */
/* keep.c - see keep.h. */
#include "keep.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEEP_PIECE = 256 * 1024, KEEP_STRIDE = 8 << 20 };

/* What has been seen of a file: its sum so far, and how it begins. */
struct seen {
	struct hasher *h;
	uint8_t *head;
	size_t head_len;
	int64_t size;
};

static void
seen_add(struct seen *s, const uint8_t *p, size_t n)
{
	size_t room = KEEP_HEAD - s->head_len;

	hasher_add(s->h, p, n);
	s->size += (int64_t)n;
	if (n > room)
		n = room;
	memcpy(s->head + s->head_len, p, n);
	s->head_len += n;
}

/* Bytes read, 0 at the end, -1. */
static ssize_t
piece_read(int fd, uint8_t *p)
{
	ssize_t n;

	do
		n = read(fd, p, KEEP_PIECE);
	while (n < 0 && errno == EINTR);
	return n;
}

static enum keep_end
piece_write(int fd, const uint8_t *p, size_t n)
{
	ssize_t k;

	for (; n > 0; p += k, n -= (size_t)k) {
		k = write(fd, p, n);
		if (k < 0 && errno == EINTR)
			k = 0;
		if (k < 0)
			return errno == ENOSPC || errno == EDQUOT ||
			    errno == EFBIG ? KEEP_FULL : KEEP_ERROR;
	}
	return KEEP_OK;
}

/*
 * At each stride the disk is told to begin with what there is, so that little
 * is left for fsync, which alone says that it is kept.
 */
static void
keep_hurry(int file, int64_t before, int64_t after)
{
	if (before / KEEP_STRIDE != after / KEEP_STRIDE)
		(void)sync_file_range(file, 0, 0, SYNC_FILE_RANGE_WRITE);
}

static enum keep_end
keep_begin(struct keep *k, struct seen *s, uint8_t *piece)
{
	ssize_t n;

	if (lseek(k->file, 0, SEEK_SET) < 0)
		return KEEP_ERROR;
	while ((n = piece_read(k->file, piece)) > 0)
		seen_add(s, piece, (size_t)n);
	return n < 0 ? KEEP_ERROR : KEEP_OK;
}

static enum keep_end
keep_receive(struct keep *k, struct seen *s, uint8_t *piece)
{
	enum keep_end end;
	ssize_t n;

	while ((n = piece_read(k->in, piece)) > 0) {
		if (s->size + n > k->limit)
			return KEEP_LIMIT;
		if ((end = piece_write(k->file, piece, (size_t)n)) != KEEP_OK)
			return end;
		seen_add(s, piece, (size_t)n);
		keep_hurry(k->file, s->size - n, s->size);
	}
	if (n < 0 || fsync(k->file) < 0)
		return errno == ENOSPC ? KEEP_FULL : KEEP_ERROR;
	return KEEP_OK;
}

enum keep_end
keep_run(struct keep *k)
{
	struct seen s = { .h = hasher_new(), .head = xcalloc(KEEP_HEAD, 1) };
	uint8_t *piece = xcalloc(KEEP_PIECE, 1);
	enum keep_end end;

	if ((end = keep_begin(k, &s, piece)) == KEEP_OK)
		end = keep_receive(k, &s, piece);
	k->size = s.size;
	hasher_end(s.h, k->sum);
	if (end == KEEP_OK) {
		keep_type(s.head, s.head_len, k->mime);
		end = keep_examine(k->file, s.size, k->mime);
	}
	free(piece);
	free(s.head);
	return end;
}
