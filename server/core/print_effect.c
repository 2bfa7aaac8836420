/* SPDX-License-Identifier: ISC */
/* print_effect.c - what is done outside, and who receives it, on a page. */
#include "../../proto/i18n.h"
#include "print.h"

void
print_effects(struct buf *b, const json_t *effects)
{
	json_t *e, *line;
	size_t i, k;

	json_array_foreach(effects, i, e)
		json_array_foreach(json_object_get(e, "lines"), k, line)
			print_par(b, k == 0 ? 4 : 8, "%s%s",
			    k == 0 ? "" : "    ", json_string_value(line));
}

void
print_comprobar(const struct req *q, struct buf *b)
{
	const json_t *all = json_object_get(q->out, "effects");
	json_t *last = json_pack("[O]", json_array_get(all,
	    json_array_size(all) - 1));

	print_effects(b, last);
	json_decref(last);
	print_line(b, "Lo que se encuentre aparece en «paso %s %s».",
	    doc_text(q->out, "folio"), doc_text(q->out, "step"));
}

void
print_destinatarios(const struct req *q, struct buf *b)
{
	json_t *a;
	size_t i;

	json_array_foreach(json_object_get(q->out, "addresses"), i, a)
		print_line(b, "%s %s %s", print_cell(doc_text(a, "list"), 12),
		    print_cell(doc_text(a, "address"), 34),
		    doc_text(a, "name"));
	if (i == 0)
		print_line(b, "No hay a quién enviar: la jefatura agrega "
		    "direcciones con «destinatario alta LISTA CORREO».");
}
