/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/* absence_test.c - who may name whose substitute, and who answers. */
#include "desk.h"

#define DAYS "desde=hoy hasta=+3 motivo=Viaje"

static size_t
asked(struct bureau *o, const char *login)
{
	bureau_ok(o, login, "bandeja");
	return json_array_size(json_object_get(o->doc, "asked"));
}

/* Does the office see that somebody's right is lent to him, in force? */
static bool
lent_to(struct bureau *o, const char *login)
{
	size_t i, k;
	json_t *one, *role;
	bool people = false, list = false;

	bureau_ok(o, "jefa", "personas");
	json_array_foreach(json_object_get(o->doc, "people"), i, one)
		json_array_foreach(json_object_get(one, "roles"), k, role)
			people = people || (strcmp(json_string_value(
			    json_object_get(one, "login")), login) == 0 &&
			    json_is_string(json_object_get(role,
				"for_login")));
	bureau_ok(o, "jefa", "suplencias");
	json_array_foreach(json_object_get(o->doc, "substitutions"), i, one)
		list = list || (strcmp(json_string_value(json_object_get(one,
		    "login")), login) == 0 &&
		    json_is_true(json_object_get(one, "active")));
	assert_int_equal(people, list);
	return list;
}

static void
who_is_named_is_asked_and_answers(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_presented(o, "difu", folio);
	bureau_nof(o, "prod", 1, "corresponde a", "aprobar %s 1.3", folio);
	bureau_ok(o, "jefa", "suplencia persona=prod " DAYS);
	assert_int_equal(asked(o, "prod"), 1);
	assert_int_equal(asked(o, "moni"), 0);
	assert_int_equal(asked(o, "jefa"), 0);
	/* Nothing is in force before he says so. */
	bureau_nof(o, "prod", 1, "corresponde a", "aprobar %s 1.3", folio);
	assert_false(lent_to(o, "prod"));
	bureau_ok(o, "prod", "suplir jefa sí");
	assert_true(lent_to(o, "prod"));
	assert_int_equal(asked(o, "prod"), 0);
	bureau_no(o, "prod", 1, "ya lo contestó", "suplir jefa si");
	bureau_okf(o, "prod", "aprobar %s 1.3", folio);
	bureau_okf(o, "prod", "expediente %s", folio);
	assert_true(bureau_doc_has(o->doc, "\"behalf_name\": \"Persona jefa\""));
	bureau_ok(o, NULL, "verificar --rebuild");
	assert_true(json_is_true(json_object_get(o->doc, "equal")));
}

/* Nobody has to refresh to see that he is asked. */
static void
whoever_looks_is_told_to_look_again(void **st)
{
	static const char *const words[] = { "suplencia", "persona=prod",
		"desde=hoy", "hasta=+3", "motivo=Viaje", NULL };
	struct caller who = { .login = "jefa", .source = "test" };
	struct bureau *o = *st;
	struct answer a;
	struct why why;
	json_t *touched;

	core_run(o->c, &who, NULL, words, true, &a);
	assert_int_equal(a.status, 0);
	answer_clear(&a);
	assert_int_equal(core_commit(o->c, &why), 0);
	touched = core_touched(o->c, "prod");
	assert_int_equal(json_array_size(touched), 1);
	assert_string_equal(json_string_value(json_array_get(touched, 0)),
	    "suplencias@central");
	json_decref(touched);
	touched = core_touched(o->c, "beto");	/* of another office */
	assert_int_equal(json_array_size(touched), 0);
	json_decref(touched);
	core_forget_touched(o->c);
}

static void
declining_ends_it(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_presented(o, "difu", folio);
	bureau_ok(o, "jefa", "suplencia persona=prod " DAYS);
	bureau_no(o, "moni", 1, "Nadie le pide", "suplir jefa no");
	bureau_no(o, "prod", 2, "Conteste", "suplir jefa quizá");
	bureau_ok(o, "prod", "suplir jefa no");
	bureau_nof(o, "prod", 1, "corresponde a", "aprobar %s 1.3", folio);
	bureau_no(o, "prod", 1, "Nadie le pide", "suplir jefa si");
	bureau_ok(o, "jefa", "suplencias");
	assert_string_equal(json_string_value(json_object_get(json_array_get(
	    json_object_get(o->doc, "substitutions"), 0), "answer")),
	    "declined");
}

static void
only_the_head_names_for_another(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_bulletin(o, "difu", folio);
	bureau_no(o, "moni", 1, "Solo la jefatura",
	    "suplencia persona=prod de=difu " DAYS);
	bureau_no(o, "jefabc", 1, "Solo la jefatura",
	    "suplencia persona=prod de=difu " DAYS);
	bureau_no(o, "jefa", 1, "ni se nombra a sí mismo",
	    "suplencia persona=jefa de=difu " DAYS);
	bureau_no(o, "jefa", 1, "Solo la jefatura",
	    "suplencia persona=prod de=nadie " DAYS);
	bureau_ok(o, "jefa", "suplencia persona=prod de=difu " DAYS);
	bureau_ok(o, "prod", "suplir difu si");
	bureau_okf(o, "prod", "hacer %s 1.1 " BULLETIN, folio);
	bureau_ok(o, "jefabc", "suplencia persona=beto de=ana " DAYS);
	/* The head's own: the direction may, nobody else. */
	bureau_no(o, "difu", 1, "Solo la jefatura",
	    "suplencia persona=moni de=jefa " DAYS);
	bureau_ok(o, "dg", "suplencia persona=moni de=jefa " DAYS);
	/* Whoever received it cannot pass it on. */
	bureau_no(o, "moni", 1, "Solo la jefatura",
	    "suplencia persona=prod de=difu " DAYS);
}

/* A role is covered by a grant of the head, not by a wish. */
static void
whoever_is_not_head_proposes(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_bulletin(o, "difu", folio);
	bureau_ok(o, "difu", "suplencia persona=prod " DAYS);
	assert_string_equal(bureau_text(o, "answer"), "proposed");
	assert_int_equal(asked(o, "prod"), 0);
	bureau_no(o, "prod", 1, "cuando la jefatura lo autorice",
	    "suplir difu si");
	bureau_nof(o, "prod", 1, "corresponde a", "hacer %s 1.1 " BULLETIN,
	    folio);
	/* Of another office, or named himself: not his to grant. */
	assert_int_equal(asked(o, "jefabc"), 0);
	bureau_no(o, "prod", 1, "ni se nombra a sí mismo",
	    "suplencia persona=prod de=difu " DAYS);
	assert_int_equal(asked(o, "jefa"), 1);
	bureau_ok(o, "jefa", "suplencia persona=prod de=difu " DAYS);
	assert_int_equal(asked(o, "jefa"), 0);
	assert_int_equal(asked(o, "prod"), 1);
	bureau_ok(o, "prod", "suplir difu si");
	bureau_okf(o, "prod", "hacer %s 1.1 " BULLETIN, folio);
	bureau_okf(o, "jefa", "historial %s", folio);
	assert_true(bureau_doc_has(o->doc, "\"on_behalf_of\": \"difu\""));
	/* Other dates are another wish. */
	bureau_ok(o, "difu", "suplencia persona=prod desde=hoy hasta=+9 "
	    "motivo=Viaje");
	assert_false(lent_to(o, "prod"));
	bureau_ok(o, NULL, "verificar --rebuild");
	assert_true(json_is_true(json_object_get(o->doc, "equal")));
}

/* SD-10: the head grants no right to herself; the direction does. */
static void
that_the_head_stands_in_is_granted_above(void **st)
{
	struct bureau *o = *st;

	bureau_ok(o, "difu", "suplencia persona=jefa " DAYS);
	assert_int_equal(asked(o, "jefa"), 0);
	assert_int_equal(asked(o, "dg"), 1);
	bureau_ok(o, "dg", "suplencia persona=jefa de=difu " DAYS);
	bureau_ok(o, "jefa", "suplir difu si");
	assert_true(lent_to(o, "jefa"));
	/* Nor does the direction, of its own roles. */
	bureau_ok(o, "dg", "suplencia persona=prod " DAYS);
	assert_string_equal(bureau_text(o, "answer"), "proposed");
	assert_int_equal(asked(o, "dg"), 0);
	assert_int_equal(asked(o, "jefa"), 1);
}

static void
one_that_has_not_begun_can_be_ended(void **st)
{
	struct bureau *o = *st;

	bureau_ok(o, "jefa", "suplencia persona=prod desde=+5 hasta=+7 "
	    "motivo=Viaje");
	bureau_ok(o, "jefa", "suplencia persona=prod desde=+1 hasta=+3 "
	    "motivo=Viaje");
	bureau_ok(o, "jefa", "suplencia persona=prod desde=+5 hasta=ahora "
	    "motivo=Viaje");
	assert_true(json_is_true(json_object_get(o->doc, "over")));
	bureau_ok(o, "prod", "suplir jefa si");
	bureau_clock(o, "2026-11-24T16:00:00Z");
	assert_true(lent_to(o, "prod"));
	bureau_clock(o, "2026-11-28T16:00:00Z");
	assert_false(lent_to(o, "prod"));
	bureau_no(o, "jefa", 1, "no hay una suplencia que termine",
	    "suplencia persona=moni desde=+5 hasta=ahora motivo=Viaje");
}

/* By person: in the head's place, still not on one's own work. */
static void
the_one_named_does_not_decide_his_own(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_presented(o, "difu", folio);
	bureau_ok(o, "dg", "suplencia persona=difu de=jefa " DAYS);
	bureau_ok(o, "difu", "suplir jefa si");
	bureau_nof(o, "difu", 1, "SD-01", "aprobar %s 1.3", folio);
}

/* The number of the only substitution, as the list says it. */
static json_int_t
grant_number(struct bureau *o)
{
	bureau_ok(o, "jefa", "suplencias");
	return doc_int(json_array_get(json_object_get(o->doc,
	    "substitutions"), 0), "grant");
}

/* Each of what followed from the act has it; what she does herself has not. */
static void
a_decision_carries_the_number_of_its_grant(void **st)
{
	struct bureau *o = *st;
	json_int_t n;
	const json_t *e;
	char folio[32];
	size_t i, with = 0;

	bureau_presented(o, "difu", folio);
	bureau_ok(o, "jefa", "suplencia persona=prod " DAYS);
	bureau_ok(o, "prod", "suplir jefa si");
	assert_true((n = grant_number(o)) > 0);
	bureau_okf(o, "prod", "devolver %s 1.3 motivo=Corta", folio);
	bureau_okf(o, "difu", "hacer %s 1.1 " BULLETIN, folio);
	bureau_okf(o, "difu", "hacer %s 1.2 version=2", folio);
	bureau_okf(o, "jefa", "aprobar %s 1.3", folio);
	bureau_ok(o, NULL, "verificar --rebuild");
	assert_true(doc_is(o->doc, "equal"));
	bureau_open(o);
	bureau_okf(o, "jefa", "historial %s", folio);
	json_array_foreach(json_object_get(o->doc, "events"), i, e) {
		assert_int_equal(doc_int(json_object_get(e, "data"), "grant"),
		    strcmp(doc_text(e, "actor"), "prod") == 0 ? n : 0);
		with += strcmp(doc_text(e, "actor"), "prod") == 0;
	}
	assert_true(with > 0);
}

/* What a substitute signs says so, and by which grant. */
static void
a_substitute_signs_as_such(void **st)
{
	const json_t *sig;
	struct desk d;
	char *line;

	bureau_ok(*st, "jefa", "suplencia persona=prod " DAYS);
	bureau_ok(*st, "prod", "suplir jefa si");
	desk_open_as(&d, *st, "prod");
	assert_string_equal(d.claim.behalf, "jefa");
	line = xasprintf("\nactor: prod\non-behalf-of: jefa %lld\n",
	    (long long)grant_number(d.o));
	d.claim.grant++;
	desk_refused(&d, "no es de esta decisión");
	d.claim.grant--;
	d.claim.behalf = NULL;
	desk_refused(&d, "no es de esta decisión");
	d.claim.behalf = "jefa";
	if (desk_say(&d) != 0)
		fail_msg("%s", bureau_message(d.o));
	sig = json_object_get(json_object_get(desk_decision(&d), "data"),
	    "signature");
	assert_non_null(strstr(doc_text(sig, "text"), line));
	bureau_ok(d.o, NULL, "verificar --rebuild");
	free(line);
	desk_clear(&d);
}

/* The same text without the ends of its lines and what is before them. */
static char *
unwrapped(const char *text)
{
	char *out = xstrdup(text), *o = out;

	for (; *text != '\0'; text++) {
		*o++ = *text == '\n' ? ' ' : *text;
		if (*text == '\n')
			text += strspn(text + 1, " ");
	}
	*o = '\0';
	return out;
}

/* In words: the case, its history. */
static void
what_is_printed_says_in_whose_place(void **st)
{
	static const char *const verbs[] = { "expediente", "historial" };
	struct caller who = { .login = "jefa", .source = "test" };
	struct bureau *o = *st;
	char folio[32], want[128];
	struct answer a;
	char *said;
	size_t i;

	bureau_presented(o, "difu", folio);
	bureau_ok(o, "jefa", "suplencia persona=prod " DAYS);
	bureau_ok(o, "prod", "suplir jefa si");
	bureau_okf(o, "prod", "aprobar %s 1.3", folio);
	(void)snprintf(want, sizeof want, "Persona prod, en suplencia de "
	    "Persona jefa (suplencia %lld)", (long long)grant_number(o));
	for (i = 0; i < ARRAY_LEN(verbs); i++) {
		const char *const words[] = { verbs[i], folio, NULL };

		core_run(o->c, &who, NULL, words, false, &a);
		said = unwrapped(a.text);
		if (strstr(said, want) == NULL)
			fail_msg("%s does not say «%s»: %s", verbs[i], want,
			    a.text);
		free(said);
		answer_clear(&a);
	}
}

/* What the inbox tells somebody was decided in his place: how many acts. */
static json_int_t
untold(struct bureau *o, const char *login)
{
	const json_t *list;

	bureau_ok(o, login, "bandeja");
	list = json_object_get(o->doc, "stood");
	assert_true(json_array_size(list) <= 1);
	return doc_int(json_array_get(list, 0), "count");
}

static void
who_comes_back_sees_what_was_decided(void **st)
{
	struct bureau *o = *st;
	char folio[32], other[32];
	const json_t *acts, *act;
	json_int_t n;

	bureau_presented(o, "difu", folio);
	bureau_presented(o, "difu", other);
	bureau_ok(o, "jefa", "suplencia persona=prod " DAYS);
	bureau_ok(o, "prod", "suplir jefa si");
	assert_int_equal(untold(o, "jefa"), 0);
	n = grant_number(o);
	bureau_okf(o, "prod", "devolver %s 1.3 motivo=Corta", folio);
	bureau_okf(o, "prod", "cancelar %s motivo=Repetido", other);
	bureau_clock(o, "2026-11-28T16:00:00Z");
	assert_int_equal(untold(o, "jefa"), 2);
	assert_int_equal(untold(o, "prod"), 0);
	bureau_okf(o, "jefa", "suplencias %lld", (long long)n);
	acts = json_object_get(o->doc, "acts");
	assert_int_equal(json_array_size(acts), 2);
	act = json_array_get(acts, 0);
	assert_string_equal(doc_text(act, "folio"), folio);
	assert_string_equal(doc_text(act, "step"), "1.3");
	assert_string_equal(doc_text(act, "by"), "prod");
	assert_non_null(strstr(doc_text(act, "text"), "Devuelve"));
	assert_string_equal(doc_text(json_array_get(acts, 1), "folio"),
	    other);
	/* Looking is not noting; that is hers alone, and survives a rebuild. */
	assert_int_equal(untold(o, "jefa"), 2);
	bureau_nof(o, "prod", 1, "se da por enterado", "enterado %lld",
	    (long long)n);
	/* Of the cases of another office he sees none. */
	bureau_okf(o, "beto", "suplencias %lld", (long long)n);
	assert_int_equal(json_array_size(json_object_get(o->doc, "acts")), 0);
	bureau_no(o, "jefa", 3, "No hay una suplencia", "suplencias 1");
	bureau_okf(o, "jefa", "enterado %lld", (long long)n);
	assert_int_equal(untold(o, "jefa"), 0);
	bureau_open(o);
	assert_int_equal(untold(o, "jefa"), 0);
	bureau_ok(o, NULL, "verificar --rebuild");
	assert_true(doc_is(o->doc, "equal"));
}

/* Also while it is in force, and again when there is more. */
static void
what_is_decided_after_she_looked_is_told_again(void **st)
{
	struct bureau *o = *st;
	char folio[32], other[32];
	json_int_t n;

	bureau_presented(o, "difu", folio);
	bureau_presented(o, "difu", other);
	bureau_ok(o, "jefa", "suplencia persona=prod " DAYS);
	bureau_ok(o, "prod", "suplir jefa si");
	n = grant_number(o);
	bureau_okf(o, "prod", "aprobar %s 1.3", folio);
	assert_int_equal(untold(o, "jefa"), 1);
	bureau_okf(o, "jefa", "enterado %lld", (long long)n);
	bureau_okf(o, "prod", "tomar %s 1.3", other);	/* decides nothing */
	assert_int_equal(untold(o, "jefa"), 0);
	bureau_okf(o, "prod", "aprobar %s 1.3", other);
	assert_int_equal(untold(o, "jefa"), 2);
	/* Ended by her at once, it is told just so. */
	bureau_ok(o, "jefa", "suplencia persona=prod desde=hoy hasta=ahora "
	    "motivo=Regreso");
	assert_int_equal(untold(o, "jefa"), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(who_is_named_is_asked_and_answers),
		IN_BUREAU(whoever_looks_is_told_to_look_again),
		IN_BUREAU(declining_ends_it),
		IN_BUREAU(only_the_head_names_for_another),
		IN_BUREAU(whoever_is_not_head_proposes),
		IN_BUREAU(that_the_head_stands_in_is_granted_above),
		IN_BUREAU(one_that_has_not_begun_can_be_ended),
		IN_BUREAU(the_one_named_does_not_decide_his_own),
		IN_BUREAU(a_decision_carries_the_number_of_its_grant),
		AT_DESK(a_substitute_signs_as_such),
		IN_BUREAU(what_is_printed_says_in_whose_place),
		IN_BUREAU(who_comes_back_sees_what_was_decided),
		IN_BUREAU(what_is_decided_after_she_looked_is_told_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
