/* SPDX-License-Identifier: ISC */
/*
 * facts.h - what pauta-video says of a video of a case once and for all: how
 * long, how large and of which codec.  Kept in memory by the sum of its bytes,
 * made when somebody first sees the document that it stands in: that comes
 * without, and its screens are told when it is there.
 *
 * Where pauta-video is not, videos are files like any other.
 */
#ifndef PAUTA_FACTS_H
#define PAUTA_FACTS_H

#include "preview.h"

/* Of which program the facts of videos come. */
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
