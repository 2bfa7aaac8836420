/* SPDX-License-Identifier: ISC */
/* service.c - see service.h. */
#include "service.h"

#include "../../proto/frame.h"
#include "../../proto/i18n.h"
#include "session.h"

/* The one command line that is not a verb: the screens, read line by line. */
static const char service_linear[] = "lineal";

const struct service *
service_of_exec(const char *command)
{
	size_t n;

	command += strspn(command, " \t");
	n = strcspn(command, " \t");
	if (n == sizeof service_linear - 1 &&
	    memcmp(command, service_linear, n) == 0 &&
	    command[n + strspn(command + n, " \t")] == '\0')
		return &service_screen;
	return &service_command;
}

const struct service *
service_of_subsystem(const char *name)
{
	static const struct {
		const char *name;
		const struct service *service;
	} subsystems[] = {
		{ "pauta", &service_relay },
		{ "sftp", &service_sftp },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(subsystems); i++)
		if (strcmp(subsystems[i].name, name) == 0)
			return subsystems[i].service;
	return NULL;
}

static void
service_say_goodbye(struct chan *c, enum err e, const char *sentence)
{
	Pauta__Goodbye g = PAUTA__GOODBYE__INIT;
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	struct buf b;

	g.code = (char *)(uintptr_t)err_code(e);
	g.text = (char *)(uintptr_t)sentence;
	m.body_case = PAUTA__MESSAGE__BODY_GOODBYE;
	m.goodbye = &g;
	buf_init(&b, FRAME_MAX + 4);
	if (frame_put(&b, &m) == 0)
		(void)queue_add(&c->out, b.p, b.len);
	buf_clear(&b);
}

void
service_refuse(struct chan *c, enum err e, const char *sentence)
{
	if (c->frames)
		service_say_goodbye(c, e, _(sentence));
	else
		chan_complain(c, sentence);
	chan_end(c, err_status(e));
}

static void
refusal_start(struct chan *c, int64_t now)
{
	(void)now;
	service_refuse(c, ERR_UNAVAILABLE, session_farewell(c->s));
}

static int
refusal_wait(struct chan *c, struct pollfd *p)
{
	(void)c;
	(void)p;
	return 0;
}

static void
refusal_turn(struct chan *c, int64_t now)
{
	(void)c;
	(void)now;
}

static void
refusal_free(struct chan *c)
{
	(void)c;
}

const struct service service_refusal = {
	.name = "refusal",
	.start = refusal_start,
	.wait = refusal_wait,
	.turn = refusal_turn,
	.hangup = refusal_turn,
	.free = refusal_free,
};
