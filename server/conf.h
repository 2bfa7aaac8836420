/* SPDX-License-Identifier: ISC */
/*
 * conf.h - DIR/pautad.conf: `keyword value` lines, # comments.  One table
 * parses, checks, documents and prints (conf.c).
 */
#ifndef PAUTA_CONF_H
#define PAUTA_CONF_H

#include "../proto/base.h"

struct conf {
	char listen[64];	/* ADDR:PORT when serve is not told */
	bool test_clock;	/* `reloj` may move the time */
	char test_now[32];	/* where a test clock begins, UTC; "": now */
	bool slow;		/* force compression on the listener */
	bool old_macs;		/* offer what curl of Debian 12 knows */
	int64_t grace;		/* seconds to log in */
	int64_t disk_reserve;	/* MiB: with fewer free, no files are taken */
	char courier_allow[512]; /* ADDR:PORT,… inside, that may be opened */
	int64_t courier_timeout; /* seconds for an answer from outside */
	char courier_ca[512];	/* certificates in place of the system's, or "" */
	char publish_dir[512];	/* that the courier may write, or "" */
	int64_t watchdog;	/* seconds of silence that the core may keep */
	char log[8];		/* fatal, warn, info, debug */
};

/* Defaults, then the file (which may be missing).  0 or -ERR_USAGE with why:
 * "FILE:LINE: …". */
int conf_read(const char *path, struct conf *, struct why *);
/* What of the technical log is written. */
enum log_level conf_level(const struct conf *);
/* What is in force, one line a keyword with its help. */
void conf_print(const struct conf *, struct buf *);

#endif
