/* SPDX-License-Identifier: ISC */
/* rooms: render keep confine proto */
/*
 * digest_test.c - a synthesis as a PDF, read again by Poppler: what the index
 * says is where it says, and neither hostile texts nor crooked pictures pass.
 */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <poppler.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"
#include "../../server/render/digest.h"

/* Fontconfig and GLib keep what they have read until the process ends. */
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}

static int
room_new(void)
{
	char path[] = "/tmp/pauta-test-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	(void)unlink(path);
	return fd;
}

static off_t
room_size(int fd)
{
	struct stat sb;

	assert_int_equal(fstat(fd, &sb), 0);
	return sb.st_size;
}

static json_t *
piece_new(const char *title, const char *text)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:[]}", "title",
	    title, "outlet", "El Imparcial", "place", "Primera", "published",
	    "2026-11-23", "genre", "nota", "rank", 1, "text", text,
	    "pictures");
}

static json_t *
job_new(json_t *pieces)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:[{s:s, s:o}]}",
	    "title", "Síntesis Informativa", "number", "SIN-2026-0012",
	    "date", "2026-11-23", "at", "2026-11-23T15:30:00Z",
	    "institution", "Instituto", "unit", "Unidad de Enlace", "sections",
	    "title", "salud estatal", "pieces", pieces);
}

/* Takes the job; gives the descriptor of the PDF. */
static int
job_write(json_t *job)
{
	struct why why = { 0 };
	int fd = room_new();

	if (digest_run(job, fd, &why) < 0)
		fail_msg("%s", why.text);
	json_decref(job);
	return fd;
}

/* Takes the job, which must be refused so. */
static void
job_refused(json_t *job, const char *say)
{
	struct why why = { 0 };
	int fd = room_new();

	assert_int_equal(digest_run(job, fd, &why), -ERR_REFUSED);
	if (strstr(why.text, say) == NULL)
		fail_msg("it says: %s", why.text);
	json_decref(job);
	close(fd);
}

static bool
room_has(int fd, const char *what)
{
	size_t size = (size_t)room_size(fd), n = strlen(what), i;
	char *p = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	bool has = false;

	assert_true(p != MAP_FAILED);
	for (i = 0; i + n <= size && !has; i++)
		has = memcmp(p + i, what, n) == 0;
	(void)munmap(p, size);
	return has;
}

static PopplerDocument *
pdf_open(int fd)
{
	PopplerDocument *pdf = poppler_document_new_from_fd(dup(fd), NULL,
	    NULL);

	assert_non_null(pdf);
	return pdf;
}

/* Text of a page, from 1.  Given. */
static char *
pdf_text(PopplerDocument *pdf, int page)
{
	PopplerPage *one = poppler_document_get_page(pdf, page - 1);
	char *text = poppler_page_get_text(one);

	g_object_unref(one);
	return text;
}

static bool
pdf_has(PopplerDocument *pdf, int page, const char *what)
{
	char *text = pdf_text(pdf, page);
	bool has = strstr(text, what) != NULL;

	g_free(text);
	return has;
}

/* The first line behind a title on that page that is a number; 0: none. */
static int
pdf_number(PopplerDocument *pdf, int page, const char *title)
{
	char *text = pdf_text(pdf, page), *at = strstr(text, title);
	int n = 0;

	while (n == 0 && at != NULL && (at = strchr(at, '\n')) != NULL)
		n = (int)strtol(++at, NULL, 10);
	g_free(text);
	return n;
}

static json_t *
pieces_many(int n)
{
	json_t *pieces = json_array();
	struct buf text;
	char title[64];
	int i, k;

	for (i = 1; i <= n; i++) {
		buf_init(&text, 1 << 20);
		for (k = 0; k < i * 7 % 40; k++)
			(void)buf_addf(&text, "Frase %d de la nota %d, que "
			    "alarga el texto hasta la otra página.\n", k, i);
		(void)snprintf(title, sizeof title, "Titular número %d.", i);
		json_array_append_new(pieces, piece_new(title,
		    buf_str(&text)));
		buf_clear(&text);
	}
	return pieces;
}

static void
the_index_says_where_each_clipping_is(void **st)
{
	json_t *job = job_new(pieces_many(80));
	PopplerDocument *pdf;
	struct why why = { 0 };
	struct digest d;
	int fd = room_new(), index, found = 0;
	size_t i;

	(void)st;
	assert_int_equal(digest_load(&d, job, &why), 0);
	assert_int_equal(digest_write(&d, fd, &why), 0);
	pdf = pdf_open(fd);
	assert_int_equal(poppler_document_get_n_pages(pdf), d.pages);
	index = d.sections[0].page - 2;
	assert_true(index >= 2);
	for (i = 0; i < d.sections[0].pieces_count; i++) {
		struct piece *p = &d.sections[0].pieces[i];
		int page;

		assert_true(pdf_has(pdf, p->page, p->title));
		for (page = 2; page < 2 + index; page++)
			found += pdf_number(pdf, page, p->title) == p->page;
	}
	assert_int_equal(found, 80);
	g_object_unref(pdf);
	digest_clear(&d);
	json_decref(job);
	close(fd);
}

/* Lines of a page that are of its clippings: not of header and footer. */
static int
pdf_lines(PopplerDocument *pdf, int page)
{
	char *text = pdf_text(pdf, page), *p;
	int n = 0;

	for (p = text; (p = strstr(p, "palabra")) != NULL; n++)
		p += strcspn(p, "\n");
	g_free(text);
	return n;
}

/* One paragraph, a line longer each time, over the end of the page. */
static void
no_line_is_left_alone_on_a_page(void **st)
{
	PopplerDocument *pdf;
	struct buf text;
	int i, fd, over = 0;

	(void)st;
	buf_init(&text, 1 << 16);
	for (i = 0; i < 320; i++)
		(void)buf_addf(&text, "palabra %d ", i);
	for (; i < 372; i += 4) {
		for (fd = 0; fd < 4; fd++)
			(void)buf_addf(&text, "palabra %d ", i + fd);
		fd = job_write(job_new(json_pack("[o]", piece_new("Una",
		    buf_str(&text)))));
		pdf = pdf_open(fd);
		if (poppler_document_get_n_pages(pdf) == 4) {
			assert_true(pdf_lines(pdf, 4) >= 2);
			over++;
		}
		g_object_unref(pdf);
		close(fd);
	}
	assert_in_range(over, 4, 12);	/* it grew past that end */
	buf_clear(&text);
}

/* Parts of one short clipping each do not take a page each. */
static void
a_part_begins_where_there_is_room(void **st)
{
	json_t *job = job_new(json_pack("[o]", piece_new("Una", "Breve."))),
	       *all = json_object_get(job, "sections");
	PopplerDocument *pdf;
	int fd;

	(void)st;
	json_array_append_new(all, json_pack("{s:s, s:[o]}", "title",
	    "salud nacional", "pieces", piece_new("Dos", "Breve.")));
	json_array_append_new(all, json_pack("{s:s, s:o}", "title", "otra",
	    "pieces", pieces_many(12)));
	fd = job_write(job);
	pdf = pdf_open(fd);
	assert_true(pdf_has(pdf, 3, "Salud estatal"));
	assert_true(pdf_has(pdf, 3, "Salud nacional"));
	assert_true(pdf_has(pdf, 3, "Otra"));
	/* Who opens a page at its middle reads what that page began with. */
	assert_true(pdf_has(pdf, 4, "Otra"));
	assert_false(pdf_has(pdf, 4, "Salud nacional"));
	g_object_unref(pdf);
	close(fd);
}

static void
the_same_job_gives_the_same_bytes(void **st)
{
	int a = job_write(job_new(pieces_many(9))),
	    b = job_write(job_new(pieces_many(9)));
	off_t n = room_size(a);
	char *x, *y;

	(void)st;
	assert_int_equal(n, room_size(b));
	x = mmap(NULL, (size_t)n, PROT_READ, MAP_PRIVATE, a, 0);
	y = mmap(NULL, (size_t)n, PROT_READ, MAP_PRIVATE, b, 0);
	assert_memory_equal(x, y, (size_t)n);
	(void)munmap(x, (size_t)n);
	(void)munmap(y, (size_t)n);
	close(a);
	close(b);
}

static void
a_reader_is_told_title_language_and_structure(void **st)
{
	int fd = job_write(job_new(pieces_many(3)));
	PopplerDocument *pdf = pdf_open(fd);
	PopplerIndexIter *it = poppler_index_iter_new(pdf);
	char *title = poppler_document_get_title(pdf);

	(void)st;
	assert_string_equal(title,
	    "Síntesis Informativa, lunes 23 de noviembre de 2026");
	assert_non_null(it);
	assert_true(room_has(fd, "/Lang (es-MX)"));
	assert_true(room_has(fd, "/StructTreeRoot"));
	assert_true(pdf_has(pdf, 1, "Titular número 1."));
	g_free(title);
	poppler_index_iter_free(it);
	g_object_unref(pdf);
	close(fd);
}

static void
what_cannot_be_seen_is_shown(void **st)
{
	json_t *pieces = json_pack("[o, o]",
	    piece_new("al rev\xe2\x80\xae" "és", "uno\x1b[31mdos\x07"),
	    piece_new("مرحبا بالعالم", "עברית and text"));
	int fd = job_write(job_new(pieces));
	PopplerDocument *pdf = pdf_open(fd);

	(void)st;
	assert_true(pdf_has(pdf, 3, "al rev<U+202E>és"));
	assert_true(pdf_has(pdf, 3, "uno<U+001B>[31mdos<U+0007>"));
	g_object_unref(pdf);
	close(fd);
}

static void
the_longest_line_goes_on_overleaf(void **st)
{
	char *line = xcalloc(1, VALUE_MAX + 1);
	PopplerDocument *pdf;
	int fd;

	(void)st;
	memset(line, 'x', VALUE_MAX);
	fd = job_write(job_new(json_pack("[o]", piece_new("Larga", line))));
	pdf = pdf_open(fd);
	assert_in_range(poppler_document_get_n_pages(pdf), 50, DIGEST_PAGES);
	g_object_unref(pdf);
	free(line);
	close(fd);
}

static void
too_many_pages_are_refused(void **st)
{
	json_t *pieces = json_array();
	struct buf text;
	int i;

	(void)st;
	buf_init(&text, 1 << 20);
	for (i = 0; i < 32000; i++)
		(void)buf_addf(&text, "Renglón.\n");
	json_array_append_new(pieces, piece_new("Sin fin", buf_str(&text)));
	buf_clear(&text);
	job_refused(job_new(pieces), "quite notas o imágenes");
}

static void
a_day_without_clippings_is_a_cover_that_says_so(void **st)
{
	int fd = job_write(job_new(json_array()));
	PopplerDocument *pdf = pdf_open(fd);

	(void)st;
	assert_int_equal(poppler_document_get_n_pages(pdf), 1);
	assert_true(pdf_has(pdf, 1, "Ninguna nota"));
	g_object_unref(pdf);
	close(fd);
}

/* ---- pictures ---- */

static json_t *
piece_with(const char *type, int fd)
{
	json_t *p = piece_new("Con recorte", "");

	json_array_append_new(json_object_get(p, "pictures"),
	    json_pack("{s:i, s:s, s:s}", "file", fd, "type", type, "name",
	    "hoja.png"));
	return p;
}

static int
image_new(const char *kind, int w, int h)
{
	GdkPixbuf *image = gdk_pixbuf_new(GDK_COLORSPACE_RGB, TRUE, 8, w, h);
	int fd = room_new();
	gchar *bytes;
	gsize n;

	gdk_pixbuf_fill(image, 0xffcc8840);
	assert_true(gdk_pixbuf_save_to_buffer(image, &bytes, &n, kind, NULL,
	    NULL));
	assert_int_equal(write(fd, bytes, n), (ssize_t)n);
	g_free(bytes);
	g_object_unref(image);
	return fd;
}

static void
scanned_pages_are_in_it(void **st)
{
	int scan = image_new("png", 900, 1200), made, fd;
	PopplerDocument *pdf;

	(void)st;
	made = job_write(job_new(pieces_many(5)));
	fd = job_write(job_new(json_pack("[o, o]", piece_with("image", scan),
	    piece_with("pdf", made))));
	pdf = pdf_open(fd);
	/* Cover, index, the image, and the pages of the other document. */
	assert_int_equal(poppler_document_get_n_pages(pdf),
	    3 + poppler_document_get_n_pages(pdf_open(made)));
	assert_true(pdf_has(pdf, 4, "Unidad de Enlace"));
	g_object_unref(pdf);
	close(scan);
	close(made);
	close(fd);
}

static void
a_picture_that_cannot_be_read_is_named(void **st)
{
	static const char drawing[] = "<svg xmlns=\"http://www.w3.org/2000/svg\""
	    " width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>";
	int scan = image_new("png", 60, 80), jpeg = image_new("jpeg", 60, 80),
	    empty = room_new(), svg = room_new();

	(void)st;
	/* It can be drawn, and is not: only photographs are. */
	assert_int_equal(write(svg, drawing, sizeof drawing - 1),
	    (ssize_t)sizeof drawing - 1);
	job_refused(job_new(json_pack("[o]", piece_with("image", svg))),
	    "no se puede leer");
	assert_int_equal(ftruncate(scan, 30), 0);
	job_refused(job_new(json_pack("[o]", piece_with("image", scan))),
	    "«hoja.png» de «Con recorte» no se puede leer");
	/* Without its end its decoder draws it, and is not believed. */
	close(job_write(job_new(json_pack("[o]", piece_with("image", jpeg)))));
	assert_int_equal(ftruncate(jpeg, room_size(jpeg) - 2), 0);
	job_refused(job_new(json_pack("[o]", piece_with("image", jpeg))),
	    "no se puede leer");
	job_refused(job_new(json_pack("[o]", piece_with("image", empty))),
	    "no se puede leer");
	job_refused(job_new(json_pack("[o]", piece_with("pdf", scan))),
	    "no se puede leer");
	close(scan);
	close(jpeg);
	close(empty);
	close(svg);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_index_says_where_each_clipping_is),
		cmocka_unit_test(no_line_is_left_alone_on_a_page),
		cmocka_unit_test(a_part_begins_where_there_is_room),
		cmocka_unit_test(the_same_job_gives_the_same_bytes),
		cmocka_unit_test(a_reader_is_told_title_language_and_structure),
		cmocka_unit_test(what_cannot_be_seen_is_shown),
		cmocka_unit_test(the_longest_line_goes_on_overleaf),
		cmocka_unit_test(too_many_pages_are_refused),
		cmocka_unit_test(
		    a_day_without_clippings_is_a_cover_that_says_so),
		cmocka_unit_test(scanned_pages_are_in_it),
		cmocka_unit_test(a_picture_that_cannot_be_read_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
