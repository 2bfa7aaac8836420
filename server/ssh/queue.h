/* SPDX-License-Identifier: ISC */
/*
 * queue.h - bytes on their way, in a ring of fixed size: what does not fit is
 * left with whoever brought it, so that a slow reader holds back its writer.
 */
#ifndef PAUTA_QUEUE_H
#define PAUTA_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { QUEUE_SIZE = 256 * 1024 };

struct queue {
	uint8_t *p;			/* NULL until the first byte */
	size_t at, len, size;
};

void queue_init(struct queue *, size_t size);
void queue_clear(struct queue *);	/* accepts zeroed */
size_t queue_room(const struct queue *);
/* Adds what fits; returns how much that was. */
size_t queue_add(struct queue *, const void *, size_t);
/* The first bytes that lie together; *n is 0 when it is empty.  Borrowed. */
const uint8_t *queue_peek(const struct queue *, size_t *n);
void queue_drop(struct queue *, size_t n);
/* Copy the first n bytes, which must be there, and leave them. */
void queue_copy(const struct queue *, void *out, size_t n);

/*
 * Move bytes from or to a non-blocking descriptor, as many as go.  Bytes
 * moved; 0 when none can move now; -1 at the end of the stream or an error.
 */
ssize_t queue_read(struct queue *, int fd);
ssize_t queue_write(struct queue *, int fd);
ssize_t queue_write_some(struct queue *, int fd, size_t most);

#endif
