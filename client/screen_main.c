/* SPDX-License-Identifier: ISC */
/*
 * screen_main.c - pauta-screen: one terminal that the server draws, started by
 * a session and by nobody else.  A program of its own: there is one for each
 * person in, and it has no use for ssh and its ciphers.
 */
#include <locale.h>
#include <signal.h>

#include "../proto/base.h"
#include "i18n.h"
#include "served.h"

int
main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	i18n_init();
	log_init("pauta-screen", LOG_WARN);
	signal(SIGPIPE, SIG_IGN);
	return served_run(argc > 1 && strcmp(argv[1], "--lineal") == 0);
}
