/* SPDX-License-Identifier: ISC */
/* kinds.c - every kind of job there is; see render.h. */
#include "render.h"

#include <string.h>

// clang-format off
/* name, what does it, folders it may read */
static const struct render_kind kinds[] = {
	{ NULL, NULL, NULL }
};
// clang-format on

const struct render_kind *
render_find(const char *name)
{
	size_t i;

	for (i = 0; kinds[i].name != NULL; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}
