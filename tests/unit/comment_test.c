/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/* comment_test.c - what is said about a case, who is called, what it moves. */
#include "bureau.h"

/* How many mentions login has not read. */
static size_t
calls(struct bureau *o, const char *login)
{
	bureau_ok(o, login, "bandeja");
	return json_array_size(json_object_get(o->doc, "mentions"));
}

static size_t
tasks(struct bureau *o, const char *login)
{
	bureau_ok(o, login, "bandeja");
	return json_array_size(json_object_get(o->doc, "tasks"));
}

static const char *
first_call(struct bureau *o, const char *login, const char *key)
{
	const char *s;

	bureau_ok(o, login, "bandeja");
	s = json_string_value(json_object_get(json_array_get(
	    json_object_get(o->doc, "mentions"), 0), key));
	assert_non_null(s);
	return s;
}

static void
who_is_called_has_it_until_read(void **st)
{
	struct bureau *o = *st;
	char folio[32];
	size_t had;

	bureau_bulletin(o, "difu", folio);
	had = tasks(o, "prod");
	bureau_okf(o, "difu", "comentar %s "
	    "texto='@prod, ¿lo ve con @moni? Escriba a x@jefa.mx.'", folio);
	assert_int_equal(json_array_size(json_object_get(o->doc,
	    "mentions")), 2);
	assert_int_equal(calls(o, "prod"), 1);
	assert_int_equal(calls(o, "moni"), 1);
	assert_int_equal(calls(o, "jefa"), 0);
	assert_int_equal(calls(o, "difu"), 0);
	assert_string_equal(first_call(o, "prod", "folio"), folio);
	assert_string_equal(first_call(o, "prod", "by"), "difu");
	assert_int_equal(tasks(o, "prod"), had);
	bureau_okf(o, "prod", "enterado %s", folio);
	assert_int_equal(calls(o, "prod"), 0);
	assert_int_equal(calls(o, "moni"), 1);
	bureau_okf(o, "moni", "comentar %s texto='Sí, @prod.'", folio);
	assert_int_equal(calls(o, "prod"), 1);
}

/* What came while somebody was reading has not been read. */
static void
only_what_was_shown_is_read(void **st)
{
	struct bureau *o = *st;
	char folio[32];
	long long n;

	bureau_bulletin(o, "difu", folio);
	bureau_okf(o, "difu", "comentar %s texto='@prod uno'", folio);
	n = json_integer_value(json_object_get(o->doc, "n"));
	bureau_okf(o, "difu", "comentar %s texto='@prod dos'", folio);
	bureau_okf(o, "prod", "enterado %s hasta=%lld", folio, n);
	assert_int_equal(calls(o, "prod"), 1);
	assert_string_equal(first_call(o, "prod", "text"), "@prod dos");
	bureau_nof(o, "prod", 2, "número", "enterado %s hasta=x", folio);
}

static void
only_who_may_read_it_is_called(void **st)
{
	static const char *const strangers[] = { "ana", "nadie", "admin" };
	struct bureau *o = *st;
	char folio[32], say[80];
	int64_t head;
	size_t i;

	bureau_bulletin(o, "difu", folio);
	head = bureau_head(o);
	for (i = 0; i < ARRAY_LEN(strangers); i++) {
		(void)snprintf(say, sizeof say, "con el usuario «%s»",
		    strangers[i]);
		bureau_nof(o, "difu", 1, say, "comentar %s texto='@%s vea'",
		    folio, strangers[i]);
	}
	assert_int_equal(bureau_head(o), head);
	bureau_nof(o, "ana", 3, "a su alcance", "comentar %s texto=a", folio);
	bureau_nof(o, "ana", 3, "a su alcance", "comentarios %s", folio);
	bureau_nof(o, "oic", 1, "no los comenta", "comentar %s texto=a",
	    folio);
	bureau_nof(o, "difu", 2, "Falta el comentario", "comentar %s", folio);
}

/* Rights that were lost meanwhile: the call is not told either. */
static void
a_call_ends_with_the_right_to_read(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_bulletin(o, "difu", folio);
	bureau_okf(o, "difu", "comentar %s texto='@prod vea'", folio);
	bureau_ok(o, NULL, "rol-baja prod video_producer");
	assert_int_equal(calls(o, "prod"), 0);
}

static void
a_text_is_kept_clean_and_short(void **st)
{
	struct bureau *o = *st;
	char folio[32], *line, *big;

	bureau_bulletin(o, "difu", folio);
	bureau_nof(o, "difu", 1, "quítelo", "comentar %s texto='a\033[2Jb'", folio);
	big = xcalloc(TEXT_MAX + 2, 1);
	memset(big, 'x', TEXT_MAX + 1);
	line = xasprintf("comentar %s texto=%s", folio, big);
	bureau_no(o, "difu", 1, "acórtelo", line);
	free(line);
	free(big);
}

/* ---- a comment moves nothing ---- */

static void
a_decision_does_not_see_it(void **st)
{
	struct bureau *o = *st;
	char folio[32], content[80];
	long long revision;

	bureau_presented(o, "difu", folio);
	bureau_okf(o, "jefa", "paso %s 1.3", folio);
	revision = json_integer_value(json_object_get(o->doc, "revision"));
	(void)snprintf(content, sizeof content, "%s",
	    bureau_text(o, "content"));
	bureau_okf(o, "difu", "comentar %s texto='@jefa, urge'", folio);
	bureau_open_is(o, folio, "1.3");
	bureau_okf(o, "jefa", "paso %s 1.3", folio);
	assert_int_equal(json_integer_value(json_object_get(o->doc,
	    "revision")), revision);
	bureau_nof(o, "jefa", 1, "cambió", "aprobar %s 1.3 revision=%lld",
	    folio, revision - 1);
	bureau_okf(o, "jefa", "aprobar %s 1.3 revision=%lld contenido=%s",
	    folio, revision, content);
}

static void
undoing_leaves_what_was_said(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_presented(o, "difu", folio);
	bureau_okf(o, "jefa", "aprobar %s 1.3", folio);
	bureau_okf(o, "difu", "comentar %s texto='Gracias, @jefa'", folio);
	bureau_okf(o, "jefa", "deshacer %s", folio);
	bureau_open_is(o, folio, "1.3");
	bureau_okf(o, "jefa", "comentarios %s", folio);
	assert_int_equal(json_array_size(json_object_get(o->doc,
	    "comments")), 1);
	assert_int_equal(calls(o, "jefa"), 1);
}

static void
it_is_said_of_what_has_ended_too(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_bulletin(o, "difu", folio);
	bureau_okf(o, "jefa", "cancelar %s motivo=x", folio);
	bureau_okf(o, "difu", "comentar %s texto='Era para enero'", folio);
}

/* The view is made again from the events; what was read stays read. */
static void
it_is_rebuilt(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_bulletin(o, "difu", folio);
	bureau_okf(o, "difu", "comentar %s texto='@prod @moni'", folio);
	bureau_okf(o, "prod", "enterado %s", folio);
	bureau_ok(o, NULL, "verificar --rebuild");
	assert_true(json_is_true(json_object_get(o->doc, "equal")));
	bureau_open(o);
	assert_int_equal(calls(o, "prod"), 0);
	assert_int_equal(calls(o, "moni"), 1);
	bureau_okf(o, "difu", "historial %s", folio);
	assert_non_null(strstr(json_string_value(json_object_get(
	    json_array_get(json_object_get(o->doc, "events"),
	    json_array_size(json_object_get(o->doc, "events")) - 1),
	    "text")), "Comenta: @prod @moni"));
}

static void
an_erased_case_calls_nobody(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_bulletin(o, "difu", folio);
	bureau_okf(o, "difu", "comentar %s texto='@prod: RFC XEXX010101000'",
	    folio);
	bureau_okf(o, "jefa", "cancelar %s motivo=x", folio);
	bureau_okf(o, NULL, "borrar %s por=jefa con=difu motivo=derecho",
	    folio);
	assert_int_equal(calls(o, "prod"), 0);
	bureau_ok(o, NULL, "verificar --rebuild");
	assert_true(json_is_true(json_object_get(o->doc, "equal")));
}

static void
who_may_be_called_is_told(void **st)
{
	struct bureau *o = *st;
	char folio[32];
	json_t *p;
	size_t i;

	bureau_bulletin(o, "difu", folio);
	bureau_okf(o, "difu", "comentarios %s --personas", folio);
	p = json_object_get(o->doc, "people");
	assert_true(json_array_size(p) > 3);
	for (i = 0; i < json_array_size(p); i++) {
		const char *login = json_string_value(json_object_get(
		    json_array_get(p, i), "login"));

		assert_string_not_equal(login, "difu");
		assert_string_not_equal(login, "ana");
		assert_string_not_equal(login, "admin");
	}
	bureau_okf(o, "difu", "comentarios %s", folio);
	assert_null(json_object_get(o->doc, "people"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(who_is_called_has_it_until_read),
		IN_BUREAU(only_what_was_shown_is_read),
		IN_BUREAU(only_who_may_read_it_is_called),
		IN_BUREAU(a_call_ends_with_the_right_to_read),
		IN_BUREAU(a_text_is_kept_clean_and_short),
		IN_BUREAU(a_decision_does_not_see_it),
		IN_BUREAU(undoing_leaves_what_was_said),
		IN_BUREAU(it_is_said_of_what_has_ended_too),
		IN_BUREAU(it_is_rebuilt),
		IN_BUREAU(an_erased_case_calls_nobody),
		IN_BUREAU(who_may_be_called_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
