/* SPDX-License-Identifier: ISC */
/* sftp_wire.c - see sftp_wire.h. */
#include "sftp_wire.h"

#include <assert.h>

enum { HAS_SIZE = 1, HAS_MODE = 4, HAS_TIMES = 8, MODE_FOLDER = 040700,
	MODE_FILE = 0100400 };

/* ---- reading ---- */

static const uint8_t *
in_take(struct sftp_in *in, size_t n)
{
	const uint8_t *p = in->p;

	if (in->bad || n > in->left) {
		in->bad = true;
		return NULL;
	}
	in->p += n;
	in->left -= n;
	return p;
}

uint8_t
sftp_byte(struct sftp_in *in)
{
	const uint8_t *p = in_take(in, 1);

	return p == NULL ? 0 : *p;
}

uint32_t
sftp_u32(struct sftp_in *in)
{
	const uint8_t *p = in_take(in, 4);

	return p == NULL ? 0 : (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

uint64_t
sftp_u64(struct sftp_in *in)
{
	uint64_t high = sftp_u32(in);

	return high << 32 | sftp_u32(in);
}

const uint8_t *
sftp_string(struct sftp_in *in, size_t *n)
{
	const uint8_t *p;

	*n = sftp_u32(in);
	p = in_take(in, *n);
	if (p == NULL)
		*n = 0;
	return p;
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
sftp_path(struct sftp_in *in)
{
	size_t n, i, from;
	const uint8_t *p = sftp_string(in, &n);
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
sftp_put_u32(struct buf *b, uint32_t v)
{
	const uint8_t bytes[4] = { (uint8_t)(v >> 24), (uint8_t)(v >> 16),
		(uint8_t)(v >> 8), (uint8_t)v };
	int r = buf_add(b, bytes, sizeof bytes);

	assert(r == 0);			/* answers are of our own size */
}

void
sftp_put_u64(struct buf *b, uint64_t v)
{
	sftp_put_u32(b, (uint32_t)(v >> 32));
	sftp_put_u32(b, (uint32_t)v);
}

void
sftp_put(struct buf *b, const void *p, size_t n)
{
	int r;

	sftp_put_u32(b, (uint32_t)n);
	r = buf_add(b, p, n);
	assert(r == 0);
}

void
sftp_put_text(struct buf *b, const char *text)
{
	sftp_put(b, text, strlen(text));
}

void
sftp_begin(struct buf *b, enum sftp_type type, uint32_t id)
{
	const uint8_t byte = (uint8_t)type;
	int r;

	b->len = 0;
	sftp_put_u32(b, 0);
	r = buf_add(b, &byte, 1);
	assert(r == 0);
	sftp_put_u32(b, id);
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
	sftp_put_u32(b, HAS_SIZE | HAS_MODE | HAS_TIMES);
	sftp_put_u64(b, a->size);
	sftp_put_u32(b, a->folder ? MODE_FOLDER : MODE_FILE);
	sftp_put_u32(b, (uint32_t)a->at);
	sftp_put_u32(b, (uint32_t)a->at);
}

void
sftp_put_name(struct buf *b, const char *name, const struct sftp_attrs *a)
{
	char at[WHEN_TEXT], *line;

	(void)when_text((struct when){ a->at }, at);
	line = xasprintf("%s 1 pauta pauta %12llu %.10s %s",
	    a->folder ? "drwx------" : "-r--------",
	    (unsigned long long)a->size, at, name);
	sftp_put_text(b, name);
	sftp_put_text(b, line);
	sftp_put_attrs(b, a);
	free(line);
}
