/* SPDX-License-Identifier: ISC */
/* rooms: render keep confine proto */
/*
 * handover_test.c - the list of what the archive received as a PDF, read again
 * by Poppler: every row is there, on pages that say which they are.
 */
#include <poppler.h>
#include <string.h>
#include <unistd.h>

#include "test.h"
#include "../../server/render/handover.h"

/* Fontconfig and GLib keep what they have read until the process ends. */
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}

static json_t *
row_new(int i, const char *record, const char *subject)
{
	char folio[24];

	(void)snprintf(folio, sizeof folio, "CON-2026-%04d", i);
	return json_pack("{s:s, s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:s, s:s,"
	    " s:s, s:s, s:s}", "ref", "3.1", "record", record, "medium",
	    "electrónico", "place", "Carpeta «Año»", "files", i % 3, "folio",
	    folio, "subject", subject, "procedure", "63-COM-P02", "keeper",
	    "Titular de la unidad", "since", "2026-11-23", "until",
	    "2027-11-23", "received", "2027-11-24", "disposition", "Archivo");
}

static json_t *
rows_many(int n)
{
	json_t *rows = json_array();
	int i;

	for (i = 1; i <= n; i++)
		json_array_append_new(rows, row_new(i, "Publicación",
		    "Niñez y pingüinos"));
	return rows;
}

static json_t *
job_new(json_t *rows)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:[s,s],"
	    " s:[s], s:o}", "title", "Relación de registros transferidos",
	    "number", "TR-1", "from", "2027-11-01", "to", "2027-11-30", "at",
	    "2027-11-30T00:00:00Z", "institution", "Instituto", "unit",
	    "Unidad de Enlace", "sum", "5a5a5a", "deliver", "Ana Núñez",
	    "Beto Ríos", "receive", "Inés Peña", "rows", rows);
}

/* Takes the job; gives the bytes of the PDF. */
static GBytes *
job_write(json_t *job)
{
	char path[] = "/tmp/pauta-test-XXXXXX";
	int fd = mkstemp(path);
	struct why why = { 0 };
	char *bytes;
	off_t n;

	assert_true(fd >= 0);
	(void)unlink(path);
	if (handover_run(job, fd, &why) < 0)
		fail_msg("%s", why.text);
	n = lseek(fd, 0, SEEK_END);
	bytes = g_malloc((gsize)n);
	assert_int_equal(pread(fd, bytes, (size_t)n, 0), n);
	close(fd);
	json_decref(job);
	return g_bytes_new_take(bytes, (gsize)n);
}

static PopplerDocument *
pdf_open(json_t *job)
{
	GBytes *bytes = job_write(job);
	PopplerDocument *pdf = poppler_document_new_from_bytes(bytes, NULL,
	    NULL);

	assert_non_null(pdf);
	g_bytes_unref(bytes);
	return pdf;
}

/* How often its text has that, on a page from 1. */
static int
page_count(PopplerDocument *pdf, int page, const char *what)
{
	PopplerPage *one = poppler_document_get_page(pdf, page - 1);
	char *text = poppler_page_get_text(one), *at = text;
	int n = 0;

	for (; (at = strstr(at, what)) != NULL; at++)
		n++;
	g_free(text);
	g_object_unref(one);
	return n;
}

static int
pdf_count(PopplerDocument *pdf, const char *what)
{
	int page, n = 0;

	for (page = 1; page <= poppler_document_get_n_pages(pdf); page++)
		n += page_count(pdf, page, what);
	return n;
}

static void
its_head_says_whose_it_is_and_who_signs(void **st)
{
	PopplerDocument *pdf = pdf_open(job_new(rows_many(2)));
	static const char *const said[] = { "Instituto", "Unidad de Enlace",
		"Relación de registros transferidos",
		"Número TR-1 · 2 registros",
		"lunes 1 de noviembre de 2027 al martes 30 de noviembre",
		"5a5a5a", "CON-2026-0001", "3.1 Publicación", "Carpeta «Año»",
		"1 archivo", "2 archivos", "Niñez y pingüinos",
		"Desde 23/11/2026", "Hasta 23/11/2027", "Recibido 24/11/2027",
		"Entrega", "Recibe", "Ana Núñez", "Beto Ríos", "Inés Peña",
		"Página 1 de 1" };
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(said); i++)
		if (page_count(pdf, 1, said[i]) == 0)
			fail_msg("it does not say: %s", said[i]);
	g_object_unref(pdf);
}

static void
every_row_is_on_one_of_many_pages(void **st)
{
	PopplerDocument *pdf = pdf_open(job_new(rows_many(90)));
	int n = poppler_document_get_n_pages(pdf), i;
	char text[40];

	(void)st;
	assert_in_range(n, 5, 12);
	for (i = 1; i <= 90; i++) {
		(void)snprintf(text, sizeof text, "CON-2026-%04d", i);
		assert_int_equal(pdf_count(pdf, text), 1);
	}
	for (i = 1; i <= n; i++) {
		(void)snprintf(text, sizeof text, "Página %d de %d", i, n);
		assert_int_equal(page_count(pdf, i, text), 1);
		if (page_count(pdf, i, "CON-2026-") > 0)
			assert_int_equal(page_count(pdf, i, "Responsable"), 1);
	}
	assert_int_equal(pdf_count(pdf, "Inés Peña"), 1);
	g_object_unref(pdf);
}

/* What is wrapped stays in its column, what is endless on its page. */
static void
long_texts_are_wrapped(void **st)
{
	char *endless = xcalloc(1, VALUE_MAX + 1);
	PopplerDocument *pdf;
	int i;

	(void)st;
	for (i = 0; i < VALUE_MAX; i += 2)
		memcpy(endless + i, i % 80 == 0 ? "\n " : "ñ", 2);
	pdf = pdf_open(job_new(json_pack("[o, o]", row_new(1, "Registro de un "
	    "nombre que no cabe en un renglón de su columna y termina aquí",
	    "Asunto"), row_new(2, "Otro", endless))));
	assert_in_range(poppler_document_get_n_pages(pdf), 1, 3);
	assert_int_equal(pdf_count(pdf, "aquí"), 1);
	assert_int_equal(pdf_count(pdf, "CON-2026-0002"), 1);
	assert_in_range(pdf_count(pdf, "ñ"), 100, 1500);
	assert_int_equal(pdf_count(pdf, "Inés Peña"), 1);
	g_object_unref(pdf);
	free(endless);
}

static void
what_cannot_be_seen_is_shown(void **st)
{
	PopplerDocument *pdf = pdf_open(job_new(json_pack("[o]", row_new(1,
	    "al rev\xe2\x80\xae" "és", "uno\x1b[31m"))));

	(void)st;
	assert_int_equal(pdf_count(pdf, "<U+202E>"), 1);
	assert_int_equal(pdf_count(pdf, "<U+001B>"), 1);
	g_object_unref(pdf);
}

static void
without_rows_it_says_so(void **st)
{
	PopplerDocument *pdf = pdf_open(job_new(json_array()));

	(void)st;
	assert_int_equal(pdf_count(pdf, "no recibió ningún registro"), 1);
	g_object_unref(pdf);
}

static void
the_same_job_gives_the_same_bytes(void **st)
{
	GBytes *a = job_write(job_new(rows_many(40))),
	       *b = job_write(job_new(rows_many(40))),
	       *c = job_write(job_new(rows_many(41)));

	(void)st;
	assert_true(g_bytes_equal(a, b));
	assert_false(g_bytes_equal(a, c));
	g_bytes_unref(a);
	g_bytes_unref(b);
	g_bytes_unref(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_head_says_whose_it_is_and_who_signs),
		cmocka_unit_test(every_row_is_on_one_of_many_pages),
		cmocka_unit_test(long_texts_are_wrapped),
		cmocka_unit_test(what_cannot_be_seen_is_shown),
		cmocka_unit_test(without_rows_it_says_so),
		cmocka_unit_test(the_same_job_gives_the_same_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
