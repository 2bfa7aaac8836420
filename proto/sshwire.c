/* SPDX-License-Identifier: ISC */
/* sshwire.c - see sshwire.h. */
#include "sshwire.h"

#include <assert.h>

struct piece
piece_take(struct piece *from, size_t n)
{
	struct piece out = { NULL, 0 };

	if (from->p == NULL || from->n < n) {
		from->p = NULL;
		return out;
	}
	out = (struct piece){ from->p, n };
	from->p += n;
	from->n -= n;
	return out;
}

uint32_t
piece_number(struct piece *from)
{
	struct piece s = piece_take(from, 4);

	if (s.p == NULL)
		return 0;
	return (uint32_t)s.p[0] << 24 | (uint32_t)s.p[1] << 16 |
	    (uint32_t)s.p[2] << 8 | s.p[3];
}

struct piece
piece_string(struct piece *from)
{
	uint32_t n = piece_number(from);

	return piece_take(from, n);
}

struct piece
piece_mpint(struct piece *from)
{
	struct piece s = piece_string(from);

	if (s.p == NULL)
		return s;
	if (s.n == 0 || (s.p[0] & 0x80) != 0 ||
	    (s.p[0] == 0 && (s.n == 1 || (s.p[1] & 0x80) == 0))) {
		from->p = NULL;
		return (struct piece){ NULL, 0 };
	}
	if (s.p[0] == 0)
		(void)piece_take(&s, 1);
	return s;
}

bool
piece_is(struct piece s, const char *text)
{
	return s.p != NULL && s.n == strlen(text) &&
	    memcmp(s.p, text, s.n) == 0;
}

bool
piece_is_whole(const struct piece *s)
{
	return s->p != NULL && s->n == 0;
}

void
wire_put_number(struct buf *b, uint32_t n)
{
	uint8_t out[4] = { (uint8_t)(n >> 24), (uint8_t)(n >> 16),
		(uint8_t)(n >> 8), (uint8_t)n };
	int r = buf_add(b, out, sizeof out);

	assert(r == 0);
}

void
wire_put(struct buf *b, const void *p, size_t n)
{
	int r;

	wire_put_number(b, (uint32_t)n);
	r = buf_add(b, p, n);
	assert(r == 0);
}

void
wire_put_text(struct buf *b, const char *text)
{
	wire_put(b, text, strlen(text));
}
