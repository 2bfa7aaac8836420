/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/*
 * procedure_check_test.c - every definition of tests/scenarios/bad/ is refused
 * for exactly the reasons that its "# expect: " lines give, and those that
 * ship are refused for none.
 */
#include "test.h"

#include <dirent.h>

#include "../../server/engine/procedure.h"

#define BAD "tests/scenarios/bad"
#define SHIPPED "server/procedures"

static const char office[] =
    "id: i\n"
    "name: Instituto\n"
    "roles: [ {id: boss, title: Jefa}, {id: worker, title: Encargado} ]\n"
    "offices: [ {id: c, name: Central, zone: America/Hermosillo} ]\n";

static int
lines_count(const char *text)
{
	int n = 0;

	for (; *text != '\0'; text++)
		n += *text == '\n';
	return n;
}

/* Load and check; the faults as one text, given. */
static char *
faults_of(const char *name, const char *text, const struct institution *in)
{
	struct procedure *p = NULL;
	struct buf faults;
	char *all;
	int n;

	buf_init(&faults, FRAME_MAX);
	if (procedure_load(name, text, &p, &faults) == 0) {
		assert_int_equal(faults.len, 0);
		n = procedure_check(p, in, &faults);
		assert_int_equal(n, lines_count(buf_str(&faults)));
	}
	procedure_free(p);
	all = xstrdup(buf_str(&faults));
	buf_clear(&faults);
	return all;
}

static char *
expected_of(const char *text)
{
	static const char mark[] = "# expect: ";
	struct buf b;
	const char *line;
	char *all;
	size_t n;

	buf_init(&b, FRAME_MAX);
	for (line = text; *line != '\0'; line += n + (line[n] == '\n')) {
		n = strcspn(line, "\n");
		if (strncmp(line, mark, sizeof mark - 1) == 0)
			assert_int_equal(buf_addf(&b, "%.*s\n",
			    (int)(n - sizeof mark + 1),
			    line + sizeof mark - 1), 0);
	}
	all = xstrdup(buf_str(&b));
	buf_clear(&b);
	return all;
}

static struct institution *
institution_of(const char *name, const char *text)
{
	struct institution *in = NULL;
	struct buf faults;

	buf_init(&faults, FRAME_MAX);
	if (institution_load(name, text, &in, &faults) < 0)
		fail_msg("%s", buf_str(&faults));
	buf_clear(&faults);
	return in;
}

static bool
name_ends(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n >= m && strcmp(name + n - m, end) == 0;
}

static void
each_bad_definition_is_refused_for_what_it_says(void **state)
{
	struct institution *in = institution_of("office", office);
	struct dirent *e;
	char *path, *text, *want, *got;
	unsigned files = 0;
	DIR *d;

	(void)state;
	assert_non_null(d = opendir(BAD));
	while ((e = readdir(d)) != NULL) {
		if (!name_ends(e->d_name, ".yaml"))
			continue;
		path = xasprintf("%s/%s", BAD, e->d_name);
		text = test_read(path);
		want = expected_of(text);
		got = faults_of(e->d_name, text, in);
		if (*want == '\0')
			assert_string_equal(e->d_name, "good.yaml");
		assert_string_equal(got, want);
		free(got);
		free(want);
		free(text);
		free(path);
		files++;
	}
	(void)closedir(d);
	institution_free(in);
	assert_true(files > 25);
}

static void
the_procedures_that_ship_have_no_fault(void **state)
{
	char *text = test_read(SHIPPED "/institution.yaml"), *path, *got;
	struct institution *in = institution_of("institution.yaml", text);
	struct dirent *e;
	unsigned files = 0;
	DIR *d;

	(void)state;
	free(text);
	assert_non_null(d = opendir(SHIPPED));
	while ((e = readdir(d)) != NULL) {
		if (!name_ends(e->d_name, ".yaml") ||
		    name_ends(e->d_name, ".scenarios.yaml") ||
		    strcmp(e->d_name, "institution.yaml") == 0)
			continue;
		path = xasprintf("%s/%s", SHIPPED, e->d_name);
		text = test_read(path);
		got = faults_of(e->d_name, text, in);
		assert_string_equal(got, "");
		free(got);
		free(text);
		free(path);
		files++;
	}
	(void)closedir(d);
	institution_free(in);
	assert_true(files > 0);
}

/* A record from before a fault was one opens, with its cases. */
static void
what_is_in_a_record_goes_on_to_load(void **state)
{
	static const char *const files[] = { "text-unseen.yaml",
		"yaml-two.yaml", "head-names.yaml", "start-rrule.yaml",
		"field-bounds.yaml", "flow-returns-past.yaml" };
	struct procedure *p;
	struct buf faults;
	char *path, *text;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(files); i++) {
		path = xasprintf("%s/%s", BAD, files[i]);
		text = test_read(path);
		buf_init(&faults, FRAME_MAX);
		assert_int_equal(procedure_load(files[i], text, &p, &faults),
		    0);
		assert_int_equal(faults.len, 0);
		procedure_free(p);
		buf_clear(&faults);
		free(text);
		free(path);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    each_bad_definition_is_refused_for_what_it_says),
		cmocka_unit_test(the_procedures_that_ship_have_no_fault),
		cmocka_unit_test(what_is_in_a_record_goes_on_to_load),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
