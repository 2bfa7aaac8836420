/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * paper_test.c - what a document says of a case: which clippings, in which
 * order, with whose text and files; and the forms that other newsrooms read.
 */
#include <uv.h>

#include "bureau.h"
#include "../../server/core/render.h"

#define CLIP(title, topic, rank) \
	"{\"medium\":\"El Imparcial\",\"published_on\":\"2026-11-23\"," \
	"\"title\":\"" title "\",\"topic\":\"" topic "\",\"importance\":" rank "}"
#define OF(title) "{\"clip\":\"" title "\"}"
#define TYPED(title, text) "{\"clip\":\"" title "\",\"text\":\"" text "\"}"

/* A day up to where its clippings are chosen: clips is a JSON array. */
static void
day_clips_of(struct bureau *o, const char *day, const char *clips,
    char folio[32])
{
	bureau_okf(o, "moni", "iniciar 63-COM-P04 inicio=diario day=%s", day);
	(void)snprintf(folio, 32, "%s", bureau_text(o, "folio"));
	bureau_okf(o, "moni", "hacer %s 1.1 day=2026-11-23 none=sí "
	    "none_reason=Ninguno", folio);
	bureau_okf(o, "moni", "hacer %s 2.1 portals='[{\"medium\":\"P\"}]'",
	    folio);
	bureau_okf(o, "moni", "hacer %s 2.2 clips='%s'", folio, clips);
	bureau_okf(o, "moni", "hacer %s D1 extra=no", folio);
}

static void
day_clips(struct bureau *o, const char *clips, char folio[32])
{
	day_clips_of(o, "2026-11-23", clips, folio);
}

static void
day_typed(struct bureau *o, const char *folio, const char *captures,
    const char *order)
{
	bureau_okf(o, "moni", "hacer %s 3.1 captures='%s'", folio, captures);
	bureau_okf(o, "moni", "hacer %s 3.2 order='%s'", folio, order);
}

/* "ISSSTESON: b a | salud estatal: c": what it says, in its order. */
static void
paper_is(struct bureau *o, const char *folio, const char *key,
    const char *want)
{
	json_t *section, *piece;
	struct buf b;
	size_t i, k;

	bureau_okf(o, "jefa", "vista-previa %s", folio);
	buf_init(&b, TEXT_MAX);
	json_array_foreach(json_object_get(o->doc, "sections"), i, section) {
		(void)buf_addf(&b, "%s%s:", i > 0 ? " | " : "",
		    json_string_value(json_object_get(section, "title")));
		json_array_foreach(json_object_get(section, "pieces"), k,
		    piece)
			(void)buf_addf(&b, " %s",
			    json_string_value(json_object_get(piece, key)));
	}
	assert_string_equal(buf_str(&b), want);
	buf_clear(&b);
}

static void
parts_follow_the_choices_and_pieces_the_order(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	day_clips(o, "[" CLIP("a", "información general", "1") ","
	    CLIP("b", "ISSSTESON", "3") "," CLIP("c", "ISSSTESON", "1") ","
	    CLIP("d", "ISSSTESON", "2") "]", folio);
	/* Nobody has put them in order: by importance. */
	paper_is(o, folio, "title",
	    "ISSSTESON: c d b | información general: a");
	day_typed(o, folio, "[" TYPED("a", "1") "," TYPED("b", "2") ","
	    TYPED("c", "3") "," TYPED("d", "4") "]",
	    "[" OF("d") "," OF("c") "]");
	paper_is(o, folio, "title",
	    "ISSSTESON: d c b | información general: a");
}

static void
two_of_one_name_have_each_its_text(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	day_clips(o, "[" CLIP("Alza", "ISSSTESON", "1") ","
	    CLIP("Alza", "ISSSTESON", "2") "]", folio);
	day_typed(o, folio, "[" TYPED("Alza", "uno") "," TYPED("alza", "dos")
	    "]", "[" OF("Alza") "]");
	paper_is(o, folio, "text", "ISSSTESON: uno dos");
}

static void
a_name_without_bytes_is_elsewhere(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	day_clips(o, "[{\"medium\":\"X\",\"published_on\":\"2026-11-23\","
	    "\"title\":\"a\",\"topic\":\"ISSSTESON\",\"importance\":1,"
	    "\"clipping\":\"hoja.png\"}]", folio);
	bureau_okf(o, "jefa", "vista-previa %s", folio);
	assert_true(bureau_doc_has(o->doc, "\"elsewhere\": [\"hoja.png\"]"));
	assert_true(bureau_doc_has(o->doc, "\"pictures\": []"));
}

/* A year of them is read between the turns, not by who asks first. */
static void
cases_are_known_before_their_folder_is_asked_for(void **st)
{
	struct bureau *o = *st;
	char folio[32];
	int turns;

	day_clips(o, "[" CLIP("a", "ISSSTESON", "1") "]", folio);
	for (turns = 0; core_feed(o->c) && turns < 1000; turns++)
		;
	assert_true(turns < 1000);
	assert_int_equal(json_object_size(o->c->shelf), 1);
	bureau_ok(o, "jefa", "carpeta ruta=/sintesis");
	assert_int_equal(json_object_size(o->c->shelf), 1);
}

/* Where nothing draws, the step asks for the file as it always did. */
static void
without_a_server_the_file_is_asked_for(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	day_clips(o, "[" CLIP("a", "ISSSTESON", "1") "]", folio);
	day_typed(o, folio, "[" TYPED("a", "1") "]", "[" OF("a") "]");
	bureau_nof(o, "moni", 1, "PDF", "hacer %s 3.3 folder=2026/11", folio);
	bureau_okf(o, "moni", "hacer %s 3.3 folder=2026/11 pdf=propia.pdf",
	    folio);
}

static void
what_is_exported_is_escaped(void **st)
{
	struct bureau *o = *st;
	const char *text;
	char folio[32];
	json_t *ninjs;

	day_clips(o, "[" CLIP("A & <b> ]]>", "ISSSTESON", "1") "]", folio);
	bureau_okf(o, "jefa", "exportar %s formato=newsml", folio);
	text = bureau_text(o, "content");
	assert_non_null(strstr(text, "A &amp; &lt;b&gt; ]]&gt;"));
	assert_null(strstr(text, "<b>"));
	bureau_okf(o, "jefa", "exportar %s formato=ninjs", folio);
	ninjs = json_loads(bureau_text(o, "content"), 0, NULL);
	assert_true(bureau_doc_has(ninjs, "A & <b> ]]>"));
	json_decref(ninjs);
	bureau_nof(o, "jefa", 2, "formato=newsml", "exportar %s", folio);
}

/* "version" of what is exported now. */
static int
version_exported(struct bureau *o, const char *folio)
{
	json_t *ninjs, *nota;
	const char *text;
	int n;

	bureau_okf(o, "jefa", "exportar %s formato=ninjs", folio);
	ninjs = json_loads(bureau_text(o, "content"), 0, NULL);
	text = json_string_value(json_object_get(ninjs, "version"));
	n = text != NULL ? (int)strtol(text, NULL, 10) : 0;
	nota = json_object_get(json_object_get(ninjs, "associations"), "nota1");
	assert_string_equal(json_string_value(json_object_get(nota,
	    "version")), text);
	json_decref(ninjs);
	return n;
}

/* The standards: whoever has an address in one version asks for a newer. */
static void
what_is_exported_later_is_another_version(void **st)
{
	struct bureau *o = *st;
	char folio[32], want[32];
	int n;

	day_clips(o, "[" CLIP("a", "ISSSTESON", "1") "]", folio);
	n = version_exported(o, folio);
	assert_true(n > 0);
	assert_int_equal(version_exported(o, folio), n);
	day_typed(o, folio, "[" TYPED("a", "1") "]", "[" OF("a") "]");
	assert_true(version_exported(o, folio) > n);
	n = version_exported(o, folio);
	bureau_okf(o, "jefa", "exportar %s formato=newsml", folio);
	(void)snprintf(want, sizeof want, " version=\"%d\"", n);
	assert_non_null(strstr(bureau_text(o, "content"), want));
	assert_null(strstr(bureau_text(o, "content"), " version=\"1\""));
}

static void
another_office_reads_none(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	day_clips(o, "[" CLIP("a", "ISSSTESON", "1") "]", folio);
	bureau_nof(o, "beto", 3, folio, "vista-previa %s", folio);
	bureau_nof(o, "beto", 3, folio, "exportar %s formato=ninjs", folio);
	bureau_bulletin(o, "difu", folio);
	bureau_nof(o, "difu", 1, "ningún documento", "vista-previa %s", folio);
}

/* Answer the step that makes it; true when one is to wait and say it again. */
static bool
paper_is_awaited(struct bureau *o, const char *folio)
{
	const char *const words[] = { "hacer", folio, "3.3", "folder=2026/11",
		NULL };
	bool later = false;
	struct caller who = { .login = "moni", .source = "test",
		.later = &later };
	struct answer a;

	core_run(o->c, &who, NULL, words, true, &a);
	o->status = a.status;
	answer_clear(&a);
	return later;
}

/* Each is told how its own ended, though more are asked for than are kept. */
static void
many_that_are_made_at_once_all_end(void **st)
{
	enum { MANY = 7 };
	struct bureau *o = *st;
	char folios[MANY][32], day[11];
	uv_loop_t loop;
	int i;

	assert_int_equal(uv_loop_init(&loop), 0);
	core_set_programs(o->c, "/nonexistent");
	renderer_open(o->c, &loop);
	for (i = 0; i < MANY; i++) {
		calendar_add("2026-11-23", -i, day);
		day_clips_of(o, day, "[" CLIP("a", "ISSSTESON", "1") "]",
		    folios[i]);
		day_typed(o, folios[i], "[" TYPED("a", "1") "]",
		    "[" OF("a") "]");
	}
	for (i = 0; i < MANY; i++)
		assert_true(paper_is_awaited(o, folios[i]));
	uv_run(&loop, UV_RUN_DEFAULT);
	for (i = 0; i < MANY; i++) {
		assert_false(paper_is_awaited(o, folios[i]));
		assert_int_equal(o->status, err_status(ERR_UNAVAILABLE));
	}
	renderer_close(o->c);
	uv_run(&loop, UV_RUN_DEFAULT);
	assert_int_equal(uv_loop_close(&loop), 0);
}

/* What memory says of where documents lie goes with the case. */
static void
an_erased_case_is_on_no_shelf(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	day_clips(o, "[" CLIP("a", "ISSSTESON", "1") "]", folio);
	bureau_okf(o, "jefa", "cancelar %s motivo=Prueba", folio);
	bureau_ok(o, "jefa", "carpeta ruta=/sintesis");
	assert_int_equal(json_object_size(o->c->shelf), 1);
	(void)core_previews_moved(o->c);
	bureau_okf(o, NULL, "borrar %s por=jefa con=difu motivo=Plazo", folio);
	assert_null(o->c->shelf);
	/* Whoever waited for a document that is no longer made asks again. */
	assert_true(core_previews_moved(o->c));
}

int
main(void)
{
#define PAPER(f) cmocka_unit_test_setup_teardown(f, bureau_setup, \
	bureau_teardown)
	const struct CMUnitTest tests[] = {
		PAPER(parts_follow_the_choices_and_pieces_the_order),
		PAPER(two_of_one_name_have_each_its_text),
		PAPER(a_name_without_bytes_is_elsewhere),
		PAPER(cases_are_known_before_their_folder_is_asked_for),
		PAPER(without_a_server_the_file_is_asked_for),
		PAPER(what_is_exported_is_escaped),
		PAPER(what_is_exported_later_is_another_version),
		PAPER(another_office_reads_none),
		PAPER(many_that_are_made_at_once_all_end),
		PAPER(an_erased_case_is_on_no_shelf),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
