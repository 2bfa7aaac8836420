/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * linear_test.c - a conversation: what is typed, what is said, what is asked
 * of a core that answers from a table.
 */
#include "talk.h"

#include "../../proto/approval.h"

static const char step[] = "{\"folio\":\"BOL-0412\",\"brief\":\"Boletín\","
    "\"step\":\"3\",\"do\":\"Confirme cada cifra.\",\"files\":{\"places\":"
    "[{\"label\":\"Oficio\",\"sftp\":\"sftp ana@host:/BOL-0412/3/\"}]},\"can\":true,\"revision\":"
    "12,\"position\":{\"n\":3,\"of\":7},\"approval\":null,\"answer\":"
    "\"coincide\",\"fields\":[{\"id\":\"cifra\",\"label\":\"Cifra\",\"type\":"
    "\"text\",\"required\":true,\"applies\":true,\"value\":\"12\"},{\"id\":"
    "\"coincide\",\"label\":\"Coincide\",\"type\":\"choice\",\"choices\":"
    "[\"Sí\",\"No\"],\"required\":true,\"applies\":true,\"value\":\"No\"}],"
    "\"arms\":[{\"label\":\"Sí\",\"to\":[\"4\"],\"titles\":[\"Redacción\"],"
    "\"value\":\"Sí\"},{\"label\":\"No\",\"to\":[\"2\"],\"titles\":"
    "[\"Pedir datos\"],\"value\":\"No\"}]}";
static const char approval[] = "{\"folio\":\"BOL-0412\",\"brief\":\"Boletín\","
    "\"step\":\"3\",\"can\":true,\"revision\":12,\"content\":\"c0\","
    "\"position\":{\"n\":3,\"of\":7},\"fields\":[],\"arms\":[],\"approval\":"
    "{\"id\":\"AP\",\"return_to\":[{\"step\":\"1\",\"title\":\"Pedir\"},"
    "{\"step\":\"2\",\"title\":\"Redactar\"}]}}";

static const char rows[] = "{\"folio\":\"BOL-0412\",\"brief\":\"Boletín\","
    "\"step\":\"3\",\"can\":true,\"revision\":12,\"position\":{\"n\":3,"
    "\"of\":7},\"approval\":null,\"arms\":[],\"fields\":[{\"id\":\"citas\","
    "\"label\":\"Citas\",\"type\":\"list\",\"required\":true,\"applies\":true,"
    "\"value\":[{\"medio\":\"Radio\"}],\"columns\":[{\"id\":\"medio\","
    "\"label\":\"Medio\",\"type\":\"text\",\"required\":true},{\"id\":"
    "\"hora\",\"label\":\"Hora\",\"type\":\"time\"}]}]}";

static void
a_step_is_done_by_answers(void **st)
{
	struct talk t = { .step = step };
	char *said;

	(void)st;
	said = talk(&t, "1\n13\n1\ns\n.\n",
	    "bandeja;paso BOL-0412 3;borrador BOL-0412 3 cifra=13;"
	    "paso BOL-0412 3;borrador BOL-0412 3 coincide=Sí;paso BOL-0412 3;"
	    "hacer BOL-0412 3 cifra=12 coincide=No revision=12;bandeja;");
	assert_non_null(strstr(said, "Paso 3 (3 de 7)"));
	assert_non_null(strstr(said, "Archivos de Oficio: sftp ana@host:"));
	assert_non_null(strstr(said, "Cifra (obligatorio) [12]: "));
	assert_non_null(strstr(said, "  1 Sí: 4 Redacción\n"));
	assert_non_null(strstr(said, "Hecho. Sigue el paso 4 (redactor)."));
	free(said);
}

static void
a_question_mark_lists_the_outlets(void **st)
{
	struct talk t = { .step = "{\"step\":\"3\",\"can\":true,\"fields\":[{"
	    "\"id\":\"medio\",\"label\":\"Medio\",\"type\":\"medium\","
	    "\"applies\":true}]}" };
	char *said = talk(&t, "1\n?\n.\n.\n",
	    "bandeja;paso BOL-0412 3;medios;bandeja;");

	(void)st;
	assert_non_null(strstr(said, "  Radio Uno (radio)"));
	free(said);
}

static void
an_empty_line_keeps_and_a_dot_goes_back(void **st)
{
	struct talk t = { .step = step };

	(void)st;
	free(talk(&t, "1\n\n\n.\n1\n.\n.\n", "bandeja;paso BOL-0412 3;"
	    "bandeja;paso BOL-0412 3;bandeja;"));
	t = (struct talk){ .step = step };
	free(talk(&t, "1\n\n", "bandeja;paso BOL-0412 3;"));
}

static void
a_refusal_is_said_and_can_be_mended(void **st)
{
	struct talk t = { .step = step, .refused = "hacer" };
	char *said;

	(void)st;
	said = talk(&t, "1\n\n\ns\n\n\ns\n.\n", "bandeja;paso BOL-0412 3;"
	    "hacer BOL-0412 3 cifra=12 coincide=No revision=12;"
	    "paso BOL-0412 3;"
	    "hacer BOL-0412 3 cifra=12 coincide=No revision=12;bandeja;");
	assert_non_null(strstr(said, "! Falta la fuente."));
	free(said);
}

static void
what_is_not_on_the_list_is_not_an_answer(void **st)
{
	struct talk t = { .step = step };
	char *said;

	(void)st;
	said = talk(&t, "7\nx\n1\n\n3\n?\nno\n.\n.\n", "bandeja;bandeja;"
	    "bandeja;paso BOL-0412 3;bandeja;");
	assert_non_null(strstr(said, "Escriba el número de una tarea"));
	assert_non_null(strstr(said, "Escriba un número de la lista"));
	free(said);
}

/* "s" is Sí and "n" No, as in every other question; what fits two is neither. */
static void
how_an_option_begins_is_enough(void **st)
{
	static const char three[] = "{\"folio\":\"BOL-0412\",\"step\":\"3\","
	    "\"can\":true,\"fields\":[{\"id\":\"tipo\",\"label\":\"Tipo\","
	    "\"type\":\"choice\",\"choices\":[\"nota\",\"núm\",\"otro\"],"
	    "\"applies\":true},{\"id\":\"area\",\"label\":\"Área\",\"type\":"
	    "\"area\",\"choices\":[\"Salud\"],\"applies\":true}]}";
	struct talk t = { .step = step };
	char *said;

	(void)st;
	free(talk(&t, "1\n\nS\n.\n.\n", "bandeja;paso BOL-0412 3;borrador "
	    "BOL-0412 3 coincide=Sí;paso BOL-0412 3;bandeja;"));
	t = (struct talk){ .step = three };
	said = talk(&t, "1\nn\nNU\nS\n.\n.\n", "bandeja;paso BOL-0412 3;"
	    "borrador BOL-0412 3 tipo=núm;paso BOL-0412 3;"
	    "borrador BOL-0412 3 area=S;paso BOL-0412 3;bandeja;");
	assert_non_null(strstr(said, "Escriba un número de la lista"));
	free(said);
}

static void
an_approval_is_a_number_and_a_reason(void **st)
{
	struct talk t = { .step = approval };

	(void)st;
	free(talk(&t, "1\n1\n.\n", "bandeja;paso BOL-0412 3;"
	    "aprobar BOL-0412 3 revision=12 contenido=c0;bandeja;"));
	t = (struct talk){ .step = approval };
	free(talk(&t, "1\n2\n2\nFalta la fuente\n.\n", "bandeja;"
	    "paso BOL-0412 3;devolver BOL-0412 3 revision=12 contenido=c0 "
	    "motivo=Falta la fuente regresa_a=2;bandeja;"));
	t = (struct talk){ .step = approval };
	free(talk(&t, "1\n2\n1\n\n.\n.\n", "bandeja;paso BOL-0412 3;"
	    "bandeja;"));
}

/* Once it is said; a second Enter leaves it, as a later answer may excuse it:
 * the question after it comes, and the server has the last word. */
static void
what_is_required_is_said_before_it_is_left(void **st)
{
	struct talk t = { .step = step };
	char *said;

	(void)st;
	/* "-" empties; then Enter is no answer, and "." still goes back. */
	said = talk(&t, "1\n-\n\n.\n.\n", "bandeja;paso BOL-0412 3;"
	    "borrador BOL-0412 3 cifra=;paso BOL-0412 3;bandeja;");
	assert_non_null(strstr(said, "  Es obligatorio; Enter otra vez lo "));
	assert_null(strstr(said, "Coincide (obligatorio)"));
	free(said);
	t = (struct talk){ .step = step };
	said = talk(&t, "1\n-\n\n\n.\n.\n", "bandeja;paso BOL-0412 3;"
	    "borrador BOL-0412 3 cifra=;paso BOL-0412 3;bandeja;");
	assert_non_null(strstr(said, "Coincide (obligatorio)"));
	free(said);
	t = (struct talk){ .step = step };
	free(talk(&t, "1\n-\n\n14\n.\n.\n", "bandeja;paso BOL-0412 3;"
	    "borrador BOL-0412 3 cifra=14;paso BOL-0412 3;bandeja;"));
}

static void
a_letter_does_what_its_key_does(void **st)
{
	static const struct {
		const char *typed, *asked;
	} rows_of[] = {
		{ "m 1", "tomar BOL-0412 3" },
		{ "s 1", "soltar BOL-0412 3" },
		{ "t 1\n2", "personas rol=;turnar BOL-0412 3 persona=eva" },
		{ "t 1\nleo", "personas rol=;turnar BOL-0412 3 persona=leo" },
		{ "t 1\n.", "personas rol=" },
		{ "h 1", "historial BOL-0412" },
		{ "H VID-7", "historial VID-7" },
		{ "e 1\nh\n.", "expediente BOL-0412;expediente BOL-0412;"
		    "historial BOL-0412;expediente BOL-0412" },
		{ "e VID-7\nx\nNo va\n.", "expediente VID-7;"
		    "expediente VID-7;cancelar VID-7 motivo=No va;"
		    "expediente VID-7" },
		{ "b apoyos\n1\n.", "buscar apoyos;expediente BOL-0412;"
		    "expediente BOL-0412" },
		{ "b\napoyos dos\n.", "buscar apoyos dos" },
		{ "u", "deshacer" },
		{ "u VID-7", "deshacer VID-7" },
		{ ":registro W1 'de dos'", "registro W1 de dos" },
	};
	char *typed, *asked, *said;
	struct talk t;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows_of); i++) {
		t = (struct talk){ .step = step };
		typed = xasprintf("%s\n.\n", rows_of[i].typed);
		asked = xasprintf("bandeja;%s;bandeja;", rows_of[i].asked);
		said = talk(&t, typed, asked);
		assert_non_null(strstr(said, "Hasta luego."));
		free(said);
		free(typed);
		free(asked);
	}
	t = (struct talk){ .step = step };
	said = talk(&t, "a\nl\n4\nm\nm 9\nz 1\n:'\n?\n.\n", "bandeja;"
	    "bandeja --area;bandeja --devueltas;bandeja --devueltas;"
	    "bandeja --devueltas;bandeja --devueltas;bandeja --devueltas;"
	    "bandeja --devueltas;");
	assert_non_null(strstr(said, "! m 3: tomar la tarea 3"));
	assert_non_null(strstr(said, "  u: deshacer"));
	free(said);
}

/* The same list is said once: numbers are still good. */
static void
a_list_is_not_said_twice(void **st)
{
	struct talk t = { .step = step };
	char *said, *first;

	(void)st;
	said = talk(&t, "u\nu\n.\n", "bandeja;deshacer;bandeja;deshacer;"
	    "bandeja;");
	first = strstr(said, "Mis tareas: 1");
	assert_non_null(first);
	assert_null(strstr(first + 1, "Mis tareas: 1"));
	free(said);
	t = (struct talk){ .step = step };
	said = talk(&t, "\n.\n", "bandeja;bandeja;");
	assert_non_null(strstr(strstr(said, "Mis tareas: 1") + 1,
	    "Mis tareas: 1"));
	free(said);
}

static void
rows_are_added_changed_and_taken_out(void **st)
{
	struct talk t = { .step = rows };
	char *said;

	(void)st;
	said = talk(&t, "1\na\n\nPrensa\n9:30\nc 1\n\n8:00\nq 2\nw\n\ns\n.\n",
	    "bandeja;paso BOL-0412 3;borrador BOL-0412 3 citas=[{\"medio\":"
	    "\"Radio\",\"hora\":\"8:00\"}];paso BOL-0412 3;hacer BOL-0412 3 "
	    "citas=[{\"medio\":\"Radio\"}] revision=12;bandeja;");
	assert_non_null(strstr(said, "  2 Prensa; 9:30\n"));
	assert_non_null(strstr(said, "  Es obligatorio"));
	assert_non_null(strstr(said, "Escriba a, c con un número"));
	free(said);
	t = (struct talk){ .step = rows };
	said = talk(&t, "1\nq 1\n\n.\n.\n", "bandeja;paso BOL-0412 3;"
	    "borrador BOL-0412 3 citas=;paso BOL-0412 3;bandeja;");
	assert_non_null(strstr(said, "  Es obligatorio"));
	free(said);
}

static void
a_refused_decision_keeps_its_remark(void **st)
{
	struct talk t = { .step = approval, .refused = "devolver" };
	char *said;

	(void)st;
	said = talk(&t, "1\n2\n9\n2\n\nFalta la fuente\n2\n2\n\n.\n",
	    "bandeja;paso BOL-0412 3;devolver BOL-0412 3 revision=12 "
	    "contenido=c0 motivo=Falta la fuente regresa_a=2;paso BOL-0412 3;"
	    "devolver BOL-0412 3 revision=12 contenido=c0 "
	    "motivo=Falta la fuente regresa_a=2;bandeja;");
	assert_non_null(strstr(said, "[Falta la fuente]: "));
	free(said);
}

/* Wherever the input ends, so does the program. */
static void
an_end_anywhere_is_an_end(void **st)
{
	static const char all[] = "n\n1\n1\nFeria\n.\nb\nx\n1\nx\nNo\n.\n"
	    "t 1\n2\nl\n2\n1\na\nRadio\n\nc 1\n\n\n\nn\n";
	char cut[sizeof all];
	struct talk t;
	size_t i;

	(void)st;
	for (i = 0; i < sizeof all; i++) {
		memcpy(cut, all, i);
		cut[i] = '\0';
		t = (struct talk){ .step = rows };
		free(talk(&t, cut, NULL));
	}
}

/* ---- signed decisions ---- */

static const char demanding[] = "{\"folio\":\"BOL-0412\",\"brief\":"
    "\"Boletín\",\"step\":\"3\",\"can\":true,\"revision\":12,\"content\":"
    "\"c0\",\"position\":{\"n\":3,\"of\":7},\"fields\":[],\"arms\":[],"
    "\"assurance\":\"F\",\"sign\":{\"installation\":\"i\",\"n\":0,"
    "\"chain\":\"\"},\"approval\":{\"id\":\"AP\",\"return_to\":[]}}";

static char *
pen_sign(void *arg, const char *key, const struct approval_claim *claim,
    struct why *why)
{
	(void)key;
	(void)why;
	*(char **)arg = approval_text(claim);
	return xstrdup("FIRMA");
}

static void
a_decision_is_signed_when_it_must_be(void **st)
{
	char *text = NULL, *said;
	const struct signer signer = { pen_sign, &text };
	struct talk t = { .step = demanding, .signer = &signer };

	(void)st;
	free(talk(&t, "1\n1\n.\n", "bandeja;paso BOL-0412 3;aprobar BOL-0412 3 "
	    "revision=12 contenido=c0 nonce="));
	assert_non_null(strstr(text, "\nfolio: BOL-0412\nstep: 3\n"));
	free(text);
	t = (struct talk){ .step = demanding };
	said = talk(&t, "1\n2\nFalta\n.\n",
	    "bandeja;paso BOL-0412 3;bandeja;");
	assert_non_null(strstr(said, "! No se firmó, y no se envió nada."));
	free(said);
}

/* ---- what arrives ---- */

#define TASK(folio, sent_by, more) "{\"folio\":\"" folio "\",\"subject\":" \
    "\"Feria\",\"step\":\"2\",\"row\":1,\"title\":\"Corrija.\",\"since\":" \
    "\"2026-11-23T15:00:00Z\",\"sent_by\":\"" sent_by "\"" more "}"
#define OLD "{\"folio\":\"BOL-0412\",\"step\":\"3\",\"row\":0}"
static const char arrived[] = "{\"tasks\":[" OLD "," TASK("BOL-0500", "eva",
    ",\"state\":\"returned\",\"remark\":\"Falta\",\"remark_by\":\"eva\"")
    "," TASK("BOL-0501", "ana", "") "]}";
static const char news[] = "Llegó a su bandeja: BOL-0500, Feria. Paso 2#1: "
    "Corrija. DEVUELTA.\neva devolvió: \"Falta\"\n";

/* How often it is in what was said. */
static unsigned
times_said(const char *said, const char *words)
{
	unsigned n = 0;

	while ((said = strstr(said, words)) != NULL) {
		said += strlen(words);
		n++;
	}
	return n;
}

/* Before the next question, once; of one's own acts, nothing. */
static void
what_arrives_is_said_once(void **st)
{
	struct talk t = { .step = step, .pushes = "paso", .list = arrived };
	char *said, *expected;

	(void)st;
	said = talk(&t, "1\n\n\n.\n.\n", "bandeja;paso BOL-0412 3;"
	    "bandeja;bandeja;");
	expected = xasprintf("%sCifra (obligatorio) [12]: ", news);
	/* The push comes with the answer: the first question has it before. */
	assert_non_null(strstr(said, expected));
	assert_int_equal(times_said(said, "Llegó a su bandeja"), 1);
	assert_non_null(strstr(said, "Mis tareas: 3"));
	free(expected);
	free(said);
}

/* At the list, its numbers are those that were said: "2" is none yet. */
static void
what_arrives_changes_no_question(void **st)
{
	struct talk t = { .step = step, .pushes = "bandeja", .list = arrived };
	char *said = talk(&t, "2\n.\n", "bandeja;bandeja;bandeja;");

	(void)st;
	assert_non_null(strstr(said, "Escriba el número de una tarea"));
	assert_int_equal(times_said(said, "Llegó a su bandeja"), 1);
	assert_true(strstr(said, "Llegó a su bandeja") <
	    strstr(said, "Mis tareas: 3"));
	free(said);
}

/* On another list the own one is looked at too. */
static void
what_arrives_is_said_on_another_list(void **st)
{
	struct talk t = { .step = step, .pushes = "medios", .list = arrived };
	char *said = talk(&t, "a\n:medios\n.\n", "bandeja;bandeja --area;"
	    "medios;bandeja --area;bandeja;");

	(void)st;
	assert_int_equal(times_said(said, news), 1);
	free(said);
}

static void
missing_days_come_with_the_list(void **st)
{
	struct talk t = { .step = step, .pushes = "medios", .list =
	    "{\"tasks\":[],\"missing\":[{\"day\":\"2026-11-20\",\"brief\":"
	    "\"Síntesis\",\"state\":\"missing\",\"folio\":null}],\"notices\":[{"
	    "\"folio\":\"BOL-9\",\"step\":\"2\",\"notice\":{\"say\":\"Espera.\"}"
	    "}]}" };
	char *said = talk(&t, ":medios\n.\n", "bandeja;medios;bandeja;");

	(void)st;
	assert_non_null(strstr(said, "Mis tareas: 0\nAvisos: 2\n"
	    "  2026-11-20, Síntesis. FALTA el expediente\n"
	    "  BOL-9, paso 2. Espera.\n"));
	free(said);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_is_done_by_answers),
		cmocka_unit_test(a_question_mark_lists_the_outlets),
		cmocka_unit_test(an_empty_line_keeps_and_a_dot_goes_back),
		cmocka_unit_test(a_refusal_is_said_and_can_be_mended),
		cmocka_unit_test(what_is_not_on_the_list_is_not_an_answer),
		cmocka_unit_test(how_an_option_begins_is_enough),
		cmocka_unit_test(an_approval_is_a_number_and_a_reason),
		cmocka_unit_test(what_is_required_is_said_before_it_is_left),
		cmocka_unit_test(a_letter_does_what_its_key_does),
		cmocka_unit_test(a_list_is_not_said_twice),
		cmocka_unit_test(rows_are_added_changed_and_taken_out),
		cmocka_unit_test(a_refused_decision_keeps_its_remark),
		cmocka_unit_test(an_end_anywhere_is_an_end),
		cmocka_unit_test(a_decision_is_signed_when_it_must_be),
		cmocka_unit_test(what_arrives_is_said_once),
		cmocka_unit_test(what_arrives_changes_no_question),
		cmocka_unit_test(what_arrives_is_said_on_another_list),
		cmocka_unit_test(missing_days_come_with_the_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
