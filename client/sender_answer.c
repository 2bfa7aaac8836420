/* SPDX-License-Identifier: ISC */
/* sender_answer.c - what the server answers to who sends it a file. */
#include "sender_own.h"

#include <stdlib.h>
#include <string.h>

#include "i18n.h"

enum { SOON_MS = 250, LATE_MS = 500	/* after the soonest answer */ };

/* So many bytes are there: of ours, or it begins again. */
static bool
on_size(struct sender *s, int64_t size)
{
	struct upload *u = s->u;

	if (size > u->size || (size > 0 && !u->begun)) {
		u->begun = false;
		if (++s->tries >= TRIES)
			sender_refuse(s, _("El servidor tiene otro archivo a "
			    "medias con ese nombre."));
		return false;
	}
	u->resumed = size > 0;
	u->done = s->at = size;
	if (!u->begun) {
		u->begun = true;
		uploads_keep(s->us, u);
	}
	s->sum = hasher_new();
	s->summed = 0;
	s->state = S_SUM;
	return true;
}

/*
 * Grow while answers come soon; once a round trip, halve when they are late,
 * but not below what goes in good time at the rate there is: then it is not
 * what is on its way that makes them wait.
 */
static void
on_delay(struct sender *s, int64_t delay, int64_t now)
{
	int64_t least = s->u->rate * SOON_MS / 1000;

	if (delay < s->soonest)
		s->soonest = delay;
	if (delay <= s->soonest + SOON_MS) {
		s->window += s->window / 8 < PIECE_LEAST ? PIECE_LEAST :
		    s->window / 8;
		if (s->window > WINDOW_MOST)
			s->window = WINDOW_MOST;
	} else if (delay > s->soonest + LATE_MS && now >= s->halved_at + delay) {
		s->halved_at = now;
		s->window /= 2;
		if (s->window < least)
			s->window = least;
		if (s->window < WINDOW_LEAST)
			s->window = WINDOW_LEAST;
		if (s->window > WINDOW_MOST)
			s->window = WINDOW_MOST;
	}
}

static void
on_written(struct sender *s, bool ok, int64_t now)
{
	unsigned i = s->first;

	if (s->count == 0)
		return;
	s->first = (s->first + 1) % ON_THE_WAY;
	s->count--;
	s->way -= s->sent[i].bytes;
	if (s->state != S_SEND)
		return;
	if (!ok) {
		/* Why, is what closing it will say. */
		sender_say(s, SFTP_CLOSE);
		s->last = s->id;
		s->state = S_CLOSE;
		return;
	}
	s->u->done += s->sent[i].bytes;
	on_delay(s, now - s->sent[i].when, now);
}

/* Not now: it goes on in a while, some times. */
static void
on_failure(struct sender *s, const char *sentence, int64_t now)
{
	if (++s->tries >= TRIES) {
		sender_refuse(s, sentence);
		return;
	}
	free(s->u->sha256);
	s->u->sha256 = NULL;
	sender_rest(s);
	s->after = now + AGAIN_MS;
}

static void
on_closed(struct sender *s)
{
	struct upload *u = s->u;

	s->tries = 0;
	u->landed = true;
	u->state = UPLOAD_CHECKS;
	sender_rest(s);
}

static bool
on_status(struct sender *s, uint32_t id, struct piece *p, int64_t now)
{
	uint32_t code = piece_number(p);
	struct piece text = piece_string(p);
	char *sentence;

	if (p->p == NULL)
		return false;
	sentence = xasprintf("%.*s", (int)text.n, (const char *)text.p);
	if (s->state == S_SEND || (s->state == S_CLOSE && id != s->last))
		on_written(s, code == SFTP_OK, now);
	else if (s->state == S_CLOSE && code == SFTP_OK && s->u->sha256 != NULL)
		on_closed(s);
	else if (code == SFTP_FAILURE)
		on_failure(s, sentence, now);
	else
		sender_refuse(s, sentence);
	free(sentence);
	return true;
}

static bool
on_handle(struct sender *s, struct piece *p)
{
	struct piece h = piece_string(p);

	if (h.p == NULL || h.n == 0 || h.n > sizeof s->handle ||
	    s->state != S_OPEN)
		return false;
	memcpy(s->handle, h.p, h.n);
	s->handle_len = h.n;
	sender_say(s, SFTP_FSTAT);
	s->state = S_SIZE;
	return true;
}

static bool
on_attrs(struct sender *s, struct piece *p)
{
	bool sized = (piece_number(p) & 1) != 0;
	uint64_t size = sftp_u64(p);

	if (s->state != S_SIZE || !sized || p->p == NULL || size > INT64_MAX)
		return false;
	return on_size(s, (int64_t)size);
}

static bool
on_packet(struct sender *s, struct piece p, int64_t now)
{
	enum sftp_type type = sftp_byte(&p);
	uint32_t id = piece_number(&p);

	if (p.p == NULL)
		return false;
	if (s->state == S_GREET) {
		s->state = S_REST;
		return type == SFTP_VERSION;
	}
	if (s->u == NULL)
		return true;
	switch (type) {
	case SFTP_STATUS:
		return on_status(s, id, &p, now);
	case SFTP_HANDLE:
		return on_handle(s, &p);
	case SFTP_ATTRS:
		return on_attrs(s, &p);
	default:
		return false;
	}
}

bool
sender_take(struct sender *s, int64_t now)
{
	const uint8_t *b;
	size_t n;

	while (s->in.len >= 4) {
		b = s->in.p;
		n = (size_t)b[0] << 24 | (size_t)b[1] << 16 |
		    (size_t)b[2] << 8 | b[3];
		if (n > SFTP_PACKET_MAX)
			return false;
		if (s->in.len < 4 + n)
			break;
		if (!on_packet(s, (struct piece){ b + 4, n }, now))
			return false;
		buf_del(&s->in, 4 + n);
	}
	return true;
}
