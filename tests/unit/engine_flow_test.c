/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/*
 * engine_flow_test.c - where answers lead: forks, joins, skips, rows, loops;
 * and a property: whatever people do at random, telling the events again to a
 * new case gives the same state, and the case never stands where the
 * definition does not lead.
 */
#include "game.h"

/*
 * 1.1 opens one row per comment (2.1 -> A1 -> 2.2 or D3) or forks into tracks
 * 3.1, 3.2 (skipped unless wanted), 3.3 that join in 4.1; 4.1 may loop back.
 */
static const char paths[] =
    GAME_HEAD
    "starts:\n"
    "  - {id: a, title: A, roles: [writer], fields: [{id: tracks,"
    " label: Vías, type: multi, choices: [uno, dos]}],"
    " next: [{when: \"not has(:tracks, 'dos')\", to: ['1.1']},"
    " {when: \"has(:tracks, 'dos')\", to: ['3.1']}]}\n"
    "steps:\n"
    "  - number: '1.1'\n    kind: decision\n    title: ¿Hay?\n"
    "    do: Diga.\n    roles: [writer, head_of_unit]\n"
    "    fields:\n"
    "      - {id: found, label: Hay, type: yesno, required: 'yes'}\n"
    "      - id: comments\n        label: Comentarios\n        type: list\n"
    "        required: ':found'\n        columns:\n"
    "          - {id: area, label: Área, type: text, required: 'yes'}\n"
    "          - {id: who, label: Quién, type: text, preset: \"'x'\","
    " required: \":area = 'salud'\"}\n"
    "    fork: yes\n"
    "    next:\n"
    "      - {when: ':found', each: comments, to: ['2.1']}\n"
    "      - {when: 'not :found', to: ['3.1']}\n"
    "      - {when: 'not :found', to: ['3.2']}\n"
    "      - {when: 'not :found', to: ['3.3']}\n"
    "  - {number: '2.1', kind: task, per_row: yes, do: Avise.,"
    " fields: [{id: note, label: Nota, type: text}], next: [{to: [A1]}]}\n"
    "  - number: A1\n    kind: approval\n    per_row: yes\n    do: Apruebe.\n"
    "    approval: {id: AP-02, act: Aprobar, authors: ['2.1'],"
    " shows: ['2.1'], return_to: ['2.1']}\n"
    "    next: [{when: \":area = 'salud'\", to: [D3]}, {to: ['2.2']}]\n"
    "  - {number: '2.2', kind: task, per_row: yes, do: Aclare.,"
    " next: [{to: [D3]}]}\n"
    "  - number: D3\n    kind: decision\n    title: ¿Más?\n    do: Diga.\n"
    "    fields: [{id: more, label: Más, type: yesno, required: 'yes',"
    " preset: 'open_rows() > 0'}]\n"
    "    checks: [{rule: ':more or open_rows() = 0', say: Quedan.}]\n"
    "    next:\n"
    "      - {when: ':more and open_rows() > 0', to: [end]}\n"
    "      - {when: ':more', to: ['1.1']}\n"
    "      - {to: ['4.1']}\n"
    "  - {number: '3.1', kind: task, do: Uno., next: [{to: ['4.1']}]}\n"
    "  - number: '3.2'\n    kind: task\n    do: Dos.\n"
    "    applies: \"has(:tracks, 'uno')\"\n    otherwise: Sin vía uno.\n"
    "    next: [{to: ['4.1']}]\n"
    "  - {number: '3.3', kind: task, do: Tres., next: [{to: ['4.1']}]}\n"
    "  - number: '4.1'\n    kind: task\n    do: Cierre.\n"
    "    join: ['3.1', '3.2', '3.3']\n"
    "    fields: [{id: again, label: Otra vez, type: yesno}]\n"
    "    next: [{when: ':again', to: ['1.1']}, {to: [end]}]\n";

static int
paths_setup(void **st)
{
	struct game *g = xcalloc(1, sizeof *g);

	game_begin(g, paths);
	*st = g;
	return 0;
}

static int
paths_teardown(void **st)
{
	game_end(*st);
	free(*st);
	return 0;
}

#define NOT_FOUND_ANY "{'found':false}"
#define TWO "{'found':true,'comments':[{'area':'salud'},{'area':'obras'}]}"

static void
every_arm_of_a_fork_that_holds_is_taken_and_joins_wait(void **st)
{
	struct game *g = *st;

	game_ok(g, "ana", CMD_START, "", "{'tracks':['uno']}");
	game_ok(g, "ana", CMD_DO, "1.1", NOT_FOUND_ANY);
	game_open_is(g, "3.1 3.2 3.3");
	game_ok(g, "ana", CMD_DO, "3.3", NULL);
	game_open_is(g, "3.1 3.2");
	game_ok(g, "ana", CMD_DO, "3.1", NULL);
	game_open_is(g, "3.2");
	game_ok(g, "ana", CMD_DO, "3.2", NULL);
	game_open_is(g, "4.1");
	game_ok(g, "ana", CMD_DO, "4.1", NULL);
	assert_int_equal(g->ca->state, CASE_CLOSED);
}

static void
what_does_not_apply_is_skipped_with_its_reason(void **st)
{
	struct game *g = *st;
	const struct done *d;

	game_ok(g, "ana", CMD_START, "", NULL);
	game_ok(g, "ana", CMD_DO, "1.1", NOT_FOUND_ANY);
	/* The skip of 3.2 leads to the join, which still waits for 3.3. */
	game_open_is(g, "3.1 3.3");
	d = kase_last_done(g->ca, "3.2", 0);
	assert_string_equal(d->outcome, "skipped");
	assert_string_equal(d->reason, "Sin vía uno.");
	assert_string_equal(d->to, "4.1");
	game_ok(g, "ana", CMD_DO, "3.1", NULL);
	game_open_is(g, "3.3");
	game_ok(g, "ana", CMD_DO, "3.3", NULL);
	game_open_is(g, "4.1");
}

static void
every_start_arm_that_holds_is_taken(void **st)
{
	struct game *g = *st;

	game_ok(g, "ana", CMD_START, "", "{'tracks':['dos']}");
	game_open_is(g, "3.1");
}

static void
two_rows_run_in_parallel_and_close_apart(void **st)
{
	struct game *g = *st;
	json_t *seen;

	game_ok(g, "ana", CMD_START, "", NULL);
	game_ok(g, "ana", CMD_DO, "1.1", TWO);
	game_open_is(g, "2.1#1 2.1#2");
	game_ok(g, "ana", CMD_DO, "2.1#2", "{'note':'dos'}");
	game_ok(g, "ana", CMD_DO, "2.1#1", "{'note':'uno'}");
	game_open_is(g, "A1#2 A1#1");
	seen = kase_values(g->ca, 1);
	assert_string_equal(json_string_value(json_object_get(seen, "note")),
	    "uno");
	assert_string_equal(json_string_value(json_object_get(seen, "who")),
	    "x");
	json_decref(seen);
	assert_null(json_object_get(g->ca->values, "note"));
	/* Row 1 is about salud: approved, it goes straight to D3. */
	game_ok(g, "jefa", CMD_DO, "A1#1", "{'verdict':'aprobar'}");
	game_open_is(g, "A1#2 D3");
	assert_false(g->ca->rows[0].open);
	assert_true(g->ca->rows[1].open);
	game_no(g, "jefa", CMD_DO, "D3", "{'more':false}", "Quedan.");
	game_ok(g, "jefa", CMD_DO, "D3", NULL);	/* preset: rows are open */
	game_open_is(g, "A1#2");
	game_ok(g, "jefa", CMD_DO, "A1#2", "{'verdict':'aprobar'}");
	game_ok(g, "jefa", CMD_DO, "2.2#2", NULL);
	game_open_is(g, "D3");
	game_ok(g, "jefa", CMD_DO, "D3", "{'more':false}");
	game_open_is(g, "4.1");
}

static void
a_row_is_only_its_own_authors(void **st)
{
	struct game *g = *st;

	game_ok(g, "ana", CMD_START, "", NULL);
	game_ok(g, "ana", CMD_DO, "1.1", TWO);
	game_ok(g, "jefa", CMD_DO, "2.1#1", NULL);
	game_ok(g, "ana", CMD_DO, "2.1#2", NULL);
	game_no(g, "jefa", CMD_DO, "A1#1", "{'verdict':'aprobar'}", "SD-01");
	game_ok(g, "jefa", CMD_DO, "A1#2", "{'verdict':'aprobar'}");
	/* AP-02 is in the limited grant, so this one may decide it. */
	game_ok(g, "sub2", CMD_DO, "A1#1", "{'verdict':'regresar','remarks':"
	    "'no'}");
	game_open_is(g, "2.2#2 2.1#1");
	assert_true(g->ca->tokens[1].returned);
}

static void
a_reference_without_a_row_means_the_first(void **st)
{
	struct game *g = *st;
	bool known;

	game_ok(g, "ana", CMD_START, "", NULL);
	game_ok(g, "ana", CMD_DO, "1.1", TWO);
	assert_int_equal(kase_find_token(g->ca, "2.1", &known)->row, 1);
	assert_int_equal(kase_find_token(g->ca, "2.1#2", &known)->row, 2);
	assert_null(kase_find_token(g->ca, "2.1#3", &known));
	assert_true(known);
	assert_null(kase_find_token(g->ca, "7.7", &known));
	assert_false(known);
}

static void
a_row_lacks_what_its_column_requires(void **st)
{
	struct game *g = *st;

	game_ok(g, "ana", CMD_START, "", NULL);
	game_no(g, "ana", CMD_DO, "1.1", "{'found':true,'comments':[{}]}",
	    "renglón 1: falta Área");
	game_no(g, "ana", CMD_DO, "1.1", "{'found':true}", "Comentarios");
}

static void
screens_are_told_where_an_answer_leads(void **st)
{
	struct game *g = *st;
	json_t *v = game_values(NOT_FOUND_ANY);
	char *leads;

	game_ok(g, "ana", CMD_START, "", NULL);
	leads = engine_leads(g->ca, &g->ca->tokens[0], v, &g->w);
	assert_string_equal(leads, "3.1 3.2 3.3");
	free(leads);
	json_decref(v);
}

/* ---- the property ---- */

/* All that a case is, as one text. */
static char *
kase_dump(const struct kase *ca)
{
	json_t *all = json_array(), *copy;
	size_t i;
	char *text;

	json_array_append_new(all, json_pack("[I,i,i,I,I,s,s?]",
	    (json_int_t)ca->n, (int)ca->state, ca->rounds,
	    (json_int_t)ca->opened.s, (json_int_t)ca->closed.s, ca->title,
	    ca->end));
	json_array_append(all, ca->header);
	json_array_append(all, ca->values);
	for (i = 0; i < ca->tokens_count; i++)
		json_array_append_new(all, json_pack("[s,i,I,I,s?,s?,b]",
		    ca->tokens[i].st->number, ca->tokens[i].row,
		    (json_int_t)ca->tokens[i].n,
		    (json_int_t)ca->tokens[i].since.s, ca->tokens[i].assignee,
		    ca->tokens[i].from, ca->tokens[i].returned));
	for (i = 0; i < ca->dones_count; i++)
		json_array_append_new(all, json_pack("[s,i,I,s,s?,s?,s?,i,O]",
		    ca->dones[i].st->number, ca->dones[i].row,
		    (json_int_t)ca->dones[i].n, ca->dones[i].outcome,
		    ca->dones[i].actor, ca->dones[i].on_behalf_of,
		    ca->dones[i].to, ca->dones[i].round, ca->dones[i].values));
	for (i = 0; i < ca->rows_count; i++)
		json_array_append_new(all, json_pack("[i,s,O,b]",
		    ca->rows[i].id, ca->rows[i].list, ca->rows[i].data,
		    ca->rows[i].open));
	copy = json_deep_copy(all);
	text = json_dumps(copy, JSON_SORT_KEYS);
	json_decref(copy);
	json_decref(all);
	return text;
}

/* Tell a new case every event that was told to this one. */
static void
replay_is_equal(const struct game *g)
{
	struct kase *again = kase_new(g->p);
	char *a, *b;
	struct when at;
	json_t *e;
	size_t i;

	json_array_foreach(g->ca->events, i, e) {
		assert_int_equal(when_parse(json_string_value(
		    json_object_get(e, "at")), &at), 0);
		engine_apply(again, json_object_get(e, "body"),
		    json_string_value(json_object_get(e, "actor")),
		    json_string_value(json_object_get(e, "role")),
		    json_string_value(json_object_get(e, "on_behalf_of")), at);
	}
	a = kase_dump(g->ca);
	b = kase_dump(again);
	assert_string_equal(a, b);
	free(a);
	free(b);
	kase_free(again);
}

/* Some arm of the step it came from (or of a start) leads to this token. */
static bool
token_is_led_to(const struct game *g, const struct token *t)
{
	const struct step *from = t->from != NULL
	    ? procedure_find_step(g->p, t->from) : NULL;
	const struct arm *arms = from != NULL ? from->next
	    : g->p->starts[0].next;
	unsigned n = from != NULL ? from->next_count
	    : g->p->starts[0].next_count;
	unsigned i, j;

	for (i = 0; i < n; i++)
		for (j = 0; j < arms[i].to_count; j++)
			if (strcmp(arms[i].to[j], t->st->number) == 0)
				return true;
	return false;
}

static void
state_is_sound(const struct game *g)
{
	const struct kase *ca = g->ca;
	const struct token *t;
	size_t i, j;
	int open = 0, waiting = 0;

	assert_int_equal(ca->n, json_array_size(ca->events));
	assert_int_equal(ca->state == CASE_OPEN, ca->tokens_count > 0);
	for (i = 0; i < ca->tokens_count; i++) {
		t = &ca->tokens[i];
		assert_true(token_is_led_to(g, t));
		assert_int_equal(t->st->per_row, t->row != 0);
		for (j = 0; j < i; j++)
			assert_false(ca->tokens[j].st == t->st &&
			    ca->tokens[j].row == t->row);
	}
	for (i = 0; i < ca->rows_count; i++) {
		for (j = 0, waiting = 0; j < ca->tokens_count; j++)
			waiting += ca->tokens[j].row == ca->rows[i].id;
		open += ca->rows[i].open;
		assert_int_equal(ca->rows[i].open, waiting > 0);
	}
	assert_true(ca->state == CASE_OPEN || open == 0);
}

static uint32_t dice;

static uint32_t
dice_roll(uint32_t n)
{
	dice = dice * 1664525u + 1013904223u;
	return (dice >> 16) % n;
}

/* What somebody might say at a step, right or wrong. */
static const char *
answer_any(const char *number)
{
	static const char *const found[] = { NOT_FOUND_ANY, TWO,
		"{'found':true,'comments':[{'area':'obras'}]}",
		"{'found':true}", "{'otra':1}" };
	static const char *const verdict[] = { "{'verdict':'aprobar'}",
		"{'verdict':'regresar','remarks':'no'}",
		"{'verdict':'regresar'}" };
	static const char *const more[] = { NULL, "{'more':true}",
		"{'more':false}" };

	if (strcmp(number, "1.1") == 0)
		return found[dice_roll(ARRAY_LEN(found))];
	if (strcmp(number, "A1") == 0)
		return verdict[dice_roll(ARRAY_LEN(verdict))];
	if (strcmp(number, "D3") == 0)
		return more[dice_roll(ARRAY_LEN(more))];
	if (strcmp(number, "4.1") == 0)
		return dice_roll(3) > 0 ? "{'again':true}" : NULL;
	return strcmp(number, "2.1") == 0 ? "{'note':'n'}" : NULL;
}

static void
game_do_any(struct game *g)
{
	static const char *const who[] = { "ana", "beto", "jefa", "sub",
		"sub2", "lejos" };
	static const enum command_kind kinds[] = { CMD_DO, CMD_DO, CMD_DO,
		CMD_DO, CMD_DO, CMD_CLAIM, CMD_RELEASE, CMD_UNDO, CMD_CANCEL };
	enum command_kind kind = kinds[dice_roll(ARRAY_LEN(kinds))];
	const char *login = who[dice_roll(ARRAY_LEN(who))];
	const struct token *t;
	char ref[32] = "9.9";

	if (g->ca->tokens_count > 0) {
		t = &g->ca->tokens[dice_roll((uint32_t)g->ca->tokens_count)];
		snprintf(ref, sizeof ref, "%s#%d", t->st->number, t->row);
		(void)game_say(g, login, kind, ref, kind == CMD_DO
		    ? answer_any(t->st->number) : NULL,
		    kind == CMD_CANCEL && dice_roll(9) == 0 ? "fin" : NULL);
	} else {
		(void)game_say(g, login, CMD_UNDO, "", NULL, NULL);
	}
	g->w.now.s += dice_roll(40);
}

static void
any_history_told_again_gives_the_same_case(void **st)
{
	static const char *const tracks[] = { NULL, "{'tracks':['uno']}",
		"{'tracks':['uno','dos']}" };
	struct game *g = *st;
	int run, i, closed = 0, rows = 0, undone = 0;
	size_t j;

	for (run = 0; run < 200; run++) {
		dice = (uint32_t)run * 2654435761u + 1;
		kase_free(g->ca);
		g->ca = NULL;
		game_ok(g, "ana", CMD_START, "", tracks[dice_roll(3)]);
		for (i = 0; i < 60; i++) {
			game_do_any(g);
			state_is_sound(g);
		}
		replay_is_equal(g);
		closed += g->ca->state == CASE_CLOSED;
		rows += (int)g->ca->rows_count;
		for (j = 0; j < json_array_size(g->ca->events); j++)
			undone += json_object_get(json_array_get(g->ca->events,
			    j), "undone") != NULL;
	}
	/* The dice must have gone everywhere for this to mean anything. */
	assert_true(closed > 10 && rows > 100 && undone > 50);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, paths_setup, paths_teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(every_arm_of_a_fork_that_holds_is_taken_and_joins_wait),
		TEST(what_does_not_apply_is_skipped_with_its_reason),
		TEST(every_start_arm_that_holds_is_taken),
		TEST(two_rows_run_in_parallel_and_close_apart),
		TEST(a_row_is_only_its_own_authors),
		TEST(a_reference_without_a_row_means_the_first),
		TEST(a_row_lacks_what_its_column_requires),
		TEST(screens_are_told_where_an_answer_leads),
		TEST(any_history_told_again_gives_the_same_case),
	};

	log_init("engine_flow_test", LOG_WARN);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
