/* SPDX-License-Identifier: ISC */
/* kinds.h - what begins and clears each kind of task. */
#ifndef PAUTA_KINDS_H
#define PAUTA_KINDS_H

#include "courier.h"

void feed_begin(struct task *);			/* feed.c */
void mail_begin(struct task *);			/* mail.c */
void mail_clear(struct task *);
void publish_begin(struct task *);		/* publish.c */
void publish_clear(struct task *);
void verify_begin(struct task *);		/* verify.c */

#endif
