/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/* search_scan_test.c - what was read in clippings, in the file of the words. */
#include "bureau.h"
#include "../../server/store/search.h"

static void
scan_on_row(void *arg, const struct scan_row *row)
{
	(void)snprintf(arg, 64, "%s %d %s", row->sha256, (int)row->state,
	    row->words);
}

/* "a 1 words", "" when there is none. */
static void
scan_is(struct search *s, const char *sha256, const char *line)
{
	char now[64] = "";

	(void)search_find_scan(s, 7, sha256, scan_on_row, now);
	assert_string_equal(now, line);
}

static void
scans_are(struct search *s, const char *files)
{
	struct search_mark m = *search_mark(s);
	struct why why;

	assert_int_equal(search_begin(s, &why), 0);
	assert_int_equal(search_keep_scans(s, 7, files, &why), 0);
	assert_int_equal(search_commit(s, &m, &why), 0);
}

static void
scan_ends(struct search *s, const char *sha256, enum scan_state state,
    const char *words)
{
	struct why why;

	assert_int_equal(search_put_scan(s, &(struct scan_row){ .kase = 7,
	    .sha256 = sha256, .state = state, .words = words }, &why), 0);
}

#define SCAN(sum, type) "{\"sha256\":\"" sum "\",\"type\":\"" type "\"}"

static void
what_was_read_stays_while_the_case_has_the_file(void **st)
{
	struct bureau *o = *st;
	char *path = xasprintf("%s/scans.db", o->t->folder), next[64] = "";
	struct search *s;
	struct why why;

	assert_int_equal(search_open(path, &s, &why), 0);
	scans_are(s, "[" SCAN("a", "image") "," SCAN("b", "pdf") "]");
	scan_is(s, "a", "a 0 ");
	scan_ends(s, "a", SCAN_READ, "Abrió");
	scans_are(s, "[" SCAN("a", "image") "," SCAN("c", "image") "]");
	scan_is(s, "a", "a 1 Abrió");
	scan_is(s, "b", "");
	assert_int_equal(search_next_scan(s, scan_on_row, next), 1);
	assert_string_equal(next, "c 0 ");
	/* Nothing reads here: nobody tries the others. */
	scans_are(s, "[" SCAN("c", "image") "," SCAN("d", "image") ","
	    SCAN("e", "pdf") "]");
	scan_ends(s, "c", SCAN_ABSENT, "");
	scan_is(s, "d", "d 2 ");
	scan_is(s, "e", "e 0 ");
	assert_int_equal(search_retry_scans(s, &why), 0);
	scan_is(s, "d", "d 0 ");
	/* Of a case that is in no place. */
	assert_int_equal(search_clear_scans(s, &why), 0);
	assert_int_equal(search_next_scan(s, scan_on_row, next), 0);
	search_free(s);
	free(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(what_was_read_stays_while_the_case_has_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
