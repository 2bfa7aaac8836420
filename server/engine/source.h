/* SPDX-License-Identifier: ISC */
/*
 * source.h - a definition as a tree of YAML nodes: where each thing stands in
 * the file, and whether the whole has the shape that a schema asks for.  The
 * only door to libyaml; libcyaml then fills the structs, but stops at its first
 * error and knows lines only roughly, while an author wants all of them.
 */
#ifndef PAUTA_SOURCE_H
#define PAUTA_SOURCE_H

#include <cyaml/cyaml.h>

#include "../../proto/base.h"

struct source;

/*
 * A place in a definition: key `list`, its item i (-1: the key itself), in it
 * key `sub` and its item j (-1 likewise).  What is not there falls back to
 * the nearest thing around it; an item stands at its number or id.
 */
struct spot {
	const char *list;
	int i;
	const char *sub;
	int j;
};

/* Parse text.  NULL, and a fault in Spanish, when it is not YAML. */
struct source *source_new(const char *file, const char *text,
    struct buf *faults);
void source_free(struct source *);

/* Append a fault for everything that departs from the schema; their number. */
int source_match(const struct source *, const cyaml_schema_value_t *,
    struct buf *faults);

/*
 * What a file should not have though it can be loaded, as what is in a record
 * must go on to be: texts of nothing, characters that cannot be seen, another
 * document.  fn is told of each, with its line.
 */
typedef void source_odd_fn(void *arg, int line, const char *text);
void source_each_odd(const struct source *, source_odd_fn *, void *arg);

/* Line of a spot, from 1. */
int source_line(const struct source *, struct spot);
/* Items that the file itself writes in the list at (list, i, sub). */
int source_count(const struct source *, struct spot);

#endif
