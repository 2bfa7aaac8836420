/* SPDX-License-Identifier: ISC */
/* queue.c - see queue.h. */
#include "queue.h"

#include <assert.h>
#include <errno.h>
#include <unistd.h>

#include "../../proto/base.h"

void
queue_init(struct queue *q, size_t size)
{
	*q = (struct queue){ .size = size };
}

void
queue_clear(struct queue *q)
{
	free(q->p);
	*q = (struct queue){ 0 };
}

size_t
queue_room(const struct queue *q)
{
	return q->size - q->len;
}

/* Where the next byte goes, and how many fit there in one piece. */
static uint8_t *
queue_tail(struct queue *q, size_t *n)
{
	size_t end = (q->at + q->len) % q->size;

	if (q->p == NULL)
		q->p = xcalloc(q->size, 1);
	*n = queue_room(q);
	if (*n > q->size - end)
		*n = q->size - end;
	return q->p + end;
}

size_t
queue_add(struct queue *q, const void *bytes, size_t len)
{
	const uint8_t *p = bytes;
	size_t done = 0, n;
	uint8_t *to;

	while (done < len && queue_room(q) > 0) {
		to = queue_tail(q, &n);
		if (n > len - done)
			n = len - done;
		memcpy(to, p + done, n);
		q->len += n;
		done += n;
	}
	return done;
}

const uint8_t *
queue_peek(const struct queue *q, size_t *n)
{
	*n = q->len;
	if (*n > q->size - q->at)
		*n = q->size - q->at;
	return q->p == NULL ? NULL : q->p + q->at;
}

void
queue_drop(struct queue *q, size_t n)
{
	assert(n <= q->len);
	q->len -= n;
	q->at = q->len == 0 ? 0 : (q->at + n) % q->size;
}

void
queue_copy(const struct queue *q, void *out, size_t n)
{
	const uint8_t *p;
	size_t first;

	assert(n <= q->len);
	p = queue_peek(q, &first);
	if (first > n)
		first = n;
	memcpy(out, p, first);
	memcpy((uint8_t *)out + first, q->p, n - first);
}

/* What a failed read or write means: 0 for "later", -1 for "never again". */
static ssize_t
queue_failed(void)
{
	return errno == EAGAIN || errno == EINTR ? 0 : -1;
}

ssize_t
queue_read(struct queue *q, int fd)
{
	uint8_t *to;
	ssize_t k;
	size_t n;

	if (queue_room(q) == 0)
		return 0;
	to = queue_tail(q, &n);
	k = read(fd, to, n);
	if (k < 0)
		return queue_failed();
	if (k == 0)
		return -1;
	q->len += (size_t)k;
	return k;
}

ssize_t
queue_write_some(struct queue *q, int fd, size_t most)
{
	ssize_t moved = 0, k;
	const uint8_t *p;
	size_t n;

	while (p = queue_peek(q, &n), n > 0 && most > 0) {
		if (n > most)
			n = most;
		k = write(fd, p, n);
		if (k < 0)
			return moved > 0 ? moved : queue_failed();
		queue_drop(q, (size_t)k);
		moved += k;
		most -= (size_t)k;
		if ((size_t)k < n)
			break;
	}
	return moved;
}

ssize_t
queue_write(struct queue *q, int fd)
{
	return queue_write_some(q, fd, SIZE_MAX);
}
