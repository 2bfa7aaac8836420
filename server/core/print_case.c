/* SPDX-License-Identifier: ISC */
/*
 * print_case.c - what was done: a case, its history and its files; searches,
 * registers and figures.
 */
#include "../../proto/i18n.h"
#include "print.h"

static void
print_step(const struct req *q, struct buf *b, const json_t *s)
{
	const char *state = doc_text(s, "state");
	char behalf[DOC_BEHALF_MAX];
	json_t *v;
	size_t i;

	if (strcmp(state, "heading") == 0) {
		print_par(b, 6, "%s %s", print_cell(doc_text(s, "number"), 5),
		    doc_text(s, "title"));
		return;
	}
	print_par(b, 16, "%s %s %s", print_cell(doc_text(s, "number"), 5),
	    print_cell(print_state(state), 9), doc_text(s, "title"));
	if (*doc_text(s, "by") != '\0')
		print_line(b, "%16s%s%s, %s", "",
		    print_person(q, doc_text(s, "by")),
		    doc_behalf(doc_text(s, "behalf_name"),
			doc_int(s, "grant"), behalf),
		    print_date(q, doc_text(s, "at")));
	json_array_foreach(json_object_get(s, "values"), i, v)
		print_par(b, 20, "%16s%s: %s", "", doc_text(v, "label"),
		    doc_text(v, "text"));
}

void
print_expediente(const struct req *q, struct buf *b)
{
	const json_t *o = q->out;
	json_t *x;
	size_t i;

	print_line(b, "%s  %s %s  %s", doc_text(o, "folio"),
	    doc_text(o, "procedure"), doc_text(o, "revision"),
	    print_state(doc_text(o, "state")));
	print_par(b, 0, "%s", doc_text(o, "title"));
	print_line(b, "Abrió %s, %s.  Devoluciones: %lld.",
	    print_person(q, doc_text(o, "opened_by")),
	    print_date(q, doc_text(o, "opened_at")), doc_int(o, "rounds"));
	json_array_foreach(json_object_get(o, "steps"), i, x)
		print_step(q, b, x);
	json_array_foreach(json_object_get(o, "rows"), i, x)
		print_par(b, 4, "Asunto %lld (%s): %s", doc_int(x, "row"),
		    doc_is(x, "open") ? "abierto" :
							       "cerrado",
		    doc_text(x, "title"));
	json_array_foreach(json_object_get(o, "records"), i, x)
		print_par(b, 4, "Registro: %s (paso %s, %s)",
		    doc_text(x, "record"), doc_text(x, "step"),
		    print_date(q, doc_text(x, "at")));
	print_effects(b, json_object_get(o, "effects"));
}

/* How to ask for what this answer had no room for. */
static void
print_next(const struct req *q, struct buf *b)
{
	if (json_object_get(q->out, "next") != NULL)
		print_line(b, _("Hay más; sigue con: %s %s desde=%lld"),
		    q->verb->name, doc_text(q->out, "folio"),
		    doc_int(q->out, "next"));
}

void
print_historial(const struct req *q, struct buf *b)
{
	char behalf[DOC_BEHALF_MAX];
	const char *of;
	json_t *e;
	size_t i;

	json_array_foreach(json_object_get(q->out, "events"), i, e) {
		of = doc_text(e, "on_behalf_of");
		print_par(b, 26, "%6lld  %s  %s%s: %s", doc_int(e, "n"),
		    print_date(q, doc_text(e, "at")),
		    print_person(q, doc_text(e, "actor")),
		    doc_behalf(*of == '\0' ? "" : print_person(q, of),
			doc_int(doc_part(e, "data"), "grant"), behalf),
		    doc_text(e, "text"));
	}
	print_next(q, b);
}

/* "campo, paso 2.1, Fuente: ...": where a case says what was looked for. */
static void
print_hit(struct buf *b, const json_t *h)
{
	static const char *const names[][2] = {
		{ "field", "campo" }, { "remark", "observación" },
		{ "record", "registro" }, { "comment", "comentario" },
		{ "scan", "texto de imagen" },
	};
	const char *where = doc_text(h, "where"), *name = NULL;
	char step[40] = "";
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i][0], where) == 0)
			name = names[i][1];
	if (name == NULL)
		return;		/* the line of the case has it */
	if (*doc_text(h, "step") != '\0')
		(void)snprintf(step, sizeof step, doc_int(h, "row") > 0 ?
		    ", paso %.12s#%lld" : ", paso %.12s",
		    doc_text(h, "step"), doc_int(h, "row"));
	print_par(b, 8, "    %s%s%s%s: %s", name, step,
	    *doc_text(h, "label") != '\0' ? ", " : "",
	    doc_text(h, "label"), doc_text(h, "text"));
}

void
print_buscar(const struct req *q, struct buf *b)
{
	json_t *list = json_object_get(q->out, "cases"), *c, *h;
	size_t i, k;

	if (json_array_size(list) == 0)
		print_line(b, "Nada coincide.");
	json_array_foreach(list, i, c) {
		print_par(b, 37, "%s %s %s %s",
		    print_cell(doc_text(c, "folio"), 14),
		    print_cell(print_state(doc_text(c, "state")), 9),
		    print_cell(doc_text(c, "brief"), 11),
		    doc_text(c, "title"));
		json_array_foreach(json_object_get(c, "hits"), k, h)
			print_hit(b, h);
	}
	if (doc_is(q->out, "more"))
		print_line(b, "Hay más: agregue palabras para ver menos.");
	if (doc_is(q->out, "partial"))
		print_line(b, "Coinciden demasiados: se muestran los más "
		    "recientes. Agregue palabras.");
	if (doc_int(q->out, "behind") > 0)
		print_line(b, "La búsqueda aún no tiene lo último que se "
		    "escribió: repítala en un momento.");
}

/* What it is by its bytes, whose, since when; and that another replaced it. */
static void
print_file(const struct req *q, struct buf *b, const json_t *a)
{
	print_line(b, "    %s, %s, %s", doc_text(a, "type_title"),
	    doc_text(a, "by"), print_when(q, doc_text(a, "at")));
	if (!json_is_true(json_object_get(a, "current")))
		print_line(b, _("    versión %lld, ya no la actual"),
		    doc_int(a, "version"));
}

void
print_adjuntos(const struct req *q, struct buf *b)
{
	json_t *list = json_object_get(q->out, "attachments"), *a, *media;
	size_t i;

	if (json_array_size(list) == 0)
		print_line(b, "No hay archivos.");
	json_array_foreach(list, i, a) {
		print_par(b, 4, "%s  (paso %s)", doc_text(a, "name"),
		    doc_text(a, "step"));
		if (doc_int(a, "size") > 0)
			print_line(b, "    %lld bytes", doc_int(a, "size"));
		if (json_is_true(json_object_get(a, "kept")))
			print_file(q, b, a);
		media = json_object_get(a, "media");
		if (media != NULL)
			print_line(b, "    %s", doc_text(media, "text"));
		if (*doc_text(a, "sha256") != '\0')
			print_line(b, "    %s", doc_text(a, "sha256"));
		if (*doc_text(a, "place") != '\0')
			print_par(b, 4, "    está en %s", doc_text(a, "place"));
	}
	print_next(q, b);
}

/* Its characters; of the colours a line of text knows nothing. */
void
print_vista(const struct req *q, struct buf *b)
{
	json_t *rows = json_object_get(q->out, "rows"), *row, *run;
	struct buf line;
	size_t i, k;

	if (*doc_text(q->out, "text") != '\0')
		print_line(b, "%s: %s", doc_text(q->out, "name"),
		    doc_text(q->out, "text"));
	else
		print_line(b, "%s: %lld × %lld puntos",
		    doc_text(q->out, "name"), doc_int(q->out, "width"),
		    doc_int(q->out, "height"));
	json_array_foreach(rows, i, row) {
		buf_init(&line, TEXT_MAX);
		json_array_foreach(row, k, run)
			(void)buf_addf(&line, "%s",
			    json_string_value(json_array_get(run, 0)));
		print_line(b, "%s", buf_str(&line));
		buf_clear(&line);
	}
}

/* ---- dates ---- */

void
print_porque(const struct req *q, struct buf *b)
{
	json_t *date, *line;
	size_t i, k;

	json_array_foreach(json_object_get(q->out, "dates"), i, date) {
		print_par(b, 2, "Paso %s: vence el %s. %s", print_ref(date),
		    doc_text(date, "text"), doc_text(date, "title"));
		if (*doc_text(date, "rule") != '\0')
			print_par(b, 4, "  Regla: %s. %s",
			    doc_text(date, "rule"),
			    doc_text(date, "source"));
		json_array_foreach(json_object_get(date, "lines"), k, line)
			print_par(b, 4, "  - %s", json_string_value(line));
	}
	if (i == 0)
		print_line(b, "Nada de lo que está abierto tiene plazo.");
}

const char *
print_day_state(const json_t *day)
{
	static const struct { const char *state, *text; } states[] = {
		{ "done", N_("cumplido") },
		{ "open", N_("abierto") },
		{ "missing", N_("FALTA el expediente") },
		{ "undone", N_("TERMINÓ sin cumplirse") },
	};
	size_t k;

	for (k = 0; k < ARRAY_LEN(states); k++)
		if (strcmp(doc_text(day, "state"), states[k].state) == 0)
			return _(states[k].text);
	return "";
}

void
print_dias(const struct req *q, struct buf *b)
{
	json_t *day;
	size_t i;

	json_array_foreach(json_object_get(q->out, "days"), i, day)
		print_line(b, "%s  %s %s %s", doc_text(day, "day"),
		    print_cell(doc_text(day, "brief"), 18),
		    print_cell(print_day_state(day), 22),
		    doc_text(day, "folio"));
	if (i == 0)
		print_line(b, "Ningún procedimiento diario tocaba esos días.");
}

/* ---- comments ---- */

void
print_comentar(const struct req *q, struct buf *b)
{
	size_t n = json_array_size(json_object_get(q->out, "mentions"));

	print_line(b, "%s: quedó su comentario%s.", doc_text(q->out, "folio"),
	    n == 0 ? "" : n == 1 ? _("; se avisó a quien menciona") :
	    _("; se avisó a quienes menciona"));
}

void
print_comentarios(const struct req *q, struct buf *b)
{
	json_t *x;
	size_t i;

	json_array_foreach(json_object_get(q->out, "comments"), i, x) {
		print_line(b, "%s  %s:", print_date(q, doc_text(x, "at")),
		    doc_text(x, "by_name"));
		print_par(b, 4, "    %s", doc_text(x, "text"));
	}
	if (i == 0)
		print_line(b, "Nadie lo ha comentado.");
	print_next(q, b);
	json_array_foreach(json_object_get(q->out, "people"), i, x)
		print_line(b, "@%s %s", print_cell(doc_text(x, "login"), 16),
		    doc_text(x, "name"));
}

void
print_enterado(const struct req *q, struct buf *b)
{
	if (json_object_get(q->out, "grant") != NULL) {
		print_line(b, "Queda enterado de lo decidido en su lugar.");
		return;
	}
	print_line(b, "%s: menciones leídas: %lld.", doc_text(q->out, "folio"),
	    doc_int(q->out, "read"));
}

/* ---- registers and figures ---- */

static void
print_row(const struct req *q, struct buf *b, const json_t *row)
{
	const char *label;
	json_t *v;

	print_line(b, "%s  paso %s  %s%s", doc_text(row, "folio"),
	    doc_text(row, "step"), print_date(q, doc_text(row, "at")),
	    *doc_text(row, "gone") != '\0' ? "  (dada de baja)" : "");
	if (doc_int(row, "row") > 0)
		print_line(b, "    fila %lld", doc_int(row, "row"));
	json_object_foreach(json_object_get(row, "values"), label, v)
		if (json_is_string(v))
			print_par(b, 8, "    %s: %s", label,
			    json_string_value(v));
}

void
print_registro(const struct req *q, struct buf *b)
{
	char period[PERIOD_TEXT];
	json_t *x;
	size_t i;

	json_array_foreach(json_object_get(q->out, "registers"), i, x) {
		print_par(b, 16, "%s  %s %s (%s)", doc_text(x, "procedure"),
		    print_cell(doc_text(x, "number"), 3),
		    doc_text(x, "record"), doc_text(x, "id"));
		print_line(b, "%16sguarda %s, %s", "",
		    print_role(q, doc_text(x, "keeper")),
		    doc_period(doc_text(x, "retention"), period));
	}
	if (q->pos_count == 0)
		return;
	json_array_foreach(json_object_get(q->out, "rows"), i, x)
		print_row(q, b, x);
	if (i == 0)
		print_line(b, "No tiene filas.");
}

void
print_informe(const struct req *q, struct buf *b)
{
	json_t *x;
	size_t i;

	print_line(b, "Del %s al %s", doc_text(q->out, "from"),
	    doc_text(q->out, "to"));
	print_line(b, "%-24s %8s %8s %10s %8s %12s", "Procedimiento",
	    "Abiertos", "Cerrados", "Cancelados", "Siguen", "Devoluciones");
	json_array_foreach(json_object_get(q->out, "procedures"), i, x)
		print_line(b, "%s %s %8lld %8lld %10lld %8lld %12lld",
		    print_cell(doc_text(x, "code"), 11),
		    print_cell(doc_text(x, "brief"), 12),
		    doc_int(x, "opened"), doc_int(x, "closed"),
		    doc_int(x, "cancelled"), doc_int(x, "open"),
		    doc_int(x, "returns"));
}

void
print_indicadores(const struct req *q, struct buf *b)
{
	json_t *x;
	size_t i;

	print_line(b, "Del %s al %s", doc_text(q->out, "from"),
	    doc_text(q->out, "to"));
	json_array_foreach(json_object_get(q->out, "indicators"), i, x) {
		print_par(b, 9, "%s %s", print_cell(doc_text(x, "id"), 8),
		    doc_text(x, "printed"));
		print_line(b, "         %lld / %lld = %s  (%s)",
		    doc_int(x, "numerator"), doc_int(x, "denominator"),
		    doc_text(x, "ratio"), doc_text(x, "percent"));
	}
}
