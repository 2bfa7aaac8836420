/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * calendar_change_test.c - another calendar over a real record: looked at
 * first, put in force as it was shown or not at all, and written down case by
 * case.
 */
#include "bureau.h"

/* Three working days for an answer. */
static const char waits[] =
    "code: T-01\nrevision: Rev.00\nissued_on: '2026-01-01'\ntitle: Prueba\n"
    "brief: Prueba\nobjective: Probar.\nscope: Aquí.\n"
    "folio: 'T-{year}-{n}'\n"
    "starts:\n"
    "  - {id: a, title: A, roles: [dissemination_officer],"
    " next: [{to: ['1.1']}]}\n"
    "steps:\n"
    "  - number: '1.1'\n    kind: task\n    do: Conteste la solicitud.\n"
    "    title: Respuesta\n    roles: [dissemination_officer]\n"
    "    due: \"at(add_working_days(today(), 3), '14:00')\"\n"
    "    due_why: A los tres días hábiles\n"
    "    fields: [{id: answer, label: Respuesta, type: text,"
    " required: 'yes'}]\n"
    "    next: [{to: [end]}]\n";

#define CALENDAR(date)                                                         \
	"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//t\nBEGIN:VEVENT\nUID:1\n"     \
	"DTSTAMP:20260101T000000Z\nDTSTART;VALUE=DATE:" date "\n"              \
	"SUMMARY:Día del archivo\nEND:VEVENT\nEND:VCALENDAR"

static int
change_setup(void **st)
{
	struct bureau *o;
	char *text = xasprintf("texto=%s", waits);

	(void)bureau_setup(st);
	o = *st;
	if (bureau_run(o, NULL, NULL,
		(const char *const[]){ "procedimiento-importar", "T.yaml",
		    "tipo=procedure", text, NULL }) != 0)
		fail_msg("%s", bureau_message(o));
	free(text);
	return 0;
}

/* `calendario` with a file, and with the sum of what was shown or NULL. */
static int
change(
    struct bureau *o, const char *login, const char *file, const char *content)
{
	char *text = xasprintf("texto=%s", file),
	     *sum = content != NULL ? xasprintf("contenido=%s", content) : NULL;

	(void)bureau_run(o, login, NULL,
	    (const char *const[]){ "calendario", text, sum, NULL });
	free(text);
	free(sum);
	return o->status;
}

/* The sum of what the file would do. */
static char *
shown(struct bureau *o, const char *login, const char *file)
{
	if (change(o, login, file, NULL) != 0)
		fail_msg("%s", bureau_message(o));
	return xstrdup(bureau_text(o, "content"));
}

static void
the_rehearsal_says_what_moves_and_changes_nothing(void **st)
{
	struct bureau *o = *st;
	int64_t head;
	json_t *m, *d = NULL;
	char *sum;
	size_t i;

	bureau_ok(o, "difu", "iniciar T-01 title=Uno");
	bureau_ok(o, "ana", "iniciar T-01 title=Dos oficina=bc");
	head = bureau_head(o);
	sum = shown(o, "jefa", CALENDAR("20261125"));
	assert_int_equal(bureau_head(o), head);
	assert_true(json_is_false(json_object_get(o->doc, "applied")));
	assert_int_equal(
	    json_integer_value(json_object_get(o->doc, "count")), 2);
	m = json_array_get(json_object_get(o->doc, "moves"), 0);
	assert_string_equal(
	    json_string_value(json_object_get(m, "step")), "1.1");
	assert_string_equal(
	    json_string_value(json_object_get(m, "subject")), "Uno");
	assert_string_equal(json_string_value(json_object_get(m, "was")),
	    "2026-11-26T21:00:00Z");
	assert_string_equal(json_string_value(json_object_get(m, "due")),
	    "2026-11-27T21:00:00Z");
	assert_true(
	    bureau_doc_has(json_object_get(m, "skipped"), "Día del archivo"));
	/* The daily cases of that day would not be opened. */
	json_array_foreach(json_object_get(o->doc, "days"), i, d)
		if (strcmp(json_string_value(json_object_get(d, "day")),
			"2026-11-25") == 0)
			break;
	assert_true(json_is_false(json_object_get(d, "working")));
	assert_int_equal(json_array_size(json_object_get(d, "starts")), 2);
	free(sum);
}

static void
it_is_put_in_force_as_it_was_shown_or_not_at_all(void **st)
{
	struct bureau *o = *st;
	char *sum, folio[32];
	const char *due;
	int64_t head;

	bureau_ok(o, "difu", "iniciar T-01 title=Uno");
	(void)snprintf(folio, sizeof folio, "%s", bureau_text(o, "folio"));
	sum = shown(o, "jefa", CALENDAR("20261125"));
	bureau_ok(o, "difu", "iniciar T-01 title=Dos");
	head = bureau_head(o);
	assert_int_equal(change(o, "jefa", CALENDAR("20261125"), sum), 1);
	assert_non_null(strstr(bureau_message(o), "vuelva a verlo"));
	assert_int_equal(bureau_head(o), head);
	free(sum);
	sum = shown(o, "jefa", CALENDAR("20261125"));
	assert_int_equal(change(o, "jefa", CALENDAR("20261124"), sum), 1);
	assert_int_equal(change(o, "jefa", CALENDAR("20261125"), sum), 0);
	assert_true(json_is_true(json_object_get(o->doc, "applied")));
	free(sum);
	/* The event of the office, and one of each deadline. */
	assert_int_equal(bureau_head(o), head + 3);
	bureau_okf(o, "difu", "porque %s", folio);
	due = json_string_value(json_object_get(
	    json_array_get(json_object_get(o->doc, "dates"), 0), "due"));
	assert_string_equal(due, "2026-11-27T21:00:00Z");
	assert_true(bureau_doc_has(o->doc, "antes era el"));
	bureau_okf(o, "jefa", "historial %s", folio);
	assert_true(bureau_doc_has(o->doc, "Otro calendario mueve el plazo"));
	bureau_ok(o, NULL, "verificar --rebuild");
	assert_true(json_is_true(json_object_get(o->doc, "equal")));
	/* What opens from now on counts by it, also after a restart. */
	bureau_open(o);
	bureau_ok(o, "difu", "iniciar T-01 title=Tres");
	bureau_okf(o, "difu", "porque %s", bureau_text(o, "folio"));
	assert_true(bureau_doc_has(o->doc, "2026-11-27T21:00:00Z"));
	assert_false(bureau_doc_has(o->doc, "antes era el"));
}

/* The same file again moves nothing, and may be said. */
static void
a_calendar_that_is_in_force_moves_nothing(void **st)
{
	struct bureau *o = *st;
	char *sum;

	bureau_ok(o, "difu", "iniciar T-01 title=Uno");
	sum = shown(o, NULL, CALENDAR("20261125"));
	assert_int_equal(change(o, NULL, CALENDAR("20261125"), sum), 0);
	free(sum);
	sum = shown(o, NULL, CALENDAR("20261125"));
	assert_int_equal(
	    json_integer_value(json_object_get(o->doc, "count")), 0);
	assert_int_equal(json_array_size(json_object_get(o->doc, "days")), 0);
	free(sum);
	bureau_ok(o, "difu", "calendario");
	assert_true(bureau_doc_has(o->doc, "Día del archivo"));
}

static void
who_may_not_and_what_is_no_calendar_is_refused(void **st)
{
	struct bureau *o = *st;

	assert_int_equal(change(o, "difu", CALENDAR("20261125"), NULL), 1);
	assert_non_null(strstr(bureau_message(o), "Solo la jefatura"));
	assert_int_equal(change(o, "jefa", CALENDAR("ayer"), NULL), 2);
	assert_non_null(strstr(bureau_message(o), "renglón 7"));
	bureau_no(o, "jefa", 2, "Falta texto=", "calendario contenido=00");
	/* The way of `init` is for the first one. */
	bureau_no(o, NULL, 1, "pautad calendar check",
	    "procedimiento-importar x.ics tipo=calendar texto=x");
}

/* More cases than stay in memory: they are not all there at once. */
static void
a_change_lets_go_of_the_cases_it_read(void **st)
{
	struct caller who = { .source = "test" };
	struct bureau *o = *st;
	char *text = xasprintf("texto=%s", CALENDAR("20261125")), *sum, *said;
	struct answer a;
	struct why why;
	int i;

	for (i = 0; i < CASES_KEPT + 20; i++)
		bureau_ok(o, "difu", "iniciar T-01 title=Uno");
	said = shown(o, NULL, CALENDAR("20261125"));
	sum = xasprintf("contenido=%s", said);
	free(said);
	bureau_open(o);
	core_run(o->c, &who, NULL,
	    (const char *const[]){ "calendario", text, sum, NULL }, true, &a);
	assert_int_equal(a.status, 0);
	assert_in_range(o->c->held_count, 1, CASES_KEPT);
	answer_clear(&a);
	assert_int_equal(core_commit(o->c, &why), 0);
	free(text);
	free(sum);
	bureau_ok(o, NULL, "verificar --rebuild");
	assert_true(json_is_true(json_object_get(o->doc, "equal")));
}

#define CHANGE(f)                                                              \
	cmocka_unit_test_setup_teardown(f, change_setup, bureau_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHANGE(the_rehearsal_says_what_moves_and_changes_nothing),
		CHANGE(it_is_put_in_force_as_it_was_shown_or_not_at_all),
		CHANGE(a_calendar_that_is_in_force_moves_nothing),
		CHANGE(who_may_not_and_what_is_no_calendar_is_refused),
		CHANGE(a_change_lets_go_of_the_cases_it_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
