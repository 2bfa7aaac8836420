/* SPDX-License-Identifier: ISC */
/*
 * why.h - why a date is what it is: the expression that gave it is run once
 * more, at the moment it was given, and what it looked at is written down.
 * So the answer is the rule itself, never a sentence beside it.
 */
#ifndef PAUTA_WHY_H
#define PAUTA_WHY_H

#include "engine.h"

/*
 * Why `due` of an open step is when it is; new reference, or NULL when it has
 * none.  {"due","since","rule","gives","parts":[PART]}: rule is due_why of the
 * definition; gives is what the same rule says with today's settings, calendar
 * and answers, which differs from due when one of them changed since.
 * PART is what the rule looked at, in order, each once:
 *   {"kind":"field","id","value"}          an answer; "day" is the case's day
 *   {"kind":"setting","id","value"}
 *   {"kind":"now","gives"}                 when the step opened
 *   {"kind":"at","date","time","gives"}
 *   {"kind":"minutes","from","n","gives"}  running minutes
 *   {"kind":"days","from","n","gives"}     all days count
 *   {"kind":"working_days","from","n","gives","skipped":[{"date","holiday"?}]}
 *   {"kind":"between","from","to","n","skipped":[…]}
 * skipped: the days that did not count; without a holiday's name, a weekend.
 */
json_t *engine_why(const struct kase *, const struct token *,
    const struct world *);

#endif
