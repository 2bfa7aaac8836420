/* SPDX-License-Identifier: ISC */
/* cells.h - a picture as cells of a terminal; the job stands in cells.c. */
#ifndef PAUTA_CELLS_H
#define PAUTA_CELLS_H

#include "photo.h"
#include "render.h"

int render_cells(const json_t *job, int out, struct why *);

/* How many points are worth having for it.  0; -ERR_USAGE with why. */
int cells_points(const json_t *job, int *width, int *height, struct why *);
/* Add "cols" and "rows" of the picture to doc.  0; -ERR_USAGE with why. */
int cells_add(json_t *doc, const json_t *job, const struct photo *,
    struct why *);

#endif
