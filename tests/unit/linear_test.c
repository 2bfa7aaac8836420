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

static const char tasks[] = "{\"tasks\":[{\"folio\":\"BOL-0412\",\"brief\":"
    "\"Boletín\",\"subject\":\"Apoyos\",\"step\":\"3\",\"row\":0,\"title\":"
    "\"Verificar cifras.\"}]}";
static const char step[] = "{\"folio\":\"BOL-0412\",\"brief\":\"Boletín\","
    "\"step\":\"3\",\"do\":\"Confirme cada cifra.\",\"can\":true,\"revision\":"
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
	if (t->signer == NULL || strncmp(buf_str(&t->asked), asked,
	    strlen(asked)) != 0)
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
	assert_non_null(strstr(said, "Cifra (obligatorio) [12]: "));
	assert_non_null(strstr(said, "  1 Sí: 4 Redacción\n"));
	assert_non_null(strstr(said, "Hecho. Sigue el paso 4 (redactor)."));
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
	free(talk(&t, "1\n2\n1\n\n.\n", "bandeja;paso BOL-0412 3;bandeja;"));
}

/* ---- signed decisions ---- */

static const char demanding[] = "{\"folio\":\"BOL-0412\",\"brief\":"
    "\"Boletín\",\"step\":\"3\",\"can\":true,\"revision\":12,\"content\":"
    "\"c0\",\"position\":{\"n\":3,\"of\":7},\"fields\":[],\"arms\":[],"
    "\"assurance\":\"F\",\"sign\":{\"installation\":\"i\",\"n\":0,"
    "\"chain\":\"\"},\"approval\":{\"id\":\"AP\",\"return_to\":[]}}";

static char *
pen_sign(void *arg, const char *key, const char *space, const char *text,
    struct why *why)
{
	(void)key;
	(void)space;
	(void)why;
	*(char **)arg = xstrdup(text);
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
		cmocka_unit_test(an_empty_line_keeps_and_a_dot_goes_back),
		cmocka_unit_test(a_refusal_is_said_and_can_be_mended),
		cmocka_unit_test(what_is_not_on_the_list_is_not_an_answer),
		cmocka_unit_test(an_approval_is_a_number_and_a_reason),
		cmocka_unit_test(a_decision_is_signed_when_it_must_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
