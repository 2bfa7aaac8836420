/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/* indicator_test.c - figures from cases: what counts, when, and once. */
#include "game.h"

#include "../../server/engine/indicator.h"

static const char issue[] =
    GAME_HEAD
    "indicators:\n"
    "  - id: IND-A\n    printed: Programados / Publicados\n"
    "    numerator: {text: Programados, steps: ['1.1'],"
    " dated: ':planned_on'}\n"
    "    denominator: {text: Publicados, steps: ['1.3'],"
    " when: ':visible'}\n"
    "  - id: IND-B\n    printed: Hechos / Emitidos\n"
    "    must_match: yes\n"
    "    numerator: {text: Autorizados, steps: ['1.2']}\n"
    "    denominator: {text: Emitidos, steps: ['1.3'], when: ':visible'}\n"
    "  - id: IND-C\n    printed: Concluidos / Publicados\n"
    "    numerator: {text: Concluidos, start: otro}\n"
    "    denominator: {text: Concluidos}\n"
    "starts:\n"
    "  - {id: uno, title: Uno, roles: [writer], next: [{to: ['1.1']}]}\n"
    "  - {id: otro, title: Otro, roles: [writer], next: [{to: ['1.1']}]}\n"
    "steps:\n"
    "  - number: '1.1'\n    kind: task\n    roles: [writer]\n    do: A.\n"
    "    fields: [{id: planned_on, label: Fecha, type: date,"
    " required: 'yes'}]\n"
    "    next: [{to: ['1.2']}]\n"
    "  - number: '1.2'\n    kind: approval\n    roles: [head_of_unit]\n"
    "    do: B.\n"
    "    approval: {id: AP-01, act: Aprobar, authors: ['1.1'],"
    " shows: ['1.1'], return_to: ['1.1']}\n"
    "    next: [{to: ['1.3']}]\n"
    "  - number: '1.3'\n    kind: task\n    roles: [writer]\n    do: C.\n"
    "    fields: [{id: visible, label: Visible, type: yesno,"
    " required: 'yes'}]\n"
    "    next: [{when: ':visible', to: [end]}, {to: ['1.3']}]\n";

#define NOVEMBER "2026-11-01", "2026-11-30"

static int
issue_setup(void **st)
{
	struct game *g = xcalloc(1, sizeof *g);

	game_begin(g, issue);
	*st = g;
	return 0;
}

static int
issue_teardown(void **st)
{
	game_end(*st);
	free(*st);
	return 0;
}

/* A case planned for 30 November, brought as far as asked. */
static void
issue_bring(struct game *g, const char *start, int far)
{
	game_ok(g, "ana", CMD_START, start, NULL);
	if (far > 0)
		game_ok(g, "ana", CMD_DO, "1.1",
		    "{'planned_on':'2026-11-30'}");
	if (far > 1)
		game_ok(g, "jefa", CMD_DO, "1.2", "{'verdict':'aprobar'}");
	if (far > 2)
		game_ok(g, "ana", CMD_DO, "1.3", "{'visible':true}");
}

/* The figures of one indicator as "n/d ratio percent". */
static void
figures_are(struct game *g, unsigned i, struct kase *const *cases, size_t n,
    const char *a, const char *b, const char *expected)
{
	json_t *doc = indicator_compute(g->p, &g->p->indicators[i], cases, n,
	    a, b, &g->w);
	char *text;

	text = xasprintf("%lld/%lld %s %s",
	    (long long)json_integer_value(json_object_get(doc, "numerator")),
	    (long long)json_integer_value(json_object_get(doc,
	    "denominator")), json_string_value(json_object_get(doc, "ratio")),
	    json_string_value(json_object_get(doc, "percent")));
	assert_string_equal(text, expected);
	free(text);
	json_decref(doc);
}

static void
what_is_planned_counts_on_its_planned_day(void **st)
{
	struct game *g = *st;

	issue_bring(g, "uno", 1);
	figures_are(g, 0, &g->ca, 1, NOVEMBER, "1/0 n/d n/d");
	figures_are(g, 0, &g->ca, 1, "2026-11-30", "2026-11-30",
	    "1/0 n/d n/d");
	figures_are(g, 0, &g->ca, 1, "2026-11-01", "2026-11-29",
	    "0/0 n/d n/d");
}

static void
a_case_counts_once_by_its_first_success(void **st)
{
	struct game *g = *st;

	issue_bring(g, "uno", 2);
	game_ok(g, "ana", CMD_DO, "1.3", "{'visible':false}");
	figures_are(g, 0, &g->ca, 1, NOVEMBER, "1/0 n/d n/d");
	g->w.now.s += 86400;
	game_ok(g, "ana", CMD_DO, "1.3", "{'visible':true}");
	figures_are(g, 0, &g->ca, 1, NOVEMBER, "1/1 1.00 100.0 %");
	figures_are(g, 0, &g->ca, 1, "2026-11-23", "2026-11-23",
	    "0/0 n/d n/d");
	figures_are(g, 0, &g->ca, 1, "2026-11-24", "2026-11-24",
	    "0/1 0.00 n/d");
}

static void
a_returned_answer_is_no_success_and_a_cancelled_case_none(void **st)
{
	struct game *g = *st;

	issue_bring(g, "uno", 1);
	game_ok(g, "jefa", CMD_DO, "1.2",
	    "{'verdict':'regresar','remarks':'no'}");
	figures_are(g, 1, &g->ca, 1, NOVEMBER, "0/0 n/d n/d");
	assert_int_equal(game_say(g, "jefa", CMD_CANCEL, "", NULL, "ya no"),
	    0);
	figures_are(g, 0, &g->ca, 1, NOVEMBER, "0/0 n/d n/d");
	figures_are(g, 2, &g->ca, 1, NOVEMBER, "0/0 n/d n/d");
}

static void
two_planned_and_one_published_is_half(void **st)
{
	struct game *g = *st;
	struct kase *cases[2];

	issue_bring(g, "uno", 3);
	cases[0] = g->ca;
	g->ca = NULL;
	issue_bring(g, "otro", 1);
	cases[1] = g->ca;
	figures_are(g, 0, cases, 2, NOVEMBER, "2/1 2.00 50.0 %");
	/* Closed cases, by the way they began. */
	figures_are(g, 2, cases, 2, NOVEMBER, "0/1 0.00 n/d");
	kase_free(cases[0]);
}

static void
a_difference_names_the_day_at_fault(void **st)
{
	struct game *g = *st;
	json_t *doc, *days;

	issue_bring(g, "uno", 2);
	doc = indicator_compute(g->p, &g->p->indicators[1], &g->ca, 1,
	    NOVEMBER, &g->w);
	days = json_object_get(doc, "days_at_fault");
	assert_int_equal(json_array_size(days), 1);
	assert_string_equal(json_string_value(json_array_get(days, 0)),
	    "2026-11-23");
	json_decref(doc);
	game_ok(g, "ana", CMD_DO, "1.3", "{'visible':true}");
	doc = indicator_compute(g->p, &g->p->indicators[1], &g->ca, 1,
	    NOVEMBER, &g->w);
	assert_int_equal(json_array_size(json_object_get(doc,
	    "days_at_fault")), 0);
	json_decref(doc);
}

static void
every_figure_opens_to_its_rows(void **st)
{
	struct game *g = *st;
	json_t *rows = json_array();

	issue_bring(g, "uno", 3);
	assert_int_equal(measure_count(&g->p->indicators[0].numerator, &g->ca,
	    1, NOVEMBER, &g->w, rows), 1);
	assert_string_equal(json_string_value(json_object_get(json_array_get(
	    rows, 0), "folio")), "CASO-1");
	assert_string_equal(json_string_value(json_object_get(json_array_get(
	    rows, 0), "date")), "2026-11-30");
	json_decref(rows);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, issue_setup, issue_teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(what_is_planned_counts_on_its_planned_day),
		TEST(a_case_counts_once_by_its_first_success),
		TEST(a_returned_answer_is_no_success_and_a_cancelled_case_none),
		TEST(two_planned_and_one_published_is_half),
		TEST(a_difference_names_the_day_at_fault),
		TEST(every_figure_opens_to_its_rows),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
