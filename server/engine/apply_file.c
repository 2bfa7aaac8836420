/* SPDX-License-Identifier: ISC */
/* apply_file.c - what is attached to a case, and what leaves it. */
#include "apply.h"

/* What is no longer the one of its name stays, marked by the event. */
static void
files_leave(struct kase *ca, const struct told *e)
{
	json_t *file = kase_file(ca, told_text(e, "step"), told_int(e, "row"),
	    told_text(e, "field"), told_text(e, "name"));
	size_t i;

	for (i = 0; i < json_array_size(ca->files) && file != NULL; i++)
		if (json_array_get(ca->files, i) == file) {
			file = json_copy(file);
			json_object_set_new(file, "gone",
			    json_integer(ca->n));
			json_array_set_new(ca->files, i, file);
			file = NULL;
		}
}

void
file_attached(struct kase *ca, const struct told *e)
{
	json_t *file = json_copy((json_t *)e->body);
	char at[WHEN_TEXT];

	if (told_text(e, "step") == NULL || told_text(e, "field") == NULL ||
	    told_text(e, "name") == NULL) {
		json_decref(file);
		return;
	}
	files_leave(ca, e);
	json_object_del(file, "type");
	json_object_set(file, "type", json_object_get(e->body, "kind"));
	json_object_del(file, "kind");
	json_object_set_new(file, "n", json_integer(ca->n));
	json_object_set_new(file, "at", json_string(when_text(e->at, at)));
	json_object_set_new(file, "by",
	    json_string(e->actor != NULL ? e->actor : ""));
	json_array_append_new(ca->files, file);
}

void
file_detached(struct kase *ca, const struct told *e)
{
	if (told_text(e, "step") != NULL && told_text(e, "field") != NULL &&
	    told_text(e, "name") != NULL)
		files_leave(ca, e);
}
