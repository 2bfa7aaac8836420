/* SPDX-License-Identifier: ISC */
/*
 * print_calendar.c - `calendario`: days not worked, and what another calendar
 * would move.
 */
#include "../../proto/i18n.h"
#include "print.h"

/* "2026-12-24" as "24/12/2026". */
static const char *
print_day(const char *day)
{
	char text[16] = "";

	if (strlen(day) == 10)
		(void)snprintf(
		    text, sizeof text, "%.2s/%.2s/%.4s", day + 8, day + 5, day);
	return print_cell(text, 10);
}

static void
print_holidays(const struct req *q, struct buf *b)
{
	json_t *d;
	size_t i;

	json_array_foreach(json_object_get(q->out, "holidays"), i, d)
		print_line(b, "%s  %s", print_day(doc_text(d, "day")),
		    doc_text(d, "name"));
	if (i == 0)
		print_line(b, "%s",
		    _("No hay días inhábiles de aquí a un "
		      "año, además de sábados y domingos."));
}

static void
print_days(const struct req *q, struct buf *b)
{
	const json_t *starts;
	json_t *d, *s;
	struct buf list;
	size_t i, k;
	bool works;

	json_array_foreach(json_object_get(q->out, "days"), i, d) {
		works = doc_is(d, "working");
		starts = json_object_get(d, "starts");
		buf_init(&list, TEXT_MAX);
		json_array_foreach((json_t *)starts, k, s)
			(void)buf_addf(&list, "%s%s", k > 0 ? ", " :
			    works ? _("; se abrirá ") : _("; no se abrirá "),
			    json_string_value(s));
		print_par(b, 12, "%s  %s: %s%s", print_day(doc_text(d, "day")),
		    works ? _("ya cuenta") : _("deja de contar"),
		    doc_text(d, "name"), buf_str(&list));
		buf_clear(&list);
	}
	if (i == 0)
		print_line(b, "%s", _("Los días inhábiles son los mismos."));
}

/* The days that the rule passes over, each with its reason. */
static void
print_skipped(struct buf *b, const json_t *move)
{
	const char *name;
	struct buf list;
	json_t *d;
	size_t i;

	buf_init(&list, TEXT_MAX);
	json_array_foreach(json_object_get(move, "skipped"), i, d) {
		name = doc_text(d, "holiday");
		(void)buf_addf(&list, "%s%s (%s)", i > 0 ? ", " : "",
		    print_day(doc_text(d, "date")),
		    *name != '\0' ? name : _("fin de semana"));
	}
	if (list.len > 0)
		print_par(b, 4, _("    No cuentan: %s."), buf_str(&list));
	buf_clear(&list);
}

static void
print_moves(const struct req *q, struct buf *b)
{
	long long count = doc_int(q->out, "count");
	const char *none = _("sin plazo");
	json_t *m;
	size_t i;

	json_array_foreach(json_object_get(q->out, "moves"), i, m) {
		print_par(b, 4, _("%s paso %s: del %s al %s. %s"),
		    doc_text(m, "folio"), print_ref(m),
		    *doc_text(m, "was") == '\0' ? none :
		    print_date(q, doc_text(m, "was")),
		    *doc_text(m, "due") == '\0' ? none :
		    print_date(q, doc_text(m, "due")),
		    doc_text(m, "title"));
		print_skipped(b, m);
	}
	if ((size_t)count > i)
		print_line(b, _("… y %lld plazos más."), count - (long long)i);
	print_line(b,
	    count == 0 ? _("Ningún plazo abierto se mueve.") :
			 _("Plazos abiertos que se mueven: %lld."),
	    count);
}

void
print_calendario(const struct req *q, struct buf *b)
{
	if (json_object_get(q->out, "holidays") != NULL) {
		print_holidays(q, b);
		return;
	}
	print_days(q, b);
	print_moves(q, b);
	if (doc_is(q->out, "applied"))
		print_line(b, "%s", _("El calendario está en vigor."));
	else
		print_par(b, 0,
		    _("Nada ha cambiado. Para ponerlo en vigor "
		      "con estos efectos: contenido=%s (en el servidor, pautad "
		      "calendar import … --content con esa huella)."),
		    doc_text(q->out, "content"));
}
