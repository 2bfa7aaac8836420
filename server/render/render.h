/* SPDX-License-Identifier: ISC */
/*
 * render.h - one short job over bytes that strangers chose: a photograph to
 * cells of a terminal, a case to a document.  pauta-render does one and ends:
 *
 *	pauta-render KIND FILES
 *	0	the job: one JSON object
 *	1	where the result goes, empty
 *	2	when there is none, why: the last line is for a person
 *	3…	FILES files to read; the job speaks of the first as 3
 *
 * It ends with 0; or with 1 and the sentence, in Spanish, whole: "La imagen
 * está incompleta…"; with anything else (a signal, a limit) nobody knows why.
 *
 * Nothing else is open.  10 s of processor unless its kind says more, 256 MiB,
 * RENDER_RESULT bytes of result; files only from the folders that its kind
 * names; only the system calls of confine.h.  Whoever begins one is
 * server/core/render.h.
 *
 * To add a kind: a row in kinds.c, its function in a file of its own.  What a
 * library reads by itself at first use, it reads inside the walls: name its
 * folders in the row.
 */
#ifndef PAUTA_RENDER_H
#define PAUTA_RENDER_H

#include <sys/resource.h>

#include "../../proto/doc.h"

enum {
	RENDER_CPU_S = 10,
	RENDER_MEMORY = 256 << 20,
	RENDER_RESULT = 64 << 20,	/* bytes */
	RENDER_FILE = 3			/* number of the first one */
};

/*
 * Do the job and write what it gives to out, from its beginning.  0; or an
 * error with why, and then nothing that was written counts.
 */
typedef int render_fn(const json_t *job, int out, struct why *);

struct render_kind {
	const char *name;
	render_fn *run;
	const char *const *readable;	/* folders, NULL ends them */
	rlim_t seconds;			/* of processor; 0: RENDER_CPU_S */
	rlim_t libraries;		/* addresses that they take themselves */
};

extern const struct render_kind render_kinds[];	/* name NULL ends them */

/* All of it, or -ERR_SYSTEM with why. */
int render_write(int out, const void *, size_t, struct why *);
/* A document as compact JSON; borrows it. */
int render_write_json(int out, const json_t *doc, struct why *);

#endif
