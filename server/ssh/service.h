/* SPDX-License-Identifier: ISC */
/*
 * service.h - the four things that may be asked of a channel, and which of
 * them a request means.  What is not here does not exist: no shell, no
 * forwarding.
 */
#ifndef PAUTA_SERVICE_H
#define PAUTA_SERVICE_H

#include "../../proto/base.h"
#include "chan.h"

enum {
	SERVICE_LINK_LOST = 75,		/* exit status: try again */
	SERVICE_REACH_MS = 3000		/* how long the core may be away */
};

extern const struct service service_screen;	/* screen.c: shell, lineal */
extern const struct service service_command;	/* command.c: exec */
extern const struct service service_relay;	/* relay.c: subsystem pauta */
extern const struct service service_sftp;	/* sftp.c: subsystem sftp */
extern const struct service service_refusal;	/* while the session drains */

/*
 * End a channel with a sentence: a line for a person, a Goodbye for a program
 * that speaks frames.
 */
void service_refuse(struct chan *, enum err, const char *sentence);

/* The service for a command line, never NULL. */
const struct service *service_of_exec(const char *command);
/* The service of that name, or NULL: the request is refused. */
const struct service *service_of_subsystem(const char *name);

#endif
