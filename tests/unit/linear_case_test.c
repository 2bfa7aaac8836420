/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * linear_case_test.c - a case by question and answer: begun, answered again,
 * checked, and its records when their term ends.
 */
#include "talk.h"

static const char step[] = "{\"step\":\"3\",\"can\":true,\"fields\":[]}";
/* What a case says of a step that may be answered again; what records end. */
static const char again[] = "{\"folio\":\"BOL-0412\",\"open\":[],\"steps\":[{"
    "\"number\":\"1\",\"title\":\"Pedir\",\"redo\":null},{\"number\":"
    "\"2\",\"title\":\"Clasificar\",\"redo\":{\"reason\":true,"
    "\"sets_aside\":[\"3\"],\"fields\":[{\"id\":\"tipo\",\"label\":\"Tipo\","
    "\"type\":\"choice\",\"choices\":[\"nota\",\"foto\"],\"value\":\"foto\"},"
    "{\"id\":\"tema\",\"label\":\"Tema\",\"type\":\"text\",\"value\":\"Salud\""
    "}]}}]}";
static const char kept[] = "{\"rows\":[{\"folio\":\"SIN-7\",\"record\":"
    "\"Hemeroteca\",\"ref\":\"W1\",\"row\":2,\"until\":\"2026-12-08\","
    "\"due\":true,\"why\":[\"Siete días.\"],\"can\":[\"row\"]},{\"folio\":"
    "\"SIN-8\",\"record\":\"Síntesis\",\"ref\":\"5.1\",\"row\":0,\"can\":"
    "[\"keep\",\"approve\",\"decline\"]},{\"folio\":\"SIN-9\",\"record\":"
    "\"Síntesis\",\"ref\":\"5.1\",\"can\":[]}]}";

/* Every field is asked with what it held; then why, and a last yes. */
static void
a_step_is_answered_again(void **st)
{
	struct talk t = { .step = step, .doc = again, .of = "expediente",
		.refused = "reclasificar" };
	char *said;

	(void)st;
	said = talk(&t, "e BOL-0412\nr\n1\n1\n-\n\nNo era\ns\n\n\nSí\ns\n"
	    ".\n.\n", "bandeja;expediente BOL-0412;expediente BOL-0412;"
	    "reclasificar BOL-0412 2 tipo=nota tema= motivo=No era;"
	    "reclasificar BOL-0412 2 tipo=nota tema= motivo=Sí;"
	    "expediente BOL-0412;bandeja;");
	assert_non_null(strstr(said, "r=reclasificar, x=cancelar"));
	assert_non_null(strstr(said, "  1 2 Clasificar\n"));
	assert_non_null(strstr(said, "Se dejan aparte las respuestas de: 3\n"));
	free(said);
	/* Without the last yes nothing is sent, nor where there is no redo. */
	t = (struct talk){ .step = step, .doc = again, .of = "expediente" };
	said = talk(&t, "e BOL-0412\nr\n1\n\n\nNo era\nn\n.\n.\n", "bandeja;"
	    "expediente BOL-0412;expediente BOL-0412;expediente BOL-0412;"
	    "bandeja;");
	free(said);
	t = (struct talk){ .step = step };
	said = talk(&t, "e BOL-0412\nr\n.\n.\n", "bandeja;"
	    "expediente BOL-0412;expediente BOL-0412;expediente BOL-0412;"
	    "bandeja;");
	assert_null(strstr(said, "r=reclasificar"));
	free(said);
}

static void
what_the_step_says_of_outside_is_looked_at(void **st)
{
	struct talk t = { .step = "{\"step\":\"3\",\"can\":true,\"asks\":true,"
	    "\"fields\":[]}" };
	char *said = talk(&t, "1\nc\n.\n.\n", "bandeja;paso BOL-0412 3;"
	    "comprobar BOL-0412 3;bandeja;");

	(void)st;
	assert_non_null(strstr(said, "s=Sí, c=Comprobar, n="));
	assert_non_null(strstr(said, "Se está leyendo esa dirección.\n"));
	free(said);
	t = (struct talk){ .step = step };
	said = talk(&t, "1\nc\n.\n.\n", "bandeja;paso BOL-0412 3;bandeja;");
	assert_null(strstr(said, "Comprobar"));
	free(said);
}

static void
records_are_kept_and_let_go_by_numbers(void **st)
{
	static const struct { const char *typed, *asked; } rows_of[] = {
		{ "1\n1\nReciclaje", "baja SIN-7 W1 fila=2 motivo=Reciclaje;" },
		{ "2\n1\n2028-06-30\nPleito", "conservar SIN-8 5.1 "
		    "hasta=2028-06-30 motivo=Pleito;" },
		{ "2\n2", "destino SIN-8 5.1 si;" },
		{ "2\n3\nFalta", "destino SIN-8 5.1 no motivo=Falta;" },
	};
	char *typed, *asked, *said;
	struct talk t;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows_of); i++) {
		t = (struct talk){ .step = step, .doc = kept,
			.of = "conservacion" };
		typed = xasprintf("r 2026-12\n%s\n.\n.\n", rows_of[i].typed);
		asked = xasprintf("bandeja;conservacion mes=2026-12;%s"
		    "conservacion mes=2026-12;bandeja;", rows_of[i].asked);
		said = talk(&t, typed, asked);
		assert_non_null(strstr(said, "  1 SIN-7, Hemeroteca, renglón 2."
		    " Hasta 2026-12-08, vencido.\n"));
		free(said);
		free(typed);
		free(asked);
	}
	/* A reason that is not given, and what is not for this person. */
	t = (struct talk){ .step = step, .doc = kept, .of = "conservacion" };
	said = talk(&t, "r\n1\n1\n.\n3\n9\n.\n.\n", "bandeja;conservacion;"
	    "conservacion;conservacion;conservacion;bandeja;");
	assert_non_null(strstr(said, "  Siete días.\n  1 Proponer baja\n"));
	assert_non_null(strstr(said, "! Ahora no, o no le corresponde"));
	free(said);
}

static void
a_refused_start_keeps_its_answers(void **st)
{
	struct talk t = { .step = step, .refused = "iniciar" };
	char *said;

	(void)st;
	said = talk(&t, "n\n1\n1\nFeria\n\n\n\n\nSalud\n\n\n\n\n\n.\n.\n",
	    "bandeja;procedimientos;"
	    "iniciar P-1 inicio=a title=Feria priority=normal tema=Salud;"
	    "iniciar P-1 inicio=a title=Feria priority=normal tema=Salud;"
	    "paso  4;bandeja;");
	assert_non_null(strstr(said, "! Falta la fuente."));
	assert_non_null(strstr(said, "Tema (obligatorio) [Salud]: "));
	assert_non_null(strstr(said, "  Es obligatorio"));
	free(said);
	t = (struct talk){ .step = step };
	said = talk(&t, "n\n1\n2\n.\n", "bandeja;procedimientos;bandeja;");
	assert_non_null(strstr(said, "! No le toca."));
	free(said);
}

/* However often it is tried, once; and that it is back. */
static void
a_lost_line_is_said_once(void **st)
{
	struct talk t = { .step = step, .line = "dddu" };
	char *said = talk(&t, ".\n", "bandeja;"), *at;

	(void)st;
	at = strstr(said, "\nSIN CONEXIÓN. Se reintenta solo.\n");
	assert_non_null(at);
	assert_null(strstr(at + 2, "SIN CONEXIÓN"));
	assert_non_null(strstr(at, "\nHay conexión otra vez.\nMis tareas"));
	free(said);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lost_line_is_said_once),
		cmocka_unit_test(a_step_is_answered_again),
		cmocka_unit_test(what_the_step_says_of_outside_is_looked_at),
		cmocka_unit_test(records_are_kept_and_let_go_by_numbers),
		cmocka_unit_test(a_refused_start_keeps_its_answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
