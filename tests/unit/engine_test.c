/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/* engine_test.c - who may, versions, approvals, hands, undoing, disposing. */
#include "game.h"

/* A note is written, corrected while needed, approved and published. */
static const char note[] =
    GAME_HEAD
    "records:\n"
    "  - {number: '1', id: note, name: Nota, keeper: head_of_unit,"
    " medium: E, retention: P1Y, place: U, disposition: U}\n"
    "  - {number: W1, id: papers, name: Hemeroteca, keeper: writer,"
    " medium: P, retention: P7D, place: U, disposition: U, working: yes,"
    " rows: papers, keep_until: \"add_days(local_date(:got_at), 7)\","
    " disposers: [writer]}\n"
    "starts:\n"
    "  - {id: nota, title: Escribir, roles: [writer], subject: ':topic',"
    " next: [{to: ['1.1']}]}\n"
    "steps:\n"
    "  - number: '1'\n    kind: heading\n    title: NOTA\n"
    "  - number: '1.1'\n    kind: task\n    roles: [writer]\n"
    "    do: Escriba.\n"
    "    fields:\n"
    "      - {id: topic, label: Tema, type: text, required: 'yes'}\n"
    "      - {id: urgent, label: Urgente, type: yesno}\n"
    "      - {id: motive, label: Motivo, type: text, required: ':urgent',"
    " applies: ':urgent'}\n"
    "      - {id: version, label: Versión, type: int,"
    " auto: \"next('v')\"}\n"
    "      - {id: site, label: Sitio, type: text, required: 'yes',"
    " preset: \"'web'\"}\n"
    "      - id: papers\n        label: Diarios\n        type: list\n"
    "        columns:\n"
    "          - {id: medium, label: Medio, type: text, required: 'yes'}\n"
    "          - {id: got_at, label: Recibido, type: datetime}\n"
    "    checks:\n"
    "      - {rule: \":topic <> 'nada'\", say: 'Diga algo.',"
    " source: POL1}\n"
    "    redo: {roles: [writer], until: ['1.3'], later: [head_of_unit]}\n"
    "    records: [W1]\n"
    "    due: \"at('2026-11-23', '10:00')\"\n"
    "    next: [{to: ['1.2']}]\n"
    "  - number: '1.2'\n    kind: approval\n    roles: [head_of_unit]\n"
    "    do: Apruebe.\n"
    "    fields: [{id: channel, label: Canal, type: text,"
    " required: 'yes'}]\n"
    "    approval: {id: AP-01, act: Aprobar, authors: ['1.1'],"
    " shows: ['1.1'], return_to: ['1.1']}\n"
    "    records: ['1']\n"
    "    next: [{to: ['1.3']}]\n"
    "  - number: '1.3'\n    kind: task\n    roles: [writer]\n"
    "    do: Publique.\n    assign: \"'beto'\"\n"
    "    next: [{to: [end], jump: yes}]\n";

static int
note_setup(void **st)
{
	struct game *g = xcalloc(1, sizeof *g);

	game_begin(g, note);
	*st = g;
	return 0;
}

static int
note_teardown(void **st)
{
	game_end(*st);
	free(*st);
	return 0;
}

/* Written by that person and waiting for its approval. */
static void
note_write(struct game *g, const char *login)
{
	if (g->ca == NULL)
		game_ok(g, login, CMD_START, "", NULL);
	game_ok(g, login, CMD_DO, "1.1", "{'topic':'Vacunas'}");
	game_open_is(g, "1.2");
}

#define APPROVE "{'verdict':'aprobar','channel':'web'}"
#define RETURN "{'verdict':'regresar','remarks':'Más corta'}"

static void
a_note_goes_from_writer_to_head_and_out(void **st)
{
	struct game *g = *st;
	const struct done *d;

	note_write(g, "ana");
	assert_string_equal(g->ca->title, "Vacunas");
	game_ok(g, "jefa", CMD_DO, "1.2", APPROVE);
	game_open_is(g, "1.3");
	assert_string_equal(g->ca->tokens[0].assignee, "beto");
	assert_string_equal(g->ca->tokens[0].from, "1.2");
	game_ok(g, "beto", CMD_DO, "1.3", NULL);
	assert_int_equal(g->ca->state, CASE_CLOSED);
	assert_string_equal(g->ca->end, "1.3");
	d = kase_last_done(g->ca, "1.3", 0);
	assert_true(d->jump);
	assert_string_equal(d->to, "end");
	d = kase_last_done(g->ca, "1.2", 0);
	assert_string_equal(d->outcome, "approved");
	assert_string_equal(d->role, "head_of_unit");
	game_no(g, "beto", CMD_DO, "1.3", NULL, "concluido");
}

static void
what_is_given_is_checked_in_order(void **st)
{
	struct game *g = *st;

	game_ok(g, "ana", CMD_START, "", NULL);
	game_no(g, "ana", CMD_DO, "1.1", "{'tema':'x'}", "los campos son");
	assert_int_equal(g->why.e, ERR_USAGE);
	game_no(g, "ana", CMD_DO, "1.1", "{'topic':3}", "«Tema»");
	game_no(g, "ana", CMD_DO, "1.1", "{'topic':'x','version':9}",
	    "lo escribe el sistema");
	game_no(g, "ana", CMD_DO, "1.1", "{'urgent':true}", "Tema, Motivo");
	game_no(g, "ana", CMD_DO, "1.1", "{'topic':'x','motive':'y'}",
	    "no aplica");
	game_no(g, "ana", CMD_DO, "1.1", "{'topic':'nada'}",
	    "Diga algo. (POL1)");
	game_no(g, "ana", CMD_DO, "9.9", NULL, "no tiene un paso");
	game_no(g, "ana", CMD_DO, "1", NULL, "no tiene un paso");
	game_no(g, "ana", CMD_DO, "1.3", NULL, "no está abierto");
}

static void
the_system_writes_what_nobody_types(void **st)
{
	struct game *g = *st;
	const struct done *d;

	note_write(g, "ana");
	d = kase_last_done(g->ca, "1.1", 0);
	assert_int_equal(json_integer_value(json_object_get(d->values,
	    "version")), 1);
	assert_string_equal(json_string_value(json_object_get(d->values,
	    "site")), "web");
	assert_null(json_object_get(d->values, "motive"));
	game_say(g, "jefa", CMD_DO, "1.2", RETURN, NULL);
	note_write(g, "ana");
	assert_int_equal(json_integer_value(json_object_get(g->ca->values,
	    "version")), 2);
}

static void
an_answer_takes_the_place_of_the_one_before(void **st)
{
	struct game *g = *st;

	game_ok(g, "ana", CMD_START, "", "{'due_on':'2026-12-01'}");
	game_ok(g, "ana", CMD_DO, "1.1",
	    "{'topic':'x','urgent':true,'motive':'ya'}");
	assert_non_null(json_object_get(g->ca->values, "motive"));
	game_ok(g, "jefa", CMD_DO, "1.2", RETURN);
	note_write(g, "ana");
	assert_null(json_object_get(g->ca->values, "motive"));
	assert_null(json_object_get(g->ca->values, "urgent"));
	assert_string_equal(json_string_value(json_object_get(g->ca->values,
	    "due_on")), "2026-12-01");
	assert_int_equal(g->ca->dones_count, 3);
}

static void
a_return_needs_a_remark_and_counts_a_round(void **st)
{
	struct game *g = *st;

	note_write(g, "ana");
	game_no(g, "jefa", CMD_DO, "1.2", "{'verdict':'regresar'}",
	    "Observaciones");
	game_ok(g, "jefa", CMD_DO, "1.2", RETURN);
	game_open_is(g, "1.1");
	assert_true(g->ca->tokens[0].returned);
	assert_int_equal(g->ca->rounds, 1);
	assert_int_equal(g->ca->records_count, 1);	/* W1 only */
	note_write(g, "ana");
	/* A remark of the command is as good as one in its field. */
	assert_int_equal(game_say(g, "jefa", CMD_DO, "1.2",
	    "{'verdict':'regresar'}", "Otra vez"), 0);
	assert_int_equal(g->ca->rounds, 2);
	assert_string_equal(kase_last_done(g->ca, "1.2", 0)->reason,
	    "Otra vez");
	assert_string_equal(json_string_value(json_object_get(
	    kase_last_done(g->ca, "1.2", 0)->values, "remarks")), "Otra vez");
}

static void
approving_needs_the_whole_form_and_makes_the_record(void **st)
{
	struct game *g = *st;

	note_write(g, "ana");
	game_no(g, "jefa", CMD_DO, "1.2", "{'verdict':'aprobar'}", "Canal");
	game_ok(g, "jefa", CMD_DO, "1.2", APPROVE);
	assert_int_equal(g->ca->records_count, 2);
	assert_string_equal(g->ca->records[1].record->number, "1");
	assert_int_equal(g->ca->records[1].serial, 1);
}

static void
an_author_may_not_approve_even_as_a_substitute(void **st)
{
	struct game *g = *st;

	note_write(g, "sub");
	game_no(g, "sub", CMD_DO, "1.2", APPROVE, "SD-01");
	game_no(g, "sub", CMD_CLAIM, "1.2", NULL, "SD-01");
	game_ok(g, "jefa", CMD_DO, "1.2", RETURN);
	/* Beto writes the next version, so now she may. */
	note_write(g, "beto");
	game_ok(g, "sub", CMD_DO, "1.2", APPROVE);
	assert_string_equal(kase_last_done(g->ca, "1.2", 0)->on_behalf_of,
	    "jefa");
}

static void
a_limited_substitute_decides_only_what_the_grant_lists(void **st)
{
	struct game *g = *st;

	note_write(g, "ana");
	game_no(g, "sub2", CMD_DO, "1.2", APPROVE, "no tiene ahora ese cargo");
}

static void
an_own_role_is_used_before_a_substitution(void **st)
{
	struct game *g = *st;

	note_write(g, "ana");
	game_ok(g, "both", CMD_DO, "1.2", APPROVE);
	assert_null(kase_last_done(g->ca, "1.2", 0)->on_behalf_of);
}

static void
a_role_of_another_office_does_not_count(void **st)
{
	struct game *g = *st;

	game_no(g, "lejos", CMD_START, "", NULL, "no puede iniciar");
	game_no(g, "jefa", CMD_START, "", NULL, "no puede iniciar");
	game_ok(g, "ana", CMD_START, "", NULL);
	game_no(g, "lejos", CMD_DO, "1.1", "{'topic':'x'}", "writer");
}

static void
a_stale_revision_is_refused(void **st)
{
	struct game *g = *st;
	struct command cmd = { .kind = CMD_DO, .step = "1.2",
		.values = game_values(APPROVE), .revision = -1 };
	char seen[65];

	note_write(g, "ana");
	kase_content(g->ca, &g->ca->tokens[0], seen);
	cmd.revision = g->ca->tokens[0].n + 1;
	assert_int_equal(game_run(g, "jefa", &cmd), -ERR_STALE);
	assert_non_null(strstr(g->why.text, "cambió mientras"));
	cmd.revision = g->ca->tokens[0].n;
	cmd.content = "00";
	assert_int_equal(game_run(g, "jefa", &cmd), -ERR_STALE);
	cmd.content = seen;
	assert_int_equal(game_run(g, "jefa", &cmd), 0);
	/* The second of two deciders hears that it is solved, and by whom. */
	assert_int_equal(game_run(g, "sub", &cmd), -ERR_STALE);
	assert_non_null(strstr(g->why.text, "jefa"));
	json_decref(cmd.values);
}

static void
what_is_shown_has_its_own_hash(void **st)
{
	struct game *g = *st;
	char a[65], b[65];

	note_write(g, "ana");
	kase_content(g->ca, &g->ca->tokens[0], a);
	kase_content(g->ca, &g->ca->tokens[0], b);
	assert_string_equal(a, b);
	game_ok(g, "jefa", CMD_DO, "1.2", RETURN);
	game_ok(g, "ana", CMD_DO, "1.1", "{'topic':'Otra'}");
	kase_content(g->ca, &g->ca->tokens[0], b);
	assert_string_not_equal(a, b);
}

static void
a_task_has_one_pair_of_hands(void **st)
{
	struct game *g = *st;
	struct command hand = { .kind = CMD_HAND, .step = "1.1",
		.to = "sub", .revision = -1 };

	game_ok(g, "ana", CMD_START, "", NULL);
	game_no(g, "ana", CMD_RELEASE, "1.1", NULL, "manos de nadie");
	game_ok(g, "ana", CMD_CLAIM, "1.1", NULL);
	game_no(g, "ana", CMD_CLAIM, "1.1", NULL, "sus manos");
	game_no(g, "beto", CMD_CLAIM, "1.1", NULL, "lo tiene ana");
	game_no(g, "beto", CMD_DO, "1.1", "{'topic':'x'}", "manos de ana");
	assert_int_equal(game_run(g, "beto", &hand), -ERR_REFUSED);
	assert_int_equal(game_run(g, "ana", &hand), 0);
	game_no(g, "ana", CMD_DO, "1.1", "{'topic':'x'}", "manos de sub");
	hand.to = "nadie";
	assert_int_equal(game_run(g, "jefa", &hand), -ERR_REFUSED);
	hand.to = "beto";
	assert_int_equal(game_run(g, "jefa", &hand), 0);
	game_ok(g, "beto", CMD_RELEASE, "1.1", NULL);
	game_ok(g, "ana", CMD_DO, "1.1", "{'topic':'x'}");
	/* Nor may an approval be handed to whoever wrote it. */
	hand.step = "1.2";
	hand.to = "ana";
	assert_int_equal(game_run(g, "jefa", &hand), -ERR_REFUSED);
	assert_non_null(strstr(g->why.text, "SD-01"));
}

static void
who_stands_in_has_the_tasks_of_the_absent(void **st)
{
	struct game *g = *st;

	note_write(g, "ana");
	game_ok(g, "jefa", CMD_CLAIM, "1.2", NULL);
	game_no(g, "both", CMD_RELEASE, "1.3", NULL, "no está abierto");
	game_ok(g, "sub", CMD_DO, "1.2", APPROVE);
}

static void
a_decision_is_undone_while_nothing_followed(void **st)
{
	struct game *g = *st;
	int64_t n;

	note_write(g, "ana");
	game_no(g, "ana", CMD_UNDO, "", NULL, "No hay una decisión");
	game_ok(g, "jefa", CMD_DO, "1.2", APPROVE);
	n = g->ca->n;
	game_no(g, "ana", CMD_UNDO, "", NULL, "lo hizo jefa");
	g->w.now.s += UNDO_SECONDS;
	game_ok(g, "jefa", CMD_UNDO, "", NULL);
	game_open_is(g, "1.2");
	assert_int_equal(g->ca->n, n + 1);
	assert_int_equal(g->ca->records_count, 1);
	assert_int_equal(g->ca->dones_count, 1);
	game_no(g, "jefa", CMD_UNDO, "", NULL, "No hay una decisión");
	game_ok(g, "jefa", CMD_DO, "1.2", RETURN);
	assert_int_equal(g->ca->rounds, 1);
	g->w.now.s += UNDO_SECONDS + 1;
	game_no(g, "jefa", CMD_UNDO, "", NULL, "30 segundos");
}

static void
what_followed_cannot_be_undone(void **st)
{
	struct game *g = *st;

	note_write(g, "ana");
	game_ok(g, "jefa", CMD_DO, "1.2", APPROVE);
	game_ok(g, "beto", CMD_DO, "1.3", NULL);
	game_no(g, "jefa", CMD_UNDO, "", NULL, "No hay una decisión");
}

static void
a_step_is_answered_again_freely_then_with_a_reason(void **st)
{
	struct game *g = *st;

	game_ok(g, "ana", CMD_START, "", NULL);
	game_no(g, "ana", CMD_REDO, "1.1", "{'topic':'y'}", "todavía no");
	game_ok(g, "ana", CMD_DO, "1.1", "{'topic':'x'}");
	game_no(g, "ana", CMD_REDO, "1.2", NULL, "no se responde de nuevo");
	game_ok(g, "beto", CMD_REDO, "1.1", "{'topic':'y'}");
	game_open_is(g, "1.2");
	assert_string_equal(g->ca->title, "y");
	game_ok(g, "jefa", CMD_DO, "1.2", APPROVE);
	game_ok(g, "ana", CMD_REDO, "1.1", "{'topic':'z'}");
	game_ok(g, "jefa", CMD_DO, "1.2", APPROVE);
	/* jefa's later right is only used once 1.3 is done, with a reason. */
	game_no(g, "jefa", CMD_REDO, "1.1", "{'topic':'w'}", "Falta el motivo");
	assert_int_equal(game_say(g, "jefa", CMD_REDO, "1.1", "{'topic':'w'}",
	    "Cambió el tema"), 0);
	game_open_is(g, "1.2");
	/* And now jefa is the author. */
	game_no(g, "jefa", CMD_DO, "1.2", APPROVE, "SD-01");
}

static void
only_the_head_cancels_and_says_why(void **st)
{
	struct game *g = *st;

	note_write(g, "ana");
	game_no(g, "ana", CMD_CANCEL, "", NULL, "corresponde a");
	game_no(g, "jefa", CMD_CANCEL, "", NULL, "Falta el motivo");
	assert_int_equal(game_say(g, "sub", CMD_CANCEL, "", NULL, "Ya no"),
	    0);
	assert_int_equal(g->ca->state, CASE_CANCELLED);
	assert_int_equal(g->ca->tokens_count, 0);
	game_no(g, "jefa", CMD_DO, "1.2", APPROVE, "cancelado");
	assert_int_equal(game_say(g, "jefa", CMD_CANCEL, "", NULL, "a\x1b"),
	    -ERR_REFUSED);
}

static void
a_paper_is_kept_seven_whole_days(void **st)
{
	struct game *g = *st;
	struct when day;

	game_ok(g, "ana", CMD_START, "", NULL);
	game_no(g, "ana", CMD_DISPOSE, "W1", "{'row':1}", "no tiene el renglón");
	game_ok(g, "ana", CMD_DO, "1.1", "{'topic':'x','papers':[{'medium':"
	    "'El Imparcial','got_at':'2026-12-01T16:00:00Z'}]}");
	game_no(g, "jefa", CMD_DISPOSE, "W1", "{'row':1}", "no puede dar de baja");
	game_no(g, "ana", CMD_DISPOSE, "W1", "{'row':2}", "no tiene el renglón");
	game_no(g, "ana", CMD_DISPOSE, "1", "{'row':1}", "por renglones");
	assert_int_equal(when_parse("2026-12-09T06:59:59Z", &day), 0);
	g->w.now = day;			/* 8 December, 23:59:59 */
	game_no(g, "ana", CMD_DISPOSE, "W1", "{'row':1}", "2026-12-09");
	g->w.now.s++;
	game_ok(g, "ana", CMD_DISPOSE, "W1", "{'row':1}");
	game_no(g, "ana", CMD_DISPOSE, "W1", "{'row':1}", "ya se dio de baja");
	game_no(g, "ana", CMD_DISPOSE, "W1.2", "{'row':1}", "no tiene");
}

static void
a_deadline_is_an_instant(void **st)
{
	struct game *g = *st;
	char text[WHEN_TEXT];

	game_ok(g, "ana", CMD_START, "", NULL);
	assert_string_equal(when_text(g->ca->tokens[0].due, text),
	    "2026-11-23T17:00:00Z");
	assert_int_equal(g->ca->tokens[0].warn.s, 0);
}

static void
verdicts_are_written_as_the_step_wants_them(void **st)
{
	struct game *g = *st;
	const struct step *step = procedure_find_step(g->p, "1.2");
	json_t *yes = engine_verdict(step, true);
	json_t *no = engine_verdict(step, false);

	assert_string_equal(json_string_value(json_object_get(yes,
	    "verdict")), "aprobar");
	assert_string_equal(json_string_value(json_object_get(no,
	    "verdict")), "regresar");
	assert_null(engine_verdict(procedure_find_step(g->p, "1.1"), true));
	json_decref(yes);
	json_decref(no);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, note_setup, note_teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_note_goes_from_writer_to_head_and_out),
		TEST(what_is_given_is_checked_in_order),
		TEST(the_system_writes_what_nobody_types),
		TEST(an_answer_takes_the_place_of_the_one_before),
		TEST(a_return_needs_a_remark_and_counts_a_round),
		TEST(approving_needs_the_whole_form_and_makes_the_record),
		TEST(an_author_may_not_approve_even_as_a_substitute),
		TEST(a_limited_substitute_decides_only_what_the_grant_lists),
		TEST(an_own_role_is_used_before_a_substitution),
		TEST(a_role_of_another_office_does_not_count),
		TEST(a_stale_revision_is_refused),
		TEST(what_is_shown_has_its_own_hash),
		TEST(a_task_has_one_pair_of_hands),
		TEST(who_stands_in_has_the_tasks_of_the_absent),
		TEST(a_decision_is_undone_while_nothing_followed),
		TEST(what_followed_cannot_be_undone),
		TEST(a_step_is_answered_again_freely_then_with_a_reason),
		TEST(only_the_head_cancels_and_says_why),
		TEST(a_paper_is_kept_seven_whole_days),
		TEST(a_deadline_is_an_instant),
		TEST(verdicts_are_written_as_the_step_wants_them),
	};

	log_init("engine_test", LOG_WARN);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
