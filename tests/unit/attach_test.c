/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/*
 * attach_test.c - what may be attached to a step, and how its answer takes it:
 * one to three photographs, a document or none, rows with clippings.
 */
#include "game.h"

static const char album[] =
    GAME_HEAD
    "starts:\n"
    "  - {id: album, title: Álbum, roles: [writer], next: [{to: ['1.1']}]}\n"
    "steps:\n"
    "  - number: '1.1'\n    kind: task\n    roles: [writer]\n"
    "    do: Escoja.\n"
    "    fields:\n"
    "      - {id: photos, label: Fotos, type: file, accepts: [image],"
    " min: 1, max: 3, required: 'yes'}\n"
    "      - {id: paper, label: Papel, type: file, max: 1}\n"
    "      - id: notes\n        label: Notas\n        type: list\n"
    "        columns:\n"
    "          - {id: medium, label: Medio, type: text, required: 'yes'}\n"
    "          - {id: clipping, label: Recorte, type: file, max: 1}\n"
    "    next: [{to: ['1.2']}]\n"
    "  - number: '1.2'\n    kind: task\n    roles: [writer]\n"
    "    do: Revise.\n"
    "    next: [{to: ['1.1'], when: \"has(:photos, 'nunca')\"},"
    " {to: [end]}]\n";

static const char institution[] =
    "id: x\nname: X\nroles: [{id: writer, title: Redacción, brief: Red,"
    " business: yes}]\noffices: [{id: central, name: C,"
    " zone: America/Hermosillo}]\nfile_types:\n"
    "  - {id: jpeg, title: imagen JPEG, kind: image, mime: [image/jpeg],"
    " suffixes: [jpg, jpeg]}\n"
    "  - {id: text, title: texto, kind: text, mime: [text/plain],"
    " suffixes: [txt]}\n";

static int
album_setup(void **st)
{
	struct game *g = xcalloc(1, sizeof *g);
	struct institution *in = NULL;
	struct buf faults;

	game_begin(g, album);
	buf_init(&faults, FRAME_MAX);
	if (institution_load("inline.yaml", institution, &in, &faults) < 0)
		fail_msg("%s", buf_str(&faults));
	buf_clear(&faults);
	g->w.institution = in;
	game_ok(g, "ana", CMD_START, "album", NULL);
	*st = g;
	return 0;
}

static int
album_teardown(void **st)
{
	struct game *g = *st;

	institution_free((struct institution *)(uintptr_t)g->w.institution);
	game_end(g);
	free(g);
	return 0;
}

#define PHOTO(name) "{'field':'photos','name':'" name "','size':9," \
	"'sha256':'aa','type':'jpeg'}"

static void
an_answer_takes_what_is_attached(void **st)
{
	struct game *g = *st;
	const json_t *photos;

	game_no(g, "ana", CMD_DO, "1.1", "{}", "Fotos");
	game_ok(g, "ana", CMD_ATTACH, "1.1", PHOTO("a.jpg"));
	game_ok(g, "ana", CMD_ATTACH, "1.1", PHOTO("b.jpg"));
	game_ok(g, "ana", CMD_DO, "1.1",
	    "{'photos':[{'name':'b.jpg'},{'name':'c.jpg'}]}");
	photos = json_object_get(g->ca->values, "photos");
	assert_int_equal(json_array_size(photos), 3);
	assert_string_equal(json_string_value(json_object_get(
	    json_array_get(photos, 1), "name")), "b.jpg");
	assert_string_equal(json_string_value(json_object_get(
	    json_array_get(photos, 1), "sha256")), "aa");
	assert_null(json_object_get(json_array_get(photos, 2), "sha256"));
}

static void
as_many_as_the_field_holds(void **st)
{
	struct game *g = *st;

	game_ok(g, "ana", CMD_ATTACH, "1.1", PHOTO("a.jpg"));
	game_ok(g, "ana", CMD_ATTACH, "1.1", PHOTO("b.jpg"));
	game_ok(g, "ana", CMD_ATTACH, "1.1", PHOTO("c.jpg"));
	game_no(g, "ana", CMD_ATTACH, "1.1", PHOTO("d.jpg"),
	    "ya tiene 3 y caben 3");
	/* In the place of one of them. */
	game_ok(g, "ana", CMD_ATTACH, "1.1", PHOTO("c.jpg"));
	game_no(g, "ana", CMD_DO, "1.1", "{'photos':[{'name':'x.jpg'}]}",
	    "el máximo es 3");
	game_ok(g, "ana", CMD_DETACH, "1.1",
	    "{'field':'photos','name':'a.jpg'}");
	game_ok(g, "ana", CMD_DO, "1.1", "{'photos':[{'name':'x.jpg'}]}");
}

static void
of_the_kind_that_it_takes(void **st)
{
	struct game *g = *st;

	game_no(g, "ana", CMD_ATTACH, "1.1", "{'field':'photos',"
	    "'name':'a.txt','size':1,'sha256':'bb','type':'text'}",
	    "lleva imagen JPEG");
	game_no(g, "ana", CMD_ATTACH, "1.1", "{'field':'photos',"
	    "'name':'a.jpg','size':1,'sha256':'bb','type':'text'}",
	    "por dentro es texto");
	game_no(g, "ana", CMD_ATTACH, "1.1", "{'field':'paper',"
	    "'name':'a.exe','size':1,'sha256':'bb','type':'exe'}",
	    "no es de un tipo");
	game_no(g, "ana", CMD_ATTACH, "1.1", "{'field':'medium',"
	    "'name':'a.txt','size':1,'sha256':'bb','type':'text'}",
	    "no tiene un campo de archivos");
	game_ok(g, "ana", CMD_ATTACH, "1.1", "{'field':'paper',"
	    "'name':'sin punto','size':1,'sha256':'bb','type':'text'}");
}

static void
names_that_are_none(void **st)
{
	static const char *const bad[] = { "", ".", "..", "a/b", "/a",
		"a\u202eb", "a\u200bb" };
	struct game *g = *st;
	char *values;
	size_t i;

	for (i = 0; i < ARRAY_LEN(bad); i++) {
		values = xasprintf("{'field':'paper','name':'%s','size':1,"
		    "'sha256':'bb','type':'text'}", bad[i]);
		game_no(g, "ana", CMD_ATTACH, "1.1", values, "nombre");
		free(values);
	}
}

static void
only_by_who_may_do_the_step(void **st)
{
	struct game *g = *st;

	game_no(g, "lejos", CMD_ATTACH, "1.1", PHOTO("a.jpg"), ".");
	game_ok(g, "ana", CMD_ATTACH, "1.1", PHOTO("a.jpg"));
	game_no(g, "lejos", CMD_DETACH, "1.1",
	    "{'field':'photos','name':'a.jpg'}", ".");
	game_ok(g, "ana", CMD_DO, "1.1", "{}");
	game_no(g, "ana", CMD_ATTACH, "1.1", PHOTO("b.jpg"),
	    "no está abierto");
}

static void
versions_stay(void **st)
{
	struct game *g = *st;
	const json_t *file;

	game_ok(g, "ana", CMD_ATTACH, "1.1", PHOTO("a.jpg"));
	game_ok(g, "beto", CMD_ATTACH, "1.1", PHOTO("a.jpg"));
	assert_int_equal(json_array_size(g->ca->files), 2);
	assert_false(file_is_current(json_array_get(g->ca->files, 0)));
	file = kase_file(g->ca, "1.1", 0, "photos", "a.jpg");
	assert_int_equal(json_integer_value(json_object_get(file,
	    "version")), 2);
	assert_string_equal(json_string_value(json_object_get(file, "by")),
	    "beto");
	game_ok(g, "ana", CMD_DETACH, "1.1",
	    "{'field':'photos','name':'a.jpg'}");
	assert_null(kase_file(g->ca, "1.1", 0, "photos", "a.jpg"));
	assert_int_equal(json_array_size(g->ca->files), 2);
	game_no(g, "ana", CMD_DETACH, "1.1",
	    "{'field':'photos','name':'a.jpg'}", "no tiene un archivo");
}

static void
rows_know_their_clippings(void **st)
{
	struct game *g = *st;
	const json_t *cell;

	game_ok(g, "ana", CMD_ATTACH, "1.1", PHOTO("a.jpg"));
	game_ok(g, "ana", CMD_ATTACH, "1.1", "{'field':'clipping',"
	    "'name':'r.txt','size':4,'sha256':'cc','type':'text'}");
	game_ok(g, "ana", CMD_DO, "1.1", "{'notes':[{'medium':'Radio',"
	    "'clipping':[{'name':'r.txt'}]}]}");
	cell = json_object_get(json_array_get(json_object_get(g->ca->values,
	    "notes"), 0), "clipping");
	assert_string_equal(json_string_value(json_object_get(
	    json_array_get(cell, 0), "sha256")), "cc");
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, album_setup, album_teardown)
	const struct CMUnitTest tests[] = {
		TEST(an_answer_takes_what_is_attached),
		TEST(as_many_as_the_field_holds),
		TEST(of_the_kind_that_it_takes),
		TEST(names_that_are_none),
		TEST(only_by_who_may_do_the_step),
		TEST(versions_stay),
		TEST(rows_know_their_clippings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
