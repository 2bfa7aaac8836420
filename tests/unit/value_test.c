/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/* value_test.c - what people type, for every type of field, good and bad. */
#include "test.h"

#include "../../server/engine/value.h"

#define SUM "a1fce4363854ff888cff4b8e7875d600" \
    "c2682390412a8cf79b37d0b11148b0fa"

#define T(s) (char[]){ s }

static char *kinds[] = { T("testimonial"), T("efeméride"), T("visita") };
static char *media[] = { T("página web"), T("redes sociales"), T("otro") };
static int64_t one = 1, five = 5;

static struct field columns[] = {
	{ .id = T("person"), .label = T("Persona"), .type = FIELD_TEXT,
	  .required = T("yes") },
	{ .id = T("held_at"), .label = T("Fecha y hora"),
	  .type = FIELD_DATETIME },
	{ .id = T("confirmed"), .label = T("Confirmada"),
	  .type = FIELD_YESNO },
};

static struct field fields[] = {
	[FIELD_TEXT] = { .id = T("topic"), .label = T("Tema") },
	[FIELD_LONGTEXT] = { .id = T("body"), .label = T("Cuerpo") },
	[FIELD_INT] = { .id = T("n"), .label = T("Ejemplares"),
	  .min = &one, .max = &five },
	[FIELD_DATE] = { .id = T("planned_on"), .label = T("Fecha planeada") },
	[FIELD_TIME] = { .id = T("at"), .label = T("Hora") },
	[FIELD_DATETIME] = { .id = T("sent_at"), .label = T("Enviada") },
	[FIELD_YESNO] = { .id = T("done"), .label = T("Copia hecha") },
	[FIELD_CHOICE] = { .id = T("kind"), .label = T("Subtipo"),
	  .choices = kinds, .choices_count = 3 },
	[FIELD_MULTI] = { .id = T("media"), .label = T("Medios"),
	  .choices = media, .choices_count = 3, .min = &one },
	[FIELD_PERSON] = { .id = T("assignee"), .label = T("Encargado") },
	[FIELD_AREA] = { .id = T("area"), .label = T("Área") },
	[FIELD_MEDIUM] = { .id = T("medium"), .label = T("Medio") },
	[FIELD_FILE] = { .id = T("photos"), .label = T("Fotos"),
	  .min = &one, .max = &five },
	[FIELD_LOCATION] = { .id = T("place"), .label = T("Ubicación") },
	[FIELD_LIST] = { .id = T("appointments"), .label = T("Citas"),
	  .columns = columns, .columns_count = 3, .min = &one },
	[FIELD_REF] = { .id = T("lead"), .label = T("Imagen") },
	[FIELD_VERDICTS] = { .id = T("verdicts"), .label = T("Dictamen") },
};

/* Monday 23 November 2026, 09:30:15 in Hermosillo. */
static const struct world world = { .now = { 1795451415 },
	.zone = "America/Hermosillo" };

// clang-format off
/* type, what is typed, the value as JSON, or NULL and a part of the refusal */
static const struct {
	enum field_type type;
	const char *typed, *value, *refusal;
} rows[] = {
	{ FIELD_TEXT, "  Vacunación ", "\"Vacunación\"", NULL },
	{ FIELD_TEXT, "", "null", NULL },
	{ FIELD_TEXT, "   ", "null", NULL },
	{ FIELD_TEXT, "a\nb", NULL, "«Tema»" },
	{ FIELD_TEXT, "\x1b[2J", NULL, "«Tema»" },
	{ FIELD_TEXT, "\xff", NULL, "«Tema»" },
	{ FIELD_LONGTEXT, "uno\ndos", "\"uno\\ndos\"", NULL },
	{ FIELD_LONGTEXT, "\x07", NULL, "«Cuerpo»" },
	{ FIELD_INT, "3", "3", NULL },
	{ FIELD_INT, "0", NULL, "lo menos es 1" },
	{ FIELD_INT, "6", NULL, "lo más es 5" },
	{ FIELD_INT, "3.5", NULL, "no es un número entero" },
	{ FIELD_INT, "99999999999999999999", NULL, "no es un número entero" },
	{ FIELD_DATE, "hoy", "\"2026-11-23\"", NULL },
	{ FIELD_DATE, "MAÑANA", "\"2026-11-24\"", NULL },
	{ FIELD_DATE, "manana", "\"2026-11-24\"", NULL },
	{ FIELD_DATE, "ayer", "\"2026-11-22\"", NULL },
	{ FIELD_DATE, "+3", "\"2026-11-26\"", NULL },
	{ FIELD_DATE, "-1", "\"2026-11-22\"", NULL },
	{ FIELD_DATE, "12/5", "\"2026-05-12\"", NULL },
	{ FIELD_DATE, "1/12/2027", "\"2027-12-01\"", NULL },
	{ FIELD_DATE, "1/12/27", "\"2027-12-01\"", NULL },
	{ FIELD_DATE, "2026-12-01", "\"2026-12-01\"", NULL },
	{ FIELD_DATE, "30/2", NULL, "no es una fecha" },
	{ FIELD_DATE, "12/5/", NULL, "no es una fecha" },
	{ FIELD_DATE, "pronto", NULL, "23/11/2026" },
	{ FIELD_TIME, "9:30", "\"09:30\"", NULL },
	{ FIELD_TIME, "23:59", "\"23:59\"", NULL },
	{ FIELD_TIME, "24:00", NULL, "no es una hora" },
	{ FIELD_TIME, "mediodía", NULL, "no es una hora" },
	{ FIELD_DATETIME, "2026-11-23 09:30", "\"2026-11-23T16:30:00Z\"", NULL },
	{ FIELD_DATETIME, "2026-11-23T09:30", "\"2026-11-23T16:30:00Z\"", NULL },
	{ FIELD_DATETIME, "23/11/2026 9:30", "\"2026-11-23T16:30:00Z\"", NULL },
	{ FIELD_DATETIME, "hoy 9:30", "\"2026-11-23T16:30:00Z\"", NULL },
	{ FIELD_DATETIME, "pasado mañana 9:30", "\"2026-11-25T16:30:00Z\"", NULL },
	{ FIELD_DATETIME, "9:30", "\"2026-11-23T16:30:00Z\"", NULL },
	{ FIELD_DATETIME, "ahora", "\"2026-11-23T16:30:15Z\"", NULL },
	{ FIELD_DATETIME, "2026-11-23T09:30:00-07:00", "\"2026-11-23T16:30:00Z\"", NULL },
	{ FIELD_DATETIME, "2026-11-23T16:30:01Z", "\"2026-11-23T16:30:01Z\"", NULL },
	{ FIELD_DATETIME, "hoy", NULL, "no es una fecha con hora" },
	{ FIELD_DATETIME, "hoy 25:00", NULL, "no es una fecha con hora" },
	{ FIELD_YESNO, "sí", "true", NULL },
	{ FIELD_YESNO, "SI", "true", NULL },
	{ FIELD_YESNO, "s", "true", NULL },
	{ FIELD_YESNO, "1", "true", NULL },
	{ FIELD_YESNO, "No", "false", NULL },
	{ FIELD_YESNO, "false", "false", NULL },
	{ FIELD_YESNO, "quizá", NULL, "no responde sí o no" },
	{ FIELD_CHOICE, "EFEMERIDE", "\"efeméride\"", NULL },
	{ FIELD_CHOICE, "boletín", NULL, "testimonial, efeméride, visita" },
	{ FIELD_MULTI, "Pagina web, redes sociales", "[\"página web\",\"redes sociales\"]", NULL },
	{ FIELD_MULTI, "[\"otro\"]", "[\"otro\"]", NULL },
	{ FIELD_MULTI, "otro,otro", NULL, "está dos veces" },
	{ FIELD_MULTI, "radio", NULL, "no es una de las opciones" },
	{ FIELD_MULTI, ",", NULL, "el mínimo es 1" },
	{ FIELD_PERSON, "ana", "\"ana\"", NULL },
	{ FIELD_AREA, "Subdirección Médica", "\"Subdirección Médica\"", NULL },
	{ FIELD_MEDIUM, "El Imparcial", "\"El Imparcial\"", NULL },
	{ FIELD_FILE, "a.jpg, b.jpg", "[{\"name\":\"a.jpg\"},{\"name\":\"b.jpg\"}]", NULL },
	{ FIELD_FILE, "[{\"name\":\"a.jpg\",\"size\":12,\"place\":\"disco 2\"}]",
	  "[{\"name\":\"a.jpg\",\"place\":\"disco 2\",\"size\":12}]", NULL },
	{ FIELD_FILE, "a, b.mov,7," SUM ",Disco 2, estante 4\nc.mov,1," SUM,
	  "[{\"name\":\"a, b.mov\",\"place\":\"Disco 2, estante 4\",\"sha256\":\"" SUM "\",\"size\":7},"
	  "{\"name\":\"c.mov\",\"sha256\":\"" SUM "\",\"size\":1}]", NULL },
	{ FIELD_FILE, "a.mov,7," SUM "0", "[{\"name\":\"a.mov\"},{\"name\":\"7\"},{\"name\":\"" SUM "0\"}]", NULL },
	{ FIELD_FILE, "[{\"size\":12}]", NULL, "necesita su nombre" },
	{ FIELD_FILE, "[{\"name\":\"a\",\"owner\":\"x\"}]", NULL, "se guarda name" },
	{ FIELD_FILE, "[{\"name\":\"a\",\"size\":1.5}]", NULL, "se guarda name" },
	{ FIELD_FILE, "1,2,3,4,5,6", NULL, "hay 6 y el máximo es 5" },
	{ FIELD_LOCATION, "Disco 2, carpeta 7", "\"Disco 2, carpeta 7\"", NULL },
	{ FIELD_LOCATION, "[{\"name\":\"corte.mp4\"}]", "[{\"name\":\"corte.mp4\"}]", NULL },
	{ FIELD_LIST, "[{\"Persona\":\"Luz\",\"fecha_y_hora\":\"hoy 10:00\",\"confirmed\":\"sí\"}]",
	  "[{\"confirmed\":true,\"held_at\":\"2026-11-23T17:00:00Z\",\"person\":\"Luz\"}]", NULL },
	{ FIELD_LIST, "[{\"person\":\"Luz\",\"confirmed\":true}]",
	  "[{\"confirmed\":true,\"person\":\"Luz\"}]", NULL },
	{ FIELD_LIST, "[{\"held_at\":\"hoy 10:00\"}]", NULL, "renglón 1: falta Persona" },
	{ FIELD_LIST, "[{\"person\":\"Luz\",\"cargo\":\"x\"}]", NULL, "no hay una columna «cargo»" },
	{ FIELD_LIST, "[{\"person\":\"Luz\",\"confirmed\":2}]", NULL, "responda sí o no" },
	{ FIELD_LIST, "[]", NULL, "el mínimo es 1" },
	{ FIELD_LIST, "[1]", NULL, "renglón" },
	{ FIELD_LIST, "Luz", NULL, "no es una lista; escriba, por ejemplo, [{\"Persona\":\"…\"" },
	{ FIELD_LIST, "[{\"person\":", NULL, "no es una lista" },
	{ FIELD_REF, "2", "\"2\"", NULL },
	{ FIELD_VERDICTS, "1:aprobar, 2:REGRESAR:movida",
	  "[{\"item\":1,\"verdict\":\"aprobar\"},{\"item\":2,\"remarks\":\"movida\",\"verdict\":\"regresar\"}]", NULL },
	{ FIELD_VERDICTS, "[{\"item\":1,\"verdict\":\"aprobar\"}]",
	  "[{\"item\":1,\"verdict\":\"aprobar\"}]", NULL },
	{ FIELD_VERDICTS, "1:regresar:movida, oscura: 2 personas,2:aprobar",
	  "[{\"item\":1,\"remarks\":\"movida, oscura: 2 personas\",\"verdict\":\"regresar\"},{\"item\":2,\"verdict\":\"aprobar\"}]", NULL },
	{ FIELD_VERDICTS, "1:aprobar,1:regresar", NULL, "dos dictámenes" },
	{ FIELD_VERDICTS, "1:quizá", NULL, "1:aprobar,2:regresar" },
	{ FIELD_VERDICTS, "0:aprobar", NULL, "1:aprobar,2:regresar" },
	{ FIELD_VERDICTS, ":", NULL, "1:aprobar,2:regresar" },
	{ FIELD_VERDICTS, "[{\"item\":1,\"verdict\":\"aprobar\",\"x\":1.5}]", NULL, "1:aprobar" },
};
// clang-format on

static int
fields_setup(void **st)
{
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(fields); i++)
		fields[i].type = (enum field_type)i;
	return 0;
}

static void
what_is_typed_is_read_or_refused(void **st)
{
	struct why why;
	json_t *v;
	char *text;
	size_t i;
	int r;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		v = NULL;
		why.text[0] = '\0';
		r = value_parse(&fields[rows[i].type], rows[i].typed, &world,
		    &v, &why);
		text = r == 0 ? json_dumps(v, JSON_SORT_KEYS | JSON_COMPACT |
		    JSON_ENCODE_ANY) : xstrdup(why.text);
		if (rows[i].value != NULL && (r != 0 ||
		    strcmp(text, rows[i].value) != 0))
			fail_msg("«%s» gives %s, not %s", rows[i].typed, text,
			    rows[i].value);
		if (rows[i].value == NULL && (r != -ERR_REFUSED ||
		    strstr(text, rows[i].refusal) == NULL))
			fail_msg("«%s» gives %s, not a refusal with %s",
			    rows[i].typed, text, rows[i].refusal);
		free(text);
		json_decref(v);
	}
}

static void
a_list_of_one_column_is_written_without_it(void **st)
{
	struct field list = fields[FIELD_LIST];
	struct why why;
	char *text;
	json_t *v;

	(void)st;
	list.columns_count = 1;
	assert_int_equal(value_parse(&list, "[\"Luz\",{\"Persona\":\"Ana\"}]",
	    &world, &v, &why), 0);
	text = json_dumps(v, JSON_COMPACT);
	assert_string_equal(text, "[{\"person\":\"Luz\"},{\"person\":\"Ana\"}]");
	free(text);
	json_decref(v);
	assert_int_equal(value_parse(&list, "[7]", &world, &v, &why),
	    -ERR_REFUSED);
	assert_int_equal(value_parse(&list, "Luz", &world, &v, &why),
	    -ERR_REFUSED);
	assert_non_null(strstr(why.text, "[\"uno\",\"otro\"]"));
}

static void
every_type_is_tried_with_good_and_bad(void **st)
{
	size_t i, t;
	bool good;

	(void)st;
	for (t = 0; t < ARRAY_LEN(fields); t++) {
		for (i = 0, good = false; i < ARRAY_LEN(rows); i++)
			good = good || (rows[i].type == (enum field_type)t &&
			    rows[i].value != NULL);
		assert_true(good);
	}
}

/* type, value as JSON, how a person reads it in Hermosillo */
static const struct {
	enum field_type type;
	const char *value, *text;
} shown[] = {
	{ FIELD_TEXT, "\"Vacunación\"", "Vacunación" },
	{ FIELD_TEXT, "null", "" },
	{ FIELD_INT, "3", "3" },
	{ FIELD_DATE, "\"2026-12-01\"", "01/12/2026" },
	{ FIELD_DATETIME, "\"2026-11-23T16:30:00Z\"", "23/11/2026 09:30" },
	{ FIELD_DATETIME, "\"2026-11-23T16:30:01Z\"", "23/11/2026 09:30:01" },
	{ FIELD_YESNO, "true", "sí" },
	{ FIELD_YESNO, "false", "no" },
	{ FIELD_MULTI, "[\"otro\",\"página web\"]", "otro, página web" },
	{ FIELD_FILE, "[{\"name\":\"a.jpg\",\"size\":3}]", "a.jpg" },
	{ FIELD_LOCATION, "\"Disco 2\"", "Disco 2" },
	{ FIELD_LOCATION, "[{\"name\":\"a.mov\",\"size\":7,\"sha256\":\"" SUM
	    "\",\"place\":\"Disco 2\"},{\"name\":\"b.mov\"}]",
	  "a.mov,7," SUM ",Disco 2; b.mov" },
	{ FIELD_LIST, "[{\"person\":\"Luz\",\"confirmed\":true},"
	    "{\"person\":\"Iván\"}]",
	  "Persona: Luz, Confirmada: sí; Persona: Iván" },
	{ FIELD_VERDICTS, "[{\"item\":1,\"verdict\":\"aprobar\"},"
	    "{\"item\":2,\"verdict\":\"regresar\",\"remarks\":\"movida\"}]",
	  "1: aprobar; 2: regresar (movida)" },
};

static void
a_value_is_shown_as_a_person_reads_it(void **st)
{
	json_t *v;
	char *text;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(shown); i++) {
		v = json_loads(shown[i].value, JSON_DECODE_ANY, NULL);
		text = value_text(&fields[shown[i].type], v, world.zone);
		assert_string_equal(text, shown[i].text);
		free(text);
		json_decref(v);
	}
}

static void
what_is_shown_can_be_typed_again(void **st)
{
	static const enum field_type plain[] = { FIELD_TEXT, FIELD_INT,
		FIELD_DATE, FIELD_DATETIME, FIELD_YESNO, FIELD_MULTI };
	struct why why;
	json_t *v, *again;
	char *text;
	size_t i, k;

	(void)st;
	for (i = 0; i < ARRAY_LEN(shown); i++)
		for (k = 0; k < ARRAY_LEN(plain); k++) {
			if (shown[i].type != plain[k])
				continue;
			v = json_loads(shown[i].value, JSON_DECODE_ANY, NULL);
			text = value_text(&fields[plain[k]], v, world.zone);
			assert_int_equal(value_parse(&fields[plain[k]], text,
			    &world, &again, &why), 0);
			assert_true(json_equal(v, again));
			free(text);
			json_decref(v);
			json_decref(again);
		}
}

static void
a_value_of_another_type_is_refused(void **st)
{
	struct why why;
	json_t *v = json_pack("{s:i}", "a", 1);
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(fields); i++)
		assert_int_equal(value_check(&fields[i], v, &why),
		    -ERR_REFUSED);
	json_decref(v);
	assert_int_equal(value_check(&fields[FIELD_TEXT], NULL, &why), 0);
}

static void
a_field_is_found_by_name_or_label(void **st)
{
	unsigned n = ARRAY_LEN(fields);

	(void)st;
	assert_ptr_equal(value_find_field(fields, n, "topic"),
	    &fields[FIELD_TEXT]);
	assert_ptr_equal(value_find_field(fields, n, "tema"),
	    &fields[FIELD_TEXT]);
	assert_ptr_equal(value_find_field(fields, n, "FECHA_PLANEADA"),
	    &fields[FIELD_DATE]);
	assert_ptr_equal(value_find_field(fields, n, "ubicacion"),
	    &fields[FIELD_LOCATION]);
	assert_null(value_find_field(fields, n, "nada"));
}

static void
nothing_is_blank_and_no_is_not(void **st)
{
	json_t *v = json_array();

	(void)st;
	assert_true(value_is_blank(NULL));
	assert_true(value_is_blank(json_null()));
	assert_true(value_is_blank(v));
	assert_false(value_is_blank(json_false()));
	json_array_append_new(v, json_null());
	assert_false(value_is_blank(v));
	json_decref(v);
}

static struct field paper[] = {
	{ .id = T("medium"), .type = FIELD_MEDIUM },
	{ .id = T("kind"), .type = FIELD_TEXT },
};
static const struct field papers = { .id = T("received"),
	.type = FIELD_LIST, .columns = paper, .columns_count = 2 };

/* Rows as they come back from the record: their keys in order of letters. */
static void
a_ref_is_kept_as_the_name_of_what_it_names(void **st)
{
	// clang-format off
	/* what is typed, what is kept; without and with verdicts */
	static const struct { const char *typed, *all, *approved; } refs[] = {
		{ "1", "El Día", "Ecos" }, { "2", "Ecos", "3" },
		{ "3", "3", "3" }, { "4", NULL, NULL }, { "0", NULL, NULL },
		{ "01", NULL, NULL }, { "el dia", "El Día", "El Día" },
		{ "diario", NULL, NULL }, { "Otro", NULL, NULL },
	};
	// clang-format on
	json_t *items = json_loads("[{\"kind\":\"diario\",\"medium\":"
	    "\"El Día\"},{\"kind\":\"revista\",\"medium\":\"Ecos\"},"
	    "{\"medium\":\"3\"}]", 0, NULL);
	json_t *said = value_parse_verdicts("1:regresar:x,2:aprobar,3:aprobar");
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(refs); i++) {
		const char *all = value_ref_name(&papers, items, NULL,
		    refs[i].typed), *approved = value_ref_name(&papers, items,
		    said, refs[i].typed);

		assert_string_equal(all != NULL ? all : "-",
		    refs[i].all != NULL ? refs[i].all : "-");
		assert_string_equal(approved != NULL ? approved : "-",
		    refs[i].approved != NULL ? refs[i].approved : "-");
	}
	json_decref(items);
	json_decref(said);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_is_read_or_refused),
		cmocka_unit_test(a_list_of_one_column_is_written_without_it),
		cmocka_unit_test(every_type_is_tried_with_good_and_bad),
		cmocka_unit_test(a_value_is_shown_as_a_person_reads_it),
		cmocka_unit_test(what_is_shown_can_be_typed_again),
		cmocka_unit_test(a_value_of_another_type_is_refused),
		cmocka_unit_test(a_field_is_found_by_name_or_label),
		cmocka_unit_test(nothing_is_blank_and_no_is_not),
		cmocka_unit_test(a_ref_is_kept_as_the_name_of_what_it_names),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, fields_setup, NULL);
}
