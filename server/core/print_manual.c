/* SPDX-License-Identifier: ISC */
/*
 * print_manual.c - a procedure as the manual prints it, from the definition
 * that runs: objective to signatures, in the order of the official format.
 */
#include "print.h"

static void
manual_title(struct buf *b, const char *title)
{
	print_line(b, "%s", "");
	print_line(b, "%s", title);
}

/* "TÍTULO", and a paragraph of it; nothing where there is none. */
static void
manual_text(struct buf *b, const char *title, const json_t *o, const char *key)
{
	if (*doc_text(o, key) == '\0')
		return;
	manual_title(b, title);
	print_par(b, 2, "  %s", doc_text(o, key));
}

/* A list of {left, right}. */
static void
manual_pairs(struct buf *b, const char *title, const json_t *list,
    const char *left, const char *right)
{
	json_t *v;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	manual_title(b, title);
	json_array_foreach(list, i, v)
		print_par(b, 4, "  %s: %s", doc_text(v, left),
		    doc_text(v, right));
}

static void
manual_field(struct buf *b, const json_t *f)
{
	print_par(b, 10, "        %s %s (%s, %s)",
	    doc_is(f, "required") ? "*" : " ",
	    doc_text(f, "label"), doc_text(f, "id"), doc_text(f, "type"));
}

/* "Jefe de la Unidad o Dirección General", borrowed from b. */
static const char *
manual_roles(const struct req *q, const json_t *step, struct buf *b)
{
	json_t *role;
	size_t i;

	json_array_foreach(json_object_get(step, "roles"), i, role)
		(void)buf_addf(b, "%s%s", i > 0 ? " o " : "",
		    core_role_title(q->c, json_string_value(role)));
	return buf_str(b);
}

/* "end" and numbers, as people read them. */
static void
manual_arm(struct buf *b, const json_t *arm)
{
	const char *label = doc_text(arm, "label");
	struct buf to;
	json_t *n;
	size_t i;

	buf_init(&to, TEXT_MAX);
	json_array_foreach(json_object_get(arm, "to"), i, n)
		(void)buf_addf(&to, "%s%s", i > 0 ? ", " : "",
		    strcmp(json_string_value(n), "end") == 0 ? "fin" :
		    json_string_value(n));
	print_par(b, 10, "      → %s%s%s", buf_str(&to),
	    *label != '\0' ? ": " : "", label);
	buf_clear(&to);
}

static void
manual_step(const struct req *q, struct buf *b, const json_t *s)
{
	const char *const number = doc_text(s, "number");
	struct buf line;
	json_t *v;
	size_t i;

	print_par(b, 6, "%s %s", print_cell(number, 5),
	    *doc_text(s, "question") != '\0' ? doc_text(s, "question") :
						doc_text(s, "title"));
	if (strcmp(doc_text(s, "kind"), "heading") == 0)
		return;
	buf_init(&line, TEXT_MAX);
	print_par(b, 6, "      %s", manual_roles(q, s, &line));
	buf_clear(&line);
	json_array_foreach(json_object_get(s, "fields"), i, v)
		manual_field(b, v);
	json_array_foreach(json_object_get(s, "records"), i, v)
		print_line(b, "      Registro %s", json_string_value(v));
	json_array_foreach(json_object_get(s, "next"), i, v)
		manual_arm(b, v);
}

/* The inventory: number, name, who keeps it, on what, how long, where. */
static void
manual_record(const struct req *q, struct buf *b, const json_t *r)
{
	char period[PERIOD_TEXT];

	print_par(b, 6, "  %s %s", print_cell(doc_text(r, "number"), 3),
	    doc_text(r, "name"));
	print_par(b, 6, "      %s. %s. %s. %s. %s",
	    core_role_title(q->c, doc_text(r, "keeper")), doc_text(r, "medium"),
	    doc_period(doc_text(r, "retention"), period),
	    doc_text(r, "place"),
	    doc_text(r, "disposition"));
}

static void
manual_lists(const struct req *q, struct buf *b, const json_t *o)
{
	json_t *v;
	size_t i;

	manual_title(b, "DESCRIPCIÓN DEL PROCEDIMIENTO");
	json_array_foreach(json_object_get(o, "steps"), i, v)
		manual_step(q, b, v);
	manual_title(b, "INVENTARIO DE REGISTROS");
	json_array_foreach(json_object_get(o, "records"), i, v)
		manual_record(q, b, v);
	manual_pairs(b, "INDICADORES", json_object_get(o, "indicators"), "id",
	    "printed");
	manual_pairs(b, "ANEXOS", json_object_get(o, "annexes"), "code",
	    "title");
	manual_title(b, "FIRMAS");
	json_array_foreach(json_object_get(o, "signatures"), i, v)
		print_par(b, 4, "  %s: %s", doc_text(v, "act"),
		    core_role_title(q->c, doc_text(v, "role")));
}

void
print_procedimiento(const struct req *q, struct buf *b)
{
	const struct institution *in = q->c->institution;
	const json_t *o = q->out;

	if (json_object_get(o, "content") != NULL) {	/* for an editor */
		(void)buf_addf(b, "%s", doc_text(o, "content"));
		return;
	}
	if (in != NULL) {
		print_par(b, 0, "%s", in->name);
		print_par(b, 0, "%s", in->unit != NULL ? in->unit : "");
	}
	print_par(b, 4, "%s/%s  %s", doc_text(o, "code"),
	    doc_text(o, "revision"), doc_text(o, "title"));
	print_line(b, "Emitido: %s", doc_text(o, "issued_on"));
	manual_text(b, "OBJETIVO", o, "objective");
	manual_text(b, "ALCANCE", o, "scope");
	manual_text(b, "PRODUCTO", o, "product");
	manual_text(b, "CLIENTE", o, "client");
	manual_pairs(b, "DEFINICIONES", json_object_get(o, "definitions"),
	    "term", "meaning");
	manual_pairs(b, "POLÍTICAS", json_object_get(o, "policies"), "id",
	    "text");
	manual_lists(q, b, o);
}
