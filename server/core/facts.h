/* SPDX-License-Identifier: ISC */
/*
 * facts.h - what the videos of a case are (how long, how large, of which
 * codec), as pauta-video says it.  Kept in memory by the sum of their bytes,
 * made when somebody first sees the list that they stand in: it comes without
 * them, and its screens are told when they are there.
 *
 * Where that program is not, videos are files like any other.
 */
#ifndef PAUTA_FACTS_H
#define PAUTA_FACTS_H

#include "preview.h"

/* Of which program they come. */
#define FACTS_PROGRAM "pauta-video"

/*
 * Put what is known into "media" of each video of a list of ATTACHMENTs; make
 * what is not.  wait: the asker waits for it (caller.later).
 */
void facts_add(struct req *, const struct held *, json_t *list, bool wait);
/* "0:12, 1920 × 1080 puntos, h264" of what pauta-video said.  Given. */
char *facts_text(const json_t *);
bool facts_is_video(const struct req *, const char *type);
/* All is forgotten; what is being made comes to nothing. */
void facts_clear(struct core *);

#endif
