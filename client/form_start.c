/* SPDX-License-Identifier: ISC */
/* form_start.c - what beginning a case asks: its header, then its own fields. */
#include "form.h"

#include "i18n.h"

json_t *
form_start_fields(const json_t *start)
{
	json_t *fields = json_pack(
	    "[{s:s,s:s,s:s,s:s}, {s:s,s:s,s:s}, {s:s,s:s,s:s},"
	    " {s:s,s:s,s:s,s:[s,s],s:s}]",
	    "id", "title", "label", _("Título"), "type", "text",
	    "help", _("Si lo deja en blanco se toma del contenido."),
	    "id", "requesting_area", "label", _("Área solicitante"), "type",
	    "area", "id", "due_on", "label", _("Fecha compromiso"), "type",
	    "date", "id", "priority", "label", _("Prioridad"), "type",
	    "choice", "choices", "normal", "urgente", "preset", "normal");
	const json_t *own = doc_list(start, "fields");
	size_t i, k;

	for (i = 0; i < json_array_size(own); i++) {
		json_t *f = json_array_get(own, i);

		for (k = 0; k < json_array_size(fields); k++)
			if (strcmp(doc_text(json_array_get(fields, k), "id"),
			    doc_text(f, "id")) == 0)
				break;
		if (k < json_array_size(fields))
			json_array_set(fields, k, f);
		else
			json_array_append(fields, f);
	}
	return fields;
}
