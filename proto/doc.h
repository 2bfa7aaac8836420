/* SPDX-License-Identifier: ISC */
/*
 * doc.h - reading documents (docs/api.md), jobs and events.  A key that is
 * absent or of another type reads as "", 0, false or NULL, so that whoever
 * reads says or draws what there is, of a newer or an older program too.
 * Where "not there" means something else, ask jansson.
 */
#ifndef PAUTA_DOC_H
#define PAUTA_DOC_H

#include <jansson.h>

#include "base.h"

const char *doc_text(const json_t *, const char *key);	/* borrowed */
json_int_t doc_int(const json_t *, const char *key);
bool doc_is(const json_t *, const char *key);
json_t *doc_list(const json_t *, const char *key);	/* array or NULL */
json_t *doc_part(const json_t *, const char *key);	/* object or NULL */
/* Borrowed text of item i of an array of texts, or "". */
const char *doc_item(const json_t *array, size_t i);
/* Is the text one of the array's? */
bool doc_has(const json_t *array, const char *text);
/* ", en suplencia de NAME (suplencia 812)"; "" of no name. */
enum { DOC_BEHALF_MAX = 320 };
const char *doc_behalf(const char *name, json_int_t grant,
    char out[DOC_BEHALF_MAX]);
/* The texts of an array with sep between.  Given. */
char *doc_join(const json_t *array, const char *sep);

#endif
