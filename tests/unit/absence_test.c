/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/* absence_test.c - who may name whose substitute, and who answers. */
#include "bureau.h"

#define DAYS "desde=hoy hasta=+3 motivo=Viaje"

static size_t
asked(struct bureau *o, const char *login)
{
	bureau_ok(o, login, "bandeja");
	return json_array_size(json_object_get(o->doc, "asked"));
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
	bureau_ok(o, "prod", "suplir jefa sí");
	assert_int_equal(asked(o, "prod"), 0);
	bureau_no(o, "prod", 1, "ya lo contestó", "suplir jefa si");
	bureau_okf(o, "prod", "aprobar %s 1.3", folio);
	bureau_ok(o, NULL, "verificar --rebuild");
	assert_true(json_is_true(json_object_get(o->doc, "equal")));
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(who_is_named_is_asked_and_answers),
		IN_BUREAU(declining_ends_it),
		IN_BUREAU(only_the_head_names_for_another),
		IN_BUREAU(the_one_named_does_not_decide_his_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
