/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * hostile_test.c - what somebody with a key may send who means no good: bytes
 * that are no text, and far too much of everything.
 */
#include "bureau.h"

/* The line with text in place of %s.  Given. */
static char *
line_fill(const char *line, const char *text)
{
	const char *at = strstr(line, "%s");

	return xasprintf("%.*s%s%s", (int)(at - line), line, text, at + 2);
}

static void
words_that_are_no_text_are_refused(void **st)
{
	static const char *const bad[] = { "a\x01z", "a\x7fz", "a\xffz",
		"a\xc2\x9bz", "a\rz", "\xed\xa0\x80" };
	static const char *const lines[] = { "suplencia persona=dg desde=hoy "
		"hasta=+1 motivo=%s", "cancelar CON-2026-0001 motivo=%s",
		"ajuste alert_minutes %s", "buscar %s", "%s", "bandeja --%s",
		"iniciar 63-COM-P02 tracks=redes title=%s", "lugar %s",
		"borrador CON-2026-0001 1.1 body=%s", "hacer %s 1.1",
		"iniciar 63-COM-P02 %s=1", "iniciar 63-COM-P02 inicio=%s" };
	struct bureau *o = *st;
	char folio[32], *line;
	size_t i, k;
	int64_t head;

	bureau_bulletin(o, "jefa", folio);
	head = bureau_head(o);
	for (i = 0; i < ARRAY_LEN(bad); i++)
		for (k = 0; k < ARRAY_LEN(lines); k++) {
			line = line_fill(lines[k], bad[i]);
			if (bureau_line(o, "jefa", NULL, line) != 1 &&
			    o->status != 2)
				fail_msg("%s: %d", lines[k], o->status);
			free(line);
		}
	assert_int_equal(bureau_head(o), head);
}

/* "[x,x,x,…]" with n of them.  Given. */
static char *
many_text(const char *open, const char *item, size_t n, const char *close)
{
	struct buf b;
	char *text;
	size_t i;

	buf_init(&b, 16 << 20);
	(void)buf_addf(&b, "%s", open);
	for (i = 0; i < n; i++)
		(void)buf_addf(&b, "%s%s", i > 0 && *item != '[' ? "," : "",
		    item);
	(void)buf_addf(&b, "%s", close);
	text = xstrdup(buf_str(&b));
	buf_clear(&b);
	return text;
}

/* Values for a field of a list, of several choices and of text. */
static const struct {
	const char *open, *item;
	size_t n;
	const char *close;
} too_much[] = {
	{ "links=", "a", 100000, "" },
	{ "links=[", "\"a\"", 50000, "]" },
	{ "media=[", "{}", 80000, "]" },
	{ "media=[", "{\"medium\":\"a\"}", 12000, "]" },
	{ "media=[", "{\"medium\":\"a\"}", 1001, "]" },
	{ "media=", "[", 200000, "" },
	{ "media=[{\"medium\":", "[", 200000, "" },
	{ "media=[{\"days\":[", "\"lunes\"", 20000, "]}]" },
	{ "media=", "x", 400000, "" },
	{ "title=", "x", 400000, "" },
	{ "", "x", 400000, "" },
	{ "--", "x", 400000, "" },
};

static void
what_is_too_much_is_refused_in_no_time(void **st)
{
	struct bureau *o = *st;
	clock_t began = clock();
	char folio[32], *word;
	int64_t head;
	size_t i;

	bureau_ok(o, "jefa", "iniciar 63-COM-P03 inicio=rol");
	(void)snprintf(folio, sizeof folio, "%s", bureau_text(o, "folio"));
	head = bureau_head(o);
	for (i = 0; i < ARRAY_LEN(too_much); i++) {
		word = many_text(too_much[i].open, too_much[i].item,
		    too_much[i].n, too_much[i].close);
		(void)bureau_run(o, "jefa", NULL, (const char *const[]){
		    "hacer", folio, "1.1", word, NULL });
		assert_in_range(o->status, 1, 2);
		(void)bureau_run(o, "jefa", NULL, (const char *const[]){
		    "iniciar", "63-COM-P02", word, NULL });
		assert_in_range(o->status, 1, 2);
		assert_int_equal(bureau_run(o, "jefa", NULL,
		    (const char *const[]){ word, NULL }), 2);
		(void)bureau_run(o, "jefa", NULL,
		    (const char *const[]){ "buscar", word, NULL });
		assert_in_range(o->status, 0, 2);
		free(word);
	}
	assert_int_equal(bureau_head(o), head);
	assert_true((clock() - began) / CLOCKS_PER_SEC < 20);
}

static void
a_list_has_a_thousand_rows_at_most(void **st)
{
	struct bureau *o = *st;
	char *rows = many_text("media=[", "{\"medium\":\"a\",\"kind\":"
	    "\"radio\",\"programme\":\"p\",\"days\":\"lunes\","
	    "\"starts_at\":\"9:00\",\"ends_at\":\"9:30\","
	    "\"phones\":\"1\"}", 1001, "]");
	char folio[32];

	bureau_ok(o, "jefa", "iniciar 63-COM-P03 inicio=rol");
	(void)snprintf(folio, sizeof folio, "%s", bureau_text(o, "folio"));
	(void)bureau_run(o, "jefa", NULL, (const char *const[]){ "hacer",
	    folio, "1.1", rows, NULL });
	assert_int_equal(o->status, 1);
	if (strstr(bureau_message(o), "caben 1000") == NULL)
		fail_msg("%s", bureau_message(o));
	free(rows);
}

static void
a_line_has_so_many_words(void **st)
{
	struct bureau *o = *st;
	const char *words[WORDS_MAX + 3];
	char names[WORDS_MAX + 3][16];
	size_t i;

	words[0] = "iniciar";
	words[1] = "63-COM-P02";
	for (i = 2; i < ARRAY_LEN(words) - 1; i++) {
		(void)snprintf(names[i], sizeof names[i], "a%zu=b", i);
		words[i] = names[i];
	}
	words[i] = NULL;
	assert_int_equal(bureau_run(o, "difu", NULL, words), 2);
	if (strstr(bureau_message(o), "512 palabras") == NULL)
		fail_msg("%s", bureau_message(o));
}

/* Reading everything does not keep everything. */
static void
what_was_only_read_is_let_go_of(void **st)
{
	struct caller who = { .login = "difu" };
	struct bureau *o = *st;
	struct answer a;
	struct why why;
	size_t i;

	for (i = 0; i < 1100; i++)
		bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=redes");
	bureau_open(o);
	assert_false(core_is_dirty(o->c));
	core_run(o->c, &who, NULL, (const char *const[]){ "informe",
	    "desde=2026-01-01", "hasta=2026-12-31", NULL }, true, &a);
	assert_int_equal(a.status, 0);
	answer_clear(&a);
	assert_true(core_is_dirty(o->c));
	assert_int_equal(core_commit(o->c, &why), 0);
	assert_false(core_is_dirty(o->c));
	assert_true(o->c->held_count <= 1024);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(words_that_are_no_text_are_refused),
		IN_BUREAU(what_is_too_much_is_refused_in_no_time),
		IN_BUREAU(a_list_has_a_thousand_rows_at_most),
		IN_BUREAU(a_line_has_so_many_words),
		IN_BUREAU(what_was_only_read_is_let_go_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
