/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * conf_test.c - pautad.conf: what it may say, what is refused and where, and a
 * folder that holds nothing yet.
 */
#include "bureau.h"

#include "../../server/conf.h"

static int
conf_try(struct temp *t, const char *text, struct conf *c, struct why *why)
{
	char *path = xasprintf("%s/pautad.conf", t->folder);
	FILE *f = fopen(path, "w");
	int r;

	assert_non_null(f);
	(void)fputs(text, f);
	(void)fclose(f);
	r = conf_read(path, c, why);
	free(path);
	return r;
}

static void
without_a_file_there_are_defaults(void **st)
{
	struct conf c;
	struct why why;

	(void)st;
	assert_int_equal(conf_read("/nonexistent/pautad.conf", &c, &why), 0);
	assert_string_equal(c.listen, "127.0.0.1:2222");
	assert_string_equal(c.log, "info");
	assert_int_equal(c.grace, 30);
	assert_int_equal(c.disk_reserve, 512);
	assert_int_equal(c.watchdog, 60);
	assert_false(c.test_clock);
	assert_false(c.slow);
}

static void
words_blanks_and_comments_are_read(void **st)
{
	struct conf c;
	struct why why;

	assert_int_equal(conf_try(*st, "# nada\n\n  listen\t[::1]:22  # aquí\n"
	    "slow yes\ntest_clock yes\ngrace 600\nlog debug", &c, &why), 0);
	assert_string_equal(c.listen, "[::1]:22");
	assert_int_equal(conf_level(&c), LOG_DEBUG);
	assert_int_equal(c.grace, 600);
	assert_true(c.slow && c.test_clock);
}

static void
what_is_wrong_is_said_with_its_line(void **st)
{
	static const struct { const char *text, *say; } rows[] = {
		{ "nada 1\n", "pautad.conf:1: no hay un ajuste «nada»" },
		{ "\n# x\ngrace mucho\n", "pautad.conf:3: «mucho» no sirve" },
		{ "grace\n", "«» no sirve para grace" },
		{ "grace 0\n", "segundos" },
		{ "grace 601\n", "segundos" },
		{ "grace 5x\n", "segundos" },
		{ "grace 99999999999999999999\n", "segundos" },
		{ "slow sí\n", "no sirve para slow" },
		{ "slow\n", "no sirve para slow" },
		{ "slow yes no\n", "«yes no» no sirve para slow" },
		{ "listen a:1 b:2\n", "no sirve para listen" },
		{ "log demasiado\n", "no sirve para log" },
		{ "log poco\n", "no sirve para log" },
		{ "listen 0123456789012345678901234567890123456789"
		    "012345678901234567890123:22\n", "no sirve para listen" },
	};
	struct why why;
	struct conf c;
	size_t i;

	for (i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(conf_try(*st, rows[i].text, &c, &why),
		    -ERR_USAGE);
		if (strstr(why.text, rows[i].say) == NULL)
			fail_msg("\"%s\" does not say \"%s\"", why.text,
			    rows[i].say);
	}
}

static void
a_line_without_end_is_refused(void **st)
{
	char text[2000];
	struct conf c;
	struct why why;

	memset(text, ' ', sizeof text);
	memcpy(text, "grace 20", 8);
	(void)snprintf(text + 1500, 400, "grace 40\n");
	text[1499] = ' ';
	assert_true(conf_try(*st, text, &c, &why) < 0);
}

static void
what_is_printed_reads_the_same(void **st)
{
	struct conf c, again;
	struct why why;
	struct buf b;

	assert_int_equal(conf_try(*st, "slow yes\ngrace 7\n", &c, &why), 0);
	buf_init(&b, TEXT_MAX);
	conf_print(&c, &b);
	assert_int_equal(conf_try(*st, buf_str(&b), &again, &why), 0);
	assert_memory_equal(&c, &again, sizeof c);
	buf_clear(&b);
}

static void
a_core_over_a_wrong_file_does_not_open(void **st)
{
	struct temp *t = *st;
	struct core *core = NULL;
	struct conf c;
	struct why why;

	(void)conf_try(t, "test_clock quizá\n", &c, &why);
	assert_true(core_open(t->folder, &core, &why) < 0);
	assert_null(core);
	assert_non_null(strstr(why.text, "pautad.conf:1"));
}

/* Nothing imported yet: everything is refused, nothing breaks. */
static void
an_empty_folder_answers_in_words(void **st)
{
	static const char *const lines[] = { "rol-alta nadie requester",
		"procedimientos", "procedimiento 63-COM-P01", "verificar",
		"reloj", "personas", "persona-alta ana nombre=Ana",
		"rol-alta ana requester", "personas-lista" };
	struct bureau o = { .t = *st };
	size_t i;

	bureau_open(&o);
	for (i = 0; i < ARRAY_LEN(lines); i++)
		(void)bureau_line(&o, NULL, NULL, lines[i]);
	(void)bureau_line(&o, "ana", NULL, "bandeja");
	assert_int_equal(o.status, 0);
	(void)bureau_line(&o, "ana", NULL, "ajustes");
	(void)bureau_line(&o, "ana", NULL, "ajuste algo 1");
	assert_int_equal(o.status, 3);
	core_tick(o.c);
	core_free(o.c);
	json_decref(o.doc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_file_there_are_defaults),
		IN_FOLDER(words_blanks_and_comments_are_read),
		IN_FOLDER(what_is_wrong_is_said_with_its_line),
		IN_FOLDER(a_line_without_end_is_refused),
		IN_FOLDER(what_is_printed_reads_the_same),
		IN_FOLDER(a_core_over_a_wrong_file_does_not_open),
		IN_FOLDER(an_empty_folder_answers_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
