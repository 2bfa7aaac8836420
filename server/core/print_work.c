/* SPDX-License-Identifier: ISC */
/*
 * print_work.c - what there is to do and what doing it answers: work lists, a
 * step with its fields, acts.
 */
#include "../../proto/i18n.h"
#include "print.h"

/* Does it have to be signed? */
static bool
print_is_signed(const json_t *task)
{
	return strcmp(doc_text(task, "assurance"), "F") == 0;
}

static void
print_tasks(const struct req *q, struct buf *b, const char *key)
{
	json_t *list = json_object_get(q->out, key), *t;
	size_t i;

	if (json_array_size(list) == 0) {
		print_line(b, "No hay nada que le espere aquí.");
		return;
	}
	print_line(b, "Folio          Paso    Estado       Vence         Asunto");
	json_array_foreach(list, i, t) {
		print_line(b, "%s %s %s %s%s %s",
		    print_cell(doc_text(t, "folio"), 14),
		    print_cell(print_ref(t), 7),
		    print_cell(print_state(doc_text(t, "state")), 12),
		    print_cell(print_when(q, doc_text(t, "due")), 11),
		    doc_is(t, "due_late") ? "!" : " ",
		    print_cell(doc_text(t, "subject"), 31));
		print_par(b, 15, "               %s%s%s",
		    strcmp(doc_text(t, "priority"), "urgente") == 0 ?
			"URGENTE. " : "",
		    print_is_signed(t) ? "PIDE FIRMA. " : "",
		    doc_text(t, "title"));
	}
	if (json_array_size(list) == 1)
		print_line(b, "1 tarea.");
	else
		print_line(b, "%zu tareas.", json_array_size(list));
}

void
print_bandeja(const struct req *q, struct buf *b)
{
	json_t *m;
	size_t i;

	print_tasks(q, b, "tasks");
	json_array_foreach(json_object_get(q->out, "missing"), i, m)
		print_line(b, "! %s %s: %s", doc_text(m, "day"),
		    doc_text(m, "brief"), print_day_state(m));
	json_array_foreach(json_object_get(q->out, "notices"), i, m)
		print_par(b, 4, "! %s %s: %s", doc_text(m, "folio"),
		    print_ref(m), doc_text(json_object_get(m, "notice"),
		    "say"));
	json_array_foreach(json_object_get(q->out, "mentions"), i, m)
		print_par(b, 4, "@ %s: %s: «%s»", doc_text(m, "folio"),
		    doc_text(m, "by_name"), doc_text(m, "text"));
}

/* The file itself was made safe, and goes out as it is. */
void
print_vencimientos(const struct req *q, struct buf *b)
{
	if (json_object_get(q->out, "ics") != NULL)
		(void)buf_addf(b, "%s", doc_text(q->out, "ics"));
	else
		print_tasks(q, b, "tasks");
}

void
print_autorizaciones(const struct req *q, struct buf *b)
{
	print_tasks(q, b, "items");
}

/* ---- a step ---- */

/* The verdict of an earlier round says nothing about this one. */
static bool
print_is_verdict(const json_t *step, const char *id)
{
	const json_t *a = json_object_get(step, "approval");

	return a != NULL && (strcmp(doc_text(a, "verdict"), id) == 0 ||
				strcmp(doc_text(a, "remarks"), id) == 0);
}

static void
print_choices(struct buf *b, const json_t *choices)
{
	struct buf line;
	json_t *choice;
	size_t i;

	if (json_array_size(choices) == 0)
		return;
	buf_init(&line, TEXT_MAX);
	json_array_foreach((json_t *)choices, i, choice)
		(void)buf_addf(&line, "%s%s", i > 0 ? " | " : "",
		    json_string_value(choice));
	print_par(b, 10, "          %s", buf_str(&line));
	buf_clear(&line);
}

static void
print_fields(struct buf *b, const json_t *step)
{
	const json_t *fields = json_object_get(step, "fields");
	const char *value;
	json_t *f;
	size_t i;

	json_array_foreach((json_t *)fields, i, f) {
		if (doc_is(f, "auto") ||
		    json_is_false(json_object_get(f, "applies")))
			continue;
		value = doc_text(f, "draft");
		if (*value == '\0' &&
		    !print_is_verdict(step, doc_text(f, "id")))
			value = doc_text(f, "text");
		print_par(b, 6, "  %s %s (%s): %s",
		    doc_is(f, "required") ? "*" : " ",
		    doc_text(f, "label"), doc_text(f, "id"), value);
		print_choices(b, json_object_get(f, "choices"));
	}
}

/* What is laid before the decider, and what changed since the last return. */
static void
print_shown(const struct req *q, struct buf *b)
{
	json_t *s, *f, *list = json_object_get(q->out, "shown");
	size_t i, k;

	json_array_foreach(list, i, s) {
		print_par(b, 6, "Paso %s, %s, %s:", doc_text(s, "step"),
		    print_person(q, doc_text(s, "by")),
		    print_when(q, doc_text(s, "at")));
		json_array_foreach(json_object_get(s, "fields"), k, f)
			print_par(b, 6, "    %s: %s", doc_text(f, "label"),
			    doc_text(f, "text"));
	}
	list = json_object_get(q->out, "changes");
	if (json_array_size(list) > 0)
		print_line(b, "Cambios desde que se devolvió:");
	json_array_foreach(list, i, f) {
		print_line(b, "  %s", doc_text(f, "label"));
		print_par(b, 6, "-   %s", *doc_text(f, "before") != '\0' ?
			doc_text(f, "before") : _("(vacío)"));
		print_par(b, 6, "+   %s", *doc_text(f, "after") != '\0' ?
			doc_text(f, "after") : _("(vacío)"));
	}
}

static void
print_arms(struct buf *b, const json_t *arms)
{
	const char *label;
	json_t *a;
	size_t i, k, n;

	json_array_foreach((json_t *)arms, i, a) {
		label = doc_text(a, "label");
		n = json_array_size(json_object_get(a, "to"));
		for (k = 0; k < n; k++) {
			const char *to = json_string_value(json_array_get(
			    json_object_get(a, "to"), k));
			const char *title = json_string_value(json_array_get(
			    json_object_get(a, "titles"), k));

			if (strcmp(to, "end") == 0)
				to = "";
			print_par(b, 6, "  %s -> %s%s%s",
			    *label != '\0' ? label : _("Al terminar"), to,
			    *to != '\0' ? " " : "",
			    title != NULL ? title : "");
		}
	}
}

static void
print_heading(const struct req *q, struct buf *b)
{
	const json_t *o = q->out;
	json_t *x;
	size_t i;

	print_par(b, 4, "%s  %s  %s", doc_text(o, "folio"),
	    doc_text(o, "brief"), doc_text(o, "subject"));
	print_par(b, 4, "Paso %s: %s", print_ref(o), doc_text(o, "do"));
	if (*doc_text(o, "question") != '\0')
		print_par(b, 4, "%s", doc_text(o, "question"));
	if (*doc_text(o, "help") != '\0')
		print_par(b, 0, "%s", doc_text(o, "help"));
	print_par(b, 4, "Responsable: %s", doc_text(o, "role_title"));
	if (*doc_text(o, "assignee") != '\0')
		print_line(b, "La tiene: %s",
		    print_person(q, doc_text(o, "assignee")));
	if (*doc_text(o, "due") != '\0')
		print_par(b, 4, "Vence: %s%s%s%s%s",
		    print_date(q, doc_text(o, "due")),
		    doc_is(o, "due_late") ? _(", ya pasó") : "",
		    *doc_text(o, "due_why") != '\0' ? " (" : "",
		    doc_text(o, "due_why"),
		    *doc_text(o, "due_why") != '\0' ? ")" : "");
	json_array_foreach(json_object_get(o, "row_data"), i, x)
		print_par(b, 4, "  %s: %s", doc_text(x, "label"),
		    doc_text(x, "text"));
	if (print_is_signed(o))
		print_line(b, "Pide su firma: decida con el programa «pauta» "
		    "de su equipo.");
	if (*doc_text(o, "why") != '\0')
		print_par(b, 2, "! %s", doc_text(o, "why"));
}

void
print_paso(const struct req *q, struct buf *b)
{
	const json_t *o = q->out;
	json_t *x;
	size_t i;

	print_heading(q, b);
	json_array_foreach(json_object_get(o, "remarks"), i, x)
		print_par(b, 4, "%s %s devolvió en %s: «%s»",
		    print_when(q, doc_text(x, "at")),
		    doc_text(x, "by_name"), doc_text(x, "step"),
		    doc_text(x, "text"));
	print_shown(q, b);
	print_effects(b, json_object_get(o, "effects"));
	print_line(b, "Campos (* obligatorio):");
	print_fields(b, o);
	print_line(b, "A dónde lleva:");
	print_arms(b, json_object_get(o, "arms"));
}

/* ---- acts ---- */

void
print_act(const struct req *q, struct buf *b)
{
	const char *state = doc_text(q->out, "state");

	if (strcmp(state, "closed") == 0 || strcmp(state, "cancelled") == 0)
		print_line(b, "%s %s", doc_text(q->out, "folio"),
		    print_state(state));
	else
		print_line(b, "%s", doc_text(q->out, "folio"));
	print_open(q, b, json_object_get(q->out, "open"));
	if (*doc_text(q->out, "unsent") != '\0')
		print_par(b, 4, "  %s", doc_text(q->out, "unsent"));
	if (*doc_text(q->out, "undo_until") != '\0')
		print_line(b, "  «deshacer» la retira durante 30 segundos.");
}

void
print_hands(const struct req *q, struct buf *b)
{
	const char *login = doc_text(q->out, "assignee");

	if (*login == '\0')
		print_line(b, "%s %s queda libre.", doc_text(q->out, "folio"),
		    doc_text(q->out, "step"));
	else
		print_line(b, "%s %s la tiene %s.", doc_text(q->out, "folio"),
		    doc_text(q->out, "step"), print_person(q, login));
}

void
print_borrador(const struct req *q, struct buf *b)
{
	print_line(b, "Guardado %s.",
	    print_when(q, doc_text(q->out, "saved_at")));
}

void
print_baja(const struct req *q, struct buf *b)
{
	print_line(b, "%s: la fila %lld del registro %s se dio de baja.",
	    doc_text(q->out, "folio"), doc_int(q->out, "row"),
	    doc_text(q->out, "record"));
}
