/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * job_test.c - what the courier is given and what comes of it: at least once,
 * by the core's clock, in the turn that caused it, and for nobody else.
 */
#include "bureau.h"
#include "../../server/core/job.h"

/* A line of the courier's; its status. */
static int
courier(struct bureau *o, const char *line)
{
	struct caller who = { .source = "test", .courier = true };
	struct answer a;
	struct why why;
	char **words;
	size_t n;

	assert_int_equal(text_words(line, &words, &n, &why), 0);
	core_run(o->c, &who, NULL, (const char *const *)words, true, &a);
	text_words_free(words);
	json_decref(o->doc);
	o->doc = json_loads(a.doc, 0, NULL);
	o->status = a.status;
	answer_clear(&a);
	assert_int_equal(core_commit(o->c, &why), 0);
	return o->status;
}

/* How many jobs it is given now. */
static size_t
given(struct bureau *o)
{
	assert_int_equal(courier(o, "encargo-tomar"), 0);
	return json_array_size(json_object_get(o->doc, "jobs"));
}

static int64_t
put(struct bureau *o, const char *key)
{
	struct job_row row = { .key = key, .kind = "feed",
		.office = "central", .title = "El Diario",
		.body = "{\"url\":\"https://diario.mx/rss\"}" };
	struct why why;

	assert_int_equal(job_put(o->c, &row, &why), 0);
	assert_int_equal(core_commit(o->c, &why), 0);
	return row.id;
}

/* The n-th of those that people see. */
static const json_t *
seen(struct bureau *o, const char *login, size_t i)
{
	bureau_ok(o, login, "encargos --todos");
	return json_array_get(json_object_get(o->doc, "jobs"), i);
}

static const char *
seen_text(struct bureau *o, const char *key)
{
	const char *s = json_string_value(json_object_get(
	    seen(o, "jefa", 0), key));

	return s != NULL ? s : "";
}

#define courierf(o, ...) do { \
	char *line_ = xasprintf(__VA_ARGS__); \
	assert_int_equal(courier(o, line_), 0); \
	free(line_); \
} while (0)

static void
a_job_is_given_once_while_it_is_under_way(void **st)
{
	struct bureau *o = *st;
	int64_t id = put(o, "feed:1");
	json_t *job;

	assert_true(core_calls_courier(o->c));
	assert_false(core_calls_courier(o->c));
	assert_int_equal(given(o), 1);
	job = json_array_get(json_object_get(o->doc, "jobs"), 0);
	assert_int_equal(json_integer_value(json_object_get(job, "id")), id);
	assert_string_equal(json_string_value(json_object_get(
	    json_object_get(job, "body"), "url")), "https://diario.mx/rss");
	assert_int_equal(given(o), 0);
	/* The same key is the same job. */
	assert_int_equal(put(o, "feed:1"), id);
	assert_int_equal(given(o), 0);
}

static void
a_core_that_starts_again_gives_it_again(void **st)
{
	struct bureau *o = *st;
	int64_t id = put(o, "feed:1");

	assert_int_equal(given(o), 1);
	bureau_open(o);
	assert_int_equal(given(o), 1);
	courierf(o, "encargo-fin %lld 'resultado={\"etag\":\"x\"}'",
	    (long long)id);
}

static void
a_courier_that_dies_with_it_has_tried(void **st)
{
	struct bureau *o = *st;
	struct why why;

	(void)put(o, "feed:1");
	assert_int_equal(given(o), 1);
	core_courier_is_gone(o->c);
	assert_int_equal(core_commit(o->c, &why), 0);
	assert_int_equal(given(o), 0);
	assert_int_equal(json_integer_value(json_object_get(
	    seen(o, "jefa", 0), "tries")), 1);
	assert_non_null(strstr(seen_text(o, "error"), "se detuvo"));
	bureau_clock(o, "2026-11-23T16:03:00Z");
	assert_int_equal(given(o), 1);
}

/* Minute after minute: 1, 2, 4 … 60, 60. */
static void
each_failure_waits_longer_up_to_an_hour(void **st)
{
	struct bureau *o = *st;
	int64_t id = put(o, "feed:1"), wait = 60, now;
	struct when next;
	int i;

	for (i = 0; i < 9; i++) {
		assert_int_equal(given(o), 1);
		now = core_now(o->c).s;
		courierf(o, "encargo-fin %lld 'resultado={\"error\":\"No hay "
		    "red.\"}'", (long long)id);
		assert_int_equal(given(o), 0);
		assert_string_equal(seen_text(o, "error"), "No hay red.");
		assert_int_equal(when_parse(seen_text(o, "next"), &next), 0);
		assert_in_range(next.s - now, wait, wait + 30);
		o->c->clock_moved += wait + 30;
		wait = wait * 2 > 3600 ? 3600 : wait * 2;
	}
	/* A server that asks for more gets it, within that hour. */
	assert_int_equal(given(o), 1);
	courierf(o, "encargo-fin %lld 'resultado={\"etag\":\"x\"}'",
	    (long long)id);
	assert_string_equal(seen_text(o, "error"), "");
	assert_int_equal(json_integer_value(json_object_get(
	    seen(o, "jefa", 0), "tries")), 0);
}

static void
what_is_refused_for_good_waits_for_a_person(void **st)
{
	struct bureau *o = *st;
	int64_t id = put(o, "feed:1");

	assert_int_equal(given(o), 1);
	courierf(o, "encargo-fin %lld 'resultado={\"error\":\"mal\\u001b[31m\","
	    "\"final\":true}'", (long long)id);
	assert_string_equal(seen_text(o, "state"), "failed");
	/* Foreign words reach nobody's terminal as they came. */
	assert_string_equal(seen_text(o, "error"), "mal<U+001B>[31m");
	bureau_clock(o, "2026-11-29T16:00:00Z");
	assert_int_equal(given(o), 0);
	bureau_nof(o, "admin", 3, "a su alcance", "reintentar %lld",
	    (long long)id);
	bureau_okf(o, "jefa", "reintentar %lld", (long long)id);
	assert_int_equal(given(o), 1);
	bureau_nof(o, "jefa", 1, "se está haciendo", "reintentar %lld",
	    (long long)id);
}

/* What waited in a backup may have left since: a person says. */
static void
a_restored_record_sends_nothing_by_itself(void **st)
{
	struct job_row mail = { .key = "mail:1", .kind = "mail",
		.office = "central", .title = "Síntesis", .body = "{}" };
	struct bureau *o = *st;
	int64_t id = put(o, "feed:1");
	struct why why;

	assert_int_equal(job_put(o->c, &mail, &why), 0);
	assert_int_equal(core_commit(o->c, &why), 0);
	assert_int_equal(job_hold(o->c, &why), 0);
	assert_int_equal(core_commit(o->c, &why), 0);
	assert_int_equal(given(o), 1);
	assert_int_equal(json_integer_value(json_object_get(json_array_get(
	    json_object_get(o->doc, "jobs"), 0), "id")), id);
	assert_string_equal(seen_text(o, "state"), "failed");
	assert_non_null(strstr(seen_text(o, "error"), "respaldo"));
	bureau_okf(o, "jefa", "reintentar %lld", (long long)mail.id);
	assert_string_equal(seen_text(o, "state"), "waiting");
}

static void
a_late_answer_changes_nothing(void **st)
{
	struct bureau *o = *st;
	int64_t id = put(o, "feed:1");
	struct why why;
	char *line;

	assert_int_equal(given(o), 1);
	assert_int_equal(job_cancel(o->c, "feed:1", &why), 0);
	assert_int_equal(core_commit(o->c, &why), 0);
	line = xasprintf("encargo-fin %lld 'resultado={}'", (long long)id);
	assert_int_equal(courier(o, line), 1);
	free(line);
	assert_string_equal(seen_text(o, "state"), "cancelled");
	assert_int_equal(courier(o, "encargo-fin 99 'resultado={}'"), 3);
	assert_int_equal(job_wake(o->c, "feed:1", core_now(o->c).s, "{}",
	    &why), 0);
	assert_int_equal(core_commit(o->c, &why), 0);
	assert_int_equal(given(o), 1);
}

static void
a_full_turn_takes_no_more_than_its_kind_may(void **st)
{
	struct bureau *o = *st;
	size_t most = job_find_kind("feed")->most;
	char key[32];
	size_t i;

	for (i = 0; i < most + 3; i++) {
		(void)snprintf(key, sizeof key, "feed:%zu", i);
		(void)put(o, key);
	}
	assert_int_equal(given(o), most);
	assert_int_equal(given(o), 0);
}

static void
nobody_else_says_what_the_courier_says(void **st)
{
	struct bureau *o = *st;

	bureau_no(o, "jefa", 2, "No hay una orden", "encargo-tomar");
	bureau_no(o, NULL, 2, "No hay una orden", "encargo-tomar");
	assert_int_equal(courier(o, "bandeja"), 2);
	assert_int_equal(courier(o, "persona-alta x nombre=x"), 2);
	assert_int_equal(courier(o, "ajustes"), 2);
	(void)put(o, "feed:1");
	/* Another office does not see it. */
	assert_null(seen(o, "ana", 0));
	assert_non_null(seen(o, "difu", 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(a_job_is_given_once_while_it_is_under_way),
		IN_BUREAU(a_core_that_starts_again_gives_it_again),
		IN_BUREAU(a_courier_that_dies_with_it_has_tried),
		IN_BUREAU(each_failure_waits_longer_up_to_an_hour),
		IN_BUREAU(what_is_refused_for_good_waits_for_a_person),
		IN_BUREAU(a_restored_record_sends_nothing_by_itself),
		IN_BUREAU(a_late_answer_changes_nothing),
		IN_BUREAU(a_full_turn_takes_no_more_than_its_kind_may),
		IN_BUREAU(nobody_else_says_what_the_courier_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
