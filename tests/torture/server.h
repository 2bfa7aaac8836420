/* SPDX-License-Identifier: ISC */
/* server.h - a real `pautad serve` to be tortured, and its processes. */
#ifndef PAUTA_TORTURE_SERVER_H
#define PAUTA_TORTURE_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum victim { VICTIM_CORE, VICTIM_SESSION, VICTIM_SCREEN, VICTIM_SUPERVISOR,
	VICTIM_N };
extern const char *const victim_names[VICTIM_N];

struct server {
	const char *build, *dir, *log;	/* log: its stderr goes there */
	char port[8];
	char *preload;			/* "LIB", or NULL */
	pid_t pid;			/* supervisor, 0 when down */
};

/* Start and wait until it takes connections; -1 when it ends first. */
int server_start(struct server *);
/* SIGTERM; its exit status, or -1 when a signal ended it. */
int server_stop(struct server *);
/* SIGKILL to the supervisor; waits until it is gone. */
void server_kill(struct server *);
/* A process of that kind, drawn by dice, or 0. */
pid_t server_find(const struct server *, enum victim, unsigned dice);

#endif
