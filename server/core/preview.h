/* SPDX-License-Identifier: ISC */
/*
 * preview.h - what pauta-render says of a file, kept in memory for a while:
 * photographs as cells.  Documents of docs/api.md, or why there is none.
 *
 *   nobody asked --preview_get--> being made --on_done--> there, or refused
 *
 * Whoever asks for one that is being made says so (caller.later) and is run
 * again when it is there: nobody waits inside, and rights are looked at again.
 */
#ifndef PAUTA_PREVIEW_H
#define PAUTA_PREVIEW_H

#include "req.h"

enum {
	PREVIEWS = 32,			/* kept; the least recently used go */
	PREVIEW_MAX = 256 * 1024	/* bytes of one */
};

/* What is wanted: a kind of render/kinds.c over one file of an office. */
struct preview {
	const char *program;		/* of render.h; NULL: pauta-render */
	const char *kind, *office, *sha256;
	const json_t *job;		/* besides "file"; part of what it is */
};

/*
 * 0 and *doc, a new reference; or an error with why.  When it is still being
 * made: 0, *doc NULL, and the asker has been noted as one who waits.
 */
int preview_get(struct req *, const struct preview *, json_t **doc);
/* They are all forgotten; what is being made comes to nothing. */
void preview_clear(struct core *);

#endif
