/* SPDX-License-Identifier: ISC */
/* kinds.h - what begins and clears each kind of task. */
#ifndef PAUTA_KINDS_H
#define PAUTA_KINDS_H

#include "courier.h"

void feed_begin(struct task *);			/* feed.c */
void feed_clear(struct task *);

#endif
