/* SPDX-License-Identifier: ISC */
/* paso_path.c - where a step stands among those of its case. */
#include "paso.h"

#include "i18n.h"

bool
paso_is_open(const json_t *doc)
{
	const json_t *path = doc_list(doc, "path");
	const char *state = NULL;
	size_t i;

	for (i = 0; i < json_array_size(path); i++) {
		const json_t *s = json_array_get(path, i);

		if (strcmp(doc_text(s, "step"), doc_text(doc, "step")) == 0)
			state = doc_text(s, "state");
	}
	return state == NULL || strcmp(state, "here") == 0;
}

const char *
paso_frozen(const json_t *doc)
{
	const char *why = doc_text(doc, "why");

	if (doc_is(doc, "can"))
		return NULL;
	return *why == '\0' ? _("Este paso no está abierto.") : why;
}

const char *
paso_before(const json_t *doc)
{
	const json_t *path = doc_list(doc, "path");
	const char *step = NULL;
	size_t i;

	for (i = 0; i < json_array_size(path); i++) {
		const json_t *s = json_array_get(path, i);

		if (strcmp(doc_text(s, "step"), doc_text(doc, "step")) == 0)
			break;
		if (strcmp(doc_text(s, "state"), "done") == 0)
			step = doc_text(s, "step");
	}
	return step;
}
