/* SPDX-License-Identifier: ISC */
/*
 * monitor.h - what the core remembers to read a note by: the profiles of each
 * office, parsed, and the sketches of the last days (engine/story.h).  Both are
 * made of the record when they are wanted, and may be forgotten at any time.
 */
#ifndef PAUTA_MONITOR_H
#define PAUTA_MONITOR_H

#include "../engine/story.h"
#include "../store/note.h"
#include "req.h"

/* A profile is a setting of this kind, "OFFICE/NAME"; "" when it is gone. */
#define PROFILE_SETTING "profile"

void monitor_free(struct monitor *);

/* A setting that is a list, "a, b": its parts.  A new reference. */
json_t *setting_list(const struct world *, const char *id);

/*
 * Which story a note tells, by its office, title, text and instant: fills
 * sketch (in *room), story (0: its own) and alike, which is given.
 */
void monitor_tell(struct core *, struct note_row *, struct sketch *room);
/* It has been kept under its number: later ones may be like it. */
void monitor_keep(struct core *, const struct note_row *);

/*
 * What a note concerns: {"v":VERSION,"hits":[{"profile","words":[…]}]}.
 * VERSION changes with the profiles.  A new reference.
 */
json_t *monitor_hits(struct core *, const char *office, const char *title,
    const char *text);
json_int_t monitor_version(struct core *);
/* The words of a note, title and text apart; clear with words_clear. */
void monitor_words(const char *title, const char *text, struct words *);

#endif
