/* SPDX-License-Identifier: ISC */
/*
 * crash_image.h - the disk as a power cut would leave it: a recorded log
 * (record.h) up to some point, where of everything not yet synced nothing,
 * all, a random part, or parts of 512 bytes have arrived.
 */
#ifndef PAUTA_TORTURE_CRASH_IMAGE_H
#define PAUTA_TORTURE_CRASH_IMAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "record.h"

struct record_step {
	struct record_head head;
	const char *data;		/* borrowed from the log */
	int file;			/* which file ino was at that time, or -1 */
};

struct crash_log {
	char *bytes;
	struct record_step *steps;
	size_t count;
	int files;
	size_t syncs;
};

enum survival { SURVIVAL_DROP, SURVIVAL_KEEP, SURVIVAL_SUBSET, SURVIVAL_TORN, SURVIVAL_N };
extern const char *const survival_names[SURVIVAL_N];

/* Read a log; exits with a sentence when it cannot be one. */
void crash_log_read(struct crash_log *, const char *path);

/*
 * Write into folder (emptied first) what is left when the power goes before
 * steps[cut]; names by their own draw.  dice gives 0..n-1.
 */
void crash_image_build(const struct crash_log *, size_t cut, enum survival,
    const char *folder, uint32_t (*dice)(uint32_t n));

#endif
