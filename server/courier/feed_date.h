/* SPDX-License-Identifier: ISC */
/* feed_date.h - dates as feeds really write them. */
#ifndef PAUTA_FEED_DATE_H
#define PAUTA_FEED_DATE_H

#include "../../proto/base.h"

/*
 * "Mon, 23 Nov 2026 10:00:00 -0700", "lun, 23 nov 26 10:00 CST",
 * "2026-11-23T10:00:00.5-07:00", "2026-11-23 10:00", "23/11/2026": the time,
 * UTC where no zone is said; 0 when it is no date that makes sense.
 */
struct when feed_date(const char *);

#endif
