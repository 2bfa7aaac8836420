/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * linear_test.c - a conversation: what is typed, what is said, what is asked
 * of a core that answers from a table.
 */
#include "test.h"

#include <unistd.h>

#include "../../client/linear.h"
#include "../../client/sign.h"
#include "../../proto/approval.h"

static const char tasks[] = "{\"tasks\":[{\"folio\":\"BOL-0412\",\"brief\":"
    "\"Boletín\",\"subject\":\"Apoyos\",\"step\":\"3\",\"row\":0,\"title\":"
    "\"Verificar cifras.\"}]}";
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

static const char starts[] = "{\"procedures\":[{\"code\":\"P-1\",\"title\":"
    "\"Videos\",\"starts\":[{\"id\":\"a\",\"title\":\"Uno\",\"can\":true,"
    "\"fields\":[{\"id\":\"tema\",\"label\":\"Tema\",\"type\":\"text\","
    "\"required\":true}]},{\"id\":\"b\",\"title\":\"Dos\",\"can\":false,"
    "\"why\":\"No le toca.\"}]}]}";
static const char people[] = "{\"people\":[{\"login\":\"ana\",\"name\":\"Ana\"},"
    "{\"login\":\"eva\",\"name\":\"Eva\"}]}";
static const char cases[] = "{\"cases\":[{\"folio\":\"BOL-0412\",\"title\":"
    "\"Apoyos\"}]}";
static const char rows[] = "{\"folio\":\"BOL-0412\",\"brief\":\"Boletín\","
    "\"step\":\"3\",\"can\":true,\"revision\":12,\"position\":{\"n\":3,"
    "\"of\":7},\"approval\":null,\"arms\":[],\"fields\":[{\"id\":\"citas\","
    "\"label\":\"Citas\",\"type\":\"list\",\"required\":true,\"applies\":true,"
    "\"value\":[{\"medio\":\"Radio\"}],\"columns\":[{\"id\":\"medio\","
    "\"label\":\"Medio\",\"type\":\"text\",\"required\":true},{\"id\":"
    "\"hora\",\"label\":\"Hora\",\"type\":\"time\"}]}]}";

struct talk {
	const char *step;	/* document of "paso" */
	const char *refused;	/* verb refused the first time, or NULL */
	const struct signer *signer;
	struct buf asked;
	bool greeted;
};

static const char *
talk_answer(struct talk *t, const char *verb, uint32_t *status)
{
	*status = 0;
	if (t->refused != NULL && strcmp(verb, t->refused) == 0) {
		t->refused = NULL;
		*status = 1;
		return "{\"error\":{\"code\":\"refused\",\"message\":"
		    "\"Falta la fuente.\"}}";
	}
	if (strcmp(verb, "bandeja") == 0)
		return tasks;
	if (strcmp(verb, "paso") == 0)
		return t->step;
	if (strcmp(verb, "procedimientos") == 0)
		return starts;
	if (strcmp(verb, "personas") == 0)
		return people;
	if (strcmp(verb, "medios") == 0)
		return "{\"outlets\":[{\"name\":\"Radio Uno\",\"kind\":\"radio\"}]}";
	if (strcmp(verb, "buscar") == 0)
		return cases;
	return "{\"open\":[{\"step\":\"4\",\"role\":\"redactor\"}],"
	    "\"state\":\"open\"}";
}

static void
talk_reply(struct talk *t, struct frames *f, const Pauta__Request *q)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Reply r = PAUTA__REPLY__INIT;
	size_t i;

	for (i = 0; i < q->n_words; i++)
		buf_addf(&t->asked, "%s%s", q->words[i],
		    i + 1 < q->n_words ? " " : ";");
	r.id = q->id;
	r.doc = xstrdup(talk_answer(t, q->words[0], &r.status));
	r.text = q->json ? (char *)"" : (char *)"Dicho en texto.\n";
	m.body_case = PAUTA__MESSAGE__BODY_REPLY;
	m.reply = &r;
	assert_int_equal(frame_put(&f->in, &m), 0);
	free(r.doc);
}

static void
talk_welcome(struct frames *f)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Welcome w = PAUTA__WELCOME__INIT;
	char name[] = "M. López", role[] = "Redacción";

	w.version = PROTO_VERSION;
	w.name = name;
	w.role = role;
	m.body_case = PAUTA__MESSAGE__BODY_WELCOME;
	m.welcome = &w;
	assert_int_equal(frame_put(&f->in, &m), 0);
}

static enum carry
talk_pump(void *arg, struct frames *f, struct why *why)
{
	struct talk *t = arg;
	Pauta__Message *m;

	(void)why;
	if (!t->greeted) {
		t->greeted = true;
		talk_welcome(f);
	}
	while (frame_get(&f->out, &m) > 0) {
		assert_int_equal(m->body_case, PAUTA__MESSAGE__BODY_REQUEST);
		talk_reply(t, f, m->request);
		pauta__message__free_unpacked(m, NULL);
	}
	return CARRY_SAME;
}

static int
talk_fd(void *arg, const struct frames *f, short *events)
{
	(void)arg;
	(void)f;
	*events = 0;
	return -1;
}

static int
talk_timeout(void *arg)
{
	(void)arg;
	return 0;
}

/* Type all of it, end the input; what was asked, and what was said. */
static char *
talk(struct talk *t, const char *typed, const char *asked)
{
	const struct carrier carrier = { .fd = talk_fd, .pump = talk_pump,
		.timeout = talk_timeout, .arg = t, .signer = t->signer };
	FILE *in = tmpfile(), *out = tmpfile();
	struct why why = { ERR_NONE, "" };
	char *said = xcalloc(1, 32 * 1024);

	buf_init(&t->asked, FRAME_MAX);
	assert_non_null(in);
	assert_non_null(out);
	assert_true(fputs(typed, in) >= 0 && fflush(in) == 0);
	rewind(in);
	assert_int_equal(linear_run(fileno(in), fileno(out), NULL, &carrier,
	    &why), 0);
	assert_true(pread(fileno(out), said, 32 * 1024 - 1, 0) > 0);
	/* A signature is never the same: only what comes before it is. */
	if (asked != NULL && (t->signer == NULL || strncmp(buf_str(&t->asked), asked,
	    strlen(asked)) != 0))
		assert_string_equal(buf_str(&t->asked), asked);
	(void)fclose(in);
	(void)fclose(out);
	buf_clear(&t->asked);
	return said;
}

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

static void
enter_does_not_pass_over_what_is_required(void **st)
{
	struct talk t = { .step = step };
	char *said;

	(void)st;
	/* "-" empties; then Enter is no answer, and "." still goes back. */
	said = talk(&t, "1\n-\n\n\n.\n.\n", "bandeja;paso BOL-0412 3;"
	    "borrador BOL-0412 3 cifra=;paso BOL-0412 3;bandeja;");
	assert_non_null(strstr(said, "  Es obligatorio; . regresa.\n"));
	free(said);
	t = (struct talk){ .step = step };
	free(talk(&t, "1\n-\n\n14\n.\n.\n", "bandeja;paso BOL-0412 3;"
	    "borrador BOL-0412 3 cifra=14;paso BOL-0412 3;bandeja;"));
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_is_done_by_answers),
		cmocka_unit_test(a_question_mark_lists_the_outlets),
		cmocka_unit_test(an_empty_line_keeps_and_a_dot_goes_back),
		cmocka_unit_test(a_refusal_is_said_and_can_be_mended),
		cmocka_unit_test(what_is_not_on_the_list_is_not_an_answer),
		cmocka_unit_test(an_approval_is_a_number_and_a_reason),
		cmocka_unit_test(enter_does_not_pass_over_what_is_required),
		cmocka_unit_test(a_refused_start_keeps_its_answers),
		cmocka_unit_test(a_letter_does_what_its_key_does),
		cmocka_unit_test(a_list_is_not_said_twice),
		cmocka_unit_test(rows_are_added_changed_and_taken_out),
		cmocka_unit_test(a_refused_decision_keeps_its_remark),
		cmocka_unit_test(an_end_anywhere_is_an_end),
		cmocka_unit_test(a_decision_is_signed_when_it_must_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
