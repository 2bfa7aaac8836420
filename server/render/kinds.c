/* SPDX-License-Identifier: ISC */
/* kinds.c - every kind of job there is; see render.h. */
#include <string.h>

#include "cells.h"
#include "copy.h"

/* Decoders that are not built in, and the list of them. */
static const char *const libraries[] = { "/usr/lib", "/lib", NULL };

// clang-format off
/* name, what does it, folders it may read */
static const struct render_kind kinds[] = {
	{ "celdas", render_cells, libraries },
	{ "copia", render_copy, NULL },
};
// clang-format on

const struct render_kind *
render_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}
