/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * notice_test.c - what the core tells by the clock, over a real record: whom
 * it reaches, that it gives them no right, that it is told once though the core
 * ends at any moment, and that the views still follow from the events.
 */
#include "bureau.h"

static void
tick_at(struct bureau *o, const char *utc)
{
	struct why why;

	bureau_clock(o, utc);
	core_tick(o->c);
	assert_int_equal(core_commit(o->c, &why), 0);
}

/* A complaint of which jefa must tell the Dirección General: 2.3#1. */
static void
complaint_open(struct bureau *o, char folio[32])
{
	bureau_ok(o, "moni", "iniciar 63-COM-P03 inicio=diario");
	(void)snprintf(folio, 32, "%s", bureau_text(o, "folio"));
	bureau_okf(o, "moni", "hacer %s 2.1 watched='[{\"medium\":\"Radio\","
	    "\"starts_at\":\"06:30\",\"ends_at\":\"08:00\"}]'", folio);
	bureau_okf(o, "moni", "hacer %s D1 found=sí comments='[{\"medium\":"
	    "\"Radio\",\"seen_at\":\"hoy 07:00\",\"kind\":\"queja\","
	    "\"summary\":\"Falta vacuna\",\"area\":\"Hospitales\"}]'", folio);
	bureau_okf(o, "moni", "hacer %s 2.2#1 channel=sistema", folio);
}

/* How many events of that type the case has. */
static size_t
told(struct bureau *o, const char *folio, const char *type)
{
	size_t i, n = 0;
	json_t *e;

	bureau_okf(o, "jefa", "historial %s", folio);
	json_array_foreach(json_object_get(o->doc, "events"), i, e)
		n += strcmp(json_string_value(json_object_get(e, "type")),
		    type) == 0;
	return n;
}

/* The notices of somebody's work list. */
static json_t *
notices(struct bureau *o, const char *login)
{
	bureau_ok(o, login, "bandeja");
	return json_object_get(o->doc, "notices");
}

static void
who_is_escalated_to_sees_it_and_may_not_answer(void **st)
{
	struct bureau *o = *st;
	const json_t *t, *notice;
	char folio[32];

	complaint_open(o, folio);		/* 16:00, due 16:15 */
	tick_at(o, "2026-11-23T16:14:59Z");
	assert_int_equal(json_array_size(notices(o, "dg")), 0);
	tick_at(o, "2026-11-23T16:20:00Z");
	assert_int_equal(json_array_size(notices(o, "dg")), 1);
	t = json_array_get(json_object_get(o->doc, "notices"), 0);
	assert_string_equal(json_string_value(json_object_get(t, "folio")),
	    folio);
	assert_true(json_is_false(json_object_get(t, "can")));
	notice = json_object_get(t, "notice");
	assert_string_equal(json_string_value(json_object_get(notice,
	    "kind")), "escalated");
	assert_int_equal(json_integer_value(json_object_get(notice, "times")),
	    1);
	bureau_nof(o, "dg", 1, "Jef", "hacer %s 2.3#1 area_head=jefa "
	    "dg_informed_at='hoy 09:10' area_informed_at='hoy 09:10'", folio);
	/* It is nobody else's, and jefa has the task itself. */
	assert_int_equal(json_array_size(notices(o, "prod")), 0);
	assert_int_equal(json_array_size(notices(o, "jefa")), 0);
	tick_at(o, "2026-11-23T16:40:00Z");
	t = json_array_get(notices(o, "dg"), 0);
	assert_int_equal(json_integer_value(json_object_get(json_object_get(t,
	    "notice"), "times")), 2);
	bureau_okf(o, "jefa", "hacer %s 2.3#1 area_head=jefa "
	    "dg_informed_at='hoy 09:31' area_informed_at='hoy 09:31'", folio);
	assert_int_equal(json_array_size(notices(o, "dg")), 0);
	assert_int_equal(told(o, folio, "step.escalated"), 2);
	assert_int_equal(told(o, folio, "step.overdue"), 1);
}

/* The core ends before the commit, and after it: what is told is told once. */
static void
a_core_that_ends_tells_it_once(void **st)
{
	struct bureau *o = *st;
	char folio[32];
	int i;

	complaint_open(o, folio);
	bureau_clock(o, "2026-11-23T16:20:00Z");
	core_tick(o->c);
	assert_true(core_is_dirty(o->c));
	bureau_open(o);			/* nothing of that turn happened */
	assert_int_equal(told(o, folio, "step.overdue"), 0);
	for (i = 0; i < 3; i++) {
		tick_at(o, "2026-11-23T16:20:01Z");
		bureau_open(o);
	}
	assert_int_equal(told(o, folio, "step.overdue"), 1);
	assert_int_equal(told(o, folio, "step.escalated"), 1);
	/* Missed while nobody was there: the last of them, once. */
	tick_at(o, "2026-11-23T17:05:00Z");
	tick_at(o, "2026-11-23T17:05:20Z");
	assert_int_equal(told(o, folio, "step.escalated"), 2);
}

static void
a_substitute_of_the_head_has_the_task_itself(void **st)
{
	struct bureau *o = *st;
	char folio[32];
	json_t *t;
	size_t i, n = 0;

	complaint_open(o, folio);
	bureau_ok(o, "jefa", "suplencia persona=prod desde=ahora hasta=+2 "
	    "motivo=Viaje");
	bureau_ok(o, "prod", "suplir jefa si");
	tick_at(o, "2026-11-23T16:20:00Z");
	bureau_ok(o, "prod", "bandeja");
	json_array_foreach(json_object_get(o->doc, "tasks"), i, t)
		n += strcmp(json_string_value(json_object_get(t, "step")),
		    "2.3") == 0 && json_is_true(json_object_get(t, "can"));
	assert_int_equal(n, 1);
}

static void
views_follow_from_what_was_told(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	complaint_open(o, folio);
	tick_at(o, "2026-11-23T16:47:00Z");
	bureau_ok(o, NULL, "verificar --rebuild");
	assert_true(json_is_true(json_object_get(o->doc, "equal")));
	assert_true(json_is_true(json_object_get(o->doc, "intact")));
}

/* "2026-11-19 63-COM-P04 missing;" of the answer to `dias`. */
static void
days_are(struct bureau *o, const char *code, const char *expected)
{
	struct buf b;
	json_t *d;
	size_t i;

	buf_init(&b, TEXT_MAX);
	json_array_foreach(json_object_get(o->doc, "days"), i, d)
		if (strcmp(json_string_value(json_object_get(d, "procedure")),
			code) == 0)
			(void)buf_addf(&b, "%s %s;", json_string_value(
			    json_object_get(d, "day")), json_string_value(
			    json_object_get(d, "state")));
	assert_string_equal(buf_str(&b), expected);
	buf_clear(&b);
}

/* Friday and Saturday nobody was there; Monday one is done, one is not. */
static void
a_day_without_its_case_shows_as_missing(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_ok(o, "jefa", "dias");		/* the record begins today */
	days_are(o, "63-COM-P03", "2026-11-23 missing;");
	complaint_open(o, folio);
	tick_at(o, "2026-11-24T12:59:00Z");	/* 05:59: not yet */
	bureau_ok(o, "jefa", "dias");
	days_are(o, "63-COM-P03", "2026-11-23 open;");
	days_are(o, "63-COM-P04", "2026-11-23 missing;");
	tick_at(o, "2026-11-24T13:00:00Z");
	bureau_ok(o, "jefa", "buscar 'Monitoreo del 24/11/2026'");
	(void)snprintf(folio, sizeof folio, "%s", json_string_value(
	    json_object_get(json_array_get(json_object_get(o->doc, "cases"),
	    0), "folio")));
	bureau_okf(o, "moni", "hacer %s 2.1 watched='[{\"medium\":\"Radio\","
	    "\"starts_at\":\"06:30\",\"ends_at\":\"08:00\"}]'", folio);
	bureau_okf(o, "moni", "hacer %s D1 found=no", folio);
	/* Nobody was there for a week: 25 to 30, of which two are no days. */
	tick_at(o, "2026-12-01T16:00:00Z");
	bureau_ok(o, "jefa", "dias desde=2026-11-23 hasta=2026-12-31");
	days_are(o, "63-COM-P03", "2026-11-23 open;2026-11-24 done;"
	    "2026-11-25 missing;2026-11-26 missing;2026-11-27 missing;"
	    "2026-11-30 missing;2026-12-01 open;");
	bureau_ok(o, "jefa", "buscar 'Síntesis del 01/12/2026'");
	bureau_no(o, "jefa", 1, "en orden",
	    "dias desde=2026-12-02 hasta=2026-12-01");
	bureau_no(o, "ana", 1, "central", "dias");
}

/* Whoever supervises has it in the inbox and on the board; others have not. */
static void
a_missing_day_is_told_to_who_supervises(void **st)
{
	struct bureau *o = *st;
	const json_t *d;

	tick_at(o, "2026-11-27T16:00:00Z");	/* Friday, after four days */
	bureau_ok(o, "jefa", "bandeja");
	assert_int_equal(json_array_size(json_object_get(o->doc, "missing")),
	    8);
	d = json_array_get(json_object_get(o->doc, "missing"), 0);
	assert_string_equal(json_string_value(json_object_get(d, "day")),
	    "2026-11-23");
	assert_string_equal(json_string_value(json_object_get(d, "state")),
	    "missing");
	bureau_ok(o, "jefa", "tablero sin-cumplir");
	assert_int_equal(json_array_size(json_object_get(o->doc, "rows")), 8);
	bureau_ok(o, "difu", "bandeja");
	assert_int_equal(json_array_size(json_object_get(o->doc, "missing")),
	    0);
	bureau_ok(o, "jefabc", "tablero sin-cumplir");
	assert_int_equal(json_integer_value(json_object_get(o->doc, "count")),
	    0);
	/* After a week it is history: `dias` still says so. */
	tick_at(o, "2026-12-02T16:00:00Z");
	bureau_ok(o, "jefa", "bandeja");
	assert_false(bureau_doc_has(json_object_get(o->doc, "missing"),
	    "2026-11-25"));
	assert_true(bureau_doc_has(json_object_get(o->doc, "missing"),
	    "2026-11-26"));
}

/* Closed without what the day is for: cancelled counts so too. */
static void
a_day_that_ended_without_its_duty_shows(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	complaint_open(o, folio);
	bureau_okf(o, "jefa", "cancelar %s motivo='Prueba'", folio);
	bureau_ok(o, "jefa", "dias");
	days_are(o, "63-COM-P03", "2026-11-23 undone;");
}

/* Of the first start of P03, to moni; its day's field is borrowed too. */
static const json_t *
start_of_day(struct bureau *o, const json_t **day)
{
	const json_t *p = NULL, *s;
	size_t i;

	bureau_ok(o, "moni", "procedimientos");
	json_array_foreach(json_object_get(o->doc, "procedures"), i, p)
		if (strcmp(doc_text(p, "code"), "63-COM-P03") == 0)
			break;
	s = json_array_get(json_object_get(p, "starts"), 0);
	json_array_foreach(json_object_get(s, "fields"), i, *day)
		if (strcmp(doc_text(*day, "id"), "day") == 0)
			break;
	return s;
}

static void
a_day_has_one_case_whoever_opens_it(void **st)
{
	struct bureau *o = *st;
	const json_t *s, *day;
	char folio[32];

	tick_at(o, "2026-11-24T13:00:00Z");
	bureau_ok(o, "jefa", "buscar 'Monitoreo del 24/11/2026'");
	(void)snprintf(folio, sizeof folio, "%s", doc_text(json_array_get(
	    json_object_get(o->doc, "cases"), 0), "folio"));
	/* Yesterday has none: the list offers that day. */
	s = start_of_day(o, &day);
	assert_true(doc_is(s, "can"));
	assert_string_equal(doc_text(day, "preset"), "2026-11-23");
	bureau_no(o, "moni", 1, folio, "iniciar 63-COM-P03 inicio=diario");
	assert_string_equal(doc_text(json_object_get(o->doc, "error"),
	    "code"), "conflict");
	bureau_no(o, "moni", 1, "El 24/11/2026 ya tiene su expediente de "
	    "Monitoreo", "iniciar 63-COM-P03 inicio=diario day=2026-11-24");
	/* Whoever may not begin it is told that, first. */
	bureau_no(o, "jefa", 1, "no puede iniciar",
	    "iniciar 63-COM-P03 inicio=diario");
	bureau_ok(o, "moni", "iniciar 63-COM-P03 inicio=diario "
	    "day=2026-11-23");
	bureau_no(o, "moni", 1, "23/11/2026", "iniciar 63-COM-P03 "
	    "inicio=diario day=2026-11-23");
	s = start_of_day(o, &day);
	assert_false(doc_is(s, "can"));
	assert_true(doc_is(s, "taken"));
	assert_non_null(strstr(doc_text(s, "why"), folio));
}

/* It does not come again by itself, and a person may open it again. */
static void
a_day_that_was_cancelled_is_opened_again_by_hand_alone(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	complaint_open(o, folio);
	bureau_okf(o, "jefa", "cancelar %s motivo=Prueba", folio);
	tick_at(o, "2026-11-23T17:00:00Z");
	bureau_ok(o, "jefa", "dias");
	days_are(o, "63-COM-P03", "2026-11-23 undone;");
	complaint_open(o, folio);
	bureau_ok(o, "jefa", "dias");
	days_are(o, "63-COM-P03", "2026-11-23 open;");
	bureau_no(o, "moni", 1, folio, "iniciar 63-COM-P03 inicio=diario");
	bureau_ok(o, NULL, "verificar --rebuild");
}

/* Every line ends in CR LF and has 75 octets at most; libical reads it. */
static void
ics_is_valid(const char *ics)
{
	struct calendar *c;
	const char *end;
	struct why why;

	assert_int_equal(calendar_load(ics, &c, &why), 0);
	calendar_free(c);
	for (; *ics != '\0'; ics = end + 2) {
		assert_non_null(end = strstr(ics, "\r\n"));
		assert_true(end - ics <= 75);
		assert_true((*ics & 0xc0) != 0x80 || *ics == ' ');
	}
}

static void
deadlines_are_a_calendar_that_stays_the_same(void **st)
{
	static const char uid[] = "UID:MON-2026-0001-2.3-1@isssteson";
	struct bureau *o = *st;
	const char *ics;
	char folio[32];

	complaint_open(o, folio);
	bureau_ok(o, "jefa", "vencimientos --ics");
	ics = bureau_text(o, "ics");
	ics_is_valid(ics);
	assert_non_null(strstr(ics, uid));
	assert_non_null(strstr(ics, "DTSTART:20261123T16"));
	tick_at(o, "2026-11-23T16:20:00Z");
	bureau_ok(o, "jefa", "vencimientos --ics");
	assert_non_null(strstr(bureau_text(o, "ics"), uid));
	/* What is not hers to do is not in it. */
	bureau_ok(o, "prod", "vencimientos --ics");
	assert_null(strstr(bureau_text(o, "ics"), "VEVENT"));
	bureau_okf(o, "jefa", "hacer %s 2.3#1 area_head=jefa "
	    "dg_informed_at='hoy 09:21' area_informed_at='hoy 09:21'", folio);
	bureau_ok(o, "jefa", "vencimientos --ics");
	assert_null(strstr(bureau_text(o, "ics"), uid));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(who_is_escalated_to_sees_it_and_may_not_answer),
		IN_BUREAU(a_core_that_ends_tells_it_once),
		IN_BUREAU(a_substitute_of_the_head_has_the_task_itself),
		IN_BUREAU(views_follow_from_what_was_told),
		IN_BUREAU(deadlines_are_a_calendar_that_stays_the_same),
		IN_BUREAU(a_day_without_its_case_shows_as_missing),
		IN_BUREAU(a_missing_day_is_told_to_who_supervises),
		IN_BUREAU(a_day_that_ended_without_its_duty_shows),
		IN_BUREAU(a_day_has_one_case_whoever_opens_it),
		IN_BUREAU(a_day_that_was_cancelled_is_opened_again_by_hand_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
