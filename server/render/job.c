/* SPDX-License-Identifier: ISC */
/* job.c - how a result leaves; see render.h. */
#include "render.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
render_write(int out, const void *p, size_t n, struct why *why)
{
	const char *at = p;
	ssize_t k;

	for (; n > 0; at += k, n -= (size_t)k) {
		k = write(out, at, n);
		if (k < 0 && errno == EINTR)
			k = 0;
		else if (k <= 0)
			return why_set(why, ERR_SYSTEM, "El resultado es "
			    "demasiado grande y no se guardó.");
	}
	return 0;
}

int
render_write_json(int out, const json_t *doc, struct why *why)
{
	char *text = json_dumps(doc, JSON_COMPACT | JSON_PRESERVE_ORDER);
	int r;

	if (text == NULL)
		return why_set(why, ERR_SYSTEM,
		    "El resultado no es texto válido.");
	r = render_write(out, text, strlen(text), why);
	free(text);
	return r;
}
