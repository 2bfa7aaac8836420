/* SPDX-License-Identifier: ISC */
/* print_retention.c - records kept and transferred, as a page. */
#include "../../proto/i18n.h"
#include "print.h"

static const char *
print_retained(const json_t *row)
{
	static const struct { const char *id, *text; } states[] = {
		{ "proposed", N_("propuesto") }, { "approved", N_("aprobado") },
		{ "transferred", N_("transferido") }, { "disposed", N_("baja") },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(states); i++)
		if (strcmp(states[i].id, doc_text(row, "state")) == 0)
			return _(states[i].text);
	return doc_is(row, "due") ? _("vencido") :
	    _("en plazo");
}

static void
print_kept(struct buf *b, const json_t *row)
{
	json_t *why;
	size_t i;

	print_line(b, "%s %s %s %s %s", print_cell(doc_text(row, "folio"), 14),
	    print_cell(doc_text(row, "ref"), 6),
	    print_cell(doc_text(row, "until"), 10),
	    print_cell(print_retained(row), 11),
	    print_cell(doc_text(row, "record"), 35));
	json_array_foreach(json_object_get(row, "why"), i, why)
		print_par(b, 15, "               %s", json_string_value(why));
}

void
print_conservacion(const struct req *q, struct buf *b)
{
	json_t *list = json_object_get(q->out, "months"), *o;
	size_t i;

	json_array_foreach(list, i, o)
		print_line(b, "%s %5lld  %s", doc_text(o, "month"),
		    doc_int(o, "count"), doc_text(o, "keeper_title"));
	list = json_object_get(q->out, "rows");
	if (json_array_size(list) == 0)
		print_line(b, "%s", _("Nada vence en ese plazo."));
	else
		print_line(b, "%s", _("Folio          Reg.   Hasta      Estado"
		    "      Registro"));
	json_array_foreach(list, i, o)
		print_kept(b, o);
}

void
print_retenido(const struct req *q, struct buf *b)
{
	print_kept(b, q->out);
}

void
print_transferencias(const struct req *q, struct buf *b)
{
	if (json_object_get(q->out, "pdf") != NULL)
		print_line(b, "%s", doc_text(q->out, "pdf"));
	else
		(void)buf_addf(b, "%s", doc_text(q->out, "csv"));
}
