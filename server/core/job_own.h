/* SPDX-License-Identifier: ISC */
/*
 * job_own.h - what job.c and cmd_job.c share, and what the kinds of jobs do
 * with what came of them.
 */
#ifndef PAUTA_JOB_OWN_H
#define PAUTA_JOB_OWN_H

#include "job.h"

/* May the courier have it now?  Then it has it. */
bool job_take(struct core *, const struct job_row *);
bool job_is_flying(struct core *, int64_t id);
/* It has it no more. */
void job_land(struct core *, int64_t id);
/* The courier's answer: {"error","retry_s","final"}, or what was done. */
int job_end(struct req *, const struct job_row *, const json_t *result);
int job_forget(struct core *, struct why *);

/* outlet_read.c */
int outlet_on_read(struct req *, const struct job_row *, const json_t *result,
    int64_t *again, char **body);
int outlet_on_failed(struct req *, const struct job_row *,
    const json_t *result);

/* effect_job.c */
const char *effect_give_mail(struct core *, const struct job_row *,
    json_t *body);
const char *effect_give_publish(struct core *, const struct job_row *,
    json_t *body);
int effect_on_mail(struct req *, const struct job_row *, const json_t *result,
    int64_t *again, char **body);
int effect_on_published(struct req *, const struct job_row *,
    const json_t *result, int64_t *again, char **body);
int effect_on_verified(struct req *, const struct job_row *,
    const json_t *result, int64_t *again, char **body);
int effect_on_failed(struct req *, const struct job_row *,
    const json_t *result);

/* summary.c: the mail of the day to whoever wishes it, when its hour comes. */
void summary_tick(struct core *);
int summary_on_sent(struct req *, const struct job_row *,
    const json_t *result, int64_t *again, char **body);

#endif
