/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/* procedure_load_test.c - what the loader reads, fills in and refuses. */
#include "test.h"

#include "../../server/engine/procedure.h"

#define COVER                                                              \
	"code: 63-COM-P99\nrevision: Rev.00\nissued_on: \"2019-12-06\"\n"  \
	"title: Prueba\nbrief: Prueba\nobjective: O\nscope: S\n"           \
	"folio: \"P-{year}-{n}\"\n"                                        \
	"starts: [ {id: usual, title: Empezar, roles: [boss],"             \
	" next: [ {to: [\"1.1\"]} ]} ]\n"

/* COVER takes nine lines. */
static struct procedure *
procedure_of(const char *steps)
{
	char *text = xasprintf("%s%s", COVER, steps);
	struct procedure *p = NULL;
	struct buf faults;

	buf_init(&faults, FRAME_MAX);
	if (procedure_load("p.yaml", text, &p, &faults) < 0)
		fail_msg("%s", buf_str(&faults));
	assert_int_equal(faults.len, 0);
	buf_clear(&faults);
	free(text);
	return p;
}

static void
faults_are(const char *steps, const char *want)
{
	char *text = xasprintf("%s%s", COVER, steps);
	struct procedure *p = NULL;
	struct buf faults;

	buf_init(&faults, FRAME_MAX);
	assert_int_equal(procedure_load("p.yaml", text, &p, &faults),
	    -ERR_USAGE);
	assert_null(p);
	assert_string_equal(buf_str(&faults), want);
	buf_clear(&faults);
	free(text);
}

static void
a_definition_lands_in_its_structs(void **state)
{
	struct procedure *p = procedure_of(
	    "settings: [ {id: s, type: choice, choices: [a, b], default: a} ]\n"
	    "steps:\n"
	    "  - number: \"1.1\"\n"
	    "    kind: task\n"
	    "    roles: [boss, worker]\n"
	    "    do: Haga.\n"
	    "    fields:\n"
	    "      - {id: photos, label: Fotos, type: file, min: 1, max: 5,\n"
	    "         required: yes, auto: \"now()\"}\n"
	    "      - {id: rows, label: Filas, type: list,\n"
	    "         columns: [ {id: who, label: Quién, type: person} ]}\n"
	    "    fork: yes\n"
	    "    next: [ {to: [end], when: \":photos\", jump: yes} ]\n");
	const struct step *st = procedure_find_step(p, "1.1");
	const struct field *f = step_find_field(st, "photos");

	(void)state;
	assert_string_equal(p->folio, "P-{year}-{n}");
	assert_string_equal(p->settings[0].initial, "a");
	assert_string_equal(p->file, "p.yaml");
	assert_non_null(strstr(p->source, "Fotos"));
	assert_string_equal(st->instruction, "Haga.");
	assert_int_equal(f->type, FIELD_FILE);
	assert_int_equal(*f->min, 1);
	assert_int_equal(*f->max, 5);
	assert_string_equal(f->required, "yes");
	assert_string_equal(f->automatic, "now()");
	assert_string_equal(st->fields[1].columns[0].label, "Quién");
	assert_int_equal(st->fields[1].columns[0].type, FIELD_PERSON);
	assert_null(st->fields[1].min);
	assert_true(st->fork);
	assert_true(st->next[0].jump);
	assert_false(st->next[0].returns);
	assert_string_equal(procedure_find_start(p, NULL)->id, "usual");
	assert_null(procedure_find_start(p, "other"));
	assert_null(procedure_find_step(p, "9"));
	assert_null(procedure_find_record(p, "1"));
	procedure_free(p);
}

static void
blank_roles_come_from_above_even_across_headings(void **state)
{
	struct procedure *p = procedure_of(
	    "steps:\n"
	    "  - {number: \"1\", kind: heading, title: UNO}\n"
	    "  - {number: \"1.1\", kind: task, roles: [boss], do: A.}\n"
	    "  - {number: \"2\", kind: heading, title: DOS}\n"
	    "  - number: \"2.1\"\n"
	    "    kind: task\n"
	    "  - {number: \"2.2\", kind: task, roles: [worker]}\n"
	    "  - {kind: task, number: \"2.3\"}\n");
	const struct step *st = procedure_find_step(p, "2.1");
	unsigned n;

	(void)state;
	assert_string_equal(step_roles(st, &n)[0], "boss");
	assert_int_equal(n, 1);
	assert_true(step_has_role(st, "boss"));
	assert_false(step_has_role(st, "worker"));
	assert_int_equal(st->roles_count, 0);
	assert_string_equal(st->section->number, "2");
	assert_int_equal(st->index, 3);
	assert_int_equal(st->line, 14);
	assert_string_equal(step_roles(procedure_find_step(p, "2.3"), &n)[0],
	    "worker");
	assert_int_equal(procedure_find_step(p, "2.3")->line, 17);
	assert_null(step_roles(procedure_find_step(p, "2"), &n));
	assert_int_equal(n, 0);
	procedure_free(p);
}

static void
an_approval_gets_its_fields_and_its_return(void **state)
{
	struct procedure *p = procedure_of(
	    "steps:\n"
	    "  - {number: \"1.1\", kind: task, roles: [boss]}\n"
	    "  - {number: \"1.2\", kind: approval, fields: [ {id: media,\n"
	    "     label: Medios, type: text} ], approval: {id: AP-01,\n"
	    "     act: Aprobar, authors: [\"1.1\"], return_to: [\"1.1\"]},\n"
	    "     next: [ {to: [end]} ]}\n");
	const struct step *st = procedure_find_step(p, "1.2");

	(void)state;
	assert_int_equal(st->fields_count, 3);
	assert_string_equal(st->fields[0].id, "verdict");
	assert_string_equal(st->fields[0].choices[0], "aprobar");
	assert_string_equal(st->fields[0].choices[1], "regresar");
	assert_string_equal(st->fields[0].required, "yes");
	assert_string_equal(st->fields[1].id, "remarks");
	assert_int_equal(st->fields[1].type, FIELD_LONGTEXT);
	assert_string_equal(st->fields[1].required, ":verdict = 'regresar'");
	assert_string_equal(st->fields[2].id, "media");
	assert_int_equal(st->next_count, 2);
	assert_string_equal(st->next[0].when, ":verdict = 'regresar'");
	assert_string_equal(st->next[0].to[0], "1.1");
	assert_true(st->next[0].returns);
	assert_null(st->next[0].needs);
	assert_string_equal(st->next[1].to[0], "end");
	assert_null(st->next[1].when);
	procedure_free(p);
}

static void
an_approval_may_ask_for_a_signature(void **state)
{
	struct procedure *p = procedure_of(
	    "steps:\n"
	    "  - {number: \"1.1\", kind: approval, approval: {id: AP-01,\n"
	    "     act: Aprobar, assurance: F, touch: yes}}\n"
	    "  - {number: \"1.2\", kind: approval, approval: {id: AP-02,\n"
	    "     act: Aprobar}}\n");

	(void)state;
	assert_int_equal(p->steps[0].approval->assurance, ASSURANCE_F);
	assert_true(p->steps[0].approval->touch);
	assert_int_equal(p->steps[1].approval->assurance, ASSURANCE_S);
	assert_false(p->steps[1].approval->touch);
	assert_string_equal(assurance_name(ASSURANCE_F), "F");
	assert_string_equal(assurance_name(ASSURANCE_S), "S");
	procedure_free(p);
}

static void
several_places_of_return_are_a_choice(void **state)
{
	struct procedure *p = procedure_of(
	    "steps:\n"
	    "  - {number: \"1.1\", kind: task, roles: [boss]}\n"
	    "  - {number: \"1.2\", kind: approval, fork: yes, approval: {\n"
	    "     id: AP-01, act: Aprobar, authors: [\"1.1\"], remarks: why,\n"
	    "     return_to: [\"1.1\", \"1.0\"]}, next: [ {to: [end]},\n"
	    "     {to: [\"1.1\"], when: \":x\"} ]}\n");
	const struct step *st = procedure_find_step(p, "1.2");
	const struct field *f = step_find_field(st, "return_to");

	(void)state;
	assert_non_null(f);
	assert_int_equal(f->choices_count, 2);
	assert_string_equal(f->preset, "'1.1'");
	assert_string_equal(f->applies, ":verdict = 'regresar'");
	assert_non_null(step_find_field(st, "why"));
	assert_int_equal(st->next_count, 4);
	assert_string_equal(st->next[0].when,
	    ":verdict = 'regresar' and :return_to = '1.0'");
	assert_string_equal(st->next[0].needs, "why");
	assert_string_equal(st->next[1].when, ":verdict = 'regresar'");
	assert_string_equal(st->next[1].to[0], "1.1");
	/* with fork the arms of approving must not hold as well */
	assert_string_equal(st->next[2].when, ":verdict = 'aprobar'");
	assert_string_equal(st->next[3].when, ":verdict = 'aprobar' and (:x)");
	procedure_free(p);
}

static void
a_question_may_carry_the_decision(void **state)
{
	struct procedure *p = procedure_of(
	    "steps:\n"
	    "  - {number: \"1.1\", kind: task, roles: [boss]}\n"
	    "  - {number: D1, kind: decision, title: ¿Hay cambios?, fields: [\n"
	    "     {id: changes, label: Cambios, type: yesno}], approval: {\n"
	    "     id: AP-01, act: Visto bueno, authors: [\"1.1\"],\n"
	    "     verdict: changes, approve: \"no\", reject: \"sí\",\n"
	    "     return_to: [\"1.1\"]}, next: [ {to: [end]} ]}\n");
	const struct step *st = procedure_find_step(p, "D1");

	(void)state;
	assert_int_equal(st->fields_count, 2);
	assert_null(step_find_field(st, "verdict"));
	assert_string_equal(st->next[0].when, ":changes");
	assert_true(st->next[0].returns);
	procedure_free(p);
}

static void
what_the_file_writes_is_left_alone(void **state)
{
	struct procedure *p = procedure_of(
	    "steps:\n"
	    "  - {number: \"1.1\", kind: task, roles: [boss]}\n"
	    "  - {number: \"1.2\", kind: approval, fields: [ {id: remarks,\n"
	    "     label: Razón, type: text}], approval: {id: AP-01,\n"
	    "     act: Aprobar, authors: [\"1.1\"], return_to: [\"1.1\"]},\n"
	    "     next: [ {to: [end], when: \":verdict = 'aprobar'\"},\n"
	    "     {to: [\"1.1\"], returns: yes} ]}\n");
	const struct step *st = procedure_find_step(p, "1.2");

	(void)state;
	assert_int_equal(st->next_count, 2);
	assert_int_equal(st->fields_count, 2);
	assert_string_equal(step_find_field(st, "remarks")->label, "Razón");
	procedure_free(p);
}

static void
an_alias_repeats_fields(void **state)
{
	struct procedure *p = procedure_of(
	    "steps:\n"
	    "  - {number: \"1.1\", kind: task, fields: &f [ {id: a, label: A,\n"
	    "     type: int} ]}\n"
	    "  - {number: \"1.2\", kind: task, fields: *f}\n");

	(void)state;
	assert_int_equal(step_find_field(&p->steps[1], "a")->type, FIELD_INT);
	procedure_free(p);
}

static void
every_fault_of_shape_has_its_line(void **state)
{
	(void)state;
	faults_are("steps:\n  - {number: \"1\", kind: task, colour: red}\n"
	    "  - kind: task\n    fields: no\n    per_row: true\n",
	    "p.yaml:11: clave desconocida «colour»\n"
	    "p.yaml:12: falta la clave «number»\n"
	    "p.yaml:13: «fields» lleva una lista: [ … ]\n"
	    "p.yaml:14: «per_row» lleva yes o no, no «true»\n");
	faults_are("steps: [\n", "p.yaml:11: no se entiende el YAML cerca de "
	    "la columna 1: revise sangría, comillas y corchetes\n");
}

/* Each list of columns holds itself 200 times: 200^4 nodes if unfolded. */
static void
an_alias_that_multiplies_is_refused(void **state)
{
	struct procedure *p = NULL;
	struct buf text, faults;
	int i;

	(void)state;
	buf_init(&text, FRAME_MAX);
	buf_init(&faults, FRAME_MAX);
	(void)buf_addf(&text, "%ssteps:\n  - {number: \"1\", kind: task, "
	    "fields: [&f {id: a, label: A, type: list, columns: [*f", COVER);
	for (i = 0; i < 200; i++)
		(void)buf_addf(&text, ", *f");
	(void)buf_addf(&text, "]}]}\n");
	assert_int_equal(procedure_load("p.yaml", buf_str(&text), &p, &faults),
	    -ERR_USAGE);
	assert_null(p);
	assert_non_null(strstr(buf_str(&faults), "anidado sin fin"));
	buf_clear(&faults);
	buf_clear(&text);
}

static void
an_empty_file_is_a_fault(void **state)
{
	struct procedure *p = NULL;
	struct institution *in = NULL;
	struct buf faults;

	(void)state;
	buf_init(&faults, FRAME_MAX);
	assert_int_equal(procedure_load("p.yaml", "", &p, &faults),
	    -ERR_USAGE);
	assert_int_equal(institution_load("i.yaml", "- a\n", &in, &faults),
	    -ERR_USAGE);
	assert_string_equal(buf_str(&faults),
	    "p.yaml:1: el archivo está vacío\n"
	    "i.yaml:1: «archivo» lleva claves y valores: { clave: valor }\n");
	buf_clear(&faults);
}

static void
an_institution_is_read(void **state)
{
	struct institution *in = NULL;
	struct buf faults;

	(void)state;
	buf_init(&faults, FRAME_MAX);
	assert_int_equal(institution_load("i.yaml",
	    "id: i\nname: N\nunit: U\nareas: [Compras, Legal]\n"
	    "roles: [ {id: boss, title: Jefa, brief: Jefa, business: yes} ]\n"
	    "offices: [ {id: c, name: Central, zone: America/Hermosillo} ]\n",
	    &in, &faults), 0);
	assert_string_equal(institution_find_role(in, "boss")->title, "Jefa");
	assert_true(institution_find_role(in, "boss")->business);
	assert_string_equal(institution_find_office(in, "c")->zone,
	    "America/Hermosillo");
	assert_null(institution_find_role(in, "ghost"));
	assert_null(institution_find_office(in, "x"));
	assert_string_equal(in->areas[1], "Legal");
	institution_free(in);
	institution_free(NULL);
	procedure_free(NULL);
}

static void
every_kind_and_type_has_its_name(void **state)
{
	int i, j;

	(void)state;
	assert_string_equal(step_kind_name(STEP_APPROVAL), "approval");
	assert_string_equal(field_type_name(FIELD_LONGTEXT), "longtext");
	assert_string_equal(field_type_name(FIELD_VERDICTS), "verdicts");
	for (i = FIELD_TEXT; i <= FIELD_VERDICTS; i++)
		for (j = FIELD_TEXT; j < i; j++)
			assert_string_not_equal(field_type_name(i),
			    field_type_name(j));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_definition_lands_in_its_structs),
		cmocka_unit_test(
		    blank_roles_come_from_above_even_across_headings),
		cmocka_unit_test(an_approval_gets_its_fields_and_its_return),
		cmocka_unit_test(an_approval_may_ask_for_a_signature),
		cmocka_unit_test(several_places_of_return_are_a_choice),
		cmocka_unit_test(a_question_may_carry_the_decision),
		cmocka_unit_test(what_the_file_writes_is_left_alone),
		cmocka_unit_test(an_alias_repeats_fields),
		cmocka_unit_test(every_fault_of_shape_has_its_line),
		cmocka_unit_test(an_alias_that_multiplies_is_refused),
		cmocka_unit_test(an_empty_file_is_a_fault),
		cmocka_unit_test(an_institution_is_read),
		cmocka_unit_test(every_kind_and_type_has_its_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
