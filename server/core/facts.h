/* SPDX-License-Identifier: ISC */
/*
 * facts.h - what a program says of a file of a case once and for all: of a
 * video how long, how large and of which codec (pauta-video); of a scanned
 * clipping its words (scan.c).  Kept in memory by the sum of its bytes, made
 * when somebody first sees the document that it stands in: that comes without,
 * and its screens are told when it is there.
 *
 * Where pauta-video is not, videos are files like any other.
 */
#ifndef PAUTA_FACTS_H
#define PAUTA_FACTS_H

#include "preview.h"
#include "render.h"

/* Of which program the facts of videos come. */
#define FACTS_PROGRAM "pauta-video"

/* One kind of job of which what it says is kept. */
struct fact_kind {
	const char *program;		/* of render.h; NULL: pauta-render */
	const char *kind;		/* of its kinds.c */
	unsigned at_once;		/* so many are made; others wait here */
	/* What is kept of how it ended: a new reference. */
	json_t *(*read)(const struct render_end *);
};

/* A file of which something is to be known. */
struct fact_file {
	const struct held *h;
	const char *sha256;
	const json_t *job;		/* besides "file"; NULL: nothing */
};

/*
 * What is known of it, borrowed until the next call.  NULL: it is being made,
 * or will be when the screens of the case, which are told then, ask again; or
 * it cannot be made now, and *made is false.
 */
const json_t *facts_know(struct req *, const struct fact_kind *,
    const struct fact_file *, bool *made);

/*
 * Put what is known into "media" of each video of a list of ATTACHMENTs; make
 * what is not.  wait: the asker waits for it (caller.later).
 */
void facts_add(struct req *, const struct held *, json_t *list, bool wait);
/* scan.c: the words of each picture of a PAPER that is known, or why not. */
void scan_add(struct req *, const struct held *, json_t *paper);
/* "0:12, 1920 × 1080 puntos, h264" of what pauta-video said.  Given. */
char *facts_text(const json_t *);
bool facts_is_video(const struct req *, const char *type);
/* All is forgotten; what is being made comes to nothing. */
void facts_clear(struct core *);

#endif
