/* SPDX-License-Identifier: ISC */
/*
 * value.h - from what people type to values and back.  Accent and case do not
 * matter in choices; dates accept hoy, mañana, +3, 12/5, 12/5/2026 and ISO;
 * datetimes "2026-11-23 09:30", "hoy 9:30", "ahora", ISO with offset; yesno
 * sí/si/s/yes/true/1 and no/n/false/0; multi and file a comma-separated text or a
 * JSON array; list a JSON array of objects (column id or label as key);
 * verdicts "1:aprobar,2:regresar:what to correct" or JSON; location any text.
 */
#ifndef PAUTA_VALUE_H
#define PAUTA_VALUE_H

#include "engine.h"

/*
 * Of a list, and of the files of a field, whatever it says: an answer is one
 * event with all of them, and an expediente has it whole, in one message.
 */
enum { ITEMS_MAX = 1000 };

/*
 * Parse text typed for a field.  "" clears (json_null).  Gives *out.
 * 0, or -ERR_REFUSED with a sentence that names the field by its label.
 */
int value_parse(const struct field *, const char *text, const struct world *,
    json_t **out, struct why *);

/*
 * Of value_parse.c and its like alone: typed JSON, NULL when it is not written
 * so; a list; verdicts that are no JSON; a trimmed copy, given.
 */
json_t *value_read_json(const char *text);
int value_parse_list(const struct field *, const char *text,
    const struct world *, json_t **out, struct why *);
json_t *value_parse_verdicts(const char *text);
char *value_trim(const char *, size_t n);

/* Does the last word of these verdicts on an item, from 1, approve it? */
bool value_approves(const json_t *verdicts, size_t item);

/* The value as a person reads it (local time, "sí", "a, b").  Given. */
char *value_text(const struct field *, const json_t *, const char *zone);

/* Is there nothing in it: absent, null, "", empty array? */
bool value_is_blank(const json_t *);

/*
 * How one item of a field is called: a text or a file by itself; a row by its
 * column "title" or "name", else by its first filled text in the order of the
 * definition.  list: the list field, NULL when it is none.  Borrowed, "" when
 * nothing is said.
 */
const char *value_item_name(const struct field *list, const json_t *item);

/*
 * What a ref that names one of these items is kept as: the name of the item
 * that is called so or, where none is, of that place, from 1, among those
 * offered: all, or with verdicts (else NULL) those that they approve.  NULL:
 * it names none.
 */
const char *value_ref_name(const struct field *list, const json_t *items,
    const json_t *verdicts, const char *ref);

/* Find a field by identifier or by its Spanish label, among a step's fields. */
const struct field *value_find_field(const struct field *, unsigned n,
    const char *word);

/*
 * Check a typed value against its field: type, choice, bounds, counts, columns.
 * 0, or -ERR_REFUSED with why.  (value_parse calls it; so does engine_decide.)
 */
int value_check(const struct field *, const json_t *, struct why *);

#endif
