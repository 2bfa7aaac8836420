/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/* command_test.c - the command table, how it is said, and what is refused. */
#include "bureau.h"

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

/*
 * One line a verb that reaches its handler: who says it, what, and the exit
 * status.  %s is the folio of a bulletin that difu has in step 1.1.
 */
static const struct {
	const char *login;
	int status;
	const char *line;
} reached[] = {
	{ "difu", 0, "adjuntos %s" },
	{ "jefa", 0, "ajuste alert_minutes 20" },
	{ "jefa", 0, "ajustes" },
	{ "jefa", 1, "aprobar %s 1.1" },
	{ "jefa", 0, "autorizaciones" },
	{ "difu", 0, "ayuda" },
	{ "moni", 3, "baja %s W1 fila=1 motivo=x" },
	{ "difu", 0, "bandeja" },
	{ "difu", 0, "borrador %s 1.1 headline=Vacunas" },
	{ "difu", 0, "buscar feria" },
	{ "difu", 1, "cancelar %s motivo=x" },
	{ NULL, 1, "como difu orden=bandeja" },
	{ "difu", 1, "deshacer %s" },
	{ "jefa", 1, "devolver %s 1.1 motivo=x" },
	{ "difu", 0, "expediente %s" },
	{ "difu", 1, "hacer %s 1.1 headline=x" },
	{ "difu", 0, "historial %s" },
	{ "difu", 0, "indicadores desde=2026-01-01 hasta=2026-12-31" },
	{ "difu", 0, "informe desde=2026-01-01 hasta=2026-12-31" },
	{ "difu", 0, "iniciar 63-COM-P02 tracks=redes" },
	{ NULL, 0, "llave-alta difu llave='ssh-ed25519 AAAA yo'" },
	{ NULL, 3, "llave-baja SHA256:nada" },
	{ "difu", 0, "lugar '{\"screen\":\"bandeja\"}'" },
	{ "difu", 0, "paso %s 1.1" },
	{ NULL, 0, "persona-alta nueva nombre=Nueva" },
	{ NULL, 0, "persona-baja lector" },
	{ "difu", 0, "personas rol=head_of_unit" },
	{ NULL, 0, "personas-lista" },
	{ "difu", 0, "procedimiento 63-COM-P02" },
	{ NULL, 1, "procedimiento-importar x.yaml tipo=procedure texto=x" },
	{ "difu", 0, "procedimientos" },
	{ "difu", 1, "reclasificar %s 1.1 headline=x" },
	{ "difu", 0, "registro" },
	{ "difu", 0, "reloj" },
	{ NULL, 0, "rol-alta difu unit_liaison" },
	{ NULL, 0, "rol-baja prod video_producer" },
	{ NULL, 4, "sellar" },
	{ "difu", 3, "sello" },
	{ "difu", 1, "soltar %s 1.1" },
	{ "jefa", 0, "suplencia persona=dg desde=hoy hasta=hoy motivo=Viaje" },
	{ "jefa", 0, "suplencias" },
	{ "difu", 0, "tomar %s 1.1" },
	{ "jefa", 1, "turnar %s 1.1 persona=prod" },
	{ NULL, 0, "verificar --rebuild" },
};

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
		found = false;
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

		usage = xasprintf("Uso: %s %s", v[i].name, v[i].args);
		usage[strlen(usage) > 80 ? 80 : strlen(usage)] = '\0';
		text_cut(usage);
		line = xasprintf("%s --no-hay", v[i].name);
		bureau_no(o, who, 2, usage, line);
		free(line);
		if (v[i].pos_min > 0)
			bureau_no(o, who, 2, usage, v[i].name);
		line = xasprintf("%s 1 2 3 4 5", v[i].name);
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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
