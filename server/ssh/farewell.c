/* SPDX-License-Identifier: ISC */
/*
 * farewell.c - how a session ends: told to by the listener, when a person has
 * too many of them or the server stops; and the last words of each.
 */
#include <poll.h>
#include <unistd.h>

#include "session.h"

enum {
	FAREWELL_STOP_MS = 8000,
	FAREWELL_CROWDED_MS = 3000,
	FAREWELL_CHILDREN_MS = 2500,	/* for children to end */
	FAREWELL_POLLS = 16
};

/*
 * No more: services end, whatever is asked from now on is answered with the
 * sentence, and after at most ms the connection closes.
 */
static void
session_drain(struct session *s, enum session_end end, const char *sentence,
    int64_t ms)
{
	struct chan *c;
	size_t i;

	if (s->state == SESSION_DRAIN)	/* told twice */
		return;
	if (s->state != SESSION_OPEN) {
		session_finish(s, end, sentence);
		return;
	}
	session_enter(s, SESSION_DRAIN);
	s->end = end;
	s->farewell = sentence;
	s->drain_at = s->now + ms;
	for (i = 0; i < CHANNELS_MAX; i++)
		if ((c = s->channels[i]) != NULL && c->started &&
		    c->service->drain != NULL)
			c->service->drain(c, s->now);
}

void
session_stop(struct session *s)
{
	session_drain(s, SESSION_END_DONE,
	    "El servidor se detiene; vuelva a entrar en un momento.",
	    FAREWELL_STOP_MS);
}

void
session_crowd_out(struct session *s)
{
	session_drain(s, SESSION_END_CROWDED,
	    "Ya tiene abiertas todas las conexiones que se permiten por "
	    "persona; cierre una y vuelva a entrar.", FAREWELL_CROWDED_MS);
}

bool
session_is_drained(const struct session *s)
{
	if (s->state != SESSION_DRAIN)
		return false;
	if (s->now >= s->drain_at)
		return true;
	/* Who has just come in is about to ask, and to hear why not. */
	return !session_has_channels(s) &&
	    (s->served || s->end != SESSION_END_CROWDED);
}

void
session_leave(struct session *s)
{
	int64_t until = mono_ms() + FAREWELL_CHILDREN_MS;
	struct pollfd p = { .fd = s->signals, .events = POLLIN };
	size_t i;

	for (i = 0; i < CHANNELS_MAX; i++)
		if (s->channels[i] != NULL)
			s->channels[i]->peer_closed = true;
	do {
		s->now = mono_ms();
		session_beat(s);
		session_on_signal(s);
		session_turn_channels(s);
	} while (session_has_channels(s) && s->now < until &&
	    poll(&p, 1, session_wait_ms(s)) >= 0);
	for (i = 0; i < CHANNELS_MAX; i++) {
		chan_free(s->channels[i]);
		s->channels[i] = NULL;
	}
}

/*
 * Let the library see that the socket takes bytes.  ssh_disconnect() closes at
 * once, whether its message left or not; it leaves only right after a poll in
 * which nothing else had to be read and answered.
 */
static void
session_settle(struct session *s)
{
	uint64_t before;
	int i;

	for (i = 0; i < FAREWELL_POLLS; i++) {
		before = s->packets.in_packets;
		if (ssh_event_dopoll(s->event, 0) == SSH_ERROR ||
		    (before == s->packets.in_packets && !session_is_writing(s)))
			return;
	}
}

void
session_say_farewell(struct session *s)
{
	if ((ssh_get_status(s->ssh) & (SSH_CLOSED | SSH_CLOSED_ERROR)) != 0)
		return;
	if (s->farewell != NULL)
		(void)ssh_session_set_disconnect_message(s->ssh, s->farewell);
	session_enter_library(s);
	if (s->event != NULL)
		session_settle(s);
	if ((ssh_get_status(s->ssh) & (SSH_CLOSED | SSH_CLOSED_ERROR)) == 0)
		ssh_disconnect(s->ssh);
	session_leave_library(s);
}
