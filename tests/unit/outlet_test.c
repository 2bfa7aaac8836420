/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * outlet_test.c - the register of outlets: who may change it, that it is made
 * of events, what is read of a feed, and files of other programs.
 */
#include "bureau.h"
#include "../../server/store/note.h"

static const json_t *
outlet(const struct bureau *o, size_t i)
{
	return json_array_get(json_object_get(o->doc, "outlets"), i);
}

static const char *
field(const struct bureau *o, const char *key)
{
	const char *s = json_string_value(json_object_get(outlet(o, 0), key));

	return s != NULL ? s : "";
}

static long long
add(struct bureau *o, const char *words)
{
	bureau_okf(o, "moni", "medio alta %s", words);
	return json_integer_value(json_object_get(outlet(o, 0), "id"));
}

/* The courier says what it read of the only job there is; its status. */
static int
reads(struct bureau *o, const char *result)
{
	struct caller who = { .source = "test", .courier = true };
	static const char *const take[] = { "encargo-tomar", NULL };
	char *id, *said = xasprintf("resultado=%s", result);
	struct answer a;
	struct why why;
	json_t *doc, *job;

	core_run(o->c, &who, NULL, take, true, &a);
	doc = json_loads(a.doc, 0, NULL);
	job = json_array_get(json_object_get(doc, "jobs"), 0);
	assert_non_null(job);
	id = xasprintf("%lld", (long long)json_integer_value(
	    json_object_get(job, "id")));
	answer_clear(&a);
	core_run(o->c, &who, NULL, (const char *const[]){ "encargo-fin", id,
	    said, NULL }, true, &a);
	o->status = a.status;
	answer_clear(&a);
	json_decref(doc);
	free(id);
	free(said);
	assert_int_equal(core_commit(o->c, &why), 0);
	return o->status;
}

static int
on_note(void *arg, const struct note_row *n)
{
	char **out = arg;
	char *more = xasprintf("%s%s|%s|%s;", *out, n->medium, n->title,
	    n->link);

	free(*out);
	*out = more;
	return 0;
}

/* All notes of the central office, as one string. */
static void
notes_are(struct bureau *o, const char *want)
{
	char *all = xstrdup("");

	(void)store_each_note_after(o->c->store, 0, on_note, &all);
	assert_string_equal(all, want);
	free(all);
}

static void
an_outlet_is_registered_changed_and_ended(void **st)
{
	struct bureau *o = *st;
	long long id = add(o, "nombre='Radio Uno' tipo=radio programa=Noticias "
	    "horario='6 a 9' telefonos=6621112233 vigilan=moni,jefa");
	bool equal = false;
	int64_t n;
	struct why why;

	assert_string_equal(field(o, "kind"), "radio");
	assert_string_equal(field(o, "office"), "central");
	bureau_okf(o, "jefa", "medio cambio %lld tipo=Television", id);
	assert_string_equal(field(o, "kind"), "televisión");
	assert_string_equal(field(o, "programme"), "Noticias");
	bureau_no(o, "moni", 1, "Ya hay un medio", "medio alta "
	    "nombre='RADIO UNO'");
	bureau_okf(o, "moni", "medio baja %lld", id);
	bureau_ok(o, "moni", "medios");
	assert_null(outlet(o, 0));
	bureau_ok(o, "moni", "medios --todos");
	assert_non_null(outlet(o, 0));
	assert_int_equal(project_rebuild(o->c, false, &n, &equal, &why), 0);
	assert_true(equal);
}

static void
only_who_monitors_there_changes_it(void **st)
{
	struct bureau *o = *st;
	long long id = add(o, "nombre='El Diario'");

	bureau_no(o, "difu", 1, "El registro de medios lo cambia",
	    "medio alta nombre=X");
	bureau_nof(o, "difu", 1, "El registro de medios lo cambia",
	    "medio baja %lld", id);
	bureau_okf(o, "difu", "medio %lld", id);
	/* Of another office: it is not there. */
	bureau_nof(o, "ana", 3, "a su alcance", "medio %lld", id);
	bureau_nof(o, "jefabc", 3, "a su alcance", "medio baja %lld", id);
	bureau_no(o, "jefabc", 1, "El registro de medios lo cambia",
	    "medio alta nombre=X oficina=central");
	bureau_ok(o, "jefabc", "medio alta nombre='El Diario'");
	assert_string_equal(field(o, "office"), "bc");
}

static void
what_makes_no_sense_is_refused(void **st)
{
	static const struct { const char *line, *say; } rows[] = {
		{ "medio alta", "Falta el nombre" },
		{ "medio alta nombre=X tipo=revista", "no es un tipo" },
		{ "medio alta nombre=X canal=file:///etc/passwd", "https://" },
		{ "medio alta nombre=X canal='http://a b'", "https://" },
		{ "medio alta nombre=X canal=http:///x", "https://" },
		{ "medio alta nombre=X cada=1", "de 5 a" },
		{ "medio alta nombre=X vigilan=nadie", "no es una cuenta" },
		{ "medio alta nombre=X vigilan=ana", "no es una cuenta" },
		{ "medio alta nombre=X color=rojo", "no lleva" },
		{ "medio alta 5 nombre=X", "Uso: medio" },
	};
	struct bureau *o = *st;
	int64_t head = bureau_head(o);
	size_t i;

	for (i = 0; i < ARRAY_LEN(rows); i++)
		bureau_no(o, "moni", 2, rows[i].say, rows[i].line);
	bureau_no(o, "moni", 3, "a su alcance", "medio cambio 99 nombre=X");
	bureau_no(o, "moni", 3, "a su alcance", "medio nada");
	assert_int_equal(bureau_head(o), head);
}

static void
items_become_notes_once(void **st)
{
	static const char items[] = "{\"etag\":\"e1\",\"items\":["
	    "{\"guid\":\"1\",\"title\":\"Uno\",\"link\":\"https://d.mx/1\","
	    "\"published\":\"2026-11-23T15:00:00Z\"},"
	    "{\"guid\":\"2\",\"title\":\"Viejo\",\"published\":"
	    "\"2026-10-01T15:00:00Z\"},"
	    "{\"guid\":\"3\",\"title\":\"\"},"
	    "{\"guid\":\"4\",\"title\":\"Cu\\u001batro\"}]}";
	struct bureau *o = *st;
	struct when next;

	(void)add(o, "nombre='El Diario' canal=https://d.mx/rss cada=15");
	assert_int_equal(reads(o, items), 0);
	notes_are(o, "El Diario|Uno|https://d.mx/1;El Diario|Cuatro|;");
	bureau_ok(o, "moni", "medios");
	assert_int_equal(when_parse(json_string_value(json_object_get(
	    json_object_get(outlet(o, 0), "reading"), "next")), &next), 0);
	assert_in_range(next.s - core_now(o->c).s, 890, 900);
	/* Again, and the server says that nothing has changed. */
	o->c->clock_moved += 900;
	assert_int_equal(reads(o, items), 0);
	o->c->clock_moved += 900;
	assert_int_equal(reads(o, "{\"same\":true}"), 0);
	notes_are(o, "El Diario|Uno|https://d.mx/1;El Diario|Cuatro|;");
}

static void
what_could_not_be_read_stands_on_its_row(void **st)
{
	struct bureau *o = *st;
	const json_t *reading;
	long long id = add(o, "nombre=D canal=https://d.mx/rss");

	assert_int_equal(reads(o, "{\"error\":\"No contesta.\"}"), 0);
	bureau_ok(o, "moni", "medios");
	reading = json_object_get(outlet(o, 0), "reading");
	assert_string_equal(json_string_value(json_object_get(reading,
	    "error")), "No contesta.");
	/* Another address is read at once; none, never. */
	bureau_okf(o, "moni", "medio cambio %lld canal=https://d.mx/atom", id);
	assert_int_equal(reads(o, "{\"items\":[]}"), 0);
	bureau_okf(o, "moni", "medio cambio %lld canal=", id);
	assert_true(json_is_null(json_object_get(outlet(o, 0), "reading")));
	bureau_ok(o, "moni", "encargos --todos");
	assert_string_equal(json_string_value(json_object_get(json_array_get(
	    json_object_get(o->doc, "jobs"), 0), "state")), "cancelled");
}

static void
a_table_goes_out_and_comes_back(void **st)
{
	struct bureau *o = *st;
	char *file, *line;

	(void)add(o, "nombre='=1+1' tipo=prensa programa='a \"b\", c' "
	    "telefonos=+52662 canal=https://d.mx/rss vigilan=moni");
	(void)add(o, "nombre='Ñandú' tipo=radio horario='6;7'");
	bureau_ok(o, "moni", "medios --csv");
	file = xstrdup(bureau_text(o, "file"));
	/* Nothing in it is a formula. */
	assert_non_null(strstr(file, "\r\n\"'=1+1\",\"prensa\","
	    "\"a \"\"b\"\", c\",\"\",\"'+52662\","));
	line = xasprintf("texto=%s", file);
	assert_int_equal(bureau_run(o, "moni", NULL, (const char *const[]){
	    "medio", "importar", line, NULL }), 0);
	assert_int_equal(json_integer_value(json_object_get(o->doc, "same")),
	    2);
	assert_int_equal(bureau_run(o, "jefabc", NULL, (const char *const[]){
	    "medio", "importar", line, NULL }), 0);
	assert_int_equal(json_integer_value(json_object_get(o->doc,
	    "added")), 2);
	free(line);
	free(file);
}

static void
files_of_others_are_read(void **st)
{
	static const char csv[] = "texto=\xef\xbb\xbfNombre;TELÉFONOS;otra\r\n"
	    "\"Uno; el primero\";1;x\r\n\r\nDos\r\n;3\n";
	static const char opml[] = "texto=<?xml version='1.0'?>\n<opml>\n<body>"
	    "<outline text='carpeta'>\n<outline type='rss' text='Tres &amp; "
	    "Co' xmlUrl=\"https://t.mx/rss?a=1&amp;b=2\"/>\n"
	    "<outline title=\"Malo\" xmlUrl='file:///x'/></outline></body>"
	    "</opml>";
	struct bureau *o = *st;
	const json_t *refused;

	assert_int_equal(bureau_run(o, "moni", NULL, (const char *const[]){
	    "medio", "importar", csv, NULL }), 0);
	assert_int_equal(json_integer_value(json_object_get(o->doc,
	    "added")), 2);
	refused = json_array_get(json_object_get(o->doc, "refused"), 0);
	assert_int_equal(json_integer_value(json_object_get(refused, "line")),
	    5);
	assert_int_equal(bureau_run(o, "moni", NULL, (const char *const[]){
	    "medio", "importar", opml, NULL }), 0);
	refused = json_array_get(json_object_get(o->doc, "refused"), 0);
	assert_int_equal(json_integer_value(json_object_get(refused, "line")),
	    5);
	bureau_ok(o, "moni", "medios --opml");
	assert_non_null(strstr(bureau_text(o, "file"), "text=\"Tres &#38; Co\""
	    " category=\"portal\" xmlUrl=\"https://t.mx/rss?a=1&#38;b=2\""));
	bureau_no(o, "moni", 1, "El primer renglón",
	    "medio importar texto=nada");
	bureau_no(o, "moni", 1, "ni una tabla", "medio importar texto='<a>'");
}

/* However many lines are wrong, the right ones are registered and told of. */
static void
a_file_full_of_faults_still_says_what_it_did(void **st)
{
	struct bureau *o = *st;
	struct buf b;
	int i;

	buf_init(&b, TEXT_MAX);
	(void)buf_addf(&b, "texto=nombre,cada\nUno,30\n");
	for (i = 0; i < 60; i++)
		(void)buf_addf(&b, "M%d,nunca\n", i);
	(void)buf_addf(&b, "Dos,30\n");
	assert_int_equal(bureau_run(o, "moni", NULL, (const char *const[]){
	    "medio", "importar", buf_str(&b), NULL }), 0);
	assert_int_equal(json_integer_value(json_object_get(o->doc,
	    "added")), 2);
	assert_int_equal(json_array_size(json_object_get(o->doc, "refused")),
	    50);
	bureau_ok(o, "moni", "medios");
	assert_int_equal(json_array_size(json_object_get(o->doc, "outlets")),
	    2);
	buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(an_outlet_is_registered_changed_and_ended),
		IN_BUREAU(only_who_monitors_there_changes_it),
		IN_BUREAU(what_makes_no_sense_is_refused),
		IN_BUREAU(items_become_notes_once),
		IN_BUREAU(what_could_not_be_read_stands_on_its_row),
		IN_BUREAU(a_table_goes_out_and_comes_back),
		IN_BUREAU(files_of_others_are_read),
		IN_BUREAU(a_file_full_of_faults_still_says_what_it_did),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
