/* SPDX-License-Identifier: ISC */
/* rooms: store proto */
/*
 * store_view_test.c - the tables: what is put is what comes back, in the
 * order promised; forgetting and summing up the views; drafts, places and
 * answers.  A walk is noted as one line, "a b c", and compared as text.
 */
#include "../../server/engine/engine.h"
#include "temp.h"

struct notes {
	char text[512];
	size_t count, stop_at;
};

static int
note(struct notes *w, const char *word)
{
	size_t len = strlen(w->text);

	(void)snprintf(w->text + len, sizeof w->text - len, "%s%s",
	    len > 0 ? " " : "", word);
	return ++w->count == w->stop_at ? 42 : 0;
}

static int
note_case(void *arg, const struct case_row *ca)
{
	return note(arg, ca->folio);
}

static void
put_case(struct store *s, const char *folio, const char *procedure,
    const char *office, int state)
{
	struct why why;
	struct case_row ca = { .folio = ROW(folio),
		.procedure = ROW(procedure), .office = ROW(office),
		.priority = ROW("normal"), .title = ROW("T"), .state = state };

	if (store_put_case(s, &ca, &why) < 0)
		fail_msg("%s", why.text);
	assert_true(ca.id > 0);
}

static void
four_cases(struct store *s)
{
	put_case(s, "VID-1", "P01", "SON", 0);
	put_case(s, "FOT-1", "P02", "SON", 1);
	put_case(s, "VID-2", "P01", "BCN", 0);
	put_case(s, "VID-3", "P01", "SON", 2);
}

static void
a_case_comes_back_as_it_was_put(void **st)
{
	struct case_row ca = { .folio = ROW("VID-2026-0001"),
		.procedure = ROW("P01"), .revision = ROW("Rev.00"),
		.start = ROW("video"), .title = ROW("Niñez"),
		.office = ROW("SON"), .opened_by = ROW("jefa"),
		.priority = ROW("urgente"), .day = ROW("2026-11-23"),
		.state = 1, .opened = 1, .closed = 2, .updated = 3, .n = 4 };
	struct store *s = temp_open_memory();
	struct case_row got;
	struct why why;

	(void)st;
	assert_int_equal(store_put_case(s, &ca, &why), 0);
	assert_int_equal(ca.id, 1);
	assert_int_equal(store_get_case(s, "VID-2026-0001", &got), 0);
	assert_int_equal(got.id, 1);
	assert_string_equal(got.folio, ca.folio);
	assert_string_equal(got.procedure, "P01");
	assert_string_equal(got.revision, "Rev.00");
	assert_string_equal(got.start, "video");
	assert_string_equal(got.title, "Niñez");
	assert_string_equal(got.office, "SON");
	assert_string_equal(got.opened_by, "jefa");
	assert_string_equal(got.priority, "urgente");
	assert_string_equal(got.day, "2026-11-23");
	assert_int_equal(got.state, 1);
	assert_int_equal(got.opened, 1);
	assert_int_equal(got.closed, 2);
	assert_int_equal(got.updated, 3);
	assert_int_equal(got.n, 4);
	case_row_clear(&got);
	case_row_clear(&got);
	ca.title = ROW("Otro");
	ca.state = 2;
	ca.day = NULL;				/* as its first row has it */
	assert_int_equal(store_put_case(s, &ca, &why), 0);
	assert_int_equal(store_get_case_by_id(s, 1, &got), 0);
	assert_string_equal(got.title, "Otro");
	assert_int_equal(got.state, 2);
	assert_string_equal(got.day, "2026-11-23");
	case_row_clear(&got);
	assert_int_equal(store_get_case(s, "X", &got), -ERR_NOT_FOUND);
	assert_int_equal(store_get_case_by_id(s, 9, &got), -ERR_NOT_FOUND);
	case_row_clear(&got);
	ca.id = 0;				/* the same folio twice */
	assert_int_equal(store_put_case(s, &ca, &why), -ERR_SYSTEM);
	assert_non_null(strstr(why.text, "está repetida"));
	ca.id = 40;				/* a rebuild brings its numbers */
	ca.folio = ROW("VID-2026-0040");
	assert_int_equal(store_put_case(s, &ca, &why), 0);
	assert_int_equal(store_get_case_by_id(s, 40, &got), 0);
	case_row_clear(&got);
	store_free(s);
}

static void
is_listed(struct store *s, const char *procedure, const char *office,
    int state, int64_t limit, const char *expected)
{
	struct notes w = { 0 };

	assert_int_equal(store_each_case(s, procedure, office, state, limit,
	    note_case, &w), 0);
	assert_string_equal(w.text, expected);
}

static void
cases_are_listed_newest_first(void **st)
{
	struct store *s = temp_open_memory();
	struct notes w = { .stop_at = 2 };

	(void)st;
	four_cases(s);
	is_listed(s, NULL, NULL, -1, 10, "VID-3 VID-2 FOT-1 VID-1");
	is_listed(s, NULL, NULL, -1, 2, "VID-3 VID-2");
	is_listed(s, "P01", NULL, -1, 10, "VID-3 VID-2 VID-1");
	is_listed(s, NULL, "SON", -1, 10, "VID-3 FOT-1 VID-1");
	is_listed(s, NULL, NULL, 0, 10, "VID-2 VID-1");
	is_listed(s, "P01", "SON", 2, 10, "VID-3");
	is_listed(s, "P09", NULL, -1, 10, "");
	assert_int_equal(store_each_case(s, NULL, NULL, -1, 10, note_case, &w),
	    42);
	assert_string_equal(w.text, "VID-3 VID-2");
	store_free(s);
}

static void
the_case_of_a_day_is_found(void **st)
{
	struct case_row ca = { .folio = ROW("S-1"), .procedure = ROW("P04"),
		.start = ROW("diaria"), .office = ROW("SON"),
		.day = ROW("2026-11-23") };
	struct store *s = temp_open_memory();
	struct why why;

	(void)st;
	assert_int_equal(store_put_case(s, &ca, &why), 0);
	ca.id = 0;
	ca.folio = ROW("S-2");
	ca.office = ROW("BCN");
	assert_int_equal(store_put_case(s, &ca, &why), 0);
#define FIND(p, st, o, d) ((int)store_find_day(s, p, st, o, d))
	assert_int_equal(FIND("P04", "diaria", "SON", "2026-11-23"), 1);
	assert_int_equal(FIND("P04", "diaria", NULL, "2026-11-23"), 2);
	assert_int_equal(FIND("P04", "diaria", "SON", "2026-11-24"), 0);
	assert_int_equal(FIND("P04", "otra", "SON", "2026-11-23"), 0);
	assert_int_equal(FIND("P01", "diaria", "SON", "2026-11-23"), 0);
	/* What was cancelled counts only where nothing stands. */
	ca.state = CASE_CANCELLED;
	assert_int_equal(store_put_case(s, &ca, &why), 0);
	assert_int_equal(FIND("P04", "diaria", NULL, "2026-11-23"), 1);
	assert_int_equal(FIND("P04", "diaria", "BCN", "2026-11-23"), 2);
	store_free(s);
}

static int
note_task(void *arg, const struct task_row *t)
{
	char word[64];

	(void)snprintf(word, sizeof word, "%s/%s#%d", t->folio, t->step,
	    t->row);
	return note(arg, word);
}

static void
are_tasks(struct store *s, const char *office, const char *expected)
{
	struct notes w = { 0 };

	assert_int_equal(store_each_task(s, office, note_task, &w), 0);
	assert_string_equal(w.text, expected);
}

static void
tasks_come_by_due_then_priority_then_age(void **st)
{
	const struct task_row one[] = {
		{ .step = "2.2", .row = 1, .due = 0, .since = 1 },
		{ .step = "2.3", .due = 50, .since = 9 },
	}, two[] = { { .step = "1.2", .due = 50, .since = 8 } },
	   three[] = { { .step = "3.1", .due = 10 },
		{ .step = "3.2", .due = 50, .since = 7 } };
	struct store *s = temp_open_memory();
	struct case_row ca;
	struct why why;

	(void)st;
	four_cases(s);
	assert_int_equal(store_get_case(s, "VID-2", &ca), 0);
	free(ca.priority);
	ca.priority = xstrdup("urgente");
	assert_int_equal(store_put_case(s, &ca, &why), 0);
	case_row_clear(&ca);
	assert_int_equal(store_put_tasks(s, 1, one, 2, &why), 0);
	assert_int_equal(store_put_tasks(s, 3, two, 1, &why), 0);
	assert_int_equal(store_put_tasks(s, 4, three, 2, &why), 0);
	are_tasks(s, NULL, "VID-3/3.1#0 VID-2/1.2#0 VID-3/3.2#0 VID-1/2.3#0 "
	    "VID-1/2.2#1");
	are_tasks(s, "BCN", "VID-2/1.2#0");
	assert_int_equal(store_put_tasks(s, 4, three + 1, 1, &why), 0);
	assert_int_equal(store_put_tasks(s, 1, NULL, 0, &why), 0);
	are_tasks(s, "SON", "VID-3/3.2#0");
	store_free(s);
}

static int
task_is_whole(void *arg, const struct task_row *t)
{
	(void)arg;
	assert_int_equal(t->kase, 1);
	assert_string_equal(t->folio, "VID-1");
	assert_string_equal(t->procedure, "P01");
	assert_string_equal(t->title, "T");
	assert_string_equal(t->office, "SON");
	assert_string_equal(t->priority, "normal");
	assert_string_equal(t->step, "2.2");
	assert_int_equal(t->row, 3);
	assert_int_equal(t->kind, 2);
	assert_string_equal(t->roles, " a b ");
	assert_string_equal(t->assignee, "");
	assert_int_equal(t->since, 4);
	assert_int_equal(t->due, 5);
	assert_int_equal(t->warn, 6);
	assert_int_equal(t->n, 7);
	assert_true(t->returned);
	assert_int_equal(t->round, 8);
	return 9;
}

static void
a_task_comes_back_as_it_was_put(void **st)
{
	const struct task_row t = { .step = "2.2", .row = 3, .kind = 2,
		.roles = " a b ", .assignee = "", .since = 4, .due = 5,
		.warn = 6, .n = 7, .returned = true, .round = 8 };
	struct store *s = temp_open_memory();
	struct why why;

	(void)st;
	four_cases(s);
	assert_int_equal(store_put_tasks(s, 1, &t, 1, &why), 0);
	assert_int_equal(store_each_task(s, "SON", task_is_whole, NULL), 9);
	store_free(s);
}

static int
note_record(void *arg, const struct record_row *r)
{
	char word[96];

	(void)snprintf(word, sizeof word, "%s:%s:%s:%s:%d:%d:%lld:%s",
	    r->folio, r->procedure, r->record, r->step, r->row, r->serial,
	    (long long)r->at, r->gone == NULL ? "-" : r->gone);
	return note(arg, word);
}

static void
are_records(struct store *s, const char *procedure, const char *record,
    const char *expected)
{
	struct notes w = { 0 };

	assert_int_equal(store_each_record(s, procedure, record, note_record,
	    &w), 0);
	assert_string_equal(w.text, expected);
}

static void
records_are_the_rows_of_registers(void **st)
{
	const struct record_row video[] = {
		{ .seq = 5, .record = "1", .step = "1.2", .serial = 1,
		    .at = 10, .until = "" },
		{ .seq = 9, .record = "W1", .step = "2.1", .row = 2,
		    .serial = 3, .at = 11, .gone = "[0]", .until = "2026-11-30" },
	}, photo[] = { { .seq = 7, .record = "1", .step = "4", .until = "" } };
	struct store *s = temp_open_memory();
	struct why why;

	(void)st;
	four_cases(s);
	assert_int_equal(store_put_records(s, 1, video, 2, &why), 0);
	assert_int_equal(store_put_records(s, 2, photo, 1, &why), 0);
	are_records(s, NULL, NULL, "VID-1:P01:1:1.2:0:1:10:- "
	    "FOT-1:P02:1:4:0:0:0:- VID-1:P01:W1:2.1:2:3:11:[0]");
	are_records(s, "P01", "1", "VID-1:P01:1:1.2:0:1:10:-");
	are_records(s, "P02", NULL, "FOT-1:P02:1:4:0:0:0:-");
	assert_int_equal(store_put_records(s, 1, video + 1, 1, &why), 0);
	are_records(s, "P01", NULL, "VID-1:P01:W1:2.1:2:3:11:[0]");
	store_free(s);
}

/* A walk within a walk of the same table sees all of it, each time. */
struct nest {
	struct store *s;
	struct notes w;
	int depth;
};

static int
nest_case(void *arg, const struct case_row *ca)
{
	struct nest *n = arg;
	int r = 0;

	note(&n->w, ca->folio);
	if (n->depth++ == 0)
		r = store_each_case(n->s, "P02", NULL, -1, 9, nest_case, n);
	return r;
}

static void
a_walk_may_hold_another_of_its_kind(void **st)
{
	struct store *s = temp_open_memory();
	struct nest n = { .s = s };

	(void)st;
	four_cases(s);
	assert_int_equal(store_each_case(s, "P01", NULL, -1, 9, nest_case, &n),
	    0);
	assert_string_equal(n.w.text, "VID-3 FOT-1 VID-2 VID-1");
	store_free(s);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_case_comes_back_as_it_was_put),
		cmocka_unit_test(cases_are_listed_newest_first),
		cmocka_unit_test(the_case_of_a_day_is_found),
		cmocka_unit_test(tasks_come_by_due_then_priority_then_age),
		cmocka_unit_test(a_task_comes_back_as_it_was_put),
		cmocka_unit_test(records_are_the_rows_of_registers),
		cmocka_unit_test(a_walk_may_hold_another_of_its_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
