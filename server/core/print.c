/* SPDX-License-Identifier: ISC */
/*
 * print.c - documents as a person reads them in a terminal: one row a verb in
 * the table at the end, a plain "key: value" listing for the rest.  Everything
 * foreign goes through text_safe().
 */
#include <stdarg.h>

#include "../../proto/text.h"
#include "req.h"

static const char *
print_str(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

/* One line, foreign text made safe. */
static void print_line(struct buf *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void
print_line(struct buf *b, const char *fmt, ...)
{
	char raw[2048], safe[4096];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(raw, sizeof raw, fmt, ap);
	va_end(ap);
	text_cut(raw);
	text_safe(raw, safe, sizeof safe, 0);
	(void)buf_addf(b, "%s\n", safe);
}

/* text cut or padded to cells; into one of four turning buffers. */
static const char *
print_cell(const char *text, int cells)
{
	static char out[4][512];
	static int turn;
	char *o = out[turn = (turn + 1) % 4];
	size_t n;
	int w;

	text_safe(text, o, 300, 0);
	n = text_fit(o, cells);
	o[n] = '\0';
	for (w = text_width(o); w < cells && n < 500; w++)
		o[n++] = ' ';
	o[n] = '\0';
	return o;
}

static const char *
print_state(const char *state)
{
	static const char *const words[][2] = {
		{ "new", "Nueva" }, { "taken", "Tomada" },
		{ "returned", "Devuelta" }, { "approval", "Por aprobar" },
		{ "open", "abierto" }, { "closed", "cerrado" },
		{ "cancelled", "cancelado" }, { "done", "Hecho" },
		{ "here", "AQUÍ" }, { "todo", "" },
		{ "skipped", "No aplica" }, { "heading", "" },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i][0], state) == 0)
			return words[i][1];
	return state;
}

/* "2026-11-23T15:30:00Z" in the central office's time: "23/11 08:30". */
static const char *
print_when(const struct req *q, const char *utc)
{
	static char out[32];
	char date[11], clock[9];
	struct when t;
	struct world w;

	if (when_parse(utc, &t) < 0)
		return "";
	core_world(q->c, "central", &w);
	calendar_local(w.zone, t, date, clock);
	(void)snprintf(out, sizeof out, "%.2s/%.2s %.5s", date + 8, date + 5,
	    clock);
	return out;
}

static void
print_tasks(const struct req *q, struct buf *b, const char *key)
{
	json_t *list = json_object_get(q->out, key), *t;
	char ref[32];
	size_t i;

	if (json_array_size(list) == 0) {
		print_line(b, "No hay nada que le espere aquí.");
		return;
	}
	json_array_foreach(list, i, t) {
		(void)snprintf(ref, sizeof ref,
		    json_integer_value(json_object_get(t, "row")) > 0 ?
			"%.12s#%d" : "%.12s",
		    print_str(t, "step"), (int)json_integer_value(
					      json_object_get(t, "row")));
		print_line(b, "%s %s %s %s %s %s",
		    print_cell(print_str(t, "folio"), 14),
		    print_cell(ref, 7),
		    print_cell(print_state(print_str(t, "state")), 11),
		    print_cell(print_when(q, print_str(t, "due")), 11),
		    print_cell(print_str(t, "subject"), 24),
		    print_str(t, "title"));
	}
	if (json_array_size(list) == 1)
		print_line(b, "1 tarea.");
	else
		print_line(b, "%zu tareas.", json_array_size(list));
}

static void
print_bandeja(const struct req *q, struct buf *b)
{
	print_tasks(q, b, "tasks");
}

static void
print_autorizaciones(const struct req *q, struct buf *b)
{
	print_tasks(q, b, "items");
}

static void
print_open(struct buf *b, const json_t *open)
{
	json_t *t;
	size_t i;

	json_array_foreach((json_t *)open, i, t)
		print_line(b, "  sigue %s%s%.0lld (%s)", print_str(t, "step"),
		    json_integer_value(json_object_get(t, "row")) > 0 ?
			" de un asunto" : "",
		    (long long)json_integer_value(json_object_get(t, "row")),
		    print_str(t, "role"));
}

static void
print_act(const struct req *q, struct buf *b)
{
	const char *state = print_str(q->out, "state");

	if (strcmp(state, "open") == 0)
		print_line(b, "%s", print_str(q->out, "folio"));
	else
		print_line(b, "%s %s", print_str(q->out, "folio"),
		    print_state(state));
	print_open(b, json_object_get(q->out, "open"));
}

static void
print_fields(const struct req *q, struct buf *b, const json_t *fields)
{
	const char *value;
	json_t *f, *choice;
	struct buf line;
	size_t i, k;

	(void)q;
	json_array_foreach((json_t *)fields, i, f) {
		if (json_is_true(json_object_get(f, "auto")))
			continue;
		value = print_str(f, "draft");
		if (*value == '\0')
			value = print_str(f, "text");
		buf_init(&line, TEXT_MAX);
		json_array_foreach(json_object_get(f, "choices"), k, choice)
			(void)buf_addf(&line, "%s%s", k > 0 ? " | " : "  {",
			    json_string_value(choice));
		print_line(b, "  %s %s%s [%s]%s%s",
		    json_is_true(json_object_get(f, "required")) ? "*" : " ",
		    print_cell(print_str(f, "label"), 28), print_str(f, "id"),
		    value, buf_str(&line), line.len > 0 ? "}" : "");
		buf_clear(&line);
	}
}

static void
print_paso(const struct req *q, struct buf *b)
{
	const json_t *o = q->out;
	json_t *list, *x;
	size_t i;

	print_line(b, "%s  %s  %s", print_str(o, "folio"),
	    print_str(o, "brief"), print_str(o, "subject"));
	print_line(b, "Paso %s: %s", print_str(o, "step"), print_str(o, "do"));
	if (*print_str(o, "help") != '\0')
		print_line(b, "%s", print_str(o, "help"));
	print_line(b, "Responsable: %s", print_str(o, "role_title"));
	if (*print_str(o, "why") != '\0')
		print_line(b, "! %s", print_str(o, "why"));
	list = json_object_get(o, "remarks");
	json_array_foreach(list, i, x)
		print_line(b, "%s devolvió en %s: «%s»", print_str(x, "by"),
		    print_str(x, "step"), print_str(x, "text"));
	print_fields(q, b, json_object_get(o, "fields"));
	list = json_object_get(o, "changes");
	json_array_foreach(list, i, x) {
		print_line(b, "  %s", print_str(x, "label"));
		print_line(b, "-   %s", print_str(x, "before"));
		print_line(b, "+   %s", print_str(x, "after"));
	}
	list = json_object_get(o, "arms");
	json_array_foreach(list, i, x)
		print_line(b, "  %s -> %s  %s", print_str(x, "label"),
		    json_string_value(json_array_get(
			json_object_get(x, "to"), 0)),
		    json_string_value(json_array_get(
			json_object_get(x, "titles"), 0)));
}

static void
print_expediente(const struct req *q, struct buf *b)
{
	const json_t *o = q->out;
	json_t *list, *x, *v;
	size_t i, k;

	print_line(b, "%s  %s %s  %s", print_str(o, "folio"),
	    print_str(o, "procedure"), print_str(o, "revision"),
	    print_state(print_str(o, "state")));
	print_line(b, "%s", print_str(o, "title"));
	list = json_object_get(o, "steps");
	json_array_foreach(list, i, x) {
		print_line(b, "%s %s %s %s", print_cell(print_str(x, "number"),
		    5), print_cell(print_state(print_str(x, "state")), 9),
		    print_cell(print_str(x, "by"), 10),
		    print_str(x, "title"));
		json_array_foreach(json_object_get(x, "values"), k, v)
			print_line(b, "      %s: %s", print_str(v, "label"),
			    print_str(v, "text"));
	}
	list = json_object_get(o, "records");
	json_array_foreach(list, i, x)
		print_line(b, "Registro: %s (paso %s)",
		    print_str(x, "record"), print_str(x, "step"));
}

static void
print_historial(const struct req *q, struct buf *b)
{
	json_t *list = json_object_get(q->out, "events"), *e;
	size_t i;

	json_array_foreach(list, i, e)
		print_line(b, "%6lld  %s  %s%s%s  %s",
		    (long long)json_integer_value(json_object_get(e, "n")),
		    print_when(q, print_str(e, "at")),
		    print_str(e, "actor"),
		    *print_str(e, "on_behalf_of") != '\0' ?
			" en suplencia de " : "",
		    print_str(e, "on_behalf_of"), print_str(e, "text"));
}

static void
print_buscar(const struct req *q, struct buf *b)
{
	json_t *list = json_object_get(q->out, "cases"), *c;
	size_t i;

	if (json_array_size(list) == 0)
		print_line(b, "Nada coincide.");
	json_array_foreach(list, i, c)
		print_line(b, "%s %s %s", print_cell(print_str(c, "folio"),
		    14), print_cell(print_state(print_str(c, "state")), 10),
		    print_str(c, "title"));
}

static void
print_procedimientos(const struct req *q, struct buf *b)
{
	json_t *list = json_object_get(q->out, "procedures"), *p, *s;
	size_t i, k;

	json_array_foreach(list, i, p) {
		print_line(b, "%s %s  %s", print_str(p, "code"),
		    print_str(p, "revision"), print_str(p, "title"));
		json_array_foreach(json_object_get(p, "starts"), k, s)
			print_line(b, "    inicio=%s  %s%s%s",
			    print_str(s, "id"), print_str(s, "title"),
			    *print_str(s, "why") != '\0' ? "  -- " : "",
			    print_str(s, "why"));
	}
}

static void
print_procedimiento(const struct req *q, struct buf *b)
{
	const json_t *o = q->out;
	json_t *list, *s, *f;
	size_t i, k;

	print_line(b, "%s %s  %s", print_str(o, "code"),
	    print_str(o, "revision"), print_str(o, "title"));
	print_line(b, "Objetivo: %s", print_str(o, "objective"));
	list = json_object_get(o, "steps");
	json_array_foreach(list, i, s) {
		print_line(b, "%s %s  %s",
		    print_cell(print_str(s, "number"), 5),
		    print_cell(print_str(s, "role"), 22),
		    print_str(s, "title"));
		json_array_foreach(json_object_get(s, "fields"), k, f)
			print_line(b, "        %s %s (%s)",
			    json_is_true(json_object_get(f, "required")) ?
				"*" : " ",
			    print_str(f, "id"), print_str(f, "type"));
	}
}

static void
print_ayuda(const struct req *q, struct buf *b)
{
	json_t *list = json_object_get(q->out, "verbs"), *v;
	size_t i;

	json_array_foreach(list, i, v) {
		print_line(b, "%s %s", print_str(v, "name"),
		    print_str(v, "usage"));
		print_line(b, "    %s", print_str(v, "help"));
	}
	if (json_array_size(list) > 1)
		print_line(b, "Toda orden acepta --json. Sin orden se abren "
			      "las pantallas.");
}

static void
print_indicadores(const struct req *q, struct buf *b)
{
	json_t *list = json_object_get(q->out, "indicators"), *x;
	size_t i;

	json_array_foreach(list, i, x)
		print_line(b, "%s %s  %lld / %lld = %s  (%s)",
		    print_cell(print_str(x, "id"), 8),
		    print_cell(print_str(x, "printed"), 46),
		    (long long)json_integer_value(
			json_object_get(x, "numerator")),
		    (long long)json_integer_value(
			json_object_get(x, "denominator")),
		    print_str(x, "ratio"), print_str(x, "percent"));
}

/* Whatever has no row of its own: every leaf as "key: value". */
static void
print_any(struct buf *b, const char *key, const json_t *v, int depth)
{
	const char *k;
	json_t *item;
	size_t i;

	if (json_is_object(v)) {
		json_object_foreach((json_t *)v, k, item)
			print_any(b, k, item, depth + 1);
	} else if (json_is_array(v)) {
		json_array_foreach((json_t *)v, i, item) {
			print_any(b, key, item, depth);
			if (depth <= 1)
				(void)buf_addf(b, "\n");
		}
	} else if (json_is_string(v)) {
		print_line(b, "%s: %s", key, json_string_value(v));
	} else if (json_is_integer(v)) {
		print_line(b, "%s: %lld", key,
		    (long long)json_integer_value(v));
	} else if (json_is_boolean(v)) {
		print_line(b, "%s: %s", key, json_is_true(v) ? "sí" : "no");
	}
}

static const struct {
	verb_fn *verb;
	void (*print)(const struct req *, struct buf *);
} print_rows[] = {
	{ cmd_aprobar, print_act },
	{ cmd_autorizaciones, print_autorizaciones },
	{ cmd_ayuda, print_ayuda },
	{ cmd_bandeja, print_bandeja },
	{ cmd_buscar, print_buscar },
	{ cmd_cancelar, print_act },
	{ cmd_deshacer, print_act },
	{ cmd_devolver, print_act },
	{ cmd_expediente, print_expediente },
	{ cmd_hacer, print_act },
	{ cmd_historial, print_historial },
	{ cmd_indicadores, print_indicadores },
	{ cmd_iniciar, print_act },
	{ cmd_paso, print_paso },
	{ cmd_procedimiento, print_procedimiento },
	{ cmd_procedimientos, print_procedimientos },
	{ cmd_reclasificar, print_act },
};

void
print_doc(const struct req *q, struct buf *b)
{
	const json_t *error = json_object_get(q->out, "error");
	size_t i;

	if (error != NULL) {
		print_line(b, "%s", print_str(error, "message"));
		return;
	}
	for (i = 0; q->verb != NULL && i < ARRAY_LEN(print_rows); i++)
		if (print_rows[i].verb == q->verb->run) {
			print_rows[i].print(q, b);
			return;
		}
	print_any(b, "", q->out, 0);
}
