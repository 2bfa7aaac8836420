/* SPDX-License-Identifier: ISC */
/* video.h - the one kind of job of pauta-video; see video.c. */
#ifndef PAUTA_VIDEO_H
#define PAUTA_VIDEO_H

#include "../render/render.h"

int video_run(const json_t *job, int out, struct why *);

#endif
