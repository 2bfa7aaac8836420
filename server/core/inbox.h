/* SPDX-License-Identifier: ISC */
/*
 * inbox.h - the shared inbox of notes, for the verbs on it.
 *
 *	new --recoger--> taken        by a list of a case, as its definition
 *	 |  --comentario--> comment   says (`notes:`)
 *	 |  --descartar--> discarded
 *	 '--reponer---- from any of them
 *
 * Whoever decides says which decision was seen last (revision=): when another
 * came between, it is refused and says whose.  Who is at a note has it for some
 * minutes: nobody else decides it meanwhile.
 */
#ifndef PAUTA_INBOX_H
#define PAUTA_INBOX_H

#include "monitor.h"

enum { NOTE_HOLD = 5 * 60 };		/* seconds */

/* The office whose inbox is asked for: oficina=, or the asker's.  0 or why. */
int inbox_office(struct req *, const char **office);
/* May the asker decide notes of an office?  With why: -ERR_REFUSED. */
bool inbox_may(const struct req *, const char *office);

/* May the asker do a step, which is open or to come, in an office? */
bool inbox_does_step(const struct req *, const struct step *,
    const char *office);

/* Is somebody at it still?  The asker may be that one. */
bool inbox_is_held(const struct req *, const struct note_row *);
/*
 * A day of the office as people write it, "hoy"; label names it in a refusal.
 * "" when it is blank.  Lasts as q does.
 */
int inbox_day(struct req *, const char *office, const char *label,
    const char *text, const char **day);

/* The note named by the first word; its strings last as long as q. */
int inbox_get(struct req *, struct note_row *);
/*
 * May the asker decide it now: by right, by what was seen (revision=), and
 * nobody else being at it?
 */
int inbox_allow(struct req *, const struct note_row *);
/* Write the whole of what is now decided of it; q->out gets its document. */
int inbox_decide(struct req *, const struct note_row *,
    const struct mark_row *);
/*
 * The other notes of its story that nobody decided, when the line says
 * grupo=sí: each gets the same mark.
 */
int inbox_decide_others(struct req *, const struct note_row *,
    const struct mark_row *, bool others);
/* Does the line say grupo=sí?  0 or -ERR_USAGE. */
int inbox_group(struct req *, bool *others);

/* The column of a list that has the number of the note; NULL: none has. */
const struct field *collected_column(const struct field *);
/* The number that a row has there, typed or answered; 0: none. */
int64_t collected_note(const json_t *row, const struct field *column);
/*
 * The rows of a list as they are now: typed last, else answered last.  Kept by
 * q; -ERR_REFUSED when what is typed there is no list.
 */
int collected_rows(struct req *, const struct held *, const struct step *,
    const struct field *, json_t **);
/*
 * A list that takes notes is being written over with *text: the rows of notes
 * that are taken into it and not in it go to its end.  *text lasts as q does;
 * q->out gets it too ("lists").
 */
int collected_keep(struct req *, const struct held *, const struct step *,
    const struct field *, const char **text);
/* Are all of them in what the step is about to answer?  -ERR_STALE: which. */
int collected_check(struct req *, const struct held *, const struct step *,
    const json_t *values);

/*
 * cmd_collect.c: take the note's row out of the draft that it went into.
 * -ERR_REFUSED when that step is done.
 */
int collect_drop(struct req *, const struct note_row *);

/* A note as docs/api.md has it; whole: with all of its text. */
json_t *doc_note(struct req *, const struct note_row *, bool whole);
/* What notes may be classified as: {"kind":[…],"topic":[…],…}. */
json_t *doc_note_choices(struct req *, const char *office);

#endif
