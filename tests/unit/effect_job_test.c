/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * effect_job_test.c - what a case asks for outside becomes jobs, one a
 * recipient, that leave only when nobody can take the answer back; and what
 * came of each stands in the case.
 */
#include "bureau.h"
#include "../../server/core/job.h"

static const char procedure[] =
    "code: T-02\nrevision: Rev.00\nissued_on: '2026-01-01'\ntitle: Prueba\n"
    "brief: Prueba\nobjective: Probar.\nscope: Pruebas.\n"
    "folio: 'T-{year}-{n}'\n"
    "records:\n"
    "  - {number: '1', id: sends, name: Bitácora, keeper: head_of_unit, "
    "retention: P1Y}\n"
    "settings:\n"
    "  - {id: extra, type: text, default: 'x', text: Nada, source: T-02 1}\n"
    "starts:\n"
    "  - {id: uno, title: Uno, roles: [dissemination_officer], "
    "next: [{to: ['1']}]}\n"
    "steps:\n"
    "  - number: '1'\n"
    "    kind: task\n"
    "    roles: [dissemination_officer]\n"
    "    do: Escriba.\n"
    "    fields:\n"
    "      - {id: words, label: Texto, type: text}\n"
    "    next: [{to: ['2']}]\n"
    "  - number: '2'\n"
    "    kind: approval\n"
    "    roles: [head_of_unit]\n"
    "    do: Apruebe.\n"
    "    approval: {id: AP-01, act: Aprobar, authors: ['1'], "
    "return_to: ['1']}\n"
    "    effects:\n"
    "      - {do: send_mail, when: \":words <> 'web'\", list: dg, "
    "record: '1', title: \"'Asunto ' || :words\", text: ':words'}\n"
    "      - {do: publish, when: \":words = 'web'\", title: \"'T'\", "
    "text: ':words'}\n"
    "    next: [{to: ['3']}]\n"
    "  - number: '3'\n"
    "    kind: task\n"
    "    roles: [dissemination_officer]\n"
    "    do: Compruebe.\n"
    "    fields:\n"
    "      - {id: where, label: Lugar, type: text}\n"
    "    checks:\n"
    "      - {rule: \"effect('verify', 'ok')\", say: Falta comprobar.}\n"
    "    effects:\n"
    "      - {do: verify, title: \"'T'\", text: ':words', "
    "url: \"coalesce(:where, effect('publish', 'url'))\"}\n"
    "    next: [{to: [end]}]\n";

/* A line of the courier's. */
static void
courier(struct bureau *o, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void
courier(struct bureau *o, const char *fmt, ...)
{
	struct caller who = { .source = "test", .courier = true };
	char line[1024], **words;
	struct answer a;
	struct why why;
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	(void)vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	assert_int_equal(text_words(line, &words, &n, &why), 0);
	core_run(o->c, &who, NULL, (const char *const *)words, true, &a);
	text_words_free(words);
	json_decref(o->doc);
	o->doc = json_loads(a.doc, 0, NULL);
	if (a.status != 0)
		fail_msg("%s: %s", line, a.doc);
	answer_clear(&a);
	assert_int_equal(core_commit(o->c, &why), 0);
}

/* Jobs of the last answer. */
static size_t
given_count(const struct bureau *o)
{
	return json_array_size(json_object_get(o->doc, "jobs"));
}

/* How many jobs it is given now; they stay in o->doc. */
static size_t
given(struct bureau *o)
{
	courier(o, "encargo-tomar");
	return given_count(o);
}

static json_t *
given_job(const struct bureau *o, size_t i)
{
	return json_array_get(json_object_get(o->doc, "jobs"), i);
}

static int64_t
given_id(const struct bureau *o, size_t i)
{
	return json_integer_value(json_object_get(given_job(o, i), "id"));
}

static const char *
given_text(const struct bureau *o, size_t i, const char *key)
{
	const char *s = json_string_value(json_object_get(json_object_get(
	    given_job(o, i), "body"), key));

	return s != NULL ? s : "";
}

static void
later(struct bureau *o, int64_t s)
{
	o->c->clock_moved += s;
}

/* A case of T-02 that waits for its approval. */
static void
asked(struct bureau *o, const char *words, char folio[32])
{
	char *text = xasprintf("texto=%s", procedure);

	if (bureau_run(o, NULL, NULL, (const char *const[]){
	    "procedimiento-importar", "T-02.yaml", "tipo=procedure", text,
	    NULL }) != 0)
		fail_msg("%s", bureau_message(o));
	free(text);
	bureau_ok(o, "jefa", "destinatario alta dg uno@oficina.mx nombre=Uno");
	bureau_ok(o, "jefa", "destinatario alta dg dos@oficina.mx");
	bureau_ok(o, "difu", "iniciar T-02 title=Prueba");
	(void)snprintf(folio, 32, "%s", bureau_text(o, "folio"));
	bureau_okf(o, "difu", "hacer %s 1 words='%s'", folio, words);
}

/* What stands in the case: "done failed", in order of the recipients. */
static void
ended_is(struct bureau *o, const char *folio, const char *states)
{
	char now[128] = "";
	json_t *e, *one;
	size_t i, n = 0;
	const char *s;

	bureau_okf(o, "oic", "expediente %s", folio);
	e = json_array_get(json_object_get(o->doc, "effects"), 0);
	json_array_foreach(json_object_get(e, "to"), i, one) {
		s = json_string_value(json_object_get(json_object_get(one,
		    "ended"), "state"));
		n += (size_t)snprintf(now + n, sizeof now - n, "%s%s",
		    i > 0 ? " " : "", s != NULL ? s : "-");
	}
	assert_string_equal(now, states);
}

/* The n-th row of the register of what was sent. */
static void
logged_is(struct bureau *o, size_t n, const char *to, const char *state,
    const char *answer, int tries)
{
	const json_t *v;

	bureau_ok(o, "jefa", "registro sends");
	assert_int_equal(json_array_size(json_object_get(o->doc, "rows")), 2);
	v = json_object_get(json_array_get(json_object_get(o->doc, "rows"),
	    n), "values");
	assert_string_equal(json_string_value(json_object_get(v,
	    "Destinatario")), to);
	assert_string_equal(json_string_value(json_object_get(v, "Estado")),
	    state);
	assert_string_equal(json_string_value(json_object_get(v,
	    "Respuesta")), answer);
	assert_int_equal(json_integer_value(json_object_get(v, "Intentos")),
	    tries);
}

/* Whoever approves is told at once, not by who never got it. */
static void
a_list_without_anybody_is_said_at_once(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	asked(o, "hola", folio);
	bureau_ok(o, "jefa", "destinatario baja dg uno@oficina.mx");
	bureau_ok(o, "jefa", "destinatario baja dg dos@oficina.mx");
	bureau_okf(o, "jefa", "aprobar %s 2", folio);
	assert_non_null(strstr(bureau_text(o, "unsent"), "la lista «dg»"));
	bureau_ok(o, "jefa", "deshacer");
	bureau_ok(o, "jefa", "destinatario alta dg uno@oficina.mx");
	later(o, 1);
	bureau_okf(o, "jefa", "aprobar %s 2", folio);
	assert_null(json_object_get(o->doc, "unsent"));
}

/* Its mails say what a case is about: they are for who may see it. */
static void
jobs_of_a_case_are_seen_by_who_sees_the_case(void **st)
{
	struct bureau *o = *st;
	char folio[32];
	size_t n;

	bureau_join(o, "sol", "requester");
	asked(o, "hola", folio);
	bureau_okf(o, "jefa", "aprobar %s 2", folio);
	later(o, 32);
	assert_true((n = given(o)) > 0);
	bureau_ok(o, "difu", "encargos --todos");
	assert_int_equal(given_count(o), n);
	bureau_ok(o, "sol", "encargos --todos");
	assert_int_equal(given_count(o), 0);
}

/* Nothing goes to an address that was taken off its list, tried or not. */
static void
an_erased_address_gets_nothing(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	asked(o, "hola", folio);
	bureau_okf(o, "jefa", "aprobar %s 2", folio);
	later(o, 32);
	assert_int_equal(given(o), 2);
	courier(o, "encargo-fin %lld 'resultado={\"error\":\"vuelva luego\"}'",
	    (long long)given_id(o, 1));
	bureau_ok(o, "jefa", "destinatario baja dg uno@oficina.mx");
	later(o, 3600);
	assert_int_equal(given(o), 0);
	ended_is(o, folio, "- failed");
	logged_is(o, 1, "uno@oficina.mx", "no se envió",
	    "La dirección se quitó de la lista antes de que saliera.", 2);
	assert_int_equal(given(o), 0);
}

static void
nothing_leaves_while_it_may_be_undone(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	asked(o, "hola", folio);
	assert_int_equal(given(o), 0);
	bureau_okf(o, "jefa", "aprobar %s 2", folio);
	assert_int_equal(given(o), 0);
	later(o, UNDO_SECONDS);
	assert_int_equal(given(o), 0);
	bureau_okf(o, "jefa", "deshacer %s", folio);
	later(o, 86400);
	assert_int_equal(given(o), 0);
	/* The same without the undoing: it leaves. */
	bureau_okf(o, "jefa", "aprobar %s 2", folio);
	later(o, UNDO_SECONDS + 1);
	bureau_nof(o, "jefa", 1, "", "deshacer %s", folio);
	assert_int_equal(given(o), 2);
	assert_string_equal(given_text(o, 0, "title"), "Asunto hola");
}

static void
a_cancelled_case_sends_nothing(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	asked(o, "hola", folio);
	bureau_okf(o, "jefa", "aprobar %s 2", folio);
	bureau_okf(o, "jefa", "cancelar %s motivo='Ya no'", folio);
	later(o, 86400);
	assert_int_equal(given(o), 0);
}

static void
what_is_returned_sends_nothing(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	asked(o, "hola", folio);
	bureau_okf(o, "jefa", "devolver %s 2 motivo='No'", folio);
	later(o, 86400);
	assert_int_equal(given(o), 0);
}

static void
each_recipient_has_its_own_end(void **st)
{
	struct bureau *o = *st;
	int64_t one, two;
	char folio[32];

	asked(o, "hola", folio);
	bureau_okf(o, "jefa", "aprobar %s 2", folio);
	later(o, 60);
	assert_int_equal(given(o), 2);
	one = given_id(o, 0);
	two = given_id(o, 1);
	courier(o, "encargo-fin %lld 'resultado={\"answer\":\"250 bien\","
	    "\"id\":\"x@y\"}'", (long long)one);
	courier(o, "encargo-fin %lld 'resultado={\"error\":\"Después\"}'",
	    (long long)two);
	ended_is(o, folio, "done -");
	assert_int_equal(given(o), 0);
	later(o, 3600);
	assert_int_equal(given(o), 1);
	assert_int_equal(given_id(o, 0), two);
	courier(o, "encargo-fin %lld 'resultado={\"error\":\"550 nadie\","
	    "\"final\":true}'", (long long)two);
	ended_is(o, folio, "done failed");
	logged_is(o, 0, "dos@oficina.mx", "enviado", "250 bien", 1);
	logged_is(o, 1, "uno@oficina.mx", "no se envió", "550 nadie", 2);
	later(o, 86400);
	assert_int_equal(given(o), 0);
	bureau_ok(o, NULL, "verificar --rebuild");
}

static void
a_doubt_is_sent_once_more_and_never_again(void **st)
{
	struct bureau *o = *st;
	char folio[32];
	int64_t id;

	asked(o, "hola", folio);
	bureau_ok(o, "jefa", "destinatario baja dg dos@oficina.mx");
	bureau_okf(o, "jefa", "aprobar %s 2", folio);
	later(o, 60);
	assert_int_equal(given(o), 1);
	id = given_id(o, 0);
	courier(o, "encargo-fin %lld 'resultado={\"unknown\":true}'",
	    (long long)id);
	ended_is(o, folio, "unknown");
	later(o, 3600);
	assert_int_equal(given(o), 1);
	assert_int_equal(given_id(o, 0), id);
	courier(o, "encargo-fin %lld 'resultado={\"unknown\":true}'",
	    (long long)id);
	ended_is(o, folio, "unknown");
	later(o, 86400);
	assert_int_equal(given(o), 0);
}

static void
a_publication_is_looked_at_and_then_counts(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	asked(o, "web", folio);
	bureau_clock(o, "2026-11-24T02:30:00Z");	/* still the 23rd */
	bureau_okf(o, "jefa", "aprobar %s 2", folio);
	bureau_nof(o, "difu", 1, "Falta comprobar", "hacer %s 3", folio);
	bureau_nof(o, "difu", 1, "Falta la dirección", "comprobar %s 3",
	    folio);
	bureau_nof(o, "prod", 1, "", "comprobar %s 3 where=http://x.mx",
	    folio);
	later(o, 60);
	assert_int_equal(given(o), 1);
	assert_string_equal(given_text(o, 0, "day"), "2026-11-23");
	courier(o, "encargo-fin %lld 'resultado={\"url\":\"http://x.mx/1\","
	    "\"id\":\"7\"}'", (long long)given_id(o, 0));
	assert_int_equal(given(o), 1);
	assert_string_equal(given_text(o, 0, "url"), "http://x.mx/1");
	courier(o, "encargo-fin %lld 'resultado={\"ok\":false,\"title\":true,"
	    "\"text\":false,\"answer\":\"Falta\"}'", (long long)given_id(o, 0));
	bureau_nof(o, "difu", 1, "Falta comprobar", "hacer %s 3", folio);
	bureau_okf(o, "difu", "comprobar %s 3 where=http://x.mx/2", folio);
	assert_int_equal(given(o), 1);
	assert_string_equal(given_text(o, 0, "url"), "http://x.mx/2");
	courier(o, "encargo-fin %lld 'resultado={\"ok\":true,\"title\":true,"
	    "\"text\":true,\"answer\":\"Todo\"}'", (long long)given_id(o, 0));
	bureau_okf(o, "difu", "hacer %s 3", folio);
	bureau_ok(o, NULL, "verificar --rebuild");
}

static void
only_the_head_says_who_receives(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	asked(o, "hola", folio);
	bureau_no(o, "difu", 1, "Solo la jefatura",
	    "destinatario alta dg tres@oficina.mx");
	bureau_no(o, "jefabc", 1, "Solo la jefatura",
	    "destinatario alta dg tres@oficina.mx");
	bureau_no(o, "jefa", 3, "No hay una lista",
	    "destinatario alta otra tres@oficina.mx");
	bureau_no(o, "jefa", 2, "no es una dirección",
	    "destinatario alta dg 'tres@oficina.mx>'");
	bureau_no(o, "jefa", 3, "no está",
	    "destinatario baja dg tres@oficina.mx");
	bureau_ok(o, "jefa", "destinatario baja dg uno@oficina.mx");
	bureau_ok(o, "difu", "destinatarios");
	assert_int_equal(json_array_size(json_object_get(o->doc,
	    "addresses")), 1);
	bureau_ok(o, NULL, "verificar --rebuild");
}

/* What logs in goes with the job and is kept nowhere. */
static void
a_password_is_given_and_never_kept(void **st)
{
	struct bureau *o = *st;
	char folio[32], *path = xasprintf("%s/mail.secret", o->t->folder);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	(void)fputs("unidad:canario77\n", f);
	(void)fclose(f);
	free(path);
	asked(o, "hola", folio);
	bureau_ok(o, "jefa", "ajuste mail_server smtp.oficina.mx:587");
	bureau_okf(o, "jefa", "aprobar %s 2", folio);
	later(o, 60);
	assert_int_equal(given(o), 2);
	assert_string_equal(given_text(o, 0, "login"), "unidad:canario77");
	assert_string_equal(given_text(o, 0, "server"),
	    "smtp.oficina.mx:587");
	assert_string_equal(given_text(o, 0, "tls"), "starttls");
	path = xasprintf("grep -rqs canario77 '%s' --exclude=mail.secret",
	    o->t->folder);
	assert_int_not_equal(system(path), 0);
	free(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(a_list_without_anybody_is_said_at_once),
		IN_BUREAU(jobs_of_a_case_are_seen_by_who_sees_the_case),
		IN_BUREAU(an_erased_address_gets_nothing),
		IN_BUREAU(nothing_leaves_while_it_may_be_undone),
		IN_BUREAU(a_cancelled_case_sends_nothing),
		IN_BUREAU(what_is_returned_sends_nothing),
		IN_BUREAU(each_recipient_has_its_own_end),
		IN_BUREAU(a_doubt_is_sent_once_more_and_never_again),
		IN_BUREAU(a_publication_is_looked_at_and_then_counts),
		IN_BUREAU(only_the_head_says_who_receives),
		IN_BUREAU(a_password_is_given_and_never_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
