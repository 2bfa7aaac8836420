/* SPDX-License-Identifier: ISC */
/*
 * main.c - pauta-keep: one for each file that is being received, started by
 * the core with all it may touch:
 *
 *	0  the bytes, from whoever carries the connection
 *	1  one line for the core at the end: "END SIZE SUM TYPE"
 *	3  the file, empty or with what had come before
 *
 * It never learns whose file it is, or what it is called.
 */
#include "keep.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { KEEP_FILE = 3 };

int
main(int argc, char **argv)
{
	static const char *const ends[] = { [KEEP_OK] = "ok",
		[KEEP_PART] = "part", [KEEP_LIMIT] = "limit",
		[KEEP_FULL] = "full", [KEEP_ERROR] = "error" };
	struct keep k = { .in = 0, .file = KEEP_FILE };
	char hex[HASH_TEXT];
	enum keep_end end;
	char *stop = NULL;

	log_init("keep", LOG_INFO);
	(void)signal(SIGXFSZ, SIG_IGN);
	(void)signal(SIGPIPE, SIG_IGN);
	errno = 0;
	k.limit = argc == 2 ? strtoll(argv[1], &stop, 10) : -1;
	if (k.limit < 0 || errno != 0 || stop == argv[1] || *stop != '\0') {
		(void)fprintf(stderr, "uso: pauta-keep BYTES\n"
		    "Lo inicia el servidor; no se usa a mano.\n");
		return 2;
	}
	if (keep_open_types() < 0) {
		log_at(LOG_WARN, "types=absent package=libmagic1");
		return 1;
	}
	keep_confine(k.limit);
	end = keep_run(&k);
	(void)printf("%s %lld %s %s\n", ends[end], (long long)k.size,
	    hex_text(k.sum, HASH_SIZE, hex),
	    end == KEEP_OK || end == KEEP_PART ? k.mime : "-");
	/* Nothing of what is still held outlives it; there is no /proc either. */
	_exit(fflush(stdout) == 0 ? 0 : 1);
}
