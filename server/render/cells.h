/* SPDX-License-Identifier: ISC */
/* cells.h - a photograph as cells of a terminal; the job stands in cells.c. */
#ifndef PAUTA_CELLS_H
#define PAUTA_CELLS_H

#include "render.h"

int render_cells(const json_t *job, int out, struct why *);

#endif
