/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * project_test.c - what the record keeps of what was done: drafts, cases that
 * the calendar opens, decisions taken back, and views that are rebuilt from
 * the events and compared.
 */
#include "bureau.h"

/* ---- drafts ---- */

/* What is being typed in a field of an open step; "" when nothing. */
static char *
draft_of(struct bureau *o, const char *login, const char *folio,
    const char *step, const char *id)
{
	const char *s = NULL;
	json_t *f;
	size_t i;

	bureau_okf(o, login, "paso %s %s", folio, step);
	json_array_foreach(json_object_get(o->doc, "fields"), i, f)
		if (strcmp(json_string_value(json_object_get(f, "id")),
		    id) == 0)
			s = json_string_value(json_object_get(f, "draft"));
	return xstrdup(s != NULL ? s : "");
}

static void
draft_is(struct bureau *o, const char *login, const char *folio,
    const char *step, const char *id, const char *text)
{
	char *draft = draft_of(o, login, folio, step, id);

	assert_string_equal(draft, text);
	free(draft);
}

static void
drafts_survive_reopening_and_go_with_the_step(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_bulletin(o, "difu", folio);
	bureau_okf(o, "difu", "borrador %s 1.1 headline=Vacunas "
	    "planned_on=nunca", folio);
	bureau_open(o);
	draft_is(o, "difu", folio, "1.1", "headline", "Vacunas");
	draft_is(o, "difu", folio, "1.1", "planned_on", "nunca");
	assert_string_equal(bureau_text(o, "drafted_by"), "difu");
	/* Readers see what was done, not what is being typed. */
	draft_is(o, "jefa", folio, "1.1", "headline", "Vacunas");
	draft_is(o, "oic", folio, "1.1", "headline", "");
	draft_is(o, "oic", folio, "1.1", "headline", "");
	/* What does not read is said, with its field. */
	bureau_nof(o, "difu", 1, "«nunca» no es una fecha", "hacer %s 1.1 "
	    "origin='tema elegido' specialist=Paz body=Texto", folio);
	draft_is(o, "difu", folio, "1.1", "headline", "Vacunas");
	/* hacer lays what is typed now over what was drafted. */
	bureau_okf(o, "difu", "hacer %s 1.1 origin='tema elegido' "
	    "specialist=Paz body=Texto planned_on=2026-11-24", folio);
	bureau_okf(o, "difu", "expediente %s", folio);
	assert_string_equal(json_string_value(json_object_get(
	    json_object_get(o->doc, "fields"), "headline")), "Vacunas");
	bureau_okf(o, "difu", "hacer %s 1.2 version=1", folio);
	bureau_okf(o, "jefa", "devolver %s 1.3 motivo=Corta", folio);
	draft_is(o, "difu", folio, "1.1", "headline", "");
}

/* Monday, 23 November 2026, in Hermosillo. */
static const struct {
	const char *typed, *reads;
} dates[] = {
	{ "hoy", "23/11/2026" }, { "mañana", "24/11/2026" },
	{ "MANANA", "24/11/2026" }, { "+3", "26/11/2026" },
	{ "1/12", "01/12/2026" }, { "1/12/2026", "01/12/2026" },
	{ "31/11/2026", "" }, { "luego", "" }, { "", NULL },
};

static void
a_date_being_typed_is_told_as_it_is_read(void **st)
{
	const char *id = NULL, *reads = NULL;
	struct bureau *o = *st;
	char folio[32];
	size_t i, k;
	json_t *f;

	bureau_bulletin(o, "difu", folio);
	for (i = 0; i < ARRAY_LEN(dates); i++) {
		bureau_okf(o, "difu", "borrador %s 1.1 planned_on='%s'", folio,
		    dates[i].typed);
		json_array_foreach(json_object_get(o->doc, "fields"), k, f) {
			id = json_string_value(json_object_get(f, "id"));
			reads = json_string_value(json_object_get(f, "reads"));
			if (strcmp(id, "planned_on") == 0)
				break;
			assert_null(reads);
		}
		if (reads != dates[i].reads && (reads == NULL ||
			strcmp(reads, dates[i].reads) != 0))
			fail_msg("%s: %s", dates[i].typed, reads);
	}
}

static void
what_belongs_to_the_first_step_begins_as_its_draft(void **st)
{
	struct bureau *o = *st;
	const char *folio;
	char kept[32];

	bureau_ok(o, "jefa", "iniciar 63-COM-P02 tracks=boletín "
	    "headline=Vacunas planned_on=31/11/2026");
	folio = bureau_text(o, "folio");
	(void)snprintf(kept, sizeof kept, "%s", folio);
	draft_is(o, "difu", kept, "1.1", "headline", "Vacunas");
	draft_is(o, "difu", kept, "1.1", "planned_on", "31/11/2026");
	assert_string_equal(bureau_text(o, "drafted_by"), "jefa");
}

static void
a_field_named_as_the_remark_takes_it(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_ok(o, "moni", "iniciar 63-COM-P04 day=2026-11-23");
	(void)snprintf(folio, sizeof folio, "%s", bureau_text(o, "folio"));
	bureau_nof(o, "moni", 1, "Motivo", "hacer %s 1.1 none=sí", folio);
	bureau_okf(o, "moni", "hacer %s 1.1 none=sí motivo='Día de asueto'",
	    folio);
	bureau_okf(o, "moni", "expediente %s", folio);
	assert_string_equal(json_string_value(json_object_get(
	    json_object_get(o->doc, "fields"), "none_reason")),
	    "Día de asueto");
}

/* ---- what the calendar opens ---- */

static size_t
cases_of(struct bureau *o, const char *code)
{
	size_t i, n = 0;
	json_t *c;

	bureau_ok(o, "jefa", "buscar 2026");
	json_array_foreach(json_object_get(o->doc, "cases"), i, c)
		n += strcmp(json_string_value(json_object_get(c, "procedure")),
		    code) == 0;
	return n;
}

static void
tick_at(struct bureau *o, const char *utc, size_t cases)
{
	struct why why;

	bureau_clock(o, utc);
	core_tick(o->c);
	assert_int_equal(core_commit(o->c, &why), 0);
	if (cases_of(o, "63-COM-P03") != cases ||
	    cases_of(o, "63-COM-P04") != cases)
		fail_msg("%s: %zu and %zu cases, not %zu", utc,
		    cases_of(o, "63-COM-P03"), cases_of(o, "63-COM-P04"),
		    cases);
}

static void
what_recurs_opens_once_a_working_day(void **st)
{
	struct bureau *o = *st;

	tick_at(o, "2026-11-13T12:59:00Z", 0);	/* Friday, 05:59 */
	tick_at(o, "2026-11-13T13:00:00Z", 1);
	tick_at(o, "2026-11-13T20:00:00Z", 1);
	bureau_open(o);
	tick_at(o, "2026-11-13T20:10:00Z", 1);
	tick_at(o, "2026-11-14T16:00:00Z", 1);	/* Saturday */
	tick_at(o, "2026-11-15T16:00:00Z", 1);
	tick_at(o, "2026-11-16T16:00:00Z", 1);	/* holiday */
	tick_at(o, "2026-11-17T16:00:00Z", 2);
	bureau_ok(o, "jefa", "ajuste daily_scope all_days");
	tick_at(o, "2026-11-21T16:00:00Z", 3);
	/* Begun by hand, the calendar leaves it alone. */
	bureau_clock(o, "2026-11-22T08:00:00Z");
	bureau_ok(o, "moni", "iniciar 63-COM-P04 day=2026-11-22");
	bureau_ok(o, "moni", "iniciar 63-COM-P03 inicio=diario day=2026-11-22");
	tick_at(o, "2026-11-22T16:00:00Z", 4);
	bureau_ok(o, NULL, "verificar --rebuild");
}

static void
the_clock_moves_only_where_it_may(void **st)
{
	struct bureau *o = *st;

	bureau_ok(o, "difu", "reloj");
	assert_true(strlen(bureau_text(o, "now")) == 20);
	bureau_no(o, "difu", 1, "no se mueve", "reloj avanzar 1d");
	bureau_no(o, NULL, 1, "no se mueve", "reloj avanzar 1d");
}

static int
clockless_setup(void **st)
{
	return bureau_setup_conf(st, "test_clock no\n");
}

/* ---- taking back ---- */

static json_int_t
record_rows(struct bureau *o)
{
	bureau_ok(o, "jefa", "registro 2 procedimiento=63-COM-P02");
	return (json_int_t)json_array_size(json_object_get(o->doc, "rows"));
}

static void
an_approval_taken_back_takes_its_record(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_presented(o, "difu", folio);
	bureau_nof(o, "jefa", 2, "es la de la orden", "aprobar %s 1.3 "
	    "verdict=regresar remarks=x", folio);
	bureau_nof(o, "jefa", 2, "es la de la orden", "devolver %s 1.3 "
	    "motivo=x decision=aprobar", folio);
	bureau_okf(o, "jefa", "aprobar %s 1.3", folio);
	assert_memory_equal(bureau_text(o, "undo_until"),
	    "2026-11-23T16:00:3", 18);
	assert_int_equal(record_rows(o), 1);
	bureau_nof(o, "difu", 1, "lo hizo Persona jefa", "deshacer %s", folio);
	bureau_ok(o, "jefa", "deshacer");
	bureau_open_is(o, folio, "1.3");
	assert_int_equal(record_rows(o), 0);
	bureau_okf(o, "jefa", "aprobar %s 1.3", folio);
	assert_int_equal(record_rows(o), 1);
	/* A number that was given out is never given again. */
	bureau_okf(o, "jefa", "expediente %s", folio);
	assert_int_equal(json_integer_value(json_object_get(
	    json_object_get(o->doc, "fields"), "bulletin_no")), 2);
	assert_int_equal(json_integer_value(json_object_get(json_array_get(
	    json_object_get(o->doc, "records"), 1), "serial")), 1);
	bureau_clock(o, "2026-11-23T16:01:00Z");
	bureau_nof(o, "jefa", 1, "30 segundos", "deshacer %s", folio);
	bureau_no(o, "jefa", 1, "30 segundos", "deshacer");
	bureau_ok(o, NULL, "verificar --rebuild");
}

static void
a_remark_is_told_until_its_step_approves(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_presented(o, "difu", folio);
	bureau_okf(o, "jefa", "devolver %s 1.3 motivo=Falta", folio);
	bureau_okf(o, "difu", "paso %s 1.1", folio);
	assert_string_equal(json_string_value(json_object_get(json_array_get(
	    json_object_get(o->doc, "remarks"), 0), "text")), "Falta");
	bureau_okf(o, "difu", "hacer %s 1.1 " BULLETIN, folio);
	bureau_okf(o, "difu", "hacer %s 1.2 version=1", folio);
	bureau_okf(o, "jefa", "paso %s 1.3", folio);
	assert_int_equal(json_array_size(json_object_get(o->doc, "remarks")),
	    1);
	bureau_okf(o, "jefa", "aprobar %s 1.3", folio);
	bureau_okf(o, "difu", "paso %s 2.1", folio);
	assert_int_equal(json_array_size(json_object_get(o->doc, "remarks")),
	    0);
}

static void
nothing_is_taken_back_once_another_followed(void **st)
{
	struct bureau *o = *st;
	char folio[32], other[32];

	bureau_presented(o, "difu", folio);
	bureau_presented(o, "difu", other);
	bureau_okf(o, "jefa", "aprobar %s 1.3", folio);
	bureau_okf(o, "difu", "hacer %s 2.1 photos=a.jpg", folio);
	bureau_nof(o, "jefa", 1, "deshacer", "deshacer %s", folio);
	bureau_okf(o, "jefa", "aprobar %s 1.3", other);
	bureau_ok(o, NULL, "rol-baja jefa head_of_unit");
	bureau_ok(o, NULL, "rol-alta jefa requester");
	bureau_nof(o, "jefa", 1, "ya no tiene", "deshacer %s", other);
	bureau_no(o, "jefa", 1, "ya no tiene", "deshacer");
}

static void
taking_back_has_an_end(void **st)
{
	struct bureau *o = *st;
	char folio[32];
	int i;

	bureau_bulletin(o, "difu", folio);
	for (i = 0; i < UNDO_MAX; i++) {
		bureau_okf(o, "difu", "tomar %s 1.1", folio);
		bureau_okf(o, "difu", "deshacer %s", folio);
	}
	bureau_okf(o, "difu", "tomar %s 1.1", folio);
	bureau_nof(o, "difu", 1, "50 veces", "deshacer %s", folio);
	bureau_ok(o, NULL, "verificar --rebuild");
}

/* ---- rebuilding ---- */

/* A little of everything that views are made of. */
static void
bureau_live(struct bureau *o)
{
	char a[32], b[32];

	bureau_presented(o, "difu", a);
	bureau_okf(o, "jefa", "devolver %s 1.3 motivo=Corta", a);
	bureau_okf(o, "difu", "tomar %s 1.1", a);
	bureau_okf(o, "difu", "hacer %s 1.1 " BULLETIN, a);
	bureau_okf(o, "difu", "hacer %s 1.2 version=2", a);
	bureau_okf(o, "jefa", "aprobar %s 1.3", a);
	bureau_bulletin(o, "ana", b);
	bureau_okf(o, "jefabc", "cancelar %s motivo=Duplicado", b);
	bureau_ok(o, "jefa", "suplencia persona=dg desde=hoy hasta=+1 "
	    "motivo=Viaje");
	bureau_ok(o, "dg", "suplir jefa si");
	bureau_ok(o, "jefa", "ajuste alert_minutes 20");
	bureau_ok(o, NULL, "persona-baja lector");
	core_tick(o->c);
	bureau_ok(o, "jefa", "bandeja");
}

static void
the_views_are_what_the_events_say(void **st)
{
	struct bureau *o = *st;

	bureau_live(o);
	bureau_ok(o, NULL, "verificar --rebuild");
	assert_true(json_is_true(json_object_get(o->doc, "equal")));
	assert_int_equal(json_integer_value(json_object_get(o->doc,
	    "events")), bureau_head(o));
	bureau_open(o);
	bureau_ok(o, NULL, "verificar --rebuild");
	bureau_ok(o, "jefa", "bandeja");
}

static int
body_is_canonical(void *arg, const struct entry *e)
{
	json_t *body = json_loads(e->body, 0, NULL);
	char *line = hash_canonical(body);

	assert_string_equal(e->body, line);
	free(line);
	json_decref(body);
	++*(int64_t *)arg;
	return 0;
}

static void
every_event_is_one_canonical_line(void **st)
{
	struct bureau *o = *st;
	int64_t seen = 0;
	struct why why;

	bureau_live(o);
	assert_int_equal(store_each(o->c->store, 1, body_is_canonical, &seen,
	    &why), 0);
	assert_int_equal(seen, bureau_head(o));
}

/* Keep what the events say. */
static void
views_put_right(struct bureau *o)
{
	int64_t events;
	struct why why;
	bool equal;

	assert_int_equal(project_rebuild(o->c, true, &events, &equal, &why),
	    0);
	assert_false(equal);
}

/* The control: any row changed behind the core's back is found. */
static void
a_view_that_was_altered_is_found(void **st)
{
	static const char *const wrongs[] = {
		"UPDATE cases SET title = 'Otro' WHERE id = (SELECT min(id)"
		" FROM cases)",
		"UPDATE tasks SET assignee = 'prod'",
		"DELETE FROM records",
		"UPDATE persons SET active = 1 WHERE login = 'lector'",
		"UPDATE grants SET role = 'head_of_unit' WHERE login = 'prod'",
		"UPDATE settings SET value = '1' WHERE name = 'alert_minutes'",
		"UPDATE counters SET value = value + 1",
		"UPDATE procedures SET current = 0",
	};
	struct bureau *o = *st;
	int64_t moved;
	size_t i;

	bureau_live(o);
	for (i = 0; i < ARRAY_LEN(wrongs); i++) {
		moved = o->c->clock_moved;
		core_free(o->c);
		o->c = NULL;
		temp_tamper(o->t, wrongs[i]);
		bureau_open(o);
		o->c->clock_moved = moved;
		bureau_no(o, NULL, 1, "no coinciden", "verificar --rebuild");
		bureau_ok(o, "jefa", "bandeja");
		views_put_right(o);
		bureau_ok(o, NULL, "verificar --rebuild");
	}
}

/* Returned for its text, it comes back: what is proposed is of this round. */
static void
a_second_round_proposes_nothing_of_the_first(void **st)
{
	struct bureau *o = *st;
	char folio[32];
	json_t *f;
	size_t i;

	bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=redes title=Vacunas");
	(void)snprintf(folio, sizeof folio, "%s", bureau_text(o, "folio"));
	bureau_okf(o, "difu", "hacer %s 3.1 info_source='compartida por un "
	    "área' sharing_area=Hospitales sharer=Soto event=Vacunas "
	    "event_on=2026-11-22 received=nota.pdf", folio);
	for (i = 0; i < 2; i++) {
		bureau_okf(o, "difu", "hacer %s 3.2 post_text='Vacúnese hoy' "
		    "networks=Facebook", folio);
		bureau_okf(o, "difu", "hacer %s 5.1 media_kind=foto "
		    "media=cartel.jpg", folio);
		if (i == 0)
			bureau_okf(o, "jefa", "devolver %s 5.6 motivo=Breve "
			    "regresa_a=3.2", folio);
	}
	bureau_okf(o, "jefa", "paso %s 5.6", folio);
	json_array_foreach(json_object_get(o->doc, "fields"), i, f)
		if (strcmp(json_string_value(json_object_get(f, "id")),
			"text_verdict") == 0)
			assert_string_equal(json_string_value(json_object_get(
			    f, "preset")), "aprobar");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(a_second_round_proposes_nothing_of_the_first),
		IN_BUREAU(drafts_survive_reopening_and_go_with_the_step),
		IN_BUREAU(a_date_being_typed_is_told_as_it_is_read),
		IN_BUREAU(what_belongs_to_the_first_step_begins_as_its_draft),
		IN_BUREAU(a_field_named_as_the_remark_takes_it),
		IN_BUREAU(what_recurs_opens_once_a_working_day),
		cmocka_unit_test_setup_teardown(
		    the_clock_moves_only_where_it_may, clockless_setup,
		    bureau_teardown),
		IN_BUREAU(an_approval_taken_back_takes_its_record),
		IN_BUREAU(a_remark_is_told_until_its_step_approves),
		IN_BUREAU(nothing_is_taken_back_once_another_followed),
		IN_BUREAU(taking_back_has_an_end),
		IN_BUREAU(the_views_are_what_the_events_say),
		IN_BUREAU(every_event_is_one_canonical_line),
		IN_BUREAU(a_view_that_was_altered_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
