/* SPDX-License-Identifier: ISC */
/*
 * print_office.c - the office itself: help, the manual, people, absences,
 * settings, the clock, and what the operator is told.
 */
#include "../../proto/i18n.h"
#include "print.h"

void
print_ayuda(const struct req *q, struct buf *b)
{
	json_t *list = json_object_get(q->out, "verbs"), *v;
	size_t i;

	json_array_foreach(list, i, v) {
		print_par(b, 8, "%s %s", doc_text(v, "name"),
		    doc_text(v, "usage"));
		print_par(b, 4, "    %s", doc_text(v, "help"));
	}
	if (json_array_size(list) > 1)
		print_line(b, "Toda orden acepta --json. Sin orden se abren "
			      "las pantallas.");
}

/* ---- the manual ---- */

void
print_procedimientos(const struct req *q, struct buf *b)
{
	json_t *p, *s;
	size_t i, k;

	json_array_foreach(json_object_get(q->out, "procedures"), i, p) {
		print_par(b, 19, "%s/%s  %s (%s)", doc_text(p, "code"),
		    doc_text(p, "revision"), doc_text(p, "title"),
		    doc_text(p, "issued_on"));
		json_array_foreach(json_object_get(p, "annexes"), k, s)
			print_par(b, 27, "    %s  %s", doc_text(s, "code"),
			    doc_text(s, "title"));
		json_array_foreach(json_object_get(p, "starts"), k, s)
			print_line(b, "    inicio=%s %s%s",
			    print_cell(doc_text(s, "id"), 10),
			    doc_text(s, "title"),
			    *doc_text(s, "why") != '\0' &&
				    q->who->login != NULL ?
				"  (no le corresponde)" : "");
	}
}

/* ---- people ---- */

/* "Monitoreo, Enlace, Jefe de Unidad en lugar de jefa" */
static void
print_person_line(const struct req *q, struct buf *b, const json_t *p)
{
	struct buf line;
	json_t *r;
	size_t i;

	buf_init(&line, TEXT_MAX);
	json_array_foreach(json_object_get(p, "roles"), i, r) {
		(void)buf_addf(&line, "%s%s", i > 0 ? ", " : "",
		    print_role(q, doc_text(r, "role")));
		if (strcmp(doc_text(r, "office"), "central") != 0)
			(void)buf_addf(&line, " (%s)", doc_text(r, "office"));
		if (*doc_text(r, "for_login") != '\0')
			(void)buf_addf(&line, _(" en lugar de %s"),
			    print_person(q, doc_text(r, "for_login")));
	}
	print_par(b, 43, "%s %s %s", print_cell(doc_text(p, "login"), 12),
	    print_cell(doc_text(p, "name"), 29), buf_str(&line));
	buf_clear(&line);
}

void
print_personas(const struct req *q, struct buf *b)
{
	json_t *p;
	size_t i;

	json_array_foreach(json_object_get(q->out, "people"), i, p)
		print_person_line(q, b, p);
	if (i == 0)
		print_line(b, "Nadie tiene ese rol.");
}

static void
print_key(const json_t *key, struct buf *b)
{
	const char *login = print_cell(doc_text(key, "login"), 12);

	if (doc_is(key, "active"))
		print_line(b, "%s %s", login, doc_text(key, "fingerprint"));
	else
		print_line(b, "%s %s  revocada en el hecho %lld", login,
		    doc_text(key, "fingerprint"),
		    doc_int(key, "revoked"));
}

void
print_cuentas(const struct req *q, struct buf *b)
{
	json_t *x;
	size_t i;

	print_personas(q, b);
	json_array_foreach(json_object_get(q->out, "accounts"), i, x)
		if (json_is_false(json_object_get(x, "active")))
			print_line(b, "%s %s  cuenta cerrada",
			    print_cell(doc_text(x, "login"), 12),
			    doc_text(x, "name"));
	json_array_foreach(json_object_get(q->out, "keys"), i, x)
		print_key(x, b);
}

static const char *
print_answer(const json_t *s)
{
	const char *answer = doc_text(s, "answer");

	if (strcmp(answer, ABSENCE_ACCEPTED) == 0)
		return _(", aceptada");
	if (strcmp(answer, "declined") == 0)
		return _(", declinada");
	if (doc_is(s, "over"))
		return _(", terminada");
	return *answer == '\0' ? _(", sin contestar") :
				 _(", sin autorizar");
}

/* What was decided in one of them. */
static void
print_stood(const struct req *q, struct buf *b)
{
	json_t *a;
	size_t i;

	print_par(b, 4, "%s por %s, del %s al %s",
	    print_person(q, doc_text(q->out, "login")),
	    print_person(q, doc_text(q->out, "for_login")),
	    print_date(q, doc_text(q->out, "from")),
	    print_date(q, doc_text(q->out, "to")));
	json_array_foreach(json_object_get(q->out, "acts"), i, a)
		print_par(b, 20, "%s  %s  %s", print_date(q, doc_text(a, "at")),
		    doc_text(a, "folio"), doc_text(a, "text"));
	if (i == 0)
		print_line(b, "Nada se decidió en esta suplencia.");
}

void
print_suplencias(const struct req *q, struct buf *b)
{
	json_t *s;
	size_t i;

	if (json_object_get(q->out, "acts") != NULL) {
		print_stood(q, b);
		return;
	}
	json_array_foreach(json_object_get(q->out, "substitutions"), i, s) {
		print_par(b, 4, "%lld  %s por %s (%s), del %s al %s%s%s",
		    doc_int(s, "grant"),
		    print_person(q, doc_text(s, "login")),
		    print_person(q, doc_text(s, "for_login")),
		    print_role(q, doc_text(s, "role")),
		    print_date(q, doc_text(s, "from")),
		    print_date(q, doc_text(s, "to")),
		    doc_is(s, "active") ?
			_(", en vigor") : "",
		    print_answer(s));
		print_par(b, 4, "    %s.  Alcance: %s.",
		    doc_text(s, "reason"),
		    strcmp(doc_text(s, "scope"), "all") == 0 ? _("todo") :
			doc_text(s, "scope"));
	}
	if (i == 0)
		print_line(b, "No hay suplencias.");
}

void
print_suplencia(const struct req *q, struct buf *b)
{
	const char *who = print_person(q, doc_text(q->out, "login"));

	if (doc_is(q->out, "over"))
		print_line(b, _("La suplencia de %s terminó."), who);
	else
		print_line(b, *doc_text(q->out, "answer") == '\0' ?
		    _("Quedó nombrada: rige en cuanto %s la acepte.") :
		    _("Quedó propuesta: rige en cuanto la jefatura la "
		    "autorice y %s la acepte."), who);
}

void
print_suplir(const struct req *q, struct buf *b)
{
	bool yes = strcmp(doc_text(q->out, "answer"), "accepted") == 0;

	print_line(b, yes ? _("Aceptó suplir a %s.") :
	    _("Declinó suplir a %s: la suplencia terminó."),
	    print_person(q, doc_text(q->out, "for_login")));
}

/* ---- settings, the clock ---- */

void
print_ajustes(const struct req *q, struct buf *b)
{
	json_t *s;
	size_t i;

	json_array_foreach(json_object_get(q->out, "settings"), i, s) {
		print_par(b, 4, "%s = %s%s%s%s", doc_text(s, "id"),
		    doc_text(s, "value"),
		    strcmp(doc_text(s, "value"), doc_text(s, "default")) ?
			_("  (de fábrica: ") : "",
		    strcmp(doc_text(s, "value"), doc_text(s, "default")) ?
			doc_text(s, "default") : "",
		    strcmp(doc_text(s, "value"), doc_text(s, "default")) ?
			")" : "");
		print_par(b, 4, "    %s [%s]", doc_text(s, "text"),
		    doc_text(s, "source"));
	}
}

void
print_preferencias(const struct req *q, struct buf *b)
{
	json_t *p, *v, *choice;
	size_t i, k;
	char *text;

	json_array_foreach(json_object_get(q->out, "preferences"), i, p) {
		v = json_object_get(p, "value");
		text = json_is_string(v) ? xstrdup(json_string_value(v)) :
					   json_dumps(v, JSON_COMPACT);
		print_line(b, "%s = %s", doc_text(p, "id"), text);
		free(text);
		print_par(b, 4, "    %s", doc_text(p, "text"));
		json_array_foreach(json_object_get(p, "choices"), k, choice)
			(void)buf_addf(b, "%s%s", k == 0 ? "    " : ", ",
			    json_string_value(choice));
		if (k > 0)
			(void)buf_addf(b, "\n");
	}
}

void
print_reloj(const struct req *q, struct buf *b)
{
	const char *now = doc_text(q->out, "now");

	print_line(b, "%s (%s)", print_date(q, now), now);
}

/* ---- for the operator ---- */

void
print_noted(const struct req *q, struct buf *b)
{
	print_line(b, "Hecho: queda en el registro con el número %lld.",
	    doc_int(q->out, "n"));
}

void
print_importar(const struct req *q, struct buf *b)
{
	if (*doc_text(q->out, "code") == '\0')
		print_noted(q, b);
	else
		print_line(b, "%s %s está en vigor.",
		    doc_text(q->out, "code"), doc_text(q->out, "revision"));
}

/* As a file that can be kept: `ssh HOST sello > testigo`. */
void
print_sello(const struct req *q, struct buf *b)
{
	const char *witness = doc_text(q->out, "witness");

	(void)buf_add(b, witness, strlen(witness));
}

void
print_estado(const struct req *q, struct buf *b)
{
	static const char *const levels[][2] = {
		{ "ok", "hay espacio" },
		{ "low", "queda poco espacio: no se reciben archivos" },
		{ "full", "lleno: nada se guarda hasta que haya espacio" },
	};
	const json_t *disk = json_object_get(q->out, "disk");
	const json_t *log = json_object_get(q->out, "log");
	const char *hold = doc_text(q->out, "hold");
	size_t i;

	print_line(b, "%lld hechos.", doc_int(q->out, "events"));
	for (i = 0; i < ARRAY_LEN(levels); i++)
		if (strcmp(levels[i][0], doc_text(disk, "level")) == 0)
			print_line(b, "Disco: %s. Libres: %lld MB; se apartan "
				      "%lld MB.", levels[i][1],
			    doc_int(disk, "free") >> 20,
			    doc_int(disk, "reserve") >> 20);
	if (doc_is(log, "stuck"))
		print_line(b, "Lo último no se ha podido pasar al archivo del "
			      "registro: libere espacio.");
	if (*hold != '\0')
		print_line(b, "%s", hold);
}

void
print_sellar(const struct req *q, struct buf *b)
{
	print_line(b, "El registro acepta cambios; su último sello es el del "
		      "hecho %lld.", doc_int(q->out, "n"));
}

void
print_verificar(const struct req *q, struct buf *b)
{
	print_line(b, "%lld hechos, íntegros.", doc_int(q->out, "events"));
	print_line(b, "%lld sellos, válidos.", doc_int(q->out, "checkpoints"));
	print_line(b, "Cadena: %s", doc_text(q->out, "chain"));
	if (json_object_get(q->out, "witness") != NULL)
		print_line(b, "El testigo del hecho %lld coincide.",
		    doc_int(q->out, "witness"));
	if (doc_is(q->out, "equal"))
		print_line(b, "Las vistas, hechas de nuevo con ellos, son "
			      "iguales.");
}

/* ---- the board ---- */

/* "18 min", "1 h 12", "3 d": how long an approval waits. */
static const char *
print_span(const json_t *seconds, char out[32])
{
	long long s = (long long)json_integer_value(seconds);

	if (!json_is_integer(seconds))
		(void)snprintf(out, 32, "-");
	else if (s < 3600)
		(void)snprintf(out, 32, "%lld min", s / 60);
	else if (s < 86400)
		(void)snprintf(out, 32, "%lld h %02lld", s / 3600,
		    s / 60 % 60);
	else
		(void)snprintf(out, 32, "%lld d", s / 86400);
	return out;
}

static void
print_figures(struct buf *b, const json_t *list)
{
	static const char *const words[][2] = {
		{ "new", "Nuevas" }, { "taken", "Tomadas" },
		{ "approval", "Por aprobar" }, { "returned", "Devueltas" },
		{ "overdue", "Vencidas" }, { "open", "Abiertas" },
		{ "closed", "Cerradas en 7 días" },
		{ "day", "Aprobaciones, 24 horas" },
		{ "week", "Aprobaciones, 7 días" },
		{ "month", "Aprobaciones, 30 días" },
		{ "missing", "Días sin cumplir, 7 días" },
	};
	char span[32];
	json_t *f;
	size_t i, k;

	json_array_foreach((json_t *)list, i, f)
		for (k = 0; k < ARRAY_LEN(words); k++) {
			if (strcmp(words[k][0], doc_text(f, "id")) != 0)
				continue;
			print_line(b, "%s %6lld%s%s", print_cell(words[k][1],
			    24), doc_int(f, "count"),
			    json_object_get(f, "seconds") != NULL ?
			    "  mediana " : "",
			    json_object_get(f, "seconds") != NULL ?
			    print_span(json_object_get(f, "seconds"), span) :
			    "");
		}
}

void
print_tablero(const struct req *q, struct buf *b)
{
	json_t *x;
	char span[32];
	size_t i;

	print_figures(b, json_object_get(q->out, "figures"));
	json_array_foreach(json_object_get(q->out, "offices"), i, x) {
		if (i == 0)
			print_line(b, "%-24s Abiertas Vencidas  Aprobación",
			    "Oficina");
		print_line(b, "%s %8lld %8lld  %s",
		    print_cell(doc_text(x, "name"), 24),
		    doc_int(x, "open"), doc_int(x, "overdue"),
		    print_span(json_object_get(json_object_get(x, "approval"),
			"seconds"), span));
	}
	json_array_foreach(json_object_get(q->out, "rows"), i, x)
		if (*doc_text(x, "day") != '\0')
			print_line(b, "%s %s: %s", doc_text(x, "day"),
			    doc_text(x, "brief"), print_day_state(x));
		else
			print_par(b, 15, "%s %s %s %s",
			    print_cell(doc_text(x, "folio"), 14),
			    print_cell(doc_text(x, "step"), 5),
			    print_cell(print_when(q,
				*doc_text(x, "at") != '\0' ?
				doc_text(x, "at") : doc_text(x, "due")), 11),
			    doc_text(x, "subject"));
	if (json_object_get(q->out, "rows") != NULL)
		print_line(b, "%lld.", doc_int(q->out, "count"));
}
