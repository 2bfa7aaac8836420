/* SPDX-License-Identifier: ISC */
/* rooms: store proto */
/*
 * store_office_test.c - people, keys, rights, definitions, settings; all the
 * views forgotten and summed up; drafts, places and answers.  A walk is noted
 * as one line and compared as text.
 */
#include "temp.h"

static void
note(char *line, const char *word)
{
	size_t len = strlen(line);

	(void)snprintf(line + len, 512 - len, "%s%s", len > 0 ? " " : "", word);
}

static int
note_person(void *arg, const struct person_row *p)
{
	char word[96];

	(void)snprintf(word, sizeof word, "%s:%s:%s:%d:%lld", p->login,
	    p->name, p->lang, p->active, (long long)p->added);
	note(arg, word);
	return 0;
}

static void
a_person_is_put_and_put_again(void **st)
{
	struct person_row a = { "jefa", "Ana", "es", true, 10 },
		b = { "apoyo", "Beto", "en", true, 20 };
	struct store *s = temp_open_memory();
	char line[512] = "";
	struct why why;

	(void)st;
	assert_int_equal(store_put_person(s, &a, &why), 0);
	assert_int_equal(store_put_person(s, &b, &why), 0);
	a.active = false;
	assert_int_equal(store_put_person(s, &a, &why), 0);
	assert_int_equal(store_each_person(s, note_person, line), 0);
	assert_string_equal(line, "apoyo:Beto:en:1:20 jefa:Ana:es:0:10");
	store_free(s);
}

static int
note_key(void *arg, const struct key_row *k)
{
	char word[96];

	assert_int_equal(k->blob_len, 3);
	assert_memory_equal(k->blob, "\0ab", 3);
	(void)snprintf(word, sizeof word, "%s:%s:%d:%lld-%lld", k->login,
	    k->comment, k->fingerprint[31], (long long)k->added,
	    (long long)k->revoked);
	note(arg, word);
	return 0;
}

static void
a_person_has_keys(void **st)
{
	uint8_t blob[3] = { 0, 'a', 'b' };
	struct key_row k = { .login = "jefa", .comment = "casa",
		.blob = blob, .blob_len = 3, .added = 1 };
	struct store *s = temp_open_memory();
	char line[512] = "", hers[512] = "";
	struct why why;

	(void)st;
	k.fingerprint[31] = 5;
	assert_int_equal(store_put_key(s, &k, &why), 0);
	k.fingerprint[31] = 4;
	k.added = 2;
	assert_int_equal(store_put_key(s, &k, &why), 0);
	k.added = k.revoked = 7;
	assert_int_equal(store_put_key(s, &k, &why), 0);
	k.login = "apoyo";
	assert_int_equal(store_put_key(s, &k, &why), 0);
	assert_int_equal(store_each_key(s, NULL, note_key, line), 0);
	assert_string_equal(line,
	    "apoyo:casa:4:7-7 jefa:casa:5:1-0 jefa:casa:4:2-7");
	assert_int_equal(store_each_key(s, "apoyo", note_key, hers), 0);
	assert_string_equal(hers, "apoyo:casa:4:7-7");
	store_free(s);
}

static int
note_grant(void *arg, const struct grant_row *g)
{
	char word[128];

	(void)snprintf(word, sizeof word, "%lld:%s:%s:%s:%s:%s:%s:%lld-%lld:%d",
	    (long long)g->id, g->login, g->role, g->office,
	    g->for_login == NULL ? "-" : g->for_login,
	    g->scope == NULL ? "-" : g->scope,
	    g->reason == NULL ? "-" : g->reason, (long long)g->from,
	    (long long)g->to, g->active);
	note(arg, word);
	return 0;
}

static void
rights_are_kept_by_the_event_that_gave_them(void **st)
{
	struct grant_row a = { .id = 8, .login = "jefa", .role = "head",
		.office = "SON", .active = true };
	struct grant_row b = { .id = 3, .login = "mixto", .role = "head",
		.office = "SON", .for_login = "jefa", .scope = "all",
		.reason = "viaje", .from = 5, .to = 6, .active = true };
	struct store *s = temp_open_memory();
	char line[512] = "", his[512] = "";
	struct why why;

	(void)st;
	assert_int_equal(store_put_grant(s, &a, &why), 0);
	assert_int_equal(store_put_grant(s, &b, &why), 0);
	a.active = false;
	assert_int_equal(store_put_grant(s, &a, &why), 0);
	assert_int_equal(store_each_grant(s, NULL, note_grant, line), 0);
	assert_string_equal(line, "3:mixto:head:SON:jefa:all:viaje:5-6:1 "
	    "8:jefa:head:SON:-:-:-:0-0:0");
	assert_int_equal(store_each_grant(s, "mixto", note_grant, his), 0);
	assert_string_equal(his, "3:mixto:head:SON:jefa:all:viaje:5-6:1");
	store_free(s);
}

static int
note_procedure(void *arg, const struct procedure_row *p)
{
	char word[96];

	(void)snprintf(word, sizeof word, "%s/%s:%s:%s:%lld:%d", p->code,
	    p->revision, p->file, p->source, (long long)p->seq, p->current);
	note(arg, word);
	return 0;
}

static void
one_revision_of_a_procedure_is_current(void **st)
{
	struct procedure_row a = { "P01", "Rev.00", "a.yaml", "x", 1, true },
		b = { "P01", "Rev.01", "b.yaml", "y", 9, true },
		c = { "P02", "Rev.00", "c.yaml", "z", 2, true };
	struct store *s = temp_open_memory();
	char line[512] = "";
	struct why why;

	(void)st;
	assert_int_equal(store_put_procedure(s, &a, &why), 0);
	assert_int_equal(store_put_procedure(s, &c, &why), 0);
	assert_int_equal(store_put_procedure(s, &b, &why), 0);
	assert_int_equal(store_each_procedure(s, note_procedure, line), 0);
	assert_string_equal(line, "P01/Rev.00:a.yaml:x:1:0 "
	    "P01/Rev.01:b.yaml:y:9:1 P02/Rev.00:c.yaml:z:2:1");
	store_free(s);
}

static int
note_setting(void *arg, const char *name, const char *value)
{
	char word[96];

	(void)snprintf(word, sizeof word, "%s=%s", name, value);
	note(arg, word);
	return 0;
}

static void
settings_and_counters(void **st)
{
	struct store *s = temp_open_memory();
	char line[512] = "", *value;
	struct why why;

	(void)st;
	assert_null(store_find_setting(s, "ajuste", "b"));
	assert_int_equal(store_put_setting(s, "ajuste", "b", "1", &why), 0);
	assert_int_equal(store_put_setting(s, "ajuste", "a", "2", &why), 0);
	assert_int_equal(store_put_setting(s, "otro", "b", "3", &why), 0);
	assert_int_equal(store_put_setting(s, "ajuste", "b", "4", &why), 0);
	value = store_find_setting(s, "ajuste", "b");
	assert_string_equal(value, "4");
	free(value);
	assert_int_equal(store_each_setting(s, "ajuste", note_setting, line),
	    0);
	assert_string_equal(line, "a=2 b=4");
	assert_int_equal(store_find_counter(s, "VID"), 0);
	assert_int_equal(store_put_counter(s, "VID", 7, &why), 0);
	assert_int_equal(store_put_counter(s, "VID", 8, &why), 0);
	assert_int_equal(store_find_counter(s, "VID"), 8);
	store_free(s);
}

static int
note_draft(void *arg, const char *field, const char *value, const char *login,
    int64_t at)
{
	char word[96];

	(void)snprintf(word, sizeof word, "%s=%s:%s:%lld", field, value, login,
	    (long long)at);
	note(arg, word);
	return 0;
}

static void
are_drafts(struct store *s, const char *step, int row, const char *expected)
{
	char line[512] = "";

	assert_int_equal(store_each_draft(s, 1, step, row, note_draft, line),
	    0);
	assert_string_equal(line, expected);
}

static void
drafts_are_kept_by_field_and_thrown_away_by_step(void **st)
{
	struct store *s = temp_open_memory();
	struct why why;

	(void)st;
#define DRAFT(step, row, field, value) \
	assert_int_equal(store_put_draft(s, 1, step, row, field, value, \
	    "ana", 3, &why), 0)
	DRAFT("2.2", 0, "tema", "a");
	DRAFT("2.2", 0, "lugar", "b");
	DRAFT("2.2", 1, "tema", "c");
	DRAFT("2.3", 0, "tema", "d");
	DRAFT("2.2", 0, "tema", "e");
	are_drafts(s, "2.2", 0, "lugar=b:ana:3 tema=e:ana:3");
	DRAFT("2.2", 0, "lugar", NULL);
	are_drafts(s, "2.2", 0, "tema=e:ana:3");
	assert_int_equal(store_del_drafts(s, 1, "2.2", 0, &why), 0);
	are_drafts(s, "2.2", 0, "");
	are_drafts(s, "2.2", 1, "tema=c:ana:3");
	assert_int_equal(store_del_drafts(s, 2, NULL, 0, &why), 0);
	are_drafts(s, "2.3", 0, "tema=d:ana:3");
	assert_int_equal(store_del_drafts(s, 1, NULL, 0, &why), 0);
	are_drafts(s, "2.2", 1, "");
	are_drafts(s, "2.3", 0, "");
	store_free(s);
}

static void
is_answered(struct store *s, const uint8_t *op, const char *login,
    const char *expected)
{
	char *got = store_find_answer(s, op, login);

	if (expected == NULL)
		assert_null(got);
	else
		assert_string_equal(got, expected);
	free(got);
}

static void
the_first_answer_is_the_one_that_counts(void **st)
{
	const uint8_t a[OP_SIZE] = { 1 }, b[OP_SIZE] = { 2 };
	struct store *s = temp_open_memory();
	struct why why;

	(void)st;
	is_answered(s, a, "ana", NULL);
	assert_int_equal(store_put_answer(s, a, "ana", "uno", 10, &why), 0);
	assert_int_equal(store_put_answer(s, a, "ana", "dos", 11, &why), 0);
	assert_int_equal(store_put_answer(s, a, "beto", "tres", 20, &why), 0);
	is_answered(s, a, "ana", "uno");
	is_answered(s, a, "beto", "tres");
	is_answered(s, b, "ana", NULL);
	assert_int_equal(store_del_answers(s, 20, &why), 0);
	is_answered(s, a, "ana", NULL);
	is_answered(s, a, "beto", "tres");
	store_free(s);
}

static void
a_place_is_kept_for_each_person(void **st)
{
	struct store *s = temp_open_memory();
	struct why why;
	char *got;

	(void)st;
	assert_null(store_find_place(s, "ana"));
	assert_int_equal(store_put_place(s, "ana", "{}", &why), 0);
	assert_int_equal(store_put_place(s, "ana", "{\"a\":1}", &why), 0);
	got = store_find_place(s, "ana");
	assert_string_equal(got, "{\"a\":1}");
	assert_null(store_find_place(s, "beto"));
	free(got);
	store_free(s);
}

enum { VIEWS = 9 };

/* Put one row in each view; that of view number odd is different. */
static void
put_views(struct store *s, int odd)
{
	struct case_row ca = { .folio = ROW("V-1"), .procedure = ROW("P01"),
		.n = odd == 0 };
	struct task_row t = { .step = "1", .n = odd == 1 };
	struct record_row r = { .seq = 1, .record = "1", .at = odd == 2, .until = "" };
	struct person_row p = { .login = "ana", .active = odd == 3 };
	struct key_row k = { .login = "ana", .revoked = odd == 4 };
	struct grant_row g = { .id = 1, .login = "ana", .role = "head",
		.active = odd == 5 };
	struct procedure_row d = { .code = "P01", .revision = "0",
		.current = odd == 6 };
	struct why why;
	int r0;

	r0 = store_put_case(s, &ca, &why) | store_put_tasks(s, 1, &t, 1, &why) |
	    store_put_records(s, 1, &r, 1, &why) |
	    store_put_person(s, &p, &why) | store_put_key(s, &k, &why) |
	    store_put_grant(s, &g, &why) | store_put_procedure(s, &d, &why) |
	    store_put_setting(s, "k", "n", odd == 7 ? "x" : "y", &why) |
	    store_put_counter(s, "c", odd == 8, &why);
	assert_int_equal(r0, 0);
}

static void
the_sum_tells_any_view_that_differs(void **st)
{
	uint8_t sums[VIEWS + 1][HASH_SIZE];
	struct why why;
	int i, j;

	(void)st;
	for (i = 0; i <= VIEWS; i++) {
		struct store *s = temp_open_memory();

		put_views(s, i);
		assert_int_equal(store_digest(s, sums[i], &why), 0);
		for (j = 0; j < i; j++)
			assert_memory_not_equal(sums[i], sums[j], HASH_SIZE);
		store_free(s);
	}
}

static void
the_sum_does_not_run_columns_together(void **st)
{
	uint8_t a[HASH_SIZE], b[HASH_SIZE];
	struct store *s = temp_open_memory();
	struct why why;

	(void)st;
	assert_int_equal(store_put_setting(s, "k", "ab", "c", &why), 0);
	assert_int_equal(store_digest(s, a, &why), 0);
	assert_int_equal(store_clear_views(s, &why), 0);
	assert_int_equal(store_put_setting(s, "k", "a", "bc", &why), 0);
	assert_int_equal(store_digest(s, b, &why), 0);
	assert_memory_not_equal(a, b, HASH_SIZE);
	store_free(s);
}

static void
views_are_forgotten_and_come_back_the_same(void **st)
{
	uint8_t empty[HASH_SIZE], full[HASH_SIZE], again[HASH_SIZE];
	struct store *s = temp_open_memory();
	char *place;
	struct why why;
	int64_t count;

	(void)st;
	assert_int_equal(store_digest(s, empty, &why), 0);
	temp_fill(s, 5);
	assert_int_equal(store_put_place(s, "ana", "{}", &why), 0);
	assert_int_equal(store_put_draft(s, 1, "1", 0, "a", "b", "ana", 1,
	    &why), 0);
	assert_int_equal(store_digest(s, full, &why), 0);
	assert_memory_equal(empty, full, HASH_SIZE);	/* these are no views */
	put_views(s, VIEWS);
	assert_int_equal(store_digest(s, full, &why), 0);
	assert_memory_not_equal(empty, full, HASH_SIZE);
	assert_int_equal(store_clear_views(s, &why), 0);
	assert_int_equal(store_digest(s, again, &why), 0);
	assert_memory_equal(empty, again, HASH_SIZE);
	assert_int_equal(store_verify(s, &count, &why), 0);
	assert_int_equal(count, 5);
	are_drafts(s, "1", 0, "a=b:ana:1");
	place = store_find_place(s, "ana");
	assert_string_equal(place, "{}");
	free(place);
	put_views(s, VIEWS);
	assert_int_equal(store_digest(s, again, &why), 0);
	assert_memory_equal(full, again, HASH_SIZE);
	store_free(s);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_person_is_put_and_put_again),
		cmocka_unit_test(a_person_has_keys),
		cmocka_unit_test(rights_are_kept_by_the_event_that_gave_them),
		cmocka_unit_test(one_revision_of_a_procedure_is_current),
		cmocka_unit_test(settings_and_counters),
		cmocka_unit_test(
		    drafts_are_kept_by_field_and_thrown_away_by_step),
		cmocka_unit_test(the_first_answer_is_the_one_that_counts),
		cmocka_unit_test(a_place_is_kept_for_each_person),
		cmocka_unit_test(the_sum_tells_any_view_that_differs),
		cmocka_unit_test(the_sum_does_not_run_columns_together),
		cmocka_unit_test(views_are_forgotten_and_come_back_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
