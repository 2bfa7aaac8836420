/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/* command_test.c - the command table, how it is said, and what is refused. */
#include "bureau.h"
#include "reached.h"

/* The line with the folio in place of %s.  Given. */
static char *
line_fill(const char *line, const char *folio)
{
	const char *at = strstr(line, "%s");

	if (at == NULL)
		return xstrdup(line);
	return xasprintf("%.*s%s%s", (int)(at - line), line, folio, at + 2);
}

/* Is there a verb of this name in the list that `ayuda` gave? */
static bool
help_has(const struct bureau *o, const char *name)
{
	json_t *v;
	size_t i;

	json_array_foreach(json_object_get(o->doc, "verbs"), i, v)
		if (strcmp(json_string_value(json_object_get(v, "name")),
		    name) == 0)
			return true;
	return false;
}

/* ---- the table ---- */

static void
every_verb_is_written_once_and_explained(void **st)
{
	const struct verb *v;
	size_t i, k, n;

	(void)st;
	v = verb_table(&n);
	assert_true(n > 30);
	for (i = 0; i < n; i++) {
		assert_true(strlen(v[i].help) > 10);
		assert_non_null(v[i].args);
		assert_non_null(v[i].run);
		assert_true(v[i].pos_min <= v[i].pos_max);
		assert_true(v[i].pos_max <= POS_MAX);
		assert_ptr_equal(verb_find(v[i].name), &v[i]);
		assert_ptr_equal(verb_find(v[i].alias), &v[i]);
		if (i > 0 && strcmp(v[i - 1].name, v[i].name) >= 0)
			fail_msg("«%s» is not before «%s»", v[i - 1].name,
			    v[i].name);
		for (k = 0; k < i; k++) {
			assert_string_not_equal(v[k].alias, v[i].alias);
			assert_true(v[k].run != v[i].run);
		}
		for (k = 0; k < n; k++)
			assert_string_not_equal(v[k].alias, v[i].name);
	}
}

static void
every_handler_is_reached(void **st)
{
	struct bureau *o = *st;
	const struct verb *v;
	char folio[32];
	size_t i, k, n, len;
	bool found;

	bureau_bulletin(o, "difu", folio);
	for (i = 0; i < ARRAY_LEN(reached); i++) {
		char *line = line_fill(reached[i].line, folio);

		if (bureau_line(o, reached[i].login, NULL, line) !=
		    reached[i].status)
			fail_msg("%s: status %d: %s", line, o->status,
			    bureau_message(o));
		free(line);
	}
	v = verb_table(&n);
	for (i = 0; i < n; i++) {
		found = v[i].who == WHO_COURIER;	/* job_test */
		len = strlen(v[i].name);
		for (k = 0; k < ARRAY_LEN(reached); k++)
			found = found || (strncmp(reached[k].line, v[i].name,
			    len) == 0 && strchr(" ", reached[k].line[len]));
		if (!found)
			fail_msg("nobody says «%s» here", v[i].name);
	}
}

/* The same verb said in English, or without its accents or capitals. */
static void
a_verb_has_an_alias_and_does_not_mind_capitals(void **st)
{
	struct bureau *o = *st;

	bureau_ok(o, "difu", "inbox");
	bureau_ok(o, "difu", "BANDEJA --ÁREA");
	assert_string_equal(bureau_text(o, "list"), "area");
	bureau_no(o, "difu", 2, "INBOX", "INBOX");
}

/* ---- usage ---- */

static void
a_wrong_line_says_how_it_is_written(void **st)
{
	struct bureau *o = *st;
	const struct verb *v;
	char *line, *usage;
	size_t i, n;

	bureau_no(o, "difu", 2, "«ayuda» las lista", "bailar");
	bureau_no(o, "difu", 2, "Falta la orden", "");
	v = verb_table(&n);
	for (i = 0; i < n; i++) {
		const char *who = v[i].who & WHO_PERSON ? "jefa" : NULL;

		if (v[i].who == WHO_COURIER)
			continue;
		usage = xasprintf("Uso: %s %s", v[i].name, v[i].args);
		usage[strlen(usage) > 80 ? 80 : strlen(usage)] = '\0';
		text_cut(usage);
		line = xasprintf("%s --no-hay", v[i].name);
		if (v[i].flags & FLAG_TEXT)	/* nothing is wrong in it */
			bureau_ok(o, who, line);
		else
			bureau_no(o, who, 2, usage, line);
		free(line);
		if (v[i].pos_min > 0)
			bureau_no(o, who, 2, usage, v[i].name);
		line = xasprintf("%s 1 2 3 4 5", v[i].name);
		if (v[i].flags & FLAG_TEXT)
			bureau_ok(o, who, line);
		else
			bureau_no(o, who, 2, usage, line);
		free(line);
		free(usage);
	}
}

static void
people_and_the_operator_have_their_own_verbs(void **st)
{
	struct bureau *o = *st;
	const struct verb *v;
	char *line;
	size_t i, n;

	v = verb_table(&n);
	for (i = 0; i < n; i++) {
		line = xasprintf("No hay una orden «%s»", v[i].name);
		if (!(v[i].who & WHO_PERSON))
			bureau_no(o, "admin", 2, line, v[i].name);
		if (!(v[i].who & WHO_OPERATOR))
			bureau_no(o, NULL, 2, line, v[i].name);
		free(line);
	}
	bureau_ok(o, "difu", "ayuda");
	assert_false(help_has(o, "persona-alta"));
	bureau_ok(o, NULL, "ayuda");
	assert_true(help_has(o, "persona-alta"));
}

static void
an_error_has_a_code_and_a_sentence(void **st)
{
	struct bureau *o = *st;
	json_t *e;

	(void)bureau_line(o, "difu", NULL, "expediente CON-2026-9999");
	assert_int_equal(o->status, 3);
	assert_int_equal(json_object_size(o->doc), 1);
	e = json_object_get(o->doc, "error");
	assert_int_equal(json_object_size(e), 2);
	assert_string_equal(json_string_value(json_object_get(e, "code")),
	    "not_found");
	assert_string_equal(bureau_message(o),
	    "No hay un expediente «CON-2026-9999» a su alcance.");
	(void)bureau_line(o, "difu", NULL, "bandeja --no");
	assert_string_equal(json_string_value(json_object_get(
	    json_object_get(o->doc, "error"), "code")), "usage");
}

static void
a_person_reads_the_same_as_text(void **st)
{
	struct bureau *o = *st;
	struct caller who = { .login = "difu", .source = "test" };
	struct answer a;

	core_run(o->c, &who, NULL, (const char *const[]){ "bailar", NULL },
	    false, &a);
	assert_int_equal(a.status, 2);
	assert_string_equal(a.text,
	    "No hay una orden «bailar». «ayuda» las lista.\n");
	answer_clear(&a);
}

/* ---- refusals ---- */

/* %s is a bulletin of difu in step 1.1. */
static const struct {
	const char *login;
	int status;
	const char *say, *line;
} refused[] = {
	{ "difu", 3, "No hay un procedimiento", "iniciar 63-COM-P99" },
	{ "difu", 3, "no se inicia como", "iniciar 63-COM-P02 inicio=nada" },
	{ "difu", 3, "No hay una oficina", "iniciar 63-COM-P02 oficina=luna" },
	{ "difu", 2, "no tiene un campo", "iniciar 63-COM-P02 color=azul" },
	{ "difu", 1, "Vías", "iniciar 63-COM-P02" },
	{ "difu", 1, "Vías", "iniciar 63-COM-P02 tracks=radio" },
	{ "prod", 1, "no puede iniciar", "iniciar 63-COM-P02 tracks=redes" },
	{ "oic", 1, "no puede iniciar", "iniciar 63-COM-P02 tracks=redes" },
	{ "admin", 1, "no puede iniciar", "iniciar 63-COM-P02 tracks=redes" },
	{ "ana", 1, "en esta oficina",
	    "iniciar 63-COM-P02 tracks=redes oficina=oax" },
	{ "difu", 3, "a su alcance", "hacer CON-2026-9999 1.1" },
	{ "difu", 3, "no tiene un paso", "hacer %s 9.9" },
	{ "difu", 3, "no tiene un paso", "hacer %s 1" },
	{ "difu", 1, "no está abierto", "hacer %s 1.2 version=1" },
	{ "difu", 1, "no está abierto", "hacer %s 1.1#7" },
	{ "difu", 2, "no tiene un campo", "hacer %s 1.1 color=azul" },
	{ "difu", 1, "Faltan datos obligatorios", "hacer %s 1.1" },
	{ "difu", 1, "no es una de las opciones", "hacer %s 1.1 origin=radio" },
	{ "difu", 1, "no es una fecha", "hacer %s 1.1 planned_on=31/02/2026" },
	{ "difu", 2, "lleva un número", "hacer %s 1.1 revision=x" },
	{ "difu", 2, "lleva un número", "hacer %s 1.1 revision=-1" },
	{ "difu", 2, "lleva un número",
	    "hacer %s 1.1 revision=99999999999999999999" },
	{ "difu", 1, "cambió mientras", "hacer %s 1.1 revision=999 " BULLETIN },
	{ "difu", 1, "cambió mientras",
	    "hacer %s 1.1 contenido=00 " BULLETIN },
	{ "difu", 2, "no es una decisión", "hacer %s 1.1 decision=sí" },
	{ "jefa", 1, "corresponde a Encargado de Difusión",
	    "hacer %s 1.1 " BULLETIN },
	{ "oic", 1, "corresponde a Encargado de Difusión",
	    "hacer %s 1.1 " BULLETIN },
	{ "prod", 1, "corresponde a Encargado de Difusión", "tomar %s 1.1" },
	{ "admin", 3, "a su alcance", "hacer %s 1.1 " BULLETIN },
	{ "ana", 3, "a su alcance", "hacer %s 1.1 " BULLETIN },
	{ "prod", 1, "corresponde a", "borrador %s 1.1 headline=Mío" },
	{ "oic", 1, "corresponde a", "borrador %s 1.1 headline=Mío" },
	{ "difu", 2, "no tiene un campo",
	    "borrador %s 1.1 headline=Sí color=azul" },
	{ "jefa", 1, "no es una aprobación", "aprobar %s 1.1" },
	{ "jefa", 1, "no es una aprobación", "devolver %s 1.1 motivo=x" },
	{ "difu", 1, "no está en manos de nadie", "soltar %s 1.1" },
	{ "difu", 2, "persona=LOGIN", "turnar %s 1.1" },
	{ "jefa", 1, "no tiene el rol", "turnar %s 1.1 persona=prod" },
	{ "jefa", 1, "no tiene el rol", "turnar %s 1.1 persona=nadie" },
	{ "oic", 1, "corresponde a", "turnar %s 1.1 persona=difu" },
	{ "difu", 1, "Cancelar un expediente", "cancelar %s motivo=x" },
	{ "jefa", 1, "Falta el motivo", "cancelar %s" },
	{ "jefa", 1, "Falta el motivo", "cancelar %s motivo=" },
	{ "difu", 1, "deshacer", "deshacer %s" },
	{ "dg", 1, "No hay nada suyo", "deshacer" },
	{ "difu", 1, "no se responde de nuevo", "reclasificar %s 1.1" },
	{ "difu", 3, "no tiene un paso", "reclasificar %s 9.9" },
	{ "difu", 3, "no tiene un registro", "baja %s W9 fila=1 motivo=x" },
	{ "difu", 2, "lleva un número", "baja %s 1 fila=uno motivo=x" },
	{ "difu", 1, "Falta el motivo", "baja %s 1 fila=1" },
	{ "difu", 1, "no está abierto", "hacer %s 1.1#x " BULLETIN },
	{ "difu", 1, "no está abierto", "hacer %s 1.1#4294967296 " BULLETIN },
	{ "difu", 2, "lleva un número", "baja %s 1 fila=4294967297 motivo=x" },
	{ "difu", 1, "cambian ajustes", "ajuste alert_minutes 5" },
	{ "jefabc", 1, "cambian ajustes", "ajuste alert_minutes 5" },
	{ "jefa", 1, "no es un número", "ajuste alert_minutes pocos" },
	{ "jefa", 3, "No hay un ajuste", "ajuste nada 5" },
	{ "jefa", 2, "persona=LOGIN", "suplencia" },
	{ "jefa", 2, "motivo=TEXTO",
	    "suplencia persona=dg desde=hoy hasta=hoy motivo=" },
	{ "jefa", 1, "No hay una cuenta activa",
	    "suplencia persona=nadie desde=hoy hasta=hoy motivo=x" },
	{ "jefa", 1, "a sí mismo",
	    "suplencia persona=jefa desde=hoy hasta=hoy motivo=x" },
	{ "jefa", 1, "antes de empezar",
	    "suplencia persona=dg desde=+3 hasta=+1 motivo=x" },
	{ "jefa", 1, "no es una fecha",
	    "suplencia persona=dg desde=ayer12 hasta=+1 motivo=x" },
	{ "jefa", 1, "SD-09",
	    "suplencia persona=oic desde=hoy hasta=+1 motivo=x" },
	{ "admin", 1, "SD-09",
	    "suplencia persona=prod desde=hoy hasta=+1 motivo=x" },
	{ "difu", 2, "JSON", "lugar nada" },
	{ "difu", 3, "No hay una preferencia", "preferencia nada 1" },
	{ "difu", 2, "normal mono contrast", "preferencia theme verde" },
	{ "difu", 2, "JSON", "preferencia inbox '[1]'" },
	{ "difu", 2, "JSON", "lugar '[1]'" },
	{ "difu", 2, "reloj avanzar", "reloj avanzar siglos" },
	{ "difu", 2, "reloj avanzar", "reloj poner 2020-01-01T00:00:00Z" },
	{ "difu", 2, "reloj avanzar", "reloj poner 9999-01-01T00:00:00Z" },
	{ "difu", 2, "reloj avanzar", "reloj detener 2020-01-01T00:00:00Z" },
	{ "difu", 2, "reloj avanzar", "reloj detener mañana" },
	{ "difu", 2, "no lleva", "reloj avanzar 1d a=b" },
	{ "difu", 2, "32 cifras", "iniciar 63-COM-P02 --op=12" },
	{ NULL, 2, "no sirve de cuenta", "persona-alta Ñoño nombre=x" },
	{ NULL, 2, "no sirve de cuenta", "persona-alta sistema nombre=x" },
	{ NULL, 2, "no sirve de cuenta", "persona-alta operador nombre=x" },
	{ NULL, 2, "Falta el nombre", "persona-alta x" },
	{ NULL, 3, "No hay una cuenta", "persona-baja nadie" },
	{ NULL, 3, "No hay un rol", "rol-alta prod rey" },
	{ NULL, 3, "No hay una oficina", "rol-alta prod requester@luna" },
	{ NULL, 1, "SD-09", "rol-alta prod sysadmin" },
	{ NULL, 1, "SD-09", "rol-alta oic requester" },
	{ NULL, 2, "Las fechas van", "rol-alta prod requester desde=hoy" },
	{ NULL, 2, "termina antes", "rol-alta prod requester "
	    "desde=2027-01-02T00:00:00Z hasta=2027-01-01T00:00:00Z" },
	{ NULL, 3, "no tiene el rol", "rol-baja prod requester" },
	{ NULL, 1, "llave pública", "llave-alta prod llave='ssh-rsa %%%'" },
	{ NULL, 1, "llave pública", "llave-alta prod llave='ssh-rsa AAAA'" },
	{ NULL, 1, "Ya hay una cuenta", "persona-alta prod nombre=Otra" },
	{ "difu", 2, "dos veces", "registro 1 oficina=a oficina=b" },
	{ NULL, 3, "No hay una cuenta", "llave-alta nadie llave='a AAAA'" },
	{ NULL, 2, "tipo=", "procedimiento-importar x tipo=poema texto=x" },
};

static void
what_is_refused_writes_nothing(void **st)
{
	struct bureau *o = *st;
	char folio[32], *line;
	int64_t head;
	size_t i;

	bureau_bulletin(o, "difu", folio);
	bureau_clock(o, "2026-11-23T16:05:00Z");
	head = bureau_head(o);
	for (i = 0; i < ARRAY_LEN(refused); i++) {
		line = line_fill(refused[i].line, folio);
		bureau_no(o, refused[i].login, refused[i].status,
		    refused[i].say, line);
		if (bureau_head(o) != head)
			fail_msg("%s: written", line);
		free(line);
	}
	bureau_okf(o, "difu", "paso %s 1.1", folio);
	assert_null(json_string_value(json_object_get(o->doc, "drafted_by")));
}

/* ---- operation ids ---- */

#define OP "--op=000102030405060708090a0b0c0d0e0f"

static void
an_operation_said_twice_is_done_once(void **st)
{
	struct bureau *o = *st;
	char *first;
	int64_t head;

	bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=redes " OP);
	first = json_dumps(o->doc, JSON_SORT_KEYS);
	head = bureau_head(o);
	bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=redes " OP);
	assert_int_equal(bureau_head(o), head);
	bureau_open(o);
	bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=redes " OP);
	assert_int_equal(bureau_head(o), head);
	char *again = json_dumps(o->doc, JSON_SORT_KEYS);
	assert_string_equal(first, again);
	free(again);
	free(first);
	/* The number is each person's own. */
	bureau_ok(o, "jefa", "iniciar 63-COM-P02 tracks=redes " OP);
	assert_true(bureau_head(o) > head);
}

static void
a_refused_operation_may_be_tried_again(void **st)
{
	struct bureau *o = *st;

	bureau_no(o, "difu", 1, "Vías", "iniciar 63-COM-P02 " OP);
	bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=redes " OP);
}

/* Answers are kept a week, then forgotten by the clock of the core. */
static void
first_answers_are_kept_a_week(void **st)
{
	struct bureau *o = *st;
	int64_t head;
	struct why why;

	bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=redes " OP);
	bureau_clock(o, "2026-11-30T15:59:00Z");
	core_tick(o->c);
	assert_int_equal(core_commit(o->c, &why), 0);
	head = bureau_head(o);
	bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=redes " OP);
	assert_int_equal(bureau_head(o), head);
	bureau_clock(o, "2026-12-01T16:01:00Z");
	core_tick(o->c);
	assert_int_equal(core_commit(o->c, &why), 0);
	head = bureau_head(o);
	bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=redes " OP);
	assert_true(bureau_head(o) > head);
}

#define PLAIN(f) cmocka_unit_test(f)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLAIN(every_verb_is_written_once_and_explained),
		IN_BUREAU(every_handler_is_reached),
		IN_BUREAU(a_verb_has_an_alias_and_does_not_mind_capitals),
		IN_BUREAU(a_wrong_line_says_how_it_is_written),
		IN_BUREAU(people_and_the_operator_have_their_own_verbs),
		IN_BUREAU(an_error_has_a_code_and_a_sentence),
		IN_BUREAU(a_person_reads_the_same_as_text),
		IN_BUREAU(what_is_refused_writes_nothing),
		IN_BUREAU(an_operation_said_twice_is_done_once),
		IN_BUREAU(a_refused_operation_may_be_tried_again),
		IN_BUREAU(first_answers_are_kept_a_week),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
