/* SPDX-License-Identifier: ISC */
/* sftp_wire.c - see sftp_wire.h. */
#include "sftp_wire.h"

#include <assert.h>

enum { HAS_SIZE = 1, HAS_MODE = 4, HAS_TIMES = 8, MODE_FOLDER = 040700,
	MODE_FILE = 0100400 };

/* ---- reading ---- */

uint8_t
sftp_byte(struct piece *in)
{
	struct piece one = piece_take(in, 1);

	return one.p == NULL ? 0 : *one.p;
}

uint64_t
sftp_u64(struct piece *in)
{
	uint64_t high = piece_number(in);

	return high << 32 | piece_number(in);
}

/* Drop the last part of a path that begins with "/". */
static void
path_up(struct buf *b)
{
	while (b->len > 0 && b->p[b->len - 1] != '/')
		b->len--;
	if (b->len > 0)
		b->len--;
}

char *
sftp_path(struct piece *in)
{
	struct piece s = piece_string(in);
	const uint8_t *p = s.p;
	size_t n = s.n, i, from;
	struct buf b;
	char *out;

	if (p == NULL || n > SFTP_PATH_MAX || memchr(p, '\0', n) != NULL)
		return NULL;
	buf_init(&b, SFTP_PATH_MAX + 2);
	for (i = 0; i < n; i++) {
		from = i;
		while (i < n && p[i] != '/')
			i++;
		if (i - from == 2 && memcmp(p + from, "..", 2) == 0)
			path_up(&b);
		else if (i > from && !(i - from == 1 && p[from] == '.'))
			(void)buf_addf(&b, "/%.*s", (int)(i - from),
			    (const char *)p + from);
	}
	out = xstrdup(b.len == 0 ? "/" : buf_str(&b));
	buf_clear(&b);
	return out;
}

/* ---- writing ---- */

void
sftp_put_u64(struct buf *b, uint64_t v)
{
	wire_put_number(b, (uint32_t)(v >> 32));
	wire_put_number(b, (uint32_t)v);
}

void
sftp_begin(struct buf *b, enum sftp_type type, uint32_t id)
{
	const uint8_t byte = (uint8_t)type;
	int r;

	b->len = 0;
	wire_put_number(b, 0);
	r = buf_add(b, &byte, 1);
	assert(r == 0);
	wire_put_number(b, id);
}

void
sftp_end(struct buf *b)
{
	size_t n = b->len - 4;

	b->p[0] = (uint8_t)(n >> 24);
	b->p[1] = (uint8_t)(n >> 16);
	b->p[2] = (uint8_t)(n >> 8);
	b->p[3] = (uint8_t)n;
}

void
sftp_put_attrs(struct buf *b, const struct sftp_attrs *a)
{
	wire_put_number(b, HAS_SIZE | HAS_MODE | HAS_TIMES);
	sftp_put_u64(b, a->size);
	wire_put_number(b, a->folder ? MODE_FOLDER : MODE_FILE);
	wire_put_number(b, (uint32_t)a->at);
	wire_put_number(b, (uint32_t)a->at);
}

void
sftp_put_name(struct buf *b, const char *name, const struct sftp_attrs *a)
{
	char at[WHEN_TEXT], *line;

	(void)when_text((struct when){ a->at }, at);
	line = xasprintf("%s 1 pauta pauta %12llu %.10s %s",
	    a->folder ? "drwx------" : "-r--------",
	    (unsigned long long)a->size, at, name);
	wire_put_text(b, name);
	wire_put_text(b, line);
	sftp_put_attrs(b, a);
	free(line);
}
