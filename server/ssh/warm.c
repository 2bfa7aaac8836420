/* SPDX-License-Identifier: ISC */
/*
 * warm.c - see warm.h.  The listener greets itself over a socket pair, both
 * ends in this process, up to where a stranger would prove who she is.
 */
#define WITH_SERVER 1
#include "warm.h"

#include <sys/socket.h>
#include <unistd.h>

#include "offer.h"

enum { WARM_TURNS = 100 };

static ssh_session
warm_caller(int fd)
{
	ssh_session s = ssh_new();
	bool no = false;

	if (s == NULL)
		return NULL;
	if (ssh_options_set(s, SSH_OPTIONS_PROCESS_CONFIG, &no) < 0 ||
	    ssh_options_set(s, SSH_OPTIONS_HOST, "warm") < 0 ||
	    ssh_options_set(s, SSH_OPTIONS_FD, &fd) < 0) {
		ssh_free(s);
		return NULL;
	}
	ssh_set_blocking(s, 0);
	return s;
}

/* Each end goes as far as it can, in turn, until both have the keys. */
static bool
warm_greet(ssh_session here, ssh_session there)
{
	int i, a = SSH_AGAIN, b = SSH_AGAIN;

	for (i = 0; i < WARM_TURNS && (a == SSH_AGAIN || b == SSH_AGAIN);
	     i++) {
		if (b == SSH_AGAIN)
			b = ssh_connect(there);
		if (a == SSH_AGAIN)
			a = ssh_handle_key_exchange(here);
	}
	return a == SSH_OK && b == SSH_OK;
}

bool
warm_up(ssh_bind bind)
{
	ssh_session here, there;
	bool ok;
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0,
		pair) < 0)
		return false;
	/* From here on each session owns its end. */
	here = offer_accept(bind, pair[0], false);
	there = warm_caller(pair[1]);
	ok = here != NULL && there != NULL && warm_greet(here, there);
	if (here == NULL)
		(void)close(pair[0]);
	if (there == NULL)
		(void)close(pair[1]);
	ssh_free(there);
	ssh_free(here);
	return ok;
}
