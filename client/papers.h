/* SPDX-License-Identifier: ISC */
/*
 * papers.h - what was typed and the server is not known to have: one paper a
 * step, kept on a shelf until it has it.
 *
 *	{"folio","step","seq","at",
 *	 "fields": {ID: {"label","mine","base","was":[…],"sent"}},
 *	 "done": {"op","revision"},
 *	 "clash": {ID: text of the server}, "failed": "sentence", "seen": N}
 *
 * base is what the server had when the field was first typed in (none: it is
 * not known), was what may have reached it since.  A paper with "done" is a
 * whole step, sent with one operation id until it is answered; without, a
 * draft.  One with "clash" or "failed" stops until the person says.
 * Decisions never come here.
 */
#ifndef PAUTA_PAPERS_H
#define PAUTA_PAPERS_H

#include "doc.h"
#include "hash.h"
#include "shelf.h"

struct papers;

/* Read what the shelf, borrowed, has. */
struct papers *papers_new(struct shelf *);
void papers_free(struct papers *);		/* accepts NULL */

/* All of them, in the order in which they are sent.  Borrowed. */
const json_t *papers_all(const struct papers *);
json_t *papers_find(const struct papers *, const char *folio,
    const char *step);				/* borrowed, or NULL */
bool paper_stops(const json_t *paper);
bool paper_is_done(const json_t *paper);

/*
 * Keep the words of a `borrador` or a `hacer`, durably, before anybody says
 * so.  step: that STEP as it was last read, or NULL; sent: it goes out now.
 * 0, or -ERR_SYSTEM with why: then nothing changed.
 */
int papers_note(struct papers *, const char *const *words,
    const uint8_t op[OP_SIZE], const json_t *step, bool sent,
    struct when now, struct why *);

/*
 * May this paper be sent, now that the server shows the step like this?
 * (status and document of `paso`; moved: by a paper sent just before this
 * one.)  False: it stops, and says why.
 */
bool papers_check(struct papers *, json_t *paper, int status,
    const json_t *step, bool moved);
/* The line that sends a paper, and its operation id. */
void papers_line(const json_t *paper, struct line *, uint8_t op[OP_SIZE]);
/* The server answered that line: it has it, or it refused it. */
void papers_answer(struct papers *, const char *const *words, int status,
    const json_t *doc);

/* Show what waits in a document that the shelf or the server gave. */
void papers_overlay(const struct papers *, const char *const *words,
    json_t *doc);
/* What a draft that was sent says, in a STEP as it was last read. */
void papers_patch(const char *const *words, json_t *step);

/* ---- what the person says of one that stops ---- */

/* The text that a field will have; op: for a step that is sent anew. */
void papers_choose(struct papers *, json_t *paper, const char *field,
    const char *text, const uint8_t op[OP_SIZE]);
/* Send it again; as a draft only when asked. */
void papers_again(struct papers *, json_t *paper, bool draft,
    const uint8_t op[OP_SIZE]);
void papers_drop(struct papers *, json_t *paper);

#endif
