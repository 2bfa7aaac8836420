/* SPDX-License-Identifier: ISC */
/* load.h - what the files of the loader share; nobody else includes it. */
#ifndef PAUTA_LOAD_H
#define PAUTA_LOAD_H

#include "procedure.h"
#include "source.h"

/* load_schema.c: the keys of both formats. */
extern const cyaml_schema_value_t schema_procedure, schema_institution;

/*
 * load_fill.c: complete what libcyaml read: lines, indexes, sections,
 * inherited roles (G1), and what an approval has without writing it (G4).
 */
void procedure_fill(struct procedure *, const struct source *);

#endif
