/* SPDX-License-Identifier: ISC */
/* rooms: store proto */
/*
 * erase_test.c - bodies that had to go: the chain stays, nothing of them is
 * left in the file, and none may be missing that nobody erased.
 */
#include "temp.h"

/* Verification says this; sound: NULL. */
static void
verify_says(const struct temp *t, const char *say)
{
	struct store *s = temp_open(t, STORE_READONLY);
	struct why why = { 0 };
	int64_t count;
	int r = store_verify(s, &count, &why);

	if (say == NULL ? r < 0 : strstr(why.text, say) == NULL)
		fail_msg("\"%s\", not \"%s\"", why.text, say);
	store_free(s);
}

static int
count_bodies(void *arg, const struct entry *e)
{
	*(int *)arg += e->body != NULL;
	return 0;
}

/* Say, as an event of the office, that the bodies of these were erased. */
static void
say_erased(struct store *s, const char *events)
{
	struct entry e = { .kase = 0 };
	struct why why;

	e.body = xasprintf("{\"case\":null,\"data\":{\"events\":[%s],"
	    "\"type\":\"case.erased\"},\"n\":%lld,\"op\":\"%032d\"}", events,
	    (long long)store_next_seq(s), 0);
	assert_int_equal(store_append(s, &e, &why), 0);
	free(e.body);
}

static void
an_erased_body_keeps_the_chain(void **st)
{
	struct store *s = temp_open(*st, STORE_CREATE);
	int bodies = 0;
	struct why why;

	temp_fill(s, 10);
	assert_int_equal(store_begin(s, &why), 0);
	say_erased(s, "5,10");
	assert_int_equal(store_erase_body(s, 5, &why), 0);
	assert_int_equal(store_erase_body(s, 10, &why), 0);
	assert_int_equal(store_commit(s, &why), 0);
	store_free(s);
	verify_says(*st, NULL);
	s = temp_open(*st, 0);
	assert_int_equal(store_each(s, 1, count_bodies, &bodies, &why), 0);
	assert_int_equal(bodies, 9);
	temp_fill(s, 1);			/* and it goes on */
	store_free(s);
	verify_says(*st, NULL);
	temp_tamper(*st, "UPDATE events SET leaf = zeroblob(32) WHERE seq = 5");
	verify_says(*st, "evento 5: no continúa");
}

/* A body may go only where a later event says so. */
static void
a_body_that_nobody_erased_is_missed(void **st)
{
	struct store *s = temp_open(*st, STORE_CREATE);
	struct why why;

	assert_int_equal(store_begin(s, &why), 0);
	say_erased(s, "2,7,9");
	assert_int_equal(store_commit(s, &why), 0);
	temp_fill(s, 10);
	store_free(s);
	verify_says(*st, NULL);
	temp_tamper(*st, "UPDATE events SET body = NULL, salt = NULL"
	    " WHERE seq IN (7, 9)");
	verify_says(*st, "evento 7: le falta");
}

static size_t
file_count(const char *path, const char *text)
{
	char *bytes = NULL;
	size_t n = 0, found = 0, at;
	struct stat sb;
	FILE *f = fopen(path, "rb");

	if (f == NULL)
		return 0;
	assert_int_equal(fstat(fileno(f), &sb), 0);
	bytes = xcalloc((size_t)sb.st_size + 1, 1);
	n = fread(bytes, 1, (size_t)sb.st_size, f);
	for (at = 0; at + strlen(text) <= n; at++)
		found += memcmp(bytes + at, text, strlen(text)) == 0;
	free(bytes);
	(void)fclose(f);
	return found;
}

static void
what_was_erased_leaves_no_trace_in_the_file(void **st)
{
	struct temp *t = *st;
	struct store *s = temp_open(t, STORE_CREATE);
	char *log = xasprintf("%s-wal", t->path);
	struct entry e = { .kase = 7 };
	struct why why;

	e.body = xstrdup("{\"case\":\"C-7\",\"data\":\"CANARIO\",\"n\":1,"
			 "\"op\":\"00000000000000000000000000000000\"}");
	assert_int_equal(store_begin(s, &why), 0);
	assert_int_equal(store_append(s, &e, &why), 0);
	assert_int_equal(store_put_draft(s, 7, "1.1", 0, "a", "CANARIO", "ana",
	    1, &why), 0);
	assert_int_equal(store_commit(s, &why), 0);
	free(e.body);
	assert_true(file_count(t->path, "CANARIO") +
	    file_count(log, "CANARIO") > 0);
	assert_int_equal(store_begin(s, &why), 0);
	say_erased(s, "1");
	assert_int_equal(store_erase_body(s, 1, &why), 0);
	assert_int_equal(store_forget_case(s, 7, &why), 0);
	assert_int_equal(store_commit(s, &why), 0);
	assert_int_equal(store_checkpoint(s, 1000, &why), 0);
	assert_int_equal(file_count(t->path, "CANARIO"), 0);
	assert_int_equal(file_count(log, "CANARIO"), 0);
	store_free(s);
	verify_says(t, NULL);
	free(log);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		IN_FOLDER(an_erased_body_keeps_the_chain),
		IN_FOLDER(a_body_that_nobody_erased_is_missed),
		IN_FOLDER(what_was_erased_leaves_no_trace_in_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
