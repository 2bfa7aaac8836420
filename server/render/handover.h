/* SPDX-License-Identifier: ISC */
/*
 * handover.h - the kind `relacion`: what a unit handed over to the archive, as
 * a table that both sides sign by hand.
 *
 * The job (docs/api.md, "The list of transfers"):
 *
 *	{"title","number","from":"2027-11-01","to":"2027-11-30",
 *	 "at":"2027-11-30T00:00:00Z","institution","unit","logo":PICTURE,
 *	 "sum":SHA-256 of the same list as CSV,
 *	 "deliver":[NAME],"receive":[NAME],
 *	 "rows":[{"ref","record","medium","place","files":N,"folio","subject",
 *	    "procedure","keeper","since","until","received","disposition"}]}
 *
 * PICTURE is digest.h's.  Everything may be absent.
 */
#ifndef PAUTA_HANDOVER_H
#define PAUTA_HANDOVER_H

#include "render.h"

enum { HANDOVER_PAGES = 1000 };		/* of one list, at most */

/* Write the PDF to fd.  0, or -ERR_REFUSED, -ERR_SYSTEM: a row of kinds.c. */
int handover_run(const json_t *job, int fd, struct why *);

#endif
