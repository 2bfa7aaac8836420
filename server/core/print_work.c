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
	return strcmp(print_str(task, "assurance"), "F") == 0;
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
		    print_cell(print_str(t, "folio"), 14),
		    print_cell(print_ref(t), 7),
		    print_cell(print_state(print_str(t, "state")), 12),
		    print_cell(print_when(q, print_str(t, "due")), 11),
		    json_is_true(json_object_get(t, "due_late")) ? "!" : " ",
		    print_cell(print_str(t, "subject"), 31));
		print_par(b, 15, "               %s%s%s",
		    strcmp(print_str(t, "priority"), "urgente") == 0 ?
			"URGENTE. " : "",
		    print_is_signed(t) ? "PIDE FIRMA. " : "",
		    print_str(t, "title"));
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
		print_line(b, "! %s %s: %s", print_str(m, "day"),
		    print_str(m, "brief"), print_day_state(m));
	json_array_foreach(json_object_get(q->out, "notices"), i, m)
		print_par(b, 4, "! %s %s: %s", print_str(m, "folio"),
		    print_ref(m), print_str(json_object_get(m, "notice"),
		    "say"));
	json_array_foreach(json_object_get(q->out, "mentions"), i, m)
		print_par(b, 4, "@ %s: %s: «%s»", print_str(m, "folio"),
		    print_str(m, "by_name"), print_str(m, "text"));
}

/* The file itself was made safe, and goes out as it is. */
void
print_vencimientos(const struct req *q, struct buf *b)
{
	if (json_object_get(q->out, "ics") != NULL)
		(void)buf_addf(b, "%s", print_str(q->out, "ics"));
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

	return a != NULL && (strcmp(print_str(a, "verdict"), id) == 0 ||
				strcmp(print_str(a, "remarks"), id) == 0);
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
		if (json_is_true(json_object_get(f, "auto")) ||
		    json_is_false(json_object_get(f, "applies")))
			continue;
		value = print_str(f, "draft");
		if (*value == '\0' &&
		    !print_is_verdict(step, print_str(f, "id")))
			value = print_str(f, "text");
		print_par(b, 6, "  %s %s (%s): %s",
		    json_is_true(json_object_get(f, "required")) ? "*" : " ",
		    print_str(f, "label"), print_str(f, "id"), value);
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
		print_par(b, 6, "Paso %s, %s, %s:", print_str(s, "step"),
		    print_person(q, print_str(s, "by")),
		    print_when(q, print_str(s, "at")));
		json_array_foreach(json_object_get(s, "fields"), k, f)
			print_par(b, 6, "    %s: %s", print_str(f, "label"),
			    print_str(f, "text"));
	}
	list = json_object_get(q->out, "changes");
	if (json_array_size(list) > 0)
		print_line(b, "Cambios desde que se devolvió:");
	json_array_foreach(list, i, f) {
		print_line(b, "  %s", print_str(f, "label"));
		print_par(b, 6, "-   %s", *print_str(f, "before") != '\0' ?
			print_str(f, "before") : _("(vacío)"));
		print_par(b, 6, "+   %s", *print_str(f, "after") != '\0' ?
			print_str(f, "after") : _("(vacío)"));
	}
}

static void
print_arms(struct buf *b, const json_t *arms)
{
	const char *label;
	json_t *a;
	size_t i, k, n;

	json_array_foreach((json_t *)arms, i, a) {
		label = print_str(a, "label");
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

	print_par(b, 4, "%s  %s  %s", print_str(o, "folio"),
	    print_str(o, "brief"), print_str(o, "subject"));
	print_par(b, 4, "Paso %s: %s", print_ref(o), print_str(o, "do"));
	if (*print_str(o, "question") != '\0')
		print_par(b, 4, "%s", print_str(o, "question"));
	if (*print_str(o, "help") != '\0')
		print_par(b, 0, "%s", print_str(o, "help"));
	print_par(b, 4, "Responsable: %s", print_str(o, "role_title"));
	if (*print_str(o, "assignee") != '\0')
		print_line(b, "La tiene: %s",
		    print_person(q, print_str(o, "assignee")));
	if (*print_str(o, "due") != '\0')
		print_par(b, 4, "Vence: %s%s%s%s%s",
		    print_date(q, print_str(o, "due")),
		    json_is_true(json_object_get(o, "due_late")) ?
			_(", ya pasó") : "",
		    *print_str(o, "due_why") != '\0' ? " (" : "",
		    print_str(o, "due_why"),
		    *print_str(o, "due_why") != '\0' ? ")" : "");
	json_array_foreach(json_object_get(o, "row_data"), i, x)
		print_par(b, 4, "  %s: %s", print_str(x, "label"),
		    print_str(x, "text"));
	if (print_is_signed(o))
		print_line(b, "Pide su firma: decida con el programa «pauta» "
		    "de su equipo.");
	if (*print_str(o, "why") != '\0')
		print_par(b, 2, "! %s", print_str(o, "why"));
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
		    print_when(q, print_str(x, "at")),
		    print_str(x, "by_name"), print_str(x, "step"),
		    print_str(x, "text"));
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
	const char *state = print_str(q->out, "state");

	if (strcmp(state, "closed") == 0 || strcmp(state, "cancelled") == 0)
		print_line(b, "%s %s", print_str(q->out, "folio"),
		    print_state(state));
	else
		print_line(b, "%s", print_str(q->out, "folio"));
	print_open(q, b, json_object_get(q->out, "open"));
	if (*print_str(q->out, "undo_until") != '\0')
		print_line(b, "  «deshacer» la retira durante 30 segundos.");
}

void
print_hands(const struct req *q, struct buf *b)
{
	const char *login = print_str(q->out, "assignee");

	if (*login == '\0')
		print_line(b, "%s %s queda libre.", print_str(q->out, "folio"),
		    print_str(q->out, "step"));
	else
		print_line(b, "%s %s la tiene %s.", print_str(q->out, "folio"),
		    print_str(q->out, "step"), print_person(q, login));
}

void
print_borrador(const struct req *q, struct buf *b)
{
	print_line(b, "Guardado %s.",
	    print_when(q, print_str(q->out, "saved_at")));
}

void
print_baja(const struct req *q, struct buf *b)
{
	print_line(b, "%s: la fila %lld del registro %s se dio de baja.",
	    print_str(q->out, "folio"), print_int(q->out, "row"),
	    print_str(q->out, "record"));
}
