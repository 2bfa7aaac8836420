/* SPDX-License-Identifier: ISC */
/* print_outside.c - outlets, and what goes out and comes in by the network. */
#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "print.h"

void
print_encargos(const struct req *q, struct buf *b)
{
	static const char *const states[][2] = {
		{ "waiting", N_("espera") },
		{ "done", N_("hecho") },
		{ "failed", N_("falló") },
		{ "cancelled", N_("cancelado") },
	};
	const char *say;
	json_t *j;
	size_t i, k;

	json_array_foreach(json_object_get(q->out, "jobs"), i, j) {
		say = doc_text(j, "state");
		for (k = 0; k < ARRAY_LEN(states); k++)
			if (strcmp(states[k][0], say) == 0)
				say = _(states[k][1]);
		print_line(b, "%6lld  %s %s", doc_int(j, "id"),
		    print_cell(say, 10), doc_text(j, "title"));
		if (*doc_text(j, "error") != '\0')
			print_par(b, 8, "        %s", doc_text(j, "error"));
	}
	if (i == 0)
		print_line(b, "No hay encargos pendientes.");
}

static void
print_outlet(const json_t *o, struct buf *b)
{
	const json_t *reading = json_object_get(o, "reading");

	print_line(b, "%6lld  %s %s %s %s", doc_int(o, "id"),
	    print_cell(doc_text(o, "name"), 24),
	    print_cell(doc_text(o, "kind"), 10),
	    doc_text(o, "programme"), doc_text(o, "schedule"));
	if (*doc_text(o, "feed") != '\0')
		print_par(b, 8, "        %s", doc_text(o, "feed"));
	if (!doc_is(o, "active"))
		print_line(b, "        dado de baja");
	else if (*doc_text(reading, "error") != '\0')
		print_par(b, 8, "        no se pudo leer: %s",
		    doc_text(reading, "error"));
}

/* What an import did, line by line where it could not. */
static void
print_import(const struct req *q, struct buf *b)
{
	json_t *x;
	size_t i;

	print_line(b, "Altas: %lld. Cambios: %lld. Iguales: %lld.",
	    doc_int(q->out, "added"), doc_int(q->out, "changed"),
	    doc_int(q->out, "same"));
	json_array_foreach(json_object_get(q->out, "refused"), i, x)
		print_par(b, 4, "Renglón %lld: %s", doc_int(x, "line"),
		    doc_text(x, "message"));
}

void
print_medios(const struct req *q, struct buf *b)
{
	const char *file = doc_text(q->out, "file");
	json_t *o;
	size_t i;

	if (json_object_get(q->out, "added") != NULL) {
		print_import(q, b);
		return;
	}
	if (*file != '\0') {
		(void)buf_add(b, file, strlen(file));
		return;
	}
	json_array_foreach(json_object_get(q->out, "outlets"), i, o)
		print_outlet(o, b);
	if (i == 0)
		print_line(b, "No hay medios en el registro.");
}
