/* SPDX-License-Identifier: ISC */
/* mono.h - milliseconds that only go forward; limits never use the calendar. */
#ifndef PAUTA_MONO_H
#define PAUTA_MONO_H

#include <stdint.h>
#include <time.h>

static inline int64_t
mono_ms(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

#endif
