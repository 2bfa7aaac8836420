/* SPDX-License-Identifier: ISC */
/*
 * verdict.h - a verdict for each item, as one text: "1:aprobar,2:regresar", and
 * after a second colon what is to be corrected: "2:regresar:movida, y oscura".
 * An item begins after a comma that a number and a colon follow.
 */
#ifndef PAUTA_VERDICT_H
#define PAUTA_VERDICT_H

#include "base.h"

enum verdict { VERDICT_NONE, VERDICT_YES, VERDICT_NO };

/* Of that item, from 0; *remark (given, "" for none) unless it is NULL. */
enum verdict verdict_find(const char *text, int item, char **remark);
/* The text with that one put, changed or (VERDICT_NONE) taken out.  Given. */
char *verdict_put(const char *text, int item, enum verdict,
    const char *remark);

#endif
