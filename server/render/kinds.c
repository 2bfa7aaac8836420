/* SPDX-License-Identifier: ISC */
/* kinds.c - every kind of job there is; see render.h. */
#include "digest.h"
#include "render.h"

#include <string.h>

/* Letters, and how they are found; how images are told apart. */
static const char *const paper[] = { "/usr/share", "/usr/local/share",
	"/etc/fonts", "/var/cache/fontconfig", "/usr/lib", "/lib", NULL };

// clang-format off
/* name, what does it, folders it may read, seconds of processor */
static const struct render_kind kinds[] = {
	{ "sintesis", digest_run, paper, 60 },
	{ NULL, NULL, NULL, 0 }
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
