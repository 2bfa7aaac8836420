/* SPDX-License-Identifier: ISC */
/* sender.c - see sender.h.  Start reading at sender_turn(). */
#include "sender_own.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "i18n.h"

enum {
	PIECE_MOST = 32 * 1024,
	TURN_BYTES = 256 * 1024,	/* put in one turn */
	TURN_SUM = 1 << 20,		/* summed in one turn */
	RATE_MS = 1000
};

struct sender *
sender_new(struct uploads *us)
{
	struct sender *s = xcalloc(1, sizeof *s);

	s->us = us;
	s->fd = -1;
	s->piece = xcalloc(1, PIECE_MOST);
	buf_init(&s->in, 2 * SFTP_PACKET_MAX);
	buf_init(&s->out, 2 * WINDOW_MOST);
	buf_init(&s->packet, SFTP_PACKET_MAX + 4);
	return s;
}

static void
sender_drop_sum(struct sender *s)
{
	uint8_t unused[HASH_SIZE];

	if (s->sum != NULL)
		hasher_end(s->sum, unused);
	s->sum = NULL;
}

/* It may have been dropped since, and another be in its place. */
static bool
sender_has_file(const struct sender *s)
{
	size_t i;

	for (i = 0; i < s->us->count; i++)
		if (s->us->all[i] == s->u)
			return s->u->state == UPLOAD_GOES;
	return false;
}

/* Of what was sent to its end the record knows more than we do. */
void
sender_rest(struct sender *s)
{
	if (sender_has_file(s))
		s->u->state = s->u->sha256 != NULL ? UPLOAD_CHECKS :
		    UPLOAD_WAITS;
	s->u = NULL;
	s->state = S_REST;
	if (s->fd >= 0)
		(void)close(s->fd);
	s->fd = -1;
	sender_drop_sum(s);
	s->count = 0;
	s->way = 0;
}

void
sender_free(struct sender *s)
{
	if (s == NULL)
		return;
	sender_rest(s);
	buf_clear(&s->in);
	buf_clear(&s->out);
	buf_clear(&s->packet);
	free(s->piece);
	free(s);
}

struct buf *
sender_in(struct sender *s)
{
	return &s->in;
}

struct buf *
sender_out(struct sender *s)
{
	return &s->out;
}

bool
sender_wants(struct sender *s, int64_t now)
{
	if (s->u != NULL)
		return true;
	return !s->us->held && now >= s->after && uploads_next(s->us) != NULL;
}

int
sender_timeout(const struct sender *s, int64_t now)
{
	/* Answers that came with the last look at the frames. */
	if (s->state == S_SUM || s->in.len != s->looked)
		return 0;
	if (s->u == NULL && !s->us->held && uploads_next(s->us) != NULL)
		return s->after > now ? (int)(s->after - now) : 0;
	return -1;
}

/* ---- packets ---- */

static void
sender_begin(struct sender *s, enum sftp_type type)
{
	sftp_begin(&s->packet, type, ++s->id);
	if (type == SFTP_CLOSE || type == SFTP_FSTAT || type == SFTP_WRITE) {
		wire_put_number(&s->packet, (uint32_t)s->handle_len);
		(void)buf_add(&s->packet, s->handle, s->handle_len);
	}
}

static void
sender_end(struct sender *s)
{
	sftp_end(&s->packet);
	(void)buf_add(&s->out, s->packet.p, s->packet.len);
}

void
sender_say(struct sender *s, enum sftp_type type)
{
	sender_begin(s, type);
	sender_end(s);
}

void
sender_on_up(struct sender *s)
{
	sender_rest(s);
	buf_del(&s->in, s->in.len);
	buf_del(&s->out, s->out.len);
	s->looked = 0;
	s->up = true;
	s->window = WINDOW_LEAST;
	s->soonest = INT64_MAX;
	s->state = S_GREET;
	s->id = 2;			/* where others have it, a version */
	sender_say(s, SFTP_INIT);
}

void
sender_on_down(struct sender *s, int64_t now)
{
	/* Who shuts what is not wanted has nothing to wait for. */
	if (sender_wants(s, now))
		s->after = now + AGAIN_MS;
	s->up = false;
	buf_del(&s->in, s->in.len);
	buf_del(&s->out, s->out.len);
	s->looked = 0;
	sender_rest(s);
}

/* ---- one file ---- */

/* It is not what was chosen: from the beginning, and the person knows. */
static void
file_anew(struct sender *s, const struct upload *look)
{
	struct upload *u = s->u;

	u->size = look->size;
	u->mtime = look->mtime;
	u->inode = look->inode;
	u->begun = u->resumed = false;
	u->done = 0;
	uploads_keep(s->us, u);
	uploads_tell(s->us, true, _("%s cambió en esta máquina: se sube otra "
	    "vez, desde el principio."), upload_name(u));
}

static void
file_open(struct sender *s)
{
	struct upload *u = s->u, look = { 0 };
	struct why why;
	char *path;

	if ((s->fd = upload_open(&look, u->path, &why)) < 0) {
		s->u = NULL;
		upload_fail(s->us, u, why.text);
		return;
	}
	if (upload_has_changed(u, &look))
		file_anew(s, &look);
	path = xasprintf("%s%s", u->place, upload_name(u));
	sender_begin(s, SFTP_OPEN);
	wire_put_text(&s->packet, path);
	wire_put_number(&s->packet, SFTP_FOR_WRITING | SFTP_CREATING |
	    (u->begun ? 0 : SFTP_TRUNCATING));
	wire_put_number(&s->packet, 0);
	sender_end(s);
	free(path);
	s->state = S_OPEN;
}

/* The next one, if the channel is ready for it. */
static void
file_next(struct sender *s, int64_t now)
{
	struct upload *u = s->us->held || now < s->after ? NULL :
	    uploads_next(s->us);

	if (u == NULL)
		return;
	s->u = u;
	u->state = UPLOAD_GOES;
	u->rate = 0;
	s->rate_at = 0;
	file_open(s);
}

/* Has it changed since it was opened? */
static bool
file_is_same(const struct sender *s)
{
	struct upload look = { 0 };

	return upload_look(&look, s->fd) == 0 &&
	    !upload_has_changed(s->u, &look);
}

/* n bytes from there; false when they cannot be read. */
static bool
file_read(struct sender *s, int64_t from, size_t n)
{
	size_t have = 0;
	ssize_t k;

	while (have < n) {
		k = pread(s->fd, s->piece + have, n - have,
		    (off_t)(from + (int64_t)have));
		if (k <= 0)
			return false;
		have += (size_t)k;
	}
	return true;
}

void
sender_refuse(struct sender *s, const char *sentence)
{
	struct upload *u = s->u;

	s->u = NULL;
	s->tries = 0;
	upload_fail(s->us, u, sentence);
	sender_rest(s);
}

/* ---- what is sent ---- */

/* The sum of what the server has already, a piece a turn. */
static bool
sender_sum(struct sender *s)
{
	int64_t most = s->summed + TURN_SUM, left;
	size_t n;

	while (s->summed < s->at && s->summed < most) {
		left = s->at - s->summed;
		n = left < PIECE_MOST ? (size_t)left : PIECE_MOST;
		if (!file_read(s, s->summed, n))
			return false;
		hasher_add(s->sum, s->piece, n);
		s->summed += (int64_t)n;
	}
	if (s->summed == s->at)
		s->state = S_SEND;
	return true;
}

static void
sender_close(struct sender *s)
{
	uint8_t sum[HASH_SIZE];
	char hex[HASH_TEXT];

	hasher_end(s->sum, sum);
	s->sum = NULL;
	s->u->sha256 = xstrdup(hex_text(sum, sizeof sum, hex));
	uploads_keep(s->us, s->u);
	sender_say(s, SFTP_CLOSE);
	s->last = s->id;
	s->state = S_CLOSE;
}

static bool
sender_put(struct sender *s, int64_t now)
{
	int64_t most = s->at + TURN_BYTES, n, piece;

	while (s->at < s->u->size && s->at < most && s->way < s->window &&
	    s->count < ON_THE_WAY) {
		piece = s->window / 4 < PIECE_LEAST ? PIECE_LEAST :
		    s->window / 4 > PIECE_MOST ? PIECE_MOST : s->window / 4;
		n = s->u->size - s->at < piece ? s->u->size - s->at : piece;
		if (!file_read(s, s->at, (size_t)n))
			return false;
		hasher_add(s->sum, s->piece, (size_t)n);
		sender_begin(s, SFTP_WRITE);
		sftp_put_u64(&s->packet, (uint64_t)s->at);
		wire_put_number(&s->packet, (uint32_t)n);
		(void)buf_add(&s->packet, s->piece, (size_t)n);
		sender_end(s);
		s->sent[(s->first + s->count) % ON_THE_WAY].bytes = n;
		s->sent[(s->first + s->count++) % ON_THE_WAY].when = now;
		s->way += n;
		s->at += n;
	}
	if (s->u->done == s->u->size)
		sender_close(s);
	return true;
}

static void
sender_rate(struct sender *s, int64_t now)
{
	struct upload *u = s->u;
	int64_t last;

	if (s->state != S_SEND)
		return;
	if (s->rate_at == 0) {
		s->rate_at = now;
		s->rate_done = u->done;
	}
	if (now < s->rate_at + RATE_MS)
		return;
	last = (u->done - s->rate_done) * 1000 / (now - s->rate_at);
	u->rate = u->rate == 0 ? last : (3 * u->rate + last) / 4;
	s->rate_at = now;
	s->rate_done = u->done;
}

/* The file that was chosen is not there any more, as it was. */
static bool
sender_changed(struct sender *s)
{
	struct upload look = { 0 };
	struct why why;
	int fd = upload_open(&look, s->u->path, &why);

	if (fd < 0) {
		sender_refuse(s, why.text);
		return false;
	}
	(void)close(fd);
	if (upload_has_changed(s->u, &look))
		file_anew(s, &look);
	else if (++s->tries >= TRIES) {
		sender_refuse(s, _("No se puede leer completo: el disco de "
		    "esta máquina falla."));
		return false;
	}
	sender_rest(s);
	return false;
}

bool
sender_turn(struct sender *s, int64_t now)
{
	bool ok;

	if (!s->up)
		return true;
	if (s->u != NULL && !sender_has_file(s)) {
		s->u = NULL;		/* the person stopped it */
		return false;
	}
	if (!sender_take(s, now))
		return false;
	s->looked = s->in.len;
	if (s->state == S_REST && s->u == NULL)
		file_next(s, now);
	if (s->state != S_SUM && s->state != S_SEND)
		return true;
	if (!file_is_same(s))
		return sender_changed(s);
	sender_rate(s, now);
	ok = s->state == S_SUM ? sender_sum(s) : true;
	if (ok && s->state == S_SEND)
		ok = sender_put(s, now);
	return ok ? true : sender_changed(s);
}
