/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/*
 * procedure_doc_test.c - docs/pauta-procedure.5 names every key, type and
 * function that there is, and its example is a procedure without fault.
 */
#include "test.h"

#include "../../server/engine/load.h"
#include "../../server/engine/rule_fn.h"

#define PAGE "docs/pauta-procedure.5"

/* Does a line of macros hold the word, after that macro? */
static bool
page_names(const char *page, const char *macro, const char *word)
{
	const char *line, *at;
	size_t n, m = strlen(word);

	for (line = page; *line != '\0'; line += n + (line[n] == '\n')) {
		n = strcspn(line, "\n");
		if (*line != '.')
			continue;
		at = strstr(line, macro);
		if (at == NULL || at >= line + n)
			continue;
		while ((at = strstr(at + 1, word)) != NULL && at < line + n)
			if (at[-1] == ' ' && (at[m] == ' ' || at[m] == '\n'))
				return true;
	}
	return false;
}

static void
schema_is_named(const char *page, const cyaml_schema_value_t *sc, int depth)
{
	const cyaml_schema_field_t *f;

	if (sc->type == CYAML_SEQUENCE)
		schema_is_named(page, sc->sequence.entry, depth + 1);
	if (sc->type != CYAML_MAPPING || depth > 8)
		return;
	for (f = sc->mapping.fields; f->key != NULL; f++) {
		if (!page_names(page, "Ic ", f->key))
			fail_msg("%s does not tell of the key %s", PAGE,
			    f->key);
		schema_is_named(page, &f->value, depth + 1);
	}
}

static void
every_key_is_told_of(void **state)
{
	char *page = test_read(PAGE);

	(void)state;
	schema_is_named(page, &schema_procedure, 0);
	schema_is_named(page, &schema_institution, 0);
	assert_false(page_names(page, "Ic ", "colour"));
	free(page);
}

static void
every_type_and_function_is_told_of(void **state)
{
	char *page = test_read(PAGE);
	size_t i;

	(void)state;
	for (i = FIELD_TEXT; i <= FIELD_VERDICTS; i++)
		if (!page_names(page, ".It Cm ",
			field_type_name((enum field_type)i)))
			fail_msg("%s lacks the type %s", PAGE,
			    field_type_name((enum field_type)i));
	for (i = 0; i < rule_fns_count; i++)
		if (!page_names(page, "Fn ", rule_fns[i].name))
			fail_msg("%s lacks the function %s", PAGE,
			    rule_fns[i].name);
	free(page);
}

static void
the_example_is_a_procedure(void **state)
{
	char *page = test_read(PAGE);
	char *office = test_read("server/procedures/institution.yaml");
	char *from = strstr(page, "\ncode: 63-COM-P99"), *to;
	struct procedure *p = NULL;
	struct institution *in = NULL;
	struct buf faults;

	(void)state;
	assert_non_null(from);
	assert_non_null(to = strstr(from, "\n.Ed"));
	to[1] = '\0';
	buf_init(&faults, FRAME_MAX);
	assert_int_equal(institution_load("i", office, &in, &faults), 0);
	if (procedure_load("p", from + 1, &p, &faults) < 0 ||
	    procedure_check(p, in, &faults) > 0)
		fail_msg("%s", buf_str(&faults));
	buf_clear(&faults);
	procedure_free(p);
	institution_free(in);
	free(office);
	free(page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_is_told_of),
		cmocka_unit_test(every_type_and_function_is_told_of),
		cmocka_unit_test(the_example_is_a_procedure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
