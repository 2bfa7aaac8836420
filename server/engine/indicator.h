/* SPDX-License-Identifier: ISC */
/* indicator.h - figures from cases.  Pure. */
#ifndef PAUTA_INDICATOR_H
#define PAUTA_INDICATOR_H

#include "engine.h"

/*
 * Count one measure over cases, local dates a..b inclusive; cancelled cases
 * never count; once per case at most.  rows, when not NULL, gets the folio and the date
 * of everything counted ([{"folio","date"}]).
 */
int64_t measure_count(const struct measure *, struct kase *const *, size_t n,
    const char *a, const char *b, const struct world *, json_t *rows);

/*
 * {"id","printed","numerator","denominator","ratio","percent","note",
 *  "rows":{"numerator":[…],"denominator":[…]},"days_at_fault":[…]?}
 * ratio and percent are text; "n/d" when the denominator is 0.
 */
json_t *indicator_compute(const struct procedure *, const struct indicator *,
    struct kase *const *, size_t n, const char *a, const char *b,
    const struct world *);

#endif
