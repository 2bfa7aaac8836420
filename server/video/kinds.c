/* SPDX-License-Identifier: ISC */
/*
 * kinds.c - pauta-video is pauta-render with this one kind, and with ffmpeg's
 * libraries: built where they are, so that the other one does without them.
 */
#include "video.h"

/* Of the more than hundred libraries behind them. */
enum { VIDEO_LIBRARIES = 192 << 20 };

// clang-format off
/* name, what does it, folders it may read, seconds of processor, addresses of
 * its libraries */
const struct render_kind render_kinds[] = {
	{ "video", video_run, NULL, 0, VIDEO_LIBRARIES },
	{ NULL, NULL, NULL, 0, 0 },
};
// clang-format on
