/* SPDX-License-Identifier: ISC */
/* rooms: courier proto */
/*
 * page_test.c - what is published is escaped, and what is there is known to
 * be there: the proof reads the very pages that the template writes.
 */
#include "test.h"

#include "../../server/courier/page.h"
#include "../../server/courier/proof.h"

static struct page
page_plain(void)
{
	return (struct page){
		.title = "Jornada de vacunación",
		.text = "Habrá vacunas en el módulo.\n\nSin cita previa.\n",
		.site = "Instituto", .unit = "Unidad de Enlace",
		.url = "https://www.instituto.mx/con-2026-0004/",
		.at = { 1795447800 },
	};
}

static char *
page_bytes(const struct page *p)
{
	struct buf b;
	char *text;

	buf_init(&b, PAGE_MAX);
	assert_int_equal(page_write(p, &b), 0);
	text = xstrdup(buf_str(&b));
	buf_clear(&b);
	return text;
}

static void
a_page_says_what_the_bulletin_says(void **st)
{
	struct page p = page_plain();
	char *text = page_bytes(&p);

	(void)st;
	assert_non_null(strstr(text, "<h1>Jornada de vacunación</h1>\n"
	    "<time datetime=\"2026-11-23T15:30:00Z\">23/11/2026</time>\n"
	    "<p>Habrá vacunas en el módulo.</p>\n"
	    "<p>Sin cita previa.\n</p>\n"));
	assert_non_null(strstr(text,
	    "<title>Jornada de vacunación · Instituto</title>"));
	assert_non_null(strstr(text, "body{max-width"));
	free(text);
}

/* At half past seven in the evening in Hermosillo it is tomorrow by UTC. */
static void
its_day_is_that_of_its_office(void **st)
{
	struct page p = page_plain();
	char *text;

	(void)st;
	assert_int_equal(when_parse("2026-11-24T02:30:00Z", &p.at), 0);
	p.day = "2026-11-23";
	text = page_bytes(&p);
	assert_non_null(strstr(text, "<time datetime=\"2026-11-24T02:30:00Z\">"
	    "23/11/2026</time>"));
	free(text);
	p.day = "";
	text = page_bytes(&p);
	assert_non_null(strstr(text, ">24/11/2026</time>"));
	free(text);
}

static void
no_text_becomes_markup(void **st)
{
	struct page p = page_plain();
	char *text;

	(void)st;
	p.title = "<script>x</script>\" onload='y' {text}";
	p.text = "<img src=x>\n\n&amp; {title}\x01";
	p.url = "https://x/\"><b>";
	text = page_bytes(&p);
	assert_null(strstr(text, "<script>"));
	assert_null(strstr(text, "<img"));
	assert_null(strstr(text, "\"><b>"));
	assert_non_null(strstr(text, "<h1>&lt;script&gt;x&lt;/script&gt;&quot;"
	    " onload=&#39;y&#39; {text}</h1>"));
	assert_non_null(strstr(text, "<p>&amp;amp; {title}\xef\xbf\xbd</p>"));
	free(text);
}

static void
a_feed_has_its_entries(void **st)
{
	struct page p = page_plain();
	struct buf entry, feed;

	(void)st;
	p.title = "A & B";
	buf_init(&entry, PAGE_MAX);
	buf_init(&feed, PAGE_MAX);
	assert_int_equal(page_write_entry(&p, &entry), 0);
	assert_int_equal(page_write_feed(&p, "https://www.instituto.mx/feed.xml",
	    buf_str(&entry), &feed), 0);
	assert_non_null(strstr(buf_str(&feed),
	    "<id>https://www.instituto.mx/feed.xml</id>\n"
	    "<title>Instituto</title>\n"));
	assert_non_null(strstr(buf_str(&feed), "<entry>\n"
	    "<id>https://www.instituto.mx/con-2026-0004/</id>\n"
	    "<title>A &amp; B</title>\n"));
	assert_non_null(strstr(buf_str(&feed), "</entry>\n</feed>\n"));
	buf_clear(&entry);
	buf_clear(&feed);
}

static const struct figure figures[] = {
	{ (char *)"00ff.jpg", "image/jpeg", 1234, "Feria \"del <b>mar</b>\"",
	    "Feria. Autor: R & P" },
	{ (char *)"aa11.png", "image/png", 9, "", "" },
};

/* A picture of which nothing is said has at least the title. */
static void
photographs_stand_before_the_text(void **st)
{
	struct page p = page_plain();
	struct buf b;
	char *text;

	(void)st;
	p.figures = figures;
	p.figures_count = ARRAY_LEN(figures);
	text = page_bytes(&p);
	assert_non_null(strstr(text, "</time>\n<figure><img src=\"00ff.jpg\" "
	    "alt=\"Feria &quot;del &lt;b&gt;mar&lt;/b&gt;&quot;\">"
	    "<figcaption>Feria. Autor: R &amp; P</figcaption></figure>\n"
	    "<figure><img src=\"aa11.png\" alt=\"Jornada de vacunación\">"
	    "</figure>\n<p>"));
	free(text);
	buf_init(&b, PAGE_MAX);
	assert_int_equal(page_write_entry(&p, &b), 0);
	assert_non_null(strstr(buf_str(&b), "<link rel=\"enclosure\" "
	    "type=\"image/jpeg\" length=\"1234\" "
	    "href=\"https://www.instituto.mx/con-2026-0004/00ff.jpg\"/>\n"));
	buf_clear(&b);
	assert_int_equal(page_write_body(&p, &b), 0);
	assert_int_equal(strncmp(buf_str(&b), "<figure>", 8), 0);
	buf_clear(&b);
}

static void
a_slug_is_a_name_that_an_address_may_have(void **st)
{
	static const struct { const char *folio, *slug; } rows[] = {
		{ "CON-2026-0004", "con-2026-0004" },
		{ "CON-2026-0004 ¡¡ !!", "con-2026-0004" },
		{ "../../etc/passwd", "etc-passwd" },
		{ "A 漢字 Ñ", "a-n" },
		{ "A aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		    "a-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		    "aaaaaaaaaaaaaaaaaaaaaaaa" },
	};
	char *slug;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		slug = page_slug(rows[i].folio);
		assert_string_equal(slug, rows[i].slug);
		free(slug);
	}
}

static void
a_page_proves_its_own_bulletin(void **st)
{
	struct page p = page_plain();
	char *text = page_bytes(&p);
	struct proof proof;

	(void)st;
	proof_read(text, strlen(text), p.title, p.text, &proof);
	assert_true(proof.title && proof.text);
	assert_int_equal(proof.found, 2);
	proof_read(text, strlen(text), "Jornada de vacunaciones", p.text,
	    &proof);
	assert_false(proof.title);
	proof_read(text, strlen(text), p.title,
	    "Habrá vacunas en el módulo.\nEsto no está.", &proof);
	assert_false(proof.text);
	assert_int_equal(proof.found, 1);
	assert_int_equal(proof.paragraphs, 2);
	free(text);
}

/* What portals do to a text, and what is no proof of it. */
static void
a_text_is_found_as_a_reader_sees_it(void **st)
{
	static const struct {
		const char *html;
		bool title, text;
	} rows[] = {
		{ "<h1>El a\xc3\xb1o &#8220;nuevo&#8221;</h1><p>Son <b>do</b>s "
		  "d&iacute;as.</p>", true, true },
		{ "<h1>EL A\xd1O NUEVO</h1><p>Son dos d\xed" "as</p>",
		    true, true },
		{ "<h1>El a\xc3\xb1o nuevo</h1><script>Son dos días"
		  "</script>", true, false },
		{ "<!-- El año nuevo Son dos días -->404", false, false },
		{ "<title>El año nuevo</title><p>Página no encontrada",
		    true, false },
		{ "", false, false },
		{ "<", false, false },
		{ "&#x;&#99999999;&", false, false },
		{ "<p>El año<p>nuevo<style>Son dos días", true, false },
	};
	struct proof proof;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		proof_read(rows[i].html, strlen(rows[i].html),
		    "El año «nuevo»", "Son dos días.\n", &proof);
		if (proof.title != rows[i].title || proof.text != rows[i].text)
			fail_msg("row %zu: title %d text %d", i, proof.title,
			    proof.text);
	}
	proof_read("<p>hola", 7, "", " \n", &proof);
	assert_false(proof.title || proof.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_says_what_the_bulletin_says),
		cmocka_unit_test(its_day_is_that_of_its_office),
		cmocka_unit_test(no_text_becomes_markup),
		cmocka_unit_test(a_feed_has_its_entries),
		cmocka_unit_test(photographs_stand_before_the_text),
		cmocka_unit_test(a_slug_is_a_name_that_an_address_may_have),
		cmocka_unit_test(a_page_proves_its_own_bulletin),
		cmocka_unit_test(a_text_is_found_as_a_reader_sees_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
