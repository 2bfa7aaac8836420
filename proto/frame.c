/* SPDX-License-Identifier: ISC */
/* frame.c - see frame.h. */
#include "frame.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
frame_put(struct buf *b, const Pauta__Message *m)
{
	size_t n = pauta__message__get_packed_size(m);
	uint8_t *p;
	int r;

	if (n == 0 || n > FRAME_MAX)
		return -ERR_SYSTEM;
	p = xcalloc(n + 4, 1);
	p[0] = (uint8_t)(n >> 24);
	p[1] = (uint8_t)(n >> 16);
	p[2] = (uint8_t)(n >> 8);
	p[3] = (uint8_t)n;
	pauta__message__pack(m, p + 4);
	r = buf_add(b, p, n + 4);
	free(p);
	return r;
}

static size_t
frame_length(const uint8_t *p)
{
	return (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 |
	    (size_t)p[3];
}

int
frame_get(struct buf *b, Pauta__Message **out)
{
	size_t n;

	*out = NULL;
	if (b->len < 4)
		return 0;
	n = frame_length(b->p);
	if (n == 0 || n > FRAME_MAX)
		return -ERR_USAGE;
	if (b->len < n + 4)
		return 0;
	*out = pauta__message__unpack(NULL, n, b->p + 4);
	if (*out == NULL || (*out)->body_case == PAUTA__MESSAGE__BODY__NOT_SET) {
		if (*out != NULL)
			pauta__message__free_unpacked(*out, NULL);
		*out = NULL;
		return -ERR_USAGE;
	}
	buf_del(b, n + 4);
	return 1;
}

static int
frame_read_all(int fd, uint8_t *p, size_t n)
{
	ssize_t k;

	while (n > 0) {
		k = read(fd, p, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return -ERR_UNAVAILABLE;
		p += k;
		n -= (size_t)k;
	}
	return 0;
}

int
frame_write_fd(int fd, const Pauta__Message *m)
{
	struct buf b;
	size_t at = 0;
	ssize_t k;
	int r;

	buf_init(&b, FRAME_MAX + 4);
	r = frame_put(&b, m);
	while (r == 0 && at < b.len) {
		k = write(fd, b.p + at, b.len - at);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			r = -ERR_UNAVAILABLE;
		else
			at += (size_t)k;
	}
	buf_clear(&b);
	return r;
}

int
frame_read_fd(int fd, Pauta__Message **out)
{
	uint8_t head[4], *p;
	struct buf b;
	size_t n;
	int r;

	*out = NULL;
	if (frame_read_all(fd, head, 4) < 0)
		return -ERR_UNAVAILABLE;
	n = frame_length(head);
	if (n == 0 || n > FRAME_MAX)
		return -ERR_UNAVAILABLE;
	p = xcalloc(n, 1);
	buf_init(&b, FRAME_MAX + 4);
	r = frame_read_all(fd, p, n);
	if (r == 0) {
		(void)buf_add(&b, head, 4);
		(void)buf_add(&b, p, n);
		r = frame_get(&b, out) == 1 ? 0 : -ERR_UNAVAILABLE;
	}
	buf_clear(&b);
	free(p);
	return r;
}
