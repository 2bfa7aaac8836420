/* SPDX-License-Identifier: ISC */
/*
 * print.c - documents as a person reads them in a terminal: one row a verb in
 * the table at the end.  The printers are in print_work.c (what there is to
 * do), print_case.c (what was done) and print_office.c (the rest).
 */
#include <stdarg.h>

#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "print.h"

enum { TURNS = 8, CELL_BYTES = 512 };

static char *
print_turn(void)
{
	static char out[TURNS][CELL_BYTES];
	static int turn;

	turn = (turn + 1) % TURNS;
	return out[turn];
}

/* fmt with everything foreign made safe.  Given. */
static char *
print_safe(const char *fmt, va_list ap, enum text_flags flags)
{
	char *raw = xvasprintf(i18n_text(fmt), ap), *safe;
	size_t room = strlen(raw) * 8 + 1;	/* a byte becomes at most 8 */

	safe = xcalloc(room, 1);
	(void)text_safe(raw, safe, room, flags);
	free(raw);
	return safe;
}

/* n bytes as a line after so many blanks, none left at its end. */
static void
print_out(struct buf *b, int indent, const char *s, size_t n)
{
	while (n > 0 && s[n - 1] == ' ')
		n--;
	(void)buf_addf(b, "%*s", n > 0 ? indent : 0, "");
	(void)buf_add(b, s, n);
	(void)buf_add(b, "\n", 1);
}

void
print_line(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	char *safe;

	va_start(ap, fmt);
	safe = print_safe(fmt, ap, 0);
	va_end(ap);
	print_out(b, 0, safe, strlen(safe));
	free(safe);
}

void
print_par(struct buf *b, int indent, const char *fmt, ...)
{
	char *safe, *s, *p;
	bool first = true;
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	safe = print_safe(fmt, ap, TEXT_LINES);
	va_end(ap);
	for (p = safe; *p != '\0'; p++)
		if (*p == '\t')
			*p = ' ';
	for (s = safe; first || *s != '\0'; first = false) {
		if (!first)
			s += strspn(s, " ");
		n = text_break(s, first ? PRINT_CELLS : PRINT_CELLS - indent);
		print_out(b, first ? 0 : indent, s, n);
		s += n;
		if (*s == '\n')
			s++;
	}
	free(safe);
}

const char *
print_cell(const char *text, int cells)
{
	char *o = print_turn();
	size_t n;
	int w;

	(void)text_safe(text, o, CELL_BYTES - 200, 0);
	n = text_fit(o, cells);
	o[n] = '\0';
	for (w = text_width(o); w < cells && n + 1 < CELL_BYTES; w++)
		o[n++] = ' ';
	o[n] = '\0';
	return o;
}

const char *
print_ref(const json_t *o)
{
	char *out = print_turn();

	(void)snprintf(out, CELL_BYTES,
	    doc_int(o, "row") > 0 ? "%.12s#%lld" : "%.12s",
	    doc_text(o, "step"), doc_int(o, "row"));
	return out;
}

static const char *
print_instant(const struct req *q, const char *utc, bool year)
{
	char *out = print_turn(), date[11], clock[9];
	struct when t;
	struct world w;

	*out = '\0';
	if (when_parse(utc, &t) < 0)
		return out;
	core_world(q->c, "central", &w);
	calendar_local(w.zone, t, date, clock);
	(void)snprintf(out, CELL_BYTES, "%.2s/%.2s%s%.4s %.5s", date + 8,
	    date + 5, year ? "/" : "", year ? date : "", clock);
	return out;
}

const char *
print_when(const struct req *q, const char *utc)
{
	return print_instant(q, utc, false);
}

const char *
print_date(const struct req *q, const char *utc)
{
	return print_instant(q, utc, true);
}

const char *
print_role(const struct req *q, const char *role)
{
	const struct role *r = institution_find_role(q->c->institution, role);

	return r != NULL ? r->brief : role;
}

const char *
print_person(const struct req *q, const char *login)
{
	return core_person_name(q->c, login);
}

const char *
print_state(const char *state)
{
	static const char *const words[][2] = {
		{ "new", N_("Nueva") }, { "taken", N_("Tomada") },
		{ "returned", N_("Devuelta") }, { "approval", N_("Por aprobar") },
		{ "open", N_("abierto") }, { "closed", N_("cerrado") },
		{ "cancelled", N_("cancelado") }, { "done", N_("hecho") },
		{ "here", N_("AQUÍ") }, { "todo", "" },
		{ "skipped", N_("no aplica") }, { "heading", "" },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i][0], state) == 0)
			return _(words[i][1]);
	return state;
}

void
print_open(const struct req *q, struct buf *b, const json_t *open)
{
	json_t *t;
	size_t i;

	json_array_foreach((json_t *)open, i, t)
		print_line(b, "  sigue %s (%s)", print_ref(t),
		    print_role(q, doc_text(t, "role")));
}

/* What has no printer: every leaf as "key: value". */
static void
print_any(struct buf *b, const char *key, const json_t *v)
{
	const char *k;
	json_t *item;
	size_t i;

	if (json_is_object(v)) {
		json_object_foreach((json_t *)v, k, item)
			print_any(b, k, item);
	} else if (json_is_array(v)) {
		json_array_foreach((json_t *)v, i, item)
			print_any(b, key, item);
	} else if (json_is_string(v)) {
		print_par(b, 4, "%s: %s", key, json_string_value(v));
	} else if (json_is_integer(v)) {
		print_line(b, "%s: %lld", key,
		    (long long)json_integer_value(v));
	} else if (json_is_boolean(v)) {
		print_line(b, "%s: %s", key, json_is_true(v) ? "sí" : "no");
	}
}

static const struct {
	verb_fn *verb;
	print_fn *print;
} print_rows[] = {
	{ cmd_adjuntos, print_adjuntos },
	{ cmd_ajuste, print_ajustes },
	{ cmd_ajustes, print_ajustes },
	{ cmd_apartar, print_nota },
	{ cmd_aprobar, print_act },
	{ cmd_autorizaciones, print_autorizaciones },
	{ cmd_ayuda, print_ayuda },
	{ cmd_baja, print_baja },
	{ cmd_bandeja, print_bandeja },
	{ cmd_borrador, print_borrador },
	{ cmd_borrar, print_noted },
	{ cmd_buscar, print_buscar },
	{ cmd_calendario, print_calendario },
	{ cmd_cancelar, print_act },
	{ cmd_clasificar, print_nota },
	{ cmd_comentar, print_comentar },
	{ cmd_comentario, print_nota },
	{ cmd_comentarios, print_comentarios },
	{ cmd_comprobar, print_comprobar },
	{ cmd_conservacion, print_conservacion },
	{ cmd_conservar, print_retenido },
	{ cmd_descartar, print_nota },
	{ cmd_deshacer, print_act },
	{ cmd_destinatario, print_destinatarios },
	{ cmd_destinatarios, print_destinatarios },
	{ cmd_destino, print_retenido },
	{ cmd_devolver, print_act },
	{ cmd_dias, print_dias },
	{ cmd_encargos, print_encargos },
	{ cmd_enterado, print_enterado },
	{ cmd_expediente, print_expediente },
	{ cmd_hacer, print_act },
	{ cmd_historial, print_historial },
	{ cmd_estado, print_estado },
	{ cmd_import, print_importar },
	{ cmd_indicadores, print_indicadores },
	{ cmd_informe, print_informe },
	{ cmd_iniciar, print_act },
	{ cmd_key_add, print_noted },
	{ cmd_key_revoke, print_noted },
	{ cmd_leer, print_leer },
	{ cmd_medio, print_medios },
	{ cmd_medios, print_medios },
	{ cmd_nota, print_nota },
	{ cmd_notas, print_notas },
	{ cmd_paso, print_paso },
	{ cmd_perfil, print_perfiles },
	{ cmd_perfiles, print_perfiles },
	{ cmd_person_add, print_noted },
	{ cmd_person_disable, print_noted },
	{ cmd_person_list, print_cuentas },
	{ cmd_personas, print_personas },
	{ cmd_porque, print_porque },
	{ cmd_preferencia, print_preferencias },
	{ cmd_preferencias, print_preferencias },
	{ cmd_procedimiento, print_procedimiento },
	{ cmd_procedimientos, print_procedimientos },
	{ cmd_proponer, print_retenido },
	{ cmd_recibir, print_retenido },
	{ cmd_reclasificar, print_act },
	{ cmd_recoger, print_nota },
	{ cmd_registro, print_registro },
	{ cmd_reintentar, print_encargos },
	{ cmd_reloj, print_reloj },
	{ cmd_reponer, print_nota },
	{ cmd_sellar, print_sellar },
	{ cmd_sello, print_sello },
	{ cmd_role_grant, print_noted },
	{ cmd_role_revoke, print_noted },
	{ cmd_soltar, print_hands },
	{ cmd_suplencia, print_suplencia },
	{ cmd_suplencias, print_suplencias },
	{ cmd_suplir, print_suplir },
	{ cmd_tablero, print_tablero },
	{ cmd_tomar, print_hands },
	{ cmd_transferencias, print_transferencias },
	{ cmd_transferir, print_retenido },
	{ cmd_turnar, print_hands },
	{ cmd_vencimientos, print_vencimientos },
	{ cmd_verify, print_verificar },
	{ cmd_vista, print_vista },
	{ cmd_vista_previa, print_vista_previa },
	{ cmd_exportar, print_exportar },
};

void
print_doc(const struct req *q, struct buf *b)
{
	const json_t *error = json_object_get(q->out, "error");
	size_t i;

	if (error != NULL) {
		print_line(b, "%s", doc_text(error, "message"));
		return;
	}
	for (i = 0; q->verb != NULL && i < ARRAY_LEN(print_rows); i++)
		if (print_rows[i].verb == q->verb->run) {
			print_rows[i].print(q, b);
			return;
		}
	print_any(b, "", q->out);
}
