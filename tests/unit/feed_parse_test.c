/* SPDX-License-Identifier: ISC */
/* rooms: courier confine proto */
/*
 * feed_parse_test.c - feeds as they really come become notes that can be read,
 * and what is no feed is refused with a sentence.  The feeds are those of the
 * corpus that the fuzzer begins with.
 */
#include "test.h"
#include "../../server/courier/feed_date.h"
#include "../../server/courier/feed_parse.h"

enum { ITEMS = 4 };

struct got {
	struct feed_item v[ITEMS];
	char at[ITEMS][WHEN_TEXT];
	int count;
	struct why why;
};

static int
on_item(void *arg, const struct feed_item *it)
{
	struct got *g = arg;

	assert_true(g->count < ITEMS);
	g->v[g->count] = (struct feed_item){ xstrdup(it->title),
		xstrdup(it->text), xstrdup(it->link), xstrdup(it->author),
		xstrdup(it->guid), it->published };
	(void)when_text(it->published, g->at[g->count++]);
	return 0;
}

static int
read_text(const char *text, size_t n, struct got *g)
{
	memset(g, 0, sizeof *g);
	return feed_parse(text, n, "https://diario.mx/canal/rss", on_item, g,
	    &g->why);
}

static int
read_file(const char *name, struct got *g)
{
	char *path = xasprintf("tests/fuzz/corpus/feed/%s", name);
	char *text = test_read(path);
	int r = read_text(text, strlen(text), g);

	free(text);
	free(path);
	return r;
}

static void
got_clear(struct got *g)
{
	while (g->count-- > 0) {
		free((char *)g->v[g->count].title);
		free((char *)g->v[g->count].text);
		free((char *)g->v[g->count].link);
		free((char *)g->v[g->count].author);
		free((char *)g->v[g->count].guid);
	}
}

static void
an_item_says_what_a_reader_would_see(void **st)
{
	struct got g;

	(void)st;
	assert_int_equal(read_file("rss2", &g), 2);
	assert_string_equal(g.v[0].title, "Jornada de vacunación en Sonora");
	assert_string_equal(g.v[0].text, "Uno. Dos & tres.");
	assert_string_equal(g.v[0].link,
	    "https://diario.mx/nota/1?a=1&b=2");
	assert_string_equal(g.v[0].guid, "n-1");
	assert_string_equal(g.v[0].author, "Ana Ríos");
	assert_string_equal(g.at[0], "2026-11-23T17:00:00Z");
	/* A bare ampersand, no guid, a date in Spanish. */
	assert_string_equal(g.v[1].title, "Q&A con el director");
	assert_string_equal(g.v[1].guid, "https://diario.mx/nota/2");
	assert_string_equal(g.at[1], "2026-11-23T15:05:00Z");
	got_clear(&g);
}

static void
atom_and_rdf_are_feeds_too(void **st)
{
	struct got g;

	(void)st;
	assert_int_equal(read_file("atom", &g), 1);
	assert_string_equal(g.v[0].title, "Campaña nueva");
	assert_string_equal(g.v[0].text, "Primero Segundo");
	assert_string_equal(g.v[0].link,
	    "https://diario.mx/canal/noticias/1");
	assert_string_equal(g.v[0].author, "Luis");
	assert_string_equal(g.at[0], "2026-11-23T17:00:00Z");
	got_clear(&g);
	assert_int_equal(read_file("rdf", &g), 1);
	assert_string_equal(g.v[0].guid, "https://uno.mx/1");
	assert_string_equal(g.at[0], "2026-11-23T00:00:00Z");
	got_clear(&g);
}

static void
letters_are_what_they_are_not_what_is_said(void **st)
{
	static const char utf16[] = "\xff\xfe<\0r\0s\0s\0>\0<\0i\0t\0e\0m\0>\0"
	    "<\0t\0i\0t\0l\0e\0>\0\xd1\0<\0/\0t\0i\0t\0l\0e\0>\0<\0/\0i\0t\0"
	    "e\0m\0>\0<\0/\0r\0s\0s\0>\0";
	static const char mixed[] = "<?xml version='1.0' "
	    "encoding='iso-8859-1'?><rss><item><title>ni\xc3\xb1o \xed\x1b[0m"
	    "</title></item></rss>";
	struct got g;

	(void)st;
	assert_int_equal(read_file("latin", &g), 1);
	assert_string_equal(g.v[0].title, "Educación “hoy” €");
	got_clear(&g);
	assert_int_equal(read_text(utf16, sizeof utf16 - 1, &g), 1);
	assert_string_equal(g.v[0].title, "Ñ");
	got_clear(&g);
	/* Both in one, and a control character. */
	assert_int_equal(read_text(mixed, sizeof mixed - 1, &g), 1);
	assert_string_equal(g.v[0].title, "niño í[0m");
	got_clear(&g);
}

static void
what_is_no_feed_is_refused_in_words(void **st)
{
	static const struct { const char *file, *say; } rows[] = {
		{ "doctype", "DOCTYPE" },
		{ "page", "es de una página" },
		{ "deep", "demasiados niveles" },
	};
	static const char *const texts[] = { "", "hola", "{\"a\":1}",
		"<html><body/></html>", "<rss><channel><item><title>x" };
	struct got g;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(read_file(rows[i].file, &g), -ERR_REFUSED);
		assert_non_null(strstr(g.why.text, rows[i].say));
		assert_int_equal(g.count, 0);
	}
	for (i = 0; i < ARRAY_LEN(texts); i++) {
		assert_int_equal(read_text(texts[i], strlen(texts[i]), &g),
		    -ERR_REFUSED);
		assert_true(strlen(g.why.text) > 20);
	}
	/* What came whole before it was cut off counts. */
	assert_int_equal(read_file("cut", &g), 1);
	assert_string_equal(g.v[0].title, "Entera");
	got_clear(&g);
}

static void
an_address_that_is_none_of_the_web_is_left_out(void **st)
{
	static const char *const links[] = { "javascript:alert(1)",
		"file:///etc/passwd", "ftp://x.mx/1", "data:text/html,x" };
	struct got g;
	char *text;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(links); i++) {
		text = xasprintf("<rss><item><title>t</title><link>%s</link>"
		    "</item></rss>", links[i]);
		assert_int_equal(read_text(text, strlen(text), &g), 1);
		assert_string_equal(g.v[0].link, "");
		got_clear(&g);
		free(text);
	}
}

static void
dates_as_feeds_write_them(void **st)
{
	static const struct { const char *said, *utc; } rows[] = {
		{ "Mon, 23 Nov 2026 10:00:00 GMT", "2026-11-23T10:00:00Z" },
		{ "Mon, 23 Nov 2026 10:00:00 +0000", "2026-11-23T10:00:00Z" },
		{ "23 Nov 2026 10:00 EST", "2026-11-23T15:00:00Z" },
		{ "Lunes, 23 de noviembre de 2026 10:00:00 -0600",
		    "2026-11-23T16:00:00Z" },
		{ "Nov 23, 2026 10:00 pm", "2026-11-23T22:00:00Z" },
		{ "2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z" },
		{ "2026-11-23T10:00:00.123+05:30", "2026-11-23T04:30:00Z" },
		{ "2026-11-23 10:00", "2026-11-23T10:00:00Z" },
		{ "2026-11-23", "2026-11-23T00:00:00Z" },
		{ "23/11/2026 10:00:00", "2026-11-23T10:00:00Z" },
		{ "29 Feb 2028 00:00:00 -6", "2028-02-29T06:00:00Z" },
		{ "1 ene 99", "1999-01-01T00:00:00Z" },
		{ "", NULL }, { "ayer", NULL }, { "2026-13-01", NULL },
		{ "32 Nov 2026", NULL }, { "23 Nov 2026 25:00", NULL },
		{ "1e9", NULL }, { "((((", NULL }, { "99999999999", NULL },
	};
	char at[WHEN_TEXT];
	struct when t;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		t = feed_date(rows[i].said);
		if (rows[i].utc == NULL ? t.s != 0 :
		    strcmp(when_text(t, at), rows[i].utc) != 0)
			fail_msg("%s: %s", rows[i].said,
			    when_text(t, at));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_item_says_what_a_reader_would_see),
		cmocka_unit_test(atom_and_rdf_are_feeds_too),
		cmocka_unit_test(letters_are_what_they_are_not_what_is_said),
		cmocka_unit_test(what_is_no_feed_is_refused_in_words),
		cmocka_unit_test(
		    an_address_that_is_none_of_the_web_is_left_out),
		cmocka_unit_test(dates_as_feeds_write_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
