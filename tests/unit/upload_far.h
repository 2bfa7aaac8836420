/* SPDX-License-Identifier: ISC */
/* upload_far.h - a server that takes files: a few lines here, and no channel. */
#ifndef PAUTA_UPLOAD_FAR_H
#define PAUTA_UPLOAD_FAR_H

#include "upload.h"

#include "../../client/sender.h"
#include "../../proto/sftp_wire.h"

enum { BIG = 300000 };

/* What the other side has, and how it answers. */
struct far {
	struct uploads *us;
	struct sender *s;
	struct buf file;
	int64_t now;
	int opened, truncated;
	long most;			/* bytes it takes, then nothing */
	enum sftp_status at_close;
	const char *why;
	bool mute;			/* the last word has no answer */
};

static inline void
far_begin(struct far *f)
{
	memset(f, 0, sizeof *f);
	f->us = uploads_new();
	f->us->held = false;
	f->s = sender_new(f->us);
	f->now = 1000;
	f->most = -1;
	buf_init(&f->file, 4 * BIG);
}

static inline void
far_end(struct far *f)
{
	sender_free(f->s);
	uploads_free(f->us);
	buf_clear(&f->file);
}

static inline void
far_say(struct far *f, struct buf *b)
{
	sftp_end(b);
	assert_int_equal(buf_add(sender_in(f->s), b->p, b->len), 0);
}

static inline void
far_status(struct far *f, uint32_t id, enum sftp_status code, const char *why)
{
	struct buf b;

	buf_init(&b, 4096);
	sftp_begin(&b, SFTP_STATUS, id);
	wire_put_number(&b, code);
	wire_put_text(&b, why);
	wire_put_text(&b, "es");
	far_say(f, &b);
	buf_clear(&b);
}

static inline void
far_write(struct far *f, uint32_t id, struct piece *in)
{
	uint64_t at;
	struct piece data;

	(void)piece_string(in);
	at = sftp_u64(in);
	data = piece_string(in);
	assert_int_equal(at, f->file.len);	/* without a hole */
	assert_int_equal(buf_add(&f->file, data.p, data.n), 0);
	if (f->most < 0 || (long)f->file.len < f->most)
		far_status(f, id, SFTP_OK, "");
}

static inline void
far_answer(struct far *f, enum sftp_type type, uint32_t id, struct piece *in)
{
	struct buf b;

	buf_init(&b, 4096);
	if (type == SFTP_INIT) {
		sftp_begin(&b, SFTP_VERSION, 3);
		far_say(f, &b);
	} else if (type == SFTP_OPEN) {
		assert_true(piece_is(piece_string(in), "/CON-1/3.1/acta.txt"));
		f->opened++;
		if ((piece_number(in) & SFTP_TRUNCATING) != 0) {
			f->truncated++;
			buf_del(&f->file, f->file.len);
		}
		sftp_begin(&b, SFTP_HANDLE, id);
		wire_put_text(&b, "h");
		far_say(f, &b);
	} else if (type == SFTP_FSTAT) {
		sftp_begin(&b, SFTP_ATTRS, id);
		sftp_put_attrs(&b, &(struct sftp_attrs){
		    .size = f->file.len });
		far_say(f, &b);
	} else if (type == SFTP_WRITE)
		far_write(f, id, in);
	else if (type == SFTP_CLOSE && !f->mute)
		far_status(f, id, f->at_close, f->why == NULL ? "" : f->why);
	buf_clear(&b);
}

/* Until nothing moves; 10 ms a turn.  What the last turn said of the channel. */
static inline bool
far_run(struct far *f)
{
	struct buf *out = sender_out(f->s);
	bool good, moved;
	struct piece p;
	enum sftp_type type;
	uint32_t id;
	size_t n;

	do {
		f->now += 10;
		good = sender_turn(f->s, f->now);
		moved = out->len > 0;
		while (good && out->len > 0) {
			n = (size_t)out->p[1] << 16 | (size_t)out->p[2] << 8 |
			    out->p[3];
			p = (struct piece){ out->p + 4, n };
			type = sftp_byte(&p);
			id = piece_number(&p);
			far_answer(f, type, id, &p);
			buf_del(out, 4 + n);
		}
	} while (good && (moved || sender_timeout(f->s, f->now) == 0));
	return good;
}

static inline void
far_up(struct far *f)
{
	assert_true(sender_wants(f->s, f->now));
	sender_on_up(f->s);
}

static inline void
far_down(struct far *f)
{
	sender_on_down(f->s, f->now);
	assert_false(sender_wants(f->s, f->now));
	f->now += 5000;
}

#endif
